//! The bots that answer, parsed once per version.
//!
//! Which version is live is read with the session in each turn, so a publish from another process is seen at once;
//! only the parsed file is cached, and a version never changes. Drafts are cached by their revision.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use engine::bot::{Bot, BotFile};
use store::{BotId, ReadError, Store};

/// How many parsed bots are kept. A large bot takes about a megabyte.
const MAX_BOTS: usize = 256;

/// Which of a bot's files answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    /// A published version.
    Version(i64),
    /// The draft, at this revision.
    Draft(i64),
}

/// Why there is no bot to answer.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The version is not in the store.
    #[error("the version is not stored")]
    Missing,
    /// The stored file cannot be read; it was checked when it came in, so the store was changed by hand.
    #[error("the stored file cannot be read: {0}")]
    Broken(String),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] ReadError),
}

/// The parsed bots of this process.
#[derive(Debug, Default)]
pub struct Bots {
    parsed: RwLock<HashMap<(BotId, Edition), Arc<Bot>>>,
}

impl Bots {
    /// The bot, parsed now or before.
    pub async fn get(&self, store: &Store, bot: BotId, edition: Edition) -> Result<Arc<Bot>, LoadError> {
        if let Some(found) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(&(bot, edition)) {
            return Ok(Arc::clone(found));
        }
        let text = match edition {
            Edition::Version(number) => store.version_file(bot, number).await?,
            Edition::Draft(_) => store.draft_file(bot).await?,
        };
        let reading = BotFile::read(&text.ok_or(LoadError::Missing)?)
            .map_err(|refused| LoadError::Broken(refused.to_string()))?;
        let compiled = Arc::new(Bot::compile(&reading.file));
        let mut parsed = self.parsed.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(edition, Edition::Draft(_)) {
            parsed.retain(|(id, kept), _| *id != bot || !matches!(kept, Edition::Draft(_)));
        }
        if parsed.len() >= MAX_BOTS {
            // Rare enough to be crude: what is used comes back with its next turn.
            parsed.clear();
        }
        parsed.insert((bot, edition), Arc::clone(&compiled));
        Ok(compiled)
    }

    /// Any version of this bot that is in memory, for its error message while the store is away.
    pub fn any(&self, bot: BotId) -> Option<Arc<Bot>> {
        let parsed = self.parsed.read().unwrap_or_else(PoisonError::into_inner);
        parsed.iter().find(|((id, _), _)| *id == bot).map(|(_, found)| Arc::clone(found))
    }
}
