//! The spec file's format, from text to model.
//!
//! One table of keys ([`keys`]) says what may stand where. [`conform`] holds a file against it,
//! [`lower`] makes the model of what conforms, and [`schema`] prints the table as a JSON Schema, so
//! the three cannot disagree.

mod broken;
mod conform;
mod keys;
mod lower;
mod object;
mod overlay;
mod schema;

#[cfg(test)]
mod tests;

pub use schema::{json_schema, overlay_json_schema};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::json::Json;
use crate::location::{At, Span};
use crate::model::Model;

/// The version of the format that this crate reads.
const VERSION: &str = "1";

/// A spec's tree, with an overlay merged onto it; nothing if there is none to go on with.
pub(crate) fn tree(
    text: &str,
    overlay: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Json> {
    let mut parse = |text, in_overlay| match serde_json::from_str::<Json>(text) {
        Ok(tree) => Some(tree),
        Err(error) => {
            let diagnostic = broken::diagnose(text, &error);
            diagnostics.push(if in_overlay { diagnostic.in_overlay() } else { diagnostic });
            None
        }
    };
    let tree = parse(text, false);
    let overlay = match overlay {
        Some(text) => Some(parse(text, true)?),
        None => None,
    };
    let mut tree = tree?;
    if !is_known_version(&tree, diagnostics) {
        return None;
    }
    if let Some(overlay) = &overlay {
        let (merged, origins) = overlay::merge(tree, overlay, diagnostics);
        diagnostics.set_merged(origins);
        tree = merged;
    }
    Some(tree)
}

/// Whether the spec is of the version that this crate reads; another one is reported.
pub(crate) fn is_known_version(tree: &Json, diagnostics: &mut Diagnostics) -> bool {
    if let Some(Json::String(version)) = tree.get("typefoundry")
        && version != VERSION
    {
        // Whatever else looks wrong may be right in that version.
        let at = diagnostics.entry(At::ROOT, "typefoundry");
        let message = format!("version `{version}` of the format is not one that can be read");
        let help = format!("write \"{VERSION}\", or use a release of Typefoundry that knows it");
        diagnostics
            .push(Diagnostic::new(&codes::UNKNOWN_VERSION, Span::value(at), message).help(help));
        return false;
    }
    true
}

/// The model of a spec's tree, if there is anything to make one of.
pub(crate) fn model(tree: &Json, diagnostics: &mut Diagnostics) -> Option<Model> {
    conform::conform(tree, &keys::SPEC, At::ROOT, diagnostics);
    // A file whose form is wrong at the root has nothing to lower.
    tree.as_object()?;
    Some(lower::lower(tree, diagnostics))
}
