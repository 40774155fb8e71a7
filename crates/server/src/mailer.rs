//! Letters to the people of the console, through the mail server of a workspace (connection `smtp`).
//!
//! Invitations go through the server of the workspace that invites, links for a new password through that of the
//! server's own workspace. Where none is connected nothing is sent: whoever invites passes the link on, and a new
//! password is set with `closer user reset`.

use std::time::Duration;

use engine::lang::Lang;
use store::WorkspaceId;
use tokio::time::Instant;

use crate::{
    Hub,
    effects::{
        mail::{self, Mail},
        provider::Call,
    },
    vault::{Kind, VaultError},
};

/// How long a mail server may take.
const WITHIN: Duration = Duration::from_secs(20);

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter<'a> {
    /// A link that sets a new password.
    Reset {
        /// The link.
        link: &'a str,
    },
    /// Something is wrong with a bot.
    Alert {
        /// What the bot is called.
        bot: &'a str,
        /// What is wrong.
        said: &'a str,
        /// Where to look.
        link: &'a str,
    },
    /// A link into a workspace.
    Invite {
        /// The link.
        link: &'a str,
        /// What the workspace is called.
        workspace: &'a str,
        /// What the inviter is called.
        by: &'a str,
    },
}

/// Can letters of the server itself be sent?
pub async fn is_set_up(hub: &Hub) -> bool {
    match own_workspace(hub).await {
        Some(workspace) => matches!(connection(hub, workspace).await, Ok(Some(_))),
        None => false,
    }
}

/// The workspace whose mail server sends the server's own letters.
pub async fn own_workspace(hub: &Hub) -> Option<WorkspaceId> {
    match hub.store.default_workspace(hub.clock.now_ms(), hub.die.roll_wide()).await {
        Ok(workspace) => Some(workspace),
        Err(error) => {
            tracing::error!(%error, "the server's workspace could not be read");
            None
        }
    }
}

/// Sends a letter; whether a mail server has taken it. Why not stands in the log.
pub async fn send(hub: &Hub, workspace: WorkspaceId, to: &str, letter: &Letter<'_>, lang: Lang) -> bool {
    let settings = match connection(hub, workspace).await {
        Ok(Some(settings)) => settings,
        Ok(None) => return false,
        Err(error) => {
            tracing::error!(workspace.id = %workspace, %error, "the mail connection cannot be read");
            return false;
        }
    };
    let until = Instant::from_std(hub.clock.instant()) + WITHIN;
    let call = Call {
        guard: &hub.guard,
        memory: &hub.memory,
        clock: hub.clock,
        die: &hub.die,
        workspace,
        session: "",
        until,
    };
    let (subject, body) = letter.written(lang);
    let mail = Mail { to, reply_to: "", subject: &subject, body: &body };
    match mail::deliver(&call, &settings, &mail).await {
        Ok(_) => true,
        Err(error) => {
            tracing::warn!(workspace.id = %workspace, %error, "a letter to a person of the console was not sent");
            false
        }
    }
}

async fn connection(hub: &Hub, workspace: WorkspaceId) -> Result<Option<serde_json::Value>, VaultError> {
    hub.vault.connection(workspace, Kind::Smtp, None).await
}

impl Letter<'_> {
    /// Subject and body (HTML).
    fn written(&self, lang: Lang) -> (String, String) {
        let (subject, said, link, button, end) = match (self, lang) {
            (Self::Reset { link }, Lang::Ko) => (
                "[closer] 새 비밀번호 정하기".to_owned(),
                "새 비밀번호를 정할 수 있는 링크를 보내 드려요.".to_owned(),
                link,
                "새 비밀번호 정하기",
                "링크는 30분 동안 한 번만 쓸 수 있어요. 요청한 적이 없다면 이 메일을 무시해 주세요. 비밀번호는 바뀌지 않아요.",
            ),
            (Self::Reset { link }, Lang::En) => (
                "[closer] Set a new password".to_owned(),
                "Here is the link for a new password.".to_owned(),
                link,
                "Set a new password",
                "It works once within 30 minutes. If you did not ask for it, ignore this mail: your password stays.",
            ),
            (Self::Alert { bot, said, link }, Lang::Ko) => (
                format!("[closer] {} 알림", one_line(bot)),
                format!("'{}' 챗봇: {}", escape(bot), escape(said)),
                link,
                "대시보드 열기",
                "알림 기준과 받는 사람은 챗봇의 알림 설정에서 바꿀 수 있어요.",
            ),
            (Self::Alert { bot, said, link }, Lang::En) => (
                format!("[closer] Alert: {}", one_line(bot)),
                format!("'{}': {}", escape(bot), escape(said)),
                link,
                "Open the dashboard",
                "Thresholds and recipients are set in the bot's alert settings.",
            ),
            (Self::Invite { link, workspace, by }, Lang::Ko) => (
                format!("[closer] {} 초대", one_line(workspace)),
                format!("{} 님이 '{}' 작업 공간으로 초대했어요.", escape(by), escape(workspace)),
                link,
                "초대 받기",
                "링크는 7일 동안 한 번만 쓸 수 있어요. 모르는 초대라면 이 메일을 무시해 주세요.",
            ),
            (Self::Invite { link, workspace, by }, Lang::En) => (
                format!("[closer] Invitation to {}", one_line(workspace)),
                format!("{} has invited you to the workspace '{}'.", escape(by), escape(workspace)),
                link,
                "Accept the invitation",
                "It works once within 7 days. If you do not know what this is about, ignore this mail.",
            ),
        };
        let link = escape(link);
        let body = format!("<p>{said}</p><p><a href=\"{link}\">{button}</a></p><p>{link}</p><p>{end}</p>");
        (subject, body)
    }
}

/// Names come from people and must not become markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_no_markup() {
        let letter = Letter::Invite {
            link: "https://a.example/invite/1",
            workspace: "<b>가게</b>\r\nBcc: x",
            by: "\"><img>",
        };
        for lang in [Lang::Ko, Lang::En] {
            let (subject, body) = letter.written(lang);
            assert!(!subject.contains(['\r', '\n']), "{subject}");
            assert!(
                !body.contains("<b>")
                    && !body.contains("<img>")
                    && body.contains("https://a.example/invite/1")
            );
        }
    }
}
