//! The way from an input to the values of an endpoint parameter: a small part of `JMESPath`
//! (<https://jmespath.org/specification.html>), which `operationContextParams` is limited to:
//! <https://smithy.io/2.0/additional-specs/rules-engine/parameters.html>.
//!
//! Members, `[*]`, `[]`, `[a, b]`, `keys(…)`, `@` and pipes.

use super::error::EndpointError;
use crate::value::{Active, Structure, Value, View};
use std::borrow::Cow;

/// A path into an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    /// Each element by itself
    Each,
    /// The elements of the elements, each by itself
    Flatten,
    /// A list of what these find
    Select(Vec<Path>),
    Keys,
    /// What follows is of the whole again.
    Pipe,
}

impl Path {
    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let mut parser = Parser { rest: text };
        let path = parser.pipes().and_then(|path| match parser.rest.chars().next() {
            None => Ok(path),
            Some(c) => Err(format!("nothing is known that begins with `{c}`")),
        });
        path.map_err(|reason| EndpointError::Path { path: text.to_owned(), reason })
    }

    /// The text that it finds.
    pub fn text<'a>(&self, input: &'a dyn Structure) -> Option<Cow<'a, str>> {
        match self.find(input) {
            Node::Value(value) => match value.view() {
                View::String(text) => Some(Cow::Borrowed(text)),
                _ => None,
            },
            Node::Text(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    /// The texts of the list that it finds; nothing if it does not find a list.
    pub fn texts<'a>(&self, input: &'a dyn Structure) -> Option<Vec<Cow<'a, str>>> {
        let items = self.find(input).items()?;
        let text = |node: &Node<'a>| match node {
            Node::Value(value) => match value.view() {
                View::String(text) => Some(Cow::Borrowed(text)),
                _ => None,
            },
            Node::Text(text) => Some(Cow::Borrowed(*text)),
            _ => None,
        };
        Some(items.iter().filter_map(text).collect())
    }

    fn find<'a>(&self, input: &'a dyn Structure) -> Node<'a> {
        walk(&self.0, Node::Input(input))
    }
}

/// What is found on the way.
#[derive(Clone)]
enum Node<'a> {
    Nothing,
    Input(&'a dyn Structure),
    Value(&'a dyn Value),
    Text(&'a str),
    List(Vec<Node<'a>>),
}

impl<'a> Node<'a> {
    fn of(value: Option<&'a dyn Value>) -> Self {
        match value.map(Value::view) {
            None | Some(View::Absent | View::Null) => Self::Nothing,
            Some(_) => value.map_or(Self::Nothing, Self::Value),
        }
    }

    fn member(&self, name: &str) -> Self {
        match self {
            Self::Input(input) => Self::of(input.get(name)),
            Self::Value(value) => match value.view() {
                View::Structure(structure) => Self::of(structure.get(name)),
                View::Union(union) => match union.active() {
                    (schema, Some(Active::Member(index, value)))
                        if schema.index_of(name) == Some(index) =>
                    {
                        Self::of(Some(value))
                    }
                    _ => Self::Nothing,
                },
                View::Map(map) => {
                    let mut entries = (0..map.len()).filter_map(|index| map.entry(index));
                    Self::of(entries.find(|(key, _)| *key == name).map(|(_, value)| value))
                }
                _ => Self::Nothing,
            },
            _ => Self::Nothing,
        }
    }

    /// The elements of a list; nothing if it is none.
    fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::List(items) => Some(items.clone()),
            Self::Value(value) => match value.view() {
                View::List(list) => {
                    Some((0..list.len()).map(|index| Self::of(list.item(index))).collect())
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn keys(&self) -> Self {
        let Self::Value(value) = self else {
            return Self::Nothing;
        };
        match value.view() {
            View::Map(map) => {
                let entries = (0..map.len()).filter_map(|index| map.entry(index));
                Self::List(entries.map(|(key, _)| Self::Text(key)).collect())
            }
            _ => Self::Nothing,
        }
    }
}

fn walk<'a>(steps: &[Step], node: Node<'a>) -> Node<'a> {
    let Some((step, rest)) = steps.split_first() else {
        return node;
    };
    match step {
        Step::Member(name) => walk(rest, node.member(name)),
        Step::Each => match node.items() {
            Some(items) => each(items, rest),
            None => walk(behind(rest).1, Node::Nothing),
        },
        Step::Flatten => match node.items() {
            Some(items) => {
                let flat = items.into_iter().flat_map(|item| match item.items() {
                    Some(items) => items,
                    None => vec![item],
                });
                each(flat.collect(), rest)
            }
            None => walk(behind(rest).1, Node::Nothing),
        },
        Step::Select(paths) => {
            let selected = match node {
                Node::Nothing => Node::Nothing,
                node => Node::List(paths.iter().map(|path| walk(&path.0, node.clone())).collect()),
            };
            walk(rest, selected)
        }
        Step::Keys => walk(rest, node.keys()),
        Step::Pipe => walk(rest, node),
    }
}

/// Goes on from each element; those that lead nowhere are left out.
fn each<'a>(items: Vec<Node<'a>>, rest: &[Step]) -> Node<'a> {
    let (own, rest) = behind(rest);
    let found = items.into_iter().map(|item| walk(own, item));
    walk(rest, Node::List(found.filter(|node| !matches!(node, Node::Nothing)).collect()))
}

/// The steps that are taken from each element, and those that are taken from their list.
fn behind(steps: &[Step]) -> (&[Step], &[Step]) {
    let end = steps.iter().position(|step| matches!(step, Step::Flatten | Step::Pipe | Step::Keys));
    steps.split_at(end.unwrap_or(steps.len()))
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn skip(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.skip(token) { Ok(()) } else { Err(format!("a `{token}` is missing")) }
    }

    fn name(&mut self) -> Result<&str, String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err("the name of a member is missing".to_owned());
        }
        self.rest = rest.trim_start();
        Ok(name)
    }

    fn pipes(&mut self) -> Result<Path, String> {
        let mut steps = self.path()?;
        while self.skip("|") {
            steps.push(Step::Pipe);
            steps.append(&mut self.path()?);
        }
        Ok(Path(steps))
    }

    fn path(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        if self.skip("@") || self.rest.starts_with('[') {
            // It begins where it is.
        } else {
            self.member_or_keys(&mut steps)?;
        }
        loop {
            if self.skip("[*]") {
                steps.push(Step::Each);
            } else if self.skip("[]") {
                steps.push(Step::Flatten);
            } else if steps.is_empty() && self.skip("[") {
                steps.push(self.select()?);
            } else if self.skip(".") {
                if self.skip("[") {
                    steps.push(self.select()?);
                } else {
                    let name = self.name()?.to_owned();
                    steps.push(Step::Member(name));
                }
            } else {
                return Ok(steps);
            }
        }
    }

    fn member_or_keys(&mut self, steps: &mut Vec<Step>) -> Result<(), String> {
        let name = self.name()?.to_owned();
        if !self.skip("(") {
            steps.push(Step::Member(name));
            return Ok(());
        }
        if name != "keys" {
            return Err(format!("there is no function `{name}`; there is `keys`"));
        }
        steps.append(&mut self.path()?);
        steps.push(Step::Keys);
        self.expect(")")
    }

    fn select(&mut self) -> Result<Step, String> {
        let mut paths = Vec::new();
        loop {
            paths.push(self.pipes()?);
            if !self.skip(",") {
                self.expect("]")?;
                return Ok(Step::Select(paths));
            }
        }
    }
}
