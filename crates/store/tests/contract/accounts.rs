//! Accounts: the first one, what people prove themselves with, where they are signed in.

use store::{AccountId, CommitError, NewAccount, NewPicture, NewSignIn, SignInId, Store, StoreError};

use crate::{NOW, contract, die};

/// An account to be made.
pub fn new_account(email: &str) -> NewAccount {
    NewAccount {
        id: AccountId::new(NOW, die()),
        email: email.to_owned(),
        name: "김하나".to_owned(),
        password: "$argon2id$…".to_owned(),
        language: "ko",
        now_ms: NOW,
    }
}

/// An account that is there.
pub async fn given_account(store: &Store, email: &str) -> AccountId {
    let new = new_account(email);
    let id = new.id;
    store.add_account(new).await.expect("is made");
    id
}

async fn given_sign_in(store: &Store, account: AccountId, token: u8) -> SignInId {
    let id = SignInId::new(NOW, die());
    let new = NewSignIn {
        id,
        account,
        token: [token; 32],
        user_agent: "Firefox".to_owned(),
        address: "10.0.0.1".to_owned(),
        now_ms: NOW,
        expires_at: NOW + 1_000,
    };
    store.sign_in(new).await.expect("signs in");
    id
}

contract! {
    /// Of two who set the server up at once, one becomes the owner.
    async fn there_is_one_first_account(store: Store) {
        assert!(!store.any_account().await.expect("reads"));
        let (first, second) = tokio::join!(
            store.set_up(new_account("a@example.com"), "맑은마켓", die()),
            store.set_up(new_account("b@example.com"), "흐린마켓", die()),
        );
        let stale = |done: &Result<_, StoreError>| matches!(done, Err(StoreError::Commit(CommitError::Stale { table: "accounts" })));
        assert!(first.is_ok() != second.is_ok() && (stale(&first) || stale(&second)), "{first:?} {second:?}");
        assert!(store.any_account().await.expect("reads"));
        let accounts = store.accounts().await.expect("reads");
        let memberships = store.workspaces_of(accounts[0].id).await.expect("reads");
        assert_eq!((accounts.len(), memberships.len(), memberships[0].role.as_str()), (1, 1, "owner"));
        assert_eq!(memberships[0].workspace.id, first.or(second).expect("one is there"));
        assert_eq!(memberships[0].workspace.name, if accounts[0].email == "a@example.com" { "맑은마켓" } else { "흐린마켓" });
    }

    /// An address has one account.
    async fn an_address_has_one_account(store: Store) {
        let id = given_account(&store, "kim@example.com").await;
        let again = store.add_account(new_account("kim@example.com")).await;
        assert!(matches!(again, Err(StoreError::Commit(CommitError::Duplicate { .. }))), "{again:?}");
        let found = store.account_by_email("kim@example.com").await.expect("reads").expect("is there");
        assert_eq!((found.id, found.theme.as_str(), found.last_seen_at), (id, "system", None));
        assert_eq!(store.account_by_email("lee@example.com").await.expect("reads"), None);
        store.set_profile(id, ("김두리", "en", "dark"), NOW + 1).await.expect("changes");
        let picture = NewPicture { hash: [9; 32], kind: "image/png", bytes: vec![1, 2, 3] };
        store.set_account_picture(id, Some(picture.clone()), NOW).await.expect("sets");
        let found = store.account(id).await.expect("reads").expect("is there");
        assert_eq!((found.name.as_str(), found.language.as_str(), found.theme.as_str(), found.picture), ("김두리", "en", "dark", Some([9; 32])));
        // A picture lives as long as somebody has it.
        store.prune_pictures(NOW + 1).await.expect("prunes");
        let kept = store.picture([9; 32]).await.expect("reads").expect("is there");
        assert_eq!((kept.kind.as_str(), kept.bytes), ("image/png", vec![1, 2, 3]));
        store.set_account_picture(id, None, NOW).await.expect("sets");
        store.prune_pictures(NOW).await.expect("prunes");
        assert!(store.picture([9; 32]).await.expect("reads").is_some(), "not older");
        store.prune_pictures(NOW + 1).await.expect("prunes");
        assert_eq!(store.picture([9; 32]).await.expect("reads"), None);
    }

    /// A new password ends what was signed in with the old one.
    async fn a_new_password_ends_sign_ins(store: Store) {
        let id = given_account(&store, "kim@example.com").await;
        let here = given_sign_in(&store, id, 1).await;
        given_sign_in(&store, id, 2).await;
        store.add_reset(id, [5; 32], NOW + 1_000).await.expect("adds");
        store.set_password(id, "new", Some(here), NOW).await.expect("sets");
        let left = store.sign_ins(id, NOW).await.expect("reads");
        assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [here]);
        assert!(!store.use_reset([5; 32], "newer", NOW).await.expect("is asked"), "the link ended too");
        store.set_password(id, "newest", None, NOW).await.expect("sets");
        assert!(store.sign_ins(id, NOW).await.expect("reads").is_empty());
        assert_eq!(store.account(id).await.expect("reads").expect("is there").password, "newest");
    }

    /// A link for a new password is good once, for a time, and only the newest.
    async fn a_reset_is_good_once(store: Store) {
        let id = given_account(&store, "kim@example.com").await;
        given_sign_in(&store, id, 1).await;
        store.add_reset(id, [4; 32], NOW + 1_000).await.expect("adds");
        store.add_reset(id, [5; 32], NOW + 1_000).await.expect("adds");
        assert!(!store.use_reset([4; 32], "no", NOW).await.expect("is asked"));
        assert!(!store.use_reset([5; 32], "no", NOW + 1_000).await.expect("is asked"), "too late");
        let (a, b) = tokio::join!(store.use_reset([5; 32], "new", NOW), store.use_reset([5; 32], "new", NOW));
        assert!(a.expect("is asked") != b.expect("is asked"));
        assert_eq!(store.account(id).await.expect("reads").expect("is there").password, "new");
        assert!(store.sign_ins(id, NOW).await.expect("reads").is_empty());
        store.add_reset(id, [6; 32], NOW).await.expect("adds");
        store.prune_resets(NOW + 1).await.expect("prunes");
        assert!(!store.use_reset([6; 32], "no", NOW - 1).await.expect("is asked"));
    }

    /// One-time codes are asked for once they are confirmed; a code and a recovery code count once.
    async fn codes_count_once(store: Store) {
        let id = given_account(&store, "kim@example.com").await;
        let confirmed = store.confirm_totp(id, 100, &[], NOW).await;
        assert!(matches!(confirmed, Err(StoreError::Commit(CommitError::Stale { .. }))), "nothing was proposed");
        store.propose_totp(id, b"secret").await.expect("proposes");
        let row = store.account(id).await.expect("reads").expect("is there");
        assert_eq!((row.totp_secret, row.totp_pending.as_deref()), (None, Some(&b"secret"[..])));
        store.confirm_totp(id, 100, &[[1; 32], [2; 32]], NOW).await.expect("confirms");
        let row = store.account(id).await.expect("reads").expect("is there");
        assert_eq!((row.totp_secret.as_deref(), row.totp_pending), (Some(&b"secret"[..]), None));
        assert!(!store.use_totp_step(id, 100).await.expect("is asked"));
        assert!(store.use_totp_step(id, 101).await.expect("is asked"));
        assert!(!store.use_totp_step(id, 101).await.expect("is asked"));
        assert!(store.use_recovery_code(id, [1; 32]).await.expect("is asked"));
        assert!(!store.use_recovery_code(id, [1; 32]).await.expect("is asked"));
        assert!(!store.use_recovery_code(id, [3; 32]).await.expect("is asked"));
        store.remove_totp(id, NOW).await.expect("removes");
        assert!(!store.use_recovery_code(id, [2; 32]).await.expect("is asked"));
        assert_eq!(store.account(id).await.expect("reads").expect("is there").totp_secret, None);
    }

    /// A token is good until it expires; the one before stays good for a moment.
    async fn tokens_are_exchanged(store: Store) {
        let id = given_account(&store, "kim@example.com").await;
        let sign_in = given_sign_in(&store, id, 1).await;
        let found = store.signed_in([1; 32], None, NOW).await.expect("reads").expect("is there");
        assert_eq!((found.id, found.account.id, found.newest, found.role), (sign_in, id, true, None));
        assert_eq!(found.account.last_seen_at, Some(NOW));
        assert!(store.signed_in([1; 32], None, NOW + 1_000).await.expect("reads").is_none(), "expired");
        assert!(store.signed_in([2; 32], None, NOW).await.expect("reads").is_none());
        store.touch_sign_in((sign_in, id), "10.0.0.2", NOW + 500, NOW + 5_000).await.expect("touches");
        let found = store.signed_in([1; 32], None, NOW + 1_000).await.expect("reads").expect("is there");
        assert_eq!((found.last_seen_at, found.account.last_seen_at), (NOW + 500, Some(NOW + 500)));
        let rotate = |to: u8| store.rotate_sign_in(sign_in, ([1; 32], [to; 32]), NOW, NOW + 60);
        let (a, b) = tokio::join!(rotate(8), rotate(9));
        let (a, b) = (a.expect("is asked"), b.expect("is asked"));
        assert!(a != b);
        let newest = store.signed_in([if a { 8 } else { 9 }; 32], None, NOW).await.expect("reads").expect("is there");
        assert!(newest.newest);
        let before = store.signed_in([1; 32], None, NOW).await.expect("reads").expect("is there");
        assert!(!before.newest);
        assert!(store.signed_in([1; 32], None, NOW + 60).await.expect("reads").is_none());
    }

    /// Sign-ins can be listed and ended, one's own only.
    async fn sign_ins_end(store: Store) {
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        let here = given_sign_in(&store, kim, 1).await;
        let there = given_sign_in(&store, kim, 2).await;
        given_sign_in(&store, kim, 3).await;
        store.touch_sign_in((here, kim), "10.0.0.9", NOW + 9, NOW + 1_000).await.expect("touches");
        let list = store.sign_ins(kim, NOW).await.expect("reads");
        assert_eq!((list.len(), list[0].id, list[0].address.as_str(), list[0].user_agent.as_str()), (3, here, "10.0.0.9", "Firefox"));
        assert!(!store.end_sign_in(lee, there).await.expect("is asked"));
        assert!(store.end_sign_in(kim, there).await.expect("is asked"));
        assert!(store.signed_in([2; 32], None, NOW).await.expect("reads").is_none());
        store.end_other_sign_ins(kim, here).await.expect("ends");
        assert_eq!(store.sign_ins(kim, NOW).await.expect("reads").len(), 1);
        store.prune_sign_ins(NOW + 1_001).await.expect("prunes");
        assert!(store.sign_ins(kim, NOW).await.expect("reads").is_empty());
    }
}
