//! What the graph as a whole gets wrong: nodes that nobody reaches, ends where nothing waits, circles.

use std::collections::HashSet;

use serde_json::Value;

use super::{buttons_of, flow_spot, spot};
use crate::{
    bot::{Bot, Complaint, Flow, Severity},
    node::Work,
    value::as_whole,
};

/// Finds them. `data` gives a node's data by the positions of flow and node.
pub(super) fn check(bot: &Bot, data: &dyn Fn(usize, usize) -> Value, complaints: &mut Vec<Complaint>) {
    let targets = targets(bot, data);
    for flow in &bot.flows {
        reach(flow, &targets, complaints);
        ends(flow, complaints);
        circles(flow, complaints);
        let is_system = flow.id == bot.preference.entry_flow || Some(flow.id) == bot.preference.fallback_flow;
        if !is_system && !targets.dynamic && !targets.flows.contains(&flow.id) {
            complaints.push(Complaint::new(
                Severity::Note,
                "flow-not-linked",
                flow_spot(flow),
                "이 플로우로 이어지는 연결이 없어요. 상담원이나 API로만 시작할 수 있어요.",
                "Nothing in the bot leads to this flow; only an agent or the API can start it.",
            ));
        }
    }
}

/// What links and buttons lead to.
struct Targets {
    flows: HashSet<i64>,
    nodes: HashSet<(i64, i64)>,
    /// A template decides somewhere; then any flow may be meant.
    dynamic: bool,
}

fn targets(bot: &Bot, data: &dyn Fn(usize, usize) -> Value) -> Targets {
    let mut targets = Targets { flows: HashSet::new(), nodes: HashSet::new(), dynamic: false };
    for (flow_at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate() {
            if let Work::Flow(link) = &node.work {
                targets.dynamic |= link.is_template();
                targets.add(link.target());
            }
            for (_, button) in buttons_of(&data(flow_at, node_at)) {
                let id = |key: &str| button.get(key).and_then(as_whole);
                targets.dynamic |=
                    button.get("flowId").and_then(Value::as_str).is_some_and(|text| text.contains("{{"));
                targets.add(id("flowId").map(|flow| (flow, id("nodeId"))));
            }
        }
    }
    targets
}

impl Targets {
    fn add(&mut self, target: Option<(i64, Option<i64>)>) {
        if let Some((flow, node)) = target {
            self.flows.insert(flow);
            self.nodes.extend(node.map(|node| (flow, node)));
        }
    }
}

fn reach(flow: &Flow, targets: &Targets, complaints: &mut Vec<Complaint>) {
    let named = targets.nodes.iter().filter(|(id, _)| *id == flow.id).map(|(_, node)| *node);
    let mut todo: Vec<i64> = std::iter::once(flow.entry).chain(named).collect();
    let mut seen: HashSet<i64> = todo.iter().copied().collect();
    while let Some(id) = todo.pop() {
        for edge in flow.node(id).map_or(&[][..], |node| &node.edges) {
            if seen.insert(edge.to) {
                todo.push(edge.to);
            }
        }
    }
    for node in flow.nodes.iter().filter(|node| !seen.contains(&node.id)) {
        complaints.push(Complaint::new(
            Severity::Warning,
            "unreachable",
            spot(flow, node),
            "이 노드로 이어지는 연결이 없어요.",
            "Nothing leads to this node.",
        ));
    }
}

fn ends(flow: &Flow, complaints: &mut Vec<Complaint>) {
    for node in flow.nodes.iter().filter(|node| node.edges.is_empty()) {
        let (code, severity, ko, en) = match &node.work {
            Work::Keyboard(_) => (
                "input-leads-nowhere",
                Severity::Warning,
                "입력을 받은 뒤에 갈 곳이 없어요. 어떤 입력이든 폴백 플로우로 가요.",
                "Nothing follows this input: whatever is said leads to the fallback flow.",
            ),
            // These go somewhere by themselves.
            Work::Flow(_) | Work::Back(_) | Work::BackStack(_) | Work::Manual(_) => continue,
            _ => (
                "dead-end",
                Severity::Note,
                "여기서 흐름이 끝나요. 다음 메시지는 폴백 플로우로 가요.",
                "The scenario ends here; the next message leads to the fallback flow.",
            ),
        };
        complaints.push(Complaint::new(severity, code, spot(flow, node), ko, en));
    }
}

/// Nodes from which a turn can only run in a circle: each has an edge without condition as its best, and none waits.
fn circles(flow: &Flow, complaints: &mut Vec<Complaint>) {
    for start in &flow.nodes {
        let mut here = start;
        let mut seen = HashSet::new();
        let circle = loop {
            let waits = matches!(
                here.work,
                Work::Keyboard(_) | Work::Manual(_) | Work::Flow(_) | Work::Back(_) | Work::BackStack(_)
            );
            if waits {
                break false;
            }
            if !seen.insert(here.id) {
                break here.id == start.id;
            }
            let [only] = here.edges.as_slice() else { break false };
            match flow.node(only.to) {
                Some(next) if only.condition.is_none() => here = next,
                _ => break false,
            }
        };
        // Told once, at the circle's smallest id.
        if circle && seen.iter().min() == Some(&start.id) {
            complaints.push(Complaint::new(
                Severity::Warning,
                "endless-circle",
                spot(flow, start),
                "입력을 기다리지 않고 계속 도는 연결이에요. 100개 노드를 지나면 오류 메시지가 나가요.",
                "These nodes run in a circle without waiting; after 100 of them the turn fails.",
            ));
        }
    }
}
