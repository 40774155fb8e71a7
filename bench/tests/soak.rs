//! The short soak, with the programs as tests build them: slower than the release, but with overflow checks and debug
//! assertions, and without a second build of everything.

use std::process::Command;

#[test]
#[ignore = "takes minutes and needs PostgreSQL: `cargo xtask test` runs it"]
fn a_short_soak_loses_nothing_and_answers_all() {
    let status = Command::new(env!("CARGO_BIN_EXE_bench")).args(["soak", "--short"]).status();
    assert!(status.expect("bench starts").success(), "see above");
}
