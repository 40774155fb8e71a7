//! What a person sees of an answer, as plain data.
//!
//! These are not Kakao's structs: they hold what is visible or can be tapped, and nothing that only a builder needs.

use serde_json::Value;

/// One bubble.
#[derive(Debug, Clone, PartialEq)]
pub enum Bubble {
    /// A text.
    Text(String),
    /// A picture: its address and what it shows.
    Image(String, String),
    /// One card.
    Card(Box<Card>),
    /// Cards side by side.
    Carousel(Carousel),
}

/// Cards side by side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Carousel {
    /// The first, tapless card that says what the others are about.
    pub header: Option<Header>,
    /// The cards.
    pub cards: Vec<Card>,
}

/// What stands before the cards of a carousel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// The title.
    pub title: String,
    /// The text.
    pub description: String,
    /// The picture's address.
    pub picture: String,
}

/// A card of any kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// `textCard`, `basicCard`, …
    pub kind: String,
    /// What stands above the title: head, profile, image title, the nickname of a seller.
    pub above: Vec<String>,
    /// The title.
    pub title: String,
    /// The text.
    pub description: String,
    /// The picture's address.
    pub picture: Option<String>,
    /// The picture is square instead of twice as wide as high.
    pub square: bool,
    /// Rows of an itemCard with its summary, and prices: what, and how much.
    pub rows: Vec<(String, String)>,
    /// Items of a list.
    pub items: Vec<Item>,
    /// The buttons.
    pub buttons: Vec<Button>,
    /// Buttons stand side by side.
    pub horizontal: bool,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// The title.
    pub title: String,
    /// The small text.
    pub description: String,
    /// The picture's address.
    pub picture: Option<String>,
    /// What a tap does, where it does anything.
    pub tap: Option<Button>,
}

/// Something to tap: a button, a quick reply, or what lies behind a list item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// `message`, `block`, `webLink`, `phone`, `share`, `operator`.
    pub action: String,
    /// What is said when it is tapped.
    pub message: Option<String>,
    /// The block that is called.
    pub block_id: Option<String>,
    /// Where it leads: an address or a telephone number.
    pub link: Option<String>,
    /// What comes back as `clientExtra`.
    pub extra: Option<Value>,
}

impl Card {
    /// What can be tapped, from top to bottom.
    pub fn taps(&self) -> impl Iterator<Item = &Button> {
        self.items.iter().filter_map(|item| item.tap.as_ref()).chain(&self.buttons)
    }

    /// Its texts from top to bottom, without buttons.
    pub fn texts(&self) -> Vec<String> {
        let rows = self.rows.iter().map(|(what, value)| format!("{what} {value}"));
        let items = self.items.iter().flat_map(|item| [item.title.clone(), item.description.clone()]);
        let own = [self.title.clone(), self.description.clone()];
        let all = self.above.iter().cloned().chain(own).chain(rows).chain(items);
        all.filter(|text| !text.trim().is_empty()).collect()
    }
}

impl Bubble {
    /// Its cards: one, many or none.
    pub fn cards(&self) -> &[Card] {
        match self {
            Self::Card(card) => std::slice::from_ref(card),
            Self::Carousel(carousel) => &carousel.cards,
            Self::Text(_) | Self::Image(..) => &[],
        }
    }

    /// Its texts from top to bottom, without buttons.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Image(_, alt) => vec![alt.clone()],
            Self::Card(card) => card.texts(),
            Self::Carousel(carousel) => {
                let header = carousel
                    .header
                    .iter()
                    .flat_map(|header| [header.title.clone(), header.description.clone()]);
                header.chain(carousel.cards.iter().flat_map(Card::texts)).collect()
            }
        }
    }
}
