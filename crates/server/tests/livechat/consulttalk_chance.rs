//! ConsultationTalk by chance: whatever is repeated, swapped, late, lost or refused on the way, and whatever customers and
//! agents do meanwhile, each word of a customer is stored once, each word to a customer is shown at most once (once where
//! the relay knows a number again), and nothing is left without a state that somebody sees.
//!
//! Each run takes another seed and prints it; `CLOSER_TEST_SEED` plays one again.

use std::{
    collections::BTreeMap,
    hash::BuildHasher as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use server::{
    Hub,
    chat::{
        ChatError,
        act::{self, Deed, Place},
    },
};
use simulator::relay::{Dialect, Faults, From, Options, Order, Relay};
use store::{AccountId, ChatQuery, ChatRow, OutRow, WorkspaceId};
use tokio::time::Instant;

use crate::{bed::bot_file, consulttalk::Scene};

const PEOPLE: usize = 6;
const STEPS: usize = 14;
/// All that may be tried again has an end by then.
const WITHIN: Duration = Duration::from_secs(15);
const CALL: &str = "상담원";

/// A die that a seed begins.
#[derive(Clone)]
struct Die(u64);

impl Die {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn once_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    async fn rest(&mut self, most_ms: u64) {
        tokio::time::sleep(Duration::from_millis(self.roll(most_ms))).await;
    }
}

type Counted = BTreeMap<String, usize>;

fn counted(texts: impl IntoIterator<Item = String>) -> Counted {
    let mut counted = Counted::new();
    for text in texts {
        *counted.entry(text).or_default() += 1;
    }
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn by_chance_on_a_relay_that_knows_numbers_again() {
    Box::pin(chance(Dialect::Native)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_chance_on_a_relay_that_does_not() {
    Box::pin(chance(Dialect::Dktechin)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_chance_on_a_relay_that_tells_later() {
    Box::pin(chance(Dialect::Bizgo)).await;
}

async fn chance(dialect: Dialect) {
    let seed = match std::env::var("CLOSER_TEST_SEED") {
        Ok(seed) => seed.parse().expect("CLOSER_TEST_SEED is a number"),
        Err(_) => std::collections::hash_map::RandomState::new().hash_one(0),
    };
    println!("{dialect:?}: CLOSER_TEST_SEED={seed}");
    let mut die = Die(seed);
    let orders = [Order::ReferenceFirst, Order::MessageFirst, Order::Together];
    let order = orders[die.roll(3) as usize];
    let options = Options { order, gap: Duration::from_millis(die.roll(20)), ..Options::of(dialect) };
    let mut scene = Scene::start_with(options, dialect, bot_file()).await;
    scene.bed.settings(json!({"assignment": {"auto": false, "max": 50}})).await;
    let me = scene.bed.owner.get("/api/me").await.expect(200);
    let me: AccountId = me["id"].as_str().expect("an id").parse().expect("an id");
    let workspace: WorkspaceId = scene.bed.workspace.parse().expect("an id");
    let hub = Arc::clone(&scene.bed.server.hub);
    let relay = scene.relay.clone();
    let over = Arc::new(AtomicBool::new(false));
    let trouble = tokio::spawn(troubles(relay.clone(), die.clone(), Arc::clone(&over)));
    let mut customers = Vec::new();
    let mut agents = Vec::new();
    for number in 0..PEOPLE {
        let (one, other) = (Die(seed ^ (number as u64 + 1)), Die(seed ^ (number as u64 + 1_001)));
        customers.push(tokio::spawn(customer(relay.clone(), number, one)));
        agents.push(tokio::spawn(agent(Arc::clone(&hub), workspace, me, (number, other), Arc::clone(&over))));
    }
    let mut written = Vec::new();
    for customer in customers {
        written.push(customer.await.expect("ends well"));
    }
    over.store(true, Ordering::Relaxed);
    trouble.await.expect("ends well");
    let mut acknowledged = Vec::new();
    for agent in agents {
        acknowledged.push(agent.await.expect("ends well"));
    }
    // What is held for the next word comes after it.
    for (number, written) in written.iter_mut().enumerate() {
        written.push(format!("끝 {number}"));
        assert!(relay.write(&key(number), &format!("끝 {number}")).await.taken());
    }
    assert!(relay.settle().await);
    let said: usize = acknowledged.iter().map(Vec::len).sum();
    assert!(said > PEOPLE, "agents said only {said} things");
    let until = Instant::now() + WITHIN;
    while !rests(&hub, workspace, &written).await && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // What would come of a repetition has come by then.
    relay.resend_last(30).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    for (number, (written, acknowledged)) in written.into_iter().zip(acknowledged).enumerate() {
        holds(&hub, workspace, &relay, (number, written, acknowledged)).await;
    }
    assert_eq!(relay.violations(), [], "the relay's rules were kept");
    println!("{dialect:?}: {:?}, agents said {said}", relay.counts());
}

fn key(number: usize) -> String {
    format!("person{number}")
}

/// People with an even number never end their session: to them everything can be said.
fn stays(number: usize) -> bool {
    number.is_multiple_of(2)
}

/// Things go wrong, each for a moment.
async fn troubles(relay: Relay, mut die: Die, over: Arc<AtomicBool>) {
    while !over.load(Ordering::Relaxed) {
        {
            let mut faults = relay.faults();
            faults.duplicate = die.roll(4) as u32;
            faults.swap = u32::from(die.once_in(3));
            faults.delay = Duration::from_millis(die.roll(12));
            faults.slow = Duration::from_millis(die.roll(25));
            faults.seen_late = Duration::from_millis(die.roll(30));
            faults.lose_answer = u32::from(die.once_in(3));
            faults.fail = u32::from(die.once_in(6));
            faults.too_many = u32::from(die.once_in(6));
            if die.once_in(8) {
                // Bizgo tells of the one later, as of all that is refused when a call was taken. Of a call that was refused
                // at once and whose answer is lost nothing is ever told: it waits longer than a test does.
                let later = relay.dialect() == Dialect::Bizgo;
                faults.refuse.push_back(if later || die.once_in(2) { -600 } else { -601 });
            }
        }
        die.rest(80).await;
    }
    *relay.faults() = Faults::default();
}

/// A customer who writes, ends, comes back; all that they wrote.
async fn customer(relay: Relay, number: usize, mut die: Die) -> Vec<String> {
    let user = key(number);
    let mut written = vec![CALL.to_owned()];
    relay.write(&user, CALL).await;
    for step in 0..STEPS {
        let text = format!("{number}의 {step}번째 말");
        match die.roll(12) {
            0 => drop(relay.resend_last(1 + die.roll(6) as usize).await),
            1 => drop(relay.read(&user).await),
            2 => drop(relay.consult(&user, "order_1").await),
            3 if !stays(number) => {
                if die.once_in(2) {
                    relay.end_word(&user).await;
                } else {
                    relay.leave(&user).await;
                }
                written.push(CALL.to_owned());
                relay.write(&user, CALL).await;
            }
            4 | 5 => {
                let second = format!("{text}, 바로 이어서");
                tokio::join!(relay.write(&user, &text), relay.write(&user, &second));
                written.extend([text, second]);
            }
            _ => {
                relay.write(&user, &text).await;
                written.push(text);
            }
        }
        die.rest(60).await;
    }
    written
}

async fn chat(hub: &Hub, workspace: WorkspaceId, number: usize) -> Option<ChatRow> {
    let query = ChatQuery { limit: 100, ..ChatQuery::default() };
    let chats = hub.store.chats(workspace, query).await.expect("reads");
    chats.into_iter().find(|chat| chat.user_key == key(number))
}

/// An agent who takes the customer and talks; what was accepted.
async fn agent(
    hub: Arc<Hub>,
    workspace: WorkspaceId,
    me: AccountId,
    (number, mut die): (usize, Die),
    over: Arc<AtomicBool>,
) -> Vec<String> {
    let mut accepted = Vec::new();
    for step in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        die.rest(90).await;
        let Some(row) = chat(&hub, workspace, number).await else { continue };
        let place = || Place { workspace, chat: row.end_user, by: Some(me), only_own: false };
        if row.state == "requested" {
            let taken = act::act(&hub, place(), Deed::Take).await;
            assert!(matches!(taken, Ok(_) | Err(ChatError::Refused(_) | ChatError::Conflict)), "{taken:?}");
            continue;
        }
        if row.state != "connected" {
            continue;
        }
        let text = format!("{number}에게 {step}번째 답");
        let say = || Deed::Say {
            client_id: format!("{me}:{number}-{step}"),
            data: json!({"type": "text", "text": text}).to_string(),
        };
        let said = act::act(&hub, place(), say()).await;
        if said.is_ok() {
            accepted.push(text.clone());
            if die.once_in(3) {
                // The console did not hear the answer and sends it once more.
                let _ = act::act(&hub, place(), say()).await;
            }
        }
    }
    accepted
}

/// Everything that was said to a customer.
async fn outs(hub: &Hub, chat: &ChatRow) -> Vec<OutRow> {
    let outs = hub.store.outs_between(chat.end_user, -1, i64::MAX).await.expect("reads");
    outs.into_iter().filter(|out| out.work == "send").collect()
}

fn is_final(out: &OutRow) -> bool {
    ["sent", "failed"].contains(&out.state.as_str())
}

/// Is all that was written taken up, and all that was said at its end?
async fn rests(hub: &Hub, workspace: WorkspaceId, written: &[Vec<String>]) -> bool {
    for (number, written) in written.iter().enumerate() {
        let Some(row) = chat(hub, workspace, number).await else { return false };
        let thread = hub.store.chat_after(row.end_user, -1, 10_000).await.expect("reads");
        let heard = thread.iter().filter(|message| message.is_user).count();
        let waiting = hub.store.consult_hooks_of(row.bot, &row.user_key, 1).await.expect("reads");
        if heard < written.len() || !waiting.is_empty() || !outs(hub, &row).await.iter().all(is_final) {
            return false;
        }
    }
    true
}

async fn holds(
    hub: &Hub,
    workspace: WorkspaceId,
    relay: &Relay,
    (number, written, acknowledged): (usize, Vec<String>, Vec<String>),
) {
    let row = chat(hub, workspace, number).await.expect("is there");
    let thread = hub.store.chat_after(row.end_user, -1, 10_000).await.expect("reads");
    let text = |data: &str| {
        let data: Value = serde_json::from_str(data).expect("JSON");
        data["text"].as_str().unwrap_or_default().to_owned()
    };
    let heard = thread.iter().filter(|message| message.is_user).map(|message| text(&message.data));
    assert_eq!(counted(heard), counted(written), "{number}: what the customer wrote is there once");
    let answered =
        thread.iter().filter(|message| message.sender == "agent").map(|message| text(&message.data));
    assert_eq!(counted(answered), counted(acknowledged), "{number}: what was accepted is there once");
    let outs = outs(hub, &row).await;
    for message in thread.iter().filter(|message| !message.is_user) {
        assert!(outs.iter().any(|out| out.seq == message.seq), "{number}: {} has no state", message.data);
    }
    for out in &outs {
        assert!(is_final(out), "{number}: {out:?}");
        assert_eq!(out.state == "failed", out.why.is_some(), "{number}: {out:?}");
    }
    let shown = relay.room(&key(number)).into_iter().filter(|shown| shown.from == From::Company);
    let shown = counted(shown.map(|shown| shown.bubble.text));
    let is_lost = |out: &&OutRow| {
        let why: Value = serde_json::from_str(out.why.as_deref().unwrap_or("{}")).expect("JSON");
        // What was tried before a session ended may have arrived all the same.
        out.state == "failed" && (why["code"] == "lost" || out.tries > 1)
    };
    let texts = |outs: Vec<&OutRow>| counted(outs.into_iter().map(|out| text(&out.data)));
    let sent = texts(outs.iter().filter(|out| out.state == "sent").collect());
    let lost = texts(outs.iter().filter(is_lost).collect());
    let all = texts(outs.iter().collect());
    for (text, count) in &shown {
        assert!(all.contains_key(text), "{number}: {text} was shown and never said");
        let most = sent.get(text).unwrap_or(&0) + lost.get(text).unwrap_or(&0);
        assert!(*count <= most, "{number}: {text} was shown {count} times, said {most} times");
    }
    for (text, count) in &sent {
        let there = shown.get(text).unwrap_or(&0);
        assert!(there >= count, "{number}: {text} was shown {there} times and is said to be {count} times");
    }
    if relay.dialect() == Dialect::Native && stays(number) {
        assert_eq!(shown, all, "{number}: everything was shown once");
    }
}
