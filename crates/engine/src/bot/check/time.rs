//! How long an answer can take: the worst case of each path on which a bot runs without waiting for anyone.
//!
//! A path begins where a turn can begin (a flow's entry, a node behind an input) and ends where the conversation
//! rests. Its time is that of its questions to the world ([`longest_ms`]); everything else takes microseconds, and a
//! `delay` is not waited for inside an answer. Of paths that join only the longer is told. Where a template names the
//! flow, or `back` the position, the path ends: what comes then is told where it begins.

use std::collections::{HashMap, HashSet};

use super::{Complaint, Severity, spot};
use crate::{
    ask::longest_ms,
    bot::{Bot, Flow, Node},
    lang::Said,
    node::{Work, back::Back, backstack::BackStack},
};

/// After so long the end user is told to wait, in milliseconds: Kakao hangs up at 5,000.
pub const WAITING_MS: u64 = 4_200;
/// After so long a turn is given up, in milliseconds: Kakao takes a late answer for a minute.
pub const TURN_MS: u64 = 50_000;
/// How many nodes of a path are named.
const MAX_NAMED: usize = 8;

/// Names the paths that may take too long.
pub(super) fn check(bot: &Bot, complaints: &mut Vec<Complaint>) {
    let graph = Graph::of(bot);
    let order = graph.order();
    let rings = graph.rings(&order);
    graph.circles(&rings, complaints);
    graph.paths(&order, &rings, complaints);
}

/// All nodes of the bot and where a turn can go from each without resting.
struct Graph<'a> {
    bot: &'a Bot,
    nodes: Vec<(&'a Flow, &'a Node)>,
    next: Vec<Vec<usize>>,
    starts: Vec<usize>,
}

impl<'a> Graph<'a> {
    fn of(bot: &'a Bot) -> Self {
        let nodes: Vec<(&Flow, &Node)> =
            bot.flows.iter().flat_map(|flow| flow.nodes.iter().map(move |node| (flow, node))).collect();
        let index: HashMap<(i64, i64), usize> =
            nodes.iter().enumerate().map(|(at, (flow, node))| ((flow.id, node.id), at)).collect();
        let at = |flow: i64, node: i64| index.get(&(flow, node)).copied();
        let entry = |flow: i64| at(flow, bot.flow(flow)?.entry);
        let mut starts: Vec<usize> = bot.flows.iter().filter_map(|flow| at(flow.id, flow.entry)).collect();
        let mut next = Vec::with_capacity(nodes.len());
        for (flow, node) in &nodes {
            let edges = || node.edges.iter().filter_map(|edge| at(flow.id, edge.to)).collect::<Vec<_>>();
            next.push(match &node.work {
                Work::Keyboard(_) | Work::Manual(_) => {
                    starts.extend(edges());
                    Vec::new()
                }
                Work::Flow(link) => match link.target() {
                    Some((flow, Some(node))) => at(flow, node).or_else(|| entry(flow)).into_iter().collect(),
                    Some((flow, None)) => entry(flow).into_iter().collect(),
                    None => Vec::new(),
                },
                Work::Back(Back::Pop(_)) | Work::BackStack(BackStack::Pop(_)) => Vec::new(),
                _ => edges(),
            });
        }
        Self { bot, nodes, next, starts }
    }

    fn cost(&self, at: usize) -> u64 {
        longest_ms(&self.nodes[at].1.kind).unwrap_or(0)
    }

    /// The nodes, each behind those to which it leads, as far as no circle forbids it.
    fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut seen = vec![false; self.nodes.len()];
        for root in 0..self.nodes.len() {
            walk(&self.next, root, &mut seen, &mut order);
        }
        order
    }

    /// The number of the ring to which each node belongs: those from which one comes back to oneself share theirs.
    fn rings(&self, order: &[usize]) -> Vec<usize> {
        let mut before = vec![Vec::new(); self.nodes.len()];
        for (from, targets) in self.next.iter().enumerate() {
            for &to in targets {
                before[to].push(from);
            }
        }
        let mut rings = vec![0; self.nodes.len()];
        let mut seen = vec![false; self.nodes.len()];
        for (ring, &root) in order.iter().rev().enumerate() {
            let mut members = Vec::new();
            walk(&before, root, &mut seen, &mut members);
            for member in members {
                rings[member] = ring;
            }
        }
        rings
    }

    /// Circles that ask the world again and again.
    fn circles(&self, rings: &[usize], complaints: &mut Vec<Complaint>) {
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, &ring) in rings.iter().enumerate() {
            members.entry(ring).or_default().push(at);
        }
        let mut circles: Vec<Vec<usize>> = members
            .into_values()
            .filter(|members| members.len() > 1 || self.next[members[0]].contains(&members[0]))
            .map(|members| members.into_iter().filter(|&at| self.cost(at) > 0).collect::<Vec<_>>())
            .filter(|asking| !asking.is_empty())
            .collect();
        circles.sort();
        for asking in circles {
            let path = self.describe(&asking);
            let (flow, node) = self.nodes[asking[0]];
            complaints.push(Complaint::new(
                Severity::Warning,
                "slow-path",
                spot(flow, node),
                format!(
                    "입력을 기다리지 않고 몇 번이고 되풀이할 수 있어요: {}. 사이에 사용자 입력 요청을 두세요.",
                    path.ko
                ),
                format!("This can repeat without waiting for anyone: {}; put an input between.", path.en),
            ));
        }
    }

    fn paths(&self, order: &[usize], rings: &[usize], complaints: &mut Vec<Complaint>) {
        let mut longest = vec![0_u64; self.nodes.len()];
        let mut then = vec![None; self.nodes.len()];
        for &at in order {
            let best = self.next[at]
                .iter()
                .filter(|&&to| rings[to] != rings[at])
                .max_by_key(|&&to| (longest[to], std::cmp::Reverse(to)));
            longest[at] = self.cost(at) + best.map_or(0, |&to| longest[to]);
            then[at] = best.copied();
        }
        let slow: Vec<usize> = self.starts.iter().copied().filter(|&at| longest[at] > WAITING_MS).collect();
        // A start in the middle of another start's path is told with that one.
        let mut inner = HashSet::new();
        for &start in &slow {
            let mut here = then[start];
            while let Some(at) = here
                && inner.insert(at)
            {
                here = then[at];
            }
        }
        let mut told = HashSet::new();
        for start in slow {
            if inner.contains(&start) || !told.insert(start) {
                continue;
            }
            let path: Vec<usize> =
                std::iter::successors(Some(start), |&at| then[at]).filter(|&at| self.cost(at) > 0).collect();
            self.slow(start, &path, longest[start], complaints);
        }
    }

    fn slow(&self, start: usize, path: &[usize], total_ms: u64, complaints: &mut Vec<Complaint>) {
        let described = self.describe(path);
        let total = seconds(total_ms);
        let (severity, ko, en) = if total_ms > TURN_MS {
            let most = seconds(TURN_MS);
            (
                Severity::Warning,
                format!("{most}초를 넘기면 오류 메시지가 나가요. 사이에 사용자 입력 요청을 두세요."),
                format!("after {most} s the turn is given up. Put an input between"),
            )
        } else {
            let waiting = seconds(WAITING_MS);
            (
                Severity::Note,
                format!("{waiting}초를 넘기면 기다려 달라는 말이 먼저 나가요."),
                format!("after {waiting} s the end user is told to wait"),
            )
        };
        let (flow, node) = self.nodes[start];
        complaints.push(Complaint::new(
            severity,
            "slow-path",
            spot(flow, node),
            format!("여기서부터는 답이 나오는 데 {total}초까지 걸릴 수 있어요: {}. {ko}", described.ko),
            format!("From here an answer can take {total} s: {}; {en}.", described.en),
        ));
    }

    /// `주문 › 배송 조회 10초 → AI 답변 30초`
    fn describe(&self, path: &[usize]) -> Said {
        let mut said = Said::new("", "");
        let mut last = None;
        for (number, &at) in path.iter().take(MAX_NAMED).enumerate() {
            let (flow, node) = self.nodes[at];
            let name = if node.label.trim().is_empty() { node.kind.as_str() } else { node.label.trim() };
            let title =
                self.bot.flow(flow.id).filter(|_| last != Some(flow.id)).map(|flow| flow.title.trim());
            let place = title
                .filter(|title| !title.is_empty())
                .map_or_else(String::new, |title| format!("{title} › "));
            let arrow = if number == 0 { "" } else { " → " };
            let time = seconds(self.cost(at));
            said.ko += &format!("{arrow}{place}{name} {time}초");
            said.en += &format!("{arrow}{place}{name} {time} s");
            last = Some(flow.id);
        }
        if path.len() > MAX_NAMED {
            let more = path.len() - MAX_NAMED;
            said.ko += &format!(" → 그리고 {more}개");
            said.en += &format!(" → and {more} more");
        }
        said
    }
}

/// Visits what can be reached from a root; a node is appended after all that it leads to. No recursion: a flow of
/// thousands of nodes in a row is a deep one.
fn walk(next: &[Vec<usize>], root: usize, seen: &mut [bool], order: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[root], true) {
        return;
    }
    let mut stack = vec![(root, 0)];
    while let Some((at, done)) = stack.last_mut() {
        match next[*at].get(*done) {
            Some(&to) => {
                *done += 1;
                if !std::mem::replace(&mut seen[to], true) {
                    stack.push((to, 0));
                }
            }
            None => {
                order.push(*at);
                stack.pop();
            }
        }
    }
}

/// Milliseconds as people say them: `4.3`, `50`.
fn seconds(ms: u64) -> String {
    let tenths = ms.div_ceil(100);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}
