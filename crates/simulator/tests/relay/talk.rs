//! A customer in the terminal, and many customers at once.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::json;
use simulator::{
    lang::Lang,
    relay::{Dialect, Load, talk},
};
use tokio::sync::mpsc;

use super::company::Company;

/// What was written so far, for others to look at.
#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<u8>>>);

impl Screen {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("no panic")).into_owned()
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn one_can_be_the_customer_in_a_terminal() {
    let company = Company::start(Dialect::Native).await;
    let (typing, mut lines) = mpsc::channel(16);
    let relay = company.relay.clone();
    let screen = Screen::default();
    let mut output = screen.clone();
    let talking = tokio::spawn(async move {
        talk::talk(&relay, "kim", Lang::Ko, &mut lines, &mut output).await.expect("writes");
    });
    let types = async |line: &str| typing.send(line.to_owned()).await.expect("is read");
    let heard = async |count: usize| {
        let mut hooks = Vec::new();
        while hooks.len() < count {
            tokio::time::sleep(Duration::from_millis(2)).await;
            hooks.extend(company.hooks());
        }
        hooks
    };
    types("배송이 언제 오나요?").await;
    heard(2).await;
    let bubble = json!({"message_type": "LI", "message": "주문을 골라 주세요",
        "links": [{"name": "주문 1", "type": "BK", "extra": "m1_0"}, {"name": "홈", "type": "WL", "url_mobile": "https://m.example.com"}],
        "supplement": {"quick_reply": [{"name": "처음으로", "type": "BK", "chat_extra": "q1_0"}]}});
    assert_eq!(company.writes("kim", "s1", bubble).await["code"], 0);
    company.writes("kim", "s2", json!({"message": "네", "typing": true})).await;
    // The bubble comes by itself; what is pressed by number is what stands there.
    while !screen.text().contains("처음으로") {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    types("2").await;
    types("1").await;
    assert_eq!(heard(1).await[0].1["extra"], "m1_0");
    types("/photo 2").await;
    assert_eq!(heard(1).await[0].1["contents"].as_array().map(Vec::len), Some(2));
    company.answers(&[(404, "없는 주소"), (404, "없는 주소"), (404, "없는 주소")]);
    types("/read").await;
    heard(3).await;
    types("/end").await;
    types("/leave").await;
    types("/quit").await;
    talking.await.expect("no panic");
    let screen = screen.text();
    for wanted in [
        "✓ /message 200",
        "│ 주문을 골라 주세요",
        "[1] 주문 1 ",
        "[2] 홈 ↗",
        "(3) 처음으로",
        "→ https://m.example.com",
        "✗ write: unknown-field (-509) typing true",
        "✗ /seen_info ×3 404",
        "없는 주소",
        "✓ /expired_session 200",
        "— 상담이 종료되었습니다. —",
        "열린 상담이 없어요.",
    ] {
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
    }
}

#[tokio::test]
async fn many_customers_are_answered_and_timed() {
    for dialect in [Dialect::Native, Dialect::Bizgo] {
        let company = Company::with(dialect, |options| options.keep = 4).await;
        let load = Load {
            users: 20,
            first_user: 0,
            messages: 200,
            rate: 400.0,
            at_once: 16,
            says: vec!["안녕하세요".to_owned(), "배송 조회".to_owned()],
        };
        let loading = {
            let (relay, load) = (company.relay.clone(), load.clone());
            tokio::spawn(async move { relay.load(&load).await })
        };
        // The company answers each customer once, after a while.
        let user = format!("load{:012}", 3);
        while company.relay.session(&user).is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
        match dialect {
            Dialect::Native => drop(company.writes(&user, "s1", json!({"message": "네"})).await),
            _ => drop(
                company
                    .post("/api/comm/v1/cstalk/plain", &user, json!({"msgType": "TEXT", "message": "네"}))
                    .await,
            ),
        }
        let loaded = loading.await.expect("no panic");
        assert_eq!((loaded.taken, loaded.lost, loaded.answered), (200, 0, 1), "{loaded:?}");
        assert!(loaded.seconds >= 199.0 / 400.0, "{loaded:?}");
        assert!(loaded.hook_p50 <= loaded.hook_p99 && loaded.hook_p99 <= loaded.hook_max, "{loaded:?}");
        assert!(loaded.answer_max >= 50.0, "{loaded:?}");
        assert!(company.relay.room(&user).len() <= 4);
    }
}
