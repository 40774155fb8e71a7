//! Bridges in the console: looked at, made, changed, turned into flows (spec legacy-smartchat.md, product.md K12).

use serde_json::json;
use simulator::provider::old_bot::{Home, OldBot};

use crate::browser::Testbed;

async fn bed() -> Testbed {
    Testbed::start_with(|config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_is_checked_made_changed_and_turned_into_flows() {
    let (bed, old) = (bed().await, OldBot::start().await.expect("listens"));
    let (mut owner, workspace) = bed.owner().await;
    let at = |path: &str| format!("/api/workspaces/{workspace}{path}");
    let check = json!({"url": format!("{}/", old.url()), "say": "안녕"});
    let report = owner.call("POST", &at("/bridges/check"), &check).await.expect(200);
    assert_eq!((report["ok"].as_bool(), report["url"].as_str()), (Some(true), Some(old.url())));
    let calls: Vec<&str> =
        report["calls"].as_array().expect("calls").iter().filter_map(|call| call["call"].as_str()).collect();
    assert_eq!(calls.len(), 5, "{calls:?}");
    assert_eq!(report["calls"][3]["buttons"], json!(["선택 1", "선택 2", "선택 3"]));
    let new = json!({"title": "예전 봇", "url": format!("{}//", old.url())});
    let made = owner.call("POST", &at("/bridges"), &new).await.expect(201);
    assert_eq!((made["kind"].as_str(), made["draftAhead"].as_bool()), (Some("bridge"), Some(false)));
    let id = made["id"].as_str().expect("an id").to_owned();
    let list = owner.get(&at("/bots")).await.expect(200);
    assert_eq!(list["items"][0]["kind"], "bridge");
    let one = at(&format!("/bots/{id}/bridge"));
    let bridge = owner.get(&one).await.expect(200);
    assert_eq!((bridge["url"].as_str(), bridge["inside"].as_bool()), (Some(old.url()), Some(false)));
    let mut options = bridge["options"].clone();
    options["homeWords"] = json!(["홈", "처음으로"]);
    options["many"] = json!("list");
    let changed = owner.call("PATCH", &one, &json!({"options": options})).await.expect(200);
    assert_eq!(changed["options"], options);
    // The bridge talks, and the console finds what was said.
    let skill = made["skillUrl"].as_str().expect("an address");
    let mut kim = simulator::kakao::Kakao::new(skill).expect("an address").room("kim");
    kim.enter().await;
    kim.taps("선택 1").await.sees(&["text: 선택 1"]);
    kim.says("HTML").await;
    server::insight::follow::catch_up(&bed.hub).await.expect("adds up");
    let threads = owner.get(&at(&format!("/bots/{id}/conversations"))).await.expect(200);
    let user = threads["items"][0]["id"].as_str().expect("a conversation").to_owned();
    let messages = owner.get(&at(&format!("/bots/{id}/conversations/{user}/messages"))).await.expect(200);
    assert!(messages.to_string().contains("text: 선택 1"), "{messages}");
    let recorded = owner.get(&format!("{one}/recorded")).await.expect(200);
    assert_eq!((recorded["turns"].as_u64(), recorded["people"].as_u64()), (Some(2), Some(1)));
    let flows = owner.call("POST", &format!("{one}/flows"), &json!({})).await.expect(201);
    assert_eq!(
        (flows["bot"]["title"].as_str(), flows["warnings"].as_array().map(Vec::len)),
        (Some("예전 봇 (플로우)"), Some(0))
    );
    assert_eq!(flows["bot"]["kind"], "flows");
    // The connection guide asks for no published version.
    let channel = owner.get(&at(&format!("/bots/{id}/kakao"))).await.expect(200);
    let ready = channel["checks"].as_array().expect("checks").iter().find(|check| check["id"] == "ready");
    assert_eq!(ready.expect("a check")["state"], "ok", "{channel}");
    let log = owner.get(&at("/audit")).await.expect(200).to_string();
    for act in ["bridge.add", "bridge.change", "bridge.flows"] {
        assert!(log.contains(act), "{act}: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_named_at_its_field() {
    let (bed, old) = (bed().await, OldBot::start().await.expect("listens"));
    let (mut owner, workspace) = bed.owner().await;
    let at = |path: &str| format!("/api/workspaces/{workspace}{path}");
    for url in ["", "bot.example.com", "ftp://a", "https://a/?b", "https://"] {
        let answer = owner.call("POST", &at("/bridges/check"), &json!({"url": url})).await.expect(422);
        assert_eq!(answer["errors"][0]["pointer"], "/url", "{url}: {answer}");
    }
    old.home(Home::Broken);
    let report = owner.call("POST", &at("/bridges/check"), &json!({"url": old.url()})).await.expect(200);
    assert_eq!(report["ok"], false);
    assert!(report["calls"][3]["answer"].as_str().expect("a text").contains("Server Error"), "{report}");
    let made =
        owner.call("POST", &at("/bridges"), &json!({"title": "봇", "url": old.url()})).await.expect(201);
    let one = at(&format!("/bots/{}/bridge", made["id"].as_str().expect("an id")));
    let mut options = owner.get(&one).await.expect(200)["options"].clone();
    options["budgetMs"] = json!(9_000);
    options["greeting"] = json!(" ");
    let refused = owner.call("PATCH", &one, &json!({"options": options})).await.expect(422);
    assert_eq!(refused["errors"].as_array().map(Vec::len), Some(2), "{refused}");
    // A bot with flows is no bridge.
    let bot = owner.call("POST", &at("/bots"), &json!({"template": "empty"})).await.expect(201);
    let id = bot["bot"]["id"].as_str().expect("an id");
    owner.get(&at(&format!("/bots/{id}/bridge"))).await.expect(404);
}
