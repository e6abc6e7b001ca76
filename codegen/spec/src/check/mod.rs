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
mod traits;
mod values;
mod waiters;

#[cfg(test)]
mod tests;

use crate::diagnostics::Diagnostics;
use crate::model::Model;

pub use customs::CUSTOMS;
pub use rules::known as endpoint_rules;

pub(crate) fn check(model: &Model, diagnostics: &mut Diagnostics) {
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
