//! Throughput, latency, memory and growth, as ratios within one run.

use std::path::Path;

use anyhow::ensure;
use simulator::{
    crowd::{Crowd, Outcome},
    kakao::{Kakao, Seen},
    upstream::Upstream,
};

use crate::{
    asking, bridge, peers,
    product::{Closer, Running, beside, postgres},
};

const BOT: &str = "bench/bot.json";
const CONNECTIONS: usize = 64;
/// People who write; each has said something before.
const USERS: u64 = 1_000;

/// How long things are measured.
struct Length {
    rounds: usize,
    seconds: f64,
    conversations: u64,
    many: u64,
}

const LONG: Length = Length { rounds: 5, seconds: 4.0, conversations: 100_000, many: 1_000_000 };
const SHORT: Length = Length { rounds: 2, seconds: 1.0, conversations: 5_000, many: 20_000 };

/// A server under load.
struct Subject {
    name: &'static str,
    server: Running,
    path: String,
    sent: u64,
    best: Vec<Outcome>,
}

/// Measures and prints everything.
pub async fn bench(args: &[&str]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| *arg == "--short"), "bench takes --short and nothing else");
    let length = if args.is_empty() { LONG } else { SHORT };
    let folder = tempfile::tempdir()?;
    let url = postgres("turns").await?;
    let sqlite = Closer::install(&folder.path().join("sqlite"), None, BOT)?;
    let on_postgres = Closer::install(&folder.path().join("postgres"), Some(&url), BOT)?;
    let mut targets = Targets::default();

    let mut subjects = vec![
        Subject::closer("closer, SQLite", &sqlite)?,
        Subject::closer("closer, PostgreSQL", &on_postgres)?,
        Subject::peer("FastAPI + kakao-chatbot", peers::fastapi(folder.path())?),
        Subject::peer("Express + better-sqlite3", peers::express(folder.path())?),
    ];
    let idle = subjects[0].server.memory();
    for subject in &mut subjects {
        subject.warm().await?;
    }
    let answer = subjects[0].answer().await?;
    let mut bare = std::process::Command::new(beside("bench"));
    bare.args(["bare", &answer]);
    subjects.insert(0, Subject::peer("bare axum handler", Running::start(bare)?));
    subjects[0].warm().await?;

    throughput(&mut subjects, &length).await?;
    let rate = |at: usize| median(subjects[at].best.iter().map(|outcome| outcome.per_second).collect());
    println!(
        "\nThroughput, closed loop, {CONNECTIONS} connections, {USERS} people, median of {} rounds",
        length.rounds
    );
    println!("{:<26} {:>9} {:>8} {:>9} {:>9}", "", "turns/s", "of bare", "p50 ms", "p99 ms");
    for (at, subject) in subjects.iter().enumerate() {
        let of = |value: fn(&Outcome) -> f64| median(subject.best.iter().map(value).collect());
        let (p50, p99) = (of(|outcome| outcome.p50), of(|outcome| outcome.p99));
        println!("{:<26} {:>9.0} {:>8.3} {p50:>9.2} {p99:>9.2}", subject.name, rate(at), rate(at) / rate(0));
    }
    targets.at_least("SQLite to bare handler", rate(1) / rate(0), 0.25);
    targets.at_least("SQLite to FastAPI", rate(1) / rate(3), 5.0);
    targets.at_least("SQLite to Express", rate(1) / rate(4), 5.0);

    let full = [rate(1), rate(2)];
    println!("\nOpen loop: requests at a fixed rate, latency from when each was due");
    println!("{:<26} {:>7} {:>9} {:>9} {:>9} {:>9}", "", "load", "turns/s", "p50 ms", "p99 ms", "max ms");
    for (subject, full) in subjects[1..3].iter_mut().zip(full) {
        for share in [0.25, 0.5, 0.75] {
            let outcome = subject.at_rate(full * share, length.seconds * 2.0).await?;
            println!(
                "{:<26} {:>6.0}% {:>9.0} {:>9.2} {:>9.2} {:>9.2}",
                subject.name,
                share * 100.0,
                outcome.per_second,
                outcome.p50,
                outcome.p99,
                outcome.max
            );
            if (share - 0.5).abs() < 0.01 {
                targets.at_most(&format!("{}: p99 at half load, ms", subject.name), outcome.p99, 25.0);
            }
        }
    }
    drop(subjects);
    asking(folder.path(), &length).await?;
    memory(folder.path(), &length, idle, &mut targets).await?;
    growth(folder.path(), &length, &mut targets).await?;
    traces(&folder.path().join("traces"), !args.is_empty(), &mut targets).await?;
    bridge::bridge(&folder.path().join("bridge"), !args.is_empty(), &mut targets).await?;
    targets.print();
    Ok(())
}

/// Rounds go through all servers in turn, so that what disturbs the machine disturbs all.
async fn throughput(subjects: &mut [Subject], length: &Length) -> anyhow::Result<()> {
    for subject in &mut *subjects {
        let probe = subject.run(1_000, None).await?;
        subject.best = vec![probe];
    }
    for _ in 0..length.rounds {
        for subject in &mut *subjects {
            let about = subject.best.last().map_or(1_000.0, |last| last.per_second);
            let outcome = subject.run((about * length.seconds) as u64 + 200, None).await?;
            subject.best.push(outcome);
        }
    }
    for subject in subjects {
        subject.best.remove(0);
    }
    Ok(())
}

/// Turns that ask the world beside turns that do not, in turn.
async fn asking(folder: &Path, length: &Length) -> anyhow::Result<()> {
    let upstream = Upstream::start().await?;
    let mut subjects = Vec::new();
    for (name, kind) in
        [("nothing", "params"), ("an empty script", "sandbox"), ("a local HTTP call", "fetch")]
    {
        let closer = asking::install(&folder.join(kind), kind, &upstream)?;
        let mut subject = Subject { name, ..Subject::closer(name, &closer)? };
        subject.warm().await?;
        let said = subject.texts().await?;
        ensure!(said.iter().all(|text| text.contains("확인했어요")), "{name}: {said:?}");
        subjects.push(subject);
    }
    throughput(&mut subjects, length).await?;
    println!("\nNodes that ask, SQLite, {CONNECTIONS} connections, and one person alone");
    println!(
        "{:<26} {:>9} {:>9} {:>9} {:>14}",
        "in the middle of a turn", "turns/s", "p50 ms", "p99 ms", "alone, p50 ms"
    );
    for subject in &mut subjects {
        let of = |value: fn(&Outcome) -> f64| median(subject.best.iter().map(value).collect());
        let (rate, p50, p99) =
            (of(|outcome| outcome.per_second), of(|outcome| outcome.p50), of(|outcome| outcome.p99));
        let alone = subject.alone().await?;
        println!("{:<26} {rate:>9.0} {p50:>9.2} {p99:>9.2} {alone:>14.2}", subject.name);
    }
    Ok(())
}

async fn memory(folder: &Path, length: &Length, idle: f64, targets: &mut Targets) -> anyhow::Result<()> {
    let closer = Closer::install(&folder.join("memory"), None, BOT)?;
    let subject = Subject::closer("closer, SQLite", &closer)?;
    let mut crowd = subject.crowd(length.conversations, None);
    crowd.users = length.conversations;
    subject.check(&crowd.run(false).await)?;
    let after = subject.server.memory();
    println!(
        "\nMemory, SQLite: {idle:.0} MiB at idle, {after:.0} MiB after {} conversations",
        length.conversations
    );
    targets.at_most("idle memory, MiB", idle, 60.0);
    Ok(())
}

/// What keeping traces costs a turn: the same load with and without them, in turn.
pub async fn traces(folder: &Path, short: bool, targets: &mut Targets) -> anyhow::Result<()> {
    let length = if short { SHORT } else { LONG };
    let mut sides: Vec<Side> = Vec::new();
    for (name, keeps) in [("without", false), ("with", true)] {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("closer.toml"), format!("[limits]\ntraces = {keeps}\n"))?;
        let closer = Closer::install(&folder, None, BOT)?;
        let mut subject = Subject::closer("closer, SQLite", &closer)?;
        subject.warm().await?;
        sides.push((name, subject, Vec::new(), Vec::new()));
    }
    // Whoever runs second may find the machine in another mood: they take turns at being first, and each is compared with the
    // run beside it.
    for round in 0..length.rounds * 2 {
        for side in [round % 2, 1 - round % 2] {
            let (_, subject, rates, costs) = &mut sides[side];
            let about = rates.last().copied().unwrap_or(2_000.0);
            let before = subject.server.processor();
            let outcome = subject.run((about * length.seconds) as u64 + 200, None).await?;
            let spent = subject.server.processor().saturating_sub(before);
            costs.push(spent.as_secs_f64() * 1e6 / outcome.answered as f64);
            rates.push(outcome.per_second);
        }
    }
    println!("\nTraces, SQLite");
    for (name, _, rates, costs) in &sides {
        let (rate, cost) = (median(rates.clone()), median(costs.clone()));
        println!("{name:<26} {rate:>9.0} turns/s {cost:>8.1} µs of processor a turn");
    }
    let ratios = |of: fn(&Side) -> &[f64]| {
        let (without, with) = (of(&sides[0]), of(&sides[1]));
        median(with.iter().zip(without).map(|(with, without)| with / without).collect())
    };
    targets.at_most("processor of a turn with traces to one without", ratios(|side| &side.3), 1.1);
    targets.at_least("turns/s with traces to those without", ratios(|side| &side.2), 0.9);
    Ok(())
}

/// A server, its rates and what a turn cost it, run by run.
type Side = (&'static str, Subject, Vec<f64>, Vec<f64>);

/// The same load on few and on many stored conversations, in turn.
async fn growth(folder: &Path, length: &Length, targets: &mut Targets) -> anyhow::Result<()> {
    let mut sides = Vec::new();
    for (name, conversations) in [("few", 1_000), ("many", length.many)] {
        let closer = Closer::install(&folder.join(name), None, BOT)?;
        let mut subject = Subject::closer("closer, SQLite", &closer)?;
        let mut crowd = subject.crowd(conversations, None);
        crowd.users = conversations;
        subject.check(&crowd.run(false).await)?;
        subject.sent = conversations;
        sides.push((subject, conversations, Vec::new(), Vec::new()));
    }
    for _ in 0..length.rounds {
        for (subject, conversations, rates, costs) in &mut sides {
            let requests = (rates.last().copied().unwrap_or(2_000.0) * length.seconds) as u64;
            let mut crowd = subject.crowd(requests, None);
            // Each round other people of the many.
            crowd.users = *conversations;
            crowd.first_user = (subject.sent * 7) % *conversations;
            crowd.users = crowd.users.min(*conversations - crowd.first_user);
            let before = subject.server.processor();
            let outcome = crowd.run(false).await;
            subject.check(&outcome)?;
            subject.sent += requests;
            let spent = subject.server.processor().saturating_sub(before);
            costs.push(spent.as_secs_f64() * 1e6 / outcome.answered as f64);
            rates.push(outcome.per_second);
        }
    }
    println!("\nGrowth, SQLite");
    let mut rates_of = Vec::new();
    for (subject, conversations, rates, costs) in sides {
        let (rate, cost) = (median(rates), median(costs));
        println!(
            "{conversations:>9} conversations: {rate:>7.0} turns/s, {cost:>5.0} µs of processor per turn, {:.0} MiB",
            subject.server.memory()
        );
        rates_of.push(rate);
    }
    let name = format!("time per turn at {} conversations to 1,000", length.many);
    targets.at_most(&name, rates_of[0] / rates_of[1], 1.3);
    Ok(())
}

impl Subject {
    fn closer(name: &'static str, closer: &Closer) -> anyhow::Result<Self> {
        Ok(Self { name, server: closer.serve()?, path: closer.path(), sent: 0, best: Vec::new() })
    }

    fn peer(name: &'static str, server: Running) -> Self {
        Self { name, server, path: "/skill".to_owned(), sent: 0, best: Vec::new() }
    }

    fn crowd(&self, requests: u64, rate: Option<f64>) -> Crowd {
        Crowd {
            address: self.server.address.clone(),
            path: self.path.clone(),
            users: USERS,
            first_user: 0,
            first_request: self.sent,
            connections: CONNECTIONS,
            requests,
            rate,
            says: vec!["지난주 주문 언제 오나요".to_owned()],
            until_broken: false,
            judge_every: 101,
        }
    }

    /// Everybody says something, so that all later turns are alike.
    async fn warm(&mut self) -> anyhow::Result<()> {
        self.run(USERS, None).await.map(drop)
    }

    async fn at_rate(&mut self, rate: f64, seconds: f64) -> anyhow::Result<Outcome> {
        self.run((rate * seconds) as u64, Some(rate)).await
    }

    async fn run(&mut self, requests: u64, rate: Option<f64>) -> anyhow::Result<Outcome> {
        let outcome = self.crowd(requests, rate).run(false).await;
        self.sent += requests;
        self.check(&outcome)?;
        Ok(outcome)
    }

    fn check(&self, outcome: &Outcome) -> anyhow::Result<()> {
        let sound = outcome.other_status == 0 && outcome.broken == 0 && outcome.invalid == 0;
        ensure!(sound, "{}: not every request was answered well: {outcome:?}", self.name);
        ensure!(outcome.max < 4_500.0, "{}: an answer took {:.0} ms", self.name, outcome.max);
        Ok(())
    }

    /// The body of an ordinary answer.
    async fn answer(&self) -> anyhow::Result<String> {
        let seen = self.ask().await?;
        ensure!(seen.texts().len() == 2, "{}", seen.answer);
        Ok(seen.answer)
    }

    /// The texts of an ordinary answer.
    async fn texts(&self) -> anyhow::Result<Vec<String>> {
        Ok(self.ask().await?.texts())
    }

    async fn ask(&self) -> anyhow::Result<Seen> {
        let url = format!("http://{}{}", self.server.address, self.path);
        let kakao = Kakao::new(&url).map_err(anyhow::Error::msg)?;
        let mut room = kakao.room("answer");
        room.says("안녕하세요").await;
        let seen = room.says("지난주 주문 언제 오나요").await;
        ensure!(seen.trouble.is_none(), "{:?}: {}", seen.trouble, seen.answer);
        Ok(seen)
    }

    /// The median latency of one connection without any other load, in milliseconds.
    async fn alone(&mut self) -> anyhow::Result<f64> {
        let mut crowd = self.crowd(300, None);
        crowd.connections = 1;
        let outcome = crowd.run(false).await;
        self.sent += 300;
        self.check(&outcome)?;
        Ok(outcome.p50)
    }
}

/// What was promised, and what came of it.
#[derive(Default)]
pub struct Targets {
    lines: Vec<String>,
}

impl Targets {
    pub fn at_least(&mut self, name: &str, found: f64, wanted: f64) {
        self.note(name, found, "≥", wanted, found >= wanted);
    }

    pub fn at_most(&mut self, name: &str, found: f64, wanted: f64) {
        self.note(name, found, "≤", wanted, found <= wanted);
    }

    fn note(&mut self, name: &str, found: f64, sign: &str, wanted: f64, met: bool) {
        self.lines.push(format!(
            "{} {name}: {found:.2} (target {sign} {wanted})",
            if met { "met   " } else { "MISSED" }
        ));
    }

    pub fn print(&self) {
        println!("\nTargets");
        for line in &self.lines {
            println!("{line}");
        }
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
