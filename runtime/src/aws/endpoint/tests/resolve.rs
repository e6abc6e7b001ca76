//! What rule sets lead to.

use super::super::{
    EndpointAuth, EndpointError, PARTITIONS, Params, Partition, RuleSet, TEMPLATES,
};
use super::url;
use crate::schema::Rules;
use crate::{Document, Service};
use std::borrow::Cow;

#[test]
fn the_standard_template() {
    let rules = RuleSet::template("standard", &[("host", "ivs")]).unwrap();
    let none = Params::new;
    let region = |name: &'static str| none().with("Region", name);
    let custom = || region("us-west-2").with("Endpoint", "http://localhost:8000");
    let cases = [
        (region("us-west-2"), "https://ivs.us-west-2.amazonaws.com"),
        (region("us-west-2").with("UseFIPS", true), "https://ivs-fips.us-west-2.amazonaws.com"),
        (region("us-west-2").with("UseDualStack", true), "https://ivs.us-west-2.api.aws"),
        (
            region("us-west-2").with("UseDualStack", true).with("UseFIPS", true),
            "https://ivs-fips.us-west-2.api.aws",
        ),
        (region("cn-north-1"), "https://ivs.cn-north-1.amazonaws.com.cn"),
        (region("us-iso-east-1"), "https://ivs.us-iso-east-1.c2s.ic.gov"),
        (region("eusc-de-east-1"), "https://ivs.eusc-de-east-1.amazonaws.eu"),
        (custom(), "http://localhost:8000"),
        (none(), "Invalid Configuration: Missing Region"),
        (
            custom().with("UseFIPS", true),
            "Invalid Configuration: FIPS and custom endpoint are not supported",
        ),
    ];
    for (params, expected) in cases {
        let found = url(&rules, &params).unwrap_or_else(|error| error.to_string());
        assert_eq!(found, expected, "{params:?}");
    }
}

#[test]
fn each_template_has_an_endpoint() {
    for (id, _) in TEMPLATES {
        let rules = Rules::Template {
            id: Cow::Borrowed(id),
            values: Cow::Borrowed(&[(Cow::Borrowed("host"), Cow::Borrowed("pets"))]),
        };
        let rules = RuleSet::of(&rules).unwrap().unwrap();
        let url = url(&rules, &Params::new().with("Region", "us-west-2")).unwrap();
        assert!(url.starts_with("https://pets.us-"), "{id}: {url}");
    }
}

const RULES: &str = r#"{"rules": [{"endpoint": {"url": "https://by.constant"}}]}"#;

/// The services here name no errors.
impl crate::client::ServiceErrors for crate::Error {
    const ERRORS: &'static [crate::schema::ErrorSchema] = &[];
}

#[derive(Service)]
#[service(id = "test/a", title = "A", endpoint = "https://a", error = crate::Error)]
#[service(rules(template = "standard", host = "by-template"))]
struct ByTemplate;

#[derive(Service)]
#[service(id = "test/b", title = "B", endpoint = "https://b", error = crate::Error, rules = RULES)]
struct ByConstant;

#[derive(Service)]
#[service(id = "test/c", title = "C", endpoint = "https://c", error = crate::Error)]
#[service(rules = r#"{"rules": [{"endpoint": {"url": "https://by.text"}}]}"#)]
struct ByText;

#[test]
fn a_service_names_its_rules() {
    let cases = [
        (ByTemplate::schema(), "https://by-template.us-west-2.amazonaws.com"),
        (ByConstant::schema(), "https://by.constant"),
        (ByText::schema(), "https://by.text"),
    ];
    for (schema, expected) in cases {
        let rules = RuleSet::of(&schema.rules).unwrap().unwrap();
        let found = url(&rules, &Params::new().with("Region", "us-west-2"));
        assert_eq!(found.as_deref(), Ok(expected));
    }
}

#[test]
fn a_service_may_have_no_rules() {
    assert!(RuleSet::of(&Rules::None).unwrap().is_none());
}

#[test]
fn headers_auth_schemes_and_properties() {
    let rules = RuleSet::parse(
        r#"{
            "parameters": {"Region": {"type": "string"}},
            "rules": [{"endpoint": {
                "url": "https://a.{Region}.test",
                "headers": {"x-region": ["{Region}", "fixed"]},
                "properties": {
                    "authSchemes": [
                        {"name": "sigv4a", "signingName": "a", "signingRegionSet": ["*", "{Region}"]},
                        {"name": "sigv4", "signingRegion": "{Region}", "disableDoubleEncoding": true,
                         "later": 1}
                    ],
                    "backend": "S3{Region}",
                    "deep": [{"a": "{Region}", "b": [1, "{{x}}"]}]
                }
            }}]
        }"#,
    );
    let endpoint = rules.unwrap().resolve(&Params::new().with("Region", "r")).unwrap();
    let text = |text: &str| Some(text.to_owned());
    let expected = [
        EndpointAuth {
            name: "sigv4a".to_owned(),
            signing_name: text("a"),
            signing_region_set: vec!["*".to_owned(), "r".to_owned()],
            ..EndpointAuth::default()
        },
        EndpointAuth {
            name: "sigv4".to_owned(),
            signing_region: text("r"),
            disable_double_encoding: true,
            others: vec![("later".to_owned(), Document::from_json(b"1").unwrap())],
            ..EndpointAuth::default()
        },
    ];
    assert_eq!(endpoint.auth, expected);
    assert_eq!(
        endpoint.headers,
        [("x-region".to_owned(), vec!["r".to_owned(), "fixed".to_owned()])]
    );
    let properties = endpoint.properties.iter();
    let properties: Vec<_> =
        properties.map(|(name, value)| format!("{name}={}", value.to_json())).collect();
    assert_eq!(properties, [r#"backend="S3r""#, r#"deep=[{"a":"r","b":[1,"{x}"]}]"#]);
}

#[test]
fn parameters_have_types_defaults_and_needs() {
    let rules = RuleSet::parse(
        r#"{
            "parameters": {
                "Name": {"type": "string", "required": true},
                "Flag": {"type": "boolean", "default": true, "required": true},
                "List": {"type": "stringArray", "default": ["x", "y"]}
            },
            "rules": [{
                "conditions": [
                    {"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]},
                    {"fn": "getAttr", "argv": [{"ref": "List"}, "[1]"], "assign": "second"}
                ],
                "endpoint": {"url": "https://{Name}.{second}"}
            }]
        }"#,
    );
    let rules = rules.unwrap();
    let name = || Params::new().with("Name", "n");
    let wrong = |name: &str, expected| EndpointError::Type { name: name.to_owned(), expected };
    let none = || EndpointError::NoMatch("Name, Flag".to_owned());
    let one = vec![Cow::Borrowed("z")];
    let two = vec![Cow::Borrowed("a"), Cow::Borrowed("b")];
    let cases = [
        (name(), Ok("https://n.y".to_owned())),
        (name().with("List", two), Ok("https://n.b".to_owned())),
        (name().with("Other", "x"), Ok("https://n.y".to_owned())),
        (Params::new(), Err(EndpointError::Missing("Name".to_owned()))),
        (name().with("Flag", "true"), Err(wrong("Flag", "true or false"))),
        (name().with("List", "x"), Err(wrong("List", "a list of texts"))),
        (Params::new().with("Name", true), Err(wrong("Name", "a text"))),
        (name().with("Flag", false), Err(none())),
    ];
    for (params, expected) in cases {
        assert_eq!(url(&rules, &params), expected, "{params:?}");
    }
    let few = url(&rules, &name().with("List", one));
    assert_eq!(few, Err(EndpointError::NoMatch("Name, List".to_owned())));
}

/// A tree of which no rule fits is passed over, and so is what it has given names to.
#[test]
fn a_tree_without_an_answer_is_passed_over() {
    let assign =
        |from: &str| format!(r#"{{"fn": "coalesce", "argv": ["{from}", "x"], "assign": "name"}}"#);
    let never = r#"{"fn": "stringEquals", "argv": ["a", "b"]}"#;
    let text = format!(
        r#"{{"rules": [
            {{"conditions": [{}], "rules": [{{"conditions": [{never}], "error": "never"}}]}},
            {{"conditions": [{}], "endpoint": {{"url": "{{name}}"}}}}
        ]}}"#,
        assign("first"),
        assign("second"),
    );
    let rules = RuleSet::parse(&text).unwrap();
    assert_eq!(url(&rules, &Params::new()).as_deref(), Ok("second"));
}

#[test]
fn regions_belong_to_partitions() {
    let cases = [
        ("us-east-1", "aws"),
        ("mx-central-1", "aws"),
        ("us-new-9", "aws"),
        ("aws-global", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-gov-any-1", "aws-us-gov"),
        ("aws-us-gov-global", "aws-us-gov"),
        ("cn-north-1", "aws-cn"),
        ("us-iso-west-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eu-isoe-west-1", "aws-iso-e"),
        ("us-isof-south-1", "aws-iso-f"),
        ("eusc-de-east-1", "aws-eusc"),
        // Nobody knows these.
        ("eusc-fr-east-1", "aws"),
        ("cn-north-x", "aws"),
        ("mars-1", "aws"),
        ("", "aws"),
    ];
    for (region, partition) in cases {
        assert_eq!(Partition::of(region).id, partition, "{region}");
    }
    for partition in &PARTITIONS {
        for region in partition.regions {
            assert_eq!(Partition::of(region), partition);
        }
        assert!(partition.regions.contains(&partition.implicit_global_region));
    }
}
