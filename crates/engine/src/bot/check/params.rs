//! Params that are read and that nothing in the bot sets: most often a name that was mistyped.
//!
//! Channels and the API can bring params too, so this is a note. A script sets what its source names.

use std::collections::{BTreeMap, HashSet};

use super::{Complaint, Severity, Spot, raw_node, spot};
use crate::{
    bot::{Bot, BotFile},
    condition::Condition,
    json::Json,
    node::{TYPES, Work, params::Params},
    template::Template,
};

/// Keys of the context that are no params (spec bot.md, "Context").
const CONTEXT: [&str; 12] = [
    "botId",
    "bot",
    "endUserId",
    "conversationId",
    "platform",
    "userKey",
    "params",
    "message",
    "error",
    "navigation",
    "kakao",
    "parameter",
];

/// Looks at the whole bot.
pub(super) fn check(bot: &Bot, file: &BotFile, complaints: &mut Vec<Complaint>) {
    let mut set = HashSet::new();
    let mut scripts = String::new();
    let mut read: BTreeMap<String, (Spot, usize)> = BTreeMap::new();
    for (flow_at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate() {
            let Some(raw) = raw_node(file, flow_at, node_at) else { continue };
            if let Work::Params(Params::Set(entries)) = &node.work {
                if entries.iter().any(|entry| entry.key.contains("{{")) {
                    // A template decides the name; any may be meant.
                    return;
                }
                set.extend(entries.iter().map(|entry| entry.key.clone()));
            }
            if node.kind == "sandbox"
                && let Some(script) = raw.get("data").and_then(|data| data.get("script")?.as_str())
            {
                scripts.push_str(script);
                scripts.push('\n');
            }
            let place = spot(flow, node);
            let mut note = |name: String, field: String| {
                read.entry(name).or_insert_with(|| (place.field(field), 0)).1 += 1;
            };
            if let Some(data) = raw.get("data") {
                texts(data, "data", node.kind == "sandbox", &mut note);
            }
            for (at, edge) in node.edges.iter().enumerate() {
                let field = format!("next[{at}].where");
                edge.condition.iter().for_each(|condition| tested(condition, &field, &mut note));
            }
            if let Some(next) = raw.get("next") {
                texts(next, "next", false, &mut note);
            }
        }
    }
    for (name, (spot, times)) in read {
        if set.contains(&name) || scripts.contains(name.as_str()) {
            continue;
        }
        let more = times - 1;
        let (ko, en) = if more > 0 {
            (format!(" (다른 곳 {more}군데에서도 써요)"), format!(" (used in {more} more places)"))
        } else {
            (String::new(), String::new())
        };
        complaints.push(Complaint::new(
            Severity::Note,
            "unknown-param",
            spot,
            format!("파라미터 '{name}'을(를) 정하는 곳이 이 봇에 없어요{ko}. 이름을 확인해 주세요."),
            format!("Nothing in this bot sets the param '{name}'{en}; check its name."),
        ));
    }
}

/// The params that the templates in a part of the file read.
fn texts(json: &Json, field: &str, is_sandbox: bool, note: &mut dyn FnMut(String, String)) {
    match json {
        // A script's source is no template.
        Json::String(_) if is_sandbox && field == "data.script" => {}
        Json::String(text) if text.contains("{{") => {
            let Ok(template) = Template::parse(text) else { return };
            for name in template.names() {
                if let Some(param) = param(&name) {
                    note(param, field.to_owned());
                }
            }
        }
        Json::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                texts(item, &format!("{field}[{at}]"), is_sandbox, note);
            }
        }
        Json::Object(entries) => {
            for (key, item) in entries {
                texts(item, &format!("{field}.{key}"), is_sandbox, note);
            }
        }
        _ => {}
    }
}

/// The params that a condition reads.
fn tested(condition: &Condition, field: &str, note: &mut dyn FnMut(String, String)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                tested(part, field, note);
            }
        }
        Condition::Test { path, .. } => {
            let names = (path.first().to_owned(), path.second().map(str::to_owned));
            if let Some(param) = param(&names) {
                note(param, field.to_owned());
            }
        }
        Condition::Unknown => {}
    }
}

/// The param that a path of these first parts means, if it means one.
fn param((first, second): &(String, Option<String>)) -> Option<String> {
    if first == "params" {
        return second.clone();
    }
    let is_context = CONTEXT.contains(&first.as_str()) || TYPES.contains(&first.as_str());
    (!is_context && !first.is_empty()).then(|| first.clone())
}
