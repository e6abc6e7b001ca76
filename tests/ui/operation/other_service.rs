//! An operation goes to the service that it belongs to.

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

#[derive(Debug, ServiceError)]
#[service_error(service = Birds)]
enum BirdError {
    #[service_error(other)]
    Other(typefoundry::Error),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/birds", title = "Birds", endpoint = "https://birds.example.com", error = BirdError)]
struct Birds;

fn wrong(client: &Client<Birds>) {
    let _ = client.call(GetPet {});
}

fn no_operation(client: &Client<Pets>) {
    let _ = client.call(Pet { name: None });
}

fn main() {}
