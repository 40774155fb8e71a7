//! All that can be said of a bot file before a customer finds it: what breaks the graph, what the linter sees for each
//! channel, and whether scripts parse.

use channels::{Capabilities, consulttalk::Facts, kakao};
use engine::{
    bot::{
        BotFile, Complaint, Severity, Spot,
        check::{self, Limits, Then},
    },
    message::Message,
    turn::Words,
};

/// What is wrong or remarkable, worst first within each place of the file as it stands. Where there is an error the bot is
/// not to be published. With the facts of a relay what ConsultationTalk shows otherwise comes last.
pub fn complaints(text: &str, relay: Option<&Facts>) -> Vec<Complaint> {
    match BotFile::read(text) {
        Ok(reading) => {
            let mut complaints = reading.warnings;
            complaints.extend(of_file(&reading.file));
            complaints.extend(
                relay.into_iter().flat_map(|facts| check::check_limits(&reading.file, &consulttalk(facts))),
            );
            complaints
        }
        Err(refused) => refused.0,
    }
}

/// The same of a file that has been read, without what reading it told.
pub fn of_file(file: &BotFile) -> Vec<Complaint> {
    let mut complaints = check::check(file, &kakaotalk());
    complaints.extend(scripts(file));
    complaints
}

/// Does anything speak against publishing?
pub fn stops(complaints: &[Complaint]) -> bool {
    complaints.iter().any(|complaint| complaint.severity == Severity::Error)
}

/// Scripts that do not parse, and libraries that they will not get.
fn scripts(file: &BotFile) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut tell = |severity, code, spot: &Spot, ko: String, en: String| {
        complaints.push(Complaint::new(severity, code, spot.clone(), ko, en));
    };
    for (spot, script) in check::scripts(file) {
        if let Err(error) = sandbox::check(&script) {
            let (line, column) = (error.line, error.column);
            tell(
                Severity::Error,
                "script-syntax",
                &spot,
                format!("스크립트를 읽을 수 없어요: {line}행 {column}열, {}", error.message),
                format!("The script does not parse: line {line}, column {column}: {}", error.message),
            );
        }
        for name in sandbox::required(&script).into_iter().filter(|name| !sandbox::offers(name)) {
            let offered = sandbox::libraries().join(", ");
            tell(
                Severity::Warning,
                "script-library",
                &spot,
                format!("require('{name}')은 쓸 수 없는 라이브러리예요. 쓸 수 있는 것: {offered}"),
                format!("require('{name}') is not offered. Offered are: {offered}"),
            );
        }
    }
    complaints
}

/// `KakaoTalk`'s numbers as the linter counts with them.
fn kakaotalk() -> Limits {
    let shown = kakao::CAPABILITIES;
    Limits {
        answer: Some((shown.messages.unwrap_or(usize::MAX), shown.bytes.unwrap_or(usize::MAX))),
        weigh,
        ..limits(&shown, ("카카오톡", "KakaoTalk"))
    }
}

/// Those of ConsultationTalk through a relay.
fn consulttalk(facts: &Facts) -> Limits {
    let shown = facts.capabilities();
    let one_by_one = ("카드를 한 장씩 따로 보내요", "the cards are sent one by one");
    let divided = ("제목과 합쳐 세고, 말풍선을 나눠요", "with its title; it is divided into bubbles");
    let as_buttons = ("바로연결 대신 모두 버튼으로 보내요", "all of them become buttons");
    let (card_body_in_row, cards) = match facts.carousel {
        Some(_) => (one_by_one, ("다음 줄로 나눠요", "the rest stand in a further row")),
        None => (divided, one_by_one),
    };
    let moved = ("나머지는 다음 말풍선으로 이어져요", "the rest stand in a further bubble");
    Limits {
        heading_in_row: facts.heading_in_row(),
        buttons_in_row: facts.buttons_in_row().unwrap_or(shown.buttons),
        measure: channels::consulttalk::length,
        then: Then {
            cards,
            card_body: divided,
            card_body_in_row,
            card_buttons: moved,
            card_buttons_in_row: if facts.carousel.is_some() { one_by_one } else { moved },
            quick_replies: as_buttons,
            quick_reply_label: as_buttons,
        },
        ..limits(&shown, ("상담톡", "ConsultationTalk"))
    }
}

/// A channel's numbers, where nothing is bounded but what is seen.
fn limits(shown: &Capabilities, channel: (&'static str, &'static str)) -> Limits {
    Limits {
        platform: shown.platform,
        channel,
        text: shown.text,
        text_with_buttons: shown.text_with_buttons,
        cards: shown.cards,
        card_title: shown.card_title,
        heading_in_row: 0,
        card_body: shown.card_body,
        card_body_in_row: (shown.card_body_in_carousel, shown.text_card_body_in_carousel),
        buttons: shown.buttons,
        buttons_in_row: shown.buttons,
        label: shown.label,
        quick_replies: shown.quick_replies,
        quick_reply_label: shown.quick_reply_label,
        payload: shown.payload,
        answer: None,
        weigh: |_| (0, 0),
        measure: |text| text.chars().count(),
        then: Then::DIVIDED,
    }
}

/// How many bubbles and bytes KakaoTalk makes of messages that are said in one answer.
fn weigh(messages: &[Message]) -> (usize, usize) {
    let words = Words::default();
    let answer = kakao::outbound::Answer {
        messages: messages.iter().collect(),
        quick_replies: &[],
        agent_call: None,
        words: kakao::outbound::Words {
            more: &words.more,
            additional_choice: &words.additional_choice,
            unsupported_media: &words.unsupported_media,
            empty: &words.empty,
        },
    };
    let (held, _) = kakao::outbound::hold(&answer);
    (held.bubbles(), held.bytes())
}
