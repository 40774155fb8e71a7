//! ConsultationTalk against the simulated relays, which stand on the dealers' documents and know nothing of ours: what
//! we send is taken without a broken rule, and what they send is understood.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use channels::consulttalk::{
    Bubble, Call, CallBody, Class, Ended, Hook, Line, Mark, MediaKind, Part, Relay, Sent, Upload, What, Whom,
    Words, activate, block, consent, deactivate, end, end_with_bot, facts, mark, quick_replies, read,
    read_done, read_ended, read_sent, read_session, read_uploaded, send, session, set_receive, shape,
    unblock, upload,
};
use engine::message::{Action, Button, Card, Location, Media, Message};
use simulator::{
    provider::listen::{self, Heard, Said},
    relay::{self, Dialect, Options, PHOTO_JPEG},
};

const KIM: Whom<'_> = Whom { user_key: "kim", session_id: None };

/// A relay, the line to it, and the hooks that it sent.
struct Scene {
    runtime: tokio::runtime::Runtime,
    relay: relay::Relay,
    line: Line,
    hooks: Arc<Mutex<Vec<Heard>>>,
}

impl Scene {
    fn start(dialect: Dialect) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runs");
        let hooks: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let hearing = Arc::clone(&hooks);
        let ours = Relay::read(dialect.name()).expect("both know its name");
        let relay = runtime.block_on(async {
            let relay = relay::Relay::start(dialect, Options::of(dialect)).await.expect("listens");
            let acknowledgement = facts(ours).acknowledgement;
            let url = listen::listen(move |hook| {
                hearing.lock().expect("no panic").push(hook);
                Said::text(200, "application/json", acknowledgement)
            });
            assert!(relay.set_receive(&url.await.expect("listens")));
            relay
        });
        let line = Line {
            relay: ours,
            base_url: relay.base_url().to_owned(),
            sender_key: relay.sender_key().to_owned(),
            credentials: relay.credentials().clone(),
            paths: std::collections::BTreeMap::default(),
            headers: Vec::new(),
        };
        Self { runtime, relay, line, hooks }
    }

    fn sends(&self, serial: &str, bubble: &Bubble) -> Sent {
        let (status, body) = calls(&send(&self.line, KIM, serial, bubble), b"");
        read_sent(self.line.relay, status, &body)
    }

    /// Uploads what a bubble needs.
    fn uploads(&self, bubble: &mut Bubble) {
        for (purpose, medium) in bubble.uploads() {
            let (name, mime) = match purpose {
                Upload::InBubble | Upload::Plain(MediaKind::Photo) => ("사진 1.jpg", "image/jpeg"),
                Upload::Plain(MediaKind::Video) => ("film.mp4", "video/mp4"),
                Upload::Plain(MediaKind::Audio) => ("sound.mp3", "audio/mpeg"),
                Upload::Plain(MediaKind::File) => ("paper.pdf", "application/pdf"),
            };
            let (status, body) = calls(&upload(&self.line, purpose, name, mime), PHOTO_JPEG);
            let uploaded = read_uploaded(self.line.relay, status, &body).expect("is taken");
            medium.uploaded = Some(uploaded.url);
            medium.name = Some(name.to_owned());
            medium.size = Some(PHOTO_JPEG.len() as u64);
        }
    }

    /// The hooks since, as they are understood.
    fn heard(&self) -> Vec<Hook> {
        assert!(self.runtime.block_on(self.relay.settle()));
        let hooks = std::mem::take(&mut *self.hooks.lock().expect("no panic"));
        hooks
            .iter()
            .map(|hook| {
                let header = |name: &str| hook.header(&name.to_lowercase()).map(str::to_owned);
                read(self.line.relay, hook.path.trim_start_matches('/'), &header, &hook.body)
            })
            .collect()
    }
}

/// Makes a call; status and body.
fn calls(call: &Call, bytes: &[u8]) -> (u16, Vec<u8>) {
    let (host, path) =
        call.url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("an address");
    let mut head = format!("{} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n", call.method);
    for (name, value) in &call.headers {
        head += &format!("{name}: {value}\r\n");
    }
    let body = match &call.body {
        CallBody::None => Vec::new(),
        CallBody::Json(text) => {
            head += "content-type: application/json\r\n";
            text.clone().into_bytes()
        }
        CallBody::Form { fields, file_field, file_name, mime } => {
            head += "content-type: multipart/form-data; boundary=edge\r\n";
            let mut text: String = fields
                .iter()
                .map(|(name, value)| {
                    format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                })
                .collect();
            text += &format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{file_field}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: {mime}\r\n\r\n"
            );
            [text.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat()
        }
    };
    head += &format!("content-length: {}\r\n\r\n", body.len());
    let mut stream = TcpStream::connect(host).expect("connects");
    stream.write_all(&[head.as_bytes(), &body].concat()).expect("is heard");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answers");
    let body = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    let status = std::str::from_utf8(&answer[9..12]).expect("a status").parse().expect("a number");
    (status, answer.split_off(body))
}

fn button(label: &str) -> Button {
    Button { label: label.to_owned(), action: Action::Postback { payload: Some(r#"{"a":1}"#.to_owned()) } }
}

fn link(label: &str, uri: &str) -> Button {
    Button { label: label.to_owned(), action: Action::Link { uri: uri.to_owned() } }
}

fn media(kind: &str) -> Media {
    Media { content_type: kind.to_owned(), uri: "https://example.com/i.jpg".to_owned(), alt_text: None }
}

/// Messages of every kind, also larger than any bubble.
fn messages() -> Vec<Message> {
    let card = |number: usize, buttons: Vec<Button>| Card {
        title: format!("카드 {number}"),
        description: Some("설명이에요".to_owned()),
        media: (number != 3).then(|| media("image")),
        uri: (number == 0).then(|| "https://example.com/card".to_owned()),
        buttons,
    };
    let choices: Vec<Button> = (0..9).map(|number| button(&format!("버튼 {number}"))).collect();
    let links = [link("홈", "https://example.com/a?b=1"), link("전화", "tel:02-123-4567")];
    let plain = |kind: &str| Message::Media { media: media(kind), buttons: Vec::new() };
    vec![
        Message::Text { text: "가나".repeat(900), buttons: Vec::new() },
        Message::Text {
            text: "골라 주세요".to_owned(), buttons: choices.into_iter().chain(links).collect()
        },
        plain("image"),
        Message::Media { media: media("image"), buttons: vec![button("이거요")] },
        plain("video"),
        plain("audio"),
        plain("file"),
        plain("link"),
        Message::Cards {
            cards: (0..4)
                .map(|number| card(number, vec![button("카드의 단추"), link("홈", "https://example.com")]))
                .collect(),
        },
        Message::Cards {
            cards: (0..3).map(|number| card(number, ["ㄱ", "ㄴ", "ㄷ"].map(button).to_vec())).collect(),
        },
        Message::Cards { cards: vec![card(1, Vec::new())] },
        Message::Location {
            location: Location { title: Some("회사".to_owned()), latitude: 37.5, longitude: 127.0 },
        },
    ]
}

#[test]
fn every_relay_takes_every_message_without_a_broken_rule() {
    for dialect in Dialect::ALL {
        let scene = Scene::start(dialect);
        let facts = facts(scene.line.relay);
        let closed = scene.sends("closed", &Bubble::text("거기 있어요?"));
        if facts.result_comes_later {
            let hooks = scene.heard();
            assert!(
                matches!(&hooks[0].what, What::Result { reference: Some(reference), outcome: Sent::Failed(failure), .. }
                    if reference == "closed" && failure.class == Class::Closed),
                "{dialect:?}: {hooks:?}"
            );
        } else {
            assert!(
                matches!(&closed, Sent::Failed(failure) if failure.class == Class::Closed),
                "{dialect:?}: {closed:?}"
            );
        }
        scene.runtime.block_on(scene.relay.write("kim", "안녕하세요"));
        let words =
            Words { additional_choice: "더 고르기", unsupported_media: "볼 수 없는 것이에요" };
        let mut sent = 0;
        for (seq, message) in messages().iter().enumerate() {
            let mut bubbles = shape(&facts, seq as i64, message, words);
            quick_replies(&facts, seq as i64, &[button("처음으로"), button("상담원")], &mut bubbles, words);
            for mut bubble in bubbles {
                scene.uploads(&mut bubble);
                sent += 1;
                let became = scene.sends(&format!("s{sent}"), &bubble);
                let good = matches!(became, Sent::Done { .. } | Sent::Pending { .. });
                assert!(good, "{dialect:?} {message:?}: {became:?}");
            }
        }
        if let Some(consent) = consent(&facts) {
            sent += 1;
            assert!(!matches!(scene.sends("consent", &consent), Sent::Failed(_)), "{dialect:?}");
        }
        let again = scene.sends("s1", &Bubble::text("또 왔어요"));
        assert_eq!(again == Sent::AlreadySent, facts.dedupes_by_serial, "{dialect:?}");
        sent += usize::from(!facts.dedupes_by_serial);
        assert_eq!(scene.runtime.block_on(scene.relay.said("kim", sent)).len(), sent);
        assert!(scene.heard().iter().all(|hook| match &hook.what {
            What::Result { outcome, .. } => matches!(outcome, Sent::Done { .. }),
            _ => true,
        }));
        // A button of an earlier message still says which one it is.
        scene.runtime.block_on(scene.relay.press("kim", "버튼 3"));
        let hooks = scene.heard();
        let What::Message(heard) = &hooks[0].what else { panic!("{dialect:?}: {hooks:?}") };
        let pressed = heard.extra.as_deref().and_then(mark);
        assert!(matches!(pressed, Some(Mark::Button { seq: 1, n: 3 })), "{dialect:?}: {heard:?}");
        assert_eq!(scene.relay.violations(), [], "{dialect:?}");
    }
}

#[test]
fn every_relay_does_what_it_is_asked_for() {
    for dialect in Dialect::ALL {
        let scene = Scene::start(dialect);
        let (relay, ours) = (&scene.relay, scene.line.relay);
        let facts = facts(ours);
        let done = |call: &Call| {
            let (status, body) = calls(call, b"");
            read_done(ours, status, &body)
                .unwrap_or_else(|failure| panic!("{dialect:?} {call:?}: {failure:?}"));
        };
        let ended = |call: &Call| {
            let (status, body) = calls(call, b"");
            read_ended(ours, status, &body)
        };
        if let Some(call) = set_receive(&scene.line, &relay.receive().expect("was set")) {
            done(&call);
        }
        scene.runtime.block_on(relay.consult("kim", "order_1"));
        let id = relay.session("kim").expect("is open").id;
        if let Some(call) = session(&scene.line, KIM) {
            let (status, body) = calls(&call, b"");
            let state = read_session(ours, status, &body).expect("is known");
            assert_eq!(
                (state.session_id.as_deref(), state.started_type.as_deref()),
                (Some(id.as_str()), Some("BM"))
            );
        }
        let closed = ended(&end(&scene.line, KIM));
        let known = match dialect {
            Dialect::Bizgo => matches!(closed, Ended::Pending { .. }),
            Dialect::Dktechin => closed == Ended::Closed { session_id: None },
            _ => closed == Ended::Closed { session_id: Some(id) },
        };
        assert!(known, "{dialect:?}: {closed:?}");
        assert_eq!(scene.runtime.block_on(relay.ended("kim")), Some("EP"));
        if matches!(dialect, Dialect::Native | Dialect::HappytalkV1 | Dialect::HappytalkV3) {
            assert_eq!(ended(&end(&scene.line, KIM)), Ended::WasClosed);
        }
        scene.runtime.block_on(relay.write("kim", "다시요"));
        ended(&end_with_bot(&scene.line, KIM, "WELCOME"));
        assert_eq!(relay.is_with_bot("kim"), facts.ends_with_bot, "{dialect:?}");
        scene.runtime.block_on(relay.from_bot("kim", Vec::new()));
        done(&block(&scene.line, KIM));
        assert!(relay.is_blocked("kim"));
        done(&unblock(&scene.line, KIM));
        assert!(!relay.is_blocked("kim"));
        done(&deactivate(&scene.line));
        assert!(!relay.is_active());
        done(&activate(&scene.line));
        assert!(relay.is_active());
        assert_eq!(relay.violations(), [], "{dialect:?}");
    }
}

#[test]
fn what_every_relay_sends_is_understood() {
    for dialect in Dialect::ALL {
        let scene = Scene::start(dialect);
        let relay = &scene.relay;
        let long = "긴 글이에요. ".repeat(700);
        scene.runtime.block_on(async {
            relay.consult("kim", "order_1").await;
            relay.write("kim", "안녕하세요").await;
            relay.photos("kim", 2).await;
            relay.file("kim", "계약서.pdf", b"%PDF").await;
            relay.write("kim", &long).await;
            relay.read("kim").await;
            relay.consent("kim", "01012345678", "라이언").await;
            relay.leave("kim").await;
        });
        let session = relay.session("kim").expect("was open").id;
        let hooks = scene.heard();
        for hook in &hooks {
            assert_eq!(hook.user_key.as_deref(), Some("kim"), "{dialect:?}");
            assert_eq!(hook.sender_key.as_deref(), Some(relay.sender_key()), "{dialect:?}");
            assert!(
                hook.at_ms.is_some_and(|at_ms| (relay.now_ms() - at_ms).abs() < 60_000),
                "{dialect:?}: {hook:?}"
            );
            // Bizgo's sample of a reading names no session.
            let named = hook.session_id.is_some() || (hook.what == What::Seen && dialect == Dialect::Bizgo);
            assert!(
                named && hook.session_id.as_ref().is_none_or(|id| *id == session),
                "{dialect:?}: {hook:?}"
            );
        }
        let mut hooks = hooks.into_iter().map(|hook| hook.what);
        let Some(What::Reference(reference)) = hooks.next() else { panic!("{dialect:?}: no reference") };
        assert_eq!(reference.extra.as_deref(), Some("order_1"));
        let mut message = || match hooks.next() {
            Some(What::Message(heard)) => heard,
            other => panic!("{dialect:?}: {other:?}"),
        };
        let hello = message();
        assert_eq!(hello.parts, [Part::Text("안녕하세요".to_owned())]);
        let photos = message();
        assert_ne!(photos.serial, hello.serial);
        assert_eq!(photos.parts.len(), 2);
        assert!(photos.parts.iter().all(|part| matches!(part, Part::Media { kind: MediaKind::Photo, .. })));
        let file = message();
        assert!(
            matches!(&file.parts[..], [Part::Media { kind: MediaKind::File, url, .. }] if url.starts_with("http"))
        );
        assert!(message().long_text.is_some_and(|url| url.contains("/dna/")), "{dialect:?}");
        assert_eq!(hooks.next(), Some(What::Seen), "{dialect:?}");
        // Where nobody can ask for consent by a call, a customer can still give it.
        if !facts(scene.line.relay).asks_consent {
            let given = What::Personal { phone: "01012345678".to_owned(), nickname: "라이언".to_owned() };
            assert_eq!(hooks.next(), Some(given), "{dialect:?}");
        }
        assert_eq!(hooks.next(), Some(What::Expired { kind: None }), "{dialect:?}");
        assert_eq!(hooks.next(), None);
    }
}
