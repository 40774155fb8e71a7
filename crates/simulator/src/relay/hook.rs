//! What a relay tells the company, in each dealer's form (consulttalk.md 2, 6.5, 7.1).

use serde_json::{Map, Value, json};

use super::{
    kst,
    options::{Contents, Dialect},
    post::Hook,
    room::{Kind, Session},
    state::State,
};

/// Which hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HookKind {
    /// The customer said something.
    Message,
    /// The customer asks for a consultation.
    Reference,
    /// A session ended.
    ExpiredSession,
    /// The customer has read.
    SeenInfo,
    /// The customer gave phone and nickname.
    PersonalInfo,
    /// The result of a call (Bizgo).
    Result,
}

impl HookKind {
    /// The last part of its path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Reference => "reference",
            Self::ExpiredSession => "expired_session",
            Self::SeenInfo => "seen_info",
            Self::PersonalInfo => "personal_info",
            Self::Result => "result",
        }
    }
}

/// Something that happened in a room.
#[derive(Debug, Clone)]
pub(super) enum Event {
    Message {
        serial: i64,
        kind: Kind,
        text: String,
        long: Option<String>,
        media: Vec<String>,
        extra: Option<String>,
    },
    Reference {
        extra: Option<String>,
        last: Option<(String, String, i64)>,
        history: Vec<Value>,
    },
    Expired,
    Seen,
    Personal {
        phone: String,
        nickname: String,
    },
    Result {
        key: String,
        of: String,
        request: &'static str,
        code: &'static str,
        text: String,
        reference: Option<String>,
    },
}

impl Event {
    fn kind(&self) -> HookKind {
        match self {
            Self::Message { .. } => HookKind::Message,
            Self::Reference { .. } => HookKind::Reference,
            Self::Expired => HookKind::ExpiredSession,
            Self::Seen => HookKind::SeenInfo,
            Self::Personal { .. } => HookKind::PersonalInfo,
            Self::Result { .. } => HookKind::Result,
        }
    }
}

/// The hook of an event, as this relay writes it.
pub(super) fn hook(
    state: &mut State,
    user: &str,
    session: Option<&Session>,
    at_ms: i64,
    event: &Event,
) -> Hook {
    let id = session.map(|session| session.id.clone());
    let dialect = state.dialect;
    let (prefix, body) = match dialect {
        Dialect::Bizgo => ("/cstalk", bizgo(state, user, id.as_deref(), at_ms, event)),
        Dialect::Dktechin if matches!(event, Event::Message { .. }) => {
            ("", chapters(id.as_deref(), at_ms, event))
        }
        _ => ("", native(state, user, id.as_deref(), at_ms, event)),
    };
    let mut headers = Vec::new();
    if dialect == Dialect::Dktechin {
        headers.push(("X-Platform-Type", "kakao_counsel_talk".to_owned()));
        headers.push(("X-Service-Key", state.options.sender_key.clone()));
        headers.push(("X-User-Key", user.to_owned()));
        headers.push(("X-Event-Key", id.clone().unwrap_or_default()));
    }
    let kind = event.kind();
    let path = format!("{prefix}/{}", kind.path());
    Hook { kind, user: user.to_owned(), session: id, path, headers, body: body.to_string().into() }
}

fn native(state: &State, user: &str, session: Option<&str>, at_ms: i64, event: &Event) -> Value {
    let mut body = json!({
        "user_key": user, "sender_key": state.options.sender_key, "session_id": session, "time": at_ms,
    });
    let Some(map) = body.as_object_mut() else { return body };
    match event {
        Event::Message { serial, kind, text, long, media, extra } => {
            map.insert("serial_number".to_owned(), json!(serial));
            map.insert("type".to_owned(), json!(word(*kind)));
            contents(map, state.options.contents, text, media);
            if let Some(url) = long {
                map.insert("attachment".to_owned(), json!({"url": url}));
            }
            if let Some(extra) = extra {
                map.insert("extra".to_owned(), json!(extra));
            }
        }
        Event::Reference { extra, last, history } => {
            map.insert("app_user_id".to_owned(), Value::Null);
            let extra = extra.as_deref().unwrap_or_default();
            map.insert(
                "reference".to_owned(),
                json!({"extra": extra, "text": "", "lastText": "", "lastTextDate": "", "appUserId": null}),
            );
            map.insert("last_reference".to_owned(), last_reference(extra, last.as_ref()));
            if !history.is_empty() {
                map.insert("chatbot_messages".to_owned(), json!(history));
            }
        }
        Event::Personal { phone, nickname } => {
            map.insert("personal_info".to_owned(), json!({"phone_number": phone, "nickname": nickname}));
        }
        Event::Expired | Event::Seen | Event::Result { .. } => {}
    }
    body
}

fn contents(map: &mut Map<String, Value>, form: Contents, text: &str, media: &[String]) {
    let list = if media.is_empty() {
        json!([text])
    } else {
        media.iter().map(|url| json!({"url": url, "comment": ""})).collect()
    };
    let single = media.first().map_or(text, String::as_str);
    match form {
        Contents::Both => {
            if media.is_empty() {
                map.insert("content".to_owned(), json!(text));
            }
            map.insert("contents".to_owned(), list);
        }
        Contents::New => drop(map.insert("contents".to_owned(), list)),
        Contents::OldObject if !media.is_empty() => {
            drop(map.insert("content".to_owned(), json!({"url": single})));
        }
        Contents::Old | Contents::OldObject => drop(map.insert("content".to_owned(), json!(single))),
    }
}

/// The meta of an earlier start; only where this one has none (2.2).
fn last_reference(extra: &str, last: Option<&(String, String, i64)>) -> Value {
    match last {
        Some((last, event, at_ms)) if extra.is_empty() => json!({
            "extra": last, "bot": "false", "bot_event": event, "created_at": kst::local(*at_ms),
        }),
        _ => Value::Null,
    }
}

/// DKTechin's message: no keys in the body, the moment in UTC, the number as a text (6.5).
fn chapters(session: Option<&str>, at_ms: i64, event: &Event) -> Value {
    let Event::Message { serial, kind, text, long, media, extra } = event else { return Value::Null };
    let mut sections: Vec<Value> = if media.is_empty() {
        vec![json!({"type": "text", "lock": false, "data": text})]
    } else {
        let display = if *kind == Kind::Photo { "image" } else { word(*kind) };
        media
            .iter()
            .map(|url| json!({"type": "file", "display": display, "lock": false, "data": url}))
            .collect()
    };
    if let (Some(url), Some(section)) = (long, sections.first_mut()) {
        section["attachment"] = json!({"url": url});
    }
    let mut meta =
        json!({"serialNumber": serial.to_string(), "created": kst::utc(at_ms), "sessionId": session});
    if let Some(extra) = extra {
        // Where DKTechin puts it is not documented.
        meta["extra"] = json!(extra);
    }
    json!({"chapters": [{"sections": sections}], "meta": meta})
}

/// Bizgo's hooks: camel case outside, leftovers of snake case inside (7.1).
fn bizgo(state: &mut State, user: &str, session: Option<&str>, at_ms: i64, event: &Event) -> Value {
    let (kind, request) = match event {
        Event::Message { kind: Kind::Photo, .. } => ("IMAGE".to_owned(), "message"),
        Event::Message { kind, .. } => (word(*kind).to_uppercase(), "message"),
        Event::Reference { .. } => ("REFERENCE".to_owned(), "reference"),
        Event::Expired => ("SESSION".to_owned(), "expired_session"),
        Event::Seen => ("SEEN".to_owned(), "seen_info"),
        Event::Personal { .. } => ("PERSONAL".to_owned(), "personal_info"),
        Event::Result { of, request, .. } => (of.clone(), *request),
    };
    let key = match event {
        Event::Result { key, .. } => key.clone(),
        _ => state.next_key(),
    };
    let at = kst::zoned(at_ms);
    let mut body = json!({
        "msgKey": key, "userKey": user, "senderKey": state.options.sender_key, "serviceType": "CSTALK",
        "msgType": kind, "requestType": request, "sendTime": at, "reportTime": at, "kakaoTime": at,
    });
    let Some(map) = body.as_object_mut() else { return body };
    if matches!(
        event,
        Event::Message { .. } | Event::Reference { .. } | Event::Expired | Event::Personal { .. }
    ) {
        map.insert("sessionId".to_owned(), json!(session));
    }
    match event {
        Event::Message { text, long, media, extra, .. } => {
            let contents: Value = if media.is_empty() {
                json!([{"comment": text}])
            } else {
                media.iter().map(|url| json!({"url": url, "comment": ""})).collect()
            };
            map.insert("contents".to_owned(), contents);
            if let Some(url) = long {
                map.insert("attachment".to_owned(), json!({"url": url}));
            }
            if let Some(extra) = extra {
                map.insert("extra".to_owned(), json!(extra));
            }
        }
        Event::Reference { extra, last, history } => {
            let extra = extra.as_deref().unwrap_or_default();
            map.insert("reference".to_owned(), json!({"extra": extra}));
            map.insert("lastReference".to_owned(), last_reference(extra, last.as_ref()));
            map.insert("appUserId".to_owned(), Value::Null);
            if !history.is_empty() {
                map.insert("chatbotMessages".to_owned(), json!(history));
            }
        }
        Event::Personal { phone, nickname } => {
            map.insert("personalInfo".to_owned(), json!({"phone_number": phone, "nickname": nickname}));
        }
        Event::Result { code, text, reference, .. } => {
            map.insert("reportCode".to_owned(), json!(code));
            map.insert("reportText".to_owned(), json!(text));
            map.insert("ref".to_owned(), json!(reference));
        }
        Event::Expired | Event::Seen => {}
    }
    body
}

/// The kind of a customer's message, in Kakao's words.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Photo => "photo",
        Kind::Video => "video",
        Kind::Audio => "audio",
        Kind::File => "file",
        _ => "text",
    }
}
