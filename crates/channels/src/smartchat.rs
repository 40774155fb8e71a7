//! The closed auto-reply API of Plusfriends (API형 스마트채팅, 2016–2019) behind an OpenBuilder skill (spec
//! legacy-smartchat.md 7, product.md K12): a skill request becomes the call that the old server knows, and what the
//! old server answers becomes a skill response.
//!
//! [`incoming::wanted`] says what is to be asked of the old server, [`legacy`] reads what it answers, [`outgoing`] shapes
//! it, [`address`] knows the old addresses, and [`State`] is what is kept of a person between two messages. Nothing here
//! calls anybody.
//!
//! What surprises: the old server never learns of "더보기", of a strict prompt or of a blank message; and a button is
//! sent back to it letter by letter, although KakaoTalk shows fourteen of them.

pub mod address;
pub mod incoming;
pub mod legacy;
pub mod outgoing;

use serde::{Deserialize, Serialize};

use self::legacy::Keyboard;

/// So long after the bot's last message the old platform showed the home keyboard again (6).
const QUIET_MS: i64 = 10 * 60 * 1000;

/// How a bridge behaves, as its owner set it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// What is said over the home keyboard, which has no text of its own.
    pub greeting: String,
    /// What is said instead when the old server does not answer.
    pub failure: String,
    /// Texts that bring the home keyboard. None by itself: the bots own "처음으로".
    pub home_words: Vec<String>,
    /// What was not offered as a button is not sent to the old server; the buttons are shown again.
    pub strict_buttons: bool,
    /// Where more than ten buttons go.
    pub many: Many,
    /// `POST /friend` for people whose first message is not the welcome block.
    pub tell_old_friends: bool,
    /// The home buttons come back on the first answer without buttons after ten silent minutes.
    pub home_after_silence: bool,
    /// What becomes of pictures at http addresses, which KakaoTalk may not show.
    pub pictures: Pictures,
    /// How long the old server may take for one message, in milliseconds.
    pub budget_ms: u64,
}

/// Where more buttons go than KakaoTalk shows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Many {
    /// Nine, and "더보기".
    #[default]
    Paging,
    /// Into list cards, which are swiped.
    List,
}

/// What becomes of a picture at an http address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pictures {
    /// It is sent as it is.
    #[default]
    AsIs,
    /// The same address with https.
    Https,
    /// This server hands it on over https.
    Proxy,
}

impl Options {
    /// Said over the home keyboard unless the owner says otherwise.
    pub const GREETING: &str = "안녕하세요! 아래 버튼에서 원하시는 메뉴를 골라 주세요.";
    /// Said when the old server does not answer, unless the owner says otherwise.
    pub const FAILURE: &str = "지금은 답변을 드리기 어려워요. 잠시 후 다시 시도해 주세요.";
    /// The least and the most time for the old server.
    pub const BUDGET_MS: (u64, u64) = (500, 4_200);
}

impl Default for Options {
    fn default() -> Self {
        Self {
            greeting: Self::GREETING.to_owned(),
            failure: Self::FAILURE.to_owned(),
            home_words: Vec::new(),
            strict_buttons: false,
            many: Many::Paging,
            tell_old_friends: true,
            home_after_silence: true,
            pictures: Pictures::AsIs,
            budget_ms: 4_000,
        }
    }
}

/// What is kept of one person between two messages (7.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What the old server calls them; chosen once.
    #[serde(rename = "k", skip_serializing_if = "String::is_empty")]
    pub user_key: String,
    /// `POST /friend` was sent.
    #[serde(rename = "f", skip_serializing_if = "is_false")]
    pub friend: bool,
    /// The keyboard that was shown last.
    #[serde(rename = "b", skip_serializing_if = "Keyboard::is_blank")]
    pub keyboard: Keyboard,
    /// When the old server answered last; 0 before it did.
    #[serde(rename = "t", skip_serializing_if = "is_zero")]
    pub answered_at: i64,
}

impl State {
    /// Has the bot been silent so long that the old platform would have shown the home keyboard?
    pub fn was_quiet(&self, now_ms: i64) -> bool {
        self.answered_at > 0 && now_ms - self.answered_at >= QUIET_MS
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(value: &i64) -> bool {
    *value == 0
}
