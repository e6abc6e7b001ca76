use super::body::unpacked;
use super::fault::MockFault;
use super::route::bucket_of_host;
use super::{Mock, MockAnswer};
use crate::dynamic::Api;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn faults_are_read_as_they_are_written() {
    let good = [
        ("throttle:0.1", "throttle:0.1"),
        ("throttle", "throttle:1"),
        ("error:ConflictException:0.5", "error:ConflictException:0.5"),
        ("error:A.b", "error:A.b:1"),
        ("503:0.25", "503:0.25"),
        ("reset:0", "reset:0"),
        ("slow:250:0.5", "slow:250:0.5"),
        ("slow:0", "slow:0:1"),
    ];
    for (text, shown) in good {
        assert_eq!(text.parse::<MockFault>().unwrap().to_string(), shown);
    }
    for bad in [
        "",
        "often",
        "throttle:2",
        "throttle:-1",
        "throttle:x",
        "error",
        "error::1",
        "200",
        "600",
        "slow",
        "slow:x",
        "reset:NaN",
        "throttle:1:1",
    ] {
        let error = bad.parse::<MockFault>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("`{bad}` is no fault")), "{error}");
    }
}

#[test]
fn faults_hit_as_often_as_their_rate_says() {
    let hits = |rate: f64, seed: u64| {
        let fault = MockFault::throttle(rate);
        (0..10_000).filter(|request| fault.hits(seed, *request, 0)).count()
    };
    assert_eq!((hits(0.0, 1), hits(1.0, 1)), (0, 10_000));
    assert!((900..1100).contains(&hits(0.1, 1)), "{}", hits(0.1, 1));
    let fault = MockFault::reset(0.5);
    let hit = |seed| (0..64).map(|request| fault.hits(seed, request, 0)).collect::<Vec<_>>();
    assert_eq!(hit(7), hit(7));
    assert_ne!(hit(7), hit(8));
}

/// Of several faults, the first that hits a request counts.
#[test]
fn the_first_fault_counts() {
    let cases = [
        (["throttle:1", "reset:1"], Some(429)),
        (["503:1", "reset:1"], Some(503)),
        (["reset:1", "throttle:1"], None),
        (["reset:0", "throttle:1"], Some(429)),
        (["slow:0:1", "503:1"], Some(503)),
    ];
    for (faults, expected) in cases {
        let mock = faults.iter().fold(lists(), |mock, fault| mock.fault(fault.parse().unwrap()));
        let request = Request::post("/token").body(Bytes::from_static(b"{}")).unwrap();
        let status = mock.reply(&request, true).response.map(|answer| answer.status().as_u16());
        assert_eq!(status, expected, "{faults:?}");
    }
}

#[test]
fn buckets_stand_in_front_of_hosts() {
    let cases = [
        ("pets.localhost", Some("pets")),
        ("my.pets.localhost", Some("my.pets")),
        ("pets.s3.eu-west-1.amazonaws.com", Some("pets")),
        ("pets.s3-accelerate.amazonaws.com", Some("pets")),
        ("localhost", None),
        ("s3.localhost", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("s3.eu-west-1.amazonaws.com", None),
        ("mock.example", None),
        ("", None),
    ];
    for (host, bucket) in cases {
        assert_eq!(bucket_of_host(host).as_deref(), bucket, "{host}");
    }
}

#[test]
fn chunks_are_put_together() {
    let signed =
        "5;chunk-signature=ab\r\nhello\r\n1\r\n!\r\n0;chunk-signature=cd\r\nx-amz-a:b\r\n\r\n";
    let cases = [
        (signed, Some("hello!")),
        ("0\r\n\r\n", Some("")),
        ("5\r\nhel", None),
        ("5\r\nhello", None),
        ("x\r\n", None),
        ("ffffffffffffffff\r\na", None),
        ("", None),
    ];
    for (body, plain) in cases {
        let mut request = Request::new(Bytes::from(body));
        request.headers_mut().insert("content-encoding", "aws-chunked".parse().unwrap());
        let unpacked = unpacked(&request, true).ok();
        assert_eq!(unpacked.as_deref(), plain.map(str::as_bytes), "{body}");
    }
}

const SPEC: &str = r#"{
  "typefoundry": "1",
  "service": {
    "id": "test/lists", "title": "Lists", "version": "1", "docs": "Lists.",
    "protocol": "rest", "auth": {"none": {}}, "endpoint": {"url": "https://lists.example"}
  },
  "operations": {
    "ByToken": {
      "http": "POST /token", "docs": "By token.",
      "input": {"next": "Token", "size": "integer"},
      "output": {"next": "Token", "items": "Items", "also": "Items"},
      "pages": {"token": ["next", "next"], "size": "size", "items": "items", "others": ["also"]}
    },
    "ByKey": {
      "http": "POST /key", "docs": "By the last item.",
      "input": {"after": "string"},
      "output": {"box": "Box", "more": "boolean"},
      "pages": {"token": ["after", "box.items[-1].id"], "more": "more", "items": "box.items"}
    },
    "ByLast": {
      "http": "POST /last", "docs": "By the last item, until there is none.",
      "input": {"after": "string"},
      "output": {"items": "Items"},
      "pages": {"token": ["after", "items[-1].id"], "items": "items"}
    },
    "ByMap": {
      "http": "POST /map", "docs": "By a map.",
      "input": {"start": "Start"},
      "output": {"last": "Start", "items": "Items"},
      "pages": {"token": ["start", "last"], "items": "items"}
    },
    "ByNumber": {
      "http": "POST /number", "docs": "By number.",
      "input": {"page": "integer", "size": "integer"},
      "output": {"total": "integer", "items": "Items"},
      "pages": {"number": "page", "total": "total", "size": "size", "items": "items"},
      "examples": [
        {"title": "Two", "input": {"page": 1}, "output": {"total": 2, "items": [{"id": "a"}, {"id": "b"}]}}
      ]
    }
  },
  "shapes": {
    "Token": {"type": "string", "length": {"min": 40, "max": 99}, "docs": "A token."},
    "Items": {"list": "Item", "docs": "Items."},
    "Item": {"structure": {"id": "string"}, "docs": "An item."},
    "Box": {"structure": {"items": "Items"}, "docs": "A box."},
    "Start": {"map": "string", "docs": "A place."}
  }
}"#;

fn ask(mock: &Mock, path: &str, input: &Value) -> Value {
    let request = Request::post(path).body(Bytes::from(input.to_string())).unwrap();
    let answer = mock.answer(&request);
    assert_eq!(answer.status(), 200, "{path} {input} {answer:?}");
    serde_json::from_slice(answer.body()).unwrap()
}

fn lists() -> Mock {
    let api = Api::load("lists.json", SPEC).unwrap_or_else(|error| panic!("{error}"));
    Mock::of([Arc::new(api)]).items(5)
}

/// What a client's pager does: a pointer to the items, one to the token and what is sent with it.
fn turned(mock: &Mock, path: &str, items: &str, token: &str, next: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut input = json!({});
    loop {
        let page = ask(mock, path, &input);
        let found = page.pointer(items).and_then(Value::as_array).cloned().unwrap_or_default();
        let ids = found.iter().map(|item| item["id"].as_str().unwrap().to_owned());
        pages.push(ids.collect());
        let ended = page.get("more") == Some(&json!(false));
        let last = found.len().saturating_sub(1).to_string();
        let found = page.pointer(&token.replace("LAST", &last)).filter(|_| !ended);
        assert!(pages.len() < 9, "{path}: {pages:?}");
        let Some(found) = found else { return pages };
        input = json!({ next: found });
    }
}

#[test]
fn pages_have_each_item_once_and_end() {
    let mock = lists();
    let cases = [
        ("/token", "/items", "/next", "next", vec![2, 2, 1]),
        ("/key", "/box/items", "/box/items/LAST/id", "after", vec![2, 2, 1]),
        ("/last", "/items", "/items/LAST/id", "after", vec![2, 2, 1, 0]),
        ("/map", "/items", "/last", "start", vec![2, 2, 1]),
    ];
    for (path, items, token, next, sizes) in cases {
        let pages = turned(&mock, path, items, token, next);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "{path}");
        let mut all = pages.concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 5, "{path}: {pages:?}");
    }
    let page = ask(&mock, "/token", &json!({"size": 4}));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(4));
    assert!(page["also"].is_array(), "{page}");
    let page = ask(&mock, "/token", &json!({"next": page["next"]}));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    assert!(page.get("also").is_none() && page.get("next").is_none(), "{page}");
    // A token of somebody else's leads to the last page.
    let page = ask(&mock, "/token", &json!({"next": "x".repeat(50)}));
    assert!(page.get("next").is_none(), "{page}");
}

#[test]
fn numbered_pages_begin_with_the_examples_items() {
    let mock = lists();
    let first = ask(&mock, "/number", &json!({"page": 1, "size": 3}));
    assert_eq!(first["total"], 5);
    assert_eq!((&first["items"][0]["id"], &first["items"][1]["id"]), (&json!("a"), &json!("b")));
    let second = ask(&mock, "/number", &json!({"page": 2, "size": 3}));
    assert_eq!(second["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(ask(&mock, "/number", &json!({"page": 9}))["items"], json!([]));
}

const GOODS: &str = r#"{
  "typefoundry": "1",
  "service": {
    "id": "test/goods", "title": "Goods", "version": "1", "docs": "Goods.",
    "protocol": "rest", "auth": {"none": {}}, "endpoint": {"url": "https://goods.example"}
  },
  "operations": {
    "ListGoods": {
      "http": "POST /goods", "docs": "Goods, as if in folders.",
      "input": {"Delimiter": "string"},
      "output": {"Goods": "Goods", "CommonPrefixes": "Groups"}
    }
  },
  "waiters": {
    "GoodsExist": {
      "operation": "ListGoods", "docs": "There are any.", "delay": 1, "attempts": 2,
      "acceptors": [{"state": "success", "matcher": "path", "path": "length(Goods[]) > `0`", "expected": true}]
    },
    "GoodsSold": {
      "operation": "ListGoods", "docs": "All are sold.", "delay": 1, "attempts": 2,
      "acceptors": [
        {"state": "retry", "matcher": "pathAny", "path": "Goods[].State.Name", "expected": "made"},
        {"state": "success", "matcher": "pathAll", "path": "Goods[].State.Name", "expected": "sold"}
      ]
    }
  },
  "shapes": {
    "Goods": {"list": "Good", "length": {"min": 2}, "docs": "Goods."},
    "Good": {"structure": {"Arn": "Arn", "State": "State"}, "docs": "A good."},
    "Arn": {"type": "string", "pattern": "^arn:goods:[0-9]{12}$", "docs": "Its name."},
    "State": {"structure": {"Name": "StateName"}, "docs": "Its state."},
    "StateName": {"enum": {"made": "Made.", "sold": "Sold."}, "docs": "A state's name."},
    "Groups": {"list": "Group", "docs": "Groups."},
    "Group": {"structure": {"Prefix": "string"}, "docs": "A group."}
  }
}"#;

#[test]
fn outputs_are_what_their_first_waiter_waits_for() {
    let api = Api::load("goods.json", GOODS).unwrap_or_else(|error| panic!("{error}"));
    let mock = Mock::of([Arc::new(api)]);
    let plain = ask(&mock, "/goods", &json!({}));
    assert_eq!(plain["Goods"][0]["State"], json!({"Name": "sold"}), "{plain}");
    assert_eq!(plain["Goods"][1]["State"], json!({"Name": "sold"}), "{plain}");
    // Names stand in groups if it is said what separates them.
    assert!(plain.get("CommonPrefixes").is_none(), "{plain}");
    let grouped = ask(&mock, "/goods", &json!({"Delimiter": "/"}));
    assert_eq!(grouped["CommonPrefixes"], json!([{"Prefix": "Prefix/"}]));
    let arn = plain["Goods"][0]["Arn"].as_str().unwrap();
    assert_eq!(arn.starts_with("arn:goods:"), cfg!(feature = "mock"), "{arn}");
}

#[cfg(feature = "ncp")]
#[test]
fn navers_signatures_are_checked() {
    use crate::Timestamp;
    let spec = SPEC.replace(r#""none": {}"#, r#""ncp-v2": {}"#);
    let api = Api::load("lists.json", &spec).unwrap_or_else(|error| panic!("{error}"));
    let mock = Mock::of([Arc::new(api)]).verify("id", "secret");
    let now = Timestamp::now();
    let ask = |id: &str, secret: &str, time: Timestamp, change: &dyn Fn(&mut Request<Bytes>)| {
        let mut request = Request::post("/key?a=b").body(Bytes::from("{}")).unwrap();
        crate::ncp::signature::sign(&mut request, id, secret, time).unwrap();
        change(&mut request);
        mock.answer(&request)
    };
    let plainly = |_: &mut Request<Bytes>| {};
    assert_eq!(ask("id", "secret", now, &plainly).status(), 200);
    let late = Timestamp::from_seconds(now.seconds() - 301).unwrap();
    let without = |request: &mut Request<Bytes>| {
        request.headers_mut().remove("x-ncp-apigw-signature-v2");
    };
    let elsewhere = |request: &mut Request<Bytes>| {
        *request.uri_mut() = "/key?a=c".parse().unwrap();
    };
    let answers = [
        (ask("id", "another", now, &plainly), "the signature is not that"),
        (ask("nobody", "secret", now, &plainly), "not one that the mock was told"),
        (ask("id", "secret", late, &plainly), "five minutes"),
        (ask("id", "secret", now, &without), "there is no header"),
        (ask("id", "secret", now, &elsewhere), "the signature is not that"),
    ];
    for (answer, why) in answers {
        let said = String::from_utf8_lossy(answer.body());
        assert!(answer.status() == 401 && said.contains(why), "{why}: {answer:?}");
    }
}

/// Items are made for the page that is asked for.
#[test]
fn a_page_of_very_many_items_is_made_at_once() {
    let mock = lists().items(usize::MAX);
    let page = ask(&mock, "/token", &json!({}));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
    let page = ask(&mock, "/number", &json!({"page": 1_000_000_000, "size": 3}));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(3));
    let most = ask(&mock, "/token", &json!({"size": 2_000_000_000}));
    assert_eq!(most["items"].as_array().map(Vec::len), Some(10_000));
}

#[test]
fn what_was_asked_is_kept_and_shared() {
    let mock = lists().on("ByKey", |_| MockAnswer::output(json!({"more": true})));
    ask(&mock.clone(), "/key", &json!({"after": "x"}));
    let requests = mock.requests();
    assert_eq!(requests[0].operation, "ByKey");
    assert_eq!(requests[0].input.to_json(), r#"{"after":"x"}"#);
    assert_eq!(mock.requests().len(), 1);

    let mock = lists().kept(0).on("ByKey", |request| {
        MockAnswer::output(json!({"more": request.input.get("after").is_some()}))
    });
    ask(&mock, "/token", &json!({}));
    assert_eq!(ask(&mock, "/key", &json!({"after": "x"}))["more"], true, "handlers are told");
    assert!(mock.requests().is_empty(), "nothing is kept");
}

/// The errors of S3 have nothing around them, say why, and name the request as the header does.
#[test]
fn errors_of_s3_are_the_root() {
    const OBJECTS: &str = r#"{
      "typefoundry": "1",
      "service": {
        "id": "test/objects", "title": "Objects", "version": "2006-03-01", "docs": "Objects.",
        "protocol": "rest-xml", "auth": {"sigv4": {"name": "s3"}}, "traits": ["no-error-wrapping"],
        "endpoint": {"url": "https://objects.example"}
      },
      "operations": {
        "GetObject": {"http": "GET /k", "docs": "Gets one.", "errors": ["NoSuchKey"]}
      },
      "shapes": {"NoSuchKey": {"error": {"status": 404}, "structure": {}, "docs": "There is none."}}
    }"#;
    let api = Api::load("objects.json", OBJECTS).unwrap_or_else(|error| panic!("{error}"));
    let mock = Mock::of([Arc::new(api)]).items(1);
    let signed = mock.clone().verify("AKID", "secret");
    let cases = [
        (&mock, "NoSuchKey", 404, "the mock's NoSuchKey"),
        (&mock, "SlowDown", 400, "the mock was told to answer with this error"),
        (&signed, "AccessDenied", 403, "the request has no signature"),
    ];
    for (number, (mock, code, status, message)) in cases.into_iter().enumerate() {
        let request = Request::get("/k").header("x-typefoundry-error", code);
        let answer = mock.answer(&request.body(Bytes::new()).unwrap());
        let id = format!("00000000-0000-4000-8000-{number:012x}");
        assert_eq!(answer.status(), status, "{code}");
        assert_eq!(answer.headers()["x-amz-request-id"], *id, "{code}");
        assert_eq!(answer.headers()["x-amz-id-2"], "dHlwZWZvdW5kcnk=", "{code}");
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code>\
             <Message>{message}</Message><RequestId>{id}</RequestId>\
             <HostId>dHlwZWZvdW5kcnk=</HostId></Error>"
        );
        assert_eq!(answer.body(), &body);
    }
}

/// What signatures add to a form is no member of the input, and is looked at where keys are known.
#[test]
fn signatures_of_forms_are_no_members() {
    const DOMAINS: &str = r#"{
      "typefoundry": "1",
      "service": {
        "id": "test/domains", "title": "Domains", "version": "2009-04-15", "docs": "Domains.",
        "protocol": "query", "auth": {"sigv2": {}}, "endpoint": {"url": "https://domains.example"}
      },
      "operations": {
        "ListDomains": {
          "http": "POST /", "docs": "Lists them.",
          "output": {"Domains": {"type": "Domains", "flattened": true, "docs": "Domains."}}
        }
      },
      "shapes": {"Domains": {"list": {"type": "string", "wire": "Domain"}, "docs": "Domains."}}
    }"#;
    let api = Api::load("domains.json", DOMAINS).unwrap_or_else(|error| panic!("{error}"));
    let mock = Mock::of([Arc::new(api)]).items(1);
    let signed = "&AWSAccessKeyId=AKID&SignatureVersion=2&SignatureMethod=HmacSHA256\
                  &Timestamp=2013-05-24T00%3A00%3A00Z&Signature=x";
    let presigned = "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=x";
    let verifying = mock.clone().verify("AKID", "secret");
    for (mock, rest, status, told) in [
        (&mock, signed, 200, "<RequestId>00000000-0000-4000-8000-000000000000</RequestId>"),
        (&mock, presigned, 200, "<Domain>"),
        (&mock, "&Timestamp=2013-05-24T00%3A00%3A00Z", 400, "Timestamp: the spec has no such"),
        (&verifying, signed, 403, "<Message>Signature expired"),
        (&verifying, "", 403, "<Code>MissingAuthenticationToken</Code>"),
    ] {
        let request =
            Request::post("/").header("content-type", "application/x-www-form-urlencoded");
        let form = format!("Action=ListDomains&Version=2009-04-15{rest}");
        let answer = mock.answer(&request.body(Bytes::from(form)).unwrap());
        let body = String::from_utf8_lossy(answer.body()).into_owned();
        assert_eq!(answer.status(), status, "{body}");
        assert!(body.contains(told), "{body}");
    }
}
