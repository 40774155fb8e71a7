//! The libraries that scripts can `require`: npm packages, bundled into `crates/sandbox/js/dist`.
//!
//! Cargo takes them from there into the binary. Nothing of them is committed, and no build asks the network: without
//! this chore `require('lodash')` says that the build has no libraries.

use std::fs;

use crate::{root, sh};

/// Installs and bundles, if that was not done for the files as they are.
pub fn bundle() -> anyhow::Result<()> {
    let folder = root().join("crates/sandbox/js");
    let wanted =
        fs::read_to_string(folder.join("package.json"))? + &fs::read_to_string(folder.join("bundle.mjs"))?;
    let mark = folder.join("dist/.made");
    if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    let flags = [
        "install",
        "--prefix",
        "crates/sandbox/js",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ];
    sh("npm", &flags, &[])?;
    sh("node", &["crates/sandbox/js/bundle.mjs"], &[])?;
    fs::write(mark, wanted)?;
    Ok(())
}
