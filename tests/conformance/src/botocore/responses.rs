//! Responses that services once gave, with what botocore reads in them: `service-operation.xml`
//! and a file of the same name with the result. They need botocore's own models, which are not part
//! of the suites.

use super::answers::error;
use super::model;
use crate::json::{difference, entries, object, read, string, text};
use crate::values::{Style, fill, show};
use bytes::Bytes;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use typefoundry::binding::read_response;
use typefoundry::codec::Reading;
use typefoundry::dynamic::Api;
use typefoundry_spec::Json;

/// The folder of botocore's models: what the variable `TYPEFOUNDRY_BOTOCORE_DATA` says, or that of
/// the environment in which the comparisons of `tests/interop` are run.
pub fn models() -> Option<PathBuf> {
    let named = std::env::var_os("TYPEFOUNDRY_BOTOCORE_DATA").map(PathBuf::from);
    let venv = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/interop-venv/lib");
    let pythons = std::fs::read_dir(venv).into_iter().flatten().flatten();
    let installed = pythons.map(|python| python.path().join("site-packages/botocore/data"));
    named.into_iter().chain(installed).find(|folder| folder.is_dir())
}

/// A response with what it means.
#[derive(Debug)]
pub struct Answer {
    /// The name of its file.
    pub id: String,
    service: String,
    /// The operation's name in lower case, without marks.
    operation: String,
    body: Vec<u8>,
    is_error: bool,
    wanted: Json,
}

/// The responses of two folders, of which one may be the other; `extension` is that of the bodies.
pub fn answers(bodies: &Path, results: &Path, extension: &str) -> Vec<Answer> {
    let entries = std::fs::read_dir(bodies).unwrap_or_else(|error| panic!("{error}"));
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|it| it == extension));
    files.sort();
    let answer = |file: &PathBuf| {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (service, operation) = stem.split_once('-').unwrap_or((&stem, ""));
        let operation = operation.split('#').next().unwrap_or_default();
        let folder = bodies.file_name().unwrap_or_default().to_string_lossy();
        Answer {
            id: format!("{folder}/{stem}.{extension}"),
            service: service.to_owned(),
            operation: operation.replace('-', ""),
            body: std::fs::read(file).unwrap_or_else(|error| panic!("{error}")),
            is_error: bodies.ends_with("errors"),
            wanted: read(&results.join(format!("{stem}.json"))),
        }
    };
    files.iter().map(answer).collect()
}

/// The services of responses, by name; those that there is no model of are left out.
pub fn services(models: &Path, answers: &[Answer]) -> BTreeMap<String, Result<Api, String>> {
    let mut services = BTreeMap::new();
    for answer in answers {
        if !services.contains_key(&answer.service)
            && let Some(file) = newest(&models.join(&answer.service))
        {
            let api = service(&file, &answer.service, answers);
            services.insert(answer.service.clone(), api);
        }
    }
    services
}

fn newest(service: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(service).ok()?.flatten();
    let files = versions.map(|version| version.path().join("service-2.json.gz"));
    files.filter(|file| file.is_file()).max()
}

/// A service with the operations that responses are of, and with all its errors.
fn service(file: &Path, name: &str, answers: &[Answer]) -> Result<Api, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    GzDecoder::new(&bytes[..]).read_to_end(&mut text).map_err(|error| error.to_string())?;
    let mut service: Json = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let shapes = entries(service.get("shapes")).iter();
    let errors = shapes.filter(|(_, shape)| shape.get("exception").is_some());
    let errors = Json::Array(errors.map(|(name, _)| object([("shape", string(name))])).collect());
    let mut operations = entries(service.get("operations")).to_vec();
    operations.retain(|(operation, _)| {
        let is = |it: &Answer| it.service == name && it.operation == operation.to_lowercase();
        answers.iter().any(is)
    });
    for (_, operation) in &mut operations {
        crate::json::set(operation, "errors", errors.clone());
    }
    crate::json::set(&mut service, "operations", Json::Object(operations));
    model::load(&service)
}

/// Runs a case.
pub fn run(answer: &Answer, api: &Api) -> Result<(), String> {
    let status = if answer.is_error { 400 } else { 200 };
    let mut builder = http::Response::builder().status(status);
    let mut body = answer.body.clone();
    // The older cases of JSON errors carry their headers with them.
    if let Ok(mut json) = serde_json::from_slice::<Json>(&body)
        && let Some(headers) = json.get("__headers__").cloned()
    {
        for (name, value) in entries(Some(&headers)) {
            builder = builder.header(name, value.as_str().unwrap_or_default());
        }
        if let Json::Object(entries) = &mut json {
            entries.retain(|(name, _)| name != "__headers__");
        }
        body = json.to_string().into_bytes();
    }
    let response = builder.body(Bytes::from(body)).map_err(|error| error.to_string())?;
    if let Some(facts) = answer.wanted.get("Error") {
        let code = text(facts, "Code").unwrap_or_default();
        return error(api, &response, code, text(facts, "Message"), None);
    }
    let is_it = |name: &str| name.to_lowercase() == answer.operation;
    let mut operations = api.operations().iter();
    let operation = operations.find(|operation| is_it(&operation.schema.name));
    let operation = operation.ok_or("the model has no such operation")?;
    let mut wanted = answer.wanted.clone();
    if let Json::Object(entries) = &mut wanted {
        entries.retain(|(name, _)| name != "ResponseMetadata");
    }
    let (mut expected, mut output) = (api.output(operation), api.output(operation));
    // botocore's runner leaves times as text; as values they are the same.
    fill(&mut expected, &wanted)?;
    read_response(api.service(), &operation.schema, &response, &mut output, Reading::default())
        .map_err(|error| error.to_string())?;
    let (expected, found) = (show(&expected, Style::Suite), show(&output, Style::Suite));
    difference("output", &expected, &found).map_or(Ok(()), Err)
}

impl Answer {
    /// The service that gave it, by botocore's name.
    pub fn service(&self) -> &str {
        &self.service
    }
}
