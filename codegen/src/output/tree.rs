//! A plan and a folder: what differs, and making it agree.

use super::Plan;
use crate::form::MARK;
use std::io;
use std::path::{Path, PathBuf};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Added,
    /// It was there with another text.
    Changed,
    /// It was there and the plan does not have it.
    Removed,
}

/// The files that differ from the plan, by path below `folder`.
pub fn stale(plan: &Plan, folder: &Path) -> io::Result<Vec<(String, Outcome)>> {
    let mut stale = Vec::new();
    for (path, text) in &plan.files {
        match read(&folder.join(path))? {
            None => stale.push((path.clone(), Outcome::Added)),
            Some(old) if old != *text => stale.push((path.clone(), Outcome::Changed)),
            Some(_) => {}
        }
    }
    let source = folder.join("src");
    if source.is_dir() {
        for file in files(&source)? {
            let Ok(below) = file.strip_prefix(folder) else { continue };
            let name = below.to_string_lossy().replace('\\', "/");
            // Files that somebody else put there are left alone.
            let ours = read(&file)?.is_some_and(|text| text.starts_with(MARK));
            if ours && !plan.files.contains_key(&name) {
                stale.push((name, Outcome::Removed));
            }
        }
    }
    stale.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(stale)
}

/// Makes a folder agree with the plan, touching only what differs, which [`stale`] has found.
pub fn apply(plan: &Plan, folder: &Path, stale: &[(String, Outcome)]) -> io::Result<()> {
    for (name, outcome) in stale {
        let path = folder.join(name);
        match (outcome, plan.files.get(name)) {
            (Outcome::Removed, _) => std::fs::remove_file(&path)?,
            (_, Some(text)) => {
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent)?;
                }
                replace(&path, text)?;
            }
            (_, None) => {}
        }
    }
    Ok(())
}

/// Writes a file beside its place and puts it there whole, so that whoever breaks this off leaves no
/// half of one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, path)).inspect_err(|_| {
        // It may not even be there.
        let _ = std::fs::remove_file(&part);
    })
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The files below a folder. Links are not followed.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}
