//! Bots come in, are published, and go out: what the command line and the console share.

use std::str::FromStr;

use engine::bot::{BotFile, Complaint, Refused};
use store::{BotId, BotRow, CommitError, NewBot, NewVersion, PathTestId, StoreError};

use crate::{Hub, lint, tryout::path::Parts};

/// How often a draft that is being worked on is checked anew before publishing gives up.
const TRIES: usize = 5;

/// A bot that came in.
#[derive(Debug)]
pub struct Imported {
    /// Its id.
    pub id: BotId,
    /// What is remarkable about its file.
    pub warnings: Vec<Complaint>,
    /// The version that answers now, where it was published at once.
    pub version: Option<i64>,
}

/// Why a bot did not come in, or is not found.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The file breaks the graph or is none.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such bot.
    #[error("there is no bot {0}")]
    NoBot(String),
    /// A path test that cannot be used: its name, and why.
    #[error("the path test '{0}' cannot be used: {1}")]
    BadTest(String, String),
    /// The check found errors in the draft of the bot with this title.
    #[error("the bot '{0}' has errors")]
    HasErrors(String, Vec<Complaint>),
    /// The draft of the bot with this title changed each time between check and publishing.
    #[error("the bot '{0}' is being changed")]
    Changing(String),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Is a bot to answer as soon as it has come in?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtOnce {
    /// No: it is a draft.
    No,
    /// Yes. One in which the check finds errors does not come in at all.
    Checked,
    /// Yes, errors or not.
    Forced,
}

/// Takes a bot or flow file in, as a new bot.
pub async fn import(
    hub: &Hub,
    text: &str,
    title: Option<&str>,
    publish: AtOnce,
) -> Result<Imported, LibraryError> {
    let mut reading = BotFile::read(text)?;
    if let Some(title) = title {
        reading.file.set_title(title);
    }
    if publish == AtOnce::Checked {
        let complaints = lint::of_file(&reading.file);
        if lint::stops(&complaints) {
            return Err(LibraryError::HasErrors(reading.file.title().to_owned(), complaints));
        }
    }
    let now_ms = hub.clock.now_ms();
    let workspace = hub.store.default_workspace(now_ms, hub.die.roll_wide()).await?;
    let id = BotId::new(now_ms, hub.die.roll_wide());
    hub.store
        .create_bot(NewBot {
            id,
            workspace,
            title: reading.file.title().to_owned(),
            description: reading.file.description().to_owned(),
            draft: reading.file.write(),
            now_ms,
        })
        .await?;
    let version = match publish {
        AtOnce::No => None,
        AtOnce::Checked | AtOnce::Forced => Some(hub.store.publish(id, NewVersion::default(), now_ms).await?),
    };
    Ok(Imported { id, warnings: reading.warnings, version })
}

/// The draft becomes the version that answers. Refused where the check finds errors, unless `force`.
pub async fn publish(hub: &Hub, name: &str, force: bool) -> Result<(BotRow, i64), LibraryError> {
    let bot = find(hub, name).await?;
    let missing = || LibraryError::NoBot(name.to_owned());
    for _ in 0..TRIES {
        let mut new = NewVersion::default();
        if !force {
            let draft = hub.store.draft(bot.id).await.map_err(StoreError::from)?.ok_or_else(missing)?;
            let complaints = lint::complaints(&draft.file, None);
            if lint::stops(&complaints) {
                return Err(LibraryError::HasErrors(bot.title, complaints));
            }
            // What was checked is what is published, or it is checked again.
            new.revision = Some(draft.revision);
        }
        match hub.store.publish(bot.id, new, hub.clock.now_ms()).await {
            Ok(version) => return Ok((bot, version)),
            Err(StoreError::Commit(CommitError::Stale { .. })) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(LibraryError::Changing(bot.title))
}

/// A bot's draft, as a file.
pub async fn export(hub: &Hub, name: &str) -> Result<String, LibraryError> {
    let bot = find(hub, name).await?;
    let file = hub.store.draft_file(bot.id).await.map_err(StoreError::from)?;
    file.ok_or_else(|| LibraryError::NoBot(name.to_owned()))
}

/// A bot's path tests, oldest first.
pub async fn path_tests(hub: &Hub, bot: BotId) -> Result<Vec<Parts>, LibraryError> {
    let rows = hub.store.path_tests(bot).await.map_err(StoreError::from)?;
    rows.iter()
        .map(|row| {
            serde_json::from_str(&row.body.steps)
                .map_err(|error| LibraryError::BadTest(row.body.name.clone(), error.to_string()))
        })
        .collect()
}

/// Gives a bot further path tests.
pub async fn add_path_tests(hub: &Hub, bot: &BotRow, tests: &[Parts]) -> Result<(), LibraryError> {
    let now_ms = hub.clock.now_ms();
    let mut rows = Vec::with_capacity(tests.len());
    for test in tests {
        if let Some(fault) = test.fault() {
            return Err(LibraryError::BadTest(test.name.clone(), fault.en));
        }
        rows.push((PathTestId::new(now_ms, hub.die.roll_wide()), test.body()));
    }
    Ok(hub.store.add_path_tests((bot.workspace, bot.id), rows, now_ms).await?)
}

/// All bots, oldest first.
pub async fn bots(hub: &Hub) -> Result<Vec<BotRow>, LibraryError> {
    let workspace = hub.store.default_workspace(hub.clock.now_ms(), hub.die.roll_wide()).await?;
    Ok(hub.store.bots(workspace).await?)
}

/// The bot with this id, or with this title where only one has it.
pub async fn find(hub: &Hub, name: &str) -> Result<BotRow, LibraryError> {
    if let Ok(id) = BotId::from_str(name)
        && let Some(bot) = hub.store.bot(id).await?
        && bot.deleted_at.is_none()
    {
        return Ok(bot);
    }
    let mut titled: Vec<BotRow> = bots(hub).await?.into_iter().filter(|bot| bot.title == name).collect();
    match (titled.pop(), titled.is_empty()) {
        (Some(bot), true) => Ok(bot),
        _ => Err(LibraryError::NoBot(name.to_owned())),
    }
}
