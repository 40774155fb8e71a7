//! Pictures and files before they are uploaded.

use channels::consulttalk::{MediaKind, Offered, Relay, Unfit, Upload, check, facts};

fn checked(
    relay: Relay,
    purpose: Upload,
    name: &str,
    bytes: u64,
    pixels: Option<(u32, u32)>,
) -> Result<(), Unfit> {
    check(&facts(relay), Offered { purpose, name, bytes, pixels })
}

const PHOTO: Upload = Upload::Plain(MediaKind::Photo);
const FILE: Upload = Upload::Plain(MediaKind::File);

#[test]
fn a_picture_over_buttons_must_be_wide_enough_and_of_a_fitting_shape() {
    let of =
        |width, height| checked(Relay::Native, Upload::InBubble, "a.JPG", 400_000, Some((width, height)));
    for (width, height) in [(500, 500), (1_000, 500), (600, 800), (720, 720)] {
        assert_eq!(of(width, height), Ok(()), "{width}×{height}");
    }
    assert_eq!(of(499, 499), Err(Unfit::Narrow { width: 499, least: 500 }));
    assert_eq!(of(1_001, 500), Err(Unfit::Ratio { width: 1_001, height: 500 }));
    assert_eq!(of(600, 801), Err(Unfit::Ratio { width: 600, height: 801 }));
    assert_eq!(of(600, 0), Err(Unfit::Ratio { width: 600, height: 0 }));
    // By itself it may have any shape.
    assert_eq!(checked(Relay::Native, PHOTO, "a.jpg", 400_000, Some((10, 900))), Ok(()));
}

#[test]
fn each_purpose_has_a_size_and_kinds() {
    let large = |most| Err(Unfit::TooLarge { bytes: most + 1, most });
    let table = [
        (Relay::Native, Upload::InBubble, "a.png", 500_000),
        (Relay::HappytalkV3, Upload::InBubble, "a.gif", 5_000_000),
        (Relay::Bizgo, PHOTO, "a.jpeg", 5_000_000),
        (Relay::HappytalkV1, FILE, "a.pdf", 300_000_000),
        (Relay::Native, Upload::Plain(MediaKind::Video), "a.mp4", 300_000_000),
        (Relay::Dktechin, Upload::Plain(MediaKind::Audio), "a.mp3", 10_000_000),
    ];
    for (relay, purpose, name, most) in table {
        assert_eq!(checked(relay, purpose, name, most, None), Ok(()), "{relay} {name}");
        assert_eq!(checked(relay, purpose, name, most + 1, None), large(most), "{relay} {name}");
        assert_eq!(checked(relay, purpose, name, 0, None), Err(Unfit::Empty));
    }
    let kind = |result: Result<(), Unfit>| match result {
        Err(Unfit::Kind { found, .. }) => Some(found),
        _ => None,
    };
    assert_eq!(kind(checked(Relay::Native, Upload::InBubble, "a.gif", 9, None)).as_deref(), Some("gif"));
    assert_eq!(kind(checked(Relay::Bizgo, PHOTO, "a.webp", 9, None)).as_deref(), Some("webp"));
    assert_eq!(kind(checked(Relay::Bizgo, PHOTO, "사진", 9, None)).as_deref(), Some(""));
    assert_eq!(kind(checked(Relay::Dktechin, FILE, "a.b.EXE", 9, None)).as_deref(), Some("exe"));
    assert_eq!(kind(checked(Relay::Bizgo, FILE, "a.exe", 9, None)), None);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let large = Unfit::TooLarge { bytes: 500_001, most: 500_000 };
    assert_eq!(large.ko(), "파일이 너무 커요(500.1KB). 500KB 이하로 줄여서 올려 주세요.");
    let large = Unfit::TooLarge { bytes: 312_400_000, most: 300_000_000 };
    assert_eq!(large.en(), "The file is too large (312.4MB). Make it 300MB or less.");
    for unfit in [
        Unfit::Empty,
        Unfit::Kind { found: "webp".to_owned(), allowed: &["jpg", "png"] },
        Unfit::Kind { found: String::new(), allowed: &[] },
        Unfit::Narrow { width: 10, least: 500 },
        Unfit::Ratio { width: 10, height: 500 },
    ] {
        assert!(unfit.ko().ends_with("요.") && unfit.en().ends_with('.'), "{unfit:?}");
        let never = matches!(unfit, Unfit::Empty | Unfit::Kind { allowed: [], .. });
        assert_eq!(unfit.can_be_mended(), !never, "{unfit:?}");
    }
}
