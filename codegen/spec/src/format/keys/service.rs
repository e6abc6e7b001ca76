//! The keys of a service.

use super::{Form, Object, key, must, words};
use crate::model::Protocol;

pub(in crate::format) static SERVICE: Object = Object {
    name: "service",
    docs: "Who offers the operations, and how they are reached.",
    keys: &[
        must("id", Form::Text, "`provider/service` in kebab case, such as `aws/ivs-realtime`."),
        must("title", Form::Text, "The name that people use."),
        key("version", Form::Text, "The version of the API, as the provider writes it."),
        key("docs", Form::Text, "Documentation in Markdown."),
        key("protocol", Form::Choice(|| words(Protocol::ALL)), "How operations become messages."),
        key(
            "protocols",
            Form::List(&Form::Choice(|| words(Protocol::ALL))),
            "All the protocols that the service speaks, where that is more than `protocol`.",
        ),
        key(
            "target",
            Form::Text,
            "What stands before an operation's name in the messages of RPC protocols: `DynamoDB_20120810`.",
        ),
        key(
            "http2",
            Form::Choice(|| vec!["optional", "event-streams"]),
            "Where the service speaks HTTP/2: everywhere, or for event streams, which need it.",
        ),
        key(
            "traits",
            Form::List(&Form::Text),
            "Customs of the service that the runtime carries out, by name.",
        ),
        key(
            "auth",
            Form::Map(&Form::AnyObject),
            "Auth schemes with their settings, in order of preference: `sigv4` {name}, `ncp-v2`, `bearer`, `api-key` {header}, `none`.",
        ),
        key("endpoint", Form::Object(&ENDPOINT), "Where requests go."),
        key(
            "headers",
            Form::Map(&Form::Text),
            "Headers that every request carries; a value may hold `{region}`.",
        ),
        key(
            "errors",
            Form::Object(&ERROR_FORMAT),
            "How an error body is read where the protocol does not say.",
        ),
    ],
};

pub(in crate::format) static ENDPOINT: Object = Object {
    name: "endpoint",
    docs: "Where requests go.",
    keys: &[
        must("url", Form::Text, "The base URL; `{region}` stands for the region."),
        key("region", Form::Text, "The region where none is configured."),
        key(
            "rules",
            Form::AnyObject,
            "The rules of AWS's endpoints: a rule set, or the name of a template with its values.",
        ),
    ],
};

pub(in crate::format) static ERROR_FORMAT: Object = Object {
    name: "errorFormat",
    docs: "How an error body is read: names are tried in order inside the envelope.",
    keys: &[
        key("envelope", Form::Text, "A JSON pointer to the object that holds the error's members."),
        key("code", Form::List(&Form::Text), "The members that may hold the code."),
        key("message", Form::List(&Form::Text), "The members that may hold the message."),
    ],
};
