//! The document of the API is the committed one, and speaks of what there is.

use std::path::PathBuf;

use crate::browser::{Testbed, file};

/// Run with `CLOSER_RENEW=1` to write the file anew.
#[test]
fn the_committed_document_is_that_of_the_handlers() {
    let made = server::http::openapi::text();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    if std::env::var_os("CLOSER_RENEW").is_some() {
        std::fs::write(&path, &made).expect("is written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == committed,
        "openapi.json is not that of the handlers: CLOSER_RENEW=1 cargo test -p server --test console document"
    );
}

#[tokio::test]
async fn the_document_is_served_and_names_what_may_go_wrong() {
    let bed = Testbed::start().await;
    let served = bed.browser().get("/openapi.json").await;
    assert_eq!(
        served.json(),
        serde_json::from_str::<serde_json::Value>(&file("openapi.json")).expect("is JSON")
    );
    let document = served.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut operations = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let name = operation["operationId"].as_str().expect("a name").to_owned();
            assert!(operations.insert(name.clone()), "{name} stands twice");
            let responses = operation["responses"].as_object().expect("answers");
            assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
            for (status, response) in responses.iter().filter(|(status, _)| !status.starts_with('2')) {
                let name = format!("Problem{status}");
                assert_eq!(
                    response["$ref"],
                    format!("#/components/responses/{name}"),
                    "{method} {path} {status}"
                );
                let content = &document["components"]["responses"][name]["content"];
                let problem = &content["application/problem+json"]["schema"]["$ref"];
                assert_eq!(problem, "#/components/schemas/Problem", "{method} {path} {status}");
            }
            if path.contains("{ws}") {
                for needed in ["401", "403", "404"] {
                    assert!(responses.contains_key(needed), "{method} {path} {needed}");
                }
            }
        }
    }
    // Every reference leads somewhere.
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
