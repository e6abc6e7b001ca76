//! What a program with one client takes to build from nothing, beside one that is written by hand
//! and one of the AWS SDK.

use crate::cargo::{Mode, Package, target_dir};
use crate::{Result, table};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// So many times the build of the program that is written by hand
const MOST_TIMES: f64 = 1.2;
/// So many times less than the build of the AWS SDK's program
const LEAST_TIMES: f64 = 2.7;
/// Millions of bytes of the program, stripped
const MOST_MEGABYTES: f64 = 5.5;

const OURS: &str = "typefoundry";
const BY_HAND: &str = "by-hand";
const AWS_SDK: &str = "aws-sdk";

/// What to build.
#[derive(Default)]
pub(crate) struct Options {
    /// The AWS SDK's program, too
    pub(crate) peers: bool,
    /// These and not all
    pub(crate) only: Vec<String>,
}

/// What came of it.
struct Built {
    name: &'static str,
    packages: usize,
    wall: Duration,
    cpu: f64,
    megabytes: f64,
}

pub(crate) fn print(root: &Path, options: &Options) -> Result<()> {
    let chosen = |name: &str| options.only.is_empty() || options.only.iter().any(|it| it == name);
    let mut built = Vec::new();
    for name in [OURS, BY_HAND, AWS_SDK] {
        if chosen(name) && (name != AWS_SDK || options.peers) {
            built.push(build(root, name)?);
        }
    }
    let rows: Vec<_> = built.iter().map(row).collect();
    println!("A program that makes one call, built from nothing as a release:\n");
    println!("{}", table::render(&["program", "packages", "wall", "cpu", "MB stripped"], &rows));
    println!("wall: seconds from start to end; cpu: seconds of all cores.\n");
    judge(&built)
}

fn row(built: &Built) -> Vec<String> {
    vec![
        built.name.to_owned(),
        built.packages.to_string(),
        format!("{:.1}", built.wall.as_secs_f64()),
        format!("{:.1}", built.cpu),
        format!("{:.2}", built.megabytes),
    ]
}

/// Holds what was built against the limits.
fn judge(built: &[Built]) -> Result<()> {
    let find = |name| built.iter().find(|built| built.name == name);
    let Some(ours) = find(OURS) else { return Ok(()) };
    let times = |one: &Built, other: &Built| one.wall.as_secs_f64() / other.wall.as_secs_f64();
    let mut over = Vec::new();
    let mut hold = |fits: bool, text: String| {
        println!("{text}");
        if !fits {
            over.push(text);
        }
    };
    let megabytes = ours.megabytes;
    let text = format!("{megabytes:.2} MB, where {MOST_MEGABYTES} are allowed");
    hold(megabytes <= MOST_MEGABYTES, text);
    if let Some(by_hand) = find(BY_HAND) {
        let times = times(ours, by_hand);
        let text = format!("{times:.2} times the time of {BY_HAND}, of {MOST_TIMES} at most");
        hold(times <= MOST_TIMES, text);
    }
    if let Some(sdk) = find(AWS_SDK) {
        let times = times(sdk, ours);
        let text = format!("{times:.2} times faster than {AWS_SDK}, of {LEAST_TIMES} at least");
        hold(times >= LEAST_TIMES, text);
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("; ").into()) }
}

/// Everything is there before the clock starts, and nothing is built.
fn build(root: &Path, name: &'static str) -> Result<Built> {
    let folder = target_dir(root).join("floor").join(name);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), source(name))?;
    fs::write(folder.join("Cargo.toml"), manifest(root, name))?;
    if name != AWS_SDK {
        // The versions of the workspace; cargo leaves out what is not used.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    let package = Package::of_crate(&format!("floor-{name}"), folder.clone());
    package.fetch()?;
    let packages = package.packages()?.saturating_sub(1);
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    eprintln!("building {name}");
    let cost = package.cost(Mode::Release, &target)?;
    let program = fs::metadata(target.join("release").join(&package.name))?;
    #[expect(clippy::cast_precision_loss, reason = "a size to be shown")]
    let megabytes = program.len() as f64 / 1e6;
    Ok(Built { name, packages, wall: cost.wall, cpu: cost.cpu(), megabytes })
}

fn source(name: &str) -> &'static str {
    match name {
        OURS => include_str!("../floor/typefoundry.rs"),
        BY_HAND => include_str!("../floor/by-hand.rs"),
        _ => include_str!("../floor/aws-sdk.rs"),
    }
}

fn manifest(root: &Path, name: &str) -> String {
    let dependencies = match name {
        OURS => {
            let clients = root.join("generated");
            let clients = clients.display();
            format!(
                "typefoundry-clients = {{ path = \"{clients}\", features = [\"aws-ivs-realtime\"] }}\n"
            )
        }
        BY_HAND => "\
hmac = \"0.13\"
reqwest = { version = \"0.13.5\", default-features = false, features = [\"rustls-no-provider\"] }
rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
sha2 = \"0.11\"
"
        .to_owned(),
        _ => "\
aws-config = { version = \"1\", features = [\"behavior-version-latest\"] }
aws-sdk-ivsrealtime = \"=1.133.0\"
"
        .to_owned(),
    };
    format!(
        "[package]\nname = \"floor-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{dependencies}\
         tokio = {{ version = \"1\", default-features = false, features = [\"rt\"] }}\n\n\
         [profile.release]\nstrip = true\n\n[workspace]\n"
    )
}
