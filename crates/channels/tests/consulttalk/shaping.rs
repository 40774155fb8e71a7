//! Messages to bubbles, one rule at a time.

use channels::consulttalk::{
    Bubble, BubbleKind, Link, LinkKind, Mark, MediaKind, Relay, Words, button_of, facts, mark, quick_replies,
    shape, shape_noted,
};
use engine::message::{Action, Button, Card, Location, Media, Message};

use super::{WORDS, link, postback};

const SEQ: i64 = 41;

fn shaped(relay: Relay, message: &Message) -> Vec<Bubble> {
    shape(&facts(relay), SEQ, message, WORDS)
}

/// On the older model.
fn classic(message: &Message) -> Vec<Bubble> {
    shaped(Relay::Native, message)
}

fn text(text: &str, buttons: Vec<Button>) -> Message {
    Message::Text { text: text.to_owned(), buttons }
}

fn media(content_type: &str, uri: &str) -> Media {
    Media { content_type: content_type.to_owned(), uri: uri.to_owned(), alt_text: None }
}

fn card(title: &str, description: &str, buttons: Vec<Button>) -> Card {
    Card { title: title.to_owned(), description: Some(description.to_owned()), buttons, ..Card::default() }
}

fn pictured(card: Card) -> Card {
    Card { media: Some(media("image", "https://shop.example/a.png")), ..card }
}

fn numbered(count: usize) -> Vec<Button> {
    (1..=count).map(|number| postback(&format!("{number}번"))).collect()
}

/// What is seen of a bubble: its kind, its text, its buttons.
fn seen(bubbles: &[Bubble]) -> Vec<(BubbleKind, &str, Vec<&str>)> {
    bubbles
        .iter()
        .map(|bubble| {
            let buttons = bubble.buttons.iter().map(|link| link.name.as_str()).collect();
            (bubble.kind, bubble.text.as_deref().unwrap_or_default(), buttons)
        })
        .collect()
}

#[test]
fn a_text_is_a_text_and_with_buttons_a_card() {
    assert_eq!(classic(&text("안녕하세요", vec![])), [Bubble::text("안녕하세요")]);
    let goto = Button { label: "처음".to_owned(), action: Action::Goto { flow_id: 3, node_id: None } };
    let bubbles = classic(&text("고르세요", vec![postback("네"), goto, link("지도", "www.shop.example/길")]));
    let expected = [
        Link { extra: Some("m41_0".to_owned()), ..Link::new(LinkKind::BK, "네") },
        Link { extra: Some("m41_1".to_owned()), ..Link::new(LinkKind::BK, "처음") },
        Link {
            url_mobile: Some("https://www.shop.example/%EA%B8%B8".to_owned()),
            url_pc: Some("https://www.shop.example/%EA%B8%B8".to_owned()),
            ..Link::new(LinkKind::WL, "지도")
        },
    ];
    assert_eq!(bubbles.len(), 1);
    assert_eq!((bubbles[0].kind, bubbles[0].buttons.as_slice()), (BubbleKind::Card, &expected[..]));
}

#[test]
fn a_long_text_is_divided_and_its_buttons_stand_at_its_end() {
    let long = "오늘 들어온 제주 감귤이 아주 달아요. ".repeat(100);
    let (bubbles, notes) = shape_noted(&facts(Relay::Bizgo), SEQ, &text(&long, vec![postback("네")]), WORDS);
    assert_eq!(bubbles.len(), 3);
    for bubble in &bubbles {
        let said = bubble.text.as_deref().expect("says something");
        assert!(said.chars().count() <= 1_000 && said.ends_with("달아요."), "{said}");
    }
    let buttons: Vec<usize> = bubbles.iter().map(|bubble| bubble.buttons.len()).collect();
    assert_eq!(buttons, [0, 0, 1]);
    assert_eq!(notes.iter().map(|note| note.what).collect::<Vec<_>>(), ["text-divided"]);
    // Six hundred faces are more than a thousand for whoever counts in UTF-16.
    assert_eq!(classic(&text(&"😀".repeat(600), vec![])).len(), 2);
}

#[test]
fn buttons_past_the_fifth_stand_under_additional_choice() {
    let (bubbles, notes) = shape_noted(&facts(Relay::Native), SEQ, &text("고르세요", numbered(12)), WORDS);
    let expected = [
        (BubbleKind::Card, "고르세요", vec!["1번", "2번", "3번", "4번", "5번"]),
        (BubbleKind::Card, "더 골라 주세요", vec!["6번", "7번", "8번", "9번", "10번"]),
        (BubbleKind::Card, "더 골라 주세요", vec!["11번", "12번"]),
    ];
    assert_eq!(seen(&bubbles), expected);
    assert_eq!(bubbles[2].buttons[1].extra.as_deref(), Some("m41_11"));
    assert_eq!(
        notes.iter().map(|note| (note.what, note.from, note.to)).collect::<Vec<_>>(),
        [("buttons-moved", 12, 5)]
    );
    // Buttons without a text stand under it, too, and without its words under ours.
    assert_eq!(seen(&classic(&text(" ", numbered(1)))), [(BubbleKind::Card, "더 골라 주세요", vec!["1번"])]);
    let silent = Words { additional_choice: " ", unsupported_media: "" };
    let bubbles = shape(&facts(Relay::Native), SEQ, &text("", numbered(1)), silent);
    assert_eq!(bubbles[0].text.as_deref(), Some("아래에서 선택해 주세요."));
}

#[test]
fn a_label_is_cut_with_a_note_and_a_dead_link_is_dropped_with_one() {
    let buttons = vec![
        postback(&"가".repeat(40)),
        link("나쁨", "javascript:alert(1)"),
        postback(" \n "),
        link("전화", "tel:02-123-4567"),
        link("앱", "shop://cart"),
    ];
    let (bubbles, notes) = shape_noted(&facts(Relay::Native), SEQ, &text("고르세요", buttons), WORDS);
    let links = &bubbles[0].buttons;
    assert_eq!(links[0].name, format!("{}…", "가".repeat(27)));
    assert_eq!(links[0].extra.as_deref(), Some("m41_0"));
    assert_eq!((links[1].name.as_str(), links[1].extra.as_deref()), ("선택", Some("m41_2")));
    for (link, scheme) in [(&links[2], "tel:02-123-4567"), (&links[3], "shop://cart")] {
        assert_eq!((link.kind, link.scheme_android.as_deref()), (LinkKind::AL, Some(scheme)));
        assert_eq!(link.scheme_ios.as_deref(), Some(scheme));
    }
    let whats: Vec<&str> = notes.iter().map(|note| note.what).collect();
    assert_eq!(whats, ["label-cut", "button-dropped"]);
}

#[test]
fn a_card_is_a_bubble_with_its_title_before_its_text() {
    let cards = vec![
        pictured(card("감귤", "달아요", vec![postback("담기")])),
        Card {
            uri: Some("https://shop.example/2".to_owned()),
            ..card("배", "시원해요", vec![postback("담기")])
        },
        card("", "", vec![]),
    ];
    let bubbles = classic(&Message::Cards { cards: cards.clone() });
    let expected = [
        (BubbleKind::Card, "감귤\n달아요", vec!["담기"]),
        (BubbleKind::Card, "배\n시원해요", vec!["담기", "자세히 보기"]),
    ];
    assert_eq!(seen(&bubbles), expected);
    assert_eq!(bubbles[0].media.as_ref().map(|media| media.kind), Some(MediaKind::Photo));
    // Buttons are counted through all cards.
    assert_eq!(bubbles[1].buttons[0].extra.as_deref(), Some("m41_1"));
    let Some(Mark::Button { seq: 41, n }) = mark("m41_1") else { panic!("no mark") };
    assert_eq!(button_of(&Message::Cards { cards }, n), Some(&postback("담기")));
}

#[test]
fn cards_stand_in_rows_where_the_relay_can_and_nothing_is_lost() {
    let cards = |count: usize| -> Vec<Card> {
        (0..count).map(|at| pictured(card(&format!("{at}호"), "설명", vec![postback("담기")]))).collect()
    };
    let rows = |relay, cards: Vec<Card>| -> Vec<usize> {
        shaped(relay, &Message::Cards { cards }).iter().map(|bubble| bubble.cards.len()).collect()
    };
    for relay in [Relay::HappytalkV3, Relay::Dktechin, Relay::Bizgo] {
        assert_eq!(rows(relay, cards(2)), [2], "{relay}");
        assert_eq!(rows(relay, cards(6)), [6], "{relay}");
        assert_eq!(rows(relay, cards(7)), [4, 3], "{relay}");
        assert_eq!(rows(relay, cards(13)), [5, 4, 4], "{relay}");
        assert_eq!(rows(relay, cards(1)), [0], "{relay}");
    }
    assert_eq!(rows(Relay::HappytalkV1, cards(3)), [0, 0, 0]);
    let row = shaped(Relay::Bizgo, &Message::Cards { cards: cards(2) });
    assert_eq!((row[0].kind, row[0].cards[1].header.as_deref()), (BubbleKind::Carousel, Some("1호")));
    assert_eq!(row[0].cards[1].buttons[0].extra.as_deref(), Some("m41_1"));
    // A row would cut these; bubbles do not.
    let mut long = cards(3);
    long[1].description = Some("길".repeat(400));
    assert_eq!(rows(Relay::Bizgo, long), [0, 0, 0]);
    let mut mixed = cards(3);
    mixed[1].media = None;
    assert_eq!(rows(Relay::Bizgo, mixed), [0, 0, 0]);
    let mut many = cards(2);
    many[0].buttons = numbered(3);
    assert_eq!(rows(Relay::Bizgo, many), [0, 0]);
}

#[test]
fn a_long_card_keeps_its_picture_at_its_beginning_and_its_buttons_at_its_end() {
    let description = "아주 달고 단단한 감귤이에요.\n".repeat(100);
    let cards = vec![pictured(card("감귤", &description, vec![postback("담기")]))];
    let bubbles = classic(&Message::Cards { cards });
    let shape: Vec<(bool, usize)> =
        bubbles.iter().map(|bubble| (bubble.media.is_some(), bubble.buttons.len())).collect();
    assert_eq!(shape, [(true, 0), (false, 1)]);
}

#[test]
fn media_are_bubbles_of_their_own() {
    let of = |media: Media, buttons| classic(&Message::Media { media, buttons });
    for (kind, bubble, medium) in [
        ("image", BubbleKind::Image, MediaKind::Photo),
        ("video", BubbleKind::Video, MediaKind::Video),
        ("audio", BubbleKind::Audio, MediaKind::Audio),
        ("file", BubbleKind::File, MediaKind::File),
    ] {
        let bubbles = of(media(kind, "https://shop.example/표.pdf?v=1"), vec![]);
        let shown = bubbles[0].media.as_ref().expect("shows something");
        assert_eq!((bubbles.len(), bubbles[0].kind, shown.kind), (1, bubble, medium));
        assert_eq!((shown.uploaded.as_deref(), shown.name.as_deref()), (None, Some("%ED%91%9C.pdf")));
    }
    let named = Media { alt_text: Some("가격표 2026.pdf".to_owned()), ..media("file", "/files/a1") };
    let own = of(named, vec![]);
    let shown = own[0].media.as_ref().expect("shows something");
    assert_eq!((shown.uri.as_str(), shown.name.as_deref()), ("/files/a1", Some("가격표 2026.pdf")));
    // A picture takes its buttons along, a video cannot.
    let picture = of(media("image", "https://shop.example/a.png"), numbered(1));
    assert_eq!(seen(&picture), [(BubbleKind::Card, "더 골라 주세요", vec!["1번"])]);
    let video = of(media("video", "https://shop.example/a.mp4"), numbered(1));
    let expected = [(BubbleKind::Video, "", vec![]), (BubbleKind::Card, "더 골라 주세요", vec!["1번"])];
    assert_eq!(seen(&video), expected);
}

#[test]
fn what_kakaotalk_does_not_show_is_a_link() {
    let of = |media: Media| classic(&Message::Media { media, buttons: vec![] });
    let hologram = of(media("hologram", "https://shop.example/h"));
    assert_eq!(seen(&hologram), [(BubbleKind::Card, "열어 보세요", vec!["열기"])]);
    let page = of(media("link", "https://shop.example/"));
    assert_eq!(seen(&page), [(BubbleKind::Card, "https://shop.example/", vec!["열기"])]);
    let nowhere =
        of(Media { alt_text: Some("감귤".to_owned()), ..media("image", "data:image/png;base64,AA") });
    assert_eq!(seen(&nowhere), [(BubbleKind::Text, "열어 보세요\n감귤", vec![])]);
    let place = |title: Option<&str>| {
        let location = Location { title: title.map(str::to_owned), latitude: 37.5, longitude: 127.0 };
        classic(&Message::Location { location })
    };
    let shop = place(Some("본점"));
    assert_eq!(seen(&shop), [(BubbleKind::Card, "본점", vec!["지도 보기"])]);
    let map = "https://map.kakao.com/link/map/%EB%B3%B8%EC%A0%90,37.5,127";
    assert_eq!(shop[0].buttons[0].url_mobile.as_deref(), Some(map));
    assert_eq!(seen(&place(None)), [(BubbleKind::Card, "열어 보세요", vec!["지도 보기"])]);
}

#[test]
fn nothing_is_still_a_bubble() {
    for nothing in [text(" \n\u{0}", vec![]), Message::Cards { cards: vec![] }] {
        assert_eq!(classic(&nothing), [Bubble::text("…")]);
    }
}

fn replied(relay: Relay, message: &Message, replies: &[Button]) -> Vec<Bubble> {
    let mut bubbles = shaped(relay, message);
    quick_replies(&facts(relay), SEQ, replies, &mut bubbles, WORDS);
    bubbles
}

#[test]
fn quick_replies_stand_where_the_relay_can_show_them() {
    let replies = [postback("네"), postback("아니요")];
    let expected = [
        Link { extra: Some("q41_0".to_owned()), ..Link::new(LinkKind::BK, "네") },
        Link { extra: Some("q41_1".to_owned()), ..Link::new(LinkKind::BK, "아니요") },
    ];
    let plain = text("그만할까요?", vec![]);
    let buttoned = text("그만할까요?", vec![postback("도움말")]);
    for relay in Relay::ALL {
        let bubbles = replied(relay, &buttoned, &replies);
        assert_eq!((bubbles.len(), bubbles[0].quick_replies.as_slice()), (1, &expected[..]), "{relay}");
    }
    for relay in [Relay::HappytalkV3, Relay::Dktechin, Relay::Bizgo] {
        let bubbles = replied(relay, &plain, &replies);
        assert_eq!((bubbles.len(), bubbles[0].quick_replies.as_slice()), (1, &expected[..]), "{relay}");
        // A picture holds none, so they get a text to stand under.
        let picture = Message::Media { media: media("image", "https://shop.example/a.png"), buttons: vec![] };
        let bubbles = replied(relay, &picture, &replies);
        assert_eq!((bubbles.len(), bubbles[1].quick_replies.as_slice()), (2, &expected[..]), "{relay}");
        assert_eq!(bubbles[1].text.as_deref(), Some("더 골라 주세요"));
    }
    // The older model shows them under buttons only: they become buttons of the text that asks.
    let bubbles = replied(Relay::HappytalkV1, &plain, &replies);
    assert_eq!(seen(&bubbles), [(BubbleKind::Card, "그만할까요?", vec!["네", "아니요"])]);
    assert_eq!(bubbles[0].buttons, expected);
    // Under a picture they need a text of their own.
    let picture = Message::Media { media: media("image", "https://shop.example/a.png"), buttons: vec![] };
    let bubbles = replied(Relay::HappytalkV1, &picture, &replies);
    assert_eq!(seen(&bubbles)[1], (BubbleKind::Card, "더 골라 주세요", vec!["네", "아니요"]));
}

#[test]
fn quick_replies_that_would_be_lost_become_buttons() {
    let plain = text("고르세요", vec![]);
    let bubbles = replied(Relay::Bizgo, &plain, &numbered(12));
    let counts: Vec<usize> = bubbles.iter().map(|bubble| bubble.buttons.len()).collect();
    assert_eq!(counts, [5, 5, 2]);
    let wordy = [postback("열네 글자보다 조금 더 긴 대답이에요")];
    let bubbles = replied(Relay::Bizgo, &plain, &wordy);
    assert_eq!(bubbles[0].buttons[0].name, "열네 글자보다 조금 더 긴 대답이에요");
    assert_eq!(replied(Relay::Bizgo, &plain, &[]).len(), 1);
}

#[test]
fn a_bubble_is_the_same_after_it_was_stored() {
    let cards = vec![
        pictured(card("감귤", "달아요", vec![postback("담기"), link("보기", "https://a.kr")]));
        2
    ];
    let mut bubbles = shaped(Relay::Bizgo, &Message::Cards { cards });
    bubbles.extend(replied(Relay::Native, &text("고르세요", numbered(2)), &numbered(3)));
    let stored = serde_json::to_string(&bubbles).expect("is written");
    let back: Vec<Bubble> = serde_json::from_str(&stored).expect("is read");
    assert_eq!(back, bubbles);
}

#[test]
fn what_is_no_mark_of_ours_is_none() {
    assert_eq!(mark("q41_0"), Some(Mark::QuickReply { seq: 41, n: 0 }));
    for other in [
        "",
        "m",
        "m_",
        "m41",
        "m41_",
        "m_1",
        "x41_1",
        "m-1_1",
        "m+1_1",
        "M41_1",
        "m41_1_1",
        "order_5511",
        "m99999999999999999999_0",
        "가41_1",
    ] {
        assert_eq!(mark(other), None, "{other}");
    }
    assert_eq!(button_of(&text("고르세요", numbered(2)), 2), None);
}
