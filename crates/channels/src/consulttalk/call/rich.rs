//! The composed bubbles of the newer model (spec consulttalk.md 4). Three relays have them, two of them with words of
//! several parts joined by underscores, one in camel case.

use serde_json::{Map, Value, json};

use super::auto_answer;
use crate::consulttalk::{Bubble, BubbleKind, BubbleMedia, Link};

/// How a relay writes the names of the model.
pub(super) struct Names {
    url_mobile: &'static str,
    url_pc: &'static str,
    scheme_android: &'static str,
    scheme_ios: &'static str,
    chat_event: &'static str,
    biz_form_key: &'static str,
    quick_replies: &'static str,
    image_url: &'static str,
    file_url: &'static str,
    file_name: &'static str,
    file_size: &'static str,
}

pub(super) const SNAKE: Names = Names {
    url_mobile: "url_mobile",
    url_pc: "url_pc",
    scheme_android: "scheme_android",
    scheme_ios: "scheme_ios",
    chat_event: "chat_event",
    biz_form_key: "biz_form_key",
    quick_replies: "quick_replies",
    image_url: "img_url",
    file_url: "file_url",
    file_name: "file_name",
    file_size: "file_size",
};

pub(super) const CAMEL: Names = Names {
    url_mobile: "urlMobile",
    url_pc: "urlPc",
    scheme_android: "schemeAndroid",
    scheme_ios: "schemeIos",
    chat_event: "chatEvent",
    biz_form_key: "bizFormKey",
    quick_replies: "quickReplies",
    image_url: "imgUrl",
    file_url: "fileUrl",
    file_name: "fileName",
    file_size: "fileSize",
};

/// The parts of a composed bubble that a body holds, whatever they are called around it.
pub(super) struct Parts {
    /// `TEXT`, `IMAGE`, `CAROUSEL_FEED` or `PERSONAL`.
    pub(super) kind: &'static str,
    pub(super) message: Option<String>,
    pub(super) attachment: Option<Value>,
    pub(super) carousel: Option<Value>,
    pub(super) auto_answer: Option<String>,
}

/// Whether it takes the composed model; everything else is one plain element.
pub(super) fn is_composed(bubble: &Bubble) -> bool {
    matches!(bubble.kind, BubbleKind::Card | BubbleKind::Carousel | BubbleKind::Consent)
        || !bubble.buttons.is_empty()
        || !bubble.quick_replies.is_empty()
        || auto_answer(bubble).is_some()
}

pub(super) fn parts(names: &Names, bubble: &Bubble) -> Parts {
    let kind = match bubble.kind {
        BubbleKind::Carousel => "CAROUSEL_FEED",
        BubbleKind::Consent => "PERSONAL",
        _ if bubble.media.is_some() => "IMAGE",
        _ => "TEXT",
    };
    let cards = || bubble.cards.iter().map(|card| item(names, card)).collect::<Vec<_>>();
    let has_own = bubble.kind != BubbleKind::Consent && bubble.kind != BubbleKind::Carousel;
    Parts {
        kind,
        message: bubble.text.clone().filter(|_| has_own),
        attachment: attachment(names, bubble).filter(|_| has_own),
        carousel: (bubble.kind == BubbleKind::Carousel).then(|| json!({"list": cards()})),
        // Only texts may be system answers (4).
        auto_answer: auto_answer(bubble).map(str::to_owned),
    }
}

/// A card of a row.
fn item(names: &Names, card: &Bubble) -> Value {
    let mut item = Map::new();
    if let Some(header) = &card.header {
        item.insert("header".to_owned(), header.as_str().into());
    }
    item.insert("message".to_owned(), card.text.as_deref().unwrap_or_default().into());
    if let Some(attachment) = attachment(names, card) {
        item.insert("attachment".to_owned(), attachment);
    }
    Value::Object(item)
}

/// Picture, buttons and quick replies.
fn attachment(names: &Names, bubble: &Bubble) -> Option<Value> {
    let mut attachment = Map::new();
    let written = |links: &[Link]| links.iter().map(|link| button(names, link)).collect::<Value>();
    if let Some(media) = &bubble.media {
        attachment.insert("image".to_owned(), image(names, media));
    }
    if !bubble.buttons.is_empty() {
        attachment.insert("buttons".to_owned(), written(&bubble.buttons));
    }
    if !bubble.quick_replies.is_empty() {
        attachment.insert(names.quick_replies.to_owned(), written(&bubble.quick_replies));
    }
    (!attachment.is_empty()).then_some(Value::Object(attachment))
}

fn image(names: &Names, media: &BubbleMedia) -> Value {
    Value::Object(Map::from_iter([(names.image_url.to_owned(), address(media).into())]))
}

/// The attachment of a plain picture, video, sound or file.
pub(super) fn plain_attachment(names: &Names, bubble: &Bubble) -> Option<Value> {
    let media = bubble.media.as_ref()?;
    if bubble.kind == BubbleKind::Image {
        return Some(json!({"image": image(names, media)}));
    }
    let mut file = Map::from_iter([(names.file_url.to_owned(), address(media).into())]);
    let (name, size) = named(bubble, media);
    file.extend(name.map(|name| (names.file_name.to_owned(), name.into())));
    file.extend(size.map(|size| (names.file_size.to_owned(), size.into())));
    Some(json!({"file": file}))
}

/// Name and bytes of a medium. A file must have both.
pub(super) fn named<'a>(bubble: &Bubble, media: &'a BubbleMedia) -> (Option<&'a str>, Option<u64>) {
    let must = bubble.kind == BubbleKind::File;
    (media.name.as_deref().or(must.then_some("file")), media.size.or(must.then_some(0)))
}

/// `TEXT`, `IMAGE`, `VIDEO`, `AUDIO` or `FILE`.
pub(super) const fn plain_kind(bubble: &Bubble) -> &'static str {
    match bubble.kind {
        BubbleKind::Image => "IMAGE",
        BubbleKind::Video => "VIDEO",
        BubbleKind::Audio => "AUDIO",
        BubbleKind::File => "FILE",
        BubbleKind::Text | BubbleKind::Card | BubbleKind::Carousel | BubbleKind::Consent => "TEXT",
    }
}

/// Where Kakao has it.
pub(super) fn address(media: &BubbleMedia) -> &str {
    media.uploaded.as_deref().unwrap_or(&media.uri)
}

/// A button or quick reply: both have the same names here.
fn button(names: &Names, link: &Link) -> Value {
    let mut button = Map::from_iter([
        ("name".to_owned(), link.name.as_str().into()),
        ("type".to_owned(), link.kind.letters().into()),
    ]);
    let rest = [
        (names.url_mobile, &link.url_mobile),
        (names.url_pc, &link.url_pc),
        (names.scheme_android, &link.scheme_android),
        (names.scheme_ios, &link.scheme_ios),
        ("extra", &link.extra),
        (names.chat_event, &link.event),
        (names.biz_form_key, &link.biz_form_key),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            button.insert(name.to_owned(), value.as_str().into());
        }
    }
    Value::Object(button)
}
