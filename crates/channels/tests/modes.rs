//! The table of kakao-skill.md section 2: which door a request came through.

use channels::kakao::{
    finding::{Finding, Severity},
    inbound::{self, Heard, Hints},
    mode::Mode,
};
use engine::event::Event;
use serde_json::{Value, json};

/// A request with these signs; `Null` leaves one out.
fn request(bot: &str, user: &Value, surface: Option<&str>, ignore_me: bool) -> Vec<u8> {
    let mut params = serde_json::Map::new();
    if let Some(surface) = surface {
        params.insert("surface".to_owned(), Value::from(surface));
    }
    if ignore_me {
        params.insert("ignoreMe".to_owned(), Value::from("true"));
    }
    json!({"bot": {"id": bot, "name": "맑은마켓"}, "userRequest": {"utterance": "안녕", "user": user, "params": params,
        "block": {"id": "b1", "name": "폴백 블록"}}})
    .to_string()
    .into_bytes()
}

#[test]
fn the_doors_are_told_apart() {
    let person = json!({"id": "a1", "type": "botUserKey", "properties": {"botUserKey": "a1"}});
    let account = json!({"id": "133274", "type": "accountId", "properties": {}});
    let channel = Some("Kakaotalk.plusfriend");
    let table = [
        ("operating", request("64aa", &person, channel, false), Mode::Operating),
        ("development", request("64aa!", &person, channel, false), Mode::Development),
        ("bot test", request("64aa!", &person, Some("BuilderBotTest"), true), Mode::BotTest),
        ("bot test of 2019", request("64aa!", &person, Some("Mini"), true), Mode::BotTest),
        ("bot test without a surface", request("64aa!", &person, None, true), Mode::BotTest),
        ("skill editor", request("64aa", &account, None, true), Mode::EditorTest),
        ("skill editor, ignoreMe taken out", request("64aa", &account, None, false), Mode::EditorTest),
        ("no surface", request("64aa", &person, None, false), Mode::Operating),
        ("no surface, development", request("64aa!", &person, None, false), Mode::Development),
    ];
    for (name, body, mode) in table {
        assert_eq!(inbound::read(&body, &Hints { welcome: false }).mode, mode, "{name}");
    }
    assert_eq!(inbound::read(b"{}", &Hints { welcome: false }).mode, Mode::Unknown);
}

#[test]
fn every_capture_is_read_as_what_it_is() {
    let expected = [
        ("bot-test-2021.json", "botTest Other"),
        ("callback-url.json", "operating Fallback"),
        ("development-channel-2023.json", "development Other"),
        ("fallback-2019.json", "operating Fallback"),
        ("photo-2019.json", "operating Fallback"),
        ("quick-reply-2025.json", "operating Fallback"),
        ("secure-image-2023.json", "unknown Other, no-user-request"),
        ("skill-editor-test-with-param.json", "editorTest Other"),
        ("skill-editor-test.json", "editorTest Other"),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/kakao");
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("captures")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let read = inbound::read(&std::fs::read(&path).expect("is read"), &Hints { welcome: false });
            let mut said = format!("{} {:?}", read.mode.name(), read.block.kind);
            let broken = |finding: &&Finding| finding.severity == Severity::Broken;
            read.findings.iter().filter(broken).for_each(|finding| said += &format!(", {}", finding.code));
            (path.file_name().expect("a name").to_string_lossy().into_owned(), said)
        })
        .collect();
    found.sort();
    let found: Vec<(&str, &str)> = found.iter().map(|(name, read)| (name.as_str(), read.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_welcome_block_is_known_by_its_name_by_silence_and_by_the_address() {
    let opens = |block: &str, text: &str, hints: Hints| {
        let body = json!({"bot": {"id": "64aa"}, "userRequest": {"utterance": text, "user": {"id": "a1", "type": "botUserKey"},
            "block": {"id": "b1", "name": block}}});
        inbound::read(body.to_string().as_bytes(), &hints).heard == Heard::Event(Event::Start)
    };
    let plain = Hints { welcome: false };
    assert!(opens("웰컴 블록", "안녕", plain));
    assert!(!opens("폴백 블록", "안녕", plain));
    assert!(!opens("배송 안내", "안녕", plain));
    assert!(opens("배송 안내", " \n", plain));
    assert!(opens("배송 안내", "안녕", Hints { welcome: true }));
}
