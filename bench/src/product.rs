//! closer as a process: started, asked, measured from outside, killed.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use serde_json::Value;

/// A server process, killed when it is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// `host:port`.
    pub address: String,
}

/// An installation: a data folder, a database, one bot.
#[derive(Debug)]
pub struct Closer {
    folder: PathBuf,
    database: Option<String>,
    /// The bot's id.
    pub bot: String,
}

impl Closer {
    /// Imports and publishes a bot of this repository, by its path from the root; some do what the check warns of.
    pub fn install(folder: &Path, database: Option<&str>, bot_file: &str) -> anyhow::Result<Self> {
        let mut closer =
            Self { folder: folder.to_owned(), database: database.map(str::to_owned), bot: String::new() };
        let file = root().join(bot_file);
        let output = closer.command("import").arg(file).args(["--publish", "--force"]).output()?;
        ensure!(output.status.success(), "import: {}", String::from_utf8_lossy(&output.stderr));
        let said: Value = serde_json::from_slice(&output.stdout)?;
        said["botId"].as_str().context("import printed no botId")?.clone_into(&mut closer.bot);
        Ok(closer)
    }

    /// Makes a bridge to an old server on this machine.
    pub fn bridge(folder: &Path, url: &str) -> anyhow::Result<Self> {
        let mut closer = Self { folder: folder.to_owned(), database: None, bot: String::new() };
        let mut command = Command::new(beside("closer"));
        command.args(["bridge", "add", url, "--allow-private", "--data"]).arg(folder);
        let output = command.output()?;
        ensure!(output.status.success(), "bridge add: {}", String::from_utf8_lossy(&output.stderr));
        let said: Value = serde_json::from_slice(&output.stdout)?;
        said["botId"].as_str().context("bridge add printed no botId")?.clone_into(&mut closer.bot);
        Ok(closer)
    }

    /// The path of the bot's skill.
    pub fn path(&self) -> String {
        format!("/webhook/kakao/{}/i/skill", self.bot)
    }

    /// Where its store is.
    pub fn store_url(&self) -> String {
        let embedded = || self.folder.join("closer.db").to_string_lossy().into_owned();
        self.database.clone().unwrap_or_else(embedded)
    }

    /// Starts the server on a free port.
    pub fn serve(&self) -> anyhow::Result<Running> {
        let mut command = self.command("serve");
        command.args(["--listen", "127.0.0.1:0"]).env("CLOSER_LOG", "error");
        Running::start(command)
    }

    /// Request ids of all stored turns.
    pub fn stored(&self) -> anyhow::Result<Vec<String>> {
        let output = self.command("turns").args([&self.bot, "--json"]).output()?;
        ensure!(output.status.success(), "turns: {}", String::from_utf8_lossy(&output.stderr));
        output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| {
                let turn: Value = serde_json::from_slice(line)?;
                Ok(turn["requestId"].as_str().unwrap_or_default().to_owned())
            })
            .collect()
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(beside("closer"));
        command.arg(name).arg("--data").arg(&self.folder);
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command
    }
}

impl Running {
    /// Starts a program that prints `{"listening": "host:port"}`.
    pub fn start(mut command: Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| name.clone())?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)
            .with_context(|| format!("{name} did not say where it listens: {line}"))?;
        let address = said["listening"].as_str().context("no address")?.to_owned();
        Ok(Self { child, address })
    }

    /// SIGKILL: nothing is finished, nothing is flushed.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Resident memory in MiB; the children's too.
    pub fn memory(&self) -> f64 {
        let own = resident(self.child.id());
        let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.child.id()));
        let children = children.unwrap_or_default();
        own + children.split_whitespace().filter_map(|id| id.parse().ok()).map(resident).sum::<f64>()
    }

    /// Processor time used so far, user and system.
    pub fn processor(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let ticks: u64 =
            after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

fn resident(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kib.unwrap_or_default() / 1_024.0
}

/// A program that was built together with this one.
pub fn beside(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// A new database in the PostgreSQL that `cargo xtask` started: what one part leaves behind disturbs no other.
pub async fn postgres(part: &str) -> anyhow::Result<String> {
    let url = std::env::var("CLOSER_TEST_POSTGRES")
        .context("CLOSER_TEST_POSTGRES is not set: start this with cargo xtask bench or cargo xtask soak")?;
    let name = format!("bench_{part}_{}", std::process::id());
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await?;
    let running = tokio::spawn(connection);
    client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
    drop(client);
    running.await??;
    let (head, options) = url.split_once('?').unwrap_or((&url, ""));
    let server = head.rsplit_once('/').map_or(head, |(server, _)| server);
    Ok(format!("{server}/{name}?{options}"))
}
