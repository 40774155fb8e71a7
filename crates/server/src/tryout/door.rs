//! Who answers what a tried bot asks: the world, or what the world said when a path test was recorded.
//!
//! What is recorded with a turn is enough to play it again: time and chance, and each reply in order. A script's reply is
//! taken from the record only while script and context are what they were; else the script runs anew, with its way to
//! other servers shut. A question that nothing was recorded for fails, as if the world could not be reached.

use std::{collections::VecDeque, time::Duration};

use engine::{
    ask::{Ask, FetchBody, Reply},
    secret,
};
use sandbox::{Call, HttpFailure, HttpRequest, Pool};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Moment, consult::Setup};
use crate::{
    effects::{self, World},
    secret as hashes,
};

/// Bytes of one recorded reply. Larger ones are recorded as too large, and fail when they are played.
const MAX_RECORDED: usize = 256 * 1024;

/// One thing that the world said during a turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Entry {
    /// When it was, and what chance was drawn from.
    #[serde(rename_all = "camelCase")]
    Moment {
        /// Milliseconds UTC.
        now_ms: i64,
        /// Chance.
        seed: u64,
    },
    /// The reply to a question.
    #[serde(rename_all = "camelCase")]
    Reply(Box<Recorded>),
    /// Through which relay of ConsultationTalk it went, and the channel's own words.
    Consult(Setup),
}

/// The reply to a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Recorded {
    /// The type of the node that asked.
    node: String,
    /// What was asked, for people.
    asked: String,
    /// Of a script: the SHA-256 of its source and context; of an HTTP call: of all that is sent.
    #[serde(skip_serializing_if = "String::is_empty")]
    of: String,
    /// The name of the failure; empty where it worked.
    #[serde(skip_serializing_if = "String::is_empty")]
    error: String,
    /// What happened, where it failed.
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    /// The results.
    results: Map<String, Value>,
    /// How long it took, in milliseconds.
    took_ms: u64,
}

/// Who answers.
#[derive(Debug)]
pub struct Door<'a> {
    who: Who<'a>,
    nonce: String,
    written: Vec<Entry>,
}

#[derive(Debug)]
enum Who<'a> {
    World(World<'a>),
    Record {
        replies: VecDeque<Recorded>,
        pool: &'a Pool,
        owner: &'a str,
        missed: Vec<String>,
        other: Vec<Other>,
    },
}

/// Something was asked, but not as it was asked when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// What was asked then, for people.
    pub before: String,
    /// What is asked now. The same line as before where what differs is not in it: headers, a body.
    pub now: String,
}

impl<'a> Door<'a> {
    /// The world itself.
    pub fn world(world: World<'a>) -> Self {
        Self { who: Who::World(world), nonce: String::new(), written: Vec::new() }
    }

    /// What was recorded; scripts that have changed run in this pool, for this owner.
    pub fn record(entries: &[Entry], pool: &'a Pool, owner: &'a str) -> Self {
        let replies = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Reply(recorded) => Some((**recorded).clone()),
                Entry::Moment { .. } | Entry::Consult(_) => None,
            })
            .collect();
        let who = Who::Record { replies, pool, owner, missed: Vec::new(), other: Vec::new() };
        Self { who, nonce: String::new(), written: Vec::new() }
    }

    /// A turn begins.
    pub(super) fn begin(&mut self, moment: Moment) {
        self.nonce = secret::secret_nonce(moment.seed);
        self.written = vec![Entry::Moment { now_ms: moment.now_ms, seed: moment.seed }];
    }

    /// Something else is to be known when the turn is played again.
    pub(super) fn tell(&mut self, entry: Entry) {
        self.written.push(entry);
    }

    /// What was said during the turn.
    pub(super) fn take(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.written)
    }

    /// What was asked and not recorded.
    pub fn missed(&self) -> &[String] {
        match &self.who {
            Who::World(_) => &[],
            Who::Record { missed, .. } => missed,
        }
    }

    /// What was asked otherwise than it is recorded: its reply is that of another question.
    pub fn other(&self) -> &[Other] {
        match &self.who {
            Who::World(_) => &[],
            Who::Record { other, .. } => other,
        }
    }

    /// The reply to a question, and how long it took in milliseconds.
    pub(super) async fn answer(&mut self, ask: &Ask) -> (Reply, u64) {
        let asked = secret::blunt(&gist(ask), &self.nonce);
        let of = fingerprint(ask, &self.nonce);
        let (reply, took_ms) = match &mut self.who {
            Who::World(world) => {
                let begun = world.hub.clock.instant();
                // On the heap: most turns ask nothing, and all of them would carry it.
                let reply = Box::pin(effects::answer(world, ask)).await;
                (reply, (world.hub.clock.instant() - begun).as_millis() as u64)
            }
            Who::Record { replies, pool, owner, missed, other } => {
                let at = replies.iter().position(|recorded| recorded.node == ask.node());
                let recorded = at.and_then(|at| replies.remove(at));
                match (ask, recorded) {
                    (Ask::Script { script, context, .. }, recorded) => match recorded {
                        Some(recorded) if recorded.of == of => recorded.reply(),
                        _ => (run_shut(pool, owner, script, context).await, 0),
                    },
                    (_, Some(recorded)) => {
                        // Older recordings hold no fingerprint of calls.
                        let sent_otherwise = !recorded.of.is_empty() && recorded.of != of;
                        if recorded.asked != asked || sent_otherwise {
                            other.push(Other { before: recorded.asked.clone(), now: asked.clone() });
                        }
                        recorded.reply()
                    }
                    (_, None) => {
                        missed.push(asked.clone());
                        (not_recorded(&asked), 0)
                    }
                }
            }
        };
        self.written.push(Entry::Reply(Box::new(Recorded::new(ask, asked, of, &reply, took_ms))));
        (reply, took_ms)
    }
}

impl Recorded {
    fn new(ask: &Ask, asked: String, of: String, reply: &Reply, took_ms: u64) -> Self {
        let (error, message, results) = match reply {
            Reply::Done(results) => (String::new(), String::new(), results.clone()),
            Reply::Failed { name, message, results } => (name.clone(), message.clone(), results.clone()),
        };
        let recorded = Self { node: ask.node().to_owned(), asked, of, error, message, results, took_ms };
        let size = serde_json::to_string(&recorded.results).map_or(0, |text| text.len());
        if size <= MAX_RECORDED {
            return recorded;
        }
        let message = format!(
            "답이 {size}바이트로 너무 커서 기록하지 않았어요. The reply has {size} bytes, which is too large to be recorded."
        );
        Self { error: "TooLarge".to_owned(), message, results: Map::new(), ..recorded }
    }

    fn reply(self) -> (Reply, u64) {
        let Self { error, message, results, took_ms, .. } = self;
        let reply = if error.is_empty() {
            Reply::Done(results)
        } else {
            Reply::Failed { name: error, message, results }
        };
        (reply, took_ms)
    }
}

fn not_recorded(asked: &str) -> Reply {
    Reply::Failed {
        name: "NotRecorded".to_owned(),
        message: format!("기록된 답이 없어요: {asked}. No reply was recorded for this."),
        results: Map::new(),
    }
}

/// Runs a script whose way to other servers is shut.
async fn run_shut(pool: &Pool, owner: &str, script: &str, context: &Value) -> Reply {
    let door = |request: HttpRequest| async move {
        let what = format!("{} {}", request.method, request.url);
        Err(HttpFailure::new(
            "ENOTRECORDED",
            format!("테스트에서는 다른 서버를 부르지 않아요: {what}. Tests call no other servers."),
        ))
    };
    let within = Duration::from_millis(engine::ask::SCRIPT_MS);
    let call = Call { owner, script, context: context.clone(), within };
    effects::script::reply(pool.run(call, &door).await)
}

/// What is asked, in a line.
fn gist(ask: &Ask) -> String {
    match ask {
        Ask::Fetch(fetch) => format!("{} {}", fetch.method, fetch.uri),
        Ask::Script { .. } => "script".to_owned(),
        Ask::Sheet { spreadsheet_id, sheet_name, .. } => format!("{spreadsheet_id} › {sheet_name}"),
        Ask::Mail { to, subject, .. } => format!("{to} · {subject}"),
        Ask::Nlp { text, .. } | Ask::Chitchat { text, .. } => text.clone(),
        Ask::Llm(llm) => llm.messages.last().map(|last| last.content.clone()).unwrap_or_default(),
        Ask::Push(push) => format!("{} · {}", push.event, push.to.len()),
    }
}

/// What a reply hangs on, of a script and of an HTTP call. Secrets stand in it as their names do in the bot.
fn fingerprint(ask: &Ask, nonce: &str) -> String {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update(text);
        hash.update([0]);
    };
    match ask {
        Ask::Script { script, context, .. } => {
            hash.update(script);
            hash.update([0]);
            hash.update(context.to_string());
        }
        Ask::Fetch(fetch) => {
            let named = |list: &[(String, String)]| {
                list.iter().map(|(name, value)| format!("{name}\n{value}\n")).collect::<String>()
            };
            let (kind, body) = match &fetch.body {
                FetchBody::Empty => ("", String::new()),
                FetchBody::Text(text) => ("text", text.clone()),
                FetchBody::Form(fields) => ("form", named(fields)),
            };
            for text in [&fetch.method, &fetch.uri, &named(&fetch.headers), &fetch.content_type, kind, &body]
            {
                part(&secret::blunt(text, nonce));
            }
        }
        _ => return String::new(),
    }
    hashes::hex(&hash.finalize())
}
