//! `manual` (상담원 호출): calls an agent, and waits.
//!
//! On `kakao` the call is Kakao's own button; that talk happens in Kakao's channel admin centre, and the bot hears
//! nothing until the user is back. What the user writes then is tried on the node's edges, like input. Where agents answer
//! here ([`answered_here`]) the server keeps what is written from the bot until the consultation is over; the next message
//! calls again, and only a call that is taken back goes on along the edges (spec live-chat.md, "A consultation").

use serde_json::{Value, json};

use super::Next;
use crate::{
    message::Message,
    template::expand::Data,
    turn::{AgentCall, FaultKind, Stage},
    value::as_text,
};

/// The label of Kakao's button where the file names none.
const AGENT_CALL: &str = "상담원 연결";

/// Do agents answer on this channel from the console?
pub fn answered_here(platform: &str) -> bool {
    matches!(platform, "web" | "kakaobiz")
}

/// What the node reads from its data.
#[derive(Debug)]
pub struct Manual {
    /// `messages` with `default`, `kakao` and `error`.
    pub messages: Data,
}

impl Manual {
    pub(super) fn compile(data: &Value) -> Self {
        let mut messages = data.get("messages").cloned().unwrap_or_else(|| json!({}));
        // Older files have one `message` for all channels.
        if let (Some(old), Value::Object(map)) = (data.get("message"), &mut messages)
            && !map.contains_key("default")
        {
            map.insert("default".to_owned(), old.clone());
        }
        Self { messages: Data::compile(&messages) }
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        let rendered = stage.render(&self.messages, "data.messages")?;
        let messages = &rendered.shown;
        stage.result("manual", json!({"status": "PENDING"}));
        stage.session.agent_called = true;
        if stage.platform == "kakao" {
            let notice = messages.get("kakao").or_else(|| messages.get("default"));
            let label = notice
                .and_then(|notice| notice.pointer("/actions/agentCall"))
                .and_then(as_text)
                .filter(|label| !label.trim().is_empty())
                .map_or_else(|| AGENT_CALL.to_owned(), std::borrow::Cow::into_owned);
            let message = match notice {
                Some(notice) => Message::from_value(notice).map_err(FaultKind::Message)?,
                None => None,
            };
            stage.call_agent(AgentCall { message, label, cancel: None });
        } else {
            let notice = messages.get("default");
            let cancel = notice
                .and_then(|notice| notice.pointer("/actions/cancel"))
                .and_then(as_text)
                .filter(|word| !word.trim().is_empty())
                .map(std::borrow::Cow::into_owned);
            let message = match notice {
                Some(notice) => Message::from_value(notice).map_err(FaultKind::Message)?,
                None => None,
            };
            stage.call_agent(AgentCall { message, label: AGENT_CALL.to_owned(), cancel });
        }
        Ok(Next::Rest)
    }
}
