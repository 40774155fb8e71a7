//! Pushes: written before they are sent, settled once, read back per user.

use store::{
    BotId, CommitError, NewPush, PushId, PushState, PushStep, PushTargetRow, Store, StoreError, TargetState,
};

use crate::{NOW, contract, die, given_bot};

fn step(state: PushState) -> PushStep {
    PushStep { task_id: None, state, message: String::new(), check_at: None, all: None, each: Vec::new() }
}

fn states(targets: &[PushTargetRow]) -> Vec<&'static str> {
    targets.iter().map(|target| target.state.name()).collect()
}

async fn given_push(store: &Store, bot: BotId, users: &[&str], now_ms: i64) -> PushId {
    let id = PushId::new(now_ms, die());
    let workspace = store.default_workspace(NOW, die()).await.expect("a workspace");
    let targets = users.iter().map(|user| ("botUserKey", (*user).to_owned())).collect();
    let push = NewPush { id, workspace, bot, event: "알림".to_owned(), targets, now_ms };
    store.add_push(push).await.expect("is written");
    id
}

contract! {
    /// From the call to the result of each user.
    async fn a_push_is_followed_to_each_user(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let id = given_push(&store, bot, &["kim", "lee", "park"], NOW).await;
        let row = store.pushes(bot, 10, None).await.expect("reads").remove(0);
        assert_eq!((row.id, row.state, row.users, row.task_id, row.event.as_str()), (id, PushState::Sending, 3, None, "알림"));
        assert_eq!(states(&store.push_targets(id).await.expect("reads")), ["sending"; 3]);
        assert!(store.pushes_due(NOW + 1_000, 10).await.expect("reads").is_empty());

        let taken = PushStep {
            task_id: Some("task-1".to_owned()),
            check_at: Some(NOW + 10),
            all: Some((TargetState::Accepted, None)),
            ..step(PushState::Open)
        };
        store.step_push(id, taken, NOW + 1).await.expect("steps");
        assert!(store.pushes_due(NOW + 9, 10).await.expect("reads").is_empty());
        let due = store.pushes_due(NOW + 10, 10).await.expect("reads");
        assert_eq!((due.len(), due[0].task_id.as_deref()), (1, Some("task-1")));
        let mut targets = store.push_targets(id).await.expect("reads");
        assert_eq!(states(&targets), ["accepted"; 3]);

        let mut failed = targets.remove(1);
        (failed.state, failed.error_type, failed.error) = (TargetState::Failed, Some(201), Some("HTTP".to_owned()));
        let done = PushStep { all: Some((TargetState::Sent, None)), each: vec![failed.clone()], ..step(PushState::Done) };
        store.step_push(id, done, NOW + 20).await.expect("steps");
        let targets = store.push_targets(id).await.expect("reads");
        assert_eq!(states(&targets), ["sent", "failed", "sent"]);
        assert_eq!(targets[1], failed);
        let row = store.pushes(bot, 10, None).await.expect("reads").remove(0);
        assert_eq!((row.state, row.task_id.as_deref(), row.check_at, row.updated_at), (PushState::Done, Some("task-1"), None, NOW + 20));
    }

    /// Two processes fetch the same result: the second changes nothing.
    async fn a_settled_push_stays_as_it_is(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let id = given_push(&store, bot, &["kim"], NOW).await;
        let refused = PushStep {
            message: "no".to_owned(),
            all: Some((TargetState::Failed, Some("no".to_owned()))),
            ..step(PushState::Refused)
        };
        store.step_push(id, refused, NOW).await.expect("steps");
        let again = PushStep { all: Some((TargetState::Sent, None)), ..step(PushState::Done) };
        let stale = store.step_push(id, again, NOW).await;
        assert!(matches!(stale, Err(StoreError::Commit(CommitError::Stale { table: "pushes" }))), "{stale:?}");
        assert_eq!(states(&store.push_targets(id).await.expect("reads")), ["failed"]);
    }

    /// A bot's pushes are read newest first, by pages; old ones are thrown away with their users.
    async fn pushes_are_paged_and_pruned(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let (_, other) = given_bot(&store).await;
        let old = given_push(&store, bot, &["kim"], NOW - 10_000).await;
        let new = given_push(&store, bot, &["kim"], NOW).await;
        given_push(&store, other, &["kim"], NOW).await;
        let ids = |rows: Vec<store::PushRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(store.pushes(bot, 10, None).await.expect("reads")), [new, old]);
        assert_eq!(ids(store.pushes(bot, 1, Some(new)).await.expect("reads")), [old]);
        store.prune_pushes(NOW - 5_000).await.expect("prunes");
        assert_eq!(ids(store.pushes(bot, 10, None).await.expect("reads")), [new]);
        assert!(store.push_targets(old).await.expect("reads").is_empty());
        assert_eq!(store.push_targets(new).await.expect("reads").len(), 1);
    }
}
