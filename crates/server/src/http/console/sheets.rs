//! Tables as files to be downloaded.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::{
    http::{input::Check, problem::Problem},
    insight::sheet::{self, Table},
};

/// Tables as a file by this name: the first one as CSV, or all of them as sheets of an XLSX.
pub async fn file(tables: Vec<Table>, format: &str, name: &str) -> Result<Response, Problem> {
    let (bytes, kind) = match format {
        "csv" => (tables.first().map(sheet::csv).unwrap_or_default(), "text/csv; charset=utf-8"),
        "xlsx" => {
            let book = tokio::task::spawn_blocking(move || sheet::xlsx(&tables)).await;
            let bytes = book.ok().and_then(|book| {
                book.inspect_err(|error| tracing::error!(%error, "a table could not be written")).ok()
            });
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (bytes.ok_or(Problem::Internal)?, kind)
        }
        _ => return Err(wrong_format()),
    };
    let disposition = format!("attachment; filename=\"{name}.{format}\"");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

fn wrong_format() -> Problem {
    let mut check = Check::default();
    check.wrong("/format", "csv나 xlsx 가운데 하나예요.", "Either csv or xlsx.");
    check.done().err().unwrap_or(Problem::Internal)
}
