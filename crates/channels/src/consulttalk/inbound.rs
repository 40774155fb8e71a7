//! What a relay posts (spec consulttalk.md 2, 6.5, 7.1). Reading never fails: what makes no sense is
//! [`What::Unknown`], says why, and is kept by whoever has its bytes.
//!
//! The relays agree in what there is and differ in where it stands, so each field is looked for under all of its
//! names. Whose hook it is stands in the body, at DKTechin in the headers, which therefore go first there.

mod message;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Facts, Relay, Sent, answer,
    loose::{self, Object},
    when,
};
use crate::kakao::url;

/// One hook.
#[derive(Debug, Clone, PartialEq)]
pub struct Hook {
    /// The sender profile that it is for.
    pub sender_key: Option<String>,
    /// Whom it is about.
    pub user_key: Option<String>,
    /// Their session, as digits.
    pub session_id: Option<String>,
    /// When it happened, in milliseconds, by the relay's clock.
    pub at_ms: Option<i64>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The customer sent something.
    Message(Heard),
    /// The customer asks to be talked to: a session starts, or is asked for once more.
    Reference(Reference),
    /// The session ended. May come for a session that we ended ourselves.
    Expired {
        /// Why, in Kakao's letters, where the relay says so.
        kind: Option<String>,
    },
    /// The customer has read everything up to [`Hook::at_ms`].
    Seen,
    /// The customer agreed to give name and telephone number.
    Personal {
        /// Digits, as written in Korea (`010…`).
        phone: String,
        /// The name in KakaoTalk.
        nickname: String,
    },
    /// The customer finished an identity check. The result must not be stored, so it is not even read.
    Certified,
    /// What became of a call that was only accepted before.
    Result {
        /// The relay's key of the call.
        key: String,
        /// Our own serial, which went with it.
        reference: Option<String>,
        /// `write`, `end` or `endwithbot`.
        operation: String,
        /// What became of it.
        outcome: Sent,
    },
    /// Nothing that we know.
    Unknown {
        /// Why not.
        why: &'static str,
    },
}

/// What the customer sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heard {
    /// The relay's number of the message, by which a repetition is known; up to twenty digits.
    pub serial: Option<String>,
    /// What was said, in order; never empty unless there is a long text.
    pub parts: Vec<Part>,
    /// Where the whole of a long text can be fetched; it stands for all texts in `parts`.
    pub long_text: Option<String>,
    /// What the pressed button carried.
    pub extra: Option<String>,
}

/// One thing that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A text.
    Text(String),
    /// A picture, video, sound or file.
    Media {
        /// What it is.
        kind: MediaKind,
        /// Where it can be fetched, for some days.
        url: String,
        /// What was written with it; often blank.
        comment: String,
    },
    /// Something of a kind that is not documented.
    Unknown {
        /// The relay's word for it.
        kind: String,
    },
}

/// Kinds of media.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MediaKind {
    /// A picture.
    Photo,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// Any other file.
    File,
}

/// What came with a request to be talked to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reference {
    /// What the button or link carried.
    pub extra: Option<String>,
    /// The customer's number at the channel's Kakao Login.
    pub app_user_id: Option<String>,
    /// What an earlier button carried, where this one carried nothing.
    pub last_extra: Option<String>,
    /// The earlier one led to the chatbot.
    pub bot: bool,
    /// The chatbot's event there.
    pub bot_event: Option<String>,
    /// When that was, as Kakao writes it.
    pub created_at: Option<String>,
    /// What the chatbot and the customer said before, as Kakao writes it.
    pub history: Vec<Value>,
}

/// Reads a hook. `path_tail` is what stands behind the channel's own address; `header` gives a header's value.
pub fn read(relay: Relay, path_tail: &str, header: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Hook {
    let object = Object::read(body);
    let none = Map::new();
    let map = object.as_ref().map_or(&none, |object| &object.map);
    let by_header = |name: &str| {
        let value = if relay == Relay::Dktechin { header(name) } else { None };
        value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let id = |names: &[&str]| object.as_ref().and_then(|object| object.id(names));
    let what = match &object {
        Some(object) => what(relay, path_tail, object),
        None => What::Unknown { why: "the body is no JSON object" },
    };
    Hook {
        sender_key: by_header("X-Service-Key").or_else(|| loose::said(map, &["sender_key", "senderKey"])),
        user_key: by_header("X-User-Key").or_else(|| loose::said(map, &["user_key", "userKey"])),
        session_id: by_header("X-Event-Key")
            .or_else(|| id(&["session_id", "sessionId"]))
            .or_else(|| loose::said(loose::object(map, &["meta"])?, &["sessionId", "session_id"])),
        at_ms: at(map),
        what,
    }
}

/// When it happened: natively `time`, in DKTechin's messages `meta.created`, at Bizgo Kakao's time before its own.
fn at(map: &Map<String, Value>) -> Option<i64> {
    let created = || when::ms(loose::get(loose::object(map, &["meta"])?, &["created", "createdAt"])?);
    ["time", "kakaoTime", "sendTime", "reportTime"]
        .iter()
        .find_map(|name| when::ms(map.get(*name)?))
        .or_else(created)
}

fn what(relay: Relay, path_tail: &str, object: &Object<'_>) -> What {
    let tail = path_tail.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = tail.rsplit('/').next().unwrap_or_default();
    let map = &object.map;
    match name {
        "message" => What::Message(message::read(relay, object)),
        "reference" => What::Reference(reference(map)),
        "expired_session" => {
            What::Expired { kind: loose::said(map, &["expired_type", "end_type", "expiredType", "endType"]) }
        }
        "seen_info" => What::Seen,
        "personal_info" => personal(map),
        "cert_result" => What::Certified,
        "result" if relay == Relay::Bizgo => result(object),
        "message_bot" => {
            What::Unknown { why: "message_bot ended in 2022; the history comes with the reference" }
        }
        _ => What::Unknown { why: "no hook has this path" },
    }
}

fn reference(map: &Map<String, Value>) -> Reference {
    let none = Map::new();
    let now = loose::object(map, &["reference"]).unwrap_or(&none);
    let last = loose::object(map, &["last_reference", "lastReference"]).unwrap_or(&none);
    let app_user_id = &["app_user_id", "appUserId"];
    Reference {
        extra: loose::said(now, &["extra"]),
        app_user_id: loose::said(map, app_user_id).or_else(|| loose::said(now, app_user_id)),
        last_extra: loose::said(last, &["extra"]),
        bot: loose::said(last, &["bot"]).is_some_and(|bot| bot.eq_ignore_ascii_case("true")),
        bot_event: loose::said(last, &["bot_event", "botEvent"]),
        created_at: loose::said(last, &["created_at", "createdAt"]),
        history: loose::get(map, &["chatbot_messages", "chatbotMessages"])
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default(),
    }
}

fn personal(map: &Map<String, Value>) -> What {
    let given = loose::object(map, &["personal_info", "personalInfo"]);
    let phone = given
        .and_then(|given| loose::said(given, &["phone_number", "phoneNumber"]))
        .and_then(|phone| when::phone(&phone));
    let nickname = given.and_then(|given| loose::said(given, &["nickname", "nickName"])).unwrap_or_default();
    match phone {
        Some(phone) => What::Personal { phone, nickname },
        None => What::Unknown { why: "no telephone number in personal_info" },
    }
}

/// Bizgo's later answer to a call (7.1).
fn result(object: &Object<'_>) -> What {
    let map = &object.map;
    let key = object.id(&["msgKey", "msg_key"]);
    let reference = loose::said(map, &["ref"]);
    if key.is_none() && reference.is_none() {
        return What::Unknown { why: "a result without msgKey and ref" };
    }
    let operation = loose::said(map, &["requestType"]).unwrap_or_else(|| "write".to_owned()).to_lowercase();
    let code = loose::said(map, &["reportCode"]).unwrap_or_default();
    let outcome = answer::reported(&code, loose::said(map, &["reportText"]), key.as_deref());
    What::Result { key: key.unwrap_or_default(), reference, operation, outcome }
}

/// Whether a customer's file may be fetched from this address: only Kakao's own file servers, since anybody who knows
/// the hook's address could name another.
pub fn media_host_is_allowed(facts: &Facts, address: &str) -> bool {
    let Some((authority, _)) = url::host_and_path(address) else { return false };
    let host = authority.strip_suffix(":443").or_else(|| authority.strip_suffix(":80")).unwrap_or(authority);
    facts.media_inbound.iter().any(|allowed| host.eq_ignore_ascii_case(allowed))
}
