//! `closer push` and `closer pushes` as a person runs them, with Kakao's Event API beside them.

use std::{path::Path, process::Command};

use serde_json::{Value, json};
use simulator::provider::kakao_event::KakaoEvent;

const KAKAO_BOT: &str = "64aa10b2c3d4e5f60718293a";

/// Exit status and the two outputs of a command.
fn closer(folder: &Path, args: &[&str], lang: &str) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_closer"))
        .args(args)
        .arg("--data")
        .arg(folder)
        .env_remove("CLOSER_DATABASE")
        .env_remove("CLOSER_SECRET_KEY")
        .env_remove("CLOSER_ALLOW_OUTBOUND")
        .env("CLOSER_LANG", lang)
        .output()
        .expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_and_its_results() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    std::fs::write(path.join("closer.toml"), "[outbound]\nallow = [\"127.0.0.0/8\"]\n").expect("is written");
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/shop.json");
    let (_, said, _) = closer(path, &["import", shop, "--publish"], "en");
    let imported: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
    let bot = imported["botId"].as_str().expect("an id");

    // Nothing is connected yet.
    let push = ["push", bot, "--event", "재입고", "--user", "kim"];
    let (done, _, why) = closer(path, &push, "ko");
    assert!(!done && why.contains("closer connect"), "{why}");

    let kakao = KakaoEvent::start(KAKAO_BOT, "rest-key-0123456789", &["재입고"]).await.expect("listens");
    kakao.fails_for("lee", 202, "timeout");
    let settings = json!({"restApiKey": "rest-key-0123456789", "botId": KAKAO_BOT, "url": kakao.url()});
    let file = path.join("kakao.json");
    std::fs::write(&file, settings.to_string()).expect("is written");
    let (done, _, why) = closer(path, &["connect", "kakao_event", "--file", &file.to_string_lossy()], "en");
    assert!(done, "{why}");

    let users = path.join("users.txt");
    std::fs::write(&users, "lee\n\nkim\npark\n").expect("is written");
    let users = users.to_string_lossy();
    let many = [
        "push",
        bot,
        "--event",
        "재입고",
        "--user",
        "kim",
        "--users-file",
        &users,
        "--type",
        "appUserId",
        "--event-data",
        "item=귤=2",
        "--param",
        "from=closer",
    ];
    let (done, said, why) = closer(path, &many, "ko");
    assert!(done, "{said}{why}");
    assert!(said.contains("3명 중 3명") && said.contains("45원, 부가세 별도"), "{said}");
    let user = |id: &str| json!({"type": "appUserId", "id": id});
    assert_eq!(
        kakao.talks(),
        [json!({"event": {"name": "재입고", "data": {"item": "귤=2"}}, "params": {"from": "closer"},
            "user": [user("kim"), user("lee"), user("park")]})]
    );

    let (done, said, _) = closer(path, &["pushes", bot, "--offline"], "en");
    assert!(done && said.contains("3 users: 0 sent, 0 failed, 3 waiting, 0 unknown"), "{said}");
    let (done, said, _) = closer(path, &["pushes", bot], "en");
    assert!(done && said.contains("3 users: 2 sent, 1 failed, 0 waiting, 0 unknown"), "{said}");
    assert!(said.contains("lee  [202] The skill server was not reached in time"), "{said}");
    let (_, said, _) = closer(path, &["pushes", bot], "ko");
    assert!(said.contains("보냄 2, 실패 1") && said.contains("스킬 서버에 제때 연결하지 못했어요"), "{said}");

    let (done, said, _) =
        closer(path, &["push", bot, "--event", "없는 이벤트", "--user", "kim", "--json"], "en");
    let refused: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
    assert!(!done);
    assert_eq!(
        (&refused["taken"], &refused["calls"][0]["error"]["name"]),
        (&json!(0), &json!("PushRefused"))
    );
    let (_, said, _) = closer(path, &["pushes", bot, "--json", "--limit", "1"], "en");
    let newest: Value = serde_json::from_str(said.trim()).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!((&newest["state"], &newest["users"][0]["state"]), (&json!("refused"), &json!("failed")));
}

#[test]
fn the_help_says_what_it_costs_and_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    for (lang, cost, condition) in
        [("ko", "15원(부가세 별도)", "채널 친구"), ("en", "15 KRW (excl. VAT)", "business-verified")]
    {
        let (done, said, _) = closer(folder.path(), &["push", "--help"], lang);
        assert!(done && said.contains(cost) && said.contains(condition), "{said}");
    }
    let (done, _, why) =
        closer(folder.path(), &["push", "x", "--event", "e", "--user", "k", "--event-data", "no"], "en");
    assert!(!done && why.contains("name=value"), "{why}");
    let (done, _, why) = closer(folder.path(), &["push", "x", "--event", "e"], "ko");
    assert!(!done && why.contains("--users-file"), "{why}");
}
