//! Workspaces, their members, invitations, and the log of what members change.

use store::{
    AccountId, AuditId, BotId, InviteId, NewAudit, NewInvite, NewPicture, Store, StoreError, WorkspaceId,
};

use crate::{
    NOW,
    accounts::{given_account, new_account},
    contract, die,
};

async fn given_workspace(store: &Store, owner: AccountId) -> WorkspaceId {
    let id = WorkspaceId::new(NOW, die());
    store.add_workspace(id, "맑은마켓", owner, NOW).await.expect("is made");
    id
}

fn invite(workspace: WorkspaceId, by: AccountId, email: &str, token: u8) -> NewInvite {
    NewInvite {
        id: InviteId::new(NOW, die()),
        workspace,
        email: email.to_owned(),
        role: "editor",
        token: [token; 32],
        invited_by: by,
        now_ms: NOW,
        expires_at: NOW + 1_000,
    }
}

contract! {
    /// Who makes a workspace owns it; its name and picture can change.
    async fn a_workspace_has_an_owner(store: Store) {
        let kim = given_account(&store, "kim@example.com").await;
        let first = given_workspace(&store, kim).await;
        let second = given_workspace(&store, kim).await;
        store.rename_workspace(second, "새 가게").await.expect("renames");
        let picture = NewPicture { hash: [3; 32], kind: "image/png", bytes: vec![7] };
        store.set_workspace_picture(second, Some(picture), NOW).await.expect("sets");
        let row = store.workspace(second).await.expect("reads").expect("is there");
        assert_eq!((row.name.as_str(), row.picture), ("새 가게", Some([3; 32])));
        store.prune_pictures(NOW + 1).await.expect("prunes");
        assert!(store.picture([3; 32]).await.expect("reads").is_some());
        let mine = store.workspaces_of(kim).await.expect("reads");
        assert_eq!(mine.iter().map(|it| (it.workspace.id, it.role.as_str())).collect::<Vec<_>>(), [(first, "owner"), (second, "owner")]);
        assert_eq!(store.workspace(WorkspaceId::new(NOW, die())).await.expect("reads"), None);
    }

    /// Roles change, members leave; the last owner stays.
    async fn the_last_owner_stays(store: Store) {
        let (kim, lee) = (given_account(&store, "kim@example.com").await, given_account(&store, "lee@example.com").await);
        let workspace = given_workspace(&store, kim).await;
        assert!(!store.set_role(workspace, kim, "admin").await.expect("is asked"));
        assert!(store.set_role(workspace, kim, "owner").await.expect("is asked"), "stays what they are");
        assert!(!store.remove_member(workspace, kim).await.expect("is asked"));
        assert!(!store.remove_member(workspace, lee).await.expect("is asked"), "is no member");
        store.add_member(workspace, lee, "editor", NOW + 1).await.expect("adds");
        store.add_member(workspace, lee, "owner", NOW + 1).await.expect("adds");
        let members = store.members(workspace).await.expect("reads");
        assert_eq!(members.iter().map(|it| (it.account, it.role.as_str())).collect::<Vec<_>>(), [(kim, "owner"), (lee, "editor")]);
        assert!(store.set_role(workspace, lee, "owner").await.expect("is asked"));
        assert_eq!(store.member(workspace, lee).await.expect("reads").expect("is there").role, "owner");
        // Two owners who take each other out: one stays.
        let (a, b) = tokio::join!(store.remove_member(workspace, kim), store.remove_member(workspace, lee));
        assert!(a.expect("is asked") != b.expect("is asked"));
        assert_eq!(store.members(workspace).await.expect("reads").len(), 1);
        assert_eq!(store.member(workspace, AccountId::new(NOW, die())).await.expect("reads"), None);
    }

    /// A role is read with the sign-in, for the workspace that is asked about.
    async fn the_role_is_read_with_the_sign_in(store: Store) {
        let kim = given_account(&store, "kim@example.com").await;
        let workspace = given_workspace(&store, kim).await;
        let sign_in = store::NewSignIn {
            id: store::SignInId::new(NOW, die()), account: kim, token: [1; 32], user_agent: String::new(),
            address: String::new(), now_ms: NOW, expires_at: NOW + 1,
        };
        store.sign_in(sign_in).await.expect("signs in");
        let role = async |workspace| store.signed_in([1; 32], workspace, NOW).await.expect("reads").expect("is there").role;
        assert_eq!(role(Some(workspace)).await.as_deref(), Some("owner"));
        assert_eq!(role(Some(WorkspaceId::new(NOW, die()))).await, None);
        assert_eq!(role(None).await, None);
    }

    /// A link is good once, until it is taken back, replaced or too old; who is new gets an account with it.
    async fn an_invitation_is_good_once(store: Store) {
        let kim = given_account(&store, "kim@example.com").await;
        let workspace = given_workspace(&store, kim).await;
        let invites = vec![invite(workspace, kim, "a@example.com", 1), invite(workspace, kim, "b@example.com", 2)];
        store.add_invites(invites).await.expect("invites");
        store.add_invites(vec![invite(workspace, kim, "a@example.com", 3)]).await.expect("invites again");
        assert!(store.open_invite([1; 32], NOW).await.expect("reads").is_none(), "replaced");
        assert!(store.open_invite([3; 32], NOW + 1_000).await.expect("reads").is_none(), "too old");
        let opened = store.open_invite([3; 32], NOW).await.expect("reads").expect("is there");
        assert_eq!((opened.workspace, opened.workspace_name.as_str(), opened.invite.role.as_str(), opened.invite.invited_by.as_str()), (workspace, "맑은마켓", "editor", "김하나"));
        let list = store.invites(workspace, NOW).await.expect("reads");
        assert_eq!(list.iter().map(|it| it.email.as_str()).collect::<Vec<_>>(), ["b@example.com", "a@example.com"]);
        assert!(!store.revoke_invite(WorkspaceId::new(NOW, die()), list[0].id).await.expect("is asked"), "of another workspace");
        assert!(store.revoke_invite(workspace, list[0].id).await.expect("is asked"));
        let new = new_account("a@example.com");
        let id = new.id;
        assert!(store.accept_invite(&opened, id, Some(new), NOW).await.expect("accepts"));
        assert_eq!(store.member(workspace, id).await.expect("reads").expect("is there").role, "editor");
        assert!(!store.accept_invite(&opened, id, None, NOW).await.expect("is asked"), "used");
        store.add_invites(vec![invite(workspace, kim, "c@example.com", 4)]).await.expect("invites");
        store.prune_invites(NOW + 1_001).await.expect("prunes");
        assert!(store.invites(workspace, NOW).await.expect("reads").is_empty());
    }

    /// A change and its line in the log are there together, or neither.
    async fn the_log_goes_with_the_change(store: Store) {
        let kim = given_account(&store, "kim@example.com").await;
        let workspace = given_workspace(&store, kim).await;
        let line = |at: i64, action: &'static str| NewAudit {
            id: AuditId::new(at, die()), workspace, account: kim, name: "김하나".to_owned(), action,
            target: "맑은마켓".to_owned(), detail: "새 이름".to_owned(),
        };
        store.noting(line(NOW, "workspace.rename")).rename_workspace(workspace, "새 이름").await.expect("renames");
        let refused = store.noting(line(NOW, "bot.delete")).delete_bot(BotId::new(NOW, die()), NOW).await;
        assert!(matches!(refused, Err(StoreError::Commit(_))), "{refused:?}");
        store.noting(line(NOW + 1, "workspace.rename")).rename_workspace(workspace, "헌 이름").await.expect("renames");
        let lines = store.audit(workspace, None, 10).await.expect("reads");
        assert_eq!(lines.iter().map(|it| it.action.as_str()).collect::<Vec<_>>(), ["workspace.rename", "workspace.rename"]);
        assert_eq!((lines[0].account, lines[0].name.as_str(), lines[0].target.as_str(), lines[0].detail.as_str()), (kim, "김하나", "맑은마켓", "새 이름"));
        assert_eq!(store.audit(workspace, Some(lines[0].id), 10).await.expect("reads"), lines[1..]);
        assert_eq!(store.audit(workspace, None, 1).await.expect("reads"), lines[..1]);
        assert!(store.audit(WorkspaceId::new(NOW, die()), None, 10).await.expect("reads").is_empty());
        store.prune_audit(NOW + 1).await.expect("prunes");
        assert_eq!(store.audit(workspace, None, 10).await.expect("reads").len(), 1);
    }
}
