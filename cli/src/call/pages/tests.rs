#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use super::token::Place;
use super::walk::{Keys, Leads, Walk};
use super::{Broken, Whole};
use crate::call::settings::Paging;
use typefoundry_jmespath::{Object, Value, parse_query};

/// Pages of an operation, and what becomes of them.
struct Case {
    of: &'static str,
    keys: fn() -> Keys,
    pages: &'static str,
    most: Option<i128>,
    token: Option<&'static str>,
    /// What botocore's `PageIterator.build_full_result` gives for the same pages, or its error
    whole: &'static str,
    /// What it asks with
    asked: &'static str,
}

fn texts(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn keys(tokens: &[(&str, &str)], more: Option<&str>, results: &[&str], first: &[&str]) -> Keys {
    let outputs = tokens.iter().map(|(_, output)| parse_query(output).expect("an expression"));
    Keys {
        inputs: tokens.iter().map(|(input, _)| (*input).to_owned()).collect(),
        leads: Leads::Tokens { outputs: outputs.collect(), more: more.map(str::to_owned) },
        results: texts(results),
        first: texts(first),
        knows_bytes: false,
    }
}

fn simple() -> Keys {
    keys(&[("nextToken", "nextToken")], None, &["channels"], &[])
}

fn several() -> Keys {
    let tokens = [("Marker", "NextMarker || Items[-1].Key"), ("Version", "NextVersion")];
    let results = ["Items", "Prefixes", "Count", "Text"];
    keys(&tokens, Some("IsTruncated"), &results, &["Name", "Deep.Owner"])
}

fn dynamodb() -> Keys {
    let tokens = [("ExclusiveStartKey", "LastEvaluatedKey")];
    let keys = keys(&tokens, None, &["Items", "Count"], &["ConsumedCapacity"]);
    Keys { knows_bytes: true, ..keys }
}

fn objects(json: &str) -> Vec<Object> {
    let Some(Value::List(pages)) = Value::from_json(json) else { panic!("{json} is a list") };
    let object = |page| match page {
        Value::Object(page) => page,
        page => panic!("{page} is an object"),
    };
    pages.into_iter().map(object).collect()
}

fn told(broken: Broken) -> String {
    match broken {
        Broken::Token(message) => message,
        Broken::Pages(message) => format!("Error during pagination: {message}"),
    }
}

/// The whole, or what went wrong; and what was asked with.
fn walked(keys: Keys, pages: &str, options: &Paging) -> (Result<Object, String>, String) {
    let mut asked = Vec::new();
    let mut whole = Whole::new(&keys.results, true);
    let mut input = Object::new();
    let mut walk = match Walk::new(keys, options) {
        Ok(walk) => walk,
        Err(broken) => return (Err(told(broken)), "[]".to_owned()),
    };
    for mut page in objects(pages) {
        for (name, token) in walk.asks().into_iter().flatten() {
            input.remove(name);
            if let Some(token) = token {
                input.insert(name, token.clone());
            }
        }
        asked.push(Value::Object(input.clone()));
        let more = walk.take(&mut page);
        match more {
            Ok(_) => whole.add(&mut page),
            Err(broken) => {
                return (Err(told(broken)), Value::List(asked).to_json(", ", ": "));
            }
        }
        if let Ok(false) = more {
            break;
        }
    }
    let whole = whole.finish(walk.first().clone(), walk.token());
    (Ok(whole), Value::List(asked).to_json(", ", ": "))
}

#[test]
fn pages_are_walked_as_botocore_does() {
    for case in CASES {
        let options = Paging {
            max_items: case.most,
            starting_token: case.token.map(str::to_owned),
            ..Paging::default()
        };
        let (whole, asked) = walked((case.keys)(), case.pages, &options);
        let whole = match whole {
            Ok(whole) => Value::Object(whole).to_json(", ", ": "),
            Err(message) => message,
        };
        assert_eq!(whole, case.whole, "{}", case.of);
        assert_eq!(asked, case.asked, "{}", case.of);
    }
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case {
        of: "all",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: None,
        whole: r#"{"channels": [1, 2, 3, 4, 5]}"#,
        asked: r#"[{}, {"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "max 3",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(3),
        token: None,
        whole: r#"{"channels": [1, 2, 3], "NextToken": "eyJuZXh0VG9rZW4iOiAidDIiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="}"#,
        asked: r#"[{}, {"nextToken": "t2"}]"#,
    },
    Case {
        of: "max 2, a boundary",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(2),
        token: None,
        whole: r#"{"channels": [1, 2], "NextToken": "eyJuZXh0VG9rZW4iOiAidDIifQ=="}"#,
        asked: "[{}]",
    },
    Case {
        of: "max 5, the end",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(5),
        token: None,
        whole: r#"{"channels": [1, 2, 3, 4, 5]}"#,
        asked: r#"[{}, {"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "max 1",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(1),
        token: None,
        whole: r#"{"channels": [1], "NextToken": "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="}"#,
        asked: "[{}]",
    },
    Case {
        of: "max 0",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(0),
        token: None,
        whole: r#"{"channels": [], "NextToken": "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAwfQ=="}"#,
        asked: "[{}]",
    },
    Case {
        of: "max -1",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(-1),
        token: None,
        whole: r#"{"channels": [1], "NextToken": "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAtMX0="}"#,
        asked: "[{}]",
    },
    Case {
        of: "max far below 0",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(-1 << 96),
        token: None,
        // {"nextToken": null, "boto_truncate_amount": -9223372036854775808}
        whole: r#"{"channels": [], "NextToken": "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAtOTIyMzM3MjAzNjg1NDc3NTgwOH0="}"#,
        asked: "[{}]",
    },
    Case {
        of: "resumed in a page",
        keys: simple,
        pages: r#"[{"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("eyJuZXh0VG9rZW4iOiAidDIiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="),
        whole: r#"{"channels": [4, 5]}"#,
        asked: r#"[{"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "resumed and cut again",
        keys: simple,
        pages: r#"[{"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(1),
        token: Some("eyJuZXh0VG9rZW4iOiAidDIiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="),
        whole: r#"{"channels": [4], "NextToken": "eyJuZXh0VG9rZW4iOiAidDMifQ=="}"#,
        asked: r#"[{"nextToken": "t2"}]"#,
    },
    Case {
        of: "resumed and cut in the same page",
        keys: simple,
        pages: r#"[{"channels": [1, 2, 3, 4], "nextToken": "t"}]"#,
        most: Some(2),
        token: Some("eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="),
        whole: r#"{"channels": [2, 3], "NextToken": "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAzfQ=="}"#,
        asked: "[{}]",
    },
    Case {
        of: "resumed at a boundary",
        keys: simple,
        pages: r#"[{"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("eyJuZXh0VG9rZW4iOiAidDIifQ=="),
        whole: r#"{"channels": [3, 4, 5]}"#,
        asked: r#"[{"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "raw",
        keys: simple,
        pages: r#"[{"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("1"),
        whole: r#"{"channels": [3, 4, 5]}"#,
        asked: r#"[{"nextToken": "1"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "legacy",
        keys: simple,
        pages: r#"[{"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("t2___1"),
        whole: r#"{"channels": [4, 5]}"#,
        asked: r#"[{"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "legacy none",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("None___1"),
        whole: r#"{"channels": [2, 3, 4, 5]}"#,
        asked: r#"[{}, {"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "legacy that is none",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("a___b"),
        whole: r#"{"channels": [1, 2, 3, 4, 5]}"#,
        asked: r#"[{"nextToken": "a___b"}, {"nextToken": "t2"}, {"nextToken": "t3"}]"#,
    },
    Case {
        of: "too many parts",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: None,
        token: Some("a___b___c"),
        whole: "Bad starting token: a___b___c",
        asked: "[]",
    },
    Case {
        of: "foreign names",
        keys: simple,
        pages: r#"[{"channels": [1, 2], "nextToken": "t2", "x": 0}, {"channels": [3, 4], "nextToken": "t3"}, {"channels": [5]}]"#,
        most: Some(1),
        token: Some("eyJPdGhlciI6ICJ0MiJ9"),
        whole: "Bad starting token: {'Other': 't2', 'boto_truncate_amount': 1}",
        asked: r#"[{"Other": "t2"}]"#,
    },
    Case {
        of: "same token",
        keys: simple,
        pages: r#"[{"channels": [1], "nextToken": "x"}, {"channels": [1], "nextToken": "x"}, {"channels": [1], "nextToken": "x"}, {"channels": [1], "nextToken": "x"}]"#,
        most: None,
        token: None,
        whole: "Error during pagination: The same next token was received twice: {'nextToken': 'x'}",
        asked: r#"[{}, {"nextToken": "x"}]"#,
    },
    Case {
        of: "empty token",
        keys: simple,
        pages: r#"[{"channels": [1], "nextToken": ""}]"#,
        most: None,
        token: None,
        whole: r#"{"channels": [1]}"#,
        asked: "[{}]",
    },
    Case {
        of: "no items",
        keys: simple,
        pages: r#"[{"nextToken": "t"}, {}]"#,
        most: None,
        token: None,
        whole: "{}",
        asked: r#"[{}, {"nextToken": "t"}]"#,
    },
    Case {
        of: "several",
        keys: several,
        pages: r#"[{"Items": [{"Key": "a"}, {"Key": "b"}], "Prefixes": ["p"], "Count": 2, "Text": "ab", "IsTruncated": true, "NextVersion": 7, "Name": "n"}, {"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: None,
        token: None,
        whole: r#"{"Items": [{"Key": "a"}, {"Key": "b"}, {"Key": "c"}], "Prefixes": ["p", "q"], "Count": 3, "Text": "abc", "Name": "n", "Deep": {"Owner": null}}"#,
        asked: r#"[{}, {"Marker": "b", "Version": 7}]"#,
    },
    Case {
        of: "several max 1",
        keys: several,
        pages: r#"[{"Items": [{"Key": "a"}, {"Key": "b"}], "Prefixes": ["p"], "Count": 2, "Text": "ab", "IsTruncated": true, "NextVersion": 7, "Name": "n"}, {"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: Some(1),
        token: None,
        whole: r#"{"Items": [{"Key": "a"}], "Prefixes": ["p"], "Count": 2, "Text": "ab", "Name": "n", "Deep": {"Owner": null}, "NextToken": "eyJNYXJrZXIiOiBudWxsLCAiVmVyc2lvbiI6IG51bGwsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9"}"#,
        asked: "[{}]",
    },
    Case {
        of: "several max 2",
        keys: several,
        pages: r#"[{"Items": [{"Key": "a"}, {"Key": "b"}], "Prefixes": ["p"], "Count": 2, "Text": "ab", "IsTruncated": true, "NextVersion": 7, "Name": "n"}, {"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: Some(2),
        token: None,
        whole: r#"{"Items": [{"Key": "a"}, {"Key": "b"}], "Prefixes": ["p"], "Count": 2, "Text": "ab", "Name": "n", "Deep": {"Owner": null}, "NextToken": "eyJNYXJrZXIiOiAiYiIsICJWZXJzaW9uIjogN30="}"#,
        asked: "[{}]",
    },
    Case {
        of: "several resumed",
        keys: several,
        pages: r#"[{"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: None,
        token: Some("eyJNYXJrZXIiOiAiYiIsICJWZXJzaW9uIjogNywgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMH0="),
        whole: r#"{"Items": [{"Key": "c"}], "Prefixes": [], "Count": 1, "Text": "", "Name": "m", "Deep": {"Owner": null}}"#,
        asked: r#"[{"Marker": "b", "Version": 7}]"#,
    },
    Case {
        of: "several legacy",
        keys: several,
        pages: r#"[{"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: None,
        token: Some("b___7"),
        whole: r#"{"Items": [{"Key": "c"}], "Prefixes": [], "Count": 1, "Text": "", "Name": "m", "Deep": {"Owner": null}}"#,
        asked: r#"[{"Marker": "b", "Version": "7"}]"#,
    },
    Case {
        of: "several legacy cut",
        keys: several,
        pages: r#"[{"Items": [{"Key": "c"}], "Prefixes": ["q"], "Count": 1, "Text": "c", "IsTruncated": false, "Name": "m", "NextMarker": "z"}]"#,
        most: None,
        token: Some("b___None___1"),
        whole: r#"{"Items": [], "Prefixes": [], "Count": 1, "Text": "", "Name": "m", "Deep": {"Owner": null}}"#,
        asked: r#"[{"Marker": "b"}]"#,
    },
    Case {
        of: "dynamodb",
        keys: dynamodb,
        pages: r#"[{"Items": [{"k": {"S": "\u00e9"}}], "Count": 1, "LastEvaluatedKey": {"k": {"S": "\u00e9"}, "n": {"N": "1"}}}, {"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 2}]"#,
        most: None,
        token: None,
        whole: r#"{"Items": [{"k": {"S": "\u00e9"}}, {"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 3, "ConsumedCapacity": null}"#,
        asked: r#"[{}, {"ExclusiveStartKey": {"k": {"S": "\u00e9"}, "n": {"N": "1"}}}]"#,
    },
    Case {
        of: "dynamodb max 1",
        keys: dynamodb,
        pages: r#"[{"Items": [{"k": {"S": "\u00e9"}}], "Count": 1, "LastEvaluatedKey": {"k": {"S": "\u00e9"}, "n": {"N": "1"}}}, {"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 2}]"#,
        most: Some(1),
        token: None,
        whole: r#"{"Items": [{"k": {"S": "\u00e9"}}], "Count": 1, "ConsumedCapacity": null, "NextToken": "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiUyI6ICJcdTAwZTkifSwgIm4iOiB7Ik4iOiAiMSJ9fX0="}"#,
        asked: "[{}]",
    },
    Case {
        of: "dynamodb max 2",
        keys: dynamodb,
        pages: r#"[{"Items": [{"k": {"S": "\u00e9"}}], "Count": 1, "LastEvaluatedKey": {"k": {"S": "\u00e9"}, "n": {"N": "1"}}}, {"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 2}]"#,
        most: Some(2),
        token: None,
        whole: r#"{"Items": [{"k": {"S": "\u00e9"}}, {"k": {"S": "b"}}], "Count": 3, "ConsumedCapacity": null, "NextToken": "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiUyI6ICJcdTAwZTkifSwgIm4iOiB7Ik4iOiAiMSJ9fSwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMX0="}"#,
        asked: r#"[{}, {"ExclusiveStartKey": {"k": {"S": "\u00e9"}, "n": {"N": "1"}}}]"#,
    },
    Case {
        of: "encoded",
        keys: dynamodb,
        pages: r#"[{"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 2}]"#,
        most: None,
        token: Some("eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiQiI6ICJhR2s9In19LCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxLCAiYm90b19lbmNvZGVkX2tleXMiOiBbWyJFeGNsdXNpdmVTdGFydEtleSIsICJrIiwgIkIiXV19"),
        whole: r#"{"Items": [{"k": {"S": "c"}}], "Count": 2, "ConsumedCapacity": null}"#,
        asked: r#"[{"ExclusiveStartKey": {"k": {"B": "aGk="}}}]"#,
    },
    Case {
        of: "bytes in a key",
        keys: dynamodb,
        pages: BYTES,
        most: Some(1),
        token: None,
        whole: r#"{"Items": [{"k": {"B": "Qg=="}}], "Count": 1, "ConsumedCapacity": null, "NextToken": "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiQiI6ICJRZz09In0sICJuIjogeyJOIjogIjEifSwgImIiOiB7IkIiOiAiUXc9PSJ9fSwgImJvdG9fZW5jb2RlZF9rZXlzIjogW1siRXhjbHVzaXZlU3RhcnRLZXkiLCAiayIsICJCIl0sIFsiRXhjbHVzaXZlU3RhcnRLZXkiLCAiYiIsICJCIl1dfQ=="}"#,
        asked: "[{}]",
    },
    Case {
        of: "bytes in a key, in the middle of a page",
        keys: dynamodb,
        pages: BYTES,
        most: Some(2),
        token: None,
        whole: r#"{"Items": [{"k": {"B": "Qg=="}}, {"k": {"S": "b"}}], "Count": 3, "ConsumedCapacity": null, "NextToken": "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiQiI6ICJRZz09In0sICJuIjogeyJOIjogIjEifSwgImIiOiB7IkIiOiAiUXc9PSJ9fSwgImJvdG9fdHJ1bmNhdGVfYW1vdW50IjogMSwgImJvdG9fZW5jb2RlZF9rZXlzIjogW1siRXhjbHVzaXZlU3RhcnRLZXkiLCAiayIsICJCIl0sIFsiRXhjbHVzaXZlU3RhcnRLZXkiLCAiYiIsICJCIl1dfQ=="}"#,
        asked: r#"[{}, {"ExclusiveStartKey": {"k": {"B": "Qg=="}, "n": {"N": "1"}, "b": {"B": "Qw=="}}}]"#,
    },
    Case {
        of: "bytes in a token, and in the next one",
        keys: dynamodb,
        pages: r#"[{"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}, {"k": {"S": "d"}}], "Count": 3}]"#,
        most: Some(1),
        token: Some("eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiQiI6ICJhR2s9In19LCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxLCAiYm90b19lbmNvZGVkX2tleXMiOiBbWyJFeGNsdXNpdmVTdGFydEtleSIsICJrIiwgIkIiXV19"),
        whole: r#"{"Items": [{"k": {"S": "c"}}], "Count": 3, "ConsumedCapacity": null, "NextToken": "eyJFeGNsdXNpdmVTdGFydEtleSI6IHsiayI6IHsiQiI6ICJhR2s9In19LCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyLCAiYm90b19lbmNvZGVkX2tleXMiOiBbWyJFeGNsdXNpdmVTdGFydEtleSIsICJrIiwgIkIiXV19"}"#,
        asked: r#"[{"ExclusiveStartKey": {"k": {"B": "aGk="}}}]"#,
    },
];

/// Two pages, with bytes in the key between them.
const BYTES: &str = r#"[{"Items": [{"k": {"B": "Qg=="}}], "Count": 1, "LastEvaluatedKey": {"k": {"B": "Qg=="}, "n": {"N": "1"}, "b": {"B": "Qw=="}}}, {"Items": [{"k": {"S": "b"}}, {"k": {"S": "c"}}], "Count": 2}]"#;

/// What research of the AWS CLI found it to print, to the byte.
#[test]
fn a_token_is_that_of_the_aws_cli() {
    let mut place = Place::start(&texts(&["nextToken"]));
    place.tokens.insert("nextToken", Value::from("1"));
    place.skipped = 1;
    assert_eq!(
        place.write(&texts(&["nextToken"]), true).as_deref(),
        Ok("eyJuZXh0VG9rZW4iOiAiMSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9")
    );
}

#[test]
fn numbered_pages_end_with_the_total_and_can_be_resumed() {
    let numbers = |first| Keys {
        inputs: texts(&["pageNo"]),
        leads: Leads::Numbers { total: Some("total".to_owned()), first, size: None },
        results: texts(&["content"]),
        first: Vec::new(),
        knows_bytes: false,
    };
    let pages = r#"[{"content": [1, 2], "total": 5}, {"content": [3, 4], "total": 5}, {"content": [5], "total": 5}]"#;
    let (whole, asked) = walked(numbers(1), pages, &Paging::default());
    let whole = whole.map(|whole| Value::Object(whole).to_json(", ", ": "));
    assert_eq!(whole.as_deref(), Ok(r#"{"content": [1, 2, 3, 4, 5]}"#));
    assert_eq!(asked, r#"[{}, {"pageNo": 2}, {"pageNo": 3}]"#);
    let options = Paging { max_items: Some(3), ..Paging::default() };
    let (whole, _) = walked(numbers(1), pages, &options);
    let whole = whole.expect("pages");
    assert_eq!(whole.get("content").map(Value::to_string).as_deref(), Some("[1, 2, 3]"));
    let Some(Value::Text(token)) = whole.get("NextToken") else { panic!("a token") };
    let options = Paging { starting_token: Some(token.clone()), ..Paging::default() };
    let rest = r#"[{"content": [3, 4], "total": 5}, {"content": [5], "total": 5}]"#;
    let (whole, asked) = walked(numbers(1), rest, &options);
    let whole = whole.map(|whole| Value::Object(whole).to_json(", ", ": "));
    assert_eq!(whole.as_deref(), Ok(r#"{"content": [4, 5]}"#));
    assert_eq!(asked, r#"[{"pageNo": 2}, {"pageNo": 3}]"#);
}

/// botocore keeps only the first page of a map. Here nothing is lost, unless its form is asked for.
#[test]
fn maps_grow() {
    for (loses_maps, expected) in
        [(false, r#"{"m": {"a": [1, 2], "b": 1, "c": 2}}"#), (true, r#"{"m": {"a": [1], "b": 1}}"#)]
    {
        let mut whole = Whole::new(&texts(&["m"]), loses_maps);
        for mut page in objects(r#"[{"m": {"a": [1], "b": 1}}, {"m": {"c": 2, "a": [2]}}]"#) {
            whole.add(&mut page);
        }
        let whole = whole.finish(Object::new(), None);
        assert_eq!(Value::Object(whole).to_json(", ", ": "), expected);
    }
}
