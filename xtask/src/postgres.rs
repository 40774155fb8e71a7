//! A PostgreSQL for tests: a cluster of its own in a temporary folder, stopped and thrown away at the end.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};

/// A running server. Stops when it is dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    url: String,
}

impl Postgres {
    /// Finds or installs PostgreSQL, makes a cluster and starts it on a free port of this machine.
    pub fn start() -> anyhow::Result<Self> {
        let programs = match find() {
            Some(found) => found,
            None => {
                install()?;
                find().context("PostgreSQL was installed but its programs (initdb, pg_ctl) were not found")?
            }
        };
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("closer-postgres-{port}"));
        fs::create_dir_all(&folder)?;
        if is_root() {
            ensure!(
                Command::new("chown").arg("-R").arg(user()?).arg(&folder).status()?.success(),
                "the folder for PostgreSQL cannot be given to its user"
            );
        }
        let postgres = Self {
            programs,
            folder,
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres?sslmode=disable"),
        };
        let data = postgres.folder.join("data");
        let data = data.to_string_lossy();
        postgres
            .call("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"])?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300"
        );
        let log = postgres.folder.join("log");
        postgres.call(
            "pg_ctl",
            &["-D", &data, "-l", &log.to_string_lossy(), "-o", &options, "-w", "-t", "60", "start"],
        )?;
        Ok(postgres)
    }

    /// Its address, with a user that may do everything.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Runs one of its programs, not as root: PostgreSQL refuses that.
    fn call(&self, program: &str, args: &[&str]) -> anyhow::Result<()> {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", &user()?, "--regid", &user()?, "--clear-groups", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        let status = command
            .args(args)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            bail!("{} failed\n{log}", program.display());
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        if data.exists() {
            let _ = self.call("pg_ctl", &["-D", &data.to_string_lossy(), "-m", "immediate", "stop"]);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder with PostgreSQL's programs.
fn find() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    places.push("/usr/local/bin".into());
    for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let mut versions: Vec<PathBuf> = fs::read_dir(parent)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("bin"))
            .collect();
        versions.sort();
        versions.reverse();
        places.extend(versions);
    }
    let complete =
        |place: &&PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|name| place.join(name).is_file());
    let found = places.iter().find(complete)?;
    // A link in /usr/local/bin may point into a folder that the server's other files are found from.
    Some(fs::canonicalize(found.join("pg_ctl")).ok()?.parent().map_or_else(|| found.clone(), Path::to_owned))
        .filter(|place| place.join("initdb").is_file())
        .or_else(|| Some(found.clone()))
}

fn install() -> anyhow::Result<()> {
    println!("PostgreSQL is not installed; installing Debian's package …");
    let apt = |args: &[&str]| -> bool {
        let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
        if !is_root() {
            command.arg("apt-get");
        }
        command
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .status()
            .is_ok_and(|status| status.success())
    };
    apt(&["update", "-qq"]);
    if !apt(&["install", "-y", "-qq", "--no-install-recommends", "postgresql"]) {
        bail!(
            "PostgreSQL is needed for the tests on both databases. Install it (Debian, Ubuntu: apt-get install \
             postgresql; macOS: brew install postgresql), or run `cargo xtask test --fast` without it"
        );
    }
    Ok(())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Whom PostgreSQL runs as where we are root.
fn user() -> anyhow::Result<String> {
    for name in ["postgres", "nobody"] {
        let output = Command::new("id").args(["-u", name]).output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
    }
    bail!("there is no user for PostgreSQL to run as")
}
