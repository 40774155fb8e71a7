//! What Happytalk has beside Kakao's own calls (spec consulttalk.md 5): the third generation's bubbles, and where hooks go.

use serde_json::json;

use super::{Call, CallBody, Whom, call, rich};
use crate::consulttalk::{Bubble, Line, Relay};

pub(super) fn send(line: &Line, whom: Whom<'_>, serial: &str, bubble: &Bubble) -> Call {
    let mut body = json!({"user_key": whom.user_key, "sender_key": line.sender_key, "serial_number": serial});
    let operation = if rich::is_composed(bubble) {
        let parts = rich::parts(&rich::SNAKE, bubble);
        body["chat_bubble_type"] = parts.kind.into();
        if let Some(message) = parts.message {
            body["message"] = message.into();
        }
        for (name, part) in [("attachment", parts.attachment), ("carousel", parts.carousel)] {
            if let Some(part) = part {
                body[name] = part;
            }
        }
        if let Some(answer) = parts.auto_answer {
            body["auto_answer"] = answer.into();
        }
        ("send-rich", "/kakaoWebhook/v3/bzc/chat/send/rich")
    } else {
        body["chat_bubble_type"] = rich::plain_kind(bubble).into();
        if let Some(attachment) = rich::plain_attachment(&rich::SNAKE, bubble) {
            body["attachment"] = attachment;
        } else {
            body["message"] = bubble.text.as_deref().unwrap_or_default().into();
        }
        ("send-plain", "/kakaoWebhook/v3/bzc/chat/send/plain")
    };
    call(line, "POST", operation.0, operation.1, CallBody::Json(body.to_string()))
}

pub(super) fn set_receive(line: &Line, address: &str) -> Call {
    let (path, body) = if line.relay == Relay::HappytalkV1 {
        ("/v1/center/domain/update", json!({"sender_key": line.sender_key, "domain": address}))
    } else {
        ("/kakaoWebhook/v1/bzmc/consult/{sender_key}/receiveDomain", json!({"domain": address}))
    };
    call(line, "POST", "set-receive", path, CallBody::Json(body.to_string()))
}
