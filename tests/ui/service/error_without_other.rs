//! There is always an error that the spec does not know.

use typefoundry::{Model, Modeled, Service, ServiceError};

#[derive(Model)]
struct NotFound {
    message: Option<String>,
}

#[derive(Debug, ServiceError)]
#[service_error(service = Pets)]
enum Error {
    #[service_error(status = 404)]
    NotFound(Box<Modeled<NotFound>>),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = Error)]
struct Pets;

fn main() {}
