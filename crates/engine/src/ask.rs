//! The only door to the world: what a turn may ask, and what it is told.
//!
//! The engine stops at an [`Ask`] and is resumed with a [`Reply`]; who answers, and how, is not its business. All
//! texts are rendered before the question is put. At most one question is open at a time.

use serde_json::{Map, Value};

/// A question to the world.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An HTTP request (node `fetch`).
    Fetch(Fetch),
    /// JavaScript of the bot's author (node `sandbox`).
    Script {
        /// The source.
        script: String,
        /// What the file calls the runtime.
        runtime: String,
        /// The whole context, as the handler's first argument.
        context: Value,
    },
    /// A row for a spreadsheet (node `gsheet`).
    Sheet {
        /// The connected account.
        token: String,
        /// The spreadsheet.
        spreadsheet_id: String,
        /// The sheet in it; made if missing.
        sheet_name: String,
        /// Names of the columns.
        columns: Vec<String>,
        /// The row.
        values: Vec<String>,
    },
    /// An e-mail (node `email`).
    Mail {
        /// Who receives it.
        to: String,
        /// Who is answered.
        reply_to: String,
        /// The subject.
        subject: String,
        /// HTML.
        body: String,
    },
    /// What does this text mean (node `nlp`)?
    Nlp {
        /// The node's data after templates.
        data: Value,
        /// The end user's text.
        text: String,
    },
    /// A generated reply (node `chitchat`).
    Chitchat {
        /// The node's data after templates.
        data: Value,
        /// The end user's text.
        text: String,
    },
}

/// An HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetch {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The address.
    pub uri: String,
    /// Names and values in file order.
    pub headers: Vec<(String, String)>,
    /// `json`, `x-www-form-urlencoded` or `text`.
    pub content_type: String,
    /// The body: text, or names and values of a form.
    pub body: FetchBody,
}

/// The body of an HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub enum FetchBody {
    /// None.
    Empty,
    /// As it is.
    Text(String),
    /// To be form-encoded.
    Form(Vec<(String, String)>),
}

/// What the world said.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// It worked; the results stand under the node's type in the context.
    Done(Map<String, Value>),
    /// It failed; edges can branch on `<type>.error`.
    Failed {
        /// A stable name, such as `TimeoutError`.
        name: String,
        /// What happened and what to do, for the bot's author.
        message: String,
        /// Results that there are all the same, such as the body of a 404.
        results: Map<String, Value>,
    },
}
