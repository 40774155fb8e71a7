//! From a question of the engine, through the workspace's connections, to the service.

use std::time::Duration;

use engine::ask::{Ask, Fetch, FetchBody, Llm, LlmMessage, LlmRole, Reply};
use serde_json::{Value, json};
use server::{
    effects::{World, provider::door},
    vault::Kind,
};
use simulator::provider::{
    nlp::Nlp,
    openai::{OpenAi, Says},
    smtp::Smtp,
};
use tokio::time::Instant;

use crate::{
    bed::{account, done, failed, google},
    push::Scene,
};

async fn ask(scene: &Scene, ask: &Ask) -> Reply {
    let until = Instant::now() + Duration::from_secs(5);
    let world = World {
        hub: &scene.hub,
        workspace: scene.workspace,
        bot: scene.bot,
        session: "conversation".to_owned(),
        seed: 7,
        until: until.into_std(),
    };
    door::answer(&world, ask).await
}

async fn connect(scene: &Scene, kind: Kind, name: &str, settings: &Value) {
    scene.hub.vault.put_connection(scene.workspace, kind, name, settings).await.expect("is put");
}

fn nlp(provider: &str) -> Ask {
    let data = json!({"intents": ["refund", "hours"]});
    Ask::Nlp { provider: provider.to_owned(), agent: String::new(), data, text: "환불".to_owned() }
}

#[tokio::test]
async fn each_question_finds_its_connection() {
    let scene = Scene::new("").await;
    let (smtp, google) = (Smtp::start(None).await.expect("listens"), google().await);
    let openai = OpenAi::start(None).await.expect("listens");
    google.has_spreadsheet("book", &["주문"], true);
    let mail = Ask::Mail {
        to: "kim@example.kr".to_owned(),
        reply_to: String::new(),
        subject: "안녕".to_owned(),
        body: "안녕".to_owned(),
    };
    let sheet = Ask::Sheet {
        token: "an account of another server".to_owned(),
        spreadsheet_id: "book".to_owned(),
        sheet_name: "주문".to_owned(),
        columns: vec!["이름".to_owned()],
        values: vec!["김".to_owned()],
    };
    let llm = Ask::Llm(Llm {
        provider: "local".to_owned(),
        model: String::new(),
        messages: vec![LlmMessage { role: LlmRole::User, content: "안녕".to_owned() }],
        temperature: None,
        max_tokens: None,
        max_chars: 100,
    });
    for missing in [&mail, &sheet, &llm, &nlp("")] {
        let (name, message, _) = failed(ask(&scene, missing).await);
        assert_eq!(name, "NotConnected", "{message}");
    }
    connect(
        &scene,
        Kind::Smtp,
        "default",
        &json!({"host": "127.0.0.1", "port": smtp.port(), "security": "none", "from": "a@b.kr"}),
    )
    .await;
    connect(&scene, Kind::Google, "default", &account(&google)).await;
    connect(&scene, Kind::Openai, "local", &json!({"baseUrl": format!("{}/v1", openai.url()), "model": "m"}))
        .await;
    done(ask(&scene, &mail).await);
    done(ask(&scene, &sheet).await);
    done(ask(&scene, &llm).await);
    assert_eq!(smtp.letters().len(), 1);
    assert_eq!(google.rows("book", "주문").expect("is there").len(), 2);
    // The only language model also understands texts, until there is a service for that.
    openai.says([Says::Text("refund".to_owned())]);
    assert_eq!(done(ask(&scene, &nlp("")).await)["intent"], "refund");
    let own = Nlp::start(None).await.expect("listens");
    own.knows("환불", json!({"i": "from-own"}));
    connect(&scene, Kind::NlpHttp, "own", &json!({"url": own.url(), "mapping": {"intent": "i"}})).await;
    for provider in ["", "own", "nlp_http"] {
        let results = done(ask(&scene, &nlp(provider)).await);
        assert_eq!(results["intent"], "from-own", "{provider}");
    }
    for provider in ["local", "openai"] {
        openai.says([Says::Text("hours".to_owned())]);
        assert_eq!(done(ask(&scene, &nlp(provider)).await)["intent"], "hours", "{provider}");
    }
    let (name, message, _) = failed(ask(&scene, &nlp("없는 이름")).await);
    assert_eq!(name, "NotConnected");
    assert!(message.contains("없는 이름"), "{message}");
    let chitchat = Ask::Chitchat {
        provider: String::new(),
        data: Value::Null,
        text: "안녕".to_owned(),
        history: Vec::new(),
    };
    done(ask(&scene, &chitchat).await);
}

#[tokio::test]
async fn questions_of_others_are_left_to_them() {
    let scene = Scene::new("").await;
    let fetch = Ask::Fetch(Fetch {
        method: "GET".to_owned(),
        uri: "https://example.kr".to_owned(),
        headers: Vec::new(),
        content_type: "json".to_owned(),
        body: FetchBody::Empty,
    });
    assert_eq!(failed(ask(&scene, &fetch).await).0, "NoService");
}
