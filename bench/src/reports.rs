//! Statistics on a million messages: are they right, are they quick, and do they leave turns alone.
//!
//! A year of conversations is committed through the store, as turns are, and added up by the follower. Then the server is
//! asked over HTTP, as the console asks, on both databases: figures are compared with a recount of turns and messages,
//! each report is timed for several periods, and the latency of turns is measured with and without somebody who reads
//! reports all the time, in turn, in the same run.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use simulator::crowd::Crowd;
use store::{
    BotId, ConversationId, EndUserId, MessageId, NewMessage, NewTurn, NodeFact, Options, Store, TurnCommit,
    TurnFacts, TurnId, WorkspaceId,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::Instant,
};

use crate::product::{Closer, Running, postgres};

const BOT: &str = "bench/bot.json";
const DAY_MS: i64 = 86_400_000;
/// Days over which conversations are spread.
const DAYS: i64 = 365;
/// Messages of a turn: one of the person, three of the bot.
const MESSAGES: i64 = 4;
/// Turns of a visit.
const VISIT: i64 = 4;
/// Commits under way.
const AT_ONCE: usize = 64;
/// Rounds of turns with and without reports.
const ROUNDS: usize = 5;
/// A report may take so long.
const REPORT_WITHIN: f64 = 1_000.0;

/// Measures and prints everything.
pub async fn reports(args: &[&str]) -> anyhow::Result<()> {
    let messages = match args {
        [] => 1_000_000,
        ["--messages", count] => count.parse().context("--messages takes a number")?,
        _ => anyhow::bail!("reports takes --messages NUMBER and nothing else"),
    };
    let folder = tempfile::tempdir()?;
    let url = postgres("reports").await?;
    for (name, database) in [("SQLite", None), ("PostgreSQL", Some(url.as_str()))] {
        on(name, &folder.path().join(name), database, messages).await?;
    }
    Ok(())
}

async fn on(name: &str, folder: &Path, database: Option<&str>, messages: i64) -> anyhow::Result<()> {
    let closer = Closer::install(folder, database, BOT)?;
    let bot: BotId = closer.bot.parse()?;
    let now_ms = now(folder)?;
    let store = Store::open(Options { url: &closer.store_url(), now_ms }).await?;
    let begun = Instant::now();
    let turns = fill(&store, bot, messages, now_ms).await?;
    let filled = begun.elapsed();
    let begun = Instant::now();
    while store.add_up(500).await? > 0 {}
    println!(
        "\n{name}: {turns} turns, {messages} messages over {DAYS} days; written in {:.0} s, added up in {:.0} s",
        filled.as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    let server = closer.serve()?;
    let console = Console::enter(&server, bot).await?;
    check(&store, bot, &console, now_ms).await?;
    drop(store);
    time(&console, now_ms).await?;
    beside_turns(&closer, &server, &console, now_ms).await
}

/// Figures of the whole and of each month are those of a recount.
async fn check(store: &Store, bot: BotId, console: &Console, now_ms: i64) -> anyhow::Result<()> {
    let today = seoul_day(now_ms);
    let mut periods = vec![(today - DAYS - 1, today)];
    periods.extend((0..12).map(|month| (today - (month + 1) * 30, today - month * 30 - 1)));
    for (from, to) in periods {
        let stats = console.get(&format!("/stats?from={}&to={}", date(from), date(to))).await?;
        let total = &stats["total"];
        let begins = |day: i64| day * DAY_MS - 9 * 3_600_000;
        let count = store.recount(bot, begins(from), begins(to + 1)).await?;
        let expected = [
            ("turns", count.turns),
            ("userMessages", count.user_messages),
            ("botMessages", count.bot_messages),
            ("errors", count.faults),
            ("users", count.users),
            ("conversations", count.conversations),
        ];
        for (key, count) in expected {
            ensure!(
                total[key] == count,
                "{key} of {} to {}: {} is not {count}",
                date(from),
                date(to),
                total[key]
            );
        }
        let by_day: i64 =
            stats["days"].as_array().into_iter().flatten().filter_map(|day| day["turns"].as_i64()).sum();
        ensure!(by_day == count.turns, "the days of {} to {} are {by_day}", date(from), date(to));
    }
    println!("figures of the year and of 12 months equal a recount of turns and messages");
    Ok(())
}

async fn time(console: &Console, now_ms: i64) -> anyhow::Result<()> {
    println!("{:<44} {:>9} {:>9}", "slowest of 5, in milliseconds", "median", "slowest");
    let today = seoul_day(now_ms);
    let mut worst: f64 = 0.0;
    for (period, days) in [("1 day", 0), ("30 days", 29), ("a year", 365), ("ten years", 3_600)] {
        for report in ["/stats", "/stats/nodes", "/stats/errors", "/stats/unanswered"] {
            let path = format!("{report}?from={}&to={}", date(today - days), date(today));
            worst = worst.max(timed(console, &format!("{report}, {period}"), &path).await?);
        }
    }
    for (what, path) in [
        ("/conversations", "/conversations".to_owned()),
        ("/conversations, by a rare word", "/conversations?text=nowhere".to_owned()),
        ("/turns behind the errors", "/turns?kind=fault".to_owned()),
    ] {
        worst = worst.max(timed(console, what, &path).await?);
    }
    println!(
        "{} slowest report: {worst:.0} ms (target ≤ {REPORT_WITHIN:.0})",
        if worst <= REPORT_WITHIN { "met   " } else { "MISSED" }
    );
    Ok(())
}

async fn timed(console: &Console, what: &str, path: &str) -> anyhow::Result<f64> {
    let mut took = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        console.get(path).await?;
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    println!("{what:<44} {:>9.1} {:>9.1}", took[2], took[4]);
    Ok(took[4])
}

/// The latency of turns at a steady rate, with and without reports.
async fn beside_turns(
    closer: &Closer,
    server: &Running,
    console: &Console,
    now_ms: i64,
) -> anyhow::Result<()> {
    let crowd = |sent: u64| Crowd {
        address: server.address.clone(),
        path: closer.path(),
        users: 500,
        first_user: 0,
        first_request: sent,
        connections: 32,
        requests: 1_500,
        rate: Some(300.0),
        says: vec!["지난주 주문 언제 오나요".to_owned()],
        until_broken: false,
        judge_every: 101,
    };
    let mut sent = 0;
    let mut p99 = [Vec::new(), Vec::new()];
    let mut read = 0;
    crowd(sent).run(false).await;
    for round in 0..2 * ROUNDS {
        sent += 1_500;
        let running = crowd(sent);
        let turns = tokio::spawn(async move { running.run(false).await });
        if round % 2 == 1 {
            let path =
                format!("/stats?from={}&to={}", date(seoul_day(now_ms) - 365), date(seoul_day(now_ms)));
            while !turns.is_finished() {
                console.get(&path).await?;
                read += 1;
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
        }
        let outcome = turns.await?;
        ensure!(
            outcome.broken == 0 && outcome.other_status == 0,
            "not every turn was answered well: {outcome:?}"
        );
        p99[round % 2].push(outcome.p99);
    }
    for values in &mut p99 {
        values.sort_by(f64::total_cmp);
    }
    let (alone, beside) = (p99[0][ROUNDS / 2], p99[1][ROUNDS / 2]);
    println!(
        "{} p99 of turns at 300/s: {alone:.2} ms alone, {beside:.2} ms beside {read} reports of a year: {:.2} (target ≤ 1.2)",
        if beside <= alone * 1.2 { "met   " } else { "MISSED" },
        beside / alone
    );
    Ok(())
}

/// Commits conversations of a year, as turns commit; how many turns.
async fn fill(store: &Store, bot: BotId, messages: i64, now_ms: i64) -> anyhow::Result<i64> {
    let workspace = store.default_workspace(now_ms, 1).await?;
    let turns = messages / MESSAGES;
    let visits = turns / VISIT;
    let users = (visits / 5).max(1);
    let mut under_way = JoinSet::new();
    for user in 0..users {
        let store = store.clone();
        under_way.spawn(async move { live(&store, (workspace, bot), user, (users, visits), now_ms).await });
        while under_way.len() >= AT_ONCE {
            if let Some(done) = under_way.join_next().await {
                done??;
            }
        }
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(visits * VISIT)
}

/// All visits of one person, the first first.
async fn live(
    store: &Store,
    (workspace, bot): (WorkspaceId, BotId),
    user: i64,
    (users, visits): (i64, i64),
    now_ms: i64,
) -> anyhow::Result<()> {
    let user_key = format!("user{user:08}{}", "0".repeat(54));
    let mine = (visits - user).div_euclid(users) + i64::from((visits - user) % users != 0);
    let mut end_user = None;
    let mut seq = 0;
    let mut version = None;
    for visit in 0..mine {
        // Visits of all are spread over the year; those of one person lie far apart.
        let number = visit * users + user;
        let begun = now_ms - DAYS * DAY_MS + number * (DAYS * DAY_MS / visits);
        let conversation = ConversationId::new(begun, dice(number, 1));
        for turn in 0..VISIT {
            let at = begun + turn * 20_000 + i64::from(dice(number, 9) as u8) * 100;
            let id = |salt: i64| dice(number * VISIT + turn, salt);
            let end_user = *end_user.get_or_insert_with(|| EndUserId::new(at, id(2)));
            let fault = id(3)
                .is_multiple_of(200)
                .then(|| format!("플로우 2 › 노드 {}: 시간이 초과됐어요", id(4) % 7));
            let unanswered = id(5).is_multiple_of(10);
            let said = format!("문의 {}번이에요", id(6) % 3_000);
            let text = |said: &str| format!("{{\"type\":\"text\",\"text\":\"{said}\"}}");
            let all = (0..MESSAGES).map(|n| NewMessage {
                id: MessageId::new(at, id(20 + n)),
                is_user: n == 0,
                sender: if n == 0 { "user" } else { "bot" },
                data: text(if n == 0 {
                    &said
                } else {
                    "주문하신 상품은 모레 도착할 예정이에요. 조금만 기다려 주세요."
                }),
                masked: None,
                mask_at: None,
                created_at: at,
            });
            let commit = TurnCommit {
                workspace,
                bot,
                platform: "kakao".to_owned(),
                draft: false,
                user_key: user_key.clone(),
                end_user,
                conversation,
                expected_version: version,
                state: "{}".to_owned(),
                recent: "[]".to_owned(),
                first_seq: seq,
                turn: NewTurn {
                    id: TurnId::new(at, id(7)),
                    request_id: None,
                    mode: if user % 50 == 0 { "development" } else { "operating" },
                    block: Some("폴백 블록".to_owned()),
                    bot_version: 1,
                    started_at: at,
                    took_us: 20_000 + (id(8) % 100_000) as i64,
                    answer: text("답"),
                    late: None,
                    trace: "{\"visits\":[]}".to_owned(),
                    fault,
                    facts: TurnFacts {
                        unanswered,
                        said: Some(said.clone()),
                        cuts: None,
                        nodes: vec![NodeFact {
                            flow: 2,
                            node: (id(10) % 12) as i64,
                            kind: "fetch".to_owned(),
                            waited_ms: (id(11) % 900) as i64,
                            failed: false,
                        }],
                    },
                },
                messages: all.collect(),
                late: None,
                now_ms: at,
            };
            store.commit_turn(commit, Duration::from_secs(60)).await?;
            seq += MESSAGES;
            version = Some(version.unwrap_or(0) + 1);
        }
    }
    Ok(())
}

/// A number that is always the same and looks like chance.
fn dice(number: i64, salt: i64) -> u128 {
    let mut mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (salt as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u128::from(mixed ^ (mixed >> 31))
}

/// Now, as the file system tells it: only the server may ask the clock.
pub fn now(folder: &Path) -> anyhow::Result<i64> {
    // With a database server nothing else has made the folder yet.
    std::fs::create_dir_all(folder)?;
    let probe = folder.join("now");
    std::fs::write(&probe, "")?;
    let since = std::fs::metadata(&probe)?.modified()?.duration_since(std::time::UNIX_EPOCH)?;
    Ok(i64::try_from(since.as_millis())?)
}

/// The day in Korea, counted from 1970.
fn seoul_day(at_ms: i64) -> i64 {
    (at_ms + 9 * 3_600_000).div_euclid(DAY_MS)
}

/// A day as calendars write it (days since 1970, Gregorian).
fn date(day: i64) -> String {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The console of the server's owner.
struct Console {
    address: String,
    cookie: String,
    base: String,
}

impl Console {
    /// Sets the server up and remembers the cookie.
    async fn enter(server: &Running, bot: BotId) -> anyhow::Result<Self> {
        let body = json!({"email": "bench@example.com", "password": "맑은 하늘 종이배 소풍", "name": "재는 이",
            "workspace": "맑은마켓", "language": "ko"});
        let (head, text) = call(&server.address, "POST", "/api/setup", "", &body.to_string()).await?;
        let cookie = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().starts_with("set-cookie:").then(|| line[11..].trim()))
            .and_then(|cookie| cookie.split(';').next())
            .with_context(|| format!("no cookie: {head} {text}"))?;
        let me: Value = serde_json::from_str(&text)?;
        let workspace = me["workspaces"][0]["id"].as_str().context("no workspace")?;
        Ok(Self {
            address: server.address.clone(),
            cookie: cookie.to_owned(),
            base: format!("/api/workspaces/{workspace}/bots/{bot}"),
        })
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let (head, text) =
            call(&self.address, "GET", &format!("{}{path}", self.base), &self.cookie, "").await?;
        ensure!(head.starts_with("HTTP/1.1 200"), "{path}: {head}\n{text}");
        Ok(serde_json::from_str(&text)?)
    }
}

/// One HTTP call on a connection of its own: head and body of the answer.
async fn call(
    address: &str,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> anyhow::Result<(String, String)> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-closer: 1\r\ncookie: {cookie}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").context("half an answer")?;
    Ok((head.to_owned(), body.to_owned()))
}
