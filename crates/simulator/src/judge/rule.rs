//! Every rule that the judge knows, each with its name, where it is written and what it says to a person.
//!
//! A rule *drops* when breaking it costs the whole answer (spec kakao-skill.md 1.4). The others are remarks: the answer
//! is shown, but not as it was meant, or only third parties name the limit. Two things surprise. Limits in *lines* are
//! remarks, because a phone wraps by its own width and cuts there; a line break is only the least number of lines. And
//! where documents of different years disagree, the smaller number drops.

/// One of Kakao's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// A stable name.
    pub name: &'static str,
    /// Where kakao-skill.md has it.
    pub section: &'static str,
    /// Kakao's number, where one is known.
    pub code: Option<u16>,
    /// Breaking it drops the whole answer.
    pub drops: bool,
    /// What it says, in Korean.
    pub ko: &'static str,
    /// What it says, in English.
    pub en: &'static str,
}

impl Rule {
    /// The rule of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|rule| rule.name == name)
    }
}

macro_rules! rules {
    ($($drops:ident $id:ident $name:literal $section:literal $(code $code:literal)? : $ko:literal, $en:literal;)*) => {
        $(pub(super) const $id: Rule = Rule {
            name: $name, section: $section, code: rules!(@code $($code)?), drops: rules!(@$drops), ko: $ko, en: $en,
        };)*
        /// All rules, in the order of the documents.
        pub const ALL: &[Rule] = &[$($id),*];
    };
    (@code) => { None };
    (@code $code:literal) => { Some($code) };
    (@drops) => { true };
    (@remark) => { false };
}

rules! {
    drops NOT_JSON "not-json" "1.4": "응답이 JSON이 아니에요", "The answer is not JSON";
    drops NOT_AN_OBJECT "not-an-object" "4.1": "응답은 JSON 객체여야 해요", "The answer has to be a JSON object";
    remark CONTENT_TYPE "content-type" "4.1": "Content-Type은 application/json이 좋아요", "Content-Type should be application/json";
    drops VERSION_1 "version-1" "4.13": "version이 없어서 2018년의 버전 1로 읽혀요", "Without version the answer is read as version 1 of 2018";
    drops VERSION "version" "4.1": "version은 \"2.0\"이어야 해요", "version has to be \"2.0\"";
    drops TEMPLATE_MISSING "template-missing" "4.1": "보여 줄 template이 없어요", "There is no template to show";
    remark TEMPLATE_IGNORED "template-ignored" "6": "useCallback이 true면 template은 쓰이지 않아요", "With useCallback the template is ignored";
    drops OUTPUTS_MISSING "outputs-missing" "4.1": "template.outputs 목록이 없어요", "template.outputs is no list";
    drops OUTPUTS_COUNT "outputs-count" "4.1": "말풍선은 1개에서 3개까지예요", "An answer has one to three bubbles";
    drops OUTPUT_KEYS "output-keys" "4.1": "출력 하나에는 키가 정확히 하나 있어야 해요", "An output has exactly one key";
    drops OUTPUT_UNKNOWN "output-unknown" "4.1": "모르는 출력 종류예요", "There is no such kind of output";
    drops BUBBLE_TOO_LARGE "bubble-too-large" "1.4": "말풍선 하나가 30,720바이트를 넘어요", "A bubble is larger than 30,720 bytes";
    drops FIELD_MISSING "field-missing" "4": "꼭 있어야 하는 값이 없어요", "A required field is missing";
    drops FIELD_TYPE "field-type" "4": "값의 종류가 달라요", "A field has the wrong type";
    drops TEXT_EMPTY "text-empty" "4": "꼭 있어야 하는 글이 비어 있어요", "A required text is empty";
    drops TEXT_TOO_LONG "text-too-long" "4.2": "글자가 너무 많아요", "A text has too many characters";
    drops TEXT_NUL "text-nul" "4.2": "글에 보이지 않는 NUL 문자가 있어요", "A text holds a NUL character";
    remark LINES "lines" "4.5": "줄이 많아서 잘려 보여요", "There are more lines than are shown";
    drops URL "url" "4.3": "http나 https 주소가 아니에요", "This is no http or https address";
    remark ALT_TEXT "alt-text-missing" "4.3": "그림을 대신할 altText를 보내는 것이 좋아요", "A picture should carry an altText";
    drops TEXT_CARD_EMPTY "text-card-empty" "4.4": "textCard에는 title이나 description이 있어야 해요", "A textCard needs a title or a description";
    drops THUMBNAIL_MISSING "thumbnail-missing" "4.5" code 2461: "카드에 thumbnail이 없어요", "The card has no thumbnail";
    drops PRICE "price" "4.6": "price는 정수여야 해요", "price has to be a whole number";
    drops THUMBNAILS_COUNT "thumbnails-count" "4.6": "thumbnails는 정확히 1개예요", "thumbnails holds exactly one picture";
    drops CURRENCY "currency" "4.6": "currency는 won만 돼요", "currency can only be won";
    remark DISCOUNT_RATE "discount-rate" "4.6": "discountRate는 discountedPrice와 함께일 때만 보여요", "discountRate is shown only together with discountedPrice";
    drops LIST_HEADER "list-header" "4.7": "listCard에는 header.title이 있어야 해요", "A listCard needs header.title";
    drops LIST_COUNT "list-count" "4.7": "목록 항목 수가 맞지 않아요", "The list has too few or too many items";
    drops LIST_ITEM_ACTION "list-item-action" "4.7": "목록 항목의 action은 block이나 message예요", "A list item's action is block or message";
    remark LIST_ITEM_LONG "list-item-long" "4.7": "목록 항목의 글이 길어서 잘려 보일 수 있어요", "The text of a list item may be cut";
    drops ITEM_COUNT "item-count" "4.8": "itemList의 항목 수가 맞지 않아요", "itemList has too few or too many rows";
    drops ITEM_HEAD "item-head" "4.8": "head와 profile은 함께 쓸 수 없어요", "head and profile exclude each other";
    drops ITEM_TITLE "item-title" "4.8": "description에는 title이 있어야 해요", "description needs a title";
    drops ITEM_ALIGNMENT "item-alignment" "4.8": "itemListAlignment는 left나 right예요", "itemListAlignment is left or right";
    drops ITEM_SUMMARY "item-summary" "4.8": "itemListSummary의 값은 통화 기호, 숫자, 쉼표, 소수 둘째 자리까지만 돼요", "The summary takes currency characters, digits, commas and two decimals";
    drops ITEM_RATIO "item-ratio" "4.8": "그림의 비율이 맞지 않아요", "The picture has another ratio than allowed";
    drops ITEM_MIXED "item-mixed" "4.8": "캐로셀의 카드는 thumbnail, head, profile, imageTitle의 구성이 같아야 해요", "All cards of a carousel use the same of thumbnail, head, profile and imageTitle";
    drops CAROUSEL_TYPE "carousel-type" "4.9": "캐로셀에 넣을 수 없는 종류예요", "A carousel cannot hold this kind";
    drops CAROUSEL_COUNT "carousel-count" "4.9": "캐로셀의 카드 수가 맞지 않아요", "The carousel has too few or too many cards";
    drops CAROUSEL_HEADER "carousel-header" "4.9": "textCard와 listCard 캐로셀에는 header가 없어요", "Carousels of textCard and listCard have no header";
    drops CAROUSEL_RATIO "carousel-ratio" "4.9": "캐로셀의 그림은 비율이 모두 같아야 해요", "All pictures of a carousel need one ratio";
    drops LINK_EMPTY "link-empty" "4.11": "link에는 web, pc, mobile 중 하나가 있어야 해요", "A link needs web, pc or mobile";
    drops BUTTONS_COUNT "buttons-count" "4.11": "버튼이 너무 많아요", "There are too many buttons";
    drops BUTTON_LAYOUT "button-layout" "4.11": "buttonLayout은 vertical이나 horizontal이에요", "buttonLayout is vertical or horizontal";
    drops BUTTON_ACTION "button-action" "4.11": "모르는 버튼 action이에요", "There is no such button action";
    drops BUTTON_RETIRED "button-action-retired" "4.11": "osLink는 없어졌어요. webLink를 쓰세요", "osLink is gone; use webLink";
    drops BUTTON_GROUP "button-action-group" "4.11": "그룹 챗봇에서만 쓰는 버튼이에요", "This button is for group chatbots only";
    drops EXTRA "extra" "4.11": "extra는 객체여야 해요", "extra has to be an object";
    drops QUICK_REPLIES_COUNT "quick-replies-count" "4.1": "바로연결은 10개까지예요", "There are at most ten quick replies";
    drops QUICK_REPLY_ACTION "quick-reply-action" "4.11": "바로연결의 action은 message나 block이에요", "A quick reply's action is message or block";
    remark QUICK_REPLY_CASE "quick-reply-case" "4.11": "action은 소문자로 보내세요", "Send the action in lower case";
    drops CONTEXT_LIFE_SPAN "context-life-span" "4.12": "lifeSpan은 0 이상의 정수예요", "lifeSpan is a whole number of turns";
    drops CONTEXT_PARAMS "context-params" "4.12": "컨텍스트의 params는 문자열이어야 해요", "The params of a context are strings";
    remark CONTEXT_LIMITS "context-limits" "4.12": "이름 50자, lifeSpan 100, ttl 86,400초를 넘지 않는 것이 좋아요", "Keep to 50 characters of name, 100 turns and 86,400 seconds";
}
