//! Texts that are missing: messages without content, buttons and cards with nothing on them.

use serde_json::Value;

use super::{Complaint, Severity, Spot, buttons_of};
use crate::{bot::Node, json::Json, message::Message, node::Work};

/// Looks at one node.
pub(super) fn check(node: &Node, data: &Value, spot: &Spot, complaints: &mut Vec<Complaint>) {
    let mut tell = |severity, code, field: &str, ko: &str, en: &str| {
        complaints.push(Complaint::new(severity, code, spot.field(field), ko, en));
    };
    if matches!(node.work, Work::Response(_)) {
        let none = Value::Null;
        match Message::from_value(data.get("message").unwrap_or(&none)) {
            Ok(Some(_)) => {}
            Ok(None) => tell(
                Severity::Warning,
                "empty-message",
                "data.message",
                "보낼 내용이 비어 있어서 아무것도 보내지 않아요.",
                "There is nothing in this message; nothing is sent.",
            ),
            // A template may give what is missing.
            Err(_) if data.get("message").is_some_and(|message| message.to_string().contains("{{")) => {}
            Err(_) => tell(
                Severity::Error,
                "unreadable-message",
                "data.message",
                "메시지의 종류나 이미지 주소, 위치가 비어 있어요. 이 노드에 오면 오류 메시지가 나가요.",
                "The message's type, its picture's address or its place is missing; a turn that comes here fails.",
            ),
        }
    }
    for (field, button) in buttons_of(data) {
        if is_blank(button.get("label")) {
            tell(
                Severity::Warning,
                "missing-label",
                &format!("{field}.label"),
                "버튼 이름이 비어 있어요. ‘선택’이라고 보여요.",
                "The button has no label; it is shown as “선택”.",
            );
        }
    }
    let cards = data.pointer("/message/cards").and_then(Value::as_array);
    for (at, card) in cards.into_iter().flatten().enumerate() {
        let has_picture = !is_blank(card.pointer("/media/uri"));
        if !has_picture && is_blank(card.get("title")) && is_blank(card.get("description")) {
            tell(
                Severity::Warning,
                "empty-card",
                &format!("data.message.cards[{at}]"),
                "카드에 제목도 설명도 이미지도 없어요.",
                "The card has no title, no description and no picture.",
            );
        }
    }
    let strict = data.get("strict").and_then(Value::as_bool).unwrap_or(false);
    if matches!(node.work, Work::Keyboard(_)) && strict {
        let failure = data.pointer("/messages/failure").map(Message::from_value);
        if !matches!(failure, Some(Ok(Some(_)))) {
            tell(
                Severity::Warning,
                "missing-failure-text",
                "data.messages.failure",
                "맞지 않는 입력에 답할 말이 없어서 ‘빈 메시지’ 시스템 메시지가 나가요.",
                "Nothing is said to input that does not fit; the system message for empty answers is sent.",
            );
        }
    }
}

/// System messages that the file has and that say nothing.
pub(super) fn check_system(system: &Json, complaints: &mut Vec<Complaint>) {
    for (key, value) in system.as_object().unwrap_or_default() {
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            complaints.push(Complaint::new(
                Severity::Note,
                "missing-system-message",
                Spot::default().field(format!("preference.systemMessage.{key}")),
                "시스템 메시지가 비어 있어서 기본 문구가 나가요.",
                "The system message is blank; the default is said instead.",
            ));
        }
    }
}

fn is_blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(_) => false,
    }
}
