//! Puts the checked-in specs into the binary, so that it calls them from anywhere: each with its
//! overlay merged onto it, as JSON without white space, with the places of its parts.

#[path = "src/specs/parts.rs"]
mod parts;

use parts::{Part, Parts};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use typefoundry_spec::{Json, SpecFiles, Style};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let specs = manifest.join("../specs");
    println!("cargo::rerun-if-changed={}", specs.display());
    let mut table = String::from("&[\n");
    for provider in sorted(&specs)?.into_iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", provider.display());
        for file in sorted(&provider)?.into_iter().filter(|path| is_spec(path)) {
            let name = file.strip_prefix(&specs).unwrap_or(&file).with_extension("");
            let id = name.to_string_lossy().replace('\\', "/");
            let spec = merged(&file)?;
            let compact = format!("{}.json", id.replace('/', "+"));
            let text = spec.to_string();
            fs::write(out.join(&compact), &text)?;
            let operations = spec.get("operations").and_then(Json::as_object).unwrap_or_default();
            let title = spec.get("service").and_then(|it| it.get("title")).and_then(Json::as_str);
            // Writing to a string cannot fail.
            let _ = writeln!(
                table,
                "    BuiltIn {{ id: {id:?}, title: {:?}, callable: {}, text: include_str!({compact:?}), \
                 parts: {} }},",
                title.unwrap_or_default(),
                !operations.is_empty(),
                Parts::find(&text).map_or("None".to_owned(), |parts| written(&parts))
            );
        }
    }
    table.push_str("]\n");
    fs::write(out.join("specs.rs"), table)
}

/// As a constant expression.
fn written(parts: &Parts) -> String {
    let list = |parts: &[Part]| {
        parts.iter().fold(String::new(), |list, Part { name, value }| {
            list + &format!("Part {{ name: {name:?}, value: {value:?} }}, ")
        })
    };
    format!(
        "Some(Parts {{ service: {:?}, operations: Cow::Borrowed(&[{}]), shapes: Cow::Borrowed(&[{}]), \
         waiters: Cow::Borrowed(&[{}]) }})",
        parts.service,
        list(&parts.operations),
        list(&parts.shapes),
        list(&parts.waiters)
    )
}

fn merged(file: &Path) -> io::Result<Json> {
    let files = SpecFiles::open(file)?;
    files.merge().map_err(|diagnostics| io::Error::other(diagnostics.render(Style::Plain)))
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
