//! Pages whose items are in structures, and which several tokens lead to.

use crate::server::{Answer, Server, config, json};
use typefoundry::pager::ResumeToken;
use typefoundry::{Blob, Client, Map, Model, Operation, Service, ServiceError, UnknownMember};

#[derive(Debug, ServiceError)]
#[service_error(service = Library)]
enum Error {
    #[service_error(other)]
    Other(typefoundry::Error),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "acme/library",
    title = "Library",
    protocol = "rest-json",
    endpoint = "https://library.example.com",
    error = Error
)]
struct Library;

#[derive(Model, Operation)]
#[operation(
    service = Library,
    output = ListBooksOutput,
    http = "POST /books",
    pages(
        token("title", "shelf.nextTitle || shelf.row.books[-1]"),
        token("copy", "shelf.nextCopy"),
        more = "shelf.more",
        items = "shelf.row.books",
        field = shelf?.row?.books,
        item = String
    )
)]
struct ListBooks {
    title: Option<String>,
    copy: Option<i32>,
}

#[derive(Model)]
struct ListBooksOutput {
    shelf: Option<Box<Shelf>>,
    count: Option<i64>,
}

#[derive(Model)]
struct Shelf {
    row: Option<Row>,
    more: Option<bool>,
    #[model(name = "nextTitle")]
    next_title: Option<String>,
    #[model(name = "nextCopy")]
    next_copy: Option<i32>,
}

#[derive(Default, Model)]
struct Row {
    books: Vec<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Library,
    output = ScanOutput,
    http = "POST /scan",
    pages(token("start", "last"), items = "rows", item = i32)
)]
struct Scan {
    start: Option<Map<String, Attribute>>,
}

#[derive(Model)]
struct ScanOutput {
    rows: Option<Vec<i32>>,
    last: Option<Map<String, Attribute>>,
}

#[derive(Model)]
enum Attribute {
    S(String),
    B(Blob),
    #[model(unknown)]
    Unknown(UnknownMember),
}

fn library(server: &Server) -> Client<Library> {
    Client::new(config(&server.url)).unwrap()
}

fn bodies(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.body).collect()
}

fn stored(token: Option<ResumeToken>) -> ResumeToken {
    token.unwrap().to_string().parse().unwrap()
}

/// Five pages: without its structures, with both tokens, with the one that is made of the books,
/// with the number alone, and the last one, which has tokens all the same.
fn five() -> Vec<Answer> {
    [
        r#"{"count":0,"shelf":{"more":true,"nextTitle":"a"}}"#,
        r#"{"count":2,"shelf":{"more":true,"row":{"books":["a","b"]},"nextTitle":"b","nextCopy":2}}"#,
        r#"{"count":1,"shelf":{"more":true,"row":{"books":["c"]}}}"#,
        r#"{"shelf":{"more":true,"row":{"books":[]},"nextTitle":"","nextCopy":7}}"#,
        r#"{"count":1,"shelf":{"more":false,"row":{"books":["d"]},"nextTitle":"d","nextCopy":1}}"#,
    ]
    .map(|page| json(200, page))
    .into()
}

const ASKED: [&str; 5] =
    ["{}", r#"{"title":"a"}"#, r#"{"title":"b","copy":2}"#, r#"{"title":"c"}"#, r#"{"copy":7}"#];

async fn books(items: &mut typefoundry::Items<ListBooks>) -> Vec<String> {
    let mut books = Vec::new();
    while let Some(book) = items.try_next().await.unwrap() {
        books.push(book);
    }
    books
}

#[tokio::test]
async fn items_in_structures_come_from_all_pages() {
    let server = Server::start(five()).await;
    let mut items = library(&server).fluent::<ListBooks>().items();
    assert_eq!(books(&mut items).await, ["a", "b", "c", "d"]);
    assert!(items.resume_token().is_none());
    assert_eq!(bodies(&server), ASKED);
}

#[tokio::test]
async fn pages_have_all_their_members() {
    let server = Server::start(five()).await;
    let mut pages = library(&server).fluent::<ListBooks>().pages();
    let mut counts = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        counts.push(page.count);
    }
    assert_eq!(counts, [Some(0), Some(2), Some(1), None, Some(1)]);
}

#[tokio::test]
async fn several_tokens_are_resumed_together() {
    for taken in 0..4 {
        let server = Server::start(five()).await;
        let mut items = library(&server).fluent::<ListBooks>().items();
        let mut seen = Vec::new();
        for _ in 0..taken {
            seen.push(items.try_next().await.unwrap().unwrap());
        }
        let token = stored(items.resume_token());
        // The other server goes on with the page that the token names.
        let asked = server.requests().len();
        let within = token.to_string().split(':').next() != Some("0");
        let done = asked - usize::from(within);
        let server = Server::start(five().into_iter().skip(done).collect()).await;
        let mut items = library(&server).fluent::<ListBooks>().title("own").items().resume(&token);
        seen.extend(books(&mut items).await);
        assert_eq!(seen, ["a", "b", "c", "d"], "{token}");
        let first = if done == 0 { r#"{"title":"own"}"# } else { ASKED[done] };
        assert_eq!(bodies(&server)[0], first, "{token}");
    }
}

#[tokio::test]
async fn several_tokens_that_come_again_end_the_pages_with_an_error() {
    let page = |copy| {
        let page = format!(r#"{{"shelf":{{"more":true,"nextTitle":"t","nextCopy":{copy}}}}}"#);
        json(200, &page)
    };
    let server = Server::start(vec![page(1), page(2), page(2)]).await;
    let mut pages = library(&server).fluent::<ListBooks>().pages();
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().is_ok());
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "ListBooks: the service returned the same page token twice");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_key_with_bytes_is_stored_and_sent_as_it_came() {
    let key = r#"{"id":{"S":""},"hash":{"B":"AP+A"},"new":{"V":[1,{"x":null}]}}"#;
    let first = || json(200, &format!(r#"{{"rows":[1,2],"last":{key}}}"#));
    let last = || json(200, r#"{"rows":[3],"last":{}}"#);
    let server = Server::start(vec![first(), last()]).await;
    let mut items = library(&server).fluent::<Scan>().items();
    for row in 1..=2 {
        assert_eq!(items.try_next().await.unwrap(), Some(row));
    }
    let token = stored(items.resume_token());
    assert_eq!(items.try_next().await.unwrap(), Some(3));
    assert_eq!(items.try_next().await.unwrap(), None, "an empty key leads nowhere");
    let again = format!(r#"{{"start":{key}}}"#);
    assert_eq!(bodies(&server), ["{}", &again]);

    let server = Server::start(vec![last()]).await;
    let mut items = library(&server).fluent::<Scan>().items().resume(&token);
    assert_eq!(items.try_next().await.unwrap(), Some(3));
    assert_eq!(bodies(&server), [again]);
}
