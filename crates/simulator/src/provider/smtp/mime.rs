//! Reads a letter as a mail program does: unfolded headers with their encoded words, parts with their encodings.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::Letter;

/// A part of a letter that holds text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `text/plain`, `text/html`, …, in lower case.
    pub kind: String,
    /// The text.
    pub text: String,
}

impl Letter {
    /// A header's value, unfolded and decoded. The first one of this name.
    pub fn header(&self, name: &str) -> Option<String> {
        header(split(&self.data).0, name)
    }

    /// How often a header stands in the head.
    pub fn count(&self, name: &str) -> usize {
        unfold(split(&self.data).0).iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).count()
    }

    /// The texts, in the order of the letter.
    pub fn parts(&self) -> Vec<Part> {
        let mut found = Vec::new();
        collect(&self.data, &mut found);
        found
    }
}

fn split(data: &str) -> (&str, &str) {
    data.split_once("\r\n\r\n").unwrap_or((data, ""))
}

fn unfold(head: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), found.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => found.push((name.to_owned(), value.trim().to_owned())),
            _ => {}
        }
    }
    found
}

fn header(head: &str, name: &str) -> Option<String> {
    let found = unfold(head).into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
    Some(words(&found.1))
}

/// RFC 2047: `=?utf-8?b?…?=`. White space between two encoded words is none.
fn words(value: &str) -> String {
    let (mut out, mut rest, mut after_word) = (String::new(), value, false);
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        let mut pieces = from[2..].splitn(4, '?');
        let (charset, way, text) = (pieces.next(), pieces.next(), pieces.next());
        let end = pieces.next().filter(|tail| tail.starts_with('='));
        let (Some(_), Some(way), Some(text), Some(tail)) = (charset, way, text, end) else { break };
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        let bytes = if way.eq_ignore_ascii_case("b") {
            STANDARD.decode(text).unwrap_or_default()
        } else {
            quoted(&text.replace('_', " "))
        };
        out.push_str(&String::from_utf8_lossy(&bytes));
        (rest, after_word) = (&tail[1..], true);
    }
    out + rest
}

fn collect(data: &str, found: &mut Vec<Part>) {
    let (head, body) = split(data);
    let content = header(head, "content-type").unwrap_or_else(|| "text/plain".to_owned());
    let kind = content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        let boundary = content
            .split(';')
            .find_map(|piece| piece.trim().strip_prefix("boundary="))
            .unwrap_or_default()
            .trim_matches('"');
        for part in body.split(&format!("--{boundary}")).skip(1).filter(|part| !part.starts_with("--")) {
            collect(part.strip_prefix("\r\n").unwrap_or(part), found);
        }
        return;
    }
    let bytes =
        match header(head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "base64" => {
                let joined: String = body.split_whitespace().collect();
                STANDARD.decode(joined).unwrap_or_default()
            }
            "quoted-printable" => quoted(body),
            _ => body.as_bytes().to_vec(),
        };
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    found.push(Part { kind, text: text.trim_end().to_owned() });
}

fn quoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let (mut out, mut bytes) = (Vec::with_capacity(text.len()), text.bytes());
    while let Some(byte) = bytes.next() {
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let pair: String = bytes.by_ref().take(2).map(char::from).collect();
        out.extend(u8::from_str_radix(&pair, 16).ok());
    }
    out
}
