//! The table of keys: everything that may stand in a spec file.

use crate::model::{AcceptorState, Matcher, PageSource, Protocol, TimestampFormat};
use crate::words::nearest;

/// What a value may be.
#[derive(Debug)]
pub(super) enum Form {
    Text,
    /// The version of the format
    Version,
    Flag,
    /// A whole number of at least zero
    Count,
    /// An HTTP status between two others, both inclusive
    Status(u16, u16),
    Number,
    /// Any JSON value
    Any,
    /// Any JSON object
    AnyObject,
    Choice(fn() -> Vec<&'static str>),
    List(&'static Form),
    Map(&'static Form),
    Object(&'static Object),
    /// A string is short for an object
    TextOr(&'static Object),
    /// True, false, a string or an object
    ScalarOr(&'static Object),
}

/// An object with known keys.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) name: &'static str,
    pub(super) docs: &'static str,
    pub(super) keys: &'static [Key],
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
    pub(super) docs: &'static str,
}

impl Object {
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The key that was likely meant by a name that is none.
    pub(super) fn meant(&self, name: &str) -> Option<&'static str> {
        let keys: Vec<_> = self.keys.iter().map(|key| key.name).collect();
        if keys.contains(&name) { None } else { nearest(name, &keys) }
    }

    /// Its name in messages: `errorFormat` is an "error format" there.
    pub(super) fn noun(&self) -> String {
        let mut noun = String::new();
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() {
                noun.push(' ');
            }
            noun.push(letter.to_ascii_lowercase());
        }
        noun
    }
}

const fn key(name: &'static str, form: Form, docs: &'static str) -> Key {
    Key { name, form, required: false, docs }
}

const fn must(name: &'static str, form: Form, docs: &'static str) -> Key {
    Key { name, form, required: true, docs }
}

fn words<T>(all: &'static [(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}

pub(super) static SPEC: Object = Object {
    name: "spec",
    docs: "A service: who offers it, its operations and its shapes.",
    keys: &[
        key("$schema", Form::Text, "The JSON Schema of this format, for editors."),
        must("typefoundry", Form::Version, "The version of this format, which is \"1\"."),
        must(
            "service",
            Form::Object(&SERVICE),
            "Who offers the operations, and how they are reached.",
        ),
        key("operations", Form::Map(&Form::Object(&OPERATION)), "The operations, by name."),
        key("shapes", Form::Map(&Form::Object(&SHAPE)), "The named types, by name."),
        key(
            "waiters",
            Form::Map(&Form::Object(&WAITER)),
            "What can be waited for, by name: an operation that is called until its answer says so.",
        ),
    ],
};

pub(super) static SERVICE: Object = Object {
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

pub(super) static ENDPOINT: Object = Object {
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

pub(super) static ERROR_FORMAT: Object = Object {
    name: "errorFormat",
    docs: "How an error body is read: names are tried in order inside the envelope.",
    keys: &[
        key("envelope", Form::Text, "A JSON pointer to the object that holds the error's members."),
        key("code", Form::List(&Form::Text), "The members that may hold the code."),
        key("message", Form::List(&Form::Text), "The members that may hold the message."),
    ],
};

pub(super) static OPERATION: Object = Object {
    name: "operation",
    docs: "Something that the service can be asked.",
    keys: &[
        must("http", Form::Text, "Method and path: `GET /domains/{DomainName}`."),
        key("status", Form::Status(200, 399), "The status of success; any 2xx where absent."),
        key("docs", Form::Text, "Documentation in Markdown."),
        key("readonly", Form::Flag, "It changes nothing."),
        key("idempotent", Form::Flag, "Doing it twice is doing it once."),
        key("deprecated", Form::Text, "Why it should not be used any more."),
        key("input", Form::Map(&Form::TextOr(&MEMBER)), "The members of the input, by name."),
        key(
            "output",
            Form::Map(&Form::TextOr(&MEMBER)),
            "The members of the output, by name; absent if it returns nothing.",
        ),
        key("errors", Form::List(&Form::Text), "The error structures that it can answer with."),
        key("pages", Form::Object(&PAGES), "How its pages follow each other."),
        key("wire", Form::Text, "Its name in messages, where that is not its own."),
        key("root", Form::Object(&ROOT), "The root element of an XML request."),
        key("result", Form::Text, "The element of a query response that holds the output."),
        key("hostPrefix", Form::Text, "What stands before the endpoint's host: text with labels."),
        key(
            "endpointParams",
            Form::Map(&Form::ScalarOr(&PARAM)),
            "Parameters of the endpoint's rules that the operation sets, by name.",
        ),
        key(
            "auth",
            Form::List(&Form::Text),
            "The auth schemes, in order of preference, where they are not the service's.",
        ),
        key("unsignedBody", Form::Flag, "The signature does not cover the body."),
        key("checksum", Form::Object(&CHECKSUM), "The checksum of its bodies."),
        key("compressed", Form::Flag, "A large body may be sent compressed with gzip."),
        key(
            "endpointDiscovery",
            Form::Choice(|| vec!["optional", "required", "operation"]),
            "The service names the endpoint to use when asked, may or must be asked, or this operation asks it.",
        ),
        key(
            "traits",
            Form::List(&Form::Text),
            "Customs of the operation that the runtime carries out, by name.",
        ),
        key(
            "examples",
            Form::List(&Form::Object(&EXAMPLE)),
            "Example calls, which the mock answers with.",
        ),
    ],
};

pub(super) static ROOT: Object = Object {
    name: "root",
    docs: "The root element of an XML request.",
    keys: &[
        must("name", Form::Text, "Its name."),
        key("namespace", Form::Text, "The address of its namespace."),
    ],
};

pub(super) static PARAM: Object = Object {
    name: "param",
    docs: "A value that is found in the input.",
    keys: &[must("path", Form::Text, "A JMESPath expression over the input.")],
};

pub(super) static CHECKSUM: Object = Object {
    name: "checksum",
    docs: "The checksum of an operation's bodies.",
    keys: &[
        key("algorithm", Form::Text, "The input member that chooses the request's algorithm."),
        key("required", Form::Flag, "A request must have a checksum."),
        key("mode", Form::Text, "The input member that asks for the response's to be checked."),
        key("response", Form::List(&Form::Text), "The algorithms that a response may use."),
    ],
};

pub(super) static WAITER: Object = Object {
    name: "waiter",
    docs: "Something that can be waited for.",
    keys: &[
        must("operation", Form::Text, "The operation that is called."),
        key("docs", Form::Text, "Documentation in Markdown."),
        must(
            "delay",
            Form::Count,
            "Seconds between two calls; with `maxDelay`, the shortest pause.",
        ),
        key(
            "maxDelay",
            Form::Count,
            "Seconds of the longest pause: pauses grow, and each is a random part of what it could be.",
        ),
        key(
            "attempts",
            Form::Count,
            "How many calls at most; without it, whoever waits says how long.",
        ),
        must(
            "acceptors",
            Form::List(&Form::Object(&ACCEPTOR)),
            "What an answer means; the first that fits decides.",
        ),
    ],
};

pub(super) static ACCEPTOR: Object = Object {
    name: "acceptor",
    docs: "What an answer means to a waiter.",
    keys: &[
        must(
            "state",
            Form::Choice(|| words(AcceptorState::ALL)),
            "The waiter is done, has failed, or goes on.",
        ),
        must("matcher", Form::Choice(|| words(Matcher::ALL)), "What is looked at."),
        key("path", Form::Text, "With `path`, `pathAll` and `pathAny`: a JMESPath expression."),
        key(
            "inputOutput",
            Form::Flag,
            "The path begins above `input` and `output`, not in the output.",
        ),
        must(
            "expected",
            Form::Any,
            "What it must be: a value, a status, an error's code, or whether there is an error.",
        ),
    ],
};

pub(super) static PAGES: Object = Object {
    name: "pagination",
    docs: "How the pages of an operation follow each other: by `token` or by `number`.",
    keys: &[
        key(
            "token",
            Form::List(&Form::Any),
            "The input's and the output's token member; or several such pairs, each in brackets.",
        ),
        key(
            "more",
            Form::Text,
            "The output member, or the path to it, that says whether there are more pages.",
        ),
        key(
            "number",
            Form::Text,
            "The input member that holds the page's number, counted from one.",
        ),
        key(
            "total",
            Form::Text,
            "With `number`: the output member that holds the number of all items.",
        ),
        key("size", Form::Text, "The input member that limits a page."),
        must(
            "items",
            Form::Text,
            "The output member that holds a page's items, or the path to it: `DistributionList.Items`.",
        ),
        key(
            "others",
            Form::List(&Form::Text),
            "Other output members, or paths to them, that each page has a part of.",
        ),
        key(
            "first",
            Form::List(&Form::Text),
            "Output members, or paths to them, that are the same on all pages.",
        ),
        key(
            "source",
            Form::Choice(|| words(PageSource::ALL)),
            "Who says so: the provider's own data, the importer's inference or a person (the default).",
        ),
    ],
};

pub(super) static EXAMPLE: Object = Object {
    name: "example",
    docs: "An example call, in model form: member names as keys, RFC 3339 times, base64 blobs.",
    keys: &[
        must("title", Form::Text, "What it shows."),
        key("docs", Form::Text, "More about it, in Markdown."),
        key("input", Form::AnyObject, "The input."),
        key("output", Form::AnyObject, "The output."),
        key(
            "error",
            Form::Object(&EXAMPLE_ERROR),
            "The error that it ends in, instead of an output.",
        ),
    ],
};

pub(super) static EXAMPLE_ERROR: Object = Object {
    name: "exampleError",
    docs: "An error that an example call ends in.",
    keys: &[
        must("shape", Form::Text, "The error's shape."),
        key("value", Form::AnyObject, "Its members."),
    ],
};

pub(super) static SHAPE: Object = Object {
    name: "shape",
    docs: "A named type: exactly one of `type`, `enum`, `structure`, `union`, `list` and `map`.",
    keys: &[
        key(
            "type",
            Form::Choice(|| super::lower::BASE_TYPES.to_vec()),
            "A base type, with limits of its own.",
        ),
        key(
            "enum",
            Form::Map(&Form::Text),
            "Values, each with its documentation. Clients accept others too.",
        ),
        key(
            "structure",
            Form::Map(&Form::TextOr(&MEMBER)),
            "Members that stand together, by name.",
        ),
        key(
            "union",
            Form::Map(&Form::TextOr(&MEMBER)),
            "Members of which exactly one is there, by name.",
        ),
        key("list", Form::TextOr(&MEMBER), "The element of a list."),
        key("map", Form::TextOr(&MEMBER), "The value of a map."),
        key(
            "key",
            Form::TextOr(&MAP_KEY),
            "With `map`: the shape of its keys, a string or an enum. Default: string.",
        ),
        key("sparse", Form::Flag, "With `list` or `map`: null is an element."),
        key(
            "length",
            Form::Object(&LENGTH),
            "Characters of a string, bytes of a blob, elements of a list or map.",
        ),
        key("range", Form::Object(&RANGE), "The limits of a number."),
        key("pattern", Form::Text, "A regular expression that a string matches."),
        key("format", Form::Choice(|| words(TimestampFormat::ALL)), "How a timestamp is written."),
        key("error", Form::Object(&ERROR), "What makes a structure an error."),
        key("sensitive", Form::Flag, "Its values are secret and never printed."),
        key("deprecated", Form::Text, "Why it should not be used any more."),
        key("docs", Form::Text, "Documentation in Markdown."),
        key("streaming", Form::Flag, "A blob that is sent and received as a stream."),
        key("sized", Form::Flag, "With `streaming`: its length must be known before it is sent."),
        key("eventStream", Form::Flag, "A union whose members follow each other as a stream."),
    ],
};

pub(super) static MAP_KEY: Object = Object {
    name: "mapKey",
    docs: "The keys of a map.",
    keys: &[
        must("type", Form::Text, "A string or an enum."),
        key("wire", Form::Text, "The name of the element that holds a key."),
    ],
};

pub(super) static NAMESPACE: Object = Object {
    name: "namespace",
    docs: "An XML namespace.",
    keys: &[
        must("uri", Form::Text, "Its address."),
        key("prefix", Form::Text, "The prefix that stands for it."),
    ],
};

pub(super) static LENGTH: Object = Object {
    name: "length",
    docs: "Limits of a length, both inclusive.",
    keys: &[key("min", Form::Count, "At least."), key("max", Form::Count, "At most.")],
};

pub(super) static RANGE: Object = Object {
    name: "range",
    docs: "Limits of a number, both inclusive.",
    keys: &[key("min", Form::Number, "At least."), key("max", Form::Number, "At most.")],
};

pub(super) static ERROR: Object = Object {
    name: "error",
    docs: "What makes a structure an error.",
    keys: &[
        key("status", Form::Status(300, 599), "The HTTP status that it comes with."),
        key("fault", Form::Choice(|| vec!["client", "server"]), "Whose fault it is."),
        key(
            "code",
            Form::Text,
            "The code that names it, where that is not the shape's name. A code that is known decides before anything else.",
        ),
        key("codes", Form::List(&Form::Text), "Several codes that name it."),
        key(
            "has",
            Form::Text,
            "A member that only this error has. A body that holds it means this error, but only where it names no known code.",
        ),
        key("retryable", Form::Flag, "Trying again may help."),
        key("throttling", Form::Flag, "The caller is asked to slow down."),
        key(
            "message",
            Form::Text,
            "The member that holds the message, where it is not `message`, `Message` or `exceptionMessage`.",
        ),
    ],
};

pub(super) static MEMBER: Object = Object {
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
            "How a timestamp is written here.",
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
            "endpointOnly",
            Form::Flag,
            "It is no part of the message: the endpoint's rules place it.",
        ),
        key("jsonText", Form::Flag, "A document that travels as text that holds JSON."),
        key("eventHeader", Form::Flag, "In an event: it is a header of the message."),
        key("eventPayload", Form::Flag, "In an event: it is the whole payload of the message."),
    ],
};
