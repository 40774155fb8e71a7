//! `closer bridge` as a person runs it, with an old server beside it.

use std::{path::Path, process::Command};

use serde_json::Value;
use simulator::provider::old_bot::{Home, OldBot};

/// Exit status and the two outputs of a command.
fn closer(folder: &Path, args: &[&str], lang: &str) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_closer"))
        .args(args)
        .arg("--data")
        .arg(folder)
        .env_remove("CLOSER_DATABASE")
        .env_remove("CLOSER_ALLOW_OUTBOUND")
        .env("CLOSER_LANG", lang)
        .output()
        .expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_is_checked_made_and_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let old = OldBot::start().await.expect("listens");
    // An address that is not public is shut, and the answer says how it is opened.
    let (done, said, _) = closer(path, &["bridge", "check", old.url()], "ko");
    assert!(!done && said.contains("공개되지 않은") && said.contains("closer bridge allow"), "{said}");
    let check = ["bridge", "check", old.url(), "--allow-private", "--say", "메뉴"];
    let (done, said, why) = closer(path, &check, "ko");
    assert!(done, "{said}{why}");
    let order =
        ["DELETE /friend/test", "POST /friend", "DELETE /chat_room/test", "GET /keyboard", "POST /message"];
    let places: Vec<usize> = order.iter().filter_map(|call| said.find(call)).collect();
    assert!(places.len() == 5 && places.is_sorted(), "{said}");
    assert!(said.contains("[선택 1] [선택 2] [선택 3]") && said.contains("text: 메뉴"), "{said}");

    let wrong = format!("{}/keyboard/", old.url());
    let (done, said, why) = closer(path, &["bridge", "check", &wrong, "--allow-private", "--json"], "en");
    assert!(why.contains("ends in /keyboard"), "{why}");
    let report: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
    assert_eq!((done, report["ok"].as_bool()), (true, Some(true)), "this one answers there, too");
    old.home(Home::Wrong);
    let (done, said, _) = closer(path, &["bridge", "check", old.url(), "--allow-private"], "en");
    assert!(!done && said.contains("wrong keyboard initialization"), "{said}");

    let (done, said, why) = closer(path, &["bridge", "add", old.url(), "--title", "예전 봇"], "en");
    assert!(done, "{why}");
    let made: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"));
    assert!(made["skillUrl"].as_str().is_some_and(|url| url.ends_with("/i/skill")), "{made}");
    let (_, said, _) = closer(path, &["bots"], "en");
    assert!(said.contains("bridge") && said.contains("예전 봇"), "{said}");
    let (done, said, _) = closer(path, &["bridge", "allow", "예전 봇"], "ko");
    assert!(done && said.contains("이 주소의 서버를 불러요"), "{said}");
    let (done, said, _) = closer(path, &["bridge", "allow", "예전 봇", "--stop"], "ko");
    assert!(done && said.contains("공개 주소만"), "{said}");
    let (done, _, why) = closer(path, &["bridge", "add", "bot.example.com"], "ko");
    assert!(!done && why.contains("http://"), "{why}");
}
