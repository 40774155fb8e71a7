//! Answers what a turn asks of the world.
//!
//! Nothing is answered yet: each question fails at once with a sentence for the bot's author, so that the edges for
//! failures are taken (spec bot.md, "A turn", 6). The doors open one by one as their nodes learn their work.

pub mod http;

use engine::ask::{Ask, Reply};
use serde_json::Map;

/// The reply to a question.
pub fn answer(ask: &Ask) -> Reply {
    let node = match ask {
        Ask::Fetch(_) => "HTTP 요청(fetch)",
        Ask::Script { .. } => "사용자 정의 스크립트(sandbox)",
        Ask::Sheet { .. } => "구글 스프레드시트(gsheet)",
        Ask::Mail { .. } => "이메일 전송(email)",
        Ask::Nlp { .. } => "자연어 처리(nlp)",
        Ask::Chitchat { .. } => "일상대화(chitchat)",
    };
    Reply::Failed {
        name: "NotAvailable".to_owned(),
        message: format!("{node} 노드는 이 버전에서 실행되지 않아요. This version does not run this node."),
        results: Map::new(),
    }
}
