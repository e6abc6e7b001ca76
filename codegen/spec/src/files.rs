//! A spec on disk, with the overlay beside it.

use crate::{Diagnostics, Json, Loaded, format, load, load_with_overlay};
use std::io;
use std::path::{Path, PathBuf};

/// Where the overlay of a spec lies: `ivs.overlay.json` beside `ivs.json`.
pub fn overlay_path(spec: &Path) -> PathBuf {
    let spec = if is_packed(spec) { spec.with_extension("") } else { spec.to_owned() };
    spec.with_extension("overlay.json")
}

/// The overlay beside a spec; of a gzipped spec, it may be gzipped itself. Nothing if there is none.
pub fn find_overlay(spec: &Path) -> Option<PathBuf> {
    let plain = overlay_path(spec);
    let packed = is_packed(spec).then(|| {
        let mut packed = plain.clone().into_os_string();
        packed.push(".gz");
        packed.into()
    });
    // Whatever is wrong with a file that may be there, reading it says.
    [Some(plain), packed].into_iter().flatten().find(|it| it.try_exists().unwrap_or(true))
}

fn is_packed(spec: &Path) -> bool {
    spec.extension().is_some_and(|it| it == "gz")
}

/// The texts that make a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecFiles {
    /// How the spec's file is called in messages
    pub name: String,
    /// What it holds
    pub text: String,
    /// The overlay's name and text, if there is one beside the spec
    pub overlay: Option<(String, String)>,
}

impl SpecFiles {
    /// A spec without an overlay.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), overlay: None }
    }

    /// Reads a spec and what lies beside it. `name` is how it is called in messages.
    ///
    /// `read` gives the text of a file, or its own account of why there is none; it is not asked
    /// for an overlay that does not exist.
    pub fn read<E>(
        name: &str,
        path: &Path,
        read: impl Fn(&Path) -> Result<String, E>,
    ) -> Result<Self, E> {
        let text = read(path)?;
        let overlay = match find_overlay(path) {
            Some(overlay) => {
                let file = overlay.file_name().unwrap_or_default();
                let name = Path::new(name).with_file_name(file);
                Some((name.to_string_lossy().replace('\\', "/"), read(&overlay)?))
            }
            None => None,
        };
        Ok(Self { name: name.to_owned(), text, overlay })
    }

    /// Reads a spec and what lies beside it, called by its path in messages.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::read(&path.to_string_lossy(), path, |path| std::fs::read_to_string(path))
    }

    /// The spec's tree with the overlay merged onto it, neither checked beyond that.
    ///
    /// ```
    /// use typefoundry_spec::{Json, SpecFiles};
    ///
    /// let mut files = SpecFiles::new("pets.json", r#"{"service": {"id": "acme/pets", "title": "pets"}}"#);
    /// let overlay = r#"{"typefoundry": "1", "service": {"title": "Pets"}}"#;
    /// files.overlay = Some(("pets.overlay.json".to_owned(), overlay.to_owned()));
    /// let merged = files.merge().unwrap();
    /// let title = merged.get("service").and_then(|service| service.get("title"));
    /// assert_eq!(title, Some(&Json::String("Pets".to_owned())));
    /// ```
    ///
    /// Errors: what is no JSON, or an overlay that does not fit.
    pub fn merge(&self) -> Result<Json, Diagnostics> {
        let mut diagnostics = Diagnostics::new(&self.name, &self.text);
        let overlay = self.overlay.as_ref().map(|(name, text)| {
            diagnostics.set_overlay(name, text);
            text.as_str()
        });
        match format::tree(&self.text, overlay, &mut diagnostics) {
            Some(tree) if !diagnostics.has_errors() => Ok(tree),
            _ => Err(diagnostics),
        }
    }

    /// Reads and checks the spec.
    pub fn load(&self) -> Loaded {
        match &self.overlay {
            Some((name, text)) => load_with_overlay((&self.name, &self.text), (name, text)),
            None => load(&self.name, &self.text),
        }
    }
}
