//! Calls that fail: the exit code says where, the message why and what to do.

use crate::run::{call, run, typefoundry, with_account};
use crate::server::{Server, answer, ok};
use std::net::TcpListener;
use std::process::Command;

#[track_caller]
fn list_channels(answer: String, code: i32) -> (String, String) {
    let server = Server::new([answer]);
    let words = ["aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    (call(words).failed(code), server.url)
}

#[test]
fn without_a_region() {
    let mut command = with_account();
    command.env_remove("AWS_REGION");
    assert_eq!(
        run(command, ["call", "aws", "ivs", "list-channels"]).failed(253),
        "You must specify a region. You can also configure your region by running \"aws \
         configure\".\nname one with --region, or set AWS_REGION\n"
    );
    // What goes into a host name must not be able to name another host.
    let said = call(["aws", "ivs", "list-channels", "--region", "evil.example.com/"]).failed(253);
    assert!(said.starts_with("`evil.example.com/` is not a region:"), "{said}");
}

#[test]
fn without_credentials() {
    let way_out = "set them up, try the call with --mock, or send it without a signature with \
                   --no-sign-request\n";
    let list_channels = |command: Command| {
        let words = ["call", "aws", "ivs", "list-channels", "--region", "eu-west-1"];
        run(command, words).failed(253)
    };
    let said = list_channels(typefoundry());
    let tried = "Unable to locate credentials. You can configure credentials by running \"aws \
                 configure\".\nThese were tried:\n- environment: AWS_ACCESS_KEY_ID is not set\n- \
                 assumed role: ";
    let last = "- instance metadata: AWS_EC2_METADATA_DISABLED is `true`\n";
    assert!(said.starts_with(tried) && said.ends_with(&format!("{last}{way_out}")), "{said}");
    let mut command = typefoundry();
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "");
    assert_eq!(
        list_channels(command),
        format!(
            "unable to retrieve credentials from the environment: AWS_ACCESS_KEY_ID is set, but \
             AWS_SECRET_ACCESS_KEY is not\n{way_out}"
        )
    );
    assert_eq!(
        run(typefoundry(), ["call", "ncp", "livestation", "list-channels"]).failed(253),
        format!(
            "Unable to locate credentials.\nThese were tried:\n- environment: NCLOUD_ACCESS_KEY is \
             not set\n- configure file: there is no file \"~/.ncloud/configure\"\n{way_out}"
        )
    );
}

#[test]
fn without_the_profile() {
    let mut command = with_account();
    command.env("HOME", "nowhere");
    let words = ["call", "aws", "ivs", "list-channels", "--profile", "prod"];
    assert_eq!(
        run(command, words).failed(253),
        "The config profile (prod) could not be found\nthere is no profile `prod` in \
         \"~/.aws/config\" or \"~/.aws/credentials\", which was named by --profile\n"
    );
    // It is there, and has no credentials.
    let folder = crate::run::Folder::new("failures-profile");
    folder.write("config", "[profile prod]\nregion = eu-west-1\n");
    let mut command = with_account();
    command.env("AWS_CONFIG_FILE", folder.path().join("config"));
    let said = run(command, words).failed(253);
    let passed = "- environment: it is not asked where a profile is named by --profile\n";
    assert!(said.contains(passed), "{said}");
}

#[test]
fn an_error_of_the_service() {
    let body = r#"{"exceptionMessage": "Not for you."}"#;
    let refused = answer("403 Forbidden", "application/json", body);
    let named =
        refused.replace("\r\n\r\n", "\r\nx-amzn-errortype: AccessDeniedException:x\r\n\r\n");
    assert_eq!(
        list_channels(named, 254).0,
        "An error occurred (AccessDeniedException) when calling the ListChannels operation: Not \
         for you.\n"
    );
    let body = r#"{"__type": "com.amazonaws#ThrottlingException", "message": "Slow down."}"#;
    assert_eq!(
        list_channels(answer("429 Too Many Requests", "application/json", body), 254).0,
        "An error occurred (ThrottlingException) when calling the ListChannels operation (reached \
         max retries: 0): Slow down.\n"
    );
}

#[test]
fn an_error_that_stays_after_a_retry() {
    let down = || answer("503 Service Unavailable", "application/json", "{}");
    let server = Server::new([down(), down()]);
    let mut command = with_account();
    command.env("AWS_MAX_ATTEMPTS", "2");
    let words = ["call", "aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    assert_eq!(
        run(command, words).failed(254),
        "An error occurred (503) when calling the ListChannels operation (reached max retries: \
         1): the answer gives no reason (HTTP 503)\n"
    );
    assert_eq!(server.requests().len(), 2);
    // There was no retry, since there may be none.
    assert_eq!(
        list_channels(down(), 254).0,
        "An error occurred (503) when calling the ListChannels operation (reached max retries: \
         0): the answer gives no reason (HTTP 503)\n"
    );

    let mut command = with_account();
    command.env("AWS_RETRY_MODE", "often");
    let said = run(command, words).failed(253);
    assert!(said.starts_with("the retry mode is `standard`, `adaptive` or `legacy`"), "{said}");
}

#[test]
fn an_error_of_the_gateway_of_ncp() {
    let body = r#"{"error": {"errorCode": "210", "message": "Permission Denied", "details": "-"}}"#;
    let server = Server::new([answer("401 Unauthorized", "application/json", body)]);
    assert_eq!(
        call(["ncp", "livestation", "list-channels", "--endpoint-url", &server.url]).failed(254),
        "An error occurred (210) when calling the ListChannels operation: Permission Denied\n\nAdditional \
         error details:\ndetails: -\n"
    );
}

#[test]
fn an_error_that_is_a_web_page() {
    let page = "<html><h1>Bad gateway</h1></html>";
    assert_eq!(
        list_channels(answer("502 Bad Gateway", "text/html", page), 254).0,
        "An error occurred (502) when calling the ListChannels operation (reached max \
         retries: 0): Bad Gateway\n"
    );
    assert_eq!(
        list_channels(answer("503 Service Unavailable", "text/plain", ""), 254).0,
        "An error occurred (503) when calling the ListChannels operation (reached max \
         retries: 0): Service Unavailable\n"
    );
    // No redirect is followed: a signature is good for one host alone.
    let moved = answer("301 Moved", "text/html", "")
        .replace("\r\n\r\n", "\r\nlocation: http://127.0.0.1:9/\r\n\r\n");
    assert_eq!(
        list_channels(moved, 254).0,
        "An error occurred (301) when calling the ListChannels operation: the answer is a \
         redirect to \"http://127.0.0.1:9/\", which is not followed\n"
    );
}

/// v2's `customizations/s3errormsg.py`.
#[test]
fn an_error_of_s3_that_is_about_the_region() {
    let region = "You can fix this issue by explicitly providing the correct region location using \
                  the --region argument, the AWS_DEFAULT_REGION environment variable, or the region \
                  variable in the AWS CLI configuration file.  You can get the bucket's location by \
                  running \"aws s3api get-bucket-location --bucket BUCKET\".";
    let kms = "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS \
               Signature Version 4.";
    let redirect = "<Code>PermanentRedirect</Code><Message>Use the specified endpoint.</Message>";
    let cases = [
        (
            "<Code>InvalidRequest</Code><Message>It is not supported. Please use \
             AWS4-HMAC-SHA256.</Message>"
                .to_owned(),
            "InvalidRequest",
            format!(
                "You are attempting to operate on a bucket in a region that requires Signature \
                 Version 4.  {region}"
            ),
        ),
        (
            format!("{redirect}<Endpoint>b.s3.eu-west-3.amazonaws.com</Endpoint>"),
            "PermanentRedirect",
            format!("Use the specified endpoint: b.s3.eu-west-3.amazonaws.com\n{region}"),
        ),
        // Nothing is added from what is no host.
        (
            format!("{redirect}<Endpoint>a &amp; b</Endpoint>"),
            "PermanentRedirect",
            "Use the specified endpoint.".to_owned(),
        ),
        (
            format!("<Code>InvalidArgument</Code><Message>{kms}</Message>"),
            "InvalidArgument",
            format!(
                "{kms} You can enable AWS Signature Version 4 by running the command: \naws \
                 configure set s3.signature_version s3v4"
            ),
        ),
        (
            "<Code>AccessDenied</Code><Message>No.</Message>".to_owned(),
            "AccessDenied",
            "No.".to_owned(),
        ),
    ];
    for (error, code, expected) in cases {
        let body = format!("<Error>{error}</Error>");
        let asked = |form: &str| {
            let server = Server::new([answer("400 Bad Request", "application/xml", &body)]);
            let words = ["aws", "s3api", "list-objects-v2", "--bucket", "b", "--endpoint-url"];
            call(words.iter().chain(&[&*server.url, "--cli-error-format", form])).failed(254)
        };
        let start =
            format!("An error occurred ({code}) when calling the ListObjectsV2 operation: ");
        assert_eq!(asked("enhanced"), format!("{start}{expected}\n"));
        let told: serde_json::Value = serde_json::from_str(&asked("json")).expect("JSON");
        assert_eq!(told["Message"], expected, "{told}");
    }
}

/// A message from elsewhere must not move the terminal's cursor.
#[test]
fn a_message_with_control_characters() {
    let body = r#"{"message": "\u001b[2Jgone\u0007\r\u009b2J"}"#;
    let (said, _) = list_channels(answer("400 Bad Request", "application/json", body), 254);
    assert!(said.contains("\u{fffd}[2Jgone"), "{said}");
    assert!(!said.trim_end().contains(char::is_control), "{said:?}");
}

#[test]
fn an_answer_that_is_no_json() {
    let page = "<html>Sign in to the network</html>";
    assert_eq!(
        list_channels(answer("200 OK", "text/html", page), 255).0,
        "The answer (text/html) cannot be read: not JSON: unexpected text at line 1 column 1\n"
    );
    assert_eq!(
        list_channels(answer("200 OK", "application/json", r#"{"channels": [{"na"#), 255).0,
        "The answer (application/json) cannot be read: not JSON: it ends in the middle of a \
         value, after 18 bytes\n"
    );
    assert_eq!(
        list_channels(answer("200 OK", "application/json", r#"{"channels": [{"name": 7}]}"#), 255)
            .0,
        "The answer cannot be read: channels[0].name: expected a string, found 7\n"
    );
}

#[test]
fn a_server_that_closes_early() {
    let whole = answer("200 OK", "application/json", r#"{"channels": []}"#);
    let (said, url) = list_channels(whole[..whole.len() - 4].to_owned(), 255);
    let start =
        format!("The connection broke before the whole answer of \"{url}/ListChannels\" was there");
    assert!(said.starts_with(&start), "{said}");
    let (said, _) = list_channels(String::new(), 255);
    assert!(said.contains("/ListChannels\""), "{said}");
    let (said, _) = list_channels("HTTP/1.1 200 OK\r\ncontent-le".to_owned(), 255);
    assert!(said.contains("/ListChannels\""), "{said}");
    let (said, _) = list_channels("SSH-2.0-OpenSSH\r\n".to_owned(), 255);
    assert!(said.contains("/ListChannels\""), "{said}");
}

#[test]
fn nobody_listens() {
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("it");
    let url = format!("http://{address}");
    let said = call(["aws", "ivs", "list-channels", "--endpoint-url", &url]).failed(255);
    let sentence = format!("Could not connect to the endpoint URL: \"{url}/ListChannels\"\n");
    assert_eq!(said, sentence);
    let words = ["aws", "ivs", "list-channels", "--endpoint-url", &url, "--debug"];
    let said = call(words).failed(255);
    assert!(said.contains("Connection refused") && said.ends_with(&sentence), "{said}");
    // The URL is that of the request, but for what may be secret.
    let words = ["aws", "s3api", "list-objects-v2", "--bucket", "b", "--endpoint-url", &url];
    assert_eq!(
        call(words).failed(255),
        format!(
            "Could not connect to the endpoint URL: \"{url}/b?list-type=2&encoding-type=url\"\n"
        )
    );
}

#[test]
fn an_endpoint_that_is_no_url() {
    for url in ["localhost", "", "not a url", "/path"] {
        let said = call(["aws", "ivs", "list-channels", "--endpoint-url", url]).failed(252);
        assert_eq!(
            said,
            format!(
                "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form \
                 http://<hostname>/ or https://<hostname>/\n"
            )
        );
    }
    let said = call(["aws", "ivs", "list-channels", "--endpoint-url", "http://"]).failed(255);
    assert!(said.starts_with("--endpoint-url: the endpoint `http://` is not a URL: "), "{said}");
}

/// botocore says `Invalid endpoint: nonsense` and not where it is from.
#[test]
fn a_configured_endpoint_that_is_no_url_is_named_with_its_place() {
    let folder = crate::run::Folder::new("failures-endpoint");
    folder.write("config", "[profile p]\nendpoint_url = nonsense\n");
    let home = folder.path().to_str().expect("UTF-8");
    let cases = [
        (
            "AWS_ENDPOINT_URL",
            "nonsense",
            "AWS_ENDPOINT_URL: the endpoint `nonsense` is not a URL: ",
        ),
        ("AWS_ENDPOINT_URL_IVS", "http:/x", "AWS_ENDPOINT_URL_IVS: the endpoint `http:/x` is not"),
        (
            "AWS_PROFILE",
            "p",
            "`endpoint_url` of the profile `p` in \"~/.aws/config\": the endpoint",
        ),
    ];
    for (name, value, expected) in cases {
        let mut command = with_account();
        command.env("AWS_CONFIG_FILE", format!("{home}/config")).env(name, value);
        let said = run(command, ["call", "aws", "ivs", "list-channels"]).failed(255);
        let expected = expected.replace("~/.aws", home);
        assert!(said.starts_with(&expected), "{said}");
        assert!(said.contains("it needs a scheme and a host"), "{said}");
    }
    // One that is not asked for may be wrong.
    let server = Server::new([ok("{}")]);
    let mut command = with_account();
    command.env("AWS_ENDPOINT_URL", "nonsense");
    run(command, ["call", "aws", "ivs", "list-channels", "--endpoint-url", &server.url]).ok();
}

/// The members that the spec has for an error are shown behind its sentence, or all of it as data.
#[test]
fn an_error_with_more_than_a_message() {
    let spec = r#"{"typefoundry": "1",
        "service": {"id": "acme/things", "title": "Things", "protocol": "rest-json",
            "auth": {"none": {}}, "endpoint": {"url": "https://things.example.com"}},
        "operations": {"GetThing": {"http": "POST /thing", "input": {}, "output": {},
            "errors": ["Conflict"]}},
        "shapes": {"Conflict": {"error": {"status": 409}, "structure": {
            "message": "string", "resourceId": "string", "Owners": "Owners"}},
            "Owners": {"list": "string"}}}"#;
    let folder = crate::run::Folder::new("error-members");
    folder.write("things.json", spec);
    let spec = folder.path().join("things.json").to_str().expect("UTF-8").to_owned();
    let body = r#"{"__type": "Conflict", "message": "Taken.", "resourceId": "r-1",
                   "Owners": ["a", "b"], "internal": "x"}"#;
    let sentence =
        "An error occurred (Conflict) when calling the GetThing operation: Taken.".to_owned();
    let cases = [
        (
            &[][..],
            format!("{sentence}\n\nAdditional error details:\nresourceId: r-1\nOwners: [a, b]\n"),
        ),
        (&["--cli-error-format", "legacy"][..], format!("{sentence}\n")),
        (
            &["--cli-error-format", "yaml"][..],
            "Code: Conflict\nMessage: Taken.\nOwners:\n- a\n- b\nresourceId: r-1\n".to_owned(),
        ),
    ];
    for (options, expected) in cases {
        let server = Server::new([answer("409 Conflict", "application/json", body)]);
        let words = ["--spec", &spec, "get-thing", "--endpoint-url", &server.url];
        assert_eq!(call(words.iter().chain(options)).failed(254), expected);
    }
}
