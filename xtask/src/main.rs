//! The project's chores. `cargo xtask` alone lists them.
//!
//! One file per chore; nothing here is part of the product, and nothing but Cargo, Node and Debian's packages is
//! needed.

mod api;
mod js;
mod oracles;
mod postgres;
mod run;
mod test;
mod tidy;
mod web;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, bail};

const HELP: &str = "\
cargo xtask run                  build, start a server with a demo bot, show the first answer
cargo xtask build                the program as it is installed, with everything in it: target/release/closer
cargo xtask test [--fast]        everything that must hold: format, lints, tests, both databases, oracles, rules
cargo xtask bench [--short]      everything that is measured, or one part of it:
cargo xtask turns [--short]      throughput, latency, memory and growth, as ratios within one run
cargo xtask reports [--messages N]  statistics on a million messages: right, quick, and out of the way of turns
cargo xtask livechat [--short]   live chat under load: messages to agents' screens, opening among a million messages, memory of web chats
cargo xtask consulttalk [--short]  200 customers' messages a second through a dealer's relay: answers to it, order, memory
cargo xtask soak [--short] [PART]  long runs: mutated requests, a server that misbehaves (storm), kills on both databases
cargo xtask js                   the libraries that scripts can require, from npm; the chores above call it
cargo xtask web [--dev|--mock]   the console, built into web/dist (the chores above call it), or served to work on it
cargo xtask e2e                  the console in a real browser against the real program (Chromium)
cargo xtask api [ARGS]           every route of openapi.json with made-up calls: no 5xx, nothing undocumented (schemathesis)
cargo xtask tidy                 the rules of the house that no compiler knows
cargo xtask ci                   what CI runs: the same as test";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = args.split_first().map_or(("", &[][..]), |(name, rest)| (name.as_str(), rest));
    let done = match name {
        "run" => run::run(),
        "build" => build(),
        "web" => web::web(rest),
        "e2e" => web::e2e(),
        "api" => api::api(rest),
        "test" => test::test(rest),
        "ci" => test::test(&[]),
        "tidy" => tidy::tidy(),
        "js" => js::bundle(),
        "bench" => measure("bench", rest),
        "turns" => measure("turns", rest),
        "reports" => measure("reports", rest),
        "livechat" => measure("livechat", rest),
        "consulttalk" => measure("consulttalk", rest),
        "soak" => measure("soak", rest),
        "" | "help" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("there is no chore '{other}'\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The project's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// A command in the project's folder that must succeed.
fn sh(program: &str, args: &[&str], env: &[(&str, &str)]) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(args)
        .envs(env.iter().copied())
        .current_dir(root())
        .status()
        .with_context(|| format!("{program} cannot be started"))?;
    if !status.success() {
        bail!("{program} {} failed", args.join(" "));
    }
    Ok(())
}

/// The program as it is installed.
fn build() -> anyhow::Result<()> {
    js::bundle()?;
    web::build()?;
    sh("cargo", &["build", "--release", "-p", "closer"], &[])
}

/// The measuring program, built as the product is and with a PostgreSQL of its own.
fn measure(what: &str, args: &[String]) -> anyhow::Result<()> {
    js::bundle()?;
    let postgres = postgres::Postgres::start()?;
    let env = [("CLOSER_TEST_POSTGRES", postgres.url())];
    sh("cargo", &["build", "--release", "-p", "closer", "-p", "bench"], &[])?;
    let mut all = vec!["run", "--quiet", "--release", "-p", "bench", "--", what];
    all.extend(args.iter().map(String::as_str));
    sh("cargo", &all, &env)
}
