//! Every key of a service and of its errors.

use typefoundry::{Model, Modeled, Service, ServiceError};

#[derive(Model)]
#[non_exhaustive]
struct NotFound {
    #[model(message)]
    message: Option<String>,
}

#[derive(Debug, ServiceError)]
#[service_error(service = Pets, crate = typefoundry)]
enum Error {
    #[service_error(shape = "NotFoundException", code("404", "NF"), status = 404, has = "message", message = "message", retryable, throttling)]
    NotFound(Box<Modeled<NotFound>>),
    #[service_error(other)]
    Other(typefoundry::Error),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "acme/pets",
    title = "Pets",
    version = "1",
    protocol = "rest",
    endpoint = "https://{region}.pets.example.com",
    region = "eu",
    error = Error,
    auth("sigv4", name = "pets"),
    auth("own", r#type = "z"),
    header("x-region", "{region}"),
    header("x-two", "2"),
    errors(envelope = "/error", code("code"), message("text", "message")),
    crate = typefoundry
)]
struct Pets;

fn main() {
    assert_eq!(Pets::schema().auth.len(), 2);
    assert_eq!(Pets::schema().headers.len(), 2);
}
