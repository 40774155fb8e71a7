//! Chooses the edge that leaves a node.
//!
//! Among the edges whose condition holds, the highest priority wins; then the one with more conditions;
//! then a conditional edge before an unconditional one; then file order. The last two rules are ours:
//! exported bots leave the tie open, and an open tie would make replays differ.
//!
//! This module evaluates nothing itself; see [`crate::condition`].

use std::cmp::Reverse;

use crate::{
    bot::Edge,
    condition::Condition,
    context::Context,
    template::{Env, TemplateError},
};

/// The position in the list of the edge that is taken, or `None` where none holds. An error names the edge.
pub fn choose(
    edges: &[Edge],
    context: &Context,
    env: &mut Env,
) -> Result<Option<usize>, (usize, TemplateError)> {
    let mut best: Option<((i64, usize, bool), usize)> = None;
    for (at, edge) in edges.iter().enumerate() {
        let rank = rank(edge);
        // Evaluating costs more than comparing, and an edge that cannot win need not be asked.
        if best.is_some_and(|(best_rank, _)| best_rank >= rank) {
            continue;
        }
        let holds = match &edge.condition {
            Some(condition) => condition.holds(context, env).map_err(|error| (at, error))?,
            None => true,
        };
        if holds {
            best = Some((rank, at));
        }
    }
    Ok(best.map(|(_, at)| at))
}

/// The order in which edges would win, best first: what the editor and the linter show.
pub fn ranked(edges: &[Edge]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|&at| Reverse(rank(&edges[at])));
    order
}

fn rank(edge: &Edge) -> (i64, usize, bool) {
    (edge.priority, edge.condition.as_ref().map_or(0, Condition::weight), edge.condition.is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::json::Json;

    fn check(edges: &[(i64, &str)], expected: Option<usize>) {
        let edges: Vec<Edge> = edges
            .iter()
            .map(|(priority, condition)| Edge {
                to: 1,
                condition: Condition::compile(&Json::parse(condition).expect("is JSON").0),
                priority: *priority,
            })
            .collect();
        let context =
            Context::from_value(json!({"message": {"type": "text", "text": "가"}, "params": {"n": 1}}));
        assert_eq!(choose(&edges, &context, &mut Env::new(0, 1)).expect("renders"), expected);
        let holds =
            |at: &usize| choose(&edges[*at..=*at], &context, &mut Env::new(0, 1)).expect("renders").is_some();
        assert_eq!(ranked(&edges).into_iter().find(holds), expected, "ranked agrees");
    }

    #[test]
    fn the_best_edge_that_holds_is_taken() {
        let yes = r#"{"message": {"equals": "가"}}"#;
        let no = r#"{"message": {"equals": "나"}}"#;
        let two = r#"{"message": {"equals": "가"}, "n": {"equals": 1}}"#;
        check(&[(0, "{}"), (0, yes)], Some(1));
        check(&[(1, "{}"), (0, yes)], Some(0));
        check(&[(0, yes), (0, two)], Some(1));
        check(&[(0, yes), (0, yes)], Some(0));
        check(&[(5, no), (0, "{}")], Some(1));
        check(&[(0, no)], None);
        check(&[], None);
    }
}
