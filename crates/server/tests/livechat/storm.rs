//! Everybody at once, in whatever order, on both databases and on two servers of one: no consultation has two owners, no agent has more than they may,
//! each agent's count is what is theirs, nobody is forgotten, and threads have no gap.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, json};
use server::{
    Hub,
    chat::{
        ChatError, WEB,
        act::{self, Deed, Place},
        assign, close,
        hear::{self, EndUser, Heard},
    },
};
use store::{AccountId, BotId, ChatQuery, WorkspaceId};

use crate::{bed::Bed, browser};

const CUSTOMERS: usize = 12;
const AGENTS: usize = 3;
const MAX: i64 = 3;
const STEPS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_at_once_on_sqlite() {
    Box::pin(storm(String::new())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_at_once_on_postgres() {
    let Some(url) = browser::postgres().await else { return };
    Box::pin(storm(url)).await;
}

async fn storm(database: String) {
    let shared = (!database.is_empty()).then(|| database.clone());
    let mut bed = Bed::start_with(|config| config.database = database).await;
    // PostgreSQL is shared: half of what happens goes through another server.
    let other = match shared {
        Some(url) => Some(browser::Testbed::start_with(|config| config.database = url).await),
        None => None,
    };
    bed.settings(json!({"assignment": {"auto": true, "max": MAX}})).await;
    let hub = Arc::clone(&bed.server.hub);
    let workspace: WorkspaceId = bed.workspace.parse().expect("an id");
    let bot: BotId = bed.bot.parse().expect("an id");
    let mut agents = vec![
        bed.owner.get("/api/me").await.expect(200)["id"].as_str().expect("an id").parse().expect("an id"),
    ];
    for name in ["editor", "readonly"] {
        let mut member = bed.server.member(&mut bed.owner, &bed.workspace, name).await;
        agents.push(
            member.get("/api/me").await.expect(200)["id"].as_str().expect("an id").parse().expect("an id"),
        );
    }
    assert_eq!(agents.len(), AGENTS);
    for agent in &agents {
        hub.store.see_agent(workspace, *agent, i64::MAX).await.expect("is there");
    }
    let hubs = [Arc::clone(&hub), other.as_ref().map_or_else(|| Arc::clone(&hub), |it| Arc::clone(&it.hub))];
    let of = |n: usize| Arc::clone(&hubs[n % 2]);
    let customers = (0..CUSTOMERS).map(|n| tokio::spawn(customer(of(n), bot, n)));
    let workers = (0..AGENTS * 2).map(|n| tokio::spawn(agent(of(n / AGENTS), workspace, agents.clone(), n)));
    let rules = (0..2).map(|n| tokio::spawn(by_itself(of(n), workspace, agents.clone())));
    for one in customers.chain(workers).chain(rules) {
        one.await.expect("ends well");
    }
    for agent in &agents {
        hub.store.set_agent_away((workspace, *agent), false, Vec::new(), 0).await.expect("is back");
    }
    // What still waits goes out, if anybody has room.
    while assign::drain(&hub, workspace).await.expect("gives out") > 0 {}
    holds(&hub, workspace, &agents).await;
}

/// A customer who writes, calls, takes back, begins again.
async fn customer(hub: Arc<Hub>, bot: BotId, number: usize) {
    let user =
        EndUser { bot, platform: WEB, user_key: format!("anon:{number}"), params: Map::new(), room: None };
    let words = ["상담원", "배송", "상담 취소", "음", "상담원"];
    for step in 0..STEPS {
        let said = words[(number + step * 3) % words.len()];
        let heard = Heard::Message(engine::message::Received::text(said));
        if step % 7 == number % 7 {
            // A press of the button besides, which says nothing.
            let pressed = hear::hear(&hub, &user, Heard::Cancel, None).await;
            assert!(matches!(pressed, Ok(_) | Err(ChatError::Conflict)), "{pressed:?}");
        }
        // Each is sent twice at the same time, as after a cut.
        let id = format!("c{number}-{step}");
        let (one, two) = tokio::join!(
            hear::hear(&hub, &user, heard.clone(), Some(&id)),
            hear::hear(&hub, &user, heard, Some(&id))
        );
        for result in [one, two] {
            assert!(matches!(result, Ok(_) | Err(ChatError::Conflict)), "{result:?}");
        }
    }
}

/// An agent who does what comes to mind.
async fn agent(hub: Arc<Hub>, workspace: WorkspaceId, agents: Vec<AccountId>, number: usize) {
    let me = agents[number % agents.len()];
    for step in 0..STEPS {
        let query = ChatQuery { limit: 50, ..ChatQuery::default() };
        let chats = hub.store.chats(workspace, query).await.expect("reads");
        let dice = hub.die.roll() as usize;
        if chats.is_empty() {
            tokio::task::yield_now().await;
            continue;
        }
        let chat = chats[dice % chats.len()].end_user;
        let deed = match (dice >> 16) % 11 {
            8 => Deed::Leave,
            9 => Deed::StopFlow,
            10 => Deed::Close,
            0 | 1 => Deed::Take,
            2 => Deed::Say {
                client_id: format!("{me}:{number}-{step}"),
                data: json!({"type": "text", "text": format!("{number}-{step}")}).to_string(),
            },
            3 => Deed::Transfer(Some(agents[(dice >> 24) % agents.len()])),
            4 => Deed::Transfer(None),
            5 => Deed::StartFlow { flow_id: 1, node_id: None },
            6 => Deed::Join,
            _ => Deed::Complete { flow_id: None },
        };
        let place = Place { workspace, chat, by: Some(me), only_own: false };
        match act::act(&hub, place, deed).await {
            Ok(_) | Err(ChatError::Refused(_) | ChatError::Full { .. } | ChatError::Conflict) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// What happens without anybody: requests are given out, agents go away and come back.
async fn by_itself(hub: Arc<Hub>, workspace: WorkspaceId, agents: Vec<AccountId>) {
    for step in 0..STEPS {
        let agent = agents[hub.die.roll() as usize % agents.len()];
        hub.store.set_agent_away((workspace, agent), step % 2 == 0, Vec::new(), 0).await.expect("is set");
        match assign::drain(&hub, workspace).await {
            Ok(_) | Err(ChatError::Conflict) => {}
            Err(error) => panic!("{error:?}"),
        }
        close::take_back(&hub).await.expect("looks");
    }
}

async fn holds(hub: &Hub, workspace: WorkspaceId, agents: &[AccountId]) {
    let chats =
        hub.store.chats(workspace, ChatQuery { limit: 1_000, ..ChatQuery::default() }).await.expect("reads");
    assert_eq!(chats.len(), CUSTOMERS);
    let mut owned: HashMap<AccountId, i64> = HashMap::new();
    let mut waits = 0;
    for chat in &chats {
        let is_open = ["requested", "connected"].contains(&chat.state.as_str());
        assert!(is_open || chat.owner.is_none(), "{chat:?}");
        assert!(chat.state != "connected" || chat.owner.is_some(), "{chat:?}");
        if let Some(owner) = chat.owner {
            *owned.entry(owner).or_default() += 1;
        } else if is_open {
            waits += 1;
        }
    }
    let rows = hub.store.agents(workspace).await.expect("reads");
    for row in &rows {
        let own = owned.get(&row.account).copied().unwrap_or(0);
        assert_eq!(row.open, own, "{row:?}");
        assert!(own <= MAX, "{row:?}");
    }
    // Of each customer at most the newest consultation is open, and it is the one that their chat shows.
    let cases = hub.store.consultations(workspace, (0, i64::MAX), None, 100_000).await.expect("reads");
    let open = |state: &str| cases.iter().filter(|case| case.state == state).count();
    for state in ["requested", "connected"] {
        assert_eq!(open(state), chats.iter().filter(|chat| chat.state == state).count(), "{state}");
    }
    assert!(
        cases
            .iter()
            .all(|case| case.ended_at.is_some() != ["requested", "connected"].contains(&case.state.as_str()))
    );
    let room = agents.iter().any(|agent| owned.get(agent).copied().unwrap_or(0) < MAX);
    assert!(waits == 0 || !room, "{waits} wait although somebody has room");
    // Threads and events have no gap; what was sent twice is there once.
    for chat in &chats {
        let thread = hub.store.chat_after(chat.end_user, -1, 10_000).await.expect("reads");
        assert!(thread.iter().enumerate().all(|(at, message)| message.seq == at as i64));
        let mut ids: Vec<&String> = thread.iter().filter_map(|message| message.client_id.as_ref()).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
        let own = thread.iter().filter(|message| message.is_user).count();
        assert_eq!(own, STEPS, "each of the customer's messages is there once");
        assert_eq!(chat.last_seq, thread.len() as i64 - 1);
    }
    let mut last = 0;
    loop {
        let events = hub.store.live_after(workspace, last, 500).await.expect("reads");
        let Some(newest) = events.last().map(|event| event.seq) else { break };
        assert!(events.iter().enumerate().all(|(at, event)| event.seq == last + 1 + at as i64));
        last = newest;
    }
    assert_eq!(last, hub.store.last_live(workspace).await.expect("reads"));
    println!("{} chats, {last} events, {waits} wait", chats.len());
}
