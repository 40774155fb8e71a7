//! The bot as data and as machine.

pub mod event;
pub mod message;
