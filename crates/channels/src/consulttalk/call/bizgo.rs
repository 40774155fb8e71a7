//! Infobank Bizgo's calls (spec consulttalk.md 7): camel case, our serial as `ref`, and a wrapper around whatever is no
//! message.

use serde_json::{Value, json};

use super::{Call, CallBody, Form, Upload, Whom, call, encode_piece, rich};
use crate::consulttalk::{Bubble, Line, MediaKind, guesses};

fn post(line: &Line, operation: &str, path: &str, body: &Value) -> Call {
    call(line, "POST", operation, path, CallBody::Json(body.to_string()))
}

pub(super) fn send(line: &Line, whom: Whom<'_>, serial: &str, bubble: &Bubble) -> Call {
    let mut body = json!({"userKey": whom.user_key, "senderKey": line.sender_key, "ref": serial});
    if rich::is_composed(bubble) {
        let parts = rich::parts(&rich::CAMEL, bubble);
        body["msgType"] = parts.kind.into();
        if let Some(message) = parts.message {
            body["message"] = message.into();
        }
        for (name, part) in [("attachment", parts.attachment), ("carousel", parts.carousel)] {
            if let Some(part) = part {
                body[name] = part;
            }
        }
        if let Some(answer) = parts.auto_answer {
            body["autoAnswer"] = answer.into();
        }
        return post(line, "send-rich", "/api/comm/v1/cstalk/rich", &body);
    }
    body["msgType"] = rich::plain_kind(bubble).into();
    if let Some(attachment) = rich::plain_attachment(&rich::CAMEL, bubble) {
        body["attachment"] = attachment;
    } else {
        body["message"] = bubble.text.as_deref().unwrap_or_default().into();
    }
    post(line, "send-plain", "/api/comm/v1/cstalk/plain", &body)
}

pub(super) fn end(line: &Line, whom: Whom<'_>, event: Option<&str>) -> Call {
    let mut body = json!({"userKey": whom.user_key, "senderKey": line.sender_key});
    let Some(event) = event else { return post(line, "end", "/api/comm/v1/cstalk/end", &body) };
    if !event.is_empty() {
        body["botEvent"] = event.into();
    }
    post(line, "end-with-bot", "/api/comm/v1/cstalk/endWithBot", &body)
}

/// `block`, `unblock`.
pub(super) fn about(line: &Line, operation: &str, whom: Whom<'_>) -> Call {
    let body = json!({"cstalk": {"senderKey": line.sender_key, "userKey": whom.user_key}});
    post(line, operation, &format!("/api/comm/v1/center/cstalk/profile/user/{operation}"), &body)
}

pub(super) fn switch(line: &Line, operation: &str) -> Call {
    let path = if operation == "activate" { guesses::BIZGO_ACTIVATE } else { guesses::BIZGO_DEACTIVATE };
    post(line, operation, path, &json!({"cstalk": {"senderKey": line.sender_key}}))
}

pub(super) fn upload(line: &Line, purpose: Upload, form: Form) -> Call {
    let sender = ("senderKey", line.sender_key.as_str());
    let image = "/api/comm/v1/file/cstalk/image";
    let (operation, path, body) = match purpose {
        Upload::InBubble => ("upload-image", image, form.in_field("file", &[sender, ("imageType", "rich")])),
        Upload::Plain(MediaKind::Photo) => ("upload-image", image, form.in_field("file", &[sender])),
        Upload::Plain(kind) => {
            let kind = super::native::file_type(kind);
            ("upload-file", "/api/comm/v1/file/cstalk", form.in_field("file", &[sender, ("fileType", kind)]))
        }
    };
    call(line, "POST", operation, path, body)
}

pub(super) fn session(line: &Line, whom: Whom<'_>) -> Call {
    let mut path = "/api/comm/v1/center/cstalk/session?senderKey=".to_owned();
    encode_piece(&line.sender_key, &mut path);
    path.push_str("&userKey=");
    encode_piece(whom.user_key, &mut path);
    call(line, "GET", "session", &path, CallBody::None)
}
