//! Stand-ins of the services that bots ask: each speaks its provider's wire format over a real socket of this machine,
//! refuses what the provider refuses, and remembers what it was told.
//!
//! They stand on the providers' public references alone and know no crate of ours, as the rest of this crate. What a
//! provider does next can be written down beforehand ([`Provider::answers`]): a wrong status, silence, garbage.
//!
//! To add one: a file with its state and its `answer`, and an alias of [`Provider`]. Only [`smtp`] is not HTTP.

pub mod google;
pub mod kakao_event;
pub mod listen;
pub mod nlp;
pub mod old_bot;
pub mod openai;
pub mod smtp;
pub mod watson;

use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;

pub use self::listen::{Heard, Said};

/// A stand-in that speaks HTTP, with what its provider remembers.
#[derive(Debug)]
pub struct Provider<S> {
    base: String,
    desk: Arc<Desk<S>>,
}

/// What a stand-in does instead of its work, once.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// Its work after all; for lists in which only a later request goes wrong.
    Usual,
    /// Its work, later.
    Slow(Duration),
    /// This status and body.
    Status(u16, Value),
    /// 429, with this header.
    TooMany {
        /// `Retry-After`, as it stands there.
        retry_after: Option<String>,
    },
    /// This JSON with status 200.
    Json(Value),
    /// Nothing, for as long as the caller waits.
    Hang,
    /// The connection ends in the middle of the answer.
    Cut,
    /// 200, and a page of HTML.
    Garbage,
}

#[derive(Debug)]
struct Desk<S> {
    state: Mutex<S>,
    next: Mutex<VecDeque<(String, Turn)>>,
    heard: Mutex<Vec<Heard>>,
}

impl<S: Send + 'static> Provider<S> {
    /// Listens on a free port until the runtime ends.
    async fn start_with(state: S, answer: fn(&mut S, &Heard) -> Said) -> io::Result<Self> {
        let desk =
            Arc::new(Desk { state: Mutex::new(state), next: Mutex::default(), heard: Mutex::default() });
        let serving = Arc::clone(&desk);
        let base = listen::listen(move |heard| serving.serve(&heard, answer)).await?;
        Ok(Self { base, desk })
    }

    /// `http://127.0.0.1:…`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.base
    }

    /// What it does with the next requests, one after the other; then it does its work again.
    pub fn answers(&self, turns: impl IntoIterator<Item = Turn>) {
        self.answers_at("", turns);
    }

    /// The same for requests whose path holds this.
    pub fn answers_at(&self, path: &str, turns: impl IntoIterator<Item = Turn>) {
        locked(&self.desk.next).extend(turns.into_iter().map(|turn| (path.to_owned(), turn)));
    }

    /// What it was told, oldest first.
    pub fn heard(&self) -> Vec<Heard> {
        locked(&self.desk.heard).clone()
    }

    /// How often a path that holds this was called.
    pub fn calls(&self, path: &str) -> usize {
        locked(&self.desk.heard).iter().filter(|heard| heard.path.contains(path)).count()
    }

    fn state(&self) -> MutexGuard<'_, S> {
        locked(&self.desk.state)
    }
}

impl<S> Desk<S> {
    fn serve(&self, heard: &Heard, answer: fn(&mut S, &Heard) -> Said) -> Said {
        locked(&self.heard).push(heard.clone());
        let turn = {
            let mut next = locked(&self.next);
            let at = next.iter().position(|(path, _)| heard.path.contains(path.as_str()));
            at.and_then(|at| next.remove(at)).map_or(Turn::Usual, |(_, turn)| turn)
        };
        let work = || answer(&mut locked(&self.state), heard);
        match turn {
            Turn::Usual => work(),
            Turn::Slow(pause) => Said { after: pause, ..work() },
            Turn::Status(status, body) => Said::json(status, &body),
            Turn::TooMany { retry_after } => {
                let said = Said::json(429, &serde_json::json!({"error": {"message": "Too many requests."}}));
                match retry_after {
                    Some(value) => said.header("retry-after", &value),
                    None => said,
                }
            }
            Turn::Json(body) => Said::json(200, &body),
            Turn::Hang => Said::never(),
            Turn::Cut => Said { cut: true, ..work() },
            Turn::Garbage => Said::text(200, "text/html", "<html><body>It works!</body></html>"),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
