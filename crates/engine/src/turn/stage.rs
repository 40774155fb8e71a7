//! What a node can reach while it runs: the context to read and change, the messages to send, the session.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{AgentCall, FaultKind, Sent, Setting, navigation};
use crate::{
    bot::{Bot, Text},
    context::Context,
    message::{Button, Message, Received},
    node,
    session::{Place, Session},
    template::{
        Env,
        expand::{Data, RenderedData},
    },
};

/// Levels of a value that is kept. A session that nests deeper than JSON readers go (128) could not be read again.
const MAX_DEPTH: usize = 100;

/// The surroundings of a running node.
#[derive(Debug)]
pub struct Stage {
    /// The bot.
    pub bot: Arc<Bot>,
    /// What is kept between turns; its `params` and `results` live in the context while the turn runs.
    pub session: Session,
    /// What templates and conditions see.
    pub context: Context,
    /// Time and chance for templates.
    pub env: Env,
    /// The channel.
    pub platform: String,
    /// Does the end user come back after the conversation ended?
    pub new_visit: bool,
    /// The node that runs.
    pub here: Place,
    /// What the end user sent in this turn.
    pub heard: Option<Received>,
    /// What can be tapped instead of typing, of the node at which the turn ends.
    pub quick_replies: Vec<Button>,
    messages: Vec<Sent>,
    agent_call: Option<AgentCall>,
    result_keys: Vec<String>,
    muted: bool,
    collected: Collected,
}

/// What the newest node did, for the trace.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub sent: usize,
    pub changed: Map<String, Value>,
    pub data: Option<Value>,
    pub error: Option<String>,
}

/// All that was said in a turn.
#[derive(Debug)]
pub(super) struct Said {
    pub messages: Vec<Sent>,
    pub quick_replies: Vec<Button>,
    pub agent_call: Option<AgentCall>,
}

impl Stage {
    pub(super) fn new(bot: Arc<Bot>, mut session: Session, setting: Setting) -> Self {
        let mut context = Context::default();
        context.set("botId", setting.bot_id);
        let about = [("title", &bot.title), ("description", &bot.description)];
        context.set(
            "bot",
            about
                .map(|(key, text)| (key.to_owned(), Value::from(text.as_str())))
                .into_iter()
                .collect::<Map<_, _>>(),
        );
        if let Some(id) = setting.end_user_id {
            context.set("endUserId", id);
        }
        context.set("conversationId", setting.conversation_id);
        context.set("platform", setting.platform.as_str());
        context.set("userKey", setting.user_key);
        context.set("navigation", navigation(&session));
        for (key, value) in setting.extra {
            context.set(key, value);
        }
        let results = std::mem::take(&mut session.results);
        let result_keys = results.keys().cloned().collect();
        for (key, value) in results {
            context.set(&key, value);
        }
        context.set("params", Value::Object(std::mem::take(&mut session.params)));
        Self {
            env: Env::new(setting.now_ms, setting.seed),
            platform: setting.platform,
            new_visit: setting.new_visit,
            here: session.position.unwrap_or(Place { flow: 0, node: 0 }),
            bot,
            session,
            context,
            heard: None,
            quick_replies: Vec::new(),
            messages: Vec::new(),
            agent_call: None,
            result_keys,
            muted: false,
            collected: Collected::default(),
        }
    }

    /// Renders a node's data.
    pub fn render(&mut self, data: &Data, prefix: &str) -> Result<RenderedData, FaultKind> {
        data.render(&self.context, &mut self.env).map_err(|error| FaultKind::Template {
            field: node::field(prefix, &error.pointer),
            error: error.error,
        })
    }

    /// Renders one text.
    pub fn text(&mut self, text: &Text, field: &str) -> Result<String, FaultKind> {
        let fault = |error| FaultKind::Template { field: field.to_owned(), error };
        match &text.template {
            Ok(template) => match template.as_plain() {
                Some(plain) => Ok(plain.to_owned()),
                None => {
                    template.render(&self.context, &mut self.env).map(|rendered| rendered.text).map_err(fault)
                }
            },
            Err(error) => Err(fault(error.clone())),
        }
    }

    /// Renders and sends a message.
    pub fn say(
        &mut self,
        data: &Data,
        prefix: &str,
        delay_ms: u64,
        custom: Option<&str>,
    ) -> Result<(), FaultKind> {
        let rendered = self.render(data, prefix)?;
        let RenderedData { shown, stored, mask_after_ms, .. } = rendered;
        if let Some(message) = Message::from_value(&shown).map_err(FaultKind::Message)? {
            let stored = stored.and_then(|stored| Message::from_value(&stored).ok().flatten());
            self.push(Sent { message, stored, mask_after_ms, delay_ms, custom: custom.map(str::to_owned) });
        }
        Ok(())
    }

    /// Sends a message that has been rendered.
    pub fn say_value(&mut self, shown: &Value, stored: Option<Value>) -> Result<(), FaultKind> {
        if let Some(message) = Message::from_value(shown).map_err(FaultKind::Message)? {
            let stored = stored.and_then(|stored| Message::from_value(&stored).ok().flatten());
            self.push(Sent { message, stored, mask_after_ms: None, delay_ms: 0, custom: None });
        }
        Ok(())
    }

    /// Sends a message as it is.
    pub fn send(&mut self, message: Message) {
        self.push(Sent { message, stored: None, mask_after_ms: None, delay_ms: 0, custom: None });
    }

    fn push(&mut self, sent: Sent) {
        if !self.muted {
            self.messages.push(sent);
            self.collected.sent += 1;
        }
    }

    /// Calls an agent.
    pub fn call_agent(&mut self, call: AgentCall) {
        if !self.muted {
            self.agent_call = Some(call);
        }
    }

    /// Sets the results of a node type, where edges and templates find them.
    pub fn result(&mut self, kind: &str, value: Value) {
        // That a node waits is seen from where the conversation rests; it need not stand in each trace.
        if value.get("status").and_then(Value::as_str) != Some("PENDING") {
            self.changed(kind, value.clone());
        }
        if !self.result_keys.iter().any(|key| key == kind) {
            self.result_keys.push(kind.to_owned());
        }
        self.context.set(kind, value);
    }

    /// Sets one param.
    pub fn set_param(&mut self, key: &str, value: Value) {
        self.changed(&format!("params.{key}"), value.clone());
        if let Some(params) = self.context.params_mut() {
            if value.is_null() {
                params.shift_remove(key);
            } else {
                params.insert(key.to_owned(), value);
            }
        }
    }

    /// Tells the trace what changed.
    pub fn changed(&mut self, key: &str, value: Value) {
        self.collected.changed.insert(key.to_owned(), value);
    }

    /// Tells the trace the node's data after templates.
    pub fn trace_data(&mut self, data: Value) {
        self.collected.data = Some(data);
    }

    /// Tells the trace that the node failed.
    pub fn failed(&mut self, message: &str) {
        self.collected.error = Some(message.to_owned());
    }

    pub(super) fn collect(&mut self) -> Collected {
        std::mem::take(&mut self.collected)
    }

    pub(super) fn enter(&mut self, place: Place) {
        self.here = place;
        // Quick replies belong to the node at which the turn ends.
        self.quick_replies.clear();
    }

    pub(super) fn hear(&mut self, heard: Received) {
        self.context.set("message", heard.to_context());
        self.heard = Some(heard);
    }

    pub(super) fn set_error(&mut self, error: &str) {
        self.context.set("error", error);
    }

    pub(super) fn mute(&mut self) {
        self.muted = true;
    }

    pub(super) fn unmute(&mut self) {
        self.muted = false;
        self.quick_replies.clear();
    }

    pub(super) fn said(&self) -> &[Sent] {
        &self.messages
    }

    pub(super) fn take_said(&mut self) -> Said {
        Said {
            messages: std::mem::take(&mut self.messages),
            quick_replies: std::mem::take(&mut self.quick_replies),
            agent_call: self.agent_call.take(),
        }
    }

    /// The session with params and results moved back into it.
    pub(super) fn take_session(&mut self) -> Session {
        let mut session = std::mem::take(&mut self.session);
        if let Some(Value::Object(params)) = self.context.remove("params") {
            session.params = params;
        }
        for key in std::mem::take(&mut self.result_keys) {
            if let Some(value) = self.context.remove(&key) {
                session.results.insert(key, value);
            }
        }
        for value in session.params.values_mut().chain(session.results.values_mut()) {
            flatten(value, MAX_DEPTH);
        }
        session
    }
}

/// Takes away what lies deeper than `left` levels.
fn flatten(value: &mut Value, left: usize) {
    match value {
        Value::Array(_) | Value::Object(_) if left == 0 => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(|inner| flatten(inner, left - 1)),
        Value::Object(map) => map.values_mut().for_each(|inner| flatten(inner, left - 1)),
        _ => {}
    }
}
