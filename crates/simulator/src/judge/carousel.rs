//! The rules of carousels (spec kakao-skill.md 4.9).

use serde_json::Value;

use super::{
    Carousel, Header, Judge, item_card,
    read::{Field, string},
    rule,
};

const CARDS: usize = 10;
const LIST_CARDS: usize = 5;

impl Judge {
    pub(super) fn carousel(&mut self, carousel: &Value, pointer: &str) -> Option<Carousel> {
        let kind = string(carousel, "type");
        // The documents' type row leaves textCard out; their items row has it.
        if !matches!(kind.as_str(), "textCard" | "basicCard" | "commerceCard" | "listCard" | "itemCard") {
            self.broken(rule::CAROUSEL_TYPE, &format!("{pointer}/type"), kind, "textCard, basicCard, …");
            return None;
        }
        let items = self.list(carousel, "items", pointer);
        let most = if kind == "listCard" { LIST_CARDS } else { CARDS };
        if items.is_empty() || items.len() > most {
            self.broken(
                rule::CAROUSEL_COUNT,
                &format!("{pointer}/items"),
                items.len().to_string(),
                format!("1–{most}"),
            );
        }
        let header = self.header(carousel, pointer, &kind);
        if kind == "itemCard"
            && items.windows(2).any(|pair| item_card::parts(&pair[0]) != item_card::parts(&pair[1]))
        {
            self.broken(rule::ITEM_MIXED, &format!("{pointer}/items"), "", "");
        }
        let cards: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(at, item)| self.card(&kind, item, &format!("{pointer}/items/{at}"), true))
            .collect();
        let mut ratios = cards.iter().filter(|card| card.picture.is_some()).map(|card| card.square);
        if let Some(first) = ratios.next()
            && ratios.any(|square| square != first)
        {
            self.broken(rule::CAROUSEL_RATIO, &format!("{pointer}/items"), "fixedRatio", "1:1, 2:1");
        }
        Some(Carousel { header, cards })
    }

    fn header(&mut self, carousel: &Value, pointer: &str, kind: &str) -> Option<Header> {
        let header = self.object(carousel, "header", pointer)?;
        let pointer = format!("{pointer}/header");
        if matches!(kind, "textCard" | "listCard") {
            self.broken(rule::CAROUSEL_HEADER, &pointer, kind, "");
        }
        let title = self.text(header, Field::required("title").lines(2), &pointer);
        let description = self.text(header, Field::required("description").lines(3), &pointer);
        let (picture, _) = self.thumbnail(header.get("thumbnail"), &format!("{pointer}/thumbnail"));
        Some(Header { title, description, picture: picture.unwrap_or_default() })
    }
}
