#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::{Credentials, Surroundings};
use crate::samples::{now, service};
use crate::transport::Replay;
use crate::{Client, Config, Model, Operation};
use std::collections::BTreeMap;

macro_rules! services {
    ($($service:ident, $error:ident, $operation:ident, $id:literal $(, $auth:meta)*;)*) => {$(
        service!(
            $service,
            $error,
            id = $id,
            protocol = "rest-json",
            endpoint = "https://a.{region}.example.com",
            $($auth),*
        );

        #[derive(Model, Operation)]
        #[operation(service = $service, output = Output, http = "GET /a")]
        struct $operation {}
    )*};
}

#[derive(Model)]
struct Output {}

services! {
    Bedrock, BedrockError, Ask, "aws/bedrock-runtime",
        auth("sigv4", name = "bedrock"), auth("bearer");
    Signed, SignedError, Sign, "aws/signed", auth("sigv4", name = "signed"), auth("bearer");
    Catalyst, CatalystError, Catalyse, "aws/code-catalyst", auth("bearer");
}

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
    let _ = now(client.call(O::default()));
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

/// The session of single sign-on, for services that take a token first.
#[cfg(feature = "aws-credentials")]
#[test]
fn a_session_has_the_token_of_services_that_know_nothing_else() {
    const CONFIG: &str = "[default]\nsso_session=s\n\
        [sso-session s]\nsso_start_url=https://start\nsso_region=eu-central-1\n";
    const PATH: &str = "/h/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
    let token = |end: &str| {
        format!(
            r#"{{"accessToken": "old", "expiresAt": "{end}", "clientId": "c", "clientSecret": "cs",
            "refreshToken": "re", "registrationExpiresAt": "2027-01-01T00:00:00Z"}}"#
        )
    };
    let renewed = r#"{"accessToken": "new", "expiresIn": 28800}"#;
    let cases = [
        ("2026-01-01T10:00:00Z", CONFIG.to_owned(), None, Ok("Bearer old")),
        ("2026-01-01T00:14:59Z", CONFIG.to_owned(), None, Ok("Bearer new")),
        // What the environment has goes first.
        ("2026-01-01T10:00:00Z", CONFIG.to_owned(), Some("t0ken"), Ok("Bearer t0ken")),
        (
            "2026-01-01T10:00:00Z",
            "[default]\nsso_session=other\n".to_owned(),
            None,
            Err("there is no [sso-session other]"),
        ),
        (
            "2026-01-01T10:00:00Z",
            CONFIG.replace("sso_region", "region"),
            None,
            Err("[sso-session s] has no `sso_region`"),
        ),
        (
            "2026-01-01T10:00:00Z",
            "[default]\n".to_owned(),
            None,
            Err("neither AWS_BEARER_TOKEN_CODE_CATALYST nor BEARER_TOKEN is set"),
        ),
    ];
    for (end, config, variable, expected) in cases {
        let mut environment = BTreeMap::from([("HOME".to_owned(), "/h".to_owned())]);
        let name = "AWS_BEARER_TOKEN_CODE_CATALYST".to_owned();
        environment.extend(variable.map(|token| (name, token.to_owned())));
        let files =
            crate::auth::MemoryFiles::new().with("/h/.aws/config", config).with(PATH, token(end));
        let start: crate::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let sso = Replay::new().answer(200, renewed);
        let surroundings = Surroundings::empty()
            .with_environment(environment)
            .with_files(files)
            .with_clock(start)
            .with_transport(sso.clone());
        let replay = Replay::new().answer(200, "{}");
        let config = Config::builder().surroundings(surroundings).region("eu-west-1");
        let config = config.transport(replay.clone()).build().unwrap();
        let client = Client::<Catalyst>::new(config).unwrap();
        match (now(client.call(Catalyse::default())), expected) {
            (Ok(_), Ok(expected)) => {
                let requests = replay.requests();
                assert_eq!(requests[0].headers()["authorization"], expected);
            }
            (Err(error), Err(expected)) => {
                assert!(error.to_string().ends_with(expected), "{error}");
            }
            (answer, expected) => unreachable!("{answer:?} is not {expected:?}"),
        }
        let urls: Vec<_> = sso.requests().iter().map(|it| it.uri().to_string()).collect();
        let asked: &[&str] = match expected {
            Ok("Bearer new") => &["https://oidc.eu-central-1.amazonaws.com/token"],
            _ => &[],
        };
        assert_eq!(urls, asked);
    }
}
