//! What a call puts out: forms, queries, and pages one after the other. Nothing here is a terminal.

use crate::run::{Folder, call, run, with_account};
use crate::server::{Server, ok};
use std::io::Read;
use std::process::Stdio;

/// Pages of IVS with a token to each but the last.
fn pages(count: usize, items: usize) -> Server {
    Server::new((1..=count).map(|page| {
        let items: Vec<_> = (0..items)
            .map(|item| format!(r#"{{"arn": "arn:{page}:{item}", "name": "c{page}-{item}"}}"#))
            .collect();
        let token =
            if page < count { format!(r#", "nextToken": "t{page}""#) } else { String::new() };
        ok(&format!(r#"{{"channels": [{}]{token}}}"#, items.join(", ")))
    }))
}

fn list(server: &Server, options: &[&str]) -> String {
    let words = ["aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    call(words.iter().chain(options)).ok()
}

/// Text is put out page by page, with the query asked of each, as awscli 1.x prints it; JSON is one
/// answer.
#[test]
fn a_query_is_asked_of_the_whole_or_of_each_page() {
    let count = |form: &str| list(&pages(3, 2), &["--query", "length(channels)", "--output", form]);
    assert_eq!(count("json"), "6\n");
    assert_eq!(count("text"), "2\n2\n2\n");
    assert_eq!(count("yaml"), "6\n");
    assert_eq!(count("yaml-stream"), "- 2\n- 2\n- 2\n");
    assert_eq!(count("off"), "");
    let names = ["--query", "channels[].[name, arn]", "--output", "text"];
    assert_eq!(list(&pages(2, 1), &names), "c1-0\tarn:1:0\nc2-0\tarn:2:0\n");
    let missed = ["--query", "nothing.here"];
    assert_eq!(list(&pages(1, 1), &missed), "null\n");
}

/// What is beside the body comes first, as in botocore's answers.
#[test]
fn the_status_code_goes_before_what_is_in_the_body() {
    let server = Server::new([ok(r#"{"EstimateId": "e", "DomainName": "d"}"#)]);
    let words = ["aws", "customer-profiles", "create-segment-estimate", "--domain-name", "d"];
    let out = call(words.iter().chain(&["--endpoint-url", &server.url])).ok();
    assert_eq!(
        out,
        "{\n    \"StatusCode\": 200,\n    \"DomainName\": \"d\",\n    \"EstimateId\": \"e\"\n}\n"
    );
}

/// As awscli shows it: S3 sends an empty element for us-east-1.
#[test]
fn a_bucket_in_us_east_1_has_no_location() {
    let body = |inner: &str| format!("<LocationConstraint>{inner}</LocationConstraint>");
    for (inner, form, out) in [
        ("", "json", "{\n    \"LocationConstraint\": null\n}\n"),
        ("", "text", "None\n"),
        ("EU", "text", "EU\n"),
    ] {
        let server = Server::new([ok(&body(inner))]);
        let words = ["aws", "s3api", "get-bucket-location", "--bucket", "b", "--output", form];
        assert_eq!(call(words.iter().chain(&["--endpoint-url", &server.url])).ok(), out);
    }
}

#[test]
fn a_token_to_go_on_with_is_a_line_of_text() {
    let options = ["--max-items", "3", "--output", "text"];
    let token = "eyJuZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    assert_eq!(
        list(&pages(3, 2), &options),
        format!(
            "CHANNELS\tarn:1:0\tc1-0\nCHANNELS\tarn:1:1\tc1-1\nCHANNELS\tarn:2:0\tc2-0\nNEXTTOKEN\t\
             {token}\n"
        )
    );
    let asked: Vec<_> =
        options.iter().chain(&["--query", "NextToken.NextToken"]).copied().collect();
    assert_eq!(list(&pages(3, 2), &asked), format!("None\nNone\n{token}\n"));
}

/// What is written as it comes is what is written at once.
#[test]
fn many_pages_are_the_same_answer_as_one() {
    let streamed = list(&pages(20, 300), &[]);
    let held = list(&pages(20, 300), &["--query", "@"]);
    assert!(streamed == held && streamed.len() > 300_000, "{} bytes", streamed.len());
    assert_eq!(list(&pages(1, 0), &[]), "{\n    \"channels\": []\n}\n");
    // A page without the member is no page with an empty list.
    assert_eq!(list(&Server::new([ok("{}")]), &[]), "");
}

#[test]
fn an_answer_without_members_is_nothing() {
    for form in ["json", "text", "table", "yaml", "yaml-stream", "off"] {
        let server = Server::new([ok("{}")]);
        let words = ["aws", "ivs", "list-channels", "--no-paginate", "--output", form];
        assert_eq!(call(words.iter().chain(&["--endpoint-url", &server.url])).ok(), "", "{form}");
    }
}

#[test]
fn a_table_has_the_name_of_the_operation() {
    let options = ["--output", "table", "--query", "channels[].{Name: name}"];
    assert_eq!(
        list(&pages(1, 1), &options),
        "--------------\n|ListChannels|\n+------------+\n|    Name    |\n+------------+\n|  c1-0      \
         |\n+------------+\n"
    );
}

/// The words are those of awscli 1.x for `--query [bad`.
#[test]
fn a_query_that_cannot_be_read_is_told_before_anything_is_sent() {
    let said = call(["aws", "ivs", "list-channels", "--query", "[bad"]).failed(252);
    assert_eq!(
        said,
        "Bad value for --query [bad: Invalid jmespath expression: Incomplete expression:\n\"[bad\"\n     \
         ^\n"
    );
    let server = pages(1, 1);
    let words = ["aws", "ivs", "list-channels", "--query", "abs(channels)"];
    let said = call(words.iter().chain(&["--endpoint-url", &server.url])).failed(255);
    assert!(
        said.starts_with("In function abs(), invalid type for value: [{'arn': 'arn:1:0'"),
        "{said}"
    );
    assert!(said.ends_with("expected one of: ['number'], received: \"array\"\n"), "{said}");
}

#[test]
fn the_form_and_times_may_be_set_up() {
    let folder = Folder::new("output-config");
    folder.write(
        ".aws/config",
        "[default]\noutput = text\n[profile wire]\ncli_timestamp_format = wire\n",
    );
    let session =
        || Server::new([ok(r#"{"streamSession": {"startTime": "2020-10-23T22:09:11.5+09:00"}}"#)]);
    let get = |variables: &[(&str, &str)], options: &[&str]| {
        let server = session();
        let mut command = with_account();
        command.env("HOME", folder.path()).envs(variables.iter().copied());
        let words = [
            "call",
            "aws",
            "ivs",
            "get-stream-session",
            "--channel-arn",
            "arn:aws:ivs:a:1:channel/a",
        ];
        let endpoint = ["--endpoint-url", &*server.url];
        run(command, words.iter().chain(&endpoint).chain(options)).ok()
    };
    assert_eq!(get(&[], &[]), "STREAMSESSION\t2020-10-23T22:09:11.500000+09:00\n");
    assert_eq!(
        get(&[("AWS_DEFAULT_OUTPUT", "yaml")], &[]),
        "streamSession:\n  startTime: '2020-10-23T22:09:11.500000+09:00'\n"
    );
    let query = ["--query", "streamSession.startTime", "--output", "json"];
    assert_eq!(get(&[("AWS_PROFILE", "wire")], &query), "\"2020-10-23T22:09:11.5+09:00\"\n");
    assert_eq!(
        get(&[("TYPEFOUNDRY_CLI_COMPAT", "v1")], &query),
        "\"2020-10-23T22:09:11.5+09:00\"\n"
    );
}

/// Whoever reads the output may have enough of it.
#[test]
fn a_closed_pipe_ends_quietly() {
    for form in ["json", "text", "table", "yaml", "yaml-stream"] {
        let server = pages(4, 3000);
        let mut command = with_account();
        command.args(["call", "aws", "ivs", "list-channels", "--output", form]);
        command.args(["--endpoint-url", &server.url]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        let code = child.wait().expect("it ends").code();
        assert_eq!((code, &*said), (Some(0), ""), "{form}");
    }
}
