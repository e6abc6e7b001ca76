//! Pages that do not say all, or name what is not there.

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
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /pets",
    pages(token("nextToken"), itms = "pets", size = "limit")
)]
struct ListPets {}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /toys",
    pages(token("nextToken", "nextToken"), number("page"), items = "toys", item = String)
)]
struct ListToys {}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /names",
    pages(token("nextToken", "nextToken"), items = "pet-names", item = String)
)]
struct ListNames {
    #[model(name = "nextToken")]
    next_token: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /owners",
    pages(number("page"), items = "owners", item = String)
)]
struct ListOwners {
    page: Option<i32>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /cats",
    pages(
        token("page", "cats[*].name"),
        token("page"),
        more = "a || ",
        items = "list.cats",
        item = String
    )
)]
struct ListCats {
    page: Option<i32>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /dogs",
    pages(
        number("page"),
        more = "more",
        items = "list.dogs",
        field = list?.dogs?,
        item = String
    )
)]
struct ListDogs {
    page: Option<i32>,
}

#[derive(Default, Model)]
struct BirdsOutput {
    optional: Option<Birds>,
    required: Birds,
}

#[derive(Model)]
struct Birds {
    birds: Option<Vec<String>>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = BirdsOutput,
    http = "GET /birds",
    pages(number("page"), items = "optional.birds", field = optional.birds, item = String)
)]
struct ListOptionalBirds {
    page: Option<i32>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = BirdsOutput,
    http = "GET /required-birds",
    pages(number("page"), items = "required.birds", field = required?.birds, item = String)
)]
struct ListRequiredBirds {
    page: Option<i32>,
}

fn main() {}
