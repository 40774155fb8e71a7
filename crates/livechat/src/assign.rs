//! Who gets a request (spec live-chat.md, "Assignment"): specialists, the agent of last time, general agents; among
//! equals the one with the fewest, ties by chance.
//!
//! This says who *should* get it. That nobody gets more than they may is not decided here but by the guard of the commit:
//! two requests may look at the same agent at the same time.

use serde::{Deserialize, Serialize};

use crate::AgentId;

/// The rules of a team.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the settings page")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Assignment {
    /// Are requests given out by themselves? Else agents take them.
    pub auto: bool,
    /// Open consultations of an agent at most; waiting and in progress count.
    pub max: u32,
    /// A request with specialists waits for them.
    pub specialists_only: bool,
    /// The agent who last served this end user comes before others.
    pub previous_first: bool,
    /// … and where they are not there, others may have it.
    pub others_if_previous_absent: bool,
    /// Requests made within operating hours go out before those made outside.
    pub in_hours_first: bool,
    /// Agents see only what is theirs.
    pub only_assigned: bool,
}

impl Default for Assignment {
    fn default() -> Self {
        Self {
            auto: false,
            max: 10,
            specialists_only: false,
            previous_first: false,
            others_if_previous_absent: true,
            in_hours_first: false,
            only_assigned: false,
        }
    }
}

/// An agent who may get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: AgentId,
    /// Their open consultations.
    pub open: u32,
    /// … of so many at most.
    pub max: u32,
    /// Online, and not away?
    pub online: bool,
    /// What they are specialists for: 대, 중, 소분류 from the outside in. Empty: a general agent.
    pub categories: Vec<Vec<String>>,
}

/// What is to be given out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// What it is about, from the outside in; up to three levels.
    pub category: Vec<String>,
    /// Who served this end user last.
    pub previous: Option<AgentId>,
    /// Was it made within operating hours?
    pub in_hours: bool,
    /// When it was made.
    pub since: i64,
}

impl Candidate {
    fn is_free(&self) -> bool {
        self.online && self.open < self.max
    }

    /// How many levels of a category they are a specialist for.
    fn depth(&self, category: &[String]) -> usize {
        let fits = |own: &&Vec<String>| {
            !own.is_empty() && own.len() <= category.len() && category[..own.len()] == ***own
        };
        self.categories.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
    }
}

/// Who should get it; nobody where it has to wait.
pub fn choose(rules: &Assignment, request: &Request, candidates: &[Candidate], seed: u64) -> Option<AgentId> {
    let depths: Vec<usize> = candidates.iter().map(|agent| agent.depth(&request.category)).collect();
    let deepest = depths.iter().copied().max().unwrap_or(0);
    for level in (1..=deepest).rev() {
        let at_level = candidates.iter().zip(&depths).filter(|(_, depth)| **depth == level);
        if let Some(agent) = fewest(at_level.map(|(agent, _)| agent), seed) {
            return Some(agent);
        }
    }
    if deepest > 0 && rules.specialists_only {
        return None;
    }
    if rules.previous_first
        && let Some(previous) = request.previous
    {
        if candidates.iter().any(|agent| agent.id == previous && agent.is_free()) {
            return Some(previous);
        }
        if !rules.others_if_previous_absent {
            return None;
        }
    }
    fewest(candidates.iter().filter(|agent| agent.categories.is_empty()), seed)
}

/// The order in which waiting requests go out, as positions in `waiting`.
pub fn order(rules: &Assignment, waiting: &[Request]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    order.sort_by_key(|at| {
        let request = &waiting[*at];
        (rules.in_hours_first && !request.in_hours, request.since, *at)
    });
    order
}

fn fewest<'a>(agents: impl Iterator<Item = &'a Candidate>, seed: u64) -> Option<AgentId> {
    let free: Vec<&Candidate> = agents.filter(|agent| agent.is_free()).collect();
    let least = free.iter().map(|agent| agent.open).min()?;
    let equal: Vec<&&Candidate> = free.iter().filter(|agent| agent.open == least).collect();
    Some(equal[(seed % equal.len() as u64) as usize].id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["kim", "lee", "park", "choi", "jung"];

    fn id(name: &str) -> AgentId {
        AgentId([NAMES.iter().position(|known| *known == name).expect("a name") as u8; 16])
    }

    fn levels(text: &str) -> Vec<String> {
        text.split('/').filter(|level| !level.is_empty()).map(str::to_owned).collect()
    }

    /// `kim[refund/card]:2` is an agent with two open, a specialist; `-lee` is away.
    fn agents(text: &str, max: u32) -> Vec<Candidate> {
        text.split_whitespace()
            .map(|word| {
                let (online, word) = match word.strip_prefix('-') {
                    Some(word) => (false, word),
                    None => (true, word),
                };
                let (word, open) = word.split_once(':').unwrap_or((word, "0"));
                let (name, categories) = word.split_once('[').unwrap_or((word, "]"));
                let categories = categories.trim_end_matches(']').split(',').map(levels);
                Candidate {
                    id: id(name),
                    open: open.parse().expect("a number"),
                    max,
                    online,
                    categories: categories.filter(|it| !it.is_empty()).collect(),
                }
            })
            .collect()
    }

    fn check(rules: &Assignment, given: &str, category: &str, previous: &str, expected: &[&str]) {
        let request = Request {
            category: levels(category),
            previous: (!previous.is_empty()).then(|| id(previous)),
            ..Request::default()
        };
        let candidates = agents(given, 10);
        let mut got: Vec<Option<AgentId>> =
            (0..8).map(|seed| choose(rules, &request, &candidates, seed)).collect();
        got.sort_unstable();
        got.dedup();
        let mut expected: Vec<Option<AgentId>> = expected.iter().map(|name| Some(id(name))).collect();
        if expected.is_empty() {
            expected.push(None);
        }
        expected.sort_unstable();
        assert_eq!(got, expected, "{given} | {category} | {previous}");
    }

    #[test]
    fn the_deepest_category_wins() {
        let rules = Assignment::default();
        check(&rules, "kim[refund] lee[refund/card] park", "refund/card", "", &["lee"]);
        check(&rules, "kim[refund] -lee[refund/card] park", "refund/card", "", &["kim"]);
        check(&rules, "kim[refund]:10 lee[refund/card]:10 park", "refund/card", "", &["park"]);
        check(&rules, "kim[refund] lee[refund/card] park", "order", "", &["park"]);
        check(&rules, "kim[refund] lee[refund/card/visa] park", "refund/card", "", &["kim"]);
        check(&rules, "kim[refund] lee[refund/card]", "order", "", &[]);
    }

    #[test]
    fn a_request_waits_for_its_specialists_where_told_so() {
        let rules = Assignment { specialists_only: true, ..Assignment::default() };
        check(&rules, "-kim[refund] park", "refund", "", &[]);
        check(&rules, "-kim[refund] park", "order", "", &["park"]);
    }

    #[test]
    fn the_agent_of_last_time_comes_first_where_told_so() {
        let off = Assignment::default();
        check(&off, "kim:1 lee:5", "", "lee", &["kim"]);
        let on = Assignment { previous_first: true, ..Assignment::default() };
        check(&on, "kim:1 lee:5", "", "lee", &["lee"]);
        check(&on, "kim:1 -lee:5", "", "lee", &["kim"]);
        check(&on, "kim:1 lee:10", "", "lee", &["kim"]);
        let waits = Assignment { others_if_previous_absent: false, ..on };
        check(&waits, "kim:1 -lee:5", "", "lee", &[]);
        check(&waits, "kim:1", "", "", &["kim"]);
    }

    #[test]
    fn the_fewest_win_and_ties_are_by_chance() {
        let rules = Assignment::default();
        check(&rules, "kim:3 lee:2 park:2 -choi:0 jung:10", "", "", &["lee", "park"]);
        check(&rules, "kim:10 lee:10", "", "", &[]);
        check(&rules, "", "", "", &[]);
    }

    #[test]
    fn who_waits_longest_is_next_and_those_of_operating_hours_before_others() {
        let of = |since, in_hours| Request { in_hours, since, ..Request::default() };
        let waiting = [of(3, true), of(1, false), of(2, true)];
        assert_eq!(order(&Assignment::default(), &waiting), [1, 2, 0]);
        let rules = Assignment { in_hours_first: true, ..Assignment::default() };
        assert_eq!(order(&rules, &waiting), [2, 0, 1]);
    }
}
