//! What `js/own` is given from outside the engine, and the state behind it.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands native functions their arguments by value"
)]

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

use encoding_rs::{EUC_KR, EncoderResult};
use rquickjs::{
    Coerced, Ctx, Exception, Function, Object, Persistent, Result, TypedArray, Value,
    function::{Opt, This},
};

use super::{clock, crypto, links, pipe::Pipe};
use crate::{
    MAX_BODY,
    call::{HttpFailure, Log},
    frame::{Asked, Head, Order, Report},
    library,
};

/// Lines of console that are kept, and letters in all.
const MAX_LINES: usize = 100;
const MAX_LETTERS: usize = 10_000;

/// State of one engine.
#[derive(Default)]
pub struct Host {
    pipe: RefCell<Option<Pipe>>,
    deadline: Cell<Option<Instant>>,
    begun: Cell<Option<Instant>>,
    settled: RefCell<Option<(bool, Persistent<Value<'static>>)>>,
    /// The first rejection that nobody handles, with its promise.
    rejection: RefCell<Option<(Persistent<Value<'static>>, Persistent<Value<'static>>)>>,
    logs: RefCell<Vec<Log>>,
    letters: Cell<usize>,
    /// Questions asked, and answers given.
    asked: Cell<u32>,
    answered: Cell<u32>,
}

impl Host {
    /// A call begins.
    pub fn begin(&self, pipe: Pipe, deadline: Instant) {
        self.pipe.replace(Some(pipe));
        self.begun.set(Some(clock::now()));
        self.deadline.set(Some(deadline));
    }

    /// It has ended.
    pub fn end(&self) -> (Pipe, Vec<Log>) {
        self.forget();
        (self.pipe.take().unwrap_or_default(), self.logs.take())
    }

    /// Lets go of the engine's values.
    pub fn forget(&self) {
        self.settled.take();
        self.rejection.take();
    }

    /// Whether the call's time is over.
    pub fn is_late(&self) -> bool {
        self.deadline.get().is_some_and(|deadline| clock::now() >= deadline)
    }

    /// Whether the script waits for an answer.
    pub fn waits(&self) -> bool {
        self.asked.get() > self.answered.get()
    }

    /// Whether there is a result or an error.
    pub fn is_settled(&self) -> bool {
        self.settled.borrow().is_some()
    }

    /// The result (true) or what was thrown.
    pub fn settled<'js>(&self, ctx: &Ctx<'js>) -> Option<(bool, Value<'js>)> {
        let (fine, value) = self.settled.take()?;
        Some((fine, value.restore(ctx).ok()?))
    }

    /// The first of two results wins.
    fn settle(&self, fine: bool, value: &Value<'_>) {
        if !self.is_settled() {
            self.settled.replace(Some((fine, Persistent::save(value.ctx(), value.clone()))));
        }
    }

    /// Notes a promise that was rejected and that nobody handles, or that it is handled after all.
    pub fn rejected<'js>(&self, ctx: &Ctx<'js>, promise: &Value<'js>, reason: Value<'js>, handled: bool) {
        if !handled {
            if self.rejection.borrow().is_none() {
                let saved = (Persistent::save(ctx, promise.clone()), Persistent::save(ctx, reason));
                self.rejection.replace(Some(saved));
            }
            return;
        }
        let known = self.rejection.borrow().as_ref().map(|(known, _)| known.clone());
        if known.and_then(|known| known.restore(ctx).ok()).is_some_and(|known| known == *promise) {
            self.rejection.take();
        }
    }

    /// What that promise was rejected with.
    pub fn rejection<'js>(&self, ctx: &Ctx<'js>) -> Option<Value<'js>> {
        let (_, reason) = self.rejection.take()?;
        reason.restore(ctx).ok()
    }

    /// The next order, if it comes in time.
    pub fn wait(&self, patience: Duration) -> Result<Option<(Order, Vec<u8>)>> {
        let mut pipe = self.pipe.borrow_mut();
        let Some(pipe) = pipe.as_mut() else { return Ok(None) };
        pipe.wait_for(patience).ok_or_else(gone)
    }

    fn log(&self, level: String, text: &str) {
        let letters = self.letters.get();
        let mut logs = self.logs.borrow_mut();
        if logs.len() < MAX_LINES && letters < MAX_LETTERS {
            let text: String = text.chars().take(MAX_LETTERS - letters).collect();
            self.letters.set(letters + text.chars().count());
            logs.push(Log { level, text });
        }
    }

    fn ask(&self, id: u32, request: Asked, body: &[u8]) -> Result<()> {
        let mut pipe = self.pipe.borrow_mut();
        let sent = pipe.as_mut().and_then(|pipe| pipe.send(&Report::Ask { id, request }, body));
        sent.ok_or_else(gone)?;
        self.asked.set(self.asked.get() + 1);
        Ok(())
    }
}

/// The server has gone; the worker follows it soon.
fn gone() -> rquickjs::Error {
    rquickjs::Error::Io(std::io::ErrorKind::BrokenPipe.into())
}

/// Gives a script the answer to its question.
pub fn deliver<'js>(
    ctx: &Ctx<'js>,
    reply: &Function<'js>,
    id: u32,
    answer: std::result::Result<Head, HttpFailure>,
    body: Vec<u8>,
) -> Result<()> {
    match answer {
        Ok(head) => {
            let json = serde_json::to_vec(&head).unwrap_or_default();
            // As bytes or as text, whichever the script asks for: mostly text, which then crosses once.
            let body = Rc::new(body);
            let same = Rc::clone(&body);
            let bytes = move |ctx: Ctx<'js>| TypedArray::<u8>::new_copy(ctx, &body[..]);
            let text = move || String::from_utf8_lossy(&same).into_owned();
            let (bytes, text) = (Function::new(ctx.clone(), bytes)?, Function::new(ctx.clone(), text)?);
            reply.call((id, true, ctx.json_parse(json)?, bytes, text))
        }
        Err(failure) => {
            let json = serde_json::to_vec(&failure).unwrap_or_default();
            reply.call((id, false, ctx.json_parse(json)?))
        }
    }
}

/// The functions that `js/own` gets; scripts never see this object.
pub fn natives<'js>(ctx: &Ctx<'js>, host: &Rc<Host>) -> Result<Object<'js>> {
    let natives = Object::new(ctx.clone())?;
    let state = Rc::clone(host);
    let settle = move |fine: bool, value: Value<'js>| state.settle(fine, &value);
    natives.set("settle", Function::new(ctx.clone(), settle))?;
    let state = Rc::clone(host);
    let log = move |level: String, text: Coerced<String>| state.log(level, &text.0);
    natives.set("log", Function::new(ctx.clone(), log))?;
    let state = Rc::clone(host);
    let now = move || {
        let begun = state.begun.get().unwrap_or_else(clock::now);
        clock::now().saturating_duration_since(begun).as_secs_f64() * 1000.0
    };
    natives.set("now", Function::new(ctx.clone(), now))?;
    let state = Rc::clone(host);
    let ask = move |ctx: Ctx<'js>, id: u32, head: String, body: Value<'js>| {
        let mut request: Asked =
            serde_json::from_str(&head).map_err(|error| Exception::throw_type(&ctx, &error.to_string()))?;
        let body = bytes(&ctx, &body)?;
        request.has_body = body.is_some();
        let body = body.unwrap_or_default();
        if body.len() > MAX_BODY {
            return Err(Exception::throw_range(
                &ctx,
                "요청 본문이 1MiB보다 커요. The request body is larger than 1 MiB.",
            ));
        }
        state.ask(id, request, &body)
    };
    natives.set("ask", Function::new(ctx.clone(), ask))?;
    let state = Rc::clone(host);
    natives
        .set("answered", Function::new(ctx.clone(), move || state.answered.set(state.answered.get() + 1)))?;
    natives.set("load", Function::new(ctx.clone(), load))?;
    natives.set("offers", Function::new(ctx.clone(), |name: String| library::offers(&name)))?;
    natives.set("offered", Function::new(ctx.clone(), || library::libraries().to_vec()))?;
    natives.set("encode", Function::new(ctx.clone(), encode))?;
    natives.set("decode", Function::new(ctx.clone(), decode))?;
    natives.set("encodeKorean", Function::new(ctx.clone(), encode_korean))?;
    natives.set("decodeKorean", Function::new(ctx.clone(), decode_korean))?;
    crypto::natives(ctx, &natives)?;
    super::address::natives(ctx, &natives)?;
    Ok(natives)
}

/// `undefined` for a library that this build does not have.
fn load(ctx: Ctx<'_>, name: String) -> Result<Option<Function<'_>>> {
    if !library::is_compiled(&name) {
        return Ok(None);
    }
    links::load(&ctx, &name).map(Some)
}

fn encode(ctx: Ctx<'_>, text: Coerced<String>) -> Result<TypedArray<'_, u8>> {
    TypedArray::new(ctx, text.0)
}

fn decode<'js>(ctx: Ctx<'js>, value: Value<'js>, strict: Opt<bool>) -> Result<String> {
    let bytes = bytes(&ctx, &value)?.unwrap_or_default();
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(_) if strict.0 == Some(true) => {
            Err(Exception::throw_type(&ctx, "The encoded data was not valid UTF-8"))
        }
        Err(error) => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// CP949, which is what everyone means by EUC-KR. What it does not have becomes a question mark, as in iconv.
fn encode_korean(ctx: Ctx<'_>, text: Coerced<String>) -> Result<TypedArray<'_, u8>> {
    let mut encoder = EUC_KR.new_encoder();
    let mut bytes = Vec::with_capacity(text.0.len() + 8);
    let mut rest = &text.0[..];
    loop {
        bytes.reserve(
            encoder.max_buffer_length_from_utf8_without_replacement(rest.len()).unwrap_or(rest.len() * 2),
        );
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = &rest[read..];
        match result {
            EncoderResult::InputEmpty => return TypedArray::new(ctx, bytes),
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(_) => bytes.push(b'?'),
        }
    }
}

fn decode_korean<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Result<String> {
    let bytes = bytes(&ctx, &value)?.unwrap_or_default();
    Ok(EUC_KR.decode_without_bom_handling(&bytes).0.into_owned())
}

/// The bytes of a string (as UTF-8) or of a `Uint8Array`; `None` for null and undefined.
pub fn bytes<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Result<Option<Vec<u8>>> {
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    if value.is_string() {
        return Ok(Some(value.get::<Coerced<String>>()?.0.into_bytes()));
    }
    // The engine's own view of its memory is not safe to look at from here; its hexadecimal text is, and quick enough.
    let hex = TypedArray::<u8>::from_value(value.clone())
        .and_then(|array| array.get::<_, Function>("toHex")?.call::<_, String>((This(array),)))
        .map_err(|_| Exception::throw_type(ctx, "a string, a Buffer or a Uint8Array is needed"))?;
    let digit = |letter: u8| char::from(letter).to_digit(16).unwrap_or_default() as u8;
    Ok(Some(hex.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()))
}
