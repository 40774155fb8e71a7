//! What the store promises, on both databases. Each case is one function and two tests.

mod accounts;
mod alerts;
mod answers;
mod bots;
mod building;
mod chats;
mod consulttalk;
mod demo;
mod late;
mod live_chat;
mod opening;
mod pushes;
mod records;
mod requests;
mod stats;
mod threads;
mod turns;
mod vault;
mod web_push;
mod webhooks;
mod workspaces;

use std::sync::atomic::{AtomicU64, Ordering};

use store::{
    BotId, ConversationId, EndUserId, MessageId, NewBot, NewMessage, NewTurn, NewVersion, Options, Store,
    TurnCommit, TurnFacts, TurnId, WorkspaceId,
};

/// A moment for tests.
pub const NOW: i64 = 1_790_000_000_000;

/// Makes a SQLite and a PostgreSQL test of a case.
#[macro_export]
macro_rules! contract {
    ($($(#[$doc:meta])* async fn $name:ident($store:ident: Store) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$doc])*
            async fn case($store: Store) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                let folder = tempfile::tempdir().expect("a folder");
                case($crate::open(&folder.path().join("test.db").to_string_lossy()).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                let Some(url) = $crate::postgres(stringify!($name)).await else { return };
                case($crate::open(&url).await).await;
            }
        }
    )*};
}

/// A store at this address.
pub async fn open(url: &str) -> Store {
    Store::open(Options { url, now_ms: NOW }).await.expect("opens")
}

/// A new database on the PostgreSQL server of the tests. `None`, and said so, where there is none.
pub async fn postgres(name: &str) -> Option<String> {
    let Ok(url) = std::env::var("CLOSER_TEST_POSTGRES") else {
        assert!(
            std::env::var("CLOSER_TEST_REQUIRE_POSTGRES").is_err(),
            "CLOSER_TEST_POSTGRES is not set, but CLOSER_TEST_REQUIRE_POSTGRES asks for PostgreSQL"
        );
        println!("not run on PostgreSQL: CLOSER_TEST_POSTGRES is not set (cargo xtask test starts one)");
        return None;
    };
    let database = format!("closer_{name}_{}_{}", std::process::id(), number());
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    let running = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {database}")).await.expect("a database can be made");
    drop(client);
    running.await.expect("ends").expect("ends well");
    let (head, options) = url.split_once('?').unwrap_or((&url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    Some(format!("{server}/{database}?{options}"))
}

/// A number that no other test has.
pub fn number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Chance for ids.
pub fn die() -> u128 {
    u128::from(number()) << 16 | 7
}

/// A bot that is published.
pub async fn given_bot(store: &Store) -> (WorkspaceId, BotId) {
    let workspace = store.default_workspace(NOW, die()).await.expect("a workspace");
    let id = BotId::new(NOW, die());
    let bot = NewBot {
        id,
        workspace,
        title: "가게".to_owned(),
        description: String::new(),
        draft: "{\"v\":1}".to_owned(),
        now_ms: NOW,
    };
    store.create_bot(bot).await.expect("is made");
    assert_eq!(store.publish(id, NewVersion::default(), NOW).await.expect("is published"), 1);
    (workspace, id)
}

/// A turn with one message.
pub fn turn(workspace: WorkspaceId, bot: BotId, user: &str) -> TurnCommit {
    TurnCommit {
        workspace,
        bot,
        platform: "kakao".to_owned(),
        draft: false,
        user_key: user.to_owned(),
        end_user: EndUserId::new(NOW, die()),
        conversation: ConversationId::new(NOW, die()),
        expected_version: None,
        state: "{}".to_owned(),
        recent: "[]".to_owned(),
        first_seq: 0,
        turn: NewTurn {
            id: TurnId::new(NOW, die()),
            request_id: Some("chp-1".to_owned()),
            mode: "operating",
            block: None,
            bot_version: 1,
            started_at: NOW,
            took_us: 5,
            answer: "답".to_owned(),
            late: None,
            trace: "{}".to_owned(),
            fault: None,
            facts: TurnFacts::default(),
        },
        messages: vec![message("안녕")],
        late: None,
        now_ms: NOW,
    }
}

/// A message.
pub fn message(data: &str) -> NewMessage {
    NewMessage {
        id: MessageId::new(NOW, die()),
        is_user: true,
        sender: "user",
        data: data.to_owned(),
        masked: None,
        mask_at: None,
        created_at: NOW,
    }
}
