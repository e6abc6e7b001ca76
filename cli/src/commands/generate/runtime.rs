//! Where a crate that is made of one spec finds the runtime.

use anyhow::Context;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use typefoundry_codegen::config::Runtime;

/// Where crates find the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// What `--runtime` says, a version as Cargo writes it
    Version(String),
    /// What `--runtime` says, a folder
    Folder(PathBuf),
    /// The checkout that this program runs out of
    Checkout(PathBuf),
    /// This program's version
    Own,
}

impl Place {
    /// As `--runtime` says. Without it, whoever runs the program out of a checkout has the runtime
    /// beside it, which is the one that fits, published or not; anybody else has the version alone.
    pub(super) fn choose(asked: Option<&str>) -> anyhow::Result<Self> {
        let Some(text) = asked else {
            // Cargo says where the package is that it runs. A program that was built in the checkout
            // lies in its target folder, unless that is elsewhere.
            let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
            let program = std::env::current_exe().ok();
            let found = checkout(package.as_deref(), program.as_deref());
            return Ok(found.map_or(Self::Own, Self::Checkout));
        };
        if text.starts_with(|c: char| c.is_ascii_digit() || "^=~<>*".contains(c)) {
            return Ok(Self::Version(text.to_owned()));
        }
        let found = std::fs::canonicalize(text).with_context(|| {
            format!("--runtime {text} is no version, and no folder that can be found")
        })?;
        Ok(Self::Folder(found))
    }

    /// As the crate in that folder names it.
    pub(super) fn from(&self, folder: &Path) -> anyhow::Result<Runtime> {
        let found = match self {
            Self::Version(version) => return Ok(Runtime::Version(version.clone())),
            Self::Own => return Ok(Runtime::Version(env!("CARGO_PKG_VERSION").to_owned())),
            Self::Folder(found) | Self::Checkout(found) => found,
        };
        let path = relative(&absolute(folder)?, found).to_string_lossy().replace('\\', "/");
        Ok(Runtime::Path { path })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(f, "version {version}"),
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Checkout(folder) => {
                write!(f, "{}, of this program's checkout", folder.display())
            }
            Self::Own => write!(
                f,
                "version {}, as this program; --runtime names another, or a folder",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }
}

/// The runtime's folder in the checkout that a program belongs to: that of the package which Cargo
/// runs, or the one around the program.
fn checkout(package: Option<&Path>, program: Option<&Path>) -> Option<PathBuf> {
    let of_package = package
        .filter(|package| is_package(package, env!("CARGO_PKG_NAME")))
        .and_then(Path::parent)
        .into_iter();
    let around = program.into_iter().flat_map(|program| program.ancestors().skip(1));
    let runtimes = of_package.chain(around).map(|root| root.join("runtime"));
    let found = runtimes.into_iter().find(|runtime| is_package(runtime, "typefoundry"));
    std::fs::canonicalize(found?).ok()
}

/// Whether a folder holds the package of that name.
fn is_package(folder: &Path, name: &str) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let line = format!("name = \"{name}\"");
    let mut lines = manifest.lines().map(str::trim).skip_while(|it| *it != "[package]").skip(1);
    lines.by_ref().take_while(|it| !it.starts_with('[')).any(|it| it == line)
}

/// The path without links, of a folder that may have to be made.
fn absolute(folder: &Path) -> anyhow::Result<PathBuf> {
    let whole = std::path::absolute(folder)
        .with_context(|| format!("cannot tell where {} is", folder.display()))?;
    for parent in whole.ancestors() {
        if let (Ok(found), Ok(rest)) = (std::fs::canonicalize(parent), whole.strip_prefix(parent)) {
            return Ok(found.join(rest));
        }
    }
    Ok(whole)
}

/// The way from one folder to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runtime_is_that_of_the_checkout_around_the_program() {
        let root = std::env::temp_dir().join(format!("typefoundry-runtime-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            std::fs::write(path, text).expect("it can be written");
        };
        write("whole/cli/Cargo.toml", "[package]\nname = \"typefoundry-cli\"\n");
        write("whole/runtime/Cargo.toml", "# It\n[package]\nname = \"typefoundry\"\n[lib]\n");
        write("whole/other/Cargo.toml", "[package]\nname = \"other\"\n");
        write("strange/runtime/Cargo.toml", "[package]\nname = \"tokio\"\n");
        write("strange/cli/Cargo.toml", "[lib]\nname = \"typefoundry-cli\"\n");
        write("linked/cli/Cargo.toml", "[package]\n[lib]\nname = \"typefoundry-cli\"\n");
        write("linked/runtime/Cargo.toml", "[package]\nname = \"typefoundry\"\n");
        let found = std::fs::canonicalize(root.join("whole/runtime")).expect("it is there");
        let cases: [(&str, &str, bool); 8] = [
            ("", "", false),
            ("whole/cli", "", true),
            ("whole/cli", "bin/typefoundry", true),
            ("", "whole/target/debug/typefoundry", true),
            ("strange/cli", "whole/target/x86/release/typefoundry", true),
            // What another package runs is none of ours.
            ("whole/other", "bin/typefoundry", false),
            ("linked/cli", "", false),
            ("strange/cli", "strange/target/debug/typefoundry", false),
        ];
        for (package, program, is_found) in cases {
            let at = |path: &str| Some(root.join(path)).filter(|_| !path.is_empty());
            let place = checkout(at(package).as_deref(), at(program).as_deref());
            assert_eq!(place.as_ref(), is_found.then_some(&found), "{package} {program}");
        }
        std::fs::remove_dir_all(&root).expect("it can be removed");
    }

    #[test]
    fn a_version_is_this_programs_unless_one_is_asked_for() {
        let of = |place: Place| match place.from(Path::new("out")) {
            Ok(Runtime::Version(version)) => version,
            other => panic!("{other:?}"),
        };
        assert_eq!(of(Place::Own), env!("CARGO_PKG_VERSION"));
        assert_eq!(of(Place::choose(Some("^0.9")).expect("a version")), "^0.9");
        let said = Place::Own.to_string();
        assert!(said.starts_with(concat!("version ", env!("CARGO_PKG_VERSION"))), "{said}");
    }
}
