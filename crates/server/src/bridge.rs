//! Bots that an old server answers for: the closed auto-reply API behind an OpenBuilder skill (spec
//! legacy-smartchat.md 7, product.md K12).
//!
//! What is said both ways is translated in [`channels::smartchat`]; here stand the calls ([`call`]), the look at a server
//! before it is trusted ([`check`]), the way out to a bot with flows ([`recorded`]) and what is remembered of each server:
//! its home keyboard for a minute, and how often it failed in a row. After ten failures it is left alone for a while, and
//! then one message is its test; nothing of that is stored, each process learns it by itself.
//!
//! An operator may let a bridge reach an address that is not public, and only an operator: the permission is for one
//! scheme, host and port, stands beside the address, and ends when another address is entered.

pub mod call;
pub mod check;
pub mod picture;
pub mod recorded;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant},
};

/// How a bridge behaves, and how addresses of old servers are read: for whoever makes one.
pub use channels::smartchat::{Options, address};
use channels::smartchat::{address::NoBase, legacy::Keyboard};
use serde::{Deserialize, Serialize};
use store::BotId;
use url::Url;

use crate::{
    guard::{self, Guard, IpNet},
    secret::Token,
};

/// A bridge's own file: nothing of it is ever played, but every bot has one.
pub const BLANK: &str = include_str!("../../../examples/templates/empty.json");
/// The home keyboard is asked for at most so often; the old platform kept it as long (spec legacy-smartchat.md 2).
const HOME_FOR: Duration = Duration::from_secs(60);
/// A server that failed so often in a row is left alone (2).
const FAILURES: u32 = 10;
/// … for so long, before one message is its test.
const PAUSE: Duration = Duration::from_secs(20);
/// Servers that are remembered. Each is some kilobytes.
const MAX_SERVERS: usize = 1_024;
/// Calls at the same time: a slow server holds one per person who waits for it.
const CALLS: usize = 4_096;
/// … and to one server. The old platform had no bound at all.
const CALLS_PER_SERVER: usize = 2_048;
/// What an operator opens: networks of a company and this machine. Link-local addresses stay shut; cloud machines keep
/// their credentials there.
const INSIDE: [&str; 6] =
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128"];

/// Where a bridge leads, and how it behaves; as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The base address, without a slash at the end.
    pub url: String,
    /// Scheme, host and port that an operator has opened although they are not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<String>,
    /// What addresses of pictures are signed with, so that nobody can have any other picture handed on.
    #[serde(default)]
    pub key: String,
    /// How it behaves.
    #[serde(default)]
    pub options: Options,
}

impl Settings {
    /// A bridge to this base address.
    pub fn new(url: &str, options: Options) -> Result<Self, NoBase> {
        // Without entropy no picture is handed on: an empty key signs nothing.
        let key = Token::new().map(|token| token.to_string()).unwrap_or_default();
        Ok(Self { url: address::base(url)?.url, inside: None, key, options })
    }

    /// As it is stored.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// To be stored.
    pub fn write(&self) -> String {
        // Only maps with keys that are no strings fail to serialise; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Scheme, host and port of the base address.
    pub fn origin(&self) -> Option<String> {
        Url::parse(&self.url).ok().map(|url| url.origin().ascii_serialization())
    }

    /// Opens the address although it is not public. Only for operators.
    pub fn open_inside(&mut self) {
        self.inside = self.origin();
    }

    /// May this address, which the old server has named, be one that is not public?
    pub fn is_inside_for(&self, address: &str) -> bool {
        let origin = Url::parse(address).ok().map(|url| url.origin().ascii_serialization());
        self.is_inside() && origin == self.inside
    }

    /// May the address be one that is not public?
    pub fn is_inside(&self) -> bool {
        self.inside.is_some() && self.inside == self.origin()
    }
}

/// What is remembered of the old servers.
#[derive(Debug)]
pub struct Bridges {
    options: guard::Options,
    public: OnceLock<Guard>,
    inside: OnceLock<Guard>,
    servers: Mutex<HashMap<BotId, Arc<Server>>>,
}

/// What is remembered of one.
#[derive(Debug, Default)]
pub struct Server {
    state: Mutex<Standing>,
}

#[derive(Debug, Default)]
struct Standing {
    url: String,
    home: Option<(Keyboard, Instant)>,
    failures: u32,
    until: Option<Instant>,
}

/// May a server be called?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// Yes.
    Call,
    /// No: it failed again and again and is left alone for a while.
    Paused,
}

impl Bridges {
    /// Nothing is remembered yet.
    pub fn new(options: guard::Options) -> Self {
        let options = guard::Options { max_calls: CALLS, max_per_host: CALLS_PER_SERVER, ..options };
        Self { options, public: OnceLock::new(), inside: OnceLock::new(), servers: Mutex::default() }
    }

    /// The client for a bridge; `spare` where none can be made.
    pub fn guard(&self, inside: bool, spare: &Guard) -> &Guard {
        let (kept, allow) = if inside {
            let own: Vec<IpNet> = INSIDE.iter().filter_map(|range| range.parse().ok()).collect();
            (&self.inside, [self.options.allow.clone(), own].concat())
        } else {
            (&self.public, self.options.allow.clone())
        };
        kept.get_or_init(|| {
            Guard::new(guard::Options { allow, ..self.options.clone() }).unwrap_or_else(|_| spare.clone())
        })
    }

    /// What is remembered of a bridge's server; nothing of another address.
    pub fn server(&self, bot: BotId, url: &str) -> Arc<Server> {
        let mut servers = self.servers.lock().unwrap_or_else(PoisonError::into_inner);
        if servers.len() >= MAX_SERVERS && !servers.contains_key(&bot) {
            // Rare enough to be crude: what is used comes back with its next message.
            servers.clear();
        }
        let server = Arc::clone(servers.entry(bot).or_default());
        drop(servers);
        let mut standing = server.standing();
        if standing.url != url {
            *standing = Standing { url: url.to_owned(), ..Standing::default() };
        }
        drop(standing);
        server
    }
}

impl Server {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// May it be called now? Whoever gets leave after a pause is its test: the others wait for the outcome.
    pub fn leave(&self, now: Instant) -> Leave {
        let mut standing = self.standing();
        match standing.until {
            Some(until) if now < until => Leave::Paused,
            Some(_) => {
                standing.until = Some(now + PAUSE);
                Leave::Call
            }
            None => Leave::Call,
        }
    }

    /// It answered as it should.
    pub fn went_well(&self) {
        let mut standing = self.standing();
        standing.failures = 0;
        standing.until = None;
    }

    /// It did not. `true` where it is left alone from now on.
    pub fn failed(&self, now: Instant) -> bool {
        let mut standing = self.standing();
        standing.failures = standing.failures.saturating_add(1);
        let pauses = standing.failures >= FAILURES;
        let begins = pauses && standing.until.is_none();
        if pauses {
            standing.until = Some(now + PAUSE);
        }
        begins
    }

    /// The home keyboard, while it is fresh.
    pub fn fresh_home(&self, now: Instant) -> Option<Keyboard> {
        self.standing()
            .home
            .as_ref()
            .filter(|(_, at)| now.saturating_duration_since(*at) < HOME_FOR)
            .map(|(home, _)| home.clone())
    }

    /// The last home keyboard that was well, however old.
    pub fn last_home(&self) -> Option<Keyboard> {
        self.standing().home.as_ref().map(|(home, _)| home.clone())
    }

    /// A home keyboard that was well.
    pub fn keep_home(&self, home: &Keyboard, now: Instant) {
        self.standing().home = Some((home.clone(), now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        crate::clock::Clock::default().instant()
    }

    #[test]
    fn a_server_that_fails_again_and_again_is_left_alone_and_tested_by_one() {
        let (server, start) = (Server::default(), now());
        for _ in 1..FAILURES {
            assert!(!server.failed(start));
            assert_eq!(server.leave(start), Leave::Call);
        }
        assert!(server.failed(start), "the tenth opens");
        assert_eq!(server.leave(start + PAUSE / 2), Leave::Paused);
        assert_eq!(server.leave(start + PAUSE), Leave::Call, "one is its test");
        assert_eq!(server.leave(start + PAUSE), Leave::Paused, "the others wait");
        assert!(!server.failed(start + PAUSE), "it was left alone already");
        assert_eq!(server.leave(start + PAUSE * 2), Leave::Call);
        server.went_well();
        assert_eq!(server.leave(start + PAUSE * 2), Leave::Call);
    }

    #[test]
    fn the_home_keyboard_is_fresh_for_a_minute_and_kept_for_longer() {
        let (server, start) = (Server::default(), now());
        let home = Keyboard { buttons: vec!["메뉴".to_owned()] };
        server.keep_home(&home, start);
        assert_eq!(server.fresh_home(start + Duration::from_secs(59)), Some(home.clone()));
        assert_eq!(server.fresh_home(start + HOME_FOR), None);
        assert_eq!(server.last_home(), Some(home));
    }

    #[test]
    fn a_permission_is_for_one_address() {
        let mut settings = Settings::new("http://10.0.0.5:8080/bot/", Options::default()).expect("reads");
        assert!(!settings.is_inside());
        settings.open_inside();
        assert!(settings.is_inside());
        assert_eq!(Settings::read(&settings.write()), Some(settings.clone()));
        settings.url = "http://10.0.0.6:8080/bot".to_owned();
        assert!(!settings.is_inside(), "another address is shut");
    }
}
