//! What agents write down: notes for colleagues, who the customer is, what it is about; and a conversation as a text.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::lang::{Lang, Said};
use livechat::words::grams;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{AccountId, ChatProfile, ChatRow, LineId, LineRow, MemberRow, NewLine, ThreadMessage};
use utoipa::ToSchema;

use super::{ChatLine, event, row};
use crate::{
    Hub,
    chat::{change::line_json, settings::team_of, sight, summary, view::Chat},
    http::{
        access::{Caller, Role, Speaks},
        console::raw,
        input::{Check, Ids, Json},
        problem::Problem,
    },
};

/// Tags of a conversation, and characters of one.
const MAX_TAGS: usize = 20;
const MAX_TAG: usize = 30;
/// Levels of a category, and characters of one.
const MAX_LEVELS: usize = 3;
const MAX_LEVEL: usize = 60;
/// Characters of a name, a telephone number and the like.
const MAX_FIELD: usize = 100;
/// Messages of an export, and of one read of it.
const MAX_EXPORT: usize = 20_000;
const EXPORT_PIECE: u32 = 500;

/// A note for colleagues.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Note {
    /// What it says.
    text: String,
    /// Members who are mentioned in it.
    #[serde(default)]
    mentions: Vec<String>,
}

/// What agents write down about an end user; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Profile {
    /// The name.
    name: Option<String>,
    /// The telephone number.
    phone: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The gender, in words.
    gender: Option<String>,
    /// All tags.
    tags: Option<Vec<String>>,
    /// What it is about: 대, 중, 소분류, from the outside in.
    category: Option<Vec<String>>,
}

/// Writes a note that colleagues see and the end user does not.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/notes", operation_id = "noteChat", tag = "chats",
    request_body = Note, responses((status = 201, body = ChatLine)))]
pub async fn note(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(note): Json<Note>,
) -> Result<(StatusCode, axum::Json<ChatLine>), Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    let text = check.text("/text", &note.text);
    if text.trim().is_empty() {
        check.wrong("/text", "메모를 적어 주세요.", "Write a note.");
    }
    check.done()?;
    let row = row(&hub, &caller, &chat).await?;
    let members = hub.store.members(workspace).await?;
    let mut mentioned: Vec<&MemberRow> =
        members.iter().filter(|member| note.mentions.contains(&member.account.to_string())).collect();
    let mut hidden = Vec::new();
    for member in &mentioned {
        let sees_all = Role::read(&member.role).is_some_and(|role| role >= Role::Admin);
        if !sees_all && sight::hides(&hub, &row, member.account).await? {
            hidden.push(member.account);
        }
    }
    // Who may not see the conversation is not told of it, either.
    mentioned.retain(|member| !hidden.contains(&member.account));
    let mentioned: Vec<AccountId> = mentioned.iter().map(|member| member.account).collect();
    let mentions: Vec<String> = mentioned.iter().map(ToString::to_string).collect();
    let now_ms = hub.clock.now_ms();
    let line = NewLine {
        id: LineId::new(now_ms, hub.die.roll_wide()),
        kind: "note",
        agent: None,
        by: Some(caller.account.id),
        data: json!({"text": text, "mentions": mentions}).to_string(),
    };
    let mut events = vec![event("line", row.end_user, line_json(&line, now_ms, row.last_seq))];
    if !mentions.is_empty() {
        let told = json!({"line": line.id, "by": caller.account.id, "text": text, "mentions": mentions});
        events.push(event("mention", row.end_user, told.to_string()));
    }
    let made = ChatLine {
        id: line.id,
        kind: line.kind.to_owned(),
        at: now_ms,
        after_seq: row.last_seq,
        agent: None,
        by: line.by,
        data: raw(line.data.clone()),
    };
    hub.store.note_chat((workspace, row.end_user), (line, &mentioned), events, now_ms).await?;
    hub.live.ring(workspace);
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Writes down who the end user is.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/chats/{chat}", operation_id = "changeChat", tag = "chats",
    request_body = Profile, responses((status = 200, body = Chat)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(profile): Json<Profile>,
) -> Result<axum::Json<Chat>, Problem> {
    let row = row(&hub, &caller, &chat).await?;
    let mut check = Check::default();
    let mut field = |pointer: &str, value: Option<String>| {
        let value = value?.trim().to_owned();
        if value.chars().count() > MAX_FIELD || value.contains(char::is_control) {
            check.wrong(
                pointer,
                format!("{MAX_FIELD}자까지 한 줄로 적어 주세요."),
                format!("Enter at most {MAX_FIELD} characters in one line."),
            );
        }
        Some(value)
    };
    let mut change = ChatProfile {
        name: field("/name", profile.name),
        phone: field("/phone", profile.phone),
        email: field("/email", profile.email),
        gender: field("/gender", profile.gender),
        ..ChatProfile::default()
    };
    change.tags = profile.tags.map(|tags| labels(&mut check, "/tags", &tags, (MAX_TAGS, MAX_TAG)));
    change.category =
        profile.category.map(|levels| labels(&mut check, "/category", &levels, (MAX_LEVELS, MAX_LEVEL)));
    check.done()?;
    let named = [&change.name, &change.phone, &change.email].into_iter().flatten();
    let pairs: Vec<i64> = named.flat_map(|name| grams(name)).collect();
    let whose = (row.workspace, row.end_user);
    hub.store.set_chat_profile(whose, change, &pairs, hub.clock.now_ms()).await?;
    hub.live.ring(row.workspace);
    let read = hub.store.chat_by_id(row.workspace, row.end_user).await?;
    Ok(axum::Json(read.and_then(|read| read.chat).unwrap_or(row).into()))
}

/// Texts without spaces around them, each once, as they are stored.
fn labels(check: &mut Check, pointer: &str, all: &[String], (most, longest): (usize, usize)) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for text in all.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    if kept.len() > most || kept.iter().any(|text| text.chars().count() > longest) {
        check.wrong(
            pointer,
            format!("{most}개, 하나에 {longest}자까지예요."),
            format!("There may be {most}, of {longest} characters each."),
        );
    }
    json!(kept).to_string()
}

/// A conversation as a text: who said what and when, and what happened, in the team's zone. Notes for colleagues are not in
/// it.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/{chat}/export", operation_id = "exportChat", tag = "chats",
    responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn export(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<Response, Problem> {
    let row = row(&hub, &caller, &chat).await?;
    let team = team_of(hub.store.chat_settings(row.workspace, None).await?.0.as_deref());
    let members = hub.store.members(row.workspace).await?;
    let mut messages: Vec<ThreadMessage> = Vec::new();
    loop {
        let before = messages.last().map(|message| message.seq);
        let piece = hub.store.chat_before(row.end_user, before, EXPORT_PIECE).await?;
        let done = piece.len() < EXPORT_PIECE as usize;
        messages.extend(piece);
        if done || messages.len() >= MAX_EXPORT {
            break;
        }
    }
    messages.reverse();
    let since = messages.first().map_or(row.created_at, |message| message.at.min(row.created_at));
    let lines = hub.store.chat_lines(row.end_user, since, MAX_EXPORT as u32).await?;
    let written = Written { lang, members: &members, at: &|moment| team.hours.local(moment) };
    let text = written.text(&row, &messages, &lines);
    let name = format!("attachment; filename=\"chat-{}.txt\"", row.end_user);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((headers, text).into_response())
}

/// How a conversation is written down.
struct Written<'a> {
    lang: Lang,
    members: &'a [MemberRow],
    at: &'a dyn Fn(i64) -> String,
}

impl Written<'_> {
    /// All of it, with a byte order mark: old editors in Korea take a text without one for EUC-KR.
    fn text(&self, chat: &ChatRow, messages: &[ThreadMessage], lines: &[LineRow]) -> String {
        let name = if chat.name.is_empty() { &chat.user_key } else { &chat.name };
        let mut text = format!("\u{feff}{name} ({}, {})\r\n\r\n", chat.platform, chat.user_key);
        let mut lines = lines.iter().filter(|line| line.kind != "note").peekable();
        let mut told = |text: &mut String, upto: i64, at: i64| {
            // Who writes into a request comes in by it: they come, and then they write.
            let comes = |line: &&LineRow| {
                let with_it = line.after_seq == upto && line.at == at;
                line.after_seq < upto || (with_it && ["connected", "joined"].contains(&line.kind.as_str()))
            };
            while let Some(line) = lines.next_if(comes) {
                text.push_str(&format!("{} {}\r\n", (self.at)(line.at), self.line(line)));
            }
        };
        for message in messages {
            told(&mut text, message.seq, message.at);
            let who = match message.sender.as_str() {
                "user" => Said::new("고객", "Customer").get(self.lang).to_owned(),
                "agent" => self.name(message.author),
                _ => Said::new("챗봇", "Bot").get(self.lang).to_owned(),
            };
            let said = spoken(&message.data).replace('\n', "\r\n    ");
            text.push_str(&format!("{} {who}: {said}\r\n", (self.at)(message.at)));
        }
        told(&mut text, i64::MAX, i64::MAX);
        text
    }

    fn line(&self, line: &LineRow) -> String {
        let said = match line.kind.as_str() {
            "requested" => Said::new("상담원 호출", "Agent called"),
            "assigned" => Said::new("상담원 배정", "Assigned"),
            "connected" | "joined" => Said::new("상담 입장", "Agent came in"),
            "left" => Said::new("상담 퇴장", "Agent left"),
            "transferred" => Said::new("상담 위임", "Handed over"),
            "flow-started" => Said::new("플로우 시작", "Flow started"),
            "flow-stopped" => Said::new("플로우 정지", "Flow stopped"),
            "completed" => Said::new("상담 완료", "Completed"),
            "missed" => Said::new("상담 놓침", "Missed"),
            _ => Said::new("상담", "Consultation"),
        };
        let data: Value = serde_json::from_str(&line.data).unwrap_or_default();
        let category: Vec<&str> =
            data["category"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let about = line.agent.map_or_else(|| category.join(" > "), |agent| self.name(Some(agent)));
        format!("[{}] {about}", said.get(self.lang)).trim_end().to_owned()
    }

    fn name(&self, agent: Option<store::AccountId>) -> String {
        let known = agent.and_then(|agent| self.members.iter().find(|member| member.account == agent));
        known.map_or_else(
            || Said::new("상담원", "Agent").get(self.lang).to_owned(),
            |member| member.name.clone(),
        )
    }
}

/// A message in words, with the addresses of what is no text.
fn spoken(data: &str) -> String {
    let message: Value = serde_json::from_str(data).unwrap_or_default();
    let words = summary::words(data);
    let uri = message.pointer("/media/uri").and_then(Value::as_str).unwrap_or_default();
    let line = if words.is_empty() { summary::of(data) } else { words };
    format!("{line} {uri}").trim().to_owned()
}
