//! The files that AWS's tools share: `~/.aws/config` and `~/.aws/credentials`.
//!
//! Which section is what, and how the two files are merged, is as in botocore's `configloader.py`
//! and `Session.full_config`.

mod words;

use crate::auth::Surroundings;
use crate::auth::ini::{self, Headless, Ini};
use crate::client::unconfigured;
use crate::error::Error;
use indexmap::IndexMap;
use std::fmt;
use std::io;
#[cfg(test)]
use words::WordsError;
pub(crate) use words::{windows_words, words};

#[cfg(test)]
mod tests;

/// Both files as a client sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profiles {
    /// Who named the profile, if anyone did
    chosen: Option<Chosen>,
    name: String,
    files: [String; 2],
    /// Those of both files
    merged: IndexMap<String, Profile>,
    in_config: IndexMap<String, Profile>,
    in_credentials: IndexMap<String, Profile>,
    sso_sessions: IndexMap<String, Profile>,
    services: IndexMap<String, Profile>,
}

/// By whom a profile was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Code,
    Variable(&'static str),
}

/// A section: its names and values, with the file that each is from.
pub(crate) type Profile = IndexMap<String, Entry>;

/// A value in a section.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    value: Value,
    file: File,
}

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Config,
    Credentials,
}

#[derive(Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    /// Names and values that are indented below a name
    Nested(IndexMap<String, String>),
}

/// The profile that is meant where none is chosen.
const DEFAULT: &str = "default";

impl Profiles {
    /// Reads both files. One that is not there is empty.
    ///
    /// Errors: a file cannot be read, or the chosen profile is in neither.
    pub(crate) fn load(surroundings: &Surroundings) -> Result<Self, Error> {
        let (chosen, name) = chosen(surroundings);
        let path = |variable, default: &str| surroundings.var(variable).unwrap_or(default.into());
        let files = [
            path("AWS_CONFIG_FILE", "~/.aws/config"),
            path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        ];
        let mut loaded = Self { chosen, name, files, ..Self::default() };
        let config = loaded.sections(surroundings, File::Config)?;
        for (header, section) in config {
            loaded.place(header, section);
        }
        loaded.in_credentials = loaded.sections(surroundings, File::Credentials)?;
        loaded.merged.clone_from(&loaded.in_config);
        for (name, section) in &loaded.in_credentials {
            loaded.merged.entry(name.clone()).or_default().extend(section.clone());
        }
        if let Some(chosen) = loaded.chosen
            && !loaded.merged.contains_key(&loaded.name)
        {
            return Err(unconfigured(format!("{}{}", loaded.absent(&loaded.name), chosen.hint())));
        }
        Ok(loaded)
    }

    fn sections(
        &self,
        surroundings: &Surroundings,
        file: File,
    ) -> Result<IndexMap<String, Profile>, Error> {
        let shown = self.path(file);
        let broken = |reason: &dyn fmt::Display| {
            unconfigured(format!("the file \"{shown}\" cannot be read: {reason}"))
        };
        let content = match surroundings.files().read(&surroundings.path(shown)) {
            Ok(content) => content,
            // Also where a folder stands in its place, or above it a file.
            Err(error) if is_absent(&error) => return Ok(IndexMap::new()),
            Err(error) => return Err(broken(&error)),
        };
        let text = String::from_utf8(content).map_err(|_| broken(&"it is not UTF-8"))?;
        let Ini { defaults, sections } =
            ini::parse(&text, Headless::Refused).map_err(|error| broken(&error))?;
        let mut found = IndexMap::new();
        for (header, own) in sections {
            let mut section = defaults.clone();
            section.extend(own);
            let entries = section.into_iter().map(|(name, value)| {
                let value = nested(value).ok_or_else(|| {
                    broken(&format!("[{header}]: a line below `{name}` has no `=`"))
                })?;
                Ok((name, Entry { value, file }))
            });
            let entries = entries.collect::<Result<_, Error>>()?;
            found.insert(header, entries);
        }
        Ok(found)
    }

    /// Puts a section of the config file where it belongs. One that is none of ours is passed over.
    fn place(&mut self, header: String, section: Profile) {
        if header == DEFAULT {
            self.in_config.insert(header, section);
            return;
        }
        let kinds = [
            ("profile", &mut self.in_config),
            ("sso-session", &mut self.sso_sessions),
            ("services", &mut self.services),
        ];
        for (kind, place) in kinds {
            if header.starts_with(kind) {
                if let Ok([_, name]) = words(&header).as_deref() {
                    place.insert(name.clone(), section);
                }
                return;
            }
        }
    }

    /// The name of the client's profile.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether the profile was chosen in code, which goes before credentials in the environment.
    pub(crate) fn chosen_in_code(&self) -> bool {
        self.chosen == Some(Chosen::Code)
    }

    /// The client's profile.
    pub(crate) fn own(&self) -> &Profile {
        self.get(&self.name)
    }

    /// A profile; an empty one if there is none.
    pub(crate) fn get(&self, name: &str) -> &Profile {
        static EMPTY: std::sync::LazyLock<Profile> = std::sync::LazyLock::new(IndexMap::new);
        self.merged.get(name).unwrap_or(&EMPTY)
    }

    /// Whether there is such a profile.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.merged.contains_key(name)
    }

    /// A profile as one of the files alone has it.
    pub(crate) fn in_file(&self, file: File, name: &str) -> Option<&Profile> {
        match file {
            File::Config => self.in_config.get(name),
            File::Credentials => self.in_credentials.get(name),
        }
    }

    /// A section `[sso-session …]`
    #[cfg_attr(not(feature = "aws-credentials"), expect(dead_code, reason = "nobody signs on"))]
    pub(crate) fn sso_session(&self, name: &str) -> Option<&Profile> {
        self.sso_sessions.get(name)
    }

    /// The section `[services …]` that the client's profile names.
    pub(crate) fn services(&self) -> Result<Option<&Profile>, Error> {
        let Some(name) = text(self.own(), "services") else { return Ok(None) };
        let found = self.services.get(name).filter(|section| !section.is_empty());
        found.map(Some).ok_or_else(|| {
            let place = self.at(&self.name, "services");
            let file = self.path(File::Config);
            unconfigured(format!("{place} names `{name}`, but \"{file}\" has no [services {name}]"))
        })
    }

    /// How a file was named.
    pub(crate) fn path(&self, file: File) -> &str {
        let [config, credentials] = &self.files;
        match file {
            File::Config => config,
            File::Credentials => credentials,
        }
    }

    /// Names a value of a profile, with the file that it is in.
    pub(crate) fn at(&self, profile: &str, key: &str) -> String {
        let file = self.get(profile).get(key).map_or(File::Config, |entry| entry.file);
        format!("`{key}` of the profile `{profile}` in \"{}\"", self.path(file))
    }

    /// Says that a profile is in neither file.
    pub(crate) fn absent(&self, profile: &str) -> String {
        let [config, credentials] = &self.files;
        format!("there is no profile `{profile}` in \"{config}\" or \"{credentials}\"")
    }

    /// Says that a profile has not what it would need for something.
    pub(crate) fn without(&self, profile: &str, what: &str) -> String {
        if !self.has(profile) {
            return self.absent(profile);
        }
        format!("the profile `{profile}` has no {what}")
    }
}

/// What the chosen profile says: settings of the AWS CLI, such as `cli_pager`, which clients do not
/// know. Both files are read once, so that settings belong together.
#[derive(Clone, Default)]
pub struct ProfileSettings(Profile);

impl ProfileSettings {
    /// Reads them. There are none if there is no such profile, which a client will say.
    pub fn load(surroundings: &Surroundings) -> Self {
        Profiles::load(surroundings).map_or_else(|_| Self::default(), |it| Self(it.own().clone()))
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        text(&self.0, key)
    }
}

/// Names alone: values may be secrets.
impl fmt::Debug for ProfileSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The text of a section's value.
pub(crate) fn text<'p>(section: &'p Profile, key: &str) -> Option<&'p str> {
    match &section.get(key)?.value {
        Value::Text(text) => Some(text),
        Value::Nested(_) => None,
    }
}

/// The text of a value that is nested below another.
pub(crate) fn nested_text<'p>(section: &'p Profile, key: &str, below: &str) -> Option<&'p str> {
    match &section.get(key)?.value {
        Value::Text(_) => None,
        Value::Nested(values) => values.get(below).map(String::as_str),
    }
}

/// The profile: the one of the code, or of the environment in botocore's order of variables.
fn chosen(surroundings: &Surroundings) -> (Option<Chosen>, String) {
    if let Some(name) = surroundings.profile() {
        return (Some(Chosen::Code), name.to_owned());
    }
    let by = |name| Some((Some(Chosen::Variable(name)), surroundings.var(name)?));
    by("AWS_DEFAULT_PROFILE")
        .or_else(|| by("AWS_PROFILE"))
        .unwrap_or_else(|| (None, DEFAULT.to_owned()))
}

impl Chosen {
    fn hint(self) -> String {
        match self {
            Self::Code => ", which was chosen in code".to_owned(),
            Self::Variable(name) => format!(", which {name} names"),
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | IsADirectory)
}

/// A value that begins on the line below its name is one of names and values. Nothing if a line is
/// neither.
fn nested(value: String) -> Option<Value> {
    let Some(lines) = value.strip_prefix('\n') else { return Some(Value::Text(value)) };
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let pairs = lines.map(|line| {
        let (name, value) = line.split_once('=')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    });
    pairs.collect::<Option<_>>().map(Value::Nested)
}

/// Values may be secret.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{:?}>", self.file)
    }
}
