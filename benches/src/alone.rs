//! What crates of whole services of AWS take to build, beside those of the AWS SDK.

use crate::cargo::{Mode, Package, target_dir};
use crate::measure::{Cost, measured};
use crate::{Result, generate, table};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Services by botocore's names, which have to build without a warning.
const SERVICES: [&str; 13] = [
    "ivs-realtime",
    "customer-profiles",
    "cloudtrail",
    "cloudwatch",
    "dynamodb",
    "glue",
    "medialive",
    "quicksight",
    "route53",
    "s3",
    "securityhub",
    "sqs",
    "ec2",
];

/// Of these the peer is built as well: in full where it is of a usual size, and only checked where
/// a build of it takes all memory.
const PEERS: [(&str, &str, &str, &[Mode]); 4] = [
    ("ivs-realtime", "aws-sdk-ivsrealtime", "1.133.0", &Mode::ALL),
    ("customer-profiles", "aws-sdk-customerprofiles", "1.136.0", &Mode::ALL),
    ("cloudtrail", "aws-sdk-cloudtrail", "1.130.0", &Mode::ALL),
    ("ec2", "aws-sdk-ec2", "1.274.0", &[Mode::Check]),
];

/// A small program's part of a large service
const SLICE: &str = "DescribeInstances,RunInstances,StartInstances,StopInstances,TerminateInstances,\
DescribeImages,DescribeSecurityGroups,CreateTags,DescribeVpcs,DescribeSubnets";

/// The lints that a generated crate may turn off, and no others
const ALLOWED: [&str; 1] = ["large_enum_variant"];

/// What to build.
pub(crate) struct Options {
    /// botocore's package, or its folder of models
    pub(crate) botocore: PathBuf,
    /// The AWS SDK's crates, too
    pub(crate) peers: bool,
    /// These services and not all
    pub(crate) only: Vec<String>,
    pub(crate) runs: usize,
}

pub(crate) fn print(root: &Path, options: &Options) -> Result<()> {
    let data = options.botocore.join("data");
    let data = if data.is_dir() { data } else { options.botocore.clone() };
    let program = generate::build(root)?;
    let target = target_dir(root);
    let mut rows = Vec::new();
    let chosen = |name: &str| options.only.is_empty() || options.only.iter().any(|it| it == name);
    for service in SERVICES.into_iter().filter(|service| chosen(service)) {
        let package = generated(root, &program, &data.join(service), service, None)?;
        allows(&package)?;
        let ours = builds(&package, &Mode::ALL, options.runs, &target, Warnings::Fail)?;
        rows.push(row(&package.label, &ours));
        if service == "ec2" {
            let label = "ec2-ten-operations";
            let slice = generated(root, &program, &data.join(service), label, Some(SLICE))?;
            let costs = builds(&slice, &Mode::ALL, options.runs, &target, Warnings::Fail)?;
            rows.push(row(label, &costs));
        }
        let peer = PEERS.iter().find(|peer| peer.0 == service).filter(|_| options.peers);
        if let Some((_, name, version, modes)) = peer {
            let peer = Package::of_peers(root, &[(name, version)])?;
            for package in peer {
                let theirs = builds(&package, modes, 1, &target, Warnings::Pass)?;
                rows.push(row(&package.label, &theirs));
                rows.push(ratios(&ours, &theirs));
            }
        }
    }
    println!("Crates of whole services, built alone, dependencies built before:\n");
    println!("{}", table::render(&HEAD, &rows));
    println!("wall: seconds from start to end (cargo's own included); cpu: seconds of all cores;");
    println!("MB: the most memory that one process held. None of ours had a warning.");
    Ok(())
}

const HEAD: [&str; 10] =
    ["crate", "check wall", "cpu", "MB", "debug wall", "cpu", "MB", "release wall", "cpu", "MB"];

/// A crate of one model.
fn generated(
    root: &Path,
    program: &Path,
    model: &Path,
    name: &str,
    operations: Option<&str>,
) -> Result<Package> {
    let folder = root.join("target/alone").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut command = Command::new(program);
    command.args(["generate", "--crate-name", name, "--spec"]).arg(model);
    command.arg("--out").arg(&folder).arg("--runtime").arg(root.join("runtime"));
    if let Some(operations) = operations {
        command.args(["--operations", operations]);
    }
    measured(&command)?;
    // Apart from the workspace around it.
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)?;
    if !text.contains("[workspace]") {
        fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    }
    Ok(Package::of_crate(name, folder))
}

/// Fails if a crate turns off a lint that it may not.
fn allows(package: &Package) -> Result<()> {
    let mut open = vec![package.folder.clone()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                open.push(entry?.path());
            }
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let manifest = path.ends_with("Cargo.toml");
        for line in text.lines().map(str::trim) {
            let allowed = ALLOWED.iter().any(|lint| line == format!("{lint} = \"allow\""));
            let allow = line.contains("allow(") && line.starts_with('#')
                || manifest && line.ends_with("\"allow\"");
            if allow && !allowed {
                return Err(format!("{} has `{line}`", path.display()).into());
            }
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Warnings {
    Fail,
    Pass,
}

/// The median build in each mode.
fn builds(
    package: &Package,
    modes: &[Mode],
    runs: usize,
    target: &Path,
    warnings: Warnings,
) -> Result<Vec<Cost>> {
    let mut found = Vec::new();
    for &mode in modes {
        eprintln!("building {} ({})", package.label, mode.name());
        package.build(mode, target)?;
        let mut costs = Vec::new();
        for _ in 0..runs {
            package.clean(mode, target)?;
            let cost = package.cost(mode, target)?;
            if matches!(warnings, Warnings::Fail) && cost.told.contains("warning") {
                return Err(
                    format!("{} is built with warnings:\n{}", package.label, cost.told).into()
                );
            }
            costs.push(cost);
        }
        costs.sort_by_key(|cost| cost.wall);
        let middle = costs.len() / 2;
        found.push(costs.swap_remove(middle));
    }
    Ok(found)
}

fn row(label: &str, costs: &[Cost]) -> Vec<String> {
    let cells = costs.iter().flat_map(|cost| {
        let wall = format!("{:.2}", cost.wall.as_secs_f64());
        [wall, format!("{:.2}", cost.cpu()), format!("{:.0}", cost.megabytes)]
    });
    std::iter::once(label.to_owned()).chain(cells).collect()
}

/// How many times more the peer takes.
fn ratios(ours: &[Cost], theirs: &[Cost]) -> Vec<String> {
    let cells = ours.iter().zip(theirs).flat_map(|(ours, theirs)| {
        let wall = theirs.wall.as_secs_f64() / ours.wall.as_secs_f64();
        let megabytes = theirs.megabytes / ours.megabytes;
        [wall, theirs.cpu() / ours.cpu(), megabytes].map(|times| format!("{times:.1} ×"))
    });
    std::iter::once(String::new()).chain(cells).collect()
}
