//! What an end user and a node said to each other: the memory of `llm` and `chitchat`.
//!
//! It stands in the node type's results (`llm.history`) and so in the session: it is bounded in messages and in
//! characters. Each node has a conversation of its own: `node` tells whose `history` is, and `others` holds those of
//! the nodes that ran before. A question is kept when it is put ([`History::open`]) and stays only if it is answered
//! ([`History::close`]).

use serde_json::{Map, Value, json};

use crate::{
    ask::{LlmMessage, LlmRole},
    session::Place,
};

/// Messages of all nodes together.
const MAX_MESSAGES: usize = 40;
/// Characters of all nodes together.
const MAX_CHARS: usize = 8_000;
/// Characters of one message; what is longer is kept up to here.
const MAX_CONTENT: usize = 2_000;

/// The conversations of a node type, one of them in use.
#[derive(Debug)]
pub(super) struct History {
    node: String,
    messages: Vec<LlmMessage>,
    others: Vec<(String, Vec<LlmMessage>)>,
}

impl History {
    /// Reads what stands in the results, from the view of the node that runs.
    pub(super) fn read(results: Option<&Value>, here: Place) -> Self {
        let node = format!("{}/{}", here.flow, here.node);
        let part = |key: &str| results.and_then(|results| results.get(key));
        let mut others: Vec<(String, Vec<LlmMessage>)> = part("others")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(node, messages)| (node.clone(), list(Some(messages))))
            .collect();
        if let Some(last) = part("node").and_then(Value::as_str) {
            others.push((last.to_owned(), list(part("history"))));
        }
        let messages = match others.iter().position(|(other, _)| *other == node) {
            Some(at) => others.remove(at).1,
            None => Vec::new(),
        };
        Self { node, messages, others }
    }

    /// The last exchanges that were answered, oldest first.
    pub(super) fn recent(&self, exchanges: usize) -> Vec<LlmMessage> {
        let answered = &self.messages[..self.answered()];
        let mut from = answered.len();
        for _ in 0..exchanges {
            match answered[..from].iter().rposition(|message| message.role == LlmRole::User) {
                Some(at) => from = at,
                None => break,
            }
        }
        answered[from..].to_vec()
    }

    /// Keeps a question that is being put.
    pub(super) fn open(&mut self, question: &str) {
        self.messages.truncate(self.answered());
        self.messages.push(message(LlmRole::User, question));
    }

    /// Keeps the answer, or without one takes the question back.
    pub(super) fn close(&mut self, answer: Option<&Value>) {
        let asked = self.messages.last().is_some_and(|message| message.role == LlmRole::User);
        match answer.and_then(Value::as_str) {
            Some(answer) if asked => self.messages.push(message(LlmRole::Assistant, answer)),
            _ => self.messages.truncate(self.answered()),
        }
    }

    /// Forgets what this node and the end user said.
    pub(super) fn forget(&mut self) {
        self.messages.clear();
    }

    /// Writes itself into the results, in the place of whatever stands there.
    pub(super) fn write(mut self, results: &mut Map<String, Value>) {
        self.bound();
        results.insert("history".to_owned(), json!(self.messages));
        results.insert("node".to_owned(), Value::String(self.node));
        let others: Map<String, Value> =
            self.others.into_iter().map(|(node, messages)| (node, json!(messages))).collect();
        if others.is_empty() {
            results.shift_remove("others");
        } else {
            results.insert("others".to_owned(), Value::Object(others));
        }
    }

    /// How many messages stand before a question that was never answered.
    fn answered(&self) -> usize {
        self.messages.iter().rposition(|message| message.role != LlmRole::User).map_or(0, |at| at + 1)
    }

    /// Drops what is oldest until the rest fits: other nodes' conversations first.
    fn bound(&mut self) {
        self.others.retain(|(_, messages)| !messages.is_empty());
        while !self.fits() && !self.others.is_empty() {
            self.others.remove(0);
        }
        while !self.fits() {
            // Never an answer without its question.
            let users = self.messages.iter().skip(1).position(|message| message.role == LlmRole::User);
            match users {
                Some(at) => drop(self.messages.drain(..=at)),
                None => self.messages.clear(),
            }
        }
    }

    fn fits(&self) -> bool {
        let lists = || self.others.iter().map(|(_, messages)| messages).chain([&self.messages]);
        let chars: usize = lists().flatten().map(|message| message.content.chars().count()).sum();
        lists().map(Vec::len).sum::<usize>() <= MAX_MESSAGES && chars <= MAX_CHARS
    }
}

fn message(role: LlmRole, content: &str) -> LlmMessage {
    LlmMessage { role, content: content.chars().take(MAX_CONTENT).collect() }
}

fn list(value: Option<&Value>) -> Vec<LlmMessage> {
    let items = value.and_then(Value::as_array);
    items.into_iter().flatten().filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Place = Place { flow: 1, node: 1 };
    const TWO: Place = Place { flow: 1, node: 2 };

    fn exchange(results: &mut Map<String, Value>, here: Place, question: &str, answer: Option<&str>) {
        let read = |results: &Map<String, Value>| History::read(Some(&Value::Object(results.clone())), here);
        let mut history = read(results);
        history.open(question);
        history.write(results);
        let mut history = read(results);
        history.close(answer.map(Value::from).as_ref());
        history.write(results);
    }

    fn recent(results: &Map<String, Value>, here: Place, exchanges: usize) -> Vec<String> {
        let history = History::read(Some(&Value::Object(results.clone())), here);
        history.recent(exchanges).into_iter().map(|message| message.content).collect()
    }

    #[test]
    fn each_node_remembers_its_own_answered_exchanges() {
        let mut results = Map::new();
        exchange(&mut results, ONE, "가", Some("A"));
        exchange(&mut results, TWO, "나", Some("B"));
        exchange(&mut results, ONE, "다", None);
        exchange(&mut results, ONE, "라", Some("D"));
        assert_eq!(recent(&results, ONE, 6), ["가", "A", "라", "D"]);
        assert_eq!(recent(&results, ONE, 1), ["라", "D"]);
        assert_eq!(recent(&results, ONE, 0), [""; 0]);
        assert_eq!(recent(&results, TWO, 6), ["나", "B"]);
    }

    #[test]
    fn a_question_of_a_turn_that_was_given_up_is_forgotten() {
        let mut results = Map::new();
        let mut history = History::read(None, ONE);
        history.open("가");
        history.write(&mut results);
        assert_eq!(recent(&results, ONE, 6), [""; 0]);
        exchange(&mut results, ONE, "나", Some("B"));
        assert_eq!(recent(&results, ONE, 6), ["나", "B"]);
    }

    #[test]
    fn what_is_kept_stays_small() {
        let mut results = Map::new();
        for number in 0..200 {
            let here = Place { flow: number % 3, node: 1 };
            exchange(&mut results, here, &"질문".repeat(number as usize * 20), Some("답"));
            let written = Value::Object(results.clone()).to_string();
            assert!(written.chars().count() < MAX_CHARS + 3_000, "{}", written.chars().count());
        }
        let mut short = Map::new();
        for number in 0..100 {
            exchange(&mut short, ONE, &number.to_string(), Some("네"));
        }
        assert_eq!(short["history"].as_array().map(Vec::len), Some(MAX_MESSAGES));
        assert_eq!(recent(&short, ONE, 1), ["99", "네"]);
    }
}
