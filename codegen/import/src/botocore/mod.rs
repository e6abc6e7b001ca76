//! botocore's models: `service-2.json` with `paginators-1.json` beside it.
//!
//! The language has no specification of its own; `botocore/model.py` reads it.

mod operations;
mod pages;
mod shapes;
mod support;

use crate::build::{Look, Object, text};
use crate::source::Files;
use crate::{ImportError, Imported, Note};
use std::collections::BTreeSet;
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
    paginators: Json,
    notes: Vec<Note>,
}

impl Cx<'_> {
    fn note(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.notes.push(Note { place: place.into(), what: what.into() });
    }

    fn shape(&self, name: &str) -> Option<&Json> {
        self.model.get("shapes")?.get(name)
    }
}

pub(crate) fn import(files: &Files, model: &Json) -> Result<Imported, ImportError> {
    let paginators = files.beside("paginators-1")?;
    let paginators = paginators.and_then(|file| file.get("pagination").cloned());
    let mut cx = Cx { model, paginators: paginators.unwrap_or(Json::Null), notes: Vec::new() };
    let service = service(&mut cx, files)?;
    let operations = operations::operations(&mut cx);
    let mut reached = BTreeSet::new();
    for (_, operation) in &operations {
        operations::references(operation, &mut reached);
    }
    let shapes = shapes::shapes(&mut cx, reached);
    let mut spec = Object::default();
    spec.set("$schema", text("../typefoundry.schema.json"));
    spec.set("typefoundry", text("1"));
    spec.set("service", service);
    spec.set("operations", Json::Object(operations));
    spec.set("shapes", Json::Object(shapes));
    Ok(Imported { spec: spec.json(), notes: cx.notes })
}

fn service(cx: &mut Cx<'_>, files: &Files) -> Result<Json, ImportError> {
    let metadata = cx.model.get("metadata").unwrap_or(&Json::Null);
    let need = |key: &str| {
        metadata.text_at(key).ok_or_else(|| ImportError::Broken {
            file: files.name().to_owned(),
            place: "metadata".to_owned(),
            reason: format!("it has no `{key}`"),
        })
    };
    let protocol = need("protocol")?;
    if protocol != "rest-json" {
        return Err(ImportError::Unknown {
            file: files.name().to_owned(),
            reason: format!("its protocol is {protocol}; only rest-json can be called so far"),
        });
    }
    let prefix = need("endpointPrefix")?;
    let signing = metadata.text_at("signingName").unwrap_or(prefix);
    let id = files.service_folder().unwrap_or(prefix).to_ascii_lowercase().replace(['.', '_'], "-");
    let mut service = Object::default();
    service.set("id", text(&format!("aws/{id}")));
    service.set("title", text(need("serviceFullName")?));
    service.text("version", metadata.text_at("apiVersion"));
    service.set("protocol", text(protocol));
    let auth = match need("signatureVersion")? {
        "v4" => Json::Object(vec![(
            "sigv4".to_owned(),
            Json::Object(vec![("name".to_owned(), text(signing))]),
        )]),
        "bearer" => Json::Object(vec![("bearer".to_owned(), Json::Object(Vec::new()))]),
        other => {
            return Err(ImportError::Unknown {
                file: files.name().to_owned(),
                reason: format!("its signature version is {other}; v4 and bearer are known"),
            });
        }
    };
    service.set("auth", auth);
    let url = format!("https://{prefix}.{{region}}.amazonaws.com");
    service.set("endpoint", Json::Object(vec![("url".to_owned(), text(&url))]));
    Ok(service.json())
}
