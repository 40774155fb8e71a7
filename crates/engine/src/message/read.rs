//! Reads a message from a node's data after templates. Lenient: numbers are taken for texts, missing lists for empty
//! ones, a button without a usable action for one that sends its label.

use serde_json::Value;

use super::{Action, Button, Card, Location, Media, Message};
use crate::value::{as_number, as_text, as_whole};

/// Why data is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoMessage {
    /// No object, or no type that is known and nothing that tells it.
    #[error("the type of the message is unknown")]
    UnknownType,
    /// A picture or file without an address.
    #[error("the medium has no address")]
    NoMedia,
    /// A place without numbers.
    #[error("the location has no latitude or longitude")]
    NoLocation,
}

impl Message {
    /// Reads a message. `None` where it is empty after templates, so that there is nothing to send.
    pub fn from_value(value: &Value) -> Result<Option<Self>, NoMessage> {
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_else(|| guess(value));
        match kind {
            "text" => {
                let text = text(value, "text").unwrap_or_default();
                let buttons = buttons(value.get("buttons"));
                Ok((!text.trim().is_empty() || !buttons.is_empty()).then_some(Self::Text { text, buttons }))
            }
            "media" => {
                let media = media(value.get("media")).ok_or(NoMessage::NoMedia)?;
                Ok(Some(Self::Media { media, buttons: buttons(value.get("buttons")) }))
            }
            "cards" => {
                let cards: Vec<Card> = list(value.get("cards")).iter().map(card).collect();
                Ok((!cards.is_empty()).then_some(Self::Cards { cards }))
            }
            "location" => {
                let place = value.get("location").ok_or(NoMessage::NoLocation)?;
                let degrees = |key: &str| place.get(key).and_then(as_number).ok_or(NoMessage::NoLocation);
                let location = Location {
                    title: text(place, "title"),
                    latitude: degrees("latitude")?,
                    longitude: degrees("longitude")?,
                };
                Ok(Some(Self::Location { location }))
            }
            _ => Err(NoMessage::UnknownType),
        }
    }

    /// All buttons of the message, in order.
    pub fn buttons(&self) -> impl Iterator<Item = &Button> {
        let (own, cards): (&[Button], &[Card]) = match self {
            Self::Text { buttons, .. } | Self::Media { buttons, .. } => (buttons, &[]),
            Self::Cards { cards } => (&[], cards),
            Self::Location { .. } => (&[], &[]),
        };
        own.iter().chain(cards.iter().flat_map(|card| &card.buttons))
    }
}

/// Reads a list of buttons; what is no button is left out.
pub fn buttons(value: Option<&Value>) -> Vec<Button> {
    list(value).iter().filter_map(button).collect()
}

fn guess(value: &Value) -> &'static str {
    match value {
        Value::Object(map) => ["text", "cards", "media", "location"]
            .into_iter()
            .find(|key| map.contains_key(*key))
            .unwrap_or(""),
        _ => "",
    }
}

fn card(value: &Value) -> Card {
    let filled = |key: &str| text(value, key).filter(|text| !text.trim().is_empty());
    Card {
        title: text(value, "title").unwrap_or_default(),
        description: filled("description"),
        media: media(value.get("media")),
        uri: filled("uri"),
        buttons: buttons(value.get("buttons")),
    }
}

fn media(value: Option<&Value>) -> Option<Media> {
    let value = value?;
    let uri = text(value, "uri").filter(|uri| !uri.trim().is_empty())?;
    Some(Media {
        content_type: text(value, "contentType").unwrap_or_else(|| "image".to_owned()),
        uri,
        alt_text: text(value, "altText"),
    })
}

fn button(value: &Value) -> Option<Button> {
    let label = text(value, "label")?;
    let postback =
        || Action::Postback { payload: text(value, "payload").filter(|payload| !payload.is_empty()) };
    let action = match value.get("type").and_then(Value::as_str) {
        Some("link") => text(value, "uri").map_or_else(postback, |uri| Action::Link { uri }),
        Some("goto") => match value.get("flowId").and_then(as_whole) {
            Some(flow_id) => Action::Goto { flow_id, node_id: value.get("nodeId").and_then(as_whole) },
            None => postback(),
        },
        _ => postback(),
    };
    Some(Button { label, action })
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(as_text).map(std::borrow::Cow::into_owned)
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_write_messages_loosely() {
        let read = Message::from_value(
            &json!({"text": 3, "buttons": [{"label": "가"}, {"type": "goto", "label": "나", "flowId": "2"}, {}]}),
        );
        let expected = Message::Text {
            text: "3".to_owned(),
            buttons: vec![
                Button { label: "가".to_owned(), action: Action::Postback { payload: None } },
                Button { label: "나".to_owned(), action: Action::Goto { flow_id: 2, node_id: None } },
            ],
        };
        assert_eq!(read, Ok(Some(expected)));
        assert_eq!(Message::from_value(&json!({"type": "text", "text": " "})), Ok(None));
        assert_eq!(Message::from_value(&json!({"type": "media"})), Err(NoMessage::NoMedia));
        assert_eq!(Message::from_value(&json!({"type": "hologram"})), Err(NoMessage::UnknownType));
    }

    #[test]
    fn a_message_reads_back_what_it_writes() {
        let message = json!({"type": "cards", "cards": [{"title": "A", "uri": "https://example.com", "buttons":
            [{"label": "b", "type": "postback", "payload": "p"}, {"label": "c", "type": "goto", "flowId": 1, "nodeId": 2}]}]});
        let read = Message::from_value(&message).expect("is a message").expect("is not empty");
        assert_eq!(serde_json::to_value(&read).expect("is JSON"), message);
        assert_eq!(serde_json::from_value::<Message>(message).expect("reads"), read);
    }
}
