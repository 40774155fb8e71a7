//! Calls that no console sends: whatever comes, the answer is a problem that says so, and never a fault of ours.

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use server::http::access;

use crate::browser::{Browser, Testbed};

/// Method and path of every route, with ids that are there.
fn routes(workspace: &str, bot: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for route in access::table() {
        let paths = serde_json::to_value(route.paths()).expect("is JSON");
        for (path, item) in paths.as_object().expect("paths") {
            for method in item.as_object().expect("methods").keys() {
                let path = path.replace("{ws}", workspace).replace("{bot}", bot).replace("{id}", bot);
                found.push((
                    method.to_uppercase(),
                    path.replace("{token}", &"a".repeat(64)).replace("{hash}", "zz"),
                ));
            }
        }
    }
    found
}

async fn given() -> (Testbed, Browser, Vec<(String, String)>) {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let bots = format!("/api/workspaces/{workspace}/bots");
    let made = owner.call("POST", &bots, &json!({"template": "shop"})).await.expect(201);
    let routes = routes(&workspace, made["bot"]["id"].as_str().expect("an id"));
    (bed, owner, routes)
}

/// Sends it with a copy of the browser; a fault of ours fails the test, and what is refused is a whole problem.
async fn survives(owner: &Browser, method: &str, path: &str, kind: Option<&str>, body: &[u8]) {
    let answer = owner.clone().raw(method, path, kind, body.to_vec()).await;
    let status = answer.status.as_u16();
    assert!(status < 500, "{method} {path} {kind:?} {:?}: {status}", String::from_utf8_lossy(body));
    if status >= 400 {
        answer.problem();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_bodies_are_problems() {
    let (_bed, owner, routes) = given().await;
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let long = format!("{{\"name\":\"{}\"}}", "가".repeat(100_000));
    let bodies: [&[u8]; 12] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\"text\"",
        b"{\"name\":null,\"title\":7,\"emails\":{},\"role\":\"god\",\"email\":[]}",
        b"{\"name\":\"a\\u0000b\",\"title\":\"\\u0000\",\"description\":\"\\u0001\"}",
        b"{\"name\":\"\\ud800\",\"email\":\"a@b\",\"password\":\"\"}",
        b"\xff\xfe\x00",
        b"{\"file\":{\"flows\":[{}]},\"title\":\"x\"}",
        deep.as_bytes(),
        long.as_bytes(),
    ];
    for (method, path) in
        routes.iter().filter(|(method, path)| method != "GET" && !ends_something(method, path))
    {
        for body in bodies {
            for kind in [Some("application/json"), Some("text/plain"), None] {
                survives(&owner, method, path, kind, body).await;
            }
        }
    }
}

/// Calls that end the sign-in, or need no body to delete what the others need.
fn ends_something(method: &str, path: &str) -> bool {
    method == "DELETE" && (path.starts_with("/api/session") || path.contains("/members/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn strange_addresses_are_problems() {
    let (_bed, owner, routes) = given().await;
    let strange = ["%00", "..", "%2e%2e%2f", "'", "\u{ac00}", &"a".repeat(3_000), "%ff"];
    for (method, path) in routes.iter().filter(|(method, path)| !ends_something(method, path)) {
        let parts: Vec<&str> = path.split('/').collect();
        for at in 2..parts.len() {
            for odd in strange {
                let mut parts = parts.clone();
                parts[at] = odd;
                survives(&owner, method, &parts.join("/"), None, b"").await;
            }
        }
    }
    for query in [
        "?limit=0",
        "?limit=-1",
        "?limit=x",
        "?cursor=x",
        "?deleted=maybe",
        "?search=%00%ff",
        "?search",
        "?limit=99999999999",
    ] {
        for (_, path) in routes.iter().filter(|(method, _)| method == "GET") {
            survives(&owner, "GET", &format!("{path}{query}"), None, b"").await;
        }
    }
    let mut owner = owner;
    assert_eq!(owner.get("/api/nothing").await.problem(), "404 no-such-page");
    assert_eq!(owner.call("PUT", "/api/me", &Value::Null).await.problem(), "405 method");
    assert_eq!(owner.call("PUT", "/", &Value::Null).await.problem(), "405 method");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_that_are_none_are_nobody() {
    let (_bed, mut owner, _) = given().await;
    let own = owner.cookie.clone().expect("a cookie");
    for bad in [
        "",
        "closer_session=",
        "closer_session=x",
        "closer_session",
        "=;;=",
        "other=1",
        &format!("{own}0"),
        &own.to_uppercase(),
    ] {
        owner.cookie = Some(bad.to_owned());
        assert_eq!(owner.get("/api/me").await.problem(), "401 not-signed-in", "{bad}");
    }
    owner.cookie = Some(format!("other=1; {own} ; closer_theme=x"));
    owner.get("/api/me").await.expect(200);
}

#[test]
fn bodies_by_chance_are_never_a_fault() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (_bed, owner, routes) = runtime.block_on(given());
    let routes: Vec<_> = routes
        .into_iter()
        .filter(|(method, path)| method != "GET" && !ends_something(method, path))
        .collect();
    let keys = prop::sample::select(vec![
        "email",
        "emails",
        "password",
        "name",
        "workspace",
        "language",
        "theme",
        "code",
        "role",
        "title",
        "description",
        "template",
        "file",
        "preference",
        "systemMessage",
        "sessionBehavior",
        "token",
        "current",
        "next",
        "error",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec!["ko", "admin", "empty", "kim@example.com", "맑은 하늘 종이배"])
            .prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|entries| {
                Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    });
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let strategy = (prop::sample::select(routes), value);
    runner
        .run(&strategy, |((method, path), body)| {
            let body = body.to_string().into_bytes();
            runtime.block_on(survives(&owner, &method, &path, Some("application/json"), &body));
            Ok(())
        })
        .expect("nothing fails");
}
