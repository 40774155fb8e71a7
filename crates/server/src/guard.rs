//! The one client for every call that leaves the product.
//!
//! Bots are written by people whom the operator need not trust with the operator's network. So a call goes to public
//! addresses only: literals are judged when the address is read, names when they are resolved, at the moment of
//! dialling, and each redirect is a new call. `--allow-outbound` opens ranges. Everything has a bound: time, bytes
//! after decompression, redirects, connections per host and in all, names that are looked up at once.
//!
//! What surprises: an IP literal never reaches the client's resolver, so it is checked here; a proxy from the
//! environment is not used, since it would resolve names by itself; headers of the connection (`Host`,
//! `Content-Length`, …) that a caller sets are left out.

pub mod address;
mod error;
mod hop;
mod names;
mod permits;
mod trouble;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use bytes::{Bytes, BytesMut};
pub use error::{BadAddress, GuardError};
use hop::{Hop, host_of};
pub use ipnet::IpNet;
pub use names::Names;
use names::Resolver;
use permits::Permits;
use reqwest::{Certificate, Client, header::LOCATION, redirect};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use crate::config::Outbound;

/// Who calls, where a caller does not say.
const USER_AGENT: &str = concat!("closer/", env!("CARGO_PKG_VERSION"));
/// An address that does not answer by then is left for the name's next one.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// Node's servers close an idle connection after 5 s; using it at that moment would fail a call for nothing.
const IDLE: Duration = Duration::from_secs(4);
/// Room that is made before a body comes, whatever length it claims.
const FIRST_ROOM: usize = 64 * 1024;
/// Bytes that are taken where a caller does not say.
const MAX_BYTES: usize = 1024 * 1024;
/// Redirects that are followed where a caller does not say.
const MAX_REDIRECTS: u32 = 5;

/// The client. Cheap to clone; clones share connections and bounds.
#[derive(Debug, Clone)]
pub struct Guard {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    trusted: Vec<Vec<u8>>,
    client: Client,
    resolver: Resolver,
    permits: Permits,
}

/// How the client behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Ranges that may be dialled although they are not public.
    pub allow: Vec<IpNet>,
    /// Who knows names.
    pub names: Names,
    /// Calls at the same time, in all.
    pub max_calls: usize,
    /// Calls at the same time to one host and port.
    pub max_per_host: usize,
    /// Certificates (DER) that are trusted besides those of the machine.
    pub trusted: Vec<Vec<u8>>,
}

/// A call.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, ….
    pub method: String,
    /// http or https.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body, if there is one.
    pub body: Option<Bytes>,
    /// Bytes of the response's body that are taken, after decompression; more is [`GuardError::TooLarge`].
    pub max_bytes: usize,
    /// Redirects that are followed; with 0 the redirect itself is the response.
    pub max_redirects: u32,
}

/// What came back, of whatever status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 200, 404, ….
    pub status: u16,
    /// Names in lower case, values as far as they are text.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Bytes,
    /// Where it came from, after redirects. With its query, which may hold a secret: not for people's eyes.
    pub url: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            names: Names::System,
            max_calls: 512,
            max_per_host: 64,
            trusted: Vec::new(),
        }
    }
}

impl Options {
    /// As the configuration says.
    pub fn of(config: &Outbound) -> Self {
        Self {
            allow: config.allow.clone(),
            names: Names::System,
            max_calls: config.max_calls,
            max_per_host: config.max_per_host,
            trusted: Vec::new(),
        }
    }
}

impl Request {
    /// A call without headers and body, within the usual bounds.
    pub fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: None,
            max_bytes: MAX_BYTES,
            max_redirects: MAX_REDIRECTS,
        }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// With this JSON as its body.
    #[must_use]
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    /// Taking so many bytes.
    #[must_use]
    pub fn max_bytes(mut self, max: usize) -> Self {
        self.max_bytes = max;
        self
    }

    /// Following so many redirects.
    #[must_use]
    pub fn max_redirects(mut self, max: u32) -> Self {
        self.max_redirects = max;
        self
    }
}

impl Response {
    /// The first header of this name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Is the status one of success?
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Guard {
    /// A client with its own connections.
    pub fn new(options: Options) -> Result<Self, GuardError> {
        // A second installation fails, and the first one is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let resolver = Resolver::new(options.allow, options.names);
        let builder = || {
            Client::builder()
                .dns_resolver(resolver.clone())
                .redirect(redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .user_agent(USER_AGENT)
                .connect_timeout(CONNECT_WITHIN)
                .pool_idle_timeout(IDLE)
                .pool_max_idle_per_host(options.max_per_host)
                .tcp_nodelay(true)
        };
        let trusted = || options.trusted.iter().filter_map(|der| Certificate::from_der(der).ok());
        let client = builder().tls_certs_merge(trusted()).build().or_else(|error| {
            // A bare container: the server must start all the same, since most bots call nobody.
            tracing::warn!(
                error = trouble::root(&error),
                "https addresses cannot be called; if this machine has no certificates, install ca-certificates or name a file in SSL_CERT_FILE"
            );
            builder().tls_certs_only(trusted()).build()
        });
        let client = client.map_err(|error| GuardError::Build(trouble::root(&error)))?;
        let permits = Permits::new(options.max_calls, options.max_per_host);
        Ok(Self { inner: Arc::new(Inner { trusted: options.trusted, client, resolver, permits }) })
    }

    /// Calls, follows redirects, and reads the whole body; all of it until then.
    pub async fn send(&self, request: Request, until: Instant) -> Result<Response, GuardError> {
        let max_bytes = request.max_bytes;
        let max_redirects = request.max_redirects;
        let mut hop = Hop::first(request)?;
        let mut followed = 0;
        loop {
            let host = host_of(&hop.url);
            self.check(&hop.url)?;
            if Instant::now() >= until {
                return Err(GuardError::TimedOut { host });
            }
            let _permit = self.inner.permits.take(&host, until).await?;
            let sending = self.send_once(&hop, &host, max_bytes, max_redirects > 0);
            let answer = timeout_at(until, sending)
                .await
                .map_err(|_| GuardError::TimedOut { host: host.clone() })??;
            match answer {
                Answer::Whole(response) => return Ok(response),
                Answer::Elsewhere(next) => {
                    followed += 1;
                    if followed > max_redirects {
                        return Err(GuardError::TooManyRedirects { max: max_redirects });
                    }
                    hop = *next;
                }
            }
        }
    }

    /// Resolves and checks, for callers that speak another protocol than HTTP: the addresses that may be dialled.
    /// They are dialled as they are; the name must not be resolved again.
    pub async fn resolve(
        &self,
        host: &str,
        port: u16,
        until: Instant,
    ) -> Result<Vec<SocketAddr>, GuardError> {
        let read = Host::parse(host.trim()).map_err(|_| GuardError::BadAddress(BadAddress::Host))?;
        let found = match read {
            Host::Ipv4(address) => vec![self.checked(IpAddr::V4(address))?],
            Host::Ipv6(address) => vec![self.checked(IpAddr::V6(address))?],
            Host::Domain(name) => timeout_at(until, self.inner.resolver.look_up(&name))
                .await
                .map_err(|_| GuardError::TimedOut { host: name.clone() })??,
        };
        Ok(found.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }

    /// Certificates (DER) that are trusted besides those of the machine, for callers that speak another protocol.
    pub fn trusted(&self) -> &[Vec<u8>] {
        &self.inner.trusted
    }

    fn checked(&self, address: IpAddr) -> Result<IpAddr, GuardError> {
        self.inner.resolver.check(address).map(|()| address)
    }

    /// Literals, which the client would dial without asking the resolver.
    fn check(&self, url: &Url) -> Result<(), GuardError> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.inner.resolver.check(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => self.inner.resolver.check(IpAddr::V6(address)),
            Some(Host::Domain(_)) => Ok(()),
            None => Err(GuardError::BadAddress(BadAddress::Host)),
        }
    }

    async fn send_once(
        &self,
        hop: &Hop,
        host: &str,
        max_bytes: usize,
        follows: bool,
    ) -> Result<Answer, GuardError> {
        let mut call =
            self.inner.client.request(hop.method.clone(), hop.url.clone()).headers(hop.headers.clone());
        if let Some(body) = &hop.body {
            call = call.body(body.clone());
        }
        let mut response = call.send().await.map_err(|error| trouble::read(&error, host))?;
        // The second lock: whatever way the connection was made, its other end is one that may be dialled.
        if let Some(peer) = response.remote_addr() {
            self.inner.resolver.check(peer.ip())?;
        }
        let status = response.status().as_u16();
        let location = response.headers().get(LOCATION).map(|value| value.as_bytes().to_vec());
        if follows && let Some(next) = hop.next(status, location.as_deref())? {
            return Ok(Answer::Elsewhere(Box::new(next)));
        }
        let too_large = || GuardError::TooLarge { host: host.to_owned(), max: max_bytes };
        let claimed = response.content_length().unwrap_or(0);
        if usize::try_from(claimed).map_or(true, |claimed| claimed > max_bytes) {
            return Err(too_large());
        }
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let mut body = BytesMut::with_capacity((claimed as usize).min(FIRST_ROOM));
        while let Some(piece) = response.chunk().await.map_err(|error| trouble::read(&error, host))? {
            if body.len() + piece.len() > max_bytes {
                return Err(too_large());
            }
            body.extend_from_slice(&piece);
        }
        Ok(Answer::Whole(Response { status, headers, body: body.freeze(), url: hop.url.to_string() }))
    }
}

/// What one request brought.
enum Answer {
    Whole(Response),
    Elsewhere(Box<Hop>),
}
