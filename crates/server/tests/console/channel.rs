//! The KakaoTalk channel: its switch, its secret, the guide that checks itself, and the log of requests.

use serde_json::{Map, Value, json};
use simulator::kakao::{Mode, Trouble};

use crate::afterwards::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_turns_green() {
    let mut shop = Shop::open().await;
    let channel = shop.get("/kakao").await;
    assert_eq!(
        (&channel["enabled"], &channel["headerName"], &channel["last"]),
        (&true.into(), &Value::Null, &Value::Null)
    );
    assert!(channel["liveUrl"].as_str().is_some_and(|url| url.ends_with(&format!("/{}/i/skill", shop.bot))));
    assert!(channel["draftUrl"].as_str().is_some_and(|url| url.ends_with("/i/skill/draft")));
    assert_eq!(shop.check("request").await.0, "waiting");
    let mut room = shop.kakao().room("kim");
    room.enter().await.sees(&["안녕하세요. 무엇을 도와드릴까요?"]);
    room.says("배고파").await.sees(&["잘 모르겠어요."]);
    room.taps("영업시간").await.sees(&["10시부터 18시까지예요."]);
    shop.logged(3).await;
    let channel = shop.get("/kakao").await;
    for check in channel["checks"].as_array().expect("checks") {
        assert_eq!(check["state"], "ok", "{check}");
    }
    assert_eq!(channel["last"]["kind"], "fallback");
    let names: Vec<_> = channel["seen"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["what"].as_str(), row["name"].as_str(), row["times"].as_i64()))
        .collect();
    for row in [
        (Some("welcome"), Some("웰컴 블록"), Some(1)),
        (Some("fallback"), Some("폴백 블록"), Some(2)),
        (Some("bot"), Some("64aa10b2c3d4e5f60718293a"), Some(3)),
    ] {
        assert!(names.contains(&row), "{row:?}: {names:?}");
    }
    let path = shop.at("/kakao");
    let english = shop.owner.clone().speaking("en").get(&path).await.expect(200);
    let said = english["checks"][0]["detail"].as_str().expect("text");
    assert!(said.starts_with("Last request"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_says_what_is_wrong() {
    // The fallback block is not connected: only the welcome block calls.
    let mut shop = Shop::open().await;
    shop.kakao().room("kim").enter().await;
    shop.logged(1).await;
    assert_eq!(shop.check("fallback-block").await.0, "waiting");
    shop.kakao().room("lee").enter().await;
    shop.logged(2).await;
    let (state, detail) = shop.check("fallback-block").await;
    assert!(state == "problem" && detail.contains("폴백 블록"), "{state} {detail}");
    // Another block calls the skill too.
    shop.kakao().room("park").says_to_block("주문 조회", "주문", Map::new()).await;
    shop.logged(3).await;
    let (state, detail) = shop.check("other-blocks").await;
    assert!(
        state == "problem" && detail.contains("주문 조회") && detail.contains("기본 스킬"),
        "{state} {detail}"
    );
    // Answers with buttons, and nobody presses one: the block may not use the skill's data.
    let (state, detail) = shop.check("skill-data").await;
    assert!(state == "problem" && detail.contains("스킬데이터로 사용"), "{state} {detail}");
    shop.kakao().room("choi").enter().await;
    // A transform function.
    shop.kakao().sends(b"{\"text\": \"hi\"}".to_vec(), "chp-transformed").await;
    shop.logged(5).await;
    let (state, detail) = shop.check("transform-function").await;
    assert!(state == "problem" && detail.contains("변환함수"), "{state} {detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_tells_tests_from_customers() {
    let mut shop = Shop::open().await;
    let mut room = shop.kakao().mode(Mode::BotTest).room("tester");
    room.says("비밀 이야기").await;
    let lines = shop.logged(1).await;
    let (state, detail) = shop.check("deployed").await;
    assert!(state == "problem" && detail.contains("봇테스트"), "{state} {detail}");
    assert_eq!(shop.check("request").await.0, "ok");
    // Nothing of a test is stored, but whoever tries something out sees it for a while.
    assert_eq!(
        (&lines[0]["mode"], &lines[0]["userKey"], &lines[0]["hasTurn"]),
        (&"botTest".into(), &Value::Null, &false.into())
    );
    let pair = shop.get(&format!("/requests/{}", lines[0]["id"].as_str().expect("an id"))).await;
    assert!(pair["request"].as_str().is_some_and(|text| text.contains("비밀 이야기")), "{pair}");
    let connection = rusqlite::Connection::open(shop.bed.folder.path().join("closer.db")).expect("opens");
    let kept: i64 = connection
        .query_row(
            "SELECT count(*) FROM skill_requests WHERE packed IS NOT NULL OR answer IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .expect("counts");
    assert_eq!(kept, 0);
    shop.kakao().mode(Mode::Development).room("kim").says("안녕").await;
    shop.logged(2).await;
    let (state, detail) = shop.check("deployed").await;
    assert!(state == "problem" && detail.contains("개발 채널"), "{state} {detail}");
    shop.kakao().room("lee").says("안녕").await;
    shop.logged(3).await;
    assert_eq!(shop.check("deployed").await.0, "ok");
    assert_eq!(shop.check("bot-id").await.0, "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_header_is_set_asked_for_and_removed() {
    let mut shop = Shop::open().await;
    let path = shop.at("/kakao");
    for (name, value) in [
        ("x key", "abcdefgh1"),
        ("host", "abcdefgh1"),
        ("x-closer-key", "short"),
        ("x-closer-key", "한글은 안 돼요"),
    ] {
        let answer =
            shop.owner.call("PATCH", &path, &json!({"header": {"name": name, "value": value}})).await;
        assert_eq!(answer.problem(), "422 invalid", "{name} {value}");
    }
    let header = json!({"header": {"name": "X-Closer-Key", "value": "s3cret-s3cret"}});
    let changed = shop.owner.call("PATCH", &path, &header).await.expect(200);
    assert_eq!(changed["headerName"], "x-closer-key");
    assert!(!changed.to_string().contains("s3cret"));
    assert_eq!(shop.kakao().room("kim").says("안녕").await.trouble, Some(Trouble::Status(401)));
    shop.logged(1).await;
    let (state, detail) = shop.check("secret-header").await;
    assert!(state == "problem" && detail.contains("헤더값"), "{state} {detail}");
    let mut kakao = shop.kakao();
    kakao.header = Some(("X-Closer-Key".to_owned(), "s3cret-s3cret".to_owned()));
    assert_eq!(kakao.room("kim").says("안녕").await.trouble, None);
    let lines = shop.logged(2).await;
    assert_eq!(shop.check("secret-header").await.0, "ok");
    assert_eq!((&lines[1]["status"], &lines[1]["problems"][0]["code"]), (&401.into(), &"header".into()));
    assert!(
        !shop
            .get(&format!("/requests/{}", lines[1]["id"].as_str().expect("an id")))
            .await
            .to_string()
            .contains("s3cret")
    );
    let off =
        shop.owner.call("PATCH", &path, &json!({"enabled": false, "removeHeader": true})).await.expect(200);
    assert_eq!((&off["enabled"], &off["headerName"]), (&false.into(), &Value::Null));
    let (state, detail) = shop.check("ready").await;
    assert!(state == "problem" && detail.contains("꺼져"), "{state} {detail}");
    shop.owner.call("DELETE", &path, &Value::Null).await.expect(204);
    assert_eq!(shop.check("request").await.0, "waiting");
    let audit = format!("/api/workspaces/{}/audit", shop.workspace);
    let log = shop.owner.get(&audit).await.expect(200);
    let actions: Vec<_> =
        log["items"].as_array().expect("lines").iter().filter_map(|line| line["action"].as_str()).collect();
    assert!(actions.starts_with(&["kakao.remove", "kakao.change", "kakao.change"]), "{actions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_the_raw_pair() {
    let mut shop = Shop::open().await;
    let mut room = shop.kakao().room("kim");
    let seen = room.says("영업시간 알려줘").await;
    room.taps("고장").await;
    shop.kakao().sends(b"broken".to_vec(), "chp-broken").await;
    let lines = shop.logged(3).await;
    let codes: Vec<_> =
        lines.iter().map(|line| line["problems"][0]["code"].as_str().unwrap_or_default()).collect();
    assert_eq!(codes, ["not-json", "fault", ""]);
    let first = lines[2]["id"].as_str().expect("an id");
    let pair = shop.get(&format!("/requests/{first}")).await;
    assert_eq!(
        (pair["request"].as_str(), pair["answer"].as_str()),
        (Some(seen.request.as_str()), Some(seen.answer.as_str()))
    );
    assert_eq!(
        (&pair["hasTurn"], &pair["block"], &pair["mode"]),
        (&true.into(), &"폴백 블록".into(), &"operating".into())
    );
    let broken = shop.get(&format!("/requests/{}", lines[0]["id"].as_str().expect("an id"))).await;
    assert_eq!((&broken["request"], &broken["hasTurn"]), (&"broken".into(), &false.into()));
    assert!(broken["answer"].as_str().is_some_and(|text| text.contains("\"version\"")));
    let any = shop.get("/requests?problem=any&limit=1").await;
    assert_eq!((any["items"].as_array().map(Vec::len), any["next"].is_string()), (Some(1), true));
    let cursor = any["next"].as_str().expect("a cursor");
    let rest = shop.get(&format!("/requests?problem=any&cursor={cursor}")).await;
    assert_eq!((&rest["items"][0]["problems"][0]["code"], &rest["next"]), (&"fault".into(), &Value::Null));
    assert_eq!(shop.get("/requests?problem=fault").await["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(shop.get("/requests?mode=development").await["items"].as_array().map(Vec::len), Some(0));
    let counts = shop.get("/requests/problems").await;
    assert_eq!(counts["items"].as_array().map(Vec::len), Some(2));
    for nonsense in ["/requests/nonsense", "/requests/00000000000000000000000000"] {
        let path = shop.at(nonsense);
        assert_eq!(shop.owner.get(&path).await.problem(), "404 no-such-request");
    }
    let path = shop.at("/requests?cursor=x");
    assert_eq!(shop.owner.get(&path).await.problem(), "400 malformed");
}
