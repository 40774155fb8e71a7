//! Where a call goes, and where a redirect leads: read, checked, and rewritten as browsers do.
//!
//! Across origins (scheme, host, port) only what says how to read the answer goes along; everything else may be a
//! secret under any name. That is stricter than browsers, which know their own header names only. A body follows a
//! 307 or 308, as the standard asks: who redirects that way is the server that the author chose.

use bytes::Bytes;
use reqwest::{
    Method,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use url::{Host, Url};

use super::{
    Request,
    error::{BadAddress, GuardError},
};

/// Longer addresses are refused; servers read 8 KiB.
const MAX_URL: usize = 8_192;
/// What goes along to another origin.
const HARMLESS: [&str; 4] = ["accept", "accept-language", "content-type", "user-agent"];
/// What the client itself writes; an author's own would contradict the body or the connection that there is.
const OURS: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// One request as it is sent.
#[derive(Debug)]
pub(super) struct Hop {
    pub url: Url,
    pub method: Method,
    pub headers: HeaderMap,
    pub body: Option<Bytes>,
}

/// Reads an address, and refuses what is never called.
pub(super) fn read_url(text: &str) -> Result<Url, GuardError> {
    if text.len() > MAX_URL {
        return Err(GuardError::BadAddress(BadAddress::Long));
    }
    let url = Url::parse(text.trim()).map_err(|error| {
        GuardError::BadAddress(match error {
            url::ParseError::EmptyHost => BadAddress::Host,
            _ => BadAddress::Syntax,
        })
    })?;
    check(&url)?;
    Ok(url)
}

fn check(url: &Url) -> Result<(), GuardError> {
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        BadAddress::Scheme
    } else if !url.username().is_empty() || url.password().is_some() {
        BadAddress::Credentials
    } else if !matches!(url.host(), Some(host) if host != Host::Domain("")) {
        BadAddress::Host
    } else if url.as_str().len() > MAX_URL {
        BadAddress::Long
    } else {
        return Ok(());
    };
    Err(GuardError::BadAddress(wrong))
}

/// Host and port, as errors name them.
pub(super) fn host_of(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        _ => String::new(),
    }
}

impl Hop {
    /// The first request of a call.
    pub(super) fn first(request: Request) -> Result<Self, GuardError> {
        let url = read_url(&request.url)?;
        let method =
            Method::from_bytes(request.method.trim().as_bytes()).map_err(|_| GuardError::BadMethod)?;
        // CONNECT would ask for a tunnel.
        if method == Method::CONNECT {
            return Err(GuardError::BadMethod);
        }
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers {
            let bad = || GuardError::BadHeader { name: name.chars().take(64).collect() };
            let read = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| bad())?;
            if OURS.contains(&read.as_str()) {
                continue;
            }
            let value = HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| bad())?;
            headers.append(read, value);
        }
        Ok(Self { url, method, headers, body: request.body })
    }

    /// The request that a redirect asks for; `None` where the response is none.
    pub(super) fn next(&self, status: u16, location: Option<&[u8]>) -> Result<Option<Self>, GuardError> {
        let (301 | 302 | 303 | 307 | 308, Some(location)) = (status, location) else { return Ok(None) };
        if location.len() > MAX_URL {
            return Err(GuardError::BadAddress(BadAddress::Long));
        }
        let url = self
            .url
            .join(String::from_utf8_lossy(location).trim())
            .map_err(|_| GuardError::BadAddress(BadAddress::Syntax))?;
        check(&url)?;
        if self.url.scheme() == "https" && url.scheme() == "http" {
            return Err(GuardError::Downgrade { host: host_of(&url) });
        }
        let mut headers = self.headers.clone();
        let becomes_get = match status {
            301 | 302 => self.method == Method::POST,
            303 => self.method != Method::GET && self.method != Method::HEAD,
            _ => false,
        };
        let (method, body) = if becomes_get {
            let about_body: Vec<HeaderName> =
                headers.keys().filter(|name| name.as_str().starts_with("content-")).cloned().collect();
            for name in about_body {
                headers.remove(name);
            }
            (Method::GET, None)
        } else {
            (self.method.clone(), self.body.clone())
        };
        if url.origin() != self.url.origin() {
            let kept = headers.iter().filter(|(name, _)| HARMLESS.contains(&name.as_str()));
            headers = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
            if body.is_none() {
                headers.remove(CONTENT_TYPE);
            }
        }
        Ok(Some(Self { url, method, headers, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(method: &str, url: &str) -> Hop {
        let request = Request::new(method, url)
            .header("Authorization", "Bearer s3cret")
            .header("x-api-key", "s3cret")
            .header("accept", "application/json")
            .header("Host", "elsewhere")
            .header("Content-Type", "text/plain")
            .body("body");
        Hop::first(request).expect("can be sent")
    }

    #[test]
    fn methods_are_rewritten_as_browsers_do() {
        for (status, from, to, keeps_body) in [
            (301, "POST", "GET", false),
            (302, "POST", "GET", false),
            (303, "PUT", "GET", false),
            (307, "POST", "POST", true),
            (308, "PUT", "PUT", true),
            (301, "PUT", "PUT", true),
            (302, "DELETE", "DELETE", true),
        ] {
            let next =
                hop(from, "https://a.kr/x").next(status, Some(b"/y")).expect("leads on").expect("is one");
            assert_eq!((next.method.as_str(), next.body.is_some()), (to, keeps_body), "{status} {from}");
            assert_eq!(next.headers.contains_key(CONTENT_TYPE), keeps_body, "{status} {from}");
            assert_eq!(next.headers["x-api-key"], "s3cret");
        }
        for (status, location) in
            [(200, Some(&b"/y"[..])), (302, None), (304, Some(b"/y")), (300, Some(b"/y"))]
        {
            assert!(
                hop("GET", "https://a.kr").next(status, location).expect("is read").is_none(),
                "{status}"
            );
        }
    }

    #[test]
    fn secrets_do_not_go_to_another_origin() {
        for other in
            ["https://b.kr/", "//b.kr/x", "https://a.kr:444/", "https://sub.a.kr/", "https://a.kr.evil.kr/"]
        {
            let next = hop("POST", "https://a.kr/x")
                .next(307, Some(other.as_bytes()))
                .expect("is one")
                .expect("is one");
            let names: Vec<&str> = next.headers.keys().map(HeaderName::as_str).collect();
            assert_eq!(names, ["accept", "content-type"], "{other}");
        }
        let same = hop("POST", "https://a.kr/x").next(307, Some(b"https://A.KR:443/y")).expect("is one");
        assert_eq!(same.expect("is one").headers.len(), 4);
    }

    #[test]
    fn a_redirect_out_of_http_is_refused() {
        for bad in ["file:///etc/passwd", "ftp://a.kr/", "gopher://a.kr/", "javascript:1", "http://u:p@b.kr/"]
        {
            let error = hop("GET", "http://a.kr/").next(302, Some(bad.as_bytes())).expect_err("is refused");
            assert_eq!(error.name(), "BadAddress", "{bad}");
        }
        let error = hop("GET", "https://a.kr/").next(302, Some(b"http://a.kr/")).expect_err("is refused");
        assert_eq!(error, GuardError::Downgrade { host: "a.kr".to_owned() });
    }
}
