//! What every operation has; all that is missing at once.

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

#[derive(Default, Model, Operation)]
#[operation(statis = 200, idempotent)]
struct GetPet {
    #[model(nam = "id")]
    id: String,
}

fn main() {}
