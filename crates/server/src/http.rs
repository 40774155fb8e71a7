//! The route table: what can be called, and by whom.
//!
//! | route | who may call |
//! | --- | --- |
//! | `POST /webhook/kakao/{bot}/i/skill` | Kakao; anyone who knows the bot's id, and its secret header where one is set |
//! | `POST /webhook/kakao/{bot}/i/skill/draft` | the same, for the draft |
//! | `GET` on the same | anyone: says what the address is for |
//! | `GET /bridge/{bot}/picture/…` | anyone with a signed address: a picture of a bridge's old server |
//! | `POST /consulttalk/{door}/…` | the dealer of a ConsultationTalk channel: whoever knows the address, from the channel's addresses |
//! | `POST /webchat/{bot}/session` and `/media`, `GET /webchat/{bot}/socket` | pages of end users, where the bot's web chat is on |
//! | `GET /webchat.js`, `GET /webchat/…` | anyone: the widget's script, the room and its files |
//! | `GET /healthz` | anyone: is the process alive |
//! | `GET /readyz` | anyone: can it serve |
//! | `GET /metrics` | anyone who reaches the port; keep it behind the proxy |
//! | `/api/…`, `GET /openapi.json` | the console: each route with its rule in `access.rs` |
//! | everything else | anyone: the console's own files |
//!
//! KakaoTalk's routes carry no layers: what the console needs (headers, problems, rules) lies around the console alone.

pub mod access;
mod assets;
pub(crate) mod console;
mod consulttalk;
mod cookie;
mod drain;
mod headers;
mod input;
mod kakao;
pub mod openapi;
mod operations;
mod problem;
mod webchat;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use store::ProblemId;

use crate::Hub;

pub use assets::is_built;
pub(crate) use webchat::upload;

/// All routes.
pub fn router(hub: Arc<Hub>) -> Router {
    let operations = Router::new()
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics));
    let finished = from_fn_with_state(Arc::clone(&hub), finish);
    Router::new()
        .route("/webhook/kakao/{bot}/i/skill", post(kakao::published).get(kakao::about))
        .route("/webhook/kakao/{bot}/i/skill/draft", post(kakao::draft).get(kakao::about))
        .route("/bridge/{bot}/picture/{mark}/{address}", get(crate::bridge::picture::show))
        .merge(consulttalk::router())
        .merge(webchat::router(&hub))
        .merge(access::router(&hub).merge(operations).layer(finished))
        .fallback(assets::serve)
        .with_state(hub)
}

/// Around the console: problems get their words, and every answer its headers.
async fn finish(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let lang = problem::language(request.headers());
    let instance = instance(&hub);
    let request = request.map(drain::drained);
    let mut response = problem::render(next.run(request).await, lang, &instance);
    headers::secure(response.headers_mut(), hub.config.is_https());
    response
}

/// A name for one occurrence of a problem.
fn instance(hub: &Hub) -> String {
    format!("urn:closer:problem:{}", ProblemId::new(hub.clock.now_ms(), hub.die.roll_wide()))
}
