//! `--output text`: values of a line between tabs, and the names of what they are in, in capitals, in
//! front. What goes where is as in the AWS CLI's `text.py`.

use std::collections::BTreeSet;
use std::io::{self, Write};
use typefoundry_jmespath::{Object, Value};

/// A value, in as many lines as it takes.
pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    node(out, value, None, None)
}

/// `columns` are the names that all elements of a list have values of, or nothing, in their lines.
fn node(
    out: &mut dyn Write,
    value: &Value,
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
) -> io::Result<()> {
    match value {
        Value::Object(members) => object(out, members, name, columns),
        Value::List(items) => list(out, items, name),
        scalar => writeln!(out, "{scalar}"),
    }
}

fn list(out: &mut dyn Write, items: &[Value], name: Option<&str>) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    if items.iter().any(|item| matches!(item, Value::Object(_))) {
        let members = items.iter().filter_map(|item| match item {
            Value::Object(members) => Some(members.iter()),
            _ => None,
        });
        let scalars = members.flatten().filter(|(_, value)| !value.is_container());
        let columns: BTreeSet<_> = scalars.map(|(name, _)| name).collect();
        return items.iter().try_for_each(|item| node(out, item, name, Some(&columns)));
    }
    let (containers, scalars): (Vec<_>, Vec<_>) =
        items.iter().partition(|item| item.is_container());
    if !scalars.is_empty() {
        match name {
            Some(name) => {
                let name = name.to_uppercase();
                scalars.iter().try_for_each(|item| writeln!(out, "{name}\t{item}"))?;
            }
            None => line(out, scalars.into_iter().map(Value::to_string))?,
        }
    }
    containers.into_iter().try_for_each(|item| node(out, item, name, None))
}

fn object(
    out: &mut dyn Write,
    members: &Object,
    name: Option<&str>,
    columns: Option<&BTreeSet<&str>>,
) -> io::Result<()> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    let (scalars, rest): (Vec<String>, Vec<(&str, &Value)>) = match columns {
        None => {
            let (containers, scalars): (Vec<_>, Vec<_>) =
                sorted.into_iter().partition(|(_, value)| value.is_container());
            (scalars.into_iter().map(|(_, value)| value.to_string()).collect(), containers)
        }
        Some(columns) => {
            let cell = |name: &&str| members.get(name).map(Value::to_string).unwrap_or_default();
            let rest = sorted.into_iter().filter(|(name, _)| !columns.contains(name));
            (columns.iter().map(cell).collect(), rest.collect())
        }
    };
    if !scalars.is_empty() {
        line(out, name.map(str::to_uppercase).into_iter().chain(scalars))?;
    }
    rest.into_iter().try_for_each(|(name, value)| node(out, value, Some(name), None))
}

fn line(out: &mut dyn Write, cells: impl IntoIterator<Item = String>) -> io::Result<()> {
    for (index, cell) in cells.into_iter().enumerate() {
        out.write_all(if index > 0 { b"\t" } else { b"" })?;
        out.write_all(cell.as_bytes())?;
    }
    out.write_all(b"\n")
}
