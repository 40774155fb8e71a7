//! One bot's hostile scripts and another bot's customers: what the second notice of the first.

use std::{path::Path, time::Duration};

use anyhow::ensure;
use serde_json::{Value, json};
use simulator::{
    crowd::{Crowd, Outcome},
    kakao::Kakao,
};
use tokio::task::JoinHandle;

use crate::product::{Closer, root};

/// People of the hostile bot at the same time: as many as one bot may have workers.
const HOSTILE_PEOPLE: usize = 8;
/// Requests per second of the other bot's customers.
const RATE: f64 = 500.0;
/// How often both sides are measured, in turn.
const ROUNDS: usize = 5;
/// Workers that nobody needs stay for 30 s.
const UNTIL_IDLE: Duration = Duration::from_secs(45);
/// What may be lost by chance on a machine that does other things too.
const MARGIN_MIB: f64 = 16.0;

/// Measures the other bot with and without hostile scripts beside it, in turn.
pub async fn hostile(folder: &Path, seconds: f64) -> anyhow::Result<()> {
    let bot = folder.join("hostile.json");
    let (file, scripts) = bot_of_scripts()?;
    std::fs::write(&bot, file)?;
    let closer = Closer::install(folder, None, "bench/bot.json")?;
    let attacker = Closer::install(folder, None, &bot.to_string_lossy())?;
    let server = closer.serve()?;
    let crowd = |first: u64| Crowd {
        address: server.address.clone(),
        path: closer.path(),
        users: 500,
        first_user: 0,
        first_request: first,
        connections: 64,
        requests: (RATE * seconds) as u64,
        rate: Some(RATE),
        says: vec!["지난주 주문 언제 오나요".to_owned()],
        until_broken: false,
        judge_every: 101,
    };
    let url = format!("http://{}{}", server.address, attacker.path());
    // One round that does not count: connections, caches, the first workers.
    let mut sent = 0;
    let mut next = || {
        sent += 1_000_000;
        crowd(sent)
    };
    sound(&next().run(false).await)?;
    let before = server.memory();
    let (mut quiet, mut beside) = (Vec::new(), Vec::new());
    let mut ended = 0;
    for _ in 0..ROUNDS {
        quiet.push(sound(&next().run(false).await)?);
        let people = attack(&url, scripts, Duration::from_secs_f64(seconds));
        beside.push(sound(&next().run(false).await)?);
        for person in people {
            ended += person.await??;
        }
    }
    ensure!(ended >= 40, "only {ended} hostile scripts were run");
    tokio::time::sleep(UNTIL_IDLE).await;
    let after = server.memory();
    let (quiet, beside) = (median(quiet), median(beside));
    println!(
        "{ended} hostile scripts of {scripts} kinds beside {RATE:.0} turns/s of another bot: p99 {quiet:.1} ms without, {beside:.1} ms with ({:.2} of it); memory {before:.0} MiB before, {after:.0} MiB after",
        beside / quiet
    );
    ensure!(after <= before + MARGIN_MIB, "memory does not come back");
    Ok(())
}

/// Several people who make the bot run one hostile script after the other. How many scripts were run.
fn attack(url: &str, scripts: usize, during: Duration) -> Vec<JoinHandle<anyhow::Result<usize>>> {
    (0..HOSTILE_PEOPLE)
        .map(|person| {
            let url = url.to_owned();
            tokio::spawn(async move {
                let kakao = Kakao::new(&url).map_err(anyhow::Error::msg)?;
                let until = tokio::time::Instant::now() + during;
                let mut ran = 0;
                for number in (person..).step_by(7) {
                    if tokio::time::Instant::now() >= until {
                        break;
                    }
                    // A new person each time: nobody has to wait for the script before.
                    let mut room = kakao.room(&format!("hostile-{person}-{number}"));
                    let seen = room.says(&format!("run {}", number % scripts)).await;
                    ensure!(seen.trouble.is_none(), "{:?}: {}", seen.trouble, seen.answer);
                    ensure!(seen.took < Duration::from_millis(4_500), "an answer took {:?}", seen.took);
                    ran += 1;
                }
                Ok(ran)
            })
        })
        .collect()
}

/// A bot that runs the script whose number one says; and how many there are.
fn bot_of_scripts() -> anyhow::Result<(String, usize)> {
    let text = std::fs::read_to_string(root().join("fixtures/scripts/hostile.json"))?;
    let scripts: Vec<Value> = serde_json::from_str(&text)?;
    let first = 10;
    let choose: Vec<Value> = (0..scripts.len())
        .map(|at| json!({"nodeId": first + at, "where": {"message": {"equals": format!("run {at}")}}}))
        .collect();
    let mut nodes = vec![
        json!({"id": 1, "type": "entry", "next": [{"nodeId": 2}]}),
        json!({"id": 2, "type": "keyboard", "data": {"type": "any"}, "next": choose}),
        json!({"id": 3, "type": "response", "data": {"message": {"type": "text", "text": "ended"}}, "next": [{"nodeId": 2}]}),
    ];
    nodes.extend(scripts.iter().enumerate().map(|(at, row)| {
        json!({"id": first + at, "type": "sandbox", "data": {"runtime": "nodejs", "script": row["script"]}, "next": [{"nodeId": 3}]})
    }));
    let behavior = json!({"welcomeOnMessageWithoutSession": false});
    let bot = json!({"title": "험한 스크립트", "preference": {"entryFlowId": 1, "sessionBehavior": behavior},
        "flows": [{"id": 1, "title": "시작", "nodes": nodes}]});
    Ok((bot.to_string(), scripts.len()))
}

/// The p99 of a crowd that was served well.
fn sound(outcome: &Outcome) -> anyhow::Result<f64> {
    let good = outcome.other_status == 0 && outcome.broken == 0 && outcome.invalid == 0;
    ensure!(good, "the other bot was not served well: {outcome:?}");
    Ok(outcome.p99)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
