//! What an input is sent as.

use super::{Case, model};
use crate::json::{entries, items, text};
use crate::{bodies, values};
use base64::Engine;
use bytes::Bytes;
use typefoundry::binding::write_request;
use typefoundry::schema::{Flags, Protocol};
use typefoundry::value::{Slot, Structure, View};
use typefoundry_spec::Json;

/// Where the request goes if the case does not say.
const ENDPOINT: &str = "https://example.com";

/// The token that botocore's suites expect where one is made up.
pub const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Runs a case.
pub fn run(case: &Case) -> Result<(), String> {
    let api = model::api(case)?;
    let operation = api.operations().first().ok_or("there is no operation")?;
    let mut input = api.input(operation);
    values::fill(&mut input, case.case.get("params").unwrap_or(&Json::Null))?;
    fill_tokens(&mut input);
    let endpoint = text(&case.suite, "clientEndpoint").unwrap_or(ENDPOINT);
    let request = write_request(api.service(), &operation.schema, &input, endpoint, "us-east-1")
        .map_err(|error| error.to_string())?;
    let wanted = case.case.get("serialized").unwrap_or(&Json::Null);
    let protocol = api.service().protocol;
    compare(protocol, &input, wanted, &request)
}

/// Fills the idempotency tokens that are left out, as a client does.
pub fn fill_tokens(input: &mut dyn Structure) {
    let (schema, members) = input.split_mut();
    for (index, member) in schema.members.iter().enumerate() {
        if member.flags.contains(Flags::IDEMPOTENCY_TOKEN)
            && let Some(value) = members.member_mut(index)
            && matches!(value.view(), View::Absent)
            && let Slot::String(place) = value.slot()
        {
            TOKEN.clone_into(place);
        }
    }
}

fn compare(
    protocol: Protocol,
    input: &dyn Structure,
    wanted: &Json,
    request: &http::Request<Bytes>,
) -> Result<(), String> {
    let differs = |what: &str, wanted: &str, found: &str| {
        if wanted == found {
            return Ok(());
        }
        Err(format!("{what}: expected {wanted:?}, found {found:?}"))
    };
    if let Some(method) = text(wanted, "method") {
        differs("method", method, request.method().as_str())?;
    }
    let uri = text(wanted, "uri").unwrap_or_default();
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    differs("uri", uri, target)?;
    if let Some(host) = text(wanted, "host") {
        // Of an endpoint with a path the newer suites repeat it here.
        let host = host.split('/').next().unwrap_or_default();
        let authority = request.uri().authority().map_or("", |authority| authority.as_str());
        differs("host", host, authority)?;
    }
    for (name, value) in entries(wanted.get("headers")) {
        header(protocol, input, request, name, value.as_str().unwrap_or_default())?;
    }
    for name in items(wanted.get("forbidHeaders")).iter().filter_map(Json::as_str) {
        if let Some(value) = request.headers().get(name) {
            return Err(format!("header {name}: expected none, found {value:?}"));
        }
    }
    for name in items(wanted.get("requireHeaders")).iter().filter_map(Json::as_str) {
        // What the transport computes is not in an unsent request.
        let computed = name.eq_ignore_ascii_case("content-length") && !request.body().is_empty();
        if !computed && !request.headers().contains_key(name) {
            return Err(format!("header {name}: expected one, found none"));
        }
    }
    let Some(body) = text(wanted, "body") else { return Ok(()) };
    let body = if protocol == Protocol::RpcV2Cbor {
        let decoded = base64::engine::general_purpose::STANDARD.decode(body);
        decoded.map_err(|error| error.to_string())?
    } else {
        body.as_bytes().to_vec()
    };
    bodies::difference(protocol, &body, request.body()).map_or(Ok(()), Err)
}

fn header(
    protocol: Protocol,
    input: &dyn Structure,
    request: &http::Request<Bytes>,
    name: &str,
    wanted: &str,
) -> Result<(), String> {
    let found = request.headers().get(name).map(http::HeaderValue::as_bytes);
    let found = found.map(|value| String::from_utf8_lossy(value).into_owned());
    let is_content_type = name.eq_ignore_ascii_case("content-type");
    let is_form = matches!(protocol, Protocol::Query | Protocol::Ec2Query);
    let normal = |text: &str| {
        // Space behind a comma does not count in a list (RFC 9110, §5.6.1).
        let text = if is_list(input, name) { text.replace(", ", ",") } else { text.to_owned() };
        // botocore names the charset of forms, the suites do not.
        if is_content_type && is_form { text.replace("; charset=utf-8", "") } else { text }
    };
    if found.as_deref().map(normal) == Some(normal(wanted)) {
        return Ok(());
    }
    // As botocore, whose runner does not look: only bodies in the protocol's own form say what they
    // are.
    let own_form = ["application/json", "application/xml"].contains(&wanted);
    if is_content_type && protocol.is_rest() && !own_form && found.is_none() {
        return Ok(());
    }
    let found = found.map_or_else(|| "none".to_owned(), |found| format!("{found:?}"));
    Err(format!("header {name}: expected {wanted:?}, found {found}"))
}

fn is_list(input: &dyn Structure, header: &str) -> bool {
    let (schema, members) = input.split();
    schema.members.iter().enumerate().any(|(index, member)| {
        member.flags.contains(Flags::HEADER)
            && member.wire_name().eq_ignore_ascii_case(header)
            && members.member(index).is_some_and(|it| matches!(it.view(), View::List(_)))
    })
}
