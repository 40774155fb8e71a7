//! The relays' codes in eleven kinds (spec consulttalk.md 3.5, 10.3), and what an agent can do about each.

use serde::{Deserialize, Serialize};

use crate::consulttalk::Relay;

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// There is no open session with this customer.
    Closed,
    /// Keys, contract or state of the channel.
    Config,
    /// The relay does not know the customer's key.
    BadUser,
    /// The customer is blocked by us.
    Blocked,
    /// The text is too long.
    TooLong,
    /// The bubble is not as it must be.
    BadBubble,
    /// The picture or file is not as it must be.
    BadMedia,
    /// Too many calls.
    RateLimited,
    /// What was paid for is used up.
    Quota,
    /// Kakao or the relay could not just then.
    Transient,
    /// No table has the code.
    Unknown,
}

/// A failure in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClassWords {
    /// In Korean.
    pub ko: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Closed,
        Self::Config,
        Self::BadUser,
        Self::Blocked,
        Self::TooLong,
        Self::BadBubble,
        Self::BadMedia,
        Self::RateLimited,
        Self::Quota,
        Self::Transient,
        Self::Unknown,
    ];

    /// What happened and what one can do, for the agent.
    pub const fn words(self) -> ClassWords {
        let (ko, en) = match self {
            Self::Closed => (
                "상담이 이미 끝나서 보내지 못했어요. 고객이 다시 말을 걸면 답할 수 있어요. 먼저 연락해야 하면 상담 전환 버튼이 있는 알림톡을 보내 주세요.",
                "The consultation has ended, so this was not sent. You can answer when the customer writes again. To reach them first, send an AlimTalk with a consultation button.",
            ),
            Self::Config => (
                "채널 연결 설정 때문에 보내지 못했어요. 관리자에게 채널 설정의 키와 계약 상태, 채팅 활성화를 확인해 달라고 해 주세요.",
                "This was not sent because of the channel's connection. Ask an administrator to check the keys, the contract and that chat is active in the channel's settings.",
            ),
            Self::BadUser => (
                "카카오가 이 고객을 찾지 못했어요. 고객이 카카오톡을 다시 가입했을 수 있어요. 고객이 새로 말을 걸면 새 대화로 이어져요.",
                "Kakao does not know this customer. They may have signed up for KakaoTalk anew; when they write again, a new conversation begins.",
            ),
            Self::Blocked => (
                "차단한 고객이라서 보내지 못했어요. 차단을 풀고 다시 보내 주세요.",
                "This customer is blocked, so this was not sent. Unblock them and send it again.",
            ),
            Self::TooLong => (
                "글자 수가 너무 많아서 보내지 못했어요. 1,000자 이하로 나눠서 보내 주세요.",
                "The text is too long and was not sent. Divide it into parts of 1,000 characters or less.",
            ),
            Self::BadBubble => (
                "메시지의 버튼이나 형식을 카카오가 받지 않았어요. 버튼 주소와 이름을 확인하거나 글로만 보내 주세요.",
                "Kakao refused the message's buttons or form. Check the buttons' addresses and labels, or send text only.",
            ),
            Self::BadMedia => (
                "사진이나 파일을 카카오가 받지 않았어요. 종류와 크기를 확인하고 다시 올려 주세요.",
                "Kakao refused the picture or file. Check its kind and size and upload it again.",
            ),
            Self::RateLimited => (
                "한꺼번에 너무 많이 보내서 잠시 막혔어요. 잠시 뒤에 다시 보내 주세요.",
                "Too much was sent at once. Send it again in a moment.",
            ),
            Self::Quota => (
                "딜러사와 계약한 사용량을 다 썼어요. 관리자에게 딜러사에 충전이나 증량을 요청해 달라고 해 주세요.",
                "The contract's volume with the dealer is used up. Ask an administrator to have it raised.",
            ),
            Self::Transient => (
                "카카오나 딜러사에 잠시 문제가 있어서 보내지 못했어요. 잠시 뒤에 다시 보내 주세요.",
                "Kakao or the dealer had a passing problem and this was not sent. Send it again in a moment.",
            ),
            Self::Unknown => (
                "알 수 없는 이유로 보내지 못했어요. 다시 보내 보고, 계속되면 관리자에게 오류 코드를 알려 주세요.",
                "This was not sent for a reason that we do not know. Try again, and if it goes on tell an administrator the code.",
            ),
        };
        ClassWords { ko, en }
    }

    /// What an HTTP status says by itself; `None` for a success.
    pub(super) const fn of_status(status: u16) -> Option<Self> {
        match status {
            200..=299 => None,
            401 | 403 | 404 | 405 => Some(Self::Config),
            402 => Some(Self::Quota),
            413 => Some(Self::BadMedia),
            429 => Some(Self::RateLimited),
            408 | 500..=599 => Some(Self::Transient),
            _ => Some(Self::Unknown),
        }
    }
}

/// The seven spellings of success (13, pitfall 7).
pub(super) fn is_success(code: &str) -> bool {
    matches!(code, "0" | "0000" | "200" | "A000") || code.eq_ignore_ascii_case("SUCCESS")
}

/// The kind of a code. `None` where no table has it.
pub(super) fn of(relay: Relay, code: &str) -> Option<Class> {
    if relay == Relay::Bizgo {
        return of_bizgo(code);
    }
    Some(match code {
        "-502" => Class::Closed,
        "-400" | "-500" | "-501" | "-507" | "-508" | "-512" | "-681" => Class::Config,
        "-503" => Class::BadUser,
        "-511" => Class::Blocked,
        "-506" => Class::TooLong,
        "-504" | "-509" | "-510" | "-520" => Class::BadBubble,
        "-505" => Class::BadMedia,
        "-600" | "-601" => Class::Transient,
        // The centre's, about channels and profiles.
        "403" | "507" | "508" | "509" | "514" | "515" | "516" | "517" | "805" | "806" | "807" | "808"
        | "809" | "810" | "811" | "4060" => Class::Config,
        "405" | "510" | "520" => Class::BadBubble,
        // Words of DKTechin and its resellers.
        "UNAUTHORIZED" | "INVALID_KEY_EXCEPTION" | "FORBIDDEN" | "NO_BRAND_SCOPE" | "NO_BRAND" => {
            Class::Config
        }
        "INVALID_PARAMETER" | "NOT_ALLOWED_TYPE" | "EMPTY" | "BAD_RICH" => Class::BadBubble,
        "UNKNOWN_SYSTEM_ERROR" | "NO_PERSISTENCE" => Class::Transient,
        "QUOTA_EXHAUSTED" | "402" => Class::Quota,
        "429" => Class::RateLimited,
        "401" => Class::Config,
        "500" | "502" | "503" | "504" => Class::Transient,
        _ => return None,
    })
}

fn of_bizgo(code: &str) -> Option<Class> {
    Some(match code {
        "A020" | "429" => Class::RateLimited,
        "A502" => Class::Config,
        "A507" => Class::BadUser,
        "A572" | "A573" => Class::BadBubble,
        "A821" => Class::Closed,
        "A213" => Class::Transient,
        _ if code.len() == 4 && code.starts_with("A2") => Class::BadMedia,
        _ => return None,
    })
}
