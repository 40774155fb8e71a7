//! A guarded client that may call this machine, and what the effects need besides.

use std::{collections::HashMap, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use engine::ask::Reply;
use ring::signature::{KeyPair as _, RsaKeyPair};
use serde_json::{Map, Value, json};
use server::{
    clock::{Clock, Die},
    effects::provider::{Call, Memory},
    guard::{Guard, Names, Options},
};
use simulator::provider::google::{Account, Google};
use store::WorkspaceId;
use tokio::time::Instant;

/// The address of the tests' service account.
pub const ACCOUNT: &str = "shop@project.iam.gserviceaccount.com";

/// Who asks.
pub struct Bed {
    guard: Guard,
    memory: Memory,
    die: Die,
    pub workspace: WorkspaceId,
    pub session: String,
}

impl Bed {
    /// With a client that may call this machine.
    pub fn new() -> Self {
        Self::with_guard(Options {
            allow: vec!["127.0.0.0/8".parse().expect("a range")],
            ..Options::default()
        })
    }

    /// With a client that may call public addresses only, as a server does that was not told otherwise.
    pub fn public_only() -> Self {
        Self::with_guard(Options::default())
    }

    /// With a client that knows a name for this machine, and trusts a certificate (DER).
    pub fn trusting(name: &str, certificate: Option<Vec<u8>>) -> Self {
        let here = vec![vec!["127.0.0.1".parse().expect("an address")]];
        Self::with_guard(Options {
            allow: vec!["127.0.0.0/8".parse().expect("a range")],
            names: Names::Fixed(HashMap::from([(name.to_owned(), here)])),
            trusted: certificate.into_iter().collect(),
            ..Options::default()
        })
    }

    fn with_guard(options: Options) -> Self {
        Self {
            guard: Guard::new(options).expect("a client"),
            memory: Memory::default(),
            die: Die::new().expect("chance"),
            workspace: WorkspaceId::new(1, 1),
            session: "01kb-conversation-of-kim".to_owned(),
        }
    }

    /// A question that may take this long.
    pub fn within(&self, time: Duration) -> Call<'_> {
        Call {
            guard: &self.guard,
            memory: &self.memory,
            clock: Clock::default(),
            die: &self.die,
            workspace: self.workspace,
            session: &self.session,
            until: Instant::now() + time,
        }
    }

    /// A question that may take as long as a turn.
    pub fn call(&self) -> Call<'_> {
        self.within(Duration::from_secs(5))
    }
}

fn key() -> Vec<u8> {
    let text: String = include_str!("account-key.txt").lines().skip(1).collect();
    STANDARD.decode(text).expect("base64")
}

/// Google with the tests' account.
pub async fn google() -> Google {
    let pair = RsaKeyPair::from_pkcs8(&key()).expect("a key");
    let account =
        Account { client_email: ACCOUNT.to_owned(), public_key: pair.public_key().as_ref().to_vec() };
    Google::start(account, Clock::default().now_ms() / 1_000).await.expect("listens")
}

/// The account's file, as Google gives it, with its addresses on this machine.
pub fn account(google: &Google) -> Value {
    let (begin, end) = ("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----");
    let body: Vec<String> = STANDARD
        .encode(key())
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    json!({"type": "service_account", "project_id": "shop", "client_email": ACCOUNT,
        "private_key": format!("{begin}\n{}\n{end}\n", body.join("\n")),
        "token_uri": format!("{}/token", google.url()), "sheetsUrl": google.url(), "url": google.url()})
}

/// The results of a reply that must be good.
#[track_caller]
pub fn done(reply: Reply) -> Map<String, Value> {
    match reply {
        Reply::Done(results) => results,
        Reply::Failed { name, message, .. } => panic!("{name}: {message}"),
    }
}

/// Name, message and results of a reply that must be a failure, whose message is in both languages.
#[track_caller]
pub fn failed(reply: Reply) -> (String, String, Map<String, Value>) {
    match reply {
        Reply::Done(results) => panic!("it worked: {results:?}"),
        Reply::Failed { name, message, results } => {
            let korean = message.chars().any(|letter| ('가'..='힣').contains(&letter));
            assert!(korean && message.chars().any(|letter| letter.is_ascii_alphabetic()), "{message}");
            (name, message, results)
        }
    }
}
