//! JSON as a person would write it: what fits on a line stands on one.

use crate::Json;

/// Columns of a line
const WIDTH: usize = 100;

/// The text of a spec file.
pub fn print(json: &Json) -> String {
    let mut text = String::new();
    value(json, 0, 0, &mut text);
    text.push('\n');
    text
}

/// `before` is what stands on the line already.
fn value(json: &Json, depth: usize, before: usize, text: &mut String) {
    let children = match json {
        Json::Object(entries) if !entries.is_empty() => entries.len(),
        Json::Array(items) if !items.is_empty() => items.len(),
        other => {
            text.push_str(&other.to_string());
            return;
        }
    };
    // The outer levels are a list of things to find, one below the other.
    if depth > 1 {
        let line = one_line(json);
        if before + line.len() < WIDTH {
            text.push_str(&line);
            return;
        }
    }
    let indent = "  ".repeat(depth + 1);
    let (open, close) = if matches!(json, Json::Object(_)) { ('{', '}') } else { ('[', ']') };
    text.push(open);
    for index in 0..children {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&indent);
        match json {
            Json::Object(entries) => {
                let (key, entry) = &entries[index];
                let key = format!("{}: ", Json::String(key.clone()));
                text.push_str(&key);
                value(entry, depth + 1, indent.len() + key.len(), text);
            }
            Json::Array(items) => value(&items[index], depth + 1, indent.len(), text),
            _ => {}
        }
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(close);
}

fn one_line(json: &Json) -> String {
    match json {
        Json::Object(entries) => {
            let entry = |(key, value): &(String, Json)| {
                format!("{}: {}", Json::String(key.clone()), one_line(value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Json::Array(items) => {
            format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
