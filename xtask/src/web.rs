//! The console: `web/`, built into `web/dist`, which Cargo takes into the binary.
//!
//! Nothing of npm is committed, and no build of Cargo asks the network: without this chore the server shows one page that
//! says how to make the console.

use std::{
    fs::{self, File},
    path::Path,
    time::SystemTime,
};

use anyhow::{Context as _, bail};

use crate::{root, sh};

/// The browser that the tests drive.
const CHROMIUM: &str = "/usr/bin/chromium";

/// What the console is made of, from its folder.
const SOURCES: [&str; 7] =
    ["src", "public", "scripts", "index.html", "package.json", "vite.config.ts", "tsconfig.json"];

/// Builds the console, if that was not done for the files as they are.
pub fn build() -> anyhow::Result<()> {
    let web = root().join("web");
    let mark = web.join("dist/.made");
    let made = fs::metadata(&mark).and_then(|mark| mark.modified()).ok();
    let newest = SOURCES.iter().filter_map(|part| newest(&web.join(part))).max();
    if made.is_some() && made >= newest {
        return Ok(());
    }
    install()?;
    sh("npm", &["run", "build", "--silent", "--prefix", "web"], &[])?;
    fs::write(&mark, "")?;
    // Cargo cannot watch a folder that was not there; it looks at this file.
    let script = File::open(root().join("crates/server/build.rs")).context("the server's build script")?;
    #[expect(clippy::disallowed_methods, reason = "a chore touches a file")]
    script.set_modified(SystemTime::now())?;
    Ok(())
}

/// Types, unit tests, the size of the first load.
pub fn check() -> anyhow::Result<()> {
    build()?;
    for script in ["typecheck", "test", "budget"] {
        sh("npm", &["run", script, "--silent", "--prefix", "web"], &[])?;
    }
    Ok(())
}

/// The browser tests, in a real Chromium against the real program.
pub fn e2e() -> anyhow::Result<()> {
    build()?;
    if !Path::new(CHROMIUM).exists() {
        bail!(
            "the browser tests need {CHROMIUM} and a Korean font (Debian: apt-get install chromium fonts-nanum)"
        );
    }
    sh("cargo", &["build", "-p", "closer"], &[])?;
    let closer = crate::run::program()?;
    let env = [("CLOSER_BIN", &*closer.to_string_lossy())];
    sh("npm", &["run", "e2e", "--silent", "--prefix", "web"], &env)
}

/// Installs what the console is built with, if `package.json` has changed.
fn install() -> anyhow::Result<()> {
    let web = root().join("web");
    let wanted = fs::read_to_string(web.join("package.json"))?;
    let mark = web.join("node_modules/.closer");
    if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    let flags =
        ["install", "--prefix", "web", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    sh("npm", &flags, &[])?;
    Ok(fs::write(mark, wanted)?)
}

/// When the newest file here was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let about = fs::metadata(path).ok()?;
    if !about.is_dir() {
        return about.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
