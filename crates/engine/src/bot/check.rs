//! The linter: what will not work as its author means, before a customer finds it.
//!
//! Reading a file refuses what breaks the graph; this tells the rest. It runs nothing: templates are only parsed, and
//! conditions are only compared with the labels of the buttons above them. Notes are facts that may be meant; errors are
//! places where a turn can only fail, and no bot is published with one that can be reached.

mod answers;
mod failure;
mod fallback;
mod fields;
mod graph;
mod limits;
mod params;
mod paths;
mod secrets;
mod time;
mod words;

pub use limits::{Limits, Then};
use serde_json::{Value, json};

use super::{Bot, BotFile, Complaint, Flow, Node, Severity, Spot};
use crate::{
    condition::Condition,
    context::Context,
    edge,
    json::Json,
    lang::Lang,
    node::{Work, keyboard},
    template::{Env, TemplateError},
};

/// Checks a file for a channel with these limits.
pub fn check(file: &BotFile, limits: &Limits) -> Vec<Complaint> {
    let bot = Bot::compile(file);
    let mut linter = Linter { bot: &bot, complaints: Vec::new() };
    linter.system_messages();
    for (at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate() {
            let data = raw_data(file, at, node_at);
            linter.node(flow, node, &data);
            let spot = spot(flow, node);
            words::check(node, &data, &spot, &mut linter.complaints);
            limits.check(&data, &node.kind, &spot, &mut linter.complaints);
            fields::check(&node.kind, &data, &spot, &mut linter.complaints);
            if let Some(raw) = raw_node(file, at, node_at) {
                doubles(node, raw, &spot, &mut linter.complaints);
                secrets::check(&node.kind, raw, &spot, &mut linter.complaints);
            }
            failure::check(node, &spot, &mut linter.complaints);
        }
    }
    if let Some(system) = file.json().get("preference").and_then(|preference| preference.get("systemMessage"))
    {
        secrets::check_messages(system, &mut linter.complaints);
        words::check_system(system, &mut linter.complaints);
    }
    let data = |flow, node| raw_data(file, flow, node);
    params::check(&bot, file, &mut linter.complaints);
    fallback::check(&bot, &data, &mut linter.complaints);
    answers::check(&bot, &data, limits, &mut linter.complaints);
    time::check(&bot, &mut linter.complaints);
    graph::check(&bot, &data, &mut linter.complaints);
    linter.complaints
}

/// What one more channel does not show as it is written, and nothing else.
pub fn check_limits(file: &BotFile, limits: &Limits) -> Vec<Complaint> {
    let bot = Bot::compile(file);
    let mut complaints = Vec::new();
    for (at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate() {
            limits.check(&raw_data(file, at, node_at), &node.kind, &spot(flow, node), &mut complaints);
        }
    }
    complaints
}

/// Edges that ask the same as one that ranks before them.
fn doubles(node: &Node, raw: &Json, spot: &Spot, complaints: &mut Vec<Complaint>) {
    let edges = raw.get("next").and_then(Json::as_array).unwrap_or_default();
    let mut before: Vec<(usize, &Json)> = Vec::new();
    for at in edge::ranked(&node.edges) {
        let asked = edges.get(at).and_then(|edge| edge.get("where"));
        let Some(asked) = asked.filter(|_| node.edges[at].condition.is_some()) else { continue };
        if let Some((winner, _)) = before.iter().find(|(_, other)| *other == asked) {
            complaints.push(Complaint::new(
                Severity::Warning,
                "edge-never-wins",
                spot.field(format!("next[{at}]")),
                format!("이 연결은 선택될 수 없어요. 조건이 같고 앞서는 연결(next[{winner}])이 있어요."),
                format!(
                    "This edge can never be taken: next[{winner}] has the same condition and comes first."
                ),
            ));
        }
        before.push((at, asked));
    }
}

/// All scripts of a bot, each with its place: whether they run is for those to tell who have a JavaScript engine.
pub fn scripts(file: &BotFile) -> Vec<(Spot, String)> {
    let bot = Bot::compile(file);
    let mut scripts = Vec::new();
    for (at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate().filter(|(_, node)| node.kind == "sandbox") {
            let script = raw_node(file, at, node_at)
                .and_then(|node| node.get("data")?.get("script")?.as_str())
                .unwrap_or_default();
            scripts.push((spot(flow, node).field("data.script"), script.to_owned()));
        }
    }
    scripts
}

/// Where a node is.
fn spot(flow: &Flow, node: &Node) -> Spot {
    Spot { node: Some(node.id.to_string()), node_label: Some(node.label.clone()), ..flow_spot(flow) }
}

fn flow_spot(flow: &Flow) -> Spot {
    Spot { flow: Some(flow.id.to_string()), flow_title: Some(flow.title.clone()), ..Spot::default() }
}

/// A node as the file has it. Flows and nodes of the compiled bot stand in file order.
fn raw_node(file: &BotFile, flow: usize, node: usize) -> Option<&Json> {
    let flow = file.json().get("flows")?.as_array()?.get(flow)?;
    flow.get("nodes")?.as_array()?.get(node)
}

/// A node's data as the file has it.
fn raw_data(file: &BotFile, flow: usize, node: usize) -> Value {
    raw_node(file, flow, node).and_then(|node| node.get("data").map(Json::to_value)).unwrap_or_default()
}

/// All buttons in a node's data, each with the field it stands in.
fn buttons_of(data: &Value) -> Vec<(String, Value)> {
    fn walk(value: &Value, field: &str, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(map) => {
                for (key, part) in map {
                    let field = format!("{field}.{key}");
                    match (key.as_str(), part) {
                        ("buttons", Value::Array(items)) => {
                            found.extend(
                                items
                                    .iter()
                                    .enumerate()
                                    .map(|(at, item)| (format!("{field}[{at}]"), item.clone())),
                            );
                        }
                        _ => walk(part, &field, found),
                    }
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    walk(item, &format!("{field}[{at}]"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(data, "data", &mut found);
    found
}

struct Linter<'a> {
    bot: &'a Bot,
    complaints: Vec<Complaint>,
}

impl Linter<'_> {
    fn warn(&mut self, code: &'static str, spot: Spot, ko: impl Into<String>, en: impl Into<String>) {
        self.complaints.push(Complaint::new(Severity::Warning, code, spot, ko, en));
    }

    fn fail(&mut self, code: &'static str, spot: Spot, ko: impl Into<String>, en: impl Into<String>) {
        self.complaints.push(Complaint::new(Severity::Error, code, spot, ko, en));
    }

    fn template(&mut self, spot: Spot, error: &TemplateError) {
        self.fail(
            "template-error",
            spot,
            format!("{} 이 노드에 오면 오류 메시지가 나가요.", error.message(Lang::Ko)),
            format!("{} A turn that comes here ends with the error message.", error.message(Lang::En)),
        );
    }

    fn system_messages(&mut self) {
        let bot = self.bot;
        let system = &bot.preference.system_message;
        let texts = [
            ("empty", &system.empty),
            ("error", &system.error),
            ("additionalChoice", &system.additional_choice),
            ("unsupportedMedia", &system.unsupported_media),
            ("more", &system.more),
            ("waiting", &system.waiting),
            ("waitingButton", &system.waiting_button),
        ];
        for (name, text) in texts {
            if let Err(error) = &text.template {
                self.template(Spot::default().field(format!("preference.systemMessage.{name}")), error);
            }
        }
        if bot.preference.fallback_flow.is_none() {
            self.warn(
                "no-fallback-flow",
                Spot::default().field("preference.fallbackFlowId"),
                "폴백 플로우가 없어요. 알아듣지 못한 말에는 시작 플로우가 다시 나와요.",
                "There is no fallback flow; what is not understood starts the entry flow again.",
            );
        }
    }

    fn node(&mut self, flow: &Flow, node: &Node, data: &Value) {
        let spot = spot(flow, node);
        for (field, error) in node.work.template_errors() {
            self.template(spot.field(field), &error);
        }
        self.edges(node, &spot);
        self.buttons(node, data, &spot);
        if let Work::Flow(link) = &node.work {
            let missing = match link.target() {
                Some((flow, _)) if self.bot.flow(flow).is_none() => Some(("data.flowId", flow)),
                Some((flow, Some(node))) if self.bot.node(flow, node).is_none() => {
                    Some(("data.nodeId", node))
                }
                _ => None,
            };
            if let Some((field, id)) = missing {
                self.fail(
                    "missing-flow",
                    spot.field(field),
                    format!("연결할 곳({id})이 없어요. 이 노드에 오면 오류 메시지가 나가요."),
                    format!("There is nothing with the id {id} to go to; a turn that comes here fails."),
                );
            }
        }
        if let Work::Params(crate::node::params::Params::Set(entries)) = &node.work {
            for (at, entry) in entries.iter().enumerate() {
                if !entry.key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':')) {
                    self.warn(
                        "param-key",
                        spot.field(format!("data.set[{at}].key")),
                        format!("파라미터 이름 '{}'에는 글자, 숫자, _ - : 만 쓸 수 있어요.", entry.key),
                        format!("The name '{}' may hold letters, digits, _ - and : only.", entry.key),
                    );
                }
            }
        }
    }

    fn edges(&mut self, node: &Node, spot: &Spot) {
        for (at, edge) in node.edges.iter().enumerate() {
            for fault in edge.condition.iter().flat_map(Condition::faults) {
                let spot = spot.field(format!("next[{at}].where"));
                match fault {
                    Some(error) => self.template(spot, error),
                    None => self.warn(
                        "broken-pattern",
                        spot,
                        "정규식을 읽을 수 없어서 이 조건은 맞지 않아요.",
                        "The regular expression cannot be read; this condition never holds.",
                    ),
                }
            }
        }
        // An edge without a condition always holds: whatever ranks after it is never taken.
        let order = edge::ranked(&node.edges);
        let mut always: Option<usize> = None;
        for at in order {
            match always {
                Some(winner) => self.warn(
                    "edge-never-wins",
                    spot.field(format!("next[{at}]")),
                    format!("이 연결은 선택될 수 없어요. 조건 없이 늘 앞서는 연결(next[{winner}])이 있어요."),
                    format!("This edge can never be taken: next[{winner}] has no condition and always comes first."),
                ),
                None if node.edges[at].condition.is_none() => always = Some(at),
                None => {}
            }
        }
    }

    fn buttons(&mut self, node: &Node, data: &Value, spot: &Spot) {
        for (field, button) in buttons_of(data) {
            let label = button.get("label").and_then(Value::as_str).unwrap_or_default();
            let kind = button.get("type").and_then(Value::as_str).unwrap_or("postback");
            if kind == "goto" && !self.goes_somewhere(&button) {
                self.warn(
                    "goto-missing",
                    spot.field(&field),
                    format!("버튼 '{label}'이(가) 가리키는 플로우나 노드가 없어요. 누르면 폴백 플로우로 가요."),
                    format!("The button '{label}' names no flow or node that is there; a press leads to the fallback flow."),
                );
            }
            if kind == "link"
                && button.get("uri").and_then(Value::as_str).is_none_or(|uri| uri.trim().is_empty())
            {
                self.warn(
                    "link-without-address",
                    spot.field(&field),
                    format!("링크 버튼 '{label}'에 주소가 없어요."),
                    format!("The link button '{label}' has no address."),
                );
            }
            let quick_reply =
                matches!(&node.work, Work::Keyboard(keyboard) if keyboard.kind == keyboard::Kind::Buttons);
            if quick_reply && kind == "postback" && !leads_on(node, label, button.get("payload")) {
                self.complaints.push(Complaint::new(
                    Severity::Note,
                    "button-leads-to-fallback",
                    spot.field(&field),
                    format!("'{label}'을(를) 누르면 맞는 연결이 없어서 폴백 플로우로 가요."),
                    format!("No edge takes '{label}'; a press leads to the fallback flow."),
                ));
            }
        }
    }

    fn goes_somewhere(&self, button: &Value) -> bool {
        let id = |key: &str| button.get(key).and_then(crate::value::as_whole);
        match (id("flowId"), button.get("nodeId").is_some_and(|node| !node.is_null())) {
            (Some(flow), false) => self.bot.flow(flow).is_some(),
            (Some(flow), true) => id("nodeId").is_some_and(|node| self.bot.node(flow, node).is_some()),
            (None, _) => button.get("flowId").and_then(Value::as_str).is_some_and(|text| text.contains("{{")),
        }
    }
}

/// Does an edge take this quick reply? Where a template or another value decides, it may.
fn leads_on(node: &Node, label: &str, payload: Option<&Value>) -> bool {
    if label.contains("{{") {
        return true;
    }
    let mut message = json!({"type": "text", "text": label});
    if let (Some(payload), Some(map)) = (payload, message.as_object_mut()) {
        map.insert("payload".to_owned(), payload.clone());
    }
    let context = Context::from_value(
        json!({"message": message, "params": {}, "keyboard": {"status": "COMPLETED", "value": label}}),
    );
    node.edges.iter().any(|edge| match &edge.condition {
        None => true,
        Some(condition) if reads_only_the_message(condition) => {
            condition.holds(&context, &mut Env::new(0, 1)).unwrap_or(true)
        }
        Some(_) => true,
    })
}

fn reads_only_the_message(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().all(reads_only_the_message),
        Condition::Test { path, .. } => matches!(path.first(), "message" | "keyboard"),
        Condition::Unknown => true,
    }
}
