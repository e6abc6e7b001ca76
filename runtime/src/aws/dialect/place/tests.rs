//! Accounts and regions in hosts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::{Credentials, CredentialsError, ProvideCredentials, Surroundings};
use crate::client::{ConfigBuilder, Sleep};
use crate::samples::{now, service};
use crate::transport::Replay;
use crate::{BoxFuture, Client, Config, Model, Operation};
use std::collections::BTreeMap;
use std::time::Duration;

const RULES: &str = r#"{
  "version": "1.0",
  "parameters": {
    "Region": {"builtIn": "AWS::Region", "type": "string"},
    "Account": {"builtIn": "AWS::Auth::AccountId", "type": "string"},
    "Mode": {"builtIn": "AWS::Auth::AccountIdEndpointMode", "type": "string"}
  },
  "rules": [
    {
      "conditions": [{"fn": "stringEquals", "argv": [{"ref": "Mode"}, "disabled"]}],
      "endpoint": {"url": "https://off.{Region}.example.com"}
    },
    {
      "conditions": [{"fn": "isSet", "argv": [{"ref": "Account"}]}],
      "endpoint": {"url": "https://{Account}.{Mode}.{Region}.example.com"}
    },
    {
      "conditions": [{"fn": "stringEquals", "argv": [{"ref": "Mode"}, "required"]}],
      "error": "an account is required"
    },
    {"endpoint": {"url": "https://plain.{Region}.example.com"}}
  ]
}"#;

service!(
    Accounts,
    AccountsError,
    id = "aws/accounts",
    protocol = "rest-json",
    endpoint = "https://a.{region}.example.com",
    rules = RULES,
    auth("sigv4", name = "accounts")
);

#[derive(Model, Operation)]
#[operation(service = Accounts, output = Output, http = "GET /a")]
struct Get {}

#[derive(Model, Operation)]
#[operation(service = Accounts, output = Output, http = "GET /a", auth("none"))]
struct GetUnsigned {}

#[derive(Model)]
struct Output {}

const REGIONS: &str = r#"{
  "version": "1.0",
  "parameters": {
    "Region": {"builtIn": "AWS::Region", "type": "string"},
    "UseFIPS": {"builtIn": "AWS::UseFIPS", "type": "boolean", "required": true, "default": false},
    "Endpoint": {"builtIn": "SDK::Endpoint", "type": "string"}
  },
  "rules": [
    {
      "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}],
      "endpoint": {"url": "https://fips.{Region}.example.com"}
    },
    {
      "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}],
      "endpoint": {"url": {"ref": "Endpoint"}}
    },
    {"endpoint": {"url": "https://plain.{Region}.example.com"}}
  ]
}"#;

service!(
    Regions,
    RegionsError,
    id = "aws/regions",
    protocol = "rest-json",
    endpoint = "https://a.{region}.example.com",
    rules = REGIONS,
    auth("sigv4", name = "regions")
);

#[derive(Model, Operation)]
#[operation(service = Regions, output = Output, http = "GET /a")]
struct Look {}

fn called<O: Operation<Service = Accounts> + Default>(config: ConfigBuilder) -> String {
    let replay = Replay::new().answer(200, "{}");
    let config = config.region("eu-west-1").transport(replay.clone()).build().unwrap();
    let client = match Client::<Accounts>::new(config) {
        Ok(client) => client,
        Err(AccountsError::Other(error)) => return error.to_string(),
    };
    match now(client.call(O::default())) {
        Ok(_) => replay.requests()[0].uri().host().unwrap().to_owned(),
        Err(AccountsError::Other(error)) => error.to_string(),
    }
}

fn keys(account: Option<&str>) -> Credentials {
    let keys = Credentials::new("AKID", "secret");
    match account {
        Some(account) => keys.with_account_id(account),
        None => keys,
    }
}

#[test]
fn the_account_of_the_credentials_is_part_of_hosts() {
    let account = Some("123456789012");
    let required = "an account is required";
    let cases = [
        (None, account, "123456789012.preferred.eu-west-1.example.com"),
        (None, None, "plain.eu-west-1.example.com"),
        (Some("preferred"), account, "123456789012.preferred.eu-west-1.example.com"),
        (Some("Required"), account, "123456789012.required.eu-west-1.example.com"),
        (Some("required"), None, required),
        (Some("disabled"), account, "off.eu-west-1.example.com"),
        (Some("disabled"), None, "off.eu-west-1.example.com"),
    ];
    for (mode, account, expected) in cases {
        let mode = mode.map(|mode| ("AWS_ACCOUNT_ID_ENDPOINT_MODE".to_owned(), mode.to_owned()));
        let variables: BTreeMap<_, _> = mode.into_iter().collect();
        let surroundings = Surroundings::empty().with_environment(variables.clone());
        let config = || Config::builder().surroundings(surroundings.clone());
        let said = called::<Get>(config().credentials(keys(account)));
        assert!(said.contains(expected), "{said} with {variables:?}");
        assert!(said == expected || expected == required, "{said}");
        // What is not signed has no account, and asks for none.
        let unsigned = called::<Get>(config().credentials(Nobody).unsigned());
        assert_eq!(unsigned, "off.eu-west-1.example.com");
    }
}

#[test]
fn an_operation_that_is_not_signed_asks_for_no_credentials() {
    let config = Config::builder().credentials(Nobody);
    assert_eq!(called::<GetUnsigned>(config), "plain.eu-west-1.example.com");
}

#[test]
fn what_is_set_goes_before_it() {
    let config = Config::builder()
        .setting("AccountId", "1")
        .setting("AccountIdEndpointMode", "required")
        .credentials(keys(Some("2")));
    assert_eq!(called::<Get>(config), "1.required.eu-west-1.example.com");
    let none = Config::builder().setting("AccountId", "").credentials(keys(Some("2")));
    assert_eq!(called::<Get>(none), "plain.eu-west-1.example.com");
}

#[test]
fn a_mode_that_is_none_is_an_error() {
    let expected = "the mode of endpoints with account ids is `preferred`, `required` or \
                    `disabled`, not \"often\": see AWS_ACCOUNT_ID_ENDPOINT_MODE, and \
                    account_id_endpoint_mode in the profile";
    let variable = ("AWS_ACCOUNT_ID_ENDPOINT_MODE".to_owned(), "Often".to_owned());
    let surroundings = Surroundings::empty().with_environment(BTreeMap::from([variable]));
    let found = called::<Get>(Config::builder().surroundings(surroundings).credentials(keys(None)));
    assert_eq!(found, expected);
    let set = Config::builder().setting("AccountIdEndpointMode", "often").credentials(keys(None));
    assert!(called::<Get>(set).contains(expected));
}

/// `_normalize_fips_region` in botocore's `client.py`.
#[test]
fn a_region_may_ask_for_validated_endpoints() {
    let own = "https://own.example.com";
    for (name, endpoint, host, region) in [
        ("us-east-1", None, "plain.us-east-1.example.com", "us-east-1"),
        ("fips-us-east-1", None, "fips.us-east-1.example.com", "us-east-1"),
        ("us-east-1-fips", None, "fips.us-east-1.example.com", "us-east-1"),
        ("us-gov-west-1-fips", None, "fips.us-gov-west-1.example.com", "us-gov-west-1"),
        ("fips-us-east-1", Some(own), "own.example.com", "us-east-1"),
    ] {
        let replay = Replay::new().answer(200, "{}").answer(200, "{}");
        let of_client = |region: &str| {
            let config = Config::builder().region(region).credentials(keys(None));
            // The name says more than the setting, and neither matters at an endpoint of one's own.
            let config = config.setting("UseFIPS", endpoint.is_some()).transport(replay.clone());
            let config = endpoint.into_iter().fold(config, ConfigBuilder::endpoint);
            Client::<Regions>::new(config.build().unwrap()).unwrap()
        };
        now(of_client(name).call(Look {})).unwrap();
        now(of_client("sa-east-1").prepare(Look {}).region(name).send()).unwrap();
        for request in replay.requests() {
            assert_eq!(request.uri().host(), Some(host), "{name}");
            let signature = request.headers()["authorization"].to_str().unwrap();
            assert!(signature.contains(&format!("/{region}/regions/")), "{name}: {signature}");
        }
    }
}

/// Has no credentials.
#[derive(Debug)]
struct Nobody;

impl ProvideCredentials for Nobody {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(Err(CredentialsError::new("nobody"))))
    }
}

/// Never answers.
#[derive(Debug)]
struct Mute;

impl ProvideCredentials for Mute {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::pending())
    }
}

/// Waits for nothing.
#[derive(Debug)]
struct AtOnce;

impl Sleep for AtOnce {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn credentials_that_are_asked_for_their_account_may_fail_and_be_late() {
    let said = called::<Get>(Config::builder().credentials(Nobody));
    assert!(said.contains("unable to locate credentials: nobody"), "{said}");
    let config =
        Config::builder().credentials(Mute).sleep(AtOnce).call_timeout(Duration::from_secs(5));
    let said = called::<Get>(config);
    assert!(said.ends_with("no answer within 5 s (call timeout)"), "{said}");
}
