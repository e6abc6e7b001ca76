//! Tokens that botocore 1.43.67 makes of the same.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const SIGNED: &str = "X-Amz-Date=20150830T123600Z&X-Amz-Expires=";

/// A token as it should be.
fn expected(start: &str, service: &str, expires: u32, session: &str, signature: &str) -> String {
    format!(
        "{start}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20150830%2Feu-west-1\
         %2F{service}%2Faws4_request&{SIGNED}{expires}&X-Amz-SignedHeaders=host{session}\
         &X-Amz-Signature={signature}"
    )
}

fn login(credentials: &Credentials) -> Login<'_> {
    Login { credentials, region: "eu-west-1", time: "2015-08-30T12:36:00Z".parse().unwrap() }
}

#[test]
fn tokens_are_those_of_botocore() {
    const TOKEN: &str = "&X-Amz-Security-Token=to%2Fken%3D";
    let user = "jane doe/\u{e4}+~";
    let rds = "db.example.com:3306/?Action=connect&DBUser=jane%20doe%2F%C3%A4%2B~";
    let usual = "db.example.com:443/?Action=connect&DBUser=a";
    let host = "x.dsql.eu-west-1.on.aws";
    let plain = Credentials::new("AKID", "secret");
    let session = plain.clone().with_session_token("to/ken=");
    for (credentials, token, signatures) in [
        (
            &plain,
            "",
            [
                "c3af2dc7db6b3828dd7dc5ee7a5fc9eb42e1ad9dab25e23d49e99b2b8f458f4e",
                "f8b5dde6dd7a95a2967f40a4e6396f8a51c2618fbc9349db4ddb35199c8189d3",
                "0323174b957e6ff67fc1c5953e66d6493e5cf2932bb1484689e03c6379bdd037",
                "dfa14452d282a9632e29c027b214ec98df2557bc28ed55f5c3aa1f54fc761ada",
            ],
        ),
        (
            &session,
            TOKEN,
            [
                "cfe2b1056d6088a47fa0e487b058d1f97e42a7a7444dc44da8d2598f22cb24ea",
                "0584e1dad15ae7431d55c78fd664ee3370f12cb87b2660ec5f71ba1f5bb899f8",
                "ee92cbf611251c0e8fc66e987c86d1e583e39c8581f2d00aeb8de1dac3dcaa3b",
                "0ab5758668d62dd65024857fd5368db5396fb196bf59348fa57b23e15a628235",
            ],
        ),
    ] {
        let [first, second, third, fourth] = signatures;
        let login = login(credentials);
        let made = rds_token(login, "db.example.com:3306", user).unwrap();
        assert_eq!(made, expected(rds, "rds-db", 900, token, first));
        let made = rds_token(login, "db.example.com:443", "a").unwrap();
        assert_eq!(made, expected(usual, "rds-db", 900, token, second));
        let made = dsql_token(login, host, DsqlRole::Custom, Duration::from_mins(15)).unwrap();
        let start = format!("{host}/?Action=DbConnect");
        assert_eq!(made, expected(&start, "dsql", 900, token, third));
        let made = dsql_token(login, host, DsqlRole::Admin, Duration::from_mins(1)).unwrap();
        let start = format!("{host}/?Action=DbConnectAdmin");
        assert_eq!(made, expected(&start, "dsql", 60, token, fourth));
    }
}

#[test]
fn what_is_no_host_and_what_never_expires_is_refused() {
    let credentials = Credentials::new("AKID", "secret");
    let login = login(&credentials);
    for address in [
        "",
        "https://db.example.com",
        "db.example.com/x",
        "a b",
        "user@db.example.com",
        ":1",
        "db:99999",
    ] {
        let refused = rds_token(login, address, "jane");
        assert!(matches!(refused, Err(TokenError::Host(_))), "{address}: {refused:?}");
    }
    let week = Duration::from_secs(604_801);
    let refused = dsql_token(login, "db.example.com", DsqlRole::Admin, week);
    assert!(matches!(refused, Err(TokenError::Signing(_))), "{refused:?}");
}
