//! What is kept of exchanges, and which are the same.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Cassette, Recorder};
use crate::transport::{Replay, Transport};
use crate::{Blob, Client, Error, Map, Model, Modeled, Operation, Service, ServiceError};
use bytes::Bytes;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "acme/keys",
    title = "Keys",
    protocol = "rest-json",
    endpoint = "https://keys.example.com",
    error = KeysError
)]
struct Keys;

#[derive(Debug, ServiceError)]
#[service_error(service = Keys)]
enum KeysError {
    #[service_error(shape = "Locked", code("Locked"), status = 423)]
    Locked(Box<Modeled<Locked>>),
    #[service_error(other)]
    Other(Error),
}

#[derive(Model)]
struct Locked {
    message: Option<String>,
    #[model(sensitive)]
    holder: Option<Inner>,
    #[model(header = "x-lock", sensitive)]
    lock: Option<String>,
    since: Option<i64>,
}

#[derive(Model, Operation)]
#[operation(service = Keys, output = MakeKeyOutput, http = "POST /keys")]
struct MakeKey {
    #[model(query = "pass", sensitive)]
    pass: Option<String>,
    #[model(header = "x-owner", sensitive)]
    owner: Option<String>,
    name: Option<String>,
    token: Option<String>,
}

#[derive(Model)]
struct MakeKeyOutput {
    #[model(sensitive)]
    plain: Option<Blob>,
    #[model(sensitive)]
    parts: Option<Map<String, i64>>,
    #[model(sensitive)]
    inner: Option<Inner>,
    size: Option<i64>,
}

#[derive(Model)]
struct Inner {
    note: Option<String>,
    more: Option<Vec<Inner>>,
}

const ANSWER: &str = r#"{"plain":"c2VjcmV0","parts":{"a":7},"inner":{"note":"hidden","more":[{"note":"deep"}]},"size":7,"rating":5}"#;

fn now<T>(future: impl Future<Output = T>) -> T {
    let Poll::Ready(done) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("it answers at once")
    };
    done
}

fn request(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> http::Request<Bytes> {
    let mut request = http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

/// Plays requests that were recorded back to others.
fn recorded(requests: &[http::Request<Bytes>]) -> Cassette {
    let replay = requests
        .iter()
        .enumerate()
        .fold(Replay::new(), |replay, (index, _)| replay.answer(200, index.to_string()));
    let recorder = Recorder::new(replay);
    for request in requests {
        now(recorder.send(request.clone())).unwrap();
    }
    Cassette::from_json(recorder.cassette().to_json().as_bytes()).unwrap()
}

fn play(cassette: &Cassette, request: http::Request<Bytes>) -> Result<String, String> {
    let answer = now(cassette.send(request)).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(answer.into_body().to_vec()).unwrap())
}

#[test]
fn secrets_of_an_operation_are_not_kept_and_it_still_plays() {
    let mut answer = http::Response::new(Bytes::from_static(ANSWER.as_bytes()));
    answer.headers_mut().insert("x-amz-crc32", "1".parse().unwrap());
    answer.headers_mut().insert("set-cookie", "cookie=hidden".parse().unwrap());
    let recorder = Recorder::new(Replay::new().response(answer)).secrets_of::<MakeKey>();
    let config = crate::Config::builder().unsigned().transport(recorder.clone());
    let client: Client<Keys> = Client::new(config.build().unwrap()).unwrap();
    let call = |client: &Client<Keys>| {
        let call = client.fluent::<MakeKey>().pass("hidden=1").owner("hidden").name("k");
        now(call.customize().header("x-mine", "hidden").send())
    };
    let live = call(&client).unwrap();
    assert_eq!(live.inner.as_ref().unwrap().note.as_deref(), Some("hidden"));

    let json = recorder.cassette().to_json();
    for secret in ["hidden", "deep", "c2VjcmV0", "secret\\\"", "crc32"] {
        assert!(!json.contains(secret), "{secret}: {json}");
    }
    let cassette = Cassette::from_json(json.as_bytes()).unwrap();
    let client: Client<Keys> = Client::new(cassette.config().build().unwrap()).unwrap();
    let played = call(&client).unwrap();
    assert_eq!(played.plain, Some(Blob::from(b"<redacted>".to_vec())));
    assert_eq!(played.parts.as_ref().unwrap()["a"], 0);
    assert_eq!(played.size, Some(7));
    assert!(cassette.unplayed().is_empty());
    let again = call(&client).unwrap_err().to_string();
    assert!(
        again.contains("POST /keys was recorded 1 times, and all of them were played"),
        "{again}"
    );
}

#[test]
fn secrets_of_errors_are_not_kept_and_they_still_play() {
    let body = r#"{"__type":"Locked","message":"not now","since":7,"holder":{"note":"hidden",
        "more":[{"note":"deep"}]}}"#;
    let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
    *answer.status_mut() = http::StatusCode::LOCKED;
    answer.headers_mut().insert("x-lock", "hidden".parse().unwrap());
    let recorder = Recorder::new(Replay::new().response(answer)).secrets_of::<MakeKey>();
    let call = |config: crate::client::ConfigBuilder| {
        let client: Client<Keys> = Client::new(config.build().unwrap()).unwrap();
        match now(client.fluent::<MakeKey>().name("k").send()) {
            Err(KeysError::Locked(locked)) => locked,
            other => unreachable!("it is locked, not {other:?}"),
        }
    };
    let live = call(crate::Config::builder().unsigned().transport(recorder.clone()));
    assert_eq!(live.holder.as_ref().unwrap().note.as_deref(), Some("hidden"));
    assert_eq!(live.lock.as_deref(), Some("hidden"));

    let json = recorder.cassette().to_json();
    assert!(!json.contains("hidden") && !json.contains("deep"), "{json}");
    let played = call(Cassette::from_json(json.as_bytes()).unwrap().config());
    let note = |inner: &Option<Inner>| inner.as_ref().and_then(|inner| inner.note.clone());
    assert_eq!(note(&played.holder).as_deref(), Some("<redacted>"));
    assert_eq!(played.lock.as_deref(), Some("<redacted>"));
    assert_eq!((played.message.as_deref(), played.since), (Some("not now"), Some(7)));
}

#[derive(Model, Operation)]
#[operation(service = Keys, output = MakeKeyOutput, http = "GET /keys/{token}/of/{name}/{rest+}?all")]
struct GetKey {
    #[model(label, sensitive)]
    token: String,
    #[model(label)]
    name: String,
    #[model(label, sensitive)]
    rest: String,
}

#[test]
fn secrets_in_a_path_are_not_kept() {
    let recorder = Recorder::new(Replay::new().answer(200, "{}")).secrets_of::<GetKey>();
    let config = crate::Config::builder().unsigned().transport(recorder.clone());
    let client: Client<Keys> = Client::new(config.build().unwrap()).unwrap();
    let call = |client: &Client<Keys>, token: &str, name: &str| {
        let input = GetKey { token: token.into(), name: name.into(), rest: "hid/den".into() };
        now(client.call(input))
    };
    call(&client, "hidden!", "a b/c").unwrap();
    let json = recorder.cassette().to_json();
    let url = "https://keys.example.com/keys/%3Credacted%3E/of/a%20b%2Fc/%3Credacted%3E?all";
    assert!(json.contains(url) && !json.contains("hid"), "{json}");
    let cassette = Cassette::from_json(json.as_bytes()).unwrap();
    let client: Client<Keys> = Client::new(cassette.config().build().unwrap()).unwrap();
    let other = call(&client, "hidden!", "d").unwrap_err().to_string();
    assert!(other.contains("the path was") && !other.contains("hid"), "{other}");
    // Another secret is none to tell by.
    call(&client, "another", "a b/c").unwrap();
}

#[test]
fn names_are_secret_in_every_kind_of_body() {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let cases = [
        (&[][..], r#"{"a":[{"pin":"7531"}],"b":1}"#, r#"{"a":[{"pin":"<redacted>"}],"b":1}"#),
        (&form, "a.1.pin=7531&b=1", "a.1.pin=%3Credacted%3E&b=1"),
        (&form, "Signature=7531", "Signature=%3Credacted%3E"),
        (
            &[],
            "<a><pin>7531</pin><pin/><pins>1</pins></a>",
            "<a><pin>&lt;redacted&gt;</pin><pin/><pins>1</pins></a>",
        ),
        (&[], "<a><pin x='1'>7531", "<a><pin x='1'>&lt;redacted&gt;"),
        (
            &[],
            "<n:a xmlns:n='u' pin=\"7531\"><n:pin>7531<pin>7</pin>5</n:pin><b n:pin='7'/></n:a>",
            "<n:a xmlns:n='u' pin=\"&lt;redacted&gt;\"><n:pin>&lt;redacted&gt;</n:pin>\
             <b n:pin='&lt;redacted&gt;'/></n:a>",
        ),
        (&[], "<!DOCTYPE x><br/><n:pin>7531</n:pin>", "<!DOCTYPE x><br/><n:pin>&lt;redacted&gt;"),
        (&[("content-type", "application/cbor")], "7531", "<redacted>"),
        (&[], "plain text", "plain text"),
    ];
    for (headers, body, expected) in cases {
        let recorder = Recorder::new(Replay::new().answer(200, body)).secrets(["pin"]);
        let url = "https://x.example.com/?pin=7531&X-Amz-Signature=7531&a=%20";
        now(recorder.send(request("POST", url, headers, body))).unwrap();
        let cassette = recorder.cassette();
        let state = cassette.lock();
        let kept = &state.exchanges[0].request;
        assert_eq!(kept.body(), expected);
        assert_eq!(
            kept.uri().query(),
            Some("pin=%3Credacted%3E&X-Amz-Signature=%3Credacted%3E&a=+")
        );
        drop(state);
        let shown = format!("{recorder:?}");
        assert!(!shown.contains("7531"), "{shown}");
    }
}

/// What credentials are made of, and URLs with which anybody could call.
#[test]
fn credentials_are_secret_without_being_named() {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let cases = [
        (
            &[][..],
            r#"{"a":{"SecretAccessKey":"7531","Token":"7531"},"Token":"page"}"#,
            r#"{"Token":"page","a":{"SecretAccessKey":"<redacted>","Token":"<redacted>"}}"#,
        ),
        (&[], r#"{"url":"https://h/?X-Amz-Signature=7531"}"#, r#"{"url":"<redacted>"}"#),
        (&form, "WebIdentityToken=7531&b=1", "WebIdentityToken=%3Credacted%3E&b=1"),
        (
            &form,
            "PreSignedUrl=https%3A%2F%2Fh%2F%3FX-Amz-Security-Token%3D7531&b=1",
            "PreSignedUrl=%3Credacted%3E&b=1",
        ),
        (
            &[],
            "<a><SessionToken>7531</SessionToken><u>https://h/?a=1&amp;Signature=7531</u></a>",
            "<a><SessionToken>&lt;redacted&gt;</SessionToken><u>&lt;redacted&gt;</u></a>",
        ),
        (&[("content-type", "application/cbor")], "\u{a1}osessionToken7531", "<redacted>"),
        (&[("content-type", "application/cbor")], "7531", "7531"),
        (&[], "it is at https://h/?X-Amz-Signature=7531", "<redacted>"),
    ];
    for (headers, body, expected) in cases {
        let recorder = Recorder::new(Replay::new().answer(200, body));
        now(recorder.send(request("POST", "https://x.example.com/", headers, body))).unwrap();
        let cassette = recorder.cassette();
        assert_eq!(cassette.lock().exchanges[0].request.body(), expected);
    }
}

/// Calls with the credentials of a role, which the transport is asked for first.
#[cfg(feature = "aws-credentials")]
fn call_in_a_role(transport: impl Transport + 'static) -> Result<(), Error> {
    use crate::auth::{MemoryFiles, Surroundings};
    use crate::schema::{AuthOption, Protocol, ServiceSchema};
    use crate::value::Empty;
    use std::borrow::Cow;

    let config = "[profile base]\naws_access_key_id=base\naws_secret_access_key=basekey\n\
                  [default]\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=base\n";
    let name = vec![(Cow::Borrowed("name"), Cow::Borrowed("keys"))];
    let service = ServiceSchema {
        id: Cow::Borrowed("aws/keys"),
        protocol: Protocol::RestJson,
        auth: vec![AuthOption { scheme: "sigv4".into(), settings: name.into() }].into(),
        endpoint: Cow::Borrowed("https://keys.example.com"),
        ..ServiceSchema::default()
    };
    let surroundings = Surroundings::empty()
        .with_environment([("HOME", "/h"), ("AWS_REGION", "us-west-2")])
        .with_files(MemoryFiles::new().with("/h/.aws/config", config));
    let config = crate::Config::builder().surroundings(surroundings);
    let config = config.transport(transport).retry(crate::client::NoRetry).build()?;
    let core = crate::client::Core::new(service, config)?;
    let (mut input, mut output) = (MakeKey::empty(), MakeKeyOutput::empty());
    now(core.call(MakeKey::schema(), &mut input, &mut output)).map(|_| ())
}

/// How a client comes by its credentials goes past what records its calls.
#[cfg(feature = "aws-credentials")]
#[test]
fn the_clients_own_credentials_are_not_recorded() {
    let role = "<AssumeRoleResponse><AssumeRoleResult><Credentials>\
                <AccessKeyId>role</AccessKeyId><SecretAccessKey>rolekey</SecretAccessKey>\
                <SessionToken>roletoken</SessionToken><Expiration>2126-01-01T01:00:00Z</Expiration>\
                </Credentials></AssumeRoleResult></AssumeRoleResponse>";
    let replay = Replay::new().answer(200, role).answer(200, "{}");
    let recorder = Recorder::new(replay.clone());
    call_in_a_role(recorder.clone()).unwrap();
    let sent = replay.requests();
    assert_eq!(sent.len(), 2);
    assert!(sent[1].headers()["authorization"].to_str().unwrap().contains("Credential=role/"));
    let cassette = recorder.cassette();
    assert_eq!(cassette.unplayed(), ["POST /keys"]);
    let json = cassette.to_json();
    for secret in ["rolekey", "roletoken", "basekey", "Credential="] {
        assert!(!json.contains(secret), "{secret}: {json}");
    }
    let error = call_in_a_role(cassette).unwrap_err();
    assert!(format!("{error:?}").contains("nobody's credentials are in a cassette"), "{error:?}");
}

#[test]
fn headers_that_sign_are_not_kept() {
    let headers =
        [("authorization", "s3cret"), ("cookie", "s3cret"), ("x-amz-security-token", "s3cret")];
    let cassette = recorded(&[request("GET", "https://x.example.com/", &headers, "")]);
    let json = cassette.to_json();
    assert!(
        !json.contains("s3cret") && json.contains("\"authorization\": \"<redacted>\""),
        "{json}"
    );
}

#[test]
fn what_is_the_same_is_played() {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let target = [("x-amz-target", "T.List")];
    let cases = [
        (
            request("GET", "https://a.example.com/p?b=2&a=1", &[], ""),
            request("GET", "https://b.example.com/p?a=1&b=2", &[("x-y", "z")], ""),
        ),
        (
            request("POST", "https://a.example.com/", &target, r#"{"a":1,"b":[2]}"#),
            request("POST", "https://a.example.com/", &target, r#"{ "b": [2], "a": 1 }"#),
        ),
        (
            request("POST", "https://a.example.com/", &form, "a=1&b=2"),
            request("POST", "https://a.example.com/", &form, "b=2&a=%31"),
        ),
        (
            request("GET", "https://a.example.com/?X-Amz-Date=1&X-Amz-Signature=2", &[], ""),
            request("GET", "https://a.example.com/?X-Amz-Date=3&X-Amz-Signature=4", &[], ""),
        ),
    ];
    for (was, is) in cases {
        assert_eq!(play(&recorded(&[was]), is.clone()).as_deref(), Ok("0"), "{is:?}");
    }
    let text = request("POST", "https://a.example.com/", &[], "\u{0}\u{1}");
    let mut bytes = text.clone();
    *bytes.body_mut() = Bytes::from_static(&[0xff, 0]);
    assert_eq!(play(&recorded(&[text, bytes.clone()]), bytes).as_deref(), Ok("1"));
}

#[test]
fn equals_are_played_in_order_and_once() {
    let get = || request("GET", "https://a.example.com/p", &[], "");
    let cassette = recorded(&[get(), request("GET", "https://a.example.com/q", &[], ""), get()]);
    assert_eq!(play(&cassette, get()).as_deref(), Ok("0"));
    assert_eq!(play(&cassette.clone(), get()).as_deref(), Ok("2"));
    let gone = play(&cassette, get()).unwrap_err();
    assert_eq!(gone, "GET /p was recorded 2 times, and all of them were played");
    assert_eq!(cassette.unplayed(), ["GET /q"]);
}

#[test]
fn a_mismatch_names_the_nearest_and_the_first_difference() {
    let post = |path: &str, body: &str| {
        request("POST", &format!("https://a.example.com{path}"), &[], body)
    };
    let listed =
        |target: &str| request("POST", "https://a.example.com/", &[("x-amz-target", target)], "{}");
    let cassette = recorded(&[
        post("/a?x=1", r#"{"tags":[{"key":"k"}],"n":1}"#),
        post("/b", "text"),
        listed("T.List"),
    ]);
    let cases = [
        (
            post("/a?x=1", r#"{"tags":[{"key":"j"}],"n":1}"#),
            r#"POST /a was not recorded; the nearest is POST /a: `tags[0].key` in the body was "k", and is "j""#,
        ),
        (
            post("/a?x=1", r#"{"tags":[],"n":1}"#),
            "POST /a was not recorded; the nearest is POST /a: `tags` in the body had 1 elements, and has 0",
        ),
        (
            post("/a?x=1", r#"{"n":1}"#),
            r#"POST /a was not recorded; the nearest is POST /a: `tags` in the body was [{"key":"k"}], and is not there"#,
        ),
        (
            post("/a?x=2", r#"{"tags":[{"key":"k"}],"n":1}"#),
            "POST /a was not recorded; the nearest is POST /a: the query had x=1, and has x=2",
        ),
        (
            post("/b", "texts"),
            "POST /b was not recorded; the nearest is POST /b: the body differs at byte 4 (it had 4 bytes, and has 5)",
        ),
        (
            post("/c", "text"),
            "POST /c was not recorded; the nearest is POST /b: the path was `/b`, and is `/c`",
        ),
        (
            listed("T.Get"),
            "POST / (T.Get) was not recorded; the nearest is POST / (T.List): the operation was `T.List`, and is `T.Get`",
        ),
    ];
    for (sent, expected) in cases {
        assert_eq!(play(&cassette, sent).unwrap_err(), expected);
    }
    assert_eq!(cassette.unplayed().len(), 3);
    let [old, new] =
        ["77ea25b4-70da-44f1-ba3d-20e877d0d1e4", "3f84fa44-70ad-45c9-b093-fc7fe3dc8eaf"];
    let made_up = [
        (post("/d", &format!(r#"{{"t":"{old}"}}"#)), post("/d", &format!(r#"{{"t":"{new}"}}"#))),
        (post(&format!("/e?t={old}"), ""), post(&format!("/e?t={new}"), "")),
    ];
    for (was, is) in made_up {
        let told = play(&recorded(&[was]), is).unwrap_err();
        let advice = "; what is another each time is named to `Cassette::ignoring`";
        assert!(told.ends_with(advice), "{told}");
    }
    // What is another one each time is left out of it.
    let cassette = cassette.ignoring(["key", "x"]);
    let other = post("/a?x=9", r#"{"tags":[{"key":"j"}],"n":1}"#);
    assert_eq!(play(&cassette, other).as_deref(), Ok("0"));
}

#[test]
fn what_is_no_cassette_is_said() {
    let exchange = |what: &str| format!(r#"{{"cassette":1,"secrets":{{}},"exchanges":[{what}]}}"#);
    let cases = [
        ("{".to_owned(), "no JSON: "),
        ("[]".to_owned(), "no cassette of form 1: `cassette` does not say so"),
        (r#"{"cassette":1}"#.to_owned(), "`secrets` is not an object"),
        (
            r#"{"cassette":1,"secrets":{},"secretPaths":[{"labels":{"a":1}}]}"#.to_owned(),
            "secretPaths[0]: `method` is not a text",
        ),
        (
            r#"{"cassette":1,"secrets":{},"secretPaths":[{}]}"#.to_owned(),
            "secretPaths[0]: `labels` is not an object",
        ),
        (exchange("{}"), "exchanges[0]: `request.body` is neither a text nor base64"),
        (
            exchange(r#"{"request":{"body":"","method":"GET","url":"http://[","headers":{}}}"#),
            "exchanges[0]: `request.url` is not one",
        ),
        (
            exchange(
                r#"{"request":{"body":"","method":"GET","url":"/","headers":{}},"response":{"body":"","status":7}}"#,
            ),
            "exchanges[0]: `response.status` is not one",
        ),
        (
            exchange(r#"{"request":{"body":"","method":"GET","url":"/","headers":{"a b":"c"}}}"#),
            "exchanges[0]: the header `a b` cannot be one",
        ),
    ];
    for (json, expected) in cases {
        let error = Cassette::from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn it_lives_in_a_file() {
    let path = std::env::temp_dir().join(format!("typefoundry-cassette-{}", std::process::id()));
    let recorder = Recorder::new(Replay::new().answer(200, "0"));
    let get = request("GET", "https://a.example.com/p", &[], "");
    now(recorder.send(get.clone())).unwrap();
    recorder.save(&path).unwrap();
    let cassette = Cassette::load(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(play(&cassette, get).as_deref(), Ok("0"));
    let error = Cassette::load(&path).unwrap_err().to_string();
    assert!(error.contains("typefoundry-cassette-"), "{error}");
}
