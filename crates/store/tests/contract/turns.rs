//! The hot path: one read, one commit, nothing lost and nothing doubled.

use std::time::Duration;

use store::{CommitError, NewProblem, ProblemId, Store, TurnId, TurnKey};

use crate::{NOW, contract, die, given_bot, message, turn};

const SOON: Duration = Duration::from_secs(10);

contract! {
    /// A first turn makes the end user; the second goes on from what the first left.
    async fn a_turn_is_kept_whole(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        let read = store.read_turn(key).await.expect("reads").expect("the bot is there");
        assert_eq!((read.bot.live_version, read.session), (Some(1), None));
        let mut first = turn(workspace, bot, "kim");
        first.messages = (0..11).map(|n| message(&n.to_string())).collect();
        let (end_user, turn_id) = (first.end_user, first.turn.id);
        store.commit_turn(first, SOON).await.expect("commits");
        let session = store.read_turn(key).await.expect("reads").and_then(|read| read.session).expect("a session");
        assert_eq!((session.end_user, session.version, session.messages), (end_user, 1, 11));
        let mut second = turn(workspace, bot, "kim");
        second.end_user = session.end_user;
        second.expected_version = Some(session.version);
        second.first_seq = session.messages;
        "{\"s\":2}".clone_into(&mut second.state);
        store.commit_turn(second, SOON).await.expect("commits");
        let session = store.read_turn(key).await.expect("reads").and_then(|read| read.session).expect("a session");
        assert_eq!((session.version, session.messages, session.state.as_str()), (2, 12, "{\"s\":2}"));
        let thread = store.thread(end_user, None, 100).await.expect("reads");
        assert_eq!(thread.iter().map(|row| row.seq).collect::<Vec<_>>(), (0..12).rev().collect::<Vec<_>>());
        assert_eq!(store.thread(end_user, Some(3), 2).await.expect("reads").iter().map(|row| row.seq).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(store.turn_answer(end_user, turn_id).await.expect("reads").as_deref(), Some("답"));
        let turns = store.turns(bot, None, 10).await.expect("reads");
        assert_eq!(turns.len(), 2);
        assert_eq!(store.turns(bot, Some(turns[0].id), 10).await.expect("reads").len(), 1);
        let counts = store.counts(bot, NOW).await.expect("reads");
        assert_eq!((counts.turns, counts.end_users, counts.faults), (2, 1, 0));
    }

    /// Two turns that read the same session: one commits, the other is told that it is stale and leaves nothing.
    async fn only_one_of_two_turns_wins(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let first = turn(workspace, bot, "kim");
        let end_user = first.end_user;
        store.commit_turn(first, SOON).await.expect("commits");
        let next = || {
            let mut next = turn(workspace, bot, "kim");
            next.end_user = end_user;
            next.expected_version = Some(1);
            next.first_seq = 1;
            next
        };
        let (a, b) = tokio::join!(store.commit_turn(next(), SOON), store.commit_turn(next(), SOON));
        assert!(matches!((&a, &b), (Ok(()), Err(CommitError::Stale { table: "sessions" })) | (Err(CommitError::Stale { table: "sessions" }), Ok(()))), "{a:?} {b:?}");
        assert_eq!(store.turns(bot, None, 10).await.expect("reads").len(), 2);
        assert_eq!(store.thread(end_user, None, 10).await.expect("reads").len(), 2);
    }

    /// Two first turns of one person at once: one makes the end user, the other must read again.
    async fn only_one_of_two_first_turns_wins(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (a, b) = tokio::join!(
            store.commit_turn(turn(workspace, bot, "kim"), SOON),
            store.commit_turn(turn(workspace, bot, "kim"), SOON)
        );
        assert!(matches!((&a, &b), (Ok(()), Err(CommitError::Stale { table: "end_users" })) | (Err(CommitError::Stale { table: "end_users" }), Ok(()))), "{a:?} {b:?}");
        assert_eq!(store.turns(bot, None, 10).await.expect("reads").len(), 1);
    }

    /// Many at once: a failing one takes nobody with it.
    async fn a_stale_turn_disturbs_no_other(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let commits = (0..60).map(|n| {
            let (store, mut commit) = (store.clone(), turn(workspace, bot, &format!("user{n}")));
            if n % 3 == 0 {
                commit.expected_version = Some(9);
            }
            tokio::spawn(async move { store.commit_turn(commit, SOON).await })
        });
        let commits: Vec<_> = commits.collect();
        let mut done = 0;
        for (n, commit) in commits.into_iter().enumerate() {
            let result = commit.await.expect("runs");
            assert_eq!(result.is_ok(), n % 3 != 0, "{n}: {result:?}");
            done += usize::from(result.is_ok());
        }
        assert_eq!(store.turns(bot, None, 100).await.expect("reads").len(), done);
        assert!(store.stats().commits >= done as u64 && store.stats().queued == 0);
    }

    /// A turn that is stored already is told, and the statements before it are taken back.
    async fn a_turn_is_stored_once(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let first = turn(workspace, bot, "kim");
        let mut again = turn(workspace, bot, "lee");
        again.turn.id = first.turn.id;
        store.commit_turn(first, SOON).await.expect("commits");
        let second = store.commit_turn(again, SOON).await;
        assert!(matches!(second, Err(CommitError::Duplicate { .. })), "{second:?}");
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "lee" };
        assert_eq!(store.read_turn(key).await.expect("reads").and_then(|read| read.session), None);
    }

    /// What waited past its time is not executed, then or later.
    async fn a_late_turn_is_not_executed(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let late = store.commit_turn(turn(workspace, bot, "kim"), Duration::ZERO).await;
        assert!(matches!(late, Err(CommitError::Expired)), "{late:?}");
        store.commit_turn(turn(workspace, bot, "lee"), SOON).await.expect("commits");
        assert_eq!(store.turns(bot, None, 10).await.expect("reads").len(), 1);
    }

    /// What the draft is tried with is kept apart from what customers do.
    async fn drafts_have_sessions_of_their_own(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        store.commit_turn(turn(workspace, bot, "kim"), SOON).await.expect("commits");
        let draft = TurnKey { bot, platform: "kakao", draft: true, user_key: "kim" };
        assert_eq!(store.read_turn(draft).await.expect("reads").and_then(|read| read.session), None);
    }

    /// Messages are masked when their time has come, and not before.
    async fn messages_are_masked_in_time(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let mut commit = turn(workspace, bot, "kim");
        commit.messages = vec![message("보임")];
        commit.messages[0].masked = Some("**".to_owned());
        commit.messages[0].mask_at = Some(NOW + 60_000);
        let end_user = commit.end_user;
        store.commit_turn(commit, SOON).await.expect("commits");
        assert_eq!(store.mask_due(NOW + 59_999).await.expect("masks"), 0);
        assert_eq!(store.thread(end_user, None, 1).await.expect("reads")[0].data, "보임");
        assert_eq!(store.mask_due(NOW + 60_000).await.expect("masks"), 1);
        assert_eq!(store.thread(end_user, None, 1).await.expect("reads")[0].data, "**");
        assert_eq!(store.mask_due(NOW + 60_000).await.expect("masks"), 0);
    }

    /// Problems are listed newest first and bounded by number and age.
    async fn problems_are_bounded(store: Store) {
        let problem = |n: i64, bot: &str| NewProblem {
            id: ProblemId::new(NOW + n, die()),
            workspace: None,
            bot: Some(bot.to_owned()),
            at: NOW + n,
            kind: "not-json",
            place: String::new(),
            detail: n.to_string(),
            excerpt: "{".to_owned(),
            request_id: None,
        };
        store.record_problems((0..10).map(|n| problem(n, "a")).chain([problem(3, "b")]).collect()).await.expect("records");
        let list = store.problems(Some("a"), 3, None).await.expect("reads");
        assert_eq!(list.iter().map(|row| row.detail.as_str()).collect::<Vec<_>>(), ["9", "8", "7"]);
        assert_eq!(store.problems(Some("a"), 3, Some(list[2].id)).await.expect("reads")[0].detail, "6");
        store.prune_problems(4, NOW + 2).await.expect("prunes");
        let left = store.problems(None, 100, None).await.expect("reads");
        assert_eq!(left.len(), 5, "four of a and one of b");
        store.prune_problems(4, NOW + 5).await.expect("prunes");
        assert_eq!(store.problems(None, 100, None).await.expect("reads").len(), 4);
        let _ = TurnId::new(NOW, 0);
    }
}
