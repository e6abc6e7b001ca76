//! Holds a JSON tree against the table of keys.

use super::keys::{self, Form, Key, Object};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::{self, Json};
use crate::location::{At, Span};
use crate::words::{a, listed, nearest, suggest};

/// Reports every key and value of `tree` that `object` does not allow.
pub(super) fn conform(tree: &Json, object: &'static Object, at: At, diagnostics: &mut Diagnostics) {
    let Json::Object(entries) = tree else {
        let message = format!("a {} is an object, not {}", object.noun(), tree.kind());
        diagnostics.push(
            Diagnostic::new(&codes::WRONG_TYPE, Span::value(at), message)
                .help("write it in braces, like {\"typefoundry\": \"1\", \"service\": {…}}"),
        );
        return;
    };
    for (index, (name, value)) in distinct(entries, at, diagnostics) {
        let place = diagnostics.child(at, index);
        match object.key(name) {
            Some(key) => value_conforms(value, &key.form, name, place, diagnostics),
            None => diagnostics.push(unknown_key(name, object, place)),
        }
    }
    // A misspelt key is one mistake, not an unknown key and a missing one.
    let is_there = |key: &Key| {
        let spells = |name: &str| {
            name == key.name || object.meant(name) == Some(key.name) || is_of_shapes(name, object)
        };
        entries.iter().any(|(name, _)| spells(name))
    };
    for key in object.keys.iter().filter(|key| key.required && !is_there(key)) {
        diagnostics.push(
            Diagnostic::new(
                &codes::MISSING_KEY,
                Span::key(at),
                format!("the {} has no `{}`", object.noun(), key.name),
            )
            .help(format!("add `{}`: {}", key.name, phrase(key.docs))),
        );
    }
}

fn value_conforms(
    value: &Json,
    form: &'static Form,
    name: &str,
    at: At,
    diagnostics: &mut Diagnostics,
) {
    match (form, value) {
        (Form::Any, _) | (Form::AnyObject, Json::Object(_)) => {
            any_conforms(value, at, diagnostics);
        }
        (Form::Text | Form::Version | Form::TextOr(_), Json::String(_))
        | (Form::Flag, Json::Bool(_))
        | (Form::ScalarOr(_), Json::Bool(_) | Json::String(_))
        | (Form::Number, Json::Number(_)) => {}
        (Form::Count, Json::Number(number)) if number.is_u64() => {}
        (Form::Status(first, last), Json::Number(number)) => {
            let range = u64::from(*first)..=u64::from(*last);
            if !number.as_u64().is_some_and(|status| range.contains(&status)) {
                let message =
                    format!("`{name}` takes a whole number from {first} to {last}, not {number}");
                diagnostics.push(
                    Diagnostic::new(&codes::BAD_STATUS, Span::value(at), message)
                        .help("write the status that the service answers with, or leave it out"),
                );
            }
        }
        (Form::Choice(choices), Json::String(word)) => {
            let choices = choices();
            if !choices.contains(&word.as_str()) {
                diagnostics.push(unknown_choice(name, word, &choices, at));
            }
        }
        (Form::List(item), Json::Array(items)) => {
            for (index, element) in items.iter().enumerate() {
                let place = diagnostics.child(at, index);
                value_conforms(element, item, name, place, diagnostics);
            }
        }
        (Form::Map(item), Json::Object(entries)) => {
            for (index, (key, element)) in distinct(entries, at, diagnostics) {
                let place = diagnostics.child(at, index);
                value_conforms(element, item, key, place, diagnostics);
            }
        }
        (Form::Object(object) | Form::TextOr(object) | Form::ScalarOr(object), Json::Object(_)) => {
            conform(value, object, at, diagnostics);
        }
        _ => diagnostics.push(wrong_type(name, form, value, at)),
    }
}

/// Any value goes, but not a key that stands twice in it.
fn any_conforms(value: &Json, at: At, diagnostics: &mut Diagnostics) {
    match value {
        Json::Object(entries) => {
            for (index, (_, value)) in distinct(entries, at, diagnostics) {
                let place = diagnostics.child(at, index);
                any_conforms(value, place, diagnostics);
            }
        }
        Json::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let place = diagnostics.child(at, index);
                any_conforms(value, place, diagnostics);
            }
        }
        _ => {}
    }
}

/// The entries of an object without those whose key stood before, which are reported.
fn distinct<'a>(
    entries: &'a [(String, Json)],
    at: At,
    diagnostics: &mut Diagnostics,
) -> Vec<(usize, (&'a str, &'a Json))> {
    let mut distinct = Vec::with_capacity(entries.len());
    let firsts = json::firsts(entries);
    for ((index, (name, value)), first) in entries.iter().enumerate().zip(firsts) {
        if first == index {
            distinct.push((index, (name.as_str(), value)));
            continue;
        }
        let here = diagnostics.child(at, index);
        let there = diagnostics.child(at, first);
        diagnostics.push(
            Diagnostic::new(
                &codes::DUPLICATE_KEY,
                Span::key(here),
                format!("the key `{name}` stands twice"),
            )
            .label("it stands here again")
            .related(Span::key(there), "the first one")
            .help("remove one of them, or rename it"),
        );
    }
    distinct
}

fn wrong_type(name: &str, form: &Form, value: &Json, at: At) -> Diagnostic {
    let takes = match form {
        Form::Text | Form::Version | Form::Choice(_) => "a string",
        Form::TextOr(_) => "a string or an object",
        Form::ScalarOr(_) => "a string, true, false or an object",
        Form::Flag => "true or false",
        Form::Count => "a whole number of at least zero",
        Form::Status(..) => "a whole number",
        Form::Number => "a number",
        Form::List(_) => "an array",
        Form::Map(_) | Form::Object(_) | Form::AnyObject | Form::Any => "an object",
    };
    let given = match value {
        Json::Number(number) if matches!(form, Form::Count) => format!("{number}"),
        value => value.kind().to_owned(),
    };
    let message = format!("`{name}` takes {takes}, not {given}");
    let diagnostic = Diagnostic::new(&codes::WRONG_TYPE, Span::value(at), message);
    let wants_bare = matches!(form, Form::Flag | Form::Count | Form::Status(..) | Form::Number);
    diagnostic.help(match (form, value) {
        (_, Json::String(text)) if wants_bare && is_bare(text) => {
            format!("write {text} without quotes")
        }
        (Form::Text | Form::Version | Form::Choice(_), Json::Number(_) | Json::Bool(_)) => {
            format!("write \"{value}\" with quotes")
        }
        (Form::List(Form::Text), Json::String(text)) => {
            format!("write [\"{text}\"], even where there is only one")
        }
        (_, Json::Null) => "give it a value, or leave the key out".to_owned(),
        (Form::Object(object) | Form::TextOr(object) | Form::ScalarOr(object), _) => {
            let keys: Vec<_> = object.keys.iter().map(|key| key.name).collect();
            format!("{} has the keys {}", a(&object.noun()), listed(&keys))
        }
        (Form::Text | Form::Version | Form::Choice(_), _) => "write it in double quotes".to_owned(),
        (Form::Flag, _) => "write true or false, without quotes".to_owned(),
        (Form::Count, Json::Number(_)) => "it counts something: write 0, 1, 2, …".to_owned(),
        (Form::Count | Form::Status(..) | Form::Number, _) => "write it without quotes".to_owned(),
        (Form::List(_), _) => "write it in brackets, like [\"…\"]".to_owned(),
        (Form::Map(_) | Form::AnyObject | Form::Any, _) => {
            "write it in braces, like {\"…\": …}".to_owned()
        }
    })
}

/// Whether a string would be a value without its quotes.
fn is_bare(text: &str) -> bool {
    matches!(text, "true" | "false") || text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn unknown_key(name: &str, object: &Object, at: At) -> Diagnostic {
    let keys: Vec<_> = object.keys.iter().map(|key| key.name).collect();
    Diagnostic::new(
        &codes::UNKNOWN_KEY,
        Span::key(at),
        format!("{} has no key `{name}`", a(&object.noun())),
    )
    .help(if is_of_shapes(name, object) {
        format!("`{name}` is said of shapes: define one under `shapes`, and name it as the `type`")
    } else {
        suggest(name, &keys, "key")
    })
}

/// Whether a member says what only a shape can say, in place of a shape's name.
fn is_of_shapes(name: &str, object: &Object) -> bool {
    std::ptr::eq(object, &raw const keys::MEMBER)
        && object.key(name).is_none()
        && keys::SHAPE.key(name).is_some()
}

fn unknown_choice(name: &str, word: &str, choices: &[&str], at: At) -> Diagnostic {
    let help = match nearest(word, choices) {
        Some(meant) => format!("did you mean `{meant}`? The choices are {}", listed(choices)),
        None => format!("the choices are {}", listed(choices)),
    };
    let message = format!("`{word}` is not a choice for `{name}`");
    Diagnostic::new(&codes::UNKNOWN_CHOICE, Span::value(at), message).help(help)
}

/// A sentence as part of another one.
fn phrase(sentence: &str) -> String {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
