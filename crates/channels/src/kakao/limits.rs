//! The numbers of a skill answer, each with where it comes from.
//!
//! Characters are counted as Unicode scalars (spec kakao-skill.md 11). Where Kakao's documents of different years
//! disagree the smaller number stands here, since breaking a rule loses the whole answer (1.4). Numbers marked
//! "ours" have no written limit behind them; they exist so that one bubble can never outgrow [`BYTES`].

/// Characters in a `simpleText` (4.2). Kakao folds what is past 500 but shows it.
pub const TEXT: usize = 1_000;
/// What is past this many characters is folded behind "전체 보기" (4.2); it is sent all the same.
pub const TEXT_FOLD: usize = 500;
/// Title and description of a lone `textCard` together (4.4).
pub const TEXT_CARD: usize = 400;
/// Description of a `textCard` in a carousel (4.4).
pub const TEXT_CARD_IN_CAROUSEL: usize = 128;
/// Description of a lone `basicCard` (4.5).
pub const BASIC_CARD: usize = 230;
/// Description of a `basicCard` in a carousel: "two lines", in older documents 76 (4.5).
pub const BASIC_CARD_IN_CAROUSEL: usize = 76;
/// Title of any card (4.4, 4.5).
pub const TITLE: usize = 50;
/// Label of a button or quick reply (4.11). Two buttons side by side would have 8 each; ours always stand below
/// each other.
pub const LABEL: usize = 14;
/// Buttons on a card, one below the other (4.11).
pub const BUTTONS: usize = 3;
/// Quick replies in an answer (4.1).
pub const QUICK_REPLIES: usize = 10;
/// Outputs in an answer (4.1).
pub const OUTPUTS: usize = 3;
/// Items in a carousel of text or basic cards (4.9).
pub const CAROUSEL: usize = 10;
/// Text that stands for a picture (4.3, 4.11).
pub const ALT_TEXT: usize = 50;
/// Bytes of a bubble and, to be on the safe side, of the whole answer (1.4).
pub const BYTES: usize = 30_720;
/// Characters that a button carries back in `extra` (product.md, "Limits of the channels").
pub const PAYLOAD: usize = 1_000;

/// What a press says in the room (ours): the full label, which the bot compares, up to this many characters.
pub const MESSAGE_TEXT: usize = 300;
/// Characters of an address after percent-encoding (ours).
pub const URL: usize = 2_000;
/// Bytes of one carousel (ours): leaves room for the answer around it and for "더보기".
pub const CAROUSEL_BYTES: usize = 28_000;
/// Bytes of a request that are read at all (ours). Real ones are under 4 KB.
pub const REQUEST_BYTES: usize = 1 << 20;
