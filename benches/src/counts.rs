//! What can be counted without a build: lines of generated code, and packages.

use crate::cargo::Package;
use crate::{Result, table};
use std::path::Path;
use std::{fs, io};

/// Fails if a program with one client consists of more packages than `most`.
pub(crate) fn print(root: &Path, most: Option<usize>) -> Result<()> {
    let services = services(root)?;
    let mut rows = Vec::new();
    for service in &services {
        let Some((provider, name)) = service.split_once('-') else { continue };
        let folder = root.join("generated/src").join(provider).join(name.replace('-', "_"));
        let (lines, operations) = count(&folder)?;
        rows.push(vec![
            service.clone(),
            operations.to_string(),
            lines.to_string(),
            lines.checked_div(operations).map_or("–".to_owned(), |lines| lines.to_string()),
        ]);
    }
    println!("Generated lines, documentation included:\n");
    println!("{}", table::render(&["client", "operations", "lines", "per operation"], &rows));

    println!("Packages that a program with one client consists of, itself left out:\n");
    let one = services.iter().find(|service| *service == "aws-ivs-realtime");
    let one = one.or(services.first()).map_or("all", String::as_str);
    let by_default = Package::of_services(root, &format!("{one}, by default"), one);
    let mut bare = Package::of_services(root, &format!("{one}, with its own transport"), one);
    bare.features.push("--no-default-features".to_owned());
    let count = by_default.packages()?;
    print_packages(&[(&by_default, count), (&bare, bare.packages()?)]);
    match most {
        Some(most) if count > most => Err(format!(
            "{count} packages, where {most} are allowed: find a way around the new ones, or raise \
             the limit and say what a user gets for it"
        )
        .into()),
        _ => Ok(()),
    }
}

pub(crate) fn print_peer(root: &Path) -> Result<()> {
    let peer = Package::of_peer(root)?;
    print_packages(&[(&peer, peer.packages()?)]);
    Ok(())
}

fn print_packages(packages: &[(&Package, usize)]) {
    let row = |(package, count): &(&Package, usize)| vec![package.label.clone(), count.to_string()];
    let rows: Vec<_> = packages.iter().map(row).collect();
    println!("{}", table::render(&["client", "packages"], &rows));
}

/// The services of the generated crate, by the names of their features.
pub(crate) fn services(root: &Path) -> Result<Vec<String>> {
    let manifest = fs::read_to_string(root.join("generated/Cargo.toml"))?;
    let list = manifest.split_once("\nall = [").and_then(|(_, rest)| rest.split_once(']'));
    let (list, _) = list.ok_or("generated/Cargo.toml has no feature `all`")?;
    Ok(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Lines and operations below a folder.
fn count(folder: &Path) -> io::Result<(usize, usize)> {
    let (mut lines, mut operations) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let (more_lines, more_operations) = if path.is_dir() {
            count(&path)?
        } else {
            let text = fs::read_to_string(&path)?;
            let marks = text.lines().filter(|line| line.trim() == "#[operation(").count();
            (text.lines().count(), marks)
        };
        lines += more_lines;
        operations += more_operations;
    }
    Ok((lines, operations))
}
