//! The demo: one click in, one way out to a workspace of one's own, and no way in where it was not asked for.

use serde_json::{Value, json};
use server::{BuildError, Server, config::Config};

use crate::browser::{Browser, PASSWORD, Testbed};

async fn demo() -> Testbed {
    Testbed::start_with(|config| config.demo = true).await
}

/// Comes in by the demo's door.
async fn visitor(bed: &Testbed) -> (Browser, Value) {
    let mut browser = bed.browser();
    let me = browser.call("POST", "/api/demo", &Value::Null).await.expect(200);
    (browser, me)
}

fn owner() -> Value {
    json!({"email": "owner@example.com", "password": PASSWORD, "name": "김소유", "workspace": "맑은마켓", "language": "ko"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_looks_around_edits_and_makes_nothing() {
    let bed = demo().await;
    let mut browser = bed.browser();
    let state = browser.get("/api/state").await.expect(200);
    assert_eq!(
        (&state["demo"], &state["setup"], &state["signedIn"]),
        (&true.into(), &true.into(), &false.into())
    );
    let (mut browser, me) = visitor(&bed).await;
    assert_eq!((&me["demo"], me["workspaces"].as_array().expect("a list").len()), (&true.into(), 1));
    let here = &me["workspaces"][0];
    assert_eq!((&here["demo"], &here["role"]), (&true.into(), &"editor".into()));
    let ws = here["id"].as_str().expect("an id");
    let bots = browser.get(&format!("/api/workspaces/{ws}/bots")).await.expect(200);
    let bots = bots["items"].as_array().expect("bots");
    assert_eq!(bots.len(), 6);
    assert!(bots.iter().all(|bot| bot["liveVersion"] == 1), "{bots:?}");
    // The bots answer, over the address that KakaoTalk would call.
    let bot = bots.iter().find(|bot| bot["title"] == "고객센터").expect("the customer service");
    let path = format!("/api/workspaces/{ws}/bots/{}", bot["id"].as_str().expect("an id"));
    let bot = browser.get(&path).await.expect(200);
    browser.call("PATCH", &path, &json!({"title": "우리 고객센터"})).await.expect(200);
    assert!(bot["skillUrl"].as_str().is_some_and(|url| url.contains("/webhook/kakao/")));
    // Nothing that would be a way in, or somebody's own.
    let refused = [
        ("POST", "/api/workspaces".to_owned(), json!({"name": "내 가게"}), "403 demo-only"),
        (
            "POST",
            format!("/api/workspaces/{ws}/invites"),
            json!({"emails": ["a@example.com"], "role": "readonly"}),
            "403 role-too-low",
        ),
        ("POST", format!("/api/workspaces/{ws}/bots"), json!({"template": "shop"}), "403 role-too-low"),
        ("DELETE", format!("/api/workspaces/{ws}/demo"), Value::Null, "403 role-too-low"),
        ("POST", "/api/me/password".to_owned(), json!({"current": "", "next": PASSWORD}), "422 invalid"),
    ];
    for (method, path, body, problem) in refused {
        assert_eq!(browser.call(method, &path, &body).await.problem(), problem, "{method} {path}");
    }
    // Nor by its address: it has no password.
    let credentials = json!({"email": "demo@closer.invalid", "password": ""});
    assert_eq!(
        bed.browser().call("POST", "/api/session", &credentials).await.problem(),
        "401 wrong-credentials"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_begins_beside_the_demo_and_takes_it_away() {
    let bed = demo().await;
    let (mut browser, _) = visitor(&bed).await;
    let (mut stays, _) = visitor(&bed).await;
    let me = browser.call("POST", "/api/setup", &owner()).await.expect(201);
    assert_eq!(me["demo"], false);
    let of = |demo: bool| {
        let found = me["workspaces"].as_array().expect("a list").iter().find(|it| it["demo"] == demo);
        found.expect("one of each").clone()
    };
    assert_eq!(
        (&of(false)["name"], &of(false)["role"], &of(true)["role"]),
        (&"맑은마켓".into(), &"owner".into(), &"owner".into())
    );
    let state = browser.get("/api/state").await.expect(200);
    assert_eq!((&state["setup"], &state["demo"]), (&false.into(), &true.into()));
    assert_eq!(bed.browser().call("POST", "/api/setup", &owner()).await.problem(), "409 set-up-already");
    // One's own workspace is no demo, and nobody takes it away by this road.
    let own = of(false)["id"].as_str().expect("an id").to_owned();
    let missing = browser.call("DELETE", &format!("/api/workspaces/{own}/demo"), &Value::Null).await;
    assert_eq!(missing.problem(), "404 no-such-demo");
    let path = format!("/api/workspaces/{}/demo", of(true)["id"].as_str().expect("an id"));
    browser.call("DELETE", &path, &Value::Null).await.expect(204);
    assert_eq!(stays.get("/api/me").await.problem(), "401 not-signed-in");
    assert_eq!(bed.browser().call("POST", "/api/demo", &Value::Null).await.problem(), "404 no-such-demo");
    let me = browser.get("/api/me").await.expect(200);
    assert_eq!(me["workspaces"].as_array().expect("a list").len(), 1);
    assert_eq!(browser.get("/api/state").await.expect(200)["demo"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_demo_where_none_was_asked_for() {
    let bed = Testbed::start().await;
    let state = bed.browser().get("/api/state").await.expect(200);
    assert_eq!((&state["demo"], &state["setup"]), (&false.into(), &true.into()));
    assert_eq!(bed.browser().call("POST", "/api/demo", &Value::Null).await.problem(), "404 no-such-demo");
    assert!(bed.hub.store.demo().await.expect("reads").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_from_elsewhere_find_no_demo() {
    let bed = demo().await;
    let call = |host: &str, forwarded: Option<&str>| {
        let mut request =
            bed.browser().request("POST", "/api/demo").header("x-closer", "1").header("host", host);
        if let Some(from) = forwarded {
            request = request.header("x-forwarded-for", from);
        }
        request
    };
    let port = bed.base.rsplit(':').next().expect("a port");
    for (host, forwarded, problem) in [
        (format!("chat.example.com:{port}"), None, true),
        ("chat.example.com".to_owned(), None, true),
        (format!("localhost.example.com:{port}"), None, true),
        (format!("127.0.0.1:{port}"), Some("203.0.113.9"), true),
        (format!("127.0.0.1:{port}"), Some("127.0.0.1"), true),
        (format!("127.0.0.1:{port}"), None, false),
        (format!("localhost:{port}"), None, false),
        ("[::1]".to_owned(), None, false),
    ] {
        let answer = bed.browser().send(call(&host, forwarded)).await;
        if problem {
            assert_eq!(answer.problem(), "404 no-such-demo", "{host} {forwarded:?}");
        } else {
            answer.expect(200);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_does_not_start_where_others_can_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = |listen: &str, public_url: &str| Config {
        listen: listen.parse().expect("an address"),
        data: folder.path().to_owned(),
        public_url: public_url.to_owned(),
        demo: true,
        ..Config::default()
    };
    for (listen, public_url) in
        [("0.0.0.0:0", ""), ("[::]:0", ""), ("192.0.2.7:0", ""), ("127.0.0.1:0", "https://chat.example.com")]
    {
        let refused = Server::build(config(listen, public_url)).await;
        assert!(matches!(refused, Err(BuildError::DemoInPublic)), "{listen} {public_url}");
    }
    assert!(Server::build(config("127.0.0.1:0", "")).await.is_ok());
    // No file opens the door: only the command line does.
    std::fs::write(folder.path().join("closer.toml"), "demo = true\n").expect("writes");
    assert!(Config::read(None, Some(folder.path())).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_flag_a_cookie_of_the_demo_is_worth_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_owned();
    let bed = {
        let data = data.clone();
        Testbed::start_with(|config| (config.demo, config.data) = (true, data)).await
    };
    let (browser, _) = visitor(&bed).await;
    // The same data, served as it would be tomorrow.
    let plain = Testbed::start_with(|config| config.data = data).await;
    let mut again = plain.browser();
    again.cookie = browser.cookie.clone();
    assert_eq!(again.get("/api/me").await.problem(), "401 not-signed-in");
    assert_eq!(again.get("/api/state").await.expect(200)["signedIn"], false);
    assert_eq!(plain.browser().call("POST", "/api/demo", &Value::Null).await.problem(), "404 no-such-demo");
    // Who owns the server already gets no demo by starting it with the flag.
    let owned = Testbed::start().await;
    owned.owner().await;
    server::demo::prepare(&owned.hub).await.expect("is asked");
    assert!(owned.hub.store.demo().await.expect("reads").is_none());
}
