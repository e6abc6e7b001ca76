//! What can be wrong with a spec whose every part is well-formed.
//!
//! One file per concern; each rule is a function with its reason in front of it.

mod bindings;
mod customs;
mod errors;
mod events;
mod examples;
mod expressions;
mod nesting;
mod pages;
mod patterns;
mod rules;
mod service;
mod shapes;
mod sieve;
mod traits;
mod values;
mod waiters;

#[cfg(test)]
mod tests;

use crate::diagnostics::Diagnostics;
use crate::json::Json;
use crate::model::Model;
use sieve::Sieve;

pub use customs::CUSTOMS;
pub use rules::known as endpoint_rules;

/// Checks the model that was made of a tree. Where that was not of the right form everywhere, what
/// follows from it is not said.
pub(crate) fn check(tree: &Json, model: &Model, diagnostics: &mut Diagnostics) {
    if !diagnostics.has_errors() {
        return all(model, diagnostics);
    }
    let Some(mut sieve) = Sieve::new(tree, model, diagnostics) else { return };
    let said = diagnostics.iter().len();
    all(model, diagnostics);
    diagnostics.sift(said, |diagnostic, locations| sieve.keeps(diagnostic, locations));
}

fn all(model: &Model, diagnostics: &mut Diagnostics) {
    service::check(model, diagnostics);
    rules::check(model, diagnostics);
    shapes::check(model, diagnostics);
    nesting::check(model, diagnostics);
    patterns::check(model, diagnostics);
    errors::check(model, diagnostics);
    bindings::check(model, diagnostics);
    traits::check(model, diagnostics);
    customs::check(model, diagnostics);
    events::check(model, diagnostics);
    pages::check(model, diagnostics);
    waiters::check(model, diagnostics);
    examples::check(model, diagnostics);
}
