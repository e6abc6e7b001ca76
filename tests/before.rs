//! What is asked before a call, by typed, blocking and dynamic clients alike.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use bytes::Bytes;
use std::sync::{Arc, Mutex};
use typefoundry::blocking::Wait;
use typefoundry::client::{Clock, Core};
use typefoundry::codec::{Form, Reading, json};
use typefoundry::transport::AnswerWith;
use typefoundry::{Config, Credentials, Timestamp};
use typefoundry_clients::aws::{dynamodb, s3};
use typefoundry_tests::api;

type Requests = Arc<Mutex<Vec<String>>>;

const SESSION: &str = "<CreateSessionResult><Credentials><SessionToken>a-token</SessionToken>\
    <SecretAccessKey>no-secret</SecretAccessKey><AccessKeyId>ASIAEXAMPLE</AccessKeyId>\
    <Expiration>2015-08-30T12:41:00Z</Expiration></Credentials></CreateSessionResult>";
const ENDPOINT: &str =
    r#"{"Endpoints":[{"Address":"cell.example.com","CachePeriodInMinutes":10}]}"#;

/// 30 August 2015, 12:36:00
#[derive(Debug)]
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(1_440_938_160).unwrap()
    }
}

/// A service that says to everyone where to go, or begins a session; with the requests that came.
fn config() -> (Config, Requests) {
    let requests = Requests::default();
    let kept = Arc::clone(&requests);
    let server = AnswerWith::new(move |request: http::Request<Bytes>| {
        let header = |name: &str| {
            let value = request.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
            value.unwrap_or_default()
        };
        let target = header("x-amz-target");
        let key = header("authorization").split(['=', '/']).nth(1).unwrap().to_owned();
        let token = header("x-amz-s3session-token");
        let line = format!("{} {} {target} {key} {token}", request.method(), request.uri());
        kept.lock().unwrap().push(line.split_whitespace().collect::<Vec<_>>().join(" "));
        let body = match request.uri().query() {
            Some("session") => SESSION,
            _ if target.ends_with(".DescribeEndpoints") => ENDPOINT,
            _ if target.is_empty() => "",
            _ => "{}",
        };
        Ok(http::Response::new(Bytes::from_static(body.as_bytes())))
    });
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "an-example-and-no-secret"))
        .setting("endpoint_discovery_enabled", "true")
        .clock(Standing)
        .transport(server);
    (config.build().unwrap(), requests)
}

/// Two calls of the same operation, by their names in the spec.
fn dynamic(service: &str, operation: &str, input: &str, config: Config) {
    let api = api(service);
    let operation = api.operation(operation).unwrap();
    let core = Core::new(api.service().clone(), config).unwrap();
    for _ in 0..2 {
        let (mut given, mut output) = (api.input(operation), api.output(operation));
        json::read(input.as_bytes(), &mut given, Form::Model, Reading::default()).unwrap();
        core.call(&operation.schema, &mut given, &mut output).wait().unwrap();
    }
}

fn came(requests: &Requests) -> Vec<String> {
    std::mem::take(&mut requests.lock().unwrap())
}

#[tokio::test]
async fn endpoints_are_asked_for() {
    let expected = [
        "POST https://dynamodb.us-east-1.amazonaws.com/ DynamoDB_20120810.DescribeEndpoints \
         AKIDEXAMPLE",
        "POST https://cell.example.com/ DynamoDB_20120810.ListTables AKIDEXAMPLE",
        "POST https://cell.example.com/ DynamoDB_20120810.ListTables AKIDEXAMPLE",
    ];
    let (config, requests) = config();
    let client = dynamodb::Client::new(config).unwrap();
    for _ in 0..2 {
        client.list_tables().send().await.unwrap();
    }
    assert_eq!(came(&requests), expected);
}

#[test]
fn endpoints_are_asked_for_without_async_and_without_types() {
    let (config, requests) = config();
    let client = dynamodb::Client::new(config.clone()).unwrap();
    for _ in 0..2 {
        client.list_tables().send().wait().unwrap();
    }
    let typed = came(&requests);
    assert_eq!(typed.len(), 3);
    dynamic("aws/dynamodb", "ListTables", "{}", config);
    assert_eq!(came(&requests), typed);
}

#[tokio::test]
async fn sessions_are_begun() {
    let expected = [
        "GET https://pets--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/?session \
         AKIDEXAMPLE",
        "HEAD https://pets--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/rex.jpg \
         ASIAEXAMPLE a-token",
        "HEAD https://pets--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com/rex.jpg \
         ASIAEXAMPLE a-token",
    ];
    let (config, requests) = config();
    let client = s3::Client::new(config).unwrap();
    for _ in 0..2 {
        client.head_object().bucket("pets--use1-az4--x-s3").key("rex.jpg").send().await.unwrap();
    }
    assert_eq!(came(&requests), expected);
}

#[test]
fn sessions_are_begun_without_async_and_without_types() {
    let (config, requests) = config();
    let client = s3::Client::new(config.clone()).unwrap();
    for _ in 0..2 {
        let call = client.head_object().bucket("pets--use1-az4--x-s3").key("rex.jpg");
        call.send().wait().unwrap();
    }
    let typed = came(&requests);
    assert_eq!(typed.len(), 3);
    let input = r#"{"Bucket":"pets--use1-az4--x-s3","Key":"rex.jpg"}"#;
    dynamic("aws/s3", "HeadObject", input, config);
    assert_eq!(came(&requests), typed);
}
