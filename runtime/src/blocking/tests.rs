//! Calls without an async runtime, also over sockets.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Wait, WaitEach, on_this_thread};
use crate::samples::service;
use crate::testing::{Stub, made};
#[cfg(feature = "http-client")]
use crate::transport::Replay;
use crate::{ByteStream, Client, Config, Error, ErrorKind, Model, Operation};
use std::io::{BufRead, Read};

service!(
    Pets,
    PetsError,
    id = "acme/pets",
    protocol = "rest-json",
    endpoint = "https://pets.example.com"
);

impl PetsError {
    fn kind(&self) -> ErrorKind {
        let Self::Other(error) = self;
        error.kind()
    }
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = PetPage,
    http = "GET /pets",
    pages(token("next", "next"), items = "pets", item = String)
)]
struct ListPets {
    #[model(query = "next")]
    next: Option<String>,
}

#[derive(Model)]
struct PetPage {
    pets: Option<Vec<String>>,
    next: Option<String>,
}

fn client(config: crate::client::ConfigBuilder) -> Client<Pets> {
    Client::new(config.build().unwrap()).unwrap()
}

fn stubbed() -> Client<Pets> {
    let stub = Stub::new();
    stub.on(|input: ListPets| {
        Ok(made(|page: &mut PetPage| {
            let first = input.next.is_none();
            page.pets =
                Some(if first { vec!["Rex".into(), "Bella".into()] } else { vec!["Milo".into()] });
            page.next = first.then(|| "2".to_owned());
        }))
    });
    client(stub.config())
}

#[test]
fn calls_pages_and_items_wait() {
    let client = stubbed();
    let page = client.fluent::<ListPets>().send().wait().unwrap();
    assert_eq!(page.pets.as_ref().unwrap().len(), 2);
    assert!(client.call(made::<ListPets>(|input| input.next = Some("2".into()))).wait().is_ok());
    let pages: Result<Vec<_>, _> = client.fluent::<ListPets>().pages().wait_each().collect();
    assert_eq!(pages.unwrap().len(), 2);
    let mut items = client.fluent::<ListPets>().items().wait_each();
    assert_eq!(items.next().unwrap().unwrap(), "Rex");
    // Where they are, and on from there.
    let token = items.get_ref().resume_token().unwrap();
    let mut rest = client.fluent::<ListPets>().items().resume(&token);
    assert_eq!(rest.try_next().wait().unwrap().as_deref(), Some("Bella"));
    assert_eq!(rest.next().wait().unwrap().unwrap(), "Milo");
    assert!(rest.next().wait().is_none());
}

// Without the feature nothing waits, unless it is set.
#[cfg(feature = "http-client")]
#[test]
fn pauses_between_attempts_are_waited_for() {
    let replay = Replay::new().answer(500, "").answer(503, "").answer(200, r#"{"pets":["Rex"]}"#);
    let config = Config::builder().unsigned().transport(replay.clone()).random(0.001);
    let page = client(config).fluent::<ListPets>().send().wait().unwrap();
    assert_eq!((page.metadata().attempts(), replay.requests().len()), (3, 3));
}

#[cfg(feature = "http-client")]
#[tokio::test]
async fn inside_of_a_runtime_it_is_an_error() {
    let client = stubbed();
    let refused = client.fluent::<ListPets>().send().wait().unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Configuration);
    assert!(refused.to_string().contains("inside of an async runtime"), "{refused}");
    let each: Vec<_> = client.fluent::<ListPets>().items().wait_each().collect();
    assert_eq!(each.len(), 1);
    assert_eq!(each[0].as_ref().unwrap_err().kind(), ErrorKind::Configuration);
    let read = ByteStream::from("abc").into_read().read(&mut [0]).unwrap_err();
    assert!(read.to_string().contains("inside of an async runtime"), "{read}");
    // The same client still works as others do.
    assert!(client.fluent::<ListPets>().send().await.is_ok());
    let waited = tokio::task::spawn_blocking(move || {
        let refused = client.fluent::<ListPets>().send().wait().is_err();
        (refused, on_this_thread(|| client.fluent::<ListPets>().send().wait().is_ok()))
    });
    assert_eq!(waited.await.unwrap(), (true, true));
}

#[test]
fn bodies_are_readers() {
    let mut reader = ByteStream::from_read(&b"one\ntwo\n"[..]).into_read();
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    assert_eq!(line, "one\n");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "two\n");
}

/// The default transport, with a server on a socket.
#[cfg(feature = "http-client")]
mod sockets {
    use super::*;
    use crate::transport::HttpTransport;
    use std::io::{BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    /// A server that answers each connection's requests by a function of their heads, and keeps the
    /// connection as long as that gives something.
    fn serve(
        answer: impl Fn(&str, &mut dyn Read) -> Option<String> + Send + Sync + 'static,
    ) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = std::sync::Arc::new(answer);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let answer = std::sync::Arc::clone(&answer);
                std::thread::spawn(move || serve_one(&connection, &*answer));
            }
        });
        url
    }

    fn serve_one(connection: &TcpStream, answer: &dyn Fn(&str, &mut dyn Read) -> Option<String>) {
        let mut reader = BufReader::new(connection);
        let mut writer = connection;
        loop {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                if reader.read_line(&mut head).unwrap_or(0) == 0 {
                    return;
                }
            }
            let length = head.lines().find_map(|line| {
                line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()
            });
            let mut body = Read::take(&mut reader, length.unwrap_or(0));
            let Some(text) = answer(&head, &mut body) else {
                // Silence, until the client goes away.
                let _ = reader.read(&mut [0]);
                return;
            };
            writer.write_all(text.as_bytes()).unwrap();
        }
    }

    fn http(status: u16, body: &str) -> String {
        format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    }

    fn config(url: &str) -> crate::client::ConfigBuilder {
        let transport = HttpTransport::without_proxies().unwrap();
        Config::builder().unsigned().endpoint(url).transport(transport).random(0.001)
    }

    #[test]
    fn threads_and_clients_share_what_looks_after_sockets() {
        let url = serve(|_, _| Some(http(200, r#"{"pets":["Rex"]}"#)));
        let shared = client(config(&url));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let (shared, own) = (shared.clone(), client(config(&url)));
                std::thread::spawn(move || {
                    for client in [&shared, &own, &shared, &own] {
                        let page = client.fluent::<ListPets>().send().wait().unwrap();
                        assert_eq!(page.pets.as_deref(), Some(&["Rex".to_owned()][..]));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    }

    #[test]
    fn retries_and_time_limits_hold() {
        let count = std::sync::atomic::AtomicU32::new(0);
        let url = serve(move |_, _| {
            let first = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
            Some(if first { http(503, "") } else { http(200, "{}") })
        });
        let page = client(config(&url)).fluent::<ListPets>().send().wait().unwrap();
        assert_eq!(page.metadata().attempts(), 2);

        let silent = serve(|_, _| None);
        let limited = config(&silent).max_attempts(2).attempt_timeout(Duration::from_millis(50));
        let late = client(limited).fluent::<ListPets>().send().wait().unwrap_err();
        let expected = "ListPets: no answer within 50 ms (attempt timeout, 2 attempts)";
        assert_eq!(late.to_string(), expected);
    }

    #[test]
    fn bodies_stream_both_ways() {
        use crate::transport::Transport;

        let url = serve(|_, body| {
            let mut sent = String::new();
            body.read_to_string(&mut sent).unwrap();
            Some(http(200, &sent.to_uppercase()))
        });
        let transport = HttpTransport::without_proxies().unwrap();
        let text = "a line\n".repeat(100_000);
        let body = ByteStream::from_read(std::io::Cursor::new(text.clone())).with_length(700_000);
        let request = http::Request::post(url).body(body).unwrap();
        let sent = async { transport.stream(request).await.map_err(Error::from) };
        let mut read = String::new();
        let response = Box::pin(sent).wait().unwrap();
        response.into_body().into_read().read_to_string(&mut read).unwrap();
        assert_eq!(read, text.to_uppercase());
    }
}
