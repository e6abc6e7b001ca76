//! Waiting with a client of its own types: a generated one, and one that is written by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use typefoundry::client::{Clock, ConfigBuilder, RetryMode, Sleep};
use typefoundry::transport::Replay;
use typefoundry::{
    BoxFuture, Client, Config, Credentials, Error, Model, Operation, Service, ServiceError,
    Timestamp, WaitErrorKind,
};
use typefoundry_clients::aws::{dynamodb, s3};

/// A clock that moves by what is slept.
#[derive(Clone, Debug, Default)]
struct Time(Arc<Mutex<Duration>>);

impl Clock for Time {
    fn now(&self) -> Timestamp {
        let passed = self.0.lock().unwrap().as_secs();
        Timestamp::from_seconds(1_700_000_000 + i64::try_from(passed).unwrap()).unwrap()
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { *self.0.lock().unwrap() += duration })
    }
}

fn config(replay: &Replay) -> ConfigBuilder {
    let time = Time::default();
    Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "an-example-and-no-secret"))
        .transport(replay.clone())
        .clock(time.clone())
        .sleep(time)
        .retry_mode(RetryMode::Off)
}

const CREATING: &str = r#"{"Table": {"TableStatus": "CREATING"}}"#;
const ACTIVE: &str = r#"{"Table": {"TableStatus": "ACTIVE"}}"#;
const NOT_FOUND: &str =
    r#"{"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}"#;

fn dynamodb(replay: &Replay) -> dynamodb::Client {
    dynamodb::Client::new(config(replay).setting("AccountId", "").build().unwrap()).unwrap()
}

#[tokio::test]
async fn a_generated_client_waits() {
    let replay = Replay::new().answer(400, NOT_FOUND).answer(200, CREATING).answer(200, ACTIVE);
    let waited = dynamodb(&replay).wait_until_table_exists().table_name("pets").send().await;
    let waited = waited.unwrap();
    assert_eq!((waited.attempts(), waited.waited()), (3, Duration::from_secs(40)));
    let table = waited.output().unwrap().table.as_ref().unwrap();
    assert_eq!(table.table_status, Some(dynamodb::TableStatus::Active));
    assert!(waited.error().is_none());
    let body = &replay.requests()[2].body().clone();
    assert_eq!(&body[..], br#"{"TableName":"pets"}"#);
}

#[tokio::test]
async fn an_error_may_be_what_is_waited_for() {
    let replay = Replay::new().answer(200, ACTIVE).answer(400, NOT_FOUND);
    let waited = dynamodb(&replay).wait_until_table_not_exists().table_name("pets").send().await;
    let waited = waited.unwrap();
    assert!(matches!(waited.error(), Some(dynamodb::Error::ResourceNotFoundException(_))));
    assert!(waited.into_output().is_none());
}

#[tokio::test]
async fn an_answer_without_a_body_has_a_status() {
    let replay = Replay::new().answer(404, "").answer(200, "");
    let client = s3::Client::new(config(&replay).build().unwrap()).unwrap();
    let waited = client.wait_until_bucket_exists().bucket("pets-of-acme").send().await.unwrap();
    assert_eq!(waited.attempts(), 2);
}

#[tokio::test]
async fn errors_say_the_last_state() {
    let mut replay = Replay::new();
    for _ in 0..10 {
        replay = replay.answer(200, CREATING);
    }
    let client = dynamodb(&replay);
    let wait = client.wait_until_table_exists().table_name("pets");
    let error = wait.max_wait(Duration::from_secs(50)).send().await.unwrap_err();
    assert_eq!(error.kind(), WaitErrorKind::GaveUp);
    let expected = "TableExists: has not come: `Table.TableStatus` is \"CREATING\" (4 calls, 50 s)";
    assert_eq!(error.to_string(), expected);

    let replay =
        Replay::new().answer(400, r#"{"__type": "AccessDeniedException", "message": "no"}"#);
    let error = dynamodb(&replay).wait_until_table_exists().table_name("pets").send().await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), WaitErrorKind::Call);
    let source = error.source().unwrap().to_string();
    assert_eq!(source, "DescribeTable: AccessDeniedException: no (HTTP 400)");
}

#[derive(Debug, ServiceError)]
#[service_error(service = Pets)]
enum PetsError {
    #[service_error(other)]
    Other(Error),
}

#[derive(Clone, Copy, Debug, Service)]
#[service(id = "acme/pets", title = "Pets", endpoint = "https://pets.example.com", error = PetsError)]
struct Pets;

#[derive(Model)]
struct Pet {
    state: Option<String>,
    owner: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Pets,
    output = Pet,
    http = "GET /pet",
    waiter(
        name = "PetHome",
        delay = 2,
        max_delay = 60,
        success(path = "state", equals = "HOME"),
        failure(path = "state", equals = "LOST")
    ),
    waiter(
        name = "PetOwned",
        delay = 1,
        attempts = 3,
        success(path = "input.owner == output.owner", both, equals = true)
    )
)]
struct GetPet {
    #[model(query = "owner")]
    owner: String,
}

#[tokio::test]
async fn waiters_are_written_by_hand() {
    let replay = Replay::new()
        .answer(200, r#"{"state": "AWAY", "owner": "bo"}"#)
        .answer(200, r#"{"state": "AWAY", "owner": "al"}"#)
        .answer(200, r#"{"state": "AWAY"}"#)
        .answer(200, r#"{"state": "LOST"}"#);
    let client = Client::<Pets>::new(config(&replay).random(1.0).build().unwrap()).unwrap();
    let owned = client.wait_until::<GetPet>("PetOwned").owner("al").send().await.unwrap();
    assert_eq!(owned.attempts(), 2);

    let home = || client.wait_until::<GetPet>("PetHome").owner("al");
    let error = home().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PetHome: the waiter PetHome has no limit: say how long with `max_wait`"
    );
    let error = home().max_wait(Duration::from_mins(1)).send().await.unwrap_err();
    assert_eq!(error.to_string(), "PetHome: will not come: `state` is \"LOST\" (2 calls, 2 s)");
    assert_eq!((error.kind(), error.attempts()), (WaitErrorKind::Failed, 2));

    let error = client.wait_until::<GetPet>("PetAway").owner("al").send().await.unwrap_err();
    let expected = "PetAway: GetPet has no such waiter; it has PetHome, PetOwned";
    assert_eq!((error.kind(), &*error.to_string()), (WaitErrorKind::Configuration, expected));
}
