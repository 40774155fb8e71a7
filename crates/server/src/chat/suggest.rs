//! Answers that are suggested to agents: the workspace's own questions that are most like what a customer wrote, and those of
//! a server of the business, where one is set.
//!
//! Pairs of letters that stand in few questions weigh more: 환불 says more than 나요.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use livechat::words;
use serde::Deserialize;
use serde_json::json;
use store::{AnswerRow, BotId, ReadError, WorkspaceId};
use tokio::time::Instant;

use crate::{Hub, guard::Request};

/// Suggestions at most, of either kind.
pub const MOST: usize = 5;
/// How alike a question must be at least, of a thousand.
const LEAST: u32 = 150;
/// Questions that are looked at.
const LOOKED_AT: u32 = 60;
/// How long the other server may take, and bytes of its answer.
const WITHIN: Duration = Duration::from_secs(3);
const MAX_ANSWER: usize = 64 * 1024;
/// Characters of an answer of its.
const MAX_TEXT: usize = 1_000;

/// An answer from somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Outside {
    /// The question that it answers, as they have it.
    #[serde(default)]
    pub question: String,
    /// The answer.
    pub answer: String,
}

#[derive(Debug, Deserialize)]
struct OutsideAnswers {
    answers: Vec<Outside>,
}

/// The pairs of letters of a question: all of its lines.
pub fn grams_of(question: &str) -> Vec<i64> {
    let all: BTreeSet<i64> = question.lines().flat_map(words::pairs).collect();
    all.into_iter().collect()
}

/// The workspace's own answers to what was asked, the best first, each with how alike its question is of a thousand.
pub async fn own(hub: &Hub, workspace: WorkspaceId, asked: &str) -> Result<Vec<(AnswerRow, u32)>, ReadError> {
    let pairs = words::pairs(asked);
    let all: Vec<i64> = pairs.iter().copied().collect();
    let mut standing: HashMap<i64, i64> = HashMap::new();
    for some in all.chunks(store::ASKED_GRAMS) {
        standing.extend(hub.store.answer_grams(workspace, some).await?);
    }
    let mut rare: Vec<(i64, i64)> = standing.iter().map(|(pair, count)| (*count, *pair)).collect();
    rare.sort_unstable();
    let rare: Vec<i64> = rare.into_iter().take(store::ASKED_GRAMS).map(|(_, pair)| pair).collect();
    let found = hub.store.answers_like(workspace, &rare, LOOKED_AT).await?;
    let count = hub.store.answer_count(workspace).await? as f64;
    // A pair that stands nowhere tells as much as one that stands in one question.
    let weight = |pair: i64| {
        let standing = standing.get(&pair).copied().unwrap_or(1).max(1) as f64;
        (1.0 + count / standing).ln()
    };
    let mut best: Vec<(AnswerRow, u32)> = found
        .into_iter()
        .map(|row| {
            let lines = row.question.lines().map(|line| words::likeness(&pairs, &words::pairs(line), weight));
            let likeness = lines.max().unwrap_or(0);
            (row, likeness)
        })
        .filter(|(_, likeness)| *likeness >= LEAST)
        .collect();
    best.sort_by_key(|(row, likeness)| (std::cmp::Reverse(*likeness), std::cmp::Reverse(row.uses), row.id));
    best.truncate(MOST);
    Ok(best)
}

/// What the business's own server answers, or why it does not.
pub async fn outside(
    hub: &Hub,
    url: &str,
    (workspace, bot): (WorkspaceId, Option<BotId>),
    asked: &str,
) -> Result<Vec<Outside>, String> {
    let body = json!({"type": "suggest", "workspaceId": workspace, "botId": bot, "question": asked});
    let request = Request::new("POST", url).json(&body).max_bytes(MAX_ANSWER).max_redirects(0);
    let until = Instant::from_std(hub.clock.instant()) + WITHIN;
    let response = hub.guard.send(request, until).await.map_err(|error| error.to_string())?;
    if !response.is_success() {
        return Err(format!("HTTP {}", response.status));
    }
    let read: OutsideAnswers = serde_json::from_slice(&response.body).map_err(|error| error.to_string())?;
    let fits = |it: &Outside| !it.answer.trim().is_empty() && it.answer.chars().count() <= MAX_TEXT;
    Ok(read.answers.into_iter().filter(fits).take(MOST).collect())
}
