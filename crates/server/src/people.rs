//! The people who work in the console: how they prove who they are, and what commands and routes share of that.

use std::net::IpAddr;

use engine::lang::{Lang, Said};
use store::{AccountId, AccountRow, CommitError, NewAccount, NewSignIn, SignInId, StoreError, WorkspaceId};

use crate::{
    Hub,
    attempts::{Attempts, Key},
    numbers::Numbers,
    password::{PasswordError, Passwords},
    picture::Pictures,
    secret::Token,
};

/// A sign-in ends after so long without a visit.
pub const SIGNED_IN_MS: i64 = 30 * 86_400_000;
/// How long a link for a new password is good.
pub const RESET_MS: i64 = 30 * 60_000;
/// Characters of a password.
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 10..=256;
/// Characters of an address, as mail allows.
const MAX_EMAIL: usize = 254;
/// How much is kept of what a browser calls itself.
const MAX_USER_AGENT: usize = 300;

/// What signing in needs beside the store.
#[derive(Debug, Default)]
pub struct People {
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Counts guesses.
    pub attempts: Attempts,
    /// What bots did today.
    pub numbers: Numbers,
    /// Makes pictures small.
    pub pictures: Pictures,
}

/// Why somebody was not let in, or nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Too many attempts; so many milliseconds are to be waited.
    #[error("too many attempts; wait {0} ms")]
    Wait(i64),
    /// The address or the password is wrong.
    #[error("the address or the password is wrong")]
    Wrong,
    /// The address is none.
    #[error("this is no e-mail address")]
    NoEmail,
    /// The password is too weak.
    #[error("{}", .0.en)]
    Weak(Said),
    /// The address has an account already.
    #[error("this address has an account already")]
    Taken,
    /// There is no such account.
    #[error("there is no account with this address")]
    Nobody,
    /// Someone has set the server up already.
    #[error("this server has an owner already")]
    SetUp,
    /// Passwords cannot be checked now.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The machine gives no random numbers.
    #[error("the machine gives no random numbers: {0}")]
    Entropy(#[from] getrandom::Error),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who somebody wants to be.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// Their address, as it was typed.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// The language of their console.
    pub language: Lang,
}

/// An address as it is stored: trimmed, in lower case. `None` where it is none.
pub fn clean_email(text: &str) -> Option<String> {
    let email = text.trim().to_lowercase();
    let (local, domain) = email.rsplit_once('@')?;
    let strange =
        |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"".contains(letter);
    let sound = !local.is_empty()
        && !domain.is_empty()
        && !domain.contains("..")
        && !domain.starts_with(['.', '-'])
        && !domain.ends_with(['.', '-'])
        && email.chars().count() <= MAX_EMAIL
        && !local.contains('@')
        && !email.contains(strange);
    sound.then_some(email)
}

/// What is wrong with a new password, if anything.
pub fn weakness(password: &str, email: &str) -> Option<Said> {
    let length = password.chars().count();
    if !PASSWORD_LENGTH.contains(&length) {
        return Some(Said::new(
            format!(
                "비밀번호는 {}자 이상 {}자 이하로 정해 주세요.",
                PASSWORD_LENGTH.start(),
                PASSWORD_LENGTH.end()
            ),
            format!("A password has {} to {} characters.", PASSWORD_LENGTH.start(), PASSWORD_LENGTH.end()),
        ));
    }
    let lower = password.to_lowercase();
    let letters: std::collections::BTreeSet<char> = lower.chars().collect();
    let local = email.split('@').next().unwrap_or_default();
    let known = lower == email
        || (local.chars().count() > 3 && lower.starts_with(local) && length < local.chars().count() + 6);
    let row =
        "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm qwertyuiop1234567890"
            .contains(&lower);
    let common = ["password", "passw0rd", "qwerty", "비밀번호", "iloveyou", "closer"].iter().any(|word| {
        lower.starts_with(word) && lower[word.len()..].chars().all(|letter| !letter.is_alphabetic())
    });
    (letters.len() < 4 || known || row || common).then(|| {
        Said::new(
            "짐작하기 쉬운 비밀번호예요. 관계없는 낱말 여러 개를 이어 보세요.",
            "This password is easy to guess. Try several words that have nothing to do with each other.",
        )
    })
}

/// The first person, who owns the server's workspace.
pub async fn set_up(
    hub: &Hub,
    person: NewPerson<'_>,
    workspace: &str,
) -> Result<(AccountId, WorkspaceId), PeopleError> {
    let new = new_account(hub, person).await?;
    let id = new.id;
    match hub.store.set_up(new, workspace, hub.die.roll_wide()).await {
        Ok(workspace) => Ok((id, workspace)),
        Err(StoreError::Commit(CommitError::Stale { table: "accounts" })) => Err(PeopleError::SetUp),
        Err(error) => Err(error.into()),
    }
}

/// An account that is checked and hashed but not stored yet.
pub async fn new_account(hub: &Hub, person: NewPerson<'_>) -> Result<NewAccount, PeopleError> {
    let email = clean_email(person.email).ok_or(PeopleError::NoEmail)?;
    if let Some(weakness) = weakness(person.password, &email) {
        return Err(PeopleError::Weak(weakness));
    }
    let now_ms = hub.clock.now_ms();
    Ok(NewAccount {
        id: AccountId::new(now_ms, hub.die.roll_wide()),
        email,
        name: person.name.to_owned(),
        password: hub.people.passwords.hash(person.password).await?,
        language: match person.language {
            Lang::Ko => "ko",
            Lang::En => "en",
        },
        now_ms,
    })
}

/// Adds an account by hand: owner where it is the first, else with this role in the server's workspace.
pub async fn add(
    hub: &Hub,
    person: NewPerson<'_>,
    role: &str,
    workspace_name: &str,
) -> Result<AccountId, PeopleError> {
    if !hub.store.any_account().await.map_err(StoreError::from)? {
        match set_up(hub, person, workspace_name).await {
            // Somebody was quicker; this is one more account then.
            Err(PeopleError::SetUp) => {}
            done => return done.map(|(id, _)| id),
        }
    }
    let new = new_account(hub, person).await?;
    let (id, now_ms) = (new.id, new.now_ms);
    match hub.store.add_account(new).await {
        Ok(()) => {}
        Err(StoreError::Commit(CommitError::Duplicate { .. })) => return Err(PeopleError::Taken),
        Err(error) => return Err(error.into()),
    }
    let workspace = hub.store.default_workspace(now_ms, hub.die.roll_wide()).await?;
    hub.store.add_member(workspace, id, role, now_ms).await?;
    Ok(id)
}

/// Is this somebody's password? Counts the attempt, against their account and where it comes from.
///
/// `keys` are to be given to [`Attempts::succeed`] once all proofs are there.
pub async fn prove(
    hub: &Hub,
    email: &str,
    password: &str,
    from: Option<IpAddr>,
) -> Result<(AccountRow, Vec<Key>), PeopleError> {
    let email = clean_email(email);
    let named = email.clone().unwrap_or_default();
    let keys: Vec<Key> = [Key::Account(named)].into_iter().chain(from.map(Key::of_address)).collect();
    hub.people.attempts.begin(&keys, hub.clock.now_ms()).map_err(PeopleError::Wait)?;
    let account = match &email {
        Some(email) => hub.store.account_by_email(email).await.map_err(StoreError::from)?,
        None => None,
    };
    let hash = account.as_ref().map(|account| account.password.as_str());
    let right = hub.people.passwords.verify(password, hash).await?;
    match account {
        Some(account) if right => Ok((account, keys)),
        _ => Err(PeopleError::Wrong),
    }
}

/// Signs somebody in: the token for their browser.
pub async fn sign_in(
    hub: &Hub,
    account: AccountId,
    user_agent: &str,
    from: Option<IpAddr>,
) -> Result<Token, PeopleError> {
    let token = Token::new()?;
    let now_ms = hub.clock.now_ms();
    let new = NewSignIn {
        id: SignInId::new(now_ms, hub.die.roll_wide()),
        account,
        token: token.hash(),
        user_agent: user_agent.chars().filter(|letter| !letter.is_control()).take(MAX_USER_AGENT).collect(),
        address: from.map(|address| address.to_string()).unwrap_or_default(),
        now_ms,
        expires_at: now_ms + SIGNED_IN_MS,
    };
    hub.store.sign_in(new).await?;
    Ok(token)
}

/// The address of a page of the console.
pub fn link(base: &str, page: &str, token: &Token) -> String {
    format!("{base}/{page}/{token}")
}

/// A link that sets a new password once, within half an hour.
pub async fn reset_link(hub: &Hub, account: AccountId) -> Result<String, PeopleError> {
    let token = Token::new()?;
    hub.store.add_reset(account, token.hash(), hub.clock.now_ms() + RESET_MS).await?;
    Ok(link(&hub.config.public_url(), "reset", &token))
}

/// What is due from time to time: sign-ins, links and deleted bots whose time is over.
pub async fn tidy(hub: &Hub) -> Result<(), StoreError> {
    /// Deleted bots can be restored for so long.
    const RESTORABLE_MS: i64 = 30 * 86_400_000;
    /// A picture that nobody has any more may still be on its way to a screen.
    const PICTURE_MS: i64 = 86_400_000;
    /// The log of changes is kept for so long.
    const AUDIT_MS: i64 = 2 * 365 * 86_400_000;
    let now_ms = hub.clock.now_ms();
    hub.store.prune_sign_ins(now_ms).await?;
    hub.store.prune_resets(now_ms).await?;
    hub.store.prune_invites(now_ms).await?;
    hub.store.prune_pictures(now_ms - PICTURE_MS).await?;
    hub.store.prune_audit(now_ms - AUDIT_MS).await?;
    let purged = hub.store.purge_bots(now_ms - RESTORABLE_MS).await?;
    if purged > 0 {
        tracing::info!(bots.purged = purged, "bots that were deleted 30 days ago are gone for good");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cleaned_and_nonsense_is_refused() {
        assert_eq!(clean_email(" Kim@Example.COM ").as_deref(), Some("kim@example.com"));
        assert_eq!(clean_email("kim+shop@localhost").as_deref(), Some("kim+shop@localhost"));
        for bad in [
            "",
            "kim",
            "@",
            "kim@",
            "@example.com",
            "a b@example.com",
            "a@b@c",
            "a@b..c",
            "a@-b",
            "a\0@b.c",
            "<a@b.c>",
        ] {
            assert_eq!(clean_email(bad), None, "{bad:?}");
        }
        assert_eq!(clean_email(&format!("{}@b.c", "a".repeat(300))), None);
    }

    #[test]
    fn passwords_that_anyone_would_try_are_refused() {
        for weak in [
            "short",
            "aaaaaaaaaaaa",
            "1234567890",
            "qwertyuiop",
            "Password123!",
            "kim@example.com",
            "비밀번호1234567",
            &"가나다라".repeat(65),
        ] {
            assert!(weakness(weak, "kim@example.com").is_some(), "{weak}");
        }
        for strong in ["맑은 하늘 종이배 소풍", "correct horse battery", "tr0ub4dor&3zz"] {
            assert_eq!(weakness(strong, "kim@example.com"), None, "{strong}");
        }
    }
}
