//! Waiters that lack something, or look at what they cannot.

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
    state: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /pet",
    waiter(delay = 0, succes(status = 200)),
    waiter(
        name = "PetHome",
        delay = 5,
        attempts = "ten",
        success(path = "state[", equals = "HOME"),
        success(path = "state"),
        success(path = "state", equals = "HOME", any = "HOME"),
        success(status = 99),
        success(error = 404),
        retry(equals = "AWAY"),
        failure(status = 404, error = "NoSuchPet")
    ),
    waiter(name = "PetHome", delay = 5, success(error = false))
)]
struct GetPet {}

#[derive(Default, Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET /name")]
struct GetName {
    name: String,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /toy",
    waiter(name = "ToyFound", delay = 5, attempts = 10, success(status = 200))
)]
struct GetToy {
    name: String,
}

fn main() {}

fn wait(client: &typefoundry::Client<Pets>) {
    // What is required is so here, too.
    client.wait_until::<GetToy>("ToyFound").send();
    // An operation without waiters has none of this.
    client.wait_until::<GetName>("NameKnown").name("Rex").send();
}
