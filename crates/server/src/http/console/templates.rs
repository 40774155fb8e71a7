//! Bots to begin with. Each is a bot file of `examples/templates/`, whose own title and description are shown; the bots
//! speak Korean, and who reads English is told in English what they are.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use engine::{
    bot::{Bot, BotFile},
    lang::{Lang, Said},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::List;
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        problem::Problem,
    },
};

macro_rules! templates {
    ($($id:literal: $title:literal, $description:literal);* $(;)?) => {
        /// All templates: the id, and the file.
        pub const ALL: &[(&str, &str)] =
            &[$(($id, include_str!(concat!("../../../../../examples/templates/", $id, ".json")))),*];
        /// In English: the id, what it is called, what it is for.
        const ENGLISH: &[(&str, &str, &str)] = &[$(($id, $title, $description)),*];
    };
}

templates! {
    "empty": "Empty bot",
        "An empty bot that says hello and waits for an answer. Fill it in step by step.";
    "tutorial": "Tutorial",
        "Learn by talking to it: buttons, remembering, conditions, cards, helpers and going back, one after the other.";
    "customer-service": "Customer service",
        "Answers frequent questions at once, takes order enquiries and hands them to an agent.";
    "leads": "Lead collection",
        "Asks for consent first, then for name, phone number and interests, and takes a request for a call.";
    "shop": "Shop",
        "Shows products as cards, adds up a cart, and hands the order to an agent.";
    "reservation": "Reservation",
        "Takes a booking by service, date and time; it can be changed and cancelled.";
}

/// A bot to begin with.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its id.
    id: &'static str,
    /// What it is called, in the caller's language.
    title: String,
    /// What it is for.
    description: String,
    /// How many flows it has.
    flows: usize,
}

/// A template in both languages.
struct Shown {
    id: &'static str,
    title: Said,
    description: Said,
    flows: usize,
}

impl Shown {
    fn told(&self, lang: Lang) -> Template {
        Template {
            id: self.id,
            title: self.title.get(lang).to_owned(),
            description: self.description.get(lang).to_owned(),
            flows: self.flows,
        }
    }
}

/// Read once: the files are part of the program, and a test reads them all.
static SHOWN: LazyLock<Vec<Shown>> = LazyLock::new(|| {
    ALL.iter()
        .zip(ENGLISH)
        .filter_map(|((id, file), (_, title, description))| {
            let bot = Bot::compile(&BotFile::read(file).ok()?.file);
            Some(Shown {
                id,
                title: Said::new(bot.title, *title),
                description: Said::new(bot.description, *description),
                flows: bot.flows.len(),
            })
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
    Speaks(lang): Speaks,
) -> Result<axum::Json<List<Template>>, Problem> {
    Ok(axum::Json(List { items: SHOWN.iter().map(|it| it.told(lang)).collect(), next: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        assert_eq!(SHOWN.len(), ALL.len());
        for template in SHOWN.iter() {
            let (ko, en) = (template.told(Lang::Ko), template.told(Lang::En));
            assert!(!ko.title.is_empty() && !ko.description.is_empty() && ko.flows > 0, "{ko:?}");
            assert!(en.title != ko.title && en.description != ko.description, "{en:?}");
        }
    }
}
