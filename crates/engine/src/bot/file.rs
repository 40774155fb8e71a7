//! The bot file: read tolerantly and losslessly, written byte-stably (spec bot.md, "The file").
//!
//! A [`BotFile`] is the JSON tree itself, so what this program does not know stays where it was. Reading tells what
//! is unknown as warnings and refuses only what breaks the graph, naming flow, node and field.
//! A file that holds one flow alone becomes a bot with that flow as its entry flow.

use std::collections::HashSet;

use super::{Complaint, Severity, Spot, whole_number};
use crate::{
    condition,
    json::{Json, Note},
    lang::Lang,
    node,
};

/// A bot file that can run.
#[derive(Debug, Clone, PartialEq)]
pub struct BotFile {
    json: Json,
}

/// A file that was read, and what is remarkable about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The file.
    pub file: BotFile,
    /// Warnings and notes in file order.
    pub warnings: Vec<Complaint>,
    /// The text held one flow, not a bot.
    pub was_flow: bool,
}

/// A file that breaks the graph or is none; at least one complaint is an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().filter(|complaint| complaint.severity == Severity::Error).map(|complaint| complaint.describe(Lang::En)).collect::<Vec<_>>().join("; "))]
pub struct Refused(pub Vec<Complaint>);

/// What a bot says by itself where a file does not say it. Korean, as the bots are.
const DEFAULT_SYSTEM_MESSAGES: [(&str, &str); 4] = [
    ("empty", "(메시지 없음)"),
    ("error", "요청을 처리하는 중에 오류가 발생했습니다. 잠시 후 다시 시도해 주세요."),
    ("additionalChoice", "아래에서 선택해 주세요."),
    ("unsupportedMedia", "(지원하지 않는 미디어)"),
];

impl BotFile {
    /// Reads a bot or a flow.
    pub fn read(text: &str) -> Result<Reading, Refused> {
        let (json, notes) = Json::parse(text).map_err(|error| {
            Refused(vec![Complaint::new(
                Severity::Error,
                "not-json",
                Spot::default(),
                format!(
                    "JSON 파일이 아니에요. {}번째 줄 {}번째 글자를 확인해 주세요.",
                    error.line, error.column
                ),
                format!("This is no JSON: {error}."),
            )])
        })?;
        let mut reader = Reader { complaints: notes.iter().map(note).collect() };
        let was_flow = json.get("flows").is_none() && json.get("nodes").is_some();
        let json = if was_flow { wrap_flow(json) } else { json };
        reader.bot(&json);
        if reader.complaints.iter().any(|complaint| complaint.severity == Severity::Error) {
            return Err(Refused(reader.complaints));
        }
        Ok(Reading { file: Self { json }, warnings: reader.complaints, was_flow })
    }

    /// The file's text: two spaces, keys in their order, numbers as they were, no newline at the end.
    pub fn write(&self) -> String {
        self.json.write()
    }

    /// The tree.
    pub fn json(&self) -> &Json {
        &self.json
    }

    /// The title, or an empty text.
    pub fn title(&self) -> &str {
        self.json.get("title").and_then(Json::as_str).unwrap_or_default()
    }

    /// Gives the bot another title.
    pub fn set_title(&mut self, title: &str) {
        self.json.set("title", Json::String(title.to_owned()));
    }

    /// The description, or an empty text.
    pub fn description(&self) -> &str {
        self.json.get("description").and_then(Json::as_str).unwrap_or_default()
    }
}

fn note(note: &Note) -> Complaint {
    let (code, ko, en) = match note {
        Note::DuplicateKey(key) => (
            "duplicate-key",
            format!("'{key}' 키가 한 객체에 두 번 있어요. 뒤의 값을 써요."),
            format!("The key '{key}' stands twice in one object; the last value counts."),
        ),
        Note::LoneSurrogate => (
            "lone-surrogate",
            "깨진 글자가 있어서 �로 바꿨어요.".to_owned(),
            "A broken character was replaced by U+FFFD.".to_owned(),
        ),
    };
    Complaint::new(Severity::Warning, code, Spot::default(), ko, en)
}

/// A bot around one flow: that flow is where conversations begin.
fn wrap_flow(flow: Json) -> Json {
    let text = |text: &str| Json::String(text.to_owned());
    let object = |entries: Vec<(&str, Json)>| {
        Json::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    };
    let title = flow.get("title").cloned().unwrap_or_else(|| text(""));
    let id = flow.get("id").cloned().unwrap_or(Json::Null);
    let system = DEFAULT_SYSTEM_MESSAGES.iter().map(|(key, said)| (*key, text(said))).collect();
    let behavior = ["restoreNavigation", "welcomeOnSessionStart", "welcomeOnMessageWithoutSession"]
        .map(|key| (key, Json::Bool(true)))
        .to_vec();
    let preference = object(vec![
        ("entryFlowId", id),
        ("systemMessage", object(system)),
        ("sessionBehavior", object(behavior)),
    ]);
    object(vec![("title", title), ("flows", Json::Array(vec![flow])), ("preference", preference)])
}

/// The default of one system message.
pub(super) fn default_system_message(key: &str) -> &'static str {
    DEFAULT_SYSTEM_MESSAGES.iter().find(|(name, _)| *name == key).map_or("", |(_, said)| said)
}

struct Reader {
    complaints: Vec<Complaint>,
}

impl Reader {
    fn error(&mut self, code: &'static str, spot: Spot, ko: impl Into<String>, en: impl Into<String>) {
        self.complaints.push(Complaint::new(Severity::Error, code, spot, ko, en));
    }

    fn warn(&mut self, code: &'static str, spot: Spot, ko: impl Into<String>, en: impl Into<String>) {
        self.complaints.push(Complaint::new(Severity::Warning, code, spot, ko, en));
    }

    fn unknown_keys(&mut self, json: &Json, known: &[&str], spot: &Spot, prefix: &str) {
        for (key, _) in json.as_object().unwrap_or_default() {
            if !known.contains(&key.as_str()) {
                self.warn(
                    "unknown-key",
                    spot.field(format!("{prefix}{key}")),
                    "알 수 없는 항목이에요. 그대로 보관하고 쓰지는 않아요.",
                    "This key is unknown; it is kept as it is and not used.",
                );
            }
        }
    }

    fn bot(&mut self, json: &Json) {
        let top = Spot::default();
        let Some(flows) = json.get("flows").and_then(Json::as_array) else {
            self.error(
                "no-bot",
                top.field("flows"),
                "봇 파일도 플로우 파일도 아니에요. 플로우 목록(flows)이 있어야 해요.",
                "This is neither a bot nor a flow: a list of flows is missing.",
            );
            return;
        };
        self.unknown_keys(json, &["title", "description", "flows", "preference", "audience"], &top, "");
        let mut ids = HashSet::new();
        for (at, flow) in flows.iter().enumerate() {
            let mut spot = Spot {
                flow_title: flow.get("title").and_then(Json::as_str).map(str::to_owned),
                ..Spot::default()
            };
            match flow.get("id").and_then(whole_number) {
                None => {
                    spot.flow = Some(format!("#{}", at + 1));
                    self.error(
                        "no-flow-id",
                        spot.field("id"),
                        "플로우에 번호(id)가 없어요.",
                        "The flow has no whole number as its id.",
                    );
                }
                Some(id) => {
                    spot.flow = Some(id.to_string());
                    if !ids.insert(id) {
                        self.error(
                            "duplicate-flow-id",
                            spot.field("id"),
                            format!("플로우 번호 {id}이(가) 두 번 있어요."),
                            format!("The flow id {id} stands twice."),
                        );
                    }
                }
            }
            self.flow(flow, &spot);
        }
        self.preference(json.get("preference"), &ids);
    }

    fn flow(&mut self, flow: &Json, spot: &Spot) {
        self.unknown_keys(flow, &["id", "title", "data", "nodes", "meta"], spot, "");
        let Some(nodes) = flow.get("nodes").and_then(Json::as_array) else {
            self.error(
                "no-nodes",
                spot.field("nodes"),
                "플로우에 노드 목록(nodes)이 없어요.",
                "The flow has no list of nodes.",
            );
            return;
        };
        let mut ids = HashSet::new();
        let mut entries = Vec::new();
        let mut spots = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let mut spot = Spot {
                node_label: node.get("label").and_then(Json::as_str).map(str::to_owned),
                ..spot.clone()
            };
            let id = node.get("id").and_then(whole_number);
            spot.node = Some(id.map_or_else(|| format!("#{}", at + 1), |id| id.to_string()));
            match id {
                None => self.error(
                    "no-node-id",
                    spot.field("id"),
                    "노드에 번호(id)가 없어요.",
                    "The node has no whole number as its id.",
                ),
                Some(id) if !ids.insert(id) => self.error(
                    "duplicate-node-id",
                    spot.field("id"),
                    format!("노드 번호 {id}이(가) 이 플로우에 두 번 있어요."),
                    format!("The node id {id} stands twice in this flow."),
                ),
                Some(_) => {}
            }
            if node.get("type").and_then(Json::as_str) == Some("entry") {
                entries.extend(id);
            }
            spots.push(spot);
        }
        match entries.len() {
            0 => self.error(
                "no-entry-node",
                spot.field("nodes"),
                "진입 노드가 없어요.",
                "The flow has no entry node.",
            ),
            1 => {}
            _ => self.warn(
                "many-entry-nodes",
                spot.field("nodes"),
                "진입 노드가 여러 개예요. 하나만 쓰여요.",
                "The flow has several entry nodes; only one is used.",
            ),
        }
        for (node, spot) in nodes.iter().zip(&spots) {
            self.node(node, &ids, spot);
        }
    }

    fn node(&mut self, node: &Json, ids: &HashSet<i64>, spot: &Spot) {
        self.unknown_keys(node, &["id", "type", "label", "data", "meta", "next"], spot, "");
        match node.get("type").and_then(Json::as_str) {
            None => self.warn(
                "no-node-type",
                spot.field("type"),
                "노드 종류(type)가 없어요. 지나가기만 해요.",
                "The node has no type; conversations pass through it.",
            ),
            Some(kind) if !node::is_known(kind) => self.warn(
                "unknown-node-type",
                spot.field("type"),
                format!("'{kind}' 노드는 알 수 없는 종류예요. 그대로 보관하고, 대화는 지나가기만 해요."),
                format!("The node type '{kind}' is unknown; it is kept, and conversations pass through it."),
            ),
            Some(kind) => {
                let empty = Json::Object(Vec::new());
                let data = node.get("data").unwrap_or(&empty);
                self.unknown_keys(data, node::known_keys(kind), spot, "data.");
            }
        }
        let edges = match node.get("next") {
            None | Some(Json::Null) => &[],
            Some(Json::Array(edges)) => edges.as_slice(),
            Some(_) => {
                self.error(
                    "edges-no-list",
                    spot.field("next"),
                    "연결(next)이 목록이 아니에요.",
                    "The edges (next) are no list.",
                );
                &[]
            }
        };
        for (at, edge) in edges.iter().enumerate() {
            let prefix = format!("next[{at}].");
            self.unknown_keys(edge, &["nodeId", "where", "priority"], spot, &prefix);
            match edge.get("nodeId").and_then(whole_number) {
                Some(id) if ids.contains(&id) => {}
                Some(id) => self.error(
                    "edge-to-missing-node",
                    spot.field(format!("{prefix}nodeId")),
                    format!("없는 노드({id})로 연결되어 있어요."),
                    format!("The edge leads to node {id}, which is not in this flow."),
                ),
                None => self.error(
                    "edge-without-node",
                    spot.field(format!("{prefix}nodeId")),
                    "연결이 향하는 노드 번호가 없어요.",
                    "The edge names no node.",
                ),
            }
            if let Some(condition) = edge.get("where") {
                for (field, what) in condition::unknown_parts(condition) {
                    self.warn(
                        "unknown-operator",
                        spot.field(format!("{prefix}where{field}")),
                        format!(
                            "알 수 없는 조건이에요: {what}. 그대로 보관하고, 이 조건은 맞지 않는 것으로 봐요."
                        ),
                        format!("The condition '{what}' is unknown; it is kept and never holds."),
                    );
                }
            }
        }
    }

    fn preference(&mut self, preference: Option<&Json>, flows: &HashSet<i64>) {
        let spot = Spot::default();
        let empty = Json::Object(Vec::new());
        let preference = preference.unwrap_or(&empty);
        self.unknown_keys(
            preference,
            &["entryFlowId", "fallbackFlowId", "systemMessage", "sessionBehavior"],
            &spot,
            "preference.",
        );
        match preference.get("entryFlowId").and_then(whole_number) {
            Some(id) if flows.contains(&id) => {}
            Some(id) => self.error(
                "missing-entry-flow",
                spot.field("preference.entryFlowId"),
                format!("시작 플로우({id})가 파일에 없어요."),
                format!("The entry flow {id} is not in the file."),
            ),
            None => self.error(
                "no-entry-flow",
                spot.field("preference.entryFlowId"),
                "시작 플로우가 정해져 있지 않아요.",
                "The file names no entry flow.",
            ),
        }
        if let Some(fallback) = preference.get("fallbackFlowId").filter(|fallback| **fallback != Json::Null)
            && !whole_number(fallback).is_some_and(|id| flows.contains(&id))
        {
            self.warn(
                "missing-fallback-flow",
                spot.field("preference.fallbackFlowId"),
                "폴백 플로우가 파일에 없어요. 시작 플로우가 대신해요.",
                "The fallback flow is not in the file; the entry flow takes its place.",
            );
        }
        if let Some(system) = preference.get("systemMessage") {
            let known = [
                "empty",
                "error",
                "additionalChoice",
                "unsupportedMedia",
                "more",
                "waiting",
                "waitingButton",
            ];
            self.unknown_keys(system, &known, &spot, "preference.systemMessage.");
        }
        if let Some(behavior) = preference.get("sessionBehavior") {
            let known = ["restoreNavigation", "welcomeOnSessionStart", "welcomeOnMessageWithoutSession"];
            self.unknown_keys(behavior, &known, &spot, "preference.sessionBehavior.");
        }
    }
}
