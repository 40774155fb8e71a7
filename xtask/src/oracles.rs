//! The JavaScript originals that templates, dates and numbers are compared with.

use std::fs;

use crate::{root, sh};

/// Installs them, if they are not there as `package.json` wants them.
pub fn install() -> anyhow::Result<()> {
    let folder = root().join("oracles");
    let wanted = fs::read_to_string(folder.join("package.json"))?;
    let mark = folder.join("node_modules/.installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let flags = [
        "install",
        "--prefix",
        "oracles",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ];
    sh("npm", &flags, &[])?;
    fs::write(mark, wanted)?;
    Ok(())
}
