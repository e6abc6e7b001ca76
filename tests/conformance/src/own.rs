//! Our own suites: `suites/<name>.json`, whose expectations are botocore's; how they are computed
//! is in `tests/interop/protocol_suites.py`.

use crate::bodies;
use crate::botocore::requests::fill_tokens;
use crate::json::{difference, entries, items, object, set, string, text};
use crate::values::{Style, show};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use std::path::Path;
use typefoundry::binding::{read_error, read_error_members, read_response, write_request};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::dynamic::{Api, ApiOperation};
use typefoundry::schema::Protocol;
use typefoundry_spec::Json;

/// A suite with its service.
#[derive(Debug)]
pub struct Suite {
    api: Api,
    inputs: Vec<Json>,
    json: Json,
}

/// Where all requests go.
const ENDPOINT: &str = "https://suite.example.com";

impl Suite {
    /// The suite of a file.
    pub fn load(name: &str) -> Self {
        let file = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites");
            crate::json::read(&folder.join(format!("{name}.json")))
        };
        let json = file(name);
        let service = json.get("service").cloned().unwrap_or(Json::Null);
        let protocol = text(&service, "protocol").unwrap_or_default().to_owned();
        let is_rest = protocol.starts_with("rest");
        let mut parts = vec![file("common")];
        if is_rest {
            parts.push(file("rest"));
        }
        if protocol == "rpc-v2-cbor" {
            // Members have no other names in CBOR.
            for part in &mut parts {
                remove(part, "wire");
            }
        }
        let spec = spec(&service, &protocol, &parts);
        let api = Api::load(name, &spec.to_string()).unwrap_or_else(|error| panic!("{error}"));
        let inputs = parts.iter().flat_map(|part| items(part.get("inputs"))).cloned().collect();
        Self { api, inputs, json }
    }

    /// What is sent: titles with outcomes.
    pub fn requests(&self) -> Vec<(String, Result<(), String>)> {
        let requests = entries(self.json.get("requests")).iter();
        requests.map(|(title, sends)| (title.clone(), self.request(title, sends))).collect()
    }

    /// What answers mean: titles with outcomes.
    pub fn answers(&self) -> Vec<(String, Result<(), String>)> {
        let answers = items(self.json.get("answers")).iter();
        let title = |answer: &Json| text(answer, "title").unwrap_or_default().to_owned();
        answers.map(|answer| (title(answer), self.answer(answer))).collect()
    }

    fn operation(&self, case: &Json) -> Result<&ApiOperation, String> {
        let name = text(case, "operation").unwrap_or_default();
        self.api.operation(name).ok_or_else(|| format!("there is no operation {name}"))
    }

    fn request(&self, title: &str, sends: &Json) -> Result<(), String> {
        let case = self.inputs.iter().find(|case| text(case, "title") == Some(title));
        let case = case.ok_or("there is no such input")?;
        let operation = self.operation(case)?;
        let mut input = self.api.input(operation);
        let given = case.get("input").unwrap_or(&Json::Null).to_string();
        json::read(given.as_bytes(), &mut input, Form::Model, Reading::default())
            .map_err(|error| error.to_string())?;
        fill_tokens(&mut input);
        let service = self.api.service();
        let request = write_request(service, &operation.schema, &input, ENDPOINT, "us-east-1")
            .map_err(|error| error.to_string())?;
        self.compare(sends, &request)
    }

    fn compare(&self, sends: &Json, request: &http::Request<Bytes>) -> Result<(), String> {
        let uri = request.uri();
        let found = object([
            ("method", string(request.method().as_str())),
            ("host", string(uri.authority().map_or("", |it| it.as_str()))),
            ("target", string(uri.path_and_query().map_or("", |it| it.as_str()))),
        ]);
        let mut wanted = sends.clone();
        if let Json::Object(entries) = &mut wanted {
            entries.retain(|(key, _)| key != "headers" && key != "body");
        }
        if let Some(difference) = difference("request", &wanted, &found) {
            return Err(difference);
        }
        let protocol = self.api.service().protocol;
        for (name, value) in entries(sends.get("headers")) {
            let wanted = value.as_str().unwrap_or_default();
            let found = request.headers().get(name).map(http::HeaderValue::as_bytes);
            let found = found.map(|value| String::from_utf8_lossy(value).replace(", ", ","));
            if found.as_deref() != Some(&wanted.replace(", ", ",")) {
                return Err(format!("header {name}: expected {wanted:?}, found {found:?}"));
            }
        }
        for (name, value) in request.headers() {
            let listed = entries(sends.get("headers"));
            // botocore does not say what its bodies are, where they are no JSON.
            let known = listed.iter().any(|(listed, _)| listed.eq_ignore_ascii_case(name.as_str()))
                || name == http::header::CONTENT_TYPE;
            if !known {
                return Err(format!("header {name}: expected none, found {value:?}"));
            }
        }
        let body = body(sends)?;
        bodies::difference(protocol, &body, request.body()).map_or(Ok(()), Err)
    }

    fn answer(&self, case: &Json) -> Result<(), String> {
        let operation = self.operation(case)?;
        let status = match case.get("status") {
            Some(Json::Number(number)) => number.as_u64().and_then(|it| u16::try_from(it).ok()),
            _ => None,
        };
        let mut builder = http::Response::builder().status(status.unwrap_or(200));
        for (name, value) in entries(case.get("headers")) {
            builder = builder.header(name, value.as_str().unwrap_or_default());
        }
        let response = builder.body(Bytes::from(body(case)?)).map_err(|it| it.to_string())?;
        if let Some(wanted) = case.get("error") {
            return self.error(&response, wanted);
        }
        let mut output = self.api.output(operation);
        read_response(
            self.api.service(),
            &operation.schema,
            &response,
            &mut output,
            Reading::default(),
        )
        .map_err(|error| error.to_string())?;
        let wanted = case.get("output").unwrap_or(&Json::Null);
        difference("output", wanted, &show(&output, Style::Model)).map_or(Ok(()), Err)
    }

    fn error(&self, response: &http::Response<Bytes>, wanted: &Json) -> Result<(), String> {
        let service = self.api.service();
        let facts = read_error(service, response);
        let mut found = object([
            ("code", string(facts.code.as_deref().unwrap_or_default())),
            ("message", string(facts.message.as_deref().unwrap_or_default())),
        ]);
        if let Some(shape) = &facts.shape
            && let Some(mut value) = self.api.value(shape)
        {
            read_error_members(service, response, &mut value, Reading::default())
                .map_err(|error| error.to_string())?;
            set(&mut found, "shape", string(shape));
            set(&mut found, "value", show(&value, Style::Model));
        }
        difference("error", wanted, &found).map_or(Ok(()), Err)
    }

    /// How many requests and answers there are.
    pub fn size(&self) -> (usize, usize) {
        (entries(self.json.get("requests")).len(), items(self.json.get("answers")).len())
    }

    /// Its protocol.
    pub fn protocol(&self) -> Protocol {
        self.api.service().protocol
    }
}

/// The spec of a suite: the parts' operations and shapes, under its service.
fn spec(service: &Json, protocol: &str, parts: &[Json]) -> Json {
    let is_rest = protocol.starts_with("rest");
    let mut service = service.clone();
    set(&mut service, "id", string("aws/suite"));
    set(&mut service, "title", string("Suite"));
    set(&mut service, "endpoint", object([("url", string(ENDPOINT))]));
    let all =
        |key: &'static str| parts.iter().flat_map(move |part| entries(part.get(key)).to_vec());
    let operation = |(name, mut operation): (String, Json)| {
        if !is_rest {
            set(&mut operation, "http", string("POST /"));
        }
        if protocol == "rest-xml"
            && operation.get("root").is_none()
            && operation.get("input").is_some()
        {
            let root = string(&format!("{name}Request"));
            set(&mut operation, "root", object([("name", root)]));
        }
        if protocol == "query" && operation.get("output").is_some() {
            set(&mut operation, "result", string(&format!("{name}Result")));
        }
        if protocol == "rpc-v2-cbor" && operation.get("input").is_none() {
            set(&mut operation, "traits", Json::Array(vec![string("no-input")]));
        }
        (name, operation)
    };
    object([
        ("typefoundry", string("1")),
        ("service", service),
        ("operations", Json::Object(all("operations").map(operation).collect())),
        ("shapes", Json::Object(all("shapes").collect())),
    ])
}

fn remove(json: &mut Json, key: &str) {
    match json {
        Json::Object(entries) => {
            entries.retain(|(name, _)| name != key);
            for (_, value) in entries {
                remove(value, key);
            }
        }
        Json::Array(items) => {
            for item in items {
                remove(item, key);
            }
        }
        _ => {}
    }
}

/// A body is text, or base64 behind a mark.
fn body(case: &Json) -> Result<Vec<u8>, String> {
    let body = text(case, "body").unwrap_or_default();
    match body.strip_prefix("base64:") {
        Some(body) => STANDARD.decode(body).map_err(|error| error.to_string()),
        None => Ok(body.as_bytes().to_vec()),
    }
}
