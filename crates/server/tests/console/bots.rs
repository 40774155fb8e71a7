//! Bots through the console: made, changed, published, taken out and in, deleted and brought back.

use serde_json::{Value, json};

use crate::browser::{Browser, Testbed, file};

const NOTHING: Value = Value::Null;

async fn given() -> (Testbed, Browser, String) {
    let bed = Testbed::start().await;
    let (owner, workspace) = bed.owner().await;
    (bed, owner, format!("/api/workspaces/{workspace}"))
}

fn id(bot: &Value) -> String {
    bot["id"].as_str().expect("an id").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_is_made_from_each_template_and_can_be_published() {
    let (_bed, mut owner, at) = given().await;
    let templates = owner.get(&format!("{at}/templates")).await.expect(200);
    let templates = templates["items"].as_array().expect("templates").clone();
    let ids: Vec<&str> = templates.iter().map(|it| it["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["empty", "tutorial", "customer-service", "leads", "shop", "reservation"]);
    for template in &templates {
        assert!(template["title"].as_str().is_some_and(|title| !title.is_empty()), "{template}");
        let made =
            owner.call("POST", &format!("{at}/bots"), &json!({"template": template["id"]})).await.expect(201);
        assert_eq!(
            (&made["bot"]["title"], &made["warnings"]),
            (&template["title"], &json!([])),
            "{template}"
        );
        assert_eq!((&made["bot"]["liveVersion"], &made["bot"]["draftAhead"]), (&NOTHING, &json!(true)));
        let bot = format!("{at}/bots/{}", id(&made["bot"]));
        let exported = owner.get(&format!("{bot}/export")).await;
        let written = file(&format!("examples/templates/{}.json", template["id"].as_str().expect("an id")));
        assert!(exported.bytes == written.trim_end().as_bytes(), "{template}: byte for byte");
        assert_eq!(
            owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200),
            json!({"version": 1})
        );
        let seen = owner.get(&bot).await.expect(200);
        assert_eq!((&seen["liveVersion"], &seen["draftAhead"]), (&json!(1), &json!(false)));
        assert!(
            seen["skillUrl"]
                .as_str()
                .expect("text")
                .ends_with(&format!("/webhook/kakao/{}/i/skill", id(&seen)))
        );
        assert!(seen["draftSkillUrl"].as_str().expect("text").ends_with("/i/skill/draft"));
    }
    let list = owner.get(&format!("{at}/bots")).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(6));
    let named = owner
        .call("POST", &format!("{at}/bots"), &json!({"template": "empty", "title": "우리 가게 봇"}))
        .await
        .expect(201);
    assert_eq!(named["bot"]["title"], "우리 가게 봇");
    let found =
        owner.get(&format!("{at}/bots?search=%EC%9A%B0%EB%A6%AC%20%EA%B0%80%EA%B2%8C")).await.expect(200);
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(owner.get(&format!("{at}/bots?search=zzz")).await.expect(200)["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_in_and_comes_out_byte_for_byte() {
    let (_bed, mut owner, at) = given().await;
    // Numbers that JavaScript would spell otherwise, unknown keys, letters of all kinds.
    let text = file("examples/shop.json").trim_end().replacen(
        "{\n",
        "{\n  \"strange\": [\n    24.0,\n    1e3,\n    12345678901234567890,\n    \"\\u0000\"\n  ],\n",
        1,
    );
    let body = format!("{{\"file\":{text}}}");
    let made = owner
        .raw("POST", &format!("{at}/bots"), Some("application/json"), body.into_bytes())
        .await
        .expect(201);
    assert_eq!(made["warnings"][0]["code"], "unknown-key");
    assert!(made["warnings"][0]["message"].as_str().expect("text").contains("알 수 없는"));
    let bot = format!("{at}/bots/{}", id(&made["bot"]));
    let exported = owner.get(&format!("{bot}/export")).await;
    assert_eq!(String::from_utf8_lossy(&exported.bytes), text);
    assert!(exported.header("content-disposition").starts_with("attachment;"));
    // Overwritten with another file, and back.
    let other = file("examples/templates/leads.json");
    let warned =
        owner.raw("PUT", &format!("{bot}/file"), Some("application/json"), other.clone().into_bytes()).await;
    assert_eq!(warned.expect(200), json!({"warnings": []}));
    assert!(owner.get(&format!("{bot}/export")).await.bytes == other.trim_end().as_bytes());
    let renamed = owner.get(&bot).await.expect(200);
    let title = serde_json::from_str::<Value>(&other).expect("is JSON")["title"].clone();
    assert_eq!((&renamed["title"], &renamed["draftAhead"]), (&title, &json!(true)));
    // A file that breaks the graph changes nothing and says what is wrong, in the caller's language.
    let broken = text.replacen("\"nodeId\": 2", "\"nodeId\": 99", 1);
    let refused =
        owner.raw("PUT", &format!("{bot}/file"), Some("application/json"), broken.clone().into_bytes()).await;
    assert_eq!(refused.problem(), "422 bot-file-refused");
    assert!(refused.json()["errors"][0]["detail"].as_str().expect("text").contains("99"));
    let body = format!("{{\"file\":{broken}}}").into_bytes();
    let refused =
        owner.clone().speaking("en").raw("POST", &format!("{at}/bots"), Some("application/json"), body).await;
    assert_eq!(
        (refused.problem().as_str(), &refused.json()["title"]),
        ("422 bot-file-refused", &json!("This bot file cannot be taken in"))
    );
    assert!(owner.get(&format!("{bot}/export")).await.bytes == other.trim_end().as_bytes());
    for bad in
        [json!({}), json!({"template": "empty", "file": {}}), json!({"template": "empty", "title": ""})]
    {
        assert_eq!(owner.call("POST", &format!("{at}/bots"), &bad).await.problem(), "422 invalid", "{bad}");
    }
    assert_eq!(
        owner.call("POST", &format!("{at}/bots"), &json!({"template": "none"})).await.problem(),
        "404 no-such-template"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_change_the_draft_and_nothing_else_of_it() {
    let (bed, mut owner, at) = given().await;
    let made = owner.call("POST", &format!("{at}/bots"), &json!({"template": "shop"})).await.expect(201);
    let bot = format!("{at}/bots/{}", id(&made["bot"]));
    owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200);
    let before: Value = owner.get(&format!("{bot}/export")).await.json();
    let change = json!({"title": "새 이름", "description": "설명\n두 줄", "preference": {
        "systemMessage": {"error": "문제가 생겼어요.", "more": "더 볼래요"},
        "sessionBehavior": {"restoreNavigation": false}}});
    let changed = owner.call("PATCH", &bot, &change).await.expect(200);
    assert_eq!(
        (&changed["title"], &changed["description"], &changed["draftAhead"]),
        (&json!("새 이름"), &json!("설명\n두 줄"), &json!(true))
    );
    assert_eq!(changed["preference"]["systemMessage"]["error"], "문제가 생겼어요.");
    assert_eq!(changed["preference"]["systemMessage"]["more"], "더 볼래요");
    assert_eq!(changed["preference"]["systemMessage"]["waiting"].as_str().map(str::is_empty), Some(false));
    assert_eq!(changed["preference"]["sessionBehavior"]["restoreNavigation"], false);
    let mut wanted = before;
    wanted["title"] = json!("새 이름");
    wanted["description"] = json!("설명\n두 줄");
    wanted["preference"]["systemMessage"]["error"] = json!("문제가 생겼어요.");
    wanted["preference"]["systemMessage"]["more"] = json!("더 볼래요");
    wanted["preference"]["sessionBehavior"]["restoreNavigation"] = json!(false);
    assert_eq!(owner.get(&format!("{bot}/export")).await.json(), wanted);
    // The same again is no change, and what cannot be is refused as a whole.
    let row =
        bed.hub.store.bot(id(&made["bot"]).parse().expect("an id")).await.expect("reads").expect("is there");
    owner.call("PATCH", &bot, &change).await.expect(200);
    let bad = json!({"title": "다른 이름", "preference": {"systemMessage": {"more": "열네 글자를 넘기는 아주 긴 단추", "empty": " "}}});
    let refused = owner.call("PATCH", &bot, &bad).await;
    assert_eq!(
        (refused.problem().as_str(), refused.json()["errors"].as_array().map(Vec::len)),
        ("422 invalid", Some(2))
    );
    let after = bed.hub.store.bot(row.id).await.expect("reads").expect("is there");
    assert_eq!((after.draft_revision, after.title.as_str()), (row.draft_revision, "새 이름"));
    // Two who change at once both have their way.
    let (mut a, mut b) = (owner.clone(), owner.clone());
    let (first, second) = (json!({"title": "하나"}), json!({"description": "둘"}));
    let (first, second) = tokio::join!(a.call("PATCH", &bot, &first), b.call("PATCH", &bot, &second));
    first.expect(200);
    second.expect(200);
    let seen = owner.get(&bot).await.expect(200);
    assert_eq!((&seen["title"], &seen["description"]), (&json!("하나"), &json!("둘")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_is_deleted_by_its_title_and_comes_back_for_thirty_days() {
    let (bed, mut owner, at) = given().await;
    let made = owner
        .call("POST", &format!("{at}/bots"), &json!({"template": "tutorial", "title": "지울 봇"}))
        .await
        .expect(201);
    let bot = format!("{at}/bots/{}", id(&made["bot"]));
    let wrong = owner.call("DELETE", &bot, &json!({"title": "지울 봇 "})).await;
    assert_eq!(
        (wrong.problem().as_str(), &wrong.json()["errors"][0]["pointer"]),
        ("422 invalid", &json!("/title"))
    );
    owner.call("DELETE", &bot, &json!({"title": "지울 봇"})).await.expect(204);
    assert_eq!(owner.get(&bot).await.problem(), "404 no-such-bot");
    assert_eq!(owner.get(&format!("{at}/bots")).await.expect(200)["items"], json!([]));
    let deleted = owner.get(&format!("{at}/bots?deleted=true")).await.expect(200);
    assert!(deleted["items"][0]["deletedAt"].as_i64().is_some_and(|at| at > 0));
    let back = owner.call("POST", &format!("{bot}/restore"), &NOTHING).await.expect(200);
    assert_eq!((&back["title"], &back["deletedAt"]), (&json!("지울 봇"), &NOTHING));
    assert_eq!(owner.call("POST", &format!("{bot}/restore"), &NOTHING).await.problem(), "404 no-such-bot");
    owner.call("DELETE", &bot, &json!({"title": "지울 봇"})).await.expect(204);
    server::people::tidy(&bed.hub).await.expect("tidies");
    assert_eq!(
        owner.get(&format!("{at}/bots?deleted=true")).await.expect(200)["items"].as_array().map(Vec::len),
        Some(1)
    );
    bed.sql("UPDATE bots SET deleted_at = deleted_at - 31 * 86400000");
    server::people::tidy(&bed.hub).await.expect("tidies");
    assert_eq!(owner.call("POST", &format!("{bot}/restore"), &NOTHING).await.problem(), "404 no-such-bot");
    let log = owner.get(&format!("{at}/audit")).await.expect(200);
    let actions: Vec<&Value> =
        log["items"].as_array().expect("lines").iter().map(|line| &line["action"]).collect();
    assert_eq!(actions, ["bot.delete", "bot.restore", "bot.delete", "bot.add"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_of_another_workspace_is_as_good_as_none() {
    let (_bed, mut owner, at) = given().await;
    let made = owner.call("POST", &format!("{at}/bots"), &json!({"template": "shop"})).await.expect(201);
    let other = owner.call("POST", "/api/workspaces", &json!({"name": "둘째 가게"})).await.expect(201);
    let elsewhere = format!("/api/workspaces/{}/bots/{}", id(&other), id(&made["bot"]));
    for (method, path, body) in [
        ("GET", String::new(), NOTHING),
        ("PATCH", String::new(), json!({"title": "훔친 봇"})),
        ("POST", "/publish".to_owned(), NOTHING),
        ("GET", "/export".to_owned(), NOTHING),
        ("PUT", "/file".to_owned(), serde_json::from_str(&file("examples/shop.json")).expect("is JSON")),
        ("DELETE", String::new(), json!({"title": made["bot"]["title"]})),
        ("POST", "/restore".to_owned(), NOTHING),
    ] {
        let answer = owner.call(method, &format!("{elsewhere}{path}"), &body).await;
        assert_eq!(answer.problem(), "404 no-such-bot", "{method} {path}");
    }
    assert_eq!(
        owner.get(&format!("/api/workspaces/{}/bots", id(&other))).await.expect(200)["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_the_console_on_postgres() {
    let Some(database) = crate::browser::postgres().await else { return };
    let bed = Testbed::start_with(|config| config.database = database).await;
    let (mut owner, workspace) = bed.owner().await;
    let at = format!("/api/workspaces/{workspace}");
    let mut editor = bed.member(&mut owner, &workspace, "editor").await;
    // Letters that PostgreSQL does not take stay in the file, and out of its columns.
    let text = file("examples/shop.json").replacen("\"title\": \"", "\"title\": \"\\u0000", 1);
    let body = format!("{{\"file\":{text}}}").into_bytes();
    let made = owner.raw("POST", &format!("{at}/bots"), Some("application/json"), body).await.expect(201);
    let bot = format!("{at}/bots/{}", id(&made["bot"]));
    assert!(owner.get(&format!("{bot}/export")).await.bytes == text.trim_end().as_bytes());
    for name in ["a\u{0}b", "\u{1}"] {
        let refused = editor.call("PATCH", &bot, &json!({"title": name, "description": name})).await;
        assert_eq!(refused.problem(), "422 invalid");
    }
    editor.call("PATCH", &bot, &json!({"title": "새 이름"})).await.expect(200);
    assert_eq!(
        editor.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200),
        json!({"version": 1})
    );
    assert_eq!(editor.call("DELETE", &bot, &json!({"title": "새 이름"})).await.problem(), "403 role-too-low");
    owner.call("DELETE", &bot, &json!({"title": "새 이름"})).await.expect(204);
    owner.call("POST", &format!("{bot}/restore"), &NOTHING).await.expect(200);
    let list = editor.get(&format!("{at}/bots")).await.expect(200);
    assert_eq!(
        (&list["items"][0]["title"], &list["items"][0]["draftAhead"]),
        (&json!("새 이름"), &json!(false))
    );
    let log = owner.get(&format!("{at}/audit")).await.expect(200);
    assert_eq!(log["items"].as_array().map(Vec::len), Some(7), "{log}");
    server::people::tidy(&bed.hub).await.expect("tidies");
    editor.call("DELETE", "/api/session", &NOTHING).await.expect(204);
    assert_eq!(editor.get("/api/me").await.problem(), "401 not-signed-in");
    let wrong = json!({"email": "a\u{0}@example.com", "password": "\u{0}"});
    assert_eq!(owner.call("POST", "/api/session", &wrong).await.problem(), "401 wrong-credentials");
}
