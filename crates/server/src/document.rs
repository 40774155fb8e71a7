//! Documents that agents send: PDF and the files of word processors, spreadsheets and presentations (spec live-chat.md, "Input").
//!
//! A document is not drawn anew as pictures are, so its bytes are checked for being what its name says, and those with macros
//! in them are refused. It is served as an attachment: no browser opens it beside our pages.

use std::io::Cursor;

/// Bytes of a document.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Parts of a packed document that are looked at.
const MAX_PARTS: usize = 20_000;

/// How the files begin that offices wrote before 2007.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Endings, media types, and the folder in which a packed one has its contents.
const KINDS: [(&str, &str, &str); 7] = [
    ("pdf", "application/pdf", ""),
    ("doc", "application/msword", ""),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/"),
    ("xls", "application/vnd.ms-excel", ""),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/"),
    ("ppt", "application/vnd.ms-powerpoint", ""),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/"),
];

/// What customers of a messenger send besides: endings and media types.
const RECEIVED: [(&str, &str); 8] = [
    ("mp4", "video/mp4"),
    ("mov", "video/quicktime"),
    ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("hwp", "application/x-hwp"),
    ("txt", "text/plain; charset=utf-8"),
    ("zip", "application/zip"),
];

/// The media type of documents with this ending.
pub fn kind_of(ending: &str) -> Option<&'static str> {
    let document = KINDS.iter().find(|(known, ..)| *known == ending).map(|(_, kind, _)| *kind);
    document.or_else(|| RECEIVED.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind))
}

/// Ending and media type of a file that a customer has sent, where its bytes are what its name says and it is of a kind that
/// is kept. Like all of these it is only ever served as an attachment.
pub fn received(name: &str, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let document = check(name, bytes);
    if document.is_some() {
        return document;
    }
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let (ending, kind) = RECEIVED.into_iter().find(|(known, _)| *known == ending)?;
    let is_so = match ending {
        "mp4" | "mov" | "m4a" => bytes.get(4..8) == Some(b"ftyp"),
        "mp3" => bytes.starts_with(b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0),
        "wav" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE"),
        "hwp" => bytes.starts_with(OLE),
        "zip" => bytes.starts_with(b"PK"),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')),
    };
    is_so.then_some((ending, kind))
}

/// Ending and media type of a document, where its bytes are what its name says.
pub fn check(name: &str, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let (ending, kind, folder) = KINDS.into_iter().find(|(known, ..)| *known == ending)?;
    let is_so = match (ending, folder) {
        ("pdf", _) => bytes.starts_with(b"%PDF-"),
        (_, "") => bytes.starts_with(OLE) && !has(bytes, &wide("_VBA_PROJECT")),
        (_, folder) => packed(bytes, folder),
    };
    is_so.then_some((ending, kind))
}

/// Is it a package with such contents, and without macros?
fn packed(bytes: &[u8], folder: &str) -> bool {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut names = archive.file_names().take(MAX_PARTS);
    let (mut typed, mut found) = (false, false);
    let sound = names.all(|name| {
        typed |= name == "[Content_Types].xml";
        found |= name.starts_with(folder);
        !name.to_ascii_lowercase().ends_with("vbaproject.bin")
    });
    sound && typed && found && archive.len() <= MAX_PARTS
}

/// A name as it stands in the folders of an old document.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn package(parts: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            zip.start_file(*part, zip::write::SimpleFileOptions::default()).expect("begins");
            zip.write_all(b"<x/>").expect("writes");
        }
        zip.finish().expect("ends").into_inner()
    }

    #[test]
    fn a_document_is_what_its_name_says() {
        let word = package(&["[Content_Types].xml", "word/document.xml"]);
        let old = [OLE, &[0; 600]].concat();
        for (name, bytes, ending) in [
            ("견적.PDF", &b"%PDF-1.7 \n"[..], Some("pdf")),
            ("견적.pdf", b"MZ\x90\0", None),
            ("계약.docx", &word, Some("docx")),
            ("계약.xlsx", &word, None),
            ("계약.doc", &old, Some("doc")),
            ("계약.doc", &word, None),
            ("견적.exe", b"%PDF-1.7", None),
            ("견적", b"%PDF-1.7", None),
            ("쪽.html", b"%PDF-1.7", None),
        ] {
            assert_eq!(check(name, bytes).map(|(ending, _)| ending), ending, "{name}");
        }
    }

    #[test]
    fn what_customers_send_is_what_its_name_says() {
        for (name, bytes, ending) in [
            ("i_1.mp4", &b"\0\0\0\x18ftypisom"[..], Some("mp4")),
            ("i_1.mp4", b"<html>", None),
            ("s.m4a", b"\0\0\0\x18ftypM4A ", Some("m4a")),
            ("s.mp3", b"ID3\x04", Some("mp3")),
            ("s.mp3", &[0xff, 0xfb, 0x90], Some("mp3")),
            ("s.wav", b"RIFF\0\0\0\0WAVE", Some("wav")),
            ("메모.txt", "안녕하세요".as_bytes(), Some("txt")),
            ("메모.txt", b"MZ\0", None),
            ("보고.hwp", OLE, Some("hwp")),
            ("견적.pdf", b"%PDF-1.7", Some("pdf")),
            ("쪽.html", b"<html>", None),
            ("s.svg", b"<svg/>", None),
            ("이름", b"ID3", None),
        ] {
            let found = received(name, bytes);
            assert_eq!(found.map(|(ending, _)| ending), ending, "{name}");
            if let Some((ending, kind)) = found {
                assert_eq!(kind_of(ending), Some(kind));
            }
        }
    }

    #[test]
    fn macros_are_refused() {
        let packed = package(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]);
        assert_eq!(check("표.xlsx", &packed), None);
        let old = [OLE, &[0; 64], &wide("_VBA_PROJECT")].concat();
        assert_eq!(check("표.xls", &old), None);
    }
}
