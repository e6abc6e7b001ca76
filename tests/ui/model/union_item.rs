//! A union of the spec is an enum.

use typefoundry::Model;

#[derive(Model)]
union Number {
    small: i32,
    large: i64,
}

fn main() {}
