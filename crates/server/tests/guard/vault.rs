//! The vault on a database of its own: what is sealed, who can open it, and what is said where nobody can.

use std::{path::Path, time::Duration};

use serde_json::json;
use server::{
    clock::{Clock, Die},
    vault::{KeyError, KeySource, Kind, Secrets, Vault, VaultError},
};
use store::{Options, Store, VaultKey, WorkspaceId};

/// A vault in this folder.
pub async fn vault(folder: &Path, source: KeySource) -> (Vault, Store, WorkspaceId) {
    let url = folder.join("test.db").to_string_lossy().into_owned();
    let store = Store::open(Options { url: &url, now_ms: 1 }).await.expect("opens");
    let workspace = store.default_workspace(1, 7).await.expect("a workspace");
    let vault = Vault::new(store.clone(), Clock::default(), Die::new().expect("chance"), source);
    (vault, store, workspace)
}

#[tokio::test]
async fn a_secret_goes_in_and_nothing_of_it_is_stored_in_the_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, store, workspace) = vault(folder.path(), KeySource::file(folder.path())).await;
    assert_eq!(vault.secret(workspace, "apiKey").await.expect("reads"), None);
    assert!(!folder.path().join("secret.key").exists(), "a key is made when something is sealed");
    vault.put_secret(workspace, "apiKey", "s3cret-value").await.expect("is put");
    assert_eq!(vault.secret(workspace, "apiKey").await.expect("reads").as_deref(), Some("s3cret-value"));
    vault.put_secret(workspace, "apiKey", "another").await.expect("is replaced");
    assert_eq!(vault.secret(workspace, "apiKey").await.expect("reads").as_deref(), Some("another"));
    for row in store.vault_entries(workspace).await.expect("reads") {
        assert!(!String::from_utf8_lossy(&row.sealed).contains("another") && !row.about.contains("another"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = std::fs::metadata(folder.path().join("secret.key")).expect("is there");
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    assert!(!format!("{vault:?}").contains("another"));
    vault.remove(workspace, Kind::Secret, "apiKey").await.expect("is removed");
    assert_eq!(vault.secret(workspace, "apiKey").await.expect("reads"), None);
    let again = vault.remove(workspace, Kind::Secret, "apiKey").await;
    assert!(matches!(again, Err(VaultError::Missing { .. })), "{again:?}");
}

#[tokio::test]
async fn rows_cannot_be_exchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, store, workspace) = vault(folder.path(), KeySource::file(folder.path())).await;
    vault.put_secret(workspace, "mine", "s3cret").await.expect("is put");
    let sealed = store.vault_entries(workspace).await.expect("reads").remove(0).sealed;
    let other = WorkspaceId::new(2, 2);
    for (workspace, kind, name) in
        [(workspace, "secret", "yours"), (other, "secret", "mine"), (workspace, "openai", "mine")]
    {
        let key = VaultKey { workspace, kind: kind.to_owned(), name: name.to_owned() };
        store.put_in_vault(key, sealed.clone(), "{}".to_owned(), 1).await.expect("is written by hand");
    }
    // Nothing was read yet of the other workspace, and what was read of this one is forgotten when something is put.
    vault.put_secret(workspace, "third", "x").await.expect("is put");
    let fits = |found: Result<Option<String>, VaultError>| match found {
        Err(VaultError::Key(KeyError::DoesNotFit { .. })) => false,
        found => found.expect("reads").is_some(),
    };
    assert!(fits(vault.secret(workspace, "mine").await) && fits(vault.secret(workspace, "third").await));
    assert!(!fits(vault.secret(workspace, "yours").await) && !fits(vault.secret(other, "mine").await));
    let exchanged = vault.connection(workspace, Kind::Openai, Some("mine")).await;
    assert!(matches!(exchanged, Err(VaultError::Key(KeyError::DoesNotFit { .. }))), "{exchanged:?}");
}

#[tokio::test]
async fn a_lost_or_wrong_key_is_said_and_nothing_is_mixed() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let (first, _, workspace) = vault(folder.path(), KeySource::given(key)).await;
    first.put_secret(workspace, "a", "one").await.expect("is put");
    assert!(!folder.path().join("secret.key").exists(), "the given key is the one");
    // The same key without its padding, on another server.
    let (second, ..) = vault(folder.path(), KeySource::given(key.trim_end_matches('='))).await;
    assert_eq!(second.secret(workspace, "a").await.expect("reads").as_deref(), Some("one"));
    let (lost, ..) = vault(folder.path(), KeySource::file(folder.path())).await;
    for error in [
        lost.secret(workspace, "a").await.expect_err("is lost"),
        lost.put_secret(workspace, "b", "two").await.expect_err("is lost"),
    ] {
        assert!(matches!(error, VaultError::Key(KeyError::Gone { .. })), "{error:?}");
        assert!(error.to_string().contains("CLOSER_SECRET_KEY") && error.ko().contains("secret.key"));
    }
    assert!(!folder.path().join("secret.key").exists(), "no second key is made");
    let (wrong, ..) = vault(folder.path(), KeySource::given(&key.replace('M', "N"))).await;
    for error in [
        wrong.secret(workspace, "a").await.expect_err("does not fit"),
        wrong.put_secret(workspace, "b", "two").await.expect_err("does not fit"),
    ] {
        assert!(matches!(error, VaultError::Key(KeyError::DoesNotFit { .. })), "{error:?}");
    }
    for bad in ["short", "", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5", "!!"] {
        let (none, ..) = vault(folder.path(), KeySource::given(bad)).await;
        let error = none.secret(workspace, "a").await.expect_err("is none");
        assert!(matches!(error, VaultError::Key(KeyError::Variable)), "{error:?}");
    }
}

#[tokio::test]
async fn connections_are_found_by_kind_and_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, _, workspace) = vault(folder.path(), KeySource::file(folder.path())).await;
    let settings = |model: &str| json!({"baseUrl": "https://llm.kr/v1", "apiKey": "s3cret", "model": model});
    let find = async |name: Option<&str>| {
        let found = vault.connection(workspace, Kind::Openai, name).await;
        found.map(|found| found.map(|found| found["model"].as_str().expect("a model").to_owned()))
    };
    assert_eq!(find(None).await.expect("reads"), None);
    vault.put_connection(workspace, Kind::Openai, "first", &settings("a")).await.expect("is put");
    assert_eq!(find(None).await.expect("is the only one").as_deref(), Some("a"));
    vault.put_connection(workspace, Kind::Openai, "second", &settings("b")).await.expect("is put");
    assert!(matches!(find(None).await, Err(VaultError::Several(Kind::Openai))));
    assert_eq!(find(Some("second")).await.expect("reads").as_deref(), Some("b"));
    assert_eq!(find(Some("third")).await.expect("reads"), None);
    vault.put_connection(workspace, Kind::Openai, "default", &settings("c")).await.expect("is put");
    assert_eq!(find(None).await.expect("reads").as_deref(), Some("c"));
    let bad =
        vault.put_connection(workspace, Kind::Openai, "bad", &json!({"model": 1})).await.expect_err("lacks");
    assert_eq!(bad.to_string(), "baseUrl: is missing (the API's address (…/v1))\nmodel: must be a text");
    let list = vault.list(workspace).await.expect("reads");
    let names: Vec<&str> = list.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["default", "first", "second"]);
    assert_eq!(list[1].about, json!({"baseUrl": "https://llm.kr/v1", "model": "a"}));
    for name in ["", "a b", "열쇠", "a:b", "⟧", &"a".repeat(65)] {
        let error = vault.put_secret(workspace, name, "x").await.expect_err(name);
        assert!(matches!(error, VaultError::Name(_)), "{error:?}");
    }
    for value in [String::new(), "x".repeat(32 * 1024 + 1)] {
        assert!(matches!(vault.put_secret(workspace, "a", &value).await, Err(VaultError::Size)));
    }
}

/// Two servers on one database: what one changes, the other sees within seconds, not later.
#[tokio::test]
async fn a_change_is_seen_by_a_running_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, _, workspace) = vault(folder.path(), KeySource::file(folder.path())).await;
    one.put_secret(workspace, "a", "old").await.expect("is put");
    let (two, ..) = vault(folder.path(), KeySource::file(folder.path())).await;
    assert_eq!(two.secret(workspace, "a").await.expect("reads").as_deref(), Some("old"));
    one.put_secret(workspace, "a", "new").await.expect("is put");
    assert_eq!(two.secret(workspace, "a").await.expect("is kept").as_deref(), Some("old"));
    let begun = tokio::time::Instant::now();
    while two.secret(workspace, "a").await.expect("reads").as_deref() != Some("new") {
        assert!(begun.elapsed() < Duration::from_secs(8), "the old value is still there");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let missing =
        Secrets::new(two, workspace, 1).open(["⟦secret:b:0000000000000001⟧"]).await.expect_err("is missing");
    assert_eq!(
        (missing.name(), missing.to_string().contains("closer secret set b")),
        ("SecretMissing", true)
    );
}
