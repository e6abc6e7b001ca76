//! A spec of which only what a call needs is read: one operation, and the shapes that it reaches.
//!
//! The text is passed over once, to find where each part stands. What is left out is neither parsed
//! nor checked, which is what makes a call of a large service start in milliseconds; a mistake in what
//! is needed is shown as it is when the whole is checked.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use typefoundry_spec::{Diagnostics, Loaded, Model, SpecFiles, overlay_path};

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
    Parts(SpecFiles, Parts),
    Loaded(Box<Loaded>),
}

/// Where the parts of a text stand.
#[derive(Debug)]
struct Parts {
    service: Range<usize>,
    operations: Vec<Part>,
    shapes: Vec<Part>,
    waiters: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    name: String,
    place: Range<usize>,
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
            Some(parts) => Self { form: Form::Parts(files, parts), notes: String::new() },
            None => Self::loaded(files.load(), String::new()),
        }
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
        let is_alone = path.is_file() && !overlay_path(path).try_exists().unwrap_or(true);
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
        let form = Form::Parts(SpecFiles::new(name, text), parts);
        Some(Self { form, notes: String::new() })
    }

    /// The names of the operations.
    pub(crate) fn operations(&self) -> Vec<&str> {
        match &self.form {
            Form::Parts(_, parts) => parts.operations.iter().map(|part| &*part.name).collect(),
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
                    let waiter = files.text.get(part.place.clone()).unwrap_or_default();
                    serde_json::from_str(waiter).map_or(String::new(), |it: Waiter| it.operation)
                };
                parts.waiters.iter().map(|part| (&*part.name, named(part))).collect()
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
                    let text = files.text.get(part.place.clone()).unwrap_or_default();
                    let Operation { docs, deprecated } =
                        serde_json::from_str(text).unwrap_or_default();
                    Brief { name: part.name.clone(), docs, is_deprecated: deprecated.is_some() }
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
                let model = typefoundry_spec::load(&files.name, &slice).into_model();
                // Only the whole has lines to point at.
                model.or_else(|_| files.load().into_model())
            }
            Form::Loaded(loaded) => loaded.into_model(),
        }
    }

    /// Reads the whole spec.
    ///
    /// Errors: all that is wrong with it.
    pub(crate) fn load_all(self) -> Result<Model, Diagnostics> {
        match self.form {
            Form::Parts(files, _) => files.load().into_model(),
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

impl Parts {
    /// Nothing, if a part is missing, stands twice or is of the wrong form; whoever reads the whole says
    /// what is wrong.
    fn find(text: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Root<'t> {
            #[serde(borrow)]
            typefoundry: Cow<'t, str>,
            #[serde(borrow)]
            service: &'t RawValue,
            #[serde(borrow, default)]
            operations: Entries<'t>,
            #[serde(borrow, default)]
            shapes: Entries<'t>,
            #[serde(borrow, default)]
            waiters: Entries<'t>,
        }
        let root: Root<'_> = serde_json::from_str(text).ok()?;
        let place = |value: &RawValue| -> Option<Range<usize>> {
            let start = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr())?;
            Some(start..start + value.get().len())
        };
        let parts = |entries: Entries<'_>| -> Option<Vec<Part>> {
            let part = |(name, value): (Cow<'_, str>, &RawValue)| {
                Some(Part { name: name.into_owned(), place: place(value)? })
            };
            entries.0.into_iter().map(part).collect()
        };
        let names =
            |parts: &[Part]| parts.iter().map(|it| it.name.clone()).collect::<BTreeSet<_>>();
        let is_plain = |parts: &[Part]| names(parts).len() == parts.len();
        let parts = Self {
            service: place(root.service)?,
            operations: parts(root.operations)?,
            shapes: parts(root.shapes)?,
            waiters: parts(root.waiters)?,
        };
        let is_plain = is_plain(&parts.operations) && is_plain(&parts.shapes);
        (root.typefoundry == "1" && is_plain && !parts.operations.is_empty()).then_some(parts)
    }

    /// A spec of these operations and waiters, and the shapes that they need. A shape is named by a
    /// text; a text that means something else may bring a shape along that nobody needs.
    fn slice(&self, text: &str, operations: &[&str], waiters: &[&str]) -> String {
        let get = |part: &Part| text.get(part.place.clone()).unwrap_or_default();
        let is_error = |part: &&Part| get(part).contains("\"error\"");
        let shapes: HashMap<&str, usize> =
            self.shapes.iter().enumerate().map(|(index, it)| (&*it.name, index)).collect();
        let operations: Vec<&Part> =
            self.operations.iter().filter(|it| operations.contains(&&*it.name)).collect();
        let waiters: Vec<&Part> =
            self.waiters.iter().filter(|it| waiters.contains(&&*it.name)).collect();
        // Services answer with errors that the operation does not list.
        let errors: Vec<&Part> = if operations.is_empty() {
            Vec::new()
        } else {
            self.shapes.iter().filter(is_error).collect()
        };
        let mut needed: BTreeSet<usize> =
            errors.iter().filter_map(|it| shapes.get(&*it.name).copied()).collect();
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
        let service = text.get(self.service.clone()).unwrap_or_default();
        let mut slice = format!("{{\"typefoundry\":\"1\",\"service\":{service}");
        for (key, parts) in [("operations", operations), ("shapes", shapes), ("waiters", waiters)] {
            if parts.is_empty() {
                continue;
            }
            let entry = |part: &&Part| format!("{}:{}", serde_json::json!(part.name), get(part));
            let entries: Vec<String> = parts.iter().map(entry).collect();
            slice.extend([",\"", key, "\":{", &*entries.join(","), "}"]);
        }
        slice + "}"
    }
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

/// The entries of an object, in order.
#[derive(Default)]
struct Entries<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Entries<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    entries.push((name, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);
