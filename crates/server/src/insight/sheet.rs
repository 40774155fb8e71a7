//! Tables as files: CSV that Excel opens in Korean, and XLSX.
//!
//! Sentences come from strangers, and a cell that begins like a formula would be one where the file is opened: in CSV such
//! a text gets an apostrophe in front, in XLSX it is written as text.

pub mod read;
mod xlsx;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Rows of one table at most.
const MAX_ROWS: usize = 100_000;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The sheet's name.
    pub name: String,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with digits after the point.
    Number(f64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A CSV file (RFC 4180) with a byte order mark, by which Excel knows that it is UTF-8.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    line(&mut out, table.head.iter().map(|name| field(name)));
    for row in table.rows.iter().take(MAX_ROWS) {
        line(
            &mut out,
            row.iter().map(|cell| match cell {
                Cell::Text(text) => field(text),
                Cell::Whole(number) => number.to_string(),
                Cell::Number(number) => format!("{number:.2}"),
            }),
        );
    }
    out.into_bytes()
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
    out.push_str(&fields.collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
}

fn field(text: &str) -> String {
    let mut text: String = text.chars().filter(|letter| *letter != '\0').collect();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// An XLSX file with a sheet for each table.
pub fn xlsx(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(&table.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, name) in (0_u16..).zip(&table.head) {
            sheet.write_string_with_format(0, column, name, &bold)?;
            sheet.set_column_width(column, 16)?;
        }
        for (row, cells) in (1_u32..).zip(table.rows.iter().take(MAX_ROWS)) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    Cell::Whole(number) => sheet.write_number(row, column, *number as f64)?,
                    Cell::Number(number) => sheet.write_number(row, column, *number)?,
                };
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_csv_that_excel_reads() {
        let table = Table {
            name: "문장".to_owned(),
            head: vec!["문장".to_owned(), "횟수".to_owned(), "평균".to_owned()],
            rows: vec![
                vec!["환불, \"언제\"\n되나요".to_owned().into(), 3.into(), 1.5.into()],
                vec!["=HYPERLINK(\"http://a\")".to_owned().into(), 1.into(), 0.0.into()],
            ],
        };
        let text = String::from_utf8(csv(&table)).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}문장,횟수,평균\r\n\"환불, \"\"언제\"\"\n되나요\",3,1.50\r\n\"'=HYPERLINK(\"\"http://a\"\")\",1,0.00\r\n"
        );
        let book = xlsx(&[table]).expect("a book");
        assert!(book.starts_with(b"PK"), "an XLSX is a ZIP");
    }
}
