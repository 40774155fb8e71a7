//! How long records are kept, and one customer's data: handed over and erased.

use serde_json::{Value, json};

use crate::afterwards::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn one_customer_is_handed_over_and_erased() {
    let mut shop = Shop::open().await;
    let mut kim = shop.kakao().room("kim");
    kim.says("안녕").await;
    kim.says("제 번호는 010-1234-5678이에요").await;
    shop.kakao().room("lee").says("안녕하세요").await;
    shop.logged(3).await;
    shop.added_up().await;
    let list = shop.get("/conversations").await;
    let line = |said: &str| {
        let lines = list["items"].as_array().expect("lines");
        lines
            .iter()
            .find(|line| line["said"].as_str().is_some_and(|it| it.contains(said)))
            .expect("a line")
            .clone()
    };
    let (kim, lee) = (line("010"), line("안녕하세요"));
    let id = kim["id"].as_str().expect("an id");
    let export = shop.get(&format!("/conversations/{id}/export")).await;
    assert_eq!(
        (export["messages"].as_array().map(Vec::len), export["turns"].as_array().map(Vec::len)),
        (Some(4), Some(2)),
        "{export}"
    );
    assert!(export["requests"].to_string().contains("010-1234-5678") && export["state"].is_object());
    assert!(!export.to_string().contains(lee["userKey"].as_str().expect("a key")));
    // Readers and editors hand nobody's data over.
    let (workspace, path) = (shop.workspace.clone(), shop.at(&format!("/conversations/{id}")));
    let mut editor = shop.bed.member(&mut shop.owner, &workspace, "editor").await;
    assert_eq!(editor.get(&format!("{path}/export")).await.problem(), "403 role-too-low");
    let proof = |key: &Value| json!({"userKey": key});
    assert_eq!(editor.call("DELETE", &path, &proof(&kim["userKey"])).await.problem(), "403 role-too-low");
    assert_eq!(shop.owner.call("DELETE", &path, &proof(&lee["userKey"])).await.problem(), "422 invalid");
    shop.owner.call("DELETE", &path, &proof(&kim["userKey"])).await.expect(204);
    assert_eq!(shop.owner.get(&path).await.problem(), "404 no-such-conversation");
    assert_eq!(shop.get("/conversations").await["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(shop.get("/requests").await["items"].as_array().map(Vec::len), Some(1));
    // No table holds a word of it.
    let connection = rusqlite::Connection::open(shop.bed.folder.path().join("closer.db")).expect("opens");
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("a list");
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("reads").collect::<Result<_, _>>().expect("names");
    let key = kim["userKey"].as_str().expect("a key");
    for table in names {
        let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("reads");
        while let Some(row) = rows.next().expect("reads") {
            for column in 0..columns {
                if let rusqlite::types::ValueRef::Text(text) = row.get_ref(column).expect("a cell") {
                    let text = String::from_utf8_lossy(text);
                    assert!(!text.contains("010-1234-5678") && !text.contains(key), "{table}: {text}");
                }
            }
        }
    }
    // The figures stay, and whoever comes back is somebody new.
    assert_eq!(shop.get("/stats").await["total"]["users"], 2);
    shop.kakao().room("kim").says("다시 왔어요").await;
    shop.added_up().await;
    assert_eq!(shop.get("/stats").await["total"]["users"], 3);
    let audit = format!("/api/workspaces/{workspace}/audit");
    let log = shop.owner.get(&audit).await.expect(200);
    let actions: Vec<_> =
        log["items"].as_array().expect("lines").iter().filter_map(|line| line["action"].as_str()).collect();
    assert!(actions.contains(&"customer.export") && actions.contains(&"customer.erase"), "{actions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_kept_as_long_as_the_workspace_says() {
    let mut shop = Shop::open().await;
    let path = format!("/api/workspaces/{}/records", shop.workspace);
    let records = shop.owner.get(&path).await.expect(200);
    assert_eq!(
        records,
        json!({"zone": "Asia/Seoul", "messagesDays": null, "tracesDays": 30, "requestsDays": 7})
    );
    for bad in [
        json!({"zone": "Asia/Kathmandu"}),
        json!({"zone": "Seoul"}),
        json!({"tracesDays": 0}),
        json!({"requestsDays": 31}),
        json!({"messagesDays": 20, "tracesDays": 30}),
        json!({"messagesDays": -1}),
    ] {
        assert_eq!(shop.owner.call("PATCH", &path, &bad).await.problem(), "422 invalid", "{bad}");
    }
    shop.kakao().room("kim").says("안녕").await;
    shop.logged(1).await;
    shop.added_up().await;
    let line = shop.get("/conversations").await["items"][0].clone();
    let id = line["id"].as_str().expect("an id").to_owned();
    let changed = shop
        .owner
        .call("PATCH", &path, &json!({"messagesDays": 3, "tracesDays": 2, "requestsDays": 1}))
        .await
        .expect(200);
    assert_eq!((&changed["messagesDays"], &changed["zone"]), (&3.into(), &"Asia/Seoul".into()));
    let sizes = async |shop: &mut Shop| {
        let messages =
            shop.get(&format!("/conversations/{id}/messages")).await["items"].as_array().map(Vec::len);
        let requests = shop.get("/requests").await["items"].as_array().map(Vec::len);
        (messages, requests)
    };
    server::insight::keep::round(&shop.bed.hub).await.expect("sweeps");
    assert_eq!(sizes(&mut shop).await, (Some(2), Some(1)), "nothing is old yet");
    // As if all of it had happened four days ago. Ids begin with 48 bits of milliseconds.
    let at = server::clock::Clock::default().now_ms() - 4 * 86_400_000;
    let old = format!("{at:012x}");
    shop.bed.sql(&format!(
        "UPDATE turns SET id = unhex('{old}' || substr(hex(id), 13));
         UPDATE skill_requests SET id = unhex('{old}' || substr(hex(id), 13)), at = {at};
         UPDATE messages SET created_at = {at}, end_user_id = unhex('{old}' || substr(hex(end_user_id), 13));
         UPDATE threads SET last_at = {at}, end_user_id = unhex('{old}' || substr(hex(end_user_id), 13));"
    ));
    let line = shop.get("/conversations").await["items"][0].clone();
    let id = line["id"].as_str().expect("an id").to_owned();
    server::insight::keep::begin_anew(&shop.bed.hub, shop.workspace.parse().expect("an id")).await;
    server::insight::keep::round(&shop.bed.hub).await.expect("sweeps");
    let bot = shop.bot.parse().expect("an id");
    assert_eq!(shop.bed.hub.store.turns(bot, None, 10).await.expect("reads").len(), 0);
    assert_eq!(
        shop.get(&format!("/conversations/{id}/messages")).await["items"].as_array().map(Vec::len),
        Some(0)
    );
    assert_eq!(shop.get("/requests").await["items"].as_array().map(Vec::len), Some(0));
    assert_eq!(shop.get("/stats").await["total"]["turns"], 1);
    // A zone moves the days and no figure.
    shop.owner.call("PATCH", &path, &json!({"zone": "America/New_York"})).await.expect(200);
    let stats = shop.get("/stats").await;
    assert_eq!((&stats["total"]["turns"], &stats["zone"]), (&1.into(), &"America/New_York".into()));
}
