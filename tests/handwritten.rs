//! A client that a person wrote by hand with the derives alone: no spec, no generator.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ops::Deref;
use typefoundry::client::RetryMode;
use typefoundry::transport::Replay;
use typefoundry::{
    Blob, Build, Client, Config, Map, Model, Modeled, Nullable, Operation, Service, ServiceError,
    Timestamp, UnknownMember, UnknownValue, json,
};
use typefoundry_tests::now;

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "acme/kennel",
    title = "Kennel",
    version = "2",
    protocol = "rest-json",
    endpoint = "https://kennel.{region}.example.com/v2",
    region = "north",
    header("x-region", "{region}"),
    error = Error
)]
struct Kennel;

#[derive(Debug, ServiceError)]
#[service_error(service = Kennel)]
#[non_exhaustive]
enum Error {
    #[service_error(status = 404, message = "what")]
    NoSuchDog(Box<Modeled<NoSuchDog>>),
    #[service_error(code("Busy", "BusyException"), status = 429, throttling)]
    Busy(Box<Modeled<Busy>>),
    #[service_error(other)]
    Other(typefoundry::Error),
}

#[derive(Model)]
struct NoSuchDog {
    #[model(name = "what", message)]
    message: Option<String>,
    dog: Option<String>,
}

#[derive(Model)]
struct Busy {
    #[model(name = "retryAfter", header = "retry-after")]
    retry_after: Option<i32>,
}

#[derive(Model)]
#[non_exhaustive]
enum Size {
    #[model(name = "SMALL")]
    Small,
    #[model(name = "LARGE")]
    Large,
    #[model(unknown)]
    Unknown(UnknownValue),
}

#[derive(Model)]
#[non_exhaustive]
enum Place {
    Kennel(i32),
    #[model(sensitive)]
    Home(String),
    #[model(name = "walk")]
    Walk(Walk),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model, Build)]
struct Walk {
    by: String,
    #[model(format = "epoch-seconds")]
    since: Option<Timestamp>,
}

#[derive(Model, Build)]
struct Dog {
    name: String,
    #[model(wire = "s")]
    size: Option<Size>,
    place: Option<Place>,
    #[model(sensitive)]
    chip: Option<String>,
    #[model(sensitive)]
    pin: Nullable<i32>,
    owner: Nullable<String>,
    visits: Option<Map<Size, Vec<Option<i32>>>>,
    mother: Option<Box<Dog>>,
}

#[derive(Model, Operation)]
#[operation(
    service = Kennel,
    output = PutDogOutput,
    http = "PUT /dogs/{name}?mode=full",
    status = 200,
    idempotent,
    secret
)]
struct PutDog {
    #[model(label)]
    name: String,
    #[model(name = "dryRun", query = "dry-run")]
    dry_run: Option<bool>,
    #[model(header = "x-trace")]
    trace: Option<String>,
    #[model(header_prefix = "x-meta-")]
    meta: Option<Map<String, String>>,
    size: Option<Size>,
    place: Option<Place>,
    #[model(sensitive)]
    pin: Nullable<i32>,
    owner: Nullable<String>,
    photo: Option<Blob>,
}

#[derive(Model)]
struct PutDogOutput {
    dog: Dog,
    #[model(name = "requestedBy", header = "x-requested-by")]
    requested_by: Option<String>,
    #[model(status)]
    code: Option<i32>,
}

#[derive(Model, Operation)]
#[operation(
    service = Kennel,
    output = ListDogsOutput,
    http = "GET /dogs",
    idempotent,
    pages(token("next", "next"), items = "dogs", item = Dog, size = "limit")
)]
struct ListDogs {
    #[model(query = "next")]
    next: Option<String>,
    #[model(query = "limit")]
    limit: Option<i32>,
}

#[derive(Model)]
struct ListDogsOutput {
    dogs: Option<Vec<Dog>>,
    next: Option<String>,
}

#[derive(Model, Operation)]
#[operation(
    service = Kennel,
    output = ListVisitsOutput,
    http = "GET /visits",
    pages(number("page", "total"), items = "visits", item = i32)
)]
struct ListVisits {
    #[model(query = "page")]
    page: Option<i32>,
}

#[derive(Default, Model)]
struct ListVisitsOutput {
    visits: Vec<i32>,
    total: Option<i64>,
}

fn client(replay: &Replay) -> Client<Kennel> {
    let config = Config::builder().transport(replay.clone()).retry_mode(RetryMode::Off);
    Client::new(config.build().unwrap()).unwrap()
}

fn dog(json: &str) -> Dog {
    json::from_slice(json.as_bytes()).unwrap()
}

#[test]
fn a_request_carries_each_member_where_it_belongs() {
    let replay = Replay::new().answer(200, r#"{"dog":{"name":"Rex"}}"#);
    let meta = Map::from_iter([("colour".to_owned(), "brown".to_owned())]);
    let call = client(&replay)
        .fluent::<PutDog>()
        .dry_run(true)
        .name("Rex & Fido/2")
        .trace("t-1")
        .meta(meta)
        .size(Size::Large)
        .place(Place::Walk(Walk::builder().since(Timestamp::UNIX_EPOCH).by("Ann").build()))
        .pin(1234)
        .set_owner(Nullable::Null)
        .photo(Blob::from(b"\x00\xff".to_vec()));
    now(call.send()).unwrap();

    let request = &replay.requests()[0];
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        request.uri(),
        "https://kennel.north.example.com/v2/dogs/Rex%20%26%20Fido%2F2?mode=full&dry-run=true"
    );
    let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    assert_eq!(header("x-trace"), "t-1");
    assert_eq!(header("x-meta-colour"), "brown");
    assert_eq!(header("x-region"), "north");
    assert_eq!(
        std::str::from_utf8(request.body()).unwrap(),
        r#"{"size":"LARGE","place":{"walk":{"by":"Ann","since":0}},"pin":1234,"owner":null,"photo":"AP8="}"#
    );
}

#[test]
fn an_answer_is_read_from_body_headers_and_status() {
    let answer = http::Response::builder()
        .status(201)
        .header("x-requested-by", "ann")
        .header("x-request-id", "r-7")
        .body(bytes::Bytes::from_static(
            br#"{"dog":{"name":"Rex","s":"SMALL","place":{"Kennel":7},"visits":{"LARGE":[1,null]},
                "mother":{"name":"Bella"},"fur":"thick"}}"#,
        ))
        .unwrap();
    let replay = Replay::new().response(answer);
    let response = now(client(&replay).fluent::<PutDog>().name("Rex").send()).unwrap();
    assert_eq!(response.requested_by.as_deref(), Some("ann"));
    assert_eq!(response.code, Some(201));
    assert_eq!(response.metadata().request_id().as_deref(), Some("r-7"));
    assert_eq!(response.metadata().missing(), [""; 0]);
    let dog = &response.dog;
    assert_eq!(dog.size, Some(Size::Small));
    assert_eq!(dog.place, Some(Place::Kennel(7)));
    assert_eq!(dog.visits.as_ref().unwrap()[&Size::Large], [Some(1), None]);
    assert_eq!(dog.mother.as_ref().unwrap().name, "Bella");
    assert_eq!(dog.owner, Nullable::Absent);
}

#[test]
fn a_required_member_that_does_not_come_is_listed() {
    let replay = Replay::new().answer(200, r#"{"dog":{"mother":{"name":"Bella"}}}"#);
    let response = now(client(&replay).fluent::<PutDog>().name("Rex").send()).unwrap();
    assert_eq!(response.metadata().missing(), ["dog.name"]);
    assert_eq!(response.dog.name, "");
}

#[test]
fn an_unknown_value_of_an_enum_goes_back_unchanged() {
    let text = r#"{"name":"Rex","s":"ENORMOUS","visits":{"TINY":[3]}}"#;
    let rex = dog(text);
    assert_eq!(rex.size.as_ref().map(Size::as_str), Some("ENORMOUS"));
    assert!(matches!(rex.size, Some(Size::Unknown(_))));
    assert_eq!(rex.size, Some(Size::from("ENORMOUS")));
    assert_eq!(format!("{}", Size::from("ENORMOUS")), "ENORMOUS");
    assert_eq!(Size::VALUES, ["SMALL", "LARGE"]);
    assert_eq!(json::to_string(&rex), text);

    let replay = Replay::new().answer(200, r#"{"dog":{"name":"Rex"}}"#);
    let call = client(&replay).fluent::<PutDog>().name("Rex").set_size(rex.size).send();
    now(call).unwrap();
    assert_eq!(replay.requests()[0].body(), r#"{"size":"ENORMOUS"}"#);
}

#[test]
fn an_unknown_member_of_a_union_goes_back_unchanged() {
    let replay = Replay::new()
        .answer(200, r#"{"dog":{"name":"Rex","place":{"moon":{"crater": [1, 2.50, "x"]}}}}"#)
        .answer(200, r#"{"dog":{"name":"Rex"}}"#);
    let client = client(&replay);
    let mut response = now(client.fluent::<PutDog>().name("Rex").send()).unwrap();
    let place = response.dog.place.take();
    let Some(Place::Unknown(member)) = &place else { panic!("it is unknown: {place:?}") };
    assert_eq!((member.name(), member.codec()), ("moon", "json"));
    assert_eq!(member.raw(), br#"{"crater": [1, 2.50, "x"]}"#);
    assert!(!format!("{place:?}").contains("crater"), "it may be secret");

    now(client.fluent::<PutDog>().name("Rex").set_place(place).send()).unwrap();
    assert_eq!(replay.requests()[1].body(), r#"{"place":{"moon":{"crater": [1, 2.50, "x"]}}}"#);
}

#[test]
fn absent_null_and_a_value_are_three_states() {
    let cases = [
        (r#"{"name":"Rex"}"#, Nullable::Absent),
        (r#"{"name":"Rex","owner":null}"#, Nullable::Null),
        (r#"{"name":"Rex","owner":"Ann"}"#, Nullable::Value("Ann".to_owned())),
    ];
    for (text, owner) in cases {
        let rex = dog(text);
        assert_eq!(rex.owner, owner);
        assert_eq!(json::to_string(&rex), text);
        let built = Dog::builder().name("Rex").set_owner(owner).build();
        assert_eq!(built, rex);
    }
}

#[test]
fn what_is_sensitive_is_not_printed() {
    let rex = dog(r#"{"name":"Rex","chip":"SECRET-1","pin":4321,"place":{"Home":"SECRET-2"},
            "mother":{"name":"Bella","chip":"SECRET-3"}}"#);
    let printed = format!("{rex:?}");
    assert_eq!(
        printed,
        "Dog { name: \"Rex\", place: Place { Home: <redacted> }, chip: <redacted>, \
         pin: <redacted>, mother: Dog { name: \"Bella\", chip: <redacted> } }"
    );
    let call = PutDog::builder().name("Rex").pin(4321).build();
    assert!(!format!("{call:?}").contains("4321"));

    // An answer that cannot be read is not shown either.
    let replay = Replay::new().answer(200, r#"{"dog":{"name":"Rex","chip":["SECRET-4"]}}"#);
    let error = now(client(&replay).fluent::<PutDog>().name("Rex").send()).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("dog.chip") && !text.contains("SECRET"), "{text}");
}

#[test]
fn an_error_has_its_own_type() {
    let answer = http::Response::builder()
        .status(404)
        .header("x-amzn-errortype", "NoSuchDog")
        .header("x-request-id", "r-8")
        .body(bytes::Bytes::from_static(br#"{"what":"nobody of that name","dog":"Rex"}"#))
        .unwrap();
    let busy = http::Response::builder()
        .status(429)
        .header("retry-after", "5")
        .body(bytes::Bytes::from_static(br#"{"__type":"acme#BusyException"}"#))
        .unwrap();
    let replay = Replay::new().response(answer).response(busy).answer(418, r#"{"code":"Teapot"}"#);
    let client = client(&replay);
    let call = || now(client.fluent::<PutDog>().name("Rex").send()).unwrap_err();

    let error = call();
    let Error::NoSuchDog(missing) = &error else { panic!("{error:?}") };
    assert_eq!(missing.dog.as_deref(), Some("Rex"));
    assert_eq!(missing.deref().message.as_deref(), Some("nobody of that name"));
    assert_eq!(error.code(), Some("NoSuchDog"));
    assert_eq!(error.status(), Some(404));
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "PutDog: NoSuchDog: nobody of that name (HTTP 404, request id r-8)"
    );

    let error = call();
    let Error::Busy(busy) = &error else { panic!("{error:?}") };
    assert_eq!(busy.retry_after, Some(5));
    assert_eq!(error.code(), Some("BusyException"));
    assert!(error.is_throttling() && error.is_retryable());

    let error = call();
    assert!(matches!(error, Error::Other(_)), "{error:?}");
    assert_eq!((error.code(), error.status()), (Some("Teapot"), Some(418)));
}

#[test]
fn items_come_from_page_after_page() {
    let replay = Replay::new()
        .answer(200, r#"{"dogs":[{"name":"Rex"},{"name":"Bella"}],"next":"p2"}"#)
        .answer(200, r#"{"dogs":[{"name":"Fido"}]}"#);
    let mut items = client(&replay).fluent::<ListDogs>().limit(2).items();
    let mut names = Vec::new();
    while let Some(dog) = now(items.try_next()).unwrap() {
        names.push(dog.name);
    }
    assert_eq!(names, ["Rex", "Bella", "Fido"]);
    let queries: Vec<_> =
        replay.requests().iter().map(|request| request.uri().query().unwrap().to_owned()).collect();
    assert_eq!(queries, ["limit=2", "next=p2&limit=2"]);
}

#[test]
fn items_come_from_numbered_pages() {
    let replay = Replay::new()
        .answer(200, r#"{"visits":[1,2],"total":3}"#)
        .answer(200, r#"{"visits":[3],"total":3}"#);
    let mut items = client(&replay).fluent::<ListVisits>().items();
    let mut visits = Vec::new();
    while let Some(visit) = now(items.try_next()).unwrap() {
        visits.push(visit);
    }
    assert_eq!(visits, [1, 2, 3]);
    assert_eq!(replay.requests()[1].uri().query(), Some("page=2"));
}

#[test]
fn a_finished_input_is_called_too() {
    let replay = Replay::new().answer(200, "{}");
    let response = now(client(&replay).call(ListDogs::default())).unwrap();
    assert_eq!(response.dogs, None);
    assert_eq!(replay.requests()[0].uri().path(), "/v2/dogs");
}
