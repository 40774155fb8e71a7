//! What a phone would show, as text: bubbles with borders, cards, buttons and chips with numbers to tap.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::{
    judge::{Bubble, Button, Card},
    kakao::Seen,
};

/// Columns inside a bubble. A Korean letter takes two.
const WIDTH: usize = 44;
/// What is past so many characters is folded on a phone (spec kakao-skill.md 4.2).
const FOLD: usize = 500;

/// Draws what is seen. What can be tapped is numbered from 1: chips first, then buttons from top to bottom.
pub fn draw(seen: &Seen) -> (String, Vec<Button>) {
    let mut screen = Screen { out: String::new(), taps: seen.quick_replies.clone() };
    for bubble in &seen.bubbles {
        match bubble {
            Bubble::Text(text) => {
                let folded = text.chars().count() > FOLD;
                let shown: String = if folded { text.chars().take(FOLD).collect() } else { text.clone() };
                let mut lines = wrap(&shown);
                if folded {
                    lines.push("… 전체 보기 >".to_owned());
                }
                screen.frame(&lines);
            }
            Bubble::Image(url, alt) => {
                screen.frame(&[format!("[{alt}]"), url.clone()].map(|line| cut(&line)));
            }
            Bubble::Card(card) => screen.card(card, ""),
            Bubble::Carousel(carousel) => {
                if let Some(header) = &carousel.header {
                    let mut lines = vec![cut(&format!("[그림] {}", header.picture))];
                    lines.extend(wrap(&header.title).into_iter().map(|line| format!("■ {line}")));
                    lines.extend(wrap(&header.description));
                    screen.frame(&lines);
                }
                for (at, card) in carousel.cards.iter().enumerate() {
                    screen.card(card, &format!("{}/{}", at + 1, carousel.cards.len()));
                }
            }
        }
    }
    if !seen.quick_replies.is_empty() {
        let chips =
            seen.quick_replies.iter().enumerate().map(|(at, reply)| format!("({}) {}", at + 1, reply.label));
        screen.out.push_str(&format!("  {}\n", chips.collect::<Vec<_>>().join("   ")));
    }
    (screen.out, screen.taps)
}

struct Screen {
    out: String,
    taps: Vec<Button>,
}

impl Screen {
    fn card(&mut self, card: &Card, number: &str) {
        let mut lines = Vec::new();
        if !number.is_empty() {
            lines.push(format!("◂ {number} ▸"));
        }
        if let Some(picture) = &card.picture {
            lines.push(cut(&format!("[그림] {picture}")));
        }
        lines.extend(card.above.iter().flat_map(|text| wrap(text)));
        lines.extend(wrap(&card.title).into_iter().map(|line| format!("■ {line}")));
        lines.extend(wrap(&card.description));
        lines.extend(card.rows.iter().flat_map(|(what, value)| wrap(&format!("{what}  {value}"))));
        for item in &card.items {
            let number = item.tap.as_ref().map(|tap| self.number(tap)).unwrap_or_default();
            lines.extend(wrap(&format!("{number}{}", item.title)));
            lines.extend(wrap(&item.description).into_iter().map(|line| format!("    {line}")));
        }
        let buttons: Vec<String> = card
            .buttons
            .iter()
            .map(|button| format!("{}{}{}", self.number(button), button.label, sign(button)))
            .collect();
        if card.horizontal {
            lines.extend(wrap(&buttons.join("   ")));
        } else {
            lines.extend(buttons);
        }
        self.frame(&lines);
    }

    /// The number under which something can be tapped.
    fn number(&mut self, button: &Button) -> String {
        self.taps.push(button.clone());
        format!("[{}] ", self.taps.len())
    }

    fn frame(&mut self, lines: &[String]) {
        self.out.push_str(&framed(lines));
    }
}

/// Lines that fit, in a bubble.
pub(crate) fn framed(lines: &[String]) -> String {
    let mut out = format!("  ╭{}╮\n", "─".repeat(WIDTH + 2));
    for line in lines {
        let fill = WIDTH.saturating_sub(line.width());
        out.push_str(&format!("  │ {line}{} │\n", " ".repeat(fill)));
    }
    out.push_str(&format!("  ╰{}╯\n", "─".repeat(WIDTH + 2)));
    out
}

/// What leads out of the chat room carries a sign.
fn sign(button: &Button) -> &'static str {
    match button.action.as_str() {
        "webLink" => " ↗",
        "phone" => " ☎",
        "operator" => " ☺",
        _ => "",
    }
}

/// Lines that fit, divided between words where possible.
pub(crate) fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split_word_bounds() {
            if current.width() + word.width() > WIDTH && !current.is_empty() {
                lines.push(std::mem::take(&mut current).trim_end().to_owned());
            }
            for grapheme in word.graphemes(true) {
                if current.width() + grapheme.width() > WIDTH {
                    lines.push(std::mem::take(&mut current));
                }
                if !(current.is_empty() && grapheme == " ") {
                    current.push_str(grapheme);
                }
            }
        }
        lines.push(current);
    }
    lines
}

/// The first line of what fits.
pub(crate) fn cut(line: &str) -> String {
    wrap(line).into_iter().next().unwrap_or_default()
}
