//! Whatever is said, no bubble breaks a limit and no word is lost; whatever is posted or answered, it is read.

use channels::consulttalk::{
    Bubble, BubbleKind, Facts, Link, LinkKind, Mark, MediaKind, Relay, What, button_of, facts, mark,
    quick_replies, read, read_ended, read_sent, read_session, read_uploaded, read_video_state, send, shape,
    tried,
};
use engine::message::{Action, Button, Card, Media, Message};
use proptest::prelude::*;

use super::{WHOM, WORDS, line};

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[가-힣a-z0-9 .,!?\n]{0,80}",
        2 => "[가-힣 .\n]{900,2600}",
        1 => "[👨‍👩‍👧🇰🇷e\u{301}가 \u{0}\u{202e}]{0,1200}",
        1 => Just(String::new()),
    ]
}

fn any_button() -> impl Strategy<Value = Button> {
    let uri = prop_oneof![
        3 => Just("https://a.kr/길?q=가 나"),
        1 => Just("tel:02-123-4567"),
        1 => Just("shop://cart"),
        1 => Just("javascript:alert(1)"),
        1 => Just("")
    ];
    let action = prop_oneof![
        any_text().prop_map(|payload| Action::Postback { payload: Some(payload) }),
        (0..9_i64).prop_map(|flow_id| Action::Goto { flow_id, node_id: None }),
        uri.prop_map(|uri| Action::Link { uri: uri.to_owned() }),
    ];
    (prop_oneof![3 => "[가-힣 ]{1,10}", 1 => any_text()], action)
        .prop_map(|(label, action)| Button { label, action })
}

fn any_media() -> impl Strategy<Value = Media> {
    let kind = prop_oneof![
        4 => Just("image"), 1 => Just("video"), 1 => Just("audio"), 1 => Just("file"), 1 => Just("link"), 1 => Just("hologram")
    ];
    let uri = prop_oneof![3 => Just("https://a.kr/사진.png"), 1 => Just("/files/a1"), 1 => Just(""), 1 => Just("data:x")];
    (kind, uri, proptest::option::of(any_text())).prop_map(|(kind, uri, alt_text)| Media {
        content_type: kind.to_owned(),
        uri: uri.to_owned(),
        alt_text,
    })
}

fn any_message() -> impl Strategy<Value = Message> {
    let buttons = |most| proptest::collection::vec(any_button(), 0..most);
    let card = (
        any_text(),
        proptest::option::of(any_text()),
        proptest::option::of(any_media()),
        buttons(4),
        any::<bool>(),
    )
        .prop_map(|(title, description, media, buttons, leads)| Card {
            title,
            description,
            media,
            uri: leads.then(|| "https://a.kr/".to_owned()),
            buttons,
        });
    // Cards that fit into rows, too.
    let small = ("[가-힣]{1,10}", "[가-힣 ]{1,60}", buttons(2)).prop_map(|(title, description, buttons)| {
        Card { title, description: Some(description), buttons, ..Card::default() }
    });
    prop_oneof![
        (any_text(), buttons(12)).prop_map(|(text, buttons)| Message::Text { text, buttons }),
        (any_media(), buttons(12)).prop_map(|(media, buttons)| Message::Media { media, buttons }),
        proptest::collection::vec(card, 0..8).prop_map(|cards| Message::Cards { cards }),
        proptest::collection::vec(small, 0..13).prop_map(|cards| Message::Cards { cards }),
    ]
}

fn any_relay() -> impl Strategy<Value = Relay> {
    (0..Relay::ALL.len()).prop_map(|at| Relay::ALL[at])
}

/// What is broken about a button (spec consulttalk.md 3.1).
fn broken_link(link: &Link, label: usize) -> Option<&'static str> {
    let is_web = |url: &Option<String>| url.as_deref().is_some_and(|url| url.starts_with("http"));
    let is_mark = |extra: &str| {
        (1..=50).contains(&extra.len())
            && extra.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let targets = [&link.url_mobile, &link.scheme_android, &link.scheme_ios].into_iter().flatten().count();
    let addresses = targets + usize::from(link.url_pc.is_some());
    if link.name.trim().is_empty() || link.name.encode_utf16().count() > label || link.name.contains('\n') {
        Some("its label")
    } else if !link.extra.as_deref().is_none_or(is_mark) {
        Some("its extra")
    } else {
        match link.kind {
            LinkKind::WL if !is_web(&link.url_mobile) => Some("its address"),
            LinkKind::AL if targets < 2 => Some("its targets"),
            LinkKind::BK if addresses > 0 || link.extra.is_none() => Some("what it says"),
            LinkKind::MD | LinkKind::BT | LinkKind::BF => Some("its kind"),
            _ => None,
        }
    }
}

/// What is broken about a bubble (spec consulttalk.md 3.1, 4, 11).
fn broken(facts: &Facts, bubble: &Bubble) -> Option<String> {
    let said = bubble.text.as_deref().unwrap_or_default();
    let silent = said.trim().is_empty();
    let (buttons, replies) = (bubble.buttons.len(), bubble.quick_replies.len());
    if said.encode_utf16().count() > facts.text {
        return Some("its text is too long".to_owned());
    }
    if said.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Some("its text has control characters".to_owned());
    }
    if buttons > facts.buttons || replies > facts.quick_replies {
        return Some("it has too many buttons".to_owned());
    }
    let links = bubble.buttons.iter().map(|link| (link, facts.label));
    let quick = bubble.quick_replies.iter().map(|link| (link, facts.quick_reply_label));
    if let Some(what) = links.chain(quick).find_map(|(link, label)| broken_link(link, label)) {
        return Some(format!("a button: {what}"));
    }
    let kind = bubble.media.as_ref().map(|media| media.kind);
    let fits = match bubble.kind {
        BubbleKind::Text => !silent && kind.is_none() && buttons == 0 && (facts.rich || replies == 0),
        BubbleKind::Card => !silent && (kind == Some(MediaKind::Photo) || (kind.is_none() && buttons > 0)),
        BubbleKind::Image => silent && kind == Some(MediaKind::Photo) && buttons + replies == 0,
        BubbleKind::Video => silent && kind == Some(MediaKind::Video) && buttons + replies == 0,
        BubbleKind::Audio => silent && kind == Some(MediaKind::Audio) && buttons + replies == 0,
        BubbleKind::File => silent && kind == Some(MediaKind::File) && buttons + replies == 0,
        BubbleKind::Carousel => {
            let (least, most) = facts.carousel.unwrap_or((1, 0));
            silent && kind.is_none() && buttons + replies == 0 && (least..=most).contains(&bubble.cards.len())
        }
        BubbleKind::Consent => false,
    };
    if !fits || (bubble.kind != BubbleKind::Carousel && !bubble.cards.is_empty()) {
        return Some(format!("{:?} with parts that it cannot have", bubble.kind));
    }
    bubble.cards.iter().find_map(|card| {
        let said = card.text.as_deref().unwrap_or_default();
        let least = card.buttons.iter().find_map(|link| broken_link(link, facts.label));
        let breaks = said.trim().is_empty()
            || !card.quick_replies.is_empty()
            || !card.cards.is_empty()
            || card.buttons.len() > 2;
        least.or(breaks.then_some("its form")).map(|what| format!("a card: {what}"))
    })
}

/// What a reader reads.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// Everything that a message says, without its labels.
fn said_by(message: &Message) -> String {
    match message {
        Message::Text { text, .. } => letters(text),
        Message::Cards { cards } => cards
            .iter()
            .map(|card| letters(&card.title) + &letters(card.description.as_deref().unwrap_or_default()))
            .collect(),
        _ => String::new(),
    }
}

/// Everything that is read in bubbles, the words that we put over buttons aside.
fn read_in(bubbles: &[Bubble]) -> String {
    let heads = [WORDS.additional_choice, WORDS.unsupported_media, "…"];
    let of = |bubble: &Bubble| {
        let said = bubble.text.as_deref().filter(|said| !heads.contains(said)).unwrap_or_default();
        letters(bubble.header.as_deref().unwrap_or_default()) + &letters(said)
    };
    bubbles.iter().map(|bubble| of(bubble) + &bubble.cards.iter().map(of).collect::<String>()).collect()
}

fn links(bubbles: &[Bubble]) -> Vec<&Link> {
    bubbles
        .iter()
        .flat_map(|bubble| bubble.buttons.iter().chain(bubble.cards.iter().flat_map(|card| &card.buttons)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bubble_breaks_a_limit_and_no_word_is_lost(
        relay in any_relay(),
        seq in 0..i64::MAX,
        message in any_message(),
        replies in proptest::collection::vec(any_button(), 0..14),
    ) {
        let facts = facts(relay);
        let mut bubbles = shape(&facts, seq, &message, WORDS);
        prop_assert!(!bubbles.is_empty());
        prop_assert_eq!(read_in(&bubbles), said_by_kept(&message, &bubbles));
        // Each button that does something comes back as itself, once.
        let found: Vec<Mark> = links(&bubbles).iter().filter_map(|link| mark(link.extra.as_deref()?)).collect();
        let mut expected = Vec::new();
        for n in 0.. {
            let Some(button) = button_of(&message, n) else { break };
            if !matches!(button.action, Action::Link { .. }) {
                expected.push(Mark::Button { seq, n });
            }
        }
        prop_assert_eq!(found, expected);
        quick_replies(&facts, seq, &replies, &mut bubbles, WORDS);
        for bubble in &bubbles {
            prop_assert_eq!(broken(&facts, bubble), None, "{}: {:?}", relay, bubble);
        }
        let all = bubbles.iter().flat_map(|bubble| bubble.quick_replies.iter().chain(&bubble.buttons));
        let quick: Vec<Mark> = all
            .filter_map(|link| mark(link.extra.as_deref()?))
            .filter(|mark| matches!(mark, Mark::QuickReply { .. }))
            .collect();
        let expected: Vec<Mark> = replies
            .iter()
            .enumerate()
            .filter(|(_, reply)| !matches!(reply.action, Action::Link { .. }))
            .map(|(n, _)| Mark::QuickReply { seq, n })
            .collect();
        prop_assert_eq!(quick, expected);
        // As it waits in the outbox, and as it goes.
        let stored = serde_json::to_string(&bubbles).expect("is written");
        let back: Vec<Bubble> = serde_json::from_str(&stored).expect("is read");
        prop_assert_eq!(&back, &bubbles);
        for bubble in &bubbles {
            let call = send(&line(relay), WHOM, "clz-1", bubble);
            prop_assert!(call.url.starts_with("https://relay.example/"));
        }
    }

    /// Whatever anybody posts to a hook's address is read as something.
    #[test]
    fn hooks_of_any_bytes_are_read(
        relay in any_relay(),
        path in prop_oneof![Just("message"), Just("cstalk/message"), Just("reference"), Just("personal_info"), Just("cstalk/result"), Just("")],
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let header = |name: &str| Some(format!("{name}\u{0}"));
        let hook = read(relay, path, &header, &body);
        if let What::Message(heard) = hook.what {
            prop_assert!(!heard.parts.is_empty() || heard.long_text.is_some());
        }
    }

    /// And so is JSON with the right names and the wrong things under them.
    #[test]
    fn hooks_and_answers_of_any_json_are_read(relay in any_relay(), body in any_json(4), status in 100..600_u16) {
        for path in ["message", "reference", "expired_session", "seen_info", "personal_info", "cert_result", "result"] {
            let hook = read(relay, path, &|_| None, body.as_bytes());
            if let What::Message(heard) = hook.what {
                prop_assert!(!heard.parts.is_empty() || heard.long_text.is_some());
            }
        }
        read_sent(relay, status, body.as_bytes());
        read_ended(relay, status, body.as_bytes());
        let _ = read_uploaded(relay, status, body.as_bytes());
        let _ = read_session(relay, status, body.as_bytes());
        let _ = read_video_state(status, body.as_bytes());
    }

    /// Whatever becomes of the rest of a message's hook, the number by which its repetition is known is read digit for digit,
    /// as a number or as a text, and whatever stands where other relays have it.
    #[test]
    fn no_serial_is_lost(
        relay in any_relay(),
        serial in "[1-9][0-9]{0,18}",
        is_text in any::<bool>(),
        text in any_text(),
        others in proptest::collection::vec((proptest::sample::select(OTHERS.to_vec()), any_json(2)), 0..8),
        blanks in proptest::collection::vec((proptest::sample::select(SERIALS.to_vec()), proptest::sample::select(BLANKS.to_vec())), 0..3),
    ) {
        let posted = tried::hook(
            relay,
            tried::Act::Say { text: &text, extra: None },
            tried::Person { user_key: "kim", said: 0, now_ms: 1_767_225_600_123 },
        );
        let mut body = posted.body;
        let own = match relay {
            Relay::Bizgo => "/msgKey",
            Relay::Dktechin => "/meta/serialNumber",
            _ => "/serial_number",
        };
        let number: u64 = serial.parse().expect("digits");
        *body.pointer_mut(own).expect("a serial") =
            if is_text { serial.as_str().into() } else { number.into() };
        let map = body.as_object_mut().expect("an object");
        for (name, blank) in blanks.into_iter().filter(|(name, _)| own[1..] != **name) {
            map.insert(name.to_owned(), serde_json::from_str(blank).expect("is JSON"));
        }
        for (name, other) in others {
            map.insert(name.to_owned(), serde_json::from_str(&other).expect("is JSON"));
        }
        let hook = read(relay, posted.path, &|_| None, body.to_string().as_bytes());
        let What::Message(heard) = hook.what else { panic!("no message: {:?}", hook.what) };
        prop_assert_eq!(heard.serial, Some(serial), "{} {}", relay, body);
    }
}

/// What stands in a message's hook besides its number.
const OTHERS: [&str; 12] = [
    "type",
    "msgType",
    "content",
    "contents",
    "attachment",
    "extra",
    "chapters",
    "time",
    "user_key",
    "sessionId",
    "reference",
    "code",
];
/// Where one relay or another has the number.
const SERIALS: [&str; 3] = ["serial_number", "serialNumber", "msgKey"];
/// What is no number there.
const BLANKS: [&str; 5] = ["null", "{}", "[]", "\"\"", "[1]"];

/// What must be read of a message. A bubble of "…" stands for a message that says nothing; media speak for themselves.
fn said_by_kept(message: &Message, bubbles: &[Bubble]) -> String {
    match message {
        Message::Media { .. } => read_in(bubbles),
        other => said_by(other),
    }
}

/// Objects with the relays' names in the wrong places.
fn any_json(depth: u32) -> impl Strategy<Value = String> {
    let name = proptest::sample::select(vec![
        "type",
        "msgType",
        "content",
        "contents",
        "url",
        "comment",
        "attachment",
        "extra",
        "serial_number",
        "msgKey",
        "chapters",
        "sections",
        "display",
        "data",
        "meta",
        "serialNumber",
        "created",
        "time",
        "kakaoTime",
        "user_key",
        "userKey",
        "session_id",
        "reference",
        "last_reference",
        "bot",
        "chatbot_messages",
        "personal_info",
        "phone_number",
        "nickname",
        "reportCode",
        "ref",
        "requestType",
        "code",
        "message",
        "payload",
        "message_info",
        "common",
        "authCode",
        "session",
        "image",
        "file",
        "size",
        "name",
    ]);
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        Just("1e300".to_owned()),
        Just("123456789012345678901234567890".to_owned()),
        Just("\"text\"".to_owned()),
        Just("\"photo\"".to_owned()),
        Just("\"SUCCESS\"".to_owned()),
        Just("\"2026-01-01T00:00:00.999999999999Z\"".to_owned()),
        Just("\"9999-99-99T99:99:99-99:99\"".to_owned()),
        Just("\"{\\\"code\\\":0}\"".to_owned()),
        "[ -~가-힣]{0,12}".prop_map(|text| serde_json::Value::from(text).to_string()),
    ];
    let inner = leaf.prop_recursive(depth, 40, 6, move |inner| {
        let pair = (name.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec(pair, 0..6).prop_map(|pairs| format!("{{{}}}", pairs.join(","))),
        ]
    });
    let names = proptest::sample::select(vec![
        "type",
        "contents",
        "chapters",
        "reference",
        "code",
        "payload",
        "data",
    ]);
    proptest::collection::vec((names, inner), 0..8).prop_map(|pairs| {
        let pairs: Vec<String> =
            pairs.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", pairs.join(","))
    })
}
