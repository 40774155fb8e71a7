//! `gsheet` against Google Sheets.

use std::time::Duration;

use serde_json::json;
use server::effects::sheet::{Row, append};
use simulator::provider::Turn;

use crate::bed::{ACCOUNT, Bed, account, done, failed, google};

fn texts(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    lines.iter().map(|line| texts(line)).collect()
}

#[tokio::test]
async fn a_missing_sheet_is_made_with_its_first_row() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("book-1", &["시트1"], true);
    let (columns, values) = (texts("이름|수량"), texts("김|2"));
    let row = Row { spreadsheet: "book-1", sheet: "김's 주문!", columns: &columns, values: &values };
    let results = done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!((&results["row"], &results["sheetName"]), (&json!(2), &json!("김's 주문!")));
    done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!(google.rows("book-1", "김's 주문!"), Some(rows(&["이름|수량", "김|2", "김|2"])));
    // One token for both.
    assert_eq!(google.tokens(), 1);
}

#[tokio::test]
async fn values_go_under_the_columns_of_their_names() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("book-1", &["주문"], true);
    google.person_writes("book-1", "주문", &[&["시간", "수량", "이름"], &["어제", "1", "이"]]);
    let (columns, values) = (texts("이름|수량|메모"), texts("김|2|빨리"));
    let address = "https://docs.google.com/spreadsheets/d/book-1/edit#gid=0";
    let row = Row { spreadsheet: address, sheet: "주문", columns: &columns, values: &values };
    done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!(
        google.rows("book-1", "주문"),
        Some(rows(&["시간|수량|이름|메모", "어제|1|이", "|2|김|빨리"]))
    );
    // Without a sheet's name the first one is meant; without names, values are taken as they come.
    let row = Row { sheet: " ", columns: &[], ..row };
    done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!(google.rows("book-1", "주문").expect("is there")[3], texts("김|2|빨리"));
}

#[tokio::test]
async fn what_looks_like_a_formula_stays_a_text() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("book-1", &["주문"], true);
    let (columns, values) = (texts("=1+1|이름"), texts("=IMPORTXML(\"https://evil.kr\")|+82 10"));
    let row = Row { spreadsheet: "book-1", sheet: "주문", columns: &columns, values: &values };
    done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!(google.rows("book-1", "주문"), Some(vec![columns, values]));
}

#[tokio::test]
async fn a_token_that_was_taken_back_is_replaced_and_an_old_one_is_not_used() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("book-1", &["주문"], true);
    let values = texts("김");
    let row = Row { spreadsheet: "book-1", sheet: "주문", columns: &[], values: &values };
    done(append(&bed.call(), &account(&google), &row).await);
    google.revokes_tokens();
    done(append(&bed.call(), &account(&google), &row).await);
    assert_eq!((google.tokens(), google.rows("book-1", "주문").expect("is there").len()), (2, 2));
    // A token that ends within a minute is not kept.
    google.tokens_last(Duration::from_secs(60));
    google.revokes_tokens();
    done(append(&bed.call(), &account(&google), &row).await);
    let before = google.tokens();
    done(append(&bed.call(), &account(&google), &row).await);
    assert!(google.tokens() > before);
}

#[tokio::test]
async fn failures_say_what_to_do() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("private", &["주문"], false);
    google.has_spreadsheet("book-1", &["주문"], true);
    let values = texts("김");
    let row = Row { spreadsheet: "private", sheet: "주문", columns: &[], values: &values };
    let (name, message, _) = failed(append(&bed.call(), &account(&google), &row).await);
    assert_eq!(name, "NotShared");
    assert!(message.contains(ACCOUNT), "{message}");
    let row = Row { spreadsheet: "nowhere", ..row };
    assert_eq!(failed(append(&bed.call(), &account(&google), &row).await).0, "NoSpreadsheet");
    let row = Row { spreadsheet: "book-1", ..row };
    let broken =
        json!({"error": {"code": 500, "message": "Internal error encountered.", "status": "INTERNAL"}});
    for (turn, expected) in [
        (Turn::TooMany { retry_after: None }, "TooManyRequests"),
        (Turn::Status(500, broken), "StatusCodeError"),
        (Turn::Garbage, "BadResponse"),
        (Turn::Cut, "ConnectionReset"),
    ] {
        google.answers_at(":append", [turn.clone()]);
        let (name, message, _) = failed(append(&bed.call(), &account(&google), &row).await);
        assert_eq!(name, expected, "{turn:?}: {message}");
    }
    google.answers_at(":append", [Turn::Hang]);
    let call = bed.within(Duration::from_millis(500));
    assert_eq!(failed(append(&call, &account(&google), &row).await).0, "TimeoutError");
    // None of them was tried a second time.
    assert_eq!(google.calls(":append"), 5);
    // Where the connection was cut Google had done its work; nobody else wrote a row.
    assert_eq!(google.rows("book-1", "주문").expect("is there").len(), 1);
    let empty = Row { values: &[], ..row };
    assert_eq!(failed(append(&bed.call(), &account(&google), &empty).await).0, "NoValues");
}

#[tokio::test]
async fn a_key_that_google_does_not_know_is_never_shown() {
    let (bed, google) = (Bed::new(), google().await);
    google.has_spreadsheet("book-1", &["주문"], true);
    let values = texts("김");
    let row = Row { spreadsheet: "book-1", sheet: "주문", columns: &[], values: &values };
    let mut stranger = account(&google);
    stranger["client_email"] = "stranger@project.iam.gserviceaccount.com".into();
    let (name, message, _) = failed(append(&bed.call(), &stranger, &row).await);
    assert_eq!(name, "SignInFailed");
    assert!(message.contains("account not found"), "{message}");
    let mut broken = account(&google);
    broken["private_key"] = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END PRIVATE KEY-----".into();
    let (name, message, _) = failed(append(&bed.call(), &broken, &row).await);
    assert_eq!(name, "BadConnection");
    assert!(!message.contains("c2VjcmV0"), "{message}");
    // A key that went through a form, with line breaks as two letters, is as good.
    let mut typed = account(&google);
    typed["private_key"] = typed["private_key"].as_str().expect("a key").replace('\n', "\\n").into();
    done(append(&bed.call(), &typed, &row).await);
}
