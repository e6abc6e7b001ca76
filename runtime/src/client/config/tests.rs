//! What clients take from their surroundings.

use super::*;
use crate::auth::MemoryFiles;
use crate::client::Core;
use crate::samples::{now, operation};
use crate::schema::{AuthOption, Protocol};
use crate::transport::Replay;
use crate::{ErrorKind, Model};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Variables or files, and what is in them.
type Pairs<'a> = &'a [(&'a str, &'a str)];

#[derive(Model)]
struct Nothing {}

fn service(id: &'static str, scheme: &'static str) -> ServiceSchema {
    ServiceSchema {
        id: id.into(),
        protocol: Protocol::Rest,
        auth: vec![AuthOption {
            scheme: scheme.into(),
            settings: vec![("name".into(), "ivs".into())].into(),
        }]
        .into(),
        endpoint: Cow::Borrowed("https://ivs.{region}.example.com"),
        ..ServiceSchema::default()
    }
}

fn surroundings(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Surroundings {
    let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let memory = files.iter().fold(MemoryFiles::new(), |it, &(path, text)| it.with(path, text));
    Surroundings::empty().with_environment(variables.collect::<BTreeMap<_, _>>()).with_files(memory)
}

/// The host of a call, and who signed it; all answers are there at once.
fn call(service: &ServiceSchema, builder: ConfigBuilder) -> Result<String, Error> {
    let replay = Replay::new().answer(200, "");
    let core = Core::new(service.clone(), builder.transport(replay.clone()).build()?)?;
    let (mut input, mut output) = (Nothing {}, Nothing {});
    now(core.call(&operation(), &mut input, &mut output))?;
    let request = replay.requests().remove(0);
    let headers = request.headers();
    let header = headers.get("authorization").or_else(|| headers.get("x-ncp-iam-access-key"));
    let header = header.map_or("-", |it| it.to_str().expect("text"));
    let who = header.split_once("Credential=").map_or(header, |(_, it)| it);
    let who = who.split('/').next().unwrap_or_default();
    Ok(format!("{who} at {}", request.uri().host().unwrap_or_default()))
}

#[cfg(feature = "aws")]
const CONFIG: (&str, &str) = (
    "~/.aws/config",
    "[default]\nregion=eu-west-1\n[profile p]\nregion=eu-north-1\naws_access_key_id=p\n\
     aws_secret_access_key=s\nendpoint_url=https://p.example.com",
);
#[cfg(feature = "aws")]
const KEYS: (&str, &str) =
    ("~/.aws/credentials", "[default]\naws_access_key_id=file\naws_secret_access_key=s");

#[cfg(feature = "aws")]
#[test]
fn what_is_not_set_is_of_the_surroundings() {
    let ivs = service("aws/ivs", "sigv4");
    let with = |variables: &[(&str, &str)]| {
        Config::builder().surroundings(surroundings(variables, &[CONFIG, KEYS]))
    };
    let of = |builder| call(&ivs, builder).expect("an answer");
    assert_eq!(of(with(&[])), "file at ivs.eu-west-1.example.com");
    assert_eq!(of(with(&[("AWS_REGION", "us-east-1")])), "file at ivs.us-east-1.example.com");
    assert_eq!(of(with(&[("AWS_PROFILE", "p")])), "p at p.example.com");
    assert_eq!(of(with(&[]).profile("p")), "p at p.example.com");
    assert_eq!(of(with(&[]).region("us-west-1")), "file at ivs.us-west-1.example.com");
    assert_eq!(
        of(with(&[]).profile("p").endpoint("https://own.example.com")),
        "p at own.example.com"
    );
    assert_eq!(
        of(with(&[]).credentials(crate::Credentials::new("own", "s"))),
        "own at ivs.eu-west-1.example.com"
    );
    assert_eq!(of(with(&[]).unsigned()), "- at ivs.eu-west-1.example.com");
    let key = ("AWS_ACCESS_KEY_ID", "env");
    let environment = with(&[key, ("AWS_SECRET_ACCESS_KEY", "s")]);
    assert_eq!(of(environment), "env at ivs.eu-west-1.example.com");
}

#[cfg(feature = "aws")]
#[test]
fn a_setting_goes_before_the_surroundings() {
    let ivs = service("aws/ivs", "sigv4");
    let surroundings = surroundings(&[("AWS_USE_FIPS_ENDPOINT", "true")], &[]);
    let settled = |builder: ConfigBuilder| {
        let config = builder.surroundings(surroundings.clone()).transport(Replay::new()).build()?;
        config.settled(&ivs).map(|config| config.settings)
    };
    let named = |value| vec![("UseFIPS".to_owned(), Setting::Bool(value))];
    assert_eq!(settled(Config::builder()).expect("settings"), named(true));
    assert_eq!(
        settled(Config::builder().setting("UseFIPS", false)).expect("settings"),
        named(false)
    );
}

#[cfg(feature = "aws")]
#[test]
fn what_is_missing_is_an_error_of_the_call_and_what_is_wrong_one_of_the_client() {
    let ivs = service("aws/ivs", "sigv4");
    let with = |variables: &[(&str, &str)], files: &[(&str, &str)]| {
        call(&ivs, Config::builder().surroundings(surroundings(variables, files)))
    };
    let metadata = ("AWS_EC2_METADATA_DISABLED", "true");
    let error = with(&[("AWS_REGION", "us-east-1"), metadata], &[]).expect_err("no credentials");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let said = error.to_string();
    assert!(
        said.starts_with("Do: unable to locate credentials; these were tried:\n- environment: "),
        "{said}"
    );
    let error = with(&[("AWS_PROFILE", "z")], &[]).expect_err("no profile");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().starts_with("there is no profile `z` in "), "{error}");
    let error = with(&[], &[("~/.aws/config", "hunter2")]).expect_err("no file");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

/// A client is not made with one, and its error says where it is from.
#[test]
fn an_endpoint_that_is_no_url_is_an_error_before_any_call() {
    const HELP: &str = "it needs a scheme and a host, such as https://localhost:4566";
    const FILE: &str = "[default]\nendpoint_url=nonsense\n[profile s]\nservices=own\n\
        [services own]\nivs=\n  endpoint_url=nonsense\n";
    for url in ["nonsense", "", "localhost:4566", "/path", "http://", "https://:80", "http://a b/"]
    {
        let built = Config::builder().endpoint(url).transport(Replay::new()).build();
        let error = built.expect_err("no URL");
        assert_eq!(error.kind(), ErrorKind::Endpoint, "{url}");
        assert_eq!(error.to_string(), format!("the endpoint `{url}` is not a URL: {HELP}"));
    }
    let secret = Config::builder().endpoint("http://me:hunter2@host/").transport(Replay::new());
    let said = secret.build().expect_err("a password").to_string();
    assert!(said.contains("http://…@host/") && !said.contains("hunter2"), "{said}");
    for url in ["http://localhost:4566", "https://a.{region}.example.com/x/", "http://[::1]:80/"] {
        assert!(Config::builder().endpoint(url).transport(Replay::new()).build().is_ok(), "{url}");
    }

    let ivs = service("aws/ivs", "sigv4");
    let made = |variables: &[(&str, &str)], files: &[(&str, &str)], url: Option<&str>| {
        let builder = Config::builder().surroundings(surroundings(variables, files));
        let builder = url.into_iter().fold(builder, ConfigBuilder::endpoint);
        Core::new(ivs.clone(), builder.transport(Replay::new()).build()?).map(drop)
    };
    let files = [("~/.aws/config", FILE)];
    let bad = ("AWS_ENDPOINT_URL", "nonsense");
    let cases: [(Pairs<'_>, Pairs<'_>, &str); 4] = [
        (&[bad], &[], "AWS_ENDPOINT_URL"),
        (&[("AWS_ENDPOINT_URL_IVS", "nonsense")], &[], "AWS_ENDPOINT_URL_IVS"),
        (&[], &files, "`endpoint_url` of the profile `default` in \"~/.aws/config\""),
        (
            &[("AWS_PROFILE", "s")],
            &files,
            "`endpoint_url` of `ivs` in [services own] in \"~/.aws/config\"",
        ),
    ];
    for (variables, files, place) in cases {
        let error = made(variables, files, None).expect_err("no URL");
        assert_eq!(error.kind(), ErrorKind::Endpoint, "{place}");
        let said = format!("{place}: the endpoint `nonsense` is not a URL: {HELP}");
        assert_eq!(error.to_string(), said);
    }
    // What is set in code goes first.
    assert!(made(&[bad], &[], Some("http://localhost:4566")).is_ok());
}

#[cfg(feature = "ncp")]
#[test]
fn another_provider_has_files_of_its_own() {
    let files = [("~/.ncloud/configure", "ncloud_access_key_id=n\nncloud_secret_access_key=s\n")];
    let surroundings = surroundings(&[("NCLOUD_REGION", "KR")], &files);
    let of = |builder: ConfigBuilder| call(&service("ncp/livestation", "ncp-v2"), builder);
    let builder = Config::builder().surroundings(surroundings);
    assert_eq!(of(builder).expect("an answer"), "n at ivs.KR.example.com");
}

#[test]
fn schemes_without_files_have_variables() {
    let surroundings = surroundings(&[("BEARER_TOKEN", "t")], &[]);
    let builder = Config::builder().region("x").surroundings(surroundings);
    let answer = call(&service("acme/pets", "bearer"), builder);
    assert_eq!(answer.expect("an answer"), "Bearer t at ivs.x.example.com");
    let builder = Config::builder().region("x").surroundings(Surroundings::empty());
    let error = call(&service("acme/pets", "bearer"), builder).expect_err("no token");
    assert_eq!(
        error.to_string(),
        "Do: unable to locate credentials: neither ACME_PETS_BEARER_TOKEN nor ACME_BEARER_TOKEN nor \
         BEARER_TOKEN is set"
    );
}

/// Two services with keys of their own can be called from one environment.
#[test]
fn a_service_has_variables_of_its_own_before_those_for_all() {
    const ALL: &[(&str, &str)] = &[
        ("ACME_PET_SHOP_BEARER_TOKEN", "shop"),
        ("ACME_BEARER_TOKEN", "acme"),
        ("BEARER_TOKEN", "all"),
        ("HARBOUR_BEARER_TOKEN", "harbour"),
        ("ACME_PET_SHOP_API_KEY", "of another scheme"),
    ];
    let cases: &[(&str, Pairs<'_>, &str)] = &[
        ("acme/pet-shop", ALL, "shop"),
        ("acme/pet-shop", &ALL[1..], "acme"),
        ("acme/pet-shop", &ALL[2..], "all"),
        ("acme/pet-shop", &[("ACME_PET_SHOP_BEARER_TOKEN", ""), ALL[1]], "acme"),
        ("acme/pets", ALL, "acme"),
        ("other/pet-shop", ALL, "all"),
        ("harbour/harbour", ALL, "harbour"),
        ("harbour/berths", ALL, "harbour"),
        ("", ALL, "all"),
    ];
    for (id, variables, token) in cases {
        let service = service(id, "bearer");
        let of = |builder: ConfigBuilder| call(&service, builder.region("x")).expect("an answer");
        let expected = format!("Bearer {token} at ivs.x.example.com");
        let surroundings = surroundings(variables, &[]);
        assert_eq!(of(Config::builder().surroundings(surroundings)), expected, "{id}");
        let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        let variables: BTreeMap<_, _> = variables.collect();
        let builder = Config::builder().environment(&service, &variables).expect("settings");
        assert_eq!(of(builder), expected, "{id}");
    }
}
