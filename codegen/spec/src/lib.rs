//! The Typefoundry spec format: from the text of a spec file to a checked [`Model`].
//!
//! [`load`] reads a file's text, resolves every name in it and checks what can be checked without
//! knowing Rust. It never stops at the first mistake: all of them come back together in
//! [`Diagnostics`], each with a stable code, its place in the file and a way out.
//!
//! ```
//! let loaded = typefoundry_spec::load("pets.json", r#"{"typefoundry": "1", "servis": {}}"#);
//! let report = loaded.into_model().unwrap_err().render(typefoundry_spec::Style::Plain);
//! assert!(report.contains("a spec has no key `servis`"));
//! ```

mod check;
mod diagnostics;
mod format;
mod json;
mod location;
mod model;
mod words;

pub use diagnostics::{CATALOG, Code, Diagnostic, Diagnostics, Severity, Style, codes, explain};
pub use format::json_schema;
pub use json::Json;
pub use location::{At, Span};
pub use model::{
    Acceptor, AcceptorState, Binding, Checksum, Constraints, Endpoint, EndpointDiscovery,
    EndpointParam, EnumValue, ErrorFormat, ErrorTrait, EventPart, Example, Fault, Http, Kind,
    ListFacts, MapFacts, Matcher, Member, Model, Namespace, Operation, Outcome, PageSource, Pages,
    Paging, Protocol, Role, Root, Scheme, Service, Shape, ShapeId, Sized, TimestampFormat,
    UriSegment, UriTemplate, Waiter,
};

/// What reading a spec gave: a model if one could be made of it, and everything there is to say.
#[derive(Debug)]
#[must_use]
pub struct Loaded {
    model: Option<Model>,
    /// Errors, warnings and notes, in the order of the file.
    pub diagnostics: Diagnostics,
}

impl Loaded {
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
    let mut diagnostics = Diagnostics::new(name, text);
    let model = format::read(text, &mut diagnostics);
    if let Some(model) = &model
        && !diagnostics.has_errors()
    {
        check::check(model, &mut diagnostics);
    }
    diagnostics.sort();
    Loaded { model, diagnostics }
}
