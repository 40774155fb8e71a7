//! What the graph as a whole gets wrong: nodes that nobody reaches, ends where nothing waits, circles.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{buttons_of, flow_spot, spot};
use crate::{
    bot::{Bot, Complaint, Flow, Node, Severity},
    node::Work,
    value::as_whole,
};

/// Finds them. `data` gives a node's data by the positions of flow and node.
pub(super) fn check(bot: &Bot, data: &dyn Fn(usize, usize) -> Value, complaints: &mut Vec<Complaint>) {
    let targets = targets(bot, data);
    let reached = reached(bot, data);
    for flow in &bot.flows {
        reach(flow, &targets, complaints);
        ends(flow, complaints);
        circles(bot, flow, complaints);
        let is_reached =
            |nodes: &HashSet<(i64, i64)>| flow.nodes.iter().any(|node| nodes.contains(&(flow.id, node.id)));
        if reached.as_ref().is_some_and(|nodes| !is_reached(nodes)) {
            complaints.push(Complaint::new(
                Severity::Note,
                "flow-not-linked",
                flow_spot(flow),
                "시작 플로우에서 이 플로우로 이어지는 길이 없어요. 상담원이나 API로만 시작할 수 있어요.",
                "No way leads from the entry flow to this flow; only an agent or the API can start it.",
            ));
        }
    }
    if let Some(reached) = &reached {
        calm(reached, complaints);
    }
}

/// What cannot happen stops nobody from publishing.
fn calm(reached: &HashSet<(i64, i64)>, complaints: &mut [Complaint]) {
    for complaint in complaints.iter_mut().filter(|complaint| complaint.severity == Severity::Error) {
        let id = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        if let (Some(flow), Some(node)) = (id(&complaint.spot.flow), id(&complaint.spot.node))
            && !reached.contains(&(flow, node))
        {
            complaint.severity = Severity::Warning;
        }
    }
}

/// All nodes to which a way leads from the entry and fallback flows. `None` where a template decides somewhere on the way.
fn reached(bot: &Bot, data: &dyn Fn(usize, usize) -> Value) -> Option<HashSet<(i64, i64)>> {
    let preference = &bot.preference;
    let entry = |flow: i64| bot.flow(flow).map(|found| (flow, found.entry));
    let mut todo: Vec<(i64, i64)> =
        entry(preference.entry_flow).into_iter().chain(preference.fallback_flow.and_then(entry)).collect();
    let mut positions = HashMap::new();
    for (flow_at, flow) in bot.flows.iter().enumerate() {
        positions.extend(
            flow.nodes.iter().enumerate().map(|(node_at, node)| ((flow.id, node.id), (flow_at, node_at))),
        );
    }
    let mut seen: HashSet<(i64, i64)> = todo.iter().copied().collect();
    while let Some((flow, node)) = todo.pop() {
        let Some(&(flow_at, node_at)) = positions.get(&(flow, node)) else { continue };
        let found = &bot.flows[flow_at].nodes[node_at];
        let mut next: Vec<(i64, i64)> = found.edges.iter().map(|edge| (flow, edge.to)).collect();
        let mut go = |to: Option<(i64, Option<i64>)>| match to {
            Some((flow, Some(node))) => next.push((flow, node)),
            Some((flow, None)) => next.extend(entry(flow)),
            None => {}
        };
        if let Work::Flow(link) = &found.work {
            if link.is_template() {
                return None;
            }
            go(link.target());
        }
        for (_, button) in buttons_of(&data(flow_at, node_at)) {
            let id = |key: &str| button.get(key).and_then(as_whole);
            if button.get("flowId").and_then(Value::as_str).is_some_and(|text| text.contains("{{")) {
                return None;
            }
            go(id("flowId").map(|flow| (flow, id("nodeId"))));
        }
        todo.extend(next.into_iter().filter(|place| seen.insert(*place)));
    }
    Some(seen)
}

/// What links and buttons lead to.
struct Targets {
    nodes: HashSet<(i64, i64)>,
}

fn targets(bot: &Bot, data: &dyn Fn(usize, usize) -> Value) -> Targets {
    let mut targets = Targets { nodes: HashSet::new() };
    for (flow_at, flow) in bot.flows.iter().enumerate() {
        for (node_at, node) in flow.nodes.iter().enumerate() {
            if let Work::Flow(link) = &node.work {
                targets.add(link.target());
            }
            for (_, button) in buttons_of(&data(flow_at, node_at)) {
                let id = |key: &str| button.get(key).and_then(as_whole);
                targets.add(id("flowId").map(|flow| (flow, id("nodeId"))));
            }
        }
    }
    targets
}

impl Targets {
    fn add(&mut self, target: Option<(i64, Option<i64>)>) {
        if let Some((flow, node)) = target {
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

/// Nodes from which a turn can only run in a circle, through other flows too: each has one edge without a condition, or
/// leads to a flow, and none waits.
fn circles(bot: &Bot, flow: &Flow, complaints: &mut Vec<Complaint>) {
    for start in &flow.nodes {
        let mut here = (flow.id, start);
        let mut seen = HashSet::new();
        let circle = loop {
            if !seen.insert((here.0, here.1.id)) {
                break (here.0, here.1.id) == (flow.id, start.id);
            }
            match onward(bot, here) {
                Some(next) => here = next,
                None => break false,
            }
        };
        // Told once, at the circle's smallest id.
        if circle && seen.iter().min() == Some(&(flow.id, start.id)) {
            complaints.push(Complaint::new(
                Severity::Error,
                "endless-circle",
                spot(flow, start),
                "입력을 기다리지 않고 계속 도는 연결이에요. 100개 노드를 지나면 오류 메시지가 나가요.",
                "These nodes run in a circle without waiting; after 100 of them the turn fails.",
            ));
        }
    }
}

/// The one node to which a turn goes on from here, where there is no other way and nothing waits.
fn onward<'a>(bot: &'a Bot, (flow, node): (i64, &'a Node)) -> Option<(i64, &'a Node)> {
    match &node.work {
        Work::Keyboard(_) | Work::Manual(_) | Work::Back(_) | Work::BackStack(_) => None,
        Work::Flow(link) => {
            let (to, node) = link.target()?;
            let found = bot.flow(to)?;
            found.node(node.unwrap_or(found.entry)).map(|node| (to, node))
        }
        _ => {
            let [only] = node.edges.as_slice() else { return None };
            if only.condition.is_some() {
                return None;
            }
            bot.node(flow, only.to).map(|node| (flow, node))
        }
    }
}
