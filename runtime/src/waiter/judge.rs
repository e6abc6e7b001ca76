//! Whether an answer is what an acceptor says, and both in words.

use super::find::{Finder, Node};
use super::machine::Answer;
use crate::error::{Error, ErrorKind};
use crate::schema::{Expected, Matcher, WaiterSchema, WaiterState, Which};
use std::fmt::Write;
use typefoundry_jmespath::Expr;

/// How much of a value is shown, in characters.
const SHOWN: usize = 80;

/// An acceptor, and the tree of its path.
#[derive(Clone, Debug)]
pub(super) struct Judge<'w> {
    pub(super) state: WaiterState,
    matcher: &'w Matcher,
    path: Option<Expr>,
}

/// The judges of a waiter, in their order.
pub(super) fn judges(waiter: &WaiterSchema) -> Result<Vec<Judge<'_>>, Error> {
    let judge = |acceptor: &'_ crate::schema::Acceptor| match &acceptor.matcher {
        Matcher::Path { path, .. } => {
            typefoundry_jmespath::parse(path).map(Some).map_err(|error| {
                let name = &waiter.name;
                let message =
                    format!("the path `{path}` of the waiter {name} cannot be read: {error}");
                Error::new(ErrorKind::Configuration, message)
            })
        }
        _ => Ok(None),
    };
    let made = waiter.acceptors.iter().map(|acceptor| {
        Ok(Judge { state: acceptor.state, matcher: &acceptor.matcher, path: judge(acceptor)? })
    });
    made.collect()
}

impl Judge<'_> {
    pub(super) fn fits(&self, answer: &Answer<'_>) -> bool {
        match self.matcher {
            Matcher::Status(status) => answer.status() == Some(*status),
            Matcher::Failed(failed) => match answer.outcome {
                Ok(_) => !failed,
                // Without an answer nobody knows.
                Err(error) => *failed && error.kind() == ErrorKind::Service,
            },
            Matcher::Error(wanted) => answer
                .outcome
                .err()
                .is_some_and(|error| error.code() == Some(wanted) || error.shape() == Some(wanted)),
            Matcher::Path { which, expected, .. } => {
                let expected = match expected {
                    Expected::Text(text) => Node::Text(text),
                    Expected::Bool(value) => Node::Bool(*value),
                };
                match (which, self.find(answer)) {
                    (Which::Whole, Some((found, _))) => found.equals(&expected),
                    (_, Some((Node::List(items), _))) if items.is_empty() => false,
                    (Which::All, Some((Node::List(items), _))) => {
                        items.iter().all(|item| item.equals(&expected))
                    }
                    (Which::Any, Some((Node::List(items), _))) => {
                        items.iter().any(|item| item.equals(&expected))
                    }
                    _ => false,
                }
            }
        }
    }

    /// What its path finds, and whether that is a secret; nothing if it has none, or there is no
    /// output.
    fn find<'a>(&'a self, answer: &Answer<'a>) -> Option<(Node<'a>, bool)> {
        let (expr, Ok((output, _))) = (self.path.as_ref()?, answer.outcome) else { return None };
        let root = match self.matcher {
            Matcher::Path { both: true, .. } => Node::Both(answer.input, output),
            _ => Node::Structure(output),
        };
        let finder = Finder::default();
        let found = finder.find(expr, &root);
        Some((found, finder.met_a_secret()))
    }

    /// What it says of an answer that it fits.
    pub(super) fn words(&self) -> String {
        match self.matcher {
            Matcher::Status(status) => format!("the HTTP status is {status}"),
            Matcher::Error(code) => format!("the error is {code}"),
            Matcher::Failed(true) => "the call failed".to_owned(),
            Matcher::Failed(false) => "the call succeeded".to_owned(),
            Matcher::Path { path, which, expected, .. } => {
                let expected = match expected {
                    Expected::Text(text) => format!("{text:?}"),
                    Expected::Bool(value) => value.to_string(),
                };
                match which {
                    Which::Whole => format!("`{path}` is {expected}"),
                    Which::All => format!("all of `{path}` are {expected}"),
                    Which::Any => format!("one of `{path}` is {expected}"),
                }
            }
        }
    }
}

/// The state that an answer shows: what the paths of the judges find, or the error.
pub(super) fn state(judges: &[Judge<'_>], answer: &Answer<'_>) -> String {
    if let Err(error) = answer.outcome {
        return match error.code() {
            Some(code) => format!("the last answer is the error {code}"),
            None => "the last call had no answer".to_owned(),
        };
    }
    let mut told: Vec<(&str, String)> = Vec::new();
    for judge in judges {
        if let Matcher::Path { path, .. } = judge.matcher
            && !told.iter().any(|(known, _)| *known == path)
            && let Some((found, secret)) = judge.find(answer)
        {
            told.push((path, if secret { "a secret".to_owned() } else { shown(&found) }));
        }
    }
    if told.is_empty() {
        let status = answer.status().map(|status| format!("the last HTTP status is {status}"));
        return status.unwrap_or_default();
    }
    let told: Vec<_> = told.iter().map(|(path, found)| format!("`{path}` is {found}")).collect();
    told.join(", ")
}

/// A value in a few words: the texts of a list once each.
fn shown(node: &Node<'_>) -> String {
    let text = match node {
        Node::Nothing => "absent".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Whole(number) => number.to_string(),
        Node::Number(number) => number.to_string(),
        Node::Text(text) => format!("{text:?}"),
        Node::List(items) if items.is_empty() => "an empty list".to_owned(),
        Node::List(items) => {
            let mut seen: Vec<(String, usize)> = Vec::new();
            for item in items {
                let text = shown(item);
                match seen.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, count)) => *count += 1,
                    None => seen.push((text, 1)),
                }
            }
            let mut text = String::from("[");
            for (index, (item, count)) in seen.iter().enumerate() {
                let comma = if index > 0 { ", " } else { "" };
                let times = if *count > 1 { format!(" ({count} times)") } else { String::new() };
                let _ = write!(text, "{comma}{item}{times}");
            }
            text + "]"
        }
        _ => "there".to_owned(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
