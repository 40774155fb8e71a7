//! The demo, and that it owns nothing.

use store::{Demo, NewDemo, NewSignIn, SignInId, Store, WorkspaceId};

use crate::{NOW, accounts::new_account, contract, die};

fn new_demo() -> NewDemo {
    NewDemo {
        workspace: WorkspaceId::new(NOW, die()),
        name: "데모".to_owned(),
        account: new_account("demo@example.com"),
        role: "editor",
    }
}

contract! {
    /// The demo is made once, is marked, and leaves the server without an owner.
    async fn a_demo_owns_nothing(store: Store) {
        assert_eq!(store.demo().await.expect("reads"), None);
        let new = new_demo();
        let demo = Demo { workspace: new.workspace, account: new.account.id };
        assert!(store.add_demo(new).await.expect("is made"));
        assert!(!store.add_demo(NewDemo { account: new_account("other@example.com"), ..new_demo() }).await.expect("is asked"));
        assert_eq!(store.demo().await.expect("reads"), Some(demo));
        assert!(!store.any_account().await.expect("reads"), "there is no owner yet");
        assert!(store.account(demo.account).await.expect("reads").expect("is there").demo);
        assert!(store.account_by_email("demo@example.com").await.expect("reads").expect("is there").demo);
        let mine = store.workspaces_of(demo.account).await.expect("reads");
        assert_eq!(mine.iter().map(|it| (it.workspace.id, it.workspace.demo, it.role.as_str())).collect::<Vec<_>>(), [(demo.workspace, true, "editor")]);
        let owner = new_account("kim@example.com");
        let id = owner.id;
        let own = store.set_up(owner, "맑은마켓", die()).await.expect("the first owner");
        assert!(store.any_account().await.expect("reads"));
        assert!(!store.account(id).await.expect("reads").expect("is there").demo);
        assert!(!store.workspace(own).await.expect("reads").expect("is there").demo);
    }

    /// A server that somebody owns gets no demo.
    async fn an_owned_server_gets_no_demo(store: Store) {
        store.set_up(new_account("kim@example.com"), "맑은마켓", die()).await.expect("the first owner");
        assert!(!store.add_demo(new_demo()).await.expect("is asked"));
        assert_eq!(store.demo().await.expect("reads"), None);
    }

    /// The demo goes as a whole, and nothing else goes with it.
    async fn a_demo_goes_as_a_whole(store: Store) {
        let new = new_demo();
        let demo = Demo { workspace: new.workspace, account: new.account.id };
        store.add_demo(new).await.expect("is made");
        let owner = new_account("kim@example.com");
        let id = owner.id;
        let own = store.set_up(owner, "맑은마켓", die()).await.expect("the first owner");
        store.add_member(demo.workspace, id, "owner", NOW).await.expect("adds");
        let (_, kept) = crate::given_bot(&store).await;
        let bot = store::NewBot {
            id: store::BotId::new(NOW, die()), workspace: demo.workspace, title: "예시".to_owned(),
            description: String::new(), draft: "{}".to_owned(), now_ms: NOW,
        };
        let gone = bot.id;
        store.create_bot(bot).await.expect("is made");
        let sign_in = NewSignIn {
            id: SignInId::new(NOW, die()), account: demo.account, token: [1; 32], user_agent: String::new(),
            address: String::new(), now_ms: NOW, expires_at: NOW + 1_000,
        };
        store.sign_in(sign_in).await.expect("signs in");
        assert!(store.signed_in([1; 32], None, NOW).await.expect("reads").expect("is there").account.demo);
        assert!(store.remove_demo(demo).await.expect("goes"));
        assert!(!store.remove_demo(demo).await.expect("is asked"), "it is gone");
        assert_eq!(store.demo().await.expect("reads"), None);
        assert_eq!(store.signed_in([1; 32], None, NOW).await.expect("reads"), None);
        assert_eq!(store.account(demo.account).await.expect("reads"), None);
        assert_eq!(store.workspaces_of(id).await.expect("reads").iter().map(|it| it.workspace.id).collect::<Vec<_>>(), [own]);
        assert_eq!(store.purge_bots(NOW).await.expect("purges"), 1);
        assert!(store.bot(gone).await.expect("reads").is_none());
        assert!(store.bot(kept).await.expect("reads").is_some());
    }
}
