//! Answers what a turn asks of the world, within what is left of the turn's time.
//!
//! One file per kind of question. A question that cannot be answered fails with a sentence for the bot's author, so that
//! the edges for failures are taken (spec bot.md, "A turn", 6).

pub mod chitchat;
pub mod http;
pub mod llm;
pub mod mail;
pub mod nlp;
pub mod provider;
pub mod script;
pub mod sheet;

use std::time::{Duration, Instant};

use engine::ask::{Ask, Reply, longest_ms};
use provider::door;
use store::{BotId, WorkspaceId};

use crate::{Hub, vault::Secrets};

/// For whom the world is asked.
#[derive(Debug, Clone)]
pub struct World<'a> {
    /// The hub.
    pub hub: &'a Hub,
    /// The workspace whose connections and secrets are used.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The turn's chance: secrets in texts are marked by it.
    pub seed: u64,
    /// What services that remember a conversation know it by.
    pub session: String,
    /// When the turn has to have ended.
    pub until: Instant,
}

/// The reply to a question.
pub async fn answer(world: &World<'_>, ask: &Ask) -> Reply {
    let hub = world.hub;
    // What the static check counts with, and what the documents of the nodes promise.
    let longest = longest_ms(ask.node()).map(Duration::from_millis);
    let until = longest.map_or(world.until, |longest| world.until.min(hub.clock.instant() + longest));
    let world = World { until, ..world.clone() };
    match ask {
        Ask::Fetch(fetch) => {
            let secrets = Secrets::of_turn(hub.vault.clone(), world.workspace, world.seed);
            http::fetch(&hub.guard, fetch, &secrets, until.into()).await
        }
        Ask::Script { script, context, .. } => {
            script::run((&hub.scripts, &hub.guard), world.bot, script, context, until).await
        }
        service => door::answer(&world, service).await,
    }
}
