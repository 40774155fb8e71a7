//! Answers what a turn asks of the world, within what is left of the turn's time.
//!
//! One file per kind of question. A question that cannot be answered fails with a sentence for the bot's author, so that
//! the edges for failures are taken (spec bot.md, "A turn", 6).

use std::time::Instant;

use engine::ask::{Ask, Reply};
use serde_json::Map;
use store::{BotId, WorkspaceId};

use crate::Hub;

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
pub async fn answer(_world: &World<'_>, ask: &Ask) -> Reply {
    if let Ask::Fetch(f) = ask {
        let r = _world.hub.guard.send(crate::guard::Request::new("GET", &f.uri), _world.until.into()).await; // TEMP
        return match r {
            Ok(r) => {
                let mut m = Map::new();
                m.insert("data".into(), serde_json::from_slice(&r.body).unwrap_or_default());
                Reply::Done(m)
            }
            Err(e) => Reply::Failed { name: "x".into(), message: e.to_string(), results: Map::new() },
        };
    }
    let node = match ask {
        Ask::Fetch(_) => "HTTP 요청(fetch)",
        Ask::Script { .. } => "사용자 정의 스크립트(sandbox)",
        Ask::Sheet { .. } => "구글 스프레드시트(gsheet)",
        Ask::Mail { .. } => "이메일 전송(email)",
        Ask::Nlp { .. } => "자연어 처리(nlp)",
        Ask::Chitchat { .. } => "일상대화(chitchat)",
        Ask::Llm(_) => "AI 답변(llm)",
        Ask::Push(_) => "먼저 말걸기(push)",
    };
    Reply::Failed {
        name: "NotAvailable".to_owned(),
        message: format!("{node} 노드는 이 버전에서 실행되지 않아요. This version does not run this node."),
        results: Map::new(),
    }
}
