//! Why a call did not go out, or brought nothing home.
//!
//! The texts are for a bot's author and name hosts, never paths, queries, headers or bodies: those may hold secrets.

use std::net::IpAddr;

use super::address::Kind;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuardError {
    /// The address cannot be read, or is none that is called.
    #[error("The address cannot be used: {0}")]
    BadAddress(BadAddress),
    /// The method is no word.
    #[error("The method is not one of HTTP's")]
    BadMethod,
    /// A header cannot be sent.
    #[error("The header {name} holds a character that a header cannot have")]
    BadHeader {
        /// Its name, shortened.
        name: String,
    },
    /// The address is not public.
    #[error("Cannot use private IP address {address} ({kind})")]
    Private {
        /// The address, after resolution.
        address: IpAddr,
        /// What it is.
        kind: Kind,
    },
    /// The name has no address.
    #[error("The host {host} was not found")]
    NoHost {
        /// The name.
        host: String,
    },
    /// Nobody listens there.
    #[error("{host} refused the connection")]
    Refused {
        /// Host and port.
        host: String,
    },
    /// There is no way to it.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// Host and port.
        host: String,
    },
    /// The connection ended in the middle.
    #[error("{host} closed the connection before its answer was complete")]
    Cut {
        /// Host and port.
        host: String,
    },
    /// The time was up.
    #[error("{host} did not answer in time")]
    TimedOut {
        /// Host and port.
        host: String,
    },
    /// No connection became free: too many calls at once.
    #[error("Too many calls to {host} are under way at once")]
    Busy {
        /// Host and port.
        host: String,
    },
    /// The certificate, or what came instead of TLS.
    #[error("A secure connection to {host} could not be made: {why}")]
    Tls {
        /// Host and port.
        host: String,
        /// What TLS says.
        why: String,
    },
    /// What came is not HTTP.
    #[error("{host} sent something that is not a valid HTTP response")]
    BadResponse {
        /// Host and port.
        host: String,
    },
    /// The answer is larger than is taken.
    #[error("The answer of {host} is larger than {max} bytes")]
    TooLarge {
        /// Host and port.
        host: String,
        /// What is taken.
        max: usize,
    },
    /// One redirect leads to the next.
    #[error("More than {max} redirects")]
    TooManyRedirects {
        /// How many are followed.
        max: u32,
    },
    /// From https to http.
    #[error("A redirect from https to http ({host}) is not followed")]
    Downgrade {
        /// Where it led.
        host: String,
    },
    /// The client could not be made.
    #[error("The client for outgoing calls could not be made: {0}")]
    Build(String),
}

impl GuardError {
    /// Is it certain that nobody heard the call?
    pub fn never_left(&self) -> bool {
        matches!(
            self,
            Self::BadAddress(_)
                | Self::BadMethod
                | Self::BadHeader { .. }
                | Self::Private { .. }
                | Self::NoHost { .. }
                | Self::Refused { .. }
                | Self::Unreachable { .. }
                | Self::Busy { .. }
                | Self::Tls { .. }
                | Self::Build(_)
        )
    }
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Not a URL.
    #[error("it is no valid URL")]
    Syntax,
    /// Another scheme than http and https.
    #[error("only http and https are called")]
    Scheme,
    /// No host.
    #[error("it has no host")]
    Host,
    /// `https://user:password@host`.
    #[error("a user name or password stands in it; use an Authorization header")]
    Credentials,
    /// Longer than servers read.
    #[error("it is too long")]
    Long,
}

impl GuardError {
    /// A stable name, for edges of a flow and for metrics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::BadAddress(_) => "BadAddress",
            Self::BadMethod => "BadMethod",
            Self::BadHeader { .. } => "BadHeader",
            Self::Private { .. } => "PrivateAddress",
            Self::NoHost { .. } => "DnsError",
            Self::Refused { .. } => "ConnectionRefused",
            Self::Unreachable { .. } => "Unreachable",
            Self::Cut { .. } => "ConnectionReset",
            Self::TimedOut { .. } => "TimeoutError",
            Self::Busy { .. } => "TooManyCalls",
            Self::Tls { .. } => "TlsError",
            Self::BadResponse { .. } => "BadResponse",
            Self::TooLarge { .. } => "TooLarge",
            Self::TooManyRedirects { .. } => "TooManyRedirects",
            Self::Downgrade { .. } => "InsecureRedirect",
            Self::Build(_) => "ClientError",
        }
    }

    /// The code under which scripts written for Node know it.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::NoHost { .. } => Some("ENOTFOUND"),
            Self::Refused { .. } => Some("ECONNREFUSED"),
            Self::Unreachable { .. } => Some("EHOSTUNREACH"),
            Self::Cut { .. } => Some("ECONNRESET"),
            Self::TimedOut { .. } => Some("ETIMEDOUT"),
            _ => None,
        }
    }

    /// What happened and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::BadAddress(why) => format!("주소를 쓸 수 없어요: {}", why.ko()),
            Self::BadMethod => {
                "HTTP 메서드가 아니에요. GET, POST, PUT, DELETE 중에서 골라 주세요.".to_owned()
            }
            Self::BadHeader { name } => {
                format!("{name} 헤더에 쓸 수 없는 문자가 있어요. 줄바꿈이 들어갔는지 확인해 주세요.")
            }
            Self::Private { address, kind } => format!(
                "공개되지 않은 IP 주소 {address}({})에는 연결하지 않아요. 필요한 주소라면 서버를 --allow-outbound {address} 로 실행해 주세요.",
                kind.ko()
            ),
            Self::NoHost { host } => format!("{host} 호스트를 찾을 수 없어요. 주소를 확인해 주세요."),
            Self::Refused { host } => {
                format!("{host}에서 연결을 거절했어요. 서버가 켜져 있는지 확인해 주세요.")
            }
            Self::Unreachable { host } => format!("{host}에 연결할 수 없어요."),
            Self::Cut { host } => format!("{host}에서 응답 도중 연결을 끊었어요."),
            Self::TimedOut { host } => format!("{host}에서 시간 안에 응답하지 않았어요."),
            Self::Busy { host } => {
                format!("{host}로 보내는 요청이 한꺼번에 너무 많아요. 잠시 뒤에 다시 시도해 주세요.")
            }
            Self::Tls { host, why } => format!("{host}와 보안 연결(TLS)을 맺지 못했어요: {why}"),
            Self::BadResponse { host } => format!("{host}의 응답이 올바른 HTTP가 아니에요."),
            Self::TooLarge { host, max } => format!("{host}의 응답이 {max}바이트보다 커요."),
            Self::TooManyRedirects { max } => format!("리다이렉트가 {max}번을 넘었어요."),
            Self::Downgrade { host } => {
                format!("https에서 http({host})로 가는 리다이렉트는 따라가지 않아요.")
            }
            Self::Build(why) => format!("외부로 요청을 보낼 준비를 하지 못했어요: {why}"),
        }
    }
}

impl BadAddress {
    /// In Korean.
    pub fn ko(self) -> &'static str {
        match self {
            Self::Syntax => "올바른 URL이 아니에요.",
            Self::Scheme => "http와 https 주소만 쓸 수 있어요.",
            Self::Host => "호스트가 없어요.",
            Self::Credentials => "주소에 아이디나 비밀번호가 있어요. Authorization 헤더를 써 주세요.",
            Self::Long => "너무 길어요.",
        }
    }
}
