//! `cargo xtask run`: from a clone to a console with a demo and bots that answer, in one command.
//!
//! The development profile: it builds in a fraction of the time of a release, and is quick enough for one person.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, ensure};

use crate::{js, root, sh, web};

/// The bot that is talked to first.
const FIRST: &str = "쇼핑몰";

/// Builds, starts, shows.
pub fn run() -> anyhow::Result<()> {
    js::bundle()?;
    web::build()?;
    sh("cargo", &["build", "-p", "closer"], &[])?;
    let closer = program()?;
    let data = root().join("data");
    let port = [8787, 8788, 8789]
        .into_iter()
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .unwrap_or(0);
    let mut server = Command::new(&closer)
        .args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(&data)
        .env("CLOSER_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()?;
    let shown = said(&mut server).and_then(|said| show(&closer, &said));
    if let Err(error) = shown {
        let _ = server.kill();
        return Err(error);
    }
    // Ctrl-C reaches the server too, which ends by itself.
    let status = server.wait()?;
    ensure!(status.success(), "the server has failed");
    Ok(())
}

/// The binary, wherever Cargo's target folder is.
pub fn program() -> anyhow::Result<PathBuf> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(Path::new(target).join("debug").join(format!("closer{}", std::env::consts::EXE_SUFFIX)))
}

/// What the server says when it listens: where, and the bots of its demo.
fn said(server: &mut Child) -> anyhow::Result<serde_json::Value> {
    let output = server.stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    serde_json::from_str(&line).context("the server did not start")
}

fn show(closer: &Path, said: &serde_json::Value) -> anyhow::Result<()> {
    let address = said["listening"].as_str().context("the server did not say where it listens")?;
    std::thread::sleep(Duration::from_millis(50));
    let bots = said["demo"].as_array().map(Vec::as_slice).unwrap_or_default();
    let first = bots.iter().find(|bot| bot["title"] == FIRST).and_then(|bot| bot["skillUrl"].as_str());
    if let Some(url) = first {
        println!("\n안녕하세요");
        let answered = Command::new(closer)
            .args(["simulate", "kakao", url, "--say", "안녕하세요", "--user", "first"])
            .status()?;
        ensure!(answered.success(), "the demo bot did not answer");
    }
    println!("\n콘솔 · console\n  http://{address}\n");
    if let Some(url) = first {
        println!(
            "다른 터미널에서 카카오톡 사용자처럼 대화하기 · talk to a bot as a KakaoTalk user, in another terminal\n  {} simulate kakao {url}\n",
            closer.display()
        );
    }
    for bot in bots {
        if let (Some(title), Some(url)) = (bot["title"].as_str(), bot["skillUrl"].as_str()) {
            println!("스킬 URL · skill URL: {title}\n  {url}\n");
        }
    }
    println!("Ctrl-C: 끝내기 · stop");
    Ok(())
}
