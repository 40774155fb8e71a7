//! The rules of cards and their buttons (spec kakao-skill.md 4.4–4.8, 4.11).

use serde_json::Value;

use super::{Button, Card, Judge, string};

impl Judge {
    pub(super) fn card(&mut self, name: &str, card: &Value, pointer: &str, in_carousel: bool) -> Card {
        let mut shown = Card {
            kind: name.to_owned(),
            title: string(card, "title"),
            description: string(card, "description"),
            picture: card.pointer("/thumbnail/imageUrl").and_then(Value::as_str).map(str::to_owned),
            ..Card::default()
        };
        match name {
            "textCard" => self.text_card(card, pointer, in_carousel),
            "basicCard" => self.basic_card(card, pointer, in_carousel),
            "commerceCard" => self.commerce_card(card, pointer),
            "listCard" => self.list_card(card, pointer, in_carousel, &mut shown),
            _ => self.item_card(card, pointer, in_carousel, &mut shown),
        }
        shown.buttons = self.buttons(card, pointer);
        shown
    }

    fn text_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) {
        let title = self.text(card, "title", pointer, 50, false);
        let limit = if in_carousel { 128 } else { 400 };
        let description = self.text(card, "description", pointer, limit, false);
        if title.trim().is_empty() && description.trim().is_empty() {
            self.broken("text-card-empty", pointer, "title or description");
        }
        let both = title.chars().count() + description.chars().count();
        if !in_carousel && both > 400 {
            self.broken("text-too-long", pointer, format!("{both} of 400 characters"));
        }
    }

    fn basic_card(&mut self, card: &Value, pointer: &str, in_carousel: bool) {
        self.text(card, "title", pointer, 50, false);
        self.text(card, "description", pointer, if in_carousel { 76 } else { 230 }, false);
        self.thumbnail(card.get("thumbnail"), &format!("{pointer}/thumbnail"));
    }

    fn commerce_card(&mut self, card: &Value, pointer: &str) {
        self.text(card, "title", pointer, 30, false);
        self.text(card, "description", pointer, 40, false);
        if !card.get("price").is_some_and(Value::is_i64) {
            self.broken("price", &format!("{pointer}/price"), "price is a whole number");
        }
        let pictures = card.get("thumbnails").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if pictures.len() != 1 {
            self.broken(
                "thumbnails-count",
                &format!("{pointer}/thumbnails"),
                format!("{} of 1", pictures.len()),
            );
        }
        for (at, picture) in pictures.iter().enumerate() {
            self.thumbnail(Some(picture), &format!("{pointer}/thumbnails/{at}"));
        }
        if card.get("currency").is_some_and(|currency| currency != "won") {
            self.broken("currency", &format!("{pointer}/currency"), "won");
        }
        for key in ["discount", "discountRate", "discountedPrice"] {
            if card.get(key).is_some_and(|value| !value.is_i64()) {
                self.broken("field-type", &format!("{pointer}/{key}"), "a whole number");
            }
        }
        if card.get("discountRate").is_some() && card.get("discountedPrice").is_none() {
            self.broken("discount-rate", pointer, "discountRate is shown only with discountedPrice");
        }
    }

    fn list_card(&mut self, card: &Value, pointer: &str, in_carousel: bool, shown: &mut Card) {
        let header = card.get("header").unwrap_or(&Value::Null);
        shown.title = self.text(header, "title", &format!("{pointer}/header"), 50, true);
        let most = if in_carousel { 4 } else { 5 };
        let items = card.get("items").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if items.is_empty() || items.len() > most {
            self.broken("list-count", &format!("{pointer}/items"), format!("{} of 1 to {most}", items.len()));
        }
        for (at, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/items/{at}");
            let title = self.text(item, "title", &pointer, 100, true);
            self.text(item, "description", &pointer, 100, false);
            self.url(item, "imageUrl", &pointer, false);
            match item.get("action").and_then(Value::as_str) {
                None => {}
                Some("block") => drop(self.text(item, "blockId", &pointer, usize::MAX, true)),
                Some("message") => drop(self.text(item, "messageText", &pointer, usize::MAX, true)),
                Some(other) => self.broken("list-item-action", &pointer, other),
            }
            self.extra(item, &pointer);
            shown.items.push(Button { label: title, ..button_of(item) });
        }
    }

    fn item_card(&mut self, card: &Value, pointer: &str, in_carousel: bool, shown: &mut Card) {
        let most = if in_carousel { 5 } else { 10 };
        let items = card.get("itemList").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if items.is_empty() || items.len() > most {
            self.broken(
                "item-count",
                &format!("{pointer}/itemList"),
                format!("{} of 1 to {most}", items.len()),
            );
        }
        for (at, item) in items.iter().enumerate() {
            let pointer = format!("{pointer}/itemList/{at}");
            let title = self.text(item, "title", &pointer, 6, true);
            let description = self.text(item, "description", &pointer, usize::MAX, true);
            shown.description.push_str(&format!("\n{title}: {description}"));
        }
        if card.get("head").is_some() && card.get("profile").is_some() {
            self.broken("item-head", pointer, "head or profile, not both");
        }
        if let Some(profile) = card.get("profile") {
            self.text(profile, "title", &format!("{pointer}/profile"), 15, true);
        }
        let title = self.text(card, "title", pointer, 200, false);
        let description = self.text(card, "description", pointer, 200, false);
        let limit = if in_carousel { 100 } else { 200 };
        let both = title.chars().count() + description.chars().count();
        if both > limit {
            self.broken("text-too-long", pointer, format!("{both} of {limit} characters"));
        }
        if !description.is_empty() && title.is_empty() {
            self.broken("item-title", pointer, "description needs a title");
        }
        if let Some(summary) = card.get("itemListSummary") {
            self.text(summary, "title", &format!("{pointer}/itemListSummary"), 6, true);
            self.text(summary, "description", &format!("{pointer}/itemListSummary"), 14, true);
        }
        if card.get("thumbnail").is_some() {
            self.thumbnail(card.get("thumbnail"), &format!("{pointer}/thumbnail"));
        }
    }

    fn thumbnail(&mut self, thumbnail: Option<&Value>, pointer: &str) {
        let Some(thumbnail) = thumbnail.filter(|thumbnail| thumbnail.is_object()) else {
            return self.broken("thumbnail-missing", pointer, "a picture is required");
        };
        self.url(thumbnail, "imageUrl", pointer, true);
        self.text(thumbnail, "altText", pointer, 50, false);
        if let Some(link) = thumbnail.get("link") {
            let known = ["web", "pc", "mobile"].iter().filter(|key| link.get(**key).is_some()).count();
            if known == 0 {
                self.broken("link-empty", &format!("{pointer}/link"), "web, pc or mobile");
            }
            for key in ["web", "pc", "mobile"] {
                self.url(link, key, &format!("{pointer}/link"), false);
            }
        }
        if thumbnail.get("fixedRatio").is_some_and(|ratio| !ratio.is_boolean()) {
            self.broken("field-type", &format!("{pointer}/fixedRatio"), "true or false");
        }
    }

    fn buttons(&mut self, card: &Value, pointer: &str) -> Vec<Button> {
        let Some(buttons) = card.get("buttons") else { return Vec::new() };
        let pointer = format!("{pointer}/buttons");
        let Some(list) = buttons.as_array() else {
            self.broken("buttons-list", &pointer, "no list");
            return Vec::new();
        };
        let layout = card.get("buttonLayout").and_then(Value::as_str);
        let fixed = card.pointer("/thumbnail/fixedRatio").and_then(Value::as_bool).unwrap_or(false);
        let horizontal = layout == Some("horizontal") || (layout.is_none() && fixed);
        if layout.is_some_and(|layout| layout != "vertical" && layout != "horizontal") {
            self.broken("button-layout", &pointer, layout.unwrap_or_default());
        }
        let most = if horizontal { 2 } else { 3 };
        if list.len() > most {
            self.broken("buttons-count", &pointer, format!("{} of {most}", list.len()));
        }
        let limit = if horizontal && list.len() == 2 { 8 } else { 14 };
        for (at, button) in list.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            self.text(button, "label", &pointer, limit, true);
            match string(button, "action").as_str() {
                "webLink" => self.url(button, "webLinkUrl", &pointer, true),
                "message" => drop(self.text(button, "messageText", &pointer, usize::MAX, true)),
                "block" => drop(self.text(button, "blockId", &pointer, usize::MAX, true)),
                "phone" => drop(self.text(button, "phoneNumber", &pointer, 40, true)),
                "share" | "operator" => {}
                other => self.broken("button-action", &pointer, other),
            }
            self.extra(button, &pointer);
        }
        list.iter().map(button_of).collect()
    }
}

/// What can be tapped.
pub(super) fn button_of(value: &Value) -> Button {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Button {
        label: text("label").unwrap_or_default(),
        action: text("action").unwrap_or_default(),
        message: text("messageText"),
        block_id: text("blockId"),
        link: text("webLinkUrl").or_else(|| text("phoneNumber")),
        extra: value.get("extra").cloned(),
    }
}
