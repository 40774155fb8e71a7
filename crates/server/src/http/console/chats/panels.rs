//! What a business shows agents beside a conversation: pages of theirs in a sandboxed frame, or a text.
//!
//! The frame gets no cookies of ours and none of our pages: its address names the conversation and says who asks, signed with
//! the secret of the bot's web chat, so that the business's server can tell it from a guess.

use std::sync::Arc;

use axum::extract::State;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use engine::{
    context::Context,
    template::{Env, Template},
};
use livechat::settings::Panel;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{super::List, read};
use crate::{
    Hub,
    chat::{kept::Kept, settings},
    http::{access::Caller, input::Ids, problem::Problem},
    webchat,
};

/// What a frame may do: no form of ours, no cookies, no way up.
const SANDBOX: &str = "allow-scripts allow-popups allow-modals allow-forms";
/// … and a text: nothing.
const SANDBOX_OF_TEXT: &str = "allow-popups";

/// Something of the business's own beside a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownPanel {
    /// What it is called.
    title: String,
    /// The page, to be shown in a frame with this `sandbox`; null where it is a text. `context` and `signature` are at the
    /// end of its query (docs/live.md).
    #[schema(required)]
    url: Option<String>,
    /// HTML, to be shown as a frame's `srcdoc` with this `sandbox`; null where it is a page.
    #[schema(required)]
    html: Option<String>,
    /// The frame's `sandbox`.
    sandbox: &'static str,
    /// Why it cannot be shown; null where it can.
    #[schema(required)]
    error: Option<String>,
}

/// What the business shows beside this conversation.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/{chat}/panels", operation_id = "listChatPanels", tag = "chats",
    responses((status = 200, body = List<ShownPanel>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<List<ShownPanel>>, Problem> {
    let (read, row) = read(&hub, &caller, &chat).await?;
    let settings = settings::of(&hub, row.workspace, row.bot).await?;
    let params = read.session.as_ref().map(|session| Kept::read(&session.state).session.params);
    let now_ms = hub.clock.now_ms();
    let about = json!({
        "at": now_ms,
        "chatId": row.end_user,
        "botId": row.bot,
        "platform": row.platform,
        "userKey": row.user_key,
        "agent": {"id": caller.account.id, "name": caller.account.name, "email": caller.account.email},
        "user": {"name": row.name, "phone": row.phone, "email": row.email, "gender": row.gender},
    });
    let mut context = about.as_object().cloned().unwrap_or_default();
    context.insert("params".to_owned(), Value::Object(params.unwrap_or_default()));
    let secret = read.web.as_ref().map(|(_, _, secret)| secret.as_slice()).unwrap_or_default();
    let signed = signed(&about, secret);
    let shown = |panel: &Panel| {
        let seed = hub.die.roll();
        let (template, filled) = if panel.url.is_empty() {
            (&panel.html, mapped(&context, &escaped))
        } else {
            (&panel.url, mapped(&context, &encoded))
        };
        let rendered = Template::parse(template).and_then(|template| {
            template.render(&Context::from_value(Value::Object(filled)), &mut Env::new(now_ms, seed))
        });
        let (text, error) = match rendered {
            Ok(rendered) => (rendered.text, None),
            Err(error) => (String::new(), Some(error.to_string())),
        };
        let is_page = !panel.url.is_empty();
        let there = error.is_none();
        ShownPanel {
            title: panel.title.clone(),
            url: (is_page && there).then(|| with_query(&text, &signed)),
            html: (!is_page && there).then_some(text),
            sandbox: if is_page { SANDBOX } else { SANDBOX_OF_TEXT },
            error,
        }
    };
    Ok(axum::Json(List { items: settings.panels.iter().map(shown).collect(), next: None }))
}

/// `context=…&signature=…`: the context as base64url of JSON, and its HMAC-SHA256 in hexadecimal. No signature where the bot
/// has no web chat and so no secret.
fn signed(about: &Value, secret: &[u8]) -> String {
    let context = BASE64_URL_SAFE_NO_PAD.encode(about.to_string());
    if secret.is_empty() {
        return format!("context={context}");
    }
    let signature = webchat::sign_key(secret, &context);
    format!("context={context}&signature={signature}")
}

fn with_query(url: &str, query: &str) -> String {
    let (page, place) = url.split_once('#').map_or((url, None), |(page, place)| (page, Some(place)));
    let mark = if page.contains('?') { '&' } else { '?' };
    let place = place.map(|place| format!("#{place}")).unwrap_or_default();
    format!("{page}{mark}{query}{place}")
}

/// All texts of a context, made harmless for where they are put.
fn mapped(context: &Map<String, Value>, harmless: &dyn Fn(&str) -> String) -> Map<String, Value> {
    context.iter().map(|(name, value)| (name.clone(), value_of(value, harmless))).collect()
}

fn value_of(value: &Value, harmless: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(harmless(text)),
        Value::Array(all) => all.iter().map(|value| value_of(value, harmless)).collect(),
        Value::Object(all) => Value::Object(mapped(all, harmless)),
        other => other.clone(),
    }
}

/// A part of an address.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// A part of a page.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, letter| {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_customers_say_is_a_text_wherever_it_stands() {
        assert_eq!(encoded("귤&x=1#"), "%EA%B7%A4%26x%3D1%23");
        assert_eq!(escaped("<script>'\"&"), "&lt;script&gt;&#39;&quot;&amp;");
        assert_eq!(
            with_query("https://a.example/p?x=1#top", "context=c"),
            "https://a.example/p?x=1&context=c#top"
        );
        assert_eq!(with_query("https://a.example/p", "context=c"), "https://a.example/p?context=c");
    }
}
