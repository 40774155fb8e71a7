//! `email` against a mail server.

use std::time::Duration;

use serde_json::{Value, json};
use server::effects::mail::{Mail, send};
use simulator::provider::smtp::{Smtp, Turn};
use tokio::time::Instant;

use crate::bed::{Bed, done, failed};

fn settings(smtp: &Smtp) -> Value {
    json!({"host": "127.0.0.1", "port": smtp.port(), "security": "none", "from": "맑은가게 <shop@example.kr>"})
}

fn signed_in(smtp: &Smtp, password: &str) -> Value {
    let mut settings = settings(smtp);
    settings["user"] = "shop".into();
    settings["password"] = password.into();
    settings
}

const MAIL: Mail<'static> = Mail {
    to: "kim@example.kr",
    reply_to: "",
    subject: "주문이 접수됐어요 🎉",
    body: "<p>안녕하세요, <b>김</b> 님.</p><p><a href=\"https://example.kr/1\">주문 보기</a></p>",
};

#[tokio::test]
async fn a_mail_arrives_as_html_and_as_text() {
    let (bed, smtp) = (Bed::new(), Smtp::start(None).await.expect("listens"));
    let mail = Mail {
        to: "김 사장 <kim@example.kr>, lee@example.kr",
        reply_to: "고객센터 <help@example.kr>",
        ..MAIL
    };
    let results = done(send(&bed.call(), &settings(&smtp), &mail).await);
    let letters = smtp.letters();
    let [letter] = letters.as_slice() else { panic!("{} letters", letters.len()) };
    assert_eq!(letter.from, "shop@example.kr");
    assert_eq!(letter.to, ["kim@example.kr", "lee@example.kr"]);
    let header = |name: &str| letter.header(name).unwrap_or_default();
    assert_eq!(header("subject"), MAIL.subject);
    assert_eq!(header("from").replace('"', ""), "맑은가게 <shop@example.kr>");
    assert_eq!(header("to").replace('"', ""), "김 사장 <kim@example.kr>, lee@example.kr");
    assert_eq!(header("reply-to").replace('"', ""), "고객센터 <help@example.kr>");
    assert_eq!(results["messageId"], header("message-id"));
    assert!(header("message-id").ends_with("@example.kr>"), "{}", header("message-id"));
    assert!(header("date").ends_with("+0000"), "{}", header("date"));
    // Nothing in a mail's head is anything but ASCII on the wire.
    assert!(letter.data.split("\r\n\r\n").next().expect("a head").is_ascii());
    let parts = letter.parts();
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|part| (part.kind.as_str(), part.text.as_str())).collect();
    assert_eq!(
        parts,
        [("text/plain", "안녕하세요, 김 님.\n\n주문 보기 (https://example.kr/1)"), ("text/html", MAIL.body)]
    );
}

#[tokio::test]
async fn it_signs_in_and_a_wrong_password_is_not_repeated() {
    let (bed, smtp) = (Bed::new(), Smtp::start(Some(("shop", "correct-horse"))).await.expect("listens"));
    done(send(&bed.call(), &signed_in(&smtp, "correct-horse"), &MAIL).await);
    assert_eq!(smtp.letters()[0].user.as_deref(), Some("shop"));
    let (name, message, _) = failed(send(&bed.call(), &signed_in(&smtp, "wrong-battery"), &MAIL).await);
    assert_eq!(name, "SignInFailed");
    assert!(!message.contains("wrong-battery"), "{message}");
    let (name, ..) = failed(send(&bed.call(), &settings(&smtp), &MAIL).await);
    assert_eq!(name, "SignInFailed");
    assert_eq!(smtp.letters().len(), 1);
}

#[tokio::test]
async fn what_the_server_says_is_told_apart() {
    let (bed, smtp) = (Bed::new(), Smtp::start(None).await.expect("listens"));
    smtp.has_no("nobody@example.kr");
    let (name, message, _) =
        failed(send(&bed.call(), &settings(&smtp), &Mail { to: "nobody@example.kr", ..MAIL }).await);
    assert_eq!(name, "MailRefused");
    assert!(message.contains("does not exist"), "{message}");
    for (turn, expected) in [
        (Turn::Reply("RCPT", "451 4.7.1 Greylisted, please try again in 5 minutes"), "MailDeferred"),
        (Turn::Reply("MAIL", "452 4.2.2 Mailbox full"), "MailDeferred"),
        (Turn::Reply(".", "554 5.7.1 Spam message rejected"), "MailRefused"),
        (Turn::Reply("DATA", "not SMTP at all"), "ConnectionReset"),
        (Turn::HangUp("DATA"), "ConnectionReset"),
    ] {
        smtp.answers([turn.clone()]);
        let (name, message, _) = failed(send(&bed.call(), &settings(&smtp), &MAIL).await);
        assert_eq!(name, expected, "{turn:?}: {message}");
    }
    // Each was tried once: a mail that is sent twice is worse than one that is not.
    assert_eq!((smtp.connections(), smtp.letters().len()), (6, 0));
}

#[tokio::test]
async fn the_turn_does_not_wait_longer_than_it_has() {
    let (bed, smtp) = (Bed::new(), Smtp::start(None).await.expect("listens"));
    for turn in [Turn::Hang, Turn::Slow(Duration::from_millis(200))] {
        smtp.answers([turn]);
        let begun = Instant::now();
        let (name, message, _) =
            failed(send(&bed.within(Duration::from_millis(500)), &settings(&smtp), &MAIL).await);
        assert_eq!(name, "TimeoutError", "{message}");
        assert!(begun.elapsed() < Duration::from_secs(1));
    }
    // The same slowness is fine where there is time.
    smtp.answers([Turn::Slow(Duration::from_millis(50))]);
    done(send(&bed.call(), &settings(&smtp), &MAIL).await);
}

#[tokio::test]
async fn no_second_header_gets_in() {
    let (bed, smtp) = (Bed::new(), Smtp::start(None).await.expect("listens"));
    let settings = settings(&smtp);
    for (mail, expected) in [
        (Mail { subject: "안녕\r\nBcc: spy@example.kr", ..MAIL }, "LineBreak"),
        (Mail { subject: "안녕\nBcc: spy@example.kr", ..MAIL }, "LineBreak"),
        (Mail { to: "kim@example.kr\r\nBcc: spy@example.kr", ..MAIL }, "LineBreak"),
        (Mail { reply_to: "kim@example.kr\nBcc: spy@example.kr", ..MAIL }, "LineBreak"),
        (Mail { to: "kim@example.kr> RCPT TO:<spy@example.kr", ..MAIL }, "BadAddress"),
        (Mail { to: "아무개", ..MAIL }, "BadAddress"),
        (Mail { to: " , ", ..MAIL }, "BadRecipients"),
    ] {
        let (name, message, _) = failed(send(&bed.call(), &settings, &mail).await);
        assert_eq!(name, expected, "{mail:?}: {message}");
    }
    assert_eq!(smtp.connections(), 0);
    // White space around a text is a template's, and a body may hold what it likes.
    let body = "<p>첫 줄</p>\r\n.\r\nBcc: spy@example.kr";
    done(send(&bed.call(), &settings, &Mail { subject: "\n안녕 \n", body, ..MAIL }).await);
    let letter = smtp.letters().remove(0);
    assert_eq!(
        (letter.header("subject").as_deref(), letter.count("bcc"), letter.to.len()),
        (Some("안녕"), 0, 1)
    );
    assert_eq!(letter.parts()[1].text, body.replace("\r\n", "\n"));
}

#[tokio::test]
async fn a_workspace_sends_so_many_a_minute() {
    let (bed, smtp) = (Bed::new(), Smtp::start(None).await.expect("listens"));
    let mut settings = settings(&smtp);
    settings["perMinute"] = 2.into();
    for _ in 0..2 {
        done(send(&bed.call(), &settings, &MAIL).await);
    }
    let (name, message, _) = failed(send(&bed.call(), &settings, &MAIL).await);
    assert_eq!(name, "TooManyMails");
    assert!(message.contains("1분에 메일을 2통까지"), "{message}");
    assert_eq!(smtp.letters().len(), 2);
    // Another workspace has its own bound.
    let mut other = bed;
    other.workspace = store::WorkspaceId::new(1, 2);
    done(send(&other.call(), &settings, &MAIL).await);
}

#[tokio::test]
async fn a_server_without_starttls_gets_no_password() {
    let (bed, smtp) = (Bed::new(), Smtp::start(Some(("shop", "correct-horse"))).await.expect("listens"));
    let mut settings = signed_in(&smtp, "correct-horse");
    settings["security"] = "starttls".into();
    let (name, ..) = failed(send(&bed.call(), &settings, &MAIL).await);
    assert_eq!(name, "TlsError");
    assert!(smtp.commands().iter().all(|line| !line.starts_with("AUTH")), "{:?}", smtp.commands());
    // Nor does one that answers TLS with a greeting.
    settings["security"] = "tls".into();
    let (name, message, _) = failed(send(&bed.call(), &settings, &MAIL).await);
    assert_eq!(name, "TlsError", "{message}");
    assert!(smtp.commands().iter().all(|line| !line.contains("AUTH")), "{:?}", smtp.commands());
}

#[tokio::test]
async fn a_mail_server_in_the_operators_network_is_not_dialled() {
    let smtp = Smtp::start(None).await.expect("listens");
    let (name, message, _) = failed(send(&Bed::public_only().call(), &settings(&smtp), &MAIL).await);
    assert_eq!(name, "PrivateAddress");
    assert!(message.contains("--allow-outbound"), "{message}");
    assert_eq!(smtp.connections(), 0);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_as_such() {
    // Nobody listens on the port for "discard".
    let settings = json!({"host": "127.0.0.1", "port": 9, "security": "tls", "from": "shop@example.kr"});
    let (name, message, _) = failed(send(&Bed::new().call(), &settings, &MAIL).await);
    assert_eq!(name, "ConnectionRefused", "{message}");
}

#[tokio::test]
async fn settings_that_lack_something_are_named() {
    let (name, message, _) = failed(send(&Bed::new().call(), &json!({"host": "m.kr"}), &MAIL).await);
    assert_eq!(name, "BadConnection");
    assert!(message.contains("port"), "{message}");
}
