//! What generating the clients of all of botocore's models costs, beside what Python needs merely
//! to load the same files.

use crate::measure::{Cost, measured};
use crate::{Result, table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// The most CPU seconds, as a multiple of Python's.
const MOST_TIMES: f64 = 3.0;
/// The most memory
const MOST_MEGABYTES: f64 = 2000.0;

/// botocore's loader over the newest version of every service, and the files that an import reads.
const LOAD: &str = "\
import sys
from botocore.exceptions import UnknownServiceError, DataNotFoundError
from botocore.loaders import Loader
loader = Loader(extra_search_paths=[sys.argv[1]], include_default_search_paths=False)
kinds = ['service-2', 'paginators-1', 'waiters-2', 'endpoint-rule-set-1', 'examples-1']
for service in loader.list_available_services('service-2'):
    version = loader.determine_latest_version(service, 'service-2')
    for kind in kinds:
        try:
            loader.load_service_model(service, kind, version)
        except (UnknownServiceError, DataNotFoundError):
            pass
";

pub(crate) fn print(root: &Path, python: &str, botocore: &Path) -> Result<()> {
    let data = botocore.join("data");
    let data = if data.is_dir() { data } else { botocore.to_owned() };
    let program = build(root)?;
    let out = root.join("target/generate-all");
    let mut before = None;
    let mut ours = None;
    for _ in 0..2 {
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        let mut command = Command::new(&program);
        let cost =
            measured(command.args(["generate", "--spec"]).arg(&data).arg("--out").arg(&out))?;
        let files = files(&out)?;
        if before.as_ref().is_some_and(|before| *before != files) {
            return Err("the second run wrote other bytes than the first".into());
        }
        before = Some(files);
        ours = Some(cost);
    }
    let (Some(files), Some(ours)) = (before, ours) else { return Err("nothing was run".into()) };
    let theirs = measured(Command::new(python).args(["-c", LOAD]).arg(&data))?;

    let crates = files.keys().filter(|path| path.ends_with("Cargo.toml")).count();
    let bytes: usize = files.values().map(Vec::len).sum();
    println!(
        "{crates} crates, {} files, {:.1} MB; the same bytes twice\n",
        files.len(),
        bytes_in_megabytes(bytes)
    );
    let row = |label: &str, cost: &Cost| {
        vec![
            label.to_owned(),
            format!("{:.2}", cost.cpu()),
            format!("{:.2}", cost.user),
            format!("{:.2}", cost.system),
            format!("{:.2}", cost.wall.as_secs_f64()),
            format!("{:.0}", cost.megabytes),
        ]
    };
    let head = ["", "CPU s", "user", "system", "wall s", "peak MB"];
    let rows = [row("typefoundry generate", &ours), row("botocore's loader alone", &theirs)];
    println!("{}", table::render(&head, &rows));
    println!("{} older versions of models are generated as well\n", older(&program, &data, &out)?);
    let times = ours.cpu() / theirs.cpu();
    println!("{times:.2} times the CPU time of loading (at most {MOST_TIMES})");
    if times > MOST_TIMES || ours.megabytes > MOST_MEGABYTES {
        return Err("that is more than is allowed".into());
    }
    Ok(())
}

/// Generates all versions but the newest one of each service, for they are models too; says how many
/// there are.
fn older(program: &Path, data: &Path, out: &Path) -> Result<usize> {
    let mut count = 0;
    for service in folders(data)? {
        let mut versions = folders(&service)?;
        versions.retain(|folder| {
            ["service-2.json", "service-2.json.gz"].iter().any(|name| folder.join(name).is_file())
        });
        versions.sort();
        versions.pop();
        for version in versions {
            let mut before = None;
            for _ in 0..2 {
                if out.exists() {
                    fs::remove_dir_all(out)?;
                }
                let mut command = Command::new(program);
                measured(command.args(["generate", "--spec"]).arg(&version).arg("--out").arg(out))?;
                let files = files(out)?;
                if before.as_ref().is_some_and(|before| *before != files) {
                    return Err(format!("{} is not the same twice", version.display()).into());
                }
                before = Some(files);
            }
            count += 1;
        }
    }
    Ok(count)
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let paths: Vec<_> = paths.collect::<io::Result<_>>()?;
    Ok(paths.into_iter().filter(|path| path.is_dir()).collect())
}

/// Builds the command line and says where it is.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "-p", "typefoundry-cli"])
        .current_dir(root)
        .status()?;
    if !status.success() {
        return Err("the command line could not be built".into());
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    Ok(target.join("release/typefoundry"))
}

/// All files below a folder, by their paths.
fn files(folder: &Path) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.clone(), fs::read(path)?);
            }
        }
    }
    Ok(found)
}

fn bytes_in_megabytes(bytes: usize) -> f64 {
    // Kilobytes are exact enough, and a file system holds fewer than a float can count.
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}
