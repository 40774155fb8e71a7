//! Answers what a turn asks of the world, within what is left of the turn's time.
//!
//! One file per kind of question. A question that cannot be answered fails with a sentence for the bot's author, so that
//! the edges for failures are taken (spec bot.md, "A turn", 6).

pub mod chitchat;
mod connected;
pub mod http;
pub mod llm;
pub mod mail;
pub mod nlp;
pub mod provider;
pub mod script;
pub mod sheet;

use std::time::{Duration, Instant};

use connected::{ConnectError, connection, understanding};
use engine::ask::{Ask, Reply, longest_ms};
use mail::Mail;
use nlp::Question;
use provider::{Call, failed};
use serde_json::Map;
use sheet::Row;
use store::{BotId, WorkspaceId};

use crate::{
    Hub, push,
    vault::{Kind, Secrets},
};

/// For whom the world is asked.
#[derive(Debug)]
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
    let asked = ask_service(world, ask).await;
    asked.unwrap_or_else(|nobody| failed(&nobody, &[], Map::new()))
}

async fn ask_service(world: &World<'_>, ask: &Ask) -> Result<Reply, ConnectError> {
    let hub = world.hub;
    // What the static check counts with, and what the documents of the nodes promise.
    let longest = longest_ms(ask.node()).map(Duration::from_millis);
    let until = longest.map_or(world.until, |longest| world.until.min(hub.clock.instant() + longest));
    let call = Call {
        guard: &hub.guard,
        memory: &hub.memory,
        clock: hub.clock,
        die: &hub.die,
        workspace: world.workspace,
        session: &world.session,
        until: until.into(),
    };
    Ok(match ask {
        Ask::Fetch(fetch) => {
            let secrets = Secrets::of_turn(hub.vault.clone(), world.workspace, world.seed);
            http::fetch(&hub.guard, fetch, &secrets, until.into()).await
        }
        Ask::Script { script, context, .. } => {
            script::run((&hub.scripts, &hub.guard), world.bot, script, context, until).await
        }
        Ask::Mail { to, reply_to, subject, body } => {
            let settings = connection(world, Kind::Smtp, "").await?;
            mail::send(&call, &settings, &Mail { to, reply_to, subject, body }).await
        }
        Ask::Sheet { token, spreadsheet_id, sheet_name, columns, values } => {
            let settings = connection(world, Kind::Google, token).await?;
            let row = Row { spreadsheet: spreadsheet_id, sheet: sheet_name, columns, values };
            sheet::append(&call, &settings, &row).await
        }
        Ask::Nlp { provider, agent, data, text } => {
            let (service, settings) = understanding(world, provider).await?;
            nlp::understand(&call, service, &settings, &Question { agent, data, text }).await
        }
        Ask::Chitchat { provider, text, history, .. } => {
            let settings = connection(world, Kind::Openai, provider).await?;
            chitchat::answer(&call, &settings, text, history).await
        }
        Ask::Llm(question) => {
            let settings = connection(world, Kind::Openai, &question.provider).await?;
            llm::answer(&call, &settings, question).await
        }
        Ask::Push(ask) => push::answer(hub, (world.workspace, world.bot), ask, until.into()).await,
    })
}
