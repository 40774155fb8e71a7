//! Sheets v4: the sheets of a spreadsheet, reading and writing ranges, appending rows.
//!
//! `USER_ENTERED` values that begin with `=` would be run by Google; here they are kept as `#FORMULA`, so that a test
//! sees who let one in.

use serde_json::{Value, json};

use super::{State, refuse};
use crate::provider::{Heard, Said};

/// A spreadsheet.
#[derive(Debug)]
pub(super) struct Spreadsheet {
    shared: bool,
    sheets: Vec<(String, Vec<Vec<String>>)>,
}

impl Spreadsheet {
    pub(super) fn new(sheets: &[&str], shared: bool) -> Self {
        Self { shared, sheets: sheets.iter().map(|title| ((*title).to_owned(), Vec::new())).collect() }
    }

    pub(super) fn write(&mut self, title: &str, rows: &[&[&str]]) {
        if let Some(own) = self.sheet(title) {
            *own = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        }
    }

    pub(super) fn rows(&self, title: &str) -> Option<Vec<Vec<String>>> {
        self.sheets.iter().find(|(own, _)| own == title).map(|(_, rows)| rows.clone())
    }

    fn sheet(&mut self, title: &str) -> Option<&mut Vec<Vec<String>>> {
        self.sheets.iter_mut().find(|(own, _)| own == title).map(|(_, rows)| rows)
    }
}

pub(super) fn answer(state: &mut State, heard: &Heard) -> Said {
    let rest = heard.path.strip_prefix("/v4/spreadsheets/").unwrap_or_default();
    let (id, what) = match rest.split_once('/') {
        Some((id, what)) => (id, what),
        None => rest.split_once(':').unwrap_or((rest, "")),
    };
    let Some(spreadsheet) = state.spreadsheets.get_mut(id) else {
        return refuse(404, "NOT_FOUND", "Requested entity was not found.");
    };
    if !spreadsheet.shared {
        return refuse(403, "PERMISSION_DENIED", "The caller does not have permission");
    }
    let done = match (heard.method.as_str(), what) {
        ("GET", "") => Ok(properties(spreadsheet)),
        ("POST", "batchUpdate") => add_sheets(spreadsheet, &heard.json()),
        (method, what) => match what.strip_prefix("values/") {
            Some(range) => values(spreadsheet, method, range, heard),
            None => return refuse(404, "NOT_FOUND", "Method not found."),
        },
    };
    match done {
        Ok(body) => Said::json(200, &body),
        Err(why) => refuse(400, "INVALID_ARGUMENT", &why),
    }
}

fn properties(spreadsheet: &Spreadsheet) -> Value {
    let sheets: Vec<Value> = spreadsheet
        .sheets
        .iter()
        .enumerate()
        .map(|(at, (title, _))| json!({"properties": {"sheetId": at, "title": title, "index": at}}))
        .collect();
    json!({"sheets": sheets})
}

fn add_sheets(spreadsheet: &mut Spreadsheet, body: &Value) -> Result<Value, String> {
    let requests = body["requests"]
        .as_array()
        .filter(|list| !list.is_empty())
        .ok_or("Must specify at least one request.")?;
    let mut replies = Vec::new();
    for (at, request) in requests.iter().enumerate() {
        let title = request["addSheet"]["properties"]["title"].as_str();
        let title = title.ok_or_else(|| format!("Invalid requests[{at}]: only addSheet is simulated"))?;
        if title.is_empty() || title.chars().count() > 100 {
            return Err(format!("Invalid requests[{at}].addSheet: Sheet name must be 1 to 100 characters."));
        }
        if spreadsheet.sheet(title).is_some() {
            return Err(format!(
                "Invalid requests[{at}].addSheet: A sheet with the name \"{title}\" already exists. Please enter another name."
            ));
        }
        spreadsheet.sheets.push((title.to_owned(), Vec::new()));
        replies.push(
            json!({"addSheet": {"properties": {"sheetId": spreadsheet.sheets.len() - 1, "title": title}}}),
        );
    }
    Ok(json!({"replies": replies}))
}

fn values(spreadsheet: &mut Spreadsheet, method: &str, range: &str, heard: &Heard) -> Result<Value, String> {
    let (range, appends) = range.strip_suffix(":append").map_or((range, false), |range| (range, true));
    let (title, first, column) =
        read_range(range).ok_or_else(|| format!("Unable to parse range: {range}"))?;
    let rows = spreadsheet.sheet(&title).ok_or_else(|| format!("Unable to parse range: {range}"))?;
    match (method, appends) {
        ("GET", false) => {
            // Rows of a range `1:1`; cells behind the last one that holds something are left out, as Google does.
            let shown: Vec<&Vec<String>> = rows.get(first..=first).into_iter().flatten().collect();
            Ok(if shown.iter().all(|row| row.is_empty()) {
                json!({"range": range, "majorDimension": "ROWS"})
            } else {
                json!({"range": range, "majorDimension": "ROWS", "values": shown})
            })
        }
        ("PUT", false) => {
            for (at, row) in given(heard)?.into_iter().enumerate() {
                if rows.len() <= first + at {
                    rows.resize(first + at + 1, Vec::new());
                }
                let own = &mut rows[first + at];
                if own.len() < column + row.len() {
                    own.resize(column + row.len(), String::new());
                }
                for (cell, value) in own.iter_mut().skip(column).zip(row) {
                    // Null leaves a cell as it is.
                    if let Some(value) = value {
                        *cell = value;
                    }
                }
            }
            Ok(json!({"updatedRange": range}))
        }
        ("POST", true) => {
            let new = given(heard)?;
            let count = new.len();
            rows.extend(new.into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()));
            let range = format!("{title}!A{}", rows.len());
            Ok(json!({"tableRange": title, "updates": {"updatedRange": range, "updatedRows": count}}))
        }
        _ => Err("Method not found.".to_owned()),
    }
}

/// The rows of the body, as the option says they are to be taken.
fn given(heard: &Heard) -> Result<Vec<Vec<Option<String>>>, String> {
    let option = heard.parameter("valueInputOption").unwrap_or_default();
    if option != "RAW" && option != "USER_ENTERED" {
        return Err("'valueInputOption' is required but not specified".to_owned());
    }
    let body = heard.json();
    let rows = body["values"].as_array().ok_or("Invalid JSON payload received: values")?;
    let cell = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) if option == "USER_ENTERED" && text.starts_with('=') => {
            Some("#FORMULA".to_owned())
        }
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    rows.iter()
        .map(|row| Ok(row.as_array().ok_or("Invalid value: a row is a list")?.iter().map(cell).collect()))
        .collect()
}

/// The sheet of a range in A1 notation, and its first row and column.
fn read_range(range: &str) -> Option<(String, usize, usize)> {
    let (title, cells) = match range.strip_prefix('\'') {
        Some(rest) => {
            let (title, cells) = rest.rsplit_once("'!")?;
            (title.replace("''", "'"), cells)
        }
        None => {
            let (title, cells) = range.split_once('!')?;
            (title.to_owned(), cells)
        }
    };
    let first = cells.split(':').next()?;
    let digits = first.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = &first[..first.len() - digits.len()];
    let column = letters.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    Some((title, digits.parse::<usize>().ok()?.checked_sub(1)?, column.saturating_sub(1)))
}
