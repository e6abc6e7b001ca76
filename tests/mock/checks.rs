//! What is refused, and how each protocol says so.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use typefoundry::binding::{read_error, write_request};
use typefoundry::codec::{Form, Reading, json as codec};
use typefoundry::dynamic::{Api, Mock, MockAnswer};
use typefoundry::schema::{Protocol, ServiceSchema};

const SPEC: &str = r#"{
  "typefoundry": "1",
  "service": {
    "id": "test/pets", "title": "Pets", "version": "2026-03-14", "docs": "Pets.",
    "protocol": "json-1.0", "protocols": ["json-1.0", "json-1.1", "query", "rpc-v2-cbor"],
    "target": "Pets", "auth": {"none": {}}, "endpoint": {"url": "https://pets.example"}
  },
  "operations": {
    "PutPet": {
      "http": "POST /",
      "docs": "Puts a pet.",
      "input": {
        "name": {"type": "Name", "required": true, "docs": "Its name."},
        "mood": {"type": "Mood", "docs": "Its mood."},
        "age": {"type": "Age", "docs": "Its age."},
        "toys": {"type": "Toys", "docs": "Its toys."},
        "home": {"type": "Home", "docs": "Its home."}
      },
      "output": {"name": {"type": "Name", "required": true, "docs": "Its name."}},
      "errors": ["Bitten"]
    }
  },
  "shapes": {
    "Name": {"type": "string", "length": {"min": 2, "max": 8}, "pattern": "^[a-z]+$", "docs": "A name."},
    "Mood": {"enum": {"HAPPY": "It is.", "HUNGRY": "It is."}, "docs": "A mood."},
    "Age": {"type": "integer", "range": {"min": 0, "max": 30}, "docs": "An age."},
    "Toys": {"list": "Name", "length": {"min": 0, "max": 2}, "docs": "Toys."},
    "Home": {"union": {"cage": {"type": "Name", "docs": "A cage."}, "street": {"type": "Name", "docs": "None."}}, "docs": "A home."},
    "Bitten": {
      "error": {"codes": ["Ouch"], "status": 409},
      "structure": {"message": {"type": "string", "docs": "What happened."}}, "docs": "It bit."
    }
  }
}"#;

fn api() -> Arc<Api> {
    Arc::new(Api::load("pets.json", SPEC).unwrap_or_else(|error| panic!("{error}")))
}

fn in_each_protocol(api: &Api) -> Vec<ServiceSchema> {
    let all = api.service().protocols.iter();
    all.map(|protocol| ServiceSchema { protocol: *protocol, ..api.service().clone() }).collect()
}

fn request(api: &Api, service: &ServiceSchema, input: &Value) -> Request<Bytes> {
    let operation = api.operation("PutPet").unwrap();
    let mut value = api.input(operation);
    codec::read(input.to_string().as_bytes(), &mut value, Form::Model, Reading::default()).unwrap();
    write_request(service, &operation.schema, &value, "http://localhost", "").unwrap()
}

#[test]
fn every_limit_is_checked_in_every_protocol() {
    let cases = [
        (json!({"name": "rex", "mood": "HAPPY", "age": 3, "toys": ["ball"]}), None),
        (json!({"name": "rex", "home": {"cage": "big"}}), None),
        (json!({}), Some("name: it is required")),
        (json!({"name": "r"}), Some("name: it has 1 characters, and at least 2 are due")),
        (json!({"name": "rexrexrex"}), Some("at most 8 are allowed")),
        (json!({"name": "REX"}), Some("name: it must match the pattern ^[a-z]+$")),
        (json!({"name": "rex", "mood": "SAD"}), Some("mood: it must be one of HAPPY, HUNGRY")),
        (json!({"name": "rex", "age": 31}), Some("age: it must be at most 30")),
        (json!({"name": "rex", "age": -1}), Some("age: it must be at least 0")),
        (json!({"name": "rex", "toys": ["ab", "cd", "ef"]}), Some("toys: it has 3 elements")),
        (json!({"name": "rex", "toys": ["ab", "x"]}), Some("toys[1]: it has 1 characters")),
        (json!({"name": "rex", "home": {"cage": "1"}}), Some("home.cage: ")),
    ];
    let api = api();
    let mock = Mock::of([Arc::clone(&api)]);
    for service in in_each_protocol(&api) {
        for (input, complaint) in &cases {
            let answer = mock.answer(&request(&api, &service, input));
            let what = format!("{} {input} {answer:?}", service.protocol.name());
            match complaint {
                None => assert_eq!(answer.status(), 200, "{what}"),
                Some(complaint) => {
                    assert_eq!(answer.status(), 400, "{what}");
                    let facts = read_error(&service, &answer);
                    let query = service.protocol == Protocol::Query;
                    let code = if query { "ValidationError" } else { "ValidationException" };
                    assert_eq!(facts.code.as_deref(), Some(code), "{what}");
                    assert!(facts.message.unwrap().contains(complaint), "{what}");
                }
            }
        }
        // Values of the right type pass where limits do not matter.
        let lax = mock.clone().checked(false);
        let answer = lax.answer(&request(&api, &service, &json!({"name": "REX", "age": 99})));
        assert_eq!(answer.status(), 200, "{answer:?}");
    }
}

#[test]
fn members_that_are_not_there_are_told() {
    let api = api();
    let mut sent = request(&api, api.service(), &json!({"name": "rex"}));
    *sent.body_mut() = Bytes::from_static(br#"{"name": "rex", "colour": "red"}"#);
    let facts = read_error(api.service(), &Mock::of([Arc::clone(&api)]).answer(&sent));
    assert!(facts.message.unwrap().contains("colour: the spec has no such member"));
}

fn facts(service: &ServiceSchema, answer: &Response<Bytes>) -> (u16, String, String) {
    let facts = read_error(service, answer);
    let shape = facts.shape.unwrap_or_default();
    (answer.status().as_u16(), facts.code.unwrap_or_default(), shape)
}

#[test]
fn errors_come_as_each_protocol_has_them() {
    let api = api();
    let mock = Mock::of([Arc::clone(&api)]);
    for service in in_each_protocol(&api) {
        // Smithy RPC v2 knows no code but the structure's name.
        let cbor = service.protocol == Protocol::RpcV2Cbor;
        let ouch = if cbor { "Bitten" } else { "Ouch" };
        for asked in ["Bitten", "Ouch"] {
            let mut sent = request(&api, &service, &json!({"name": "rex"}));
            sent.headers_mut().insert("x-typefoundry-error", asked.parse().unwrap());
            let answer = mock.answer(&sent);
            let expected = (409, ouch.to_owned(), "Bitten".to_owned());
            if cbor {
                assert_eq!(facts(&service, &answer).1, ouch, "{answer:?}");
            } else {
                assert_eq!(facts(&service, &answer), expected, "{answer:?}");
            }
        }
        let sent = request(&api, &service, &json!({"name": "rex"}));
        let throttled = mock.clone().fault("throttle".parse().unwrap()).answer(&sent);
        assert!(facts(&service, &throttled).1.starts_with("Throttling"), "{throttled:?}");
        let down = mock.clone().fault("503:1".parse().unwrap()).answer(&sent);
        assert_eq!(down.status(), 503);
        let told = mock.clone().on("PutPet", |request| {
            assert_eq!(request.input.get("name").and_then(|name| name.as_str()), Some("rex"));
            MockAnswer::error_with("Bitten", json!({"message": "in the leg"}))
        });
        let answer = told.answer(&sent);
        assert_eq!(answer.status(), 409);
        assert_eq!(read_error(&service, &answer).message.as_deref(), Some("in the leg"));
    }
}

#[test]
fn an_answer_that_does_not_fit_is_the_mocks_own_error() {
    let api = api();
    let mock = Mock::of([Arc::clone(&api)]);
    let sent = request(&api, api.service(), &json!({"name": "rex"}));
    for output in [json!({"nmae": "rex"}), json!({"name": 7})] {
        let told = mock.clone().on("PutPet", move |_| MockAnswer::output(&output));
        let answer = told.answer(&sent);
        assert_eq!(answer.status(), 500);
        let message = read_error(api.service(), &answer).message.unwrap();
        assert!(message.contains("does not fit the operation"), "{message}");
    }
}
