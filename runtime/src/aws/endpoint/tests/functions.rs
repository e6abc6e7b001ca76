//! The functions, where the suites of others say nothing.

use super::super::{Params, RuleSet};
use super::url;

/// What an expression comes to as a text, or the error.
fn eval(expression: &str) -> String {
    let rules = format!(
        r#"{{"parameters": {{"A": {{"type": "string"}}, "B": {{"type": "string"}}, "T": {{"type": "boolean"}}}},
            "rules": [{{"conditions": [{{"fn": "coalesce", "argv": [{expression}], "assign": "x"}}],
                        "endpoint": {{"url": "{{x}}"}}}},
                      {{"error": "nothing"}}]}}"#
    );
    let rules = RuleSet::parse(&rules).unwrap();
    let params = Params::new().with("A", "a-b.c").with("T", true);
    url(&rules, &params).unwrap_or_else(|error| error.to_string())
}

#[test]
fn functions() {
    let (a, b, t) = (r#"{"ref": "A"}"#, r#"{"ref": "B"}"#, r#"{"ref": "T"}"#);
    let call = |name: &str, arguments: &[&str]| {
        format!(r#"{{"fn": "{name}", "argv": [{}]}}"#, arguments.join(", "))
    };
    let attr = |of: &str, path: &str| call("getAttr", &[of, &format!(r#""{path}""#)]);
    let split = |limit: &str| call("split", &[a, r#""-""#, limit]);
    let url = |text: &str| call("parseURL", &[&format!(r#""{text}""#)]);
    let arn = call("aws.parseArn", &[r#""arn:aws:s3:::my/key:v""#]);
    let cases = [
        (call("isSet", &[b]), "nothing"),
        (call("not", &[&call("isSet", &[b])]), "true"),
        (call("coalesce", &[b, r#""z""#]), "z"),
        (call("coalesce", &[b, b]), "nothing"),
        (call("ite", &[t, a, r#""z""#]), "a-b.c"),
        (call("ite", &["false", a, r#""z""#]), "z"),
        (attr(&split("0"), "[1]"), "b.c"),
        (attr(&split("1"), "[0]"), "a-b.c"),
        (attr(&split("0"), "[-1]"), "b.c"),
        (attr(&split("0"), "[-3]"), "nothing"),
        (attr(&split("0"), "[2]"), "nothing"),
        (call("substring", &[a, "0", "1", "false"]), "a"),
        (call("substring", &[a, "0", "2", "true"]), ".c"),
        (call("substring", &[a, "0", "9", "false"]), "nothing"),
        (call("substring", &[r#""é-""#, "0", "1", "false"]), "nothing"),
        (call("uriEncode", &[r#""a b/é~""#]), "a%20b%2F%C3%A9~"),
        (call("uriEncode", &[b]), "nothing"),
        (call("isValidHostLabel", &[a, "true"]), "true"),
        (call("isValidHostLabel", &[a, "false"]), "nothing"),
        (call("isValidHostLabel", &[b, "true"]), "nothing"),
        (call("aws.isVirtualHostableS3Bucket", &[r#""1.2.3.4""#, "true"]), "nothing"),
        (attr(&call("aws.partition", &[b]), "name"), "aws"),
        (attr(&arn, "resourceId[2]"), "v"),
        (attr(&arn, "region"), ""),
        (attr(&arn, "isIp"), "nothing"),
        (attr(&url("https://[::1]:80/a"), "isIp"), "true"),
        (attr(&url("https://u:p@1.2.3.4"), "isIp"), "true"),
        (attr(&url("https://a/b//../c d"), "normalizedPath"), "/c%20d/"),
        (attr(&url("https://a:8/b"), "authority"), "a:8"),
        (attr(&url("https://a:x/b"), "authority"), "nothing"),
        (attr(&url("https://a?b"), "authority"), "nothing"),
        (attr(&url("ftp://a"), "authority"), "nothing"),
        (attr(&url("https:///b"), "authority"), "nothing"),
        (
            call("stringEquals", &[b, a]),
            "an endpoint rule cannot be followed: StringEquals takes a text, and there is nothing",
        ),
        (
            call("booleanEquals", &[a, "true"]),
            "an endpoint rule cannot be followed: BooleanEquals takes true or false, and there is \
             a text",
        ),
    ];
    for (expression, expected) in cases {
        let found = eval(&expression);
        // A value that is false does not meet the condition.
        assert_eq!(found, expected, "{expression}");
    }
}
