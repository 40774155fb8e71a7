//! Statistics: added up once, whatever happens meanwhile, and equal to a recount.

use std::time::Duration;

use store::{
    BotId, ConversationId, EndUserId, MarkFilter, NodeFact, SLOT_MS, Slots, Store, TurnCommit, TurnFacts,
    TurnId, WorkspaceId,
};

use crate::{NOW, contract, die, given_bot, message, turn};

const SOON: Duration = Duration::from_secs(10);

/// A turn at a moment, with so many messages of the bot.
fn turn_at(of: (WorkspaceId, BotId), user: &str, at: i64, answers: usize) -> TurnCommit {
    let mut commit = turn(of.0, of.1, user);
    commit.now_ms = at;
    commit.turn.id = TurnId::new(at, die());
    commit.turn.started_at = at;
    commit.messages = (0..=answers).map(|n| message(&n.to_string())).collect();
    for (n, message) in commit.messages.iter_mut().enumerate() {
        message.is_user = n == 0;
        message.created_at = at;
    }
    commit
}

/// The next turn of the same person.
fn after(
    mut commit: TurnCommit,
    end_user: EndUserId,
    conversation: ConversationId,
    version: i64,
    seq: i64,
) -> TurnCommit {
    (commit.end_user, commit.conversation) = (end_user, conversation);
    (commit.expected_version, commit.first_seq) = (Some(version), seq);
    commit
}

fn all(bot: BotId) -> Slots<'static> {
    Slots { bot, from: 0, to: i64::MAX, channel: "" }
}

contract! {
    /// Figures are those of a recount: turns, messages, people, conversations; drafts and the development channel apart.
    async fn figures_equal_a_recount(store: Store) {
        let of = given_bot(&store).await;
        let bot = of.1;
        let start = NOW.div_euclid(SLOT_MS) * SLOT_MS;
        for n in 0..30_i64 {
            let user = format!("user{}", n % 12);
            let mut first = turn_at(of, &user, start + n * SLOT_MS * 7 + 13, (n % 3) as usize);
            let key = store::TurnKey { bot, platform: "kakao", draft: false, user_key: &user };
            if let Some(session) = store.read_turn(key).await.expect("reads").and_then(|read| read.session) {
                first = after(first, session.end_user, session.conversation, session.version, session.messages);
            }
            if n % 9 == 4 {
                first.turn.fault = Some("노드 3: 오류".to_owned());
            }
            store.commit_turn(first, SOON).await.expect("commits");
        }
        let mut draft = turn_at(of, "drafter", start, 1);
        draft.draft = true;
        store.commit_turn(draft, SOON).await.expect("commits");
        let mut development = turn_at(of, "developer", start, 1);
        development.turn.mode = "development";
        store.commit_turn(development, SOON).await.expect("commits");
        while store.add_up(7).await.expect("adds up") > 0 {}
        let recount = store.recount(bot, 0, i64::MAX).await.expect("recounts");
        assert_eq!((recount.turns, recount.users), (30, 12));
        let days = store.stat_days(all(bot), 18).await.expect("reads");
        let sum = |of: fn(&store::SumRow) -> i64| days.iter().map(|(_, row)| of(row)).sum::<i64>();
        assert_eq!(sum(|row| row.turns), recount.turns);
        assert_eq!(sum(|row| row.user_messages), recount.user_messages);
        assert_eq!(sum(|row| row.bot_messages), recount.bot_messages);
        assert_eq!(sum(|row| row.faults), recount.faults);
        let day_of = |slot: i64| (slot + 18).div_euclid(48);
        let people = store.stat_people(all(bot), day_of).await.expect("reads");
        assert_eq!((people.whole.users, people.whole.newcomers), (recount.users, 12));
        assert_eq!(people.conversations, recount.conversations);
        // Each day by itself: the day begins where the zone says.
        assert_eq!(people.days.values().map(|row| row.newcomers).sum::<i64>(), 12);
        assert_eq!(people.days.len(), days.len());
        for (day, row) in &days {
            let from = day * 86_400_000 - 18 * SLOT_MS;
            let recount = store.recount(bot, from, from + 86_400_000).await.expect("recounts");
            assert_eq!((row.turns, people.days[day].users), (recount.turns, recount.users));
        }
        let channels = store.stat_channels(all(bot)).await.expect("reads");
        let turns: Vec<_> = channels.iter().map(|(name, row)| (name.as_str(), row.turns)).collect();
        assert_eq!(turns, [("kakao", 30), ("kakao-development", 1)]);
        let mut by_channel: Vec<_> = people.channels.into_iter().collect();
        by_channel.sort();
        assert_eq!(by_channel, [("kakao".to_owned(), 12), ("kakao-development".to_owned(), 1)]);
        let development = Slots { channel: "kakao-development", ..all(bot) };
        assert_eq!(store.stat_people(development, day_of).await.expect("reads").whole.users, 1);
        // A period of one slot: nobody of the slots around it.
        let part = Slots { from: start / SLOT_MS + 7, to: start / SLOT_MS + 8, ..all(bot) };
        assert_eq!(store.stat_people(part, day_of).await.expect("reads").whole.users, 1);
        assert!(store.last_turn_at(bot).await.expect("reads").is_some_and(|at| at == start + 29 * SLOT_MS * 7 + 13));
    }

    /// Several followers at once, while turns commit out of order: nothing is lost or counted twice.
    async fn nothing_is_lost_or_counted_twice(store: Store) {
        let of = given_bot(&store).await;
        let bot = of.1;
        let writer = {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..200_i64 {
                    // Ids of earlier moments come later, as slow turns do.
                    let commit = turn_at(of, &format!("user{n}"), NOW + (n * 7_919) % 1_000, 1);
                    store.commit_turn(commit, SOON).await.expect("commits");
                }
            })
        };
        let followers: Vec<_> = (0..3)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    let mut counted = 0;
                    for _ in 0..400 {
                        counted += store.add_up(11).await.expect("adds up");
                        tokio::task::yield_now().await;
                    }
                    counted
                })
            })
            .collect();
        writer.await.expect("writes");
        for follower in followers {
            follower.await.expect("follows");
        }
        while store.add_up(50).await.expect("adds up") > 0 {}
        let days = store.stat_days(all(bot), 0).await.expect("reads");
        assert_eq!(days.iter().map(|(_, row)| row.turns).sum::<i64>(), 200);
        assert_eq!(store.stat_people(all(bot), |_| ()).await.expect("reads").whole.users, 200);
        assert_eq!(store.threads(bot, "", None, 500).await.expect("reads").len(), 200);
    }

    /// More people than are read at once: the walk goes on behind the last row and counts nobody twice.
    async fn people_are_counted_over_slices(store: Store) {
        let of = given_bot(&store).await;
        for n in 0..2_100_i64 {
            let commit = turn_at(of, &format!("user{n}"), NOW + n % 3 * SLOT_MS, 1);
            store.commit_turn(commit, SOON).await.expect("commits");
        }
        while store.add_up(500).await.expect("adds up") > 0 {}
        let people = store.stat_people(all(of.1), |slot| slot).await.expect("reads");
        assert_eq!((people.whole.users, people.whole.newcomers, people.conversations), (2_100, 2_100, 2_100));
        assert_eq!(people.days.values().map(|day| day.users).collect::<Vec<_>>(), [700, 700, 700]);
    }

    /// Slow nodes, errors and sentences without an answer are grouped, and the turns behind them are found.
    async fn turns_worth_a_look_are_found(store: Store) {
        let of = given_bot(&store).await;
        let bot = of.1;
        for n in 0..12_i64 {
            let mut commit = turn_at(of, &format!("user{n}"), NOW + n, 1);
            let said = if n % 3 == 0 { "환불 언제" } else { "사람 불러" };
            commit.turn.facts = TurnFacts {
                unanswered: n < 9,
                said: Some(said.to_owned()),
                cuts: (n == 1).then(|| "label-cut".to_owned()),
                nodes: vec![NodeFact { flow: 1, node: 5, kind: "fetch".to_owned(), waited_ms: 100 * n, failed: n == 2 }],
            };
            commit.turn.fault = (n == 2).then(|| "노드 5: 시간 초과".to_owned());
            commit.turn.took_us = if n == 11 { store::SLOW_US } else { 20_000 };
            store.commit_turn(commit, SOON).await.expect("commits");
        }
        assert_eq!(store.add_up(100).await.expect("adds up"), 12);
        assert_eq!(store.add_up(100).await.expect("adds up"), 0);
        let nodes = store.stat_nodes(all(bot), 10).await.expect("reads");
        assert_eq!(nodes.len(), 1);
        let node = &nodes[0];
        assert_eq!((node.flow, node.node, node.times, node.waited_ms, node.slowest_ms, node.failed), (1, 5, 12, 6_600, 1_100, 1));
        let of = |kind: &'static str| MarkFilter { kind, from_ms: 0, to_ms: i64::MAX, said: None, channel: "" };
        let groups = store.stat_groups(bot, of("unanswered"), 10).await.expect("reads");
        let groups: Vec<_> = groups.iter().map(|row| (row.said.as_str(), row.times, row.last_at - NOW)).collect();
        assert_eq!(groups, [("사람 불러", 6, 8), ("환불 언제", 3, 6)]);
        let refund = MarkFilter { said: Some("환불 언제"), ..of("unanswered") };
        let turns = store.marked_turns(bot, refund, None, 2).await.expect("reads");
        assert_eq!(turns.iter().map(|row| row.at - NOW).collect::<Vec<_>>(), [6, 3]);
        let rest = store.marked_turns(bot, refund, Some((turns[1].at, turns[1].turn)), 5).await.expect("reads");
        assert_eq!(rest.iter().map(|row| row.at - NOW).collect::<Vec<_>>(), [0]);
        for (kind, count) in [("fault", 1), ("slow", 1), ("cut", 1), ("unanswered", 9)] {
            assert_eq!(store.marks_since(bot, kind, 0).await.expect("counts"), count, "{kind}");
        }
        assert_eq!(store.marks_since(bot, "unanswered", NOW + 5).await.expect("counts"), 4);
        let problem = store::NewProblem {
            id: store::ProblemId::new(NOW, die()),
            workspace: None,
            bot: Some(bot.to_string()),
            at: NOW,
            kind: "late",
            place: String::new(),
            detail: String::new(),
            excerpt: String::new(),
            request_id: None,
        };
        store.record_problems(vec![problem]).await.expect("records");
        assert_eq!(store.problems_since(&bot.to_string(), NOW - 1).await.expect("counts"), [("late".to_owned(), 1)]);
        assert_eq!(store.problems_since(&bot.to_string(), NOW + 1).await.expect("counts"), []);
    }
}
