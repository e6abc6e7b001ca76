//! What a process takes.

use crate::Result;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a process took, with all that it started.
pub(crate) struct Cost {
    /// From start to end
    pub(crate) wall: Duration,
    /// Seconds of CPU in the program
    pub(crate) user: f64,
    /// Seconds of CPU in the system for it
    pub(crate) system: f64,
    /// The most memory that one process held
    pub(crate) megabytes: f64,
    /// What it said on the standard error output
    pub(crate) told: String,
}

impl Cost {
    /// Seconds of CPU
    pub(crate) fn cpu(&self) -> f64 {
        self.user + self.system
    }
}

/// User and system seconds, and kilobytes, behind a mark.
const FORMAT: &str = "\ntypefoundry-bench %U %S %M";
const MARK: &str = "typefoundry-bench ";

/// Runs a command under `/usr/bin/time`.
///
/// # Errors
///
/// If it cannot be run or fails; then with what it said.
pub(crate) fn measured(command: &Command) -> Result<Cost> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", FORMAT]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => timed.env(name, value),
            None => timed.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        timed.current_dir(folder);
    }
    timed.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = timed.output().map_err(|error| format!("/usr/bin/time: {error}"))?;
    let wall = start.elapsed();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("{command:?} failed:\n{told}").into());
    }
    let line = told.lines().find_map(|line| line.strip_prefix(MARK)).unwrap_or_default();
    let numbers: Vec<f64> =
        line.split(' ').map(str::parse).collect::<std::result::Result<_, _>>()?;
    let [user, system, kilobytes] = numbers[..] else {
        return Err("/usr/bin/time tells nothing".into());
    };
    Ok(Cost { wall, user, system, megabytes: kilobytes / 1000.0, told })
}
