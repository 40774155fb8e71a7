//! "Make it a flow bot": from what an old server answered while its bridge ran to a bot with flows, as a draft to edit.
//!
//! A *screen* is one answer with its buttons. From each screen people pressed buttons or typed, and came to another one;
//! what they came to most often is where the button of the draft leads. Nothing is guessed: a button that nobody has
//! pressed leads to the fallback flow, and what the old server worked out anew each time (the weather, an order) stands in
//! the draft as it was said last, and is named, because somebody has to decide what becomes of it.

use std::collections::{BTreeMap, HashMap, VecDeque};

use channels::smartchat::legacy::{Keyboard, Reply};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{BotId, EndUserId, ReadError, TurnId};

use crate::Hub;

/// How far back is looked.
const DAYS: i64 = 30;
/// Turns that are read at most, and at once.
const MAX_TURNS: usize = 20_000;
const PIECE: u32 = 1_000;
/// Flows of a draft at most.
const MAX_FLOWS: usize = 200;
/// Screens that are told apart while reading; further ones are new each time and not worth a flow.
const MAX_SCREENS: usize = 5_000;
/// Buttons of one keyboard (spec bot.md, "Messages").
const MAX_BUTTONS: usize = 50;
/// Typed words that get a way of their own from the fallback flow.
const MAX_TYPED: usize = 50;
/// A screen that answers in more ways than this is worked out anew each time.
const VARIES: usize = 3;
/// Characters of a message (spec bot.md).
const MAX_TEXT: usize = 1_000;
/// Characters of a flow's title.
const MAX_TITLE: usize = 40;

/// What is recorded of one turn; the rest of its trace does not matter here.
#[derive(Debug, Deserialize)]
struct Traced {
    bridge: TracedBridge,
}

#[derive(Debug, Deserialize)]
struct TracedBridge {
    asked: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    reply: Option<Reply>,
    #[serde(default)]
    buttons: Keyboard,
}

/// Where people came from one screen by one word.
#[derive(Debug, Default)]
struct Ways {
    /// Target, and how often.
    to: BTreeMap<usize, u64>,
    /// The newest target.
    last: usize,
    pressed: bool,
}

/// Reads turns, oldest first, and remembers screens and the ways between them.
#[derive(Debug, Default)]
pub struct Recorder {
    screens: Vec<Reply>,
    known: HashMap<String, usize>,
    ways: BTreeMap<(usize, String), Ways>,
    at: HashMap<EndUserId, usize>,
    home: Option<usize>,
    /// Turns that were read.
    pub turns: u64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The bot's file.
    pub file: String,
    /// Turns that it is made of.
    pub turns: u64,
    /// People who had them.
    pub people: usize,
    /// Flows with an answer of the old server.
    pub flows: usize,
    /// Buttons that nobody has pressed, with the screen's title.
    pub unpressed: Vec<(String, String)>,
    /// Words after which the old server answered something else each time.
    pub varying: Vec<String>,
    /// Words that people typed and that lead somewhere, most frequent first.
    pub typed: Vec<(String, u64)>,
}

impl Recorder {
    /// Reads one turn.
    pub fn note(&mut self, person: EndUserId, trace: &str) {
        let Ok(Traced { bridge }) = serde_json::from_str(trace) else { return };
        let Some(mut reply) = bridge.reply else { return };
        reply.keyboard = Some(bridge.buttons).filter(|keyboard| !keyboard.is_blank());
        self.turns += 1;
        let Some(screen) = self.screen(reply) else {
            self.at.remove(&person);
            return;
        };
        if bridge.asked == "keyboard" {
            self.home = Some(screen);
        } else if bridge.asked == "text" {
            // Who begins with a word stands at home: there is no other place to begin at.
            let from = self.at.get(&person).copied().or(self.home).unwrap_or(screen);
            let pressed = self.screens[from].keyboard.as_ref().is_some_and(|it| it.offers(&bridge.content));
            let ways = self.ways.entry((from, bridge.content.trim().to_owned())).or_default();
            *ways.to.entry(screen).or_default() += 1;
            ways.last = screen;
            ways.pressed |= pressed;
        }
        self.at.insert(person, screen);
    }

    fn screen(&mut self, reply: Reply) -> Option<usize> {
        let key = serde_json::to_string(&reply).ok()?;
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        if self.screens.len() >= MAX_SCREENS {
            return None;
        }
        self.known.insert(key, self.screens.len());
        self.screens.push(reply);
        Some(self.screens.len() - 1)
    }

    /// The target of a word, and whether it differs each time.
    fn target(&self, from: usize, word: &str) -> Option<(usize, bool)> {
        let ways = self.ways.get(&(from, word.trim().to_owned()))?;
        if ways.to.len() > VARIES {
            return Some((ways.last, true));
        }
        let most = ways.to.iter().max_by_key(|(to, count)| (**count, **to == ways.last, **to))?;
        Some((*most.0, false))
    }

    /// The bot with what was read.
    pub fn propose(&self, title: &str, greeting: &str) -> Proposal {
        let mut draft = Draft::default();
        let home = self.home.map(|home| self.screens[home].clone()).unwrap_or_default();
        let home_at = self.home.unwrap_or(usize::MAX);
        let mut found = Found::default();
        // The entry flow is 1, the fallback flow 2.
        let mut flow_of: HashMap<usize, i64> = HashMap::from([(home_at, 1)]);
        let mut queue: Queue = VecDeque::from([(home_at, 1, "시작".to_owned())]);
        let mut typed: BTreeMap<String, (u64, usize)> = BTreeMap::new();
        for ((from, word), ways) in &self.ways {
            if !ways.pressed && !word.is_empty() {
                let count: u64 = ways.to.values().sum();
                let entry = typed.entry(word.clone()).or_insert((0, ways.last));
                entry.0 += count;
                if let Some((to, varies)) = self.target(*from, word) {
                    entry.1 = to;
                    if varies {
                        found.varying.push(word.clone());
                    }
                }
            }
        }
        let mut typed: Vec<(String, u64, usize)> =
            typed.into_iter().map(|(word, (count, to))| (word, count, to)).collect();
        typed.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        typed.truncate(MAX_TYPED);
        let mut reach = |to: usize, name: &str, queue: &mut Queue| -> Option<i64> {
            if let Some(id) = flow_of.get(&to) {
                return Some(*id);
            }
            if flow_of.len() >= MAX_FLOWS {
                return None;
            }
            let id = flow_of.len() as i64 + 2;
            flow_of.insert(to, id);
            queue.push_back((to, id, name.to_owned()));
            Some(id)
        };
        let mut fallback: Vec<(String, i64)> = Vec::new();
        for (word, _, to) in &typed {
            if let Some(id) = reach(*to, word, &mut queue) {
                fallback.push((word.clone(), id));
            }
        }
        while let Some((at, id, name)) = queue.pop_front() {
            let reply = if at == home_at {
                Reply { text: Some(greeting.to_owned()), keyboard: home.keyboard.clone(), ..Reply::default() }
            } else {
                self.screens[at].clone()
            };
            let buttons = reply.keyboard.clone().unwrap_or_default().buttons;
            let mut ways = Vec::new();
            for button in buttons.iter().take(MAX_BUTTONS) {
                let led = self.target(at, button).or_else(|| self.anywhere(button));
                match led.and_then(|(to, varies)| Some((reach(to, button, &mut queue)?, varies))) {
                    Some((to, varies)) => {
                        if varies {
                            found.varying.push(button.clone());
                        }
                        ways.push((button.clone(), Some(to)));
                    }
                    None => {
                        found.unpressed.push((name.clone(), button.clone()));
                        ways.push((button.clone(), None));
                    }
                }
            }
            draft.flow(id, &name, &reply, &ways);
        }
        let flows = draft.flows.len();
        draft.fallback(&fallback);
        found.varying.sort();
        found.varying.dedup();
        Proposal {
            file: draft.file(title),
            turns: self.turns,
            people: self.at.len(),
            flows,
            unpressed: found.unpressed,
            varying: found.varying,
            typed: typed.into_iter().map(|(word, count, _)| (word, count)).collect(),
        }
    }

    /// Where a button leads from any other screen: menus repeat the same buttons everywhere.
    fn anywhere(&self, button: &str) -> Option<(usize, bool)> {
        let mut targets: BTreeMap<usize, u64> = BTreeMap::new();
        for ((_, word), ways) in &self.ways {
            if word == button.trim() && ways.pressed {
                for (to, count) in &ways.to {
                    *targets.entry(*to).or_default() += count;
                }
            }
        }
        let varies = targets.len() > VARIES;
        targets.into_iter().max_by_key(|(_, count)| *count).map(|(to, _)| (to, varies))
    }
}

/// Screens that still need their flow: the screen, the flow's number and its name.
type Queue = VecDeque<(usize, i64, String)>;

#[derive(Debug, Default)]
struct Found {
    unpressed: Vec<(String, String)>,
    varying: Vec<String>,
}

/// The file on its way.
#[derive(Debug, Default)]
struct Draft {
    flows: Vec<Value>,
}

impl Draft {
    /// A flow that says an answer, shows its buttons, and leads on.
    fn flow(&mut self, id: i64, name: &str, reply: &Reply, ways: &[(String, Option<i64>)]) {
        let mut nodes = vec![node(1, "entry", "진입", json!({}), (24, 24))];
        let mut last = 0;
        let say = |message: Value, nodes: &mut Vec<Value>| {
            let number = nodes.len() as i64 + 1;
            let x = 24 + 200 * (number - 1);
            nodes.push(node(number, "response", "답변", json!({"message": message}), (x, 24)));
        };
        for message in messages(reply) {
            say(message, &mut nodes);
            lead(&mut nodes, last, None);
            last = nodes.len() - 1;
        }
        if !ways.is_empty() {
            let number = nodes.len() as i64 + 1;
            let buttons: Vec<Value> =
                ways.iter().map(|(label, _)| json!({"type": "postback", "label": plain(label)})).collect();
            let x = 24 + 200 * (number - 1);
            let data = json!({"type": "buttons", "buttons": buttons});
            nodes.push(node(number, "keyboard", "버튼", data, (x, 24)));
            lead(&mut nodes, last, None);
            let keyboard = nodes.len() - 1;
            for (row, (label, to)) in ways.iter().enumerate() {
                let Some(to) = to else { continue };
                let number = nodes.len() as i64 + 1;
                let place = (x + 220, 24 + 110 * row as i64);
                nodes.push(node(number, "flow", &short(label), json!({"flowId": to}), place));
                lead(&mut nodes, keyboard, Some(json!({"message": {"equals": plain(label)}})));
            }
        }
        let title = short(name);
        self.flows.push(json!({"id": id, "title": title, "data": {"entry": 1}, "nodes": nodes}));
    }

    /// The fallback flow: words that people typed lead to what they were answered, everything else to the beginning.
    fn fallback(&mut self, typed: &[(String, i64)]) {
        let mut nodes = vec![node(1, "entry", "진입", json!({}), (24, 24))];
        for (row, (word, to)) in typed.iter().enumerate() {
            let number = nodes.len() as i64 + 1;
            let place = (244, 24 + 110 * row as i64);
            nodes.push(node(number, "flow", &short(word), json!({"flowId": to}), place));
            lead(&mut nodes, 0, Some(json!({"message.text": {"equals": plain(word)}})));
        }
        let number = nodes.len() as i64 + 1;
        let y = 24 + 110 * typed.len() as i64;
        let message =
            json!({"type": "text", "text": "아직 준비되지 않은 답변이에요. 아래에서 다시 골라 주세요."});
        nodes.push(node(number, "response", "다시 안내", json!({"message": message}), (244, y)));
        lead(&mut nodes, 0, None);
        let said = nodes.len() - 1;
        nodes.push(node(number + 1, "flow", "처음으로", json!({"flowId": 1}), (464, y)));
        lead(&mut nodes, said, None);
        self.flows.push(json!({"id": 2, "title": "폴백", "data": {"entry": 1}, "nodes": nodes}));
    }

    fn file(mut self, title: &str) -> String {
        self.flows.sort_by_key(|flow| flow["id"].as_i64());
        let file = json!({
            "title": title,
            "description": "예전 서버가 답한 기록으로 만든 초안",
            "flows": self.flows,
            "preference": {
                "entryFlowId": 1,
                "fallbackFlowId": 2,
                "sessionBehavior": {
                    "restoreNavigation": true,
                    "welcomeOnSessionStart": true,
                    "welcomeOnMessageWithoutSession": false
                }
            }
        });
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }
}

fn node(id: i64, kind: &str, label: &str, data: Value, (x, y): (i64, i64)) -> Value {
    let design = json!({"design": {"x": x, "y": y}});
    let mut node = json!({"id": id, "type": kind, "label": label, "data": null, "meta": design, "next": []});
    node["data"] = data;
    node
}

/// An edge from this node to the newest one.
fn lead(nodes: &mut [Value], from: usize, condition: Option<Value>) {
    let to = nodes.len();
    let mut edge = json!({"nodeId": to});
    if let Some(condition) = condition {
        edge["where"] = condition;
    }
    if let Some(next) = nodes.get_mut(from).and_then(|node| node["next"].as_array_mut()) {
        next.push(edge);
    }
}

/// The messages of an answer.
fn messages(reply: &Reply) -> Vec<Value> {
    let link = reply.link.as_ref();
    let button =
        link.map(|link| json!({"type": "link", "label": plain(&link.label), "uri": plain(&link.url)}));
    let mut messages: Vec<Value> = Vec::new();
    if let Some(text) = &reply.text {
        let letters: Vec<char> = plain(text).chars().collect();
        messages.extend(
            letters.chunks(MAX_TEXT).map(|piece| json!({"type": "text", "text": String::from_iter(piece)})),
        );
    }
    if let Some(photo) = &reply.photo {
        let media = json!({"contentType": "image", "uri": plain(&photo.url)});
        messages.push(json!({"type": "media", "media": media}));
    }
    if let Some(button) = button {
        let label = link.map(|link| plain(&link.label)).unwrap_or_default();
        match messages.iter_mut().rfind(|message| message["type"] == "text") {
            Some(text) => text["buttons"] = json!([button]),
            None => messages.push(json!({"type": "text", "text": label, "buttons": [button]})),
        }
    }
    messages
}

/// A text that is no template.
fn plain(text: &str) -> String {
    text.replace("{{", "{ {").chars().filter(|letter| *letter != '\0').collect()
}

fn short(text: &str) -> String {
    let line = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MAX_TITLE).collect()
}

/// Reads what a bridge has recorded.
pub async fn read(hub: &Hub, bot: BotId) -> Result<Recorder, ReadError> {
    let mut recorder = Recorder::default();
    let mut after = TurnId::new(hub.clock.now_ms() - DAYS * 86_400_000, 0);
    let mut read = 0;
    while read < MAX_TURNS {
        let turns = hub.store.turns(bot, Some(after), PIECE).await?;
        let Some(last) = turns.last() else { break };
        after = last.id;
        read += turns.len();
        for turn in &turns {
            recorder.note(turn.end_user, &turn.trace);
        }
        if turns.len() < PIECE as usize {
            break;
        }
    }
    Ok(recorder)
}

#[cfg(test)]
mod tests {
    use engine::bot::BotFile;

    use super::*;

    fn trace(asked: &str, content: &str, reply: &Value, buttons: &[&str]) -> String {
        json!({"bridge": {"asked": asked, "content": content, "reply": reply, "buttons": buttons}})
            .to_string()
    }

    fn person(number: u128) -> EndUserId {
        EndUserId::new(1, number)
    }

    #[test]
    fn what_was_answered_becomes_flows_and_what_was_not_is_named() {
        let mut recorder = Recorder::default();
        for who in 0..3 {
            let kim = person(who);
            recorder.note(kim, &trace("keyboard", "", &json!({}), &["영업시간", "오시는 길", "날씨"]));
            recorder.note(kim, &trace("text", "영업시간", &json!({"text": "10시부터"}), &["처음으로"]));
            recorder.note(
                kim,
                &trace("text", "처음으로", &json!({"text": "메뉴예요"}), &["영업시간", "오시는 길", "날씨"]),
            );
            recorder.note(kim, &trace("text", "주차", &json!({"text": "{{두 대}}"}), &[]));
        }
        for day in 0..5 {
            let lee = person(9);
            recorder.note(lee, &trace("keyboard", "", &json!({}), &["영업시간", "오시는 길", "날씨"]));
            recorder.note(lee, &trace("text", "날씨", &json!({"text": format!("{day}도")}), &[]));
        }
        let found = recorder.propose("가게", "어서 오세요");
        let reading = BotFile::read(&found.file).expect("a bot that can run");
        assert_eq!(reading.warnings, []);
        assert_eq!((found.turns, found.people), (22, 4));
        assert!(found.unpressed.iter().any(|(_, button)| button == "오시는 길"), "{found:?}");
        assert_eq!(found.varying, ["날씨"]);
        assert_eq!(found.typed, [("주차".to_owned(), 3)]);
        assert!(found.file.contains("10시부터") && found.file.contains("4도") && !found.file.contains("{{"));
    }

    #[test]
    fn a_bridge_that_nobody_used_gives_a_bot_that_says_hello() {
        let found = Recorder::default().propose("가게", "어서 오세요");
        BotFile::read(&found.file).expect("a bot that can run");
        assert_eq!((found.turns, found.flows), (0, 1));
    }
}
