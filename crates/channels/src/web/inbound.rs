//! Reads what a page sends, within bounds.

use engine::{event::Event, message::Received};
use serde_json::{Map, Value};

use super::frame::ClientFrame;

/// Bytes of a frame.
pub const MAX_FRAME: usize = 16 * 1024;
/// Characters of a text (spec product.md, "Limits of the channels").
pub const MAX_TEXT: usize = 1_000;
/// Characters of a payload.
pub const MAX_PAYLOAD: usize = 1_000;
/// Characters of a sender's id of a message.
pub const MAX_ID: usize = 64;
/// Params that a page may set.
const MAX_PARAMS: usize = 50;
/// Bytes of them as JSON.
const MAX_PARAMS_BYTES: usize = 8 * 1024;

/// Why a frame is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// A stable name.
    pub code: &'static str,
    /// For people, in Korean.
    pub ko: &'static str,
    /// For people, in English.
    pub en: &'static str,
}

/// Not a frame of this protocol.
pub const UNREADABLE: Refusal = Refusal {
    code: "unreadable",
    ko: "읽을 수 없는 메시지예요. docs/webchat.md의 형식을 확인해 주세요.",
    en: "This frame cannot be read; docs/webchat.md says what it looks like.",
};
/// Nothing in it.
const EMPTY: Refusal =
    Refusal { code: "empty", ko: "보낼 내용이 없어요.", en: "There is nothing in this message." };
/// Too long.
const LONG: Refusal = Refusal {
    code: "too-long",
    ko: "1,000자까지 보낼 수 있어요. 나누어 보내 주세요.",
    en: "A message has at most 1,000 characters; send it in parts.",
};
/// The id is none.
const ID: Refusal = Refusal {
    code: "bad-id",
    ko: "메시지의 id는 1~64자의 글자여야 해요.",
    en: "The id of a message is a text of 1 to 64 characters.",
};
/// A picture that did not come through an upload: an agent's browser would fetch it from anywhere.
const MEDIA: Refusal = Refusal {
    code: "bad-media",
    ko: "사진은 먼저 올린 뒤에 보내 주세요.",
    en: "Upload a picture first and name its address.",
};
/// Params are too many or badly named.
const PARAMS: Refusal = Refusal {
    code: "bad-params",
    ko: "파라미터는 50개, 8 KB까지이고 이름에는 글자, 숫자, _ - : 만 쓸 수 있어요.",
    en: "There may be 50 params of 8 KB in all, with names of letters, digits, _ - and :.",
};

/// Reads a frame.
pub fn read(text: &str) -> Result<ClientFrame, Refusal> {
    if text.len() > MAX_FRAME {
        return Err(LONG);
    }
    let frame: ClientFrame = serde_json::from_str(text).map_err(|_| UNREADABLE)?;
    match &frame {
        ClientFrame::Hello { params, .. } => check_params(params)?,
        ClientFrame::Message { id, text, payload, media } => {
            check_id(id)?;
            let is_empty = text.as_deref().is_none_or(|text| text.trim().is_empty());
            if is_empty && media.is_none() {
                return Err(EMPTY);
            }
            let longer =
                |text: &Option<String>, most| text.as_ref().is_some_and(|text| text.chars().count() > most);
            if longer(text, MAX_TEXT) || longer(payload, MAX_PAYLOAD) {
                return Err(LONG);
            }
            if media.as_ref().is_some_and(|media| !is_upload(media)) {
                return Err(MEDIA);
            }
        }
        ClientFrame::Goto { id, label, .. } => {
            check_id(id)?;
            if label.as_ref().is_some_and(|label| label.chars().count() > MAX_TEXT) {
                return Err(LONG);
            }
        }
        ClientFrame::Start { id }
        | ClientFrame::History { id, .. }
        | ClientFrame::Restart { id }
        | ClientFrame::Cancel { id } => check_id(id)?,
        ClientFrame::Params { id, params } => {
            check_id(id)?;
            check_params(params)?;
        }
        ClientFrame::Typing | ClientFrame::Ping => {}
    }
    Ok(frame)
}

/// What the bot hears of a message, and what stands in the thread.
pub fn received(
    text: Option<String>,
    payload: Option<String>,
    media: Option<engine::message::Media>,
) -> Received {
    match media {
        Some(media) => Received { text, payload, ..Received::media(media) },
        None => Received { payload, ..Received::text(text.unwrap_or_default()) },
    }
}

/// What a press on a goto button is to the engine.
pub fn goto(flow_id: i64, node_id: Option<i64>) -> Event {
    Event::Goto { flow_id, node_id }
}

/// Is it a picture that this server has drawn? Its name is the hash of what it shows.
fn is_upload(media: &engine::message::Media) -> bool {
    let name = media.uri.strip_prefix("/media/").and_then(|name| name.split_once('.'));
    media.content_type == "image"
        && media.alt_text.as_ref().is_none_or(|text| text.chars().count() <= 200)
        && name.is_some_and(|(hash, ending)| {
            hash.len() == 64
                && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
                && matches!(ending, "png" | "jpg")
        })
}

fn check_id(id: &str) -> Result<(), Refusal> {
    let sound = !id.is_empty() && id.chars().count() <= MAX_ID && !id.contains(char::is_control);
    if sound { Ok(()) } else { Err(ID) }
}

/// Are these params that a page may set?
pub fn check_params(params: &Map<String, Value>) -> Result<(), Refusal> {
    let named = |name: &String| {
        !name.is_empty()
            && name.len() <= 100
            && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ':'))
    };
    let bytes = serde_json::to_string(params).map_or(usize::MAX, |text| text.len());
    if params.len() <= MAX_PARAMS && bytes <= MAX_PARAMS_BYTES && params.keys().all(named) {
        Ok(())
    } else {
        Err(PARAMS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_within_bounds() {
        let long = "가".repeat(MAX_TEXT);
        let ok = [
            r#"{"type":"hello","token":"t"}"#.to_owned(),
            r#"{"type":"hello","token":"t","after":3,"start":true,"params":{"회원:등급":"VIP"}}"#.to_owned(),
            format!(r#"{{"type":"message","id":"1","text":"{long}"}}"#),
            format!(
                r#"{{"type":"message","id":"1","media":{{"contentType":"image","uri":"/media/{}.png"}}}}"#,
                "0".repeat(64)
            ),
            r#"{"type":"goto","id":"1","flowId":3,"label":"주문"}"#.to_owned(),
            r#"{"type":"typing"}"#.to_owned(),
            r#"{"type":"start","id":"1"}"#.to_owned(),
            r#"{"type":"history","id":"1","before":50}"#.to_owned(),
        ];
        for text in &ok {
            assert!(read(text).is_ok(), "{text:.80}: {:?}", read(text));
        }
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let bad = [
            (String::new(), "unreadable"),
            ("[]".to_owned(), "unreadable"),
            (r#"{"type":"shout","id":"1"}"#.to_owned(), "unreadable"),
            (r#"{"type":"message","id":"1","text":"  "}"#.to_owned(), "empty"),
            (format!(r#"{{"type":"message","id":"1","text":"{long}나"}}"#), "too-long"),
            (format!(r#"{{"type":"message","id":"{}","text":"a"}}"#, "x".repeat(65)), "bad-id"),
            (r#"{"type":"message","id":"","text":"a"}"#.to_owned(), "bad-id"),
            (r#"{"type":"history","id":"","before":1}"#.to_owned(), "bad-id"),
            (r#"{"type":"history","id":"1"}"#.to_owned(), "unreadable"),
            (r#"{"type":"params","id":"1","params":{"a.b":1}}"#.to_owned(), "bad-params"),
            (format!(r#"{{"type":"params","id":"1","params":{{"a":{deep}}}}}"#), "unreadable"),
            (
                r#"{"type":"message","id":"1","media":{"contentType":"image","uri":"https://evil.example/1.png"}}"#
                    .to_owned(),
                "bad-media",
            ),
            ("x".repeat(MAX_FRAME + 1), "too-long"),
        ];
        for (text, code) in &bad {
            assert_eq!(read(text).expect_err("is refused").code, *code, "{text:.80}");
        }
    }
}
