//! Settings, and where they lead a call.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::samples::{now, operation};
use crate::schema::{AuthOption, ErrorFormat, Protocol, ServiceSchema};
use crate::transport::Replay;
use crate::{Credentials, ErrorKind, Model};
use std::borrow::Cow;

#[derive(Model)]
struct Nothing {}

fn service(scheme: &'static str, endpoint: &'static str) -> ServiceSchema {
    ServiceSchema {
        id: Cow::Borrowed("test/client"),
        title: Cow::Borrowed("Client"),
        version: Cow::Borrowed(""),
        protocol: Protocol::Rest,
        auth: vec![AuthOption { scheme: scheme.into(), settings: Cow::Borrowed(&[]) }].into(),
        endpoint: endpoint.into(),
        default_region: Cow::Borrowed(""),
        headers: vec![("x-region".into(), "{region}".into())].into(),
        errors: Cow::Borrowed(&[]),
        error_format: ErrorFormat::PROTOCOL,
        ..ServiceSchema::default()
    }
}

/// Calls without waiting: nothing here leaves the process.
fn call(
    service: ServiceSchema,
    builder: ConfigBuilder,
) -> Result<http::Request<bytes::Bytes>, Error> {
    let replay = Replay::new().answer(200, "");
    let core = Core::new(service, builder.transport(replay.clone()).build()?)?;
    let (mut input, mut output) = (Nothing {}, Nothing {});
    now(core.call(&operation(), &mut input, &mut output))?;
    Ok(replay.requests().remove(0))
}

fn with_region(region: &str) -> Result<http::Request<bytes::Bytes>, Error> {
    let builder = Config::builder().region(region).credentials(Credentials::token("t"));
    call(service("bearer", "https://do.{region}.example.com"), builder)
}

#[test]
fn a_region_is_part_of_the_host() {
    for region in ["us-west-2", "KR", "a", "1", &"x".repeat(63)] {
        let request = with_region(region).unwrap();
        let host = format!("do.{region}.example.com");
        assert_eq!(request.uri().host(), Some(&*host));
        assert_eq!(request.headers()["x-region"], region);
    }
}

/// A region can never lead to another host, whatever is in it.
#[test]
fn a_region_cannot_change_the_host() {
    let pieces = [
        "us-west-2",
        "evil.example",
        ".",
        "..",
        "/",
        "//",
        "\\",
        "@",
        ":",
        ":80",
        "#",
        "?",
        "%2F",
        "%",
        " ",
        "\t",
        "\r\n",
        "\0",
        "é",
        "。",
        "．",
        "[::1]",
        "{region}",
        "-",
        "_",
        "",
        "x",
        "https://",
    ];
    // All of one and two pieces, and by numbers that look random as many of more.
    let mut regions: Vec<String> = pieces.map(str::to_owned).to_vec();
    for first in pieces {
        regions.extend(pieces.map(|second| format!("{first}{second}")));
    }
    let mut state = 7_usize;
    for _ in 0..5_000 {
        let mut region = String::new();
        for _ in 0..3 + state % 5 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            region.push_str(pieces[(state >> 33) % pieces.len()]);
        }
        regions.push(region);
    }
    for region in regions {
        match with_region(&region) {
            Ok(request) => {
                let host = request.uri().host().unwrap();
                let inside =
                    host.strip_prefix("do.").and_then(|it| it.strip_suffix(".example.com"));
                let inside = inside.unwrap();
                assert!(
                    inside.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
                    "{region:?}"
                );
                assert_eq!(request.uri().authority().unwrap().as_str(), host, "{region:?}");
                assert_eq!(request.uri().path(), "/do", "{region:?}");
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Region, "{region:?}");
                assert!(!error.to_string().contains(['\r', '\n', '\0']), "{error}");
            }
        }
    }
    assert!(with_region(&"x".repeat(64)).is_err());
}

#[test]
fn a_region_is_asked_for_where_it_is_needed() {
    let credentials = || Config::builder().credentials(Credentials::new("k", "s"));
    let fixed = "https://do.example.com";
    assert!(call(service("bearer", fixed), credentials()).is_ok());
    let error = call(service("bearer", "https://{region}.example.com"), credentials()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Region);
    assert_eq!(
        error.to_string(),
        "Do: no region is configured: set one in the configuration or the environment"
    );
    let mut own = service("bearer", "https://{region}.example.com");
    own.default_region = Cow::Borrowed("KR");
    assert_eq!(call(own.clone(), credentials()).unwrap().uri().host(), Some("KR.example.com"));
    let request = call(own, credentials().region("JP")).unwrap();
    assert_eq!(request.uri().host(), Some("JP.example.com"));
    // A region in an endpoint of one's own is filled in as well.
    let builder = credentials().region("KR").endpoint("http://localhost:1/{region}/");
    let request = call(service("bearer", fixed), builder).unwrap();
    assert_eq!(request.uri().to_string(), "http://localhost:1/KR/do");
    #[cfg(feature = "aws")]
    {
        let error = call(service("sigv4", fixed), credentials()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Region, "a signature names the region");
    }
}

#[test]
fn credentials_are_asked_for_where_a_call_needs_them() {
    let fixed = "https://do.example.com";
    let error = call(service("bearer", fixed), Config::builder()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(error.to_string(), "Do: unable to locate credentials: none are configured");
    let from =
        |builder: ConfigBuilder| builder.environment(&service("bearer", fixed), &[]).unwrap();
    let error = call(service("bearer", fixed), from(Config::builder())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Do: unable to locate credentials: neither TEST_CLIENT_BEARER_TOKEN nor TEST_BEARER_TOKEN \
         nor BEARER_TOKEN is set"
    );
    assert!(call(service("none", fixed), Config::builder()).is_ok());
    let request = call(service("bearer", fixed), Config::builder().unsigned()).unwrap();
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn what_is_set_goes_before_the_environment() {
    let service = service("bearer", "https://do.example.com");
    let environment = [("BEARER_TOKEN", "from-the-environment")];
    let builder = Config::builder().credentials(Credentials::token("set"));
    let request = call(service.clone(), builder.environment(&service, &environment).unwrap());
    assert_eq!(request.unwrap().headers()["authorization"], "Bearer set");
    let builder = Config::builder().environment(&service, &environment).unwrap();
    let request = call(service, builder).unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer from-the-environment");
}

#[test]
fn a_scheme_that_nobody_knows_is_named() {
    let error = call(service("kerberos", "https://do.example.com"), Config::builder()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("the auth scheme `kerberos`"), "{error}");
    let mut two = service("kerberos", "https://do.example.com");
    let bearer = service("bearer", "").auth[0].clone();
    two.auth.to_mut().push(bearer);
    let builder = Config::builder().credentials(Credentials::token("t"));
    assert!(call(two, builder).is_ok(), "the first scheme that is known signs");
}

#[test]
fn constant_headers_carry_the_region_and_nothing_else() {
    let error = with_region("a\r\nx-evil: 1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Region);
    let mut broken = service("none", "https://do.example.com");
    broken.headers = vec![("x y".into(), "z".into())].into();
    let error = call(broken, Config::builder()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
}

#[test]
fn a_client_chooses_among_the_protocols_of_its_service() {
    let asked = |protocol| {
        let service = ServiceSchema {
            protocol: Protocol::Json10,
            protocols: vec![Protocol::Json10, Protocol::RestJson].into(),
            target: "Things".into(),
            ..service("bearer", "https://things.example.com")
        };
        let builder = Config::builder().region("r").credentials(Credentials::token("t"));
        call(service, builder.protocol(protocol))
    };
    let by_name = asked(Protocol::Json10).unwrap();
    assert_eq!(
        (by_name.uri().path(), by_name.headers()["x-amz-target"].as_bytes()),
        ("/", &b"Things.Do"[..])
    );
    assert_eq!(asked(Protocol::RestJson).unwrap().uri().path(), "/do");
    let error = asked(Protocol::Query).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.message(),
        Some("test/client does not speak query; it speaks json-1.0, rest-json")
    );
}
