//! Roles: assumed with keys, with the credentials of other profiles and of named sources, and with
//! tokens of identity providers.

use super::*;
use crate::auth::{BoxError, ProvideCode};
use crate::transport::Replay;

fn answer(operation: &str, key: &str) -> String {
    format!(
        "<{operation}Response><{operation}Result><Credentials>\
         <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>rs</SecretAccessKey>\
         <SessionToken>rt</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration>\
         </Credentials></{operation}Result></{operation}Response>"
    )
}

fn replay(keys: &[&str]) -> Replay {
    keys.iter().fold(Replay::new(), |it, key| it.answer(200, answer("AssumeRole", key)))
}

/// Who signed a request, for where, and its form.
fn sent(replay: &Replay) -> Vec<String> {
    let requests = replay.requests();
    let shown = requests.iter().map(|request| {
        let authorization = request.headers().get("authorization");
        let authorization = authorization.map_or("-", |it| it.to_str().expect("text"));
        let who = authorization.split_once("Credential=").map_or("-", |(_, it)| it);
        let who = who.split('/').next().unwrap_or_default();
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let body = body.strip_prefix("Action=").unwrap_or(&body).replace("&Version=2011-06-15", "");
        format!("{who}@{} {body}", request.uri().host().unwrap_or_default())
    });
    shown.collect()
}

const ENDED: &str = "/rs/rt until 2026-01-01T01:00:00Z";
const BASE: &str = "[profile base]\naws_access_key_id=base\naws_secret_access_key=s\n";
const ARN: &str = "arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr";

#[test]
fn a_role_is_assumed_with_the_keys_of_a_profile() {
    let cases = [
        ("", "&RoleSessionName=typefoundry-1767225600"),
        ("role_session_name=me", "&RoleSessionName=me"),
        ("role_session_name=me\nexternal_id=x y", "&RoleSessionName=me&ExternalId=x+y"),
        ("role_session_name=me\nduration_seconds=900", "&RoleSessionName=me&DurationSeconds=900"),
    ];
    for (more, expected) in cases {
        let config = format!(
            "{BASE}[default]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=base\n{more}\n"
        );
        let replay = replay(&["role"]);
        let surroundings = surroundings(&[], &[(CONFIG, &config)]).with_transport(replay.clone());
        assert_eq!(found(&surroundings), format!("role{ENDED}"), "{more}");
        let form = format!("AssumeRole&RoleArn={ARN}{expected}");
        assert_eq!(sent(&replay), [format!("base@sts.us-west-2.amazonaws.com {form}")]);
    }
}

#[test]
fn the_region_and_endpoint_of_sts_are_the_clients() {
    let config = format!("{BASE}[default]\nrole_arn=r\nsource_profile=base\nrole_session_name=n\n");
    let host = |variables: &[(&str, &str)], region: Option<&str>| {
        let replay = replay(&["role"]);
        let surroundings =
            surroundings(variables, &[(CONFIG, &config)]).with_transport(replay.clone());
        let provider = super::super::provider(&surroundings, region);
        let _ = now(provider.provide());
        sent(&replay).concat().split(' ').next().unwrap_or_default().to_owned()
    };
    assert_eq!(host(&[], None), "base@sts.us-west-2.amazonaws.com");
    assert_eq!(host(&[], Some("eu-west-1")), "base@sts.eu-west-1.amazonaws.com");
    assert_eq!(host(&[], Some("cn-north-1")), "base@sts.cn-north-1.amazonaws.com.cn");
    let fips = ("AWS_USE_FIPS_ENDPOINT", "true");
    assert_eq!(host(&[fips], None), "base@sts-fips.us-west-2.amazonaws.com");
    assert_eq!(host(&[fips], Some("us-gov-west-1")), "base@sts.us-gov-west-1.amazonaws.com");
    assert_eq!(host(&[("AWS_ENDPOINT_URL_STS", "http://localhost:1")], None), "base@localhost");
    assert_eq!(host(&[("AWS_ENDPOINT_URL", "http://localhost:1")], None), "base@localhost");
    // A setting that the rules of this client do not know
    assert_eq!(
        host(&[("AWS_STS_REGIONAL_ENDPOINTS", "legacy")], None),
        "base@sts.us-west-2.amazonaws.com"
    );
}

#[test]
fn a_role_is_assumed_with_another() {
    let config = format!(
        "{BASE}[default]\nrole_arn=c\nsource_profile=b\nrole_session_name=n\n\
         [profile b]\nrole_arn=b\nsource_profile=a\nrole_session_name=n\n\
         [profile a]\nrole_arn=a\nsource_profile=base\nrole_session_name=n\n"
    );
    let replay = replay(&["ra", "rb", "rc"]);
    let surroundings = surroundings(&[], &[(CONFIG, &config)]).with_transport(replay.clone());
    assert_eq!(found(&surroundings), format!("rc{ENDED}"));
    let signed: Vec<_> = sent(&replay)
        .iter()
        .map(|it| it.split('@').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(signed, ["base", "ra", "rb"]);
}

#[test]
fn a_profile_may_have_the_keys_for_its_own_role() {
    let config = "[default]\nrole_arn=r\nsource_profile=default\n";
    let credentials = "[default]\naws_access_key_id=own\naws_secret_access_key=s\n";
    let replay = replay(&["role"]);
    let surroundings = surroundings(&[], &[(CONFIG, config), (CREDENTIALS, credentials)])
        .with_transport(replay.clone());
    assert_eq!(found(&surroundings), format!("role{ENDED}"));
    assert!(sent(&replay)[0].starts_with("own@"));
}

/// As in botocore, keys of a source go before a role that it has as well.
#[test]
fn the_keys_of_a_source_go_before_its_role() {
    let config =
        format!("{BASE}role_arn=x\nsource_profile=y\n[default]\nrole_arn=r\nsource_profile=base\n");
    let replay = replay(&["role"]);
    let surroundings = surroundings(&[], &[(CONFIG, &config)]).with_transport(replay.clone());
    assert_eq!(found(&surroundings), format!("role{ENDED}"));
    assert!(sent(&replay)[0].starts_with("base@"));
}

#[test]
fn a_source_may_be_a_process() {
    let config = "[default]\nrole_arn=r\nsource_profile=p\n[profile p]\ncredential_process=get\n";
    let printed = r#"{"Version": 1, "AccessKeyId": "printed", "SecretAccessKey": "s"}"#;
    let replay = replay(&["role"]);
    let surroundings = surroundings(&[], &[(CONFIG, config)])
        .with_transport(replay.clone())
        .with_processes(Answers::new(0, printed));
    assert_eq!(found(&surroundings), format!("role{ENDED}"));
    assert!(sent(&replay)[0].starts_with("printed@"));
}

#[test]
fn a_source_is_named() {
    let source = |name: &str| format!("[default]\nrole_arn=r\ncredential_source={name}\n");
    let config = source("Environment");
    let files = [(CONFIG, &*config)];
    let named = replay(&["role"]);
    // The chosen profile goes before the environment, and asks it as its source.
    let surroundings = surroundings(&KEYS, &files).with_profile("default");
    assert_eq!(found(&surroundings.with_transport(named.clone())), format!("role{ENDED}"));
    assert!(sent(&named)[0].starts_with("env@"));

    let config = source("EcsContainer");
    let container = r#"{"AccessKeyId": "c", "SecretAccessKey": "s", "Token": "t",
        "Expiration": "2026-01-01T02:00:00Z"}"#;
    let replay = Replay::new().answer(200, container).answer(200, answer("AssumeRole", "role"));
    let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")];
    let surroundings = super::surroundings(&variables, &[(CONFIG, &config)]);
    assert_eq!(found(&surroundings.with_transport(replay.clone())), format!("role{ENDED}"));
    assert!(sent(&replay)[1].starts_with("c@"));
}

#[test]
fn mistakes_name_file_and_profile() {
    let place = |key: &str, profile: &str| {
        format!(
            "unable to retrieve credentials from an assumed role: `{key}` of the profile \
             `{profile}` in \"~/.aws/config\": "
        )
    };
    let own = |key| place(key, "default");
    let cases = [
        ("", own("role_arn") + "the profile needs `source_profile` or `credential_source` with it"),
        (
            "source_profile=a\ncredential_source=Environment",
            own("role_arn") + "the profile has both `source_profile` and `credential_source`",
        ),
        (
            "source_profile=z",
            own("source_profile")
                + "there is no profile `z` in \"~/.aws/config\" or \"~/.aws/credentials\"",
        ),
        (
            "credential_source=Moon",
            own("credential_source")
                + "`Moon` is none of Environment, EcsContainer and Ec2InstanceMetadata",
        ),
        (
            "credential_source=Environment",
            own("credential_source") + "Environment has none: AWS_ACCESS_KEY_ID is not set",
        ),
        ("source_profile=empty", own("source_profile") + "the profile `empty` has no credentials"),
        (
            "source_profile=default",
            own("source_profile") + "the profiles lead in a circle: `default` -> `default`",
        ),
        (
            "source_profile=a",
            place("source_profile", "b")
                + "the profiles lead in a circle: `default` -> `a` -> `b` -> `a`",
        ),
        (
            "source_profile=base\nduration_seconds=long",
            own("duration_seconds") + "`long` is not a number of seconds",
        ),
        (
            "source_profile=base\nmfa_serial=arn:mfa",
            own("mfa_serial")
                + "it takes a code of that device, and there is nobody to ask for one: set \
                   `Surroundings::with_codes`",
        ),
    ];
    for (section, expected) in cases {
        let config = format!(
            "{BASE}[profile empty]\nregion=x\n[profile a]\nrole_arn=a\nsource_profile=b\n\
             [profile b]\nrole_arn=b\nsource_profile=a\n[default]\nrole_arn=r\n{section}\n"
        );
        assert_eq!(found(&surroundings(&[], &[(CONFIG, &config)])), expected, "{section}");
    }
}

#[test]
fn an_answer_that_is_no_success_is_an_error() {
    let config = format!("{BASE}[default]\nrole_arn=r\nsource_profile=base\n");
    let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not you.</Message>\
                  </Error><RequestId>1-2</RequestId></ErrorResponse>";
    let empty = "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>";
    for (status, body, expected) in [
        (403, denied, "AssumeRole: AccessDenied: Not you. (HTTP 403, request id 1-2)"),
        (200, empty, "the answer has no credentials"),
    ] {
        let replay = Replay::new().answer(status, body);
        let surroundings = surroundings(&[], &[(CONFIG, &config)]).with_transport(replay);
        let said = found(&surroundings);
        assert!(said.ends_with(&format!("\"~/.aws/config\": {expected}")), "{said}");
    }
}

#[derive(Debug)]
struct Codes;

impl ProvideCode for Codes {
    fn code<'a>(&'a self, device: &'a str) -> BoxFuture<'a, Result<String, BoxError>> {
        Box::pin(async move {
            match device {
                "arn:mfa" => Ok("123456".to_owned()),
                _ => Err("it is lost".into()),
            }
        })
    }
}

#[test]
fn codes_of_a_second_factor_are_asked_for() {
    let config = |device: &str| {
        format!(
            "{BASE}[default]\nrole_arn=r\nsource_profile=base\nrole_session_name=n\nmfa_serial={device}\n"
        )
    };
    let replay = replay(&["role"]);
    let (known, lost) = (config("arn:mfa"), config("other"));
    let with = surroundings(&[], &[(CONFIG, &known)]).with_codes(Codes);
    assert_eq!(found(&with.with_transport(replay.clone())), format!("role{ENDED}"));
    assert!(sent(&replay)[0].ends_with("&SerialNumber=arn%3Amfa&TokenCode=123456"));
    let with = surroundings(&[], &[(CONFIG, &lost)]).with_codes(Codes);
    let said = found(&with);
    assert!(
        said.ends_with("`mfa_serial` of the profile `default` in \"~/.aws/config\": it is lost"),
        "{said}"
    );
}

/// Names and form are those that botocore's `JSONFileCache` has in the folder of the AWS CLI.
#[test]
fn credentials_are_kept_for_other_processes() {
    let profile = "role_arn=arn:aws:iam::1:role/r\nsource_profile=base\nmfa_serial=arn:mfa\n";
    let config = format!("{BASE}[default]\n{profile}");
    // SHA-1 of `{"RoleArn": "arn:aws:iam::1:role/r", "SerialNumber": "arn:mfa"}`
    let path = "/h/.aws/cli/cache/9fef95e86afe1348264e8ef2c06f055c94d7e54d.json";
    let kept = |until: &str| {
        format!(
            r#"{{"Credentials": {{"AccessKeyId": "kept", "SecretAccessKey": "rs", "SessionToken": "rt",
            "Expiration": "{until}", "AccountId": "1"}}, "ResponseMetadata": {{}}}}"#
        )
    };
    let with = |files: &[(&str, &str)], replay: &Replay| {
        surroundings(&[], files)
            .with_codes(Codes)
            .with_transport(replay.clone())
            .with_kept_roles("~/.aws/cli/cache")
    };
    let good = kept("2026-01-01T00:15:00UTC");
    let none = Replay::new();
    let found_there = found(&with(&[(CONFIG, &config), (path, &good)], &none));
    assert!(found_there.starts_with("kept/rs/rt"), "{found_there}");
    assert!(found_there.contains("until 2026-01-01T00:15:00Z"), "{found_there}");
    assert_eq!(sent(&none), [""; 0]);
    // What is too old, or nothing that can be read, is asked for again, and kept.
    for old in [&*kept("2026-01-01T00:14:59Z"), "{}", "no JSON", r#"{"Credentials": 1}"#] {
        let replay = replay(&["role"]);
        let surroundings = with(&[(CONFIG, &config), (path, old)], &replay);
        assert_eq!(found(&surroundings), format!("role{ENDED}"));
        let content = surroundings.files().read(std::path::Path::new(path)).expect("a file");
        assert_eq!(
            String::from_utf8_lossy(&content),
            r#"{"Credentials":{"AccessKeyId":"role","SecretAccessKey":"rs","SessionToken":"rt","Expiration":"2026-01-01T01:00:00Z"}}"#
        );
        assert_eq!(found(&surroundings), format!("role{ENDED}"));
        assert_eq!(sent(&replay).len(), 1);
    }
    // Nobody keeps anything who was not asked to.
    let replay = replay(&["role"]);
    let plain = surroundings(&[], &[(CONFIG, &config), (path, &good)]).with_codes(Codes);
    assert_eq!(found(&plain.with_transport(replay.clone())), format!("role{ENDED}"));
}

#[test]
fn a_token_stands_for_a_role() {
    const FILE: (&str, &str) = ("/t/token", "eyJ.token");
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/t/token");
    const ROLE: (&str, &str) = ("AWS_ROLE_ARN", "arn:env");
    let config =
        "[profile p]\nweb_identity_token_file=/t/token\nrole_arn=arn:p\nrole_session_name=p\n";
    let cases: [(Variables<'_>, Option<&str>, &str); 4] = [
        (&[TOKEN, ROLE], None, "arn%3Aenv&RoleSessionName=typefoundry-1767225600"),
        (&[TOKEN, ROLE, ("AWS_ROLE_SESSION_NAME", "s")], None, "arn%3Aenv&RoleSessionName=s"),
        (&[("AWS_PROFILE", "p")], None, "arn%3Ap&RoleSessionName=p"),
        // A profile that is chosen in code does not mix with the environment.
        (&[TOKEN, ROLE], Some("p"), "arn%3Ap&RoleSessionName=p"),
    ];
    for (variables, profile, expected) in cases {
        let replay = Replay::new().answer(200, answer("AssumeRoleWithWebIdentity", "web"));
        let mut surroundings =
            surroundings(variables, &[(CONFIG, config), FILE]).with_transport(replay.clone());
        if let Some(profile) = profile {
            surroundings = surroundings.with_profile(profile);
        }
        assert_eq!(found(&surroundings), format!("web{ENDED}"), "{variables:?}");
        assert_eq!(
            sent(&replay),
            [format!(
                "-@sts.us-west-2.amazonaws.com AssumeRoleWithWebIdentity&RoleArn={expected}\
                 &WebIdentityToken=eyJ.token"
            )]
        );
    }
}

#[test]
fn a_token_may_be_the_source_of_a_role() {
    let config = "[default]\nrole_arn=r\nsource_profile=p\n\
                  [profile p]\nweb_identity_token_file=/t/token\nrole_arn=arn:p\n";
    let replay = Replay::new()
        .answer(200, answer("AssumeRoleWithWebIdentity", "web"))
        .answer(200, answer("AssumeRole", "role"));
    let files = [(CONFIG, config), ("/t/token", "t")];
    let surroundings = surroundings(&[], &files).with_transport(replay.clone());
    assert_eq!(found(&surroundings), format!("role{ENDED}"));
    assert!(sent(&replay)[1].starts_with("web@"));
}

#[test]
fn mistakes_with_tokens_name_their_place() {
    const TOKEN: (&str, &str) = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/t/token");
    let from = "unable to retrieve credentials from a web identity: ";
    assert_eq!(
        found(&surroundings(&[TOKEN], &[])),
        format!(
            "{from}AWS_WEB_IDENTITY_TOKEN_FILE: it needs AWS_ROLE_ARN, or `role_arn` in the profile"
        )
    );
    let said = found(&surroundings(&[TOKEN, ("AWS_ROLE_ARN", "r")], &[]));
    assert!(
        said.starts_with(&format!("{from}AWS_WEB_IDENTITY_TOKEN_FILE: \"/t/token\": ")),
        "{said}"
    );
    let config = "[default]\nweb_identity_token_file=/t/token\nrole_arn=r\n";
    let said = found(&surroundings(&[], &[(CONFIG, config)]));
    let place =
        "`web_identity_token_file` of the profile `default` in \"~/.aws/config\": \"/t/token\"";
    assert!(said.starts_with(&format!("{from}{place}: ")), "{said}");
}
