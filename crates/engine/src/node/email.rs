//! `email` (이메일 전송): sends a mail through the workspace's server. The reply's result is `messageId`.

use serde_json::Value;

use super::asking::{Refusal, filled, text};
use crate::ask::Ask;

pub(super) fn ask(data: &Value) -> Result<Ask, Refusal> {
    Ok(Ask::Mail {
        to: filled(data, "to").ok_or_else(|| Refusal::missing("to", "받는 사람"))?,
        reply_to: text(data, "replyTo"),
        subject: text(data, "subject"),
        body: text(data, "body"),
    })
}
