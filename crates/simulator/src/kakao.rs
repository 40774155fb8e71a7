//! A bot at Kakao and the people in its chat rooms (spec kakao-skill.md 1–3).
//!
//! Every free utterance goes to the fallback block, entering the room to the welcome block, as a bot is connected whose
//! scenario lives behind one skill. Requests carry Kakao's headers and key order; answers are waited for as long as
//! Kakao waits, judged, and dropped whole when one rule is broken. What the person sees is a [`Seen`].

mod request;

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value};
use tokio::time::Instant;

use crate::callback::Callbacks;
use crate::judge::{self, Bubble, Button, Card, ContextValue, Verdict, Violation};

/// How long Kakao waits (1.1).
const DEADLINE: Duration = Duration::from_secs(5);

/// Through which of Kakao's doors a request comes (2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Real customers.
    Operating,
    /// The development channel.
    Development,
    /// The bot test panel.
    BotTest,
    /// "Send to skill server" in the skill editor.
    EditorTest,
}

/// Whose form requests have: fields came and went without version numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// 2019: `clientExtra` null, `lang` kr, no aliases.
    Y2019,
    /// 2020 on.
    Y2020,
    /// 2025 on: with `flow`.
    Y2025,
}

/// A bot at Kakao.
#[derive(Debug, Clone)]
pub struct Kakao {
    client: reqwest::Client,
    url: String,
    /// The door.
    pub mode: Mode,
    /// The form.
    pub era: Era,
    /// The skill's header, if one was typed in.
    pub header: Option<(String, String)>,
    /// How long an answer is waited for.
    pub deadline: Duration,
    /// The blocks have callbacks switched on, and late answers come here.
    pub callbacks: Option<Callbacks>,
    bot_id: String,
}

/// One person in the bot's chat room.
#[derive(Debug, Clone)]
pub struct Room {
    kakao: Kakao,
    user: String,
    requests: u64,
    /// What can be tapped now; gone after the next message.
    pub quick_replies: Vec<Button>,
    /// All buttons that were ever shown, the newest last.
    pub buttons: Vec<Button>,
    contexts: Vec<ContextValue>,
    last_block: Option<&'static str>,
    /// The person talks to a human; the bot hears nothing.
    pub with_agent: bool,
    last_request: Option<(String, Arc<Vec<u8>>)>,
}

/// What the person sees, and what the operator would find in Kakao's records.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The bubbles; none where the answer was dropped.
    pub bubbles: Vec<Bubble>,
    /// What can be tapped.
    pub quick_replies: Vec<Button>,
    /// Contexts that the answer sets.
    pub contexts: Vec<ContextValue>,
    /// The answer asks for a late one.
    pub use_callback: bool,
    /// Where a late answer is awaited; see [`Room::waits`].
    pub late: Option<String>,
    /// Why nothing is seen.
    pub trouble: Option<Trouble>,
    /// How long the answer took.
    pub took: Duration,
    /// The request's JSON.
    pub request: String,
    /// The answer's body.
    pub answer: String,
    /// The HTTP status; 0 where there was none.
    pub status: u16,
}

/// Why an answer was not shown (1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// 1001: no answer within 5 seconds.
    Timeout,
    /// 1002: no connection.
    Connection(String),
    /// An HTTP status that is not 200.
    Status(u16),
    /// Bubble guide violations.
    Violations(Vec<Violation>),
    /// A human has the conversation.
    WithAgent,
}

impl Kakao {
    /// A bot whose skill has this address. http is only taken for this machine.
    pub fn new(url: &str) -> Result<Self, String> {
        let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|start| url.starts_with(start));
        if !url.starts_with("https://") && !local {
            return Err(format!("Kakao only calls https addresses: {url}"));
        }
        // Already installed is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent("AHC/2.1")
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            // Kakao asks for nothing compressed; the server beside us has the feature switched on for its own calls.
            .no_gzip()
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            client,
            url: url.to_owned(),
            mode: Mode::Operating,
            era: Era::Y2025,
            header: None,
            deadline: DEADLINE,
            callbacks: None,
            bot_id: "64aa10b2c3d4e5f60718293a".to_owned(),
        })
    }

    /// The same bot through another door.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// The same bot in another year.
    #[must_use]
    pub fn era(mut self, era: Era) -> Self {
        self.era = era;
        self
    }

    /// The bot's id as this door sends it.
    fn bot_id(&self) -> String {
        let bang = if matches!(self.mode, Mode::Development | Mode::BotTest) { "!" } else { "" };
        format!("{}{bang}", self.bot_id)
    }

    /// A person's chat room. The name makes their key.
    pub fn room(&self, name: &str) -> Room {
        Room {
            kakao: self.clone(),
            user: request::user_key(name),
            requests: 0,
            quick_replies: Vec::new(),
            buttons: Vec::new(),
            contexts: Vec::new(),
            last_block: None,
            with_agent: false,
            last_request: None,
        }
    }

    /// Sends any bytes to the skill, as a broken transform function would.
    pub async fn sends(&self, body: Vec<u8>, request_id: &str) -> Seen {
        let begun = Instant::now();
        let mut request = self
            .client
            .post(&self.url)
            .header("Accept", "*/*")
            .header("Content-Type", "application/json")
            .header("X-Request-Id", request_id)
            .header("X-Chappie-Footprint", request_id)
            .body(body.clone());
        if let Some((name, value)) = &self.header {
            request = request.header(name, value);
        }
        let mut seen = Seen { request: String::from_utf8_lossy(&body).into_owned(), ..Seen::default() };
        let exchange = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            Ok::<_, reqwest::Error>((status, response.bytes().await?))
        };
        let verdict = match tokio::time::timeout(self.deadline, exchange).await {
            Err(_) => Err(Trouble::Timeout),
            Ok(Err(error)) => Err(Trouble::Connection(error.to_string())),
            Ok(Ok((status, body))) => {
                seen.status = status;
                seen.answer = String::from_utf8_lossy(&body).into_owned();
                if status == 200 { Ok(judge::judge(&body)) } else { Err(Trouble::Status(status)) }
            }
        };
        seen.took = begun.elapsed();
        match verdict {
            Ok(Verdict { violations, .. }) if !violations.is_empty() => {
                seen.trouble = Some(Trouble::Violations(violations));
            }
            Ok(verdict) => {
                seen.bubbles = verdict.bubbles;
                seen.quick_replies = verdict.quick_replies;
                seen.contexts = verdict.contexts;
                seen.use_callback = verdict.use_callback;
            }
            Err(trouble) => seen.trouble = Some(trouble),
        }
        seen
    }
}

impl Room {
    /// Opens the room for the first time: the welcome block.
    pub async fn enter(&mut self) -> Seen {
        self.utter("웰컴 블록", "", None, None, Map::new()).await
    }

    /// Types a text: the fallback block.
    pub async fn says(&mut self, text: &str) -> Seen {
        self.utter("폴백 블록", text, None, Some("TEXT_INPUT"), Map::new()).await
    }

    /// Taps a quick reply or, where there is none of this label, the newest button that has it.
    pub async fn taps(&mut self, label: &str) -> Seen {
        let is_it = |button: &&Button| button.label == label;
        let quick = self.quick_replies.iter().find(is_it).cloned();
        let trigger = if quick.is_some() { "QUICKREPLY_BUTTON_MESSAGE" } else { "CARD_BUTTON_MESSAGE" };
        let Some(button) = quick.or_else(|| self.buttons.iter().rev().find(is_it).cloned()) else {
            return Seen {
                trouble: Some(Trouble::Connection(format!("no button '{label}'"))),
                ..Seen::default()
            };
        };
        match button.action.as_str() {
            "message" | "block" => {
                let text = button.message.clone().unwrap_or_else(|| button.label.clone());
                self.utter("폴백 블록", &text, button.extra, Some(trigger), Map::new()).await
            }
            "operator" => {
                self.with_agent = true;
                Seen::default()
            }
            // Links and telephone numbers never reach the skill.
            _ => Seen::default(),
        }
    }

    /// Waits for the late answer that the last one announced.
    pub async fn waits(&mut self, announced: &Seen, within: Duration) -> Seen {
        let begun = Instant::now();
        let late = match (&self.kakao.callbacks, &announced.late) {
            (Some(callbacks), Some(url)) => callbacks.late(url, within).await,
            _ => None,
        };
        let mut seen = Seen { request: announced.request.clone(), ..Seen::default() };
        match late {
            Some((answer, verdict)) => {
                seen.answer = answer;
                seen.status = 200;
                seen.bubbles = verdict.bubbles;
                seen.quick_replies = verdict.quick_replies;
                seen.contexts = verdict.contexts;
                self.remember(&seen);
            }
            None => seen.trouble = Some(Trouble::Timeout),
        }
        seen.took = begun.elapsed();
        seen
    }

    /// Goes on through another door, as the same person.
    pub fn change_mode(&mut self, mode: Mode) {
        self.kakao.mode = mode;
    }

    /// The human ends the conversation.
    pub fn leaves_agent(&mut self) {
        self.with_agent = false;
    }

    /// Sends a photo: its address as the utterance, since 2021 also as `media`.
    pub async fn sends_photo(&mut self, url: &str) -> Seen {
        let mut params = Map::new();
        if self.kakao.era != Era::Y2019 {
            params.insert("media".to_owned(), serde_json::json!({"type": "image", "url": url}));
        }
        let trigger = (self.kakao.era == Era::Y2025).then_some("IMAGE_UPLOAD");
        self.utter("폴백 블록", url, None, trigger, params).await
    }

    /// Says something that another block of the scenario catches, with these parameters of its skill.
    pub async fn says_to_block(
        &mut self,
        block: &'static str,
        text: &str,
        params: Map<String, Value>,
    ) -> Seen {
        self.turn(block, text, None, Some("TEXT_INPUT"), (Map::new(), params)).await
    }

    /// Types a text to a skill whose transform function (변환함수) wraps each request into an object of its own.
    pub async fn says_transformed(&mut self, text: &str) -> Seen {
        self.requests += 1;
        let id = request::request_id(&self.user, self.requests);
        let whole = String::from_utf8_lossy(&self.request(text)).into_owned();
        self.kakao.sends(format!("{{\"payload\":{whole}}}").into_bytes(), &id).await
    }

    /// Types a text to a block that has the skill, but whose answer is not 스킬데이터로 사용: Kakao asks, and shows nothing of
    /// what it is told (9.2).
    pub async fn says_unused(&mut self, text: &str) -> Seen {
        let (quick_replies, buttons) = (self.quick_replies.clone(), self.buttons.len());
        let mut seen = self.utter("폴백 블록", text, None, Some("TEXT_INPUT"), Map::new()).await;
        seen.bubbles.clear();
        seen.quick_replies.clear();
        self.quick_replies = quick_replies;
        self.buttons.truncate(buttons);
        seen
    }

    /// The JSON of a typed text, for those who send it themselves.
    pub fn request(&self, text: &str) -> Vec<u8> {
        let params = (Map::new(), Map::new());
        let said = request::Utterance {
            block: "폴백 블록",
            text,
            extra: None,
            trigger: Some("TEXT_INPUT"),
            params,
            last_block: self.last_block,
        };
        request::body(&self.kakao, &self.user, &said, &self.contexts, None)
    }

    /// Delivers the last request once more, with the same id.
    pub async fn repeats(&mut self) -> Seen {
        match self.last_request.clone() {
            Some((id, body)) => self.kakao.sends(body.to_vec(), &id).await,
            None => Seen::default(),
        }
    }

    async fn utter(
        &mut self,
        block: &'static str,
        text: &str,
        extra: Option<Value>,
        trigger: Option<&str>,
        request_params: Map<String, Value>,
    ) -> Seen {
        self.turn(block, text, extra, trigger, (request_params, Map::new())).await
    }

    async fn turn(
        &mut self,
        block: &'static str,
        text: &str,
        extra: Option<Value>,
        trigger: Option<&str>,
        params: (Map<String, Value>, Map<String, Value>),
    ) -> Seen {
        if self.with_agent {
            return Seen { trouble: Some(Trouble::WithAgent), ..Seen::default() };
        }
        self.requests += 1;
        let id = request::request_id(&self.user, self.requests);
        let utterance =
            request::Utterance { block, text, extra, trigger, params, last_block: self.last_block };
        let callback = self.kakao.callbacks.as_ref().map(|callbacks| {
            callbacks
                .address(&self.kakao.bot_id(), matches!(self.kakao.mode, Mode::BotTest | Mode::EditorTest))
        });
        let body =
            Arc::new(request::body(&self.kakao, &self.user, &utterance, &self.contexts, callback.as_deref()));
        self.last_request = Some((id.clone(), Arc::clone(&body)));
        let mut seen = self.kakao.sends(body.to_vec(), &id).await;
        if let (Some(callbacks), Some(url)) = (&self.kakao.callbacks, callback)
            && seen.use_callback
        {
            callbacks.expect(&url);
            seen.late = Some(url);
        }
        self.last_block = Some(block);
        self.count_contexts(&seen);
        self.remember(&seen);
        seen
    }

    /// What can be tapped from now on.
    fn remember(&mut self, seen: &Seen) {
        self.quick_replies.clone_from(&seen.quick_replies);
        for bubble in &seen.bubbles {
            self.buttons.extend(bubble.cards().iter().flat_map(Card::taps).cloned());
        }
    }

    /// Contexts live for so many turns (4.12).
    fn count_contexts(&mut self, seen: &Seen) {
        for context in &mut self.contexts {
            context.life_span -= 1;
        }
        self.contexts.retain(|context| context.life_span > 0);
        for set in &seen.contexts {
            self.contexts.retain(|context| context.name != set.name);
            if set.life_span > 0 {
                self.contexts.push(set.clone());
            }
        }
    }
}

/// Fetches a page of the server, as an operator's tools do: status and text.
pub async fn get(url: String) -> (u16, String) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match reqwest::get(url).await {
        Ok(response) => (response.status().as_u16(), response.text().await.unwrap_or_default()),
        Err(error) => (0, error.to_string()),
    }
}

impl Seen {
    /// All texts that are seen, in order: of bubbles, cards and their descriptions.
    pub fn texts(&self) -> Vec<String> {
        self.bubbles.iter().flat_map(Bubble::texts).collect()
    }

    /// The labels above the input.
    pub fn chips(&self) -> Vec<&str> {
        self.quick_replies.iter().map(|reply| reply.label.as_str()).collect()
    }

    /// All buttons of all cards.
    pub fn card_buttons(&self) -> Vec<&Button> {
        self.bubbles.iter().flat_map(Bubble::cards).flat_map(|card| &card.buttons).collect()
    }

    /// Checks in a test that exactly these texts are seen.
    #[track_caller]
    pub fn sees(&self, expected: &[&str]) {
        assert!(
            self.trouble.is_none(),
            "{:?}\nrequest {}\nanswer {}",
            self.trouble,
            self.request,
            self.answer
        );
        assert_eq!(self.texts(), expected, "request {}\nanswer {}", self.request, self.answer);
    }
}
