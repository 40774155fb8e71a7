//! Lists the files of the built console, so that they become part of the program. Builds nothing and calls nothing: the
//! console is built by `cargo xtask web`.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    if dist.is_dir() {
        // A folder that is not there cannot be watched without building anew each time: `cargo xtask web` touches this
        // file instead.
        println!("cargo::rerun-if-changed={}", dist.display());
        collect(&dist, &mut files)?;
    }
    files.sort();
    let name = |path: &Path| {
        let parts = path.strip_prefix(&dist).unwrap_or(path).iter();
        parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    // As a text of Rust: with the quotes and escapes that a path may need.
    let quoted = |path: &Path| format!("{:?}", path.to_string_lossy());
    let mut named: Vec<(String, PathBuf)> = files.into_iter().map(|path| (name(&path), path)).collect();
    named.sort();
    let mut text = "static FILES: &[File] = &[\n".to_owned();
    for (name, path) in named.iter().filter(|(name, _)| !is_compressed(name)) {
        let with = |ending: &str| {
            let twin = format!("{name}.{ending}");
            match named.iter().find(|(name, _)| *name == twin) {
                Some((_, path)) => format!("Some(include_bytes!({}))", quoted(path)),
                None => "None".to_owned(),
            }
        };
        text.push_str(&format!(
            "    File {{ path: {name:?}, plain: include_bytes!({}), brotli: {}, gzip: {} }},\n",
            quoted(path),
            with("br"),
            with("gz")
        ));
    }
    text.push_str("];\n");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is set by Cargo"))?;
    fs::write(Path::new(&out).join("console_files.rs"), text)
}

fn is_compressed(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "br" | "gz")))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
