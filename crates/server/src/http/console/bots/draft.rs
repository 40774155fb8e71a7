//! The draft that people work on in the editor: read and written whole, never overwritten unseen.
//!
//! Whoever writes names the revision on which their work is based; where the draft has moved on nothing is stored, and the
//! editor reads, merges and writes again. Who else is there, and that somebody saved, is told as server-sent events.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use engine::bot::BotFile;
use futures_util::{Stream, stream};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{BotId, DraftFile};
use tokio::sync::{broadcast, watch};
use utoipa::ToSchema;

use super::{Life, Saver, Warning, bot_of, lifted, noting, save, warnings};
use crate::{
    Hub,
    editors::{News, Presence, Saved},
    http::{
        access::{Caller, Speaks},
        console::picture_url,
        input::{self, BotBody, Check, Ids, Json},
        problem::{Problem, Thing},
    },
};

/// Names one of a person's open editors.
const SESSION: &str = "x-editor-session";
/// Characters of such a name.
const MAX_SESSION: usize = 64;
/// How often it is looked whether somebody has gone.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// How long one stream of events lasts. Browsers come back by themselves, and are asked again who they are.
const STREAM_FOR: Duration = Duration::from_secs(600);

/// A bot's draft.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Counts its changes.
    revision: i64,
    /// The bot file as it stands: numbers keep their spelling.
    #[schema(value_type = Object)]
    file: Box<RawValue>,
    /// When the bot was last changed.
    updated_at: i64,
}

/// A draft to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftToSave {
    /// The revision on which it is based.
    base: i64,
    /// The whole bot file. Send it as it stands: numbers keep their spelling.
    #[schema(value_type = Object)]
    file: Box<RawValue>,
}

/// A draft that was saved.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DraftKept {
    /// Its revision now.
    pub(super) revision: i64,
    /// What is remarkable about the file.
    pub(super) warnings: Vec<Warning>,
}

/// Where an editor is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EditorPlace {
    /// Names this one of a person's open editors: 1 to 64 letters, digits, `-` or `_`.
    session: String,
    /// The flow that is shown.
    flow: Option<i64>,
    /// The node that is selected.
    node: Option<i64>,
}

/// Who is there.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EditorPeople {
    /// All open editors, the caller's own among them.
    people: Vec<Presence>,
}

/// The data of one event: `presence` or `saved`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum DraftNews {
    /// Of `presence`: whenever somebody came, went or moved, and at the beginning.
    Presence(EditorPeople),
    /// Of `saved`: whenever anybody saved the draft.
    Saved(Saved),
}

/// The draft.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/draft", operation_id = "getDraft", tag = "editor",
    responses((status = 200, body = Draft)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<Draft>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let draft = hub.store.draft(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    Ok(axum::Json(Draft { revision: draft.revision, file: raw(draft.file)?, updated_at: draft.updated_at }))
}

/// A stored file as it is sent.
fn raw(file: String) -> Result<Box<RawValue>, Problem> {
    RawValue::from_string(file).map_err(|error| {
        tracing::error!(%error, "a stored bot file is no JSON");
        Problem::Internal
    })
}

/// Saves the draft, if it is still as it was when the work on it began. An editor may say which of a person's editors it is
/// in `x-editor-session`, so that it knows its own `saved` event.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/draft", operation_id = "saveDraft", tag = "editor",
    params(("x-editor-session" = Option<String>, Header, description = "Which open editor saves.")),
    request_body = DraftToSave, responses((status = 200, body = DraftKept)))]
pub async fn keep(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    headers: HeaderMap,
    BotBody(body): BotBody,
) -> Result<axum::Json<DraftKept>, Problem> {
    let new: DraftToSave = input::read(body.as_bytes())?;
    let reading = BotFile::read(new.file.get()).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    if row.draft_revision != new.base {
        return Err(Problem::DraftChanged);
    }
    let warnings = warnings(&reading.warnings, lang);
    let draft = reading.file.write();
    let now = hub.store.draft(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    if now.file == draft && now.revision == new.base {
        return Ok(axum::Json(DraftKept { revision: new.base, warnings }));
    }
    // The log says that somebody worked on the bot, not each of the saves that the editor makes by itself.
    let store = if hub.editors.is_to_be_noted(row.id, caller.account.id, hub.clock.now_ms()) {
        noting(&hub, &caller, row.workspace, ("bot.edit", &row.title, ""))
    } else {
        hub.store.clone()
    };
    let (title, description) = (lifted(reading.file.title()), lifted(reading.file.description()));
    let file = DraftFile { title: &title, description: &description, draft: &draft };
    let session = headers.get(SESSION).and_then(|value| value.to_str().ok()).filter(|it| is_session(it));
    let saver = Saver { name: &caller.account.name, session };
    match save(&hub, &store, &row, file, saver).await? {
        Some(revision) => Ok(axum::Json(DraftKept { revision, warnings })),
        None => Err(Problem::DraftChanged),
    }
}

/// Says where an open editor is, and that it is still there: every 20 seconds, or it is gone after 45.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/draft/presence", operation_id = "setPresence",
    tag = "editor", request_body = EditorPlace, responses((status = 200, body = EditorPeople)))]
pub async fn be_present(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(place): Json<EditorPlace>,
) -> Result<axum::Json<EditorPeople>, Problem> {
    let mut check = Check::default();
    if !is_session(&place.session) {
        check.wrong(
            "/session",
            "영문자, 숫자, -, _로 64자까지 적어 주세요.",
            "Use 1 to 64 letters, digits, - or _.",
        );
    }
    check.done()?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let present = Presence {
        session: place.session,
        account_id: caller.account.id,
        name: caller.account.name,
        picture: caller.account.picture.map(picture_url),
        flow: place.flow,
        node: place.node,
    };
    // Where too many are there already, one works unseen: nothing but a courtesy is lost.
    hub.editors.enter(row.id, present, hub.clock.now_ms());
    Ok(axum::Json(EditorPeople { people: hub.editors.people(row.id) }))
}

fn is_session(name: &str) -> bool {
    (1..=MAX_SESSION).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// What happens to the draft, as it happens (server-sent events). The stream ends after ten minutes; browsers open it again
/// by themselves.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/draft/events", operation_id = "watchDraft", tag = "editor",
    responses((status = 200, body = DraftNews, content_type = "text/event-stream")))]
pub async fn events(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let news = hub.editors.listen(row.id, hub.clock.now_ms()).ok_or(Problem::Busy)?;
    let until = (hub.clock.instant() + STREAM_FOR).into();
    let closing = hub.editors.closing();
    let watcher = Watcher { hub, bot: row.id, news, closing, until, begun: false };
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok(event), watcher))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// Somebody who watches a draft.
struct Watcher {
    hub: Arc<Hub>,
    bot: BotId,
    news: broadcast::Receiver<News>,
    closing: watch::Receiver<bool>,
    until: tokio::time::Instant,
    begun: bool,
}

impl Watcher {
    async fn next(&mut self) -> Option<Event> {
        if !std::mem::replace(&mut self.begun, true) {
            self.hub.editors.sweep(self.bot, self.hub.clock.now_ms());
            return self.people();
        }
        loop {
            let news = tokio::select! {
                _ = self.closing.wait_for(|closing| *closing) => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                () = tokio::time::sleep(SWEEP_EVERY) => None,
                // Who missed a `saved` begins anew: opening the stream again is when editors look what there is.
                news = self.news.recv() => Some(news.ok()?),
            };
            match news {
                None => self.hub.editors.sweep(self.bot, self.hub.clock.now_ms()),
                Some(News::Presence) => return self.people(),
                Some(News::Saved(saved)) => {
                    return Event::default().event("saved").json_data(DraftNews::Saved(saved)).ok();
                }
            }
        }
    }

    fn people(&self) -> Option<Event> {
        let people = EditorPeople { people: self.hub.editors.people(self.bot) };
        Event::default().event("presence").json_data(DraftNews::Presence(people)).ok()
    }
}
