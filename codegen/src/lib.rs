//! From a checked spec to Rust.
//!
//! A spec that `typefoundry-spec` has read and checked gets its Rust names (`names`), becomes
//! tokens (`emit`), text (`form`) and files ([`output`]). Naming is the last stage that can
//! find a mistake; what stands behind it is total.

pub mod config;
mod docs;
mod emit;
mod form;
mod names;
pub mod output;
mod types;

pub use emit::{Module, Part};
pub use output::{Generated, Origin, Outcome, Plan};

use std::collections::BTreeSet;
use typefoundry_spec::{Diagnostics, Model, Operation};

/// What to generate of a spec.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The operations to generate, by name; all if it is empty.
    pub operations: BTreeSet<String>,
}

/// A spec that has no operation of a name that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{spec} has no operation `{name}`")]
pub struct UnknownOperation {
    /// The name of the spec
    pub spec: String,
    /// The name that was asked for
    pub name: String,
}

impl Options {
    /// The chosen operations, in the order of the spec.
    fn choose<'m>(&self, model: &'m Model) -> Result<Vec<&'m Operation>, UnknownOperation> {
        let unknown = self.operations.iter().find(|name| model.find_operation(name).is_none());
        if let Some(name) = unknown {
            return Err(UnknownOperation { spec: model.service.id.clone(), name: name.clone() });
        }
        let chosen = |operation: &&Operation| {
            self.operations.is_empty() || self.operations.contains(&operation.name)
        };
        Ok(model.operations.iter().filter(chosen).collect())
    }
}

/// Generates the module of a spec.
///
/// Names that collide are reported; the module is there only if none does.
pub fn generate(
    model: &Model,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Module>, UnknownOperation> {
    let operations = options.choose(model)?;
    let names = names::resolve(model, &operations, diagnostics);
    if diagnostics.has_errors() {
        return Ok(None);
    }
    Ok(Some(emit::module(&emit::Cx::new(model, operations, names))))
}
