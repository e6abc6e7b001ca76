//! Errors as a server sends them.

use crate::Document;
use crate::binding::body::{Codec, Content, write_members};
#[cfg(feature = "cbor")]
use crate::binding::cbor;
use crate::binding::response::write_parts;
use crate::binding::rpc::QUERY_COMPATIBLE;
use crate::binding::wrapper::write_xml_error;
use crate::schema::{ErrorSchema, Protocol, ServiceSchema};
use crate::value::Structure;
use bytes::Bytes;
use http::header::HeaderValue;

/// The response that carries an error, as a server sends it.
pub fn write_error(
    service: &ServiceSchema,
    error: &ErrorSchema,
    value: &dyn Structure,
) -> http::Response<Bytes> {
    #[cfg(feature = "cbor")]
    if service.protocol == Protocol::RpcV2Cbor {
        return cbor::write_error(service, error, value);
    }
    let status = if error.status == 0 { 400 } else { error.status };
    let code = error.codes.first().unwrap_or(&error.shape);
    let protocol = service.protocol;
    // In XML the code is in the body.
    let has_body = !protocol.is_rest() || protocol == Protocol::RestXml;
    let mut response = write_parts(protocol, value, status, has_body, |value| {
        match (protocol.codec(), protocol) {
            (Codec::Xml, _) => write_xml_error(service, code, status, value),
            (Codec::Json, Protocol::Json10 | Protocol::Json11) => {
                let named = if service.has(QUERY_COMPATIBLE) { &error.shape } else { code };
                with_member("__type", named, &write_members(protocol, value, None))
            }
            (Codec::Json, Protocol::Rest) => {
                enveloped(service, coded(service, code, write_members(protocol, value, None)))
            }
            (Codec::Json, _) => enveloped(service, write_members(protocol, value, None)),
            (Codec::Cbor, _) => write_members(protocol, value, None),
        }
    });
    let header = match protocol {
        Protocol::RestJson => Some(("x-amzn-errortype", code.clone().into_owned())),
        Protocol::Json10 | Protocol::Json11 if service.has(QUERY_COMPATIBLE) => {
            let fault = if status < 500 { "Sender" } else { "Receiver" };
            Some(("x-amzn-query-error", format!("{code};{fault}")))
        }
        _ => None,
    };
    if let Some((name, value)) = header
        && let Ok(value) = HeaderValue::try_from(value)
    {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The members with the code where the service has it, unless one of them says it.
fn coded(service: &ServiceSchema, code: &str, content: Content) -> Content {
    let names = &service.error_format.code;
    let body = Document::from_json(&content.body).unwrap_or_default();
    let is_said = |name| body.get(name).and_then(Document::to_text).is_some();
    match names.first() {
        Some(name) if !names.iter().any(|name| is_said(name)) => with_member(name, code, &content),
        _ => content,
    }
}

/// The members of an error with another one in front of them.
fn with_member(name: &str, text: &str, content: &Content) -> Content {
    let [name, text] = [name, text].map(|text| Document::from(text).to_json());
    let members = String::from_utf8_lossy(&content.body).into_owned();
    let rest = members.strip_prefix('{').filter(|rest| *rest != "}").map(|rest| format!(",{rest}"));
    let rest = rest.unwrap_or_else(|| "}".to_owned());
    Content { body: format!("{{{name}:{text}{rest}").into(), media: content.media }
}

fn enveloped(service: &ServiceSchema, content: Content) -> Content {
    let mut body = content.body;
    for name in service.error_format.envelope.split('/').skip(1).collect::<Vec<_>>().iter().rev() {
        let inner = String::from_utf8_lossy(&body).into_owned();
        let name = serde_json::Value::from(*name);
        body = format!("{{{name}:{inner}}}").into();
    }
    Content { body, ..content }
}
