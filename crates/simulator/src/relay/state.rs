//! All that a relay remembers, and how much of it.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::{
    files::Files,
    judge::Violation,
    kst,
    options::{Dialect, Options},
    post::Hook,
    room::{Room, Session},
    upload::Uploads,
};

/// Days of billing that are kept.
const MAX_DAYS: usize = 400;

#[derive(Debug)]
pub(super) struct State {
    pub dialect: Dialect,
    pub options: Options,
    /// Milliseconds that a test moved the clock on.
    pub ahead_ms: i64,
    pub rooms: HashMap<String, Room>,
    pub receive: Option<String>,
    /// Chat is activated (1.5).
    pub active: bool,
    pub used: Recent,
    pub uploads: Uploads,
    pub files: Files,
    pub violations: Vec<Violation>,
    pub violations_ever: u64,
    pub hooks: VecDeque<Hook>,
    pub history: HashMap<String, Vec<Value>>,
    pub days: BTreeMap<String, Day>,
    next: u64,
}

/// Who was active on one day of billing.
#[derive(Debug, Default, Clone)]
pub(super) struct Day {
    /// Rooms in which anybody said anything.
    pub rooms: HashSet<String>,
    /// Rooms with a request of the customer.
    pub asked: HashSet<String>,
    /// Rooms with a word of the company that is no automatic answer: these are billed.
    pub billed: HashSet<String>,
    /// Rooms with an automatic answer.
    pub automatic: HashSet<String>,
}

/// The last names of something, to know them again.
#[derive(Debug)]
pub(super) struct Recent {
    known: HashSet<String>,
    order: VecDeque<String>,
    most: usize,
}

impl Recent {
    pub fn new(most: usize) -> Self {
        Self { known: HashSet::new(), order: VecDeque::new(), most: most.max(1) }
    }

    pub fn holds(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    pub fn add(&mut self, name: &str) {
        if self.known.insert(name.to_owned()) {
            self.order.push_back(name.to_owned());
        }
        while self.order.len() > self.most {
            if let Some(oldest) = self.order.pop_front() {
                self.known.remove(&oldest);
            }
        }
    }
}

impl State {
    pub fn new(dialect: Dialect, options: Options) -> Self {
        let most = options.remember;
        Self {
            dialect,
            ahead_ms: 0,
            rooms: HashMap::new(),
            receive: None,
            active: true,
            // Twice as long as anything else: a repeated serial has to be known again.
            used: Recent::new(most * 2),
            uploads: Uploads::new(most),
            files: Files::new(most),
            violations: Vec::new(),
            violations_ever: 0,
            hooks: VecDeque::new(),
            history: HashMap::new(),
            days: BTreeMap::new(),
            next: 0,
            options,
        }
    }

    pub fn now_ms(&self) -> i64 {
        self.options.clock.now_ms() + self.ahead_ms
    }

    pub fn room(&mut self, user: &str) -> &mut Room {
        self.rooms.entry(user.to_owned()).or_default()
    }

    /// Notes broken rules; beyond what is remembered they are only counted.
    pub fn note(&mut self, found: Vec<Violation>) {
        self.violations_ever += found.len() as u64;
        let free = self.options.remember.saturating_sub(self.violations.len());
        self.violations.extend(found.into_iter().take(free));
    }

    pub fn today(&mut self) -> &mut Day {
        let day = kst::day(self.now_ms());
        while self.days.len() >= MAX_DAYS && !self.days.contains_key(&day) {
            self.days.pop_first();
        }
        self.days.entry(day).or_default()
    }

    /// A number that was never given before.
    pub fn next(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The number of a customer's message: beyond what a double holds exactly.
    pub fn next_serial(&mut self) -> i64 {
        3_456_789_012_345_678_900 + self.next() as i64
    }

    /// A key of Bizgo's.
    pub fn next_key(&mut self) -> String {
        let number = self.next();
        format!("cs{:08x}{number:010}", mixed(number) >> 32)
    }

    pub fn next_session(&mut self, started: &'static str) -> Session {
        let now_ms = self.now_ms();
        let mut session = Session {
            id: (700_100_200 + self.next()).to_string(),
            started,
            started_ms: now_ms,
            last_ms: now_ms,
            expires_ms: now_ms,
            ended: None,
            consent_asked: false,
        };
        session.extend(now_ms);
        session
    }
}

/// Numbers that look like chance and are the same in every run.
pub(super) fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
