//! The HTTP node: what it sends, what the flow learns, and where secrets go and do not go.

use std::time::Duration;

use engine::ask::{Fetch, FetchBody, Reply};
use serde_json::{Value, json};
use server::{
    effects::http,
    guard::Names,
    vault::{KeySource, Secrets},
};
use tokio::time::Instant;

use crate::upstream::{PRIVATE, PUBLIC, Upstream, guard, moved, names, ok};

const NONCE: u64 = 0xabcd;

fn node(method: &str, uri: &str) -> Fetch {
    Fetch {
        method: method.to_owned(),
        uri: uri.to_owned(),
        headers: Vec::new(),
        content_type: "json".to_owned(),
        body: FetchBody::Empty,
    }
}

fn header(mut fetch: Fetch, name: &str, value: &str) -> Fetch {
    fetch.headers.push((name.to_owned(), value.to_owned()));
    fetch
}

fn with(content_type: &str, body: FetchBody) -> impl Fn(Fetch) -> Fetch {
    let content_type = content_type.to_owned();
    move |fetch| Fetch { content_type: content_type.clone(), body: body.clone(), ..fetch }
}

fn text(body: &str) -> FetchBody {
    FetchBody::Text(body.to_owned())
}

async fn call(fetch: &Fetch, secrets: &Secrets) -> Reply {
    http::fetch(&guard(Names::System), fetch, secrets, Instant::now() + Duration::from_secs(2)).await
}

async fn plain(fetch: &Fetch) -> Reply {
    call(fetch, &Secrets::none(NONCE)).await
}

fn failed(reply: Reply) -> (String, String, Value) {
    match reply {
        Reply::Failed { name, message, results } => (name, message, Value::Object(results)),
        Reply::Done(results) => panic!("is done: {results:?}"),
    }
}

fn placeholder(name: &str) -> String {
    format!("⟦secret:{name}:{NONCE:016x}⟧")
}

fn response(status: &str, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn a_good_answer_is_done() {
    let json = Upstream::says(PUBLIC, response("200 OK", "application/json", "{\"n\":[1,\"둘\"]}")).await;
    let uri = json.at(PUBLIC, "/a?q=한글 b");
    let Reply::Done(results) = plain(&node("GET", &uri)).await else { panic!("is not done") };
    assert_eq!(Value::Object(results), json!({"uri": uri, "data": {"n": [1, "둘"]}, "statusCode": 200}));
    let head = &json.heard()[0];
    assert!(head.starts_with("GET /a?q=%ED%95%9C%EA%B8%80%20b HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("user-agent: closer/") && head.contains("accept: application/json"), "{head}");
    assert!(!head.contains("content-type"), "{head}");
}

#[tokio::test]
async fn an_error_status_still_gives_its_data() {
    let gone =
        Upstream::says(PUBLIC, response("404 Not Found", "application/json", "{\"why\":\"gone\"}")).await;
    let (name, message, results) = failed(plain(&node("GET", &gone.at(PUBLIC, "/"))).await);
    assert_eq!(
        (name.as_str(), &results["data"], &results["statusCode"]),
        ("StatusCodeError", &json!({"why": "gone"}), &json!(404))
    );
    assert!(message.contains("404"));
}

#[tokio::test]
async fn bodies_are_sent_as_the_node_says() {
    let echo = Upstream::says(PUBLIC, ok("ok")).await;
    let uri = echo.at(PUBLIC, "/");
    let form =
        FetchBody::Form(vec![("이름".to_owned(), "김 & 이".to_owned()), ("b".to_owned(), String::new())]);
    let post = || node("POST", &uri);
    for (fetch, content_type, body) in [
        (with("json", text("{\"a\": \"한\"}"))(post()), "application/json; charset=utf-8", "{\"a\": \"한\"}"),
        (
            with("x-www-form-urlencoded", form.clone())(post()),
            "application/x-www-form-urlencoded; charset=utf-8",
            "%EC%9D%B4%EB%A6%84=%EA%B9%80+%26+%EC%9D%B4&b=",
        ),
        (with("text", text("안녕"))(post()), "text/plain; charset=utf-8", "안녕"),
        (
            with("json", form)(node("PUT", &uri)),
            "application/json; charset=utf-8",
            "{\"이름\":\"김 & 이\",\"b\":\"\"}",
        ),
        (
            header(with("json", text("<a/>"))(post()), "Content-Type", "application/xml"),
            "application/xml",
            "<a/>",
        ),
        (with("json", text("{}"))(node("DELETE", &uri)), "application/json; charset=utf-8", "{}"),
        (with("json", text("{}"))(node("PATCH", &uri)), "application/json; charset=utf-8", "{}"),
    ] {
        let before = echo.heard().len();
        assert!(matches!(plain(&fetch).await, Reply::Done(_)), "{fetch:?}");
        let heard = echo.heard().swap_remove(before);
        let (head, sent) = heard.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with(&fetch.method), "{head}");
        assert_eq!(sent, body, "{head}");
        assert_eq!(head.to_ascii_lowercase().matches("content-type:").count(), 1, "{head}");
        assert!(head.to_ascii_lowercase().contains(&format!("content-type: {content_type}")), "{head}");
    }
    // What is left over in the file is not sent.
    let before = echo.heard().len();
    assert!(matches!(plain(&with("json", text("{broken"))(node("GET", &uri))).await, Reply::Done(_)));
    assert!(!echo.heard()[before].contains("broken"));
}

#[tokio::test]
async fn a_body_that_is_no_json_is_not_sent() {
    let echo = Upstream::says(PUBLIC, ok("ok")).await;
    let fetch =
        with("json", text("{\n  \"text\": \"he said \"hi\"\"\n}"))(node("POST", &echo.at(PUBLIC, "/")));
    let (name, message, results) = failed(plain(&fetch).await);
    assert_eq!((name.as_str(), results), ("BadBody", json!({"uri": fetch.uri})));
    assert!(
        message.contains("line 2") && message.contains("2번째 줄") && message.contains("QUOTE"),
        "{message}"
    );
    assert_eq!(echo.came(), 0);
}

#[tokio::test]
async fn what_goes_wrong_has_a_name() {
    let gone =
        tokio::net::TcpListener::bind((PUBLIC, 0)).await.expect("a port").local_addr().expect("an address");
    let cut = Upstream::says(PUBLIC, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").await;
    let circle = Upstream::says(PUBLIC, moved(302, "/")).await;
    for (uri, name) in [
        (format!("http://{gone}/"), "ConnectionRefused"),
        (cut.at(PUBLIC, "/"), "ConnectionReset"),
        (circle.at(PUBLIC, "/"), "TooManyRedirects"),
        ("http://127.0.0.1/".to_owned(), "PrivateAddress"),
        ("/path".to_owned(), "BadAddress"),
        (String::new(), "BadAddress"),
    ] {
        let (said, message, results) = failed(plain(&node("GET", &uri)).await);
        assert_eq!((said.as_str(), results), (name, json!({"uri": uri})), "{message}");
        assert!(message.chars().any(|letter| ('가'..='힣').contains(&letter)), "{message}");
    }
    let (_, message, _) = failed(plain(&node("GET", "http://10.0.0.1/")).await);
    assert!(message.starts_with("Cannot use private IP address 10.0.0.1"), "{message}");
}

#[tokio::test]
async fn secrets_are_sent_and_not_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, _, workspace) = crate::vault::vault(folder.path(), KeySource::file(folder.path())).await;
    vault.put_secret(workspace, "key", "ab+/c==").await.expect("is put");
    vault.put_secret(workspace, "quoted", "a\"b").await.expect("is put");
    vault.put_secret(workspace, "host", "s3cret-host.kr").await.expect("is put");
    let secrets = Secrets::new(vault, workspace, NONCE);
    let echo = Upstream::says(PUBLIC, ok("ok")).await;
    let uri = format!("{}?serviceKey={}&n=1", echo.at(PUBLIC, "/"), placeholder("key"));
    let fetch = header(node("POST", &uri), "Authorization", &format!("Bearer {}", placeholder("key")));
    let body =
        format!("{{\"k\": \"{}\", \"forged\": \"⟦secret:key:0000000000000000⟧\"}}", placeholder("quoted"));
    let Reply::Done(results) = call(&with("json", text(&body))(fetch), &secrets).await else {
        panic!("is not done")
    };
    assert_eq!(results["uri"], format!("{}?serviceKey=⟦secret:key⟧&n=1", echo.at(PUBLIC, "/")));
    let heard = &echo.heard()[0];
    assert!(heard.starts_with("POST /?serviceKey=ab%2B%2Fc%3D%3D&n=1 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("Bearer ab+/c==\r\n") || heard.contains("bearer ab+/c==\r\n"), "{heard}");
    assert!(heard.ends_with("{\"k\": \"a\\\"b\", \"forged\": \"⟦secret:key:0000000000000000⟧\"}"), "{heard}");
    let (name, message, results) =
        failed(call(&node("GET", &format!("https://{}/", placeholder("host"))), &secrets).await);
    assert_eq!((name.as_str(), &results["uri"]), ("DnsError", &json!("https://⟦secret:host⟧/")));
    assert!(!message.contains("s3cret") && message.contains("⟦secret:host⟧"), "{message}");
    let (name, message, _) =
        failed(call(&header(node("GET", &uri), "X-Key", &placeholder("nope")), &secrets).await);
    assert_eq!(
        (name.as_str(), message.contains("closer secret set nope")),
        ("SecretMissing", true),
        "{message}"
    );
    assert_eq!(echo.came(), 1, "nothing is sent without its secret");
}

#[tokio::test]
async fn secrets_do_not_follow_a_redirect_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let (vault, _, workspace) = crate::vault::vault(folder.path(), KeySource::file(folder.path())).await;
    vault.put_secret(workspace, "key", "s3cret").await.expect("is put");
    let secrets = Secrets::new(vault, workspace, NONCE);
    let elsewhere = Upstream::says(PUBLIC, ok("ok")).await;
    let here = Upstream::says(PUBLIC, moved(302, &elsewhere.at(PUBLIC, "/"))).await;
    let fetch = header(node("GET", &here.at(PUBLIC, "/")), "X-Naver-Client-Secret", &placeholder("key"));
    assert!(matches!(call(&fetch, &secrets).await, Reply::Done(_)));
    assert!(here.heard()[0].contains("s3cret") && !elsewhere.heard()[0].contains("s3cret"));
}

#[tokio::test]
async fn a_private_name_is_refused_for_the_node_too() {
    let guard = guard(names(&[("inside.kr", &[&[PRIVATE]])]));
    let fetch = node("GET", "http://inside.kr/");
    let until = Instant::now() + Duration::from_secs(1);
    let (name, ..) = failed(http::fetch(&guard, &fetch, &Secrets::none(NONCE), until).await);
    assert_eq!(name, "PrivateAddress");
}
