//! A spec of which only what a call needs is read: one operation, and the shapes that it reaches.
//!
//! The text is passed over once, to find where each part stands; of what is built in, that is known.
//! What is left out is neither parsed nor checked, which is what makes a call of a large service start
//! in milliseconds; a mistake in what is needed is shown as it is when the whole is checked.

use super::parts::{Part, Parts};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::path::Path;
use typefoundry_spec::{Diagnostics, Loaded, Model, SpecFiles, find_overlay};

/// What unpacks to more than this is a mistake or an attack.
const LARGEST: u64 = 1 << 30;

/// A spec whose parts are read when they are needed.
#[derive(Debug)]
pub(crate) struct Lazy {
    form: Form,
    /// What importing it has to note
    notes: String,
}

#[derive(Debug)]
enum Form {
    Parts(Text, Parts),
    Loaded(Box<Loaded>),
}

/// A spec's name in messages, and what it says.
#[derive(Debug)]
struct Text {
    name: String,
    text: Cow<'static, str>,
}

/// What a list of operations says of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    pub(crate) name: String,
    pub(crate) docs: Option<String>,
    pub(crate) is_deprecated: bool,
}

impl Lazy {
    pub(crate) fn new(files: SpecFiles) -> Self {
        // An overlay may add to any part.
        match if files.overlay.is_none() { Parts::find(&files.text) } else { None } {
            Some(parts) => Self::taken_apart(files.name, files.text, parts),
            None => Self::loaded(files.load(), String::new()),
        }
    }

    /// A spec whose parts have been found.
    pub(super) fn taken_apart(
        name: impl Into<String>,
        text: impl Into<Cow<'static, str>>,
        parts: Parts,
    ) -> Self {
        let text = Text { name: name.into(), text: text.into() };
        Self { form: Form::Parts(text, parts), notes: String::new() }
    }

    /// A spec that has been read as a whole, with what importing it has to note.
    pub(crate) fn loaded(loaded: Loaded, notes: String) -> Self {
        Self { form: Form::Loaded(Box::new(loaded)), notes }
    }

    /// What importing it has to note.
    pub(crate) fn notes(&self) -> &str {
        &self.notes
    }

    /// A spec in a file, if it is one that can be taken apart.
    pub(super) fn read(name: &str, path: &Path) -> Option<Self> {
        // It may be gone or have no place to be in; whoever opens it as a whole says so.
        let is_alone = path.is_file() && find_overlay(path).is_none();
        let bytes = is_alone.then(|| std::fs::read(path).ok()).flatten()?;
        let text = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut text = String::new();
            let unpacked = flate2::read::GzDecoder::new(&bytes[..]);
            unpacked.take(LARGEST).read_to_string(&mut text).ok()?;
            text
        } else {
            String::from_utf8(bytes).ok()?
        };
        let parts = Parts::find(&text)?;
        Some(Self::taken_apart(name, text, parts))
    }

    /// The names of the operations.
    pub(crate) fn operations(&self) -> Vec<&str> {
        match &self.form {
            Form::Parts(files, parts) => {
                parts.operations.iter().map(|part| part.name.of(&files.text)).collect()
            }
            Form::Loaded(_) => {
                let model = self.model().into_iter();
                model.flat_map(|model| &model.operations).map(|it| &*it.name).collect()
            }
        }
    }

    /// The waiters, each with the name of its operation.
    pub(crate) fn waiters(&self) -> Vec<(&str, String)> {
        match &self.form {
            Form::Parts(files, parts) => {
                let named = |part: &'_ Part| -> String {
                    #[derive(serde::Deserialize)]
                    struct Waiter {
                        operation: String,
                    }
                    let waiter = part.value.of(&files.text);
                    serde_json::from_str(waiter).map_or(String::new(), |it: Waiter| it.operation)
                };
                parts.waiters.iter().map(|it| (it.name.of(&files.text), named(it))).collect()
            }
            Form::Loaded(_) => {
                let waiters = self.model().into_iter().flat_map(|model| &model.waiters);
                waiters.map(|it| (&*it.name, it.operation.clone())).collect()
            }
        }
    }

    /// What there is to say about the operations in short.
    pub(crate) fn briefs(&self) -> Vec<Brief> {
        match &self.form {
            Form::Parts(files, parts) => {
                #[derive(Default, serde::Deserialize)]
                struct Operation {
                    docs: Option<String>,
                    deprecated: Option<IgnoredAny>,
                }
                let brief = |part: &Part| {
                    let text = part.value.of(&files.text);
                    let Operation { docs, deprecated } =
                        serde_json::from_str(text).unwrap_or_default();
                    Brief {
                        name: part.name.of(&files.text).to_owned(),
                        docs,
                        is_deprecated: deprecated.is_some(),
                    }
                };
                parts.operations.iter().map(brief).collect()
            }
            Form::Loaded(_) => {
                let operations = self.model().into_iter().flat_map(|model| &model.operations);
                let brief = operations.map(|it| Brief {
                    name: it.name.clone(),
                    docs: it.docs.clone(),
                    is_deprecated: it.deprecated.is_some(),
                });
                brief.collect()
            }
        }
    }

    /// Reads what these operations need, and these waiters.
    ///
    /// Errors: all that is wrong with the spec, if something is with what is needed.
    pub(crate) fn load(self, operations: &[&str], waiters: &[&str]) -> Result<Model, Diagnostics> {
        match self.form {
            Form::Parts(files, parts) => {
                let slice = parts.slice(&files.text, operations, waiters);
                // Only the whole has lines to point at.
                typefoundry_spec::load_model(&files.name, &slice).or_else(|_| files.load())
            }
            Form::Loaded(loaded) => loaded.into_model(),
        }
    }

    /// Reads the whole spec.
    ///
    /// Errors: all that is wrong with it.
    pub(crate) fn load_all(self) -> Result<Model, Diagnostics> {
        match self.form {
            Form::Parts(files, _) => files.load(),
            Form::Loaded(loaded) => loaded.into_model(),
        }
    }

    /// Reads what is said about the service alone.
    ///
    /// Errors: all that is wrong with the spec, if something is with that.
    pub(crate) fn load_service(self) -> Result<Model, Diagnostics> {
        self.load(&[], &[])
    }

    fn model(&self) -> Option<&Model> {
        match &self.form {
            Form::Loaded(loaded) => loaded.model(),
            Form::Parts(..) => None,
        }
    }
}

impl Text {
    fn load(&self) -> Result<Model, Diagnostics> {
        typefoundry_spec::load_model(&self.name, &self.text)
    }
}

impl Parts {
    /// A spec of these operations and waiters, and the shapes that they need. A shape is named by a
    /// text; a text that means something else may bring a shape along that nobody needs.
    fn slice(&self, text: &str, operations: &[&str], waiters: &[&str]) -> String {
        let get = |part: &Part| part.value.of(text);
        let name = |part: &Part| part.name.of(text);
        let is_error = |part: &&Part| get(part).contains("\"error\"");
        let shapes: HashMap<&str, usize> =
            self.shapes.iter().enumerate().map(|(index, it)| (name(it), index)).collect();
        let is_chosen = |it: &&Part| operations.contains(&name(it));
        let mut operations: Vec<&Part> = self.operations.iter().filter(is_chosen).collect();
        // Where a call goes may be another one's answer.
        let says = |part: &Part| discovery(get(part));
        if operations.iter().any(|it| says(it).is_some()) {
            let asked = self.operations.iter().filter(|it| says(it) == Some("operation"));
            let more: Vec<&Part> = asked.filter(|it| !is_chosen(it)).collect();
            operations.extend(more);
        }
        let waiters: Vec<&Part> =
            self.waiters.iter().filter(|it| waiters.contains(&name(it))).collect();
        // Services answer with errors that the operation does not list.
        let errors: Vec<&Part> = if operations.is_empty() {
            Vec::new()
        } else {
            self.shapes.iter().filter(is_error).collect()
        };
        let mut needed: BTreeSet<usize> =
            errors.iter().filter_map(|it| shapes.get(name(it)).copied()).collect();
        let mut open: Vec<&Part> = operations.iter().copied().chain(errors).collect();
        while let Some(part) = open.pop() {
            for name in texts(get(part)) {
                if let Some(index) = shapes.get(name).filter(|index| !needed.contains(index)) {
                    needed.insert(*index);
                    open.extend(self.shapes.get(*index));
                }
            }
        }
        let shapes: Vec<&Part> =
            needed.iter().filter_map(|index| self.shapes.get(*index)).collect();
        let service = self.service.of(text);
        let mut slice = format!("{{\"typefoundry\":\"1\",\"service\":{service}");
        for (key, parts) in [("operations", operations), ("shapes", shapes), ("waiters", waiters)] {
            if parts.is_empty() {
                continue;
            }
            let entry = |part: &&Part| format!("\"{}\":{}", name(part), get(part));
            let entries: Vec<String> = parts.iter().map(entry).collect();
            slice.extend([",\"", key, "\":{", &*entries.join(","), "}"]);
        }
        slice + "}"
    }
}

/// What an operation has to do with the discovery of endpoints.
fn discovery(operation: &str) -> Option<&str> {
    let (_, behind) = operation.split_once("\"endpointDiscovery\"")?;
    let (_, word) = behind.split_once('"')?;
    word.split_once('"').map(|(word, _)| word)
}

/// The texts in JSON, keys left out, as they are written.
fn texts(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find('"')? + 1;
            let inside = rest.get(start..)?;
            let mut is_escaped = false;
            let end = inside.bytes().position(|byte| {
                let is_end = byte == b'"' && !is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                is_end
            })?;
            let found = inside.get(..end)?;
            rest = inside.get(end + 1..)?;
            if !rest.trim_start().starts_with(':') {
                return Some(found);
            }
        }
    })
}
