//! What happens to consultations: by example, and whatever comes in whatever order.

use std::collections::BTreeMap;

use livechat::{
    Act, AgentId, Consultation, Line, Refused, Resume, State,
    assign::{self, Assignment, Candidate, Request},
    consultation::Lost,
};
use proptest::prelude::*;

const KIM: AgentId = AgentId([1; 16]);
const LEE: AgentId = AgentId([2; 16]);

/// Does the acts one after the other; what the last one made.
fn after(acts: &[Act]) -> livechat::Done {
    let mut now = Consultation::default();
    let mut last = None;
    for act in acts {
        let done = now.act(*act).unwrap_or_else(|refused| panic!("{act:?}: {refused}"));
        now = done.after.clone();
        last = Some(done);
    }
    last.expect("an act")
}

fn refused(acts: &[Act], act: Act) -> Refused {
    let now = if acts.is_empty() { Consultation::default() } else { after(acts).after };
    now.act(act).expect_err("is refused")
}

#[test]
fn a_call_is_assigned_taken_and_completed() {
    let done = after(&[Act::Request, Act::Assign(KIM)]);
    assert_eq!(
        (done.after.state, done.after.owner, done.loads),
        (State::Requested, Some(KIM), vec![(KIM, 1)])
    );
    let done = after(&[Act::Request, Act::Assign(KIM), Act::Take(KIM)]);
    assert_eq!(
        (done.after.state, done.loads, done.lines),
        (State::Connected, vec![], vec![Line::Connected(KIM)])
    );
    let done = after(&[Act::Request, Act::Take(KIM), Act::Complete]);
    assert_eq!((done.after.state, done.loads), (State::Completed, vec![(KIM, -1)]));
    assert_eq!(done.resume, Some(Resume::AtCall));
    assert!(done.after.bot_answers());
}

#[test]
fn the_bot_goes_on_where_the_spec_says() {
    assert_eq!(after(&[Act::Take(KIM), Act::Complete]).resume, Some(Resume::FromStart));
    let moved = [Act::Request, Act::Take(KIM), Act::StartFlow(KIM), Act::Complete];
    assert_eq!(after(&moved).resume, Some(Resume::Moved));
    assert_eq!(after(&[Act::Request, Act::Cancel]).resume, Some(Resume::AfterCall));
    assert_eq!(after(&[Act::Request, Act::Leaves]).resume, Some(Resume::AtCall));
}

#[test]
fn who_writes_first_takes_it_and_others_are_told() {
    let done = after(&[Act::Request, Act::Write(KIM)]);
    assert_eq!((done.after.state, done.after.owner), (State::Connected, Some(KIM)));
    assert_eq!(refused(&[Act::Request, Act::Assign(KIM)], Act::Write(LEE)), Refused::Taken(KIM));
    assert_eq!(refused(&[Act::Request, Act::Take(KIM)], Act::Take(LEE)), Refused::Taken(KIM));
    let done = after(&[Act::Request, Act::Take(KIM), Act::Write(LEE)]);
    assert_eq!((done.after.owner, done.lines), (Some(KIM), vec![Line::Joined(LEE)]));
    assert_eq!(refused(&[], Act::Write(LEE)), Refused::NotOpen);
}

#[test]
fn a_call_is_taken_back_until_an_agent_comes() {
    assert_eq!(after(&[Act::Request, Act::Cancel]).lines, [Line::Missed(Lost::Cancelled)]);
    assert_eq!(after(&[Act::Request, Act::Assign(KIM), Act::Cancel]).loads, [(KIM, -1)]);
    assert_eq!(refused(&[Act::Request, Act::Take(KIM)], Act::Cancel), Refused::Connected);
    assert_eq!(after(&[Act::Request, Act::Close]).lines, [Line::Missed(Lost::Expired)]);
    assert_eq!(after(&[Act::Request, Act::Take(KIM), Act::Close]).lines, [Line::Completed]);
}

#[test]
fn a_flow_of_an_agent_makes_the_bot_answer_for_a_while() {
    let started = after(&[Act::Request, Act::Take(KIM), Act::StartFlow(KIM)]).after;
    assert!(started.bot_answers());
    assert!(!started.act(Act::StopFlow(KIM)).expect("stops").after.bot_answers());
    // The flow reaches a node that calls an agent: there is one.
    let called = started.act(Act::Request).expect("is no error");
    assert_eq!((called.after.state, called.lines), (State::Connected, vec![Line::FlowStopped]));
}

#[test]
fn it_is_handed_over_and_back_into_the_queue() {
    let done = after(&[Act::Request, Act::Take(KIM), Act::Transfer(Some(LEE))]);
    assert_eq!((done.after.owner, done.loads), (Some(LEE), vec![(KIM, -1), (LEE, 1)]));
    assert_eq!(done.after.present.iter().copied().collect::<Vec<_>>(), [LEE]);
    let done = after(&[Act::Request, Act::Take(KIM), Act::Transfer(None)]);
    assert_eq!((done.after.state, done.after.owner), (State::Requested, None));
    assert_eq!(refused(&[Act::Request, Act::Take(KIM)], Act::Leave(KIM)), Refused::OwnerStays);
    assert_eq!(refused(&[Act::Request, Act::Take(KIM)], Act::Transfer(Some(KIM))), Refused::SameAgent);
}

/// One of a few conversations, and what happens to it.
fn deed() -> impl Strategy<Value = (usize, Act)> {
    let agent = (0u8..3).prop_map(|n| AgentId([n; 16]));
    let act = prop_oneof![
        3 => Just(Act::Request),
        1 => Just(Act::RequestBeside),
        2 => agent.clone().prop_map(Act::Take),
        1 => agent.clone().prop_map(Act::Assign),
        1 => agent.clone().prop_map(Act::Join),
        1 => agent.clone().prop_map(Act::Leave),
        1 => proptest::option::of(agent.clone()).prop_map(Act::Transfer),
        1 => agent.clone().prop_map(Act::Write),
        1 => agent.clone().prop_map(Act::StartFlow),
        1 => agent.prop_map(Act::StopFlow),
        2 => Just(Act::Complete),
        1 => Just(Act::Close),
        1 => Just(Act::Cancel),
        1 => Just(Act::Leaves),
    ];
    (0usize..6, act)
}

const MAX: i64 = 2;

proptest! {
    /// Whatever happens: a consultation that is over is nobody's, one in progress is somebody's, each agent's count is the
    /// number of theirs and never above the maximum, and what cannot be given out waits.
    #[test]
    fn nothing_is_owned_twice_or_forgotten(deeds in proptest::collection::vec(deed(), 1..120), seed in any::<u64>()) {
        let mut all: Vec<Consultation> = vec![Consultation::default(); 6];
        let mut loads: BTreeMap<AgentId, i64> = BTreeMap::new();
        let rules = Assignment { auto: true, max: MAX as u32, ..Assignment::default() };
        for (which, act) in deeds {
            for (at, act) in std::iter::once((which, act)).chain(drain(&rules, &all, &loads, seed)) {
                let before = all[at].clone();
                let Ok(done) = before.act(act) else { continue };
                // The guard of the commit.
                if done.loads.iter().any(|(agent, by)| *by > 0 && loads.get(agent).copied().unwrap_or(0) >= MAX) {
                    continue;
                }
                for (agent, by) in &done.loads {
                    *loads.entry(*agent).or_default() += by;
                }
                prop_assert_eq!(done.resume.is_some(), before.state.is_open() && !done.after.state.is_open());
                all[at] = done.after;
            }
            for one in &all {
                match one.state {
                    State::Connected => prop_assert!(one.owner.is_some_and(|owner| one.present.contains(&owner)), "{:?}", one),
                    State::Requested => prop_assert!(one.present.is_empty(), "{:?}", one),
                    _ => prop_assert!(one.owner.is_none() && one.present.is_empty() && !one.flow, "{:?}", one),
                }
                prop_assert_eq!(one.bot_answers(), !one.state.is_open() || one.flow);
            }
            for (agent, load) in &loads {
                let own = all.iter().filter(|one| one.owner == Some(*agent)).count() as i64;
                prop_assert_eq!(*load, own);
                prop_assert!(own <= MAX);
            }
            // After draining, who still waits in the queue waits because nobody is free.
            let waits = all.iter().any(|one| one.state == State::Requested && one.owner.is_none());
            let free = (0u8..3).any(|n| loads.get(&AgentId([n; 16])).copied().unwrap_or(0) < MAX);
            let drained = drain(&rules, &all, &loads, seed);
            prop_assert_eq!(!drained.is_empty(), waits && free);
        }
    }
}

/// What the rules give out now: one request to one agent.
fn drain(
    rules: &Assignment,
    all: &[Consultation],
    loads: &BTreeMap<AgentId, i64>,
    seed: u64,
) -> Vec<(usize, Act)> {
    let candidates: Vec<Candidate> = (0u8..3)
        .map(|n| {
            let id = AgentId([n; 16]);
            let open = loads.get(&id).copied().unwrap_or(0) as u32;
            Candidate { id, open, max: MAX as u32, online: true, categories: Vec::new() }
        })
        .collect();
    let next = all.iter().position(|one| one.state == State::Requested && one.owner.is_none());
    next.and_then(|at| {
        assign::choose(rules, &Request::default(), &candidates, seed).map(|agent| (at, Act::Assign(agent)))
    })
    .into_iter()
    .collect()
}
