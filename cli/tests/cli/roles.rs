//! Roles that profiles assume: codes of a second factor, and credentials that are kept.

use crate::run::{Folder, typefoundry};
use crate::server::{Server, answer, ok};
use std::io::Write;
use std::process::{Command, Stdio};

const CONFIG: &str = "[profile base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = s\n\
                      [default]\nregion = eu-west-1\nsource_profile = base\n\
                      role_arn = arn:aws:iam::1:role/r\nmfa_serial = arn:aws:iam::1:mfa/me\n";

fn assumed() -> String {
    let body = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE\
                </AccessKeyId><SecretAccessKey>rs</SecretAccessKey><SessionToken>rt</SessionToken>\
                <Expiration>2120-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>\
                </AssumeRoleResponse>";
    answer("200 OK", "text/xml", body)
}

fn list(folder: &Folder, server: &Server) -> Command {
    let mut command = typefoundry();
    command.env("HOME", folder.path()).env("AWS_ENDPOINT_URL", &server.url);
    command.args(["call", "aws", "ivs", "list-channels"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn ran(mut command: Command, typed: &str) -> (Option<i32>, String) {
    let mut child = command.spawn().expect("the binary starts");
    let mut input = child.stdin.take().expect("an input");
    // Who is not asked has no ear for it.
    let _ = input.write_all(typed.as_bytes());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

/// v2's `customizations/assumerole.py`: who has given a code is not asked again for the next call.
#[test]
fn a_code_is_asked_for_once() {
    let folder = Folder::new("roles");
    folder.write(".aws/config", CONFIG);
    let server = Server::new([assumed(), ok("{}"), ok("{}")]);
    let prompt = "Enter MFA code for arn:aws:iam::1:mfa/me: \n";
    assert_eq!(ran(list(&folder, &server), "123456\n"), (Some(0), prompt.to_owned()));
    let body = &server.requests()[0].body;
    assert!(body.contains("SerialNumber=arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fme"), "{body}");
    assert!(body.ends_with("&TokenCode=123456"), "{body}");
    let files = folder.files();
    let cache = std::path::Path::new(".aws/cli/cache");
    let kept: Vec<_> = files.iter().filter(|(path, _)| path.starts_with(cache)).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(ran(list(&folder, &server), ""), (Some(0), String::new()));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests[1..] {
        let authorization = request.header("authorization").expect("a signature");
        assert!(authorization.contains("Credential=AKIDROLE/"), "{authorization}");
    }
}

#[test]
fn without_a_code_nothing_is_called() {
    let folder = Folder::new("roles-none");
    folder.write(".aws/config", CONFIG);
    let server = Server::new([""; 0]);
    let (code, said) = ran(list(&folder, &server), "\n");
    assert_eq!(code, Some(253), "{said}");
    assert!(said.contains("no code was entered"), "{said}");
}
