//! The keys of a member.

use super::{Form, Object, key, must, words};
use crate::model::TimestampFormat;

pub(in crate::format) static MEMBER: Object = Object {
    name: "member",
    docs: "A member: its target, and where in a message it stands. A string is short for {\"type\": …}.",
    keys: &[
        must("type", Form::Text, "A shape of this file, or a base type."),
        key("required", Form::Flag, "It must be there."),
        key("nullable", Form::Flag, "Absent, null and a value are three states."),
        key(
            "idempotencyToken",
            Form::Flag,
            "In an input: the client makes one up where it is absent, so that a repeated request is known as such.",
        ),
        key("sensitive", Form::Flag, "Its value is secret and never printed."),
        key("docs", Form::Text, "Documentation in Markdown."),
        key("deprecated", Form::Text, "Why it should not be used any more."),
        key("label", Form::Flag, "It fills the URI label of its name."),
        key("query", Form::Text, "It is a query parameter of this name."),
        key("header", Form::Text, "It is a header of this name."),
        key(
            "headerPrefix",
            Form::Text,
            "Each entry of this map is a header: the prefix and the key.",
        ),
        key("payload", Form::Flag, "It is the whole body."),
        key("statusCode", Form::Flag, "It is the response's status code."),
        key("wire", Form::Text, "Its name in the body, where that is not its own."),
        key(
            "format",
            Form::Choice(|| words(TimestampFormat::ALL)),
            "How a timestamp is written here. Where it is not said, `rest` has RFC 3339 text (`date-time`), and any other protocol its own.",
        ),
        key("default", Form::Any, "What the service assumes when it is absent."),
        key(
            "flattened",
            Form::Flag,
            "The elements of this list or map stand beside the other members, without an element around them.",
        ),
        key("attribute", Form::Flag, "It is an attribute of the structure's XML element."),
        key("namespace", Form::TextOr(&NAMESPACE), "The XML namespace of its element."),
        key(
            "queryName",
            Form::Text,
            "Its name in an EC2 query, where that is another one than on the wire.",
        ),
        key("hostLabel", Form::Flag, "It fills the label of its name in the host prefix."),
        key(
            "endpointParam",
            Form::Text,
            "The parameter of the endpoint's rules that it gives a value to.",
        ),
        key(
            "endpointDiscoveryId",
            Form::Flag,
            "In an input, or a structure in one: the endpoint of the operation depends on it, where the service is asked for that.",
        ),
        key(
            "endpointOnly",
            Form::Flag,
            "It is no part of the message: the endpoint's rules place it.",
        ),
        key("jsonText", Form::Flag, "A document that travels as text that holds JSON."),
        key("eventHeader", Form::Flag, "In an event: it is a header of the message."),
        key("eventPayload", Form::Flag, "In an event: it is the whole payload of the message."),
    ],
};

pub(in crate::format) static NAMESPACE: Object = Object {
    name: "namespace",
    docs: "An XML namespace.",
    keys: &[
        must("uri", Form::Text, "Its address."),
        key("prefix", Form::Text, "The prefix that stands for it."),
    ],
};
