//! An operation is its input, and an input is a structure.

use typefoundry::{Model, Operation, Service, ServiceError, UnknownValue};

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
#[operation(service = Pets, output = Pet, http = "GET /pet")]
enum GetPet {
    Dog,
    #[model(unknown)]
    Unknown(UnknownValue),
}

fn main() {}
