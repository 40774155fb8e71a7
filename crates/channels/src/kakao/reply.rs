//! What a person in KakaoTalk is told when no bot can answer.
//!
//! Short and true, without words of the implementation: the customer can do nothing about it. Why it happened is
//! recorded for the operator elsewhere.

/// The address names no bot of this server.
pub const NO_BOT: &str = "연결된 챗봇을 찾을 수 없어요. 채널 관리자에게 알려 주세요.";
/// The owner has switched the channel off.
pub const OFF: &str = "지금은 챗봇이 쉬고 있어요. 잠시 후 다시 찾아 주세요.";
/// Nothing is published yet.
pub const UNPUBLISHED: &str = "챗봇을 준비하고 있어요. 조금만 기다려 주세요.";
/// Something failed, and the bot's own error message is not at hand.
pub const TROUBLE: &str = "요청을 처리하는 중에 문제가 생겼어요. 잠시 후 다시 시도해 주세요.";
/// An answer takes longer than Kakao waits, and the bot's own word for that is blank.
pub const WAITING: &str = engine::turn::WAITING;
/// The button that fetches it, where the bot's own label is blank.
pub const WAITING_BUTTON: &str = engine::turn::WAITING_BUTTON;
/// An answer that was promised will not come: the server was stopped while it was made.
pub const LOST: &str = "기다리시던 답변을 준비하지 못했어요. 번거로우시겠지만 한 번 더 말씀해 주세요.";
/// The bot has nothing to say and its own word for that is blank.
pub const NOTHING: &str = "(메시지 없음)";
