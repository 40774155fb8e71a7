//! What a bridge costs (spec legacy-smartchat.md 7): how much longer an answer takes than the old server takes for it, and
//! whether a thousand people who wait for a slow server cost memory.

use std::{path::Path, time::Duration};

use anyhow::ensure;
use serde_json::json;
use simulator::{
    crowd::{Crowd, Outcome},
    upstream::Upstream,
};

use crate::{
    measure::{Targets, median},
    product::Closer,
};

/// How long the quick server takes: what a small PHP page takes.
const QUICK: Duration = Duration::from_millis(20);
/// … and the slow one.
const SLOW: Duration = Duration::from_secs(2);
/// People who wait for the slow one at the same time.
const PEOPLE: usize = 1_000;

/// Runs by itself: `bench bridge [--short]`.
pub async fn run(args: &[&str]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| *arg == "--short"), "bridge takes --short and nothing else");
    let folder = tempfile::tempdir()?;
    let mut targets = Targets::default();
    bridge(folder.path(), !args.is_empty(), &mut targets).await?;
    targets.print();
    Ok(())
}

/// Measures and prints.
pub async fn bridge(folder: &Path, short: bool, targets: &mut Targets) -> anyhow::Result<()> {
    overhead(&folder.join("quick"), short, targets).await?;
    waiting(&folder.join("slow"), short, targets).await
}

async fn old_server(after: Duration) -> anyhow::Result<Upstream> {
    let old = Upstream::start().await?;
    let home = json!({"type": "buttons", "buttons": ["메뉴", "영업시간"]});
    let answer = json!({"message": {"text": "확인했어요"}, "keyboard": home});
    old.slow_page("/keyboard", &home.to_string(), Duration::ZERO);
    old.slow_page("/friend", "{}", Duration::ZERO);
    old.slow_page("/message", &answer.to_string(), after);
    Ok(old)
}

/// The same requests to the old server itself and through the bridge, in turn, one person after the other.
async fn overhead(folder: &Path, short: bool, targets: &mut Targets) -> anyhow::Result<()> {
    let old = old_server(QUICK).await?;
    let closer = Closer::bridge(folder, &old.base)?;
    let server = closer.serve()?;
    let direct = old.base.trim_start_matches("http://").to_owned();
    let rounds = if short { 3 } else { 7 };
    let (mut alone, mut bridged) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        for (address, path, found) in
            [(&direct, "/message".to_owned(), &mut alone), (&server.address, closer.path(), &mut bridged)]
        {
            let crowd = crowd(address, path, (8, 200), round);
            let outcome = crowd.run(false).await;
            checked(&outcome, 200)?;
            found.push(outcome.p50);
        }
    }
    let (alone, bridged) = (median(alone), median(bridged));
    println!("\nA bridge to a server that takes {} ms, SQLite, 8 connections", QUICK.as_millis());
    println!("{:<34} {alone:>9.2} ms p50", "the old server itself");
    println!("{:<34} {bridged:>9.2} ms p50", "through the bridge");
    targets.at_most("Milliseconds that a bridge adds", bridged - alone, 3.0);
    Ok(())
}

/// A thousand people at once, round after round; memory after the first and after the last.
async fn waiting(folder: &Path, short: bool, targets: &mut Targets) -> anyhow::Result<()> {
    let old = old_server(SLOW).await?;
    let closer = Closer::bridge(folder, &old.base)?;
    let server = closer.serve()?;
    let idle = server.memory();
    let rounds = if short { 3 } else { 10 };
    let (mut first, mut last, mut slowest) = (0.0, 0.0, 0.0_f64);
    for round in 0..rounds {
        let crowd = crowd(&server.address, closer.path(), (PEOPLE, PEOPLE as u64 * 2), round);
        let outcome = crowd.run(false).await;
        checked(&outcome, PEOPLE as u64 * 2)?;
        slowest = slowest.max(outcome.max);
        last = server.memory();
        if round == 0 {
            first = last;
        }
    }
    println!("\n{PEOPLE} people with a server that takes {} ms, SQLite", SLOW.as_millis());
    println!(
        "slowest answer {slowest:.0} ms; memory idle {idle:.0} MiB, after one round {first:.0}, after {rounds} {last:.0}"
    );
    targets.at_most("Slowest answer with a slow old server, ms", slowest, 4_500.0);
    targets.at_most("Memory after all rounds to after the first", last / first, 1.15);
    Ok(())
}

fn crowd(address: &str, path: String, (connections, requests): (usize, u64), round: u64) -> Crowd {
    Crowd {
        address: address.to_owned(),
        path,
        users: PEOPLE as u64,
        first_user: 0,
        first_request: round * 100_000,
        connections,
        requests,
        rate: None,
        says: vec!["메뉴".to_owned(), "영업시간".to_owned()],
        until_broken: false,
        judge_every: 0,
    }
}

fn checked(outcome: &Outcome, requests: u64) -> anyhow::Result<()> {
    ensure!(
        outcome.answered == requests && outcome.other_status == 0 && outcome.broken == 0,
        "not all requests were answered: {outcome:?}"
    );
    Ok(())
}
