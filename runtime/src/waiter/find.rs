//! What an expression finds in values.
//!
//! The rules are those of <https://jmespath.org/specification.html>, but that a function whose
//! argument is of the wrong type gives nothing instead of an error: nothing is what an answer
//! without the member says, and a waiter goes on then.

use crate::Document;
use crate::document::Number;
use crate::schema::Flags;
use crate::value::{self, Active, Structure, Union, View};
use std::cell::Cell;
use std::cmp::Ordering;
use typefoundry_jmespath::{Comparison, Expr, Function, Number as Literal, Value};

/// What is found.
#[derive(Clone, Debug)]
pub(super) enum Node<'a> {
    Nothing,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(&'a str),
    List(Vec<Self>),
    Structure(&'a dyn Structure),
    Union(&'a dyn Union),
    Map(&'a dyn value::Map),
    Document(&'a indexmap::IndexMap<String, Document>),
    /// The input and the output of a call
    Both(&'a dyn Structure, &'a dyn Structure),
    /// Something that nothing is compared with: an instant, or bytes
    Other,
}

impl<'a> From<View<'a>> for Node<'a> {
    fn from(view: View<'a>) -> Self {
        match view {
            View::Absent | View::Null => Self::Nothing,
            View::Bool(value) => Self::Bool(value),
            View::Integer(number) => Self::Whole(number.into()),
            View::Long(number) => Self::Whole(number),
            View::Float(number) => Self::Number(number.into()),
            View::Double(number) => Self::Number(number),
            View::String(text) => Self::Text(text),
            View::Blob(_) | View::Timestamp(_) => Self::Other,
            View::Document(document) => Self::from(document),
            View::Structure(structure) => Self::Structure(structure),
            View::Union(union) => Self::Union(union),
            View::Map(map) => Self::Map(map),
            View::List(list) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                Self::List(items.map(|item| Self::from(item.view())).collect())
            }
        }
    }
}

impl<'a> From<&'a Document> for Node<'a> {
    fn from(document: &'a Document) -> Self {
        match document {
            Document::Null => Self::Nothing,
            Document::Bool(value) => Self::Bool(*value),
            Document::Number(Number::Float(number)) => Self::Number(*number),
            Document::Number(Number::Negative(number)) => Self::Whole(*number),
            Document::Number(Number::Positive(number)) => {
                i64::try_from(*number).map_or_else(|_| Self::Number(float(*number)), Self::Whole)
            }
            Document::String(text) => Self::Text(text),
            Document::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Document::Object(entries) => Self::Document(entries),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "JMESPath's numbers are JSON's, which are floats")]
fn float(number: u64) -> f64 {
    number as f64
}

impl<'a> Node<'a> {
    fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The members of an object; nothing if it is none.
    fn entries(&self) -> Option<Vec<(&'a str, Self)>> {
        Some(match self {
            Self::Structure(structure) => {
                let (schema, members) = structure.split();
                let member = |(index, member): (usize, &'a crate::schema::MemberSchema)| {
                    let found = Self::from(members.member(index)?.view());
                    (!found.is_nothing()).then_some((&*member.name, found))
                };
                schema.members.iter().enumerate().filter_map(member).collect()
            }
            Self::Union(union) => match union.active() {
                (schema, Some(Active::Member(index, value))) => {
                    let name = schema.members.get(index).map(|member| &*member.name);
                    name.map(|name| (name, Self::from(value.view()))).into_iter().collect()
                }
                _ => Vec::new(),
            },
            Self::Map(map) => (0..map.len())
                .filter_map(|index| map.entry(index))
                .map(|(key, value)| (key, Self::from(value.view())))
                .collect(),
            Self::Document(entries) => {
                entries.iter().map(|(key, value)| (&**key, Self::from(value))).collect()
            }
            Self::Both(input, output) => {
                vec![("input", Self::Structure(*input)), ("output", Self::Structure(*output))]
            }
            _ => return None,
        })
    }

    fn is_true(&self) -> bool {
        match self {
            Self::Nothing | Self::Bool(false) => false,
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            other => other.entries().is_none_or(|entries| !entries.is_empty()),
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "numbers are compared as JSON's are")]
            Self::Whole(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(b)),
            _ => self.number()?.partial_cmp(&other.number()?),
        }
    }

    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
            }
            _ => match (self.entries(), other.entries()) {
                (Some(a), Some(b)) => {
                    let same = |(name, value): &(&str, Node<'_>)| {
                        b.iter().any(|(known, found)| known == name && found.equals(value))
                    };
                    a.len() == b.len() && a.iter().all(same)
                }
                _ => self.order(other) == Some(Ordering::Equal),
            },
        }
    }

    fn length(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::List(items) => Some(items.len()),
            other => other.entries().map(|entries| entries.len()),
        }
    }
}

/// Finds values.
#[derive(Debug, Default)]
pub(super) struct Finder {
    /// Whether a secret was on the way
    secret: Cell<bool>,
}

impl Finder {
    pub(super) fn met_a_secret(&self) -> bool {
        self.secret.get()
    }

    pub(super) fn find<'a>(&self, expr: &'a Expr, node: &Node<'a>) -> Node<'a> {
        match expr {
            Expr::Current => node.clone(),
            Expr::Member(name) => self.member(node, name),
            Expr::Index(index) => element(node, *index),
            Expr::Literal(literal) => match literal {
                Value::Bool(value) => Node::Bool(*value),
                Value::Number(Literal::Whole(number)) => Node::Whole(*number),
                Value::Number(number) => Node::Number(number.as_f64()),
                Value::Text(text) => Node::Text(text),
                // Lists and objects are not for specs.
                Value::Null | Value::List(_) | Value::Object(_) => Node::Nothing,
            },
            // These are not for specs either, and no expression that was read for one has them.
            Expr::Slice(_) | Expr::Object(_) | Expr::Reference(_) => Node::Nothing,
            Expr::Then(first, then) => match self.find(first, node) {
                // A literal or a function says something of nothing, too.
                Node::Nothing if matches!(**then, Expr::Member(_) | Expr::Index(_)) => {
                    Node::Nothing
                }
                found => self.find(then, &found),
            },
            Expr::Flatten(of) => match self.find(of, node) {
                Node::List(items) => {
                    let flat = items.into_iter().flat_map(|item| match item {
                        Node::List(items) => items,
                        item => vec![item],
                    });
                    Node::List(flat.collect())
                }
                _ => Node::Nothing,
            },
            Expr::Each(of, then) => match self.find(of, node) {
                Node::List(items) => self.each(&items, then),
                _ => Node::Nothing,
            },
            Expr::EachValue(of, then) => match self.find(of, node).entries() {
                Some(entries) => self
                    .each(&entries.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), then),
                None => Node::Nothing,
            },
            Expr::Filter { of, condition, then } => match self.find(of, node) {
                Node::List(mut items) => {
                    items.retain(|item| self.find(condition, item).is_true());
                    self.each(&items, then)
                }
                _ => Node::Nothing,
            },
            Expr::Compare(how, a, b) => compare(*how, &self.find(a, node), &self.find(b, node)),
            Expr::And(a, b) => match self.find(a, node) {
                found if found.is_true() => self.find(b, node),
                found => found,
            },
            Expr::Or(a, b) => match self.find(a, node) {
                found if found.is_true() => found,
                _ => self.find(b, node),
            },
            Expr::Not(inner) => Node::Bool(!self.find(inner, node).is_true()),
            Expr::List(_) if node.is_nothing() => Node::Nothing,
            Expr::List(items) => {
                Node::List(items.iter().map(|item| self.find(item, node)).collect())
            }
            Expr::Call(function, arguments) => {
                let arguments: Vec<_> =
                    arguments.iter().map(|argument| self.find(argument, node)).collect();
                call(*function, &arguments).unwrap_or(Node::Nothing)
            }
        }
    }

    fn each<'a>(&self, items: &[Node<'a>], then: &'a Expr) -> Node<'a> {
        let found = items.iter().map(|item| self.find(then, item));
        Node::List(found.filter(|node| !node.is_nothing()).collect())
    }

    fn member<'a>(&self, node: &Node<'a>, name: &str) -> Node<'a> {
        if let Node::Structure(structure) = node {
            let (schema, members) = structure.split();
            let Some(index) = schema.index_of(name) else { return Node::Nothing };
            if schema.members[index].flags.contains(Flags::SENSITIVE) {
                self.secret.set(true);
            }
            return members.member(index).map_or(Node::Nothing, |value| Node::from(value.view()));
        }
        let entry = node.entries().into_iter().flatten().find(|(known, _)| *known == name);
        entry.map_or(Node::Nothing, |(_, value)| value)
    }
}

/// An element; counted from the end if the index is below zero.
fn element<'a>(node: &Node<'a>, index: i64) -> Node<'a> {
    let Node::List(items) = node else { return Node::Nothing };
    let distance = usize::try_from(index.unsigned_abs()).ok();
    let index = distance.and_then(|distance| {
        if index < 0 { items.len().checked_sub(distance) } else { Some(distance) }
    });
    index.and_then(|index| items.get(index)).cloned().unwrap_or(Node::Nothing)
}

fn compare(how: Comparison, a: &Node<'_>, b: &Node<'_>) -> Node<'static> {
    let fits =
        |fits: fn(Ordering) -> bool| a.order(b).map_or(Node::Nothing, |it| Node::Bool(fits(it)));
    match how {
        Comparison::Equal => Node::Bool(a.equals(b)),
        Comparison::NotEqual => Node::Bool(!a.equals(b)),
        Comparison::Less => fits(Ordering::is_lt),
        Comparison::LessOrEqual => fits(Ordering::is_le),
        Comparison::Greater => fits(Ordering::is_gt),
        Comparison::GreaterOrEqual => fits(Ordering::is_ge),
    }
}

fn call<'a>(function: Function, arguments: &[Node<'a>]) -> Option<Node<'a>> {
    let first = arguments.first()?;
    Some(match function {
        Function::Length => Node::Whole(i64::try_from(first.length()?).ok()?),
        Function::Keys => {
            Node::List(first.entries()?.into_iter().map(|(key, _)| Node::Text(key)).collect())
        }
        Function::Values => {
            Node::List(first.entries()?.into_iter().map(|(_, value)| value).collect())
        }
        Function::NotNull => arguments.iter().find(|it| !it.is_nothing())?.clone(),
        Function::Contains => Node::Bool(match (first, arguments.get(1)?) {
            (Node::List(items), wanted) => items.iter().any(|item| item.equals(wanted)),
            (Node::Text(text), Node::Text(part)) => text.contains(part),
            (Node::Text(_), _) => false,
            _ => return None,
        }),
        Function::StartsWith | Function::EndsWith => match (first, arguments.get(1)?) {
            (Node::Text(text), Node::Text(part)) => Node::Bool(match function {
                Function::StartsWith => text.starts_with(part),
                _ => text.ends_with(part),
            }),
            _ => return None,
        },
        _ => return None,
    })
}
