//! Bots: drafts, versions, the channel's switch.

use store::{BotId, CommitError, DraftFile, NewBot, NewVersion, Store, StoreError, TurnKey};

use crate::{NOW, contract, die, given_bot, turn};

const SOON: std::time::Duration = std::time::Duration::from_secs(10);

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
        assert_eq!(store.publish(bot, NewVersion::default(), NOW + 3).await.expect("publishes"), 2);
        assert_eq!(store.version_file(bot, 2).await.expect("reads").as_deref(), Some("{\"v\":2}"));
        assert_eq!(store.version_file(bot, 3).await.expect("reads"), None);
        assert_eq!(store.bots(workspace).await.expect("reads")[0].title, "새 이름");
    }

    /// Two who publish at once get two numbers.
    async fn versions_are_numbered_once(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let (a, b) = tokio::join!(store.publish(bot, NewVersion::default(), NOW), store.publish(bot, NewVersion::default(), NOW));
        let mut numbers = [a.expect("publishes"), b.expect("publishes")];
        numbers.sort_unstable();
        assert_eq!(numbers, [2, 3]);
        let missing = store.publish(BotId::new(NOW, die()), NewVersion::default(), NOW).await;
        assert!(matches!(missing, Err(StoreError::Missing("bot"))), "{missing:?}");
    }

    /// A bridge is read with each turn; its settings change, and a bot with flows never becomes one.
    async fn a_bridge_is_read_with_the_turn(store: Store) {
        let (workspace, flows) = given_bot(&store).await;
        let id = BotId::new(NOW, die());
        let (title, description) = ("예전 봇".to_owned(), String::new());
        let bot = NewBot { id, workspace, title, description, draft: "{}".to_owned(), now_ms: NOW };
        store.create_bridge(bot, "{\"url\":\"a\"}").await.expect("is made");
        let head = |bot| {
            let store = store.clone();
            async move {
                let key = TurnKey { bot, platform: "kakao", draft: false, user_key: "kim" };
                store.read_turn(key).await.expect("reads").expect("is there").bot
            }
        };
        assert_eq!(head(id).await.bridge.as_deref(), Some("{\"url\":\"a\"}"));
        assert_eq!(head(flows).await.bridge, None);
        store.set_bridge(id, "{\"url\":\"b\"}", NOW + 1).await.expect("is set");
        let row = store.bot(id).await.expect("reads").expect("is there");
        assert_eq!((row.bridge.as_deref(), row.live_version, row.updated_at), (Some("{\"url\":\"b\"}"), None, NOW + 1));
        let stale = store.set_bridge(flows, "{}", NOW + 2).await;
        assert!(matches!(stale, Err(StoreError::Commit(CommitError::Stale { table: "bots" }))), "{stale:?}");
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
    /// The draft is ahead of what answers from its first change until it is published again.
    async fn the_draft_is_ahead_after_a_change(store: Store) {
        let (_, bot) = given_bot(&store).await;
        let ahead = async || {
            let row = store.bot(bot).await.expect("reads").expect("is there");
            row.live_revision != Some(row.draft_revision)
        };
        assert!(!ahead().await);
        let file = DraftFile { title: "가게", description: "", draft: "{\"v\":2}" };
        let (saved, published) = tokio::join!(store.save_draft(bot, 1, file, NOW), store.publish(bot, NewVersion::default(), NOW));
        saved.expect("saves");
        let version = store.version_file(bot, published.expect("publishes")).await.expect("reads");
        assert_eq!(ahead().await, version.as_deref() == Some("{\"v\":1}"));
        store.publish(bot, NewVersion::default(), NOW).await.expect("publishes");
        assert!(!ahead().await);
    }

    /// Deleted bots are listed apart and thrown away when their time is over, with all that was theirs.
    async fn deleted_bots_are_purged(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let (_, other) = given_bot(&store).await;
        store.commit_turn(turn(workspace, bot, "kim"), SOON).await.expect("commits");
        store.commit_turn(turn(workspace, bot, "lee"), SOON).await.expect("commits");
        store.commit_turn(turn(workspace, other, "kim"), SOON).await.expect("commits");
        let numbers = store.bot_numbers(workspace, NOW).await.expect("reads");
        let of = |bot| numbers.iter().find(|it| it.bot == bot).map(|it| (it.turns, it.end_users, it.faults));
        assert_eq!((of(bot), of(other)), (Some((2, 2, 0)), Some((1, 1, 0))));
        assert!(store.bot_numbers(workspace, NOW + 1).await.expect("reads").is_empty());
        store.delete_bot(bot, NOW).await.expect("deletes");
        let ids = |rows: Vec<store::BotRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(store.deleted_bots(workspace).await.expect("reads")), [bot]);
        assert_eq!(ids(store.bots(workspace).await.expect("reads")), [other]);
        assert_eq!(store.purge_bots(NOW).await.expect("purges"), 0, "not older");
        assert_eq!(store.purge_bots(NOW + 1).await.expect("purges"), 1);
        assert_eq!(store.bot(bot).await.expect("reads"), None);
        assert_eq!(store.version_file(bot, 1).await.expect("reads"), None);
        assert_eq!((store.counts(bot, 0).await.expect("reads").turns, store.counts(other, 0).await.expect("reads").turns), (0, 1));
        let key = TurnKey { bot: other, platform: "kakao", draft: false, user_key: "kim" };
        assert!(store.read_turn(key).await.expect("reads").expect("is there").session.is_some());
    }
}
