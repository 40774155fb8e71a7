//! DKTechin's calls (spec consulttalk.md 6). Whose message it is stands in headers, never in the body, and the relay makes
//! the serials itself: ours is only a trace.

use serde_json::{Map, Value, json};

use super::{Call, CallBody, Form, Upload, Whom, call, rich};
use crate::consulttalk::{Bubble, Line, MediaKind, guesses};

/// Headers beside those of the line.
fn about_whom(call: Call, line: &Line, whom: Option<Whom<'_>>) -> Call {
    let mut headers = vec![
        ("X-Platform-Type".to_owned(), "kakao_counsel_talk".to_owned()),
        ("X-Service-Key".to_owned(), line.sender_key.clone()),
    ];
    if let Some(whom) = whom {
        headers.push(("X-User-Key".to_owned(), whom.user_key.to_owned()));
        // The document calls it required, callers in the field leave it out: it is sent when it is known.
        headers.extend(whom.session_id.map(|session| ("X-Event-Key".to_owned(), session.to_owned())));
    }
    headers.extend(call.headers);
    Call { headers, ..call }
}

pub(super) fn send(line: &Line, whom: Whom<'_>, serial: &str, bubble: &Bubble) -> Call {
    let (operation, path, section) = if rich::is_composed(bubble) {
        ("send-rich", "/api/v1/send/rich", composed(bubble))
    } else {
        ("send-plain", "/api/v1/send/plain", plain(bubble))
    };
    let body = json!({"version": 1, "chapters": [{"sections": [section]}], "meta": {"trace": serial}});
    let call = call(line, "POST", operation, path, CallBody::Json(body.to_string()));
    about_whom(call, line, Some(whom))
}

fn plain(bubble: &Bubble) -> Value {
    let mut section = Map::from_iter([("type".to_owned(), rich::plain_kind(bubble).to_lowercase().into())]);
    let data = bubble.media.as_ref().map_or(bubble.text.as_deref().unwrap_or_default(), rich::address);
    section.insert("data".to_owned(), data.into());
    if let Some(media) = &bubble.media {
        let (name, size) = rich::named(bubble, media);
        section.extend(name.map(|name| ("name".to_owned(), name.into())));
        section.extend(size.map(|size| ("size".to_owned(), size.into())));
    }
    Value::Object(section)
}

fn composed(bubble: &Bubble) -> Value {
    let parts = rich::parts(&rich::SNAKE, bubble);
    let mut section = json!({"type": parts.kind.to_lowercase()});
    if let Some(message) = parts.message {
        section["data"] = message.into();
    }
    for (name, part) in [("attachment", parts.attachment), ("carousel", parts.carousel)] {
        if let Some(part) = part {
            section[name] = part;
        }
    }
    if let Some(answer) = parts.auto_answer {
        section["auto_answer"] = answer.into();
    }
    section
}

/// `end`, `block`, `unblock`: everything stands in the headers.
pub(super) fn about(line: &Line, operation: &str, whom: Whom<'_>) -> Call {
    let path = match operation {
        "end" => "/api/v1/send/end",
        "block" => "/api/v1/profile/block",
        _ => "/api/v1/profile/unblock",
    };
    about_whom(call(line, "POST", operation, path, CallBody::None), line, Some(whom))
}

/// The body is a JSON text: the event's name.
pub(super) fn end_with_bot(line: &Line, whom: Whom<'_>, event: &str) -> Call {
    let body = CallBody::Json(Value::from(event).to_string());
    about_whom(call(line, "POST", "end-with-bot", "/api/v1/send/endWithBot", body), line, Some(whom))
}

pub(super) fn switch(line: &Line, operation: &str) -> Call {
    let path = format!("/api/v2/system/sender/{operation}");
    about_whom(call(line, "PUT", operation, &path, CallBody::None), line, None)
}

pub(super) fn upload(line: &Line, purpose: Upload, form: Form) -> Call {
    let (operation, path, body) = match purpose {
        Upload::InBubble => (
            "upload-rich-image",
            "/api/v1/upload/image/rich",
            form.in_field(guesses::DKTECHIN_IMAGE_FIELD, &[]),
        ),
        Upload::Plain(MediaKind::Photo) => {
            ("upload-image", guesses::DKTECHIN_PLAIN_IMAGE, form.in_field(guesses::DKTECHIN_IMAGE_FIELD, &[]))
        }
        Upload::Plain(kind) => {
            let kind = super::native::file_type(kind).to_uppercase();
            ("upload-file", "/api/v1/upload/file", form.in_field("file", &[("type", &kind)]))
        }
    };
    about_whom(call(line, "POST", operation, path, body), line, None)
}

pub(super) fn video_state(line: &Line, uploaded: &str) -> Call {
    let mut path = "/api/v1/upload/status?type=VIDEO&url=".to_owned();
    super::encode_piece(uploaded, &mut path);
    about_whom(call(line, "GET", "video-state", &path, CallBody::None), line, None)
}

pub(super) fn set_receive(line: &Line, address: &str) -> Call {
    let body = CallBody::Json(json!({"receive_url": address}).to_string());
    let path = "/api/v2/system/sender/update/receive_url";
    about_whom(call(line, "PUT", "set-receive", path, body), line, None)
}

pub(super) fn session(line: &Line, whom: Whom<'_>) -> Call {
    about_whom(call(line, "GET", "session", "/api/v1/session", CallBody::None), line, Some(whom))
}
