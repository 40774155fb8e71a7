//! A server with a bot, on a database of its own.

use std::{path::PathBuf, sync::Arc, time::Duration};

use server::{Hub, Server, config::Config, library};
use simulator::kakao::Kakao;
use tokio::{sync::oneshot, task::JoinHandle};

/// A running server.
pub struct Testbed {
    /// Its inside, to look at.
    pub hub: Arc<Hub>,
    /// The bot's id.
    pub bot: String,
    address: String,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

/// Makes a SQLite and a PostgreSQL test of a scene.
#[macro_export]
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($database:ident: &str) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$doc])*
            async fn scene($database: &str) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                scene("").await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                let Some(url) = $crate::testbed::postgres().await else { return };
                scene(&url).await;
            }
        }
    )*};
}

/// A new database on the tests' PostgreSQL. `None`, and said so, where there is none.
pub async fn postgres() -> Option<String> {
    let Ok(url) = std::env::var("CLOSER_TEST_POSTGRES") else {
        assert!(std::env::var("CLOSER_TEST_REQUIRE_POSTGRES").is_err(), "CLOSER_TEST_POSTGRES is not set");
        println!("not run on PostgreSQL: CLOSER_TEST_POSTGRES is not set (cargo xtask test starts one)");
        return None;
    };
    let (head, options) = url.split_once('?').unwrap_or((&url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    // One schema per test would share one migration lock; one database each is simpler and as quick.
    let name =
        format!("closer_it_{}_{:x}", std::process::id(), server::clock::Die::new().expect("chance").roll());
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
    Some(format!("{server}/{name}?{options}"))
}

/// A file of the project's fixtures.
pub fn fixture(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The worker for scripts, which `cargo test --workspace` builds beside this test.
fn js_worker() -> PathBuf {
    let own = std::env::current_exe().expect("this test has a place");
    own.with_file_name(format!("../js-worker{}", std::env::consts::EXE_SUFFIX))
}

impl Testbed {
    /// A server with this bot file published.
    pub async fn start(bot_file: &str, database: &str) -> Self {
        Self::start_with(bot_file, database, |_| {}).await
    }

    /// The same with another configuration.
    pub async fn start_with(bot_file: &str, database: &str, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: folder.path().to_owned(),
            database: database.to_owned(),
            ..Config::default()
        };
        config.scripts.program = js_worker();
        change(&mut config);
        let server = Server::build(config).await.expect("starts");
        let hub = Arc::clone(server.hub());
        let imported = library::import(&hub, bot_file, None, server::library::AtOnce::Forced)
            .await
            .expect("is imported");
        let address = server.address().to_string();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            server.run(async move { drop(stopped.await) }).await.expect("runs");
        });
        Self { hub, bot: imported.id.to_string(), address, stop: Some(stop), running, _folder: folder }
    }

    /// The address of the bot's skill.
    pub fn url(&self) -> String {
        format!("http://{}/webhook/kakao/{}/i/skill", self.address, self.bot)
    }

    /// Any address of the server.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The bot at Kakao.
    pub fn kakao(&self) -> Kakao {
        Kakao::new(&self.url()).expect("an address of this machine")
    }

    /// How many turns are stored.
    pub async fn turns(&self) -> usize {
        self.hub.store.turns(self.bot.parse().expect("an id"), None, 10_000).await.expect("reads").len()
    }

    /// The kinds of the recorded problems, oldest first.
    pub async fn problems(&self) -> Vec<String> {
        for _ in 0..100 {
            let found = self.hub.store.problems(None, 100, None).await.expect("reads");
            if found.len() as u64 == self.hub.problems.counts().0 {
                return found.into_iter().rev().map(|problem| problem.kind).collect();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the problems were not written");
    }

    /// Stops the server and waits until it has.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        self.running.await.expect("ends");
    }
}
