//! Bot files that are almost right, by chance: reading, checking, compiling and running them never panics, never runs
//! without end, and leaves a session that can be stored.

use std::{fs, path::Path, sync::Arc};

use engine::{
    ask::Reply,
    bot::{Bot, BotFile, check},
    event::Event,
    lang::Lang,
    message::Received,
    session::Session,
    turn::{self, Setting, Step},
};
use serde_json::{Value, json};

const CASES: usize = 2_000;
const NOW: i64 = 1_790_000_000_000;

const LIMITS: check::Limits = check::Limits {
    platform: "kakao",
    channel: ("카카오톡", "KakaoTalk"),
    text: 1_000,
    text_with_buttons: 400,
    cards: 10,
    card_title: 50,
    heading_in_row: 0,
    card_body: 76,
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

struct Die(u64);

impl Die {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.roll(items.len())].clone()
    }
}

/// Changes one place somewhere in the tree.
fn change(value: &mut Value, die: &mut Die) {
    let deeper = die.roll(8) != 0;
    match value {
        Value::Object(map) if deeper && !map.is_empty() => {
            let at = die.roll(map.len());
            if let Some((_, inner)) = map.iter_mut().nth(at) {
                change(inner, die);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = die.roll(items.len());
            change(&mut items[at], die);
        }
        other => *other = odd(die),
    }
}

/// Something that stands where something else should.
fn odd(die: &mut Die) -> Value {
    match die.roll(12) {
        0 => Value::Null,
        1 => Value::from(die.roll(6)),
        2 => json!(1e300),
        3 => Value::from(-1),
        4 => Value::from("가".repeat(die.roll(3_000))),
        5 => Value::from(die.pick(&[
            "entry",
            "response",
            "keyboard",
            "flow",
            "params",
            "back",
            "backstack",
            "manual",
            "sandbox",
            "fetch",
            "llm",
            "push",
            "event",
        ])),
        6 => Value::from(template(die)),
        7 => condition(die, 3),
        8 => Value::Array(vec![]),
        9 => json!([{"nodeId": die.roll(9), "where": condition(die, 2), "priority": die.roll(4)}]),
        10 => {
            json!({"type": "text", "text": template(die), "buttons": [{"type": "postback", "label": "a", "payload": "{\"a\": [1]}"}]})
        }
        _ => (0..200).fold(Value::from(1), |inner, _| json!([inner])),
    }
}

fn template(die: &mut Die) -> String {
    const PIECES: [&str; 19] = [
        "{{",
        "}}",
        "{{#each ",
        "{{/each}}",
        "{{#if a}}",
        "{{else}}",
        "{{/if}}",
        "message",
        "params.",
        "[i]",
        "FORMAT(",
        ")",
        "DATE(null, \"YYYY\")",
        "{{MASK(",
        "{{SECRET(",
        "\"",
        " ",
        "{{{",
        "가",
    ];
    (0..die.roll(12)).map(|_| die.pick(&PIECES)).collect()
}

fn condition(die: &mut Die, depth: usize) -> Value {
    const OPERATORS: [&str; 12] =
        ["equals", "notEquals", "contains", "exists", "gt", "gte", "lt", "lte", "regex", "$and", "wat", ""];
    if depth > 0 && die.roll(3) == 0 {
        let parts: Vec<Value> = (0..die.roll(4)).map(|_| condition(die, depth - 1)).collect();
        return json!({die.pick(&["$and", "$or"]): parts});
    }
    let value = match die.roll(6) {
        0 => json!("(((a+)+)+)+$"),
        1 => json!("[가-"),
        2 => json!(true),
        3 => Value::from(template(die)),
        4 => json!(5),
        _ => Value::Null,
    };
    json!({die.pick(&["message", "params.a", "params.a[0].b", "", "keyboard.status", "[[["]): {die.pick(&OPERATORS): value}})
}

fn event(die: &mut Die) -> Event {
    match die.roll(6) {
        0 => Event::Start,
        1 => Event::Goto {
            flow_id: die.roll(5) as i64,
            node_id: (die.roll(2) == 0).then(|| die.roll(9) as i64),
        },
        2 => Event::Cancel,
        3 => Event::Message(Received::postback("네", "{\"product\": {\"a\": [1, 2]}}")),
        _ => Event::Message(Received::text(die.pick(&[
            "진행",
            "뒤로",
            "주문",
            "240817",
            "홍길동",
            "",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        ]))),
    }
}

/// Three messages to the bot.
fn talk(bot: &Arc<Bot>, die: &mut Die) {
    let mut session = Session::default();
    for number in 0..3 {
        let setting = Setting {
            platform: "kakao".to_owned(),
            bot_id: "bot".to_owned(),
            conversation_id: "conversation".to_owned(),
            user_key: "user".to_owned(),
            new_visit: number == 0,
            now_ms: NOW,
            seed: number,
            ..Setting::default()
        };
        let mut turn = turn::begin(Arc::clone(bot), session, event(die), setting);
        let mut steps = 0;
        let outcome = loop {
            match turn.step() {
                Step::Rest(outcome) => break *outcome,
                Step::Ask(_) => {
                    steps += 1;
                    assert!(steps < 1_000, "the turn does not end");
                    let results = serde_json::Map::from_iter([("result".to_owned(), odd(die))]);
                    let reply = match die.roll(3) {
                        0 => Reply::Failed {
                            name: "TimeoutError".to_owned(),
                            message: "늦어요".to_owned(),
                            results,
                        },
                        _ => Reply::Done(results),
                    };
                    turn.resume(reply, 3);
                }
            }
        };
        let stored = serde_json::to_string(&outcome.session).expect("is written");
        session = serde_json::from_str(&stored).expect("is read");
        assert_eq!(session, outcome.session);
        assert!(stored.len() < 1 << 20, "a session of {} bytes", stored.len());
    }
}

#[test]
fn bot_files_that_are_almost_right_harm_nobody() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bots");
    let mut seeds: Vec<String> = fs::read_dir(fixtures)
        .expect("bot files")
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("is text"))
        .collect();
    seeds.push(
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop.json"))
            .expect("is text"),
    );
    seeds.sort();
    let mut die = Die(20_261_124);
    let (mut read, mut refused) = (0, 0);
    for _ in 0..CASES {
        let mut value: Value = serde_json::from_str(&die.pick(&seeds)).expect("is JSON");
        for _ in 0..=die.roll(4) {
            change(&mut value, &mut die);
        }
        let mut text = value.to_string();
        if die.roll(5) == 0 {
            let mut at = die.roll(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            if die.roll(2) == 0 {
                text.truncate(at);
            } else {
                text.insert_str(at, die.pick(&["{", "\"", "\\u0000", "1e9999", "\u{feff}"]));
            }
        }
        match BotFile::read(&text) {
            Err(why) => {
                assert!(!why.to_string().is_empty());
                refused += 1;
            }
            Ok(reading) => {
                for complaint in check::check(&reading.file, &LIMITS) {
                    assert!(
                        !complaint.describe(Lang::Ko).is_empty() && !complaint.describe(Lang::En).is_empty()
                    );
                }
                talk(&Arc::new(Bot::compile(&reading.file)), &mut die);
                read += 1;
            }
        }
    }
    // Both roads were taken.
    assert!(read > CASES / 5 && refused > CASES / 20, "{read} read, {refused} refused");
}
