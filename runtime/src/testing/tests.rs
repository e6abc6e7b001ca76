//! Stubs of a service with all kinds of answers.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Fault, Stub, made};
use crate::samples::now;
use crate::transport::TransportErrorKind;
use crate::{Client, Error, ErrorKind, Model, Modeled, Operation, Response, Service, ServiceError};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "acme/pets",
    title = "Pets",
    protocol = "rest-json",
    endpoint = "https://pets.example.com",
    auth("sigv4", name = "pets"),
    error = PetsError
)]
struct Pets;

#[derive(Debug, ServiceError)]
#[service_error(service = Pets)]
enum PetsError {
    #[service_error(status = 404, message = "message")]
    NoSuchPet(Box<Modeled<NoSuchPet>>),
    #[service_error(other)]
    Other(Error),
}

#[derive(Model)]
struct NoSuchPet {
    #[model(message)]
    message: Option<String>,
    names: Option<Vec<String>>,
}

#[derive(Model)]
struct Strange {}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET /pets/{name}")]
struct GetPet {
    #[model(label)]
    name: String,
    #[model(query = "full")]
    full: Option<bool>,
}

#[derive(Model, Operation)]
#[operation(service = Pets, output = Pet, http = "GET /pets/newest")]
struct GetNewestPet {}

#[derive(Model)]
struct Pet {
    name: String,
    #[model(header = "x-age")]
    age: Option<i32>,
}

fn ask(stub: &Stub, name: &str) -> Result<Response<Pet>, PetsError> {
    let client: Client<Pets> = Client::new(stub.config().build().unwrap()).unwrap();
    now(client.fluent::<GetPet>().name(name).full(true).send())
}

#[test]
fn a_function_gets_the_input_and_gives_the_output() {
    let stub = Stub::new();
    stub.on(|input: GetPet| {
        Ok(made(|pet: &mut Pet| {
            pet.name = format!("{} the dog", input.name);
            pet.age = Some(3);
        }))
    });
    let rex = ask(&stub, "Rex / 1").unwrap();
    assert_eq!((&*rex.name, rex.age), ("Rex / 1 the dog", Some(3)));
    let sent = GetPet::builder().name("Rex / 1").full(true).build();
    assert_eq!(stub.calls::<GetPet>(), [sent]);
    assert_eq!(stub.calls::<GetNewestPet>(), []);
    assert_eq!(format!("{stub:?}"), r#"{"GetPet": 1}"#);
}

#[test]
fn a_path_without_labels_goes_first() {
    let stub = Stub::new();
    stub.on(|_: GetPet| Ok(made(|pet: &mut Pet| pet.name = "any".to_owned())));
    stub.on(|_: GetNewestPet| Ok(made(|pet: &mut Pet| pet.name = "new".to_owned())));
    assert_eq!(ask(&stub, "newest").unwrap().name, "new");
    assert_eq!(ask(&stub, "old").unwrap().name, "any");
    // The later one counts.
    stub.on(|_: GetPet| Ok(made(|pet: &mut Pet| pet.name = "other".to_owned())));
    assert_eq!(ask(&stub, "old").unwrap().name, "other");
}

#[test]
fn faults_are_what_a_service_or_the_network_says() {
    let stub = Stub::new();
    stub.on(|input: GetPet| {
        Err(match &*input.name {
            "modeled" => made(|error: &mut NoSuchPet| {
                error.message = Some("no such pet".to_owned());
                error.names = Some(vec!["Bella".to_owned()]);
            })
            .into(),
            "code" => Fault::code("SlowDown", 503, "later"),
            "network" => Fault::transport(TransportErrorKind::Broken, "it broke"),
            "proxy" => {
                let mut response = http::Response::new("<html>".into());
                *response.status_mut() = http::StatusCode::BAD_GATEWAY;
                Fault::response(response)
            }
            _ => Strange {}.into(),
        })
    });
    let PetsError::NoSuchPet(error) = ask(&stub, "modeled").unwrap_err() else {
        panic!("it has a type")
    };
    assert_eq!(
        (error.names.as_deref(), error.error.status()),
        (Some(&["Bella".to_owned()][..]), Some(404))
    );
    assert_eq!(error.error.message(), Some("no such pet"));

    let told = |name: &str| {
        let error = ask(&stub, name).unwrap_err();
        (error.as_error().kind(), error.code().map(str::to_owned), error.status())
    };
    assert_eq!(told("code"), (ErrorKind::Service, Some("SlowDown".to_owned()), Some(503)));
    assert_eq!(told("network"), (ErrorKind::Transport, None, None));
    assert_eq!(told("proxy").2, Some(502));
    let error = ask(&stub, "strange").unwrap_err();
    assert_eq!(error.to_string(), "GetPet: acme/pets has no error `Strange`");
}

#[test]
fn a_call_without_a_function_is_named() {
    let stub = Stub::new();
    stub.on(|_: GetNewestPet| Ok(made(|_: &mut Pet| {})));
    let error = ask(&stub, "Rex").unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetPet: no function of the stub answers GET /pets/Rex; it has some for GetNewestPet"
    );
}
