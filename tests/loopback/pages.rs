//! Pages that follow each other by token.

use crate::server::{Answer, Server, json};
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Notify;
use typefoundry::pager::ResumeToken;
use typefoundry::{ErrorKind, Items, Pages};
use typefoundry_clients::aws::ivs::{self, ListChannels};

/// A page with channels of these names and, if it is not empty, this token.
fn page(names: &[&str], token: &str) -> Answer {
    let token = if token.is_empty() { String::new() } else { format!(r#","nextToken":"{token}""#) };
    page_with(names, &token)
}

fn page_with(names: &[&str], more: &str) -> Answer {
    let channels: Vec<_> = names.iter().map(|name| format!(r#"{{"name":"{name}"}}"#)).collect();
    json(200, &format!(r#"{{"channels":[{}]{more}}}"#, channels.join(",")))
}

fn down() -> Answer {
    json(500, r#"{"__type":"InternalServerException","message":"down"}"#)
}

/// Three pages, the one in the middle empty.
fn three() -> Vec<Answer> {
    vec![page(&["a", "b"], "t1"), page(&[], "t2"), page(&["c"], "")]
}

async fn names(items: &mut Items<ListChannels>) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(channel) = items.try_next().await.unwrap() {
        names.push(channel.name.unwrap());
    }
    names
}

async fn sizes(pages: &mut Pages<ListChannels>) -> Vec<usize> {
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        sizes.push(page.channels.len());
    }
    sizes
}

fn bodies(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.body).collect()
}

/// Stores a token as a program would, and reads it again.
fn stored(token: Option<ResumeToken>) -> ResumeToken {
    token.unwrap().to_string().parse().unwrap()
}

fn kind(error: &ivs::Error) -> ErrorKind {
    error.as_error().kind()
}

#[tokio::test]
async fn an_empty_page_does_not_end_the_pages() {
    let server = Server::start(three()).await;
    let mut pages = server.ivs().list_channels().max_results(2).pages();
    assert_eq!(sizes(&mut pages).await, [2, 0, 1]);
    assert_eq!(
        bodies(&server),
        [
            r#"{"maxResults":2}"#,
            r#"{"nextToken":"t1","maxResults":2}"#,
            r#"{"nextToken":"t2","maxResults":2}"#
        ]
    );
    assert!(pages.next().await.is_none(), "and it stays at its end");
    assert!(pages.resume_token().is_none());

    let server = Server::start(three()).await;
    let mut items = server.ivs().list_channels().items();
    assert_eq!(names(&mut items).await, ["a", "b", "c"]);
    assert!(items.next().await.is_none());
    assert!(items.resume_token().is_none());
}

#[tokio::test]
async fn no_token_ends_the_pages_however_it_is_said() {
    for more in ["", r#","nextToken":null"#, r#","nextToken":"""#] {
        let server = Server::start(vec![page_with(&["a"], more)]).await;
        let mut pages = server.ivs().list_channels().pages();
        assert_eq!(sizes(&mut pages).await, [1], "{more}");
        assert_eq!(server.requests().len(), 1, "{more}");
    }
}

#[tokio::test]
async fn a_token_that_comes_again_ends_the_pages_with_an_error() {
    let server = Server::start(vec![page(&["a"], "t1"), page(&["b"], "t1")]).await;
    let mut pages = server.ivs().list_channels().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().channels.len(), 1);
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(second.channels[0].name.as_deref(), Some("b"), "the page itself is not lost");
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(kind(&error), ErrorKind::Pages);
    insta::assert_snapshot!(error, @"ListChannels: the service returned the same page token twice");
    assert!(pages.next().await.is_none());
    assert!(pages.resume_token().is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn tokens_that_go_round_in_a_circle_end_the_items_with_an_error() {
    for length in 1..8 {
        let tokens = (0..40).map(|index| format!("t{}", index % length));
        let script = tokens.map(|token| page(&["x"], &token)).collect();
        let server = Server::start(script).await;
        let mut items = server.ivs().list_channels().items();
        let error = loop {
            match items.next().await.unwrap() {
                Ok(channel) => assert_eq!(channel.name.as_deref(), Some("x")),
                Err(error) => break error,
            }
        };
        assert_eq!(kind(&error), ErrorKind::Pages, "{length}");
        assert!(items.next().await.is_none());
        assert!(server.requests().len() <= 4 * length, "{length}");
    }
}

#[tokio::test]
async fn the_callers_own_token_must_not_come_back() {
    let server = Server::start(vec![page(&["a"], "mine")]).await;
    let mut pages = server.ivs().list_channels().next_token("mine").pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(kind(&pages.next().await.unwrap().unwrap_err()), ErrorKind::Pages);
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_again() {
    let script = || vec![page(&["a", "b"], "t1"), down(), down(), page(&["c"], "")];
    let server = Server::start(script()).await;
    let mut pages = server.ivs().list_channels().pages();
    assert!(pages.next().await.unwrap().is_ok());
    for _ in 0..2 {
        let error = pages.next().await.unwrap().unwrap_err();
        assert_eq!(error.as_error().status(), Some(500));
        assert!(error.is_retryable());
    }
    assert_eq!(sizes(&mut pages).await, [1]);
    let again = r#"{"nextToken":"t1"}"#;
    assert_eq!(bodies(&server), ["{}", again, again, again]);

    let server = Server::start(script()).await;
    let mut items = server.ivs().list_channels().items();
    let mut seen = Vec::new();
    let mut failures = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(channel) => seen.push(channel.name.unwrap()),
            Err(_) => failures += 1,
        }
    }
    assert_eq!(seen, ["a", "b", "c"]);
    assert_eq!(failures, 2);
}

#[tokio::test]
async fn a_failure_can_be_resumed_elsewhere() {
    let server = Server::start(vec![page(&["a", "b"], "t1"), down(), page(&["c"], "")]).await;
    let mut pages = server.ivs().list_channels().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    let token = stored(pages.resume_token());
    drop(pages);
    let mut pages = server.ivs().list_channels().pages().resume(&token);
    assert_eq!(sizes(&mut pages).await, [1]);
    assert_eq!(bodies(&server)[2], r#"{"nextToken":"t1"}"#);

    let server = Server::start(vec![page(&["a", "b"], "t1"), down(), page(&["c"], "")]).await;
    let mut items = server.ivs().list_channels().items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_err());
    let token = stored(items.resume_token());
    let mut items = server.ivs().list_channels().items().resume(&token);
    assert_eq!(names(&mut items).await, ["c"]);
}

#[tokio::test]
async fn items_are_resumed_anywhere_and_come_exactly_once() {
    for taken in 0..3 {
        let server = Server::start(three()).await;
        let mut items = server.ivs().list_channels().items();
        let mut seen = Vec::new();
        for _ in 0..taken {
            seen.push(items.try_next().await.unwrap().unwrap().name.unwrap());
        }
        let token = stored(items.resume_token());
        // The second server begins with the page that the token names.
        let done = usize::from(token.to_string().contains("t1"));
        let server = Server::start(three().into_iter().skip(done).collect()).await;
        let mut items = server.ivs().list_channels().items().resume(&token);
        assert_eq!(items.resume_token(), Some(token), "nothing is lost before the first request");
        seen.extend(names(&mut items).await);
        assert_eq!(seen, ["a", "b", "c"], "{taken}");
    }
}

#[tokio::test]
async fn a_resumed_page_that_fails_keeps_its_place() {
    let server = Server::start(vec![page(&["a", "b", "c"], "t1"), down(), three().remove(0)]).await;
    let mut items = server.ivs().list_channels().items();
    assert!(items.next().await.unwrap().is_ok());
    let token = stored(items.resume_token());
    let mut items = server.ivs().list_channels().items().resume(&token);
    assert!(items.next().await.unwrap().is_err());
    assert_eq!(stored(items.resume_token()), token);
    let next = items.try_next().await.unwrap().unwrap();
    assert_eq!(next.name.as_deref(), Some("b"));
}

#[tokio::test]
async fn a_used_pager_can_be_sent_elsewhere() {
    let script = vec![page(&["a"], "t1"), page(&["b"], "t2"), page(&["b"], "t2"), page(&[], "")];
    let server = Server::start(script).await;
    let mut items = server.ivs().list_channels().items();
    assert!(items.next().await.unwrap().is_ok());
    let token = stored(items.resume_token());
    assert!(items.next().await.unwrap().is_ok());
    let mut items = items.resume(&token);
    assert_eq!(names(&mut items).await, ["b"], "a token that was seen before is no circle");
}

#[tokio::test]
async fn a_token_of_another_kind_is_an_error_once() {
    let server = Server::start(vec![]).await;
    let token = "0:[1]".parse().unwrap();
    let mut pages = server.ivs().list_channels().pages().resume(&token);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(kind(&error), ErrorKind::Pages);
    insta::assert_snapshot!(error, @"ListChannels: the page token does not fit `nextToken`: expected a string, found an array");
    assert!(pages.next().await.is_none());
    for text in ["", "t1", "x:null", "0:", "-1:null", "0:{"] {
        assert!(text.parse::<ResumeToken>().is_err(), "{text}");
    }
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    let server = Server::start(three()).await;
    let mut pages = server.ivs().list_channels().pages();
    let mut sizes = Vec::new();
    while let Some(page) = next(&mut pages).await {
        sizes.push(page.unwrap().channels.len());
    }
    assert_eq!(sizes, [2, 0, 1]);
    assert!(next(&mut pages).await.is_none());

    let server = Server::start(three()).await;
    let mut items = server.ivs().list_channels().items();
    let mut seen = Vec::new();
    while let Some(item) = next(&mut items).await {
        seen.push(item.unwrap().name.unwrap());
    }
    assert_eq!(seen, ["a", "b", "c"]);
    assert!(next(&mut items).await.is_none());
}

#[tokio::test]
async fn a_dropped_future_loses_nothing() {
    let gate = Arc::new(Notify::new());
    let Answer::Bytes(second) = page(&["b"], "t2") else { unreachable!() };
    let held = Answer::Held(Arc::clone(&gate), second);
    let server = Server::start(vec![page(&["a"], "t1"), held, page(&["c"], "")]).await;
    let mut items = server.ivs().list_channels().items();
    assert!(items.next().await.unwrap().is_ok());
    tokio::select! {
        biased;
        () = server.received(2) => {}
        item = items.next() => panic!("the server holds its answer back: {item:?}"),
    }
    let token = items.resume_token();
    assert_eq!(token.unwrap().to_string(), r#"0:"t1""#);
    gate.notify_one();
    assert_eq!(names(&mut items).await, ["b", "c"]);
    assert_eq!(server.requests().len(), 3, "the request went on with the next future");
}

#[tokio::test]
async fn pagers_and_tokens_are_values() {
    fn is_value<T: Send + Unpin + std::fmt::Debug>(_: &T) {}
    let server = Server::start(vec![page(&["a"], "t1")]).await;
    let mut pages = server.ivs().list_channels().pages();
    is_value(&pages);
    is_value(&server.ivs().list_channels().items());
    pages.next().await;
    let debug = format!("{pages:?}");
    assert!(!debug.contains("t1"), "a page token is not shown: {debug}");
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(kind(&error), ErrorKind::Transport, "the script has ended");
}
