//! The keys of a shape.

use super::{Form, MEMBER, Object, key, must, words};
use crate::model::TimestampFormat;

pub(in crate::format) static SHAPE: Object = Object {
    name: "shape",
    docs: "A named type: exactly one of `type`, `enum`, `structure`, `union`, `list` and `map`.",
    keys: &[
        key(
            "type",
            Form::Choice(|| crate::format::lower::BASE_TYPES.to_vec()),
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
        key(
            "format",
            Form::Choice(|| words(TimestampFormat::ALL)),
            "How a timestamp is written, as `format` of a member says it.",
        ),
        key("error", Form::Object(&ERROR), "What makes a structure an error."),
        key("sensitive", Form::Flag, "Its values are secret and never printed."),
        key("deprecated", Form::Text, "Why it should not be used any more."),
        key("docs", Form::Text, "Documentation in Markdown."),
        key("streaming", Form::Flag, "A blob that is sent and received as a stream."),
        key("sized", Form::Flag, "With `streaming`: its length must be known before it is sent."),
        key("eventStream", Form::Flag, "A union whose members follow each other as a stream."),
    ],
};

pub(in crate::format) static MAP_KEY: Object = Object {
    name: "mapKey",
    docs: "The keys of a map.",
    keys: &[
        must("type", Form::Text, "A string or an enum."),
        key("wire", Form::Text, "The name of the element that holds a key."),
    ],
};

pub(in crate::format) static LENGTH: Object = Object {
    name: "length",
    docs: "Limits of a length, both inclusive.",
    keys: &[key("min", Form::Count, "At least."), key("max", Form::Count, "At most.")],
};

pub(in crate::format) static RANGE: Object = Object {
    name: "range",
    docs: "Limits of a number, both inclusive.",
    keys: &[key("min", Form::Number, "At least."), key("max", Form::Number, "At most.")],
};

pub(in crate::format) static ERROR: Object = Object {
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
