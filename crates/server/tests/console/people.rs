//! People: the first owner, colleagues, where they are signed in, and how they prove themselves.

use image::{DynamicImage, ImageFormat, RgbImage};
use serde_json::{Value, json};
use server::totp;

use crate::browser::{Browser, PASSWORD, Testbed};

const NOTHING: Value = Value::Null;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_person_becomes_the_owner_and_nobody_after_them() {
    let bed = Testbed::start().await;
    let mut first = bed.browser();
    let state = first.get("/api/state").await.expect(200);
    assert_eq!(
        (&state["setup"], &state["signedIn"], &state["mail"]),
        (&json!(true), &json!(false), &json!(false))
    );
    let weak =
        json!({"email": "kim", "password": "1234567890", "name": " ", "workspace": "가게", "language": "ko"});
    let refused = first.call("POST", "/api/setup", &weak).await;
    assert_eq!(refused.problem(), "422 invalid");
    let pointers: Vec<String> = refused.json()["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| error["pointer"].as_str().expect("a pointer").to_owned())
        .collect();
    assert_eq!(pointers, ["/email", "/password", "/name"]);
    let (mut owner, workspace) = bed.owner().await;
    let me = owner.get("/api/me").await.expect(200);
    assert_eq!(me["email"], "owner@example.com");
    assert_eq!(
        (&me["language"], &me["theme"], &me["totp"], &me["picture"]),
        (&json!("ko"), &json!("system"), &json!(false), &NOTHING)
    );
    assert_eq!(
        me["workspaces"],
        json!([{"id": workspace, "name": "맑은마켓", "picture": null, "role": "owner", "demo": false}])
    );
    let state = owner.get("/api/state").await.expect(200);
    assert_eq!((&state["setup"], &state["signedIn"]), (&json!(false), &json!(true)));
    let again = json!({"email": "b@example.com", "password": PASSWORD, "name": "나", "workspace": "가게", "language": "en"});
    let refused = first.speaking("en-US").call("POST", "/api/setup", &again).await;
    assert_eq!(refused.problem(), "409 set-up-already");
    assert_eq!(refused.json()["title"], "This server has an owner already");
}

#[tokio::test(flavor = "multi_thread")]
async fn bots_that_were_there_before_the_owner_are_the_owners() {
    let bed = Testbed::start().await;
    let file = crate::browser::file("examples/shop.json");
    server::library::import(&bed.hub, &file, None, server::library::AtOnce::Forced)
        .await
        .expect("is imported");
    let (mut owner, workspace) = bed.owner().await;
    let bots = owner.get(&format!("/api/workspaces/{workspace}/bots")).await.expect(200);
    assert_eq!(
        (bots["items"].as_array().map(Vec::len), &bots["items"][0]["liveVersion"]),
        (Some(1), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_invited_held_to_a_role_and_taken_out() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let at = |path: &str| format!("/api/workspaces/{workspace}{path}");
    let made = owner
        .call(
            "POST",
            &at("/invites"),
            &json!({"emails": ["LEE@example.com", "park@example.com"], "role": "editor"}),
        )
        .await
        .expect(201);
    let link = |at: usize| made["items"][at]["link"].as_str().expect("a link").to_owned();
    assert!(link(0).starts_with(&format!("{}/invite/", bed.base)), "{}", link(0));
    assert_eq!(
        (&made["items"][0]["email"], &made["items"][0]["sent"]),
        (&json!("lee@example.com"), &json!(false))
    );
    let waiting = owner.get(&at("/invites")).await.expect(200);
    assert_eq!(waiting["items"].as_array().map(Vec::len), Some(2));
    assert!(waiting["items"][0].get("link").is_none(), "a link is shown once");
    let token = link(0).rsplit('/').next().expect("a token").to_owned();
    let mut lee = bed.browser();
    let shown = lee.get(&format!("/api/invites/{token}")).await.expect(200);
    assert_eq!(
        shown,
        json!({"workspace": {"name": "맑은마켓", "picture": null}, "email": "lee@example.com", "role": "editor",
            "accountExists": false, "invitedBy": "김소유"})
    );
    // Whoever is signed in as somebody else is told so.
    let other = owner.call("POST", &format!("/api/invites/{token}"), &json!({})).await;
    assert_eq!(other.problem(), "409 other-account");
    let accepted = json!({"name": "이편집", "password": PASSWORD, "language": "en"});
    let me = lee.call("POST", &format!("/api/invites/{token}"), &accepted).await.expect(200);
    assert_eq!((&me["workspaces"][0]["role"], &me["language"]), (&json!("editor"), &json!("en")));
    assert!(lee.cookie.is_some());
    let used = bed.browser().call("POST", &format!("/api/invites/{token}"), &accepted).await;
    assert_eq!(used.problem(), "404 no-such-invite");
    // An editor looks at bots and members, but makes and invites nothing.
    lee.get(&at("/bots")).await.expect(200);
    assert_eq!(
        lee.call("POST", &at("/bots"), &json!({"template": "empty"})).await.problem(),
        "403 role-too-low"
    );
    let refused = lee.get(&at("/audit")).await;
    assert_eq!((refused.problem().as_str(), &refused.json()["role"]), ("403 role-too-low", &json!("admin")));
    // Invited again: the old link ends. Taken back: the new one too.
    let again = owner
        .call("POST", &at("/invites"), &json!({"emails": ["park@example.com"], "role": "admin"}))
        .await
        .expect(201);
    let (old, new) = (link(1), again["items"][0]["link"].as_str().expect("a link").to_owned());
    let api = |link: &str| format!("/api/invites/{}", link.rsplit('/').next().expect("a token"));
    assert_eq!(bed.browser().get(&api(&old)).await.problem(), "404 no-such-invite");
    assert_eq!(bed.browser().get(&api(&new)).await.expect(200)["role"], "admin");
    let id = again["items"][0]["id"].as_str().expect("an id");
    owner.call("DELETE", &at(&format!("/invites/{id}")), &NOTHING).await.expect(204);
    assert_eq!(bed.browser().get(&api(&new)).await.problem(), "404 no-such-invite");
    let member = owner
        .call("POST", &at("/invites"), &json!({"emails": ["lee@example.com", "x"], "role": "admin"}))
        .await;
    assert_eq!(
        (member.problem().as_str(), member.json()["errors"].as_array().map(Vec::len)),
        ("422 invalid", Some(2))
    );
    // Roles change; the last owner stays; who is taken out sees nothing more.
    let members = owner.get(&at("/members")).await.expect(200);
    let id = |name: &str| {
        let all = members["items"].as_array().expect("members");
        all.iter().find(|it| it["name"] == name).expect("a member")["id"].as_str().expect("an id").to_owned()
    };
    let (kim, lee_id) = (id("김소유"), id("이편집"));
    let role = |role: &str| json!({"role": role});
    let last = owner.call("PATCH", &at(&format!("/members/{kim}")), &role("admin")).await;
    assert_eq!(last.problem(), "409 last-owner");
    assert_eq!(
        owner.call("DELETE", &at(&format!("/members/{kim}")), &NOTHING).await.problem(),
        "409 last-owner"
    );
    owner.call("PATCH", &at(&format!("/members/{lee_id}")), &role("admin")).await.expect(200);
    let too_high = lee.call("PATCH", &at(&format!("/members/{kim}")), &role("readonly")).await;
    assert_eq!(too_high.problem(), "403 ranks-too-high");
    assert_eq!(
        lee.call("DELETE", &at(&format!("/members/{kim}")), &NOTHING).await.problem(),
        "403 ranks-too-high"
    );
    let up = lee.call("POST", &at("/invites"), &json!({"emails": ["z@example.com"], "role": "owner"})).await;
    assert_eq!(up.problem(), "403 role-too-low");
    owner.call("DELETE", &at(&format!("/members/{lee_id}")), &NOTHING).await.expect(204);
    assert_eq!(lee.get(&at("/bots")).await.problem(), "404 no-such-workspace");
    assert_eq!(lee.get("/api/me").await.expect(200)["workspaces"], json!([]));
    // All of it stands in the log, in pieces.
    let (mut actions, mut next) = (Vec::new(), String::new());
    loop {
        let piece = owner.get(&at(&format!("/audit?limit=2{next}"))).await.expect(200);
        for line in piece["items"].as_array().expect("lines") {
            actions.push(format!(
                "{} {}",
                line["action"].as_str().expect("text"),
                line["target"].as_str().expect("text")
            ));
        }
        match piece["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        actions,
        [
            "member.remove lee@example.com",
            "member.role lee@example.com",
            "invite.revoke park@example.com",
            "invite.add park@example.com",
            "member.join lee@example.com",
            "invite.add lee@example.com, park@example.com",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_account_accepts_with_it() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let mut lee = bed.member(&mut owner, &workspace, "readonly").await;
    let second = owner.call("POST", "/api/workspaces", &json!({"name": "둘째 가게"})).await.expect(201);
    let invites = format!("/api/workspaces/{}/invites", second["id"].as_str().expect("an id"));
    let made = owner
        .call("POST", &invites, &json!({"emails": ["readonly@example.com"], "role": "admin"}))
        .await
        .expect(201);
    let token =
        made["items"][0]["link"].as_str().expect("a link").rsplit('/').next().expect("a token").to_owned();
    let path = format!("/api/invites/{token}");
    assert_eq!(lee.get(&path).await.expect(200)["accountExists"], true);
    let takeover = json!({"name": "도둑", "password": "아무도 모르는 낱말들", "language": "ko"});
    assert_eq!(bed.browser().call("POST", &path, &takeover).await.problem(), "401 not-signed-in");
    let me = lee.call("POST", &path, &json!({})).await.expect(200);
    let roles: Vec<&Value> =
        me["workspaces"].as_array().expect("workspaces").iter().map(|it| &it["role"]).collect();
    assert_eq!(roles, ["readonly", "admin"]);
    // They may leave again.
    let leave = format!(
        "/api/workspaces/{}/members/{}",
        second["id"].as_str().expect("an id"),
        me["id"].as_str().expect("an id")
    );
    lee.call("DELETE", &leave, &NOTHING).await.expect(204);
    assert_eq!(lee.get("/api/me").await.expect(200)["workspaces"].as_array().map(Vec::len), Some(1));
}

async fn signed_in(bed: &Testbed, password: &str) -> Browser {
    let mut browser = bed.browser();
    let credentials = json!({"email": " Owner@Example.com ", "password": password});
    browser.call("POST", "/api/session", &credentials).await.expect(200);
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_ended_elsewhere() {
    let bed = Testbed::start().await;
    let (mut here, _) = bed.owner().await;
    let mut there = signed_in(&bed, PASSWORD).await;
    let mut third = signed_in(&bed, PASSWORD).await;
    let list = here.get("/api/sessions").await.expect(200);
    let items = list["items"].as_array().expect("sign-ins");
    assert_eq!(items.len(), 3);
    assert_eq!(items.iter().filter(|it| it["current"] == true).count(), 1);
    assert!(items.iter().all(|it| it["userAgent"] == "Test/1.0" && it["address"] == "127.0.0.1"));
    let mine = there.get("/api/sessions").await.expect(200);
    let id = mine["items"]
        .as_array()
        .expect("sign-ins")
        .iter()
        .find(|it| it["current"] == true)
        .expect("is there")["id"]
        .clone();
    here.call("DELETE", &format!("/api/sessions/{}", id.as_str().expect("an id")), &NOTHING)
        .await
        .expect(204);
    assert_eq!(there.get("/api/me").await.problem(), "401 not-signed-in");
    third.get("/api/me").await.expect(200);
    here.call("DELETE", "/api/sessions", &NOTHING).await.expect(204);
    assert_eq!(third.get("/api/me").await.problem(), "401 not-signed-in");
    // A new password ends the others too, and the old one is none any more.
    let mut fourth = signed_in(&bed, PASSWORD).await;
    let next = "종이배 소풍 하늘 맑은";
    let wrong =
        here.call("POST", "/api/me/password", &json!({"current": "아니에요 아니에요", "next": next})).await;
    assert_eq!(
        (wrong.problem().as_str(), &wrong.json()["errors"][0]["pointer"]),
        ("422 invalid", &json!("/current"))
    );
    here.call("POST", "/api/me/password", &json!({"current": PASSWORD, "next": next})).await.expect(204);
    assert_eq!(fourth.get("/api/me").await.problem(), "401 not-signed-in");
    here.get("/api/me").await.expect(200);
    let old = json!({"email": "owner@example.com", "password": PASSWORD});
    assert_eq!(bed.browser().call("POST", "/api/session", &old).await.problem(), "401 wrong-credentials");
    signed_in(&bed, next).await;
    // Signing out takes the cookie away, and the token is worth nothing.
    let token = here.cookie.clone();
    here.call("DELETE", "/api/session", &NOTHING).await.expect(204);
    assert_eq!(here.cookie, None);
    here.cookie = token;
    assert_eq!(here.get("/api/me").await.problem(), "401 not-signed-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_exchanged_and_sign_ins_end() {
    let bed = Testbed::start().await;
    let (mut owner, _) = bed.owner().await;
    let old = owner.cookie.clone().expect("a cookie");
    bed.sql("UPDATE sign_ins SET rotated_at = rotated_at - 86400001, last_seen_at = last_seen_at - 86400001");
    let mut late = owner.clone();
    owner.get("/api/me").await.expect(200);
    let new = owner.cookie.clone().expect("a cookie");
    assert_ne!(old, new);
    // A request that was on its way with the old one is answered, and not given a third.
    late.get("/api/me").await.expect(200);
    assert_eq!(late.cookie, Some(old));
    bed.sql("UPDATE sign_ins SET previous_until = 1");
    assert_eq!(late.get("/api/me").await.problem(), "401 not-signed-in");
    owner.get("/api/me").await.expect(200);
    assert_eq!(owner.cookie, Some(new));
    // Each visit makes it last; without one it ends after thirty days.
    let left = "SELECT expires_at - last_seen_at FROM sign_ins";
    let connection = rusqlite::Connection::open(bed.folder.path().join("closer.db")).expect("opens");
    let lasts: i64 = connection.query_row(left, [], |row| row.get(0)).expect("reads");
    assert_eq!(lasts, 30 * 86_400_000);
    bed.sql("UPDATE sign_ins SET expires_at = 1");
    assert_eq!(owner.get("/api/me").await.problem(), "401 not-signed-in");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_time_codes_guard_the_account() {
    let bed = Testbed::start().await;
    let (mut owner, _) = bed.owner().await;
    let begun = owner.call("PUT", "/api/me/totp", &json!({"code": "123456"})).await;
    assert_eq!(begun.problem(), "409 codes-not-begun");
    let wrong = owner.call("POST", "/api/me/totp", &json!({"password": "아니에요 아니에요"})).await;
    assert_eq!(
        (wrong.problem().as_str(), &wrong.json()["errors"][0]["pointer"]),
        ("422 invalid", &json!("/password"))
    );
    let begun = owner.call("POST", "/api/me/totp", &json!({"password": PASSWORD})).await.expect(200);
    assert!(begun["uri"].as_str().expect("text").contains(begun["secret"].as_str().expect("text")));
    assert!(begun["qr"].as_str().expect("text").contains("<svg"));
    // Not asked for until a code has proved that the secret arrived.
    signed_in(&bed, PASSWORD).await;
    let account =
        bed.hub.store.account_by_email("owner@example.com").await.expect("reads").expect("is there");
    let secret = account.totp_pending.expect("a secret");
    let now = || bed.hub.clock.now_ms();
    let wrong = owner.call("PUT", "/api/me/totp", &json!({"code": "00000"})).await;
    assert_eq!(
        (wrong.problem().as_str(), &wrong.json()["errors"][0]["pointer"]),
        ("422 invalid", &json!("/code"))
    );
    let first = totp::code_at(&secret, now());
    let codes = owner.call("PUT", "/api/me/totp", &json!({"code": first})).await.expect(200);
    let codes: Vec<String> = serde_json::from_value(codes["recoveryCodes"].clone()).expect("codes");
    assert_eq!(codes.len(), 10);
    assert_eq!(owner.get("/api/me").await.expect(200)["totp"], true);
    let mut browser = bed.browser();
    let mut sign_in = async |code: Option<&str>| {
        let credentials = json!({"email": "owner@example.com", "password": PASSWORD, "code": code});
        let answer = browser.call("POST", "/api/session", &credentials).await;
        if answer.status.is_success() { "in".to_owned() } else { answer.problem() }
    };
    assert_eq!(sign_in(None).await, "401 code-needed");
    assert_eq!(sign_in(Some("  ")).await, "401 code-needed");
    assert_eq!(sign_in(Some(&first)).await, "401 wrong-code", "a code counts once");
    let next = totp::code_at(&secret, now() + 30_000);
    assert_eq!(sign_in(Some(&next)).await, "in");
    assert_eq!(sign_in(Some(&next)).await, "401 wrong-code");
    assert_eq!(sign_in(Some(&codes[3].to_uppercase())).await, "in");
    assert_eq!(sign_in(Some(&codes[3])).await, "401 wrong-code");
    owner.call("DELETE", "/api/me/totp", &json!({"password": PASSWORD})).await.expect(204);
    assert_eq!(sign_in(None).await, "in");
    assert_eq!(owner.get("/api/me").await.expect(200)["totp"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_set_by_a_link_once() {
    let bed = Testbed::start().await;
    let (mut owner, _) = bed.owner().await;
    for email in ["owner@example.com", "nobody@example.com", "nonsense"] {
        bed.browser().call("POST", "/api/password/forgot", &json!({"email": email})).await.expect(202);
    }
    let account =
        bed.hub.store.account_by_email("owner@example.com").await.expect("reads").expect("is there");
    let link = server::people::reset_link(&bed.hub, account.id).await.expect("a link");
    let token = link.rsplit('/').next().expect("a token").to_owned();
    let mut browser = bed.browser();
    let next = "종이배 소풍 하늘 맑은";
    let weak =
        browser.call("POST", "/api/password/reset", &json!({"token": token, "password": "1234567890"})).await;
    assert_eq!(weak.problem(), "422 invalid");
    let other = browser
        .call("POST", "/api/password/reset", &json!({"token": "0".repeat(64), "password": next}))
        .await;
    assert_eq!(other.problem(), "410 link-ended");
    browser.call("POST", "/api/password/reset", &json!({"token": token, "password": next})).await.expect(204);
    let used = browser.call("POST", "/api/password/reset", &json!({"token": token, "password": next})).await;
    assert_eq!(used.problem(), "410 link-ended");
    assert_eq!(owner.get("/api/me").await.problem(), "401 not-signed-in");
    signed_in(&bed, next).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn name_language_theme_and_pictures_change() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let change = json!({"name": "김새이름", "language": "en", "theme": "dark"});
    let me = owner.call("PATCH", "/api/me", &change).await.expect(200);
    assert_eq!(
        (&me["name"], &me["language"], &me["theme"]),
        (&json!("김새이름"), &json!("en"), &json!("dark"))
    );
    let me = owner.call("PATCH", "/api/me", &json!({"theme": "light"})).await.expect(200);
    assert_eq!((&me["name"], &me["theme"]), (&json!("김새이름"), &json!("light")));
    assert_eq!(owner.call("PATCH", "/api/me", &json!({"theme": "pink"})).await.problem(), "400 malformed");
    let renamed = owner
        .call("PATCH", &format!("/api/workspaces/{workspace}"), &json!({"name": "새 가게"}))
        .await
        .expect(200);
    assert_eq!((&renamed["name"], &renamed["role"]), (&json!("새 가게"), &json!("owner")));
    let mut photo = Vec::new();
    DynamicImage::ImageRgb8(RgbImage::new(800, 600))
        .write_to(&mut std::io::Cursor::new(&mut photo), ImageFormat::Png)
        .expect("is drawn");
    for path in ["/api/me/picture".to_owned(), format!("/api/workspaces/{workspace}/picture")] {
        let set = owner.raw("PUT", &path, Some("image/png"), photo.clone()).await.expect(200);
        let address = set["picture"].as_str().expect("an address").to_owned();
        let seen = bed.browser().get(&address).await;
        assert_eq!((seen.status.as_u16(), seen.header("content-type")), (200, "image/jpeg"));
        assert!(seen.header("cache-control").contains("immutable"));
        let small = image::load_from_memory(&seen.bytes).expect("is a picture");
        assert_eq!((small.width(), small.height()), (256, 192));
        let bad = owner.raw("PUT", &path, Some("image/png"), b"<svg onload='x'/>".to_vec()).await;
        assert_eq!(bad.problem(), "422 not-a-picture");
        let large = owner.raw("PUT", &path, Some("image/png"), vec![0; 2 * 1024 * 1024 + 1]).await;
        assert_eq!(large.problem(), "413 too-large");
        assert_eq!(owner.call("DELETE", &path, &NOTHING).await.expect(200), json!({"picture": null}));
    }
    assert_eq!(
        bed.browser().get(&format!("/api/pictures/{}", "0".repeat(64))).await.problem(),
        "404 no-such-picture"
    );
}

/// The link of the letter that somebody has got.
fn link_to(letters: &[simulator::provider::smtp::Letter], to: &str, page: &str) -> String {
    let letter = letters.iter().rev().find(|letter| letter.to == [to]).expect("a letter");
    let parts = letter.parts();
    let text = parts.iter().map(|part| part.text.as_str()).collect::<String>();
    let at = text.find(&format!("/{page}/")).unwrap_or_else(|| panic!("{text}"));
    text[at..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_go_where_a_mail_server_is_connected() {
    let bed = Testbed::start_with(|config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a range")];
        config.public_url = "http://chat.example.com".to_owned();
    })
    .await;
    let (mut owner, workspace) = bed.owner().await;
    let smtp = simulator::provider::smtp::Smtp::start(None).await.expect("starts");
    let settings =
        json!({"host": "127.0.0.1", "port": smtp.port(), "security": "none", "from": "closer@example.com"});
    let id = workspace.parse().expect("an id");
    bed.hub.vault.put_connection(id, server::vault::Kind::Smtp, "default", &settings).await.expect("is put");
    assert_eq!(owner.get("/api/state").await.expect(200)["mail"], true);
    let invites = format!("/api/workspaces/{workspace}/invites");
    let body = json!({"emails": ["lee@example.com"], "role": "editor"});
    let made = owner.call("POST", &invites, &body).await.expect(201);
    assert_eq!(made["items"][0]["sent"], true);
    let page = link_to(&smtp.letters(), "lee@example.com", "invite");
    let mut lee = bed.browser();
    let accepted = json!({"name": "이편집", "password": PASSWORD, "language": "ko"});
    lee.call("POST", &format!("/api/invites/{}", &page["/invite/".len()..]), &accepted).await.expect(200);
    bed.browser()
        .call("POST", "/api/password/forgot", &json!({"email": "Lee@example.com"}))
        .await
        .expect(202);
    bed.browser()
        .call("POST", "/api/password/forgot", &json!({"email": "nobody@example.com"}))
        .await
        .expect(202);
    for _ in 0..500 {
        if smtp.letters().len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let page = link_to(&smtp.letters(), "lee@example.com", "reset");
    let reset = json!({"token": &page["/reset/".len()..], "password": "종이배 소풍 하늘 맑은"});
    bed.browser().call("POST", "/api/password/reset", &reset).await.expect(204);
    assert_eq!(lee.get("/api/me").await.problem(), "401 not-signed-in");
}
