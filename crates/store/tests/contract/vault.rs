//! The vault: entries by workspace, kind and name.

use store::{Store, StoreError, VaultKey, WorkspaceId};

use crate::{NOW, contract, die};

fn key(workspace: WorkspaceId, kind: &str, name: &str) -> VaultKey {
    VaultKey { workspace, kind: kind.to_owned(), name: name.to_owned() }
}

contract! {
    /// A name is taken once per workspace and kind; putting again replaces, and keeps when it was first put.
    async fn an_entry_is_put_replaced_and_taken_out(store: Store) {
        let workspace = store.default_workspace(NOW, die()).await.expect("a workspace");
        let other = WorkspaceId::new(NOW, die());
        let secret = key(workspace, "secret", "apiKey");
        assert_eq!(store.vault_entry(secret.clone()).await.expect("reads"), None);
        assert_eq!(store.some_vault_entries(9).await.expect("reads"), []);
        store.put_in_vault(secret.clone(), vec![1, 0, 255], "{}".to_owned(), NOW).await.expect("is put");
        let found = store.some_vault_entries(9).await.expect("reads");
        assert_eq!(found, [(secret.clone(), vec![1, 0, 255])]);
        store.put_in_vault(secret.clone(), vec![2], "{\"a\":1}".to_owned(), NOW + 5).await.expect("is replaced");
        let row = store.vault_entry(secret.clone()).await.expect("reads").expect("is there");
        assert_eq!((&row.sealed[..], row.about.as_str()), (&[2][..], "{\"a\":1}"));
        assert_eq!((row.created_at, row.updated_at), (NOW, NOW + 5));
        // The same name of another kind, and of another workspace, are others.
        store.put_in_vault(key(workspace, "smtp", "apiKey"), vec![3], "{}".to_owned(), NOW).await.expect("is put");
        store.put_in_vault(key(other, "secret", "apiKey"), vec![4], "{}".to_owned(), NOW).await.expect("is put");
        assert_eq!(store.some_vault_entries(2).await.expect("reads").len(), 2);
        let all = store.vault_entries(workspace).await.expect("reads");
        let kinds: Vec<&str> = all.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["secret", "smtp"]);
        assert_eq!(store.vault_entries(other).await.expect("reads")[0].sealed, [4]);
        store.remove_from_vault(secret.clone()).await.expect("is taken out");
        let again = store.remove_from_vault(secret.clone()).await;
        assert!(matches!(again, Err(StoreError::Missing(_))), "{again:?}");
        assert_eq!(store.vault_entry(secret).await.expect("reads"), None);
        assert_eq!(store.vault_entries(workspace).await.expect("reads").len(), 1);
    }
}
