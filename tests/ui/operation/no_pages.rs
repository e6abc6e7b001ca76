//! An operation that answers at once has no pages.

use typefoundry::{Client, Model, Operation, Service, ServiceError};

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
struct GetPet {}

fn fluent(client: &Client<Pets>) {
    let _ = client.fluent::<GetPet>().pages();
}

fn prepared(client: &Client<Pets>) {
    let _ = client.prepare(GetPet {}).items();
}

fn main() {}
