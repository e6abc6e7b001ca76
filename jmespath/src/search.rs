//! What an expression finds in a value. The rules are those of jmespath.py, where the language's own
//! text leaves something open, since the AWS CLI's users have its answers.

mod budget;
mod call;

use crate::{Comparison, Expr, Number, Object, SearchError, Value};
use budget::Budget;
use std::cmp::Ordering;
use std::rc::Rc;

impl Expr {
    /// What it finds in a value.
    pub fn search(&self, value: &Value) -> Result<Value, SearchError> {
        let cx = Budget::new(value);
        find(&cx, self, &Node::Value(value))?.into_value(&cx)
    }
}

/// What is found: a part of what was asked, or something made of such parts.
#[derive(Clone)]
enum Node<'a> {
    Value(&'a Value),
    List(Rc<Vec<Self>>),
    Object(Rc<Vec<(&'a str, Self)>>),
    /// Text, a number, true, false or nothing
    Made(Value),
    /// An expression for a function to ask
    Expression(&'a Expr),
}

static NULL: Value = Value::Null;

type Found<'a> = Result<Node<'a>, SearchError>;

impl<'a> Node<'a> {
    const NOTHING: Self = Self::Value(&NULL);

    fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(items))
    }

    fn number(number: impl Into<Number>) -> Self {
        Self::Made(Value::Number(number.into()))
    }

    fn bool(value: bool) -> Self {
        Self::Made(Value::Bool(value))
    }

    /// The scalar that it is, or the value that it points at.
    fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Made(value) => Some(value),
            _ => None,
        }
    }

    fn is_nothing(&self) -> bool {
        self.value().is_some_and(Value::is_null)
    }

    fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::Value(Value::List(items)) => Some(items.iter().map(Node::Value).collect()),
            Self::List(items) => Some((**items).clone()),
            _ => None,
        }
    }

    fn members(&self) -> Option<Vec<(&'a str, Self)>> {
        match self {
            Self::Value(Value::Object(object)) => {
                Some(object.iter().map(|(name, value)| (name, Node::Value(value))).collect())
            }
            Self::Object(members) => Some((**members).clone()),
            _ => None,
        }
    }

    fn member(&self, name: &str) -> Self {
        match self {
            Self::Value(Value::Object(object)) => {
                object.get(name).map_or(Self::NOTHING, Node::Value)
            }
            Self::Object(members) => {
                let member = members.iter().find(|(known, _)| *known == name);
                member.map_or(Self::NOTHING, |(_, value)| value.clone())
            }
            _ => Self::NOTHING,
        }
    }

    fn text(&self) -> Option<&str> {
        match self.value() {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self.value() {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The name of its type.
    fn kind(&self) -> &'static str {
        match self {
            Self::Expression(_) => "expref",
            Self::List(_) | Self::Value(Value::List(_)) => "array",
            Self::Object(_) | Self::Value(Value::Object(_)) => "object",
            _ => match self.value() {
                Some(Value::Bool(_)) => "boolean",
                Some(Value::Number(_)) => "number",
                Some(Value::Text(_)) => "string",
                _ => "null",
            },
        }
    }

    fn is_true(&self) -> bool {
        match self {
            Self::List(items) => !items.is_empty(),
            Self::Object(members) => !members.is_empty(),
            Self::Expression(_) => true,
            _ => match self.value() {
                None | Some(Value::Null | Value::Bool(false)) => false,
                Some(Value::Text(text)) => !text.is_empty(),
                Some(Value::List(items)) => !items.is_empty(),
                Some(Value::Object(object)) => !object.is_empty(),
                Some(Value::Bool(true) | Value::Number(_)) => true,
            },
        }
    }

    fn equals(&self, cx: &Budget<'_>, other: &Self) -> Result<bool, SearchError> {
        if let (Some(a), Some(b)) = (self.value(), other.value()) {
            return Ok(a == b);
        }
        cx.spend(self.width())?;
        if let (Some(a), Some(b)) = (self.items(), other.items()) {
            let mut pairs = a.iter().zip(&b);
            let differs = a.len() != b.len()
                || pairs.try_fold(false, |differs, (a, b)| Ok(differs || !a.equals(cx, b)?))?;
            return Ok(!differs);
        }
        let (Some(a), Some(b)) = (self.members(), other.members()) else { return Ok(false) };
        for (name, value) in &a {
            match b.iter().find(|(known, _)| known == name) {
                Some((_, found)) if value.equals(cx, found)? => {}
                _ => return Ok(false),
            }
        }
        Ok(a.len() == b.len())
    }

    /// How much it is, without what is in its parts.
    fn width(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            Self::Object(members) => members.len(),
            Self::Made(value) => budget::size(value),
            _ => 0,
        }
    }

    /// The order of two numbers or two texts.
    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self.as_number(), other.as_number()) {
            (Some(a), Some(b)) => a.order(b),
            _ => Some(self.text()?.cmp(other.text()?)),
        }
    }

    /// The order of two elements that are sorted: numbers alone or texts alone.
    fn place(&self, other: &Self) -> Ordering {
        match (self.as_number(), other.as_number()) {
            (Some(a), Some(b)) => a.place(b),
            _ => self.text().cmp(&other.text()),
        }
    }

    fn into_value(self, cx: &Budget<'_>) -> Result<Value, SearchError> {
        cx.spend(self.width())?;
        Ok(match self {
            Self::Value(value) => {
                cx.spend(budget::size(value))?;
                value.clone()
            }
            Self::Made(value) => value,
            Self::Expression(_) => Value::Null,
            Self::List(items) => {
                let items = Rc::try_unwrap(items).unwrap_or_else(|items| (*items).clone());
                let values = items.into_iter().map(|item| item.into_value(cx));
                Value::List(values.collect::<Result<_, _>>()?)
            }
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, node)| Ok(((*name).to_owned(), node.clone().into_value(cx)?)));
                Value::Object(members.collect::<Result<Object, _>>()?)
            }
        })
    }
}

fn find<'a>(cx: &Budget<'_>, expr: &'a Expr, node: &Node<'a>) -> Found<'a> {
    let found = match expr {
        Expr::Current => node.clone(),
        Expr::Member(name) => node.member(name),
        Expr::Index(index) => element(node, *index),
        Expr::Slice(parts) => match node.items() {
            Some(items) => slice(&items, *parts)?,
            None => Node::NOTHING,
        },
        Expr::Literal(value) => Node::Value(value),
        Expr::Then(first, then) => find(cx, then, &find(cx, first, node)?)?,
        Expr::Flatten(of) => match find(cx, of, node)?.items() {
            Some(items) => {
                let flat = items.into_iter().flat_map(|item| match item.items() {
                    Some(items) => items,
                    None => vec![item],
                });
                Node::list(flat.collect())
            }
            None => Node::NOTHING,
        },
        Expr::Each(of, then) => match find(cx, of, node)?.items() {
            Some(items) => each(cx, items, then)?,
            None => Node::NOTHING,
        },
        Expr::EachValue(of, then) => match find(cx, of, node)?.members() {
            Some(members) => each(cx, members.into_iter().map(|(_, value)| value), then)?,
            None => Node::NOTHING,
        },
        Expr::Filter { of, condition, then } => match find(cx, of, node)?.items() {
            Some(items) => {
                let mut fitting = Vec::new();
                for item in items {
                    if find(cx, condition, &item)?.is_true() {
                        fitting.push(item);
                    }
                }
                each(cx, fitting, then)?
            }
            None => Node::NOTHING,
        },
        Expr::Compare(how, a, b) => compare(cx, *how, &find(cx, a, node)?, &find(cx, b, node)?)?,
        Expr::And(a, b) => match find(cx, a, node)? {
            found if found.is_true() => find(cx, b, node)?,
            found => found,
        },
        Expr::Or(a, b) => match find(cx, a, node)? {
            found if found.is_true() => found,
            _ => find(cx, b, node)?,
        },
        Expr::Not(inner) => Node::bool(!find(cx, inner, node)?.is_true()),
        Expr::List(_) | Expr::Object(_) if node.is_nothing() => Node::NOTHING,
        Expr::List(items) => {
            let found: Result<_, _> = items.iter().map(|item| find(cx, item, node)).collect();
            Node::list(found?)
        }
        Expr::Object(members) => {
            let mut made: Vec<(&str, Node<'_>)> = Vec::new();
            for (name, member) in members {
                let found = find(cx, member, node)?;
                match made.iter_mut().find(|(known, _)| known == name) {
                    Some((_, place)) => *place = found,
                    None => made.push((name, found)),
                }
            }
            Node::Object(Rc::new(made))
        }
        Expr::Reference(inner) => Node::Expression(inner),
        Expr::Call(function, arguments) => {
            let arguments: Result<Vec<_>, _> =
                arguments.iter().map(|argument| find(cx, argument, node)).collect();
            call::call(cx, *function, &arguments?)?
        }
    };
    cx.spend(found.width())?;
    Ok(found)
}

fn each<'a>(
    cx: &Budget<'_>,
    items: impl IntoIterator<Item = Node<'a>>,
    then: &'a Expr,
) -> Found<'a> {
    let mut found = Vec::new();
    for item in items {
        let item = find(cx, then, &item)?;
        if !item.is_nothing() {
            found.push(item);
        }
    }
    Ok(Node::list(found))
}

/// An element; counted from the end if the index is below zero.
fn element<'a>(node: &Node<'a>, index: i64) -> Node<'a> {
    let place = |length: usize| {
        let distance = usize::try_from(index.unsigned_abs()).ok()?;
        if index < 0 { length.checked_sub(distance) } else { Some(distance) }
    };
    let found = match node {
        Node::Value(Value::List(items)) => {
            place(items.len()).and_then(|index| items.get(index)).map(Node::Value)
        }
        Node::List(items) => place(items.len()).and_then(|index| items.get(index)).cloned(),
        _ => None,
    };
    found.unwrap_or(Node::NOTHING)
}

/// Elements as Python's `items[start:end:step]` takes them.
fn slice<'a>(items: &[Node<'a>], parts: [Option<i64>; 3]) -> Found<'a> {
    let [start, end, step] = parts.map(|part| part.map(i128::from));
    let step = step.unwrap_or(1);
    let length = i128::try_from(items.len()).unwrap_or(i128::MAX);
    // Where the first and the last element may be.
    let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let place = |part: i128| (if part < 0 { part + length } else { part }).clamp(low, high);
    let (first, last) = if step < 0 { (high, low) } else { (low, high) };
    let (mut at, end) = (start.map_or(first, place), end.map_or(last, place));
    let mut found = Vec::new();
    match step {
        0 => return Err(SearchError::Step),
        _ => {
            while if step < 0 { at > end } else { at < end } {
                let item = usize::try_from(at).ok().and_then(|at| items.get(at));
                found.extend(item.cloned());
                at += step;
            }
        }
    }
    Ok(Node::list(found))
}

fn compare(cx: &Budget<'_>, how: Comparison, a: &Node<'_>, b: &Node<'_>) -> Found<'static> {
    let fits: fn(Ordering) -> bool = match how {
        Comparison::Equal => return Ok(Node::bool(a.equals(cx, b)?)),
        Comparison::NotEqual => return Ok(Node::bool(!a.equals(cx, b)?)),
        Comparison::Less => Ordering::is_lt,
        Comparison::LessOrEqual => Ordering::is_le,
        Comparison::Greater => Ordering::is_gt,
        Comparison::GreaterOrEqual => Ordering::is_ge,
    };
    let has_order = |node: &Node<'_>| node.text().is_some() || node.as_number().is_some();
    if !has_order(a) || !has_order(b) {
        return Ok(Node::NOTHING);
    }
    if a.text().is_some() != b.text().is_some() {
        return Err(SearchError::Order);
    }
    // What is not a number is neither less nor greater.
    Ok(Node::bool(a.order(b).is_some_and(fits)))
}
