//! Generated code of a form that this runtime does not carry.

typefoundry::generated_form!(99);

fn main() {}
