#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::{Credentials, Surroundings};
use crate::transport::Replay;
use crate::{Client, Config, Error, Model, Operation, Service, ServiceError};
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

macro_rules! service {
    ($service:ident, $error:ident, $operation:ident, $id:literal, $($auth:tt)*) => {
        #[derive(Clone, Copy, Debug, Service)]
        #[service(
            id = $id,
            title = "A service",
            protocol = "rest-json",
            endpoint = "https://a.{region}.example.com",
            error = $error,
            $($auth)*
        )]
        struct $service;

        #[derive(Debug, ServiceError)]
        #[service_error(service = $service)]
        enum $error {
            #[service_error(other)]
            Other(Error),
        }

        #[derive(Clone, Model, Operation)]
        #[operation(service = $service, output = Output, http = "GET /a")]
        struct $operation {}
    };
}

#[derive(Clone, Model)]
struct Output {}

service!(
    Bedrock,
    BedrockError,
    Ask,
    "aws/bedrock-runtime",
    auth("sigv4", name = "bedrock"),
    auth("bearer")
);
service!(Signed, SignedError, Sign, "aws/signed", auth("sigv4", name = "signed"), auth("bearer"));
service!(Catalyst, CatalystError, Catalyse, "aws/code-catalyst", auth("bearer"));

/// How a call is signed, with those variables.
fn authorization<O: Operation + Default>(variables: &[&str], keys: bool) -> Option<String> {
    let variables = variables.iter().map(|&name| (name.to_owned(), "t0ken".to_owned()));
    let mut environment: BTreeMap<_, _> = variables.collect();
    // A build that asks instances for credentials would ask for them by the same transport.
    environment.insert("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned());
    let replay = Replay::new().answer(200, "{}");
    let mut config = Config::builder()
        .surroundings(Surroundings::empty().with_environment(environment))
        .region("eu-west-1")
        .transport(replay.clone());
    if keys {
        config = config.credentials(Credentials::new("AKID", "secret"));
    }
    let Ok(client) = Client::<O::Service>::new(config.build().unwrap()) else { return None };
    let call = pin!(client.call(O::default()));
    let Poll::Ready(_) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("it answers at once")
    };
    let requests = replay.requests();
    let value = requests.first()?.headers()["authorization"].to_str().unwrap();
    let words = value.split(' ').filter(|word| !word.contains('='));
    Some(words.collect::<Vec<_>>().join(" "))
}

#[test]
fn a_token_goes_before_signatures_where_botocore_lets_it() {
    const BEDROCK: &str = "AWS_BEARER_TOKEN_BEDROCK";
    const SIGNATURE: Option<&str> = Some("AWS4-HMAC-SHA256");
    const TOKEN: Option<&str> = Some("Bearer t0ken");
    assert_eq!(authorization::<Ask>(&[BEDROCK], false).as_deref(), TOKEN);
    // What is set in code goes first.
    assert_eq!(authorization::<Ask>(&[BEDROCK], true).as_deref(), SIGNATURE);
    let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    assert_eq!(authorization::<Ask>(&keys, false).as_deref(), SIGNATURE);
    assert_eq!(authorization::<Ask>(&[keys[0], keys[1], BEDROCK], false).as_deref(), TOKEN);
    // Of another service, and one that is only signed.
    assert_eq!(authorization::<Ask>(&["AWS_BEARER_TOKEN_BEDROCK_RUNTIME"], false), None);
    assert_eq!(authorization::<Sign>(&["AWS_BEARER_TOKEN_SIGNED"], false), None);
    // A service that knows nothing but tokens
    let found = authorization::<Catalyse>(&["AWS_BEARER_TOKEN_CODE_CATALYST"], false);
    assert_eq!(found.as_deref(), TOKEN);
    assert_eq!(authorization::<Catalyse>(&[BEDROCK], false), None);
}
