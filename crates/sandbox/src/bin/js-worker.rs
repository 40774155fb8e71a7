//! A worker by itself, for tests of this crate and of the server; the product starts itself as `closer js-worker`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandbox::worker::main()
}
