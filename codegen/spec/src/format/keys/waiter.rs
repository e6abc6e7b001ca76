//! The keys of a waiter.

use super::{Form, Object, key, must, words};
use crate::model::{AcceptorState, Matcher};

pub(in crate::format) static WAITER: Object = Object {
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

pub(in crate::format) static ACCEPTOR: Object = Object {
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
