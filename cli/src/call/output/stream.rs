//! Pages as one JSON answer whose items are written as they come. To the byte it is what is written of
//! the whole.

use super::{Stop, json};
use crate::call::pages::{Pages, Whole};
use crate::call::settings::is_v1;
use crate::terminal::{Output, Progress};
use std::io::{self, IsTerminal, Write};
use typefoundry_jmespath::{Object, Value};

/// A list that is being written, in the objects that it is in.
struct Open {
    names: Vec<String>,
    items: usize,
}

pub(super) async fn write(out: &mut Output, pages: &mut Pages<'_>) -> Result<(), Stop> {
    let mut whole = Whole::new(pages.results(), is_v1());
    let mut open: Option<Open> = None;
    // On a terminal the items themselves show how far it is.
    let mut progress = (!io::stdout().is_terminal()).then(Progress::new);
    while let Some(mut page) = pages.next().await? {
        if let Some(progress) = &mut progress {
            progress.items(pages.items());
        }
        // Only what comes first in the answer can be written before the rest is known.
        if (open.is_some() || whole.is_empty())
            && let Some(items) = pages.take_items(&mut page)
        {
            let list = if let Some(list) = &mut open {
                list
            } else {
                let path = pages.results().first().map_or("", String::as_str);
                whole.stand_in(path);
                open.insert(Open::new(out, path)?)
            };
            list.add(out, &items)?;
        }
        whole.add(&mut page);
    }
    let whole = whole.finish(pages.first().clone(), pages.token());
    match open {
        Some(list) => {
            list.end(out)?;
            close(out, &whole, &list.names, 0)?;
            out.write_all(b"\n")?;
        }
        None => json::write(out, &Value::Object(whole))?,
    }
    Ok(())
}

impl Open {
    fn new(out: &mut dyn Write, path: &str) -> io::Result<Self> {
        let names: Vec<String> = path.split('.').map(str::to_owned).collect();
        for (depth, name) in names.iter().enumerate() {
            out.write_all(b"{")?;
            json::line(out, depth + 1)?;
            json::text(out, name)?;
            out.write_all(b": ")?;
        }
        Ok(Self { names, items: 0 })
    }

    fn add(&mut self, out: &mut dyn Write, items: &[Value]) -> io::Result<()> {
        let depth = self.names.len() + 1;
        for item in items {
            if self.items == 0 {
                out.write_all(b"[")?;
            }
            json::next(out, self.items, depth)?;
            json::node(out, item, depth)?;
            self.items += 1;
        }
        Ok(())
    }

    fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.items == 0 {
            return out.write_all(b"[]");
        }
        json::line(out, self.names.len())?;
        out.write_all(b"]")
    }
}

/// Writes what stands behind the list, of the innermost object first.
fn close(out: &mut dyn Write, object: &Object, names: &[String], depth: usize) -> io::Result<()> {
    let Some((name, inner)) = names.split_first() else { return Ok(()) };
    if let Some(Value::Object(object)) = object.get(name) {
        close(out, object, inner, depth + 1)?;
    }
    for (index, (name, value)) in object.iter().enumerate().skip(1) {
        json::next(out, index, depth + 1)?;
        json::text(out, name)?;
        out.write_all(b": ")?;
        json::node(out, value, depth + 1)?;
    }
    json::line(out, depth)?;
    out.write_all(b"}")
}
