//! Nodes that ask the world and do not say what happens when the world does not answer.
//!
//! An edge is tried against a context in which the node has failed. What a condition reads elsewhere (params, the
//! message) may be anything, and so may what a failure can leave behind, such as the body of a 404.

use serde_json::json;

use super::{Complaint, Node, Severity, Spot};
use crate::{
    condition::{Condition, Test},
    context::Context,
    node::{Work, asking::Kind},
    template::Env,
};

/// Tells of a node whose failure has no edge of its own.
pub(super) fn check(node: &Node, spot: &Spot, complaints: &mut Vec<Complaint>) {
    let Work::Asking(asking) = &node.work else { return };
    let handled = node
        .edges
        .iter()
        .filter_map(|edge| edge.condition.as_ref())
        .any(|condition| reads(condition, asking.kind) && may_hold(condition, asking.kind));
    if handled {
        return;
    }
    let goes_on = node
        .edges
        .iter()
        .any(|edge| edge.condition.as_ref().is_none_or(|condition| may_hold(condition, asking.kind)));
    let name = asking.kind.name();
    let (severity, ko, en) = if goes_on {
        (
            Severity::Note,
            format!(
                "실패했을 때의 연결이 따로 없어서 성공했을 때처럼 이어져요. {name}.error로 나눌 수 있어요."
            ),
            format!("A failure goes on as if nothing had happened; an edge can branch on {name}.error."),
        )
    } else {
        (
            Severity::Warning,
            format!(
                "실패하면 이어질 연결이 없어서 대화가 여기서 멈춰요. {name}.error가 있을 때의 연결을 만들어 주세요."
            ),
            format!(
                "No edge holds when this fails, so the conversation stops here; add one on {name}.error."
            ),
        )
    };
    complaints.push(Complaint::new(severity, "no-error-edge", spot.field("next"), ko, en));
}

/// Does it read anything of this node's results?
fn reads(condition: &Condition, kind: Kind) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| reads(part, kind)),
        Condition::Test { path, .. } => path.first() == kind.name(),
        Condition::Unknown => false,
    }
}

/// Can it hold when the node has failed?
fn may_hold(condition: &Condition, kind: Kind) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| may_hold(part, kind)),
        Condition::Any(parts) => parts.iter().any(|part| may_hold(part, kind)),
        Condition::Test { path, test } => {
            // Which failure it was and what it left behind is not known beforehand.
            let open = path.first() != kind.name()
                || match path.second() {
                    Some("error") => path.is_deep() && !matches!(test, Test::Exists(_)),
                    Some("status") => false,
                    _ => kind == Kind::Fetch,
                };
            open || condition.holds(&failed(kind), &mut Env::new(0, 1)).unwrap_or(true)
        }
        Condition::Unknown => false,
    }
}

fn failed(kind: Kind) -> Context {
    Context::from_value(json!({
        "params": {},
        kind.name(): {"status": "FAILED", "error": {"name": "TimeoutError", "message": "-", "stack": "-"}},
    }))
}
