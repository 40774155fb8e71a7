//! The rules of what can be tapped: buttons, quick replies, links (spec kakao-skill.md 4.11).

use serde_json::Value;

use super::{
    Button, Judge,
    read::{Field, kind, present, string},
    rule,
};

const LABEL: usize = 14;
/// Each of two buttons side by side.
const LABEL_HORIZONTAL: usize = 8;
const BUTTONS_VERTICAL: usize = 3;
const BUTTONS_HORIZONTAL: usize = 2;
const QUICK_REPLIES: usize = 10;

/// Buttons of a card, and whether they stand side by side.
#[derive(Debug, Default)]
pub(super) struct Buttons {
    pub list: Vec<Button>,
    pub horizontal: bool,
}

impl Judge {
    /// The buttons of a card. `square` is a thumbnail's `fixedRatio`, over which `buttonLayout` wins.
    pub(super) fn buttons(&mut self, card: &Value, pointer: &str, square: bool) -> Buttons {
        let layout = present(card, "buttonLayout");
        let horizontal = match layout.map(|layout| layout.as_str().unwrap_or("")) {
            None => square,
            Some("vertical") => false,
            Some("horizontal") => true,
            Some(_) => {
                let found = layout.map(Value::to_string).unwrap_or_default();
                self.broken(
                    rule::BUTTON_LAYOUT,
                    &format!("{pointer}/buttonLayout"),
                    found,
                    "vertical, horizontal",
                );
                square
            }
        };
        let list = self.list(card, "buttons", pointer);
        let most = if horizontal { BUTTONS_HORIZONTAL } else { BUTTONS_VERTICAL };
        let pointer = format!("{pointer}/buttons");
        if list.len() > most {
            self.broken(rule::BUTTONS_COUNT, &pointer, list.len().to_string(), most.to_string());
        }
        let label = if horizontal && list.len() >= 2 { LABEL_HORIZONTAL } else { LABEL };
        for (at, button) in list.iter().enumerate() {
            self.button(button, &format!("{pointer}/{at}"), label);
        }
        Buttons { list: list.iter().map(button_of).collect(), horizontal }
    }

    fn button(&mut self, button: &Value, pointer: &str, label: usize) {
        if !button.is_object() {
            return self.broken(rule::FIELD_TYPE, pointer, kind(button), "object");
        }
        self.text(button, Field::required("label").chars(label), pointer);
        let action = self.text(button, Field::required("action"), pointer);
        match action.as_str() {
            "webLink" => drop(self.url(button, "webLinkUrl", pointer, true)),
            "message" => drop(self.text(button, Field::required("messageText"), pointer)),
            "block" => {
                self.text(button, Field::required("blockId"), pointer);
                self.text(button, Field::optional("messageText"), pointer);
            }
            "phone" => drop(self.text(button, Field::required("phoneNumber"), pointer)),
            // The empty action was named above.
            "share" | "operator" | "" => {}
            "osLink" => self.broken(rule::BUTTON_RETIRED, &format!("{pointer}/action"), action, "webLink"),
            "guide" | "invite" | "inviteMember" | "mention" | "settings" => {
                self.broken(rule::BUTTON_GROUP, &format!("{pointer}/action"), action, "");
            }
            _ => {
                let known = "webLink, message, block, phone, share, operator";
                self.broken(rule::BUTTON_ACTION, &format!("{pointer}/action"), action, known);
            }
        }
        self.extra(button, pointer);
    }

    pub(super) fn quick_replies(&mut self, template: &Value) {
        let list = self.list(template, "quickReplies", "/template");
        let pointer = "/template/quickReplies";
        if list.len() > QUICK_REPLIES {
            self.broken(
                rule::QUICK_REPLIES_COUNT,
                pointer,
                list.len().to_string(),
                QUICK_REPLIES.to_string(),
            );
        }
        for (at, reply) in list.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            if !reply.is_object() {
                self.broken(rule::FIELD_TYPE, &pointer, kind(reply), "object");
                continue;
            }
            self.text(reply, Field::required("label").chars(LABEL), &pointer);
            let written = self.text(reply, Field::required("action"), &pointer);
            // Kakao's own table writes "Message".
            let action = written.to_ascii_lowercase();
            match action.as_str() {
                "message" => drop(self.text(reply, Field::required("messageText"), &pointer)),
                "block" => {
                    self.text(reply, Field::required("blockId"), &pointer);
                    self.text(reply, Field::optional("messageText"), &pointer);
                }
                "" => {}
                _ => {
                    let place = format!("{pointer}/action");
                    self.broken(rule::QUICK_REPLY_ACTION, &place, written.as_str(), "message, block");
                }
            }
            if written != action && matches!(action.as_str(), "message" | "block") {
                self.broken(rule::QUICK_REPLY_CASE, &format!("{pointer}/action"), written, action.as_str());
            }
            self.extra(reply, &pointer);
            self.verdict.quick_replies.push(Button { action, ..button_of(reply) });
        }
    }

    /// `extra` comes back unchanged, so it has to be something that can.
    pub(super) fn extra(&mut self, holder: &Value, pointer: &str) {
        if let Some(extra) = present(holder, "extra").filter(|extra| !extra.is_object()) {
            self.broken(rule::EXTRA, &format!("{pointer}/extra"), kind(extra), "object");
        }
    }

    /// A link of a thumbnail or list item.
    pub(super) fn link(&mut self, holder: &Value, pointer: &str) {
        let Some(link) = self.object(holder, "link", pointer) else { return };
        let pointer = format!("{pointer}/link");
        let doors = ["web", "pc", "mobile"];
        if doors.iter().all(|door| present(link, door).is_none()) {
            self.broken(rule::LINK_EMPTY, &pointer, "", "web, pc, mobile");
        }
        for door in doors {
            self.url(link, door, &pointer, false);
        }
    }
}

/// What can be tapped.
pub(super) fn button_of(value: &Value) -> Button {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Button {
        label: string(value, "label"),
        action: string(value, "action"),
        message: text("messageText"),
        block_id: text("blockId"),
        link: text("webLinkUrl").or_else(|| text("phoneNumber")),
        extra: value.get("extra").filter(|extra| extra.is_object()).cloned(),
    }
}
