//! A schema is fixed, so a model has no parameters.

use typefoundry::Model;

#[derive(Model)]
struct Page<T> {
    items: Vec<T>,
}

fn main() {}
