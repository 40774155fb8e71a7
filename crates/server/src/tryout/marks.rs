//! What a channel shows otherwise than the bot says it, in words for the bot's author.

use channels::ShapeNote;
use engine::lang::Said;

use super::Channel;

/// One thing that is shown otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// A stable name.
    pub code: &'static str,
    /// What happens.
    pub said: Said,
    /// The bubble of the answer, from 0; past its last where it waits behind "더보기".
    pub bubble: Option<usize>,
}

impl Mark {
    /// What shaping has done.
    pub(super) fn of_note(note: &ShapeNote) -> Self {
        let ShapeNote { bubble, what, from, to, .. } = note;
        let said = match *what {
            "text-divided" => Said::new(
                format!("{to}자를 넘어서 말풍선을 나눴어요 (지금 {from}자)."),
                format!("Longer than {to} characters, so it is divided (now {from})."),
            ),
            "card-text-divided" => Said::new(
                format!("카드에는 {to}자까지 보여서 나머지는 다음 말풍선으로 보내요 (지금 {from}자)."),
                format!("A card shows {to} characters (now {from}); the rest follows as a text."),
            ),
            "card-text-cut" => Said::new(
                format!("나란한 카드의 설명은 {to}자까지 보여요 (지금 {from}자). …로 줄였어요."),
                format!("Cards side by side show {to} characters (now {from}); the rest is cut."),
            ),
            "card-title-cut" => Said::new(
                format!("카드 제목은 {to}자까지 보여요 (지금 {from}자). …로 줄였어요."),
                format!("A card's title shows {to} characters (now {from}); the rest is cut."),
            ),
            "label-cut" => Said::new(
                format!("버튼에는 {to}자까지 보여요 (지금 {from}자). …로 줄였어요."),
                format!("A button shows {to} characters (now {from}); the rest is cut."),
            ),
            "buttons-moved" => Said::new(
                format!(
                    "말풍선 하나에 버튼은 {to}개까지라서 나머지는 바로 아래에 이어서 보여요 (지금 {from}개)."
                ),
                format!("A bubble shows {to} buttons (now {from}); the rest stand below it."),
            ),
            "card-description-cut" => Said::new(
                format!("카드의 설명은 {to}자까지 보여요 (지금 {from}자). …로 줄였어요."),
                format!("A card's description shows {to} characters (now {from}); the rest is cut."),
            ),
            "cards-divided" => Said::new(
                format!("카드는 한 줄에 {to}장까지라서 나눠 보내요 (지금 {from}장)."),
                format!("One row takes {to} cards (now {from}); they are divided."),
            ),
            "quick-replies-cut" => Said::new(
                format!("바로가기 응답은 {to}개까지 보여요 (지금 {from}개)."),
                format!("{to} quick replies are shown (now {from})."),
            ),
            "quick-reply-link" => Said::new(
                "링크는 바로가기 응답이 될 수 없어서 버튼으로 보여요.",
                "Links cannot be quick replies; they are shown as buttons.",
            ),
            "media-as-link" => Said::new(
                "카카오톡 말풍선에서 바로 볼 수 없는 미디어라서 링크 버튼으로 보내요.",
                "KakaoTalk cannot show this medium; it is sent as a link.",
            ),
            "media-dropped" => Said::new(
                "주소가 https로 시작하지 않거나 비어 있어서 보여 줄 수 없어요.",
                "Its address is empty or no web address; it cannot be shown.",
            ),
            "card-media-dropped" => Said::new(
                "카드에는 이미지만 넣을 수 있어요. 사진 없이 보여요.",
                "Cards take pictures only; this one is shown without.",
            ),
            "button-dropped" => Said::new(
                "링크 주소를 읽을 수 없어서 버튼을 뺐어요.",
                "The link's address cannot be read; the button is left out.",
            ),
            "payload-by-label" => Said::new(
                "페이로드가 너무 길어서 전달되지 않아요. 버튼 이름으로 구분해요.",
                "The payload is too long to travel; the press is known by its label.",
            ),
            other => Said::new(
                format!("보낸 그대로 보이지 않아요 ({other}: {from} → {to})."),
                format!("It is not shown as it was said ({other}: {from} → {to})."),
            ),
        };
        Self { code: what, said, bubble: Some(*bubble) }
    }

    /// What shaping for ConsultationTalk has done, where that is something else than elsewhere.
    pub(super) fn of_note_on_consulttalk(note: &ShapeNote) -> Self {
        let ShapeNote { bubble, what, from, to, .. } = note;
        let said = match *what {
            "cards-one-by-one" => Said::new(
                format!(
                    "카드 {from}장을 한 장씩 따로 보내요. 나란히 보내려면 중계가 캐러셀을 지원하고, 카드마다 글이 짧고 버튼이 2개까지여야 해요."
                ),
                format!(
                    "The {from} cards are sent one by one. To stand side by side they need a relay with carousels, short texts and at most 2 buttons each."
                ),
            ),
            "quick-replies-as-buttons" => Said::new(
                format!(
                    "바로연결로 보낼 수 없어서 버튼으로 보여요 (지금 {from}개). 바로연결은 10개, 14자까지이고, 중계에 따라 버튼이나 사진이 있는 글에만 붙어요."
                ),
                format!(
                    "These cannot be quick replies, so they are buttons (now {from}). Quick replies are up to 10 of 14 characters, and with some relays only under a text with buttons or a picture."
                ),
            ),
            "buttons-moved" => Said::new(
                format!(
                    "말풍선 하나에 버튼은 {to}개까지라서 나머지는 ‘추가 선택지’ 말풍선으로 이어져요 (지금 {from}개)."
                ),
                format!(
                    "A bubble shows {to} buttons (now {from}); the rest follow in a bubble of further choices."
                ),
            ),
            "media-as-link" => Said::new(
                "상담톡 말풍선에서 바로 볼 수 없는 미디어라서 안내 글과 링크 버튼으로 보내요.",
                "ConsultationTalk cannot show this medium; it is sent as a text with a link button.",
            ),
            "media-dropped" => Said::new(
                "주소를 읽을 수 없거나 비어 있어서 안내 글만 보내요.",
                "Its address is empty or cannot be read; only a text is sent in its place.",
            ),
            "blank" => {
                Said::new("보낼 내용이 없어서 ‘…’만 보내요.", "There is nothing to say, so “…” is sent.")
            }
            _ => return Self::of_note(note),
        };
        Self { code: what, said, bubble: Some(*bubble) }
    }

    /// So many bubbles wait behind "더보기"; none where only quick replies do.
    pub(super) fn held(bubbles: usize) -> Self {
        let said = if bubbles == 0 {
            Said::new(
                "바로가기 응답이 10개를 넘어서 ‘더보기’로 나눠 보여요.",
                "More than 10 quick replies: they come in pages.",
            )
        } else {
            Said::new(
                format!(
                    "한 번에 말풍선 3개, 30KB까지 보낼 수 있어서 말풍선 {bubbles}개는 ‘더보기’를 눌러야 보여요."
                ),
                format!("One answer takes 3 bubbles and 30 KB; {bubbles} wait behind “더보기”."),
            )
        };
        Self { code: "held", said, bubble: None }
    }

    /// The answer came later than KakaoTalk waits.
    pub(crate) fn slow(took_ms: u64) -> Self {
        let seconds = took_ms.div_ceil(1_000);
        Self {
            code: "slow",
            said: Said::new(
                format!(
                    "답하는 데 {seconds}초가 걸렸어요. 카카오톡에서는 기다려 달라는 말이 먼저 나가고, 답은 콜백이나 버튼으로 이어서 보여요."
                ),
                format!(
                    "This took {seconds} s. In KakaoTalk the person is told to wait first, and the answer follows."
                ),
            ),
            bubble: None,
        }
    }

    /// What is written while an agent is waited for.
    pub(super) fn waits() -> Self {
        Self {
            code: "waits-for-agent",
            said: Said::new(
                "상담원을 기다리는 동안 쓴 글은 상담원에게 가고, 봇은 답하지 않아요.",
                "What is written while an agent is waited for goes to the agents; the bot does not answer.",
            ),
            bubble: None,
        }
    }
}

/// Why nobody comes who was called here.
pub(super) fn no_agent(channel: Channel) -> Said {
    match channel {
        Channel::Kakao => Said::new(
            "미리보기에서는 상담원을 부를 수 없어요. 카카오톡에서는 이 버튼이 채널의 1:1 채팅을 열고, 그 대화는 카카오의 채널 관리자센터에서 이어져요.",
            "Nobody can be called from the preview. In KakaoTalk this button opens the channel's 1:1 chat, which goes on in Kakao's channel admin centre.",
        ),
        Channel::Kakaobiz | Channel::Web => Said::new(
            "미리보기에서는 상담원을 부를 수 없어요. 실제 대화에서는 상담원에게 알림이 가요.",
            "Nobody can be called from the preview. In a real conversation the agents are told.",
        ),
    }
}
