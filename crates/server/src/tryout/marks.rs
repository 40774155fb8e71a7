//! What a channel shows otherwise than the bot says it, in words for the bot's author.

use channels::{Capabilities, KAKAOBIZ, ShapeNote};
use engine::{lang::Said, message::Message, turn::Outcome};

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

    /// ConsultationTalk's own look is not made here.
    pub(super) fn not_offered() -> Self {
        Self {
            code: "not-offered",
            said: Said::new(
                "상담톡의 모양은 여기서 그대로 보여 줄 수 없어요. 봇이 보내는 메시지 그대로예요.",
                "ConsultationTalk is not drawn by its own rules here; these are the messages as the bot sends them.",
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

/// What goes past the limits of ConsultationTalk, which is not shaped for here.
pub(super) fn of_neutral(outcome: &Outcome) -> Vec<Mark> {
    let limits = KAKAOBIZ;
    let mut marks = Vec::new();
    for (at, sent) in outcome.messages.iter().enumerate() {
        let mut say = |code, ko: String, en: String| {
            marks.push(Mark { code, said: Said::new(ko, en), bubble: Some(at) });
        };
        message(&sent.message, &limits, &mut say);
    }
    if !outcome.quick_replies.is_empty() {
        let said = Said::new(
            "바로가기 응답이 없는 채널이라서 버튼이 있는 메시지로 한 번 더 보내요.",
            "This channel has no quick replies; they become buttons of a further message.",
        );
        marks.push(Mark { code: "quick-replies", said, bubble: None });
    }
    marks
}

fn message(message: &Message, limits: &Capabilities, say: &mut impl FnMut(&'static str, String, String)) {
    let mut long = |code, what: (&str, &str), text: &str, most: usize| {
        let length = text.chars().count();
        if length > most {
            say(
                code,
                format!("{}은(는) {most}자까지 보여요 (지금 {length}자).", what.0),
                format!("{} shows {most} characters (now {length}).", what.1),
            );
        }
    };
    for button in message.buttons() {
        long("label-cut", ("버튼", "A button"), &button.label, limits.label);
    }
    match message {
        Message::Text { text, .. } => long("text-divided", ("글", "A text"), text, limits.text),
        Message::Cards { cards } => {
            for card in cards {
                let description = card.description.as_deref().unwrap_or_default();
                long("card-text-cut", ("카드 설명", "A card"), description, limits.card_body);
            }
            if cards.len() > limits.cards {
                let (count, most) = (cards.len(), limits.cards);
                say(
                    "cards-divided",
                    format!("카드는 한 메시지에 {most}개까지라서 나눠 보내요 (지금 {count}개)."),
                    format!("One message takes {most} cards (now {count}); they are divided."),
                );
            }
        }
        Message::Media { .. } | Message::Location { .. } => {}
    }
}
