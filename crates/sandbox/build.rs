//! Compiles our own JavaScript (`js/own`) and, where `cargo xtask js` has made them, the bundled libraries (`js/dist`)
//! to bytecode, so that a fresh engine loads them without parsing.
//!
//! Bytecode of this engine is always strict. Each file becomes a module that exports one function
//! `(require, module, exports, host)`; only our own are given a `host`.

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use rquickjs::{Context, Module, Runtime, WriteOptions};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let js = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("js");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut table = String::from("&[\n");
    for (folder, prefix) in [("own", "own:"), ("dist", "npm:")] {
        let folder = js.join(folder);
        // `js/dist` always stands there, if only with its .gitignore: Cargo looks again at every build for what is missing.
        println!("cargo:rerun-if-changed={}", folder.display());
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut files: Vec<PathBuf> =
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.retain(|path| path.extension().is_some_and(|extension| extension == "js"));
        files.sort();
        for path in files {
            let stem =
                path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name that is not UTF-8")?;
            // A slash in a library's name is two underscores in its file's.
            let name = format!("{prefix}{}", stem.replace("__", "/"));
            let code = compile(&name, &fs::read_to_string(&path)?)?;
            let file = out.join(format!("{}{stem}.bin", prefix.replace(':', "-")));
            fs::write(&file, code)?;
            let file = file.to_str().ok_or("a folder that is not UTF-8")?;
            writeln!(table, "    ({name:?}, include_bytes!({file:?})),")?;
        }
    }
    table.push(']');
    fs::write(out.join("libraries.rs"), table)?;
    Ok(())
}

fn compile(name: &str, source: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let context = Context::full(&runtime)?;
    context.with(|ctx| {
        let module = format!("export default function (require, module, exports, host) {{{source}\n}}");
        let declared = Module::declare(ctx.clone(), name, module);
        let declared = declared.map_err(|error| format!("{name}: {error} {:?}", ctx.catch()))?;
        // Lines in a stack are the script's and ours; those of libraries would cost time at each load.
        let strip_debug = name.starts_with("npm:");
        let options = WriteOptions { strip_source: true, strip_debug, ..WriteOptions::default() };
        Ok(declared.write(options)?)
    })
}
