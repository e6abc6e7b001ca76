#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::{Credentials, Environment, Surroundings};
use crate::samples::{now, service};
use crate::transport::Replay;
use crate::{Client, Config, Model, Operation};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

service!(
    Signed,
    SignedError,
    id = "aws/signed",
    protocol = "rest-json",
    endpoint = "https://a.example.com",
    auth("sigv4", name = "signed")
);

#[derive(Model, Operation)]
#[operation(service = Signed, output = Output, http = "GET /a")]
struct Ask {
    #[model(header = "X-Amzn-Trace-Id")]
    trace: Option<String>,
}

#[derive(Model)]
struct Output {}

/// What a call with these variables says of where it comes from, and what its signature covers.
fn told(variables: &[(&str, &str)], ask: Ask) -> (Option<String>, String) {
    let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let surroundings =
        Surroundings::empty().with_environment(variables.collect::<BTreeMap<_, _>>());
    let replay = Replay::new().response(http::Response::new("{}".into()));
    let config = Config::builder()
        .surroundings(surroundings)
        .region("eu-west-1")
        .credentials(Credentials::new("AKID", "secret"))
        .transport(replay.clone());
    let client = Client::<Signed>::new(config.build().unwrap()).ok().unwrap();
    now(client.call(ask)).unwrap();
    let requests = replay.requests();
    let of = |name: &str| {
        requests[0].headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    (of("x-amzn-trace-id"), of("authorization").unwrap())
}

#[test]
fn a_function_says_what_it_is_traced_by() {
    const FUNCTION: (&str, &str) = ("AWS_LAMBDA_FUNCTION_NAME", "f");
    const PLAIN: &str = "Root=1-5759e988;Parent=53995c3f:+&[]{}\"',~_.;Sampled=1";
    let trace = |id| ("_X_AMZN_TRACE_ID", id);
    for (variables, own, expected) in [
        (&[][..], None, None),
        (&[FUNCTION], None, None),
        (&[trace("a")], None, None),
        (&[FUNCTION, trace("")], None, None),
        (&[FUNCTION, trace(PLAIN)], None, Some(PLAIN)),
        (&[FUNCTION, trace("a b/c\u{e4}\n%(!)*")], None, Some("a%20b%2Fc%C3%A4%0A%25%28%21%29%2A")),
        // What a call says itself counts.
        (&[FUNCTION, trace("a")], Some("mine"), Some("mine")),
    ] {
        let (told, signature) = told(variables, Ask { trace: own.map(str::to_owned) });
        assert_eq!(told.as_deref(), expected, "{variables:?}");
        // Whoever stands between may change it.
        assert!(!signature.contains("x-amzn-trace-id"), "{signature}");
    }
}

/// Another invocation, another trace.
#[test]
fn a_client_lives_longer_than_an_invocation() {
    #[derive(Clone, Debug, Default)]
    struct Function(Arc<AtomicU32>);
    impl Environment for Function {
        fn var(&self, name: &str) -> Option<String> {
            match name {
                "AWS_LAMBDA_FUNCTION_NAME" => Some("f".to_owned()),
                "_X_AMZN_TRACE_ID" => Some(self.0.load(SeqCst).to_string()),
                _ => None,
            }
        }
    }
    let function = Function::default();
    let replay = Replay::new().answer(200, "{}").answer(200, "{}");
    let config = Config::builder()
        .surroundings(Surroundings::empty().with_environment(function.clone()))
        .region("eu-west-1")
        .credentials(Credentials::new("AKID", "secret"))
        .transport(replay.clone());
    let client = Client::<Signed>::new(config.build().unwrap()).ok().unwrap();
    for _ in 0..2 {
        function.0.fetch_add(1, SeqCst);
        now(client.call(Ask { trace: None })).unwrap();
    }
    let requests = replay.requests();
    let told = requests.iter().map(|it| it.headers()["x-amzn-trace-id"].to_str().unwrap());
    assert_eq!(told.collect::<Vec<_>>(), ["1", "2"]);
}
