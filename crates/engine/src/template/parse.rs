//! The second pass: tags become a tree.
//!
//! Nothing is left for rendering to find out but values: helpers are known by name here, and a name with arguments
//! that is none is refused.

use super::{
    ast::{Block, Body, Call, Expr, Partial, PartialName, Path, Piece},
    error::{Place, TemplateError, TemplateErrorKind as Error},
    expr::{ExprParser, Head},
    helpers::{Extras, Helper},
    scan::{self, Kind, Tag, Token},
};

/// How deep blocks may nest.
const MAX_DEPTH: usize = 64;

/// Parses a source.
pub(super) fn parse(source: &str, extras: Extras) -> Result<Body, TemplateError> {
    let tokens = scan::scan(source)?;
    let mut parser = Parser { source, extras, tokens: tokens.into_iter().peekable(), depth: 0 };
    let body = parser.body()?;
    match parser.tokens.next() {
        None => Ok(body),
        Some(Token::Tag(tag)) => {
            let sign = if tag.kind == Kind::Else { "else" } else { "/" };
            let said =
                if tag.kind == Kind::Else { sign.to_owned() } else { format!("{sign}{}", tag.inner.trim()) };
            Err(parser.error(&tag, Error::NothingToClose(said)))
        }
        Some(Token::Text(_)) => Ok(body),
    }
}

struct Parser<'a> {
    source: &'a str,
    extras: Extras,
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'a>>>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn error(&self, tag: &Tag<'_>, kind: Error) -> TemplateError {
        TemplateError::new(self.place(tag), kind)
    }

    fn place(&self, tag: &Tag<'_>) -> Place {
        Place::of(self.source, tag.at)
    }

    fn expr(&self, tag: &Tag<'a>) -> ExprParser<'a> {
        ExprParser::new(self.source, tag.inner, tag.at, self.extras)
    }

    /// Pieces up to an `else`, an end, or the end of the source.
    fn body(&mut self) -> Result<Body, TemplateError> {
        let mut body = Body::default();
        while let Some(token) = self.tokens.next_if(|token| match token {
            Token::Text(_) => true,
            Token::Tag(tag) => !matches!(tag.kind, Kind::Else | Kind::Close),
        }) {
            match token {
                Token::Text("") => {}
                Token::Text(text) => body.pieces.push(Piece::Text(text.to_owned())),
                Token::Tag(tag) => self.tag(&tag, &mut body)?,
            }
        }
        Ok(body)
    }

    fn tag(&mut self, tag: &Tag<'a>, body: &mut Body) -> Result<(), TemplateError> {
        match tag.kind {
            Kind::Comment => {}
            Kind::Mustache => {
                let mut parser = self.expr(tag);
                let head = parser.head()?;
                parser.end()?;
                body.pieces.push(Piece::Mustache(head.into_mustache(), self.place(tag)));
            }
            Kind::Open | Kind::OpenInverse | Kind::Raw => {
                let block = self.block(tag)?;
                body.pieces.push(Piece::Block(Box::new(block)));
            }
            Kind::OpenInline => {
                let (name, inner) = self.inline(tag)?;
                body.partials.push((name, inner));
            }
            Kind::Partial | Kind::OpenPartial => {
                let partial = self.partial(tag)?;
                body.pieces.push(Piece::Partial(Box::new(partial)));
            }
            // `body` stops before these.
            Kind::Else | Kind::Close => {}
        }
        Ok(())
    }

    fn deeper<T>(
        &mut self,
        tag: &Tag<'a>,
        inner: impl FnOnce(&mut Self) -> Result<T, TemplateError>,
    ) -> Result<T, TemplateError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(tag, Error::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn block(&mut self, tag: &Tag<'a>) -> Result<Block, TemplateError> {
        let mut parser = self.expr(tag);
        let head = parser.head()?;
        let params = parser.block_params()?;
        parser.end()?;
        let name = head.name.clone();
        let raw = tag.kind == Kind::Raw;
        let (body, inverse) = self.deeper(tag, |parser| {
            let body = if raw { parser.raw_body() } else { parser.body()? };
            let inverse = parser.inverse(tag)?;
            parser.close(tag, &name)?;
            Ok((body, inverse))
        })?;
        let (body, inverse) = match tag.kind {
            // `{{^name}}` is a block whose body and inverse change places.
            Kind::OpenInverse => (inverse.unwrap_or_default(), Some(body)),
            _ => (body, inverse),
        };
        Ok(Block { expr: head.into_block(), params, body, inverse, place: self.place(tag) })
    }

    fn raw_body(&mut self) -> Body {
        let text = self.tokens.next_if(|token| matches!(token, Token::Text(_)));
        let pieces = match text {
            Some(Token::Text(text)) => vec![Piece::Text(text.to_owned())],
            _ => Vec::new(),
        };
        Body { pieces, partials: Vec::new() }
    }

    /// What follows `{{else}}`; `{{else if x}}` is a block in there that shares its end.
    fn inverse(&mut self, open: &Tag<'a>) -> Result<Option<Body>, TemplateError> {
        let is_else = |token: &Token<'_>| matches!(token, Token::Tag(tag) if tag.kind == Kind::Else);
        let Some(Token::Tag(tag)) = self.tokens.next_if(is_else) else { return Ok(None) };
        if tag.inner.trim().is_empty() {
            let body = self.body()?;
            // A second `{{else}}` belongs to nothing.
            if let Some(Token::Tag(second)) = self.tokens.next_if(is_else) {
                return Err(self.error(&second, Error::Unexpected("else".to_owned())));
            }
            return Ok(Some(body));
        }
        let mut parser = self.expr(&tag);
        let head = parser.head()?;
        let params = parser.block_params()?;
        parser.end()?;
        let place = self.place(&tag);
        let (body, inverse) = self.deeper(open, |parser| Ok((parser.body()?, parser.inverse(open)?)))?;
        let block = Block { expr: head.into_block(), params, body, inverse, place };
        Ok(Some(Body { pieces: vec![Piece::Block(Box::new(block))], partials: Vec::new() }))
    }

    fn close(&mut self, open: &Tag<'a>, name: &str) -> Result<(), TemplateError> {
        match self.tokens.next() {
            Some(Token::Tag(tag)) if tag.kind == Kind::Close => {
                let close = tag.inner.trim();
                let same = close == name || close.trim_matches(['"', '\'']) == name;
                if same {
                    Ok(())
                } else {
                    let kind = Error::WrongClose { open: name.to_owned(), close: close.to_owned() };
                    Err(self.error(&tag, kind))
                }
            }
            _ => Err(self.error(open, Error::BlockNotClosed(name.to_owned()))),
        }
    }

    /// `{{#*inline "name"}}`: the one decorator that there is.
    fn inline(&mut self, tag: &Tag<'a>) -> Result<(String, Body), TemplateError> {
        let inner = tag.inner.trim();
        let unexpected = || Error::Unexpected(inner.to_owned());
        let name =
            inner.strip_prefix("inline").map(str::trim).ok_or_else(|| self.error(tag, unexpected()))?;
        let name = name.trim_matches(['"', '\'']);
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(self.error(tag, unexpected()));
        }
        let body = self.deeper(tag, |parser| {
            let body = parser.body()?;
            parser.close(tag, "inline")?;
            Ok(body)
        })?;
        Ok((name.to_owned(), body))
    }

    fn partial(&mut self, tag: &Tag<'a>) -> Result<Partial, TemplateError> {
        let mut parser = self.expr(tag);
        let (name, shown) = parser.partial_name()?;
        let (args, hash) = parser.arguments()?;
        parser.end()?;
        if args.len() > 1 {
            return Err(self.error(tag, Error::Arguments(shown)));
        }
        let fallback = if tag.kind == Kind::OpenPartial {
            let body = self.deeper(tag, |parser| {
                let body = parser.body()?;
                parser.close(tag, &shown)?;
                Ok(body)
            })?;
            Some(body)
        } else {
            None
        };
        Ok(Partial {
            name,
            context: args.into_iter().next(),
            hash,
            fallback,
            indent: tag.indent.to_owned(),
            place: self.place(tag),
        })
    }
}

impl Head {
    /// The head of a mustache: a bare helper name is a call without arguments.
    fn into_mustache(self) -> Expr {
        self.expr
    }

    /// The head of a block.
    fn into_block(self) -> Expr {
        match self.expr {
            // `{{#12}}` and `{{#"key"}}` are sections about the key.
            Expr::Literal(Some(value)) => Expr::Path(Path::key(&super::text_of::text(Some(&value)))),
            other => other,
        }
    }
}

impl PartialName {
    /// `@partial-block`, or a name.
    pub(super) fn from_text(text: &str) -> Self {
        if text == "@partial-block" { Self::Block } else { Self::Plain(text.to_owned()) }
    }
}

impl Call {
    /// May this helper be written without arguments and parentheses?
    pub(super) fn bare(helper: Helper, place: Place) -> Self {
        Self { helper, args: Vec::new(), hash: Vec::new(), place }
    }
}
