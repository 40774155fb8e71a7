//! Templates: Handlebars 4.0.12 without HTML escaping, with what CLOSER's authors are used to on top (spec
//! templates.md).
//!
//! An engine of our own, since no Rust one has Handlebars' implicit sections, inverse sections and JavaScript's ways
//! of writing values (docs/decisions). Parsed once per version of a bot; rendering borrows from the [`Scope`] and is
//! bounded in depth, steps and length, so that no template can hang a turn. Time and chance come with the [`Env`].
//!
//! To add a helper: its name and number of arguments in `helpers.rs`, what it does there or in a file of its own, a
//! row in the tests, and a line in the documents.

mod ast;
mod compare;
mod date;
pub mod error;
pub mod expand;
mod expr;
pub mod helpers;
mod josa;
mod mask;
mod number;
mod parse;
mod render;
mod scan;
mod text_of;

use serde_json::Value;

pub use error::{TemplateError, TemplateErrorKind};
pub use mask::{Mask, Rendered};

use self::{
    ast::{Body, Expr, Piece},
    helpers::Extra,
};
use crate::secret;

/// A parsed template.
#[derive(Debug, Clone)]
pub struct Template {
    body: Body,
}

/// What a template can see.
pub trait Scope {
    /// A key of the context.
    fn get(&self, key: &str) -> Option<&Value>;

    /// A param, for names that are no context key.
    fn param(&self, key: &str) -> Option<&Value>;

    /// The whole context as one object: `this` outside of blocks.
    fn to_value(&self) -> Value;

    /// A key that stands alone: `{{message}}` is the message's text, `{{message.type}}` goes through [`Self::get`].
    fn alone(&self, key: &str) -> Option<&Value> {
        self.get(key)
    }
}

impl Scope for Value {
    fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    fn param(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get("params")?.as_object()?.get(key)
    }

    fn to_value(&self) -> Value {
        self.clone()
    }
}

/// Time and chance.
#[derive(Debug)]
pub struct Env {
    /// Now, in milliseconds UTC.
    pub now_ms: i64,
    seed: u64,
    /// As it came, for [`crate::secret`].
    first_seed: u64,
    /// `SECRET` may be used: an HTTP node's data is being rendered.
    pub(crate) secrets: bool,
    /// The element of the list item that is being repeated.
    expand: Option<usize>,
    /// `MASK` was used in the expression that is being rendered: when it hides.
    mask: Option<Option<u64>>,
}

impl Env {
    /// Time and chance for one turn.
    pub fn new(now_ms: i64, seed: u64) -> Self {
        Self { now_ms, seed, first_seed: seed, secrets: false, expand: None, mask: None }
    }

    /// What this turn's placeholders of secrets carry.
    pub(crate) fn secret_nonce(&self) -> String {
        secret::secret_nonce(self.first_seed)
    }

    /// 64 bits of chance (splitmix64).
    fn roll(&mut self) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Template {
    /// Parses a source.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        Self::parse_with(source, &[])
    }

    /// The same with helpers of a test.
    #[doc(hidden)]
    pub fn parse_with(source: &str, extras: &'static [Extra]) -> Result<Self, TemplateError> {
        if !source.contains("{{") {
            let pieces = if source.is_empty() { Vec::new() } else { vec![Piece::Text(source.to_owned())] };
            return Ok(Self { body: Body { pieces, partials: Vec::new() } });
        }
        Ok(Self { body: parse::parse(source, extras)? })
    }

    /// The text of a template without any expression.
    pub fn as_plain(&self) -> Option<&str> {
        match self.body.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The first two parts of the paths that it surely reads from the context: all that begin with `params`, and where no
    /// block can change what a name means, all others as well.
    pub fn names(&self) -> Vec<(String, Option<String>)> {
        let plain = self.body.partials.is_empty()
            && self.body.pieces.iter().all(|piece| matches!(piece, Piece::Text(_) | Piece::Mustache(..)));
        let mut names = Vec::new();
        self.body.visit(&mut |expr| {
            let Expr::Path(path) = expr else { return };
            if path.up > 0 || path.data || path.scoped {
                return;
            }
            let key = |at: usize| match path.parts.get(at) {
                Some(ast::Part::Key(key)) => Some(key.clone()),
                _ => None,
            };
            if let Some(first) = key(0)
                && (plain || first == "params")
            {
                names.push((first, key(1)));
            }
        });
        names
    }

    /// Does it ask for a secret anywhere?
    pub fn uses_secret(&self) -> bool {
        let mut found = false;
        self.body.visit(&mut |expr| {
            found |= matches!(expr, Expr::Call(call) if matches!(call.helper, helpers::Helper::Secret));
        });
        found
    }

    /// The text that it gives. Lists and objects that are the whole of it are written as JSON.
    pub fn render(&self, scope: &dyn Scope, env: &mut Env) -> Result<Rendered, TemplateError> {
        if let [Piece::Mustache(expr, _)] = self.body.pieces.as_slice() {
            env.mask = None;
            let value = render::evaluate(expr, scope, env)?;
            let text = match &value {
                Some(list @ (Value::Array(_) | Value::Object(_))) => list.to_string(),
                other => text_of::text(other.as_ref()),
            };
            let masks = env.mask.take().map(|after_ms| Mask { range: 0..text.len(), after_ms });
            return Ok(Rendered { text, masks: masks.into_iter().collect() });
        }
        render::render(&self.body, scope, env)
    }

    /// The text of a template that may use secrets, with nothing but their names where they would stand.
    pub fn render_for_show(&self, scope: &dyn Scope, env: &mut Env) -> Result<String, TemplateError> {
        env.secrets = true;
        let rendered = self.render(scope, env);
        env.secrets = false;
        Ok(secret::blunt(&rendered?.text, &env.secret_nonce()))
    }

    /// The value of a template that is one expression; else its text.
    pub fn evaluate(&self, scope: &dyn Scope, env: &mut Env) -> Result<Value, TemplateError> {
        match self.body.pieces.as_slice() {
            [Piece::Mustache(expr, _)] => Ok(render::evaluate(expr, scope, env)?.unwrap_or_default()),
            _ => Ok(Value::String(self.render(scope, env)?.text)),
        }
    }
}
