//! Kakao's address for late answers (spec kakao-skill.md 6): one token per request, valid once and for a minute.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{sync::Notify, time::Instant};

use crate::{
    judge::{self, Verdict},
    provider::listen::{Heard, Said, listen},
};

/// How long a token is good (6.4).
const VALID: Duration = Duration::from_secs(60);

const BAD_TOKEN: &str = "Invalid callback token. Check your callback token.";
const TEST_TOKEN: &str = "Invalid callback token for testing purposes.";
const NOT_ASKED: &str = "The skill server settings are incorrect. Use callback true setting required.";
const BAD_BOT: &str = "Invalid bot ID. Check your Bot ID.";
const BAD_JSON: &str = "Invalid json response from bot-skill.";
const BAD_BUBBLE: &str = "Invalid skill-json format.";

/// The address, on this machine.
#[derive(Debug, Clone)]
pub struct Callbacks {
    base: String,
    desk: Arc<Desk>,
}

#[derive(Debug)]
struct Desk {
    tokens: Mutex<HashMap<String, Token>>,
    arrived: Notify,
    begun: Instant,
    valid: Duration,
}

#[derive(Debug)]
struct Token {
    bot: String,
    made: Instant,
    /// Made for the bot test panel, where callbacks do not work.
    for_test: bool,
    /// The first answer said `useCallback`.
    asked: bool,
    /// The late answer, once it has come.
    late: Option<(String, Verdict)>,
}

impl Callbacks {
    /// Listens on a free port until the runtime ends.
    pub async fn start() -> std::io::Result<Self> {
        Self::start_with(VALID).await
    }

    /// The same with tokens that are good for another time.
    pub async fn start_with(valid: Duration) -> std::io::Result<Self> {
        let desk =
            Arc::new(Desk { tokens: Mutex::default(), arrived: Notify::new(), begun: Instant::now(), valid });
        let serving = Arc::clone(&desk);
        let base = listen(move |heard| answer(&serving, &heard)).await?;
        Ok(Self { base, desk })
    }

    /// A new token's address.
    pub(crate) fn address(&self, bot: &str, for_test: bool) -> String {
        let mut tokens = self.desk.tokens();
        let token = format!("0--{:017}", tokens.len() + 1);
        let url = format!("{}/v1/bots/{bot}/callback/{token}", self.base);
        let made = Instant::now();
        tokens.insert(token, Token { bot: bot.to_owned(), made, for_test, asked: false, late: None });
        url
    }

    /// The first answer asked for a late one.
    pub(crate) fn expect(&self, url: &str) {
        if let Some(token) = self.desk.tokens().get_mut(token_of(url)) {
            token.asked = true;
        }
    }

    /// Waits for the late answer to this address: its body and what the judge says.
    pub(crate) async fn late(&self, url: &str, within: Duration) -> Option<(String, Verdict)> {
        let coming = async {
            loop {
                let arrived = self.desk.arrived.notified();
                if let Some(late) = self.desk.tokens().get(token_of(url)).and_then(|token| token.late.clone())
                {
                    return late;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(within, coming).await.ok()
    }
}

impl Desk {
    fn tokens(&self) -> MutexGuard<'_, HashMap<String, Token>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a late answer, or says why not.
    fn take(&self, path: &str, body: &[u8]) -> Result<(), &'static str> {
        let (mut tokens, bot) = (self.tokens(), path.split('/').nth(3).unwrap_or_default());
        let token = tokens.get_mut(token_of(path)).ok_or(BAD_TOKEN)?;
        if token.bot != bot {
            return Err(BAD_BOT);
        }
        if token.for_test {
            return Err(TEST_TOKEN);
        }
        if token.late.is_some() || token.made.elapsed() > self.valid {
            return Err(BAD_TOKEN);
        }
        if !token.asked {
            return Err(NOT_ASKED);
        }
        if serde_json::from_slice::<Value>(body).is_err() {
            return Err(BAD_JSON);
        }
        let verdict = judge::judge(body);
        if !verdict.violations.is_empty() {
            return Err(BAD_BUBBLE);
        }
        token.late = Some((String::from_utf8_lossy(body).into_owned(), verdict));
        drop(tokens);
        self.arrived.notify_waiters();
        Ok(())
    }
}

fn token_of(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}

/// Kakao's answer to a late answer.
fn answer(desk: &Desk, heard: &Heard) -> Said {
    let (status, said, message) = match desk.take(&heard.path, &heard.body) {
        Ok(()) => (200, "SUCCESS", ""),
        Err(why) => (400, "FAIL", why),
    };
    // No clock of the world is needed: the moment only has to look like one.
    let timestamp = 1_790_000_000_000_u64 + desk.begun.elapsed().as_millis() as u64;
    Said::json(
        status,
        &json!({"taskId": "6b1b7e0e-4b0a-4c57-9a51-0f0f4d2d7f11", "status": said, "message": message, "timestamp": timestamp}),
    )
}
