//! Conversations to read, and one customer's data.

use std::time::Duration;

use store::{NewRequest, RequestAbout, Store, ThreadCursor, TurnFacts, TurnId, TurnKey};

use crate::{NOW, contract, die, given_bot, message, turn};

const SOON: Duration = Duration::from_secs(10);

contract! {
    /// Conversations are listed by their last message, found by key and by words.
    async fn conversations_are_listed_and_found(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        for n in 0..8_i64 {
            let mut commit = turn(workspace, bot, &format!("key{n}"));
            commit.now_ms = NOW + n;
            commit.messages = vec![message(&format!("{{\"text\":\"주문 {n} 100%_! Coffee\"}}"))];
            commit.turn.facts = TurnFacts { said: Some(format!("주문 {n}")), ..TurnFacts::default() };
            store.commit_turn(commit, SOON).await.expect("commits");
        }
        while store.add_up(100).await.expect("adds up") > 0 {}
        let first = store.threads(bot, "", None, 5).await.expect("reads");
        assert_eq!(first.iter().map(|row| row.user_key.as_str()).collect::<Vec<_>>(), ["key7", "key6", "key5", "key4", "key3"]);
        assert_eq!((first[0].said.as_str(), first[0].turns, first[0].messages), ("주문 7", 1, 1));
        let cursor = ThreadCursor { last_at: first[4].last_at, end_user: first[4].end_user };
        assert_eq!(store.threads(bot, "kakao", Some(cursor), 5).await.expect("reads").len(), 3);
        assert_eq!(store.threads(bot, "web", None, 5).await.expect("reads").len(), 0);
        assert_eq!(store.threads_by_key(bot, "", "key3", 5).await.expect("reads")[0].user_key, "key3");
        assert_eq!(store.threads_by_key(bot, "", "key", 50).await.expect("reads").len(), 8);
        assert_eq!(store.threads_by_key(bot, "", "kez", 50).await.expect("reads").len(), 0);
        let (found, next) = store.threads_with(bot, ("", "주문 3"), None, 5).await.expect("reads");
        assert_eq!((found.len(), found[0].thread.user_key.as_str(), found[0].seq, next), (1, "key3", 0, None));
        for words in ["100%_!", "coffee", "COFFEE"] {
            assert_eq!(store.threads_with(bot, ("", words), None, 50).await.expect("reads").0.len(), 8, "{words}");
        }
        assert_eq!(store.threads_with(bot, ("", "100_"), None, 50).await.expect("reads").0.len(), 0);
        let (found, next) = store.threads_with(bot, ("", "주문"), None, 3).await.expect("reads");
        assert_eq!((found.len(), next.is_some()), (3, true));
        assert_eq!(store.threads_with(bot, ("", "주문"), next, 50).await.expect("reads").0.len(), 5);
        let one = store.thread_of(bot, first[2].end_user).await.expect("reads").expect("is there");
        assert_eq!(one, first[2]);
    }

    /// Of one customer all can be read and all can be erased; nobody else loses anything, and figures stay.
    async fn a_customer_is_erased_whole(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let mut ids = Vec::new();
        for user in ["kim", "lee"] {
            let mut first = turn(workspace, bot, user);
            first.messages = (0..600).map(|n| message(&n.to_string())).collect();
            first.turn.fault = Some("오류".to_owned());
            first.turn.facts = TurnFacts { unanswered: true, said: Some(user.to_owned()), ..TurnFacts::default() };
            let mut second = turn(workspace, bot, user);
            (second.end_user, second.expected_version, second.first_seq) = (first.end_user, Some(1), 600);
            second.turn.id = TurnId::new(NOW + 5, die());
            ids.push((first.end_user, first.turn.id, second.turn.id));
            store.commit_turn(first, SOON).await.expect("commits");
            store.commit_turn(second, SOON).await.expect("commits");
            let mut draft = turn(workspace, bot, user);
            draft.draft = true;
            store.commit_turn(draft, SOON).await.expect("commits");
            let request = NewRequest {
                bot,
                id: TurnId::new(NOW, die()),
                workspace,
                about: RequestAbout { user_key: Some(user.to_owned()), at: NOW, ..RequestAbout::default() },
                packed: Some(vec![1]),
                answer: None,
            };
            store.log_requests(vec![request], Vec::new()).await.expect("writes");
        }
        while store.add_up(100).await.expect("adds up") > 0 {}
        let (kim, first, second) = ids[0];
        let whole = store.turn(bot, first).await.expect("reads").expect("is there");
        assert_eq!((whole.row.end_user, whole.answer.as_str()), (kim, "답"));
        let turns = store.turns_of(kim, None, 10).await.expect("reads");
        assert_eq!(turns.iter().map(|turn| turn.row.id).collect::<Vec<_>>(), [first, second]);
        assert_eq!(store.turns_of(kim, Some(first), 10).await.expect("reads").len(), 1);
        assert_eq!(store.thread_after(kim, 597, 100).await.expect("reads").iter().map(|row| row.seq).collect::<Vec<_>>(), [598, 599, 600]);
        assert_eq!(store.turn_begins_at(kim, second).await.expect("reads"), Some(600));
        assert_eq!(store.session_state(kim).await.expect("reads").map(|row| row.state).as_deref(), Some("{}"));
        let before = store.stat_people(store::Slots { bot, from: 0, to: i64::MAX, channel: "" }, |slot| slot).await.expect("reads");
        store.erase_customer(bot, kim).await.expect("erases");
        assert!(matches!(store.erase_customer(bot, kim).await, Err(store::StoreError::Missing("customer"))));
        assert_eq!(store.thread_after(kim, -1, 10).await.expect("reads"), []);
        assert_eq!(store.turns_of(kim, None, 10).await.expect("reads"), []);
        assert_eq!(store.session_state(kim).await.expect("reads"), None);
        assert_eq!(store.thread_of(bot, kim).await.expect("reads"), None);
        assert_eq!(store.requests_of(bot, "kim", None).await.expect("reads"), []);
        for draft in [false, true] {
            let key = TurnKey { bot, platform: "kakao", draft, user_key: "kim" };
            assert_eq!(store.read_turn(key).await.expect("reads").and_then(|read| read.session), None);
        }
        for kind in ["fault", "unanswered"] {
            assert_eq!(store.marks_since(bot, kind, 0).await.expect("counts"), 1, "{kind}");
        }
        let (lee, ..) = ids[1];
        assert_eq!(store.thread_after(lee, -1, 1_000).await.expect("reads").len(), 601);
        assert_eq!(store.turns_of(lee, None, 10).await.expect("reads").len(), 2);
        assert_eq!(store.requests_of(bot, "lee", None).await.expect("reads").len(), 1);
        let after = store.stat_people(store::Slots { bot, from: 0, to: i64::MAX, channel: "" }, |slot| slot).await.expect("reads");
        assert_eq!(before, after);
        // Whoever comes back is somebody new.
        store.commit_turn(turn(workspace, bot, "kim"), SOON).await.expect("commits");
    }
}
