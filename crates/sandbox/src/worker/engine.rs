//! One engine for one call: made before the call comes, thrown away after it.
//!
//! Everything that the script can reach lives in the engine's own memory; what it changes there, the next call never
//! sees. `js/own/start.js` gives it Node's surroundings and holds the other end of [`host`].

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use rquickjs::{
    CatchResultExt as _, Context, Ctx, Function, Object, Persistent, Runtime, Value, context::EvalOptions,
};

use super::{clock, host, host::Host, limits::Size, links, pipe::Pipe, thrown};
use crate::{
    MAX_RESULT,
    call::{Failure, Log},
    frame::Order,
};

/// Bytes of native stack after which a script's recursion is an error.
const STACK: usize = 4 << 20;
/// What stands before a script on its first line; columns there are counted without it.
pub const BEFORE: &str = "(function (exports, require, module, __filename, __dirname) {";
/// … and after its last.
pub const AFTER: &str = "\n})";
/// How a script is called in stacks.
pub const FILE: &str = "script.js";
/// Nobody waits longer than this between two looks at the clock.
const LONG: Duration = Duration::from_secs(3600);

/// A call, as the worker got it.
#[derive(Debug)]
pub struct Job {
    /// Its number.
    pub call: u64,
    /// The source.
    pub script: String,
    /// JSON.
    pub context: Vec<u8>,
    /// When to give up.
    pub within_ms: u64,
}

/// How it ended.
#[derive(Debug)]
pub struct Done {
    /// The result as JSON.
    pub result: Result<Vec<u8>, Failure>,
    /// The console.
    pub logs: Vec<Log>,
}

/// The parts, in the order in which they must be dropped.
pub struct Engine {
    control: Persistent<Object<'static>>,
    host: Rc<Host>,
    context: Context,
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Closures inside the engine share this; values of the engine must not outlive it there.
        self.host.forget();
    }
}

impl Engine {
    /// With everything loaded that each script needs.
    pub fn new() -> rquickjs::Result<Self> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(super::MEMORY);
        runtime.set_max_stack_size(STACK);
        let context = Context::full(&runtime)?;
        let host = Rc::new(Host::default());
        let watched = Rc::clone(&host);
        runtime.set_interrupt_handler(Some(Box::new(move || watched.is_late())));
        let noted = Rc::clone(&host);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(move |ctx, promise, reason, handled| {
            noted.rejected(&ctx, &promise, reason, handled);
        })));
        let control = context.with(|ctx| {
            let natives = host::natives(&ctx, &host)?;
            let start = links::load(&ctx, "own:start")?;
            let control: Object =
                start.call((rquickjs::Undefined, rquickjs::Undefined, rquickjs::Undefined, natives))?;
            Ok::<_, rquickjs::Error>(Persistent::save(&ctx, control))
        })?;
        Ok(Self { control, host, context })
    }

    /// Reads the machine's time zone files, if `TZ` names one, while the process may still open files.
    pub fn look_up_zone(&self) {
        let _: rquickjs::Result<f64> = self.context.with(|ctx| ctx.eval("new Date(0).getTimezoneOffset()"));
    }

    /// Runs a script to its end; gives the pipe back.
    pub fn run(self, pipe: Pipe, job: &Job, size: Option<&Size>) -> (Done, Pipe) {
        let deadline = clock::now() + Duration::from_millis(job.within_ms);
        self.host.begin(pipe, deadline);
        let result = self.context.with(|ctx| {
            let control = self.control.clone().restore(&ctx);
            let ended = control.and_then(|control| self.drive(&ctx, &control, job, deadline));
            let failure = match ended {
                Ok(()) => return self.value(&ctx, size),
                Err(_) if self.host.is_late() => Failure::timeout(Duration::from_millis(job.within_ms)),
                Err(rquickjs::Error::Exception) => thrown::failure(&ctx.catch(), size),
                Err(error) => Failure::worker(&error.to_string()),
            };
            Err(failure)
        });
        let result = match result {
            Err(_) if self.host.is_late() => Err(Failure::timeout(Duration::from_millis(job.within_ms))),
            Ok(json) if json.len() > MAX_RESULT => Err(Failure::result_too_large(json.len())),
            other => other,
        };
        let (pipe, logs) = self.host.end();
        (Done { result, logs }, pipe)
    }

    /// Starts the script and serves it until it has settled, waits for nothing, or is late.
    fn drive<'js>(
        &self,
        ctx: &Ctx<'js>,
        control: &Object<'js>,
        job: &Job,
        deadline: Instant,
    ) -> rquickjs::Result<()> {
        let script = job.script.strip_prefix('\u{feff}').unwrap_or(&job.script);
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(FILE.to_owned());
        let module: Function = ctx.eval_with_options(format!("{BEFORE}{script}{AFTER}"), options)?;
        let context = ctx.json_parse(&job.context[..])?;
        control.get::<_, Function>("run")?.call::<_, ()>((module, context))?;
        let due: Function = control.get("due")?;
        let reply: Function = control.get("reply")?;
        loop {
            while !self.host.is_late() && ctx.execute_pending_job() {}
            if self.host.is_late() {
                return Err(rquickjs::Error::Exception);
            }
            if self.host.is_settled() {
                return Ok(());
            }
            // The milliseconds until the next timer; -1 if there is none, -2 if one has just run.
            let next: f64 = due.call(())?;
            if next < -1.0 {
                continue;
            }
            if next < 0.0 && !self.host.waits() {
                return control.get::<_, Function>("idle")?.call(());
            }
            let timer = if next < 0.0 { LONG } else { Duration::from_secs_f64((next / 1000.0).min(60.0)) };
            let patience = timer.min(deadline.saturating_duration_since(clock::now()));
            if let Some((Order::Reply { call, id, answer }, body)) = self.host.wait(patience)?
                && call == job.call
            {
                host::deliver(ctx, &reply, id, answer, body)?;
            }
        }
    }

    /// The settled result as JSON, or why there is none.
    fn value(&self, ctx: &Ctx<'_>, size: Option<&Size>) -> Result<Vec<u8>, Failure> {
        let Some((fine, value)) = self.host.settled(ctx) else {
            return Err(self
                .host
                .rejection(ctx)
                .map_or_else(|| thrown::unfinished(size), |reason| thrown::failure(&reason, size)));
        };
        if !fine {
            return Err(thrown::failure(&value, size));
        }
        let json = stringify(ctx, value).map_err(|reason| thrown::failure(&reason, size))?;
        Ok(json.unwrap_or_else(|| b"{}".to_vec()))
    }
}

/// JSON as the engine itself makes it, whatever the script has done to `JSON`. `None` for what has none, and for null.
fn stringify<'js>(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Option<Vec<u8>>, Value<'js>> {
    if value.is_null() {
        return Ok(None);
    }
    let text = ctx.json_stringify(value).and_then(|text| text.map(|text| text.to_string()).transpose());
    match text.catch(ctx) {
        Ok(text) => Ok(text.map(String::into_bytes)),
        Err(rquickjs::CaughtError::Exception(exception)) => Err(exception.into_object().into_value()),
        Err(rquickjs::CaughtError::Value(value)) => Err(value),
        Err(rquickjs::CaughtError::Error(error)) => {
            Err(rquickjs::String::from_str(ctx.clone(), &error.to_string())
                .map_or_else(|_| Value::new_null(ctx.clone()), rquickjs::String::into_value))
        }
    }
}
