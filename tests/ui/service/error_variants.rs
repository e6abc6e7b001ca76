//! Mistakes in the variants of an error type, all at once.

use typefoundry::{Model, Modeled, ServiceError};

#[derive(Model)]
struct NotFound {}

#[derive(Debug, ServiceError)]
enum Error {
    #[service_error(status = 4040)]
    Far(Box<Modeled<NotFound>>),
    #[service_error(shape = "Far", retriable)]
    Near(Box<Modeled<NotFound>>),
    Bare(NotFound),
    Nothing,
    #[service_error(other, status = 500)]
    Other(typefoundry::Error),
    #[service_error(other)]
    Another(typefoundry::Error),
}

fn main() {}
