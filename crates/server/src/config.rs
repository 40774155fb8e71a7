//! The configuration. `config.default.toml` is its manual and its defaults.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use ipnet::IpNet;
use serde::Deserialize;

/// The manual, which is also the default configuration.
pub const DEFAULT: &str = include_str!("../../../config.default.toml");

/// How the server runs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder of the embedded database.
    pub data: PathBuf,
    /// A PostgreSQL address, or empty.
    pub database: String,
    /// The address under which people reach the server, or empty.
    pub public_url: String,
    /// Proxies of ours, whose word on where a call comes from is taken.
    pub proxies: Vec<IpAddr>,
    /// Is there a demo to look around in, which lets anyone in? Only the command line says so (`closer serve --demo`), so
    /// that no file that was copied along opens a door.
    #[serde(skip)]
    pub demo: bool,
    /// Milliseconds that its clock goes ahead of the machine's. Tests alone say so.
    #[serde(skip)]
    pub ahead_ms: i64,
    /// Logs.
    pub log: Log,
    /// KakaoTalk.
    pub kakao: Kakao,
    /// Web chat.
    pub web: Web,
    /// Bounds.
    pub limits: Limits,
    /// Calls to other servers.
    pub outbound: Outbound,
    /// Scripts of bots.
    pub scripts: Scripts,
}

/// How logs are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// What is written.
    pub level: String,
    /// For whom.
    pub format: LogFormat,
}

/// For whom logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// How KakaoTalk is served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kakao {
    /// When a turn that goes on is answered with the waiting text, in milliseconds after its request arrived.
    pub waiting_after_ms: u64,
    /// When a request is answered in any case, in milliseconds after it arrived.
    pub deadline_ms: u64,
    /// How long a turn may go on after its request arrived, in milliseconds.
    pub late_within_ms: u64,
    /// The hosts that late answers may be posted to, each with all that is under it.
    pub callback_hosts: Vec<String>,
    /// When a silence ends a conversation.
    pub new_conversation_after_hours: u32,
}

/// How web chat is served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// Pages that may be open from one address.
    pub pages_per_address: u32,
    /// Sessions that may be begun from one address in a minute.
    pub sessions_per_minute: u32,
}

/// Bounds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Turns at the same time.
    pub turns_at_once: usize,
    /// Recorded problems kept per bot.
    pub problems_per_bot: u32,
    /// Days for which recorded problems are kept.
    pub problems_days: u32,
    /// Is what went through each node kept with its turn?
    pub traces: bool,
    /// Requests kept per bot in the log.
    pub requests_per_bot: u32,
}

/// How scripts run.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripts {
    /// Worker processes at most.
    pub workers: usize,
    /// … and at most for one bot.
    pub per_bot: usize,
    /// What local time is for scripts, as `TZ` has it.
    pub time_zone: String,
    /// The program that becomes a worker; empty for this one.
    pub program: PathBuf,
}

/// How other servers are called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbound {
    /// Ranges of addresses that may be called although they are not public.
    pub allow: Vec<IpNet>,
    /// Calls at the same time, in all.
    pub max_calls: usize,
    /// Calls at the same time to one host and port.
    pub max_per_host: usize,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// The file is not as it should be.
    #[error("{path}: {error}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        error: Box<toml::de::Error>,
    },
    /// A value makes no sense.
    #[error("{0}")]
    Value(&'static str),
}

impl Default for Config {
    fn default() -> Self {
        Self::read(None, None).expect("config.default.toml is complete; a test reads it")
    }
}

impl Config {
    /// The defaults, overlaid with a file: the one that is named, or else `closer.toml` in the data folder.
    pub fn read(named: Option<&Path>, data: Option<&Path>) -> Result<Self, ConfigError> {
        let syntax = |path: &Path| {
            let path = path.to_owned();
            move |error: toml::de::Error| ConfigError::Syntax { path, error: Box::new(error) }
        };
        let built_in = Path::new("config.default.toml");
        let mut table: toml::Table = DEFAULT.parse().map_err(syntax(built_in))?;
        let folder =
            data.map_or_else(|| PathBuf::from(table["data"].as_str().unwrap_or("data")), Path::to_owned);
        let path = named.map_or_else(|| folder.join("closer.toml"), Path::to_owned);
        if named.is_some() || path.exists() {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| ConfigError::File { path: path.clone(), error })?;
            overlay(&mut table, text.parse().map_err(syntax(&path))?);
        }
        if let Some(data) = data {
            table.insert("data".to_owned(), toml::Value::String(data.to_string_lossy().into_owned()));
        }
        let config: Self = table.try_into().map_err(syntax(&path))?;
        config.checked()
    }

    fn checked(self) -> Result<Self, ConfigError> {
        if !(500..=4_500).contains(&self.kakao.deadline_ms) {
            return Err(ConfigError::Value(
                "kakao.deadline_ms must lie between 500 and 4500: Kakao waits 5 seconds",
            ));
        }
        if !(100..self.kakao.deadline_ms).contains(&self.kakao.waiting_after_ms) {
            return Err(ConfigError::Value(
                "kakao.waiting_after_ms must lie between 100 and kakao.deadline_ms: the waiting text is an answer too",
            ));
        }
        if !(self.kakao.deadline_ms..=55_000).contains(&self.kakao.late_within_ms) {
            return Err(ConfigError::Value(
                "kakao.late_within_ms must lie between kakao.deadline_ms and 55000: Kakao takes late answers for a minute",
            ));
        }
        if self.scripts.workers == 0 || self.scripts.per_bot == 0 {
            return Err(ConfigError::Value("scripts.workers and scripts.per_bot must be at least 1"));
        }
        if self.limits.turns_at_once == 0 {
            return Err(ConfigError::Value("limits.turns_at_once must be at least 1"));
        }
        if self.outbound.max_calls == 0 || self.outbound.max_per_host == 0 {
            return Err(ConfigError::Value(
                "outbound.max_calls and outbound.max_per_host must be at least 1",
            ));
        }
        Ok(self)
    }

    /// Where the store is: the PostgreSQL address, or the file in the data folder.
    pub fn store_url(&self) -> String {
        if self.database.is_empty() {
            self.data.join("closer.db").to_string_lossy().into_owned()
        } else {
            self.database.clone()
        }
    }

    /// Do browsers come over https?
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The address that people are shown, without a slash at the end.
    pub fn public_url(&self) -> String {
        if self.public_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.public_url.trim_end_matches('/').to_owned()
        }
    }
}

fn overlay(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => overlay(base, over),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_is_a_configuration() {
        let config = Config::default();
        assert_eq!(config.listen.port(), 8787);
        assert_eq!(config.store_url(), "data/closer.db");
    }

    #[test]
    fn a_file_overlays_the_defaults_and_its_mistakes_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("closer.toml");
        std::fs::write(
            &file,
            "listen = \"0.0.0.0:80\"\n[kakao]\nwaiting_after_ms = 2000\ndeadline_ms = 3000\n",
        )
        .expect("writes");
        let config = Config::read(None, Some(folder.path())).expect("reads");
        assert_eq!((config.listen.port(), config.kakao.deadline_ms), (80, 3000));
        assert_eq!(config.kakao.new_conversation_after_hours, 24);
        std::fs::write(&file, "[kakao]\ndeadline_ms = 9000\n").expect("writes");
        assert!(Config::read(None, Some(folder.path())).is_err());
        std::fs::write(&file, "[outbound]\nallow = [\"10.1.2.0/24\", \"fd00::/8\"]\n").expect("writes");
        let config = Config::read(None, Some(folder.path())).expect("reads");
        assert_eq!((config.outbound.allow.len(), config.outbound.max_per_host), (2, 64));
        for bad in ["allow = [\"10.1.2.0/33\"]", "max_calls = 0", "max_per_host = 0"] {
            std::fs::write(&file, format!("[outbound]\n{bad}\n")).expect("writes");
            assert!(Config::read(None, Some(folder.path())).is_err(), "{bad}");
        }
        std::fs::write(&file, "listne = 1\n").expect("writes");
        let error = Config::read(None, Some(folder.path())).expect_err("is refused").to_string();
        assert!(error.contains("listne"), "{error}");
    }
}
