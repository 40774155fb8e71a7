//! `gsheet` (구글 스프레드시트): appends a row. The reply's results are the provider's, such as `row`.

use serde_json::Value;

use super::asking::{Refusal, filled, text};
use crate::{ask::Ask, value::as_text};

pub(super) fn ask(data: &Value) -> Result<Ask, Refusal> {
    let spreadsheet_id = filled(data, "spreadsheetId")
        .ok_or_else(|| Refusal::missing("spreadsheetId", "스프레드시트 번호"))?;
    Ok(Ask::Sheet {
        token: text(data, "token"),
        spreadsheet_id,
        sheet_name: text(data, "sheetName"),
        columns: texts(data, "columns"),
        values: texts(data, "values"),
    })
}

fn texts(data: &Value, key: &str) -> Vec<String> {
    let items = data.get(key).and_then(Value::as_array);
    items.into_iter().flatten().map(|item| as_text(item).unwrap_or_default().into_owned()).collect()
}
