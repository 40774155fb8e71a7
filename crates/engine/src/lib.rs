//! The bot as data and as machine.
//!
//! This crate knows what a bot file is and what happens in one turn of a conversation. It knows no clock, no die, no
//! socket, no database and no messenger: time and chance are arguments, and what it wants of the world it asks for
//! ([`ask::Ask`]) and is told ([`ask::Reply`]).
//!
//! ```
//! use std::sync::Arc;
//! use engine::{bot::{Bot, BotFile}, event::Event, message::Received, session::Session, turn::{self, Setting, Step}};
//!
//! let file = r#"{"title": "인사", "preference": {"entryFlowId": 1}, "flows": [{"id": 1, "title": "시작", "nodes": [
//!     {"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
//!     {"id": 2, "type": "response", "data": {"message": {"type": "text", "text": "{{message}}? 안녕하세요."}}}
//! ]}]}"#;
//! let bot = Arc::new(Bot::compile(&BotFile::read(file).unwrap().file));
//! let event = Event::Message(Received::text("안녕"));
//! let mut turn = turn::begin(bot, Session::default(), event, Setting::default());
//! let Step::Rest(outcome) = turn.step() else { panic!("this bot asks nothing") };
//! assert_eq!(serde_json::to_value(&outcome.messages[0].message).unwrap()["text"], "안녕? 안녕하세요.");
//! ```
//!
//! To add a node type, see [`node`]; to add a template helper, see [`template`].

pub mod ask;
pub mod bot;
pub mod condition;
pub mod context;
pub mod edge;
pub mod event;
pub mod json;
pub mod lang;
pub mod message;
pub mod node;
pub mod secret;
pub mod session;
pub mod template;
pub mod turn;
pub mod value;
