//! What ends a turn with the bot's error message: faults of the scenario, not of this program.

use crate::{
    lang::{Lang, Said},
    message::NoMessage,
    session::Place,
    template::TemplateError,
};

/// A fault and where it happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The node that was running.
    pub place: Option<Place>,
    /// The node's label.
    pub label: String,
    /// What happened.
    pub kind: FaultKind,
}

/// What can be wrong with a scenario while it runs.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// A template does not parse or render.
    Template {
        /// The field of the node, such as `data.message.text`.
        field: String,
        /// With line and column.
        error: TemplateError,
    },
    /// A flow-link names a flow or node that is not there.
    MissingFlow {
        /// What the node names.
        flow: String,
    },
    /// The message cannot be read.
    Message(NoMessage),
    /// The turn ran through too many nodes, most likely in a circle.
    TooManyNodes,
}

impl Fault {
    /// Place and cause in one sentence, for `{{error}}`, traces and the operator.
    pub fn said(&self) -> Said {
        let cause = self.kind.said();
        match self.place {
            None => cause,
            Some(Place { flow, node }) => {
                let label = if self.label.is_empty() { String::new() } else { format!(" '{}'", self.label) };
                Said::new(
                    format!("플로우 {flow} › 노드 {node}{label}: {}", cause.ko),
                    format!("flow {flow} › node {node}{label}: {}", cause.en),
                )
            }
        }
    }
}

impl FaultKind {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Template { .. } => "template",
            Self::MissingFlow { .. } => "missing-flow",
            Self::Message(_) => "message",
            Self::TooManyNodes => "too-many-nodes",
        }
    }

    fn said(&self) -> Said {
        match self {
            Self::Template { field, error } => Said::new(
                format!("{field}: {}", error.message(Lang::Ko)),
                format!("{field}: {}", error.message(Lang::En)),
            ),
            Self::MissingFlow { flow } => Said::new(
                format!("연결할 플로우({flow})가 없어요."),
                format!("There is no flow {flow} to go to."),
            ),
            Self::Message(NoMessage::UnknownType) => {
                Said::new("메시지 종류를 알 수 없어요.", "The type of the message is unknown.")
            }
            Self::Message(NoMessage::NoMedia) => {
                Said::new("이미지나 파일의 주소가 비어 있어요.", "The picture or file has no address.")
            }
            Self::Message(NoMessage::NoLocation) => {
                Said::new("위치의 위도와 경도가 비어 있어요.", "The location has no latitude or longitude.")
            }
            Self::TooManyNodes => Said::new(
                "한 번에 100개가 넘는 노드를 지나갔어요. 돌고 도는 연결이 있는지 확인해 주세요.",
                "More than 100 nodes ran in one turn; look for edges that lead in a circle.",
            ),
        }
    }
}
