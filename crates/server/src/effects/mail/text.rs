//! The plain text of an HTML body: for people and filters that do not read HTML.
//!
//! Not a browser: blocks become lines, items get a dash, a link is followed by where it leads.

/// Elements whose content nobody reads.
const UNREAD: [&str; 4] = ["head", "style", "script", "title"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 21] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "blockquote",
    "pre",
    "hr",
    "section",
    "article",
    "header",
    "footer",
    "br",
];

/// The body as HTML: as it is, or where it is a text without any tag, with its line breaks kept.
pub(super) fn html(body: &str) -> String {
    if body.match_indices('<').any(|(at, _)| begins_tag(&body[at..])) {
        return body.to_owned();
    }
    body.trim().replace("\r\n", "\n").replace('<', "&lt;").replace('\n', "<br>\n")
}

fn begins_tag(text: &str) -> bool {
    text[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/' || next == '!')
}

/// The text of HTML.
pub(super) fn plain(html: &str) -> String {
    let mut out = Text::default();
    let mut rest = html;
    let mut link = None;
    while let Some(at) = rest.find('<') {
        out.words(&rest[..at]);
        let tag = &rest[at..];
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !begins_tag(tag) {
            out.words("<");
            rest = &tag[1..];
            continue;
        }
        let Some(end) = end_of_tag(tag) else {
            out.words(tag);
            return out.finish();
        };
        let inner = &tag[1..end];
        rest = &tag[end + 1..];
        let closes = inner.starts_with('/');
        let name = inner.trim_start_matches('/');
        let name = name.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        if UNREAD.contains(&name.as_str()) && !closes {
            rest = after(rest, &name);
            continue;
        }
        match (name.as_str(), closes) {
            ("a", false) => link = attribute(inner, "href").map(|href| (href, out.text.len())),
            ("a", true) => {
                if let Some((href, from)) = link.take()
                    && (href.starts_with("http") || href.starts_with("mailto:"))
                    && !out.text[from..].contains(href.trim_start_matches("mailto:"))
                {
                    out.words(&format!(" ({href})"));
                }
            }
            ("td" | "th", true) => out.words(" "),
            (name, closes) if BLOCKS.contains(&name) => {
                out.line(name == "p" || name.starts_with('h'));
                if name == "li" && !closes {
                    out.words("- ");
                }
            }
            _ => {}
        }
    }
    out.words(rest);
    out.finish()
}

#[derive(Default)]
struct Text {
    text: String,
    space: bool,
}

impl Text {
    /// Words of a text, with white space as HTML sees it.
    fn words(&mut self, html: &str) {
        for letter in unescape(html).chars() {
            if letter.is_ascii_whitespace() {
                self.space = true;
                continue;
            }
            if self.space && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
                self.text.push(' ');
            }
            self.space = false;
            self.text.push(if letter == '\u{a0}' { ' ' } else { letter });
        }
    }

    /// A new line, or with `apart` an empty one.
    fn line(&mut self, apart: bool) {
        self.space = false;
        if self.text.is_empty() {
            return;
        }
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        let wanted = if apart { "\n\n" } else { "\n" };
        while !self.text.ends_with(wanted) {
            self.text.push('\n');
        }
    }

    fn finish(self) -> String {
        self.text.trim().to_owned()
    }
}

/// Where a tag ends: a `>` outside of quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// What stands behind the end of an element.
fn after<'a>(html: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let lower = html.to_ascii_lowercase();
    lower.find(&end).and_then(|at| html[at..].split_once('>')).map_or("", |(_, rest)| rest)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!(" {name}"))? + 1 + name.len();
    let value = tag[at..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '>']).next()?,
    };
    Some(unescape(value.trim()))
}

fn unescape(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8);
        let letter = name.and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            "middot" => Some('·'),
            "hellip" => Some('…'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (letter, name) {
            (Some(letter), Some(name)) => {
                out.push(letter);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        for (html, text) in [
            ("<p>안녕하세요</p><p>주문이 <b>접수</b>됐어요.</p>", "안녕하세요\n\n주문이 접수됐어요."),
            ("<ul><li>귤</li><li>배</li></ul>끝", "- 귤\n- 배\n끝"),
            ("한 줄<br/>두 줄<br>세   줄\n", "한 줄\n두 줄\n세 줄"),
            ("<a href=\"https://a.kr/?x=1&amp;y=2\">여기</a>", "여기 (https://a.kr/?x=1&y=2)"),
            ("<a href='https://a.kr'>https://a.kr</a>", "https://a.kr"),
            ("<a href='javascript:alert(1)'>눌러</a>", "눌러"),
            ("<style>p{color:red}</style><h1>제목</h1>글", "제목\n\n글"),
            ("1 &lt; 2 &amp;&amp; &#54620;&#xAE00; &unknown; & 끝", "1 < 2 && 한글 &unknown; & 끝"),
            ("<img alt='a>b' src=x>그림<!-- 숨김 -->", "그림"),
            (
                "<table><tr><td>이름</td><td>김</td></tr><tr><td>수</td><td>2</td></tr></table>",
                "이름 김\n수 2",
            ),
            ("끝이 없는 <b", "끝이 없는 <b"),
            ("<i>1 < 2</i>, 2 > 1", "1 < 2, 2 > 1"),
            ("", ""),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn a_text_without_tags_keeps_its_lines() {
        assert_eq!(html("이름: 김\n수량: 1 < 2"), "이름: 김<br>\n수량: 1 &lt; 2");
        assert_eq!(html("<p>그대로\n둬요</p>"), "<p>그대로\n둬요</p>");
        assert_eq!(plain(&html("가\n나")), "가\n나");
    }
}
