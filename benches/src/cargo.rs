//! Cargo as it builds for a user: no incremental state, debug information in full.

use crate::Result;
use crate::measure::{Cost, measured};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A package to build, and where.
pub(crate) struct Package {
    /// The name in tables
    pub(crate) label: String,
    /// The folder to run cargo in
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    /// What chooses its features
    pub(crate) features: Vec<String>,
}

impl Package {
    /// A selection of the generated crate's services, with the transport that users get.
    pub(crate) fn of_services(root: &Path, label: &str, services: &str) -> Self {
        Self {
            label: label.to_owned(),
            folder: root.to_owned(),
            name: "typefoundry-clients".to_owned(),
            features: vec!["--features".to_owned(), services.to_owned()],
        }
    }

    /// A crate that `generate --spec … --out …` wrote.
    pub(crate) fn of_crate(name: &str, folder: PathBuf) -> Self {
        Self { label: name.to_owned(), folder, name: name.to_owned(), features: Vec::new() }
    }

    /// The AWS SDK's client of Amazon IVS Real-Time.
    pub(crate) fn of_peer(root: &Path) -> Result<Self> {
        let package = Self::of_peers(root, &[("aws-sdk-ivsrealtime", "1.133.0")])?.pop();
        package.ok_or_else(|| "no peer was asked for".into())
    }

    /// Clients of the AWS SDK, by name and version, in a package made for them.
    pub(crate) fn of_peers(root: &Path, clients: &[(&str, &str)]) -> Result<Vec<Self>> {
        let folder = target_dir(root).join("peer-package");
        std::fs::create_dir_all(folder.join("src"))?;
        std::fs::write(folder.join("src/main.rs"), "fn main() {}\n")?;
        let mut manifest =
            "[package]\nname = \"peer\"\nedition = \"2024\"\n\n[dependencies]\n".to_owned();
        for (name, version) in clients {
            writeln!(manifest, "{name} = \"={version}\"")?;
        }
        manifest.push_str("\n[workspace]\n");
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
        let package = |(name, version): &(&str, &str)| Self {
            label: format!("{name} {version}"),
            folder: folder.clone(),
            name: (*name).to_owned(),
            features: Vec::new(),
        };
        Ok(clients.iter().map(package).collect())
    }

    /// The packages that a program with this client consists of, itself left out.
    pub(crate) fn packages(&self) -> Result<usize> {
        let mut command = self.command("tree");
        command.args(["--edges", "normal", "--prefix", "none", "--no-dedupe"]);
        let output = command.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("cargo tree of {} failed", self.label).into());
        }
        // `name v1.2.3 (proc-macro)`
        let text = String::from_utf8(output.stdout)?;
        let packages = text.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>());
        let mut packages: Vec<_> = packages.filter(|words| words.len() == 2).collect();
        packages.sort_unstable();
        packages.dedup();
        Ok(packages.len())
    }

    /// Downloads what it depends on.
    pub(crate) fn fetch(&self) -> Result<()> {
        run(&mut cargo("fetch", &self.folder))
    }

    /// Runs a build and says how long it took.
    pub(crate) fn build(&self, mode: Mode, target: &Path) -> Result<Duration> {
        Ok(self.cost(mode, target)?.wall)
    }

    /// Runs a build and says what it took.
    pub(crate) fn cost(&self, mode: Mode, target: &Path) -> Result<Cost> {
        let mut command = self.command(mode.verb());
        measured(command.arg("--target-dir").arg(target).args(mode.profile()))
    }

    /// Forgets what was built of the package, and keeps its dependencies.
    pub(crate) fn clean(&self, mode: Mode, target: &Path) -> Result<()> {
        let mut command = cargo("clean", &self.folder);
        command.args(["--package", &self.name]).arg("--target-dir").arg(target);
        run(command.args(mode.profile()))
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = cargo(verb, &self.folder);
        command.args(["--package", &self.name]).args(&self.features);
        command
    }
}

/// How a package is built.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Check,
    Debug,
    Release,
}

impl Mode {
    pub(crate) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug | Self::Release => "build",
        }
    }

    fn profile(self) -> &'static [&'static str] {
        match self {
            Self::Check | Self::Debug => &[],
            Self::Release => &["--release"],
        }
    }
}

/// The target folder of these builds, apart from everybody else's.
pub(crate) fn target_dir(root: &Path) -> PathBuf {
    root.join("target/build-cost")
}

fn cargo(verb: &str, folder: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.arg(verb).current_dir(folder).stdin(Stdio::null());
    command.env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    // The workspace's own profile has less of it; a program that depends on a client has not.
    command.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "full");
    command
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed:\n{told}").into())
}
