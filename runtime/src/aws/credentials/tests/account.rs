//! Which account credentials are of.

use super::*;
#[cfg(feature = "aws-credentials")]
use crate::transport::Replay;

const KEYS: &str = "aws_access_key_id=k\naws_secret_access_key=s\n";

/// The account, or `-` if none is known.
fn account(surroundings: &Surroundings) -> String {
    let found = provided(surroundings).expect("credentials");
    found.account_id().unwrap_or("-").to_owned()
}

#[test]
fn variables_and_files_name_it() {
    let env = super::KEYS;
    let with = |account| [env[0], env[1], ("AWS_ACCOUNT_ID", account)];
    assert_eq!(account(&surroundings(&env, &[])), "-");
    assert_eq!(account(&surroundings(&with("123456789012"), &[])), "123456789012");
    assert_eq!(account(&surroundings(&with(""), &[])), "-");
    for file in [CONFIG, CREDENTIALS] {
        let of = |more: &str| {
            let content = format!("[default]\n{KEYS}{more}\n");
            // The environment's is of the environment's keys.
            account(&surroundings(&[("AWS_ACCOUNT_ID", "9")], &[(file, &content)]))
        };
        assert_eq!(of(""), "-", "{file}");
        assert_eq!(of("aws_account_id=123456789012"), "123456789012", "{file}");
    }
}

#[test]
fn a_process_names_it_or_its_profile_does() {
    let cases = [
        ("", "", "-"),
        ("", "aws_account_id=1", "1"),
        (r#", "AccountId": "2""#, "", "2"),
        (r#", "AccountId": "2""#, "aws_account_id=1", "2"),
        (r#", "AccountId": """#, "aws_account_id=1", "1"),
    ];
    for (printed, more, expected) in cases {
        let config = format!("[default]\ncredential_process=get\n{more}\n");
        let printed =
            format!(r#"{{"Version": 1, "AccessKeyId": "k", "SecretAccessKey": "s"{printed}}}"#);
        let surroundings =
            surroundings(&[], &[(CONFIG, &config)]).with_processes(Answers::new(0, &printed));
        assert_eq!(account(&surroundings), expected, "{printed} {more}");
    }
}

/// It is the account of the role, not of whoever assumes it.
#[cfg(feature = "aws-credentials")]
#[test]
fn it_is_in_the_arn_of_a_role() {
    let answer = |operation: &str, user: &str| {
        format!(
            "<{operation}Response><{operation}Result>{user}<Credentials>\
             <AccessKeyId>k</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
             <SessionToken>t</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration>\
             </Credentials></{operation}Result></{operation}Response>"
        )
    };
    let user = |arn: &str| {
        format!(
            "<AssumedRoleUser><Arn>{arn}</Arn><AssumedRoleId>A:b</AssumedRoleId></AssumedRoleUser>"
        )
    };
    let role = format!(
        "[default]\nrole_arn=arn:aws:iam::9:role/r\nsource_profile=b\n\
         [profile b]\n{KEYS}aws_account_id=8\n"
    );
    let web = "[default]\nrole_arn=arn:aws:iam::9:role/r\nweb_identity_token_file=/t\n";
    let cases = [
        (user("arn:aws:sts::123456789012:assumed-role/r/s"), "123456789012"),
        (String::new(), "-"),
        (user("not an ARN"), "-"),
        (user("arn:aws:sts:::assumed-role/r/s"), "-"),
    ];
    for (user, expected) in cases {
        for (operation, config) in [("AssumeRole", &*role), ("AssumeRoleWithWebIdentity", web)] {
            let replay = Replay::new().answer(200, answer(operation, &user));
            let files = [(CONFIG, config), ("/t", "token")];
            let surroundings = surroundings(&[], &files).with_transport(replay);
            assert_eq!(account(&surroundings), expected, "{operation} {user}");
        }
    }
}

#[cfg(feature = "aws-credentials")]
#[test]
fn a_container_names_it() {
    for (more, expected) in [("", "-"), (r#", "AccountId": "123456789012""#, "123456789012")] {
        let answer = format!(
            r#"{{"AccessKeyId": "c", "SecretAccessKey": "s", "Token": "t",
            "Expiration": "2026-01-01T01:00:00Z"{more}}}"#
        );
        let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")];
        let surroundings =
            surroundings(&variables, &[]).with_transport(Replay::new().answer(200, answer));
        assert_eq!(account(&surroundings), expected);
    }
}

#[cfg(feature = "aws-credentials")]
#[test]
fn single_sign_on_is_for_one() {
    let config = "[default]\nsso_start_url=https://start\nsso_region=eu-west-1\n\
                  sso_account_id=123456789012\nsso_role_name=r\n";
    let path = "/h/.aws/sso/cache/6ad0e7e61d1f47e491ea32c2031add41ef92e07d.json";
    let token = r#"{"accessToken": "old", "expiresAt": "2026-01-01T10:00:00Z"}"#;
    let answer = r#"{"roleCredentials": {"accessKeyId": "k", "secretAccessKey": "s",
        "sessionToken": "t", "expiration": 1767229200000}}"#;
    let surroundings = surroundings(&[], &[(CONFIG, config), (path, token)])
        .with_transport(Replay::new().answer(200, answer));
    assert_eq!(account(&surroundings), "123456789012");
}
