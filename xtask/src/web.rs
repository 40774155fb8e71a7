//! The console: its npm packages, its build into `web/dist`, its checks.
//!
//! `server` takes `web/dist` into the program as it lies there, when it is compiled. Neither packages nor what is built
//! is committed, and no Cargo build asks npm: without this chore the program has a page that names it.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail, ensure};

use crate::{root, run, sh};

/// What the build is made from, in `web/`.
const SOURCES: [&str; 8] =
    ["index.html", "package.json", "vite.config.ts", "tsconfig.json", "src", "public", "scripts", "mock"];
/// Made by the build itself, or not part of it.
const MADE: [&str; 1] = ["fonts.gen"];
/// Debian's chromium, and letters for what it shows in Korean before a page brings its own.
const BROWSER: [&str; 2] = ["chromium", "fonts-nanum"];
/// Where Debian puts it.
const CHROMIUM: &str = "/usr/bin/chromium";

/// `cargo xtask web [--dev]`.
pub fn web(args: &[String]) -> anyhow::Result<()> {
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => build(),
        ["--dev"] => {
            install()?;
            // Until Ctrl-C. Calls go to the server of `cargo xtask run`.
            npm(&["run", "dev"])
        }
        ["--mock"] => {
            install()?;
            npm(&["run", "dev", "--", "--mode", "mock"])
        }
        _ => bail!(
            "cargo xtask web builds the console; --dev serves it before the server of `cargo xtask run`, --mock before one in memory"
        ),
    }
}

/// Builds the console, if it is not built from the files as they are.
pub fn build() -> anyhow::Result<()> {
    install()?;
    let web = root().join("web");
    let wanted = fingerprint(&web)?;
    let dist = web.join("dist");
    // Beside the folder and not in it: everything in it becomes part of the program.
    let mark = web.join("node_modules/.built");
    if dist.join("index.html").exists() && fs::read_to_string(&mark).is_ok_and(|built| built == wanted) {
        return Ok(());
    }
    npm(&["run", "build"])?;
    fs::write(mark, wanted)?;
    // Cargo cannot watch a folder that was not there: what lists the files is written anew, as it is.
    let lists = root().join("crates/server/build.rs");
    let text = fs::read(&lists)?;
    Ok(fs::write(&lists, text)?)
}

/// All that must hold of the console without a browser, the cheapest first: types, lints, unit tests, size.
pub fn check() -> anyhow::Result<()> {
    build()?;
    for script in ["typecheck", "lint", "test", "budget"] {
        npm(&["run", script])?;
    }
    Ok(())
}

/// The browser tests: the first day against the real program, every screen and the rest against the mock server.
pub fn e2e() -> anyhow::Result<()> {
    build()?;
    browser()?;
    sh("cargo", &["build", "--quiet", "--workspace", "--bin", "closer"], &[])?;
    let closer = run::program()?;
    let program = closer.to_str().context("the target folder's name is not UTF-8")?;
    sh("npm", &["run", "--silent", "--prefix", "web", "e2e"], &[("CLOSER_BIN", program)])
}

/// Installs the packages, if they are not there as the two `package.json` want them.
fn install() -> anyhow::Result<()> {
    for folder in ["web", "web/tools/api-types"] {
        let path = root().join(folder);
        let wanted = fs::read_to_string(path.join("package.json"))?;
        let mark = path.join("node_modules/.installed");
        if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
            continue;
        }
        let flags = [
            "install",
            "--prefix",
            folder,
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ];
        sh("npm", &flags, &[])?;
        fs::write(mark, wanted)?;
    }
    Ok(())
}

/// Installs Debian's chromium where it is missing.
fn browser() -> anyhow::Result<()> {
    if Path::new(CHROMIUM).exists() || std::env::var_os("CHROMIUM").is_some() {
        return Ok(());
    }
    println!("chromium is not installed: apt-get install {}", BROWSER.join(" "));
    let debian =
        |args: &[&str]| Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
    let all: Vec<&str> = ["install", "-y", "-qq"].into_iter().chain(BROWSER).collect();
    let updated = debian(&["update", "-qq"]);
    let installed = updated.is_ok_and(|status| status.success()) && debian(&all)?.success();
    ensure!(
        installed && Path::new(CHROMIUM).exists(),
        "the browser tests need chromium: install it (as root: apt-get install {}), or name one in CHROMIUM",
        BROWSER.join(" ")
    );
    Ok(())
}

fn npm(args: &[&str]) -> anyhow::Result<()> {
    let mut all = vec!["--prefix", "web"];
    all.extend(args);
    if args.first() == Some(&"run") {
        all.insert(2, "--silent");
    }
    sh("npm", &all, &[])
}

/// Changes when a file of the build does.
fn fingerprint(web: &Path) -> anyhow::Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&web.join(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(web)?.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.file_name().is_some_and(|name| MADE.iter().any(|made| name == *made)) {
        return Ok(());
    }
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
