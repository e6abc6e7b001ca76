//! From options and JSON to a request, and what is wrong with them.

use crate::mock::gems;
use crate::run::{Folder, Ran, call, run, typefoundry, with_account};
use crate::server::{Request, Server, ok};
use serde_json::{Value as Json, json};

/// What is sent for an operation of IVS with these options.
#[track_caller]
fn sent(arguments: &[&str]) -> Request {
    let server = Server::new([ok("{}")]);
    let endpoint = ["--endpoint-url", &server.url];
    let words = ["aws", "ivs"].iter().chain(arguments).chain(&endpoint);
    call(words).ok();
    server.requests().pop().expect("a request")
}

/// `args.py` of botocore: whatever is not `true` turns validation off.
#[test]
fn a_profile_can_do_without_validation() {
    let folder = Folder::new("input-unchecked");
    folder.write("config", "[profile novalid]\nparameter_validation = False\n");
    let get_channel = |server: &Server, profile: &[&str]| {
        let mut command = with_account();
        command.env("AWS_CONFIG_FILE", folder.path().join("config"));
        let words =
            ["call", "aws", "ivs", "get-channel", "--arn", "", "--endpoint-url", &server.url];
        run(command, words.iter().chain(profile))
    };
    let server = Server::new([ok("{}")]);
    let said = get_channel(&server, &[]).failed(252);
    assert!(said.starts_with("Parameter validation failed:\n"), "{said}");
    // The profile has no credentials of its own.
    get_channel(&server, &["--profile", "novalid", "--no-sign-request"]).ok();
    assert_eq!(server.requests()[0].json(), json!({"arn": ""}));
}

#[track_caller]
fn create_channel(arguments: &[&str]) -> Json {
    let request = sent(&[&["create-channel"], arguments].concat());
    assert_eq!(request.line, "POST /CreateChannel HTTP/1.1");
    request.json()
}

/// What is said to misuse of `create-channel`, with nothing sent.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let server = Server::new([""; 0]);
    let words = ["aws", "ivs", "create-channel", "--endpoint-url", &server.url];
    let said = call(words.iter().chain(arguments)).failed(252);
    assert!(server.requests().is_empty());
    said
}

#[test]
fn options_become_members_of_their_types() {
    let body = create_channel(&[
        "--name",
        "harbour-cam",
        "--authorized",
        "--no-insecure-ingest",
        "--tags",
        r#"{"site": "north-pier", "바다": "동해"}"#,
        "--multitrack-input-configuration",
        r#"{"enabled": false}"#,
    ]);
    assert_eq!(
        body,
        json!({
            "name": "harbour-cam",
            "authorized": true,
            "insecureIngest": false,
            "tags": {"site": "north-pier", "바다": "동해"},
            "multitrackInputConfiguration": {"enabled": false},
        })
    );
}

#[test]
fn an_empty_string_is_not_absent() {
    let body = create_channel(&["--recording-configuration-arn", ""]);
    assert_eq!(body, json!({"recordingConfigurationArn": ""}));
    assert_eq!(create_channel(&[]), json!({}));
    assert_eq!(create_channel(&["--tags", "{}"]), json!({"tags": {}}));
}

/// The service decides which values it knows.
#[test]
fn an_unknown_enum_value_is_sent() {
    assert_eq!(create_channel(&["--type", "HOLOGRAM"]), json!({"type": "HOLOGRAM"}));
}

#[test]
fn the_last_of_two_options_counts() {
    assert_eq!(create_channel(&["--name", "a", "--name", "b"]), json!({"name": "b"}));
    let body = create_channel(&["--authorized", "--no-authorized"]);
    assert_eq!(body, json!({"authorized": false}));
    let body = create_channel(&["--no-authorized", "--authorized"]);
    assert_eq!(body, json!({"authorized": true}));
}

#[test]
fn a_value_that_begins_with_a_dash_stands_behind_an_equals_sign() {
    assert_eq!(create_channel(&["--name=-a"]), json!({"name": "-a"}));
    let said = refused(&["--name", "--type", "BASIC"]);
    assert!(said.starts_with("argument --name: expected one argument\n"), "{said}");
}

#[test]
fn the_whole_input_may_be_json() {
    let text = r#"{"name": "harbour-cam", "tags": {"a": "b"}, "authorized": true}"#;
    let whole = json!({"name": "harbour-cam", "authorized": true, "tags": {"a": "b"}});
    assert_eq!(create_channel(&["--cli-input-json", text]), whole);

    let folder = Folder::new("input-file");
    folder.write("input.json", text);
    let path = format!("file://{}", folder.path().join("input.json").display());
    assert_eq!(create_channel(&["--cli-input-json", &path]), whole);
}

#[test]
fn options_go_before_the_json() {
    let text = r#"{"name": "a", "tags": {"a": "b"}, "authorized": true}"#;
    let options = ["--cli-input-json", text, "--name", "b", "--tags", "{}", "--no-authorized"];
    let expected = json!({"name": "b", "authorized": false, "tags": {}});
    assert_eq!(create_channel(&options), expected);
}

#[test]
fn what_is_wrong_with_the_json_is_said() {
    let said = |text: &str| refused(&["--cli-input-json", text]);
    assert_eq!(
        said("{\"name\": "),
        "Error parsing parameter 'cli-input-json': Invalid JSON received.\nExpecting value: line 1 \
         column 10 (char 9)\n"
    );
    assert_eq!(
        said("[]"),
        "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class \
         'list'>\n"
    );
    assert_eq!(
        said(r#"{"authorized": "yes"}"#),
        "Parameter validation failed:\nInvalid type for parameter authorized, value: yes, type: \
         <class 'str'>, valid types: <class 'bool'>\n"
    );
    assert_eq!(
        said("file://gone.json"),
        "Error parsing parameter 'cli-input-json': Unable to load paramfile file://gone.json: \
         [Errno 2] No such file or directory: 'gone.json'\n"
    );
    let names = "name, latencyMode, type, authorized, recordingConfigurationArn, tags, \
                 insecureIngest, preset, playbackRestrictionPolicyArn, \
                 multitrackInputConfiguration, containerFormat, adConfigurationArn";
    assert_eq!(
        said(r#"{"nmae": 1, "multitrackInputConfiguration": {"enable": true}}"#),
        format!(
            "Parameter validation failed:\n\
             Unknown parameter in input: \"nmae\", must be one of: {names}\n\
             Unknown parameter in multitrackInputConfiguration: \"enable\", must be one of: enabled, \
             policy, maximumResolution\n"
        )
    );
}

#[test]
fn what_is_wrong_with_an_option_is_said() {
    let said = refused(&["--nmae", "a"]);
    let meant =
        "Unknown options: --nmae, a\n\nMaybe you meant:\n\n  * --name\n\nusage: typefoundry";
    assert!(said.starts_with(meant), "{said}");
    let said = refused(&["harbour-cam"]);
    assert!(said.starts_with("Unknown options: harbour-cam\n\nusage: typefoundry"), "{said}");
    let said = refused(&["--output", "xml"]);
    assert!(said.starts_with("argument --output: Found invalid choice 'xml'\n"), "{said}");
    assert_eq!(
        refused(&["--tags", "site"]),
        "Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\nsite\n    ^\n"
    );
    assert_eq!(
        refused(&["--tags", r#"["site"]"#]),
        "Error parsing parameter '--tags': Invalid JSON:\n[\"site\"]\n"
    );
    assert_eq!(
        refused(&["--tags", r#"{"site": 1}"#]),
        "Parameter validation failed:\nInvalid type for parameter tags.site, value: 1, type: <class \
         'int'>, valid types: <class 'str'>\n"
    );
}

#[test]
fn what_botocore_checks_is_checked() {
    let said = |arguments: &[&str]| call(arguments).failed(252);
    let missing = said(&["aws", "ivs-realtime", "list-participant-events", "--max-results=1"]);
    let names =
        "the following arguments are required: --stage-arn, --session-id, --participant-id\n";
    assert!(missing.starts_with(names), "{missing}");
    assert_eq!(
        said(&["aws", "ivs", "delete-channel", "--arn", ""]),
        "Parameter validation failed:\n\
         Invalid length for parameter arn, value: 0, valid min length: 1\n"
    );
    assert_eq!(
        said(&["aws", "ivs", "list-channels", "--max-results", "0"]),
        "Parameter validation failed:\n\
         Invalid value for parameter maxResults, value: 0, valid min value: 1\n"
    );
    // A failure of Python's in the AWS CLI, which is no error of validation there.
    for number in ["many", "1.5"] {
        assert_eq!(
            call(["aws", "ivs", "list-channels", "--max-results", number]).failed(255),
            format!("invalid literal for int() with base 10: '{number}'\n")
        );
    }
    assert_eq!(
        said(&["aws", "ivs", "list-channels", "--max-results", "-1"]),
        "Parameter validation failed:\n\
         Invalid value for parameter maxResults, value: -1, valid min value: 1\n"
    );
    // The upper limits are the service's to tell.
    assert_eq!(sent(&["list-channels", "--max-results", "999"]).json(), json!({"maxResults": 999}));
}

#[test]
fn an_unknown_operation_names_one_that_is_like_it() {
    let said = call(["ncp", "livestation", "list-chanels"]).failed(252);
    let meant = "argument operation: Found invalid choice 'list-chanels'\n\nMaybe you meant:\n\n  * \
                 list-channels\n\nusage: typefoundry";
    assert!(said.starts_with(meant), "{said}");
}

#[test]
fn labels_and_queries_are_escaped() {
    let server = Server::new([ok("{}"), ok("{}")]);
    let endpoint = ["--endpoint-url", &server.url];
    let id = "ls/../너 %?#";
    let words = ["ncp", "livestation", "list-channel-events", "--channel-id", id];
    call(words.iter().chain(&endpoint)).ok();
    let words =
        ["ncp", "livestation", "list-channels", "--channel-name", "a&b=봄 c", "--page-no=2"];
    call(words.iter().chain(&endpoint)).ok();
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(
        lines,
        [
            "GET /api/v2/channels/ls%2F..%2F%EB%84%88%20%25%3F%23/events HTTP/1.1",
            "GET /api/v2/channels?pageNo=2&channelName=a%26b%3D%EB%B4%84%20c HTTP/1.1",
        ]
    );
}

#[track_caller]
fn put_gem(spec: &str, arguments: &[&str]) -> (Ran, Vec<Request>) {
    let server = Server::new([ok("{}")]);
    let mut command = typefoundry();
    command.env("API_KEY", "EXAMPLE-not-a-key").arg("call");
    let words = ["--spec", spec, "put-gem", "--endpoint-url", &server.url, "--id", "g1"];
    let ran = run(command, words.iter().chain(arguments));
    (ran, server.requests())
}

#[test]
fn a_key_is_taken_from_the_variable_of_the_service_first() {
    let (_folder, spec) = gems("input-keys");
    let words = ["call", "--spec", &spec, "put-gem", "--id", "g1", "--endpoint-url"];
    let cases: [(&[&str], &str); 3] = [
        (&["ACME_GEMS_API_KEY", "ACME_API_KEY", "API_KEY"], "ACME_GEMS_API_KEY"),
        (&["API_KEY", "ACME_API_KEY"], "ACME_API_KEY"),
        (&["API_KEY", "ACME_RINGS_API_KEY"], "API_KEY"),
    ];
    for (variables, expected) in cases {
        let server = Server::new([ok("{}")]);
        let mut command = typefoundry();
        command.envs(variables.iter().map(|name| (name, format!("EXAMPLE-{name}"))));
        run(command, words.iter().chain(&[&*server.url])).ok();
        let key = format!("EXAMPLE-{expected}");
        assert_eq!(server.requests()[0].header("x-gem-key"), Some(&*key), "{variables:?}");
    }
    let said = run(typefoundry(), words.iter().chain(&["http://127.0.0.1:9"])).failed(253);
    assert!(
        said.contains("neither ACME_GEMS_API_KEY nor ACME_API_KEY nor API_KEY is set"),
        "{said}"
    );
}

#[test]
fn every_kind_of_member_has_an_option() {
    let (_folder, spec) = gems("input-kinds");
    let (ran, requests) = put_gem(
        &spec,
        &[
            "--input-region",
            "Alps",
            "--input-input-region",
            "inner",
            "--no-input-debug",
            "--input-help",
            "me",
            "--pet-name",
            "Rex",
            "--pet_name",
            "Tom",
            "--facets",
            "-58",
            "--picture",
            "AAEC/w==",
            "--cut-at",
            "2026-03-14T10:26:53+01:00",
            "--sizes",
            "1",
            "-2.5",
            "--names",
            "a",
            "b c",
        ],
    );
    ran.ok();
    assert_eq!(
        requests[0].json(),
        json!({
            "region": "Alps", "input-region": "inner", "debug": false, "help": "me",
            "petName": "Rex", "pet_name": "Tom", "facets": -58, "picture": "AAEC/w==",
            "cutAt": 1_773_480_413, "sizes": [1.0, -2.5], "names": ["a", "b c"],
        })
    );
    let (ran, requests) =
        put_gem(&spec, &["--cut-at", "1773480413.5", "--sizes", "[1, 2]", "--names", "--picture="]);
    ran.ok();
    assert_eq!(
        requests[0].json(),
        json!({"cutAt": 1_773_480_413.5, "sizes": [1.0, 2.0], "names": [], "picture": ""})
    );
    let (ran, _) = put_gem(&spec, &["--picture", "AAE"]);
    assert_eq!(ran.failed(255), "Invalid base64: \"AAE\"\n");
    let (ran, _) = put_gem(&spec, &["--cut-at", "soon"]);
    let said = ran.failed(252);
    let start =
        "Parameter validation failed:\nInvalid type for parameter cutAt, value: soon, type: ";
    assert!(said.starts_with(start), "{said}");
}

/// The first version's `paramfile.py`; the second fetches nothing.
#[test]
fn values_come_from_web_addresses_in_the_first_version() {
    let text = |kind: &str, body: &[u8]| {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: \
             close\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    };
    let folder = Folder::new("input-urls");
    folder.write("off", "[default]\ncli_follow_urlparam = false\n");
    let off = folder.path().join("off").display().to_string();
    let asked = |words: &[&str], answers: &[Vec<u8>], variables: &[(&str, &str)]| {
        let all = answers.iter().cloned().chain([ok("{}").into_bytes()]);
        let server = Server::new(all);
        let mut command = with_account();
        command.env("NO_PROXY", "127.0.0.1").envs(variables.iter().copied());
        let words: Vec<_> = words.iter().map(|it| it.replace("URL", &server.url)).collect();
        let words = ["call", "aws", "ivs", "create-channel", "--endpoint-url", &*server.url]
            .map(str::to_owned)
            .into_iter()
            .chain(words);
        (run(command, words), server)
    };
    let first = &[("TYPEFOUNDRY_CLI_COMPAT", "v1")][..];
    let (ran, server) = asked(
        &["--name", "URL/name?a=b", "--tags", "URL/tags"],
        &[text("text/plain", b"caf\xe9\n"), text("application/json", br#"{"a": "b"}"#)],
        first,
    );
    ran.ok();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|it| &*it.line).collect();
    let expected = ["GET /name?a=b HTTP/1.1", "GET /tags HTTP/1.1", "POST /CreateChannel HTTP/1.1"];
    assert_eq!(lines, expected);
    assert_eq!(requests[0].header("authorization"), None);
    assert_eq!(requests[2].body, "{\"name\":\"caf\u{e9}\\n\",\"tags\":{\"a\":\"b\"}}");

    let moved =
        b"HTTP/1.1 301 Moved\r\nlocation: /\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let (ran, server) = asked(&["--name", "URL/x"], &[moved.to_vec()], first);
    let message = "received non 200 status code of 301";
    assert_eq!(
        ran.failed(252),
        format!(
            "Error parsing parameter '--name': Unable to retrieve {}/x: {message}\n",
            server.url
        )
    );
    let (ran, _) = asked(&["--name", "http://127.0.0.1:1/x"], &[], first);
    let said = ran.failed(252);
    let start = "Error parsing parameter '--name': Unable to retrieve http://127.0.0.1:1/x: Could \
                 not connect to the endpoint URL: \"http://127.0.0.1:1/x\"";
    assert!(said.starts_with(start), "{said}");

    // Nobody asked for it, or it is a URL that is meant.
    for variables in [&[][..], &[first[0], ("AWS_CONFIG_FILE", &off)]] {
        let (ran, server) = asked(&["--name", "URL/x"], &[], variables);
        ran.ok();
        assert_eq!(server.requests()[0].json()["name"], format!("{}/x", server.url));
    }
}
