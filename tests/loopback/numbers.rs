//! Pages that are numbered.

use crate::server::{Answer, Server, json};
use typefoundry_clients::ncp::livestation::{Client, ListChannels};

/// A page with so many channels, and the number of all of them if it is said.
fn page(channels: usize, total: Option<usize>) -> Answer {
    let content = vec!["{}"; channels].join(",");
    let total = total.map_or(String::new(), |total| format!(r#","total":{total}"#));
    json(200, &format!(r#"{{"content":[{content}]{total}}}"#))
}

struct Case {
    what: &'static str,
    asked: fn(&Client) -> typefoundry::Fluent<ListChannels>,
    script: Vec<Answer>,
    /// The queries that are sent
    queries: &'static [&'static str],
}

#[tokio::test]
async fn numbered_pages_end_where_all_items_were_seen() {
    let cases = [
        Case {
            what: "the total is reached",
            asked: |client| client.list_channels().page_size_no(2),
            script: vec![page(2, Some(5)), page(2, Some(5)), page(1, Some(5))],
            queries: &["pageSizeNo=2", "pageNo=2&pageSizeNo=2", "pageNo=3&pageSizeNo=2"],
        },
        Case {
            what: "the total is a multiple of the size",
            asked: |client| client.list_channels(),
            script: vec![page(2, Some(4)), page(2, Some(4))],
            queries: &["", "pageNo=2"],
        },
        Case {
            what: "an empty page ends them, whatever the total",
            asked: |client| client.list_channels(),
            script: vec![page(2, Some(9)), page(0, Some(9))],
            queries: &["", "pageNo=2"],
        },
        Case {
            what: "there is no total",
            asked: |client| client.list_channels(),
            script: vec![page(2, None), page(1, None), page(0, None)],
            queries: &["", "pageNo=2", "pageNo=3"],
        },
        Case {
            what: "there is nothing",
            asked: |client| client.list_channels(),
            script: vec![json(200, "{}")],
            queries: &[""],
        },
        Case {
            what: "the caller begins in the middle",
            asked: |client| client.list_channels().page_no(3).page_size_no(2),
            script: vec![page(2, Some(7)), page(1, Some(7))],
            queries: &["pageNo=3&pageSizeNo=2", "pageNo=4&pageSizeNo=2"],
        },
        Case {
            what: "the total shrinks on the way",
            asked: |client| client.list_channels(),
            script: vec![page(2, Some(9)), page(2, Some(3))],
            queries: &["", "pageNo=2"],
        },
    ];
    for case in cases {
        let expected = case.script.len();
        let server = Server::start(case.script).await;
        let mut numbered = (case.asked)(&server.livestation()).pages();
        let mut got = 0;
        while numbered.try_next().await.unwrap().is_some() {
            got += 1;
        }
        assert_eq!(got, expected, "{}", case.what);
        let requests = server.requests();
        let query = |path: &str| path.split_once('?').map_or("", |(_, query)| query).to_owned();
        let queries: Vec<_> = requests.iter().map(|request| query(request.path())).collect();
        assert_eq!(queries, case.queries, "{}", case.what);
    }
}

#[tokio::test]
async fn numbered_pages_are_resumed() {
    let server = Server::start(vec![page(2, Some(5)), page(2, Some(5))]).await;
    let mut items = server.livestation().list_channels().items();
    for _ in 0..3 {
        assert!(items.next().await.unwrap().is_ok());
    }
    let token = items.resume_token().unwrap().to_string();
    assert_eq!(token, "1:2");
    let server = Server::start(vec![page(2, Some(5)), page(1, Some(5))]).await;
    let token = token.parse().unwrap();
    let mut items = server.livestation().list_channels().items().resume(&token);
    let mut rest = 0;
    while items.try_next().await.unwrap().is_some() {
        rest += 1;
    }
    assert_eq!(rest, 2);
    let paths: Vec<_> = server.requests().iter().map(|r| r.path().to_owned()).collect();
    assert_eq!(paths, ["/api/v2/channels?pageNo=2", "/api/v2/channels?pageNo=3"]);
}
