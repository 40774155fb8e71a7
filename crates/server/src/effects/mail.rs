//! The node `email`: a mail through the workspace's SMTP server.
//!
//! The body is HTML; beside it goes a plain text that is made from it. Who receives it may be several, divided by
//! commas. A line break in an address or the subject is refused: behind it could stand another header. The server's
//! name is resolved by the guard, and only what the guard allows is dialled. A mail is sent once: where the connection
//! breaks nobody knows whether it was taken, so it is not sent again.

mod pace;
mod text;

use std::{
    io,
    net::SocketAddr,
    time::{Duration, UNIX_EPOCH},
};

use engine::ask::Reply;
use lettre::{
    Address, Message,
    message::{Mailbox, Mailboxes, MultiPart},
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder},
        extension::ClientId,
    },
};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::time::{Instant, timeout_at};

pub use self::pace::Pace;
use super::provider::{Call, Told, Trouble, failed, hide, settings, shortened};
use crate::guard::GuardError;

/// Mails that a workspace sends in a minute, where its connection does not say.
const PER_MINUTE: u32 = 30;
/// Who receives one mail at most.
const MAX_RECIPIENTS: usize = 50;
/// Bytes of a body.
const MAX_BODY: usize = 1024 * 1024;
/// Letters of a subject.
const MAX_SUBJECT: usize = 500;
/// Letters of the server's own words about a failure.
const MAX_SAID: usize = 300;
const WHO: &str = "SMTP";

/// A mail.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Who receives it: one address or more, divided by commas.
    pub to: &'a str,
    /// Who is answered; empty means the sender.
    pub reply_to: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// HTML.
    pub body: &'a str,
}

/// A connection `smtp`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    host: String,
    port: u16,
    security: Security,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    password: Option<String>,
    from: String,
    #[serde(default)]
    per_minute: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Security {
    Starttls,
    Tls,
    None,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The settings, or the way to the server.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// An address cannot be read.
    #[error("{field}: {value:?} is no mail address")]
    Address {
        /// Which field.
        field: &'static str,
        /// What stands there, shortened.
        value: String,
    },
    /// A line break where another header could begin.
    #[error("{field} holds a line break, which a mail's head cannot have")]
    LineBreak {
        /// Which field.
        field: &'static str,
    },
    /// Nobody would receive it, or too many would.
    #[error("A mail goes to 1 to {MAX_RECIPIENTS} addresses, not to {0}")]
    Recipients(usize),
    /// Subject or body is too long.
    #[error("{field} is longer than {max}")]
    Long {
        /// Which field.
        field: &'static str,
        /// How long it may be.
        max: usize,
    },
    /// The workspace has sent enough for now.
    #[error(
        "This workspace has sent its {per_minute} mails of this minute; the next one can go in {wait_s} s"
    )]
    Pace {
        /// How many a minute.
        per_minute: u32,
        /// When the next one may go, in seconds.
        wait_s: u64,
    },
    /// The server cannot be spoken to securely.
    #[error("The mail server offers no STARTTLS; set security to tls or, in a network of your own, none")]
    NoStartTls,
    /// User or password is wrong.
    #[error("The mail server does not accept the user name and password: {0}")]
    SignIn(String),
    /// The server says "later".
    #[error("The mail server wants the mail later: {0}")]
    Later(String),
    /// The server says "no".
    #[error("The mail server refused the mail: {0}")]
    Refused(String),
    /// The certificate, or what came instead of TLS.
    #[error("A secure connection to the mail server could not be made: {0}")]
    Tls(String),
    /// The connection broke, or what came is not SMTP.
    #[error("The connection to the mail server broke: {0}")]
    Broken(String),
}

/// Sends a mail through the server of these settings (connection `smtp`). The result is `messageId`.
pub async fn send(call: &Call<'_>, settings: &Value, mail: &Mail<'_>) -> Reply {
    match deliver(call, settings, mail).await {
        Ok(id) => Reply::Done(Map::from_iter([("messageId".to_owned(), Value::String(id))])),
        Err(error) => {
            let password = settings["password"].as_str().unwrap_or_default();
            failed(&error, &[password], Map::new())
        }
    }
}

/// The same for others than flows: the mail's id, or why it was not sent. The error may hold what the server said.
pub async fn deliver(call: &Call<'_>, value: &Value, mail: &Mail<'_>) -> Result<String, MailError> {
    let server: Server = settings(WHO, value)?;
    let now_ms = call.clock.now_ms();
    let from = mailbox("from", &server.from)?;
    let id = format!("<{:x}.{:x}@{}>", now_ms, call.die.roll_wide(), from.email.domain());
    let message = compose(mail, from, &id, now_ms)?;
    let per_minute = server.per_minute.unwrap_or(PER_MINUTE).max(1);
    call.memory
        .mails
        .take(call.workspace, per_minute, Instant::now())
        .map_err(|wait| MailError::Pace { per_minute, wait_s: wait.as_secs_f64().ceil() as u64 })?;
    let host = server.host.trim();
    let addresses = call.guard.resolve(host, server.port, call.until).await.map_err(Trouble::from)?;
    let timed_out = || {
        let host = format!("{host}:{}", server.port);
        Trouble::from(GuardError::TimedOut { host })
    };
    match timeout_at(call.until, hand_over(call, &server, &addresses, &message)).await {
        Ok(Ok(())) => Ok(id),
        Ok(Err(Failure::Smtp(error))) if error.is_timeout() => Err(timed_out().into()),
        Ok(Err(Failure::Smtp(error))) => Err(MailError::of(&error, &server)),
        Ok(Err(Failure::NoStartTls)) => Err(MailError::NoStartTls),
        Err(_) => Err(timed_out().into()),
    }
}

fn compose(mail: &Mail<'_>, from: Mailbox, id: &str, now_ms: i64) -> Result<Message, MailError> {
    let subject = one_line("subject", mail.subject)?;
    if subject.chars().count() > MAX_SUBJECT {
        return Err(MailError::Long { field: "subject", max: MAX_SUBJECT });
    }
    if mail.body.len() > MAX_BODY {
        return Err(MailError::Long { field: "body", max: MAX_BODY });
    }
    let to = recipients(mail.to)?;
    let date = UNIX_EPOCH + Duration::from_millis(u64::try_from(now_ms).unwrap_or_default());
    let mut builder =
        Message::builder().message_id(Some(id.to_owned())).date(date).from(from).subject(subject);
    for mailbox in to {
        builder = builder.to(mailbox);
    }
    if !mail.reply_to.trim().is_empty() {
        builder = builder.reply_to(mailbox("replyTo", mail.reply_to)?);
    }
    let html = text::html(mail.body);
    let parts = MultiPart::alternative_plain_html(text::plain(&html), html);
    // What can be wrong with a head was looked at; a broken envelope is an address that is none.
    builder.multipart(parts).map_err(|_| MailError::Recipients(0))
}

/// The addresses of a list. A comma may also stand within the quotes of a name.
fn recipients(list: &str) -> Result<Vec<Mailbox>, MailError> {
    let list = one_line("to", list)?;
    let list = list.trim_matches([',', ';', ' ']);
    let found: Vec<Mailbox> = match list.parse::<Mailboxes>() {
        Ok(found) => found.into_iter().collect(),
        // One by one, so that the address is named that is none.
        Err(_) => list
            .split([',', ';'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(|one| mailbox("to", one))
            .collect::<Result<_, _>>()?,
    };
    match found.len() {
        1..=MAX_RECIPIENTS => Ok(found),
        count => Err(MailError::Recipients(count)),
    }
}

fn mailbox(field: &'static str, text: &str) -> Result<Mailbox, MailError> {
    let text = one_line(field, text)?;
    text.parse().or_else(|_| {
        text.parse::<Address>()
            .map(|email| Mailbox { name: None, email })
            .map_err(|_| MailError::Address { field, value: shortened(text, 100).to_owned() })
    })
}

/// White space around a text is a template's; a line break within it is another header's beginning.
fn one_line<'a>(field: &'static str, text: &'a str) -> Result<&'a str, MailError> {
    let text = text.trim();
    if text.contains(['\r', '\n', '\0', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(MailError::LineBreak { field });
    }
    Ok(text)
}

enum Failure {
    Smtp(lettre::transport::smtp::Error),
    NoStartTls,
}

impl From<lettre::transport::smtp::Error> for Failure {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        Self::Smtp(error)
    }
}

async fn hand_over(
    call: &Call<'_>,
    server: &Server,
    addresses: &[SocketAddr],
    message: &Message,
) -> Result<(), Failure> {
    let host = server.host.trim();
    let from = message.envelope().from().map(|from| from.domain().to_owned());
    let hello = from.map_or_else(ClientId::default, ClientId::Domain);
    let left = call.until.saturating_duration_since(Instant::now());
    let tls = match server.security {
        Security::None => None,
        Security::Starttls | Security::Tls => {
            let certificates = call
                .guard
                .trusted()
                .iter()
                .map(|der| Certificate::from_der(der.clone()))
                .collect::<Result<Vec<_>, _>>()?;
            let builder = TlsParameters::builder(host.to_owned());
            Some(certificates.into_iter().fold(builder, TlsParametersBuilder::add_root_certificate).build()?)
        }
    };
    let (at_once, later) = match server.security {
        Security::Tls => (tls, None),
        _ => (None, tls),
    };
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(addresses, Some(left), &hello, at_once, None).await?;
    if let Some(tls) = later {
        // Without it the password would go over the wire for everyone to read.
        if !connection.can_starttls() {
            connection.abort().await;
            return Err(Failure::NoStartTls);
        }
        connection.starttls(tls, &hello).await?;
    }
    if let Some((user, password)) = server.user.as_ref().zip(server.password.as_ref()) {
        let credentials = Credentials::new(user.clone(), password.clone());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await?;
    }
    connection.send(message.envelope(), &message.formatted()).await?;
    // The mail is taken; how the server says goodbye changes nothing.
    drop(connection.quit().await);
    Ok(())
}

impl MailError {
    fn of(error: &lettre::transport::smtp::Error, server: &Server) -> Self {
        let (mut said, mut refused, mut tls) = (error.to_string(), false, error.is_tls());
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            if let Some(inner) = inner.downcast_ref::<io::Error>() {
                refused |= inner.kind() == io::ErrorKind::ConnectionRefused;
                // The handshake's own error stands within, and is no source of it.
                tls |= inner.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>()).is_some();
            }
            let inner_said = inner.to_string();
            if !said.contains(&inner_said) {
                said = format!("{said}: {inner_said}");
            }
            source = inner.source();
        }
        let said = hide(&said, &[server.password.as_deref().unwrap_or_default()]);
        let said = shortened(&said, MAX_SAID).to_owned();
        let code = error.status().map(u16::from);
        match code {
            Some(530 | 534 | 535 | 538) => Self::SignIn(said),
            _ if error.is_transient() => Self::Later(said),
            _ if error.is_permanent() => Self::Refused(said),
            _ if tls => Self::Tls(said),
            _ if refused => {
                let host = format!("{}:{}", server.host.trim(), server.port);
                Trouble::from(GuardError::Refused { host }).into()
            }
            _ => Self::Broken(said),
        }
    }
}

impl Told for MailError {
    fn name(&self) -> &'static str {
        match self {
            Self::Trouble(trouble) => trouble.name(),
            Self::Address { .. } => "BadAddress",
            Self::LineBreak { .. } => "LineBreak",
            Self::Recipients(_) => "BadRecipients",
            Self::Long { .. } => "TooLarge",
            Self::Pace { .. } => "TooManyMails",
            Self::NoStartTls | Self::Tls(_) => "TlsError",
            Self::SignIn(_) => "SignInFailed",
            Self::Later(_) => "MailDeferred",
            Self::Refused(_) => "MailRefused",
            Self::Broken(_) => "ConnectionReset",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.ko(),
            Self::Address { field, value } => format!("{field}의 '{value}'은(는) 메일 주소가 아니에요."),
            Self::LineBreak { field } => format!("{field}에 줄바꿈이 있어요. 한 줄로 적어 주세요."),
            Self::Recipients(count) => {
                format!("메일은 1명에서 {MAX_RECIPIENTS}명까지 받을 수 있어요 (지금 {count}명).")
            }
            Self::Long { field, max } => format!("{field}이(가) 너무 길어요 (최대 {max})."),
            Self::Pace { per_minute, wait_s } => format!(
                "이 작업 공간은 1분에 메일을 {per_minute}통까지 보낼 수 있어요. {wait_s}초 뒤에 다시 보내 주세요."
            ),
            Self::NoStartTls => {
                "메일 서버가 STARTTLS를 지원하지 않아요. security를 tls로, 내부망이라면 none으로 바꿔 주세요.".to_owned()
            }
            Self::SignIn(_) => {
                "메일 서버에서 아이디와 비밀번호를 받아 주지 않았어요. 앱 비밀번호가 필요한 서비스인지도 확인해 주세요."
                    .to_owned()
            }
            Self::Later(_) => "메일 서버에서 나중에 다시 보내 달라고 했어요.".to_owned(),
            Self::Refused(_) => "메일 서버에서 메일을 거절했어요.".to_owned(),
            Self::Tls(_) => "메일 서버와 보안 연결(TLS)을 맺지 못했어요.".to_owned(),
            Self::Broken(_) => "메일 서버와의 연결이 끊어졌어요. 메일이 갔는지는 알 수 없어요.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_addresses() {
        let read = |list: &str| {
            recipients(list)
                .map(|found| found.iter().map(|one| one.email.to_string()).collect::<Vec<_>>().join(" "))
                .map_err(|error| error.to_string())
        };
        assert_eq!(read("a@b.kr").as_deref(), Ok("a@b.kr"));
        assert_eq!(read(" a@b.kr, 김 사장 <kim@b.kr> ,").as_deref(), Ok("a@b.kr kim@b.kr"));
        assert_eq!(read("a@b.kr; c@d.kr").as_deref(), Ok("a@b.kr c@d.kr"));
        assert_eq!(read("a@b.kr, 김 사장").unwrap_err(), "to: \"김 사장\" is no mail address");
        assert!(read(" , ").is_err());
        assert!(read("a@b.kr\nBcc: c@d.kr").unwrap_err().contains("line break"));
        assert!(read(&vec!["a@b.kr"; 51].join(",")).unwrap_err().contains("not to 51"));
    }
}
