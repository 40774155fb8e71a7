//! What the linter says about nodes that ask the world: fields, failures without an edge, time, secrets.

use std::{collections::HashSet, fs, path::Path};

use engine::{
    bot::{
        Bot, BotFile, Severity,
        check::{self, Limits, Then},
    },
    lang::Lang,
    node::asking::Kind,
};
use serde_json::{Value, json};

const LIMITS: Limits = Limits {
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
    quick_replies: 10,
    quick_reply_label: 14,
    payload: 1_000,
    answer: Some((3, 30_000)),
    weigh: |messages| (messages.len(), messages.len() * 100),
    measure: |text| text.chars().count(),
    then: Then::DIVIDED,
};

/// What the linter says about the flow `entry → nodes…`, as `code@node.field`; a `!` stands before warnings, two before errors. The
/// codes that every small bot earns are left out.
fn complaints(nodes: &Value) -> Vec<String> {
    let mut all = vec![json!({"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]})];
    all.extend(nodes.as_array().expect("a list").clone());
    let file = json!({"title": "시험", "preference": {"entryFlowId": 1, "fallbackFlowId": 1},
        "flows": [{"id": 1, "title": "시작", "nodes": all}]});
    let file = BotFile::read(&file.to_string()).expect("is a bot").file;
    check::check(&file, &LIMITS)
        .iter()
        .filter(|complaint| {
            !matches!(
                complaint.code,
                "dead-end"
                    | "input-leads-nowhere"
                    | "endless-circle"
                    | "unreachable"
                    | "silent-answer"
                    | "unknown-param"
            )
        })
        .map(|complaint| {
            let mark = match complaint.severity {
                Severity::Error => "!!",
                Severity::Warning => "!",
                Severity::Note => "",
            };
            let spot = &complaint.spot;
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            format!("{mark}{}@{}.{}", complaint.code, part(&spot.node), part(&spot.field))
        })
        .collect()
}

/// The same for one node that goes on along these edges to a node which waits.
fn check_one(kind: &str, data: &Value, edges: &Value, expected: &[&str]) {
    let found = complaints(&json!([
        {"id": 2, "type": kind, "label": "묻기", "data": data, "next": edges},
        {"id": 3, "type": "keyboard", "label": "입력"},
    ]));
    let found: Vec<&str> =
        found.iter().map(String::as_str).filter(|code| !code.contains("slow-path")).collect();
    assert_eq!(found, expected, "{kind} {data} {edges}");
}

#[test]
fn a_node_is_told_what_it_needs() {
    let edges = |kind: &str| json!([{"nodeId": 3}, {"nodeId": 3, "where": {format!("{kind}.error"): {"exists": true}}}]);
    for (kind, data, expected) in [
        ("fetch", json!({}), &["!missing-field@2.data.uri"][..]),
        ("fetch", json!({"uri": "{{address}}"}), &[]),
        ("sandbox", json!({"script": " "}), &["!missing-field@2.data.script"]),
        ("email", json!({"to": "", "subject": "a", "body": "b"}), &["!missing-field@2.data.to"]),
        (
            "email",
            json!({"to": "a@example.com, b", "replyTo": "{{me}}", "subject": "a", "body": "b"}),
            &["!bad-value@2.data.to"],
        ),
        (
            "gsheet",
            json!({"spreadsheetId": "s", "columns": ["a"], "values": ["1", "2"]}),
            &["!missing-field@2.data.sheetName", "!columns-and-values@2.data.values"],
        ),
        ("nlp", json!({}), &["!missing-field@2.data.provider"]),
        ("nlp", json!({"agent": "a"}), &[]),
        ("chitchat", json!({}), &[]),
        ("llm", json!({}), &["no-instructions@2.data.system"]),
        (
            "llm",
            json!({"system": "a", "temperature": 3, "maxTokens": "{{n}}", "history": [], "maxChars": "many"}),
            &["!bad-value@2.data.temperature", "!bad-value@2.data.maxChars"],
        ),
        ("llm", json!({"system": "a", "maxChars": 2_000}), &["limit-text@2.data.maxChars"]),
        ("push", json!({"toType": "phone"}), &["!missing-field@2.data.event", "!bad-value@2.data.toType"]),
        ("push", json!({"event": "e", "to": vec!["k"; 101]}), &["!bad-value@2.data.to"]),
    ] {
        check_one(kind, &data, &edges(kind), expected);
    }
}

#[test]
fn a_failure_has_an_edge() {
    let data = json!({"uri": "https://api.example.com"});
    for (edges, expected) in [
        (json!([]), &["!no-error-edge@2.next"][..]),
        (json!([{"nodeId": 3}]), &["no-error-edge@2.next"]),
        (json!([{"nodeId": 3, "where": {"params.vip": {"equals": true}}}]), &["no-error-edge@2.next"]),
        (json!([{"nodeId": 3, "where": {"fetch.error": {"exists": false}}}]), &["!no-error-edge@2.next"]),
        (
            json!([{"nodeId": 3, "where": {"fetch.status": {"equals": "COMPLETED"}}}]),
            &["!no-error-edge@2.next"],
        ),
        (json!([{"nodeId": 3, "where": {"fetch.status": {"equals": "FAILED"}}}]), &[]),
        (json!([{"nodeId": 3, "where": {"fetch.error.name": {"equals": "TimeoutError"}}}]), &[]),
        (json!([{"nodeId": 3, "where": {"fetch.statusCode": {"gte": 400}}}]), &[]),
        (
            json!([{"nodeId": 3}, {"nodeId": 3, "where": {"fetch.error": {"exists": true}}, "priority": 1}]),
            &[],
        ),
    ] {
        check_one("fetch", &data, &edges, expected);
    }
    let script = json!({"script": "module.exports = async () => ({})"});
    check_one(
        "sandbox",
        &script,
        &json!([{"nodeId": 3, "where": {"sandbox.result": {"exists": true}}}]),
        &["!no-error-edge@2.next"],
    );
    check_one(
        "sandbox",
        &script,
        &json!([{"nodeId": 3, "where": {"sandbox.result": {"exists": false}}}]),
        &[],
    );
}

#[test]
fn secrets_stand_in_http_nodes_only() {
    let secret = r#"{{SECRET("KEY")}}"#;
    let edges = json!([{"nodeId": 3, "where": {"fetch.error": {"exists": true}}}]);
    check_one("fetch", &json!({"uri": "https://api.example.com", "headers": {"k": secret}}), &edges, &[]);
    check_one(
        "response",
        &json!({"message": {"type": "text", "text": secret}}),
        &json!([{"nodeId": 3, "where": {"message": {"equals": secret}}}]),
        &[
            "!!secret-outside-fetch@2.data.message.text",
            "!!secret-outside-fetch@2.next[0].where.message.equals",
        ],
    );
    check_one(
        "response",
        &json!({"message": {"type": "text", "text": "SECRET {{a}}"}}),
        &json!([{"nodeId": 3}]),
        &[],
    );
    let script = json!({"script": format!("// {secret}")});
    check_one("sandbox", &script, &json!([{"nodeId": 3, "where": {"sandbox.error": {"exists": true}}}]), &[]);
}

/// Nodes in a row, each with an error edge to the same next node.
fn row(kinds: &[&str]) -> Value {
    let nodes = kinds.iter().enumerate().map(|(at, kind)| {
        let (id, next) = (at + 2, at + 3);
        let data = json!({"uri": "https://api.example.com", "script": "1", "system": "a"});
        let error = format!("{kind}.error");
        json!({"id": id, "type": kind, "label": format!("{kind}{id}"), "data": data,
            "next": [{"nodeId": next}, {"nodeId": next, "where": {error: {"exists": true}}}]})
    });
    nodes
        .chain([json!({"id": kinds.len() + 2, "type": "keyboard", "label": "입력", "next": [{"nodeId": 2}]})])
        .collect()
}

fn check_slow(nodes: &Value, expected: &[&str]) {
    let found: Vec<String> =
        complaints(nodes).into_iter().filter(|code| code.contains("slow-path")).collect();
    assert_eq!(found, expected, "{nodes}");
}

#[test]
fn slow_paths_are_told_where_they_begin() {
    check_slow(&row(&["response"]), &[]);
    check_slow(&row(&["fetch", "llm"]), &["slow-path@1."]);
    check_slow(&row(&["fetch", "llm", "llm"]), &["!slow-path@1."]);
    // An input between two questions makes two paths of them; a delay is not waited for.
    check_slow(
        &json!([
            {"id": 2, "type": "llm", "label": "하나", "data": {"system": "a"}, "next": [{"nodeId": 3}]},
            {"id": 3, "type": "keyboard", "label": "입력", "next": [{"nodeId": 4}]},
            {"id": 4, "type": "response", "label": "둘", "data": {"delay": 60_000}, "next": [{"nodeId": 5}]},
            {"id": 5, "type": "llm", "label": "셋", "data": {"system": "a"}, "next": [{"nodeId": 3}]},
        ]),
        &["slow-path@1.", "slow-path@4."],
    );
    // Round and round, through a flow link.
    check_slow(
        &json!([
            {"id": 2, "type": "fetch", "label": "조회", "data": {"uri": "https://a.example.com"}, "next": [{"nodeId": 3}]},
            {"id": 3, "type": "flow", "label": "처음으로", "data": {"flowId": 1}},
        ]),
        &["!slow-path@2."],
    );
}

#[test]
fn a_slow_path_is_named() {
    let file = json!({"title": "", "preference": {"entryFlowId": 1, "fallbackFlowId": 1}, "flows": [
        {"id": 1, "title": "시작", "nodes": [{"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
            {"id": 2, "type": "fetch", "label": "조회", "data": {"uri": "u"}, "next": [{"nodeId": 3}]},
            {"id": 3, "type": "flow", "data": {"flowId": 2}}]},
        {"id": 2, "title": "답변", "nodes": [{"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
            {"id": 2, "type": "llm", "label": "AI", "data": {"system": "s"}}]}]});
    let file = BotFile::read(&file.to_string()).expect("is a bot").file;
    let slow: Vec<_> =
        check::check(&file, &LIMITS).into_iter().filter(|complaint| complaint.code == "slow-path").collect();
    let [slow] = slow.as_slice() else { panic!("one path: {slow:?}") };
    assert!(slow.describe(Lang::Ko).contains("50초까지 걸릴 수 있어요: 시작 › 조회 20초 → 답변 › AI 30초."));
    assert!(slow.describe(Lang::En).contains("can take 50 s: 시작 › 조회 20 s → 답변 › AI 30 s;"));
}

#[test]
fn thousands_of_nodes_in_a_row_are_no_trouble() {
    let found = complaints(&row(&vec!["fetch"; 3_000]));
    assert!(found.contains(&"!slow-path@1.".to_owned()));
}

#[test]
fn scripts_are_found_with_their_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bots/asking.json");
    let file = BotFile::read(&fs::read_to_string(path).expect("is there")).expect("is a bot").file;
    let scripts = check::scripts(&file);
    let [(spot, script)] = scripts.as_slice() else { panic!("one script: {scripts:?}") };
    assert!(script.starts_with("module.exports"));
    assert_eq!(spot.describe(Lang::Ko), "플로우 4 '가격 계산' › 노드 4 '계산' › data.script");
}

#[test]
fn the_examples_have_no_warnings() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut kinds = HashSet::new();
    for entry in fs::read_dir(examples).expect("examples") {
        let path = entry.expect("an entry").path();
        // The folder beside them has tests of its own.
        if path.is_dir() {
            continue;
        }
        let reading = BotFile::read(&fs::read_to_string(&path).expect("is text")).expect("is a bot");
        let complaints = reading.warnings.into_iter().chain(check::check(&reading.file, &LIMITS));
        let warnings: Vec<String> = complaints
            .filter(|complaint| complaint.severity >= Severity::Warning)
            .map(|complaint| complaint.describe(Lang::En))
            .collect();
        assert_eq!(warnings, [""; 0], "{}", path.display());
        let bot = Bot::compile(&reading.file);
        kinds.extend(bot.flows.iter().flat_map(|flow| &flow.nodes).map(|node| node.kind.clone()));
    }
    for kind in Kind::ALL {
        assert!(kinds.contains(kind.name()), "no example shows a {} node", kind.name());
    }
}
