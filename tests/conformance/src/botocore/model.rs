//! The model of a case, by way of the importer.

use super::Case;
use crate::json::{entries, items, object, set, set_default, string, text};
use typefoundry::dynamic::Api;
use typefoundry_import::Options;
use typefoundry_spec::Json;

/// The service of a case, with one operation.
pub fn api(case: &Case) -> Result<Api, String> {
    load(&model(case))
}

/// What becomes of a model that is loaded.
pub fn load(model: &Json) -> Result<Api, String> {
    let imported = typefoundry_import::import_model("suite", model.clone(), &Options::default())
        .map_err(|it| it.to_string())?;
    let notes: Vec<_> = imported.notes.iter().map(ToString::to_string).collect();
    let api = Api::load("suite", &imported.spec.to_string()).map_err(|it| it.to_string())?;
    if api.operations().is_empty() {
        return Err(format!("the importer left the operation out: {}", notes.join("; ")));
    }
    Ok(api)
}

/// The suites leave out what does not matter to them.
const METADATA: &[(&str, &str)] = &[
    ("apiVersion", "2014-01-01"),
    ("endpointPrefix", "example"),
    ("jsonVersion", "1.0"),
    ("serviceFullName", "Example"),
    ("serviceId", "Example"),
    ("signatureVersion", "v4"),
    ("uid", "example-2014-01-01"),
];

fn model(case: &Case) -> Json {
    let mut metadata = case.suite.get("metadata").cloned().unwrap_or(Json::Null);
    for (key, value) in METADATA {
        set_default(&mut metadata, key, string(value));
    }
    let mut shapes = case.suite.get("shapes").cloned().unwrap_or(object([]));
    let mut given = case.case.get("given").cloned().unwrap_or(Json::Null);
    set_default(&mut given, "http", object([]));
    let mut http = given.get("http").cloned().unwrap_or(Json::Null);
    set_default(&mut http, "method", string("POST"));
    set_default(&mut http, "requestUri", string("/"));
    set(&mut given, "http", http);
    set_default(&mut given, "name", string("OperationName"));
    for side in ["input", "output"] {
        move_payload(given.get(side), &mut shapes);
    }
    let name = text(&given, "name").unwrap_or_default().to_owned();
    if text(&metadata, "protocol") == Some("query") {
        wrap(&mut given, &shapes, &name);
    }
    list_errors(&mut given, &mut shapes);
    object([
        ("version", string("2.0")),
        ("metadata", metadata),
        ("operations", Json::Object(vec![(name, given)])),
        ("shapes", shapes),
    ])
}

/// Real models say on the shape what is the payload; the older suites say it where the shape is
/// referred to, which means the same to botocore.
fn move_payload(reference: Option<&Json>, shapes: &mut Json) {
    let Some(reference) = reference else { return };
    let (Some(name), Some(payload)) = (text(reference, "shape"), reference.get("payload")) else {
        return;
    };
    if let Some(mut shape) = shapes.get(name).cloned() {
        set(&mut shape, "payload", payload.clone());
        set(shapes, name, shape);
    }
}

/// botocore's runner names the element that holds the output.
fn wrap(given: &mut Json, shapes: &Json, name: &str) {
    let Some(mut output) = given.get("output").cloned() else { return };
    let shape = text(&output, "shape").and_then(|name| shapes.get(name));
    if !entries(shape.and_then(|shape| shape.get("members"))).is_empty() {
        set(&mut output, "resultWrapper", string(&format!("{name}Result")));
        set(given, "output", output);
    }
}

/// botocore looks for an error among all the shapes of a service; a spec's service has those that
/// its operations list. What an operation lists is an error, whether or not the shape says so.
fn list_errors(given: &mut Json, shapes: &mut Json) {
    let mut errors = items(given.get("errors")).to_vec();
    for name in errors.iter().filter_map(|error| text(error, "shape")) {
        if let Some(mut shape) = shapes.get(name).cloned() {
            set_default(&mut shape, "exception", Json::Bool(true));
            set(shapes, name, shape);
        }
    }
    for (name, shape) in entries(Some(shapes)) {
        let reference = object([("shape", string(name))]);
        if shape.get("exception") == Some(&Json::Bool(true)) && !errors.contains(&reference) {
            errors.push(reference);
        }
    }
    if !errors.is_empty() {
        set(given, "errors", Json::Array(errors));
    }
}
