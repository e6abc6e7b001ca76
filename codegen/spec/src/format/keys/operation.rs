//! The keys of an operation, with its pages and examples.

use super::{Form, MEMBER, Object, key, must, words};
use crate::model::PageSource;

pub(in crate::format) static OPERATION: Object = Object {
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

pub(in crate::format) static ROOT: Object = Object {
    name: "root",
    docs: "The root element of an XML request.",
    keys: &[
        must("name", Form::Text, "Its name."),
        key("namespace", Form::Text, "The address of its namespace."),
    ],
};

pub(in crate::format) static PARAM: Object = Object {
    name: "param",
    docs: "A value that is found in the input.",
    keys: &[must("path", Form::Text, "A JMESPath expression over the input.")],
};

pub(in crate::format) static CHECKSUM: Object = Object {
    name: "checksum",
    docs: "The checksum of an operation's bodies.",
    keys: &[
        key("algorithm", Form::Text, "The input member that chooses the request's algorithm."),
        key("required", Form::Flag, "A request must have a checksum."),
        key("mode", Form::Text, "The input member that asks for the response's to be checked."),
        key("response", Form::List(&Form::Text), "The algorithms that a response may use."),
    ],
};

pub(in crate::format) static PAGES: Object = Object {
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

pub(in crate::format) static EXAMPLE: Object = Object {
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

pub(in crate::format) static EXAMPLE_ERROR: Object = Object {
    name: "exampleError",
    docs: "An error that an example call ends in.",
    keys: &[
        must("shape", Form::Text, "The error's shape."),
        key("value", Form::AnyObject, "Its members."),
    ],
};
