//! The ways on which a turn can run without resting, for checks that add something up along them.

use std::collections::{HashMap, HashSet};

use crate::{
    bot::{Bot, Flow, Node},
    node::{Work, back::Back, backstack::BackStack},
};

/// All nodes of the bot and where a turn can go from each without resting.
pub(super) struct Graph<'a> {
    pub(super) bot: &'a Bot,
    pub(super) nodes: Vec<(&'a Flow, &'a Node)>,
    pub(super) next: Vec<Vec<usize>>,
    pub(super) starts: Vec<usize>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(bot: &'a Bot) -> Self {
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

    /// The nodes, each behind those to which it leads, as far as no circle forbids it.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut seen = vec![false; self.nodes.len()];
        for root in 0..self.nodes.len() {
            walk(&self.next, root, &mut seen, &mut order);
        }
        order
    }

    /// The number of the ring to which each node belongs: those from which one comes back to oneself share theirs.
    pub(super) fn rings(&self, order: &[usize]) -> Vec<usize> {
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

    /// Of each start the way that costs most, where that is more than the bound: the nodes in order, and what they cost
    /// together. A start in the middle of another start's way is told with that one.
    pub(super) fn heaviest(
        &self,
        (order, rings): (&[usize], &[usize]),
        starts: &[usize],
        cost: &dyn Fn(usize) -> u64,
        bound: u64,
    ) -> Vec<(Vec<usize>, u64)> {
        let mut longest = vec![0_u64; self.nodes.len()];
        let mut then = vec![None; self.nodes.len()];
        for &at in order {
            let best = self.next[at]
                .iter()
                .filter(|&&to| rings[to] != rings[at])
                .max_by_key(|&&to| (longest[to], std::cmp::Reverse(to)));
            longest[at] = cost(at) + best.map_or(0, |&to| longest[to]);
            then[at] = best.copied();
        }
        let heavy: Vec<usize> = starts.iter().copied().filter(|&at| longest[at] > bound).collect();
        let mut inner = HashSet::new();
        for &start in &heavy {
            let mut here = then[start];
            while let Some(at) = here
                && inner.insert(at)
            {
                here = then[at];
            }
        }
        let mut told = HashSet::new();
        heavy
            .into_iter()
            .filter(|start| !inner.contains(start) && told.insert(*start))
            .map(|start| (std::iter::successors(Some(start), |&at| then[at]).collect(), longest[start]))
            .collect()
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
