//! The rules of cards, except itemCard (spec kakao-skill.md 4.4–4.7, 4.11).

use serde_json::Value;

use super::{
    Card, Item, Judge,
    button::button_of,
    read::{Field, kind, present, string},
    rule,
};

const TITLE: usize = 50;
const TEXT_CARD: usize = 400;
const TEXT_CARD_IN_CAROUSEL: usize = 128;
const BASIC_CARD: usize = 230;
/// "Two lines" now; 76 in older documents. The smaller number counts.
const BASIC_CARD_IN_CAROUSEL: usize = 76;
const COMMERCE_TITLE: usize = 30;
const COMMERCE_DESCRIPTION: usize = 40;
const LIST_ITEMS: usize = 5;
const LIST_ITEMS_IN_CAROUSEL: usize = 4;
/// Of older libraries; current documents have no number.
const LIST_ITEM_TITLE: usize = 36;
const ALT_TEXT: usize = 50;

impl Judge {
    pub(super) fn card(
        &mut self,
        kind_of_card: &str,
        card: &Value,
        pointer: &str,
        in_carousel: bool,
    ) -> Card {
        if !card.is_object() {
            self.broken(rule::FIELD_TYPE, pointer, kind(card), "object");
            return Card::default();
        }
        let mut shown = match kind_of_card {
            "textCard" => self.text_card(card, pointer, in_carousel),
            "basicCard" => self.basic_card(card, pointer, in_carousel),
            "commerceCard" => self.commerce_card(card, pointer),
            "listCard" => self.list_card(card, pointer, in_carousel),
            _ => self.item_card(card, pointer, in_carousel),
        };
        kind_of_card.clone_into(&mut shown.kind);
        self.flag(card, "forwardable", pointer);
        let buttons = self.buttons(card, pointer, shown.square);
        (shown.buttons, shown.horizontal) = (buttons.list, buttons.horizontal);
        shown
    }

    fn text_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) -> Card {
        let limit = if in_carousel { TEXT_CARD_IN_CAROUSEL } else { TEXT_CARD };
        let title = self.text(card, Field::optional("title").chars(TITLE), pointer);
        let description = self.text(card, Field::optional("description").chars(limit), pointer);
        if title.trim().is_empty() && description.trim().is_empty() {
            self.broken(rule::TEXT_CARD_EMPTY, pointer, "", "title, description");
        }
        if !in_carousel {
            self.together([&title, &description], TEXT_CARD, pointer);
        }
        Card { title, description, ..Card::default() }
    }

    fn basic_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) -> Card {
        let (limit, lines) = if in_carousel { (BASIC_CARD_IN_CAROUSEL, 2) } else { (BASIC_CARD, usize::MAX) };
        let title = self.text(card, Field::optional("title").chars(TITLE).lines(lines), pointer);
        let description = self.text(card, Field::optional("description").chars(limit).lines(lines), pointer);
        let (picture, square) = self.thumbnail(card.get("thumbnail"), &format!("{pointer}/thumbnail"));
        Card { title, description, picture, square, ..Card::default() }
    }

    fn commerce_card(&mut self, card: &Value, pointer: &str) -> Card {
        let title = self.text(card, Field::optional("title").chars(COMMERCE_TITLE), pointer);
        let description =
            self.text(card, Field::optional("description").chars(COMMERCE_DESCRIPTION), pointer);
        let price = card.get("price").and_then(Value::as_i64);
        if price.is_none() {
            let found = card.get("price").map(Value::to_string).unwrap_or_default();
            self.broken(rule::PRICE, &format!("{pointer}/price"), found, "whole number");
        }
        let discount = self.whole(card, "discount", pointer);
        let rate = self.whole(card, "discountRate", pointer);
        // One table of the documents writes `dicountedPrice`; the text beside it the right word.
        let discounted = self.whole(card, "discountedPrice", pointer);
        if rate.is_some() && discounted.is_none() {
            self.broken(rule::DISCOUNT_RATE, &format!("{pointer}/discountRate"), "", "discountedPrice");
        }
        if let Some(currency) = present(card, "currency").filter(|currency| *currency != "won") {
            self.broken(rule::CURRENCY, &format!("{pointer}/currency"), currency.to_string(), "won");
        }
        let pictures = self.list(card, "thumbnails", pointer);
        if pictures.len() != 1 {
            self.broken(
                rule::THUMBNAILS_COUNT,
                &format!("{pointer}/thumbnails"),
                pictures.len().to_string(),
                "1",
            );
        }
        let (mut picture, mut square) = (None, false);
        for (at, thumbnail) in pictures.iter().enumerate() {
            (picture, square) = self.thumbnail(Some(thumbnail), &format!("{pointer}/thumbnails/{at}"));
        }
        let profile = self.object(card, "profile", pointer);
        if let Some(profile) = profile {
            self.url(profile, "imageUrl", &format!("{pointer}/profile"), false);
        }
        let above = profile.map(|profile| string(profile, "nickname")).into_iter().collect();
        let rows = prices(price.unwrap_or_default(), discount, rate, discounted);
        Card { above, title, description, picture, square, rows, ..Card::default() }
    }

    fn list_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) -> Card {
        let header = present(card, "header").filter(|header| !string(header, "title").trim().is_empty());
        if header.is_none() {
            self.broken(rule::LIST_HEADER, &format!("{pointer}/header"), "", "title");
        }
        let title = header.map(|header| string(header, "title")).unwrap_or_default();
        let most = if in_carousel { LIST_ITEMS_IN_CAROUSEL } else { LIST_ITEMS };
        let items = self.list(card, "items", pointer);
        if items.is_empty() || items.len() > most {
            self.broken(
                rule::LIST_COUNT,
                &format!("{pointer}/items"),
                items.len().to_string(),
                format!("1–{most}"),
            );
        }
        let items =
            items.iter().enumerate().map(|(at, item)| self.list_item(item, &format!("{pointer}/items/{at}")));
        let items = items.collect();
        Card { title, items, ..Card::default() }
    }

    fn list_item(&mut self, item: &Value, pointer: &str) -> Item {
        let title = self.text(item, Field::required("title"), pointer);
        let description = self.text(item, Field::optional("description"), pointer);
        let length = title.chars().count();
        if length > LIST_ITEM_TITLE {
            let place = format!("{pointer}/title");
            self.broken(rule::LIST_ITEM_LONG, &place, length.to_string(), LIST_ITEM_TITLE.to_string());
        }
        let picture = Some(self.url(item, "imageUrl", pointer, false)).filter(|url| !url.is_empty());
        self.link(item, pointer);
        let action = self.text(item, Field::optional("action"), pointer);
        match action.as_str() {
            "block" => drop(self.text(item, Field::required("blockId"), pointer)),
            "message" => drop(self.text(item, Field::required("messageText"), pointer)),
            "" => {}
            _ => self.broken(
                rule::LIST_ITEM_ACTION,
                &format!("{pointer}/action"),
                action.as_str(),
                "block, message",
            ),
        }
        self.extra(item, pointer);
        let link = ["mobile", "web", "pc"].iter().find_map(|door| item.get("link")?.get(door)?.as_str());
        // An action wins over a link; with neither the item is only to be read.
        let tap = match (action.is_empty(), link) {
            (false, _) => Some(super::Button { label: title.clone(), ..button_of(item) }),
            (true, Some(link)) => Some(super::Button {
                label: title.clone(),
                action: "webLink".to_owned(),
                link: Some(link.to_owned()),
                ..super::Button::default()
            }),
            (true, None) => None,
        };
        Item { title, description, picture, tap }
    }

    /// A picture that has to be there: its address, and whether it is square.
    pub(super) fn thumbnail(&mut self, thumbnail: Option<&Value>, pointer: &str) -> (Option<String>, bool) {
        let Some(thumbnail) = thumbnail.filter(|thumbnail| thumbnail.is_object()) else {
            self.broken(rule::THUMBNAIL_MISSING, pointer, "", "thumbnail");
            return (None, false);
        };
        let url = self.url(thumbnail, "imageUrl", pointer, true);
        self.text(thumbnail, Field::optional("altText").chars(ALT_TEXT), pointer);
        self.link(thumbnail, pointer);
        (Some(url), self.flag(thumbnail, "fixedRatio", pointer))
    }
}

/// What is shown of a price (4.6): `discountedPrice` whatever the others say, else price less discount; the rate only
/// beside `discountedPrice`, and then instead of the amount.
fn prices(
    price: i64,
    discount: Option<i64>,
    rate: Option<i64>,
    discounted: Option<i64>,
) -> Vec<(String, String)> {
    let amount = |won: i64| format!("{won}원");
    let now = discounted.or_else(|| discount.map(|discount| price.saturating_sub(discount)));
    let Some(now) = now else { return vec![("가격".to_owned(), amount(price))] };
    let off = match (discounted.and(rate), discount) {
        (Some(rate), _) => format!("{rate}%"),
        (None, Some(discount)) => amount(discount),
        (None, None) => amount(price.saturating_sub(now)),
    };
    [("가격", amount(now)), ("정가", amount(price)), ("할인", off)]
        .map(|(what, value)| (what.to_owned(), value))
        .to_vec()
}
