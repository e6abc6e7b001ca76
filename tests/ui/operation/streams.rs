//! What an operation says about its streams.

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
struct Photo {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Photo, http = "GET /photo", streams(output, required))]
struct GetPhoto {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Photo, http = "PUT /photo", streams(inputs))]
struct PutPhoto {}

fn main() {}
