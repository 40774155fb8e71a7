//! Kakao's own calls (spec consulttalk.md 3), and Happytalk's of the first generation, which are the same under other
//! paths (5).

use serde_json::{Map, Value, json};

use super::{Call, CallBody, Form, Upload, Whom, auto_answer, call, rich};
use crate::consulttalk::{Bubble, BubbleKind, Line, Link, MediaKind, Relay, guesses};

/// The paths of Kakao's own calls by operation, as [`crate::consulttalk::Line::paths`] names them.
pub const PATHS: [(&str, &str); 9] = [
    ("send", "/v2/{partner}/chat/write"),
    ("end", "/v2/{partner}/chat/end"),
    ("end-with-bot", "/v2/{partner}/chat/endWithBot"),
    ("upload-image", "/v1/{partner}/image/upload"),
    ("upload-file", "/v1/{partner}/file/upload"),
    ("block", "/v1/{partner}/profile/user/block"),
    ("unblock", "/v1/{partner}/profile/user/unblock"),
    ("activate", "/v1/{partner}/profile/chat/activate"),
    ("deactivate", "/v1/{partner}/profile/chat/deactivate"),
];

/// Happytalk's, first generation. It has no end with a bot.
const HAPPYTALK_V1: [(&str, &str); 9] = [
    ("send", "/v1/chat/write"),
    ("end", "/v1/chat/end"),
    ("end-with-bot", "/v1/chat/end"),
    ("upload-image", "/v1/image/upload"),
    ("upload-file", "/v1/file/upload"),
    ("block", "/v1/profile/user/block"),
    ("unblock", "/v1/profile/user/unblock"),
    ("activate", "/v1/profile/chat/activate"),
    ("deactivate", "/v1/profile/chat/deactivate"),
];

/// Happytalk's, third generation; what it did not renew is as it was.
const HAPPYTALK_V3: [(&str, &str); 8] = [
    ("end", guesses::HAPPYTALK_V3_END),
    ("end-with-bot", "/kakaoWebhook/v3/bzc/chat/endWithBot"),
    ("upload-image", "/kakaoWebhook/v3/bzc/image/upload"),
    ("upload-file", "/kakaoWebhook/v3/bzc/file/upload"),
    ("block", "/v1/profile/user/block"),
    ("unblock", "/v1/profile/user/unblock"),
    ("activate", "/v1/profile/chat/activate"),
    ("deactivate", "/v1/profile/chat/deactivate"),
];

fn path(relay: Relay, operation: &str) -> &'static str {
    let paths: &[(&str, &str)] = match relay {
        Relay::HappytalkV1 => &HAPPYTALK_V1,
        Relay::HappytalkV3 => &HAPPYTALK_V3,
        Relay::Native | Relay::Dktechin | Relay::Bizgo => &PATHS,
    };
    paths.iter().find(|(name, _)| *name == operation).map_or("/", |(_, path)| path)
}

fn post(line: &Line, operation: &str, body: &Value) -> Call {
    call(line, "POST", operation, path(line.relay, operation), CallBody::Json(body.to_string()))
}

/// `chat/write` (3.1).
pub(super) fn send(line: &Line, whom: Whom<'_>, serial: &str, bubble: &Bubble) -> Call {
    let mut body = json!({"user_key": whom.user_key, "sender_key": line.sender_key, "serial_number": serial});
    let media = bubble.media.as_ref();
    let uploaded = media.map(|media| media.uploaded.as_deref().unwrap_or(&media.uri));
    let system = auto_answer(bubble);
    let plain = bubble.buttons.is_empty() && bubble.quick_replies.is_empty() && system.is_none();
    let kind = match bubble.kind {
        BubbleKind::Image => "IM",
        BubbleKind::Video => "VI",
        BubbleKind::Audio => "AU",
        BubbleKind::File => "FI",
        _ if plain && media.is_none() => "TX",
        _ => "LI",
    };
    body["message_type"] = kind.into();
    if matches!(kind, "TX" | "LI") {
        body["message"] = bubble.text.as_deref().unwrap_or_default().into();
    }
    if let Some(uploaded) = uploaded {
        let field = if matches!(kind, "IM" | "LI") { "image_url" } else { "file_url" };
        body[field] = uploaded.into();
    }
    if let (Some(media), "FI") = (media, kind) {
        let (name, size) = rich::named(bubble, media);
        body["file_name"] = name.into();
        body["file_size"] = size.into();
    }
    if kind == "LI" {
        if let Some(answer) = system {
            body["auto_answer"] = answer.into();
        }
        if !bubble.buttons.is_empty() {
            let keys = ["extra", "event"];
            body["links"] = bubble.buttons.iter().map(|link| written(link, keys)).collect();
        }
        if !bubble.quick_replies.is_empty() {
            let keys = ["chat_extra", "chat_event"];
            let replies: Value = bubble.quick_replies.iter().map(|link| written(link, keys)).collect();
            body["supplement"] = json!({"quick_reply": replies});
        }
    }
    post(line, "send", &body)
}

/// A link button, or a quick reply, whose extra and event have other names.
fn written(link: &Link, [extra, event]: [&str; 2]) -> Value {
    let mut button = Map::new();
    button.insert("name".to_owned(), link.name.as_str().into());
    button.insert("type".to_owned(), link.kind.letters().into());
    let rest = [
        ("url_mobile", &link.url_mobile),
        ("url_pc", &link.url_pc),
        ("scheme_android", &link.scheme_android),
        ("scheme_ios", &link.scheme_ios),
        (extra, &link.extra),
        (event, &link.event),
        ("biz_form_key", &link.biz_form_key),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            button.insert(name.to_owned(), value.as_str().into());
        }
    }
    Value::Object(button)
}

/// A call about a customer: `end`, `block`, `unblock`.
pub(super) fn about(line: &Line, operation: &str, whom: Whom<'_>) -> Call {
    post(line, operation, &json!({"user_key": whom.user_key, "sender_key": line.sender_key}))
}

pub(super) fn end_with_bot(line: &Line, whom: Whom<'_>, event: &str) -> Call {
    let mut body = json!({"user_key": whom.user_key, "sender_key": line.sender_key});
    if !event.is_empty() {
        body["bot_event"] = event.into();
    }
    post(line, "end-with-bot", &body)
}

/// `activate`, `deactivate`.
pub(super) fn switch(line: &Line, operation: &str) -> Call {
    post(line, operation, &json!({"sender_key": line.sender_key}))
}

/// Uploads (3.2).
pub(super) fn upload(line: &Line, purpose: Upload, form: Form) -> Call {
    let sender = ("sender_key", line.sender_key.as_str());
    let in_bubble = if line.relay == Relay::HappytalkV3 { "rich" } else { "link" };
    let (operation, body) = match purpose {
        Upload::InBubble => ("upload-image", form.in_field("image", &[sender, ("image_type", in_bubble)])),
        Upload::Plain(MediaKind::Photo) => ("upload-image", form.in_field("image", &[sender])),
        Upload::Plain(kind) => {
            ("upload-file", form.in_field("file", &[sender, ("file_type", file_type(kind))]))
        }
    };
    call(line, "POST", operation, path(line.relay, operation), body)
}

/// Kakao's word for what a file is.
pub(super) const fn file_type(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
        MediaKind::File | MediaKind::Photo => "file",
    }
}
