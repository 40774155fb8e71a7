//! What a caller may ask for that is not there.

use axum::http::StatusCode;
use engine::lang::Said;

use super::About;

/// What may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// The address.
    Page,
    /// A workspace.
    Workspace,
    /// A bot.
    Bot,
    /// A member.
    Member,
    /// An invitation.
    Invite,
    /// A sign-in.
    Session,
    /// A picture.
    Picture,
    /// A template.
    Template,
    /// A conversation.
    Chat,
    /// A flow.
    Flow,
    /// A canned message.
    Canned,
    /// A question and its answer.
    Answer,
    /// A web chat that was never set up.
    WebChannel,
    /// A ConsultationTalk that was never set up.
    ConsultTalk,
    /// The demo.
    Demo,
    /// A version of a bot.
    Version,
    /// A path test.
    PathTest,
    /// A request in the log.
    Request,
    /// A turn.
    Turn,
    /// A conversation.
    Conversation,
    /// A webhook.
    Webhook,
}

impl Thing {
    pub(super) fn about(self) -> About {
        let (name, ko, en) = match self {
            Self::Page => ("no-such-page", "주소", "address"),
            Self::Workspace => ("no-such-workspace", "작업 공간", "workspace"),
            Self::Bot => ("no-such-bot", "봇", "bot"),
            Self::Member => ("no-such-member", "구성원", "member"),
            Self::Invite => ("no-such-invite", "초대", "invitation"),
            Self::Session => ("no-such-session", "로그인 기록", "sign-in"),
            Self::Picture => ("no-such-picture", "사진", "picture"),
            Self::Template => ("no-such-template", "예시", "template"),
            Self::Chat => ("no-such-chat", "대화", "conversation"),
            Self::Flow => ("no-such-flow", "플로우", "flow"),
            Self::Canned => ("no-such-canned", "상용구", "canned message"),
            Self::Answer => ("no-such-answer", "답변", "answer"),
            Self::WebChannel => ("no-such-web-channel", "웹 채팅", "web chat"),
            Self::ConsultTalk => ("no-such-consulttalk", "상담톡", "ConsultationTalk"),
            Self::Demo => ("no-such-demo", "데모", "demo"),
            Self::Version => ("no-such-version", "버전", "version"),
            Self::PathTest => ("no-such-path-test", "경로 테스트", "path test"),
            Self::Request => ("no-such-request", "요청", "request"),
            Self::Turn => ("no-such-turn", "턴 기록", "turn"),
            Self::Conversation => ("no-such-conversation", "대화", "conversation"),
            Self::Webhook => ("no-such-webhook", "웹훅", "webhook"),
        };
        About(
            StatusCode::NOT_FOUND,
            name,
            Said::new(
                format!("찾을 수 없는 {ko}이에요")
                    .replace("주소이에요", "주소예요")
                    .replace("초대이에요", "초대예요")
                    .replace("예시이에요", "예시예요")
                    .replace("대화이에요", "대화예요")
                    .replace("플로우이에요", "플로우예요")
                    .replace("상용구이에요", "상용구예요")
                    .replace("데모이에요", "데모예요")
                    .replace("테스트이에요", "테스트예요"),
                format!("There is no such {en}"),
            ),
            Said::new(
                "지워졌거나 볼 수 있는 권한이 없어요. 주소를 확인해 주세요.",
                "It was removed, or you may not see it. Check the address.",
            ),
        )
    }
}
