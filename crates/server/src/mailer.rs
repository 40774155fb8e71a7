//! Letters to people. Until a mail server can be set up none are sent: whoever invites passes the link on, and a new
//! password is set with `closer user reset`.

use crate::Hub;

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter<'a> {
    /// A link that sets a new password.
    Reset {
        /// The link.
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

/// Can letters be sent?
pub fn is_set_up(_: &Hub) -> bool {
    false
}

/// Sends a letter; whether it is on its way.
pub async fn send(hub: &Hub, _to: &str, _letter: Letter<'_>) -> bool {
    is_set_up(hub)
}
