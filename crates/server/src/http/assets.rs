//! The console's own files, built into the program where they were there when it was built (`cargo xtask web`), else one
//! page that says so.
//!
//! Files under `assets/` have their hash in their name and are kept by browsers for ever; the page itself is asked for each
//! time. What was compressed beforehand is sent compressed: nothing is compressed per request.

use std::sync::{Arc, LazyLock};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    headers,
    problem::{self, Problem, Thing},
};
use crate::{Hub, secret};

/// A file of the console.
#[derive(Debug)]
pub struct File {
    /// Its path under `web/dist`, with `/`.
    path: &'static str,
    /// As it is.
    plain: &'static [u8],
    /// Compressed with Brotli.
    brotli: Option<&'static [u8]>,
    /// Compressed with gzip.
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/console_files.rs"));

/// Where the console was not built.
const STUB: &str = "<!doctype html>\n<html lang=\"ko\"><head><meta charset=\"utf-8\"><title>closer</title>\
    <meta name=\"viewport\" content=\"width=device-width\"></head><body><h1>closer</h1>\
    <p>콘솔 화면이 이 프로그램에 들어 있지 않아요. <code>cargo xtask web</code>을 실행한 뒤 다시 빌드해 주세요.</p>\
    <p lang=\"en\">The console is not built into this program. Run <code>cargo xtask web</code> and build it again.</p>\
    </body></html>\n";

/// The page's mark, by which browsers know whether it has changed.
static INDEX_TAG: LazyLock<HeaderValue> = LazyLock::new(|| {
    let bytes = find("index.html").map_or(STUB.as_bytes(), |file| file.plain);
    let tag = format!("W/\"{}\"", &secret::hex(&secret::hash(bytes))[..16]);
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\""))
});

/// Is the console built in?
pub fn is_built() -> bool {
    find("index.html").is_some()
}

/// Serves a file, or the page for everything that is no file: the page knows what to show.
pub async fn serve(State(hub): State<Arc<Hub>>, request: Request) -> Response {
    let lang = problem::language(request.headers());
    let mut response = match respond(&request) {
        Ok(response) => response,
        Err(problem) => {
            let instance = super::instance(&hub);
            problem::render(problem.into_response(), lang, &instance)
        }
    };
    headers::secure(response.headers_mut(), hub.config.is_https());
    response
}

fn respond(request: &Request) -> Result<Response, Problem> {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if ["api", "webhook", "webchat", "media", "healthz", "readyz", "metrics"].contains(&first) {
        return Err(Problem::Missing(Thing::Page));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::Method);
    }
    match find(path) {
        Some(file) if path != "index.html" => Ok(send(file, request.headers())),
        None if path.rsplit('/').next().unwrap_or_default().contains('.') => {
            Err(Problem::Missing(Thing::Page))
        }
        _ => Ok(page(request.headers())),
    }
}

fn find(path: &str) -> Option<&'static File> {
    FILES.binary_search_by(|file| file.path.cmp(path)).ok().map(|at| &FILES[at])
}

fn page(asked: &HeaderMap) -> Response {
    if asked.get(header::IF_NONE_MATCH) == Some(&*INDEX_TAG) {
        // A browser puts the headers of a 304 over those of the page it kept: they must be a page's, policy included.
        return (
            StatusCode::NOT_MODIFIED,
            [
                (header::ETAG, INDEX_TAG.clone()),
                (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ],
        )
            .into_response();
    }
    let mut response = match find("index.html") {
        Some(file) => send(file, asked),
        None => ([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], STUB)
            .into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, INDEX_TAG.clone());
    response
}

fn send(file: &'static File, asked: &HeaderMap) -> Response {
    let accepts = |name: &str| {
        asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(',').any(|one| {
                let (coding, quality) = one.split_once(';').unwrap_or((one, ""));
                coding.trim() == name
                    && !quality.replace(' ', "").starts_with("q=0,")
                    && quality.replace(' ', "") != "q=0"
            })
        })
    };
    let (bytes, encoding) = match (file.brotli, file.gzip) {
        (Some(bytes), _) if accepts("br") => (bytes, Some("br")),
        (_, Some(bytes)) if accepts("gzip") => (bytes, Some("gzip")),
        _ => (file.plain, None),
    };
    let caching = if file.path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(file.path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SCRIPT: File =
        File { path: "assets/app-1a2b.js", plain: b"plain", brotli: Some(b"br"), gzip: Some(b"gz") };
    static ICON: File = File { path: "icon.svg", plain: b"<svg/>", brotli: None, gzip: None };

    fn asked(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(encodings))])
    }

    #[test]
    fn what_was_compressed_beforehand_is_sent_to_who_can_read_it() {
        for (encodings, coding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=1.0", Some("gzip")),
            ("br;q=0, gzip", Some("gzip")),
            ("br;q=0.5", Some("br")),
            ("identity", None),
            ("", None),
        ] {
            let response = send(&SCRIPT, &asked(encodings));
            let sent = response.headers().get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
            assert_eq!(sent, coding, "{encodings}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(response.headers()[header::VARY], "accept-encoding");
        }
        assert_eq!(send(&ICON, &asked("br")).headers().get(header::CONTENT_ENCODING), None);
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        let cached = |file| send(file, &HeaderMap::new()).headers()[header::CACHE_CONTROL].clone();
        assert_eq!(cached(&SCRIPT), "public, max-age=31536000, immutable");
        assert_eq!(cached(&ICON), "public, max-age=3600");
        assert_eq!(page(&HeaderMap::new()).headers()[header::CACHE_CONTROL], "no-cache");
        let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, INDEX_TAG.clone())]);
        let unchanged = page(&known);
        assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(unchanged.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(unchanged.headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[test]
    fn files_can_be_found_by_their_path() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
        assert!(FILES.iter().all(|file| find(file.path).is_some_and(|found| found.path == file.path)));
    }
}
