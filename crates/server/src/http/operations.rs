//! What operators and their machines ask: alive, ready, how much.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

use crate::Hub;

/// How long the store may take to show that it is there.
const READY_WITHIN: Duration = Duration::from_secs(1);

/// The process is alive.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The process can serve: it is not stopping, and the store answers.
pub async fn readyz(State(hub): State<Arc<Hub>>) -> impl IntoResponse {
    if hub.stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match tokio::time::timeout(READY_WITHIN, hub.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// All metrics in Prometheus' text form.
pub async fn metrics(State(hub): State<Arc<Hub>>) -> impl IntoResponse {
    let (told, dropped) = hub.problems.counts();
    hub.meters.problems.absolute(told);
    hub.meters.problems_dropped.absolute(dropped);
    hub.meters.running.set(hub.running() as f64);
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        hub.meters.render(&hub.store.stats()),
    )
}
