//! How long an answer can take: the worst case of each path on which a bot runs without waiting for anyone.
//!
//! A path begins where a turn can begin (a flow's entry, a node behind an input) and ends where the conversation
//! rests. Its time is that of its questions to the world ([`longest_ms`]); everything else takes microseconds, and a
//! `delay` is not waited for inside an answer. Of paths that join only the longer is told. Where a template names the
//! flow, or `back` the position, the path ends: what comes then is told where it begins.

use std::collections::HashMap;

use super::{Complaint, Severity, paths::Graph, spot};
use crate::{ask::longest_ms, bot::Bot, lang::Said};

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
    let slow = Slow { graph: &graph };
    slow.circles(&rings, complaints);
    let cost = |at| slow.cost(at);
    for (path, total) in graph.heaviest((&order, &rings), &graph.starts, &cost, WAITING_MS) {
        let asking: Vec<usize> = path.iter().copied().filter(|&at| slow.cost(at) > 0).collect();
        slow.slow(path[0], &asking, total, complaints);
    }
}

struct Slow<'a> {
    graph: &'a Graph<'a>,
}

impl Slow<'_> {
    fn cost(&self, at: usize) -> u64 {
        longest_ms(&self.graph.nodes[at].1.kind).unwrap_or(0)
    }

    /// Circles that ask the world again and again.
    fn circles(&self, rings: &[usize], complaints: &mut Vec<Complaint>) {
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, &ring) in rings.iter().enumerate() {
            members.entry(ring).or_default().push(at);
        }
        let mut circles: Vec<Vec<usize>> = members
            .into_values()
            .filter(|members| members.len() > 1 || self.graph.next[members[0]].contains(&members[0]))
            .map(|members| members.into_iter().filter(|&at| self.cost(at) > 0).collect::<Vec<_>>())
            .filter(|asking| !asking.is_empty())
            .collect();
        circles.sort();
        for asking in circles {
            let path = self.describe(&asking);
            let (flow, node) = self.graph.nodes[asking[0]];
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
        let (flow, node) = self.graph.nodes[start];
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
            let (flow, node) = self.graph.nodes[at];
            let name = if node.label.trim().is_empty() { node.kind.as_str() } else { node.label.trim() };
            let title =
                self.graph.bot.flow(flow.id).filter(|_| last != Some(flow.id)).map(|flow| flow.title.trim());
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

/// Milliseconds as people say them: `4.3`, `50`.
fn seconds(ms: u64) -> String {
    let tenths = ms.div_ceil(100);
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}
