//! `response` (메시지 응답): sends one message.

use serde_json::Value;

use super::Next;
use crate::{
    template::expand::Data,
    turn::{FaultKind, Stage},
    value::as_number,
};

/// What the node reads from its data.
#[derive(Debug)]
pub struct Response {
    /// The message, a template in each of its texts.
    pub message: Data,
    /// How long to wait before it is shown, in milliseconds.
    pub delay_ms: u64,
    /// A note of the author's that goes with the message (`meta.custom`).
    pub custom: Option<String>,
}

impl Response {
    pub(super) fn compile(data: &Value) -> Self {
        let delay = data.get("delay").and_then(as_number).unwrap_or(0.0);
        Self {
            message: Data::compile(data.get("message").unwrap_or(&Value::Null)),
            delay_ms: delay.clamp(0.0, 60_000.0) as u64,
            custom: data.pointer("/meta/custom").and_then(Value::as_str).map(str::to_owned),
        }
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        stage.say(&self.message, "data.message", self.delay_ms, self.custom.as_deref())?;
        Ok(Next::Along)
    }
}
