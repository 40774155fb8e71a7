//! `cargo xtask test`: all that must hold, in the order in which it is cheapest to fail.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use anyhow::ensure;

use crate::{js, oracles, postgres::Postgres, sh, tidy, web};

/// Runs everything. `--fast` leaves out what needs PostgreSQL and what takes minutes.
pub fn test(args: &[String]) -> anyhow::Result<()> {
    let fast = args.iter().any(|arg| arg == "--fast");
    ensure!(args.iter().all(|arg| arg == "--fast"), "cargo xtask test takes --fast and nothing else");
    let mut steps = Steps::default();
    steps.run("format", || sh("cargo", &["fmt", "--all", "--check"], &[]))?;
    steps.run("rules (tidy)", tidy::tidy)?;
    // Before anything is built: what is bundled goes into the binaries.
    steps.run("script libraries (npm)", js::bundle)?;
    steps.run("console: build, types, units, size", web::check)?;
    steps.run("lints (clippy)", || {
        sh("cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])
    })?;
    steps.run("oracles (npm)", oracles::install)?;
    if fast {
        println!("--fast: PostgreSQL and the soak are left out; CI runs them");
        steps.run("tests", || sh("cargo", &["test", "--workspace"], &[]))?;
    } else {
        let postgres = Postgres::start()?;
        let env = [("CLOSER_TEST_POSTGRES", postgres.url()), ("CLOSER_TEST_REQUIRE_POSTGRES", "1")];
        steps.run("tests", || sh("cargo", &["test", "--workspace"], &env))?;
        steps.run("soak, short", || {
            sh("cargo", &["build", "--release", "-p", "closer", "-p", "bench"], &[])?;
            sh("cargo", &["run", "--quiet", "--release", "-p", "bench", "--", "soak", "--short"], &env)
        })?;
    }
    let has_deny = Command::new("cargo")
        .args(["deny", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    if has_deny {
        steps.run("licences (cargo deny)", || {
            sh("cargo", &["deny", "check", "licenses", "bans", "sources"], &[])
        })?;
    } else {
        println!(
            "cargo-deny is not installed: tidy has checked licences and arrows without it; its other checks (sources, bans beneath dependencies) did not run here"
        );
    }
    steps.print();
    Ok(())
}

#[derive(Default)]
struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    fn run(&mut self, name: &'static str, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
        println!("── {name}");
        #[expect(
            clippy::disallowed_methods,
            reason = "how long a chore takes is told to whoever waits for it"
        )]
        let begun = Instant::now();
        work()?;
        self.done.push((name, begun.elapsed()));
        Ok(())
    }

    fn print(&self) {
        println!("── all is well");
        for (name, took) in &self.done {
            println!("{:>7.1} s  {name}", took.as_secs_f64());
        }
    }
}
