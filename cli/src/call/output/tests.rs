#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod cases;

use super::table::{self, Look};
use super::times::Times;
use super::{json, text, yaml};
use cases::{CASES, Case};
use typefoundry_jmespath::Value;

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("UTF-8")
}

fn value(json: &str) -> Value {
    Value::from_json(json).unwrap_or_else(|| panic!("{json} is JSON"))
}

fn as_table(value: &Value, colored: bool) -> Result<String, String> {
    let mut out = Vec::new();
    let look = Look { width: 80, colored };
    table::write(&mut out, "ListChannels", value, look).expect("memory takes all")?;
    Ok(String::from_utf8(out).expect("UTF-8"))
}

#[test]
fn answers_are_put_out_as_the_aws_cli_does() {
    for Case { of, answer, json, text, table, yaml } in CASES {
        let answer = value(answer);
        assert_eq!(written(|out| json::write(out, &answer)), *json, "{of}");
        assert_eq!(written(|out| text::write(out, &answer)), *text, "{of}");
        assert_eq!(as_table(&answer, false).as_deref(), Ok(*table), "{of}");
        assert_eq!(written(|out| yaml::write(out, &answer)), *yaml, "{of}");
    }
}

/// What awscli 1.x prints with `--color on`.
#[test]
fn a_table_has_colors() {
    let answer = value(r#"{"a": [{"b": 1, "c": {"d": 2}}], "e": "x"}"#);
    assert_eq!(
        as_table(&answer, true).as_deref(),
        Ok(
            "----------------\n\u{1b}[0m\u{1b}[0m| ListChannels |\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[0m+------+-------+\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[0m|  \u{1b}[1m\u{1b}[34me\u{1b}[0m   |  \u{1b}[1m\u{1b}[34mx\u{1b}[0m    |\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[0m+------+-------+\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m|      a     |\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m+------------+\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m|      b     |\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m+------------+\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m|  \u{1b}[1m\u{1b}[34m1\u{1b}[0m         |\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m+------------+\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m|     c    |\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m+----+-----+\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m|  \u{1b}[1m\u{1b}[34md\u{1b}[0m |  \u{1b}[1m\u{1b}[34m2\u{1b}[0m  |\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m+----+-----+\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[2m\u{1b}[33m|\u{1b}[0m\u{1b}[0m\n\u{1b}[0m"
        )
    );
}

/// What is found by a query need not be an object. What awscli 1.x prints.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn anything_is_put_out() {
    let cases = [
        (
            "null",
            "null
",
            "None
",
            Ok(""),
        ),
        (
            "true",
            "true
",
            "True
",
            Ok("--------------
|ListChannels|
+------------+
"),
        ),
        (
            "false",
            "false
",
            "False
",
            Ok(""),
        ),
        (
            "0",
            "0
",
            "0
",
            Ok(""),
        ),
        (
            "3",
            "3
",
            "3
",
            Ok("--------------
|ListChannels|
+------------+
"),
        ),
        (
            "1.5",
            "1.5
",
            "1.5
",
            Ok("--------------
|ListChannels|
+------------+
"),
        ),
        (
            r#""text""#,
            r#""text"
"#,
            "text
",
            Ok("--------------
|ListChannels|
+------------+
"),
        ),
        (
            r#""""#,
            r#"""
"#,
            "
",
            Ok(""),
        ),
        (
            "[]",
            "[]
",
            "",
            Ok(""),
        ),
        ("{}", "", "", Ok("")),
        (
            "[1, 2]",
            "[
    1,
    2
]
",
            "1\t2\n",
            Ok("--------------
|ListChannels|
+------------+
|  1         |
|  2         |
+------------+
"),
        ),
        (
            "[[1], [2]]",
            "[
    [
        1
    ],
    [
        2
    ]
]
",
            "1
2
",
            Ok("--------------
|ListChannels|
+------------+
|  1         |
|  2         |
+------------+
"),
        ),
        (
            "[{}]",
            "[
    {}
]
",
            "",
            Ok("--------------
|ListChannels|
"),
        ),
        (
            r#"["a", null]"#,
            r#"[
    "a",
    null
]
"#,
            "a\tNone\n",
            Ok("--------------
|ListChannels|
+------------+
|  a         |
|  None      |
+------------+
"),
        ),
    ];
    for (answer, json, text, table) in cases {
        let value = value(answer);
        assert_eq!(written(|out| json::write(out, &value)), json, "{answer}");
        assert_eq!(written(|out| text::write(out, &value)), text, "{answer}");
        assert_eq!(as_table(&value, false).map_err(drop).as_deref(), table, "{answer}");
    }
}

#[test]
fn what_has_no_form_as_a_table_is_an_error() {
    let ragged = as_table(&value("[[1, 2], [3]]"), false);
    assert_eq!(ragged, Err("Row should have 2 elements, instead it has 1".to_owned()));
    let cases = [
        (r#"[{"a": 1}, 2]"#, "2"),
        (r#"[{"a": 1}, []]"#, "[]"),
        (r#"[{"a": [1]}, [2]]"#, "[2]"),
        (r#"[{"a": [1]}, null]"#, "None"),
    ];
    for (mixed, other) in cases {
        let message = format!("a list of objects and other values, such as {other}, is no table");
        assert_eq!(as_table(&value(mixed), false), Err(message), "{mixed}");
    }
}

/// As awscli 1.x has it: empty lists and texts have no cells that could be missed.
#[test]
fn nothing_may_stand_among_objects_without_cells() {
    let expected = "\
--------------
|ListChannels|
||     a    ||
|+----------+|
||  1       ||
|+----------+|
|ListChannels|
|ListChannels|
||     a    ||
|+----------+|
||  2       ||
|+----------+|
";
    for mixed in [r#"[{"a": [1]}, [], {"a": [2]}]"#, r#"[{"a": [1]}, "", {"a": [2]}]"#] {
        assert_eq!(as_table(&value(mixed), false).as_deref(), Ok(expected), "{mixed}");
    }
}

/// What ruamel.yaml writes as awscli 2.x has it set up.
#[test]
fn texts_are_quoted_where_yaml_would_read_something_else() {
    let cases = [
        ("a", "- a\n"),
        ("yes", "- yes\n"),
        ("true", "- 'true'\n"),
        ("null", "- 'null'\n"),
        ("~", "- '~'\n"),
        ("", "- ''\n"),
        ("1", "- '1'\n"),
        ("0o7", "- '0o7'\n"),
        ("0x1F", "- '0x1F'\n"),
        ("1_000", "- '1_000'\n"),
        ("1e3", "- '1e3'\n"),
        ("1.5", "- '1.5'\n"),
        (".inf", "- '.inf'\n"),
        ("+1", "- '+1'\n"),
        ("-", "- '-'\n"),
        ("- a", "- '- a'\n"),
        ("a: b", "- 'a: b'\n"),
        ("a:", "- 'a:'\n"),
        ("a #b", "- 'a #b'\n"),
        ("=", "- '='\n"),
        ("2020-01-01", "- '2020-01-01'\n"),
        ("2020-01-01T00:00:00Z", "- '2020-01-01T00:00:00Z'\n"),
        ("12:30:45", "- 12:30:45\n"),
        ("a\nb", "- 'a\n\n  b'\n"),
        ("a\n", "- 'a\n\n  '\n"),
        (" a", "- ' a'\n"),
        ("a\tb", "- \"a\\tb\"\n"),
        ("日本", "- 日本\n"),
        ("it's", "- it's\n"),
        ("\"q\"", "- '\"q\"'\n"),
        ("[a", "- '[a'\n"),
        ("?a", "- ?a\n"),
        ("? a", "- '? a'\n"),
        (":a", "- :a\n"),
        ("---", "- '---'\n"),
        (
            "w ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww w",
            "- w ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww ww w\n",
        ),
        (
            "word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word ",
            "- 'word word word word word word word word word word word word word word word word\n  word word word word word word word word word word word word word word '\n",
        ),
        ("😀", "- \"\\U0001F600\"\n"),
        ("\u{2028}", "- '\u{2028}  '\n"),
        ("a \nb", "- \"a \\nb\"\n"),
    ];
    for (text, expected) in cases {
        let item = Value::from(text);
        assert_eq!(written(|out| yaml::write_item(out, &item)), expected, "{text:?}");
    }
    // A name that is long or has several lines does not stand in front of its colon.
    let names = value(r#"{"a\nb": [1], "b": {}}"#);
    assert_eq!(written(|out| yaml::write(out, &names)), "? 'a\n\n  b'\n: - 1\nb: {}\n");
}

/// What `parse_timestamp(value).isoformat()` of botocore gives; numbers are in the local time zone
/// then, which is UTC or has no file where tests run.
#[test]
fn times_are_told_in_iso_8601() {
    let cases = [
        ("2020-10-23T22:09:11Z", "2020-10-23T22:09:11+00:00"),
        ("2020-10-23T22:09:11.123Z", "2020-10-23T22:09:11.123000+00:00"),
        ("2020-10-23T22:09:11+09:00", "2020-10-23T22:09:11+09:00"),
        ("2020-10-23T22:09:11.5-03:30", "2020-10-23T22:09:11.500000-03:30"),
        ("2020-10-23 22:09:11", "2020-10-23T22:09:11"),
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        ("20131102T010628Z", "2013-11-02T01:06:28+00:00"),
        ("soon", "soon"),
        ("2026-01-01T00:00:00+00999999999", "2026-01-01T00:00:00+00999999999"),
        ("2026-01-01T00:00:00+99", "2026-01-01T00:00:00+99"),
    ];
    for (sent, shown) in cases {
        assert_eq!(Times::Iso8601.shown(Value::from(sent), None), Value::from(shown), "{sent}");
        assert_eq!(Times::Wire.shown(Value::from(sent), None), Value::from(sent));
    }
}
