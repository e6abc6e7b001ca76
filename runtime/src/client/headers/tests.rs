//! Headers of a client and a call, and the client's name.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::client::{Client, ConfigBuilder};
use crate::samples::{now, service};
use crate::transport::Replay;
use crate::{Config, ErrorKind, Model, Operation};

service!(
    Pets,
    PetsError,
    id = "acme/pets",
    protocol = "rest-json",
    endpoint = "https://pets.example.com"
);

#[derive(Model, Operation)]
#[operation(service = Pets, output = Nothing, http = "GET /pets")]
struct GetPet {}

#[derive(Model)]
struct Nothing {}

/// What is sent, with these headers of the call.
fn sent(config: ConfigBuilder, headers: &[(&str, &str)]) -> http::HeaderMap {
    let replay = Replay::new().answer(200, "{}");
    let config = config.transport(replay.clone()).build().unwrap();
    let client: Client<Pets> = Client::new(config).unwrap();
    let call = headers
        .iter()
        .fold(client.prepare(GetPet {}), |call, (name, value)| call.header(name, value));
    now(call.send()).unwrap();
    replay.requests().remove(0).headers().clone()
}

const OURS: &str = concat!("typefoundry/", env!("CARGO_PKG_VERSION"));

/// The characters are botocore's.
#[test]
fn an_application_has_an_id() {
    let long = "x".repeat(60);
    let cases = [
        ("", String::new()),
        ("shop", " app/shop".to_owned()),
        ("shop/1.2 (Ä)\r\n", " app/shop-1.2------".to_owned()),
        ("!$%&'*+-.^_`|~,#", " app/!$%&'*+-.^_`|~,#".to_owned()),
        (&*long, format!(" app/{long}")),
    ];
    for (id, expected) in cases {
        let headers = sent(Config::builder().app_id(id), &[]);
        assert_eq!(headers["user-agent"], format!("{OURS}{expected}"), "{id:?}");
    }
    assert_eq!(sent(Config::builder(), &[])["user-agent"], OURS);
}

#[test]
fn a_header_of_a_call_goes_before_one_of_the_client() {
    let config = Config::builder().header("x-a", "client").header("x-b", "client");
    let headers = sent(config.header("User-Agent", "client"), &[("x-b", "call"), ("x-c", "call")]);
    let of = |name: &str| headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(of("x-a"), ["client"]);
    assert_eq!(of("x-b"), ["call"]);
    assert_eq!(of("x-c"), ["call"]);
    assert_eq!(of("user-agent"), ["client"]);
    assert!(headers["x-a"].is_sensitive(), "nobody knows what is in it");
}

#[test]
fn what_cannot_be_a_header_is_told() {
    let cases = [
        ("x y", "v", "a header's name is not one"),
        ("x-secret", "v\r\nx-evil: 1", "the header `x-secret` has a value that cannot be sent"),
    ];
    for (name, value, expected) in cases {
        let error = Config::builder().transport(Replay::new()).header(name, value).build();
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.to_string(), expected);
    }
}
