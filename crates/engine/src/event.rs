//! What can begin a turn (spec bot.md, "A turn", 1).

use crate::message::Received;

/// One inbound event.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The room was opened.
    Start,
    /// The end user sent something.
    Message(Received),
    /// A goto button, an agent or the API moves the conversation.
    Goto {
        /// The flow to go to.
        flow_id: i64,
        /// The node; the flow's entry where absent.
        node_id: Option<i64>,
    },
    /// The end user takes an agent call back.
    Cancel,
}
