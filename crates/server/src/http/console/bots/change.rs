//! Changing title, description, system messages and behaviour in a bot's draft, and nothing else of it.

use std::sync::Arc;

use axum::extract::State;
use engine::json::Json as Tree;
use serde::Deserialize;
use store::DraftFile;
use utoipa::ToSchema;

use super::{Bot, Life, Saver, TRIES, bot_of, lifted, noting, save, whole};
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
};

/// Characters of a button's label (kakao-skill.md: 14).
const MAX_LABEL: usize = 14;

/// What is to change; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BotChange {
    /// What people call it.
    title: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// How it behaves beyond its flows.
    preference: Option<PreferenceChange>,
}

/// What is to change; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PreferenceChange {
    /// What it says by itself.
    system_message: Option<SystemMessageChange>,
    /// How conversations begin and go on.
    session_behavior: Option<SessionBehaviorChange>,
}

/// What is to change; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SystemMessageChange {
    /// When a turn says nothing.
    empty: Option<String>,
    /// When a turn fails.
    error: Option<String>,
    /// Over buttons that need a message of their own.
    additional_choice: Option<String>,
    /// In place of a medium that the channel cannot show.
    unsupported_media: Option<String>,
    /// The button that fetches the rest.
    more: Option<String>,
    /// When the answer takes longer.
    waiting: Option<String>,
    /// The button that fetches it then.
    waiting_button: Option<String>,
}

/// What is to change; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionBehaviorChange {
    /// Who comes back goes on where they stood.
    restore_navigation: Option<bool>,
    /// Opening the room is answered with the entry flow.
    welcome_on_session_start: Option<bool>,
    /// A first message without a conversation is answered with the entry flow.
    welcome_on_message_without_session: Option<bool>,
}

/// Changes a bot's settings, in its draft.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/bots/{bot}", operation_id = "changeBot", tag = "bots",
    request_body = BotChange, responses((status = 200, body = Bot)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(change): Json<BotChange>,
) -> Result<axum::Json<Bot>, Problem> {
    let edits = edits(change)?;
    for _ in 0..TRIES {
        let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
        let before = hub.store.draft_file(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
        let (mut tree, _) = Tree::parse(&before).map_err(|error| {
            tracing::error!(bot.id = %row.id, %error, "a stored draft cannot be read");
            Problem::Internal
        })?;
        for edit in &edits {
            edit.apply(&mut tree);
        }
        let draft = tree.write();
        if draft == before {
            return whole(&hub, row).await.map(axum::Json);
        }
        let text = |key| lifted(tree.get(key).and_then(Tree::as_str).unwrap_or_default());
        let (title, description) = (text("title"), text("description"));
        let fields = edits.iter().map(|edit| edit.path.join(".")).collect::<Vec<_>>().join(", ");
        let store = noting(&hub, &caller, row.workspace, ("bot.change", &row.title, &fields));
        let file = DraftFile { title: &title, description: &description, draft: &draft };
        let saver = Saver { name: &caller.account.name, session: None };
        if save(&hub, &store, &row, file, saver).await?.is_some() {
            let row = hub.store.bot(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
            return whole(&hub, row).await.map(axum::Json);
        }
    }
    Err(Problem::BotChanged)
}

/// One value of the file that is to be another.
struct Edit {
    path: Vec<&'static str>,
    value: Tree,
}

impl Edit {
    /// Sets the value; objects on the way are made where they are missing.
    fn apply(&self, tree: &mut Tree) {
        let Some((last, way)) = self.path.split_last() else { return };
        let mut at = tree;
        for key in way {
            if !matches!(at.get(key), Some(Tree::Object(_))) {
                at.set(key, Tree::Object(Vec::new()));
            }
            let Some(next) = at.get_mut(key) else { return };
            at = next;
        }
        at.set(last, self.value.clone());
    }
}

fn edits(change: BotChange) -> Result<Vec<Edit>, Problem> {
    let mut check = Check::default();
    let mut edits = Vec::new();
    if let Some(title) = &change.title {
        let title = check.name("/title", title);
        edits.push(Edit { path: vec!["title"], value: Tree::String(title) });
    }
    if let Some(description) = &change.description {
        let description = check.text("/description", description);
        edits.push(Edit { path: vec!["description"], value: Tree::String(description) });
    }
    let preference = change.preference;
    let said = preference.as_ref().and_then(|it| it.system_message.clone()).unwrap_or_default();
    for (key, text, is_label) in [
        ("empty", said.empty, false),
        ("error", said.error, false),
        ("additionalChoice", said.additional_choice, false),
        ("unsupportedMedia", said.unsupported_media, false),
        ("more", said.more, true),
        ("waiting", said.waiting, false),
        ("waitingButton", said.waiting_button, true),
    ] {
        let Some(text) = text else { continue };
        let pointer = format!("/preference/systemMessage/{key}");
        let text = check.text(&pointer, &text);
        if text.trim().is_empty() {
            check.wrong(&pointer, "비워 둘 수 없어요.", "This cannot be empty.");
        }
        if is_label && text.chars().count() > MAX_LABEL {
            check.wrong(
                &pointer,
                format!("버튼에는 {MAX_LABEL}자까지 보여요."),
                format!("A button shows {MAX_LABEL} characters."),
            );
        }
        edits.push(Edit { path: vec!["preference", "systemMessage", key], value: Tree::String(text) });
    }
    let behavior = preference.and_then(|it| it.session_behavior).unwrap_or_default();
    for (key, on) in [
        ("restoreNavigation", behavior.restore_navigation),
        ("welcomeOnSessionStart", behavior.welcome_on_session_start),
        ("welcomeOnMessageWithoutSession", behavior.welcome_on_message_without_session),
    ] {
        if let Some(on) = on {
            edits.push(Edit { path: vec!["preference", "sessionBehavior", key], value: Tree::Bool(on) });
        }
    }
    check.done()?;
    Ok(edits)
}
