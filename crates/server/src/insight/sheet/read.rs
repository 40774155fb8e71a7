//! Tables that people bring: XLSX, and CSV as Excel in Korea writes it (UTF-8 or EUC-KR, with commas, semicolons or tabs).

use super::xlsx;

/// Rows and columns that are read.
pub(super) const MAX_ROWS: usize = 20_000;
pub(super) const MAX_COLUMNS: usize = 20;
/// What every ZIP, and so every XLSX, begins with.
const ZIP: &[u8] = b"PK";

/// Why a table was not read.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file is no XLSX, or a broken one.
    #[error("the file is no table that can be read: {0}")]
    Unreadable(String),
    /// It is too large unpacked.
    #[error("the file is too large when it is unpacked")]
    TooLarge,
}

/// The rows of a file, as texts. Of an XLSX the first sheet.
pub fn rows(file: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    if file.starts_with(ZIP) { xlsx::rows(file) } else { Ok(csv(&decoded(file))) }
}

/// A text in UTF-8 or EUC-KR.
fn decoded(file: &[u8]) -> String {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    match std::str::from_utf8(file) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::EUC_KR.decode(file).0.into_owned(),
    }
}

/// The rows of a CSV (RFC 4180); what separates its fields is what the first line has most of.
fn csv(text: &str) -> Vec<Vec<String>> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let mark = [',', '\t', ';'].into_iter().max_by_key(|mark| (count(*mark), *mark == ',')).unwrap_or(',');
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            _ if quoted => field.push(letter),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
                if rows.len() == MAX_ROWS {
                    return rows;
                }
            }
            _ if letter == mark => {
                let field = std::mem::take(&mut field);
                if row.len() < MAX_COLUMNS {
                    row.push(field);
                }
            }
            _ => field.push(letter),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::sheet::{self, Table};

    #[test]
    fn what_we_write_we_read() {
        let table = Table {
            name: "답변".to_owned(),
            head: vec!["질문".to_owned(), "답변".to_owned()],
            rows: vec![vec!["환불, \"언제\"\n되나요".to_owned().into(), "3일 안에요".to_owned().into()]],
        };
        let expected = [["질문", "답변"], ["환불, \"언제\"\n되나요", "3일 안에요"]];
        assert_eq!(rows(&sheet::csv(&table)).expect("reads"), expected);
        assert_eq!(rows(&sheet::xlsx(&[table]).expect("writes")).expect("reads"), expected);
    }

    #[test]
    fn a_csv_of_an_old_excel_is_read() {
        let (bytes, ..) = encoding_rs::EUC_KR.encode("질문\t답변\r\n배송비\t무료예요\r\n");
        assert_eq!(rows(&bytes).expect("reads"), [["질문", "답변"], ["배송비", "무료예요"]]);
        assert!(rows(b"").expect("reads").is_empty());
    }

    #[test]
    fn a_file_that_is_no_table_is_refused() {
        assert!(matches!(rows(b"PK\x03\x04 broken"), Err(SheetError::Unreadable(_))));
    }

    #[test]
    fn a_small_file_that_is_large_unpacked_is_refused() {
        use std::io::Write as _;
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("xl/worksheets/sheet1.xml", options).expect("begins");
        let piece = vec![b' '; 1024 * 1024];
        for _ in 0..=64 {
            writer.write_all(&piece).expect("writes");
        }
        let file = writer.finish().expect("ends").into_inner();
        assert!(file.len() < 1024 * 1024, "{}", file.len());
        assert!(matches!(rows(&file), Err(SheetError::TooLarge)));
    }
}
