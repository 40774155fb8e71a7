//! What building a bot needs: drafts that are not overwritten, versions with their story, pictures, path tests.

use store::{
    AccountId, BotId, CommitError, DraftFile, NewMedia, NewVersion, PathTestBody, PathTestId, Store,
    StoreError, WorkspaceId,
};

use crate::{NOW, contract, die, given_bot};

fn stale(done: Result<impl std::fmt::Debug, StoreError>) -> &'static str {
    match done {
        Err(StoreError::Commit(CommitError::Stale { table })) => table,
        other => panic!("{other:?}"),
    }
}

fn test(name: &str) -> (PathTestId, PathTestBody) {
    let body = PathTestBody {
        name: name.to_owned(),
        channel: "kakao".to_owned(),
        steps: "[\"\\u0000\"]".to_owned(),
    };
    (PathTestId::new(NOW, die()), body)
}

contract! {
    /// File and revision are read together; a deleted bot has no draft to work on.
    async fn a_draft_is_read_with_its_revision(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let file = DraftFile { title: "가게", description: "", draft: "{\"v\":2}" };
        store.save_draft(bot, 1, file, NOW + 5).await.expect("saves");
        let draft = store.draft(bot).await.expect("reads").expect("is there");
        assert_eq!((draft.file.as_str(), draft.revision, draft.updated_at), ("{\"v\":2}", 2, NOW + 5));
        store.delete_bot(bot, NOW).await.expect("deletes");
        assert_eq!(store.draft(bot).await.expect("reads"), None);
    }

    /// What was looked at is what is published, or nothing is.
    async fn a_draft_that_has_moved_on_is_not_published(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let file = DraftFile { title: "가게", description: "", draft: "{\"v\":2}" };
        store.save_draft(bot, 1, file, NOW).await.expect("saves");
        let at = |revision| NewVersion { revision: Some(revision), ..NewVersion::default() };
        assert_eq!(stale(store.publish(bot, at(1), NOW).await), "bots");
        assert_eq!(store.bot(bot).await.expect("reads").expect("is there").live_version, Some(1));
        assert_eq!(store.publish(bot, at(2), NOW).await.expect("publishes"), 2);
        // Others who publish in between are no reason to refuse.
        let (a, b) = tokio::join!(store.publish(bot, at(2), NOW), store.publish(bot, at(2), NOW));
        let mut numbers = [a.expect("publishes"), b.expect("publishes")];
        numbers.sort_unstable();
        assert_eq!(numbers, [3, 4]);
    }

    /// A version says who published it and why, and can answer again.
    async fn versions_are_listed_and_served_again(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let file = DraftFile { title: "가게", description: "", draft: "{\"v\":\"둘\"}" };
        store.save_draft(bot, 1, file, NOW).await.expect("saves");
        let by = Some((AccountId::new(NOW, die()), "김편집".to_owned()));
        let new = NewVersion { revision: None, note: "영업 시간을 바꿨어요".to_owned(), by };
        store.publish(bot, new, NOW + 1).await.expect("publishes");
        let all = store.versions(bot, None, 10).await.expect("reads");
        let seen: Vec<_> = all.iter().map(|row| (row.number, row.note.as_str(), row.published_by.as_deref(), row.size, row.revision)).collect();
        assert_eq!(seen, [(2, "영업 시간을 바꿨어요", Some("김편집"), 11, Some(2)), (1, "", None, 7, Some(1))]);
        assert_eq!(all[0].created_at, NOW + 1);
        assert_eq!(store.versions(bot, Some(2), 10).await.expect("reads").len(), 1);
        assert_eq!(store.versions(bot, None, 1).await.expect("reads").len(), 1);
        assert!(store.versions(BotId::new(NOW, die()), None, 9).await.expect("reads").is_empty());
        store.serve_version(bot, 1, NOW + 2).await.expect("serves");
        let row = store.bot(bot).await.expect("reads").expect("is there");
        assert_eq!((row.live_version, row.live_revision, row.draft_revision), (Some(1), Some(1), 2));
        assert_eq!(stale(store.serve_version(bot, 9, NOW).await), "bot_versions");
        assert_eq!(stale(store.serve_version(BotId::new(NOW, die()), 1, NOW).await), "bots");
        // The next one has a number of its own all the same.
        assert_eq!(store.publish(bot, NewVersion::default(), NOW).await.expect("publishes"), 3);
    }

    /// The version that answers stays.
    async fn only_versions_that_do_not_answer_are_thrown_away(store: Store) {
        let (_, bot) = given_bot(&store).await;
        store.publish(bot, NewVersion::default(), NOW).await.expect("publishes");
        assert_eq!(stale(store.delete_version(bot, 2).await), "bots");
        store.delete_version(bot, 1).await.expect("deletes");
        assert_eq!(stale(store.delete_version(bot, 1).await), "bot_versions");
        assert_eq!(store.version_file(bot, 1).await.expect("reads"), None);
        // Serving one while it is thrown away: one of the two comes first, and what answers is there.
        for _ in 0..8 {
            let live = store.publish(bot, NewVersion::default(), NOW).await.expect("publishes");
            let (_served, _deleted) =
                tokio::join!(store.serve_version(bot, live - 1, NOW), store.delete_version(bot, live - 1));
            let row = store.bot(bot).await.expect("reads").expect("is there");
            let answers = row.live_version.expect("one answers");
            assert!(store.version_file(bot, answers).await.expect("reads").is_some(), "{answers}");
        }
    }

    /// A picture is kept once, whoever brings it.
    async fn pictures_of_bots_are_kept_once(store: Store) {
        let workspace = store.default_workspace(NOW, die()).await.expect("a workspace");
        let new = |byte| NewMedia { hash: [byte; 32], workspace, kind: "image/png", width: 4, height: 3, bytes: vec![byte, 0], sender: None };
        store.add_media(new(1), NOW).await.expect("is kept");
        store.add_media(NewMedia { workspace: WorkspaceId::new(NOW, die()), ..new(1) }, NOW).await.expect("is kept");
        store.add_media(new(2), NOW).await.expect("is kept");
        assert_eq!(store.media_count(workspace).await.expect("reads"), 2);
        let found = store.media([1; 32]).await.expect("reads").expect("is there");
        assert_eq!((found.kind.as_str(), &found.bytes[..]), ("image/png", &[1, 0][..]));
        assert_eq!(store.media([3; 32]).await.expect("reads"), None);
    }

    /// What visitors send is counted by visitor; what bots show is not.
    async fn pictures_of_visitors_are_counted_by_visitor(store: Store) {
        let workspace = store.default_workspace(NOW, die()).await.expect("a workspace");
        let new = |byte: u8, sender: Option<&str>| NewMedia {
            hash: [byte; 32], workspace, kind: "image/png", width: 4, height: 3, bytes: vec![byte, 0], sender: sender.map(str::to_owned),
        };
        assert_eq!(store.media_sent(workspace, "bot anon:1").await.expect("reads"), (0, 0));
        for (byte, sender) in [(31, None), (32, Some("bot anon:1")), (33, Some("bot anon:1")), (34, Some("bot anon:2")), (32, Some("bot anon:2"))] {
            store.add_media(new(byte, sender), NOW).await.expect("is kept");
        }
        assert_eq!(store.media_sent(workspace, "bot anon:1").await.expect("reads"), (3, 2));
        assert_eq!(store.media_sent(workspace, "bot anon:2").await.expect("reads"), (3, 1));
    }

    /// Path tests are a bot's own, and go with it.
    async fn path_tests_come_change_and_go(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (_, other) = given_bot(&store).await;
        let (first, second) = (test("주문"), test("환불"));
        store.add_path_tests((workspace, bot), vec![first.clone(), second.clone()], NOW).await.expect("are made");
        let again = store.add_path_tests((workspace, bot), vec![test("세 번째"), first.clone()], NOW).await;
        assert!(matches!(again, Err(StoreError::Commit(CommitError::Duplicate { .. }))), "{again:?}");
        let changed = PathTestBody { name: "주문 취소".to_owned(), ..first.1.clone() };
        store.save_path_test(bot, first.0, changed.clone(), NOW + 1).await.expect("is changed");
        let all = store.path_tests(bot).await.expect("reads");
        assert_eq!(all.iter().map(|row| row.id).collect::<Vec<_>>(), [first.0, second.0]);
        assert_eq!((&all[0].body, all[0].created_at, all[0].updated_at), (&changed, NOW, NOW + 1));
        assert_eq!(stale(store.save_path_test(other, first.0, changed, NOW).await), "path_tests");
        assert_eq!(stale(store.delete_path_test(other, first.0).await), "path_tests");
        store.delete_path_test(bot, first.0).await.expect("is deleted");
        store.delete_bot(bot, NOW).await.expect("deletes");
        assert_eq!(store.purge_bots(NOW + 1).await.expect("purges"), 1);
        assert!(store.path_tests(bot).await.expect("reads").is_empty());
    }
}
