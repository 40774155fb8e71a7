//! Bots that ask the world, through KakaoTalk: HTTP and scripts, and what happens when the other side fails.

use std::path::Path;

use simulator::upstream::Upstream;

use crate::{
    on_both,
    testbed::{Testbed, fixture},
};

/// A flow whose script asks an API, and what is seen of it.
struct Scene {
    address: &'static str,
    page: &'static str,
    failed: &'static str,
    again: &'static str,
    seen: &'static [&'static str],
}

const SHIPS: Scene = Scene {
    address: "https://swapi.dev/api/starships",
    page: r#"{"count": 2, "results": [
        {"name": "한강호", "model": "HG-1", "manufacturer": "서울조선"},
        {"name": "동해호", "model": "DH-2", "manufacturer": "울산조선"}]}"#,
    failed: "Invalid status code:404",
    again: "재시도",
    seen: &["한강호", "HG-1\n서울조선", "동해호", "DH-2\n울산조선"],
};

const STOCK: Scene = Scene {
    address: "https://stock.example.com/items",
    page: r#"{"items": [{"name": "귤", "size": "10kg", "price": 32000}]}"#,
    failed: "재고를 불러오지 못했어요.\n\nstatus 404",
    again: "다시 조회",
    seen: &["귤", "10kg\n32,000원"],
};

async fn bed(bot: &str, database: &str) -> Testbed {
    Testbed::start_with(bot, database, |config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await
}

/// Plays a flow: the edge for errors while the API is away, the answer when it is there again.
async fn plays(flow: &str, scene: &Scene, database: &str) {
    let upstream = Upstream::start().await.expect("listens");
    assert!(flow.contains(scene.address), "the flow asks {}", scene.address);
    let bed = bed(&flow.replace(scene.address, &format!("{}/api", upstream.base)), database).await;
    let mut room = bed.kakao().room("kim");
    let failed = room.enter().await;
    assert_eq!(failed.trouble, None);
    let text = failed.texts().join("\n");
    assert!(text.contains(scene.failed), "{text}");
    upstream.page("/api", scene.page);
    room.taps(scene.again).await.sees(scene.seen);
    bed.stop().await;
}

on_both! {
    /// Other people's bot file, where it is on this machine.
    async fn an_exported_flow_with_a_script_runs(database: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/closer/flow-http-script.json");
        match std::fs::read_to_string(&path) {
            Ok(flow) => plays(&flow, &SHIPS, database).await,
            Err(_) => println!("absent: flow-http-script.json is not on this machine; not played"),
        }
    }

    /// Our own of the same form.
    async fn a_flow_with_a_script_runs(database: &str) {
        plays(&fixture("fixtures/bots/script-flow.json"), &STOCK, database).await;
    }
}
