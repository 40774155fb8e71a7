//! Addresses: what may stand in an answer, and whose address it is.
//!
//! This is no URL library. It decides two questions: can this text be sent as `webLinkUrl` or `imageUrl` without
//! the whole answer being dropped, and does this address lead to a host that we trust. Both fail closed.

use std::fmt::Write as _;

use super::limits;
use crate::text;

/// An http(s) address made safe to send: spaces and what is not ASCII percent-encoded. `None` where it is none.
pub(crate) fn web(text: &str) -> Option<String> {
    let text = text.trim();
    // `www.…` and `//…` are how people write addresses in a spreadsheet; Kakao wants the scheme.
    let guessed = if text.starts_with("//") {
        format!("https:{text}")
    } else if text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        format!("https://{text}")
    } else {
        text.to_owned()
    };
    let (_, rest) = split_scheme(&guessed)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if !is_authority(authority) {
        return None;
    }
    let head = guessed.len() - rest.len() + authority.len();
    let mut out = String::with_capacity(guessed.len() + 16);
    out.push_str(&guessed[..head]);
    encode_tail(tail, &mut out);
    (out.len() <= limits::URL).then_some(out)
}

/// The digits of a `tel:` address, as `phoneNumber` wants them. `None` where it is no telephone number.
pub(crate) fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, number) = text.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("tel") {
        return None;
    }
    let number: String =
        number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '*' | '#')).collect();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (3..=20).contains(&digits).then_some(number).filter(|number| number.len() <= 30)
}

/// Encodes a piece of a path so that it can hold anything, commas and slashes too.
pub(crate) fn encode_piece(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// A place on Kakao's map, under this name.
pub(crate) fn map(name: &str, latitude: f64, longitude: f64) -> String {
    let mut address = "https://map.kakao.com/link/map/".to_owned();
    encode_piece(&text::cut(name, limits::TITLE), &mut address);
    let place = |degrees: f64| if degrees.is_finite() { degrees } else { 0.0 };
    address.push_str(&format!(",{},{}", place(latitude), place(longitude)));
    address
}

/// Host and path of an http(s) address that stands alone in a text: no space, no user, no backslash.
pub(crate) fn host_and_path(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = split_scheme(text)?;
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if !is_authority(authority) {
        return None;
    }
    let path = tail.split(['?', '#']).next().unwrap_or_default();
    Some((authority, path))
}

/// Whether a host (without port) is `domain` or under it.
pub(super) fn is_under(host: &str, domain: &str) -> bool {
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(host);
    let Some(at) = host.len().checked_sub(domain.len()) else { return false };
    host.is_char_boundary(at)
        && host[at..].eq_ignore_ascii_case(domain)
        && (at == 0 || host.as_bytes()[at - 1] == b'.')
}

/// Splits `https://rest`; only the web's two schemes.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some((scheme, rest))
}

/// A plain host with an optional port. No user and password, no brackets, ASCII only: a strict reader on the other
/// side refuses the rest, and with it the answer.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let port_fits = port.is_none_or(|port| {
        !port.is_empty()
            && port.len() <= 5
            && port.bytes().all(|b| b.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    });
    let host_fits = !host.is_empty()
        && host.len() <= 253
        && !host.starts_with(['.', '-'])
        && !host.ends_with('-')
        && !host.contains("..")
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    port_fits && host_fits
}

/// Copies path, query and fragment, encoding what an address may not hold. What is encoded already stays.
fn encode_tail(tail: &str, out: &mut String) {
    let bytes = tail.as_bytes();
    let mut in_fragment = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let keep = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut in_fragment, true),
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' => false,
            other => other.is_ascii_graphic(),
        };
        if keep {
            out.push(char::from(byte));
        } else if byte.is_ascii_control() {
            // A line break inside an address comes from a paste; it is not part of it.
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_web(text: &str, expected: Option<&str>) {
        assert_eq!(web(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn only_addresses_that_kakao_takes_pass() {
        check_web("https://shop.example", Some("https://shop.example"));
        check_web(" HTTP://shop.example/a?b=c#d ", Some("HTTP://shop.example/a?b=c#d"));
        check_web("www.shop.example/x", Some("https://www.shop.example/x"));
        check_web("//cdn.example/x.png", Some("https://cdn.example/x.png"));
        check_web(
            "https://shop.example/한 글?q[]=1",
            Some("https://shop.example/%ED%95%9C%20%EA%B8%80?q%5B%5D=1"),
        );
        check_web("https://shop.example/50%?a=%41", Some("https://shop.example/50%25?a=%41"));
        check_web("https://shop.example/a#b#c", Some("https://shop.example/a#b%23c"));
        for bad in [
            "",
            "http://",
            "ftp://a.example",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "/relative",
            "https://user@host.example",
            "https://[::1]/",
            "https://한글.kr",
            "https://a b/",
            "https://h:99999/",
            "https://..",
            "kakaotalk://open",
        ] {
            check_web(bad, None);
        }
        check_web(&format!("https://shop.example/{}", "a".repeat(limits::URL)), None);
    }

    #[test]
    fn a_telephone_number_is_reduced_to_what_is_dialled() {
        assert_eq!(phone("tel:02-123-4567").as_deref(), Some("02-123-4567"));
        assert_eq!(phone("TEL: +82 (2) 123 4567").as_deref(), Some("+8221234567"));
        assert_eq!(phone("tel:"), None);
        assert_eq!(phone("sms:0101234567"), None);
    }

    #[test]
    fn a_host_that_only_looks_like_kakao_is_not() {
        assert!(is_under("bot-api.kakao.com", "kakao.com"));
        assert!(is_under("KAKAO.COM", "kakao.com"));
        assert!(!is_under("evilkakao.com", "kakao.com"));
        assert!(!is_under("kakao.com.evil.example", "kakao.com"));
        assert_eq!(host_and_path("https://kakao.com\\@evil.example/"), None);
        assert_eq!(host_and_path("https://a.kakao.com:443/x?y"), Some(("a.kakao.com:443", "/x")));
    }
}
