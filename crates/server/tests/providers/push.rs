//! Pushes against Kakao's Event API, on both databases: who was reached, who was not, and what nobody knows.

use std::{sync::Arc, time::Duration};

use engine::ask::{Push, PushKey, PushTarget, Reply};
use serde_json::{Map, Value, json};
use server::{Hub, config::Config, library, push, vault::Kind};
use simulator::provider::{Turn, kakao_event::KakaoEvent};
use store::{BotId, PushState, PushStep, WorkspaceId};
use tokio::time::Instant;

use crate::bed::{done, failed};

const KAKAO_BOT: &str = "64aa10b2c3d4e5f60718293a";
const KEY: &str = "rest-key-0123456789";

/// A bot on a database of its own, with Kakao beside it.
pub struct Scene {
    pub hub: Arc<Hub>,
    pub workspace: WorkspaceId,
    pub bot: BotId,
    pub kakao: KakaoEvent,
    _folder: tempfile::TempDir,
}

macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($scene:ident: Scene) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$doc])*
            async fn play($scene: Scene) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                play(Scene::new("").await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                let Some(url) = super::postgres().await else { return };
                play(Scene::new(&url).await).await;
            }
        }
    )*};
}

/// A new database on the tests' PostgreSQL. `None`, and said so, where there is none.
async fn postgres() -> Option<String> {
    let Ok(url) = std::env::var("CLOSER_TEST_POSTGRES") else {
        assert!(std::env::var("CLOSER_TEST_REQUIRE_POSTGRES").is_err(), "CLOSER_TEST_POSTGRES is not set");
        println!("not run on PostgreSQL: CLOSER_TEST_POSTGRES is not set (cargo xtask test starts one)");
        return None;
    };
    let (head, options) = url.split_once('?').unwrap_or((&url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    let roll = server::clock::Die::new().expect("chance").roll();
    let name = format!("closer_push_{}_{roll:x}", std::process::id());
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a database can be made");
    Some(format!("{server}/{name}?{options}"))
}

impl Scene {
    pub async fn new(database: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config =
            Config { data: folder.path().to_owned(), database: database.to_owned(), ..Config::default() };
        config.outbound.allow.push("127.0.0.0/8".parse().expect("a range"));
        let hub = Hub::open(config).await.expect("opens");
        let file = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/shop.json"));
        let bot = library::import(&hub, &file.expect("is there"), None, server::library::AtOnce::Forced)
            .await
            .expect("is imported")
            .id;
        let workspace = hub.store.bot(bot).await.expect("reads").expect("is there").workspace;
        let kakao = KakaoEvent::start(KAKAO_BOT, KEY, &["재입고"]).await.expect("listens");
        let scene = Self { hub, workspace, bot, kakao, _folder: folder };
        scene.connect("default", KAKAO_BOT, KEY).await;
        scene
    }

    async fn connect(&self, name: &str, kakao_bot: &str, key: &str) {
        let settings = json!({"restApiKey": key, "botId": kakao_bot, "url": self.kakao.url()});
        self.hub
            .vault
            .put_connection(self.workspace, Kind::KakaoEvent, name, &settings)
            .await
            .expect("is put");
    }

    async fn push(&self, push: &Push) -> Vec<push::Call> {
        push::send(&self.hub, (self.workspace, self.bot), push, None).await.expect("is sent")
    }

    /// State of the newest call, and of each of its users.
    async fn newest(&self) -> (PushState, Vec<(String, &'static str, Option<i64>)>) {
        let push = self.hub.store.pushes(self.bot, 1, None).await.expect("reads").remove(0);
        let targets = self.hub.store.push_targets(push.id).await.expect("reads");
        let targets = targets.into_iter().map(|user| (user.user_key, user.state.name(), user.error_type));
        (push.state, targets.collect())
    }
}

fn to(users: &[&str]) -> Push {
    let target = |id: &&str| PushTarget { kind: PushKey::BotUserKey, id: (*id).to_owned() };
    Push {
        event: "재입고".to_owned(),
        data: Map::from_iter([("item".to_owned(), json!("귤"))]),
        params: Map::from_iter([("from".to_owned(), json!("closer"))]),
        to: users.iter().map(target).collect(),
    }
}

on_both! {
    /// From the call to the result of each user.
    async fn a_push_reaches_some_and_says_whom_not(scene: Scene) {
        scene.kakao.fails_for("lee", 201, "Bot skill server responded with an HTTP error.");
        scene.kakao.results_come_after(1);
        let calls = scene.push(&to(&["kim", "lee"])).await;
        assert!(calls[0].taken.as_ref().is_ok_and(|taken| !taken.task_id.is_empty()));
        assert_eq!(
            scene.kakao.talks(),
            [json!({"event": {"name": "재입고", "data": {"item": "귤"}}, "params": {"from": "closer"},
                "user": [{"type": "botUserKey", "id": "kim"}, {"type": "botUserKey", "id": "lee"}]})]
        );
        let accepted = |user: &str| (user.to_owned(), "accepted", None);
        assert_eq!(scene.newest().await, (PushState::Open, vec![accepted("kim"), accepted("lee")]));
        // Kakao has no results yet; then it has.
        push::fetch(&scene.hub, scene.bot, 10).await.expect("asks");
        assert_eq!(scene.newest().await, (PushState::Open, vec![accepted("kim"), accepted("lee")]));
        push::fetch(&scene.hub, scene.bot, 10).await.expect("asks");
        let results = vec![("kim".to_owned(), "sent", None), ("lee".to_owned(), "failed", Some(201))];
        assert_eq!(scene.newest().await, (PushState::Done, results));
        let push = scene.hub.store.pushes(scene.bot, 1, None).await.expect("reads").remove(0);
        let lee = scene.hub.store.push_targets(push.id).await.expect("reads").remove(1);
        let why = lee.error.expect("is told why");
        assert!(why.contains("스킬 서버가 HTTP 오류") && why.contains("responded with an HTTP error"), "{why}");
        // What is settled is not asked for again.
        let asked = scene.kakao.calls("/v1/tasks/");
        push::fetch(&scene.hub, scene.bot, 10).await.expect("asks");
        assert_eq!(scene.kakao.calls("/v1/tasks/"), asked);
    }

    /// Kakao takes a hundred a call, and only counts whom it does not know.
    async fn many_users_are_several_calls(scene: Scene) {
        let users: Vec<String> = (0..250).map(|number| format!("user-{number:03}")).collect();
        scene.kakao.does_not_know("user-249");
        scene.kakao.does_not_know("user-000");
        let calls = scene.push(&to(&users.iter().map(String::as_str).collect::<Vec<_>>())).await;
        assert_eq!(calls.iter().map(|call| call.users).collect::<Vec<_>>(), [100, 100, 50]);
        let sizes: Vec<_> = scene.kakao.talks().iter().map(|talk| talk["user"].as_array().map_or(0, Vec::len)).collect();
        assert_eq!(sizes, [100, 100, 50]);
        push::fetch(&scene.hub, scene.bot, 10).await.expect("asks");
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for push in scene.hub.store.pushes(scene.bot, 10, None).await.expect("reads") {
            let targets = scene.hub.store.push_targets(push.id).await.expect("reads");
            let count = |name: &str| targets.iter().filter(|target| target.state.name() == name).count();
            counts.push((count("sent"), count("unknown")));
        }
        assert_eq!(counts, [(0, 50), (100, 0), (0, 100)]);
    }

    /// What is certain is told apart from what nobody knows, and nothing is sent twice.
    async fn failures_are_written_down(scene: Scene) {
        let of = (scene.workspace, scene.bot);
        let node = |push: Push| {
            let hub = Arc::clone(&scene.hub);
            async move { push::answer(&hub, of, &push, Instant::now() + Duration::from_millis(700)).await }
        };
        let (name, message, _) = failed(node(Push { event: "없는 이벤트".to_owned(), ..to(&["kim"]) }).await);
        assert_eq!(name, "PushRefused");
        assert!(message.contains("There is no block for this event."), "{message}");
        assert_eq!(scene.newest().await, (PushState::Refused, vec![("kim".to_owned(), "failed", None)]));
        for turn in [Turn::Hang, Turn::Cut, Turn::Garbage, Turn::Status(502, Value::Null)] {
            scene.kakao.answers_at("/talk", [turn.clone()]);
            failed(node(to(&["kim"])).await);
            assert_eq!(scene.newest().await, (PushState::Unknown, vec![("kim".to_owned(), "unknown", None)]), "{turn:?}");
        }
        assert_eq!(scene.kakao.calls("/talk"), 5);
        assert_eq!(failed(node(to(&[])).await).0, "BadRecipients");
        assert_eq!(failed(node(Push { event: " ".to_owned(), ..to(&["kim"]) }).await).0, "NoEvent");
        scene.connect("default", KAKAO_BOT, "wrong-key-0123").await;
        let (name, message, _) = failed(node(to(&["kim"])).await);
        assert_eq!(name, "SignInFailed");
        assert!(!message.contains("wrong-key-0123"), "{message}");
        // The key is wrong for all: the other calls are not tried.
        let many: Vec<String> = (0..150).map(|number| number.to_string()).collect();
        let calls = scene.push(&to(&many.iter().map(String::as_str).collect::<Vec<_>>())).await;
        assert_eq!((calls.len(), scene.kakao.calls("/talk")), (1, 7));
        scene.hub.vault.remove(scene.workspace, Kind::KakaoEvent, "default").await.expect("is removed");
        assert_eq!(failed(node(to(&["kim"])).await).0, "NotConnected");
    }

    /// A bot's own connection goes before the workspace's, and a development channel's bot keeps its mark.
    async fn a_bot_has_its_own_connection(scene: Scene) {
        scene.connect(&format!("bot-{}", scene.bot), &format!("{KAKAO_BOT}!"), KEY).await;
        let of = (scene.workspace, scene.bot);
        let reply: Reply = push::answer(&scene.hub, of, &to(&["kim"]), Instant::now() + Duration::from_secs(5)).await;
        let results = done(reply);
        assert_eq!((&results["status"], results["taskId"].is_string()), (&json!("SUCCESS"), true));
        assert_eq!(scene.kakao.calls(&format!("/v2/bots/{KAKAO_BOT}!/talk")), 1);
    }

    /// A running server asks by itself once a result is due.
    async fn results_are_fetched_when_they_are_due(scene: Scene) {
        scene.push(&to(&["kim"])).await;
        let watching = Arc::clone(&scene.hub);
        let watch = tokio::spawn(async move { push::watch(&watching).await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        // The first question is due ten seconds after the call.
        assert_eq!(scene.kakao.calls("/v1/tasks/"), 0);
        watch.abort();
        let push = scene.hub.store.pushes(scene.bot, 1, None).await.expect("reads").remove(0);
        let now_ms = scene.hub.clock.now_ms();
        let due = push.check_at.expect("is asked for") - push.created_at;
        assert!((10_000..15_000).contains(&due), "{due}");
        let step = PushStep {
            task_id: None,
            state: PushState::Open,
            message: String::new(),
            check_at: Some(now_ms),
            all: None,
            each: Vec::new(),
        };
        scene.hub.store.step_push(push.id, step, now_ms).await.expect("steps");
        let watching = Arc::clone(&scene.hub);
        let watch = tokio::spawn(async move { push::watch(&watching).await });
        for _ in 0..100 {
            if scene.newest().await.0 == PushState::Done {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        watch.abort();
        assert_eq!(scene.newest().await, (PushState::Done, vec![("kim".to_owned(), "sent", None)]));
    }
}
