//! Bot files come out as they went in, and what breaks the graph is refused with its place.

use std::{fs, path::Path};

use engine::{bot::BotFile, lang::Lang};

/// Our own bot files, and other people's where they lie beside the checkout.
fn files() -> Vec<(String, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut found = Vec::new();
    for folder in
        [fixtures.join("bots"), fixtures.join("../examples"), fixtures.join("../../shared/fixtures/closer")]
    {
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("absent: {} is not on this machine; its bot files are not read", folder.display());
            continue;
        };
        for path in entries.map(|entry| entry.expect("is readable").path()) {
            if path.extension().is_some_and(|extension| extension == "json") {
                found.push((path.display().to_string(), fs::read_to_string(&path).expect("is text")));
            }
        }
    }
    found
}

#[test]
fn a_bot_file_is_written_byte_for_byte_as_it_was() {
    let files = files();
    assert!(files.len() >= 3);
    for (name, text) in files {
        let reading = BotFile::read(&text).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        let written = reading.file.write();
        if reading.was_flow {
            // A flow is kept inside the bot that is made around it.
            let again = BotFile::read(&written).expect("reads").file.write();
            assert_eq!(again, written, "{name}");
        } else {
            assert_eq!(written, text, "{name}");
        }
    }
}

#[test]
fn what_is_unknown_is_kept_and_told() {
    let text = r#"{
  "title": "낯선 것",
  "flows": [
    {
      "id": 1.0,
      "title": "시작",
      "nodes": [
        {
          "id": 1,
          "type": "entry",
          "next": [
            {
              "nodeId": 2,
              "where": {
                "message": {
                  "rhymesWith": "가"
                }
              },
              "color": "red"
            }
          ]
        },
        {
          "id": 2,
          "type": "hologram",
          "data": {
            "size": 1e3
          }
        }
      ]
    }
  ],
  "preference": {
    "entryFlowId": 1
  },
  "version": 24.0
}"#;
    let reading = BotFile::read(text).expect("is read");
    assert_eq!(reading.file.write(), text);
    let told: Vec<String> = reading
        .warnings
        .iter()
        .map(|warning| format!("{} {}", warning.code, warning.spot.describe(Lang::En)))
        .collect();
    assert_eq!(
        told,
        [
            "unknown-key version",
            "unknown-key flow 1 '시작' › node 1 › next[0].color",
            "unknown-operator flow 1 '시작' › node 1 › next[0].where.message.rhymesWith",
            "unknown-node-type flow 1 '시작' › node 2 › type",
        ]
    );
}

fn check_refused(text: &str, expected: &str) {
    let refused = BotFile::read(text).expect_err("is refused");
    assert_eq!(refused.to_string(), expected, "{text}");
    assert!(refused.0.iter().all(|complaint| !complaint.said.ko.is_empty()));
}

#[test]
fn what_breaks_the_graph_is_refused_with_its_place() {
    let bot =
        |flows: &str| format!(r#"{{"title": "t", "flows": [{flows}], "preference": {{"entryFlowId": 1}}}}"#);
    let flow = |nodes: &str| bot(&format!(r#"{{"id": 1, "title": "시작", "nodes": [{nodes}]}}"#));
    let entry = r#"{"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 7}]}"#;
    let lone = r#"{"id": 1, "type": "entry"}"#;
    check_refused(
        &flow(entry),
        "flow 1 '시작' › node 1 '진입' › next[0].nodeId: The edge leads to node 7, which is not in this flow.",
    );
    check_refused(
        &flow(&format!("{lone},{lone}")),
        "flow 1 '시작' › node 1 › id: The node id 1 stands twice in this flow.",
    );
    check_refused(
        &flow(r#"{"id": 1, "type": "response"}"#),
        "flow 1 '시작' › nodes: The flow has no entry node.",
    );
    let twice = format!(r#"{{"id": 1, "nodes": [{lone}]}}"#);
    check_refused(&bot(&format!("{twice},{twice}")), "flow 1 › id: The flow id 1 stands twice.");
    check_refused(
        &bot(&format!(r#"{{"id": 3, "nodes": [{lone}]}}"#)),
        "preference.entryFlowId: The entry flow 1 is not in the file.",
    );
    check_refused(
        r#"{"title": "t"}"#,
        "flows: This is neither a bot nor a flow: a list of flows is missing.",
    );
    check_refused("[]", "flows: This is neither a bot nor a flow: a list of flows is missing.");
    check_refused(
        "{\n  oops",
        "This is no JSON: line 2, column 3: a key in double quotes should stand here.",
    );
}
