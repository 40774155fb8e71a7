//! What attackers try: guessing, forging, framing.

use serde_json::json;

use crate::browser::{PASSWORD, Testbed, file};

fn guess(email: &str, number: usize) -> serde_json::Value {
    json!({"email": email, "password": format!("guess number {number}")})
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_a_password_is_slowed_down_as_documented() {
    let bed = Testbed::start().await;
    bed.owner().await;
    let mut attacker = bed.browser();
    for number in 0..5 {
        let answer = attacker.call("POST", "/api/session", &guess("owner@example.com", number)).await;
        assert_eq!(answer.problem(), "401 wrong-credentials");
    }
    let slowed = attacker.call("POST", "/api/session", &guess("owner@example.com", 6)).await;
    assert_eq!((slowed.problem().as_str(), slowed.header("retry-after")), ("429 too-many-attempts", "1"));
    // The right password waits too, or the delay would tell guesses apart; it is let in when the time is over.
    let right = json!({"email": "owner@example.com", "password": PASSWORD});
    assert_eq!(attacker.call("POST", "/api/session", &right).await.problem(), "429 too-many-attempts");
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    attacker.call("POST", "/api/session", &right).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_guesses_at_once_are_few() {
    let bed = Testbed::start().await;
    bed.owner().await;
    let browser = bed.browser();
    let guesses = (0..300).map(|number| {
        // Each from another address: only the account can slow them down.
        let mut browser = browser.clone().from(&format!("203.0.113.{}", number % 250));
        tokio::spawn(async move {
            browser.call("POST", "/api/session", &guess("owner@example.com", number)).await.problem()
        })
    });
    let mut tried = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.expect("ends").as_str() {
            "401 wrong-credentials" => tried += 1,
            "429 too-many-attempts" => {}
            other => panic!("{other}"),
        }
    }
    // Five, and one more for each second that this took on a busy machine.
    assert!((5..15).contains(&tried), "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_does_not_try_all_accounts() {
    let bed = Testbed::start().await;
    bed.owner().await;
    let mut attacker = bed.browser().from("203.0.113.9");
    let mut answers = Vec::new();
    for number in 0..25 {
        let answer =
            attacker.call("POST", "/api/session", &guess(&format!("a{number}@example.com"), number)).await;
        answers.push(answer.problem());
    }
    assert!(answers[..20].iter().all(|answer| answer == "401 wrong-credentials"), "{answers:?}");
    assert!(answers[20..].iter().any(|answer| answer == "429 too-many-attempts"), "{answers:?}");
    // Others are not held up.
    let right = json!({"email": "owner@example.com", "password": PASSWORD});
    bed.browser().from("203.0.113.10").call("POST", "/api/session", &right).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_caller_says_of_its_address_counts_only_from_a_proxy_of_ours() {
    let bed = Testbed::start_with(|config| config.proxies = Vec::new()).await;
    bed.owner().await;
    let mut browser = bed.browser().from("203.0.113.9");
    let right = json!({"email": "owner@example.com", "password": PASSWORD});
    browser.call("POST", "/api/session", &right).await.expect(200);
    let list = browser.get("/api/sessions").await.expect(200);
    assert!(
        list["items"].as_array().expect("sign-ins").iter().all(|it| it["address"] == "127.0.0.1"),
        "{list}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_other_sites_are_refused() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let path = format!("/api/workspaces/{workspace}");
    let with = |headers: &[(&str, &str)]| {
        let mut request = owner.request("PATCH", &path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(json!({"name": "도둑"}).to_string())
    };
    let own = bed.base.clone();
    let refused = [
        with(&[]),
        with(&[("x-closer", "0")]),
        with(&[("x-closer", "1"), ("origin", "https://evil.example")]),
        with(&[("x-closer", "1"), ("origin", "null")]),
        with(&[("x-closer", "1"), ("origin", "http://127.0.0.1")]),
        with(&[("origin", &own)]),
    ];
    let taken = with(&[("x-closer", "1"), ("origin", &own)]);
    for request in refused {
        assert_eq!(owner.send(request).await.problem(), "403 csrf");
    }
    assert_eq!(owner.send(taken).await.expect(200)["name"], "도둑");
    // A form of another site can send neither the header nor JSON.
    let request = owner
        .request("POST", "/api/workspaces")
        .header("content-type", "text/plain")
        .body("{\"name\":\"x\"}");
    assert_eq!(owner.send(request).await.problem(), "403 csrf");
    let request = owner.request("POST", "/api/session").header("content-type", "application/json").body("{}");
    assert_eq!(
        owner.send(request).await.problem(),
        "403 csrf",
        "signing somebody in from elsewhere is forgery too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers_that_browsers_need() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let id = bed.hub.store.bots(workspace.parse().expect("an id")).await.expect("reads").len();
    assert_eq!(id, 0);
    for path in
        ["/", "/some/page", "/missing.js", "/api/me", "/api/nothing", "/openapi.json", "/healthz", "/metrics"]
    {
        let answer = owner.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-permitted-cross-domain-policies", "none"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    assert_eq!(owner.get("/api/me").await.header("cache-control"), "no-store");
    assert_eq!(owner.get("/").await.header("cache-control"), "no-cache");
    assert!(owner.get("/").await.header("content-security-policy").contains("script-src 'self'"));
    // KakaoTalk's routes carry nothing but their answer.
    let bot =
        server::library::import(&bed.hub, &file("examples/shop.json"), None, server::library::AtOnce::Forced)
            .await
            .expect("is imported");
    let skill = owner.get(&format!("/webhook/kakao/{}/i/skill", bot.id)).await;
    assert_eq!((skill.status.as_u16(), skill.header("content-security-policy")), (200, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_https_the_cookie_is_for_this_host_alone() {
    let bed = Testbed::start_with(|config| config.public_url = "https://chat.example.com/".to_owned()).await;
    let mut browser = bed.browser();
    let setup = json!({"email": "owner@example.com", "password": PASSWORD, "name": "김", "workspace": "가게", "language": "ko"});
    let answer = browser.call("POST", "/api/setup", &setup).await;
    assert_eq!(answer.status.as_u16(), 201);
    let cookie = answer.header("set-cookie");
    for part in ["__Host-closer_session=", "; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    assert_eq!(browser.get("/api/me").await.status.as_u16(), 200);
    // The proxy's own name for us is not what browsers see: the public address is taken as the origin.
    let request = browser
        .request("PATCH", "/api/me")
        .header("x-closer", "1")
        .header("origin", "https://chat.example.com")
        .header("content-type", "application/json")
        .body("{}");
    assert_eq!(browser.send(request).await.status.as_u16(), 200);
    let plain = Testbed::start().await.owner().await.0;
    assert!(plain.cookie.expect("a cookie").starts_with("closer_session="));
}
