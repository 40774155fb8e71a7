//! Buttons of the engine as buttons of KakaoTalk (spec consulttalk.md 3.1).

use engine::message::{Action, Button};

use super::{Link, LinkKind, guesses};
use crate::{
    kakao::url,
    text::{self, cut16},
};

/// What stands on a button that has nothing on it.
const BLANK_LABEL: &str = "선택";

/// What stands on a button: one line, perhaps longer than fits.
pub(super) fn label(label: &str) -> String {
    let label = label_line(label);
    if label.is_empty() { BLANK_LABEL.to_owned() } else { label }
}

/// The text in one line.
pub(super) fn label_line(text: &str) -> String {
    text::clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The button with at most so many characters on it. `None` for an address that no button opens.
pub(super) fn link(button: &Button, most: usize, extra: Option<String>) -> Option<Link> {
    let name = cut16(&label(&button.label), most);
    match &button.action {
        Action::Link { uri } => to_address(&name, uri),
        // Both are looked up by the mark when the label comes back.
        Action::Postback { .. } | Action::Goto { .. } => {
            Some(Link { extra, ..Link::new(LinkKind::BK, name) })
        }
    }
}

/// A button to a web address.
pub(super) fn web(name: &str, address: String) -> Link {
    Link { url_mobile: Some(address.clone()), url_pc: Some(address), ..Link::new(LinkKind::WL, name) }
}

fn to_address(name: &str, uri: &str) -> Option<Link> {
    if let Some(address) = url::web(uri) {
        return (address.len() <= guesses::ADDRESS).then(|| web(name, address));
    }
    let scheme = app_scheme(uri.trim())?;
    Some(Link {
        scheme_android: Some(scheme.clone()),
        scheme_ios: Some(scheme),
        ..Link::new(LinkKind::AL, name)
    })
}

/// An address that an app opens: `tel:02-123-4567`, `shop://cart`.
fn app_scheme(uri: &str) -> Option<String> {
    if let Some(number) = url::phone(uri) {
        return Some(format!("tel:{number}"));
    }
    let (scheme, rest) = uri.split_once("://")?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
    let opens = !guesses::SCHEMES_THAT_NO_BUTTON_OPENS.iter().any(|no| scheme.eq_ignore_ascii_case(no));
    let is_rest = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic());
    (is_scheme && opens && is_rest && uri.len() <= guesses::ADDRESS).then(|| uri.to_owned())
}
