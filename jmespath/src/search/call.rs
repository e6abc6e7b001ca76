//! What functions give.

use super::budget::Budget;
use super::{Found, Node, find};
use crate::{Expr, Function, Number, SearchError, Value};
use std::cmp::Ordering;
use std::rc::Rc;

pub(super) fn call<'a>(cx: &Budget<'_>, function: Function, arguments: &[Node<'a>]) -> Found<'a> {
    let known = function.known();
    for (types, argument) in known.arguments.iter().zip(arguments) {
        check(cx, known.name, types, argument)?;
    }
    let first = arguments.first().unwrap_or(&Node::NOTHING);
    let second = arguments.get(1).unwrap_or(&Node::NOTHING);
    let items = |node: &Node<'a>| node.items().unwrap_or_default();
    let members = |node: &Node<'a>| node.members().unwrap_or_default();
    Ok(match function {
        Function::Length => {
            let length = match first.text() {
                Some(text) => text.chars().count(),
                None => first.items().map_or_else(|| members(first).len(), |items| items.len()),
            };
            Node::number(u64::try_from(length).unwrap_or(u64::MAX))
        }
        Function::Contains => Node::bool(contains(cx, first, second)?),
        Function::Keys => {
            let name = |(name, _): (&str, Node<'_>)| Node::Made(Value::from(name));
            Node::list(members(first).into_iter().map(name).collect())
        }
        Function::Values => {
            Node::list(members(first).into_iter().map(|(_, value)| value).collect())
        }
        Function::StartsWith => Node::bool(both(first, second, |a, b| a.starts_with(b))),
        Function::EndsWith => Node::bool(both(first, second, |a, b| a.ends_with(b))),
        Function::NotNull => {
            arguments.iter().find(|node| !node.is_nothing()).cloned().unwrap_or(Node::NOTHING)
        }
        Function::Abs | Function::Ceil | Function::Floor => round(function, first),
        Function::Avg | Function::Sum => {
            let items = items(first);
            let numbers = items.iter().filter_map(Node::as_number);
            let sum = numbers.fold(Number::Whole(0), Number::plus);
            match (function, items.len()) {
                (Function::Sum, _) => Node::number(sum),
                (_, 0) => Node::NOTHING,
                #[expect(clippy::cast_precision_loss, reason = "no list is so long")]
                (_, count) => Node::number(sum.as_f64() / count as f64),
            }
        }
        Function::Join => join(cx, first, &items(second))?,
        Function::Map => {
            let expr = expression(first);
            let found: Result<_, _> =
                items(second).iter().map(|item| find(cx, expr, item)).collect();
            Node::list(found?)
        }
        Function::Max => best(items(first).into_iter().map(|item| (item.clone(), item)), true),
        Function::Min => best(items(first).into_iter().map(|item| (item.clone(), item)), false),
        Function::MaxBy | Function::MinBy => {
            best(keyed(cx, known.name, items(first), second)?, function == Function::MaxBy)
        }
        Function::Sort => {
            let mut items = items(first);
            items.sort_by(Node::place);
            Node::list(items)
        }
        Function::SortBy => {
            let mut items = keyed(cx, known.name, items(first), second)?;
            items.sort_by(|(a, _), (b, _)| a.place(b));
            Node::list(items.into_iter().map(|(_, item)| item).collect())
        }
        Function::Merge => {
            let mut merged: Vec<(&str, Node<'_>)> = Vec::new();
            for (name, value) in arguments.iter().flat_map(members) {
                match merged.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, place)) => *place = value,
                    None => merged.push((name, value)),
                }
            }
            Node::Object(Rc::new(merged))
        }
        Function::Reverse => match first.text() {
            Some(text) => Node::Made(Value::Text(text.chars().rev().collect())),
            None => Node::list(items(first).into_iter().rev().collect()),
        },
        Function::ToArray => match first.kind() {
            "array" => first.clone(),
            _ => Node::list(vec![first.clone()]),
        },
        Function::ToNumber => match (first.as_number(), first.text()) {
            (Some(number), _) => Node::number(number),
            (_, Some(text)) => Number::from_text(text).map_or(Node::NOTHING, Node::number),
            _ => Node::NOTHING,
        },
        Function::ToString => match first.text() {
            Some(_) => first.clone(),
            None => Node::Made(Value::Text(first.clone().into_value(cx)?.to_json(",", ":"))),
        },
        Function::Type => Node::Made(Value::from(first.kind())),
    })
}

/// Whether an argument is what a function takes; also of which type the elements of a list are.
fn check(
    cx: &Budget<'_>,
    function: &'static str,
    expected: &'static [&'static str],
    argument: &Node<'_>,
) -> Result<(), SearchError> {
    let wrong = |node: &Node<'_>, received| match node.clone().into_value(cx) {
        Ok(value) => SearchError::Type { function, value, received, expected },
        Err(error) => error,
    };
    let kind = argument.kind();
    let is_kind = |name: &&str| name.split('-').next() == Some(kind);
    if expected.is_empty() {
        return Ok(());
    }
    if !expected.iter().any(is_kind) {
        return Err(wrong(argument, kind));
    }
    let mut elements: Vec<_> =
        expected.iter().filter_map(|name| name.strip_prefix("array-")).collect();
    if elements.is_empty() {
        return Ok(());
    }
    for (index, item) in argument.items().unwrap_or_default().iter().enumerate() {
        let kind = item.kind();
        if !elements.contains(&kind) {
            return Err(wrong(item, python_type(item)));
        }
        // All of them are of the first one's type.
        if index == 0 {
            elements = vec![kind];
        }
    }
    Ok(())
}

/// What jmespath.py calls the type of a list's element.
fn python_type(node: &Node<'_>) -> &'static str {
    match node.kind() {
        "array" => "list",
        "object" => "dict",
        "boolean" => "bool",
        "string" => "str",
        "null" => "NoneType",
        "number" => match node.as_number() {
            Some(Number::Float(_)) => "float",
            _ => "int",
        },
        other => other,
    }
}

fn expression<'a>(node: &Node<'a>) -> &'a Expr {
    match node {
        Node::Expression(expr) => expr,
        _ => &Expr::Current,
    }
}

fn both(a: &Node<'_>, b: &Node<'_>, how: impl Fn(&str, &str) -> bool) -> bool {
    how(a.text().unwrap_or_default(), b.text().unwrap_or_default())
}

/// Whether a text has a part, or a list an element.
fn contains(cx: &Budget<'_>, whole: &Node<'_>, part: &Node<'_>) -> Result<bool, SearchError> {
    if let Some(text) = whole.text() {
        return Ok(part.text().is_some_and(|part| text.contains(part)));
    }
    let mut items = whole.items().unwrap_or_default().into_iter();
    items.try_fold(false, |found, item| Ok(found || item.equals(cx, part)?))
}

fn join(cx: &Budget<'_>, between: &Node<'_>, items: &[Node<'_>]) -> Found<'static> {
    let between = between.text().unwrap_or_default();
    let texts: Vec<_> = items.iter().filter_map(Node::text).collect();
    cx.spend_text(texts.iter().fold(0, |sum, text| sum + text.len() + between.len()))?;
    Ok(Node::Made(Value::Text(texts.join(between))))
}

fn round(function: Function, node: &Node<'_>) -> Node<'static> {
    let Some(number) = node.as_number() else { return Node::NOTHING };
    match (number, function) {
        (Number::Float(number), Function::Abs) => Node::number(number.abs()),
        (Number::Float(number), _) => {
            let whole = if function == Function::Ceil { number.ceil() } else { number.floor() };
            #[expect(clippy::cast_possible_truncation, reason = "what is too great stays a float")]
            let rounded = whole as i128;
            let holds = whole.abs() < 1e38;
            if holds { Node::number(Number::from_whole(rounded)) } else { Node::number(whole) }
        }
        (number, Function::Abs) => {
            let whole = number.whole().and_then(i128::checked_abs);
            Node::number(whole.map_or(Number::Float(number.as_f64().abs()), Number::from_whole))
        }
        (number, _) => Node::number(number),
    }
}

/// Elements with what an expression finds of each, which are numbers or texts.
fn keyed<'a>(
    cx: &Budget<'_>,
    function: &'static str,
    items: Vec<Node<'a>>,
    expr: &Node<'a>,
) -> Result<Vec<(Node<'a>, Node<'a>)>, SearchError> {
    let expr = expression(expr);
    let mut expected: &'static [&'static str] = match function {
        "sort_by" => &["string", "number"],
        _ => &["number", "string"],
    };
    let mut found = Vec::new();
    for item in items {
        let key = find(cx, expr, &item)?;
        if !expected.contains(&key.kind()) {
            let first = function == "sort_by" && found.is_empty();
            let value = if first { item.clone() } else { key.clone() };
            let (value, received) = (value.into_value(cx)?, key.kind());
            return Err(SearchError::Type { function, value, received, expected });
        }
        if found.is_empty() {
            expected = if key.kind() == "number" { &["number"] } else { &["string"] };
        }
        found.push((key, item));
    }
    Ok(found)
}

/// The first element of the greatest or the least.
fn best<'a>(items: impl IntoIterator<Item = (Node<'a>, Node<'a>)>, greatest: bool) -> Node<'a> {
    let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
    let best = items
        .into_iter()
        .reduce(|best, item| if item.0.order(&best.0) == Some(wanted) { item } else { best });
    best.map_or(Node::NOTHING, |(_, item)| item)
}
