//! The pages of `docs/nodes` keep up with the nodes: a page in each language for each type, every key named, every
//! example good.

use std::{fs, path::Path};

use engine::{
    bot::{BotFile, Severity, check},
    lang::Lang,
    node,
};
use serde_json::{Value, json};

const LIMITS: check::Limits = check::Limits {
    platform: "kakao",
    channel: ("카카오톡", "KakaoTalk"),
    text: 1_000,
    text_with_buttons: 400,
    cards: 10,
    card_title: 50,
    heading_in_row: 0,
    card_body: 76,
    card_body_in_row: (76, 128),
    buttons: 3,
    buttons_in_row: 3,
    label: 14,
    quick_reply_label: 14,
    quick_replies: 10,
    payload: 1_000,
    answer: None,
    weigh: |_| (0, 0),
    measure: |text| text.chars().count(),
    then: check::Then::DIVIDED,
};

fn page(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/nodes").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The blocks between "```json" and "```".
fn examples(page: &str) -> Vec<&str> {
    page.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// What is wrong with a node that stands alone: the nodes to which it leads are put beside it.
fn complaints(example: &str) -> Vec<String> {
    let example: Value = serde_json::from_str(example).unwrap_or_else(|error| panic!("{error}: {example}"));
    let is_entry = example["type"] == "entry";
    let mut nodes = vec![example.clone()];
    if !is_entry {
        nodes.push(json!({"id": 1, "type": "entry", "next": [{"nodeId": example["id"]}]}));
    }
    for edge in example["next"].as_array().into_iter().flatten() {
        if nodes.iter().all(|node| node["id"] != edge["nodeId"]) {
            nodes.push(
                json!({"id": edge["nodeId"], "type": "keyboard", "next": [{"nodeId": edge["nodeId"]}]}),
            );
        }
    }
    let file = json!({"title": "", "preference": {"entryFlowId": 1, "fallbackFlowId": 1},
        "flows": [{"id": 1, "title": "", "nodes": nodes}]});
    let reading = match BotFile::read(&file.to_string()) {
        Ok(reading) => reading,
        Err(refused) => return vec![refused.to_string()],
    };
    let checked = check::check(&reading.file, &LIMITS);
    reading
        .warnings
        .iter()
        .chain(&checked)
        .filter(|complaint| complaint.severity >= Severity::Warning)
        .map(|complaint| complaint.describe(Lang::En))
        .collect()
}

#[test]
fn each_page_names_all_keys_and_shows_a_good_example() {
    for kind in node::TYPES {
        let examples_of = ["ko", "en"].map(|language| {
            let name = format!("{language}/{kind}.md");
            let page = page(&name);
            assert!(
                page.lines().next().is_some_and(|title| title.contains(&format!("(`{kind}`)"))),
                "{name}"
            );
            for key in node::known_keys(kind) {
                assert!(page.contains(&format!("`{key}`")), "{name} does not name `{key}`");
            }
            let examples: Vec<String> = examples(&page).into_iter().map(str::to_owned).collect();
            assert!(!examples.is_empty(), "{name} has no example");
            for example in &examples {
                assert!(example.contains(&format!("\"type\": \"{kind}\"")), "{name}: {example}");
                assert_eq!(complaints(example), [""; 0], "{name}");
            }
            examples
        });
        assert_eq!(examples_of[0], examples_of[1], "{kind}: both languages show the same");
    }
}

#[test]
fn the_index_leads_to_every_page() {
    let index = page("README.md");
    for kind in node::TYPES {
        assert!(
            index.contains(&format!("](ko/{kind}.md)")) && index.contains(&format!("](en/{kind}.md)")),
            "{kind}"
        );
    }
}

#[test]
fn the_times_in_the_pages_are_those_that_hold() {
    for kind in node::TYPES {
        let Some(ms) = engine::ask::longest_ms(kind) else { continue };
        let seconds = ms / 1_000;
        assert!(page(&format!("ko/{kind}.md")).contains(&format!("{seconds}초")), "{kind}");
        assert!(page(&format!("en/{kind}.md")).contains(&format!("{seconds} seconds")), "{kind}");
        assert!(page("README.md").contains(&format!("(en/{kind}.md) | {seconds} |")), "{kind}");
    }
}

#[test]
fn a_bad_example_would_be_noticed() {
    let bad = r#"{"id": 2, "type": "fetch", "data": {"url": "https://a.example.com"}, "next": []}"#;
    let found = complaints(bad);
    assert!(found.iter().any(|complaint| complaint.contains("data.url")), "{found:?}");
}
