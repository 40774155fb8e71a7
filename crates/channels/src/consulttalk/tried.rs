//! The hooks that a relay would post for what a customer does, for trying a bot without a dealer (spec consulttalk.md 2,
//! 6.5, 7.1): the preview reads them through the same [`super::read`] as real ones.
//!
//! What only Kakao knows is made up and always the same: keys, the session, and serials that count what was said.

use serde_json::{Value, json};

use super::{Relay, when};

/// The sender profile's key: nobody's.
pub const SENDER_KEY: &str = "0000000000000000000000000000000000000000";
/// The session.
pub const SESSION_ID: &str = "1";
/// The first serial: nineteen digits, as Kakao's have them, which is more than JavaScript counts.
const FIRST_SERIAL: i64 = 1_000_000_000_000_000_000;

/// What a customer does in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Asks to be talked to: the session begins.
    Ask,
    /// Writes, or presses a button with this on it.
    Say {
        /// What is said.
        text: &'a str,
        /// What the button carries.
        extra: Option<&'a str>,
    },
    /// Sends a picture.
    Photo(&'a str),
}

/// Who does it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// What Kakao calls them.
    pub user_key: &'a str,
    /// How much was said before.
    pub said: i64,
    /// Now, in milliseconds UTC.
    pub now_ms: i64,
}

/// A hook as it is posted.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// What stands behind the channel's own address.
    pub path: &'static str,
    /// The headers that say whose it is.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Value,
}

impl Posted {
    /// A header's value, as [`super::read`] asks for it.
    pub fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    }
}

/// The hook that this relay posts.
pub fn hook(relay: Relay, act: Act<'_>, person: Person<'_>) -> Posted {
    match relay {
        Relay::Native | Relay::HappytalkV1 | Relay::HappytalkV3 => native(act, person),
        Relay::Dktechin => dktechin(act, person),
        Relay::Bizgo => bizgo(act, person),
    }
}

fn native(act: Act<'_>, person: Person<'_>) -> Posted {
    let mut body = json!({
        "user_key": person.user_key,
        "sender_key": SENDER_KEY,
        "session_id": SESSION_ID,
        "time": person.now_ms,
    });
    let path = match act {
        Act::Ask => {
            body["app_user_id"] = Value::Null;
            body["reference"] =
                json!({"extra": "", "text": "", "lastText": "", "lastTextDate": "", "appUserId": null});
            body["last_reference"] = Value::Null;
            "reference"
        }
        Act::Say { text, extra } => {
            body["serial_number"] = serial(person).into();
            body["type"] = "text".into();
            body["content"] = text.into();
            body["contents"] = json!([text]);
            if let Some(extra) = extra {
                body["extra"] = extra.into();
            }
            "message"
        }
        Act::Photo(address) => {
            body["serial_number"] = serial(person).into();
            body["type"] = "photo".into();
            body["contents"] = json!([{"url": address, "comment": ""}]);
            "message"
        }
    };
    Posted { path, headers: Vec::new(), body }
}

/// Only messages are DKTechin's own; whose they are stands in the headers.
fn dktechin(act: Act<'_>, person: Person<'_>) -> Posted {
    let headers = vec![
        ("X-Platform-Type", "kakao_counsel_talk".to_owned()),
        ("X-Service-Key", SENDER_KEY.to_owned()),
        ("X-User-Key", person.user_key.to_owned()),
        ("X-Event-Key", SESSION_ID.to_owned()),
    ];
    let mut section = match act {
        Act::Ask => return Posted { headers, ..native(act, person) },
        Act::Say { text, .. } => json!({"type": "text", "data": text}),
        Act::Photo(address) => json!({"type": "file", "display": "image", "lock": false, "data": address}),
    };
    if let Act::Say { extra: Some(extra), .. } = act {
        section["extra"] = extra.into();
    }
    let meta = json!({
        "serialNumber": serial(person).to_string(),
        "created": when::iso(person.now_ms, false),
        "sessionId": SESSION_ID,
    });
    Posted { path: "message", headers, body: json!({"chapters": [{"sections": [section]}], "meta": meta}) }
}

fn bizgo(act: Act<'_>, person: Person<'_>) -> Posted {
    let at = when::iso(person.now_ms, true);
    let (path, kind, request) = match act {
        Act::Ask => ("cstalk/reference", "REFERENCE", "reference"),
        Act::Say { .. } => ("cstalk/message", "TEXT", "message"),
        Act::Photo(_) => ("cstalk/message", "IMAGE", "message"),
    };
    let mut body = json!({
        "userKey": person.user_key,
        "senderKey": SENDER_KEY,
        "serviceType": "CSTALK",
        "sendTime": at,
        "reportTime": at,
        "kakaoTime": at,
        "msgKey": serial(person).to_string(),
        "msgType": kind,
        "requestType": request,
        "sessionId": SESSION_ID,
    });
    match act {
        Act::Ask => {
            body["reference"] = json!({"extra": ""});
            body["lastReference"] = Value::Null;
            body["appUserId"] = Value::Null;
        }
        Act::Say { text, extra } => {
            body["contents"] = json!([{"comment": text}]);
            if let Some(extra) = extra {
                body["extra"] = extra.into();
            }
        }
        Act::Photo(address) => body["contents"] = json!([{"url": address, "comment": ""}]),
    }
    Posted { path, headers: Vec::new(), body }
}

fn serial(person: Person<'_>) -> i64 {
    FIRST_SERIAL.saturating_add(person.said.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consulttalk::{Hook, MediaKind, Part, Reference, What, read};

    const PERSON: Person<'_> = Person { user_key: "kim", said: 7, now_ms: 1_767_225_600_123 };

    fn heard(relay: Relay, act: Act<'_>) -> What {
        let posted = hook(relay, act, PERSON);
        let header = |name: &str| posted.header(name);
        let Hook { sender_key, user_key, session_id, at_ms, what } =
            read(relay, posted.path, &header, posted.body.to_string().as_bytes());
        assert_eq!(sender_key.as_deref(), Some(SENDER_KEY), "{relay}");
        assert_eq!(user_key.as_deref(), Some("kim"), "{relay}");
        assert_eq!(session_id.as_deref(), Some(SESSION_ID), "{relay}");
        assert_eq!(at_ms, Some(PERSON.now_ms), "{relay}");
        what
    }

    #[test]
    fn what_is_tried_is_read_as_from_every_relay() {
        for relay in Relay::ALL {
            assert_eq!(heard(relay, Act::Ask), What::Reference(Reference::default()), "{relay}");
            for extra in [None, Some("m3_0")] {
                let What::Message(said) = heard(relay, Act::Say { text: "배송", extra }) else { panic!() };
                assert_eq!(said.parts, [Part::Text("배송".to_owned())], "{relay}");
                assert_eq!(said.extra.as_deref(), extra, "{relay}");
                assert_eq!(said.serial.as_deref(), Some("1000000000000000007"), "{relay}");
            }
            let url = "https://talk.kakaocdn.net/a.png".to_owned();
            let What::Message(said) = heard(relay, Act::Photo(&url)) else { panic!() };
            assert_eq!(
                said.parts,
                [Part::Media { kind: MediaKind::Photo, url, comment: String::new() }],
                "{relay}"
            );
        }
    }
}
