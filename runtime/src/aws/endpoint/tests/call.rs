//! The values of a call's parameters, and its host prefix.

use super::super::{EndpointError, RuleSet, Settings, resolve};
use crate::schema::{OperationSchema, OperationTraits, ParamValue, Text};
use crate::{Error, ErrorKind, Model};
use std::borrow::Cow;

#[derive(Model)]
struct Input {
    #[model(endpoint_param = "Mode")]
    mode: Option<String>,
    #[model(endpoint_param = "Bucket")]
    bucket: Option<String>,
    #[model(endpoint_param = "Flag")]
    flag: Option<bool>,
    #[model(endpoint_param = "List")]
    list: Option<Vec<String>>,
    #[model(name = "AccountId", host_label)]
    account: Option<String>,
    other: Option<String>,
}

fn operation(
    name: &'static str,
    prefix: &'static str,
    params: &[(&'static str, ParamValue)],
) -> OperationSchema {
    let params = params.iter().map(|(name, value)| (Text::Borrowed(*name), value.clone()));
    OperationSchema {
        name: Cow::Borrowed(name),
        method: Cow::Borrowed("POST"),
        uri: Cow::Borrowed("/"),
        status: 200,
        idempotent: false,
        secret: false,
        pages: None,
        traits: Some(Cow::Owned(OperationTraits {
            host_prefix: Cow::Borrowed(prefix),
            endpoint_params: params.collect(),
            ..OperationTraits::default()
        })),
    }
}

fn path(text: &'static str) -> ParamValue {
    ParamValue::Path(Cow::Borrowed(text))
}

fn input() -> Input {
    Input { mode: Some("member".into()), other: Some("path".into()), ..Input::default() }
}

/// Static, member, path, by the parameter's name, by the setting's name, default.
#[test]
fn what_comes_first_is_the_value() {
    type Case<'a> = (Input, &'a [ParamValue], &'a [(&'a str, &'a str)], &'a str);

    let rules = RuleSet::parse(
        r#"{
            "parameters": {"Mode": {"type": "string", "builtIn": "AWS::Mode", "default": "default"}},
            "rules": [{"endpoint": {"url": "{Mode}"}}]
        }"#,
    )
    .unwrap();
    let fixed = ParamValue::String(Cow::Borrowed("static"));
    let (by_name, by_setting) = (("Mode", "by name"), ("AWS::Mode", "by setting"));
    let empty = Input::default;
    let only_other = || Input { mode: None, ..input() };
    let cases: [Case<'_>; 7] = [
        (input(), &[fixed], &[by_name, by_setting], "static"),
        (input(), &[path("other")], &[by_name, by_setting], "member"),
        (only_other(), &[path("other")], &[by_name, by_setting], "path"),
        (empty(), &[path("other")], &[by_name, by_setting], "by name"),
        (only_other(), &[], &[by_setting, by_name], "by name"),
        (empty(), &[], &[by_setting], "by setting"),
        (empty(), &[], &[], "default"),
    ];
    for (input, own, others, expected) in cases {
        let own: Vec<_> = own.iter().map(|value| ("Mode", value.clone())).collect();
        let operation = operation("Do", "", &own);
        let mut settings = Settings::default();
        for (name, value) in others {
            settings.others.set(*name, *value);
        }
        let endpoint = resolve(&rules, &settings, &operation, &input).unwrap();
        assert_eq!(endpoint.url, expected);
    }
}

#[test]
fn settings_have_names_in_rules() {
    let rules = RuleSet::template("standard", &[("host", "pets")]).unwrap();
    let west = Settings { region: Some("us-west-2"), ..Settings::default() };
    let endpoint = Some("http://localhost");
    let cases = [
        (west.clone(), Ok("https://pets.us-west-2.amazonaws.com")),
        (
            Settings { use_fips: true, ..west.clone() },
            Ok("https://pets-fips.us-west-2.amazonaws.com"),
        ),
        (Settings { use_dual_stack: true, ..west.clone() }, Ok("https://pets.us-west-2.api.aws")),
        (Settings { endpoint, ..west.clone() }, Ok("http://localhost")),
        (Settings::default(), Err((ErrorKind::Region, "Invalid Configuration: Missing Region"))),
        (
            Settings { use_fips: true, endpoint, ..west },
            Err((
                ErrorKind::Configuration,
                "Invalid Configuration: FIPS and custom endpoint are not supported",
            )),
        ),
        (
            Settings { region: Some("evil.example/"), ..Settings::default() },
            Err((
                ErrorKind::Input,
                "`Region` becomes part of the host name, so it is letters, digits, hyphens and \
                 periods alone",
            )),
        ),
    ];
    let operation = operation("Do", "", &[]);
    for (settings, expected) in cases {
        let found = resolve(&rules, &settings, &operation, &input()).map_err(Error::from);
        let found = found.as_ref().map(|endpoint| &*endpoint.url);
        let found = found.map_err(|error| (error.kind(), error.message().unwrap()));
        assert_eq!(found, expected, "{settings:?}");
    }
}

#[test]
fn members_may_be_flags_and_lists() {
    let rules = RuleSet::parse(
        r#"{
            "parameters": {"Flag": {"type": "boolean"}, "List": {"type": "stringArray"}},
            "rules": [{
                "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]},
                               {"fn": "getAttr", "argv": [{"ref": "List"}, "[1]"], "assign": "b"}],
                "endpoint": {"url": "{b}"}
            }, {"error": "no"}]
        }"#,
    )
    .unwrap();
    let list = Some(vec!["a".to_owned(), "b".to_owned()]);
    let flagged = Input { flag: Some(true), ..Input::default() };
    let listed = Input { list, ..flagged.clone() };
    let (own, settings) = ([("List", path("list"))], Settings::default());
    let find = |own: &[_], input: &Input| {
        resolve(&rules, &settings, &operation("Do", "", own), input).map(|it| it.url)
    };
    assert_eq!(find(&[], &listed).as_deref(), Ok("b"));
    assert_eq!(find(&own, &listed).as_deref(), Ok("b"));
    assert_eq!(find(&own, &flagged), Err(EndpointError::Refused("no".to_owned())));
    let wrong = find(&[("List", path("list[0]"))], &flagged).unwrap_err().to_string();
    assert!(wrong.starts_with("the path `list[0]`"), "{wrong}");
    let kind = find(&[("Flag", ParamValue::String("x".into()))], &listed);
    assert_eq!(kind, Err(EndpointError::Type { name: "Flag".into(), expected: "true or false" }));
}

#[test]
fn s3_puts_some_buckets_into_the_path() {
    let rules = RuleSet::parse(
        r#"{
            "parameters": {"Bucket": {"type": "string"},
                           "Path": {"type": "boolean", "builtIn": "AWS::S3::ForcePathStyle", "default": false}},
            "rules": [{"endpoint": {"url": "{Path}"}}]
        }"#,
    )
    .unwrap();
    let arn = "arn:aws:s3:us-west-2:1:accesspoint/x";
    let cases = [
        ("GetObject", "plain", None, None, "false"),
        ("GetObject", "plain", None, Some(true), "true"),
        ("GetObject", arn, None, Some(true), "false"),
        ("GetBucketLocation", "plain", None, None, "true"),
        ("GetObject", "plain", Some("http://localhost:9000"), None, "true"),
        ("GetObject", "plain", Some("http://localhost:9000"), Some(false), "false"),
        ("GetObject", arn, Some("http://localhost:9000"), None, "false"),
        ("GetObject", "plain", Some("https://s3-accelerate.amazonaws.com"), None, "false"),
    ];
    for (name, bucket, endpoint, set, expected) in cases {
        let mut settings = Settings { endpoint, ..Settings::default() };
        if let Some(set) = set {
            settings.others.set("AWS::S3::ForcePathStyle", set);
        }
        let input = Input { bucket: Some(bucket.into()), ..Input::default() };
        let endpoint = resolve(&rules, &settings, &operation(name, "", &[]), &input).unwrap();
        assert_eq!(endpoint.url, expected, "{name} {bucket}");
    }
}
