//! Kakao's Event API (spec kakao-skill.md 7): a bot speaks first, and hears later whom it reached.
//!
//! Kakao does not document what an event of another name, or a task that is still running, looks like. Here the former
//! is a FAIL, and the latter counts less than it was asked for.

use std::{
    collections::{HashMap, HashSet},
    io,
};

use serde_json::{Value, json};

use super::{Heard, Provider, Said};

/// The most users of one call.
const MAX_USERS: usize = 100;
/// Any moment that looks like one.
const AT_MS: u64 = 1_790_000_000_000;

/// Kakao's event desk.
pub type KakaoEvent = Provider<State>;

/// What Kakao remembers.
#[derive(Debug)]
pub struct State {
    bot: String,
    key: String,
    events: HashSet<String>,
    unknown: HashSet<String>,
    failing: HashMap<String, (i64, String)>,
    results_after: usize,
    tasks: HashMap<String, Task>,
    talks: Vec<Value>,
}

#[derive(Debug)]
struct Task {
    users: Vec<(String, String)>,
    asked: usize,
}

impl KakaoEvent {
    /// A bot with blocks for these events, and the REST key of its app. The bot's development channel is there too.
    pub async fn start(bot: &str, key: &str, events: &[&str]) -> io::Result<Self> {
        let state = State {
            bot: bot.to_owned(),
            key: key.to_owned(),
            events: events.iter().map(|name| (*name).to_owned()).collect(),
            unknown: HashSet::new(),
            failing: HashMap::new(),
            results_after: 0,
            tasks: HashMap::new(),
            talks: Vec::new(),
        };
        Self::start_with(state, answer).await
    }

    /// Kakao knows no such user.
    pub fn does_not_know(&self, user: &str) {
        self.state().unknown.insert(user.to_owned());
    }

    /// Sending to this user fails.
    pub fn fails_for(&self, user: &str, error_type: i64, message: &str) {
        self.state().failing.insert(user.to_owned(), (error_type, message.to_owned()));
    }

    /// Results are there only when they have been asked for so often.
    pub fn results_come_after(&self, questions: usize) {
        self.state().results_after = questions;
    }

    /// The bodies of the calls that were accepted.
    pub fn talks(&self) -> Vec<Value> {
        self.state().talks.clone()
    }
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    if heard.header("authorization") != Some(format!("KakaoAK {}", state.key).as_str()) {
        return Said::json(401, &json!({"msg": "cannot find appkey", "code": -401}));
    }
    let parts: Vec<&str> = heard.path.trim_start_matches('/').split('/').collect();
    match (heard.method.as_str(), parts.as_slice()) {
        ("POST", ["v2", "bots", bot, "talk"]) => talk(state, bot, &heard.json()),
        ("GET", ["v1", "tasks", task]) => result(state, task),
        _ => Said::json(404, &json!({"msg": "not found", "code": -404})),
    }
}

fn talk(state: &mut State, bot: &str, body: &Value) -> Said {
    let task = format!("6b1b7e0e-4b0a-4c57-9a51-{:012}", state.tasks.len() + 1);
    let said = |status: &str, message: &str| {
        Said::json(200, &json!({"taskId": task, "status": status, "message": message, "timestamp": AT_MS}))
    };
    if bot.trim_end_matches('!') != state.bot {
        return said("FAIL", "Invalid bot ID. Check your Bot ID.");
    }
    if !body["event"]["name"].as_str().is_some_and(|name| state.events.contains(name)) {
        return said("FAIL", "There is no block for this event.");
    }
    let users = body["user"].as_array().map_or(&[][..], Vec::as_slice);
    if users.is_empty() || users.len() > MAX_USERS {
        return Said::json(400, &json!({"msg": "user must hold 1 to 100 entries", "code": -2}));
    }
    let mut read = Vec::new();
    for user in users {
        let (Some(kind), Some(id)) = (user["type"].as_str(), user["id"].as_str()) else {
            return Said::json(400, &json!({"msg": "user needs type and id", "code": -2}));
        };
        if !["botUserKey", "plusfriendUserKey", "appUserId"].contains(&kind) || id.is_empty() {
            return Said::json(400, &json!({"msg": format!("user type {kind}"), "code": -2}));
        }
        read.push((kind.to_owned(), id.to_owned()));
    }
    for field in [&body["event"]["data"], &body["params"]] {
        if !field.is_null() && !field.is_object() {
            return Said::json(400, &json!({"msg": "data and params are objects", "code": -2}));
        }
    }
    state.talks.push(body.clone());
    let answer = said("SUCCESS", "");
    state.tasks.insert(task, Task { users: read, asked: 0 });
    answer
}

fn result(state: &mut State, id: &str) -> Said {
    let Some(task) = state.tasks.get_mut(id) else {
        return Said::json(404, &json!({"msg": "there is no such task", "code": -404}));
    };
    task.asked += 1;
    let all = task.users.len();
    if task.asked <= state.results_after {
        let body = json!({"taskId": id, "status": "0 FAIL", "allRequestCount": all, "successCount": 0, "fail": {"count": 0, "list": []}});
        return Said::json(200, &body);
    }
    let unknown = task.users.iter().filter(|(_, user)| state.unknown.contains(user)).count();
    let list: Vec<Value> = task
        .users
        .iter()
        .filter_map(|(kind, user)| {
            let (error_type, message) = state.failing.get(user)?;
            Some(json!({"userId": user, "reqUserType": kind, "createdAt": AT_MS / 1_000,
                "errorMsg": {"errorType": error_type, "msg": message}}))
        })
        .collect();
    let failed = list.len() + unknown;
    let status = if failed == 0 { "ALL SUCCESS".to_owned() } else { format!("{failed} FAIL") };
    let mut body = json!({"taskId": id, "status": status, "allRequestCount": all, "successCount": all - failed,
        "fail": {"count": list.len(), "list": list}});
    if unknown > 0 {
        body["userKeyResolvingFailCount"] = json!(unknown);
    }
    Said::json(200, &body)
}
