//! Web chat: the frames that a page and the server exchange (docs/webchat.md).
//!
//! One JSON object a frame, its `type` says which. What a page sends is read within bounds here, so that nothing larger
//! reaches a turn; what it gets is written here, so that the protocol has one place.

pub mod frame;
pub mod inbound;
pub mod outbound;
