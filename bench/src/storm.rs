//! A shop's own server that hangs, dawdles, hangs up or talks nonsense, and people who want an answer all the same: every
//! request is answered in time, and every question in the end, once.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use serde_json::json;
use simulator::{
    callback::Callbacks,
    kakao::{Kakao, Room, Seen},
    upstream::Upstream,
};
use tokio::sync::Semaphore;

use crate::product::Closer;

/// People at the same time. Each waits for most of the time.
const AT_ONCE: usize = 400;
/// How long somebody waits before they press the button again.
const PATIENCE: Duration = Duration::from_millis(700);
/// How long somebody waits in all: a turn may go on for 50 s, and the post of its answer takes a moment.
const IN_THE_END: Duration = Duration::from_secs(60);
/// The word of the button.
const BUTTON: &str = "답변 보기";

/// What one person went through.
#[derive(Debug, Default)]
struct Story {
    /// The slowest answer.
    slowest: Duration,
    /// How the answer came.
    way: &'static str,
}

/// So many questions, about half of them from blocks with callbacks.
pub async fn storm(folder: &Path, questions: u64) -> anyhow::Result<()> {
    let upstream = Upstream::start().await?;
    let callbacks = Callbacks::start().await?;
    let bot = folder.join("storm.json");
    std::fs::write(&bot, asking(&upstream))?;
    std::fs::write(
        folder.join("closer.toml"),
        "[kakao]\ncallback_hosts = [\"kakao.com\", \"127.0.0.1\"]\n[outbound]\nallow = [\"127.0.0.1/32\"]\nmax_per_host = 2000\n",
    )?;
    let closer = Closer::install(folder, None, &bot.to_string_lossy())?;
    let server = closer.serve()?;
    let url = format!("http://{}{}", server.address, closer.path());
    let plain = Kakao::new(&url).map_err(anyhow::Error::msg)?;
    let mut with_callbacks = plain.clone();
    with_callbacks.callbacks = Some(callbacks);
    let gate = Arc::new(Semaphore::new(AT_ONCE));
    let mut people = Vec::new();
    for number in 0..questions {
        let permit = Arc::clone(&gate).acquire_owned().await?;
        let kakao = if number % 2 == 0 { &plain } else { &with_callbacks };
        let room = kakao.room(&format!("storm-{number}"));
        people.push(tokio::spawn(async move {
            let _permit = permit;
            ask(room, number).await.with_context(|| format!("question {number}, {}", path_of(number)))
        }));
    }
    let mut slowest = Duration::ZERO;
    let mut ways: BTreeMap<&str, u64> = BTreeMap::new();
    for person in people {
        let story = person.await??;
        slowest = slowest.max(story.slowest);
        *ways.entry(story.way).or_default() += 1;
    }
    println!(
        "{questions} questions to a server that hangs, dawdles, hangs up or talks nonsense: all answered, each once, the slowest answer to Kakao after {:.0} ms ({ways:?}); {:.0} MiB",
        slowest.as_secs_f64() * 1_000.0,
        server.memory()
    );
    Ok(())
}

/// How the server behaves for this question: 0 to 10 s for most, the rest misbehaves.
fn path_of(number: u64) -> String {
    // splitmix64, so that a run can be repeated.
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 27;
    match mixed % 50 {
        0 => "/hang".to_owned(),
        1..=3 => "/cut".to_owned(),
        4..=6 => "/garbage".to_owned(),
        7..=9 => "/status/503".to_owned(),
        10..=24 => "/json".to_owned(),
        _ => format!("/slow/{}", (mixed >> 8) % 10_000),
    }
}

async fn ask(mut room: Room, number: u64) -> anyhow::Result<Story> {
    let path = path_of(number);
    let found = matches!(path.split('/').nth(1), Some("json" | "slow"));
    let wanted = format!("{path} {}", if found { "found" } else { "failed" });
    let mut story = Story { way: "at once", ..Story::default() };
    let mut heard: Vec<String> = Vec::new();
    let begun = now();
    let mut seen = room.says(&path).await;
    loop {
        in_time(&seen, &mut story)?;
        heard.extend(seen.texts());
        if heard.contains(&wanted) {
            break;
        }
        ensure!(begun.elapsed() < IN_THE_END, "no answer in the end; heard {heard:?}");
        if seen.use_callback {
            story.way = "posted";
            let late = room.waits(&seen, IN_THE_END).await;
            ensure!(late.trouble.is_none(), "nothing was posted: {:?}", late.trouble);
            heard.extend(late.texts());
            ensure!(heard.contains(&wanted), "posted was {heard:?}");
            break;
        }
        story.way = "fetched";
        ensure!(seen.chips().contains(&BUTTON), "no button: {}", seen.answer);
        tokio::time::sleep(PATIENCE).await;
        seen = room.taps(BUTTON).await;
    }
    // What was seen does not come again.
    let after = room.says("thanks").await;
    in_time(&after, &mut story)?;
    ensure!(after.texts() == ["welcome"], "afterwards came {:?}", after.texts());
    ensure!(heard.iter().filter(|text| **text == wanted).count() == 1, "heard {heard:?}");
    Ok(story)
}

fn in_time(seen: &Seen, story: &mut Story) -> anyhow::Result<()> {
    ensure!(seen.trouble.is_none(), "{:?} after {:?}: {}", seen.trouble, seen.took, seen.answer);
    ensure!(seen.took < Duration::from_millis(4_500), "an answer took {:?}", seen.took);
    story.slowest = story.slowest.max(seen.took);
    Ok(())
}

fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "how long people wait is what is measured")]
    Instant::now()
}

/// A bot that asks the server as it is told to, and says what came of it.
fn asking(upstream: &Upstream) -> String {
    let node = |id: u32, kind: &str, data: serde_json::Value, next: serde_json::Value| json!({"id": id, "type": kind, "data": data, "next": next});
    let says = |text: &str| json!({"message": {"type": "text", "text": text}});
    let uri = format!("{}{{{{message.text}}}}", upstream.base);
    let nodes = json!([
        node(1, "entry", json!({}), json!([{"nodeId": 2}])),
        node(
            2,
            "keyboard",
            json!({"type": "any"}),
            json!([
            {"nodeId": 7, "priority": 1, "where": {"message": {"equals": "thanks"}}}, {"nodeId": 4}])
        ),
        node(
            4,
            "fetch",
            json!({"method": "GET", "uri": uri}),
            json!([
            {"nodeId": 6, "priority": 1, "where": {"fetch.error": {"exists": true}}}, {"nodeId": 5}])
        ),
        node(5, "response", says("{{message.text}} found"), json!([{"nodeId": 2}])),
        node(6, "response", says("{{message.text}} failed"), json!([{"nodeId": 2}])),
        node(7, "response", says("welcome"), json!([{"nodeId": 2}])),
    ]);
    json!({"title": "폭풍", "preference": {"entryFlowId": 1, "sessionBehavior": {"welcomeOnMessageWithoutSession": false}},
        "flows": [{"id": 1, "title": "시작", "nodes": nodes}]})
    .to_string()
}
