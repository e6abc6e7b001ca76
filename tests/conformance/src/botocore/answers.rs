//! What a response means.

use super::{Case, model};
use crate::json::{difference, entries, set, text};
use crate::values::{Style, show};
use base64::Engine;
use bytes::Bytes;
use typefoundry::binding::{read_error, read_error_members, read_response};
use typefoundry::codec::Reading;
use typefoundry::dynamic::{Api, ApiOperation};
use typefoundry::schema::{Flags, MemberSchema, Protocol};
use typefoundry::value::Structure;
use typefoundry_spec::Json;

/// Runs a case.
pub fn run(case: &Case) -> Result<(), String> {
    let api = model::api(case)?;
    let operation = api.operations().first().ok_or("there is no operation")?;
    let response = response(api.service().protocol, case.case.get("response"))?;
    match (case.case.get("error"), case.case.get("result")) {
        (Some(members), _) => {
            let code = text(&case.case, "errorCode").unwrap_or_default();
            let message = text(&case.case, "errorMessage");
            error(&api, &response, code, message, Some(members))
        }
        (None, result) => output(&api, operation, &response, result.unwrap_or(&Json::Null)),
    }
}

/// A response as a case describes it.
fn response(protocol: Protocol, json: Option<&Json>) -> Result<http::Response<Bytes>, String> {
    let json = json.ok_or("there is no response")?;
    let body = match text(json, "body") {
        Some(body) if protocol == Protocol::RpcV2Cbor => {
            let decoded = base64::engine::general_purpose::STANDARD.decode(body);
            decoded.map_err(|error| error.to_string())?
        }
        Some(body) => body.as_bytes().to_vec(),
        None => Vec::new(),
    };
    let status = match json.get("status_code") {
        Some(Json::Number(number)) => number.as_u64().and_then(|number| number.try_into().ok()),
        _ => None,
    };
    let mut builder = http::Response::builder().status(status.unwrap_or(200));
    for (name, value) in entries(json.get("headers")) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        builder = builder.header(name, value);
    }
    builder.body(body.into()).map_err(|error| error.to_string())
}

/// Compares the output that a response is read as.
pub fn output(
    api: &Api,
    operation: &ApiOperation,
    response: &http::Response<Bytes>,
    wanted: &Json,
) -> Result<(), String> {
    let mut output = api.output(operation);
    read_response(api.service(), &operation.schema, response, &mut output, Reading::default())
        .map_err(|error| error.to_string())?;
    let found = show(&output, Style::Suite);
    difference("output", &lower_case(&output, wanted), &found).map_or(Ok(()), Err)
}

/// The names of headers have no case, and the runtime gets them in lower case.
fn lower_case(output: &dyn Structure, wanted: &Json) -> Json {
    let mut wanted = wanted.clone();
    let (schema, _) = output.split();
    let prefixed = |member: &&MemberSchema| member.flags.contains(Flags::HEADER_PREFIX);
    for member in schema.members.iter().filter(prefixed) {
        if let Some(Json::Object(mut entries)) = wanted.get(&member.name).cloned() {
            for (name, _) in &mut entries {
                name.make_ascii_lowercase();
            }
            set(&mut wanted, &member.name, Json::Object(entries));
        }
    }
    wanted
}

/// Compares what a failed response says.
pub fn error(
    api: &Api,
    response: &http::Response<Bytes>,
    code: &str,
    message: Option<&str>,
    members: Option<&Json>,
) -> Result<(), String> {
    let facts = read_error(api.service(), response);
    let same = |what: &str, wanted: &str, found: Option<&str>| {
        let found = found.unwrap_or_default();
        if wanted == found {
            return Ok(());
        }
        Err(format!("{what}: expected {wanted:?}, found {found:?}"))
    };
    same("code", code, facts.code.as_deref())?;
    // Many cases say no message although there is one.
    if let Some(message) = message {
        same("message", message, facts.message.as_deref())?;
    }
    let Some(members) = members else { return Ok(()) };
    let value = facts.shape.as_deref().and_then(|shape| api.value(shape));
    let Some(mut value) = value else {
        return difference("error", members, &Json::Object(Vec::new())).map_or(Ok(()), Err);
    };
    read_error_members(api.service(), response, &mut value, Reading::default())
        .map_err(|error| error.to_string())?;
    difference("error", members, &show(&value, Style::Suite)).map_or(Ok(()), Err)
}
