//! Where calls go that find their bucket elsewhere.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::auth::Credentials;
use crate::samples::{AtOnce, now, service};
use crate::transport::Replay;
use crate::{Client, Config, Model, Operation};
use bytes::Bytes;

/// What matters of S3's own rules.
const RULES: &str = r#"{
  "version": "1.0",
  "parameters": {
    "Region": {"builtIn": "AWS::Region", "type": "string"},
    "Bucket": {"type": "string"}
  },
  "rules": [
    {
      "endpoint": {
        "url": "https://{Bucket}.s3.{Region}.example.com",
        "properties": {"authSchemes": [
          {"name": "sigv4", "signingName": "s3", "signingRegion": "{Region}"}
        ]}
      }
    }
  ]
}"#;

service!(
    S3,
    S3Error,
    id = "aws/s3",
    protocol = "rest-xml",
    endpoint = "https://s3.{region}.example.com",
    rules = RULES,
    auth("sigv4", name = "s3")
);

macro_rules! operations {
    ($($operation:ident, $http:literal;)*) => {$(
        #[derive(Model, Operation)]
        #[operation(service = S3, output = Output, http = $http)]
        struct $operation {
            #[model(name = "Bucket", endpoint_only, endpoint_param = "Bucket")]
            bucket: String,
        }
    )*};
}

operations! {
    GetObject, "GET /key";
    HeadObject, "HEAD /key";
    HeadBucket, "HEAD /";
    CreateBucket, "PUT /";
}

#[derive(Model, Operation)]
#[operation(
    service = S3,
    output = Output,
    http = "GET /secret",
    traits("md5-of-key:SSECustomerKey")
)]
struct GetSecret {
    #[model(name = "Bucket", endpoint_only, endpoint_param = "Bucket")]
    bucket: String,
    #[model(name = "SSECustomerKey", header = "x-key")]
    key: Option<String>,
    #[model(name = "SSECustomerKeyMD5", header = "x-md5")]
    md5: Option<String>,
}

#[derive(Model)]
struct Output {}

/// A status, the region in the headers, and the body.
type Answer = (u16, Option<&'static str>, &'static str);

const OK: Answer = (200, None, "");
const MALFORMED: &str = "<Error><Code>AuthorizationHeaderMalformed</Code><Message>no</Message>\
                         <Region>eu-west-2</Region></Error>";
const BARELY_MALFORMED: &str =
    "<Error><Code>AuthorizationHeaderMalformed</Code><Message>no</Message></Error>";
const PERMANENT: &str = "<Error><Code>PermanentRedirect</Code><Message>no</Message></Error>";
const CONSTRAINT: &str =
    "<Error><Code>IllegalLocationConstraintException</Code><Message>no</Message></Error>";
const DENIED: &str = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

fn client(answers: &[Answer]) -> (Replay, Client<S3>) {
    let replay = answers.iter().fold(Replay::new(), |replay, (status, region, body)| {
        let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
        *answer.status_mut() = (*status).try_into().unwrap();
        if let Some(region) = region {
            answer.headers_mut().insert("x-amz-bucket-region", region.parse().unwrap());
        }
        replay.response(answer)
    });
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKID", "secret"))
        .sleep(AtOnce)
        .transport(replay.clone());
    (replay, Client::new(config.build().unwrap()).ok().unwrap())
}

/// Method, bucket and region of each request, the region that it was signed for, and its attempt.
fn lines(replay: &Replay) -> Vec<String> {
    let line = |request: &http::Request<Bytes>| {
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        let host = request.uri().host().unwrap().replace(".example.com", "").replace(".s3.", " ");
        let scope = header("authorization");
        let region = scope.split('/').nth(2).unwrap();
        let attempt = header("amz-sdk-request").replace("; max=3", "");
        format!("{} {host} {region} {attempt}", request.method())
    };
    replay.requests().iter().map(line).collect()
}

/// The requests of a call, and whether it went well.
fn called<O: Operation<Service = S3>>(answers: &[Answer], input: O) -> (Vec<String>, bool) {
    let (replay, client) = client(answers);
    let called = now(client.call(input)).is_ok();
    (lines(&replay), called)
}

fn get() -> GetObject {
    GetObject { bucket: "b".to_owned() }
}

#[test]
fn a_call_goes_where_the_answer_says_that_the_bucket_is() {
    let first = "GET b us-east-1 us-east-1 attempt=1";
    for answer in [
        (301, Some("eu-west-2"), PERMANENT),
        (307, Some("eu-west-2"), ""),
        (400, None, MALFORMED),
        (400, Some("eu-west-2"), MALFORMED),
        (400, Some("eu-west-2"), CONSTRAINT),
    ] {
        let expected = [first, "GET b eu-west-2 eu-west-2 attempt=2"].map(str::to_owned);
        assert_eq!(called(&[answer, OK], get()), (expected.into(), true), "{answer:?}");
    }
    // One that says nothing of the kind, or nothing that could be a region.
    for answer in [
        (403, Some("eu-west-2"), DENIED),
        (400, Some("eu-west-2"), BARELY_MALFORMED),
        (400, Some("eu-west-2"), ""),
        (404, None, ""),
    ] {
        assert_eq!(called(&[answer, OK], get()), ([first.to_owned()].into(), false), "{answer:?}");
    }
}

#[test]
fn the_bucket_is_asked_for_where_nothing_else_helps() {
    let first = "GET b us-east-1 us-east-1 attempt=1";
    let ask = "HEAD b us-east-1 us-east-1 attempt=1";
    let then = "GET b eu-west-2 eu-west-2 attempt=2";
    for (found, expected, went_well) in [
        ((403, Some("eu-west-2"), ""), &[first, ask, then][..], true),
        ((200, Some("eu-west-2"), ""), &[first, ask, then], true),
        ((404, None, ""), &[first, ask], false),
        ((200, Some("evil.example.net/"), ""), &[first, ask], false),
    ] {
        let (requests, well) = called(&[(301, None, PERMANENT), found, OK], get());
        assert_eq!(
            (requests, well),
            (expected.iter().map(|it| (*it).to_owned()).collect(), went_well)
        );
    }
}

#[test]
fn answers_without_a_body_may_mean_it() {
    let bucket = || "b".to_owned();
    let redirected = |method: &str| {
        let line = |region, attempt| format!("{method} b {region} {region} attempt={attempt}");
        (vec![line("us-east-1", 1), line("eu-west-2", 2)], true)
    };
    let there = [(400, Some("eu-west-2"), ""), OK];
    assert_eq!(called(&there, HeadObject { bucket: bucket() }), redirected("HEAD"));
    assert_eq!(called(&there, HeadBucket { bucket: bucket() }), redirected("HEAD"));
    let (requests, _) = called(&[(400, None, ""), OK], HeadBucket { bucket: bucket() });
    assert_eq!(requests.len(), 1);
    // Whoever makes a bucket says where, and is told that this is no place for it.
    let answers = [(400, Some("eu-west-2"), CONSTRAINT), OK];
    let (requests, _) = called(&answers, CreateBucket { bucket: bucket() });
    assert_eq!(requests.len(), 1);
}

#[test]
fn it_is_followed_once_and_remembered() {
    let there = (301, Some("eu-west-2"), PERMANENT);
    let (replay, client) = client(&[there, there, OK, (301, Some("eu-west-3"), PERMANENT), OK, OK]);
    assert!(now(client.call(get())).is_err());
    now(client.call(get())).unwrap();
    // It has moved on.
    now(client.call(get())).unwrap();
    let mut other = get();
    other.bucket = "c".to_owned();
    now(client.call(other)).unwrap();
    let expected = [
        "GET b us-east-1 us-east-1 attempt=1",
        "GET b eu-west-2 eu-west-2 attempt=2",
        "GET b eu-west-2 eu-west-2 attempt=1",
        "GET b eu-west-2 eu-west-2 attempt=1",
        "GET b eu-west-3 eu-west-3 attempt=2",
        "GET c us-east-1 us-east-1 attempt=1",
    ];
    assert_eq!(lines(&replay), expected);
}

#[test]
fn what_an_arn_names_is_not_followed() {
    let arn = "arn:aws:s3:us-east-1:123456789012:accesspoint:x";
    assert!(super::bucket(&GetObject { bucket: arn.to_owned() }).is_some());
    let (service, operation) = (
        crate::schema::ServiceSchema { id: "aws/s3".into(), ..Default::default() },
        crate::samples::operation(),
    );
    let cx = super::Cx { service: &service, operation: &operation };
    assert_eq!(super::followed(cx, &GetObject { bucket: arn.to_owned() }), None);
    assert_eq!(super::followed(cx, &get()).as_deref(), Some("b"));
    let other = crate::schema::ServiceSchema { id: "aws/s3control".into(), ..Default::default() };
    assert_eq!(super::followed(super::Cx { service: &other, ..cx }, &get()), None);
}

/// What is made of an input is made of it once, wherever the call goes.
#[test]
fn a_key_is_the_same_elsewhere() {
    let (replay, client) = client(&[(301, Some("eu-west-2"), PERMANENT), OK]);
    let input = GetSecret { bucket: "b".to_owned(), key: Some("key".to_owned()), md5: None };
    now(client.call(input)).ok().unwrap();
    let requests = replay.requests();
    let headers = requests.iter().map(|it| [&it.headers()["x-key"], &it.headers()["x-md5"]]);
    assert_eq!(headers.collect::<Vec<_>>(), [["a2V5", "PG4LipwVIkqCKLmpjKFTHQ=="]; 2]);
}
