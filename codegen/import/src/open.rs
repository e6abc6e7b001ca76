//! Any file that describes a service, by what it holds.

use crate::source::{Files, services, unpacked};
use crate::{ImportError, Note, Options, botocore, smithy};
use std::path::{Path, PathBuf};
use typefoundry_spec::{Json, Loaded, SpecFiles, load_tree};

/// What describes a service: a spec, or somebody's model as one.
#[derive(Debug)]
pub enum Opened {
    /// A spec, with the overlay beside it
    Spec(SpecFiles),
    /// A model that was imported
    Model(Model),
}

/// A model that was imported.
#[derive(Debug)]
pub struct Model {
    /// How it is called in messages
    pub name: String,
    /// A digest of the model's files
    pub digest: String,
    /// The spec
    pub spec: Json,
    /// What was left out, or guessed
    pub notes: Vec<Note>,
}

impl Opened {
    /// How it is called in messages.
    pub fn name(&self) -> &str {
        match self {
            Self::Spec(files) => &files.name,
            Self::Model(model) => &model.name,
        }
    }

    /// What a person should know of the import.
    pub fn notes(&self) -> &[Note] {
        match self {
            Self::Spec(_) => &[],
            Self::Model(model) => &model.notes,
        }
    }

    /// Reads and checks the spec. Diagnostics of a model show the spec that it became.
    pub fn load(self) -> Loaded {
        match self {
            Self::Spec(files) => files.load(),
            Self::Model(model) => load_tree(&format!("{} (imported)", model.name), model.spec),
        }
    }
}

/// Opens whatever describes a service: a spec, a botocore model as a file or a folder, or a Smithy
/// model in JSON, each gzipped or not. What it is, its content says. What is neither model is taken
/// for a spec, whose diagnostics say what is wrong.
///
/// `name` is how it is called in messages.
///
/// Errors: a file that cannot be read or unpacked, or a model that makes no sense.
pub fn open(name: &str, path: &Path, options: &Options) -> Result<Opened, ImportError> {
    let files = Files::find(path)?;
    let text = files.text()?;
    let model = match files.parse(&text) {
        Ok(model) if is_model(&model) => model,
        parsed => return spec(name, path, &text, parsed.err()),
    };
    drop(text);
    let imported = if smithy::is_model(&model) {
        smithy::import(name, &model, *options)?
    } else {
        let parts = botocore::Parts::read(&files, model)?;
        botocore::import(name, &parts, *options)?
    };
    Ok(Opened::Model(Model {
        name: name.to_owned(),
        digest: files.digest(),
        spec: imported.spec,
        notes: imported.notes,
    }))
}

/// The models at a path: itself, or each of a folder of models, such as botocore's `data`, a folder of
/// files, or one that has none itself and a folder for each provider.
///
/// Errors: a folder that cannot be read, or holds none.
pub fn models(path: &Path) -> Result<Vec<PathBuf>, ImportError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let Err(error) = Files::find(path) else { return Ok(vec![path.to_owned()]) };
    let mut models = within(path)?;
    if models.is_empty() {
        for folder in entries(path)?.filter(|entry| entry.is_dir() && !is_hidden(entry)) {
            // What cannot be read is nobody's provider.
            models.extend(within(&folder).unwrap_or_default());
        }
    }
    models.sort();
    if models.is_empty() { Err(error) } else { Ok(models) }
}

/// The folders of models in a folder, and the files.
fn within(folder: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let mut models = services(folder)?;
    models.extend(entries(folder)?.filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        path.is_file()
            && !is_hidden(path)
            && Path::new(name).extension().is_some_and(|it| it == "json")
            && is_alone(name)
    }));
    Ok(models)
}

fn entries(folder: &Path) -> Result<impl Iterator<Item = PathBuf>, ImportError> {
    let entries = std::fs::read_dir(folder);
    let entries = entries.map_err(|error| crate::source::failure(folder, &error))?;
    Ok(entries.filter_map(|entry| Some(entry.ok()?.path())))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a file of that name describes a service rather than adding to another file, or to none
/// as botocore's own lists beside its models do.
fn is_alone(name: &str) -> bool {
    !name.ends_with(".overlay.json")
        && !name.ends_with(".schema.json")
        && !matches!(
            name,
            "endpoints.json" | "partitions.json" | "_retry.json" | "sdk-default-configuration.json"
        )
}

fn is_model(json: &Json) -> bool {
    smithy::is_model(json) || botocore::is_model(json)
}

fn spec(
    name: &str,
    path: &Path,
    text: &[u8],
    broken: Option<ImportError>,
) -> Result<Opened, ImportError> {
    // The folder of a service holds models, and nothing beside them is a spec.
    if path.is_dir() {
        return Err(broken.unwrap_or_else(|| crate::unknown(name, &Json::Null)));
    }
    let read = |file: &Path| {
        let bytes = if file == path { text.to_vec() } else { unpacked(file)? };
        crate::text(&file.display().to_string(), bytes)
    };
    SpecFiles::read(name, path, read).map(Opened::Spec)
}
