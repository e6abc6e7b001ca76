//! What protocols with XML bodies put around the members of an answer.

use super::body::{Content, write_members};
use crate::codec::xml;
use crate::schema::{Flags, OperationSchema, Protocol, ServiceSchema};
use crate::value::{Structure, Value, View};

/// The id of a request that has none. A mock that tells requests apart puts its own in its place.
pub(crate) const REQUEST_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The id of a host of S3's, which it names in its errors.
pub(crate) const HOST_ID: &str = "dHlwZWZvdW5kcnk=";

/// The custom of S3, whose errors have nothing around them.
/// Source: <https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#error-response-serialization>
pub(crate) const NO_ERROR_WRAPPING: &str = "no-error-wrapping";

/// S3 begins with it.
const DECLARATION: &[u8; 39] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The element of an error's message.
const MESSAGE: &str = "Message";

/// The members of an output that are in the body, with what the protocol puts around them.
pub(super) fn write_result(
    service: &ServiceSchema,
    operation: &OperationSchema,
    output: &dyn Structure,
) -> Content {
    let protocol = service.protocol;
    if !matches!(protocol, Protocol::Query | Protocol::Ec2Query) {
        return write_members(protocol, output, None);
    }
    let name = format!("{}Response", operation.wire_name());
    let result = operation.traits.as_deref().map_or("", |traits| &traits.result);
    let is_ec2 = protocol == Protocol::Ec2Query;
    let mut writer = if is_ec2 { xml::Writer::default() } else { xml::Writer::by_elements() };
    writer.begin(&name);
    if is_ec2 {
        writer.leaf("requestId", REQUEST_ID);
        writer.members(output);
    } else {
        if result.is_empty() {
            writer.members(output);
        } else {
            writer.begin(result);
            writer.members(output);
            writer.end(result);
        }
        writer.begin("ResponseMetadata");
        writer.leaf("RequestId", REQUEST_ID);
        writer.end("ResponseMetadata");
    }
    writer.end(&name);
    Content { body: writer.finish().into(), media: Some(protocol.media()) }
}

/// An XML error with the wrappers of its protocol.
pub(super) fn write_xml_error(
    service: &ServiceSchema,
    code: &str,
    status: u16,
    value: &dyn Structure,
) -> Content {
    let protocol = service.protocol;
    let mut writer = xml::Writer::default();
    let bare = protocol == Protocol::RestXml && service.has(NO_ERROR_WRAPPING);
    let wrappers: &[&str] = match protocol {
        Protocol::Ec2Query => &["Response", "Errors"],
        _ if bare => &[],
        _ => &["ErrorResponse"],
    };
    for name in wrappers {
        writer.begin(name);
    }
    writer.begin("Error");
    if protocol != Protocol::Ec2Query && !bare {
        writer.leaf("Type", if status < 500 { "Sender" } else { "Receiver" });
    }
    writer.leaf("Code", code);
    // Whatever the model calls it, this is where clients look for it.
    let (schema, members) = value.split();
    let message = schema.members.iter().position(|it| it.flags.contains(Flags::MESSAGE));
    if let Some(index) = message
        && schema.members[index].wire_name() != MESSAGE
        && let Some(View::String(text)) = members.member(index).map(Value::view)
    {
        writer.leaf(MESSAGE, text);
    }
    writer.members(value);
    if bare {
        writer.leaf("RequestId", REQUEST_ID);
        writer.leaf("HostId", HOST_ID);
    }
    writer.end("Error");
    for (depth, name) in wrappers.iter().enumerate().rev() {
        if depth == 0 {
            let id = if protocol == Protocol::Ec2Query { "RequestID" } else { "RequestId" };
            writer.leaf(id, REQUEST_ID);
        }
        writer.end(name);
    }
    let mut body = writer.finish();
    if bare {
        body.splice(..0, *DECLARATION);
    }
    Content { body: body.into(), media: Some(protocol.media()) }
}
