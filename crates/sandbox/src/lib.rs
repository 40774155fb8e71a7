//! Other people's JavaScript, in worker processes that are killed from outside.
//!
//! An interrupt inside a JavaScript engine does not hold: one array operation on a huge length ran for minutes past it.
//! So a script runs in a process of its own kind ([`worker::main`]), which the [`Pool`] kills when its time is over,
//! and in an engine that was made for this one call and is thrown away after it: scripts share nothing. A worker has no
//! files, no sockets and no children; the world is reached through the caller's *door*, a function from
//! [`HttpRequest`] to [`HttpResponse`], which is where the caller's rules about addresses and sizes hold.
//!
//! ```no_run
//! # async fn example() {
//! use std::time::Duration;
//! let pool = sandbox::Pool::new(sandbox::Options::new("closer", ["js-worker"]));
//! let door = |_| async { Err(sandbox::HttpFailure::new("ERR_CLOSED", "this script may not call anyone")) };
//! let call = sandbox::Call {
//!     owner: "bot-1",
//!     script: "module.exports = async (context) => ({ params: { name: context.params.name.trim() } })",
//!     context: serde_json::json!({ "params": { "name": " Kim " } }),
//!     within: Duration::from_secs(3),
//! };
//! let outcome = pool.run(call, &door).await;
//! assert_eq!(outcome.value.unwrap()["params"]["name"], "Kim");
//! # }
//! ```
//!
//! **One more library** that scripts may `require`: if it is an npm package that runs in a bare engine, a line in
//! `js/package.json` and one in `js/bundle.mjs`; if it is ours, a file in `js/own` and a line in `js/own/start.js`
//! where its name is not the file's. Either way its name goes into [`libraries`], and a case into `tests/libraries.rs`.

mod call;
mod check;
mod frame;
mod library;
mod pool;
pub mod worker;

pub use call::{Call, Failure, HttpFailure, HttpRequest, HttpResponse, Log, Outcome};
pub use check::{SyntaxError, check};
pub use library::{libraries, offers, required};
pub use pool::{Options, Pool, Status};

/// The longest that a script may run (spec bot.md, "The script node").
pub const MAX_TIME: std::time::Duration = std::time::Duration::from_millis(5000);
/// Bytes of one script.
pub const MAX_CODE: usize = 50_000;
/// Bytes of one result, as JSON.
pub const MAX_RESULT: usize = 50_000;
/// Bytes of one HTTP body, each way.
pub const MAX_BODY: usize = 1 << 20;
