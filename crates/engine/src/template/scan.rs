//! The first pass: a source becomes texts and tags, with white space taken away where Handlebars takes it.
//!
//! `~` takes all white space on its side. A block tag, comment or partial that stands alone on its line takes the
//! whole line; whether it stands alone is decided on the texts as they were written, before anything is taken.

use super::error::{Place, TemplateError, TemplateErrorKind};

/// A piece of the source.
#[derive(Debug, Clone)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// What stands between `{{` and `}}`.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    pub kind: Kind,
    /// The inside, without the signs that tell the kind.
    pub inner: &'a str,
    /// Where the inside begins in the source.
    pub at: usize,
    /// White space before a partial that stands alone.
    pub indent: &'a str,
    strip: (bool, bool),
}

/// What a tag is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Mustache,
    Open,
    /// `{{^name}}`
    OpenInverse,
    /// `{{#*inline "name"}}`
    OpenInline,
    /// `{{#> name}}`
    OpenPartial,
    /// `{{else}}`, `{{^}}`, `{{else if …}}`
    Else,
    Close,
    Partial,
    Comment,
    /// `{{{{name}}}}`; its text follows as one token, then its `Close`.
    Raw,
}

/// Scans a source.
pub(super) fn scan(source: &str) -> Result<Vec<Token<'_>>, TemplateError> {
    let mut scanner = Scanner { source, at: 0, tokens: Vec::new() };
    scanner.run()?;
    let mut tokens = scanner.tokens;
    strip(&mut tokens);
    Ok(tokens)
}

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Scanner<'a> {
    fn error<T>(&self, at: usize, kind: TemplateErrorKind) -> Result<T, TemplateError> {
        Err(TemplateError::new(Place::of(self.source, at), kind))
    }

    fn text(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.tokens.push(Token::Text(text));
        }
    }

    fn run(&mut self) -> Result<(), TemplateError> {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            let Some(found) = rest.find("{{") else {
                self.text(rest);
                break;
            };
            let before = &rest[..found];
            if let Some(kept) = before.strip_suffix("\\\\") {
                // Two backslashes are one, and the tag is a tag.
                self.text(&before[..=kept.len()]);
                self.at += found;
                self.tag()?;
            } else if let Some(kept) = before.strip_suffix('\\') {
                // One backslash: the tag is text, up to where the next may begin.
                self.text(kept);
                let start = self.at + found;
                let after = &self.source[start + 2..];
                let next = after.find("{{").map_or(after.len(), |next| {
                    let backslashes =
                        after[..next].bytes().rev().take(2).take_while(|byte| *byte == b'\\').count();
                    next - backslashes
                });
                self.text(&self.source[start..start + 2 + next]);
                self.at = start + 2 + next;
            } else {
                self.text(before);
                self.at += found;
                self.tag()?;
            }
        }
        Ok(())
    }

    fn tag(&mut self) -> Result<(), TemplateError> {
        let start = self.at;
        let rest = &self.source[start..];
        if rest.starts_with("{{{{") {
            return self.raw(start);
        }
        let open_strip = rest.starts_with("{{~");
        let inner_start = start + 2 + usize::from(open_strip);
        let inner = &self.source[inner_start..];
        if inner.starts_with('!') {
            return self.comment(start, inner_start, open_strip);
        }
        let triple = inner.starts_with('{');
        let (inner_start, end) = if triple { (inner_start + 1, "}}}") } else { (inner_start, "}}") };
        let Some(mut length) = find_end(&self.source[inner_start..], if triple { "}" } else { "" }) else {
            return self.error(start, TemplateErrorKind::TagNotClosed);
        };
        let after = inner_start + length;
        let close_at = &self.source[after..];
        // `}}}` may be `}~}}` for a triple.
        let (close_strip, close_length) = if triple {
            if close_at.starts_with("}~}}") { (true, 4) } else { (false, end.len()) }
        } else if self.source[inner_start..after].ends_with('~') {
            length -= 1;
            (true, 2)
        } else {
            (false, 2)
        };
        self.at = after + close_length;
        let inside = &self.source[inner_start..inner_start + length];
        let (kind, sign) = if triple { (Kind::Mustache, 0) } else { kind_of(inside) };
        self.tokens.push(Token::Tag(Tag {
            kind,
            inner: &inside[sign..],
            at: inner_start + sign,
            indent: "",
            strip: (open_strip, close_strip),
        }));
        Ok(())
    }

    fn comment(&mut self, start: usize, inner_start: usize, open_strip: bool) -> Result<(), TemplateError> {
        let inner = &self.source[inner_start..];
        let long = inner.starts_with("!--");
        let end = if long {
            ["--}}", "--~}}"].iter().filter_map(|end| inner[3..].find(end).map(|at| (at + 3, *end))).min()
        } else {
            inner.find("}}").map(|at| if inner[..at].ends_with('~') { (at - 1, "~}}") } else { (at, "}}") })
        };
        let Some((length, end)) = end else { return self.error(start, TemplateErrorKind::TextNotClosed) };
        self.at = inner_start + length + end.len();
        let strip = (open_strip, end.contains('~'));
        self.tokens.push(Token::Tag(Tag {
            kind: Kind::Comment,
            inner: "",
            at: inner_start,
            indent: "",
            strip,
        }));
        Ok(())
    }

    fn raw(&mut self, start: usize) -> Result<(), TemplateError> {
        let rest = &self.source[start + 4..];
        let Some(open_end) = rest.find("}}}}") else {
            return self.error(start, TemplateErrorKind::TagNotClosed);
        };
        let inner = &rest[..open_end];
        let name = inner.split_whitespace().next().unwrap_or_default();
        let close = format!("{{{{{{{{/{name}}}}}}}}}");
        let body = &rest[open_end + 4..];
        let Some(end) = body.find(&close) else {
            return self.error(start, TemplateErrorKind::BlockNotClosed(name.to_owned()));
        };
        let strip = (false, false);
        self.tokens.push(Token::Tag(Tag { kind: Kind::Raw, inner, at: start + 4, indent: "", strip }));
        self.text(&body[..end]);
        let name_at = start + 4 + inner.len() - inner.trim_start().len();
        let name = &self.source[name_at..name_at + name.len()];
        self.tokens.push(Token::Tag(Tag { kind: Kind::Close, inner: name, at: name_at, indent: "", strip }));
        self.at = start + 4 + open_end + 4 + end + close.len();
        Ok(())
    }
}

/// Where `}}` (after `extra`) ends the tag: not inside a text or a `[segment]`.
fn find_end(inner: &str, extra: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                let mut end = at + 1;
                while end < bytes.len() && bytes[end] != quote {
                    end += 1 + usize::from(bytes[end] == b'\\');
                }
                // A lone quotation mark: let the parser tell where.
                at = if end < bytes.len() { end } else { at };
            }
            b'[' => at += inner[at..].find(']').unwrap_or(0),
            b'}' if extra.is_empty() && inner[at..].starts_with("}}") => return Some(at),
            b'}' if !extra.is_empty()
                && (inner[at..].starts_with("}}}") || inner[at..].starts_with("}~}}")) =>
            {
                return Some(at);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// What a tag is by its first signs, and how many bytes they take.
fn kind_of(inner: &str) -> (Kind, usize) {
    if let Some(rest) = inner.strip_prefix('#') {
        let sign = rest.trim_start();
        let skipped = 1 + rest.len() - sign.len();
        return match sign.as_bytes().first() {
            Some(b'*') => (Kind::OpenInline, skipped + 1),
            Some(b'>') => (Kind::OpenPartial, skipped + 1),
            _ => (Kind::Open, 1),
        };
    }
    match inner.as_bytes().first() {
        Some(b'^') if inner[1..].trim().is_empty() => (Kind::Else, 1),
        Some(b'^') => (Kind::OpenInverse, 1),
        Some(b'/') => (Kind::Close, 1),
        Some(b'>') => (Kind::Partial, 1),
        Some(b'&') => (Kind::Mustache, 1),
        _ => {
            let trimmed = inner.trim_start();
            match trimmed.strip_prefix("else") {
                Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
                    (Kind::Else, inner.len() - trimmed.len() + 4)
                }
                _ => (Kind::Mustache, 0),
            }
        }
    }
}

/// Takes white space away.
fn strip(tokens: &mut [Token<'_>]) {
    let alone = standalone(tokens);
    for at in 0..tokens.len() {
        let Token::Tag(tag) = &tokens[at] else { continue };
        let (kind, (open, close)) = (tag.kind, tag.strip);
        if at > 0
            && let Token::Text(text) = &mut tokens[at - 1]
        {
            if open {
                *text = text.trim_end();
            } else if alone[at] {
                let kept = text.trim_end_matches([' ', '\t']);
                let indent = &text[kept.len()..];
                *text = kept;
                if kind == Kind::Partial
                    && let Token::Tag(tag) = &mut tokens[at]
                {
                    tag.indent = indent;
                }
            }
        }
        if let Some(Token::Text(text)) = tokens.get_mut(at + 1) {
            if close {
                *text = text.trim_start();
            } else if alone[at] {
                let rest = text.trim_start_matches([' ', '\t']);
                let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
                *text = rest;
            }
        }
    }
}

/// Which tags stand alone on their lines.
fn standalone(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut depth = 0_usize;
    let mut alone = vec![false; tokens.len()];
    for (at, token) in tokens.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        // Whether the side lies in the outermost body decides if the ends of the source count as ends of lines.
        let (root_before, root_after) = match tag.kind {
            Kind::Open | Kind::OpenInverse | Kind::OpenInline | Kind::OpenPartial => (depth == 0, false),
            Kind::Close => (false, depth == 1),
            Kind::Else => (false, false),
            _ => (depth == 0, depth == 0),
        };
        match tag.kind {
            Kind::Open | Kind::OpenInverse | Kind::OpenInline | Kind::OpenPartial | Kind::Raw => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(tag.kind, Kind::Mustache | Kind::Raw) {
            continue;
        }
        let before = match at.checked_sub(1).map(|at| &tokens[at]) {
            None => root_before,
            Some(Token::Text(text)) => {
                let line = text.rfind('\n').map(|at| &text[at + 1..]);
                let first = (at == 1 && root_before).then_some(*text);
                line.or(first).is_some_and(|line| line.chars().all(char::is_whitespace))
            }
            Some(Token::Tag(_)) => false,
        };
        let after = match tokens.get(at + 1) {
            None => root_after,
            Some(Token::Text(text)) => {
                let line = text.find('\n').map(|at| &text[..at]);
                let last = (at + 2 == tokens.len() && root_after).then_some(*text);
                line.or(last).is_some_and(|line| line.chars().all(char::is_whitespace))
            }
            Some(Token::Tag(_)) => false,
        };
        alone[at] = before && after;
    }
    alone
}
