//! What a developer would write instead: a FastAPI server with kakao-chatbot, an Express server with better-sqlite3.
//!
//! Both do the same work and store the same rows with the same durability; `peers/` holds them. Each runs as many
//! processes as there are cores, which is more than their tutorials do.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::product::{Running, root};

/// The FastAPI server.
pub fn fastapi(folder: &Path) -> anyhow::Result<Running> {
    let home = root().join("bench/peers");
    let venv = home.join(".venv");
    let wanted = std::fs::read_to_string(home.join("requirements.txt"))?;
    let mark = venv.join("installed");
    if std::fs::read_to_string(&mark).unwrap_or_default() != wanted {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let list = home.join("requirements.txt");
        run(Command::new(venv.join("bin/pip")).args(["install", "--quiet", "-r"]).arg(list))?;
        std::fs::write(mark, wanted)?;
    }
    let mut command = Command::new(venv.join("bin/python"));
    command.arg(home.join("fastapi_peer.py")).arg(folder.join("fastapi.db"));
    Running::start(command)
}

/// The Express server.
pub fn express(folder: &Path) -> anyhow::Result<Running> {
    let home = root().join("bench/peers");
    let wanted = std::fs::read_to_string(home.join("package.json"))?;
    let mark = home.join("node_modules/.installed");
    if std::fs::read_to_string(&mark).unwrap_or_default() != wanted {
        let flags = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
        run(Command::new("npm").args(flags).current_dir(&home))?;
        std::fs::write(mark, wanted)?;
    }
    let mut command = Command::new("node");
    command.arg(home.join("express_peer.mjs")).arg(folder.join("express.db"));
    Running::start(command)
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdout(Stdio::null()).status().with_context(|| name.clone())?;
    ensure!(status.success(), "{name} failed");
    Ok(())
}
