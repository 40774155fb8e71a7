//! What a relay would refuse as a picture or file, said before anything is uploaded (spec consulttalk.md 3.2, 6.4, 11.2).

use super::{Facts, MediaKind, Upload};

/// A file as it is offered for an upload.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    /// What it is for.
    pub purpose: Upload,
    /// Its name, whose end names its kind.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: u64,
    /// Width and height of a picture, where they are known.
    pub pixels: Option<(u32, u32)>,
}

/// Why a file would be refused.
#[derive(Debug, Clone, PartialEq)]
pub enum Unfit {
    /// There is nothing in it.
    Empty,
    /// It has more bytes than are taken.
    TooLarge {
        /// Its bytes.
        bytes: u64,
        /// The most that are taken.
        most: u64,
    },
    /// Its kind is not taken.
    Kind {
        /// The end of its name.
        found: String,
        /// The ends that are taken; empty where all are but a few.
        allowed: &'static [&'static str],
    },
    /// The picture is not wide enough to stand over buttons.
    Narrow {
        /// Its width.
        width: u32,
        /// The least width.
        least: u32,
    },
    /// The picture is too high or too wide to stand over buttons.
    Ratio {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

impl Unfit {
    /// Whether a picture would be taken after it was written anew: smaller, of another kind, or with margins.
    pub const fn can_be_mended(&self) -> bool {
        !matches!(self, Self::Empty | Self::Kind { allowed: [], .. })
    }

    /// What is wrong and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Empty => "빈 파일이에요. 다른 파일을 골라 주세요.".to_owned(),
            Self::TooLarge { bytes, most } => {
                format!("파일이 너무 커요({}). {} 이하로 줄여서 올려 주세요.", size(*bytes), size(*most))
            }
            Self::Kind { found, allowed: [] } => {
                format!(
                    "{} 파일은 딜러사가 받지 않아요. 압축하거나 다른 형식으로 올려 주세요.",
                    kind(found, "이런")
                )
            }
            Self::Kind { found, allowed } => {
                format!(
                    "{} 그림은 보낼 수 없어요. {} 중 하나로 바꿔서 올려 주세요.",
                    kind(found, "이런"),
                    allowed.join(", ")
                )
            }
            Self::Narrow { width, least } => {
                format!(
                    "그림의 너비가 {width}픽셀이에요. 버튼과 함께 보내는 그림은 {least}픽셀 이상이어야 해요."
                )
            }
            Self::Ratio { width, height } => format!(
                "그림의 비율({width}×{height})이 맞지 않아요. 버튼과 함께 보내는 그림은 가로:세로가 2:1에서 3:4 사이여야 해요."
            ),
        }
    }

    /// The same in English.
    pub fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty. Choose another one.".to_owned(),
            Self::TooLarge { bytes, most } => {
                format!("The file is too large ({}). Make it {} or less.", size(*bytes), size(*most))
            }
            Self::Kind { found, allowed: [] } => {
                format!(
                    "The dealer takes no {} files. Pack it or choose another format.",
                    kind(found, "such")
                )
            }
            Self::Kind { found, allowed } => {
                format!(
                    "{} pictures cannot be sent. Make it one of {}.",
                    kind(found, "Such"),
                    allowed.join(", ")
                )
            }
            Self::Narrow { width, least } => {
                format!("The picture is {width} pixels wide. Over buttons it must have at least {least}.")
            }
            Self::Ratio { width, height } => format!(
                "The picture's shape ({width}×{height}) does not fit. Over buttons, width to height must be between 2:1 and 3:4."
            ),
        }
    }
}

/// Whether the relay would take it.
pub fn check(facts: &Facts, offered: Offered<'_>) -> Result<(), Unfit> {
    let ending = offered.name.rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase());
    let picture = matches!(offered.purpose, Upload::InBubble | Upload::Plain(MediaKind::Photo));
    let in_bubble = offered.purpose == Upload::InBubble;
    let allowed = match (picture, in_bubble) {
        (true, true) => facts.link_image_types,
        (true, false) => facts.image_types,
        (false, _) => &[],
    };
    let most = match offered.purpose {
        Upload::InBubble => facts.link_image_bytes,
        Upload::Plain(MediaKind::Photo) => facts.image_bytes,
        Upload::Plain(MediaKind::Audio) => facts.audio_bytes,
        Upload::Plain(MediaKind::Video | MediaKind::File) => facts.file_bytes,
    };
    if offered.bytes == 0 {
        return Err(Unfit::Empty);
    }
    if facts.refused_types.contains(&ending.as_str()) {
        return Err(Unfit::Kind { found: ending, allowed: &[] });
    }
    if picture && !allowed.contains(&ending.as_str()) {
        return Err(Unfit::Kind { found: ending, allowed });
    }
    if let (true, Some((width, height))) = (in_bubble, offered.pixels) {
        if width < facts.image_min_width {
            return Err(Unfit::Narrow { width, least: facts.image_min_width });
        }
        let ratio = f64::from(width) / f64::from(height.max(1));
        let (least, most) = facts.image_ratio;
        if ratio < f64::from(least) || ratio > f64::from(most) {
            return Err(Unfit::Ratio { width, height });
        }
    }
    if offered.bytes > most {
        return Err(Unfit::TooLarge { bytes: offered.bytes, most });
    }
    Ok(())
}

/// The kind as people write it, or another word where the name has no end.
fn kind(found: &str, nameless: &str) -> String {
    if found.is_empty() { nameless.to_owned() } else { found.to_uppercase() }
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    let (unit, word) = if bytes >= 1_000_000 { (1_000_000, "MB") } else { (1_000, "KB") };
    // Rounded up, so that what is too large never reads like what is taken.
    let tenths = bytes.saturating_mul(10).div_ceil(unit);
    if tenths.is_multiple_of(10) {
        format!("{}{word}", tenths / 10)
    } else {
        format!("{}.{}{word}", tenths / 10, tenths % 10)
    }
}
