//! The rules of itemCard: a receipt or ticket of short rows (spec kakao-skill.md 4.8).

use serde_json::Value;

use super::{
    Card, Judge,
    read::{Field, present},
    rule,
};

const ROWS: usize = 10;
const ROWS_IN_CAROUSEL: usize = 5;
const ROW_TITLE: usize = 6;
const PROFILE: usize = 15;
const TEXTS: usize = 200;
const TEXTS_IN_CAROUSEL: usize = 100;
const TEXT_LINES: usize = 12;
const SUMMARY_TITLE: usize = 6;
const SUMMARY_DESCRIPTION: usize = 14;

impl Judge {
    pub(super) fn item_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) -> Card {
        let most = if in_carousel { ROWS_IN_CAROUSEL } else { ROWS };
        let items = self.list(card, "itemList", pointer);
        if items.is_empty() || items.len() > most {
            self.broken(
                rule::ITEM_COUNT,
                &format!("{pointer}/itemList"),
                items.len().to_string(),
                format!("1–{most}"),
            );
        }
        let mut rows = Vec::with_capacity(items.len() + 1);
        for (at, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/itemList/{at}");
            let title = self.text(item, Field::required("title").chars(ROW_TITLE), &pointer);
            rows.push((title, self.text(item, Field::required("description").lines(2), &pointer)));
        }
        if let Some(alignment) = present(card, "itemListAlignment")
            && !matches!(alignment.as_str(), Some("left" | "right"))
        {
            let place = format!("{pointer}/itemListAlignment");
            self.broken(rule::ITEM_ALIGNMENT, &place, alignment.to_string(), "left, right");
        }
        rows.extend(self.summary(card, pointer));
        let above = self.above(card, pointer);
        let (title, description) = self.item_texts(card, pointer, in_carousel);
        let (mut picture, mut square) = (None, false);
        if let Some(thumbnail) = self.object(card, "thumbnail", pointer) {
            let pointer = format!("{pointer}/thumbnail");
            (picture, _) = self.thumbnail(Some(thumbnail), &pointer);
            square = self.item_ratio(thumbnail, &pointer, in_carousel);
        }
        Card { above, title, description, picture, square, rows, ..Card::default() }
    }

    fn item_texts(&mut self, card: &Value, pointer: &str, in_carousel: bool) -> (String, String) {
        let limit = if in_carousel { TEXTS_IN_CAROUSEL } else { TEXTS };
        let title = self.text(card, Field::optional("title").chars(limit).lines(TEXT_LINES), pointer);
        let description =
            self.text(card, Field::optional("description").chars(limit).lines(TEXT_LINES), pointer);
        self.together([&title, &description], limit, pointer);
        if !description.is_empty() && title.is_empty() {
            self.broken(rule::ITEM_TITLE, pointer, "", "title");
        }
        (title, description)
    }

    /// Head or profile, and the image title: what stands above the rows.
    fn above(&mut self, card: &Value, pointer: &str) -> Vec<String> {
        let mut above = Vec::new();
        let head = self.object(card, "head", pointer);
        let profile = self.object(card, "profile", pointer);
        if head.is_some() && profile.is_some() {
            self.broken(rule::ITEM_HEAD, pointer, "head, profile", "1");
        }
        if let Some(head) = head {
            above.push(self.text(head, Field::required("title").lines(1), &format!("{pointer}/head")));
        }
        if let Some(profile) = profile {
            let pointer = format!("{pointer}/profile");
            above.push(self.text(profile, Field::required("title").chars(PROFILE), &pointer));
            self.url(profile, "imageUrl", &pointer, false);
            if let Some((width, height)) = size(profile).filter(|(width, height)| width != height) {
                self.broken(rule::ITEM_RATIO, &pointer, format!("{width}×{height}"), "1:1");
            }
        }
        if let Some(title) = self.object(card, "imageTitle", pointer) {
            let pointer = format!("{pointer}/imageTitle");
            above.push(self.text(title, Field::required("title").lines(2), &pointer));
            above.push(self.text(title, Field::optional("description").lines(1), &pointer));
            self.url(title, "imageUrl", &pointer, false);
        }
        above
    }

    fn summary(&mut self, card: &Value, pointer: &str) -> Option<(String, String)> {
        let summary = self.object(card, "itemListSummary", pointer)?;
        let pointer = format!("{pointer}/itemListSummary");
        let title = self.text(summary, Field::required("title").chars(SUMMARY_TITLE), &pointer);
        let amount = Field::required("description").chars(SUMMARY_DESCRIPTION);
        let description = self.text(summary, amount, &pointer);
        if !is_amount(&description) {
            self.broken(
                rule::ITEM_SUMMARY,
                &format!("{pointer}/description"),
                description.as_str(),
                "₩1,234.56",
            );
        }
        Some((title, description))
    }

    /// 2:1 or 1:1, in a carousel 2:1 only. Without width and height Kakao shows a square.
    fn item_ratio(&mut self, thumbnail: &Value, pointer: &str, in_carousel: bool) -> bool {
        let (width, height) = size(thumbnail).unwrap_or((1, 1));
        let square = width == height;
        let wide = width == height.saturating_mul(2);
        if !(wide || square && !in_carousel) {
            let allowed = if in_carousel { "2:1" } else { "2:1, 1:1" };
            self.broken(rule::ITEM_RATIO, pointer, format!("{width}×{height}"), allowed);
        }
        square
    }
}

/// Which of the optional parts a card uses: in a carousel all use the same.
pub(super) fn parts(card: &Value) -> Vec<&'static str> {
    ["thumbnail", "head", "profile", "imageTitle"]
        .into_iter()
        .filter(|part| present(card, part).is_some())
        .collect()
}

fn size(picture: &Value) -> Option<(i64, i64)> {
    Some((picture.get("width")?.as_i64()?, picture.get("height")?.as_i64()?))
}

/// Currency characters, digits, commas, at most two decimals. The empty text was named already.
fn is_amount(text: &str) -> bool {
    let currency =
        |c: char| matches!(c, '₩' | '원' | '$' | '€' | '£' | '¥' | '￦' | '元' | '円' | ' ' | '-' | '+');
    let number = text.trim_matches(|c: char| currency(c) || c.is_ascii_alphabetic());
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    text.is_empty()
        || !whole.is_empty()
            && whole.chars().all(|c| c.is_ascii_digit() || c == ',')
            && decimals.len() <= 2
            && decimals.chars().all(|c| c.is_ascii_digit())
}
