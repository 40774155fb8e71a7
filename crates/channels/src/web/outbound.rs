//! Messages within what the web chat shows ([`crate::WEB`]): divided where that is possible, else cut with "…".
//!
//! A page gets messages in the engine's own words, so nothing is translated here. Pages trust these bounds: what is within
//! them looks right in the widget, and in windows that others draw.

use engine::message::{Action, Button, Card, Message};

use crate::{ShapeNote, WEB, text};

/// What goes to a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shaped {
    /// In order, each with the position of the message that it is a part of.
    pub messages: Vec<(usize, Message)>,
    /// What can be tapped below them.
    pub quick_replies: Vec<Button>,
    /// What is not as it was said; `bubble` is the position among `messages`.
    pub notes: Vec<ShapeNote>,
}

/// Shapes what a bot says. `choice` stands above buttons that found no room beside their text.
pub fn shape<'a>(
    messages: impl IntoIterator<Item = &'a Message>,
    quick_replies: &[Button],
    choice: &str,
) -> Shaped {
    let mut shaper = Shaper { shaped: Shaped::default(), at: 0, choice };
    for (at, message) in messages.into_iter().enumerate() {
        shaper.at = at;
        shaper.message(message);
    }
    let replies = &quick_replies[..quick_replies.len().min(WEB.quick_replies)];
    if quick_replies.len() > replies.len() {
        shaper.note("quick-replies-cut", quick_replies.len(), WEB.quick_replies);
    }
    let replies = replies.iter().map(|reply| shaper.button(reply, WEB.quick_reply_label)).collect();
    shaper.shaped.quick_replies = replies;
    shaper.shaped
}

struct Shaper<'a> {
    shaped: Shaped,
    /// The message that is being shaped.
    at: usize,
    choice: &'a str,
}

impl Shaper<'_> {
    fn message(&mut self, message: &Message) {
        match message {
            Message::Text { text, buttons } => self.text(text, buttons),
            Message::Media { media, buttons } => {
                let (here, below) = self.buttons(buttons);
                self.push(Message::Media { media: media.clone(), buttons: here });
                self.below(&below);
            }
            Message::Cards { cards } => self.cards(cards),
            Message::Location { .. } => self.push(message.clone()),
        }
    }

    fn text(&mut self, said: &str, buttons: &[Button]) {
        let mut pieces = vec![said.to_owned()];
        if text::count(said) > WEB.text {
            self.note("text-divided", text::count(said), WEB.text);
            pieces = text::divide(said, WEB.text);
        }
        // Buttons stand below the end of what they are about.
        let last = pieces.pop().unwrap_or_default();
        for text in pieces {
            self.push(Message::Text { text, buttons: Vec::new() });
        }
        let (here, below) = self.buttons(buttons);
        self.push(Message::Text { text: last, buttons: here });
        self.below(&below);
    }

    fn cards(&mut self, cards: &[Card]) {
        if cards.len() > WEB.cards {
            self.note("cards-divided", cards.len(), WEB.cards);
        }
        for row in cards.chunks(WEB.cards) {
            let mut below = Vec::new();
            let mut shown = Vec::with_capacity(row.len());
            for card in row {
                let (buttons, rest) = self.buttons(&card.buttons);
                below.extend(rest);
                let description = card.description.as_ref();
                shown.push(Card {
                    title: self.cut("card-title-cut", &card.title, WEB.card_title),
                    description: description.map(|it| self.cut("card-description-cut", it, WEB.card_body)),
                    buttons,
                    ..card.clone()
                });
            }
            self.push(Message::Cards { cards: shown });
            self.below(&below);
        }
    }

    /// Buttons as they are shown: those that stand here, and those that find no room.
    fn buttons(&mut self, buttons: &[Button]) -> (Vec<Button>, Vec<Button>) {
        let mut here: Vec<Button> = buttons.iter().map(|button| self.button(button, WEB.label)).collect();
        let below = here.split_off(here.len().min(WEB.buttons));
        if !below.is_empty() {
            self.note("buttons-moved", buttons.len(), WEB.buttons);
        }
        (here, below)
    }

    fn below(&mut self, buttons: &[Button]) {
        for buttons in buttons.chunks(WEB.buttons) {
            self.push(Message::Text { text: self.choice.to_owned(), buttons: buttons.to_vec() });
        }
    }

    /// A page sends back what stands on a button. Where that is cut, the whole label is carried beside it.
    fn button(&mut self, button: &Button, most: usize) -> Button {
        let label = self.cut("label-cut", &button.label, most);
        let mut action = button.action.clone();
        if let Action::Postback { payload: payload @ None } = &mut action
            && label != button.label
        {
            *payload = Some(text::cut(&button.label, WEB.payload));
        }
        Button { label, action }
    }

    fn cut(&mut self, what: &'static str, said: &str, most: usize) -> String {
        if text::count(said) > most {
            self.note(what, text::count(said), most);
        }
        text::cut(said, most)
    }

    fn push(&mut self, message: Message) {
        self.shaped.messages.push((self.at, message));
    }

    fn note(&mut self, what: &'static str, from: usize, to: usize) {
        let bubble = self.shaped.messages.len();
        self.shaped.notes.push(ShapeNote { message: Some(self.at), bubble, what, from, to });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(label: &str) -> Button {
        Button { label: label.to_owned(), action: Action::Postback { payload: None } }
    }

    fn whats(shaped: &Shaped) -> Vec<(&str, usize)> {
        shaped.notes.iter().map(|note| (note.what, note.bubble)).collect()
    }

    #[test]
    fn what_is_within_the_bounds_goes_as_it_is() {
        let said = [
            Message::Text { text: "가".repeat(WEB.text), buttons: vec![button("네")] },
            Message::Cards { cards: vec![Card { title: "빵".to_owned(), ..Card::default() }; WEB.cards] },
        ];
        let shaped = shape(&said, &[button("처음")], "골라 주세요");
        assert_eq!(shaped.messages, said.into_iter().enumerate().collect::<Vec<_>>());
        assert_eq!((shaped.quick_replies, shaped.notes), (vec![button("처음")], Vec::new()));
    }

    #[test]
    fn what_is_too_much_is_divided_before_it_is_cut() {
        let long = format!("{}. {}", "가".repeat(600), "나".repeat(600));
        let labels: Vec<Button> = (1..=11).map(|at| button(&at.to_string())).collect();
        let said = [Message::Text { text: long, buttons: labels.clone() }];
        let shaped = shape(&said, &[], "골라 주세요");
        let texts: Vec<(usize, usize, usize)> = shaped
            .messages
            .iter()
            .map(|(at, message)| match message {
                Message::Text { text, buttons } => (*at, text.chars().count(), buttons.len()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(texts, [(0, 601, 0), (0, 600, 9), (0, 6, 2)]);
        assert_eq!(whats(&shaped), [("text-divided", 0), ("buttons-moved", 1)]);

        let card =
            Card { title: "제".repeat(300), description: Some("설".repeat(1_200)), ..Card::default() };
        let shaped = shape(&[Message::Cards { cards: vec![card; 12] }], &vec![button("네"); 60], "");
        let sizes: Vec<usize> = shaped
            .messages
            .iter()
            .map(|(_, message)| match message {
                Message::Cards { cards } => {
                    assert_eq!(cards[0].title.chars().count(), WEB.card_title);
                    assert!(cards[0].description.as_ref().is_some_and(|it| it.ends_with('…')));
                    cards.len()
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!((sizes, shaped.quick_replies.len()), (vec![10, 2], WEB.quick_replies));
        assert_eq!(whats(&shaped)[0], ("cards-divided", 0));
        assert_eq!(whats(&shaped).last(), Some(&("quick-replies-cut", 2)));
    }
}
