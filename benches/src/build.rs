//! Seconds to build a client alone, its dependencies being there.

use crate::cargo::{Mode, Package, target_dir};
use crate::{Result, counts, table};
use std::path::Path;
use std::time::Duration;

pub(crate) fn print(root: &Path, runs: usize, peer: bool) -> Result<()> {
    let services = counts::services(root)?;
    let mut packages: Vec<Package> =
        services.iter().map(|service| Package::of_services(root, service, service)).collect();
    packages.push(Package::of_services(root, "all services", "all"));
    if peer {
        packages.push(Package::of_peer(root)?);
    }
    let target = target_dir(root);
    let mut rows = Vec::new();
    let mut cargo = Vec::new();
    for package in &packages {
        let mut row = vec![package.label.clone()];
        for mode in Mode::ALL {
            eprintln!("building {} ({})", package.label, mode.name());
            package.build(mode, &target)?;
            // Now there is nothing to do, so this is cargo's own time.
            cargo.push(package.build(mode, &target)?);
            let mut times = Vec::new();
            for _ in 0..runs {
                package.clean(mode, &target)?;
                times.push(package.build(mode, &target)?);
            }
            row.push(seconds(median(&mut times)));
        }
        rows.push(row);
    }
    println!("Seconds to build a client alone, dependencies built before (median of {runs}):\n");
    println!("{}", table::render(&["client", "check", "debug", "release"], &rows));
    println!(
        "Of each, {} s are cargo's own, with nothing to build.\n",
        seconds(median(&mut cargo))
    );
    if peer {
        println!("The peer has every operation of its service, a client here those of its spec.\n");
    }
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}
