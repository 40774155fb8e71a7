//! An NLP server of one's own: any path, a header that has to be there, answers that are written down beforehand.

use std::io;

use serde_json::{Value, json};

use super::{Heard, Provider, Said};

/// The server.
pub type Nlp = Provider<State>;

/// What it remembers.
#[derive(Debug)]
pub struct State {
    header: Option<(String, String)>,
    answers: Vec<(String, Value)>,
}

impl Nlp {
    /// A server that asks for this header.
    pub async fn start(header: Option<(&str, &str)>) -> io::Result<Self> {
        let header = header.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
        Self::start_with(State { header, answers: Vec::new() }, answer).await
    }

    /// What it answers to requests whose address or body holds this.
    pub fn knows(&self, holds: &str, answer: Value) {
        self.state().answers.push((holds.to_owned(), answer));
    }
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    if let Some((name, value)) = &state.header
        && heard.header(name) != Some(value.as_str())
    {
        return Said::json(401, &json!({"message": "unauthorized"}));
    }
    let body = String::from_utf8_lossy(&heard.body);
    let holds =
        |wanted: &str| body.contains(wanted) || heard.query.iter().any(|(_, value)| value.contains(wanted));
    match state.answers.iter().find(|(wanted, _)| holds(wanted)) {
        Some((_, answer)) => Said::json(200, answer),
        None => Said::json(422, &json!({"message": "not understood"})),
    }
}
