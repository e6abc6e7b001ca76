//! XML bodies, compared by what they say.

use roxmltree::{Document, Node};
use std::fmt::Write;

/// A document in one form: names with their namespaces, attributes in order, text without space
/// around it, as `xml.etree.ElementTree.canonicalize(…, strip_text=True)` of Python has it.
/// Prefixes are of no account.
pub fn canonical(text: &str) -> Result<String, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let mut out = String::new();
    write(document.root_element(), &mut out);
    Ok(out)
}

fn write(node: Node<'_, '_>, out: &mut String) {
    let name = |namespace: Option<&str>, local: &str| match namespace {
        Some(namespace) => format!("{{{namespace}}}{local}"),
        None => local.to_owned(),
    };
    let tag = name(node.tag_name().namespace(), node.tag_name().name());
    let mut attributes: Vec<_> = node
        .attributes()
        .map(|it| (name(it.namespace(), it.name()), it.value().to_owned()))
        .collect();
    attributes.sort();
    // Writing to a string cannot fail.
    let _ = write!(out, "<{tag}");
    for (name, value) in attributes {
        let _ = write!(out, " {name}={value:?}");
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() {
            write(child, out);
        } else if let Some(text) = child.text() {
            out.push_str(text.trim());
        }
    }
    let _ = write!(out, "</{tag}>");
}
