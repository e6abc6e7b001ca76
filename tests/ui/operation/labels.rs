//! Labels without a field, a field without a label, a field that is not marked.

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
#[operation(service = Pets, output = Pet, http = "GET /owners/{owner}/pets/{name}/{path+}")]
struct GetPet {
    name: String,
    #[model(label)]
    path: String,
    #[model(label)]
    colour: String,
}

fn main() {}
