//! Redaction is for models, and a model has no parameters.

use typefoundry::RedactedDebug;

#[derive(RedactedDebug)]
struct Secret<T> {
    #[model(sensitive)]
    value: T,
}

fn main() {}
