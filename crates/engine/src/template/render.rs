//! Renders a parsed template.
//!
//! Values are borrowed from the scope wherever they can be. A frame of the [`Stack`] is one context (`this`), so `../`
//! is its parent; `if` makes no frame, as in Handlebars 4.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    Env, Scope,
    ast::{Block, Body, Call, Expr, Part, Partial, PartialName, Path, Piece},
    error::{Place, TemplateError, TemplateErrorKind as Error},
    helpers::{self, Arg, ExtraResult, Helper},
    mask::{Mask, Rendered},
    text_of,
};

/// How long a rendered text may become, in bytes.
const MAX_OUTPUT: usize = 1 << 20;
/// How many pieces may be rendered: a loop in a loop in a loop ends here, in a few milliseconds.
const MAX_STEPS: usize = 200_000;
/// How deep bodies may nest while rendering, through partials too.
const MAX_DEPTH: usize = 100;

/// One context and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Stack<'x> {
    this: This<'x>,
    parent: Option<&'x Stack<'x>>,
    data: Option<&'x Data<'x>>,
    params: &'x [(String, Value)],
    scope: &'x dyn Scope,
}

#[derive(Clone, Copy)]
enum This<'x> {
    /// The scope itself.
    Root,
    Value(&'x Value),
}

/// `@index` and its kin.
struct Data<'x> {
    index: usize,
    key: Option<&'x str>,
    first: bool,
    last: bool,
    parent: Option<&'x Data<'x>>,
}

/// The inline partials in sight.
#[derive(Clone, Copy)]
struct Partials<'x> {
    defined: &'x [(String, Body)],
    block: Option<(&'x Body, Option<&'x Partials<'x>>)>,
    parent: Option<&'x Partials<'x>>,
}

impl<'x> Stack<'x> {
    pub(super) fn root(scope: &'x dyn Scope) -> Self {
        Self { this: This::Root, parent: None, data: None, params: &[], scope }
    }
}

/// Renders a body.
pub(super) fn render(body: &Body, scope: &dyn Scope, env: &mut Env) -> Result<Rendered, TemplateError> {
    let mut renderer = Renderer { env, out: Rendered::default(), steps: 0, depth: 0 };
    renderer.body(body, &Stack::root(scope), None)?;
    Ok(renderer.out)
}

/// The value of an expression.
pub(super) fn evaluate(
    expr: &Expr,
    scope: &dyn Scope,
    env: &mut Env,
) -> Result<Option<Value>, TemplateError> {
    let stack = Stack::root(scope);
    Ok(eval(expr, &stack, env)?.map(Cow::into_owned))
}

struct Renderer<'e> {
    env: &'e mut Env,
    out: Rendered,
    steps: usize,
    depth: usize,
}

impl Renderer<'_> {
    fn body(
        &mut self,
        body: &Body,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        if body.partials.is_empty() {
            return self.pieces(&body.pieces, stack, partials);
        }
        let block = partials.and_then(|partials| partials.block);
        let partials = Partials { defined: &body.partials, block, parent: partials };
        self.pieces(&body.pieces, stack, Some(&partials))
    }

    fn pieces(
        &mut self,
        pieces: &[Piece],
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        for piece in pieces {
            let place = match piece {
                Piece::Text(text) => {
                    self.out.text.push_str(text);
                    None
                }
                Piece::Mustache(expr, place) => {
                    let start = self.out.text.len();
                    self.env.mask = None;
                    let value = eval(expr, stack, self.env)?;
                    text_of::write(value.as_deref(), &mut self.out.text);
                    if let Some(after_ms) = self.env.mask.take() {
                        self.out.masks.push(Mask { range: start..self.out.text.len(), after_ms });
                    }
                    Some(*place)
                }
                Piece::Block(block) => {
                    self.deeper(block.place, |renderer| renderer.block(block, stack, partials))?;
                    Some(block.place)
                }
                Piece::Partial(partial) => {
                    self.deeper(partial.place, |renderer| renderer.partial(partial, stack, partials))?;
                    Some(partial.place)
                }
            };
            self.steps += 1;
            if self.out.text.len() > MAX_OUTPUT || self.steps > MAX_STEPS {
                let place = place.unwrap_or(Place { line: 1, column: 1 });
                return Err(TemplateError::new(place, Error::TooMuch));
            }
        }
        Ok(())
    }

    fn deeper(
        &mut self,
        place: Place,
        inner: impl FnOnce(&mut Self) -> Result<(), TemplateError>,
    ) -> Result<(), TemplateError> {
        if self.depth == MAX_DEPTH {
            return Err(TemplateError::new(place, Error::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn block(
        &mut self,
        block: &Block,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        // A MASK in a condition hides nothing.
        let value = match &block.expr {
            Expr::Call(call) => match call.helper {
                Helper::If | Helper::Unless => {
                    let value = argument(call, 0, stack, self.env)?;
                    let zero_counts = named(call, "includeZero", stack, self.env)?
                        .is_some_and(|it| text_of::is_truthy(Some(&it)));
                    let is_zero = value.as_deref().and_then(Value::as_f64) == Some(0.0);
                    let holds = text_of::is_truthy(value.as_deref()) || (zero_counts && is_zero);
                    return self.branch(block, holds == matches!(call.helper, Helper::If), stack, partials);
                }
                Helper::Each => {
                    let value = argument(call, 0, stack, self.env)?;
                    return self.each(block, value.as_deref(), stack, partials);
                }
                Helper::With => {
                    let value = argument(call, 0, stack, self.env)?;
                    // Zero is something to be with.
                    let is_zero = value.as_deref().and_then(Value::as_f64) == Some(0.0);
                    return match value.as_deref().filter(|value| is_zero || text_of::is_truthy(Some(value))) {
                        Some(value) => self.with(block, value, stack, partials),
                        None => self.inverse(block, stack, partials),
                    };
                }
                Helper::Extra(extra) => {
                    let args = arguments(call, stack, self.env)?
                        .into_iter()
                        .map(|arg| arg.map(Cow::into_owned))
                        .collect::<Vec<_>>();
                    return match (extra.run)(&args, &hash(call, stack, self.env)?) {
                        ExtraResult::Value(value) => {
                            text_of::write(value.as_ref(), &mut self.out.text);
                            Ok(())
                        }
                        ExtraResult::Body(values) => {
                            let params: Vec<_> = block.params.iter().cloned().zip(values).collect();
                            self.body(&block.body, &Stack { params: &params, ..*stack }, partials)
                        }
                        ExtraResult::Inverse => self.inverse(block, stack, partials),
                    };
                }
                _ => eval(&block.expr, stack, self.env)?,
            },
            _ => eval(&block.expr, stack, self.env)?,
        };
        // A section: about a list, a truth, or something to be with.
        match value.as_deref() {
            Some(Value::Bool(true)) => self.body(&block.body, stack, partials),
            None | Some(Value::Null | Value::Bool(false)) => self.inverse(block, stack, partials),
            Some(list @ Value::Array(_)) => self.each(block, Some(list), stack, partials),
            Some(other) => self.with(block, other, stack, partials),
        }
    }

    fn branch(
        &mut self,
        block: &Block,
        holds: bool,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        if holds { self.body(&block.body, stack, partials) } else { self.inverse(block, stack, partials) }
    }

    fn inverse(
        &mut self,
        block: &Block,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        block.inverse.as_ref().map_or(Ok(()), |inverse| self.body(inverse, stack, partials))
    }

    fn with(
        &mut self,
        block: &Block,
        value: &Value,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        let params: Vec<_> = block.params.iter().take(1).map(|name| (name.clone(), value.clone())).collect();
        let params = outer(params, stack);
        let inner = Stack { this: This::Value(value), parent: Some(stack), params: &params, ..*stack };
        self.body(&block.body, &inner, partials)
    }

    fn each(
        &mut self,
        block: &Block,
        value: Option<&Value>,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        match value {
            Some(Value::Array(items)) if !items.is_empty() => {
                let count = items.len();
                for (index, item) in items.iter().enumerate() {
                    self.item(block, item, (index, None, count), stack, partials)?;
                }
                Ok(())
            }
            Some(Value::Object(map)) if !map.is_empty() => {
                let count = map.len();
                for (index, (key, item)) in map.iter().enumerate() {
                    self.item(block, item, (index, Some(key), count), stack, partials)?;
                }
                Ok(())
            }
            _ => self.inverse(block, stack, partials),
        }
    }

    fn item(
        &mut self,
        block: &Block,
        item: &Value,
        (index, key, count): (usize, Option<&str>, usize),
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        let data = Data { index, key, first: index == 0, last: index + 1 == count, parent: stack.data };
        let name = || key.map_or_else(|| Value::from(index), Value::from);
        let params: Vec<_> = match block.params.as_slice() {
            [] => Vec::new(),
            [item_name] => vec![(item_name.clone(), item.clone())],
            [item_name, key_name, ..] => vec![(item_name.clone(), item.clone()), (key_name.clone(), name())],
        };
        let params = outer(params, stack);
        let inner = Stack {
            this: This::Value(item),
            parent: Some(stack),
            data: Some(&data),
            params: &params,
            ..*stack
        };
        self.body(&block.body, &inner, partials)
    }

    fn partial(
        &mut self,
        partial: &Partial,
        stack: &Stack<'_>,
        partials: Option<&Partials<'_>>,
    ) -> Result<(), TemplateError> {
        let name = match &partial.name {
            PartialName::Plain(name) => Cow::Borrowed(name.as_str()),
            PartialName::Block => Cow::Borrowed("@partial-block"),
            PartialName::Dynamic(expr) => Cow::Owned(text_of::text(eval(expr, stack, self.env)?.as_deref())),
        };
        let unknown = || TemplateError::new(partial.place, Error::UnknownPartial(name.clone().into_owned()));
        let (body, seen) = if matches!(partial.name, PartialName::Block) {
            let block = partials.and_then(|partials| partials.block);
            let (body, seen) = block.ok_or_else(unknown)?;
            (body, seen.copied())
        } else {
            let block = partial.fallback.as_ref().map(|fallback| (fallback, partials));
            match (find(&name, partials), &partial.fallback) {
                (Some(body), _) => (body, Some(Partials { defined: &[], block, parent: partials })),
                (None, Some(fallback)) => (fallback, partials.copied()),
                (None, None) => return Err(unknown()),
            }
        };
        let context = match &partial.context {
            Some(expr) => Some(eval(expr, stack, self.env)?.unwrap_or(Cow::Owned(Value::Null))),
            None => None,
        };
        let context = if partial.hash.is_empty() {
            context
        } else {
            let base = match &context {
                Some(value) => value.clone().into_owned(),
                None => this(stack).map_or(Value::Null, Cow::into_owned),
            };
            let mut map = match base {
                Value::Object(map) => map,
                _ => Map::new(),
            };
            for (key, expr) in &partial.hash {
                map.insert(key.clone(), eval(expr, stack, self.env)?.map_or(Value::Null, Cow::into_owned));
            }
            Some(Cow::Owned(Value::Object(map)))
        };
        let inner = match &context {
            Some(value) => Stack { this: This::Value(value), parent: Some(stack), ..*stack },
            None => *stack,
        };
        if partial.indent.is_empty() {
            return self.body(body, &inner, seen.as_ref());
        }
        // A partial that stands alone is indented as its tag is.
        let outer = std::mem::take(&mut self.out);
        let result = self.body(body, &inner, seen.as_ref());
        let rendered = std::mem::replace(&mut self.out, outer);
        result?;
        let start = self.out.text.len();
        for line in rendered.text.split_inclusive('\n') {
            self.out.text.push_str(&partial.indent);
            self.out.text.push_str(line);
        }
        if let Some(mask) = rendered.masks.into_iter().min_by_key(|mask| mask.after_ms) {
            self.out.masks.push(Mask { range: start..self.out.text.len(), after_ms: mask.after_ms });
        }
        Ok(())
    }
}

/// Inner block params hide outer ones of the same name.
fn outer(mut params: Vec<(String, Value)>, stack: &Stack<'_>) -> Vec<(String, Value)> {
    params.extend(stack.params.iter().cloned());
    params
}

fn find<'x>(name: &str, mut partials: Option<&Partials<'x>>) -> Option<&'x Body> {
    while let Some(seen) = partials {
        if let Some((_, body)) = seen.defined.iter().find(|(defined, _)| defined == name) {
            return Some(body);
        }
        partials = seen.parent;
    }
    None
}

fn argument<'x>(
    call: &'x Call,
    at: usize,
    stack: &'x Stack<'x>,
    env: &mut Env,
) -> Result<Arg<'x>, TemplateError> {
    call.args.get(at).map_or(Ok(None), |expr| eval(expr, stack, env))
}

fn named<'x>(
    call: &'x Call,
    name: &str,
    stack: &'x Stack<'x>,
    env: &mut Env,
) -> Result<Arg<'x>, TemplateError> {
    let found = call.hash.iter().find(|(key, _)| key == name);
    found.map_or(Ok(None), |(_, expr)| eval(expr, stack, env))
}

fn arguments<'x>(call: &'x Call, stack: &'x Stack<'x>, env: &mut Env) -> Result<Vec<Arg<'x>>, TemplateError> {
    call.args.iter().map(|expr| eval(expr, stack, env)).collect()
}

fn hash(
    call: &Call,
    stack: &Stack<'_>,
    env: &mut Env,
) -> Result<Vec<(String, Option<Value>)>, TemplateError> {
    call.hash
        .iter()
        .map(|(key, expr)| Ok((key.clone(), eval(expr, stack, env)?.map(Cow::into_owned))))
        .collect()
}

/// The value of an expression; `None` is JavaScript's `undefined`.
fn eval<'x>(expr: &'x Expr, stack: &'x Stack<'x>, env: &mut Env) -> Result<Arg<'x>, TemplateError> {
    match expr {
        Expr::Literal(value) => Ok(value.as_ref().map(Cow::Borrowed)),
        Expr::Path(path) => Ok(resolve(path, stack, env)),
        Expr::Call(call) => {
            if let Helper::Extra(extra) = call.helper {
                let args = arguments(call, stack, env)?
                    .into_iter()
                    .map(|arg| arg.map(Cow::into_owned))
                    .collect::<Vec<_>>();
                return Ok(match (extra.run)(&args, &hash(call, stack, env)?) {
                    ExtraResult::Value(value) => value.map(Cow::Owned),
                    ExtraResult::Body(_) | ExtraResult::Inverse => None,
                });
            }
            let args = arguments(call, stack, env)?;
            call.helper.value(args, env).map_err(|kind| TemplateError::new(call.place, kind))
        }
    }
}

fn this<'x>(stack: &Stack<'x>) -> Arg<'x> {
    match stack.this {
        This::Root => Some(Cow::Owned(stack.scope.to_value())),
        This::Value(value) => Some(Cow::Borrowed(value)),
    }
}

fn resolve<'x>(path: &'x Path, stack: &'x Stack<'x>, env: &Env) -> Arg<'x> {
    if path.data {
        return data(path, stack, env);
    }
    let mut frame = stack;
    for _ in 0..path.up {
        frame = frame.parent?;
    }
    let Some((first, rest)) = path.parts.split_first() else { return this(frame) };
    let bare = rest.is_empty();
    let start = match (first, frame.this) {
        (Part::Key(key), _) if !path.scoped && frame.params.iter().any(|(name, _)| name == key) => {
            frame.params.iter().find(|(name, _)| name == key).map(|(_, value)| Cow::Borrowed(value))
        }
        (Part::Key(key), This::Root) => {
            let found = if bare { frame.scope.alone(key) } else { frame.scope.get(key) };
            let param = || if path.scoped { None } else { frame.scope.param(key) };
            found.or_else(param).map(Cow::Borrowed)
        }
        (Part::Key(key), This::Value(value)) => {
            let param = || if path.scoped { None } else { frame.scope.param(key).map(Cow::Borrowed) };
            helpers::child(value, key).or_else(param)
        }
        (part, _) => step(this(frame)?, part, env),
    };
    rest.iter().try_fold(start?, |value, part| step(value, part, env))
}

fn step<'x>(value: Cow<'x, Value>, part: &Part, env: &Env) -> Arg<'x> {
    let index = match part {
        Part::Key(key) => {
            return match value {
                Cow::Borrowed(value) => helpers::child(value, key),
                Cow::Owned(value) => helpers::child(&value, key).map(|found| Cow::Owned(found.into_owned())),
            };
        }
        Part::Index(index) => *index,
        Part::Each(None) => env.expand?,
        Part::Each(Some((from, _))) => from + env.expand?,
    };
    match value {
        Cow::Borrowed(Value::Array(items)) => items.get(index).map(Cow::Borrowed),
        Cow::Owned(Value::Array(mut items)) => {
            (index < items.len()).then(|| Cow::Owned(items.swap_remove(index)))
        }
        Cow::Borrowed(Value::Object(map)) => map.get(&index.to_string()).map(Cow::Borrowed),
        _ => None,
    }
}

/// `@index`, `@../key`, `@root.name`
fn data<'x>(path: &'x Path, stack: &'x Stack<'x>, env: &Env) -> Arg<'x> {
    let (first, rest) = path.parts.split_first()?;
    let Part::Key(name) = first else { return None };
    if name == "root" && path.up == 0 {
        return match rest.split_first() {
            None => Some(Cow::Owned(stack.scope.to_value())),
            Some((Part::Key(key), rest)) => {
                let start = Cow::Borrowed(stack.scope.get(key)?);
                rest.iter().try_fold(start, |value, part| step(value, part, env))
            }
            Some(_) => None,
        };
    }
    let mut frame = stack.data;
    for _ in 0..path.up {
        frame = frame?.parent;
    }
    // What a frame lacks is looked for outside: `@key` of a list in an object.
    let frame = frame?;
    let value = match name.as_str() {
        "index" => Value::from(frame.index),
        "key" => frame.key.map_or_else(|| Value::from(frame.index), Value::from),
        "first" => Value::Bool(frame.first),
        "last" => Value::Bool(frame.last),
        _ => return None,
    };
    Some(Cow::Owned(value))
}

/// The list that an expansion runs over, as many elements as it has in the range.
pub(super) fn expanded_count(
    path: &Path,
    range: Option<(usize, usize)>,
    most: usize,
    scope: &dyn Scope,
    env: &Env,
) -> usize {
    let stack = Stack::root(scope);
    let length = match resolve(path, &stack, env).as_deref() {
        Some(Value::Array(items)) => items.len(),
        _ => 0,
    };
    match range {
        None => length.min(most),
        Some((from, to)) => (to.saturating_add(1)).min(length).saturating_sub(from).min(most),
    }
}
