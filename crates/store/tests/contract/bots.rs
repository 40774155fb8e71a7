//! Bots: drafts, versions, the channel's switch.

use store::{BotId, CommitError, DraftFile, Store, StoreError, TurnKey};

use crate::{NOW, contract, die, given_bot};

contract! {
    /// A version never changes; the draft goes on.
    async fn publishing_freezes_the_draft(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let row = store.bot(bot).await.expect("reads").expect("is there");
        assert_eq!((row.live_version, row.draft_revision, row.title.as_str()), (Some(1), 1, "가게"));
        let file = DraftFile { title: "새 이름", description: "설명", draft: "{\"v\":2}" };
        assert_eq!(store.save_draft(bot, 1, file, NOW + 1).await.expect("saves"), 2);
        let stale = store.save_draft(bot, 1, file, NOW + 2).await;
        assert!(matches!(stale, Err(StoreError::Commit(CommitError::Stale { table: "bots" }))), "{stale:?}");
        assert_eq!(store.version_file(bot, 1).await.expect("reads").as_deref(), Some("{\"v\":1}"));
        assert_eq!(store.draft_file(bot).await.expect("reads").as_deref(), Some("{\"v\":2}"));
        assert_eq!(store.publish(bot, NOW + 3).await.expect("publishes"), 2);
        assert_eq!(store.version_file(bot, 2).await.expect("reads").as_deref(), Some("{\"v\":2}"));
        assert_eq!(store.version_file(bot, 3).await.expect("reads"), None);
        assert_eq!(store.bots(workspace).await.expect("reads")[0].title, "새 이름");
    }

    /// Two who publish at once get two numbers.
    async fn versions_are_numbered_once(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let (a, b) = tokio::join!(store.publish(bot, NOW), store.publish(bot, NOW));
        let mut numbers = [a.expect("publishes"), b.expect("publishes")];
        numbers.sort_unstable();
        assert_eq!(numbers, [2, 3]);
        let missing = store.publish(BotId::new(NOW, die()), NOW).await;
        assert!(matches!(missing, Err(StoreError::Missing("bot"))), "{missing:?}");
    }

    /// The channel's switch and secret are read with each turn; a deleted bot is gone for turns and can come back.
    async fn the_channel_is_read_with_the_turn(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
        store.set_kakao(bot, false, Some(Some(("x-secret".to_owned(), [7; 32]))), NOW).await.expect("sets");
        let head = store.read_turn(key).await.expect("reads").expect("is there").bot;
        assert_eq!((head.kakao_enabled, head.kakao_header_name.as_deref(), head.kakao_header_hash.as_deref()), (false, Some("x-secret"), Some(&[7; 32][..])));
        store.set_kakao(bot, true, None, NOW).await.expect("sets");
        assert_eq!(store.read_turn(key).await.expect("reads").expect("is there").bot.kakao_header_name.as_deref(), Some("x-secret"));
        store.set_kakao(bot, true, Some(None), NOW).await.expect("sets");
        assert_eq!(store.read_turn(key).await.expect("reads").expect("is there").bot.kakao_header_name, None);
        store.delete_bot(bot, NOW).await.expect("deletes");
        assert!(store.read_turn(key).await.expect("reads").is_none());
        assert!(store.bots(workspace).await.expect("reads").is_empty());
        store.restore_bot(bot, NOW).await.expect("restores");
        assert!(store.read_turn(key).await.expect("reads").is_some());
    }

    /// Everyone who asks for the default workspace gets the same one.
    async fn there_is_one_default_workspace(store: Store) {
        let (a, b) = tokio::join!(store.default_workspace(NOW, die()), store.default_workspace(NOW, die()));
        assert_eq!(a.expect("is there"), b.expect("is there"));
    }
}
