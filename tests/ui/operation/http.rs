//! A method, a space and a path.

use typefoundry::{Model, Operation, Service, ServiceError};

#[derive(Debug, ServiceError)]
#[service_error(service = Pets)]
enum Error {
    #[service_error(other)]
    Other(typefoundry::Error),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = Error)]
struct Pets;

#[derive(Model)]
struct Pet {
    name: Option<String>,
}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "/pets")]
struct NoMethod {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "get /pets")]
struct LowerCase {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET pets")]
struct NoSlash {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET  /pets /dogs")]
struct Spaces {}

fn main() {}
