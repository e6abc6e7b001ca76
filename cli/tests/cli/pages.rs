//! Operations that answer in pages.

use crate::run::call;
use crate::server::{Request, Server, ok};
use serde_json::{Value as Json, json};

fn three_pages() -> Server {
    Server::new([
        ok(r#"{"channels": [{"name": "a"}, {"name": "b"}], "nextToken": "t2"}"#),
        ok(r#"{"channels": [], "nextToken": "t3"}"#),
        ok(r#"{"channels": [{"name": "c"}]}"#),
    ])
}

fn list(server: &Server, arguments: &[&str]) -> Json {
    let words = ["aws", "ivs", "list-channels", "--endpoint-url", &server.url];
    call(words.iter().chain(arguments)).json()
}

fn bodies(server: &Server) -> Vec<Json> {
    server.requests().iter().map(Request::json).collect()
}

#[test]
fn all_pages_are_one_answer() {
    let server = three_pages();
    let answer = list(&server, &["--filter-by-name", "x"]);
    assert_eq!(answer, json!({"channels": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}));
    assert_eq!(
        bodies(&server),
        [
            json!({"filterByName": "x"}),
            json!({"filterByName": "x", "nextToken": "t2"}),
            json!({"filterByName": "x", "nextToken": "t3"}),
        ]
    );
}

#[test]
fn who_pages_by_hand_gets_one_page_and_its_token() {
    let by_hand: [&[&str]; 5] = [
        &["--no-paginate"],
        &["--max-results", "2"],
        &["--next-token", "t1"],
        &["--cli-input-json", r#"{"maxResults": 2}"#],
        &["--next-token", "t1", "--paginate"],
    ];
    for arguments in by_hand {
        let server = three_pages();
        let answer = list(&server, arguments);
        let page = json!({"channels": [{"name": "a"}, {"name": "b"}], "nextToken": "t2"});
        assert_eq!(answer, page, "{arguments:?}");
        assert_eq!(server.requests().len(), 1, "{arguments:?}");
    }
}

/// The AWS CLI pages what Amazon's own data declares, and this operation is not among it.
#[test]
fn pages_that_a_person_wrote_are_followed_on_request() {
    let words = [
        "aws",
        "ivs-realtime",
        "list-participant-events",
        "--stage-arn",
        "arn",
        "--session-id",
        "st-7Hk2Pq9RzT4wX",
        "--participant-id",
        "p",
    ];
    let pages = || {
        Server::new([
            ok(r#"{"events": [{"name": "JOINED"}], "nextToken": "t2"}"#),
            ok(r#"{"events": [{"name": "LEFT"}], "nextToken": ""}"#),
        ])
    };
    let server = pages();
    let answer = call(words.iter().chain(&["--endpoint-url", &server.url])).json();
    assert_eq!(answer, json!({"events": [{"name": "JOINED"}], "nextToken": "t2"}));
    let server = pages();
    let answer = call(words.iter().chain(&["--paginate", "--endpoint-url", &server.url])).json();
    assert_eq!(answer, json!({"events": [{"name": "JOINED"}, {"name": "LEFT"}]}));
}

/// Those of this spec are written by a person, and so followed without being asked for.
#[test]
fn numbered_pages_end_with_the_total() {
    let server = Server::new([
        ok(r#"{"content": [{"channelId": "a"}, {"channelId": "b"}], "total": 3}"#),
        ok(r#"{"content": [{"channelId": "c"}], "total": 3}"#),
    ]);
    let words = ["ncp", "livestation", "list-channels", "--endpoint-url"];
    let answer = call(words.iter().chain(&[&*server.url])).json();
    assert_eq!(
        answer,
        json!({"content": [{"channelId": "a"}, {"channelId": "b"}, {"channelId": "c"}]})
    );
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines[0], "GET /api/v2/channels HTTP/1.1");
    assert_eq!(lines[1], "GET /api/v2/channels?pageNo=2 HTTP/1.1");
}

/// Whoever sees what an operation has of pages may look for their options.
#[test]
fn options_of_inferred_pages_are_there_with_paginate() {
    let words = ["aws", "ivs-realtime", "list-stages", "--mock", "--max-items", "1"];
    let said = call(words).failed(252);
    assert!(
        said.starts_with("Unknown options: --max-items, 1\n\nWhat pages this operation"),
        "{said}"
    );
    call(words.iter().chain(&["--paginate"])).json();
    // Of an operation without pages, nothing is said about them.
    let said = call(["aws", "ivs", "get-channel", "--arn", "a", "--max-items", "1"]).failed(252);
    assert!(!said.contains("--paginate"), "{said}");
}

#[test]
fn written_pages_have_the_options_of_declared_ones() {
    let page = || ok(r#"{"content": [{"channelId": "a"}, {"channelId": "b"}], "total": 3}"#);
    let list = |server: &Server, words: &[&str]| {
        let all = ["ncp", "livestation", "list-channels", "--endpoint-url", &server.url];
        call(all.iter().chain(words)).json()
    };
    let first = json!({"content": [{"channelId": "a"}, {"channelId": "b"}], "total": 3});
    for words in [&["--no-paginate"][..], &["--page-no", "1"], &["--page-size-no", "2"]] {
        let server = Server::new([page()]);
        assert_eq!(list(&server, words), first, "{words:?}");
    }
    let server = Server::new([page()]);
    let answer = list(&server, &["--max-items", "1", "--page-size", "2"]);
    assert_eq!(answer["content"], json!([{"channelId": "a"}]));
    let token = answer["NextToken"].as_str().expect("items are left").to_owned();
    assert_eq!(server.requests()[0].line, "GET /api/v2/channels?pageSizeNo=2 HTTP/1.1");
    let server = Server::new([page(), ok(r#"{"content": [{"channelId": "c"}], "total": 3}"#)]);
    let answer = list(&server, &["--starting-token", &token]);
    assert_eq!(answer, json!({"content": [{"channelId": "b"}, {"channelId": "c"}]}));
}

#[test]
fn a_token_that_leads_nowhere_is_a_failure() {
    let page = || ok(r#"{"channels": [{"name": "a"}], "nextToken": "again"}"#);
    let server = Server::new([page(), page(), page()]);
    let ran = call(["aws", "ivs", "list-channels", "--endpoint-url", &server.url]);
    assert_eq!(
        ran.failed(255),
        "Error during pagination: The same next token was received twice: {'nextToken': 'again'}\n"
    );
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn items_are_counted_and_gone_on_with() {
    let server = three_pages();
    let answer = list(&server, &["--max-items", "1", "--page-size", "2"]);
    let token = "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    assert_eq!(answer, json!({"channels": [{"name": "a"}], "NextToken": token}));
    assert_eq!(bodies(&server), [json!({"maxResults": 2})]);
    let server = three_pages();
    let answer = list(&server, &["--starting-token", token]);
    assert_eq!(answer, json!({"channels": [{"name": "b"}, {"name": "c"}]}));
    let server = three_pages();
    list(&server, &["--starting-token", "t1", "--max-items", "2"]);
    assert_eq!(bodies(&server), [json!({"nextToken": "t1"})]);
}

#[test]
fn options_for_pages_need_pages() {
    let words = ["aws", "ivs", "list-channels", "--no-paginate", "--max-items", "1"];
    assert_eq!(
        call(words.iter().chain(&["--starting-token", "t"])).failed(252),
        "Cannot specify --no-paginate along with pagination arguments: --starting-token, \
         --max-items\n"
    );
    let words = ["aws", "ivs", "list-channels", "--max-results", "2", "--page-size", "3"];
    assert_eq!(
        call(words).failed(252),
        "Cannot specify --no-paginate along with pagination arguments: --page-size\n"
    );
}

/// Each page's request has the size, so it is checked as any other member.
#[test]
fn a_size_of_pages_that_is_too_small_is_told() {
    let said = |words: &[&str]| call(["aws", "ivs"].iter().chain(words)).failed(252);
    let small = "Invalid value for parameter maxResults, value: -1, valid min value: 1\n";
    assert_eq!(
        said(&["list-channels", "--page-size", "-1"]),
        format!("Parameter validation failed:\n{small}")
    );
    assert_eq!(
        said(&["list-stream-keys", "--channel-arn", "", "--page-size=-1"]),
        format!(
            "Parameter validation failed:\nInvalid length for parameter channelArn, value: 0, valid \
             min length: 1\n{small}"
        )
    );
    let server = three_pages();
    list(&server, &["--max-items", "1", "--page-size", "1_0"]);
    assert_eq!(bodies(&server), [json!({"maxResults": 10})]);
}

#[test]
fn numbers_beyond_all_services_are_told() {
    let said = call(["aws", "ivs", "list-channels", "--page-size", "5000000000"]).failed(252);
    assert!(said.contains("maxResults: the page size does not fit: expected a whole"), "{said}");
    let server = three_pages();
    let most = format!("--max-items=-{}", "9".repeat(60));
    let ran = call(["aws", "ivs", "list-channels", "--endpoint-url", &server.url, &most]);
    assert!(ran.err.starts_with("warning: Non-positive values"), "{}", ran.err);
    let answer: Json = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((ran.code, &answer["channels"]), (0, &json!([])));
}

#[test]
fn a_page_that_fails_fails_the_call() {
    let server = Server::new([
        ok(r#"{"channels": [{"name": "a"}], "nextToken": "t2"}"#),
        crate::server::answer("500 Internal Server Error", "application/json", "{}"),
    ]);
    let ran = call(["aws", "ivs", "list-channels", "--endpoint-url", &server.url]);
    assert_eq!(
        ran.failed(254),
        "An error occurred (500) when calling the ListChannels operation (reached max retries: 0): \
         the answer gives no reason (HTTP 500)\n"
    );
}

/// Pages in a structure, numbers that are summed, and what the first page says for all.
const SHELVES: &str = r#"{
    "typefoundry": "1",
    "service": {
        "id": "acme/shelves", "title": "Shelves", "protocol": "rest-json",
        "auth": {"none": {}}, "endpoint": {"url": "https://shelves.example.com"}
    },
    "operations": {
        "ListBooks": {
            "http": "POST /books",
            "input": {"Key": "string", "Version": "integer"},
            "output": {"Shelf": "Shelf", "Count": "integer", "Owner": "string", "Tags": "Texts"},
            "pages": {
                "token": [["Key", "Shelf.NextKey || Shelf.Books[-1].Name"], ["Version", "Shelf.NextVersion"]],
                "more": "Shelf.More",
                "items": "Shelf.Books",
                "others": ["Count", "Tags"],
                "first": ["Owner", "Shelf.Name"],
                "source": "declared"
            }
        }
    },
    "shapes": {
        "Shelf": {"structure": {
            "Name": "string", "Books": "Books", "More": "boolean",
            "NextKey": "string", "NextVersion": "integer"
        }},
        "Books": {"list": "Book"},
        "Book": {"structure": {"Name": "string"}},
        "Texts": {"list": "string"}
    }
}"#;

#[test]
fn pages_with_several_tokens_and_parts_are_one_answer() {
    let folder = crate::run::Folder::new("pages-whole");
    folder.write("shelves.json", SHELVES);
    let spec = folder.path().join("shelves.json").to_str().expect("UTF-8").to_owned();
    let server = Server::new([
        ok(
            r#"{"Shelf": {"Name": "s", "Books": [{"Name": "a"}], "More": true, "NextKey": "k", "NextVersion": 2}, "Count": 3}"#,
        ),
        ok(
            r#"{"Shelf": {"Name": "t", "Books": [{"Name": "b"}], "More": true}, "Count": 4, "Tags": ["x"]}"#,
        ),
        ok(
            r#"{"Shelf": {"Books": [{"Name": "c"}], "More": false, "NextKey": "l"}, "Owner": "late"}"#,
        ),
    ]);
    let words = ["--spec", &spec, "list-books", "--endpoint-url", &server.url];
    let answer = call(words).json();
    assert_eq!(
        answer,
        json!({
            "Shelf": {"Books": [{"Name": "a"}, {"Name": "b"}, {"Name": "c"}], "Name": "s"},
            "Count": 7,
            "Tags": ["x"],
            "Owner": null,
        })
    );
    // A token that a page does not give is not sent again.
    assert_eq!(
        bodies(&server),
        [json!({}), json!({"Key": "k", "Version": 2}), json!({"Key": "b"})]
    );
}
