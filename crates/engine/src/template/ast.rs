//! A parsed template.

use serde_json::Value;

use super::{error::Place, helpers::Helper};

/// A sequence of pieces, and the inline partials that it defines.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub pieces: Vec<Piece>,
    pub partials: Vec<(String, Body)>,
}

/// One piece of a template.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(String),
    Mustache(Expr, Place),
    Block(Box<Block>),
    Partial(Box<Partial>),
}

/// `{{#…}} … {{else}} … {{/…}}`
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub expr: Expr,
    pub params: Vec<String>,
    pub body: Body,
    pub inverse: Option<Body>,
    pub place: Place,
}

/// `{{> name context key=value}}`, and with a fallback `{{#> name}} … {{/name}}`.
#[derive(Debug, Clone)]
pub(super) struct Partial {
    pub name: PartialName,
    pub context: Option<Expr>,
    pub hash: Vec<(String, Expr)>,
    pub fallback: Option<Body>,
    pub indent: String,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(super) enum PartialName {
    Plain(String),
    Block,
    Dynamic(Expr),
}

/// Something that has a value.
#[derive(Debug, Clone)]
pub(super) enum Expr {
    Path(Path),
    Literal(Option<Value>),
    Call(Box<Call>),
}

/// A helper with its arguments.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub helper: Helper,
    pub args: Vec<Expr>,
    pub hash: Vec<(String, Expr)>,
    pub place: Place,
}

/// `../a.b[0]`, `@index`, `this`
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// How many `../`.
    pub up: u8,
    /// `@…`
    pub data: bool,
    /// Begins with `this`, `.` or `..`: helpers, block params and the conversation's params are not meant.
    pub scoped: bool,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Key(String),
    Index(usize),
    /// `[i]`, or `[a..b]`: the element of the list item's expansion.
    Each(Option<(usize, usize)>),
}

impl Path {
    /// The path up to its first `[i]`, and the range of that.
    pub(super) fn expansion(&self) -> Option<(Path, Option<(usize, usize)>)> {
        let at = self.parts.iter().position(|part| matches!(part, Part::Each(_)))?;
        let Part::Each(range) = self.parts[at] else { return None };
        Some((Path { parts: self.parts[..at].to_vec(), ..self.clone() }, range))
    }
}

impl Body {
    /// Visits all expressions, outer before inner, in reading order.
    pub(super) fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Mustache(expr, _) => expr.visit(visit),
                Piece::Block(block) => {
                    block.expr.visit(visit);
                    block.body.visit(visit);
                    block.inverse.iter().for_each(|inverse| inverse.visit(visit));
                }
                Piece::Partial(partial) => {
                    partial.context.iter().for_each(|expr| expr.visit(visit));
                    partial.hash.iter().for_each(|(_, expr)| expr.visit(visit));
                    partial.fallback.iter().for_each(|body| body.visit(visit));
                }
            }
        }
        self.partials.iter().for_each(|(_, body)| body.visit(visit));
    }
}

impl Expr {
    fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        if let Self::Call(call) = self {
            call.args.iter().for_each(|expr| expr.visit(visit));
            call.hash.iter().for_each(|(_, expr)| expr.visit(visit));
        }
    }
}
