//! Web chats that are connected and silent: what each of them costs in memory.
//!
//! Every page is a visitor of its own, who was greeted and whose socket stays open, as one who reads a shop's page. Measured is
//! what the server's resident memory grew by, divided by the pages; what the first of them bring along (the bot, caches, pools)
//! is there before it is measured.

use std::time::Duration;

use anyhow::ensure;
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::{task::JoinSet, time::Instant};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    livechat::{PATIENCE, Socket, Team, page},
    product::{Closer, Running},
};

/// Pages that are opened before it is measured.
const WARM: usize = 200;
/// Pages that are opened at once.
const AT_ONCE: usize = 32;
/// How long memory settles.
const SETTLE: Duration = Duration::from_secs(2);
/// How long the server may finish what it put off while pages came, and how long it is looked at then: longer than it takes
/// until a silent page is asked whether it is there.
const PUT_OFF: Duration = Duration::from_secs(20);
const IDLE: Duration = Duration::from_secs(60);
/// KiB of a connected web chat at most.
const TARGET_KIB: f64 = 40.0;

/// Opens so many pages, measures, and closes them. Is a page within the target?
pub async fn connected(name: &str, closer: &Closer, pages: usize) -> anyhow::Result<bool> {
    enough_files(pages + WARM)?;
    let server = closer.serve()?;
    let team = Team::enter(&server, &closer.bot).await?;
    let mut all = JoinSet::new();
    open(&team, WARM, &mut all).await?;
    let before = memory(&server).await;
    let begun = Instant::now();
    open(&team, pages, &mut all).await?;
    let took = begun.elapsed();
    let after = memory(&server).await;
    let each = (after - before) * 1_024.0 / pages as f64;
    let met = each <= TARGET_KIB;
    println!(
        "{name}: {pages} web chats connected in {:.1} s ({:.0} a second); {before:.0} MiB before, {after:.0} MiB with them\n  memory of each: {each:.1} KiB (target ≤ {TARGET_KIB:.0}: {}); idle, all together use {:.1} % of a core",
        took.as_secs_f64(),
        pages as f64 / took.as_secs_f64(),
        if met { "met" } else { "MISSED" },
        idle(&server).await
    );
    ensure!(all.try_join_next().is_none(), "{name}: pages were closed while they were silent");
    Ok(met)
}

/// May a process here have so many sockets open, and what else it needs?
pub fn enough_files(sockets: usize) -> anyhow::Result<()> {
    let open_files = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let most: usize = open_files
        .lines()
        .find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse().ok())
        .unwrap_or(usize::MAX);
    ensure!(most > sockets + 500, "{most} open files are too few for {sockets} sockets: raise `ulimit -n`");
    Ok(())
}

async fn memory(server: &Running) -> f64 {
    tokio::time::sleep(SETTLE).await;
    server.memory()
}

/// Processor time while nothing is said, in parts of a hundred of a core. What was put off is done first.
async fn idle(server: &Running) -> f64 {
    tokio::time::sleep(PUT_OFF).await;
    let before = server.processor();
    tokio::time::sleep(IDLE).await;
    server.processor().saturating_sub(before).as_secs_f64() / IDLE.as_secs_f64() * 100.0
}

/// Pages of new visitors that stay open. Each is read, for a browser answers when it is asked whether it is there; a page that
/// is closed is a task that has ended.
async fn open(team: &Team, count: usize, all: &mut JoinSet<()>) -> anyhow::Result<()> {
    for (mut socket, _) in visitors(team, count).await? {
        all.spawn(async move { while socket.next().await.is_some_and(|frame| frame.is_ok()) {} });
    }
    Ok(())
}

/// New visitors, each greeted: their pages and their tokens.
pub async fn visitors(team: &Team, count: usize) -> anyhow::Result<Vec<(Socket, String)>> {
    let mut opening = JoinSet::new();
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        let team = team.clone();
        opening.spawn(async move { greeted(&team).await });
        if opening.len() >= AT_ONCE
            && let Some(done) = opening.join_next().await
        {
            all.push(done??);
        }
    }
    while let Some(done) = opening.join_next().await {
        all.push(done??);
    }
    Ok(all)
}

/// The page of a new visitor who was greeted, and their token.
async fn greeted(team: &Team) -> anyhow::Result<(Socket, String)> {
    let token = team.session().await?;
    let socket = tokio::time::timeout(PATIENCE, visitor(team, &token)).await??;
    Ok((socket, token))
}

async fn visitor(team: &Team, token: &str) -> anyhow::Result<Socket> {
    let mut socket = page(team, token).await?;
    while let Some(frame) = socket.next().await {
        let Message::Text(text) = frame? else { continue };
        let frame: Value = serde_json::from_str(&text)?;
        ensure!(frame["type"] != "error", "{frame}");
        if frame["type"] == "message" {
            return Ok(socket);
        }
    }
    anyhow::bail!("the room closed before it greeted")
}
