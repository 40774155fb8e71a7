//! The demo: a workspace with bots that answer, to look around in before there is an account.
//!
//! It lets anyone in without a password. So it is there only where the command line asks for it, only on an address
//! that no other machine reaches ([`check`]), only for requests that come from this machine, and it is only ever made
//! on a server that nobody owns. Its account edits and publishes the demo's bots and can do nothing else: it invites
//! nobody, and has no password that could be known. A cookie of it is worth nothing once the server runs without the
//! demo (`http/access.rs`).

use engine::bot::BotFile;
use store::{
    AccountId, BotId, Demo, NewAccount, NewBot, NewDemo, NewVersion, ReadError, StoreError, WorkspaceId,
};

use crate::{BuildError, Hub, config::Config, http::console::templates};

/// Mail to this address goes nowhere: RFC 2606 keeps the domain free for that.
const EMAIL: &str = "demo@closer.invalid";
/// Every node that asks the world, beside the templates.
const NODES: &str = include_str!("../../../examples/nodes.json");

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of the bots cannot be read.
    #[error(transparent)]
    Bot(#[from] engine::bot::Refused),
}

impl From<ReadError> for DemoError {
    fn from(error: ReadError) -> Self {
        Self::Store(error.into())
    }
}

/// Refuses a demo that others than whoever sits at this machine could reach.
pub fn check(config: &Config) -> Result<(), BuildError> {
    let public = !config.listen.ip().is_loopback() || !config.public_url.is_empty();
    if config.demo && public { Err(BuildError::DemoInPublic) } else { Ok(()) }
}

/// The demo, where this server shows one.
pub async fn find(hub: &Hub) -> Result<Option<Demo>, ReadError> {
    if hub.config.demo { hub.store.demo().await } else { Ok(None) }
}

/// Makes the demo on a server that nobody owns; elsewhere nothing happens.
pub async fn prepare(hub: &Hub) -> Result<(), DemoError> {
    let now_ms = hub.clock.now_ms();
    let workspace = WorkspaceId::new(now_ms, hub.die.roll_wide());
    let made = hub
        .store
        .add_demo(NewDemo {
            workspace,
            name: "데모 작업 공간".to_owned(),
            account: NewAccount {
                id: AccountId::new(now_ms, hub.die.roll_wide()),
                email: EMAIL.to_owned(),
                name: "둘러보는 사람".to_owned(),
                // No password is right for an empty hash (password.rs).
                password: String::new(),
                language: "ko",
                now_ms,
            },
            role: "editor",
        })
        .await?;
    if !made {
        return Ok(());
    }
    let files = templates::ALL.iter().filter(|(id, _)| *id != "empty").map(|(_, file)| *file);
    for file in std::iter::once(NODES).chain(files) {
        let file = BotFile::read(file)?.file;
        // Each a moment later than the one before, so that they stand in this order.
        let id = BotId::new(hub.clock.now_ms(), hub.die.roll_wide());
        hub.store
            .create_bot(NewBot {
                id,
                workspace,
                title: file.title().to_owned(),
                description: file.description().to_owned(),
                draft: file.write(),
                now_ms,
            })
            .await?;
        hub.store.publish(id, NewVersion::default(), now_ms).await?;
    }
    tracing::info!(workspace.id = %workspace, "a demo was made");
    Ok(())
}
