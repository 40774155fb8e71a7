//! Answers what a turn asks of the world, within what is left of the turn's time.
//!
//! One file per kind of question. A question that cannot be answered fails with a sentence for the bot's author, so that
//! the edges for failures are taken (spec bot.md, "A turn", 6).

pub mod http;
pub mod script;

use std::time::Instant;

use engine::ask::{Ask, Reply};
use serde_json::Map;
use store::{BotId, WorkspaceId};

use crate::{Hub, vault::Secrets};

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
    /// When the turn has to have ended.
    pub until: Instant,
}

/// The reply to a question.
pub async fn answer(world: &World<'_>, ask: &Ask) -> Reply {
    let hub = world.hub;
    match ask {
        Ask::Fetch(fetch) => {
            let secrets = Secrets::of_turn(hub.vault.clone(), world.workspace, world.seed);
            http::fetch(&hub.guard, fetch, &secrets, world.until.into()).await
        }
        Ask::Script { script, context, .. } => {
            script::run((&hub.scripts, &hub.guard), world.bot, script, context, world.until).await
        }
        Ask::Sheet { .. } => missing("구글 스프레드시트(gsheet)"),
        Ask::Mail { .. } => missing("이메일 전송(email)"),
        Ask::Nlp { .. } => missing("자연어 처리(nlp)"),
        Ask::Chitchat { .. } => missing("일상대화(chitchat)"),
        Ask::Llm(_) => missing("AI 답변(llm)"),
        Ask::Push(_) => missing("먼저 말걸기(push)"),
    }
}

fn missing(node: &str) -> Reply {
    Reply::Failed {
        name: "NotAvailable".to_owned(),
        message: format!("{node} 노드는 이 버전에서 실행되지 않아요. This version does not run this node."),
        results: Map::new(),
    }
}
