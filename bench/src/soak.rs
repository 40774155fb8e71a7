//! The long runs: requests that are almost right, a server that misbehaves, and kills under load.

use std::{collections::HashMap, time::Duration};

use anyhow::ensure;
use simulator::{crowd::Crowd, mutate};

use crate::{
    chat_kills, consulttalk,
    hostile::hostile,
    product::{Closer, postgres, root},
    storm::storm,
};

/// How much of it: what `docs` promise, and what every test run can afford.
struct Length {
    requests: usize,
    kills: u64,
    chat_kills: u64,
    crowd: chat_kills::Crowd,
    questions: u64,
    seconds: f64,
}

const LONG: Length = Length {
    requests: 1_000_000,
    kills: 200,
    chat_kills: 100,
    crowd: chat_kills::CROWD,
    questions: 10_000,
    seconds: 15.0,
};
const SHORT: Length = Length {
    requests: 20_000,
    kills: 8,
    chat_kills: 4,
    crowd: chat_kills::FEW,
    questions: 400,
    seconds: 8.0,
};

/// Requests that are almost right; a server that misbehaves; scripts that mean harm; kills under load, of turns, of
/// live chat, and of ConsultationTalk.
const PARTS: [&str; 6] = ["mutated", "storm", "hostile", "kills", "chats", "consulttalk"];

/// Kakao waits 5 seconds; we promise 4.5.
const PROMISED: Duration = Duration::from_millis(4_500);

/// Runs all parts, or those that are named.
pub async fn soak(args: &[&str]) -> anyhow::Result<()> {
    let (flags, parts): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| arg.starts_with("--"));
    ensure!(flags.iter().all(|flag| *flag == "--short"), "soak takes --short and the names of its parts");
    ensure!(parts.iter().all(|part| PARTS.contains(part)), "the parts of the soak are {PARTS:?}");
    let length = if flags.is_empty() { LONG } else { SHORT };
    let wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    if wanted("mutated") {
        bombard(length.requests).await?;
    }
    if wanted("storm") {
        let folder = tempfile::tempdir()?;
        storm(folder.path(), length.questions).await?;
    }
    // What it says is about time and memory, so it is no part of every test run.
    if parts.contains(&"hostile") || (wanted("hostile") && flags.is_empty()) {
        let folder = tempfile::tempdir()?;
        hostile(folder.path(), length.seconds).await?;
    }
    if wanted("kills") {
        let folder = tempfile::tempdir()?;
        let embedded = Closer::install(folder.path(), None, "examples/shop.json")?;
        kill("SQLite", &embedded, length.kills).await?;
        let folder = tempfile::tempdir()?;
        let url = postgres("kills").await?;
        let on_postgres = Closer::install(folder.path(), Some(&url), "examples/shop.json")?;
        kill("PostgreSQL", &on_postgres, length.kills).await?;
    }
    // Like the next it takes its time: no part of every test run.
    if parts.contains(&"chats") || (wanted("chats") && flags.is_empty()) {
        let folder = tempfile::tempdir()?;
        let url = postgres("chats").await?;
        for (name, database) in [("SQLite", None), ("PostgreSQL", Some(url.as_str()))] {
            chat_kills::kills(name, &folder.path().join(name), database, (length.chat_kills, &length.crowd))
                .await?;
        }
    }
    // Its last words may wait two minutes for a run that is gone: no part of every test run.
    if parts.contains(&"consulttalk") || (wanted("consulttalk") && flags.is_empty()) {
        let folder = tempfile::tempdir()?;
        let url = postgres("consulttalk").await?;
        for (name, database) in [("SQLite", None), ("PostgreSQL", Some(url.as_str()))] {
            consulttalk::kills(name, &folder.path().join(name), database, length.chat_kills).await?;
        }
    }
    Ok(())
}

async fn bombard(requests: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let closer = Closer::install(folder.path(), None, "examples/shop.json")?;
    let server = closer.serve()?;
    let mut seeds = Vec::new();
    for entry in std::fs::read_dir(root().join("fixtures/kakao"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            seeds.push(std::fs::read(path)?);
        }
    }
    seeds.sort();
    for text in ["주문 조회", "홍길동", "240817", "상품 보기", "뒤로", "상담원 연결"] {
        seeds.push(simulator::crowd::body(seeds.len() as u64, text).into_bytes());
    }
    let url = format!("http://{}{}", server.address, closer.path());
    let outcome = mutate::bombard(&url, &seeds, requests, 20_261_124).await;
    for (request, trouble) in outcome.refused.iter().take(5) {
        eprintln!("{trouble:?}\n  {request}");
    }
    ensure!(outcome.requests == requests, "{} of {requests} requests were sent", outcome.requests);
    ensure!(
        outcome.refused.is_empty(),
        "{} mutated requests were not answered as they must be",
        outcome.refused.len()
    );
    ensure!(outcome.slowest < PROMISED, "the slowest answer took {:?}", outcome.slowest);
    println!(
        "{requests} mutated requests: every one answered with 200 and a valid body, the slowest after {:.0} ms; {:.0} MiB",
        outcome.slowest.as_secs_f64() * 1_000.0,
        server.memory()
    );
    Ok(())
}

/// Kills the server at moments by chance and looks for every answered request among the stored turns.
async fn kill(name: &str, closer: &Closer, rounds: u64) -> anyhow::Result<()> {
    let mut answered = Vec::new();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..rounds {
        let mut server = closer.serve()?;
        let crowd = Crowd {
            address: server.address.clone(),
            path: closer.path(),
            users: 40,
            first_user: round * 40,
            first_request: 0,
            connections: 16,
            requests: 100_000,
            rate: None,
            says: ["안녕하세요", "주문 조회", "홍길동", "240817", "뒤로", "상품 보기"]
                .map(str::to_owned)
                .to_vec(),
            until_broken: true,
            judge_every: 7,
        };
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(round | 1);
        let moment = Duration::from_millis(20 + (state >> 33) % 400);
        let running = tokio::spawn(async move { crowd.run(true).await });
        tokio::time::sleep(moment).await;
        server.kill();
        let outcome = running.await?;
        ensure!(outcome.broken > 0, "round {round} ended before the server was killed");
        ensure!(outcome.other_status == 0 && outcome.invalid == 0, "round {round}: {outcome:?}");
        answered.extend(outcome.answered_ids);
    }
    let mut stored: HashMap<String, u32> = HashMap::new();
    for id in closer.stored()? {
        *stored.entry(id).or_default() += 1;
    }
    let lost: Vec<&String> = answered.iter().filter(|id| !stored.contains_key(*id)).collect();
    let doubled: Vec<&String> = stored.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id).collect();
    ensure!(answered.len() as u64 > rounds, "only {} requests were answered", answered.len());
    ensure!(
        lost.is_empty(),
        "{name}: {} answered turns are lost: {:?}",
        lost.len(),
        &lost[..lost.len().min(3)]
    );
    ensure!(doubled.is_empty(), "{name}: {} turns are stored twice: {:?}", doubled.len(), doubled.first());
    println!(
        "{name}: killed {rounds} times under load; {} answered turns, none lost, none doubled ({} stored)",
        answered.len(),
        stored.len()
    );
    Ok(())
}
