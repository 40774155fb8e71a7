//! Answers that come later: nothing owed is forgotten, nothing delivered is owed.

use std::time::Duration;

use store::{CommitError, LateEnd, LateState, NewLate, OwnerId, Store, StoreError, TurnKey};

use crate::{NOW, contract, die, given_bot, turn};

const SOON: Duration = Duration::from_secs(10);

fn owed(commit: &store::TurnCommit, owner: OwnerId) -> NewLate {
    NewLate {
        turn: commit.turn.id,
        workspace: commit.workspace,
        bot: commit.bot,
        platform: commit.platform.clone(),
        draft: commit.draft,
        user_key: commit.user_key.clone(),
        owner,
        callback_url: Some("https://bot-api.kakao.com/v1/bots/a/callback/t".to_owned()),
        expires_at: NOW + 50_000,
        request_id: commit.turn.request_id.clone(),
        told: "{}".to_owned(),
        now_ms: NOW,
    }
}

contract! {
    /// A late answer is owed until its turn is committed; then it is in the session.
    async fn a_commit_ends_what_is_owed(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        let owner = OwnerId::new(NOW, die());
        let mut commit = turn(workspace, bot, "kim");
        store.begin_late(owed(&commit, owner)).await.expect("is written");
        assert_eq!(store.late_of(key).await.expect("reads"), Some(LateState::Running));
        commit.late = Some(LateEnd::Kept(commit.turn.id));
        commit.turn.late = Some("늦은 답".to_owned());
        store.commit_turn(commit, SOON).await.expect("commits");
        assert_eq!(store.late_of(key).await.expect("reads"), None);
    }

    /// What is to be posted is owed until it is delivered.
    async fn what_is_posted_is_owed_until_it_is_there(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        let owner = OwnerId::new(NOW, die());
        let mut commit = turn(workspace, bot, "kim");
        let id = commit.turn.id;
        store.begin_late(owed(&commit, owner)).await.expect("is written");
        commit.late = Some(LateEnd::Post(id, "{\"b\":[]}".to_owned()));
        store.commit_turn(commit, SOON).await.expect("commits");
        assert_eq!(store.late_of(key).await.expect("reads"), Some(LateState::Posting));
        store.end_late(id).await.expect("ends");
        assert_eq!(store.late_of(key).await.expect("reads"), None);
    }

    /// An undelivered answer goes into a session that has not moved, and only there.
    async fn an_undelivered_answer_is_kept(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        let mut commit = turn(workspace, bot, "kim");
        let (id, end_user) = (commit.turn.id, commit.end_user);
        store.begin_late(owed(&commit, OwnerId::new(NOW, die()))).await.expect("is written");
        commit.late = Some(LateEnd::Post(id, "{}".to_owned()));
        store.commit_turn(commit, SOON).await.expect("commits");
        let stale = store.keep_late(id, end_user, 7, "{\"l\":1}".to_owned(), NOW).await;
        assert!(matches!(stale, Err(StoreError::Commit(CommitError::Stale { table: "sessions" }))), "{stale:?}");
        assert_eq!(store.late_of(key).await.expect("reads"), Some(LateState::Posting), "is still owed");
        store.keep_late(id, end_user, 1, "{\"l\":1}".to_owned(), NOW).await.expect("is kept");
        let session = store.read_turn(key).await.expect("reads").and_then(|read| read.session).expect("a session");
        assert_eq!((session.version, session.state.as_str()), (2, "{\"l\":1}"));
        assert_eq!(store.late_of(key).await.expect("reads"), None);
    }

    /// What a dead process owed is found by the next, once, and forgotten in time.
    async fn what_a_dead_process_owed_is_found(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        let (dead, living) = (OwnerId::new(NOW, die()), OwnerId::new(NOW, die()));
        let begun = owed(&turn(workspace, bot, "kim"), dead);
        store.begin_late(begun.clone()).await.expect("is written");
        assert_eq!(store.left_late(dead, i64::MAX).await.expect("reads"), [], "its own is not left behind");
        assert_eq!(store.left_late(living, NOW).await.expect("reads"), [], "it may still come");
        let left = store.left_late(living, i64::MAX).await.expect("reads");
        assert_eq!((left.len(), left[0].state, left[0].begun.turn), (1, LateState::Running, begun.turn));
        assert_eq!(left[0].begun.callback_url, begun.callback_url);
        store.lose_late(begun.turn).await.expect("is lost");
        assert_eq!(store.left_late(living, i64::MAX).await.expect("reads"), []);
        assert_eq!(store.late_of(key).await.expect("reads"), Some(LateState::Lost));
        store.forget_late(NOW + 1).await.expect("is forgotten");
        assert_eq!(store.late_of(key).await.expect("reads"), None);
    }
}
