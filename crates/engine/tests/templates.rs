//! The bots from which a shop owner begins, `examples/templates/*.json`: they read without a word (how they stand on the
//! canvas is seen in web/src/canvas/examples.test.ts), and whatever a customer presses or says is answered within what
//! KakaoTalk shows.
//!
//! Their main roads are dialogues, `fixtures/dialogs/template-*.dialog`. Here every road is walked: from each place
//! that was reached, each button is pressed and each of a few things is said, until nothing new is found.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::Path,
    sync::Arc,
};

use engine::{
    bot::{Bot, BotFile, check},
    event::Event,
    message::{Action, Button, Media, Message, Received},
    node::Work,
    session::Session,
    turn::{self, Outcome, Setting, Step},
};
use serde_json::Value;

const NAMES: [&str; 6] = ["customer-service", "empty", "leads", "reservation", "shop", "tutorial"];

/// The numbers of KakaoTalk, as `channels::kakao::CAPABILITIES` has them; the engine knows no channel.
const LIMITS: check::Limits = check::Limits {
    platform: "kakao",
    channel: ("카카오톡", "KakaoTalk"),
    text: 1_000,
    text_with_buttons: 400,
    cards: 10,
    card_title: 50,
    heading_in_row: 0,
    card_body: 128,
    card_body_in_row: (76, 128),
    buttons: 3,
    buttons_in_row: 3,
    label: 14,
    quick_replies: 10,
    quick_reply_label: 14,
    payload: 1_000,
    answer: None,
    weigh: |_| (0, 0),
    measure: |text| text.chars().count(),
    then: check::Then::DIVIDED,
};
/// Bubbles in one answer.
const BUBBLES: usize = 3;

/// Tuesday 11:13 and Sunday 23:13 in Seoul, one turn at the one, the next at the other: while agents are there and
/// while they are not. The latter's tomorrow is a Monday, when the reservation bot's shop is closed.
const CLOCKS: [i64; 2] = [1_790_043_200_000, 1_789_913_600_000];
/// Places in one bot that are walked on from. A bot with more of them grows without end by what it is told.
const MAX_PLACES: usize = 3_000;
/// Buttons of earlier bubbles that are remembered: two cards with two each would do.
const MAX_OLDER: usize = 3;

/// What a customer may say anywhere.
const SAID: [&str; 26] = [
    "안녕하세요",
    "처음으로",
    "뒤로",
    "음…",
    "김하늘",
    "김하늘입니다",
    "010-1234-5678",
    "서울시 중구 세종대로 110, 3층",
    "2408-1723",
    "2",
    "3",
    "내일",
    "오늘 되나요",
    "월요일이요",
    "10월 3일",
    "주차 되나요",
    "계좌 이체 되나요",
    "주문을 취소할래요",
    "인사하기요",
    "상담원 바꿔 주세요",
    "상담 취소",
    "제 신청을 확인해 주세요",
    "신청한 정보 지워 주세요",
    "영업시간이 궁금해요",
    "결제할게요",
    "고마워요",
];

fn text_of(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/templates").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bots() -> Vec<(&'static str, BotFile)> {
    NAMES
        .iter()
        .map(|name| {
            let read = BotFile::read(&text_of(&format!("{name}.json")));
            (*name, read.unwrap_or_else(|refused| panic!("{name}: {refused}")).file)
        })
        .collect()
}

#[test]
fn the_folder_holds_these_bots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/templates");
    let mut found: Vec<String> = fs::read_dir(folder)
        .expect("is there")
        .map(|entry| entry.expect("is readable").file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, NAMES.map(|name| format!("{name}.json")));
}

#[test]
fn they_read_and_write_without_a_word() {
    for name in NAMES {
        let text = text_of(&format!("{name}.json"));
        let reading = BotFile::read(&text).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        assert!(reading.warnings.is_empty(), "{name}: {:?}", reading.warnings);
        assert!(!reading.was_flow, "{name}");
        assert_eq!(reading.file.write(), text, "{name}");
        let complaints = check::check(&reading.file, &LIMITS);
        assert!(complaints.is_empty(), "{name}: {complaints:?}");
        let bot = Bot::compile(&reading.file);
        assert!((1..=20).contains(&bot.title.chars().count()), "{name}: a title for a gallery");
        assert!((20..=80).contains(&bot.description.chars().count()), "{name}: a description for a gallery");
        let odd = bot.flows.iter().flat_map(|flow| &flow.nodes).find(|node| !node.label.contains(is_hangul));
        assert!(odd.is_none(), "{name}: a label that is not Korean: {odd:?}");
    }
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A place that the walk goes on from. What was said before is the way there, for the message of a failure.
#[derive(Default)]
struct Reached {
    session: Session,
    offered: Vec<Button>,
    /// Buttons of earlier bubbles, which stay on the screen and can be pressed at any time.
    older: Vec<Button>,
    way: Vec<String>,
}

struct Walk {
    name: &'static str,
    bot: Arc<Bot>,
    /// The params that conditions read.
    read: BTreeSet<String>,
    turns: usize,
    known: BTreeSet<String>,
    visited: BTreeSet<(i64, i64)>,
    todo: VecDeque<Reached>,
}

impl Walk {
    /// Plays one turn, checks what is seen, and keeps the place where it ends if it is new.
    fn turn(&mut self, from: &Reached, said: &str, event: Event) {
        let mut way = from.way.clone();
        way.push(said.to_owned());
        let place = format!("{}: {}", self.name, way.join(" → "));
        let setting = Setting {
            platform: "kakao".to_owned(),
            now_ms: CLOCKS[self.turns % CLOCKS.len()],
            seed: self.turns as u64,
            ..Setting::default()
        };
        self.turns += 1;
        let mut turn = turn::begin(Arc::clone(&self.bot), from.session.clone(), event, setting);
        let outcome = match turn.step() {
            Step::Rest(outcome) => *outcome,
            Step::Ask(ask) => panic!("{place}: needs a connection that a new owner lacks: {ask:?}"),
        };
        self.seen(&place, &outcome);
        let visits = outcome.trace.visits.iter().chain(&outcome.trace.from);
        self.visited.extend(visits.map(|visit| (visit.flow, visit.node)));
        let acts = |button: &&Button| !matches!(button.action, Action::Link { .. });
        let in_bubbles: Vec<&Button> =
            outcome.messages.iter().flat_map(|sent| sent.message.buttons()).filter(acts).collect();
        let below = outcome.quick_replies.iter().filter(acts);
        let offered = in_bubbles.iter().copied().chain(below).cloned().collect();
        let older = in_bubbles.into_iter().chain(&from.older).take(MAX_OLDER).cloned().collect();
        // Where the conversation rests and what conditions will find there make the place; other values only stand in
        // what is said.
        let params: Vec<String> = outcome
            .session
            .params
            .iter()
            .filter(|(key, _)| self.read.contains(*key))
            .map(|(key, value)| format!("{key}{}", value.as_array().map_or(0, |items| items.len().min(2))))
            .collect();
        let key = format!("{:?} {params:?}", outcome.session.position);
        if self.known.insert(key) {
            self.todo.push_back(Reached { session: outcome.session, offered, older, way });
        }
    }

    /// Is it an answer, and does KakaoTalk show it as it was written?
    fn seen(&self, place: &str, outcome: &Outcome) {
        assert!(outcome.fault.is_none(), "{place}: {:?}", outcome.fault);
        let call = outcome.agent_call.as_ref();
        let bubbles = outcome.messages.len() + usize::from(call.is_some());
        assert!((1..=BUBBLES).contains(&bubbles), "{place}: {bubbles} bubbles");
        let call = call.and_then(|call| call.message.as_ref().map(|message| (message, 1)));
        for (message, more) in outcome.messages.iter().map(|sent| (&sent.message, 0)).chain(call) {
            fits(place, message, more);
        }
        assert!(outcome.quick_replies.len() <= LIMITS.quick_replies, "{place}");
        let labels: BTreeSet<&str> = outcome.quick_replies.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(labels.len(), outcome.quick_replies.len(), "{place}: two quick replies are alike");
        outcome.quick_replies.iter().for_each(|button| label_fits(place, button));
        let rests = outcome.session.position.and_then(|at| self.bot.node(at.flow, at.node));
        let waits = rests.is_some_and(|node| matches!(node.work, Work::Keyboard(_) | Work::Manual(_)));
        assert!(waits, "{place}: ends where nothing waits, at {rests:?}");
    }
}

/// The names in all paths `params.<name>…` that stand as keys: what the conditions of a file read.
fn params_read(json: &Value, read: &mut BTreeSet<String>) {
    match json {
        Value::Object(map) => {
            for (key, inner) in map {
                let name = key.strip_prefix("params.").and_then(|path| path.split(['.', '[']).next());
                read.extend(name.map(str::to_owned));
                params_read(inner, read);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| params_read(inner, read)),
        _ => {}
    }
}

fn label_fits(place: &str, button: &Button) {
    let length = button.label.chars().count();
    assert!((1..=LIMITS.label).contains(&length), "{place}: the label {}", button.label);
    if let Action::Postback { payload: Some(payload) } = &button.action {
        assert!(payload.chars().count() <= LIMITS.payload, "{place}: the payload of {}", button.label);
        let broken = payload.starts_with('{') && serde_json::from_str::<Value>(payload).is_err();
        assert!(!broken, "{place}: no JSON: {payload}");
    }
}

fn fits(place: &str, message: &Message, more_buttons: usize) {
    message.buttons().for_each(|button| label_fits(place, button));
    let good = |text: &str, limit: usize| {
        let length = text.chars().count();
        assert!((1..=limit).contains(&length), "{place}: {length} characters: {text}");
        let odd =
            ["{{", "undefined", "[object", "Invalid date", "NaN"].iter().find(|odd| text.contains(**odd));
        assert!(odd.is_none(), "{place}: {text}");
    };
    match message {
        Message::Text { text, buttons } => {
            let count = buttons.len() + more_buttons;
            assert!(count <= LIMITS.buttons, "{place}: {count} buttons");
            good(text, if count > 0 { LIMITS.text_with_buttons } else { LIMITS.text });
        }
        Message::Cards { cards } => {
            assert!((1..=LIMITS.cards).contains(&cards.len()), "{place}: {} cards", cards.len());
            for card in cards {
                good(&card.title, LIMITS.card_title);
                card.description.iter().for_each(|text| good(text, LIMITS.card_body));
                assert!(card.buttons.len() <= LIMITS.buttons, "{place}: {}", card.title);
            }
        }
        Message::Media { .. } | Message::Location { .. } => {}
    }
}

fn events(from: &Reached) -> Vec<(String, Event)> {
    let photo = Media {
        content_type: "image".to_owned(),
        uri: "https://example.com/a.jpg".to_owned(),
        alt_text: None,
    };
    let mut events = vec![
        ("(start)".to_owned(), Event::Start),
        ("(cancel)".to_owned(), Event::Cancel),
        ("(photo)".to_owned(), Event::Message(Received::media(photo))),
    ];
    if !from.session.agent_called {
        // A cancel without a call is nothing, and is answered by nothing.
        events.remove(1);
    }
    events.extend(SAID.map(|text| (text.to_owned(), Event::Message(Received::text(text)))));
    events.extend(from.offered.iter().chain(&from.older).map(|button| {
        let event = match &button.action {
            Action::Postback { payload: Some(payload) } => {
                Event::Message(Received::postback(&button.label, payload))
            }
            Action::Goto { flow_id, node_id } => Event::Goto { flow_id: *flow_id, node_id: *node_id },
            _ => Event::Message(Received::text(&button.label)),
        };
        (format!("[{}]", button.label), event)
    }));
    events
}

#[test]
fn whatever_is_pressed_or_said_is_answered_and_every_node_is_reached() {
    for (name, file) in bots() {
        let bot = Arc::new(Bot::compile(&file));
        let mut read = BTreeSet::new();
        params_read(&serde_json::from_str(&file.write()).expect("is JSON"), &mut read);
        let mut left: BTreeMap<(i64, i64), String> = BTreeMap::new();
        for flow in &bot.flows {
            left.extend(flow.nodes.iter().map(|node| {
                ((flow.id, node.id), format!("{} {} › {} {}", flow.id, flow.title, node.id, node.label))
            }));
        }
        let mut walk = Walk {
            name,
            bot: Arc::clone(&bot),
            read,
            turns: 0,
            known: BTreeSet::new(),
            visited: BTreeSet::new(),
            todo: VecDeque::new(),
        };
        walk.todo.push_back(Reached::default());
        while let Some(from) = walk.todo.pop_front() {
            for (said, event) in events(&from) {
                walk.turn(&from, &said, event);
            }
            assert!(walk.known.len() < MAX_PLACES, "{name}: too many places");
        }
        println!("{name}: {} places, {} turns", walk.known.len(), walk.turns);
        left.retain(|node, _| !walk.visited.contains(node));
        assert!(left.is_empty(), "{name}: nobody came to {left:#?}");
    }
}

#[test]
fn the_days_to_choose_are_the_next_open_ones() {
    for (now_ms, expected) in [
        // Sunday, 23:13: tomorrow is closed.
        (CLOCKS[1], ["9월 22일 (화)", "9월 23일 (수)", "9월 24일 (목)", "9월 25일 (금)", "9월 26일 (토)"]),
        // Friday, 00:05, when it is Thursday yet by UTC: the closed Monday lies in between.
        (
            1_790_262_300_000,
            ["9월 26일 (토)", "9월 27일 (일)", "9월 29일 (화)", "9월 30일 (수)", "10월 1일 (목)"],
        ),
    ] {
        let file = BotFile::read(&text_of("reservation.json")).expect("reads").file;
        let bot = Arc::new(Bot::compile(&file));
        let mut session = Session::default();
        let mut offered = Vec::new();
        for said in ["예약하기", "커트"] {
            let setting = Setting { platform: "kakao".to_owned(), now_ms, ..Setting::default() };
            let event = Event::Message(Received::text(said));
            let Step::Rest(outcome) = turn::begin(Arc::clone(&bot), session, event, setting).step() else {
                panic!("nothing is asked")
            };
            session = outcome.session;
            offered = outcome.quick_replies.into_iter().map(|button| button.label).collect();
        }
        assert_eq!(offered[..5], expected);
    }
}
