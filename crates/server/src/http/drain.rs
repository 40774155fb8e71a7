//! A body that is refused is still read to its end, within bounds, so that the refusal arrives.
//!
//! Who sends a large body reads the answer only after having written everything; a server that closes meanwhile is a
//! broken pipe to them, not a problem with words.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use http_body_util::BodyExt as _;

/// How much of a refused body is read and thrown away.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// … and for how long.
const MAX_TIME: Duration = Duration::from_secs(5);

/// A body whose rest is thrown away when nobody wants it any more.
struct Drained(Option<Body>);

/// The same body, whose rest is read when it is dropped.
pub fn drained(body: Body) -> Body {
    if body.is_end_stream() { body } else { Body::new(Drained(Some(body))) }
}

impl HttpBody for Drained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        match &mut self.0 {
            Some(body) => {
                let polled = Pin::new(body).poll_frame(context);
                if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
                    self.0 = None;
                }
                polled
            }
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.0.as_ref().map_or_else(hyper::body::SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Drained {
    fn drop(&mut self) {
        let Some(mut body) = self.0.take().filter(|body| !body.is_end_stream()) else { return };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(MAX_TIME, async move {
                let mut seen = 0;
                while let Some(Ok(frame)) = body.frame().await {
                    seen += frame.data_ref().map_or(0, Bytes::len);
                    if seen > MAX_BYTES {
                        break;
                    }
                }
            }));
        }
    }
}
