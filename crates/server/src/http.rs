//! The route table: what can be called, and by whom.
//!
//! | route | who may call |
//! | --- | --- |
//! | `POST /webhook/kakao/{bot}/i/skill` | Kakao; anyone who knows the bot's id, and its secret header where one is set |
//! | `POST /webhook/kakao/{bot}/i/skill/draft` | the same, for the draft |
//! | `GET` on the same | anyone: says what the address is for |
//! | `GET /healthz` | anyone: is the process alive |
//! | `GET /readyz` | anyone: can it serve |
//! | `GET /metrics` | anyone who reaches the port; keep it behind the proxy |

mod kakao;
mod operations;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::Hub;

/// All routes.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/webhook/kakao/{bot}/i/skill", post(kakao::published).get(kakao::about))
        .route("/webhook/kakao/{bot}/i/skill/draft", post(kakao::draft).get(kakao::about))
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics))
        .with_state(hub)
}
