//! Files of a model, found beside each other.

use crate::ImportError;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use typefoundry_spec::Json;

/// The largest model today unpacks to a few dozen megabytes; this is a bomb.
const LARGEST: u64 = 1 << 30;

/// The model's file, and where it stands.
pub(crate) struct Files {
    model: PathBuf,
    name: String,
    /// The digest of what each file holds that has been read, by its name without compression
    digests: RefCell<BTreeMap<String, String>>,
}

impl Files {
    /// The model at a path: the file itself, or the newest one in a folder.
    pub(crate) fn find(path: &Path) -> Result<Self, ImportError> {
        let model = if path.is_dir() { newest(path)? } else { path.to_owned() };
        let name = model.display().to_string();
        Ok(Self { model, name, digests: RefCell::default() })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn model(&self) -> Result<Json, ImportError> {
        self.read(&self.model)
    }

    /// A file beside the model, gzipped or not; nothing if there is none.
    pub(crate) fn beside(&self, stem: &str) -> Result<Option<Json>, ImportError> {
        let folder = self.model.parent().unwrap_or(Path::new(""));
        for ending in ["json", "json.gz"] {
            let file = folder.join(format!("{stem}.{ending}"));
            if file.is_file() {
                return self.read(&file).map(Some);
            }
        }
        Ok(None)
    }

    /// A digest of all that has been read: the SHA-256 of a list as `sha256sum` prints it, of the
    /// files' names and what they hold uncompressed, in the order of their names.
    pub(crate) fn digest(&self) -> String {
        let digests = self.digests.borrow();
        let lines = digests.iter().map(|(name, digest)| format!("{digest}  {name}\n"));
        sha256(lines.collect::<String>().as_bytes())
    }

    /// What the model's file holds, unpacked.
    pub(crate) fn text(&self) -> Result<Vec<u8>, ImportError> {
        unpacked(&self.model)
    }

    /// The model of that text.
    pub(crate) fn parse(&self, text: &[u8]) -> Result<Json, ImportError> {
        self.parse_file(&self.model, text)
    }

    fn read(&self, file: &Path) -> Result<Json, ImportError> {
        self.parse_file(file, &unpacked(file)?)
    }

    fn parse_file(&self, file: &Path, text: &[u8]) -> Result<Json, ImportError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
        self.digests.borrow_mut().insert(name, sha256(text));
        serde_json::from_slice(text).map_err(|error| ImportError::Json {
            file: file.display().to_string(),
            reason: error.to_string(),
        })
    }

    /// The name of the folder above the version's: botocore's name of the service.
    pub(crate) fn service_folder(&self) -> Option<&str> {
        let version = self.model.parent()?;
        let is_version = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
        version.file_name()?.to_str().filter(|name| is_version(name))?;
        version.parent()?.file_name()?.to_str()
    }
}

/// The folders below one that hold a model.
pub(crate) fn services(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let entries = std::fs::read_dir(folder).map_err(|error| failure(folder, &error))?;
    let mut services: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir() && newest(path).is_ok())
        .collect();
    services.sort();
    Ok(services)
}

/// The model of a folder; of several versions the newest.
fn newest(folder: &Path) -> Result<PathBuf, ImportError> {
    let unknown = || ImportError::Unknown {
        file: folder.display().to_string(),
        reason: "the folder holds no service-2.json and no folder of a version that does"
            .to_owned(),
    };
    let entries = std::fs::read_dir(folder).map_err(|error| failure(folder, &error))?;
    let mut folders: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.reverse();
    folders.insert(0, folder.to_owned());
    let files = folders
        .iter()
        .flat_map(|folder| ["service-2.json", "service-2.json.gz"].map(|name| folder.join(name)));
    files.into_iter().find(|file| file.is_file()).ok_or_else(unknown)
}

/// What a file holds, unpacked.
pub(crate) fn unpacked(file: &Path) -> Result<Vec<u8>, ImportError> {
    let bytes = std::fs::read(file).map_err(|error| failure(file, &error))?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut text = Vec::new();
    let mut unpacked = GzDecoder::new(&bytes[..]).take(LARGEST);
    unpacked.read_to_end(&mut text).map_err(|error| failure(file, &error))?;
    Ok(text)
}

fn sha256(bytes: &[u8]) -> String {
    let mut digest = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

pub(crate) fn failure(file: &Path, error: &std::io::Error) -> ImportError {
    ImportError::Read { file: file.display().to_string(), reason: error.to_string() }
}
