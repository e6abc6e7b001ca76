//! The Typefoundry spec format: from the text of a spec file to a checked [`Model`].
//!
//! [`load`] reads a file's text, resolves every name in it and checks what can be checked without
//! knowing Rust. It never stops at the first mistake: all of them come back together in
//! [`Diagnostics`], each with a stable code, its place in the file and a way out. What would only
//! follow from a mistake of form is not said.
//!
//! ```
//! let loaded = typefoundry_spec::load("pets.json", r#"{"typefoundry": "1", "servis": {}}"#);
//! let report = loaded.into_model().unwrap_err().render(typefoundry_spec::Style::Plain);
//! assert!(report.contains("a spec has no key `servis`"));
//! ```

mod check;
mod diagnostics;
mod files;
mod format;
mod json;
mod location;
mod model;
mod print;
mod words;

pub use check::{CUSTOMS, endpoint_rules};
pub use diagnostics::{CATALOG, Code, Diagnostic, Diagnostics, Severity, Style, codes, explain};
pub use files::{SpecFiles, find_overlay, overlay_path};
pub use format::{json_schema, overlay_json_schema};
pub use json::Json;
pub use location::{At, Span};
pub use model::{
    Acceptor, AcceptorState, Binding, Checksum, Circles, Constraints, Endpoint, EndpointDiscovery,
    EndpointParam, EnumValue, ErrorFormat, ErrorTrait, EventPart, Example, Fault, Http, Kind,
    ListFacts, MapFacts, Matcher, Member, Model, Namespace, Operation, Outcome, PageSource, Pages,
    Paging, ParamValue, Protocol, Role, Root, Scheme, Service, Shape, ShapeId, Sized,
    TimestampFormat, UriSegment, UriTemplate, Waiter,
};
pub use print::print;
pub use words::is_unprintable;

/// What reading a spec gave: a model if one could be made of it, and everything there is to say.
#[derive(Debug)]
#[must_use]
pub struct Loaded {
    model: Option<Model>,
    /// Errors, warnings and notes, in the order of the file.
    pub diagnostics: Diagnostics,
}

impl Loaded {
    /// The model as far as one could be made, broken or not, for whoever only shows what is there.
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// The model and its warnings, or all the diagnostics if any of them is an error.
    ///
    /// This is the barrier of the pipeline: what stands behind it never meets a broken spec.
    pub fn into_parts(self) -> Result<(Model, Diagnostics), Diagnostics> {
        match self.model {
            Some(model) if !self.diagnostics.has_errors() => Ok((model, self.diagnostics)),
            _ => Err(self.diagnostics),
        }
    }

    /// The model alone, for callers that have no use for warnings.
    pub fn into_model(self) -> Result<Model, Diagnostics> {
        self.into_parts().map(|(model, _)| model)
    }
}

/// Reads and checks a spec.
///
/// `name` is how the file is called in messages; `text` is what it holds.
pub fn load(name: &str, text: &str) -> Loaded {
    finish(Diagnostics::new(name, text), text, None)
}

/// Reads and checks a spec for whoever has no use for warnings: the model, or all the diagnostics if
/// any of them is an error.
///
/// As [`Loaded::into_model`], but a spec that has warnings alone is not read once more to put them in
/// order.
///
/// ```
/// let spec = r#"{"typefoundry": "1", "service": {"id": "acme/pets", "title": "Pets"}}"#;
/// assert_eq!(typefoundry_spec::load_model("pets.json", spec).unwrap().service.id, "acme/pets");
/// ```
pub fn load_model(name: &str, text: &str) -> Result<Model, Diagnostics> {
    let mut diagnostics = Diagnostics::new(name, text);
    let tree = format::tree(text, None, &mut diagnostics);
    match tree.and_then(|tree| model(&tree, &mut diagnostics)) {
        Some(model) if !diagnostics.has_errors() => Ok(model),
        _ => {
            diagnostics.sort();
            Err(diagnostics)
        }
    }
}

/// Reads and checks a spec with an overlay merged onto it.
///
/// Each of the two is a name and a text. A diagnostic about something that the overlay says points
/// into the overlay.
///
/// ```
/// let base = r#"{"typefoundry": "1", "service": {"id": "acme/pets", "title": "pets"}}"#;
/// let overlay = r#"{"typefoundry": "1", "service": {"title": "Pets"}}"#;
/// let loaded = typefoundry_spec::load_with_overlay(
///     ("pets.json", base),
///     ("pets.overlay.json", overlay),
/// );
/// assert_eq!(loaded.into_model().unwrap().service.title, "Pets");
/// ```
pub fn load_with_overlay(base: (&str, &str), overlay: (&str, &str)) -> Loaded {
    let mut diagnostics = Diagnostics::new(base.0, base.1);
    diagnostics.set_overlay(overlay.0, overlay.1);
    finish(diagnostics, base.1, Some(overlay.1))
}

/// Reads and checks a spec that is in memory. Its text is made only where a diagnostic is shown.
///
/// `name` is how the spec is called in messages.
///
/// ```
/// use typefoundry_spec::{Json, load_tree};
///
/// let spec = r#"{"typefoundry": "1", "service": {"id": "acme/pets", "title": "Pets"}}"#;
/// let tree: Json = serde_json::from_str(spec).unwrap();
/// assert_eq!(load_tree("pets.json", tree).into_model().unwrap().service.id, "acme/pets");
/// ```
pub fn load_tree(name: &str, tree: Json) -> Loaded {
    let mut diagnostics = Diagnostics::new(name, "");
    let mut found = None;
    if format::is_known_version(&tree, &mut diagnostics) {
        found = model(&tree, &mut diagnostics);
    }
    diagnostics.set_tree(tree);
    sorted(found, diagnostics)
}

fn finish(mut diagnostics: Diagnostics, text: &str, overlay: Option<&str>) -> Loaded {
    let tree = format::tree(text, overlay, &mut diagnostics);
    let model = tree.and_then(|tree| model(&tree, &mut diagnostics));
    sorted(model, diagnostics)
}

fn sorted(model: Option<Model>, mut diagnostics: Diagnostics) -> Loaded {
    diagnostics.sort();
    Loaded { model, diagnostics }
}

/// The checked model of a tree.
fn model(tree: &Json, diagnostics: &mut Diagnostics) -> Option<Model> {
    let model = format::model(tree, diagnostics)?;
    check::check(tree, &model, diagnostics);
    Some(model)
}
