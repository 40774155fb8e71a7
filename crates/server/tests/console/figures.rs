//! Statistics and conversations: what customers did is what owners see.

use simulator::kakao::Mode;

use crate::afterwards::Shop;

/// Three customers: one is answered, one is not understood, one meets an error.
async fn busy_day() -> Shop {
    let mut shop = Shop::open().await;
    let mut kim = shop.kakao().room("kim");
    kim.enter().await;
    kim.taps("영업시간").await;
    kim.says("환불  언제 돼요").await;
    let mut lee = shop.kakao().room("lee");
    lee.says("안녕").await;
    lee.says("환불 언제 돼요").await;
    lee.says("사람 바꿔 줘").await;
    let mut park = shop.kakao().room("park");
    park.says("안녕").await;
    park.says("고장").await;
    shop.kakao().mode(Mode::Development).room("dev").says("안녕").await;
    shop.kakao().mode(Mode::BotTest).room("test").says("안녕").await;
    shop.logged(10).await;
    shop.added_up().await;
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_messages() {
    let mut shop = busy_day().await;
    let stats = shop.get("/stats").await;
    let bot = shop.bot.parse().expect("an id");
    let recount = shop.bed.hub.store.recount(bot, 0, i64::MAX).await.expect("recounts");
    let total = &stats["total"];
    for (key, count) in [
        ("turns", recount.turns),
        ("messages", recount.user_messages + recount.bot_messages),
        ("userMessages", recount.user_messages),
        ("errors", recount.faults),
        ("users", recount.users),
        ("conversations", recount.conversations),
    ] {
        assert_eq!(total[key], count, "{key}: {stats}");
    }
    assert_eq!(
        (&total["turns"], &total["users"], &total["newUsers"], &total["errors"]),
        (&8.into(), &3.into(), &3.into(), &1.into())
    );
    assert_eq!((&total["unanswered"], &stats["zone"]), (&3.into(), &"Asia/Seoul".into()));
    let days = stats["days"].as_array().expect("days");
    assert_eq!(days.len(), 30);
    assert_eq!(
        (&days[29]["turns"], &days[29]["newUsers"], &days[29]["returningUsers"]),
        (&8.into(), &3.into(), &0.into())
    );
    let channels: Vec<_> = stats["channels"]
        .as_array()
        .expect("channels")
        .iter()
        .map(|it| (it["channel"].as_str(), it["turns"].as_i64()))
        .collect();
    assert_eq!(channels, [(Some("kakao"), Some(8)), (Some("kakao-development"), Some(1))]);
    assert_eq!(shop.get("/stats?channel=kakao-development").await["total"]["users"], 1);
    assert_eq!(shop.get("/stats?from=2020-01-01&to=2020-01-31").await["total"]["turns"], 0);
    for bad in [
        "/stats?from=yesterday",
        "/stats?from=2026-02-02&to=2026-02-01",
        "/stats?from=1900-01-01&to=2026-01-01",
    ] {
        let path = shop.at(bad);
        assert_eq!(shop.owner.get(&path).await.problem(), "422 invalid", "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sentences_and_errors_lead_to_their_turns() {
    let mut shop = busy_day().await;
    let unanswered = shop.get("/stats/unanswered").await;
    let groups: Vec<_> = unanswered["items"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|it| (it["said"].as_str().expect("text"), it["times"].as_i64()))
        .collect();
    assert_eq!(groups, [("환불 언제 돼요", Some(2)), ("사람 바꿔 줘", Some(1))]);
    let errors = shop.get("/stats/errors").await;
    let error = errors["items"][0]["said"].as_str().expect("text").to_owned();
    assert!(!error.is_empty());
    let turns = shop
        .get("/turns?kind=unanswered&said=%ED%99%98%EB%B6%88%20%EC%96%B8%EC%A0%9C%20%EB%8F%BC%EC%9A%94")
        .await;
    assert_eq!(turns["items"].as_array().map(Vec::len), Some(2));
    let first = shop.get("/turns?kind=unanswered&limit=1").await;
    let cursor = first["next"].as_str().expect("a cursor");
    assert_eq!(
        shop.get(&format!("/turns?kind=unanswered&cursor={cursor}")).await["items"].as_array().map(Vec::len),
        Some(2)
    );
    let path = shop.at("/turns?kind=nonsense");
    assert_eq!(shop.owner.get(&path).await.problem(), "422 invalid");
    // From an error to its turn and its conversation.
    let fault = shop.get("/turns?kind=fault").await["items"][0].clone();
    let (turn, conversation) =
        (fault["turn"].as_str().expect("an id"), fault["conversation"].as_str().expect("an id"));
    let detail = shop.get(&format!("/turns/{turn}")).await;
    assert_eq!(detail["fault"].as_str(), Some(error.as_str()));
    assert!(detail["trace"]["visits"].as_array().is_some_and(|visits| !visits.is_empty()), "{detail}");
    assert!(
        detail["request"].as_str().is_some_and(|text| text.contains("고장"))
            && detail["answer"].as_str().is_some_and(|text| text.contains("오류가 났어요."))
    );
    assert_eq!(detail["messages"][0]["data"]["text"], "고장");
    let thread = shop.get(&format!("/conversations/{conversation}/messages?turn={turn}")).await;
    assert_eq!(thread["items"][0]["data"]["text"], "고장");
    let nodes = shop.get("/stats/nodes").await;
    assert!(nodes["items"].is_array());
    let path = shop.at("/turns/00000000000000000000000000");
    assert_eq!(shop.owner.get(&path).await.problem(), "404 no-such-turn");
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_read_and_searched() {
    let mut shop = busy_day().await;
    let list = shop.get("/conversations").await;
    let lines = list["items"].as_array().expect("lines");
    assert_eq!(lines.len(), 4, "{list}");
    let kim = lines
        .iter()
        .find(|line| line["said"] == "환불 언제 돼요" && line["turns"] == 3 && line["messages"] == 5)
        .expect("kim");
    let (id, key) = (kim["id"].as_str().expect("an id"), kim["userKey"].as_str().expect("a key"));
    let conversation = shop.get(&format!("/conversations/{id}")).await;
    assert!(conversation["state"].is_object() && conversation["userKey"] == key, "{conversation}");
    let thread = shop.get(&format!("/conversations/{id}/messages")).await;
    let texts: Vec<_> = thread["items"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|it| (it["isUser"].as_bool(), it["data"]["text"].as_str()))
        .collect();
    assert_eq!(texts[0], (Some(false), Some("잘 모르겠어요.")));
    assert_eq!(texts[1], (Some(true), Some("환불  언제 돼요")));
    let older = shop.get(&format!("/conversations/{id}/messages?before=2&limit=1")).await;
    assert_eq!((&older["items"][0]["seq"], &older["next"]), (&1.into(), &"1".into()));
    assert_eq!(
        shop.get(&format!("/conversations?key={}", &key[..20])).await["items"].as_array().map(Vec::len),
        Some(1)
    );
    // 사람 바꿔
    let found = shop.get("/conversations?text=%EC%82%AC%EB%9E%8C%20%EB%B0%94%EA%BF%94").await;
    assert_eq!(
        (found["items"].as_array().map(Vec::len), found["items"][0]["found"].is_i64()),
        (Some(1), true),
        "{found}"
    );
    assert_eq!(shop.get("/conversations?text=nowhere").await["items"].as_array().map(Vec::len), Some(0));
    assert!(shop.get("/conversations?channel=kakao&limit=2").await["next"].is_string());
    // Another workspace's bot and a stranger's conversation are as good as none.
    for nonsense in [
        "/conversations/nonsense",
        "/conversations/00000000000000000000000000",
        "/conversations/nonsense/messages",
    ] {
        let path = shop.at(nonsense);
        assert_eq!(shop.owner.get(&path).await.problem(), "404 no-such-conversation");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_downloaded() {
    let mut shop = busy_day().await;
    let path = shop.at("/stats/file?format=csv");
    let csv = shop.owner.get(&path).await;
    assert_eq!((csv.status.as_u16(), csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").contains("stats-days-"));
    let text = String::from_utf8(csv.bytes).expect("UTF-8");
    let lines: Vec<_> = text.lines().collect();
    assert!(text.starts_with("\u{feff}날짜,사용자,새 사용자") && lines.len() == 31, "{text}");
    let today: Vec<_> = lines[30].split(',').collect();
    assert_eq!(&today[1..5], ["3", "3", "0", "8"]);
    let path = shop.at("/stats/file?format=csv&table=unanswered");
    let text = String::from_utf8(shop.owner.clone().speaking("en").get(&path).await.bytes).expect("UTF-8");
    assert_eq!(text, "\u{feff}Unanswered,Times\r\n환불 언제 돼요,2\r\n사람 바꿔 줘,1\r\n");
    let path = shop.at("/stats/file?format=xlsx");
    let book = shop.owner.get(&path).await;
    assert!(
        book.status.is_success()
            && book.bytes.starts_with(b"PK")
            && book.header("content-disposition").ends_with(".xlsx\"")
    );
    for bad in ["/stats/file?format=pdf", "/stats/file?format=csv&table=secrets"] {
        let path = shop.at(bad);
        assert_eq!(shop.owner.get(&path).await.problem(), "422 invalid");
    }
    let path = shop.at("/stats/file");
    assert_eq!(shop.owner.get(&path).await.problem(), "400 malformed");
}
