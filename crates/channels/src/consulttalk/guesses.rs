//! What the dealers' documents leave open or say in two ways (spec consulttalk.md 15): the reading that was chosen, and
//! why. A contract that says otherwise changes a line here, or a setting of the channel ([`super::Line::paths`],
//! [`super::Line::headers`]).
//!
//! Readings that need no number are only where they act: `contents` goes before `content`, and both are read (2); a
//! long text's `attachment.url` wins over whatever was cut (1); ids are read as number or text (23); an unknown type of
//! message is kept by its name (18, 21); a hook of a session that is closed already is no error (3); Happytalk's third
//! generation is heard as natively (19).

/// An image in a button bubble, older model (4): half a megabyte in the smaller of both readings.
pub(super) const LINK_IMAGE_BYTES: u64 = 500_000;
/// Any image, and one in a composed bubble (4): 5 MB in the smaller reading.
pub(super) const IMAGE_BYTES: u64 = 5_000_000;
/// A file or video (5). Happytalk's page of 2022 says 20 MB, Kakao 300: a file that is too large is refused with a reason
/// that the agent sees, one that we refuse for nothing is not, so Kakao's number stands, in the smaller reading.
pub(super) const FILE_BYTES: u64 = 300_000_000;
/// A sound.
pub(super) const AUDIO_BYTES: u64 = 10_000_000;

/// What a button carries (7): the table says 100, the note below it 50 and a pattern. 50 passes both.
pub(super) const EXTRA: usize = 50;
/// A bot event at the end of a session: here all sources agree on 100.
pub(super) const END_EVENT: usize = 100;

/// Texts are measured in UTF-16 units, as Java counts them: no document says, and this never counts fewer than another.
pub(super) const TEXT: usize = 1_000;

/// A card in a row (10): the documents give no length for its text, so those of Kakao's other carousels stand here. Cards
/// that are longer go out one by one, whole.
pub(super) const CAROUSEL_MESSAGE: usize = 180;
/// The heading of a card in a row: likewise.
pub(super) const CAROUSEL_HEADER: usize = 20;
/// Buttons of a card in a row: Bizgo's "at most two" can be read with or without a coupon.
pub(super) const CAROUSEL_BUTTONS: usize = 2;

/// How soon a hook is answered where the documents are silent (15).
pub(super) const ACKNOWLEDGE_WITHIN_MS: u64 = 1_000;
/// What it is answered with where nothing is specified (15): an empty object harms nobody.
pub(super) const ACKNOWLEDGEMENT: &str = "{}";

/// Happytalk's third generation ends a session beside `…/chat/endWithBot`; the page of the plain end was not seen.
pub(super) const HAPPYTALK_V3_END: &str = "/kakaoWebhook/v3/bzc/chat/end";
/// Bizgo opens and closes chat beside `…/cstalk/profile/user/block`; the pages were not seen.
pub(super) const BIZGO_ACTIVATE: &str = "/api/comm/v1/center/cstalk/profile/chat/activate";
/// As [`BIZGO_ACTIVATE`].
pub(super) const BIZGO_DEACTIVATE: &str = "/api/comm/v1/center/cstalk/profile/chat/deactivate";
/// DKTechin's plain pictures: `/image/plain` is documented, too, and was seen to answer 404.
pub(super) const DKTECHIN_PLAIN_IMAGE: &str = "/api/v1/upload/image";
/// The form field that holds DKTechin's pictures: not named; natively it is this.
pub(super) const DKTECHIN_IMAGE_FIELD: &str = "image";

/// Telephone numbers and other apps' addresses in a button: an app link wants two targets, and both systems open these
/// addresses alike.
pub(super) const SCHEMES_THAT_NO_BUTTON_OPENS: [&str; 7] =
    ["javascript", "data", "file", "vbscript", "about", "blob", "content"];
/// Characters of an address.
pub(super) const ADDRESS: usize = 1_000;
