//! Conversations that agents can take over: web chat now, every channel that can be written to.
//!
//! [`hear`] is what end users do, [`act`] what agents do, [`assign`] and [`close`] what happens by itself. Each of them
//! reads a conversation once, makes a [`change::Change`] of it by the rules of `livechat` and by the engine, and commits it
//! once, guarded by the session's version; consoles and pages are told afterwards. What is committed twice at the same time
//! happens one after the other, whoever does it.
//!
//! [`sight`] says what an agent may see, [`index`] and [`search`] find words.
//!
//! To add something that agents do: an act in `livechat`, a function in `act.rs`, a route in `http/console/chats/deeds.rs`.

pub mod act;
pub mod assign;
pub mod change;
pub mod close;
pub mod hear;
pub mod index;
pub mod kept;
pub mod play;
pub mod search;
pub mod settings;
pub mod sight;
pub mod spoken;
pub mod suggest;
pub mod summary;
pub mod view;

use livechat::Refused;
use store::{AccountId, CommitError, DbError, StoreError};

/// The platform of web chat in contexts and in the store.
pub const WEB: &str = "web";

/// Why something in a conversation was not done.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// There is no such bot.
    #[error("there is no such bot")]
    NoBot,
    /// The bot's web chat is switched off.
    #[error("the bot's web chat is off")]
    Off,
    /// No version of the bot is published.
    #[error("no version of this bot is published")]
    Unpublished,
    /// The published version cannot be read.
    #[error("the bot cannot be read: {0}")]
    Broken(String),
    /// There is no such conversation in this workspace.
    #[error("there is no such conversation")]
    NoChat,
    /// There is no such agent in this workspace.
    #[error("there is no such agent")]
    NoAgent,
    /// The bot has no such flow.
    #[error("the bot has no such flow")]
    NoFlow,
    /// The channel lets nobody write from here.
    #[error("agents cannot answer on this channel")]
    NotHere,
    /// The messenger lets nobody write to this customer now.
    #[error("the customer's session at the messenger is closed")]
    RoomClosed {
        /// Has an agent blocked them?
        blocked: bool,
    },
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The agent has as many as they may have.
    #[error("the agent already holds {max} consultations")]
    Full {
        /// So many.
        max: u32,
        /// The agent.
        agent: AccountId,
    },
    /// Others moved the conversation again and again.
    #[error("the conversation was moved again and again")]
    Conflict,
    /// Too many turns run at once.
    #[error("too many turns run at once")]
    Busy,
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbError> for ChatError {
    fn from(error: DbError) -> Self {
        Self::Store(error.into())
    }
}

impl From<CommitError> for ChatError {
    fn from(error: CommitError) -> Self {
        Self::Store(error.into())
    }
}

/// What is remembered between changes.
#[derive(Debug, Default)]
pub struct Memory {
    /// Settings of teams and bots.
    pub settings: settings::Cache,
    /// Workspaces in which requests are being given out.
    pub assigning: assign::Running,
    /// One indexes at a time in this process.
    pub indexing: tokio::sync::Mutex<()>,
}
