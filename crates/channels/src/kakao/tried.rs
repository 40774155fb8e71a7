//! The request that Kakao would send for what a person does, for trying a bot without Kakao (spec kakao-skill.md 1.2,
//! 1.3): the preview reads it through the same [`super::inbound`] as a real one.
//!
//! It is a request of the operating channel in today's form. What only Kakao knows is made up and always the same: the
//! ids of blocks and of the bot.

use serde_json::{Map, Value, json};

use super::marker::Extra;

/// A block's id is 24 hexadecimal digits; these are nobody's.
const BOT_ID: &str = "64aa10b2c3d4e5f607180000";
const WELCOME: (&str, &str) = ("64aa10b2c3d4e5f607180001", "웰컴 블록");
const FALLBACK: (&str, &str) = ("64aa10b2c3d4e5f607180002", "폴백 블록");
const ACTION_ID: &str = "64aa10b2c3d4e5f607180003";

/// What a person does in the chat room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Act<'a> {
    /// Opens the room for the first time.
    Enter,
    /// Types.
    Say(&'a str),
    /// Presses a button or quick reply, as the answer gave it.
    Press(&'a Value),
    /// Presses a button that leads to a flow or node.
    Goto {
        /// The flow.
        flow_id: i64,
        /// The node; the flow's entry where absent.
        node_id: Option<i64>,
    },
    /// Presses a button that carries a payload.
    Postback {
        /// What is visibly said.
        said: &'a str,
        /// What the button carries.
        payload: &'a str,
    },
    /// Sends a picture.
    Photo(&'a str),
}

/// Who does it.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// What Kakao calls them.
    pub user_key: &'a str,
    /// The bot's name.
    pub bot_name: &'a str,
    /// Has the bot said something before?
    pub is_known: bool,
}

/// The request.
pub fn request(act: Act<'_>, person: Person<'_>) -> Value {
    let mut params = json!({"surface": "Kakaotalk.plusfriend"});
    let mut extra = json!({});
    let (utterance, trigger) = match act {
        Act::Enter => (String::new(), None),
        Act::Say(text) => (text.to_owned(), Some("TEXT_INPUT")),
        Act::Press(button) => {
            let text = |key: &str| button.get(key).and_then(Value::as_str);
            if let Some(carried) = button.get("extra").filter(|carried| carried.is_object()) {
                extra = carried.clone();
            }
            let said = text("messageText").or_else(|| text("label")).unwrap_or_default();
            (said.to_owned(), Some("CARD_BUTTON_MESSAGE"))
        }
        Act::Goto { flow_id, node_id } => {
            extra = carried(&Extra::goto(flow_id, node_id));
            ("이동".to_owned(), Some("CARD_BUTTON_MESSAGE"))
        }
        Act::Postback { said, payload } => {
            extra = carried(&Extra::payload(payload));
            (said.to_owned(), Some("CARD_BUTTON_MESSAGE"))
        }
        Act::Photo(address) => {
            params["media"] = json!({"type": "image", "url": address});
            (address.to_owned(), Some("IMAGE_UPLOAD"))
        }
    };
    let block = |(id, name): (&str, &str)| json!({"id": id, "name": name});
    let here = if trigger.is_none() { WELCOME } else { FALLBACK };
    let mut intent = block(here);
    intent["extra"] = json!({"reason": {"code": 1, "message": "OK"}});
    let mut flow = Map::new();
    if person.is_known {
        flow.insert("lastBlock".to_owned(), block(FALLBACK));
    }
    if let Some(trigger) = trigger {
        let referrer = if person.is_known { block(FALLBACK) } else { Value::Null };
        flow.insert("trigger".to_owned(), json!({"type": trigger, "referrerBlock": referrer}));
    }
    json!({
        "bot": {"id": BOT_ID, "name": person.bot_name},
        "intent": intent,
        "action": {"id": ACTION_ID, "name": "closer", "params": {}, "detailParams": {}, "clientExtra": extra},
        "userRequest": {
            "block": block(here),
            "user": {"id": person.user_key, "type": "botUserKey", "properties": {
                "botUserKey": person.user_key, "isFriend": true, "bot_user_key": person.user_key}},
            "utterance": utterance,
            "params": params,
            "lang": "ko",
            "timezone": "Asia/Seoul",
        },
        "contexts": [],
        "flow": flow,
    })
}

fn carried(extra: &Extra<'_>) -> Value {
    serde_json::to_value(extra).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use engine::{event::Event, message::Received};

    use super::*;
    use crate::kakao::{
        inbound::{self, Heard, Hints},
        mode::Mode,
    };

    const PERSON: Person<'_> = Person { user_key: "kim", bot_name: "가게", is_known: true };

    fn heard(act: Act<'_>) -> Heard {
        let inbound = inbound::read(request(act, PERSON).to_string().as_bytes(), &Hints::default());
        assert_eq!(inbound.findings, [], "{act:?}");
        assert_eq!(
            (inbound.mode, inbound.user.as_ref().map(crate::UserKey::as_str)),
            (Mode::Operating, Some("kim"))
        );
        inbound.heard
    }

    #[test]
    fn what_is_tried_is_read_as_from_kakao() {
        assert_eq!(heard(Act::Enter), Heard::Event(Event::Start));
        assert_eq!(heard(Act::Say("안녕")), Heard::Event(Event::Message(Received::text("안녕"))));
        let goto = Event::Goto { flow_id: 3, node_id: Some(4) };
        assert_eq!(heard(Act::Goto { flow_id: 3, node_id: Some(4) }), Heard::Event(goto.clone()));
        let pressed = json!({"label": "커피", "action": "message", "messageText": "따뜻한 커피", "extra": {"closer": {"p": "c1"}}});
        let postback = Event::Message(Received::postback("따뜻한 커피", "c1"));
        assert_eq!(heard(Act::Press(&pressed)), Heard::Event(postback.clone()));
        assert_eq!(heard(Act::Postback { said: "따뜻한 커피", payload: "c1" }), Heard::Event(postback));
        let more = json!({"label": "더보기", "action": "message", "messageText": "더보기", "extra": {"closer": {"more": 1}}});
        assert_eq!(heard(Act::Press(&more)), Heard::More);
        assert_eq!(
            heard(Act::Press(&json!({"label": "가", "extra": {"closer": {"f": 3, "n": 4}}}))),
            Heard::Event(goto)
        );
        let Heard::Event(Event::Message(photo)) = heard(Act::Photo("https://example.com/a")) else {
            panic!()
        };
        assert_eq!(photo.media.map(|media| media.uri).as_deref(), Some("https://example.com/a"));
    }
}
