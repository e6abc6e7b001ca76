//! Idempotency tokens: made up once per call, shared by its attempts, left alone where given.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use bytes::Bytes;
use std::time::Duration;
use typefoundry::client::{Attempt, RetryPolicy, Sleep};
use typefoundry::transport::Replay;
use typefoundry::{
    BoxFuture, Client, Config, Error, Model, Modeled, Operation, Service, ServiceError,
};

#[derive(Debug, Service)]
#[service(
    id = "example/orders",
    title = "Orders",
    endpoint = "https://orders.example.com",
    error = OrdersError
)]
struct Orders;

#[derive(Model)]
struct Refused {
    message: Option<String>,
}

#[derive(Debug, ServiceError)]
#[service_error(service = Orders)]
enum OrdersError {
    #[service_error(status = 409)]
    Refused(Box<Modeled<Refused>>),
    #[service_error(other)]
    Other(Error),
}

#[derive(Model, Operation)]
#[operation(service = Orders, output = OrderOutput, http = "POST /orders")]
struct Order {
    item: String,
    #[model(name = "clientToken", idempotency_token)]
    client_token: Option<String>,
}

#[derive(Model)]
struct OrderOutput {
    id: Option<String>,
}

/// One more attempt, at once.
#[derive(Debug)]
struct Once;

impl RetryPolicy for Once {
    fn retry_after(&self, attempt: &mut Attempt<'_>, _: &Error) -> Option<Duration> {
        (attempt.number() == 1).then_some(Duration::ZERO)
    }
}

#[derive(Debug)]
struct NoSleep;

impl Sleep for NoSleep {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn client(replay: &Replay) -> Result<Client<Orders>, OrdersError> {
    let config = Config::builder().transport(replay.clone()).retry(Once).sleep(NoSleep);
    Client::new(config.build()?)
}

fn tokens(replay: &Replay) -> Vec<String> {
    let token = |body: &Bytes| {
        let body: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        body["clientToken"].as_str().expect("a token").to_owned()
    };
    replay.requests().iter().map(|request| token(request.body())).collect()
}

#[tokio::test]
async fn attempts_share_a_token_and_calls_do_not() -> Result<(), OrdersError> {
    let replay = Replay::new().answer(500, "{}").answer(200, "{}").answer(200, "{}");
    let client = client(&replay)?;
    client.fluent::<Order>().item("tea").send().await?;
    client.call(Order::builder().item("tea").build()).await?;
    let tokens = tokens(&replay);
    assert_eq!(tokens[0], tokens[1]);
    assert_ne!(tokens[1], tokens[2]);
    // A version 4 UUID: 8-4-4-4-12 digits, the version in the third group.
    let groups: Vec<_> = tokens[0].split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
    assert_eq!(tokens[0].as_bytes()[14], b'4');
    Ok(())
}

#[tokio::test]
async fn a_given_token_is_left_alone_even_if_empty() -> Result<(), OrdersError> {
    let replay = Replay::new().answer(200, "{}").answer(200, "{}");
    let client = client(&replay)?;
    client.fluent::<Order>().item("tea").client_token("mine").send().await?;
    client.fluent::<Order>().item("tea").client_token("").send().await?;
    assert_eq!(tokens(&replay), ["mine", ""]);
    Ok(())
}

#[tokio::test]
async fn a_spec_says_the_same() {
    let spec = r#"{
        "typefoundry": "1",
        "service": {"id": "example/orders", "title": "Orders", "protocol": "rest",
                    "endpoint": {"url": "https://orders.example.com"}},
        "operations": {"Order": {
            "http": "POST /orders",
            "input": {"clientToken": {"type": "string", "idempotencyToken": true}}}}
    }"#;
    let api = typefoundry::dynamic::Api::load("orders.json", spec).expect("a good spec");
    let replay = Replay::new().answer(200, "");
    let config = Config::builder().transport(replay.clone()).tokens("fixed".to_owned());
    let core =
        typefoundry::client::Core::new(api.service().clone(), config.build().expect("settings"));
    let core = core.expect("a client");
    let operation = api.operation("Order").expect("the operation");
    let (mut input, mut output) = (api.input(operation), api.output(operation));
    core.fill_tokens(&mut input);
    core.call(&operation.schema, &mut input, &mut output).await.expect("an answer");
    assert_eq!(tokens(&replay), ["fixed"]);
}
