//! Every key of an operation, and pages of both kinds.

use typefoundry::{Client, Map, Model, Nullable, Operation, Service, ServiceError};

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
    output = PetsOutput,
    http = "GET /owners/{owner}/pets?kind=dog",
    name = "list-pets",
    status = 200,
    idempotent,
    secret,
    pages(token("nextToken", "nextToken"), items = "pets", item = Pet, size = "limit")
)]
struct ListPets {
    #[model(label)]
    owner: String,
    #[model(name = "nextToken", query = "token")]
    next_token: Option<String>,
    #[model(query = "limit")]
    limit: Option<i32>,
}

#[derive(Model)]
struct PetsOutput {
    pets: Option<Vec<Pet>>,
    #[model(name = "nextToken")]
    next_token: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = NamesOutput,
    http = "POST /names",
    pages(number("page", "total"), items = "type", field = r#type, item = (String, i32))
)]
struct ListNames {
    page: Option<i32>,
}

#[derive(Default, Model)]
struct NamesOutput {
    r#type: Map<String, i32>,
    total: Option<i64>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = ToysOutput,
    http = "POST /toys",
    pages(
        token("key", "list.nextKey || list.toys[-1]"),
        token("version", "list.nextVersion"),
        more = "list.more",
        items = "list.page.inner.toys",
        field = list?.page?.inner.toys,
        item = String
    )
)]
struct ListToys {
    key: Option<String>,
    version: Option<i64>,
}

#[derive(Model)]
struct ToysOutput {
    list: Option<Box<ToyList>>,
}

#[derive(Model)]
struct ToyList {
    page: Nullable<ToyPage>,
}

#[derive(Default, Model)]
struct ToyPage {
    inner: Toys,
}

#[derive(Model)]
struct Toys {
    toys: Nullable<Vec<String>>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /log",
    pages(token("from", "name"), items = "name", item = String)
)]
struct ReadLog {
    from: Option<String>,
}

fn calls(client: &Client<Pets>) {
    let _ = client.fluent::<ListPets>().owner("ann").set_limit(None).items();
    let _ = client.fluent::<ListNames>().pages();
    let _ = client.fluent::<ListToys>().items();
    let _ = client.fluent::<ReadLog>().items();
    let _ = client.prepare(ListNames::default()).region("x").pages();
}

fn main() {
    let _ = calls;
}
