//! Path tests (경로 테스트): a conversation that was tried once, played again against another state of the bot.
//!
//! Time, chance and what the world said are those of the recording, so that an answer changes only where the bot did.

use std::sync::Arc;

use engine::{bot::Bot, lang::Said};
use sandbox::Pool;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::PathTestBody;
use utoipa::ToSchema;

use super::{
    Act, Channel, Moment, Person, State, Try, Untried,
    door::{Door, Entry, Other},
    run,
};

/// Steps of one test.
const MAX_STEPS: usize = 200;
/// Bytes of one test as it is stored.
const MAX_BYTES: usize = 1024 * 1024;
/// When it is for steps that were not recorded with a time: the first moment of 2026 in Korea.
const DEFAULT_MOMENT: Moment = Moment { now_ms: 1_767_193_200_000, seed: 1 };
/// Differences of one answer that are told.
const MAX_TOLD: usize = 3;
/// Characters of a value in a difference.
const MAX_VALUE: usize = 120;

/// The parts of a path test as the store and files hold them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PathTestParts)]
pub struct Parts {
    /// What people call it.
    pub name: String,
    /// On which channel it is played.
    pub channel: Channel,
    /// Who talks to the bot.
    #[serde(default)]
    pub person: Person,
    /// What is said and answered, in order.
    pub steps: Vec<PathStep>,
}

/// One act and the answer that it had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathStep {
    /// What is done.
    pub event: Act,
    /// The answer, as the preview gave it.
    #[schema(value_type = Object)]
    pub answer: Value,
    /// What the world said, as the preview gave it.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub replies: Vec<Entry>,
}

/// A file of path tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathTestFile {
    /// The bot on which they were recorded: scripts and templates may read its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<String>,
    /// The tests.
    pub tests: Vec<Parts>,
}

impl Parts {
    /// As they are stored.
    pub fn body(&self) -> PathTestBody {
        PathTestBody {
            name: self.name.clone(),
            channel: self.channel.name().to_owned(),
            // Only maps with keys that are no strings fail to serialise; there are none.
            steps: serde_json::to_string(self).unwrap_or_default(),
        }
    }

    /// What is wrong with the steps.
    pub fn fault(&self) -> Option<Said> {
        if self.steps.is_empty() || self.steps.len() > MAX_STEPS {
            return Some(Said::new(
                format!("대화가 1번 이상 {MAX_STEPS}번 이하로 오가야 해요."),
                format!("A test has 1 to {MAX_STEPS} steps."),
            ));
        }
        (self.body().steps.len() > MAX_BYTES).then(|| {
            Said::new(
                format!("테스트 하나는 {} KB까지 저장할 수 있어요.", MAX_BYTES / 1024),
                format!("One test may have {} KB.", MAX_BYTES / 1024),
            )
        })
    }
}

/// What became of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What is answered now.
    pub got: Value,
    /// How that differs from what was answered; nothing where it does not.
    pub difference: Option<Said>,
}

/// Plays a test against a bot. The outcomes are those of its steps, in order.
pub async fn play(bot: &Arc<Bot>, bot_id: &str, test: &Parts, pool: &Pool) -> Vec<Outcome> {
    let mut state: Option<State> = None;
    let mut outcomes = Vec::with_capacity(test.steps.len());
    for step in &test.steps {
        let moment = step
            .replies
            .iter()
            .find_map(|entry| match entry {
                Entry::Moment { now_ms, seed } => Some(Moment { now_ms: *now_ms, seed: *seed }),
                Entry::Reply(_) | Entry::Consult(_) => None,
            })
            .unwrap_or(DEFAULT_MOMENT);
        let consult = step.replies.iter().find_map(|entry| match entry {
            Entry::Consult(setup) => Some(setup.clone()),
            Entry::Moment { .. } | Entry::Reply(_) => None,
        });
        let mut door = Door::record(&step.replies, pool, bot_id);
        let attempt = Try {
            bot,
            bot_id,
            channel: test.channel,
            state: state.take(),
            act: &step.event,
            person: &test.person,
            moment,
            consult: &consult.unwrap_or_default(),
        };
        outcomes.push(match run(attempt, &mut door).await {
            Ok(tried) => {
                state = Some(tried.state);
                let difference =
                    difference(&step.answer, &tried.answer).map(|said| because(said, door.missed()));
                Outcome { got: tried.answer, difference: asked_otherwise(difference, door.other()) }
            }
            Err(Untried::NotOnChannel(_, said)) => Outcome { got: Value::Null, difference: Some(said) },
        });
    }
    outcomes
}

/// A difference, and that the world was asked something else than in the recording where that may be why.
fn because(said: Said, missed: &[String]) -> Said {
    let Some(asked) = missed.first() else { return said };
    Said::new(
        format!("{} 기록된 답이 없는 요청이 있었어요: {asked}", said.ko),
        format!("{} Something was asked that was not recorded: {asked}", said.en),
    )
}

/// A reply that was recorded for another question proves nothing: that the question differs is told also where the answer
/// does not.
fn asked_otherwise(difference: Option<Said>, other: &[Other]) -> Option<Said> {
    let Some(Other { before, now }) = other.first() else { return difference };
    let said = if before == now {
        Said::new(
            format!("기록할 때와 다른 헤더나 본문을 보내요: {now}."),
            format!("Other headers or another body than in the recording are sent: {now}."),
        )
    } else {
        Said::new(
            format!("기록할 때와 다른 것을 요청해요: {before} → {now}."),
            format!("Something else than in the recording is asked: {before} → {now}."),
        )
    };
    Some(match difference {
        None => said,
        Some(found) => Said::new(format!("{} {}", found.ko, said.ko), format!("{} {}", found.en, said.en)),
    })
}

/// In which ways one answer is not the other.
pub fn difference(expected: &Value, got: &Value) -> Option<Said> {
    let mut found = Vec::new();
    compare(expected, got, &mut Vec::new(), &mut found);
    if found.is_empty() {
        return None;
    }
    let more = found.len().saturating_sub(MAX_TOLD);
    let mut said = Said::new(String::new(), String::new());
    for (place, before, after) in found.into_iter().take(MAX_TOLD) {
        let gap = if said.ko.is_empty() { "" } else { " " };
        said.ko += &format!("{gap}{}: {before} → {after}.", place.ko);
        said.en += &format!("{gap}{}: {before} → {after}.", place.en);
    }
    if more > 0 {
        said.ko += &format!(" 다른 곳이 {more}군데 더 있어요.");
        said.en += &format!(" {more} more places differ.");
    }
    Some(said)
}

/// One step of the way to a value.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    At(usize),
}

fn compare(expected: &Value, got: &Value, way: &mut Vec<Step>, found: &mut Vec<(Said, String, String)>) {
    match (expected, got) {
        (Value::Object(before), Value::Object(after)) => {
            let added = after.keys().filter(|key| !before.contains_key(*key));
            for key in before.keys().chain(added) {
                way.push(Step::Key(key.clone()));
                let none = Value::Null;
                compare(before.get(key).unwrap_or(&none), after.get(key).unwrap_or(&none), way, found);
                way.pop();
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for at in 0..before.len().max(after.len()) {
                way.push(Step::At(at));
                let none = Value::Null;
                compare(before.get(at).unwrap_or(&none), after.get(at).unwrap_or(&none), way, found);
                way.pop();
            }
        }
        (before, after) if same(before, after) => {}
        (before, after) => found.push((place(way), shown(before), shown(after))),
    }
}

/// `1` and `1.0` are one number, however a file spells it.
fn same(before: &Value, after: &Value) -> bool {
    match (before.as_f64(), after.as_f64()) {
        (Some(before), Some(after)) => before.total_cmp(&after).is_eq(),
        _ => before == after,
    }
}

/// `template.outputs[1].simpleText.text` is "말풍선 2 › simpleText.text".
fn place(way: &[Step]) -> Said {
    let mut said = Said::new(String::new(), String::new());
    let mut rest = way;
    loop {
        rest = match rest {
            [] => break,
            [Step::Key(key), inner @ ..] if key == "template" => inner,
            [Step::Key(key), Step::At(at), inner @ ..] => {
                let words = match key.as_str() {
                    "outputs" | "messages" | "calls" => Some(("말풍선", "bubble")),
                    "quickReplies" | "quick_replies" | "quick_reply" => {
                        Some(("바로가기 응답", "quick reply"))
                    }
                    "items" | "cards" => Some(("카드", "card")),
                    "buttons" | "links" => Some(("버튼", "button")),
                    _ => None,
                };
                let gap = if said.ko.is_empty() { "" } else { " › " };
                let number = at + 1;
                let (ko, en) = words.map_or_else(
                    || (format!("{key} {number}"), format!("{key} {number}")),
                    |(ko, en)| (format!("{ko} {number}"), format!("{en} {number}")),
                );
                said.ko += &format!("{gap}{ko}");
                said.en += &format!("{gap}{en}");
                inner
            }
            [Step::Key(key), inner @ ..] => {
                let gap = if said.ko.is_empty() { "" } else { " › " };
                said.ko += &format!("{gap}{key}");
                said.en += &format!("{gap}{key}");
                inner
            }
            [Step::At(at), inner @ ..] => {
                said.ko += &format!("[{at}]");
                said.en += &format!("[{at}]");
                inner
            }
        };
    }
    if said.ko.is_empty() { Said::new("답변", "the answer") } else { said }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => return "–".to_owned(),
        Value::String(text) => format!("‘{text}’"),
        other => other.to_string(),
    };
    if text.chars().count() <= MAX_VALUE {
        return text;
    }
    let cut: String = text.chars().take(MAX_VALUE).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(before: &Value, after: &Value, expected: Option<&str>) {
        assert_eq!(difference(before, after).map(|said| said.ko).as_deref(), expected);
    }

    #[test]
    fn what_changed_is_named_by_its_place() {
        let answer = |text: &str, labels: &[&str]| {
            let replies: Vec<Value> = labels.iter().map(|label| json!({"label": label})).collect();
            json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": text}}], "quickReplies": replies}})
        };
        check(&answer("가", &["나"]), &answer("가", &["나"]), None);
        check(&json!({"a": 1.0}), &json!({"a": 1}), None);
        check(
            &answer("가", &["나"]),
            &answer("다", &["나"]),
            Some("말풍선 1 › simpleText › text: ‘가’ → ‘다’."),
        );
        check(
            &answer("가", &["나", "다"]),
            &answer("가", &["나"]),
            Some("바로가기 응답 2: {\"label\":\"다\"} → –."),
        );
        check(&json!("가"), &json!("나"), Some("답변: ‘가’ → ‘나’."));
        check(
            &json!([1, 2, 3, 4, 5]),
            &json!([6, 7, 8, 9, 10]),
            Some("[0]: 1 → 6. [1]: 2 → 7. [2]: 3 → 8. 다른 곳이 2군데 더 있어요."),
        );
    }
}
