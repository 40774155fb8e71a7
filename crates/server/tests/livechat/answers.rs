//! Questions and answers that are suggested to agents, and what a business shows beside a conversation.

use serde_json::{Value, json};

use crate::{bed::Bed, browser::Browser};

/// Sends bytes.
async fn brings(browser: &Browser, path: &str, bytes: Vec<u8>) -> (u16, Value) {
    let request = browser
        .request("POST", path)
        .header("x-closer", "1")
        .header("content-type", "application/octet-stream")
        .body(bytes);
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_that_fits_is_suggested() {
    let mut bed = Bed::start().await;
    let path = bed.at("answers");
    let mut reader = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let body = json!({"question": "환불은 언제 되나요\n돈은 언제 돌려받나요", "answer": "3일 안에 돌려드려요.", "category": "환불"});
    assert_eq!(reader.call("POST", &path, &body).await.problem(), "403 role-too-low");
    let made = bed.owner.call("POST", &path, &body).await.expect(201);
    assert_eq!(
        bed.owner.call("POST", &path, &json!({"question": " ", "answer": ""})).await.problem(),
        "422 invalid"
    );
    for (question, answer) in
        [("배송은 언제 오나요", "내일 도착해요."), ("교환하고 싶어요", "교환을 도와드릴게요.")]
    {
        bed.owner.call("POST", &path, &json!({"question": question, "answer": answer})).await.expect(201);
    }
    let best = async |reader: &mut Browser, rest: String| {
        let found = reader.get(&rest).await.expect(200);
        found["items"][0]["answer"].as_str().map(str::to_owned)
    };
    let suggestions = bed.at("suggestions");
    let asked = |text: &str| {
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{suggestions}?q={text}")
    };
    assert_eq!(best(&mut reader, asked("환불 언제되나요??")).await.as_deref(), Some("3일 안에 돌려드려요."));
    assert_eq!(best(&mut reader, asked("돈 언제 돌려받아요")).await.as_deref(), Some("3일 안에 돌려드려요."));
    assert_eq!(best(&mut reader, asked("배송이 언제쯤 올까요")).await.as_deref(), Some("내일 도착해요."));
    assert_eq!(best(&mut reader, asked("안녕하세요")).await, None);
    // Of a conversation, the customer's last message is what is asked.
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page.says("교환하고 싶은데요").await;
    let list = bed.until("chats", |list| list["items"][0]["lastText"] == "교환하고 싶은데요").await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let found = reader.get(&bed.at(&format!("suggestions?chat={chat}"))).await.expect(200);
    assert_eq!(
        (&found["asked"], &found["items"][0]["answer"]),
        (&json!("교환하고 싶은데요"), &json!("교환을 도와드릴게요."))
    );
    // What is changed is found by its new words, what is removed by none.
    let one = format!("{path}/{}", made["id"].as_str().expect("an id"));
    reader.call("POST", &format!("{one}/use"), &Value::Null).await.expect(204);
    let changed = json!({"question": "포인트는 어디에 쓰나요", "answer": "결제할 때 쓸 수 있어요."});
    assert_eq!(bed.owner.call("PUT", &one, &changed).await.expect(200)["uses"], 1);
    assert_eq!(
        best(&mut reader, asked("포인트 어디 쓰나요")).await.as_deref(),
        Some("결제할 때 쓸 수 있어요.")
    );
    assert_ne!(best(&mut reader, asked("돈 언제 돌려받아요")).await.as_deref(), Some("3일 안에 돌려드려요."));
    bed.owner.call("DELETE", &one, &Value::Null).await.expect(204);
    assert_eq!(best(&mut reader, asked("포인트")).await, None);
    assert_eq!(bed.owner.call("PUT", &one, &changed).await.problem(), "404 no-such-answer");
    // Where the business has a server of its own, it is asked, too, and what it fails is said.
    bed.settings(json!({"suggest": {"url": "http://127.0.0.1:9/answers"}})).await;
    let found = reader.get(&asked("배송 언제 와요")).await.expect(200);
    assert!(found["outside"].is_string() && found["items"][0]["answer"] == "내일 도착해요.", "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_and_go_as_files() {
    let mut bed = Bed::start().await;
    let import = bed.at("answers/import");
    let csv = "\u{feff}분류,질문,답변\r\n배송,\"배송비, 얼마예요?\",무료예요\r\n,환불 돼요?,네\r\n,빈 답변,\r\n\r\n,배송비 얼마예요,3천 원이에요\r\n";
    let (status, said) = brings(&bed.owner, &import, csv.as_bytes().to_vec()).await;
    assert_eq!((status, &said["added"], &said["changed"]), (200, &json!(2), &json!(1)), "{said}");
    assert_eq!(
        (said["skipped"].as_array().map(Vec::len), &said["skipped"][0]["row"]),
        (Some(1), &json!(4)),
        "{said}"
    );
    let list = bed.owner.get(&bed.at("answers?search=%EB%B0%B0%EC%86%A1%EB%B9%84")).await.expect(200);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["items"][0]["answer"], "3천 원이에요", "the last row of a question counts");
    // What goes out as XLSX comes in again and changes nothing.
    let book = bed.owner.request("GET", &bed.at("answers/file?format=xlsx")).send().await.expect("an answer");
    let book = book.bytes().await.expect("a book").to_vec();
    let (status, again) = brings(&bed.owner, &import, book).await;
    assert_eq!(
        (status, &again["added"], &again["changed"], &again["skipped"]),
        (200, &json!(0), &json!(0), &json!([])),
        "{again}"
    );
    let (status, broken) = brings(&bed.owner, &import, b"PK broken".to_vec()).await;
    assert_eq!((status, &broken["type"]), (422, &json!("/problems/not-a-table")));
    assert_eq!(bed.owner.get(&bed.at("answers/file?format=pdf")).await.problem(), "422 invalid");
    let mut reader = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    assert_eq!(reader.call("POST", &import, &json!({})).await.problem(), "403 role-too-low");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panel_says_who_asks_and_lets_nobody_put_script_into_it() {
    let mut bed = Bed::start().await;
    let panels = json!({"panels": [
        {"title": "회원", "url": "https://shop.example/crm?user={{userKey}}&name={{user.name}}#top"},
        {"title": "메모", "html": "<b>{{user.name}}</b> {{params.grade}}"},
        {"title": "고장", "html": "{{#if"}]});
    bed.settings(panels).await;
    let script = json!({"panels": [{"title": "x", "url": "javascript:alert(1)"}]});
    let settings = bed.at("chat-settings");
    assert_eq!(bed.owner.call("PUT", &settings, &script).await.problem(), "422 invalid");
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let list = bed.until("chats", |list| list["items"][0]["id"].is_string()).await;
    let chat = bed.at(&format!("chats/{}", list["items"][0]["id"].as_str().expect("an id")));
    let name = "<script>alert(1)</script>&x=1";
    bed.owner.call("PATCH", &chat, &json!({"name": name})).await.expect(200);
    let shown = bed.owner.get(&format!("{chat}/panels")).await.expect(200);
    let [member, memo, broken] = &shown["items"].as_array().expect("panels")[..] else { panic!("{shown}") };
    let url = member["url"].as_str().expect("an address");
    assert!(url.contains("name=%3Cscript%3E") && url.ends_with("#top") && !url.contains('<'), "{url}");
    assert_eq!(member["sandbox"], "allow-scripts allow-popups allow-modals allow-forms");
    let query: Vec<&str> = url.split(['?', '#']).nth(1).expect("a query").split('&').collect();
    let part = |name: &str| query.iter().find_map(|part| part.strip_prefix(name)).expect("is there");
    let (context, signature) = (part("context="), part("signature="));
    let secret = bed.at(&format!("bots/{}/web/secret", bed.bot));
    let secret = bed.owner.get(&secret).await.expect(200)["secret"].as_str().expect("a secret").to_owned();
    let secret: Vec<u8> = (0..secret.len() / 2)
        .map(|at| u8::from_str_radix(&secret[at * 2..at * 2 + 2], 16).expect("hexadecimal"))
        .collect();
    assert_eq!(server::webchat::sign_key(&secret, context), signature);
    assert!(memo["html"].as_str().expect("a text").starts_with("<b>&lt;script&gt;"), "{memo}");
    assert_eq!((&memo["url"], &memo["sandbox"]), (&Value::Null, &json!("allow-popups")));
    assert!(broken["error"].is_string() && broken["html"].is_null(), "{broken}");
}
