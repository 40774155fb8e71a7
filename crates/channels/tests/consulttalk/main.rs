//! ConsultationTalk through the dealers' relays (spec consulttalk.md): hooks in, bubbles and calls out, answers back.

mod answers;
mod by_chance;
mod calls;
mod checks;
mod hooks;
mod shaping;

use std::collections::BTreeMap;

use channels::consulttalk::{Line, Relay, Whom, Words, facts};
use engine::message::{Action, Button};

const USER: &str = "Hz3kQp81ab_T";
const SENDER: &str = "aaaabbbbccccddddeeeeffff0000111122223333";
const WHOM: Whom<'static> = Whom { user_key: USER, session_id: Some("810200300") };
const WORDS: Words<'static> =
    Words { additional_choice: "더 골라 주세요", unsupported_media: "열어 보세요" };

/// A connection whose credentials are their own names.
fn line(relay: Relay) -> Line {
    let credentials = facts(relay).credentials.iter().map(|credential| (credential.name, credential.name));
    Line {
        relay,
        base_url: "https://relay.example/".to_owned(),
        sender_key: SENDER.to_owned(),
        credentials: credentials.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        paths: BTreeMap::new(),
        headers: Vec::new(),
    }
}

fn postback(label: &str) -> Button {
    Button { label: label.to_owned(), action: Action::Postback { payload: Some(format!("<{label}>")) } }
}

fn link(label: &str, uri: &str) -> Button {
    Button { label: label.to_owned(), action: Action::Link { uri: uri.to_owned() } }
}
