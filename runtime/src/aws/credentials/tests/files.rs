//! The environment, keys in files, and processes.

use super::*;

#[test]
fn the_environment_has_keys() {
    const KEY: (&str, &str) = ("AWS_ACCESS_KEY_ID", "k");
    const SECRET: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "s");
    const UNTIL: (&str, &str) = ("AWS_CREDENTIAL_EXPIRATION", "2026-01-01T09:00:00+09:00");
    let broken = "unable to retrieve credentials from the environment: ";
    let cases: [(&[(&str, &str)], &str); 9] = [
        (&[KEY, SECRET], "k/s/-"),
        (&[KEY, SECRET, ("AWS_SESSION_TOKEN", "t")], "k/s/t"),
        (&[KEY, SECRET, ("AWS_SECURITY_TOKEN", "u")], "k/s/u"),
        (&[KEY, SECRET, ("AWS_SESSION_TOKEN", "t"), ("AWS_SECURITY_TOKEN", "u")], "k/s/u"),
        (
            &[KEY, SECRET, ("AWS_CREDENTIAL_EXPIRATION", "2026-01-01T09:00:01+09:00")],
            "k/s/- until 2026-01-01T00:00:01Z",
        ),
        (
            &[KEY, SECRET, UNTIL],
            "unable to retrieve credentials from their source: they are new, and have expired at \
             2026-01-01T00:00:00Z already",
        ),
        (
            &[KEY, SECRET, ("AWS_CREDENTIAL_EXPIRATION", "soon")],
            &format!("{broken}AWS_CREDENTIAL_EXPIRATION is not a date-time of RFC 3339"),
        ),
        (&[KEY], &format!("{broken}AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")),
        (
            &[KEY, ("AWS_SECRET_ACCESS_KEY", "")],
            &format!("{broken}AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"),
        ),
    ];
    for (variables, expected) in cases {
        assert_eq!(found(&surroundings(variables, &[])), expected, "{variables:?}");
    }
}

const PAIR: &str = "aws_access_key_id=";

/// A profile with keys of its own name.
fn keys(header: &str, key: &str) -> String {
    format!("[{header}]\n{PAIR}{key}\naws_secret_access_key=s\n")
}

/// In botocore's order (`create_credential_resolver`).
#[test]
fn the_environment_goes_before_files_and_the_credentials_file_before_the_config_file() {
    let config = keys("default", "config") + &keys("profile p", "p-config");
    let credentials = keys("default", "credentials") + &keys("q", "q-credentials");
    let both = [(CONFIG, &*config), (CREDENTIALS, &*credentials)];
    assert_eq!(found(&surroundings(&KEYS, &both)), "env/s/-");
    assert_eq!(found(&surroundings(&[], &both)), "credentials/s/-");
    assert_eq!(found(&surroundings(&[], &both[..1])), "config/s/-");
    assert_eq!(found(&surroundings(&[("AWS_PROFILE", "p")], &both)), "p-config/s/-");
    assert_eq!(found(&surroundings(&[("AWS_PROFILE", "q")], &both)), "q-credentials/s/-");
    // A profile of the environment does not go before keys of the environment; one of code does.
    let named = surroundings(&[KEYS[0], KEYS[1], ("AWS_PROFILE", "p")], &both);
    assert_eq!(found(&named), "env/s/-");
    assert_eq!(found(&named.with_profile("q")), "q-credentials/s/-");
    assert_eq!(found(&surroundings(&KEYS, &both).with_profile("default")), "credentials/s/-");
}

#[test]
fn files_have_keys() {
    let cases = [
        ("aws_access_key_id=k\naws_secret_access_key=s", "k/s/-"),
        ("AWS_ACCESS_KEY_ID = k\nAws_Secret_Access_Key = s", "k/s/-"),
        ("aws_access_key_id=k\naws_secret_access_key=s\naws_session_token=t", "k/s/t"),
        ("aws_access_key_id=k\naws_secret_access_key=s\naws_security_token=u", "k/s/u"),
        ("aws_access_key_id=k\naws_secret_access_key=a/b+c=#d", "k/a/b+c=#d/-"),
    ];
    for (section, expected) in cases {
        let file = format!("[default]\n{section}\n");
        assert_eq!(found(&surroundings(&[], &[(CREDENTIALS, &file)])), expected, "{section}");
        assert_eq!(found(&surroundings(&[], &[(CONFIG, &file)])), expected, "{section}");
    }
    let half = "[default]\naws_access_key_id=k\n";
    assert_eq!(
        found(&surroundings(&[], &[(CREDENTIALS, half)])),
        "unable to retrieve credentials from shared files: the profile `default` in \
         \"~/.aws/credentials\" has `aws_access_key_id`, but no `aws_secret_access_key`"
    );
}

#[test]
fn all_that_was_tried_is_named() {
    let error = provided(&surroundings(&[], &[(CONFIG, "[profile p]\nregion=x")])).unwrap_err();
    let names: Vec<_> = error.tried().iter().map(|it| &*it.provider).collect();
    assert_eq!(
        names,
        [
            "environment",
            "assumed role",
            "web identity",
            "single sign-on",
            "shared credentials file",
            "login session",
            "process",
            "config file",
            "container",
            "instance metadata",
        ]
    );
    let said = error.to_string();
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 11, "a line each");
    assert_eq!(lines[0], "unable to locate credentials; these were tried:");
    assert_eq!(lines[1], "- environment: AWS_ACCESS_KEY_ID is not set");
    assert_eq!(
        lines[7],
        "- process: there is no profile `default` in \"~/.aws/config\" or \"~/.aws/credentials\""
    );
    assert_eq!(lines[8], "- config file: \"~/.aws/config\" has no profile `default`");
}

#[test]
fn a_profile_that_is_missing_is_an_error() {
    for surroundings in
        [surroundings(&[("AWS_PROFILE", "p")], &[]), surroundings(&[], &[]).with_profile("p")]
    {
        let said = found(&surroundings);
        let expected = "unable to retrieve credentials from shared files: there is no profile `p` \
                        in \"~/.aws/config\" or \"~/.aws/credentials\", which ";
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn processes_print_credentials() {
    let config = "[default]\ncredential_process = /bin/get --profile 'a b' \"$HOME\"\n";
    let printed = r#"{"Version": 1, "AccessKeyId": "k", "SecretAccessKey": "s"}"#;
    let answers = Answers::new(0, printed);
    let surroundings = surroundings(&[], &[(CONFIG, config)]).with_processes(answers.clone());
    assert_eq!(found(&surroundings), "k/s/-");
    let commands = answers.commands.lock().expect("a lock");
    assert_eq!(*commands, [["/bin/get", "--profile", "a b", "$HOME"]]);
}

#[test]
fn what_a_process_prints_is_checked_and_never_shown() {
    let all = r#""AccessKeyId": "k", "SecretAccessKey": "hunter2", "SessionToken": "t""#;
    let place = "unable to retrieve credentials from a process: `credential_process` of the profile \
                 `p` in \"~/.aws/config\": ";
    let cases = [
        (0, format!("{{\"Version\": 1, {all}}}"), "k/hunter2/t"),
        (
            0,
            format!("{{\"Version\": 1, {all}, \"Expiration\": \"2026-01-01T01:00:00Z\"}}"),
            "k/hunter2/t until 2026-01-01T01:00:00Z",
        ),
        (
            0,
            format!("{{\"Version\": 1, {all}, \"Expiration\": \"hunter2\"}}"),
            "it printed an `Expiration` that is not a date-time",
        ),
        (0, format!("{{\"Version\": 2, {all}}}"), "it printed another `Version` than 1"),
        (0, format!("{{\"Version\": \"1\", {all}}}"), "it printed another `Version` than 1"),
        (0, format!("{{{all}}}"), "it printed no `Version`"),
        (
            0,
            "{\"Version\": 1, \"SecretAccessKey\": \"hunter2\"}".to_owned(),
            "it printed no `AccessKeyId`",
        ),
        (
            0,
            "{\"Version\": 1, \"AccessKeyId\": \"hunter2\"}".to_owned(),
            "it printed no `SecretAccessKey`",
        ),
        (0, "hunter2".to_owned(), "what it printed is not JSON"),
        (0, String::new(), "what it printed is not JSON"),
        (
            3,
            format!("{{\"Version\": 1, {all}}}"),
            "it ended with exit code 3; what it printed is not shown, for it may be secret",
        ),
    ];
    let config = "[profile p]\ncredential_process=get\n";
    for (code, printed, expected) in cases {
        let variables = [("AWS_PROFILE", "p")];
        let surroundings = surroundings(&variables, &[(CONFIG, config)])
            .with_processes(Answers::new(code, &printed));
        let said = found(&surroundings);
        match said.strip_prefix(place) {
            Some(reason) => assert_eq!(reason, expected, "{printed}"),
            None => assert_eq!(said, expected, "{printed}"),
        }
        if let Err(error) = provided(&surroundings) {
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }
}

#[test]
fn a_process_that_cannot_be_run_ends_the_search() {
    let config = "[default]\ncredential_process=get\naws_access_key_id=k\naws_secret_access_key=s";
    let said = found(&surroundings(&[], &[(CONFIG, config)]));
    assert!(said.contains("`default` in \"~/.aws/config\": it cannot be run: "), "{said}");
    let config = "[default]\ncredential_process=get 'a\n";
    let said = found(&surroundings(&[], &[(CONFIG, config)]));
    assert!(said.ends_with("\"~/.aws/config\": a quotation is not closed"), "{said}");
}

#[cfg(not(feature = "aws-login"))]
#[test]
fn login_sessions_are_refused() {
    let config = "[default]\nlogin_session=arn:aws:iam::123456789012:user/x\n";
    let said = found(&surroundings(&[], &[(CONFIG, config)]));
    assert!(said.contains("turn on the feature `aws-login` of `typefoundry`"), "{said}");
    let credentials = "[default]\naws_access_key_id=k\naws_secret_access_key=s\n";
    let both = [(CONFIG, config), (CREDENTIALS, credentials)];
    assert_eq!(found(&surroundings(&[], &both)), "k/s/-", "keys go before it");
}

/// A profile that wants more than a build can do never gets somebody else's credentials.
#[cfg(not(feature = "aws-credentials"))]
#[test]
fn what_the_build_lacks_is_an_error() {
    let variables: [&[(&str, &str)]; 4] = [
        &[],
        &[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t")],
        &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")],
        &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://localhost/")],
    ];
    let keys = keys("default", "k");
    for section in ["role_arn=r", "web_identity_token_file=/t\nrole_arn=r", "sso_account_id=1"] {
        let config = format!("{keys}{section}\n");
        let said = found(&surroundings(variables[0], &[(CONFIG, &config)]));
        assert!(said.ends_with("turn on the feature `aws-credentials` of `typefoundry`"), "{said}");
    }
    for variables in &variables[1..] {
        let said = found(&surroundings(variables, &[]));
        assert!(said.ends_with("turn on the feature `aws-credentials` of `typefoundry`"), "{said}");
    }
}
