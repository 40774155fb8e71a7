//! Every route with every role, with another workspace, and with nobody: who is let in is what the table says.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use server::http::access::{self, Role, Who};

use crate::browser::{Browser, Testbed};

/// The routes of the table: method, path, rule.
fn routes() -> Vec<(String, String, Who)> {
    let mut found = Vec::new();
    for route in access::table() {
        let paths = serde_json::to_value(route.paths()).expect("is JSON");
        for (path, item) in paths.as_object().expect("paths") {
            for method in item.as_object().expect("methods").keys() {
                found.push((method.to_uppercase(), path.clone(), route.who));
            }
        }
    }
    found
}

/// Ids that are there, so that nothing but the rule decides.
struct Ids {
    workspace: String,
    bot: String,
    member: String,
    invite: String,
    session: String,
}

fn filled(path: &str, ids: &Ids) -> String {
    let id = if path.contains("/members/") {
        &ids.member
    } else if path.contains("/invites/") {
        &ids.invite
    } else {
        &ids.session
    };
    path.replace("{ws}", &ids.workspace)
        .replace("{bot}", &ids.bot)
        .replace("{id}", id)
        .replace("{token}", &"0".repeat(64))
        .replace("{hash}", &"0".repeat(64))
        .replace("{name}", &format!("{}.png", "0".repeat(64)))
        .replace("{version}", "9")
        .replace("{test}", &"0".repeat(26))
}

/// How a route answers: whether the rule let the call through. What the handler says then is its own business.
async fn lets_in(browser: &mut Browser, method: &str, path: &str) -> Result<(), String> {
    // An empty object is enough to reach every handler and to change nothing.
    let body = if method == "GET" { Value::Null } else { json!({}) };
    let before = browser.cookie.clone();
    let answer = browser.call(method, path, &body).await;
    browser.cookie = before;
    assert!(answer.status.as_u16() < 500, "{method} {path}: {}", answer.status);
    if answer.status.is_success() {
        return Ok(());
    }
    let problem = answer.problem();
    let refused = ["401 not-signed-in", "403 role-too-low", "404 no-such-workspace", "409 set-up-already"];
    if refused.contains(&problem.as_str()) { Err(problem) } else { Ok(()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_held_to_its_rule() {
    let bed = Testbed::start().await;
    let (mut owner, workspace) = bed.owner().await;
    let bots = format!("/api/workspaces/{workspace}/bots");
    let made = owner.call("POST", &bots, &json!({"template": "shop"})).await.expect(201);
    let mut browsers: BTreeMap<&str, (Option<Role>, Browser)> = BTreeMap::new();
    for (name, role) in [("admin", Role::Admin), ("editor", Role::Editor), ("readonly", Role::Readonly)] {
        browsers.insert(name, (Some(role), bed.member(&mut owner, &workspace, name).await));
    }
    let invites = format!("/api/workspaces/{workspace}/invites");
    let invite = owner
        .call("POST", &invites, &json!({"emails": ["waits@example.com"], "role": "readonly"}))
        .await
        .expect(201);
    let members = owner.get(&format!("/api/workspaces/{workspace}/members")).await.expect(200);
    let member = members["items"].as_array().expect("members").iter().find(|it| it["role"] == "editor");
    let ids = Ids {
        workspace: workspace.clone(),
        bot: made["bot"]["id"].as_str().expect("an id").to_owned(),
        member: member.expect("an editor")["id"].as_str().expect("an id").to_owned(),
        invite: invite["items"][0]["id"].as_str().expect("an id").to_owned(),
        session: "0".repeat(26),
    };
    // Somebody with an account and a workspace of their own.
    let mut stranger = bed.browser();
    server::people::add(
        &bed.hub,
        server::people::NewPerson {
            email: "stranger@example.com",
            password: crate::browser::PASSWORD,
            name: "낯선 사람",
            language: engine::lang::Lang::Ko,
        },
        "readonly",
        "",
    )
    .await
    .expect("is added");
    let credentials = json!({"email": "stranger@example.com", "password": crate::browser::PASSWORD});
    let me = stranger.call("POST", "/api/session", &credentials).await.expect(200);
    let own = stranger.call("POST", "/api/workspaces", &json!({"name": "딴 가게"})).await.expect(201);
    assert_eq!(own["role"], "owner");
    let leave = format!("/api/workspaces/{workspace}/members/{}", me["id"].as_str().expect("an id"));
    stranger.call("DELETE", &leave, &Value::Null).await.expect(204);
    browsers.insert("stranger", (None, stranger));
    let nobody = bed.browser();
    let all = routes();
    assert!(all.len() > 40, "{}", all.len());
    let mut checked = 0;
    for (method, path, who) in &all {
        let address = filled(path, &ids);
        // Each call with a copy, so that signing out here ends nothing for the next.
        for (name, (role, browser)) in &browsers {
            if changes_the_caller(method, path) {
                continue;
            }
            let allowed = match who {
                Who::Anyone | Who::Account => Ok(()),
                Who::SetupOnly => Err("409 set-up-already"),
                Who::AtLeast(needed) => match role {
                    None => Err("404 no-such-workspace"),
                    Some(role) if role < needed => Err("403 role-too-low"),
                    Some(_) => Ok(()),
                },
            };
            if method == "DELETE" && allowed.is_ok() && path.contains("{ws}") {
                // Who may delete is tried in the scenes: it would take away what the next row needs.
                continue;
            }
            let seen = lets_in(&mut browser.clone(), method, &address).await;
            assert_eq!(seen, allowed.map_err(str::to_owned), "{method} {path} as {name}");
            checked += 1;
        }
        let allowed = match who {
            Who::Anyone => Ok(()),
            Who::SetupOnly => Err("409 set-up-already"),
            Who::Account | Who::AtLeast(_) => Err("401 not-signed-in"),
        };
        let seen = lets_in(&mut nobody.clone(), method, &address).await;
        assert_eq!(seen, allowed.map_err(str::to_owned), "{method} {path} as nobody");
        checked += 1;
    }
    assert!(checked > 180, "{checked}");
    println!("{checked} calls were held to their rules");
}

/// Calls about oneself that would end the sign-in which the next rows need.
fn changes_the_caller(method: &str, path: &str) -> bool {
    method == "DELETE" && path.starts_with("/api/session")
}

#[test]
fn no_route_is_open_by_accident() {
    let open: Vec<String> = routes()
        .into_iter()
        .filter(|(_, _, who)| matches!(who, Who::Anyone | Who::SetupOnly))
        .map(|(method, path, _)| format!("{method} {path}"))
        .collect();
    assert_eq!(
        open,
        [
            "GET /api/state",
            "POST /api/session",
            "POST /api/password/forgot",
            "POST /api/password/reset",
            "GET /api/invites/{token}",
            "POST /api/invites/{token}",
            "GET /api/pictures/{hash}",
            "GET /media/{name}",
            "GET /openapi.json",
            "POST /api/demo",
            "POST /api/setup",
        ]
    );
    // A workspace in the path means a role in the rule.
    for (method, path, who) in routes() {
        assert_eq!(path.contains("{ws}"), matches!(who, Who::AtLeast(_)), "{method} {path}");
    }
}
