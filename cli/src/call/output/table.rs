//! `--output table`: sections of boxes within boxes. What becomes a section, a column or a row is as
//! in the AWS CLI's `formatter.py`.

mod layout;
mod width;

use layout::{Section, Table};
use std::collections::BTreeSet;
use std::io::{self, Write};
use typefoundry_jmespath::{Object, Value};

pub(super) use layout::Look;

/// A value as a table.
///
/// The outer error is the output's, the inner one says what has no form as a table.
pub(super) fn write(
    out: &mut dyn Write,
    title: &str,
    value: &Value,
    look: Look,
) -> io::Result<Result<(), String>> {
    let mut table = Table::default();
    if let Err(message) = build(&mut table, Some(title), value, 0) {
        return Ok(Err(message));
    }
    table.render(out, look).map(Ok)
}

fn build(
    table: &mut Table,
    title: Option<&str>,
    value: &Value,
    depth: usize,
) -> Result<(), String> {
    if !value.is_something() {
        return Ok(());
    }
    if let Some(title) = title {
        table.sections.push(Section::new(title, depth));
    }
    match value {
        Value::List(items) if matches!(items.first(), Some(Value::Object(_))) => {
            objects(table, title, items, depth)
        }
        Value::List(items) => items.iter().try_for_each(|item| match item {
            Value::List(cells) if !cells.iter().any(Value::is_container) => {
                table.row(cells.iter().map(Value::to_string).collect())
            }
            // A row of names is what Python makes of an object.
            Value::Object(members) if !members.iter().any(|(name, _)| name.is_empty()) => {
                table.row(members.iter().map(|(name, _)| name.to_owned()).collect())
            }
            Value::List(_) => build(table, None, item, 0),
            scalar => table.row(vec![scalar.to_string()]),
        }),
        Value::Object(members) => object(table, members, depth),
        _ => Ok(()),
    }
}

/// One row, and a section for each member that is a list or an object.
fn object(table: &mut Table, members: &Object, depth: usize) -> Result<(), String> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    let (containers, scalars): (Vec<_>, Vec<_>) =
        sorted.into_iter().partition(|(_, value)| value.is_container());
    match &scalars[..] {
        [] => {}
        [(name, value)] => table.row(vec![(*name).to_owned(), value.to_string()])?,
        scalars => {
            table.head(scalars.iter().map(|(name, _)| (*name).to_owned()).collect())?;
            table.row(scalars.iter().map(|(_, value)| value.to_string()).collect())?;
        }
    }
    containers.into_iter().try_for_each(|(name, value)| build(table, Some(name), value, depth + 1))
}

/// A row for each object; a section for each, where there are lists or objects in any of them.
fn objects(
    table: &mut Table,
    title: Option<&str>,
    items: &[Value],
    depth: usize,
) -> Result<(), String> {
    let (mut names, mut more) = (BTreeSet::new(), BTreeSet::new());
    let mut rows = Vec::new();
    let none = Object::default();
    for item in items {
        let members = match item {
            Value::Object(members) => members,
            // Nothing is in it, which Python finds out of an object in the same way; a cell of it
            // cannot be asked for.
            Value::List(items) if items.is_empty() => &none,
            Value::Text(text) if text.is_empty() => &none,
            other => return Err(mixed(other)),
        };
        for (name, value) in members.iter() {
            if value.is_container() {
                more.insert(name)
            } else {
                names.insert(name)
            };
        }
        rows.push(members);
    }
    if let (false, Some(other)) =
        (names.is_empty(), items.iter().find(|item| !matches!(item, Value::Object(_))))
    {
        return Err(mixed(other));
    }
    let head = || names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    table.head(head())?;
    for (index, members) in rows.into_iter().enumerate() {
        if index > 0 && !more.is_empty() {
            table.sections.push(Section::new(title.unwrap_or_default(), depth));
            table.head(head())?;
        }
        let cell = |name: &&str| members.get(name).map(Value::to_string).unwrap_or_default();
        table.row(names.iter().map(cell).collect())?;
        for name in &more {
            if let Some(value) = members.get(name) {
                build(table, Some(name), value, depth + 1)?;
            }
        }
    }
    Ok(())
}

fn mixed(other: &Value) -> String {
    format!("a list of objects and other values, such as {other}, is no table")
}
