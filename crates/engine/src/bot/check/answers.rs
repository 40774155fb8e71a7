//! What a turn says on its way: nothing at all, or more than the channel takes in one answer.
//!
//! A turn begins where something can be heard: at the entry and fallback flows, behind an input, and where buttons lead. It
//! ends where the conversation rests.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::{Complaint, Limits, Severity, buttons_of, paths::Graph, spot};
use crate::{
    bot::{Bot, Node},
    lang::Said,
    message::Message,
    node::{Work, asking::Kind, keyboard},
    value::as_whole,
};

/// How many nodes of a path are named.
const MAX_NAMED: usize = 8;

/// Looks at all answers. `data` gives a node's data by the positions of flow and node.
pub(super) fn check(
    bot: &Bot,
    data: &dyn Fn(usize, usize) -> Value,
    limits: &Limits,
    complaints: &mut Vec<Complaint>,
) {
    let graph = Graph::of(bot);
    let mut datas = Vec::with_capacity(graph.nodes.len());
    for (flow_at, flow) in bot.flows.iter().enumerate() {
        datas.extend((0..flow.nodes.len()).map(|node_at| data(flow_at, node_at)));
    }
    let starts = starts(&graph, &datas);
    silent(&graph, &starts, &datas, complaints);
    let Some((most, bytes)) = limits.answer else { return };
    let messages: Vec<Option<Message>> =
        graph.nodes.iter().zip(&datas).map(|((_, node), data)| message(node, data)).collect();
    let weights: Vec<(usize, usize)> = messages
        .iter()
        .zip(&graph.nodes)
        .map(|(message, (_, node))| match message {
            Some(message) => (limits.weigh)(std::slice::from_ref(message)),
            // What a model says is a text of one bubble as a rule.
            None if generates(node) => (1, 0),
            None => (0, 0),
        })
        .collect();
    let order = graph.order();
    let rings = graph.rings(&order);
    let look = Look { graph: &graph, messages: &messages, limits };
    let bubbles = |at: usize| weights[at].0 as u64;
    for (path, _) in graph.heaviest((&order, &rings), &starts, &bubbles, most as u64) {
        look.many(&path, most, complaints);
    }
    let size = |at: usize| weights[at].1 as u64;
    for (path, _) in graph.heaviest((&order, &rings), &starts, &size, bytes as u64) {
        look.large(&path, bytes, complaints);
    }
}

/// Where turns begin.
fn starts(graph: &Graph<'_>, datas: &[Value]) -> Vec<usize> {
    let bot = graph.bot;
    let index: HashMap<(i64, i64), usize> =
        graph.nodes.iter().enumerate().map(|(at, (flow, node))| ((flow.id, node.id), at)).collect();
    let entry = |flow: i64| bot.flow(flow).and_then(|it| index.get(&(flow, it.entry)).copied());
    let preference = &bot.preference;
    let mut starts: Vec<usize> =
        entry(preference.entry_flow).into_iter().chain(preference.fallback_flow.and_then(entry)).collect();
    for ((flow, node), data) in graph.nodes.iter().zip(datas) {
        if matches!(node.work, Work::Keyboard(_) | Work::Manual(_)) {
            starts.extend(node.edges.iter().filter_map(|edge| index.get(&(flow.id, edge.to)).copied()));
        }
        for (_, button) in buttons_of(data) {
            let id = |key: &str| button.get(key).and_then(as_whole);
            starts.extend(match (id("flowId"), id("nodeId")) {
                (Some(flow), Some(node)) => index.get(&(flow, node)).copied(),
                (Some(flow), None) => entry(flow),
                (None, _) => None,
            });
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The message of a node that always says the same.
fn message(node: &Node, data: &Value) -> Option<Message> {
    match &node.work {
        Work::Response(_) => Message::from_value(data.get("message")?).ok().flatten(),
        _ => None,
    }
}

fn generates(node: &Node) -> bool {
    matches!(&node.work, Work::Asking(asking) if matches!(asking.kind, Kind::Chitchat | Kind::Llm))
}

/// May this node say something?
fn speaks(node: &Node, data: &Value) -> bool {
    match &node.work {
        Work::Response(_) => !matches!(data.get("message").map(Message::from_value), Some(Ok(None))),
        Work::Keyboard(keyboard) => keyboard.kind == keyboard::Kind::Buttons,
        Work::Manual(_) | Work::Back(_) | Work::BackStack(_) | Work::Unknown => true,
        Work::Flow(link) => link.target().is_none(),
        Work::Asking(asking) => matches!(asking.kind, Kind::Chitchat | Kind::Llm | Kind::Sandbox),
        Work::Entry | Work::Params(_) => false,
    }
}

/// Nodes at which a conversation can come to rest without a word.
fn silent(graph: &Graph<'_>, starts: &[usize], datas: &[Value], complaints: &mut Vec<Complaint>) {
    let mut seen = vec![false; graph.nodes.len()];
    let mut todo: VecDeque<usize> = starts.iter().copied().collect();
    let mut found = Vec::new();
    while let Some(at) = todo.pop_front() {
        let (_, node) = graph.nodes[at];
        if std::mem::replace(&mut seen[at], true) || speaks(node, &datas[at]) {
            continue;
        }
        // A link to nowhere fails; that is told elsewhere.
        if graph.next[at].is_empty() && !matches!(node.work, Work::Flow(_)) {
            found.push(at);
        }
        todo.extend(graph.next[at].iter().copied());
    }
    found.sort_unstable();
    for at in found {
        let (flow, node) = graph.nodes[at];
        complaints.push(Complaint::new(
            Severity::Note,
            "silent-answer",
            spot(flow, node),
            "아무 말도 하지 않고 여기까지 올 수 있어요. 그때는 ‘빈 메시지’ 시스템 메시지가 나가요.",
            "A turn can come here without saying anything; the system message for empty answers is sent then.",
        ));
    }
}

struct Look<'a> {
    graph: &'a Graph<'a>,
    messages: &'a [Option<Message>],
    limits: &'a Limits,
}

impl Look<'_> {
    /// What the channel makes of all that is said on a path: neighbouring texts may be joined there.
    fn weigh(&self, path: &[usize]) -> (usize, usize) {
        let said: Vec<Message> = path.iter().filter_map(|&at| self.messages[at].clone()).collect();
        let generated = path.iter().filter(|&&at| generates(self.graph.nodes[at].1)).count();
        let (bubbles, bytes) = (self.limits.weigh)(&said);
        (bubbles + generated, bytes)
    }

    fn many(&self, path: &[usize], most: usize, complaints: &mut Vec<Complaint>) {
        let (bubbles, _) = self.weigh(path);
        if bubbles <= most {
            return;
        }
        let named = self.describe(path);
        let (ko, en) = self.limits.channel;
        self.tell(
            path,
            "over-bubbles",
            format!(
                "한 번에 말풍선이 {bubbles}개까지 나갈 수 있어요: {}. {ko}에서는 {most}개까지 보이고 나머지는 ‘더보기’를 눌러야 보여요.",
                named.ko
            ),
            format!(
                "One answer can have {bubbles} bubbles: {}. {en} shows {most}; the rest wait behind “더보기”.",
                named.en
            ),
            complaints,
        );
    }

    fn large(&self, path: &[usize], most: usize, complaints: &mut Vec<Complaint>) {
        let (_, bytes) = self.weigh(path);
        if bytes <= most {
            return;
        }
        let named = self.describe(path);
        let (ko, en) = self.limits.channel;
        let (size, limit) = (bytes.div_ceil(1_024), most / 1_024);
        self.tell(
            path,
            "over-bytes",
            format!(
                "한 번의 답이 {size}KB까지 커질 수 있어요: {}. {ko}은 {limit}KB까지 받아서 나머지는 ‘더보기’를 눌러야 보여요.",
                named.ko
            ),
            format!(
                "One answer can have {size} KB: {}. {en} takes {limit} KB; the rest waits behind “더보기”.",
                named.en
            ),
            complaints,
        );
    }

    fn tell(
        &self,
        path: &[usize],
        code: &'static str,
        ko: String,
        en: String,
        complaints: &mut Vec<Complaint>,
    ) {
        // Told where the first of the messages is said.
        let at = path.iter().copied().find(|&at| self.messages[at].is_some()).unwrap_or(path[0]);
        let (flow, node) = self.graph.nodes[at];
        let complaint = Complaint::new(Severity::Note, code, spot(flow, node), ko, en);
        complaints.push(complaint.of_channel(self.limits.platform));
    }

    /// `인사 → 메뉴 → 안내`
    fn describe(&self, path: &[usize]) -> Said {
        let speaking: Vec<usize> = path
            .iter()
            .copied()
            .filter(|&at| self.messages[at].is_some() || generates(self.graph.nodes[at].1))
            .collect();
        let names: Vec<String> = speaking
            .iter()
            .take(MAX_NAMED)
            .map(|&at| {
                let node = self.graph.nodes[at].1;
                let label = node.label.trim();
                if label.is_empty() { format!("{} {}", node.kind, node.id) } else { label.to_owned() }
            })
            .collect();
        let mut said = Said::new(names.join(" → "), names.join(" → "));
        if speaking.len() > MAX_NAMED {
            let more = speaking.len() - MAX_NAMED;
            said.ko += &format!(" → 그리고 {more}개");
            said.en += &format!(" → and {more} more");
        }
        said
    }
}
