//! Agents, settings, canned messages, and the web chat of bots.

use store::{BotId, CannedId, CannedRow, Store, WebChannelRow, WorkspaceId};

use crate::{NOW, accounts::given_account, contract, die, given_bot};

contract! {
    /// An agent is made when first seen, comes and goes, and is none any more when they leave the workspace.
    async fn agents_come_and_go(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        for account in [kim, lee] {
            store.add_member(workspace, account, "readonly", NOW).await.expect("is a member");
        }
        assert!(store.agents(workspace).await.expect("reads").is_empty());
        store.see_agent(workspace, kim, NOW + 60).await.expect("is seen");
        store.ensure_agent(workspace, lee).await.expect("is made");
        store.ensure_agent(workspace, kim).await.expect("is there");
        let agents = store.agents(workspace).await.expect("reads");
        let kims = agents.iter().find(|it| it.account == kim).expect("is there");
        assert_eq!((agents.len(), kims.online_until, kims.away, kims.open), (2, NOW + 60, false, 0));
        store.agent_leaves(workspace, kim, NOW + 10).await.expect("goes");
        store.set_agent_away((workspace, kim), true, Vec::new(), NOW).await.expect("is away");
        store.set_agent_categories((workspace, kim), "[[\"환불\"]]".to_owned()).await.expect("is set");
        store.set_agent_settings((workspace, kim), "{\"a\":1}".to_owned()).await.expect("is set");
        let agents = store.agents(workspace).await.expect("reads");
        let kims = agents.iter().find(|it| it.account == kim).expect("is there");
        assert_eq!((kims.online_until, kims.away, kims.categories.as_str(), kims.settings.as_str()), (NOW + 10, true, "[[\"환불\"]]", "{\"a\":1}"));
        store.see_agent(workspace, kim, NOW + 99).await.expect("is seen");
        let agents = store.agents(workspace).await.expect("reads");
        assert!(agents.iter().any(|it| it.account == kim && it.away && it.online_until == NOW + 99));
        assert!(store.set_agent_settings((WorkspaceId::new(NOW, die()), kim), "{}".to_owned()).await.is_err());
        assert!(store.remove_member(workspace, lee).await.expect("is asked"));
        assert_eq!(store.agents(workspace).await.expect("reads").len(), 1);
    }

    /// A team has settings, and each bot its own beside them.
    async fn settings_of_a_team_and_its_bots(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        assert_eq!(store.chat_settings(workspace, Some(bot)).await.expect("reads"), (None, None));
        store.set_chat_settings(workspace, None, ("{\"t\":1}".to_owned(), Some(true)), NOW).await.expect("sets");
        store.set_chat_settings(workspace, Some(bot), ("{\"b\":1}".to_owned(), Some(false)), NOW).await.expect("sets");
        store.set_chat_settings(workspace, Some(bot), ("{\"b\":2}".to_owned(), None), NOW).await.expect("sets");
        let both = store.chat_settings(workspace, Some(bot)).await.expect("reads");
        assert_eq!(both, (Some("{\"t\":1}".to_owned()), Some("{\"b\":2}".to_owned())));
        assert_eq!(store.chat_settings(workspace, None).await.expect("reads").1, None);
        assert!(store.any_only_assigned(workspace).await.expect("reads"));
        assert!(!store.any_only_assigned(WorkspaceId::new(NOW, die())).await.expect("reads"));
    }

    /// Canned messages: the team's are everybody's, one's own are one's own.
    async fn canned_messages_have_owners(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        let row = |owner, title: &str, position| CannedRow {
            id: CannedId::new(NOW, die()), owner, title: title.to_owned(), text: "안녕하세요".to_owned(),
            shortcut: "hi".to_owned(), position,
        };
        let (team, own) = (row(None, "인사", 2), row(Some(kim), "내 인사", 1));
        for one in [&team, &own] {
            store.add_canned(workspace, one.clone(), NOW).await.expect("adds");
        }
        assert_eq!(store.canned(workspace, kim).await.expect("reads"), [own.clone(), team.clone()]);
        assert_eq!(store.canned(workspace, lee).await.expect("reads"), std::slice::from_ref(&team));
        let changed = CannedRow { title: "새 인사".to_owned(), position: 0, ..team };
        store.change_canned(workspace, changed.clone()).await.expect("changes");
        assert_eq!(store.canned(workspace, kim).await.expect("reads"), [changed.clone(), own.clone()]);
        assert!(store.remove_canned(WorkspaceId::new(NOW, die()), own.id).await.is_err());
        store.remove_canned(workspace, own.id).await.expect("removes");
        assert_eq!(store.canned(workspace, kim).await.expect("reads"), [changed]);
    }

    /// A web chat that was never set up is off; its secret stays until it is exchanged.
    async fn a_web_chat_is_set_up(store: Store) {
        let (workspace, bot) = given_bot(&store).await;
        let none = store.web_channel(bot).await.expect("reads").expect("a bot");
        assert_eq!((none.enabled, none.secret.len(), none.bot_title.as_str()), (false, 0, "가게"));
        assert!(store.web_channel(BotId::new(NOW, die())).await.expect("reads").is_none());
        let row = |secret: u8| WebChannelRow {
            workspace, bot_title: "가게".to_owned(), enabled: true, settings: "{\"a\":1}".to_owned(),
            secret: vec![secret; 32], updated_at: NOW,
        };
        store.set_web_channel(bot, row(1)).await.expect("sets");
        store.set_web_channel(bot, row(2)).await.expect("sets");
        assert_eq!(store.web_channel(bot).await.expect("reads"), Some(row(1)), "a secret is not exchanged in passing");
        let read = store.chat_by_key(bot, "web", "anon:1").await.expect("reads").expect("a bot");
        assert_eq!(read.web, Some((true, "{\"a\":1}".to_owned(), vec![1; 32])));
        store.renew_web_secret(workspace, bot, vec![3; 32], NOW + 1).await.expect("renews");
        assert_eq!(store.web_channel(bot).await.expect("reads"), Some(WebChannelRow { updated_at: NOW + 1, ..row(3) }));
        assert!(store.renew_web_secret(WorkspaceId::new(NOW, die()), bot, vec![4; 32], NOW).await.is_err());
    }
}
