//! A turn that an old server answers (spec legacy-smartchat.md 7): what the engine's run is for other bots.
//!
//! Around it everything is the same: the lane keeps the calls of one person in order, the state stands in the turn's
//! commit, "더보기" is served without anybody being asked, and whoever waits too long is told so.

use std::time::Duration;

use channels::{
    kakao::{inbound::Inbound, outbound::Held},
    smartchat::{
        State,
        incoming::{self, Kind, Wanted},
        legacy::{Keyboard, Reply},
        outgoing::{self, Shown},
    },
};
use engine::{message::Received, turn::Words};
use serde_json::json;
use store::{BotId, TurnFacts};
use tokio::time::Instant;

use super::{
    early::{Early, Interim},
    kept::Kept,
    play::{Played, Said},
};
use crate::{
    Hub,
    bridge::{
        Leave, Server, Settings,
        call::{self, Failure},
        picture,
    },
    guard::Guard,
    insight::note,
};

/// How long a notice may take that nobody waits for.
const NOTICE: Duration = Duration::from_secs(5);
/// Time that an answer needs from here to Kakao: the commit, and the way.
const TO_SAY: Duration = Duration::from_millis(80);
/// Time that has to be left of a message's budget for the home keyboard to be asked for beside it.
const TIME_FOR_HOME: Duration = Duration::from_millis(300);

/// Whose bridge it is, and what of it answers.
#[derive(Debug, Clone, Copy)]
pub struct Bridged<'a> {
    /// The hub.
    pub hub: &'a Hub,
    /// The bot.
    pub bot: BotId,
    /// Where it leads.
    pub settings: &'a Settings,
    /// A test of OpenBuilder: no friend is told of.
    pub is_test: bool,
    /// Now.
    pub now_ms: i64,
}

impl<'a> Bridged<'a> {
    fn guard(&self) -> &'a Guard {
        self.hub.bridges.guard(self.settings.is_inside(), &self.hub.guard)
    }
}

/// What an old server said, and what became of it.
struct Answered {
    shown: Shown,
    keyboard: Keyboard,
    asked: &'static str,
    content: String,
    reply: Option<Reply>,
    failure: Option<Failure>,
}

/// Plays one turn.
pub async fn play(bridged: Bridged<'_>, kept: &mut Kept, inbound: &Inbound, early: &mut Early<'_>) -> Played {
    let hub = bridged.hub;
    let mut state = kept.bridge.take().unwrap_or_default();
    let options = &bridged.settings.options;
    let wanted = incoming::wanted(inbound, &state, options);
    state.user_key = incoming::user_key(inbound, &state);
    let mut before = kept.late.take().filter(|late| !late.fetched).map(|late| late.held);
    let begun = hub.clock.instant();
    let until = until(options.budget_ms, early);
    let asks = !matches!(wanted, Wanted::Again | Wanted::Unsupported);
    let answered = {
        let work = answer(bridged, wanted, &mut state, until);
        early.wait(work, || Interim { said: before.take(), count: 0, words: Words::default() }).await
    };
    let took_ms = (hub.clock.instant() - begun).as_millis() as u64;
    let (rest, _) = early.take_rest();
    let before = before.or(rest);
    let Answered { shown, keyboard, asked, content, reply, failure } = answered;
    let offers = !keyboard.is_blank();
    state.keyboard = keyboard;
    if reply.is_some() {
        state.answered_at = bridged.now_ms;
    }
    let trace = json!({"bridge": {
        "asked": asked,
        "content": content,
        "tookMs": took_ms,
        "reply": reply,
        "buttons": state.keyboard,
        "odd": reply.as_ref().map(|reply| reply.oddities.clone()).unwrap_or_default(),
        "notes": shown.notes,
        "failure": failure.as_ref().map(|failure| json!({
            "name": failure.name(), "ko": failure.ko(), "en": failure.en(), "answer": failure.answer(),
        })),
    }});
    let mut said: Vec<Said> = heard(inbound).into_iter().collect();
    said.extend(shown.messages.iter().map(|message| Said {
        is_user: false,
        data: serde_json::to_string(message).unwrap_or_default(),
        masked: None,
        mask_after_ms: None,
    }));
    Played {
        held: joined(before, shown.held),
        stored: None,
        kept: Kept { bridge: Some(state), ..Kept::default() },
        said,
        trace: trace.to_string(),
        fault: failure.as_ref().map(told),
        facts: TurnFacts { said: note::said(inbound.said.as_deref()), ..TurnFacts::default() },
        offers,
        asked: asks,
    }
}

/// Until when the old server is waited for. A failure that can still be said in time is said, instead of a word that the
/// answer takes longer; only after a wait in the lane has used the time up does the turn go on without its request.
fn until(budget_ms: u64, early: &Early<'_>) -> Instant {
    let (now, budget) = (Instant::now(), Duration::from_millis(budget_ms));
    let at = early.waits_at().map(|at| Instant::from_std(at).checked_sub(TO_SAY).unwrap_or(now));
    match at {
        Some(at) if now + budget > at && now + budget.mul_f64(0.7) < at => at,
        _ => now + budget,
    }
}

/// What the operator is told of a failure: what happened, and the server's own answer.
fn told(failure: &Failure) -> String {
    match failure.answer() {
        Some(answer) => format!("{} 서버의 응답: {answer}", failure.ko()),
        None => failure.ko(),
    }
}

fn joined(before: Option<Held>, held: Held) -> Held {
    match before {
        Some(before) => before.then(held),
        None => held,
    }
}

async fn answer(bridged: Bridged<'_>, wanted: Wanted, state: &mut State, until: Instant) -> Answered {
    let options = &bridged.settings.options;
    let server = bridged.hub.bridges.server(bridged.bot, &bridged.settings.url);
    let quiet = |shown: Shown, keyboard: &Keyboard, asked| Answered {
        shown,
        keyboard: keyboard.clone(),
        asked,
        content: String::new(),
        reply: None,
        failure: None,
    };
    match wanted {
        Wanted::Again => quiet(outgoing::again(&state.keyboard, options), &state.keyboard, "nothing"),
        Wanted::Unsupported => {
            quiet(outgoing::unsupported(&state.keyboard, options), &state.keyboard, "nothing")
        }
        Wanted::Welcome | Wanted::Home => {
            if wanted == Wanted::Welcome {
                tell_friend(bridged, state);
            }
            go_home(bridged, &server, until).await
        }
        Wanted::Message { kind, content, friend } => {
            if friend {
                tell_friend(bridged, state);
            }
            ask(bridged, &server, state, (kind, content), until).await
        }
    }
}

/// Tells of a new friend; nobody waits for what comes back.
fn tell_friend(bridged: Bridged<'_>, state: &mut State) {
    if bridged.is_test {
        return;
    }
    state.friend = true;
    let (guard, base) = (bridged.guard().clone(), bridged.settings.url.clone());
    let user_key = state.user_key.clone();
    tokio::spawn(async move {
        // Eleven of twenty servers of those years do not know it (3.5).
        drop(call::friend(&guard, &base, &user_key, Instant::now() + NOTICE).await);
    });
}

async fn go_home(bridged: Bridged<'_>, server: &Server, until: Instant) -> Answered {
    let options = &bridged.settings.options;
    let (home, failure) = match home(bridged, server, until).await {
        Ok(home) => (home, None),
        // The last one that was well serves as long as there is none (stale-if-error).
        Err(failure) => match server.last_home() {
            Some(home) => (home, Some(failure)),
            None => {
                let keyboard = Keyboard::default();
                let shown = outgoing::say(&options.failure, &keyboard, options);
                return Answered {
                    shown,
                    keyboard,
                    asked: "keyboard",
                    content: String::new(),
                    reply: None,
                    failure: Some(failure),
                };
            }
        },
    };
    let shown = outgoing::say(&options.greeting, &home, options);
    let reply = Reply { keyboard: Some(home.clone()), ..Reply::default() };
    Answered { shown, keyboard: home, asked: "keyboard", content: String::new(), reply: Some(reply), failure }
}

/// The home keyboard: a fresh one, or else the server's.
async fn home(bridged: Bridged<'_>, server: &Server, until: Instant) -> Result<Keyboard, Failure> {
    let hub = bridged.hub;
    if let Some(home) = server.fresh_home(hub.clock.instant()) {
        return Ok(home);
    }
    if server.leave(hub.clock.instant()) == Leave::Paused {
        return Err(Failure::Paused);
    }
    let asked = call::keyboard(bridged.guard(), &bridged.settings.url, until).await;
    noticed(bridged, server, asked.as_ref().err());
    if let Ok(home) = &asked {
        server.keep_home(home, hub.clock.instant());
    }
    asked
}

async fn ask(
    bridged: Bridged<'_>,
    server: &Server,
    state: &State,
    (kind, content): (Kind, String),
    until: Instant,
) -> Answered {
    let (hub, options) = (bridged.hub, &bridged.settings.options);
    let asked = if server.leave(hub.clock.instant()) == Leave::Paused {
        Err(Failure::Paused)
    } else {
        let said = (state.user_key.as_str(), kind, content.as_str());
        let asked = call::message(bridged.guard(), &bridged.settings.url, said, until).await;
        noticed(bridged, server, asked.as_ref().err());
        asked
    };
    match asked {
        Ok(reply) => {
            let mut keyboard = reply.keyboard.clone().unwrap_or_default();
            let goes_home = reply.keyboard.is_none()
                && options.home_after_silence
                && state.was_quiet(bridged.now_ms)
                && until.saturating_duration_since(Instant::now()) > TIME_FOR_HOME;
            if goes_home {
                let found = home(bridged, server, until).await.ok();
                keyboard = found.or_else(|| server.last_home()).unwrap_or_default();
            }
            let proxy = |address: &str| picture::address(hub, bridged.bot, bridged.settings, address);
            let shown = outgoing::show(&reply, &keyboard, options, &proxy);
            Answered { shown, keyboard, asked: kind.name(), content, reply: Some(reply), failure: None }
        }
        Err(failure) => {
            let keyboard = server.last_home().unwrap_or_default();
            let shown = outgoing::say(&options.failure, &keyboard, options);
            Answered { shown, keyboard, asked: kind.name(), content, reply: None, failure: Some(failure) }
        }
    }
}

/// Counts how a server did.
fn noticed(bridged: Bridged<'_>, server: &Server, failure: Option<&Failure>) {
    match failure {
        None => server.went_well(),
        Some(_) if server.failed(bridged.hub.clock.instant()) => {
            tracing::warn!(
                bot.id = %bridged.bot,
                "the old server behind a bridge failed ten times in a row and is left alone for a moment"
            );
        }
        Some(_) => {}
    }
}

/// The end user's side of the thread. Opening the room says nothing; what a button of ours carries is not theirs.
fn heard(inbound: &Inbound) -> Option<Said> {
    use channels::kakao::inbound::Heard;
    use engine::event::Event;

    let data = match &inbound.heard {
        Heard::Event(Event::Message(heard)) => Received { payload: None, ..heard.clone() }.to_context(),
        _ => Received::text(inbound.said.clone().filter(|said| !said.is_empty())?).to_context(),
    };
    Some(Said { is_user: true, data: data.to_string(), masked: None, mask_after_ms: None })
}
