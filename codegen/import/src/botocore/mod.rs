//! botocore's models: `service-2.json`, with what stands beside it: paginators, waiters, endpoint
//! rules, examples, and the extras that are merged into each of them.
//!
//! The language has no specification of its own; `botocore/model.py` and `botocore/loaders.py` read
//! it.

mod effective;
mod endpoint;
mod examples;
mod extras;
mod operations;
mod pages;
mod service;
mod shapes;
mod support;
mod waiters;

pub use endpoint::endpoint_rules;

use crate::build::{Look, Object, text};
use crate::customs;
use crate::source::Files;
use crate::{Docs, ImportError, Imported, Note, Options};
use std::collections::{BTreeSet, HashMap};
use typefoundry_spec::Json;

/// Whether a file is a botocore model: decided by what it holds, not by its name.
pub(crate) fn is_model(model: &Json) -> bool {
    let has = |key| model.get(key).is_some_and(|value| value.as_object().is_some());
    has("metadata")
        && has("operations")
        && model.get("metadata").is_some_and(|it| it.get("protocol").is_some())
}

/// What importing carries along.
struct Cx<'a> {
    model: &'a Json,
    shapes: HashMap<&'a str, &'a Json>,
    /// Names on the wire of list elements and map entries matter.
    is_xml: bool,
    /// Members may stand outside of the body.
    is_rest: bool,
    docs: Docs,
    /// What is said of the operation at hand
    operation: operations::Facts,
    notes: Vec<Note>,
    /// Shapes that the model has not, but a spec needs: inline enums.
    made: Vec<(String, Json)>,
}

impl<'a> Cx<'a> {
    fn note(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.notes.push(Note { place: place.into(), what: what.into() });
    }

    fn shape(&self, name: &str) -> Option<&'a Json> {
        self.shapes.get(name).copied()
    }

    /// The shape that a member, an input or an element refers to.
    fn target(&self, reference: &Json) -> Option<&'a Json> {
        self.shape(reference.text_at("shape")?)
    }

    /// The documentation of something, where it is wanted.
    fn docs(&self, of: &Json) -> Option<String> {
        let html = of.text_at("documentation").filter(|html| !html.is_empty())?;
        match self.docs {
            Docs::None => None,
            Docs::Markdown(convert) => Some(convert(html)).filter(|docs| !docs.is_empty()),
        }
    }
}

/// The model's files, parsed.
pub(crate) struct Parts {
    pub(crate) model: Json,
    pub(crate) paginators: Option<Json>,
    pub(crate) waiters: Option<Json>,
    pub(crate) rules: Option<Json>,
    pub(crate) examples: Option<Json>,
    /// botocore's own name of the service, which is that of its folder. A model that was taken out
    /// of there is known by its service's id, if it has customs.
    pub(crate) folder: Option<String>,
    /// What there is to say of the files
    pub(crate) notes: Vec<Note>,
}

impl Parts {
    /// The model with the files beside it.
    pub(crate) fn read(files: &Files, model: Json) -> Result<Self, ImportError> {
        let mut parts = Self {
            model,
            paginators: files.beside("paginators-1")?,
            waiters: files.beside("waiters-2")?,
            rules: files.beside("endpoint-rule-set-1")?,
            examples: files.beside("examples-1")?,
            folder: None,
            notes: Vec::new(),
        };
        let folder = files.service_folder().or_else(|| known_folder(&parts.model));
        parts.folder = folder.map(str::to_owned);
        let Self { model, paginators, waiters, rules, examples, notes, .. } = &mut parts;
        for (stem, file) in [
            ("service-2", Some(model)),
            ("paginators-1", paginators.as_mut()),
            ("waiters-2", waiters.as_mut()),
            ("endpoint-rule-set-1", rules.as_mut()),
            ("examples-1", examples.as_mut()),
        ] {
            let name = format!("{stem}.sdk-extras");
            if let Some(extras) = files.beside(&name)? {
                extras::merge(&name, file, &extras, notes);
            }
        }
        Ok(parts)
    }
}

/// The folder of a model that stands alone, if the service has customs.
pub(crate) fn known_folder(model: &Json) -> Option<&'static str> {
    let id = model.get("metadata")?.text_at("serviceId")?;
    Some(customs::folder(id)).filter(|name| !name.is_empty())
}

/// Makes a spec of a model. `file` is what messages call it.
pub(crate) fn import(file: &str, parts: &Parts, options: Options) -> Result<Imported, ImportError> {
    let model = &parts.model;
    let shapes = model.entries_at("shapes").iter().map(|(name, shape)| (name.as_str(), shape));
    let mut cx = Cx {
        model,
        shapes: shapes.collect(),
        is_xml: service::is_xml(model),
        is_rest: service::is_rest(model),
        docs: options.docs,
        operation: operations::Facts::default(),
        notes: parts.notes.clone(),
        made: Vec::new(),
    };
    support::report(&mut cx, parts);
    let service = service::service(&mut cx, file, parts)?;
    let pagination = parts.paginators.as_ref().and_then(|file| file.get("pagination"));
    let mut operations = operations::operations(&mut cx, pagination, parts.folder.as_deref());
    if let Some(examples) = &parts.examples {
        examples::add(&mut cx, examples, &mut operations);
    }
    let mut reached = BTreeSet::new();
    for (_, operation) in &operations {
        operations::references(operation, &mut reached);
    }
    let shapes = shapes::shapes(&mut cx, reached);
    let waiters = parts.waiters.as_ref().map(|waiters| waiters::waiters(&mut cx, waiters));
    let mut spec = Object::default();
    spec.set("$schema", text("../typefoundry.schema.json"));
    spec.set("typefoundry", text("1"));
    spec.set("service", service);
    spec.set("operations", Json::Object(operations));
    spec.set("shapes", Json::Object(shapes));
    let waiters = waiters.filter(|waiters| !waiters.is_empty());
    spec.some("waiters", waiters.map(Json::Object));
    Ok(Imported { spec: spec.json(), notes: cx.notes })
}
