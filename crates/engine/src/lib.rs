//! The bot as data and as machine.

pub mod ask;
pub mod event;
pub mod json;
pub mod lang;
pub mod message;
pub mod session;
pub mod value;
