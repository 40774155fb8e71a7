//! All that can be said of a bot file before a customer finds it: what breaks the graph, what the linter sees for each
//! channel, and whether scripts parse.

use channels::{Capabilities, kakao};
use engine::{
    bot::{
        BotFile, Complaint, Severity, Spot,
        check::{self, Limits},
    },
    message::Message,
    turn::Words,
};

/// What is wrong or remarkable, worst first within each place of the file as it stands. Where there is an error the bot is
/// not to be published.
pub fn complaints(text: &str) -> Vec<Complaint> {
    match BotFile::read(text) {
        Ok(reading) => {
            let mut complaints = reading.warnings;
            complaints.extend(of_file(&reading.file));
            complaints
        }
        Err(refused) => refused.0,
    }
}

/// The same of a file that has been read, without what reading it told.
pub fn of_file(file: &BotFile) -> Vec<Complaint> {
    let mut complaints = check::check(file, &limits(&kakao::CAPABILITIES));
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

/// A channel's numbers as the linter counts with them.
pub fn limits(shown: &Capabilities) -> Limits {
    Limits {
        platform: shown.platform,
        channel: ("카카오톡", "KakaoTalk"),
        text: shown.text,
        text_with_buttons: shown.text_with_buttons,
        cards: shown.cards,
        card_title: shown.card_title,
        card_body: shown.card_body,
        card_body_in_row: (shown.card_body_in_carousel, shown.text_card_body_in_carousel),
        buttons: shown.buttons,
        label: shown.label,
        quick_replies: shown.quick_replies,
        payload: shown.payload,
        answer: Some((shown.messages.unwrap_or(usize::MAX), shown.bytes.unwrap_or(usize::MAX))),
        weigh,
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
