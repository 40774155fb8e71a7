//! Messages to bubbles, each within the relay's limits (spec consulttalk.md 11).
//!
//! What is too long is divided into further bubbles and never cut, save what stands on a button. Titles of cards go
//! before their text. Buttons that find no room stand in a further bubble under the bot's `additionalChoice`.

use std::ops::Range;

use engine::message::{Button, Card, Location, Media, Message};

use super::{Bubble, BubbleKind, BubbleMedia, Facts, Link, Mark, MediaKind, button, guesses};
use crate::{
    ShapeNote,
    kakao::url,
    text::{self, divide16, units},
};

/// Stands over buttons where the bot has no words for it.
const CHOICE: &str = "아래에서 선택해 주세요.";
/// Stands for a medium where the bot has no words for it.
const UNSUPPORTED: &str = "(지원하지 않는 미디어)";
/// Sent where there is nothing to say: a bubble without text does not exist.
const BLANK: &str = "…";
/// On the button to where a card leads.
const MORE_ABOUT: &str = "자세히 보기";
/// On the button to something that is no picture, video, sound or file.
const OPEN: &str = "열기";
/// On the button to a place.
const MAP: &str = "지도 보기";
/// What a place without a name is called on the map.
const PLACE: &str = "위치";
/// Characters of a file's name.
const FILE_NAME: usize = 200;

/// What the bot says by itself, rendered (spec bot.md, "The file").
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Stands over buttons that need a bubble of their own.
    pub additional_choice: &'a str,
    /// Stands for a medium that KakaoTalk does not show.
    pub unsupported_media: &'a str,
}

impl Words<'_> {
    fn choice(&self, facts: &Facts) -> String {
        let choice = text::clean(self.additional_choice);
        let choice = if choice.trim().is_empty() { CHOICE } else { choice.trim() };
        text::cut16(choice, facts.text)
    }
}

/// The message as bubbles; at least one. `seq` is its number in its thread, by which a pressed button is known.
pub fn shape(facts: &Facts, seq: i64, message: &Message, words: Words<'_>) -> Vec<Bubble> {
    shape_noted(facts, seq, message, words).0
}

/// As [`shape`], and what could not be sent as it was.
pub fn shape_noted(
    facts: &Facts,
    seq: i64,
    message: &Message,
    words: Words<'_>,
) -> (Vec<Bubble>, Vec<ShapeNote>) {
    let mut shaper = Shaper { at: Some(0), ..Shaper::new(facts, seq, words) };
    match message {
        Message::Text { text, buttons } => {
            let links = shaper.links(buttons);
            shaper.say(text, None, links);
        }
        Message::Media { media, buttons } => shaper.medium(media, buttons),
        Message::Cards { cards } => shaper.cards(cards),
        Message::Location { location } => shaper.location(location),
    }
    if shaper.bubbles.is_empty() {
        shaper.note("blank", 0, 1);
        shaper.bubbles.push(Bubble::text(BLANK));
    }
    (shaper.bubbles, shaper.notes)
}

/// Adds quick replies: to the last bubble where the relay can, else as buttons under the last text, or of a bubble of their
/// own where the last is no text. `seq` is the
/// number of the message under which they stand.
pub fn quick_replies(
    facts: &Facts,
    seq: i64,
    replies: &[Button],
    bubbles: &mut Vec<Bubble>,
    words: Words<'_>,
) -> Vec<ShapeNote> {
    if replies.is_empty() {
        return Vec::new();
    }
    let fit = replies.len() <= facts.quick_replies
        && replies.iter().all(|reply| units(&button::label(&reply.label)) <= facts.quick_reply_label);
    // The older model knows quick replies only under a bubble of the link kind.
    let carries = bubbles.last().is_some_and(|bubble| {
        bubble.quick_replies.is_empty()
            && (bubble.kind == BubbleKind::Card || (facts.rich && bubble.kind == BubbleKind::Text))
    });
    let quick = fit && (carries || facts.rich);
    let most = if quick { facts.quick_reply_label } else { facts.label };
    let mut shaper = Shaper { bubbles: std::mem::take(bubbles), ..Shaper::new(facts, seq, words) };
    let mark = |n| Mark::QuickReply { seq, n }.extra();
    let links: Vec<Link> =
        replies.iter().enumerate().filter_map(|(n, reply)| shaper.link(reply, most, mark(n))).collect();
    match shaper.bubbles.last_mut().filter(|_| quick && carries) {
        _ if links.is_empty() => {}
        Some(last) => last.quick_replies = links,
        None if quick => {
            let choice = words.choice(facts);
            shaper.bubbles.push(Bubble { quick_replies: links, ..Bubble::text(choice) });
        }
        None => {
            // Under the text that asks, where it is one: a bubble of buttons alone says nothing.
            let asks = |last: &mut Bubble| last.kind == BubbleKind::Text && last.auto_answer.is_none();
            let text = shaper.bubbles.pop_if(asks).and_then(|last| last.text).unwrap_or_default();
            // What was noted of the labels is of that bubble, too.
            let bubble = shaper.bubbles.len();
            shaper.notes.iter_mut().for_each(|note| note.bubble = bubble);
            shaper.note("quick-replies-as-buttons", replies.len(), links.len());
            shaper.say(&text, None, links);
        }
    }
    *bubbles = shaper.bubbles;
    shaper.notes
}

struct Shaper<'a> {
    facts: &'a Facts,
    seq: i64,
    words: Words<'a>,
    bubbles: Vec<Bubble>,
    notes: Vec<ShapeNote>,
    /// The message that is shaped; `None` for quick replies.
    at: Option<usize>,
    /// The next button's number in the whole message.
    next_button: usize,
}

/// A card on its way.
struct Draft {
    title: String,
    description: String,
    picture: Option<BubbleMedia>,
    /// A video or sound, which is a bubble before the card.
    other: Option<BubbleMedia>,
    links: Vec<Link>,
    /// What was noted of it before it was known in which bubble it stands.
    notes: Range<usize>,
}

impl<'a> Shaper<'a> {
    fn new(facts: &'a Facts, seq: i64, words: Words<'a>) -> Self {
        Self { facts, seq, words, bubbles: Vec::new(), notes: Vec::new(), at: None, next_button: 0 }
    }

    /// A text with a picture above and buttons below, in as many bubbles as it takes: the picture stands at the text's
    /// beginning, the buttons at its end.
    fn say(&mut self, said: &str, picture: Option<BubbleMedia>, links: Vec<Link>) {
        let said = text::clean(said);
        let mut pieces = divide16(&said, self.facts.text);
        if pieces.len() > 1 {
            self.note("text-divided", units(&said), self.facts.text);
        }
        if pieces.is_empty() {
            match picture {
                Some(picture) if links.is_empty() => return self.bubbles.push(Bubble::media(picture)),
                None if links.is_empty() => return,
                _ => pieces.push(self.words.choice(self.facts)),
            }
        }
        if links.len() > self.facts.buttons {
            self.note("buttons-moved", links.len(), self.facts.buttons);
        }
        let mut groups = groups(links, self.facts.buttons).into_iter();
        let mut picture = picture;
        let last = pieces.len() - 1;
        for (at, piece) in pieces.into_iter().enumerate() {
            let buttons = if at == last { groups.next().unwrap_or_default() } else { Vec::new() };
            self.bubbles.push(Bubble { media: picture.take(), buttons, ..Bubble::text(piece) }.named());
        }
        for buttons in groups {
            let choice = self.words.choice(self.facts);
            self.bubbles.push(Bubble { buttons, ..Bubble::text(choice) }.named());
        }
    }

    fn medium(&mut self, media: &Media, buttons: &[Button]) {
        let links = self.links(buttons);
        let alt = media.alt_text.as_deref().map(text::clean).filter(|alt| !alt.trim().is_empty());
        match bubble_media(media) {
            Some(shown) if shown.kind == MediaKind::Photo && !links.is_empty() => {
                self.say(&alt.unwrap_or_default(), Some(shown), links);
            }
            Some(shown) => {
                self.bubbles.push(Bubble::media(shown));
                if !links.is_empty() {
                    self.say(&alt.unwrap_or_default(), None, links);
                }
            }
            None => self.elsewhere(media, alt, links),
        }
    }

    /// What KakaoTalk does not show is a button to where it is.
    fn elsewhere(&mut self, media: &Media, alt: Option<String>, mut links: Vec<Link>) {
        let unsupported = text::clean(self.words.unsupported_media);
        let unsupported = if unsupported.trim().is_empty() { UNSUPPORTED } else { unsupported.trim() };
        match url::web(&media.uri).filter(|address| address.len() <= guesses::ADDRESS) {
            Some(address) => {
                self.note("media-as-link", 1, 1);
                let said = match alt {
                    Some(alt) => alt,
                    // A link is no medium that failed: its address says more than that.
                    None if media.content_type == "link" => media.uri.trim().to_owned(),
                    None => unsupported.to_owned(),
                };
                links.insert(0, button::web(OPEN, address));
                self.say(&said, None, links);
            }
            None => {
                self.note("media-dropped", 1, 0);
                let said = alt.map_or_else(|| unsupported.to_owned(), |alt| format!("{unsupported}\n{alt}"));
                self.say(&said, None, links);
            }
        }
    }

    fn location(&mut self, location: &Location) {
        let title = location.title.as_deref().map(text::clean).filter(|title| !title.trim().is_empty());
        let unsupported = text::clean(self.words.unsupported_media);
        let said = title.clone().unwrap_or_else(|| {
            if unsupported.trim().is_empty() { UNSUPPORTED.to_owned() } else { unsupported }
        });
        let address = url::map(title.as_deref().unwrap_or(PLACE), location.latitude, location.longitude);
        self.say(&said, None, vec![button::web(MAP, address)]);
    }

    fn cards(&mut self, cards: &[Card]) {
        let drafts: Vec<Draft> = cards.iter().map(|card| self.draft(card)).collect();
        if self.fit_in_rows(&drafts) {
            let (_, most) = self.facts.carousel.unwrap_or((1, 1));
            for row in rows(drafts, most) {
                for draft in &row {
                    self.move_notes(draft.notes.clone());
                }
                let cards = row.into_iter().map(Draft::into_row).collect();
                self.bubbles.push(Bubble { cards, ..Bubble::new(BubbleKind::Carousel) });
            }
            return;
        }
        if drafts.len() > 1 {
            self.note("cards-one-by-one", drafts.len(), 1);
        }
        for draft in drafts {
            if let Some(other) = draft.other {
                self.bubbles.push(Bubble::media(other));
            }
            self.move_notes(draft.notes);
            self.say(&folded(&draft.title, &draft.description), draft.picture, draft.links);
        }
    }

    fn draft(&mut self, card: &Card) -> Draft {
        let noted = self.notes.len();
        let mut links = self.links(&card.buttons);
        let (mut picture, mut other) = (None, None);
        if let Some(media) = &card.media {
            match bubble_media(media) {
                Some(shown) if shown.kind == MediaKind::Photo => picture = Some(shown),
                Some(shown) => other = Some(shown),
                None => match url::web(&media.uri).filter(|address| address.len() <= guesses::ADDRESS) {
                    Some(address) => links.push(button::web(OPEN, address)),
                    None => self.note("card-media-dropped", 1, 0),
                },
            }
        }
        let leads = card.uri.as_deref().and_then(url::web);
        if let Some(address) = leads.filter(|address| address.len() <= guesses::ADDRESS) {
            links.push(button::web(MORE_ABOUT, address));
        }
        Draft {
            title: text::clean(&card.title).trim().to_owned(),
            description: text::clean(card.description.as_deref().unwrap_or_default()).trim().to_owned(),
            picture,
            other,
            links,
            notes: noted..self.notes.len(),
        }
    }

    /// Of the next bubble these notes are.
    fn move_notes(&mut self, notes: Range<usize>) {
        let bubble = self.bubbles.len();
        self.notes[notes].iter_mut().for_each(|note| note.bubble = bubble);
    }

    /// Whether the cards can stand in rows without losing anything. All have a picture or none has.
    fn fit_in_rows(&self, drafts: &[Draft]) -> bool {
        let Some((least, most)) = self.facts.carousel else { return false };
        let fits = |draft: &Draft| {
            let (_, message) = draft.heading();
            draft.other.is_none()
                && draft.picture.is_some() == drafts[0].picture.is_some()
                && draft.links.len() <= guesses::CAROUSEL_BUTTONS
                && !message.is_empty()
                && units(&message) <= guesses::CAROUSEL_MESSAGE
        };
        // Rows are of even length, so that none has fewer than half of the most.
        drafts.len() >= least && most / 2 >= least && drafts.iter().all(fits)
    }

    fn links(&mut self, buttons: &[Button]) -> Vec<Link> {
        let first = self.next_button;
        self.next_button += buttons.len();
        buttons
            .iter()
            .enumerate()
            .filter_map(|(at, button)| {
                let extra = Mark::Button { seq: self.seq, n: first + at }.extra();
                self.link(button, self.facts.label, extra)
            })
            .collect()
    }

    fn link(&mut self, button: &Button, most: usize, extra: Option<String>) -> Option<Link> {
        let link = button::link(button, most, extra);
        let length = units(&button::label(&button.label));
        if link.is_none() {
            self.note("button-dropped", 1, 0);
        } else if length > most {
            self.note("label-cut", length, most);
        }
        link
    }

    fn note(&mut self, what: &'static str, from: usize, to: usize) {
        self.notes.push(ShapeNote { message: self.at, bubble: self.bubbles.len(), what, from, to });
    }
}

impl Draft {
    /// Heading and text of the card in a row: the title is a heading where it is short enough for one.
    fn heading(&self) -> (Option<String>, String) {
        let is_heading = !self.title.is_empty()
            && !self.description.is_empty()
            && !self.title.contains('\n')
            && units(&self.title) <= guesses::CAROUSEL_HEADER;
        if is_heading {
            (Some(self.title.clone()), self.description.clone())
        } else {
            (None, folded(&self.title, &self.description))
        }
    }

    fn into_row(self) -> Bubble {
        let (header, message) = self.heading();
        Bubble { header, media: self.picture, buttons: self.links, ..Bubble::text(message) }.named()
    }
}

/// A title before the text that it is the title of.
fn folded(title: &str, description: &str) -> String {
    match (title.is_empty(), description.is_empty()) {
        (false, false) => format!("{title}\n{description}"),
        (false, true) => title.to_owned(),
        _ => description.to_owned(),
    }
}

/// Buttons in groups that fit under one bubble.
fn groups(links: Vec<Link>, most: usize) -> Vec<Vec<Link>> {
    let mut groups: Vec<Vec<Link>> = Vec::new();
    for link in links {
        match groups.last_mut() {
            Some(group) if group.len() < most => group.push(link),
            _ => groups.push(vec![link]),
        }
    }
    groups
}

/// Rows of nearly the same length, none longer than `most`.
fn rows(drafts: Vec<Draft>, most: usize) -> Vec<Vec<Draft>> {
    let count = drafts.len().div_ceil(most.max(1)).max(1);
    let (length, longer) = (drafts.len() / count, drafts.len() % count);
    let mut drafts = drafts.into_iter();
    (0..count).map(|row| drafts.by_ref().take(length + usize::from(row < longer)).collect()).collect()
}

/// A picture, video, sound or file as KakaoTalk shows it after an upload. `None` for other kinds, and for what nobody
/// could fetch. An address without host is this server's own: that is how agents' files are kept.
fn bubble_media(media: &Media) -> Option<BubbleMedia> {
    let kind = match media.content_type.as_str() {
        "image" | "photo" => MediaKind::Photo,
        "video" => MediaKind::Video,
        "audio" => MediaKind::Audio,
        "file" => MediaKind::File,
        _ => return None,
    };
    let uri = media.uri.trim();
    let is_own =
        uri.starts_with('/') && !uri.starts_with("//") && uri.bytes().all(|byte| byte.is_ascii_graphic());
    let uri = if is_own { uri.to_owned() } else { url::web(uri)? };
    let alt = media.alt_text.as_deref().map(button::label_line).filter(|_| kind == MediaKind::File);
    let name = alt.filter(|name| !name.is_empty()).or_else(|| {
        let path = uri.split(['?', '#']).next()?;
        path.rsplit_once("://")
            .map_or(path, |(_, rest)| rest)
            .rsplit_once('/')
            .map(|(_, name)| name.to_owned())
    });
    let name = name.filter(|name| !name.is_empty()).map(|name| text::cut(&name, FILE_NAME));
    Some(BubbleMedia { kind, uri, uploaded: None, name, size: None })
}
