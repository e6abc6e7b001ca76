//! The lines that were called from the prompt, in a file of the form that the AWS CLI's prompt has (v2's
//! `autoprompt/history.py`). The AWS CLI's own are there to be taken, too.

#[cfg(test)]
mod tests;

use crate::call::remembered;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How many lines are kept, as the AWS CLI has it.
const MOST: usize = 500;
/// What is longer is not kept.
const LONGEST: usize = 8 * 1024;
/// What is larger was not written by us.
const LARGEST: u64 = 16 << 20;

/// Where the lines are.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    file: Option<PathBuf>,
    /// That of the AWS CLI, which is only read
    aws: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Lines {
    version: u32,
    #[serde(default)]
    commands: Vec<String>,
}

impl History {
    pub(super) fn of_process() -> Self {
        Self::at(|name| std::env::var_os(name))
    }

    fn at(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let variable = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let state = if cfg!(windows) {
            variable("LOCALAPPDATA")
        } else {
            // A relative path is none (XDG Base Directory Specification).
            let configured = variable("XDG_STATE_HOME").filter(|path| path.is_absolute());
            configured.or_else(|| Some(home.as_ref()?.join(".local/state")))
        };
        Self {
            file: state.map(|state| state.join("typefoundry").join("prompt_history.json")),
            aws: home.map(|home| home.join(".aws/cli/cache/prompt_history.json")),
        }
    }

    /// All lines, the newest last. A file that cannot be read has none.
    pub(super) fn lines(&self) -> Vec<String> {
        let read = |file: &Option<PathBuf>| file.as_deref().and_then(read).unwrap_or_default();
        let theirs = read(&self.aws).commands.into_iter();
        let theirs = theirs.filter(|it| !it.trim().is_empty()).map(|line| format!("aws {line}"));
        theirs.chain(read(&self.file).commands).collect()
    }

    /// Keeps what of the words is no secret. Nobody is told where that fails: the call goes on.
    pub(super) fn keep(&self, words: &[String]) {
        let Some(line) = remembered(words).filter(|line| line.len() <= LONGEST) else { return };
        let Some(file) = &self.file else { return };
        let mut lines = match read(file) {
            Some(lines) => lines,
            None if file.exists() => return,
            None => Lines::default(),
        };
        if lines.commands.last() == Some(&line) {
            return;
        }
        lines.version = 1;
        lines.commands.push(line);
        let surplus = lines.commands.len().saturating_sub(MOST);
        lines.commands.drain(..surplus);
        let _ = write(file, &lines);
    }
}

fn read(file: &Path) -> Option<Lines> {
    let mut text = String::new();
    File::open(file).ok()?.take(LARGEST).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Nobody else may read it, and whoever reads it at that time finds the old or the new one.
fn write(file: &Path, lines: &Lines) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let new = file.with_extension(format!("{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&new).and_then(|mut out| out.write_all(&serde_json::to_vec(lines)?));
    let done = written.and_then(|()| std::fs::rename(&new, file));
    if done.is_err() {
        let _ = std::fs::remove_file(&new);
    }
    done
}
