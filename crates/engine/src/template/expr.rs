//! What stands inside a tag: paths, literals, helpers with arguments.
//!
//! The grammar is Handlebars' with two extensions that authors are used to (spec templates.md): `poets[0]` beside
//! `poets.[0]`, and `RAND(1, 10)` beside `RAND 1 10`.

use serde_json::{Number, Value};

use super::{
    ast::{Call, Expr, Part, PartialName, Path},
    error::{Place, TemplateError, TemplateErrorKind as Error},
    helpers::{Extras, Helper},
};

/// How deep calls may nest.
const MAX_DEPTH: usize = 32;

/// Reads one tag's inside.
pub(super) struct ExprParser<'a> {
    source: &'a str,
    inner: &'a str,
    /// Where `inner` begins in `source`.
    offset: usize,
    at: usize,
    depth: usize,
    extras: Extras,
}

/// The head of a mustache or block.
pub(super) struct Head {
    pub expr: Expr,
    /// As it is written: an end tag must repeat it.
    pub name: String,
}

impl Path {
    /// The path of one key.
    pub(super) fn key(key: &str) -> Self {
        Self { up: 0, data: false, scoped: false, parts: vec![Part::Key(key.to_owned())] }
    }
}

impl<'a> ExprParser<'a> {
    pub(super) fn new(source: &'a str, inner: &'a str, offset: usize, extras: Extras) -> Self {
        Self { source, inner, offset, at: 0, depth: 0, extras }
    }

    fn rest(&self) -> &'a str {
        &self.inner[self.at..]
    }

    fn place(&self, at: usize) -> Place {
        Place::of(self.source, self.offset + at)
    }

    fn error<T>(&self, at: usize, kind: Error) -> Result<T, TemplateError> {
        Err(TemplateError::new(self.place(at), kind))
    }

    fn unexpected<T>(&self) -> Result<T, TemplateError> {
        let found: String = self.rest().chars().take(12).take_while(|c| !c.is_whitespace()).collect();
        let found = if found.is_empty() { "}}".to_owned() } else { found };
        self.error(self.at, Error::Unexpected(found))
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    /// The whole of a mustache or the head of a block.
    pub(super) fn head(&mut self) -> Result<Head, TemplateError> {
        self.space();
        let start = self.at;
        if self.eat('(') {
            let expr = self.inside_parentheses(start)?;
            return Ok(Head { expr, name: self.inner[start..self.at].trim().to_owned() });
        }
        let first = self.operand()?;
        let name = self.inner[start..self.at].trim().trim_matches(['"', '\'']).to_owned();
        let (args, hash) = self.arguments()?;
        let expr = match first {
            // A text or number at the head names a context key.
            Expr::Literal(value) if args.is_empty() && hash.is_empty() => Expr::Path(Path::key(
                &value.as_ref().map_or_else(|| name.clone(), |value| super::text_of::text(Some(value))),
            )),
            Expr::Path(path) => self.call(path, &name, start, args, hash)?,
            other if args.is_empty() && hash.is_empty() => other,
            _ => return self.error(start, Error::UnknownHelper(name)),
        };
        // `RAND(1, 10)` must be ended by no name but RAND's.
        let name = name.split('(').next().unwrap_or_default().trim().to_owned();
        Ok(Head { expr, name })
    }

    /// A helper's call, or a path where there is nothing to call.
    fn call(
        &self,
        path: Path,
        name: &str,
        start: usize,
        args: Vec<Expr>,
        hash: Vec<(String, Expr)>,
    ) -> Result<Expr, TemplateError> {
        let place = self.place(start);
        let helper = match path.parts.as_slice() {
            [Part::Key(key)] if !path.scoped && !path.data => Helper::named(key, self.extras),
            _ => None,
        };
        match helper {
            Some(helper) => {
                if !helper.takes(args.len()) {
                    // A bare word that is also a helper's name, such as a key `lookup`.
                    if args.is_empty() && hash.is_empty() {
                        return Ok(Expr::Path(path));
                    }
                    return self.error(start, Error::Arguments(name.to_owned()));
                }
                if let Some(kind) = helper.refuses(&args) {
                    return self.error(start, kind);
                }
                Ok(Expr::Call(Box::new(Call { helper, args, hash, place })))
            }
            None if args.is_empty() && hash.is_empty() => Ok(Expr::Path(path)),
            None => self.error(start, Error::UnknownHelper(name.to_owned())),
        }
    }

    /// Arguments up to the end, `as |…|` or a closing parenthesis.
    pub(super) fn arguments(&mut self) -> Result<(Vec<Expr>, Vec<(String, Expr)>), TemplateError> {
        let (mut args, mut hash) = (Vec::new(), Vec::new());
        loop {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with(')') || self.at_block_params() {
                return Ok((args, hash));
            }
            if let Some(key) = self.hash_key() {
                hash.push((key, self.operand()?));
            } else if hash.is_empty() {
                args.push(self.operand()?);
            } else {
                return self.unexpected();
            }
        }
    }

    /// `key=`
    fn hash_key(&mut self) -> Option<String> {
        let key = self.peek_id()?;
        let after = self.rest()[key.len()..].trim_start();
        let after = after.strip_prefix('=')?;
        self.at += self.rest().len() - after.len();
        self.space();
        Some(key.to_owned())
    }

    /// `as |a b|`
    pub(super) fn block_params(&mut self) -> Result<Vec<String>, TemplateError> {
        self.space();
        if !self.at_block_params() {
            return Ok(Vec::new());
        }
        self.at += self.rest().find('|').unwrap_or(0) + 1;
        let Some(end) = self.rest().find('|') else { return self.error(self.at, Error::TextNotClosed) };
        let names = self.rest()[..end].split_whitespace().map(str::to_owned).collect();
        self.at += end + 1;
        Ok(names)
    }

    fn at_block_params(&self) -> bool {
        self.rest()
            .strip_prefix("as")
            .is_some_and(|rest| rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with('|'))
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), TemplateError> {
        self.space();
        if self.rest().is_empty() { Ok(()) } else { self.unexpected() }
    }

    /// The name of a partial: a word, a text, or an expression that gives it.
    pub(super) fn partial_name(&mut self) -> Result<(PartialName, String), TemplateError> {
        self.space();
        let start = self.at;
        if self.eat('(') {
            let expr = self.inside_parentheses(start)?;
            return Ok((PartialName::Dynamic(expr), self.inner[start..self.at].to_owned()));
        }
        if self.rest().starts_with(['"', '\'']) {
            let name = self.quoted()?;
            return Ok((PartialName::Plain(name.clone()), name));
        }
        let length = self
            .rest()
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '='))
            .unwrap_or(self.rest().len());
        if length == 0 {
            return self.unexpected();
        }
        let name = self.rest()[..length].to_owned();
        self.at += length;
        Ok((PartialName::from_text(&name), name))
    }

    /// One operand: a literal, a path, a call.
    fn operand(&mut self) -> Result<Expr, TemplateError> {
        self.space();
        let start = self.at;
        if self.eat('(') {
            return self.inside_parentheses(start);
        }
        if self.rest().starts_with(['"', '\'']) {
            return Ok(Expr::Literal(Some(Value::String(self.quoted()?))));
        }
        if let Some(literal) = self.literal() {
            return Ok(literal);
        }
        let path = self.path()?;
        if self.rest().starts_with('(') && !path.data {
            let name = self.inner[start..self.at].to_owned();
            self.at += 1;
            let args = self.deeper(start, Self::call_arguments)?;
            let [Part::Key(key)] = path.parts.as_slice() else {
                return self.error(start, Error::UnknownHelper(name));
            };
            let Some(helper) = Helper::named(key, self.extras).filter(|_| !path.scoped) else {
                return self.error(start, Error::UnknownHelper(name));
            };
            if !helper.takes(args.len()) {
                return self.error(start, Error::Arguments(name));
            }
            if let Some(kind) = helper.refuses(&args) {
                return self.error(start, kind);
            }
            return Ok(Expr::Call(Box::new(Call {
                helper,
                args,
                hash: Vec::new(),
                place: self.place(start),
            })));
        }
        Ok(Expr::Path(path))
    }

    /// `a, b)`: the opening parenthesis has been read.
    fn call_arguments(&mut self) -> Result<Vec<Expr>, TemplateError> {
        let mut args = Vec::new();
        self.space();
        if self.eat(')') {
            return Ok(args);
        }
        loop {
            args.push(self.operand()?);
            self.space();
            if self.eat(')') {
                return Ok(args);
            }
            if !self.eat(',') {
                return self.unexpected();
            }
        }
    }

    /// `(helper a b)`: the opening parenthesis has been read.
    fn inside_parentheses(&mut self, start: usize) -> Result<Expr, TemplateError> {
        let head = self.deeper(start, Self::head)?;
        self.space();
        if !self.eat(')') {
            return self.unexpected();
        }
        match head.expr {
            // Handlebars calls what stands in parentheses; a path cannot be called.
            Expr::Path(path) => match path.parts.as_slice() {
                [Part::Key(key)] if !path.scoped && !path.data => match Helper::named(key, self.extras) {
                    Some(helper) => Ok(Expr::Call(Box::new(Call::bare(helper, self.place(start))))),
                    None => self.error(start, Error::UnknownHelper(head.name)),
                },
                _ => self.error(start, Error::UnknownHelper(head.name)),
            },
            other => Ok(other),
        }
    }

    fn deeper<T>(
        &mut self,
        start: usize,
        inner: impl FnOnce(&mut Self) -> Result<T, TemplateError>,
    ) -> Result<T, TemplateError> {
        if self.depth == MAX_DEPTH {
            return self.error(start, Error::TooDeep);
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn quoted(&mut self) -> Result<String, TemplateError> {
        let start = self.at;
        let quote = if self.eat('"') { '"' } else { '\'' };
        if quote == '\'' {
            self.at += 1;
        }
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.at += at + 1;
                return Ok(text);
            }
            // Handlebars knows one escape: the quotation mark itself.
            if c == '\\' && self.rest()[at + 1..].starts_with(quote) {
                text.push(quote);
                chars.next();
            } else {
                text.push(c);
            }
        }
        self.error(start, Error::TextNotClosed)
    }

    /// A number, `true`, `false`, `null` or `undefined` that is not the beginning of something longer.
    fn literal(&mut self) -> Option<Expr> {
        let rest = self.rest();
        let ends = |length: usize| {
            rest[length..]
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ',' | '}' | '~'))
        };
        for (word, value) in [
            ("true", Some(Value::Bool(true))),
            ("false", Some(Value::Bool(false))),
            ("null", Some(Value::Null)),
            ("undefined", None),
        ] {
            if rest.starts_with(word) && ends(word.len()) {
                self.at += word.len();
                return Some(Expr::Literal(value));
            }
        }
        let sign = usize::from(rest.starts_with('-'));
        let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(sign);
        if whole == 0 {
            return None;
        }
        let mut length = sign + whole;
        if rest[length..].starts_with('.') && digits(length + 1) > 0 {
            length += 1 + digits(length + 1);
        }
        if !ends(length) {
            return None;
        }
        let text = &rest[..length];
        let number = match text.parse::<i64>() {
            Ok(whole) => Some(Value::from(whole)),
            Err(_) => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        };
        self.at += length;
        Some(Expr::Literal(Some(number.unwrap_or_default())))
    }

    fn peek_id(&self) -> Option<&'a str> {
        let rest = self.rest();
        let length = rest.find(|c: char| !is_id(c)).unwrap_or(rest.len());
        (length > 0).then(|| &rest[..length])
    }

    /// A path: `../a.b.[c d][0].e`, `@index`, `this.x`, `.`
    fn path(&mut self) -> Result<Path, TemplateError> {
        let mut path = Path { up: 0, data: self.eat('@'), scoped: false, parts: Vec::new() };
        loop {
            if self.rest().starts_with("..") {
                self.at += 2;
                path.up = path.up.saturating_add(1);
                path.scoped = true;
                if path.parts.is_empty() && self.eat('/') {
                    continue;
                }
                return self.ended(path);
            }
            if self.rest().starts_with('.') {
                self.at += 1;
                path.scoped = true;
                if path.parts.is_empty() && self.eat('/') {
                    continue;
                }
                return self.ended(path);
            }
            if self.rest().starts_with('[') {
                path.parts.push(Part::Key(self.segment()?));
            } else {
                let Some(id) = self.peek_id() else { return self.unexpected() };
                if path.parts.is_empty() && id == "this" {
                    self.at += id.len();
                    path.scoped = true;
                } else if !path.parts.is_empty()
                    && id.bytes().all(|byte| byte.is_ascii_digit())
                    && self.ends_after(id.len())
                {
                    // `poets.0` is a number to Handlebars, and a number is no key there.
                    return self.unexpected();
                } else {
                    self.at += id.len();
                    path.parts.push(Part::Key(id.to_owned()));
                }
            }
            self.indices(&mut path)?;
            let separated = self.rest().starts_with('.') && !self.rest().starts_with("..")
                || self.rest().starts_with('/');
            if !separated {
                return self.ended(path);
            }
            self.at += 1;
        }
    }

    fn ends_after(&self, length: usize) -> bool {
        self.rest()[length..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ',' | '}' | '~'))
    }

    /// A path ends before white space, a comma or a parenthesis.
    fn ended(&self, path: Path) -> Result<Path, TemplateError> {
        match self.rest().chars().next() {
            None => Ok(path),
            Some(c) if c.is_whitespace() || matches!(c, '(' | ')' | ',' | '|' | '=') => Ok(path),
            Some(_) => self.unexpected(),
        }
    }

    /// `[any text]` as a key.
    fn segment(&mut self) -> Result<String, TemplateError> {
        let Some(end) = self.rest().find(']') else { return self.error(self.at, Error::TextNotClosed) };
        let key = self.rest()[1..end].to_owned();
        self.at += end + 1;
        Ok(key)
    }

    /// `[0]`, `[i]`, `[0..5]`, `["key"]` right behind a part.
    fn indices(&mut self, path: &mut Path) -> Result<(), TemplateError> {
        while self.rest().starts_with('[') {
            let start = self.at;
            let inside = self.segment()?;
            let inside = inside.trim();
            let part = if let Ok(index) = inside.parse() {
                Part::Index(index)
            } else if inside == "i" {
                Part::Each(None)
            } else if let Some((from, to)) = inside.split_once("..") {
                match (from.trim().parse(), to.trim().parse()) {
                    (Ok(from), Ok(to)) => Part::Each(Some((from, to))),
                    _ => return self.error(start, Error::Unexpected(format!("[{inside}]"))),
                }
            } else if inside.len() >= 2 && inside.starts_with(['"', '\'']) && inside.ends_with(['"', '\'']) {
                Part::Key(inside[1..inside.len() - 1].to_owned())
            } else {
                return self.error(start, Error::Unexpected(format!("[{inside}]")));
            };
            path.parts.push(part);
        }
        Ok(())
    }
}

/// Handlebars' names: all but white space and these signs.
fn is_id(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            c,
            '!' | '"'
                | '#'
                | '%'
                | '&'
                | '\''
                | '('
                | ')'
                | '*'
                | '+'
                | ','
                | '.'
                | '/'
                | ';'
                | '<'
                | '='
                | '>'
                | '@'
                | '['
                | '\\'
                | ']'
                | '^'
                | '`'
                | '{'
                | '|'
                | '}'
                | '~'
        )
}
