//! The node `gsheet`: appends a row to a Google spreadsheet, as a service account (Sheets v4).
//!
//! A sheet that is missing is made, an empty one gets the columns' names as its first row. Where there is a first row,
//! each value goes under the column of its name, wherever that stands; names that are not there yet are added at the
//! end. Values are written as they are (`RAW`): a person who answers `=IMPORTXML(…)` writes a text, not a formula. A
//! row is sent once: where nobody knows whether it was taken, it is not sent again.

mod columns;

use engine::ask::Reply;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use self::columns::{Place, letters, place};
use super::provider::{
    Call, Told, Trouble, failed,
    google::{self, Account},
    join, part, settings, shortened,
};
use crate::guard::Request;

const SCOPE: &str = "https://www.googleapis.com/auth/spreadsheets";
const BASE: &str = "https://sheets.googleapis.com";
/// Letters of a cell (Google's own bound).
const MAX_CELL: usize = 50_000;
/// Columns of a row that are written.
const MAX_COLUMNS: usize = 200;
const WHO: &str = "Google Sheets";

/// A row for a spreadsheet.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The spreadsheet's id, or its address in a browser.
    pub spreadsheet: &'a str,
    /// The sheet in it; empty means the first one.
    pub sheet: &'a str,
    /// Names of the columns.
    pub columns: &'a [String],
    /// Their values, in the same order.
    pub values: &'a [String],
}

/// A connection `google`.
#[derive(Debug, Deserialize)]
struct Connection {
    #[serde(flatten)]
    account: Account,
    #[serde(default, rename = "sheetsUrl")]
    sheets_url: Option<String>,
}

/// Why a row was not appended.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Google, or the way to it.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// There is nothing to write.
    #[error("The row is empty: it needs at least one value")]
    NoValues,
    /// More than is written.
    #[error("A row has {MAX_COLUMNS} columns at most")]
    Columns,
    /// The spreadsheet is not shared with the account.
    #[error("The spreadsheet is not shared with {account}; share it as an editor")]
    NotShared {
        /// The account's address.
        account: String,
    },
    /// There is no such spreadsheet.
    #[error("There is no spreadsheet with the id {id}")]
    NoSpreadsheet {
        /// Its id, shortened.
        id: String,
    },
}

struct Book<'a> {
    call: &'a Call<'a>,
    account: &'a Account,
    base: String,
    id: &'a str,
}

/// Appends a row with the account of these settings (connection `google`). The results are `updatedRange`, `row` and
/// `sheetName`.
pub async fn append(call: &Call<'_>, value: &Value, row: &Row<'_>) -> Reply {
    let key = value["private_key"].as_str().unwrap_or_default();
    let connection: Connection = match settings(WHO, value) {
        Ok(connection) => connection,
        Err(trouble) => return failed(&trouble, &[key], Map::new()),
    };
    match append_with(call, &connection, row).await {
        Ok(results) => Reply::Done(results),
        Err(error) => failed(&error, &[key], Map::new()),
    }
}

async fn append_with(
    call: &Call<'_>,
    connection: &Connection,
    row: &Row<'_>,
) -> Result<Map<String, Value>, SheetError> {
    if row.values.is_empty() && row.columns.is_empty() {
        return Err(SheetError::NoValues);
    }
    if row.values.len().max(row.columns.len()) > MAX_COLUMNS {
        return Err(SheetError::Columns);
    }
    let id = id_of(row.spreadsheet);
    let base = connection.sheets_url.as_deref().unwrap_or(BASE);
    let base = join(base, &format!("v4/spreadsheets/{}", part(id)));
    let book = Book { call, account: &connection.account, base, id };
    let sheet = match row.sheet.trim() {
        "" => book.titles().await?.into_iter().next().unwrap_or_default(),
        name => name.to_owned(),
    };
    let header = match book.header(&sheet).await? {
        Some(header) => header,
        None => {
            book.add_sheet(&sheet).await?;
            Vec::new()
        }
    };
    let Place { cells, added, from } = place(&header, row.columns, row.values);
    if !added.is_empty() {
        let range = format!("{}!{}1", quoted(&sheet), letters(from));
        let body = json!({"range": range, "majorDimension": "ROWS", "values": [added]});
        book.ask("PUT", &format!("/values/{}?valueInputOption=RAW", part(&range)), Some(body)).await?;
    }
    let width = header.len().max(from + added.len()).max(cells.len()).max(1);
    let range = format!("{}!A1:{}1", quoted(&sheet), letters(width - 1));
    let cells: Vec<&str> = cells.iter().map(|cell| shortened(cell, MAX_CELL)).collect();
    let path = format!("/values/{}:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS", part(&range));
    let body = json!({"majorDimension": "ROWS", "values": [cells]});
    let done = book.ask("POST", &path, Some(body)).await?;
    let mut results = Map::new();
    results.insert("sheetName".to_owned(), sheet.into());
    if let Some(updated) = done.pointer("/updates/updatedRange").and_then(Value::as_str) {
        results.insert("updatedRange".to_owned(), updated.into());
        if let Some(number) = row_of(updated) {
            results.insert("row".to_owned(), number.into());
        }
    }
    Ok(results)
}

impl Book<'_> {
    /// The names of the sheets, in their order.
    async fn titles(&self) -> Result<Vec<String>, SheetError> {
        let about = self.ask("GET", "?fields=sheets.properties.title", None).await?;
        let sheets = about["sheets"].as_array().ok_or(Trouble::Unreadable { who: WHO })?;
        Ok(sheets
            .iter()
            .filter_map(|sheet| sheet["properties"]["title"].as_str())
            .map(str::to_owned)
            .collect())
    }

    /// The first row; `None` where there is no such sheet.
    async fn header(&self, sheet: &str) -> Result<Option<Vec<String>>, SheetError> {
        let path = format!("/values/{}", part(&format!("{}!1:1", quoted(sheet))));
        match self.ask("GET", &path, None).await {
            Ok(body) => {
                let cells = body.pointer("/values/0").and_then(Value::as_array);
                Ok(Some(cells.into_iter().flatten().map(text_of).collect()))
            }
            // Google says of a sheet that is not there that its range cannot be parsed.
            Err(SheetError::Trouble(Trouble::Status { status: 400, .. }))
                if !self.titles().await?.iter().any(|title| title == sheet) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn add_sheet(&self, title: &str) -> Result<(), SheetError> {
        let body = json!({"requests": [{"addSheet": {"properties": {"title": title}}}]});
        match self.ask("POST", ":batchUpdate", Some(body)).await {
            // Another turn was quicker.
            Err(SheetError::Trouble(Trouble::Status { status: 400, said, .. }))
                if said.contains("already exists") =>
            {
                Ok(())
            }
            done => done.map(|_| ()),
        }
    }

    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, SheetError> {
        match self.ask_once(method, path, body.as_ref()).await {
            // The token was taken back before its end. Nothing was done, so it can be tried with a new one.
            Err(Trouble::SignIn { status: 401, .. }) => {
                google::forget(self.call, self.account, SCOPE);
                self.ask_once(method, path, body.as_ref()).await.map_err(|trouble| self.explained(trouble))
            }
            done => done.map_err(|trouble| self.explained(trouble)),
        }
    }

    async fn ask_once(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Trouble> {
        let token = google::token(self.call, self.account, SCOPE).await?;
        let request = Request::new(method, &format!("{}{path}", self.base))
            .header("authorization", &format!("Bearer {token}"));
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        self.call.json(WHO, request).await
    }

    fn explained(&self, trouble: Trouble) -> SheetError {
        match trouble {
            // A service account has no other reason to be refused with a good token, save an API that is off.
            Trouble::SignIn { status: 403, ref said, .. } if !said.contains("has not been used") => {
                SheetError::NotShared { account: self.account.client_email.clone() }
            }
            Trouble::Status { status: 404, .. } => {
                SheetError::NoSpreadsheet { id: shortened(self.id, 60).to_owned() }
            }
            trouble => trouble.into(),
        }
    }
}

/// The id within an address like `https://docs.google.com/spreadsheets/d/ID/edit#gid=0`.
fn id_of(text: &str) -> &str {
    let text = text.trim();
    let id = text.split_once("/d/").map_or(text, |(_, rest)| rest);
    id.split(['/', '?', '#']).next().unwrap_or_default()
}

/// A sheet's name as it stands before the `!` of a range.
fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The row of a range like `'시트 1'!A12:C12`.
fn row_of(range: &str) -> Option<u64> {
    let cells = range.rsplit('!').next()?;
    let first = cells.split(':').next()?;
    first.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Told for SheetError {
    fn name(&self) -> &'static str {
        match self {
            Self::Trouble(trouble) => trouble.name(),
            Self::NoValues => "NoValues",
            Self::Columns => "TooLarge",
            Self::NotShared { .. } => "NotShared",
            Self::NoSpreadsheet { .. } => "NoSpreadsheet",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.ko(),
            Self::NoValues => "추가할 값이 없어요. 값을 하나 이상 적어 주세요.".to_owned(),
            Self::Columns => format!("한 행에는 {MAX_COLUMNS}열까지 쓸 수 있어요."),
            Self::NotShared { account } => {
                format!(
                    "스프레드시트가 {account} 계정과 공유되지 않았어요. 이 주소를 편집자로 추가해 주세요."
                )
            }
            Self::NoSpreadsheet { id } => {
                format!("아이디가 {id}인 스프레드시트가 없어요. 주소창의 /d/ 뒤 글자를 확인해 주세요.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_ranges() {
        assert_eq!(id_of(" 1aB_c-9 "), "1aB_c-9");
        assert_eq!(id_of("https://docs.google.com/spreadsheets/d/1aB_c-9/edit#gid=0"), "1aB_c-9");
        assert_eq!(quoted("김's 시트"), "'김''s 시트'");
        assert_eq!(row_of("'시트!1'!A12:C12"), Some(12));
        assert_eq!(row_of("S!AB7"), Some(7));
    }
}
