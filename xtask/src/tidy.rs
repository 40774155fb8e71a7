//! The rules of the house that no compiler knows. Each fails with a sentence that says why it exists.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::root;

/// Which of our crates may use which (ARCHITECTURE.md, "Dependency direction").
const ARROWS: [(&str, &[&str]); 10] = [
    ("engine", &[]),
    ("channels", &["engine"]),
    ("livechat", &[]),
    ("store", &[]),
    ("simulator", &[]),
    ("sandbox", &[]),
    ("server", &["channels", "engine", "livechat", "sandbox", "store"]),
    ("closer", &["channels", "engine", "sandbox", "server", "simulator", "store"]),
    ("bench", &["simulator", "store"]),
    ("xtask", &[]),
];

/// What may be used directly by these crates only.
const KEPT: [(&str, &[&str]); 7] = [
    ("rusqlite", &["store"]),
    ("tokio-postgres", &["store", "bench"]),
    ("tokio-postgres-rustls", &["store"]),
    ("axum", &["server", "bench"]),
    ("getrandom", &["server"]),
    ("reqwest", &["server", "simulator"]),
    ("rquickjs", &["sandbox"]),
];

/// What a pure crate may not have anywhere beneath it.
const IMPURE: [&str; 12] = [
    "tokio",
    "async-std",
    "smol",
    "mio",
    "socket2",
    "rand",
    "rand_core",
    "getrandom",
    "fastrand",
    "reqwest",
    "hyper",
    "chrono",
];

/// Lines of one file: past this it has more than one job.
const MAX_LINES: usize = 800;
/// Bytes of a tracked file.
const MAX_BYTES: u64 = 600 * 1024;

/// Checks all rules.
pub fn tidy() -> anyhow::Result<()> {
    let metadata = metadata()?;
    let files = tracked()?;
    let mut found = Vec::new();
    arrows(&metadata, &mut found);
    pure(&metadata, &mut found);
    sources(&files, &mut found);
    contracts(&mut found)?;
    manifests(&mut found)?;
    migrations(&files, &mut found);
    schemas(&files, &mut found);
    licences(&metadata, &mut found)?;
    if found.is_empty() {
        return Ok(());
    }
    for line in &found {
        eprintln!("tidy: {line}");
    }
    bail!("{} rules of the house are broken", found.len())
}

fn metadata() -> anyhow::Result<Value> {
    let output =
        Command::new("cargo").args(["metadata", "--format-version", "1"]).current_dir(root()).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn tracked() -> anyhow::Result<Vec<PathBuf>> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output()?;
    let names = String::from_utf8(output.stdout).context("file names are UTF-8")?;
    Ok(names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| root().join(path).exists())
        .collect())
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn arrows(metadata: &Value, found: &mut Vec<String>) {
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for package in list(metadata, "packages").iter().filter(|package| package["source"].is_null()) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ARROWS.iter().find(|(ours, _)| *ours == name) else {
            found.push(format!(
                "the crate {name} has no row in ARROWS: a new crate is a decision (docs/decisions)"
            ));
            continue;
        };
        for dependency in list(package, "dependencies") {
            let used = dependency["name"].as_str().unwrap_or_default();
            let normal = dependency["kind"].is_null();
            // Tests ask the simulator what Kakao would say; nothing of that is in the product.
            let in_tests =
                dependency["kind"] == "dev" && matches!(name, "server" | "channels") && used == "simulator";
            if ours.contains(used) && !allowed.contains(&used) && !in_tests {
                found.push(format!(
                    "{name} uses {used}: arrows point down; if you need one up, move the type, not the arrow"
                ));
            }
            if normal
                && let Some((_, users)) = KEPT.iter().find(|(kept, _)| *kept == used)
                && !users.contains(&name)
            {
                found.push(format!("{name} uses {used} directly: that is for {} alone", users.join(" and ")));
            }
        }
    }
}

fn pure(metadata: &Value, found: &mut Vec<String>) {
    let nodes: HashMap<&str, &Value> = list(&metadata["resolve"], "nodes")
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let names: HashMap<&str, &str> = list(metadata, "packages")
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    for pure in ["engine", "channels", "livechat"] {
        let start = list(metadata, "packages")
            .iter()
            .find(|package| package["name"] == pure && package["source"].is_null());
        let mut todo: Vec<&str> = start.and_then(|package| package["id"].as_str()).into_iter().collect();
        let mut seen: BTreeSet<&str> = todo.iter().copied().collect();
        while let Some(id) = todo.pop() {
            if let Some(name) = names.get(id)
                && IMPURE.contains(name)
            {
                found.push(format!("{pure} has {name} beneath it: it knows no clock, die, socket or runtime, so that it can be replayed"));
            }
            for dependency in nodes.get(id).map_or(&[][..], |node| list(node, "deps")) {
                let normal = list(dependency, "dep_kinds").iter().any(|kind| kind["kind"].is_null());
                if let Some(next) = dependency["pkg"].as_str()
                    && normal
                    && seen.insert(next)
                {
                    todo.push(next);
                }
            }
        }
    }
}

fn sources(files: &[PathBuf], found: &mut Vec<String>) {
    for path in files {
        let full = root().join(path);
        let shown = path.display();
        if fs::metadata(&full).is_ok_and(|about| about.len() > MAX_BYTES) {
            found.push(format!("{shown} is larger than 600 KiB: a repository is no place for data"));
        }
        let Ok(text) = fs::read_to_string(&full) else { continue };
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name == "package-lock.json" && text.contains("\"resolved\"") {
            found.push(format!(
                "{shown} names download addresses: omit them (npm --omit-lockfile-registry-resolved)"
            ));
        }
        if path.extension().is_none_or(|extension| extension != "rs") || path.starts_with("xtask/src/tidy.rs")
        {
            continue;
        }
        if name == "mod.rs" {
            found.push(format!(
                "{shown}: a module is noun.rs beside noun/, so that tabs in an editor have names"
            ));
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            found.push(format!("{shown} has {lines} lines: past {MAX_LINES} a file has more than one job"));
        }
        for (sign, why) in [
            ("#[allow(", "use expect, which complains when it is no longer needed"),
            ("#![allow(", "use expect, which complains when it is no longer needed"),
            ("todo!(", "nothing unfinished is called done"),
            ("unimplemented!(", "nothing unfinished is called done"),
            ("dbg!(", "left over from debugging"),
            ("#[ignore", "a test that does not run checks nothing"),
        ] {
            if text.contains(sign) {
                found.push(format!("{shown} has {sign}: {why}"));
            }
        }
    }
}

/// A store function without a contract case does not merge: two databases drift exactly where no test looks.
fn contracts(found: &mut Vec<String>) -> anyhow::Result<()> {
    let mut cases = String::new();
    for entry in fs::read_dir(root().join("crates/store/tests/contract"))? {
        cases.push_str(&fs::read_to_string(entry?.path())?);
    }
    for entry in fs::read_dir(root().join("crates/store/src"))? {
        let path = entry?.path();
        // The layer beneath: its functions are reached through those of the store.
        if path.ends_with("db.rs") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for name in text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub async fn "))
            .filter_map(|rest| rest.split(['(', '<']).next())
        {
            if !cases.contains(&format!(".{name}(")) && !cases.contains(&format!("::{name}(")) {
                found.push(format!(
                    "{} has the function {name} without a case in tests/contract",
                    path.display()
                ));
            }
        }
    }
    Ok(())
}

fn manifests(found: &mut Vec<String>) -> anyhow::Result<()> {
    let text = fs::read_to_string(root().join("Cargo.toml"))?;
    let mut used = String::new();
    let members = fs::read_dir(root().join("crates"))?.flatten().map(|entry| entry.path());
    for folder in members.chain([root().join("xtask"), root().join("bench")]) {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        if !manifest.is_empty() && !manifest.contains("[lints]\nworkspace = true") {
            found.push(format!("{} does not inherit the workspace's lints", folder.display()));
        }
        used.push_str(&manifest);
    }
    let table = text
        .split("[workspace.dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .unwrap_or_default();
    for name in table
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim())
        .filter(|name| !name.starts_with('#'))
    {
        if !used
            .lines()
            .any(|line| line.starts_with(&format!("{name} ")) || line.starts_with(&format!("{name}.")))
        {
            found.push(format!("Cargo.toml lists {name}, which no crate uses"));
        }
    }
    Ok(())
}

/// The licences of all dependencies are among those that `deny.toml` allows.
fn licences(metadata: &Value, found: &mut Vec<String>) -> anyhow::Result<()> {
    let text = fs::read_to_string(root().join("deny.toml"))?;
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    for package in self::list(metadata, "packages").iter().filter(|package| !package["source"].is_null()) {
        let licence = package["license"].as_str().unwrap_or_default();
        let fits = licence.split(" AND ").all(|all| {
            let any = all.trim_matches(['(', ')']).split(" OR ").flat_map(|any| any.split('/'));
            any.map(|name| name.trim().trim_matches(['(', ')'])).any(|name| allowed.contains(name))
        });
        if !fits {
            let name = package["name"].as_str().unwrap_or_default();
            found.push(format!("{name} is licensed {licence:?}, which deny.toml does not allow"));
        }
    }
    Ok(())
}

/// Of two types with one name openapi.json keeps the last, and says of the other's routes what is not so.
fn schemas(files: &[PathBuf], found: &mut Vec<String>) {
    let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files.iter().filter(|file| file.starts_with("crates/server/src")) {
        let text = fs::read_to_string(root().join(file)).unwrap_or_default();
        let derived = text
            .split("#[derive(")
            .skip(1)
            .filter(|part| part.split_once(")]").is_some_and(|(traits, _)| traits.contains("ToSchema")));
        for part in derived {
            let renamed = part.split_once("#[schema(as = ").filter(|(before, _)| !before.contains('{'));
            let name = match renamed {
                Some((_, rest)) => rest.split([')', ',']).next(),
                None => part
                    .lines()
                    .find_map(|line| line.split_once("struct ").or_else(|| line.split_once("enum ")))
                    .and_then(|(_, rest)| rest.split(|letter: char| !letter.is_alphanumeric()).next()),
            };
            let Some(name) = name.map(str::to_owned) else { continue };
            if let Some(other) = seen.insert(name.clone(), file.clone()) {
                let (one, other) = (file.display(), other.display());
                found.push(format!(
                    "{one} and {other} both call a type of openapi.json {name}: #[schema(as = …)]"
                ));
            }
        }
    }
}

fn migrations(files: &[PathBuf], found: &mut Vec<String>) {
    for path in files.iter().filter(|path| path.starts_with(Path::new("crates/store/migrations"))) {
        let name = path.to_string_lossy();
        for (mine, twin) in [(".sqlite.sql", ".postgres.sql"), (".postgres.sql", ".sqlite.sql")] {
            if let Some(stem) = name.strip_suffix(mine)
                && !root().join(format!("{stem}{twin}")).exists()
            {
                found.push(format!("{name} has no twin {stem}{twin}: the databases would drift apart"));
            }
        }
    }
}
