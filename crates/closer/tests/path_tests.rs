//! `closer test` as CI runs it: a bot file with tests beside it, and a stored bot with its own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn closer(folder: &Path, args: &[&str], lang: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_closer"));
    command.args(args).arg("--data").arg(folder.join("data")).env("CLOSER_LANG", lang);
    command.env_remove("CLOSER_DATABASE").env_remove("CLOSER_CONFIG");
    command.output().expect("runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Tests of these events whose answers are what the bot says today.
fn recorded(folder: &Path, bot: &str, events: &[Value]) -> Value {
    let steps: Vec<Value> = events.iter().map(|event| json!({"event": event, "answer": {}})).collect();
    let mut file = json!({"tests": [{"name": "주문 조회", "channel": "kakao", "steps": steps}]});
    let path = folder.join("blank.json");
    std::fs::write(&path, file.to_string()).expect("is written");
    let output = closer(folder, &["test", bot, "--tests", &path.to_string_lossy(), "--json"], "ko");
    assert!(!output.status.success(), "nothing was recorded yet");
    let seen: Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    for (at, step) in seen["results"][0]["steps"].as_array().expect("steps").iter().enumerate() {
        file["tests"][0]["steps"][at]["answer"] = step["got"].clone();
    }
    file
}

#[test]
fn a_bot_file_is_tested_with_the_file_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let bot = folder.join("shop.json");
    let text = std::fs::read_to_string(root().join("examples/shop.json")).expect("the demo bot");
    std::fs::write(&bot, &text).expect("is written");
    let path = bot.to_string_lossy().into_owned();
    let missing = closer(folder, &["test", &path], "ko");
    assert!(!missing.status.success() && said(&missing).contains("shop.tests.json"), "{}", said(&missing));
    let says = |text: &str| json!({"type": "message", "text": text});
    let events = [json!({"type": "start"}), says("주문 조회"), says("김하늘"), says("240817")];
    let tests = recorded(folder, &path, &events);
    assert!(tests["tests"][0]["steps"][3]["answer"].to_string().contains("제주 감귤 5kg"));
    std::fs::write(folder.join("shop.tests.json"), tests.to_string()).expect("is written");
    let passes = closer(folder, &["test", &path], "ko");
    assert!(passes.status.success(), "{}", said(&passes));
    assert!(said(&passes).contains("✓ 주문 조회") && said(&passes).contains("통과 1 · 실패 0"));
    std::fs::write(&bot, text.replace("주문하신 분의 성함을", "성함을")).expect("is written");
    let fails = closer(folder, &["test", &path], "ko");
    assert!(!fails.status.success());
    assert!(said(&fails).contains("2번째 답변 › 말풍선 1 › simpleText › text: ‘주문하신 분의 성함을 알려 주세요.’ → ‘성함을 알려 주세요.’"), "{}", said(&fails));
    let english = closer(folder, &["test", &path], "en");
    assert!(said(&english).contains("answer 2 › bubble 1") && said(&english).contains("passed 0 · failed 1"));
    assert!(!folder.join("data").exists(), "a file is tested without a store");
    std::fs::write(folder.join("shop.tests.json"), "{}").expect("is written");
    assert!(!closer(folder, &["test", &path], "ko").status.success());
}

#[test]
fn tests_of_a_stored_bot_go_in_and_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let shop = root().join("examples/shop.json");
    let imported = closer(folder, &["import", &shop.to_string_lossy()], "ko");
    assert!(imported.status.success(), "{}", said(&imported));
    let none = closer(folder, &["test", "맑은마켓"], "ko");
    assert!(!none.status.success() && said(&none).contains("테스트가 없어요"), "{}", said(&none));
    let tests = recorded(folder, &shop.to_string_lossy(), &[json!({"type": "start"})]);
    let (given, taken) = (folder.join("in.json"), folder.join("out.json"));
    std::fs::write(&given, tests.to_string()).expect("is written");
    let added = closer(folder, &["test", "맑은마켓", "--import", &given.to_string_lossy()], "ko");
    assert!(added.status.success(), "{}", said(&added));
    let passes = closer(folder, &["test", "맑은마켓"], "ko");
    assert!(passes.status.success(), "{}", said(&passes));
    let written = closer(folder, &["test", "맑은마켓", "--export", &taken.to_string_lossy()], "ko");
    assert!(written.status.success(), "{}", said(&written));
    let out: Value =
        serde_json::from_str(&std::fs::read_to_string(&taken).expect("is read")).expect("is JSON");
    assert_eq!(out["tests"][0]["steps"][0]["answer"], tests["tests"][0]["steps"][0]["answer"]);
    assert!(out["botId"].is_string());
    assert!(!closer(folder, &["test", "없는 봇"], "ko").status.success());
}
