//! What the layers beneath say, as the console tells it.

use engine::lang::Said;
use livechat::Refused;
use store::{CommitError, DbError, StoreError};

use super::{FieldError, Problem, Thing};
use crate::{
    chat::ChatError, password::PasswordError, people::PeopleError, vault::VaultError, webpush::WebPushError,
};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Commit(CommitError::Expired | CommitError::Unavailable(_)) | StoreError::Read(_) => {
                tracing::error!(%error, "the store did not answer the console");
                Self::Busy
            }
            error => {
                tracing::error!(%error, "the store refused what the console asked");
                Self::Internal
            }
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(error) => error.into(),
            error => {
                // Its text names no secret, and says which key is missing where.
                tracing::error!(%error, "the vault cannot be used");
                Self::Vault(Said::new(error.ko(), error.to_string()))
            }
        }
    }
}

impl From<WebPushError> for Problem {
    fn from(error: WebPushError) -> Self {
        match error {
            WebPushError::Store(error) => error.into(),
            WebPushError::Key(error) => {
                tracing::error!(%error, "agents cannot be told by their browsers");
                Self::Internal
            }
        }
    }
}

impl From<ChatError> for Problem {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::NoBot | ChatError::Off | ChatError::Unpublished => Self::Missing(Thing::Bot),
            ChatError::NoChat => Self::Missing(Thing::Chat),
            ChatError::NoAgent => Self::Missing(Thing::Member),
            ChatError::NoFlow => Self::Missing(Thing::Flow),
            ChatError::NotHere => Self::ChatElsewhere,
            ChatError::RoomClosed { blocked } => Self::RoomClosed(blocked),
            ChatError::Refused(refused) => match refused {
                Refused::Taken(_) => Self::ChatTaken,
                Refused::OwnerStays => Self::ChatOwnerStays,
                Refused::SameAgent => Self::ChatSameAgent,
                Refused::NotOpen | Refused::Open | Refused::Connected => Self::ChatNotOpen,
            },
            ChatError::Full { max, .. } => Self::AgentFull(max),
            ChatError::Conflict => Self::ChatMoved,
            ChatError::Busy => Self::Busy,
            ChatError::Store(error) => error.into(),
            ChatError::Broken(error) => {
                tracing::error!(%error, "a published version cannot be read");
                Self::Internal
            }
        }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        StoreError::from(error).into()
    }
}

impl From<getrandom::Error> for Problem {
    fn from(error: getrandom::Error) -> Self {
        PeopleError::from(error).into()
    }
}

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Wait(wait) => Self::TooManyAttempts(wait),
            PeopleError::Wrong => Self::WrongCredentials,
            PeopleError::NoEmail => Self::Invalid(vec![FieldError {
                pointer: "/email".to_owned(),
                said: Said::new("이메일 주소를 확인해 주세요.", "Check the e-mail address."),
            }]),
            PeopleError::Weak(said) => {
                Self::Invalid(vec![FieldError { pointer: "/password".to_owned(), said }])
            }
            PeopleError::Taken => Self::EmailTaken,
            PeopleError::Nobody => Self::Missing(Thing::Member),
            PeopleError::SetUp => Self::SetUpAlready,
            PeopleError::Password(PasswordError::Busy) => Self::Busy,
            PeopleError::Store(error) => error.into(),
            error @ (PeopleError::Password(PasswordError::Failed(_)) | PeopleError::Entropy(_)) => {
                tracing::error!(%error, "a secret could not be made or checked");
                Self::Internal
            }
        }
    }
}
