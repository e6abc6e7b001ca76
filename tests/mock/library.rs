//! A mock in the tests of those who use a client: on a port, with answers of one's own.

use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use typefoundry::dynamic::{Mock, MockAnswer, MockServer};
use typefoundry::{ByteStream, Config, Credentials, Wire};
use typefoundry_clients::aws::{ivs, s3};
use typefoundry_tests::api;

const ACCESS: &str = "AKIDEXAMPLE";
const SECRET: &str = "EXAMPLE-not-a-secret";

fn mock() -> Mock {
    let apis = ["aws/ivs", "aws/s3"].map(|id| Arc::new(api(id)));
    Mock::of(apis).verify(ACCESS, SECRET)
}

fn config(server: &MockServer, secret: &str) -> Config {
    let config = Config::builder()
        .region("eu-west-1")
        .endpoint(server.url())
        .credentials(Credentials::new(ACCESS, secret))
        .max_attempts(1);
    config.build().unwrap()
}

#[tokio::test]
async fn generated_clients_are_answered_over_a_port() {
    let server = mock().serve().unwrap();
    let client = ivs::Client::new(config(&server, SECRET)).unwrap();
    let mut channels = client.list_channels().max_results(2).items();
    let mut arns = Vec::new();
    while let Some(channel) = channels.try_next().await.unwrap() {
        arns.push(channel.arn.unwrap());
    }
    let count = arns.len();
    arns.sort();
    arns.dedup();
    assert!(count >= 5 && arns.len() == count, "{arns:?}");
    let wrong = ivs::Client::new(config(&server, "another")).unwrap();
    let error = wrong.list_channels().send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidSignatureException"), "{error}");
    let error = client.get_channel().arn("no arn").send().await.unwrap_err();
    assert!(error.to_string().contains("arn: it must match the pattern"), "{error}");
}

#[tokio::test]
async fn bodies_come_and_go() {
    let server = mock().serve().unwrap();
    let client = s3::Client::new(config(&server, SECRET)).unwrap();
    client.put_object().bucket("pets").key("a b/c").body("x".repeat(300_000)).send().await.unwrap();
    let requests = server.requests();
    let input = &requests[0].input;
    assert_eq!(input.get("Bucket").and_then(|it| it.as_str()), Some("pets"));
    assert_eq!(input.get("Key").and_then(|it| it.as_str()), Some("a b/c"));
    assert_eq!((&*requests[0].service, &*requests[0].operation), ("aws/s3", "PutObject"));
    // What is in a file is summed up before it is sent; without TLS its digest is signed.
    let path = std::env::temp_dir().join(format!("typefoundry-mock-{}", std::process::id()));
    std::fs::write(&path, "what is in the file").unwrap();
    let body = ByteStream::from_path(&path).unwrap();
    let sent = client.put_object().bucket("pets").key("file").body(body).send().await;
    std::fs::remove_file(&path).unwrap();
    sent.unwrap();
    assert_eq!(server.requests()[1].http.body(), "what is in the file");
    let once = ByteStream::from_read(&b"once"[..]).with_length(4);
    let error = client.put_object().bucket("pets").key("once").body(once).send().await.unwrap_err();
    assert!(error.to_string().contains("a stream that can be had only once"), "{error}");
    assert_eq!(server.requests().len(), 2, "nothing is sent that would be refused");
    let answer = client.get_object().bucket("pets").key("k").send().await.unwrap();
    assert!(!answer.into_body().collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn answers_may_be_ones_own() {
    let server = mock()
        .on("GetChannel", |request| {
            let arn = request.input.get("arn").and_then(|arn| arn.as_str()).unwrap_or_default();
            if arn.ends_with("gone") {
                return MockAnswer::error("ResourceNotFoundException");
            }
            MockAnswer::output(json!({"channel": {"arn": arn, "name": "harbour"}}))
        })
        .on("DeleteChannel", |_| MockAnswer::output(Wire::new(&true)))
        .serve()
        .unwrap();
    let client = ivs::Client::new(config(&server, SECRET)).unwrap();
    let arn = |id: &str| format!("arn:aws:ivs:us-west-2:111122223333:channel/{id}");
    let answer = client.get_channel().arn(arn("here")).send().await.unwrap();
    assert_eq!(answer.channel.as_ref().and_then(|it| it.name.as_deref()), Some("harbour"));
    let error = client.get_channel().arn(arn("gone")).send().await.unwrap_err();
    assert!(matches!(error, ivs::Error::ResourceNotFoundException(..)), "{error:?}");
}

/// Bytes over a connection, and what comes until it ends or there is silence.
fn talk(server: &MockServer, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    // A server that has had enough ends the connection with what was not read, perhaps before all is
    // written; what it answered can be read all the same.
    let _ = stream.write_all(sent);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut came = Vec::new();
    let _ = stream.read_to_end(&mut came);
    String::from_utf8_lossy(&came).into_owned()
}

#[test]
fn http_is_spoken_as_clients_do() {
    let server = Mock::of([Arc::new(api("aws/ivs"))]).serve().unwrap();
    let body = "{\"arn\":\"arn:aws:ivs:us-west-2:111122223333:channel/x\"}";
    let head = "POST /GetChannel HTTP/1.1\r\nHost: mock\r\n";
    let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let chunked =
        format!("{head}Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n{chunk}");
    let came = talk(&server, chunked.repeat(2).as_bytes());
    assert_eq!(came.matches("HTTP/1.1 200 OK").count(), 2, "{came}");
    assert_eq!(came.matches("HTTP/1.1 100 Continue").count(), 2, "{came}");

    let huge = format!("{head}X-Huge: {}\r\n\r\n", "x".repeat(1 << 20));
    assert!(talk(&server, huge.as_bytes()).starts_with("HTTP/1.1 431"), "too large a header");
    let many = format!("{head}{}\r\n", "X-A: b\r\n".repeat(5000));
    assert!(talk(&server, many.as_bytes()).starts_with("HTTP/1.1 431"), "too many headers");
    for bad in [&b"\x00\x01\x02\r\n\r\n"[..], b"GET", b"POST /GetChannel HTTP/1.1\r\nHost"] {
        let came = talk(&server, bad);
        assert!(came.is_empty() || came.starts_with("HTTP/1.1 400"), "{came}");
    }
    // It is still there.
    let whole = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    assert!(talk(&server, whole.as_bytes()).starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn it_stops_when_it_is_dropped() {
    let server = Mock::of([Arc::new(api("aws/sts"))]).serve().unwrap();
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn sessions_of_directory_buckets_hold() {
    let server = Mock::of([Arc::new(api("aws/s3"))]).serve().unwrap();
    let client = s3::Client::new(config(&server, SECRET)).unwrap();
    for _ in 0..2 {
        let call = client.head_object().bucket("pets--use1-az4--x-s3").key("rex.jpg");
        call.send().await.unwrap();
    }
    let requests = server.requests();
    let operations: Vec<_> = requests.iter().map(|it| &*it.operation).collect();
    assert_eq!(operations, ["CreateSession", "HeadObject", "HeadObject"]);
}
