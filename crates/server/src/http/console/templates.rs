//! Bots to begin with. Each is a bot file of `examples/templates/`, whose own title and description are shown.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use engine::bot::{Bot, BotFile};
use serde::Serialize;
use utoipa::ToSchema;

use super::List;
use crate::{
    Hub,
    http::{access::Caller, problem::Problem},
};

macro_rules! templates {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../../../../examples/templates/", $id, ".json")))),*]
    };
}

/// All templates: the id, and the file.
pub const ALL: &[(&str, &str)] =
    templates!["empty", "tutorial", "customer-service", "leads", "shop", "reservation"];

/// A bot to begin with.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its id.
    id: &'static str,
    /// What it is called.
    title: String,
    /// What it is for.
    description: String,
    /// How many flows it has.
    flows: usize,
}

/// Read once: the files are part of the program, and a test reads them all.
static SHOWN: LazyLock<Vec<Template>> = LazyLock::new(|| {
    ALL.iter()
        .filter_map(|(id, file)| {
            let bot = Bot::compile(&BotFile::read(file).ok()?.file);
            Some(Template { id, title: bot.title, description: bot.description, flows: bot.flows.len() })
        })
        .collect()
});

/// The file of a template.
pub fn file(id: &str) -> Option<&'static str> {
    ALL.iter().find(|(known, _)| *known == id).map(|(_, file)| *file)
}

/// Bots to begin with.
#[utoipa::path(get, path = "/api/workspaces/{ws}/templates", operation_id = "listTemplates", tag = "bots",
    responses((status = 200, body = List<Template>)))]
pub async fn list(
    State(_hub): State<Arc<Hub>>,
    _caller: Caller,
) -> Result<axum::Json<List<Template>>, Problem> {
    Ok(axum::Json(List { items: SHOWN.clone(), next: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        assert_eq!(SHOWN.len(), ALL.len());
        for template in SHOWN.iter() {
            assert!(!template.title.is_empty() && template.flows > 0, "{template:?}");
        }
    }
}
