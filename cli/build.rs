//! Puts the checked-in specs into the binary, so that it calls them from anywhere.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let specs = manifest.join("../specs");
    println!("cargo::rerun-if-changed={}", specs.display());
    let mut files = Vec::new();
    for provider in sorted(&specs)?.into_iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", provider.display());
        files.extend(sorted(&provider)?.into_iter().filter(|path| is_spec(path)));
    }
    let mut table = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&specs).unwrap_or(&file).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let file = fs::canonicalize(&file)?;
        let text = |path: &Path| format!("include_str!({:?})", path.display().to_string());
        let overlay = file.with_extension("overlay.json");
        let overlay =
            if overlay.exists() { format!("Some({})", text(&overlay)) } else { "None".to_owned() };
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "    BuiltIn {{ id: {name:?}, text: {}, overlay: {overlay} }},",
            text(&file)
        );
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("specs.rs"), table)
}

fn is_spec(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.ends_with(".json") && !name.ends_with(".overlay.json")
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
