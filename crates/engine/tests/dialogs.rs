//! Plays `fixtures/dialogs/*.dialog` against the engine.
//!
//! A dialogue is what a person does and sees:
//! ```text
//! bot: bots/back.json                    a file under fixtures/; closer/… are other people's files, used when present
//! platform: web                          `test` where not said
//! ? fetch → {"data": 1}                  the reply to the next question of that node type
//! ? fetch POST … {"id": 7} → {…}         the same, and its gist holds these words in this order (see `gist`);
//!                                        … $ is its end
//! ? fetch → ! HttpError 없어요 {"statusCode": 404}   it fails, and leaves these results
//! > 진행   < 1   < [버튼]                 input, then what the bot says (two spaces before each `<`)
//! = 진행 | 뒤로                           the quick replies after it
//! ! missing-flow                         the fault that ended it
//! ```
//! Inputs in parentheses: `(start)`, `(goto 2)`, `(goto 2/3)`, `(cancel)`, `(photo URL)`, `(place LAT,LNG)`,
//! `(press LABEL PAYLOAD)`, `(return)` for a start after the conversation ended, `(later) TEXT` for a message then.

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use engine::{
    ask::{Ask, Fetch, FetchBody, Llm, LlmMessage, Push, Reply},
    bot::{Bot, BotFile},
    event::Event,
    message::{Button, Location, Media, Message, Received},
    session::Session,
    turn::{self, Outcome, Setting, Step},
};
use serde_json::{Map, Value};

const NOW: i64 = 1_790_000_000_000;

#[test]
fn every_dialogue_goes_as_written() {
    let mut files: Vec<PathBuf> = fs::read_dir(fixtures().join("dialogs"))
        .expect("fixtures/dialogs is there")
        .map(|entry| entry.expect("is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "dialog"))
        .collect();
    files.sort();
    assert!(files.len() > 3, "the dialogues are there");
    let mut wrong = Vec::new();
    for file in &files {
        match play(file) {
            Ok(true) => {}
            Ok(false) => println!(
                "absent: the bot file of {} is not on this machine; dialogue not played",
                file.display()
            ),
            Err(difference) => wrong.push(format!("{}: {difference}", file.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The file that a dialogue names; other people's bot files lie beside the checkout, where they are at all.
fn bot_path(name: &str) -> PathBuf {
    match name.strip_prefix("closer/") {
        Some(name) => fixtures().join("../../shared/fixtures/closer").join(name),
        None => fixtures().join(name),
    }
}

struct Player {
    bot: Option<Arc<Bot>>,
    platform: String,
    session: Session,
    replies: VecDeque<(String, Vec<String>, Reply)>,
    last: Option<Outcome>,
    turns: u64,
}

/// `false` where the bot file is not on this machine.
fn play(file: &Path) -> Result<bool, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut player = Player {
        bot: None,
        platform: "test".to_owned(),
        session: Session::default(),
        replies: VecDeque::new(),
        last: None,
        turns: 0,
    };
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let said = match line.split_once(' ').unwrap_or((line, "")) {
            ("" | "#", _) => Ok(()),
            ("bot:", name) => {
                let path = bot_path(name.trim());
                if !path.exists() && name.trim().starts_with("closer/") {
                    return Ok(false);
                }
                let text =
                    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let reading = BotFile::read(&text).map_err(|refused| refused.to_string())?;
                player.bot = Some(Arc::new(Bot::compile(&reading.file)));
                Ok(())
            }
            ("platform:", name) => {
                name.trim().clone_into(&mut player.platform);
                Ok(())
            }
            ("?", reply) => player.expect_question(reply),
            (">", rest) => player.turn(rest),
            ("=", wanted) => player.quick_replies(wanted.trim()),
            ("!", code) => player.fault(code.trim()),
            _ => Err(format!("this line cannot be read: {line}")),
        };
        said.map_err(|difference| format!("line {}: {difference}", number + 1))?;
    }
    Ok(true)
}

impl Player {
    fn expect_question(&mut self, line: &str) -> Result<(), String> {
        let (kind, reply) = line.split_once('→').ok_or("a question needs its reply after →")?;
        let reply = match reply.trim().strip_prefix("! ") {
            Some(failure) => {
                let (name, rest) = failure.split_once(' ').unwrap_or((failure, ""));
                let (message, results) = match rest.split_once(" {") {
                    Some((message, results)) => (message, format!("{{{results}")),
                    None => (rest, "{}".to_owned()),
                };
                let results: Map<String, Value> =
                    serde_json::from_str(&results).map_err(|error| format!("{results}: {error}"))?;
                Reply::Failed { name: name.to_owned(), message: message.to_owned(), results }
            }
            None => match serde_json::from_str(reply.trim()) {
                Ok(Value::Object(results)) => Reply::Done(results),
                other => return Err(format!("the reply is no object: {other:?}")),
            },
        };
        let (kind, words) = kind.trim().split_once(' ').unwrap_or((kind.trim(), ""));
        let words = words.split('…').map(|word| word.trim().to_owned()).collect();
        self.replies.push_back((kind.to_owned(), words, reply));
        Ok(())
    }

    fn turn(&mut self, line: &str) -> Result<(), String> {
        // Two spaces stand before what is expected, so that an input may hold a single "<".
        let mut parts = line.split("  <").map(str::trim);
        let input = parts.next().unwrap_or_default();
        let wanted: Vec<&str> = parts.collect();
        let (new_visit, event) = event(input);
        self.turns += 1;
        let setting = Setting {
            platform: self.platform.clone(),
            bot_id: "bot".to_owned(),
            conversation_id: "conversation".to_owned(),
            user_key: "user".to_owned(),
            new_visit,
            now_ms: NOW,
            seed: self.turns,
            ..Setting::default()
        };
        let bot = Arc::clone(self.bot.as_ref().ok_or("no bot is named before the first turn")?);
        let mut turn = turn::begin(bot, std::mem::take(&mut self.session), event, setting);
        let outcome = loop {
            match turn.step() {
                Step::Rest(outcome) => break *outcome,
                Step::Ask(ask) => {
                    let (kind, words, reply) =
                        self.replies.pop_front().ok_or_else(|| format!("an unexpected question: {ask:?}"))?;
                    if kind != ask.node() {
                        return Err(format!("expected a question of {kind}, got {ask:?}"));
                    }
                    let gist = gist(&ask);
                    let mut rest = gist.as_str();
                    for word in words {
                        if word == "$" && rest.trim().is_empty() {
                            continue;
                        }
                        rest = rest
                            .split_once(word.as_str())
                            .map(|(_, rest)| rest)
                            .ok_or_else(|| format!("expected a question with '{word}', got '{gist}'"))?;
                    }
                    turn.resume(reply, 3);
                }
            }
        };
        if let Some((kind, ..)) = self.replies.front() {
            return Err(format!("the question of {kind} was not asked"));
        }
        let said: Vec<String> = outcome.messages.iter().map(|sent| &sent.message).map(line_of).collect();
        // What is kept between turns must survive being stored.
        let stored = serde_json::to_string(&outcome.session).map_err(|error| error.to_string())?;
        self.session = serde_json::from_str(&stored).map_err(|error| error.to_string())?;
        if self.session != outcome.session {
            return Err(format!("the session does not read back: {stored}"));
        }
        let result = if said == wanted {
            Ok(())
        } else {
            Err(format!("> {input}\n  wanted {wanted:?}\n  got    {said:?}\n  trace  {:?}", outcome.trace))
        };
        self.last = Some(outcome);
        result
    }

    fn quick_replies(&self, wanted: &str) -> Result<(), String> {
        let outcome = self.last.as_ref().ok_or("no turn yet")?;
        let labels: Vec<&str> = outcome.quick_replies.iter().map(|button| button.label.as_str()).collect();
        let found = labels.join(" | ");
        if found == wanted { Ok(()) } else { Err(format!("wanted the quick replies {wanted}, got {found}")) }
    }

    fn fault(&self, wanted: &str) -> Result<(), String> {
        let found =
            self.last.as_ref().and_then(|outcome| outcome.fault.as_ref()).map(|fault| fault.kind.code());
        if found == Some(wanted) { Ok(()) } else { Err(format!("wanted the fault {wanted}, got {found:?}")) }
    }
}

fn event(input: &str) -> (bool, Event) {
    let text = |text: &str| Event::Message(Received::text(text));
    if let Some(rest) = input.strip_prefix("(later) ") {
        return (true, text(rest));
    }
    let Some(inner) = input.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return (false, text(input));
    };
    let (verb, rest) = inner.split_once(' ').unwrap_or((inner, ""));
    let number = |text: &str| text.parse().expect("is a number");
    match verb {
        "start" => (false, Event::Start),
        "return" => (true, Event::Start),
        "cancel" => (false, Event::Cancel),
        "goto" => {
            let (flow, node) = rest.split_once('/').map_or((rest, None), |(flow, node)| (flow, Some(node)));
            (false, Event::Goto { flow_id: number(flow), node_id: node.map(number) })
        }
        "photo" => {
            let media = Media { content_type: "image".to_owned(), uri: rest.to_owned(), alt_text: None };
            (false, Event::Message(Received::media(media)))
        }
        "place" => {
            let (latitude, longitude) = rest.split_once(',').expect("two numbers");
            let degrees = |text: &str| text.trim().parse().expect("is a number");
            let location =
                Location { title: None, latitude: degrees(latitude), longitude: degrees(longitude) };
            (
                false,
                Event::Message(Received {
                    kind: "location".to_owned(),
                    location: Some(location),
                    ..Received::default()
                }),
            )
        }
        "press" => {
            let at = rest.find(" {").unwrap_or_else(|| rest.rfind(' ').expect("a label and a payload"));
            (false, Event::Message(Received::postback(&rest[..at], &rest[at + 1..])))
        }
        _ => (false, text(input)),
    }
}

/// What a question asks, as one line.
fn gist(ask: &Ask) -> String {
    let pairs = |pairs: &[(String, String)], between: &str| -> String {
        pairs.iter().map(|(name, value)| format!("{name}{between}{value} ")).collect()
    };
    let said = |messages: &[LlmMessage]| -> String {
        messages.iter().map(|message| format!("{}: {} ", message.role.as_str(), message.content)).collect()
    };
    let gist = match ask {
        Ask::Fetch(fetch) => {
            let body = match &fetch.body {
                FetchBody::Empty => String::new(),
                FetchBody::Text(text) => text.clone(),
                FetchBody::Form(form) => pairs(form, "="),
            };
            let Fetch { method, uri, headers, content_type, .. } = fetch;
            format!("{method} {uri} {}{content_type} {body}", pairs(headers, ": "))
        }
        Ask::Script { script, context, .. } => format!("{script} {context}"),
        Ask::Sheet { spreadsheet_id, sheet_name, columns, values, .. } => {
            format!("{spreadsheet_id} {sheet_name} {} = {}", columns.join(","), values.join(","))
        }
        Ask::Mail { to, reply_to, subject, body } => format!("{to} {reply_to} {subject} {body}"),
        Ask::Nlp { provider, agent, text, .. } => format!("{provider} {agent} {text}"),
        Ask::Chitchat { provider, text, history, .. } => format!("{provider} {}user: {text}", said(history)),
        Ask::Llm(Llm { provider, model, messages, temperature, max_tokens, max_chars }) => {
            format!("{provider} {model} {temperature:?} {max_tokens:?} {max_chars} {}", said(messages))
        }
        Ask::Push(Push { event, data, params, to }) => {
            let keys: String = to.iter().map(|to| format!("{} {} ", to.kind.as_str(), to.id)).collect();
            format!("{event} {} {} {keys}", Value::from(data.clone()), Value::from(params.clone()))
        }
    };
    gist.replace('\n', "⏎")
}

/// A message as one line.
fn line_of(message: &Message) -> String {
    let line = match message {
        Message::Text { text, buttons } => format!("{text}{}", labels(buttons)),
        Message::Media { media, buttons } => {
            format!("({} {}){}", media.content_type, media.uri, labels(buttons))
        }
        Message::Location { location } => format!("({},{})", location.latitude, location.longitude),
        Message::Cards { cards } => {
            let card = |card: &engine::message::Card| {
                let description =
                    card.description.as_deref().map(|text| format!(" | {text}")).unwrap_or_default();
                format!("{{{}{description}{}}}", card.title, labels(&card.buttons))
            };
            cards.iter().map(card).collect::<Vec<_>>().join(" ")
        }
    };
    line.trim().replace('\n', "⏎")
}

fn labels(buttons: &[Button]) -> String {
    buttons.iter().map(|button| format!(" [{}]", button.label)).collect()
}
