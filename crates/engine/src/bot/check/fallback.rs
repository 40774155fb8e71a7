//! A fallback flow out of which no way leads: whoever lands there hears the same again, whatever they say.

use std::collections::HashSet;

use serde_json::Value;

use super::{Complaint, Severity, buttons_of, flow_spot};
use crate::{
    bot::Bot,
    node::{Work, back::Back, backstack::BackStack},
    value::as_whole,
};

/// Looks at the fallback flow. `data` gives a node's data by the positions of flow and node.
pub(super) fn check(bot: &Bot, data: &dyn Fn(usize, usize) -> Value, complaints: &mut Vec<Complaint>) {
    let Some(id) = bot.preference.fallback_flow else { return };
    if id == bot.preference.entry_flow {
        // Whatever is not understood begins anew.
        return;
    }
    let Some(flow_at) = bot.flows.iter().position(|flow| flow.id == id) else { return };
    let flow = &bot.flows[flow_at];
    let mut todo = vec![flow.entry];
    let mut seen: HashSet<i64> = HashSet::from([flow.entry]);
    while let Some(at) = todo.pop() {
        let Some(node_at) = flow.nodes.iter().position(|node| node.id == at) else { continue };
        let node = &flow.nodes[node_at];
        let leaves = match &node.work {
            Work::Flow(link) => link.target().is_none_or(|(to, _)| to != id),
            Work::Back(Back::Pop(_)) | Work::BackStack(BackStack::Pop(_)) | Work::Manual(_) => true,
            _ => false,
        };
        let goes_elsewhere = buttons_of(&data(flow_at, node_at)).iter().any(|(_, button)| {
            button.get("type").and_then(Value::as_str) == Some("goto")
                && button.get("flowId").is_some_and(|to| as_whole(to) != Some(id))
        });
        if leaves || goes_elsewhere {
            return;
        }
        todo.extend(node.edges.iter().map(|edge| edge.to).filter(|to| seen.insert(*to)));
    }
    complaints.push(Complaint::new(
        Severity::Warning,
        "fallback-loop",
        flow_spot(flow),
        "폴백 플로우에서 나가는 길이 없어요. 여기에 온 고객은 무슨 말을 해도 폴백 플로우에 머물러요. 뒤로가기나 다른 플로우로 이어 주세요.",
        "No way leads out of the fallback flow: whatever is said here stays in it. Go back, or on to another flow.",
    ));
}
