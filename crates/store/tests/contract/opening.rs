//! Opening, upgrading, refusing, copying.

use store::{OpenError, Options, Store, StoreError};

use crate::{NOW, contract, given_bot, open};

contract! {
    /// The database accepts every statement of the crate, guarded and plain.
    async fn every_statement_is_understood(store: Store) {
        assert_eq!(store.refused_statements().await, Vec::<String>::new());
        store.ping().await.expect("answers");
    }
}

#[tokio::test]
async fn a_store_is_there_again_when_it_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let (_, bot) = given_bot(&open(&path.to_string_lossy()).await).await;
    let again = open(&path.to_string_lossy()).await;
    assert!(again.bot(bot).await.expect("reads").is_some());
    let copy = folder.path().join("copy.db");
    again.backup_to(&copy).await.expect("copies");
    assert!(open(&copy.to_string_lossy()).await.bot(bot).await.expect("reads").is_some());
}

#[tokio::test]
async fn postgres_is_backed_up_with_its_own_tools() {
    let Some(url) = crate::postgres("backup").await else { return };
    let refused = open(&url).await.backup_to(std::path::Path::new("/nowhere")).await;
    assert!(matches!(refused, Err(StoreError::NotEmbedded)), "{refused:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new.db");
    drop(open(&path.to_string_lossy()).await);
    let connection = rusqlite::Connection::open(&path).expect("opens");
    connection
        .execute("INSERT INTO migrations VALUES ('2099-01-01-0000_add_wonders', 1)", [])
        .expect("writes");
    let refused =
        Store::open(Options { url: &path.to_string_lossy(), now_ms: NOW }).await.expect_err("is refused");
    assert!(matches!(&refused, OpenError::Newer { migration } if migration.starts_with("2099")), "{refused}");
    assert!(
        refused.to_string().contains("install that version") && refused.ko().contains("백업"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_database_is_backed_up_before_it_is_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.db");
    let (_, bot) = given_bot(&open(&path.to_string_lossy()).await).await;
    let copies = || {
        let entries = std::fs::read_dir(folder.path()).expect("reads").flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| path.to_string_lossy().contains(".backup-"))
            .collect::<Vec<_>>()
    };
    assert!(copies().is_empty(), "a new database has nothing to lose");
    // As an older version left it: without the newest migration.
    let connection = rusqlite::Connection::open(&path).expect("opens");
    let newest =
        "DROP INDEX skill_problems_by_bot; DELETE FROM migrations WHERE name LIKE '%_index_problems_by_bot'";
    connection.execute_batch(newest).expect("writes");
    drop(connection);
    let upgraded = open(&path.to_string_lossy()).await;
    assert!(upgraded.bot(bot).await.expect("reads").is_some());
    let copies = copies();
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert!(copies[0].to_string_lossy().ends_with(&format!(".backup-{NOW}")));
    assert!(open(&copies[0].to_string_lossy()).await.bot(bot).await.expect("reads").is_some());
}
