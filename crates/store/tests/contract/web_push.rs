//! Web push: who is to be told, by whom, and until when.

use store::{AccountId, EndUserId, NewLive, NewSignIn, NewWebPushDevice, SignInId, Store, WorkspaceId};

use crate::{NOW, accounts::given_account, contract, die, given_bot};

async fn member(store: &Store, workspace: WorkspaceId) -> AccountId {
    let account = given_account(store, "kim@example.com").await;
    store.add_member(workspace, account, "readonly", NOW).await.expect("is a member");
    account
}

async fn signs_in(store: &Store, account: AccountId) -> SignInId {
    let id = SignInId::new(NOW, die());
    let mut token = [0; 32];
    token[..16].copy_from_slice(id.as_bytes());
    let new = NewSignIn {
        id,
        account,
        token,
        user_agent: String::new(),
        address: String::new(),
        now_ms: NOW,
        expires_at: NOW + 1_000,
    };
    store.sign_in(new).await.expect("signs in");
    id
}

fn device((workspace, account): (WorkspaceId, AccountId), sign_in: SignInId, nth: u8) -> NewWebPushDevice {
    NewWebPushDevice {
        workspace,
        device: [nth; 32],
        account,
        sign_in,
        endpoint: format!("https://push.example/{nth}"),
        public_key: vec![4; 65],
        auth: vec![nth; 16],
        language: "ko".to_owned(),
        created_at: NOW + i64::from(nth),
    }
}

async fn happens(store: &Store, workspace: WorkspaceId) {
    let told = NewLive {
        kind: "gone",
        end_user: Some(EndUserId::new(NOW, die())),
        message: None,
        data: "{}".to_owned(),
    };
    store.tell_live(workspace, vec![told], NOW).await.expect("is told");
}

contract! {
    /// The key is made once, whoever comes first.
    async fn an_installation_has_one_push_key(store: Store) {
        assert_eq!(store.known_web_push_key().await.expect("reads"), None);
        let (a, b) = tokio::join!(store.web_push_key(vec![1], NOW), store.web_push_key(vec![2], NOW));
        let kept = store.known_web_push_key().await.expect("reads").expect("is kept");
        assert_eq!((a.expect("a key"), b.expect("a key")), (kept.clone(), kept));
    }

    /// One process tells what has happened; nothing of before; and only where somebody wants it.
    async fn news_for_browsers_is_taken_on_by_one(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let account = member(&store, workspace).await;
        happens(&store, workspace).await;
        let sign_in = signs_in(&store, account).await;
        store.add_web_push_device(device((workspace, account), sign_in, 1)).await.expect("is added");
        assert!(store.web_push_due().await.expect("reads").is_empty(), "what was before is not told");
        happens(&store, workspace).await;
        assert_eq!(store.web_push_due().await.expect("reads"), [(workspace, 1)]);
        let (a, b) = tokio::join!(store.claim_web_push(workspace, 1, 2), store.claim_web_push(workspace, 1, 2));
        assert_eq!([a.expect("asks"), b.expect("asks")].iter().filter(|won| **won).count(), 1);
        assert!(store.web_push_due().await.expect("reads").is_empty());
        store.remove_web_push_device(workspace, [1; 32], None).await.expect("is removed");
        happens(&store, workspace).await;
        assert!(store.web_push_due().await.expect("reads").is_empty(), "nobody wants it");
    }

    /// Browsers of agents whose console is closed and who are signed in there.
    async fn browsers_are_told_while_their_agent_is_away(store: Store) {
        let (workspace, _) = given_bot(&store).await;
        let account = member(&store, workspace).await;
        store.ensure_agent(workspace, account).await.expect("is an agent");
        let sign_in = signs_in(&store, account).await;
        store.add_web_push_device(device((workspace, account), sign_in, 1)).await.expect("is added");
        let away = async |now| {
            let rows = store.web_push_devices_away(workspace, now).await.expect("reads");
            rows.into_iter().map(|row| row.device[0]).collect::<Vec<_>>()
        };
        assert_eq!(away(NOW).await, [1]);
        assert!(away(NOW + 1_000).await.is_empty(), "the sign-in is over");
        store.see_agent(workspace, account, NOW + 500).await.expect("is seen");
        assert!(away(NOW + 499).await.is_empty(), "the console is open");
        assert_eq!(away(NOW + 500).await, [1]);
        // The same browser, told anew: the keys of now.
        let again = NewWebPushDevice { auth: vec![7; 16], ..device((workspace, account), sign_in, 1) };
        store.add_web_push_device(again).await.expect("is changed");
        let rows = store.web_push_devices_away(workspace, NOW + 500).await.expect("reads");
        assert_eq!(rows.iter().map(|row| row.auth.clone()).collect::<Vec<_>>(), [vec![7; 16]]);
        // More than anybody has: the oldest go.
        for nth in 2..=12 {
            store.add_web_push_device(device((workspace, account), sign_in, nth)).await.expect("is added");
        }
        assert_eq!(away(NOW + 500).await, (3..=12).collect::<Vec<u8>>());
        // A sign-in ends, and with the next browser what hung on it is gone.
        let other = signs_in(&store, account).await;
        store.end_sign_in(account, sign_in).await.expect("ends");
        store.add_web_push_device(device((workspace, account), other, 13)).await.expect("is added");
        assert_eq!(away(NOW + 500).await, [13]);
    }
}
