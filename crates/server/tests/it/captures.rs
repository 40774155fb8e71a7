//! Every captured request gets an answer that Kakao shows, and its mode is told.

use std::{fs, path::Path};

use crate::testbed::{Testbed, fixture};

#[tokio::test(flavor = "multi_thread")]
async fn every_capture_is_answered() {
    let bed = Testbed::start(&fixture("examples/shop.json"), "").await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/kakao");
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("is there")
        .map(|entry| entry.expect("is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    names.sort();
    assert!(names.len() >= 9);
    let mut stored = 0;
    for (number, path) in names.iter().enumerate() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let seen = bed.kakao().sends(fs::read(path).expect("is read"), &format!("chp-{number}")).await;
        assert_eq!(seen.trouble, None, "{name}: {}", seen.answer);
        assert!(!seen.bubbles.is_empty(), "{name}");
        // Nothing of Kakao's test panels is kept (K5), and a request without a user cannot be.
        let kept = !(name.starts_with("bot-test")
            || name.starts_with("skill-editor")
            || name.starts_with("secure-image"));
        stored += usize::from(kept);
        assert_eq!(bed.turns().await, stored, "{name}");
    }
    assert_eq!(
        bed.problems().await,
        ["no-user-request"],
        "the capture without userRequest is told to the operator"
    );
    bed.stop().await;
}
