//! Bodies that are streams, waiters, and what ends a call early.

use crate::run::{Folder, call, run, with_account};
use crate::server::{Server, answer};
use std::net::TcpListener;
use std::process::{Command, Stdio};

/// An answer of S3 without a body.
fn empty(status: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

const OBJECT: &[&str] = &["--bucket", "b", "--key", "k"];

fn s3(server: &Server, words: &[&str]) -> crate::run::Ran {
    let endpoint = ["--endpoint-url", &server.url];
    call(["aws", "s3api"].iter().chain(words).chain(&endpoint))
}

#[test]
fn a_body_comes_from_a_file() {
    let folder = Folder::new("streams-in");
    folder.write("body.txt", "what is in the file");
    let path = folder.path().join("body.txt").display().to_string();
    for path in [path.clone(), format!("fileb://{path}")] {
        let server = Server::new([empty("200 OK")]);
        s3(&server, &[&["put-object", "--body", &path], OBJECT].concat()).ok();
        let request = &server.requests()[0];
        assert_eq!(request.line, "PUT /b/k HTTP/1.1");
        assert_eq!(request.body, "what is in the file");
        // What is signed and summed up is the file (botocore does so without TLS).
        let digest = "8372c44beb437a225a4fb31d7caeba5acb752e9b5973c76b5d4a5cc25b41de92";
        assert_eq!(request.header("x-amz-content-sha256"), Some(digest));
        assert_eq!(request.header("x-amz-checksum-crc32"), Some("kBG4DA=="));
        assert_eq!(request.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
    }
    // Wherever the endpoint is said, and whenever there are checksums.
    let cases = [
        ("AWS_ENDPOINT_URL_S3", "when_supported", Some("kBG4DA==")),
        ("AWS_ENDPOINT_URL", "when_required", None),
    ];
    for (variable, when, sum) in cases {
        let server = Server::new([empty("200 OK")]);
        let mut command = with_account();
        command.env(variable, &server.url).env("AWS_REQUEST_CHECKSUM_CALCULATION", when);
        let words = ["call", "aws", "s3api", "put-object", "--body", &path];
        run(command, words.iter().chain(OBJECT)).ok();
        let request = &server.requests()[0];
        assert_eq!(request.body, "what is in the file");
        let digest = "8372c44beb437a225a4fb31d7caeba5acb752e9b5973c76b5d4a5cc25b41de92";
        assert_eq!(request.header("x-amz-content-sha256"), Some(digest));
        assert_eq!(request.header("x-amz-checksum-crc32"), sum);
    }
    let server = Server::new([""; 0]);
    let gone = s3(&server, &[&["put-object", "--body", "gone.txt"], OBJECT].concat());
    assert_eq!(
        gone.failed(252),
        "Error parsing parameter '--body': Blob values must be a path to a file.\n"
    );
}

#[test]
fn a_body_that_is_required_is_asked_for() {
    let server = Server::new([""; 0]);
    let words = [&["put-object-annotation", "--annotation-name", "n"][..], OBJECT].concat();
    let missing = s3(&server, &words).failed(252);
    let expected = "the following arguments are required: --annotation-payload\n";
    assert!(missing.starts_with(expected), "{missing}");
    let given = r#"{"Bucket": "b", "Key": "k", "AnnotationName": "n"}"#;
    assert_eq!(
        s3(&server, &["put-object-annotation", "--cli-input-json", given]).failed(252),
        "Parameter validation failed:\nMissing required parameter in input: \"AnnotationPayload\"\n"
    );
}

/// Each event is an answer of its own.
#[test]
fn a_query_is_asked_of_each_event() {
    let folder = Folder::new("streams-events");
    folder.write(
        "berths.json",
        r#"{"typefoundry": "1",
            "service": {"id": "example/berths", "title": "Berths", "protocol": "rest",
                "auth": {"none": {}}, "endpoint": {"url": "https://example.com"}},
            "operations": {"Watch": {"http": "POST /watch", "output": {"events": "Events"}}},
            "shapes": {
                "Events": {"union": {"came": "Came", "left": "Left"}, "eventStream": true},
                "Came": {"structure": {"ship": "string"}},
                "Left": {"structure": {"at": "integer"}}}}"#,
    );
    let cases = [
        (&[][..], "{\"came\":{\"ship\":\"ship\"}}\n{\"left\":{\"at\":1}}\n"),
        (&["--query", "came.ship || left"], "\"ship\"\n{\"at\":1}\n"),
        (&["--output", "off"], ""),
    ];
    for (more, expected) in cases {
        let words = ["call", "--spec", "berths.json", "watch", "--mock"];
        let words: Vec<_> = words.iter().chain(more).copied().collect();
        assert_eq!(folder.run(&words).ok(), expected);
    }
    let words = ["call", "--spec", "berths.json", "watch", "--mock", "--query", "abs(came)"];
    assert!(folder.run(&words).failed(255).contains("abs()"));
}

/// Glacier's uploads (`add_glacier_checksums` in botocore's `handlers.py`).
#[test]
fn a_tree_hash_is_that_of_the_file() {
    let folder = Folder::new("streams-tree");
    folder.write("body.txt", "x");
    folder.write(
        "vaults.json",
        r#"{"typefoundry": "1",
            "service": {"id": "aws/vaults", "title": "Vaults", "protocol": "rest-json",
                "auth": {"sigv4": {"name": "vaults"}}, "endpoint": {"url": "https://example.com"}},
            "operations": {"UploadArchive": {"http": "POST /archives", "traits": ["tree-hash"],
                "input": {"body": {"type": "Body", "payload": true},
                    "checksum": {"type": "string", "header": "x-amz-sha256-tree-hash"}}}},
            "shapes": {"Body": {"type": "blob", "streaming": true}}}"#,
    );
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (spec, body) = (path("vaults.json"), path("body.txt"));
    let sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    for (own, expected) in [(&[][..], sum), (&["--checksum", "mine"], "mine")] {
        let server = Server::new([empty("200 OK")]);
        let words = ["--spec", &spec, "upload-archive", "--body", &body];
        call(words.iter().chain(own).chain(&["--endpoint-url", &server.url])).ok();
        let request = &server.requests()[0];
        assert_eq!(request.header("x-amz-sha256-tree-hash"), Some(expected));
        assert_eq!(request.header("x-amz-content-sha256"), Some(sum));
    }
}

/// A bucket is in the path where the endpoint is the caller's own, whatever its name.
#[test]
fn buckets_are_in_the_path_at_other_endpoints() {
    let server = Server::new([empty("200 OK")]);
    s3(&server, &["head-bucket", "--bucket", "harbour.cam"]).ok();
    assert_eq!(server.requests()[0].line, "HEAD /harbour.cam HTTP/1.1");
}

/// v2's `customizations/streamingoutputarg.py`.
#[test]
fn a_body_goes_to_a_file() {
    let folder = Folder::new("streams-out");
    folder.write("out.txt", "something that is longer than what comes");
    let path = folder.path().join("out.txt").display().to_string();
    let server = Server::new([answer("200 OK", "text/plain", "what comes")]);
    let out = s3(&server, &[&["get-object"], OBJECT, &[&path]].concat()).json();
    assert_eq!(folder.read("out.txt"), "what comes");
    assert_eq!(out["ContentLength"], 10);
    assert!(out.get("Body").is_none(), "{out}");

    let server = Server::new([answer("200 OK", "text/plain", "what comes")]);
    let said = s3(&server, &[&["get-object", "/no/such/folder/x"], OBJECT].concat()).failed(255);
    assert_eq!(said, "[Errno 2] No such file or directory: '/no/such/folder/x'\n");

    let server = Server::new([empty("403 Forbidden")]);
    s3(&server, &[&["get-object", &path], OBJECT].concat()).failed(254);
    assert_eq!(folder.read("out.txt"), "what comes", "an error leaves the file alone");

    let said = call(["aws", "s3api", "get-object", "--bucket", "b"]).failed(252);
    assert!(said.starts_with("the following arguments are required: --key, outfile\n"), "{said}");
    let said = call(["aws", "s3api", "get-object", "--cli-input-json", "{}"]).failed(252);
    assert!(said.starts_with("the following arguments are required: --bucket, --key\n"), "{said}");
}

/// botocore's `get_streaming_output` takes bytes that are the body, be they a stream or not.
#[test]
fn a_body_that_is_no_stream_goes_to_a_file() {
    let folder = Folder::new("streams-whole");
    folder.write(
        "functions.json",
        r#"{"typefoundry": "1",
            "service": {"id": "aws/functions", "title": "Functions", "protocol": "rest-json",
                "auth": {"sigv4": {"name": "functions"}}, "endpoint": {"url": "https://example.com"}},
            "operations": {"Invoke": {"http": "POST /invocations",
                "input": {"payload": {"type": "blob", "payload": true}},
                "output": {"status": {"type": "integer", "statusCode": true},
                    "version": {"type": "string", "header": "x-version"},
                    "answer": {"type": "blob", "payload": true}}}}}"#,
    );
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (spec, out) = (path("functions.json"), path("out.bin"));
    let invoke = |server: &Server, words: &[&str]| {
        call(["--spec", &spec, "invoke", "--endpoint-url", &server.url].iter().chain(words))
    };
    let server = Server::new([answer("200 OK\r\nx-version: 7", "text/plain", "what\u{0}comes")]);
    let said = invoke(&server, &[&out, "--payload", "aGVsbG8="]).json();
    assert_eq!(said, serde_json::json!({"status": 200, "version": "7"}));
    assert_eq!(folder.read("out.bin"), "what\u{0}comes");
    assert_eq!(server.requests()[0].body, "hello");

    let server = Server::new([empty("200 OK")]);
    assert_eq!(invoke(&server, &[&out, "--output", "text"]).ok(), "200\n");
    assert_eq!(folder.read("out.bin"), "", "a file says that there was nothing");

    let said = call(["--spec", &spec, "invoke"]).failed(252);
    assert!(said.starts_with("the following arguments are required: outfile\n"), "{said}");
    let said = call(["--spec", &spec, "invoke", &out, "--generate-cli-skeleton"]).failed(252);
    assert!(said.starts_with("Unknown options: --generate-cli-skeleton\n"), "{said}");
    let help = call(["--spec", &spec, "invoke", "help"]).ok();
    assert!(
        help.contains("    outfile (string)\n        The file that the answer's body"),
        "{help}"
    );
    let found = call(["--spec", &spec, "invoke", &out, "--mock"]).json();
    assert_eq!(found["status"], 200);
}

/// v2's `customizations/waiters.py`, and botocore's `waiter.py`.
#[test]
fn waiting_has_no_output() {
    let server = Server::new([empty("200 OK")]);
    assert_eq!(s3(&server, &["wait", "bucket-exists", "--bucket", "b"]).ok(), "");
    assert_eq!(server.requests()[0].line, "HEAD /b HTTP/1.1");
    let server = Server::new([empty("400 Bad Request")]);
    let said = s3(&server, &["wait", "bucket-exists", "--bucket", "b"]).failed(255);
    assert_eq!(said, "Waiter BucketExists failed: An error occurred (400): Bad Request\n");
    let said = call(["aws", "s3api", "wait", "bucket-exists"]).failed(252);
    assert!(said.starts_with("the following arguments are required: --bucket\n"), "{said}");
    let help = call(["aws", "s3api", "wait", "help"]).ok();
    assert!(help.contains("\n    bucket-exists\n"), "{help}");
}

/// The messages `Records`, `Stats` and `End` of S3, as botocore's `eventstream.py` reads them.
const EVENTS: &[&str] = &[
    "0000006d000000551f81c9ee0d3a6d6573736167652d747970650700056576656e740b3a6576656e742d",
    "747970650700075265636f7264730d3a636f6e74656e742d747970650700186170706c69636174696f6e",
    "2f6f637465742d73747265616d612c620a312c320a339ad29f00000080000000433b117fd10d3a6d6573",
    "736167652d747970650700056576656e740b3a6576656e742d7479706507000553746174730d3a636f6e",
    "74656e742d74797065070008746578742f786d6c3c53746174733e3c42797465735363616e6e65643e35",
    "3c2f42797465735363616e6e65643e3c2f53746174733e7dba8a4a00000049000000396fc46d590d3a6d",
    "6573736167652d747970650700056576656e740b3a6576656e742d74797065070003456e640d3a636f6e",
    "74656e742d747970650700000bcb4246",
];

fn bytes(hex: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
    (0..hex.len()).step_by(2).map(byte).collect()
}

/// A server that answers with events.
fn eventful(body: &[u8]) -> Server {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    Server::new([[head.as_bytes(), body].concat()])
}

const SELECT: &[&str] = &[
    "select-object-content",
    "--expression",
    "x",
    "--expression-type",
    "SQL",
    "--input-serialization",
    "CSV={}",
    "--output-serialization",
    "CSV={}",
];

/// v2's `customizations/s3events.py`.
#[test]
fn selected_records_go_to_a_file() {
    let folder = Folder::new("streams-select");
    folder.write("out.csv", "something that is longer than what comes");
    let path = folder.path().join("out.csv").display().to_string();
    let events = bytes(&EVENTS.concat());
    let server = eventful(&events);
    assert_eq!(s3(&server, &[SELECT, OBJECT, &[&path]].concat()).ok(), "");
    assert_eq!(folder.read("out.csv"), "a,b\n1,2\n");
    assert_eq!(server.requests()[0].line, "POST /b/k?select&select-type=2 HTTP/1.1");

    // What came before the connection broke is there.
    let broken = &events[..events.len() - 4];
    let said = s3(&eventful(broken), &[SELECT, OBJECT, &[&path]].concat()).failed(255);
    assert!(said.contains("ends in the middle of a message"), "{said}");
    assert_eq!(folder.read("out.csv"), "a,b\n1,2\n");

    folder.write("out.csv", "older");
    let server = Server::new([empty("403 Forbidden")]);
    s3(&server, &[SELECT, OBJECT, &[&path]].concat()).failed(254);
    assert_eq!(folder.read("out.csv"), "older", "an error leaves the file alone");

    let said = s3(&eventful(&events), &[SELECT, OBJECT, &["/no/such/x"]].concat()).failed(255);
    assert_eq!(said, "[Errno 2] No such file or directory: '/no/such/x'\n");
    for (words, message) in [
        (&[][..], "the following arguments are required: outfile\n"),
        (&[&*path, "--cli-input-json", "{}"], "Unknown options: --cli-input-json, {}\n"),
    ] {
        let said = call(["aws", "s3api"].iter().chain(SELECT).chain(OBJECT).chain(words));
        let said = said.failed(252);
        assert!(said.starts_with(message), "{said}");
    }
    let help = call(["aws", "s3api", "select-object-content", "help"]).ok();
    assert!(
        help.contains("\nOUTPUT\n    None: the selected records go to the outfile.\n"),
        "{help}"
    );
}

/// Where the AWS CLI has no place for the events of an operation, they are put out.
#[test]
fn events_are_lines_of_json() {
    let folder = Folder::new("streams-events");
    folder.write(
        "pets.json",
        r#"{"typefoundry": "1",
            "service": {"id": "aws/pets", "title": "Pets", "protocol": "rest-xml",
                "auth": {"sigv4": {"name": "pets"}}, "endpoint": {"url": "https://example.com"}},
            "operations": {"WatchPets": {"http": "GET /pets", "input": {},
                "output": {"events": {"type": "Events", "payload": true}}}},
            "shapes": {
                "Events": {"union": {"Records": "Records", "Stats": "Stats", "End": "End"},
                    "eventStream": true},
                "Records": {"structure": {"Payload": {"type": "blob", "eventPayload": true}}},
                "Stats": {"structure": {"Details": {"type": "Details", "eventPayload": true}}},
                "Details": {"structure": {"BytesScanned": "long"}},
                "End": {"structure": {}}}}"#,
    );
    let spec = folder.path().join("pets.json").display().to_string();
    let server = eventful(&bytes(&EVENTS.concat()));
    let words = ["--spec", &spec, "watch-pets", "--endpoint-url", &server.url];
    assert_eq!(
        call(words).ok(),
        "{\"Records\":{\"Payload\":\"YSxiCjEsMgo=\"}}\n\
         {\"Stats\":{\"Details\":{\"BytesScanned\":5}}}\n\
         {\"End\":{}}\n"
    );
}

/// A server that takes connections and says nothing.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, url)
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for_long() {
    let (_listener, url) = silent();
    let words = ["aws", "ivs", "list-channels", "--cli-read-timeout", "1", "--endpoint-url", &url];
    let sentence = format!("Read timeout on endpoint URL: \"{url}/ListChannels\"\n");
    assert_eq!(call(words).failed(255), sentence);
}

/// v2's `errorhandler.py`: a line of its own, and the code of shells.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_call_with_130() {
    let (listener, url) = silent();
    let mut command = with_account();
    command.args(["call", "aws", "ivs", "list-channels", "--endpoint-url", &url]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the binary starts");
    // When it is connected, it listens to signals.
    let connection = listener.accept().expect("a connection");
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    drop(connection);
    let shown = (output.status.code(), &*output.stdout, &*output.stderr);
    assert_eq!(shown, (Some(130), &b"\n"[..], &b""[..]));
}

#[test]
fn certificates_that_cannot_be_read_are_told() {
    let folder = Folder::new("streams-tls");
    folder.write("none.pem", "no certificate");
    let path = folder.path().join("none.pem").display().to_string();
    let start = "the certificates to verify servers with cannot be read";
    for (path, message) in [
        ("gone.pem", format!("{start}: gone.pem: No such")),
        (&*path, format!("{start} as PEM: {path}: there is none in it\n")),
    ] {
        let ran = call(["aws", "ivs", "list-channels", "--ca-bundle", path]);
        assert!(ran.code == 253 && ran.err.starts_with(&message), "{ran:?}");
        let mut command = with_account();
        command.env("AWS_CA_BUNDLE", path).arg("call");
        assert_eq!(run(command, ["aws", "ivs", "list-channels"]).err, ran.err);
    }
}

/// `--generate-cli-skeleton` sends nothing (v2's `customizations/generatecliskeleton.py`).
#[test]
fn skeletons_need_no_network() {
    let words = ["aws", "ivs-realtime", "list-participant-events", "--generate-cli-skeleton"];
    let text = run(crate::run::typefoundry(), ["call"].iter().chain(&words)).ok();
    let expected = "{\n    \"stageArn\": \"\",\n    \"sessionId\": \"\",\n    \
                    \"participantId\": \"\",\n    \"nextToken\": \"\",\n    \"maxResults\": 0\n}\n";
    assert_eq!(text, expected);
    let yaml = call(words.iter().chain(&["yaml-input"])).ok();
    assert!(yaml.contains("\nmaxResults: 0"), "{yaml}");
    let words = ["aws", "ivs", "get-channel", "--generate-cli-skeleton", "output"];
    let output = call(words.iter().chain(&["--arn", "arn:aws:ivs:eu-west-1:1:channel/a"])).json();
    assert_eq!(output["channel"]["arn"], "arn", "{output}");
    // What botocore adds to answers is in none of its models.
    let head =
        ["aws", "s3", "head-object", "--bucket=b", "--key=k", "--generate-cli-skeleton=output"];
    let output = call(head).json();
    assert!(output.get("Expires").is_some() && output.get("ExpiresString").is_none(), "{output}");
    let said = call(words).failed(252);
    assert!(said.starts_with("the following arguments are required: --arn\n"), "{said}");
}
