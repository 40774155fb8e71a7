//! From the lossless tree to the bot that runs. Reads leniently: what is missing gets its default, what is unknown
//! is passed by; `bot/file.rs` has told about both.

use std::collections::HashMap;

use super::{Bot, Edge, Flow, Node, Preference, SessionBehavior, SystemMessages, Text, file, whole_number};
use crate::{condition::Condition, json::Json, node};

pub(super) fn bot(json: &Json) -> Bot {
    let flows: Vec<Flow> = list(json.get("flows")).iter().filter_map(flow).collect();
    let index = flows.iter().enumerate().map(|(at, flow)| (flow.id, at)).collect::<HashMap<_, _>>();
    let preference = preference(json.get("preference"), &index);
    Bot { title: text(json, "title"), description: text(json, "description"), flows, preference, index }
}

fn flow(json: &Json) -> Option<Flow> {
    let nodes: Vec<Node> = list(json.get("nodes")).iter().filter_map(node).collect();
    // Old files name no entry or a wrong one: the node of type `entry` is the entry (spec bot.md, "The file").
    let named = json.get("data").and_then(|data| data.get("entry")).and_then(whole_number);
    let is_entry = |node: &&Node| node.kind == "entry";
    let entry = nodes
        .iter()
        .find(|node| is_entry(node) && Some(node.id) == named)
        .or_else(|| nodes.iter().find(is_entry))?
        .id;
    let index = nodes.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
    Some(Flow { id: json.get("id").and_then(whole_number)?, title: text(json, "title"), nodes, entry, index })
}

fn node(json: &Json) -> Option<Node> {
    let kind = text(json, "type");
    let data = json.get("data").map(Json::to_value).unwrap_or_default();
    Some(Node {
        id: json.get("id").and_then(whole_number)?,
        label: text(json, "label"),
        work: node::compile(&kind, &data),
        kind,
        edges: list(json.get("next")).iter().filter_map(edge).collect(),
    })
}

fn edge(json: &Json) -> Option<Edge> {
    Some(Edge {
        to: json.get("nodeId").and_then(whole_number)?,
        condition: json
            .get("where")
            .filter(|condition| **condition != Json::Null)
            .and_then(Condition::compile),
        priority: json.get("priority").and_then(whole_number).unwrap_or(0),
    })
}

fn preference(json: Option<&Json>, flows: &HashMap<i64, usize>) -> Preference {
    let get = |key: &str| json.and_then(|json| json.get(key));
    let system = get("systemMessage");
    let behavior = get("sessionBehavior");
    let said = |key: &str, default: &str| {
        Text::new(system.and_then(|system| system.get(key)).and_then(Json::as_str).unwrap_or(default))
    };
    let on =
        |key: &str| behavior.and_then(|behavior| behavior.get(key)).and_then(Json::as_bool).unwrap_or(true);
    Preference {
        entry_flow: get("entryFlowId").and_then(whole_number).unwrap_or_default(),
        fallback_flow: get("fallbackFlowId").and_then(whole_number).filter(|id| flows.contains_key(id)),
        system_message: SystemMessages {
            empty: said("empty", file::default_system_message("empty")),
            error: said("error", file::default_system_message("error")),
            additional_choice: said("additionalChoice", file::default_system_message("additionalChoice")),
            unsupported_media: said("unsupportedMedia", file::default_system_message("unsupportedMedia")),
            more: said("more", "더보기"),
            waiting: said("waiting", crate::turn::WAITING),
            waiting_button: said("waitingButton", crate::turn::WAITING_BUTTON),
        },
        session_behavior: SessionBehavior {
            restore_navigation: on("restoreNavigation"),
            welcome_on_session_start: on("welcomeOnSessionStart"),
            welcome_on_message_without_session: on("welcomeOnMessageWithoutSession"),
        },
    }
}

fn list(json: Option<&Json>) -> &[Json] {
    json.and_then(Json::as_array).unwrap_or_default()
}

fn text(json: &Json, key: &str) -> String {
    json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}
