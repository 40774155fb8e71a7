//! The message model of v1 and v2: `TX`, `IM`, `FI`, `VI`, `AU`, `LI` (consulttalk.md 3.1).

use serde_json::{Map, Value};

use super::{Form, Judge, Rule, code, join};
use crate::relay::{
    options::Dialect,
    room::{Bubble, Kind, Medium},
    upload::Use,
};

/// Most characters of a message.
pub(in crate::relay) const TEXT: usize = 1_000;

const LINKS: Form = Form {
    known: &[
        "name",
        "type",
        "url_mobile",
        "url_pc",
        "scheme_android",
        "scheme_ios",
        "extra",
        "event",
        "biz_form_key",
        "target",
    ],
    kinds: &["WL", "AL", "BK", "MD", "BT", "BF"],
    label: 28,
    extra: &["extra"],
    event: &["event"],
    target: "target",
};

const QUICK_REPLIES: Form = Form {
    known: &[
        "name",
        "type",
        "url_mobile",
        "url_pc",
        "scheme_android",
        "scheme_ios",
        "chat_extra",
        "chat_event",
        "biz_form_key",
        "target",
    ],
    kinds: &["WL", "AL", "BK", "BT", "BF"],
    label: 14,
    extra: &["chat_extra"],
    event: &["chat_event"],
    target: "target",
};

/// The fields of `chat/write`, keys of the room included.
pub(in crate::relay) const FIELDS: [&str; 12] = [
    "user_key",
    "sender_key",
    "serial_number",
    "message_type",
    "message",
    "image_url",
    "file_url",
    "file_name",
    "file_size",
    "auto_answer",
    "links",
    "supplement",
];

impl Judge<'_> {
    /// The bubble of a `chat/write`.
    pub fn classic(&mut self, map: &Map<String, Value>) -> Bubble {
        let kind = self.word(map, "message_type", &["TX", "IM", "FI", "VI", "AU", "LI"], "");
        let kind = if kind.is_empty() { "TX".to_owned() } else { kind };
        let buttons = kind == "LI";
        let (words, image) = (buttons || kind == "TX", buttons || kind == "IM");
        let file = matches!(kind.as_str(), "FI" | "VI" | "AU");
        for (fields, allowed) in [
            (&["message"][..], words),
            (&["image_url"], image),
            (&["file_url"], file),
            (&["file_name", "file_size"], file),
            (&["auto_answer", "links"], buttons),
            // Only Happytalk says that quick replies need buttons beside them.
            (&["supplement"], buttons || (kind == "TX" && self.dialect == Dialect::Native)),
        ] {
            for field in fields {
                if !allowed && self.get(map, field).is_some() {
                    self.broken(code::MESSAGE, "field-of-another-type", field, &kind);
                }
            }
        }
        let text = self.message(map, "message", words);
        let mut media = Vec::new();
        let image_url =
            self.text(map, Rule { required: kind == "IM", ..Rule::optional("image_url", 1_000) }, "");
        if image && !image_url.is_empty() {
            let uses: &[Use] = if buttons { &[Use::LinkImage] } else { &[Use::Image, Use::LinkImage] };
            self.media(&image_url, uses, "image_url");
            media.push(Medium { url: image_url, ..Medium::default() });
        }
        let file_url = self.text(map, Rule { required: file, ..Rule::optional("file_url", 1_000) }, "");
        let name = self.text(map, Rule { required: kind == "FI", ..Rule::optional("file_name", 1_000) }, "");
        let size = self.number(map, Rule { required: kind == "FI", ..Rule::optional("file_size", 0) }, "");
        let (shown, used) = match kind.as_str() {
            "IM" => (Kind::Photo, Use::Image),
            "FI" => (Kind::File, Use::File),
            "VI" => (Kind::Video, Use::Video),
            "AU" => (Kind::Audio, Use::Audio),
            "LI" if !media.is_empty() => (Kind::Photo, Use::LinkImage),
            _ => (Kind::Text, Use::File),
        };
        if file {
            self.media(&file_url, &[used], "file_url");
            media.push(Medium { url: file_url, name, size });
        }
        let links = self.list(map, "links", 1..=5, "");
        let links = links.iter().enumerate().map(|(at, link)| (format!("links[{at}]"), link));
        let links: Vec<_> = links.map(|(at, link)| self.button(link, &at, &LINKS)).collect();
        let mut quick_replies = Vec::new();
        if let Some(supplement) = self.get(map, "supplement") {
            let supplement = self.object(supplement, "supplement", &["quick_reply"]);
            for (at, reply) in self.list(supplement, "quick_reply", 1..=10, "supplement").iter().enumerate() {
                let at = join("supplement", &format!("quick_reply[{at}]"));
                quick_replies.push(self.button(reply, &at, &QUICK_REPLIES));
            }
        }
        let auto_answer = self.auto_answer(map, "");
        if buttons
            && media.is_empty()
            && links.is_empty()
            && quick_replies.is_empty()
            && auto_answer.is_none()
        {
            self.broken(code::MESSAGE, "nothing-but-text", "message_type", "LI");
        }
        Bubble { kind: shown, text, media, buttons: links, quick_replies, auto_answer, ..Bubble::default() }
    }
}
