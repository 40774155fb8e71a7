//! The first sheet of an XLSX file as texts, and nothing else of it.
//!
//! An XLSX is a ZIP of XML files of which two matter here: the sheet, and the texts that its cells name by number. Both are
//! unpacked up to a bound, because a small file may be a very large one, and walked tag by tag. Formats, formulas and dates
//! are of no interest: a cell is what stands in it.

use std::io::{Cursor, Read as _};

use super::read::{MAX_COLUMNS, MAX_ROWS, SheetError};

/// Bytes of a part unpacked.
const MAX_PART: u64 = 64 * 1024 * 1024;
const STRINGS: &str = "xl/sharedStrings.xml";
const SHEETS: &str = "xl/worksheets/";

/// A tag, or the text between two.
enum Piece<'a> {
    /// `<c r="A1" t="s">`: the name, the rest, whether it closes, whether it is empty.
    Tag {
        name: &'a str,
        rest: &'a str,
        closes: bool,
        is_empty: bool,
    },
    Text(&'a str),
}

/// The rows of the first sheet.
pub fn rows(file: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|error| unreadable(&error))?;
    let mut sheets: Vec<String> = archive
        .file_names()
        .filter(|name| name.strip_prefix(SHEETS).is_some_and(|rest| !rest.contains('/')))
        .map(str::to_owned)
        .collect();
    // sheet2 stands before sheet10.
    sheets.sort_by_key(|name| (name.len(), name.clone()));
    let Some(first) = sheets.first() else {
        return Err(SheetError::Unreadable("there is no sheet in it".to_owned()));
    };
    let has_strings = archive.file_names().any(|name| name == STRINGS);
    let strings = if has_strings { strings(&part(&mut archive, STRINGS)?) } else { Vec::new() };
    Ok(sheet(&part(&mut archive, first)?, &strings))
}

fn unreadable(error: &dyn std::fmt::Display) -> SheetError {
    SheetError::Unreadable(error.to_string())
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, SheetError> {
    let entry = archive.by_name(name).map_err(|error| unreadable(&error))?;
    let mut text = String::new();
    // What the file says of its size is its own word.
    entry.take(MAX_PART + 1).read_to_string(&mut text).map_err(|error| unreadable(&error))?;
    if text.len() as u64 > MAX_PART { Err(SheetError::TooLarge) } else { Ok(text) }
}

/// The shared texts: of each the runs that are not its reading (`rPh`).
fn strings(xml: &str) -> Vec<String> {
    let (mut all, mut now, mut in_text, mut in_reading) = (Vec::new(), String::new(), false, false);
    for piece in pieces(xml) {
        match piece {
            Piece::Tag { name: "si", closes, is_empty, .. } if closes || is_empty => {
                all.push(std::mem::take(&mut now));
            }
            Piece::Tag { name: "rPh", closes, is_empty, .. } => in_reading = !closes && !is_empty,
            Piece::Tag { name: "t", closes, is_empty, .. } => in_text = !closes && !is_empty,
            Piece::Text(text) if in_text && !in_reading => now.push_str(&plain(text)),
            _ => {}
        }
    }
    all
}

fn sheet(xml: &str, strings: &[String]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut column, mut kind, mut value, mut in_value) = (0, "", String::new(), false);
    for piece in pieces(xml) {
        match piece {
            Piece::Tag { name: "row", rest, closes: false, .. } => {
                // Empty rows may be left out: a row says its number.
                let number = attribute(rest, "r").and_then(|it| it.parse::<usize>().ok());
                let number = number.unwrap_or(rows.len() + 1).min(MAX_ROWS + 1);
                if number > MAX_ROWS {
                    break;
                }
                rows.resize_with(rows.len().max(number - 1), Vec::new);
                rows.push(Vec::new());
                column = 0;
            }
            Piece::Tag { name: "c", rest, closes: false, is_empty } => {
                column = attribute(rest, "r").and_then(column_of).unwrap_or(column) + usize::from(is_empty);
                kind = attribute(rest, "t").unwrap_or_default();
                value.clear();
            }
            Piece::Tag { name: "c", closes: true, .. } => {
                let text = match kind {
                    "s" => value.trim().parse().ok().and_then(|at: usize| strings.get(at)).cloned(),
                    _ => Some(value.clone()),
                };
                if let Some(row) = rows.last_mut().filter(|_| column < MAX_COLUMNS) {
                    row.resize_with(row.len().max(column + 1), String::new);
                    row[column] = text.unwrap_or_default();
                }
                column += 1;
            }
            Piece::Tag { name: "v" | "t", closes, is_empty, .. } => in_value = !closes && !is_empty,
            Piece::Text(text) if in_value => value.push_str(&plain(text)),
            _ => {}
        }
    }
    rows
}

/// `BC7` is column 54, counted from 0.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1).checked_sub(1)
}

/// An attribute's value, as it stands.
fn attribute<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    rest.split_whitespace().find_map(|one| one.strip_prefix(name)?.strip_prefix("=\"")?.split('"').next())
}

/// Tags and what is between them, without namespaces.
fn pieces(xml: &str) -> impl Iterator<Item = Piece<'_>> {
    xml.split('<').skip(1).flat_map(|part| {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let closes = tag.starts_with('/');
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_matches('/');
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let name = name.rsplit(':').next().unwrap_or(name);
        [Piece::Tag { name, rest, closes, is_empty }, Piece::Text(text)]
    })
}

/// A text without entities.
fn plain(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        let letter = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|number| {
                let code = match number.strip_prefix('x') {
                    Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
                    None => number.parse().ok(),
                };
                code.and_then(char::from_u32)
            }),
        };
        out.extend(letter);
        out.push_str(rest);
    }
    // Excel writes the line break of a cell so.
    out.replace("_x000D_", "").replace('\r', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_as_excel_writes_it_is_read() {
        let strings = strings(
            r#"<?xml version="1.0"?><sst count="2"><si><t>질문</t></si><si><r><t xml:space="preserve">배송&amp;</t></r><r><t>비</t></r><rPh sb="0"><t>x</t></rPh></si><si/></sst>"#,
        );
        assert_eq!(strings, ["질문", "배송&비", ""]);
        let rows = sheet(
            r#"<x:worksheet xmlns:x="m"><sheetData><row r="1" spans="1:3"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>&#44032;&#xAC00;</t></is></c></row>
            <row r="3"><c r="B3"><v>42</v></c><c r="D3" s="2"/><c t="str"><f>A1</f><v>합</v></c><c r="AAA3"><v>1</v></c></row></sheetData></x:worksheet>"#,
            &strings,
        );
        assert_eq!(rows[0], ["질문", "", "가가"]);
        assert!(rows[1].is_empty());
        assert_eq!(rows[2][1], "42");
        assert_eq!((rows[2][4].as_str(), rows[2].len()), ("합", 5), "what is far out is left out");
        assert_eq!(["A1", "Z9", "AA1", "9"].map(column_of), [Some(0), Some(25), Some(26), None]);
    }
}
