use super::parser::Arity;
use super::table::Table;
use super::{Asked, Said, Words, parse};
use crate::call::settings::{Binary, Limit, Settings};
use crate::exit::Failure;
use crate::terminal::Color;
use std::time::Duration;
use typefoundry_spec::Model;

fn model(spec: &str) -> Model {
    typefoundry_spec::load("spec.json", spec).into_model().unwrap_or_else(|error| panic!("{error}"))
}

/// A service of AWS with what is special about the options of some.
fn spec(id: &str, input: &str, more: &str) -> String {
    format!(
        r#"{{
            "typefoundry": "1",
            "service": {{
                "id": "{id}", "title": "It", "protocol": "json-1.1", "target": "It",
                "auth": {{"none": {{}}}}, "endpoint": {{"url": "https://it.example.com"}}
            }},
            "operations": {{
                "ListThings": {{"http": "POST /", "input": {input} {more}}}
            }},
            "shapes": {{
                "Things": {{"list": "string"}},
                "Truth": {{"structure": {{"Value": "boolean"}}}}
            }}
        }}"#
    )
}

const PAGES: &str = r#", "output": {"Things": "Things", "Marker": "string"},
    "pages": {"token": ["Marker", "Marker"], "size": "MaxItems", "items": "Things",
              "source": "declared"}"#;

/// Which pages are followed without `--paginate`: of the spec alone, and with an overlay.
#[test]
fn what_is_inferred_alone_is_not_followed_unasked() {
    let pages =
        |source: &str| format!(r#"{{"token": ["Next", "Next"], "items": "Things"{source}}}"#);
    let spec = |pages: &str| {
        let pages = if pages.is_empty() { String::new() } else { format!(r#", "pages": {pages}"#) };
        format!(
            r#"{{
                "typefoundry": "1",
                "service": {{"id": "aws/things", "title": "Things", "protocol": "json-1.1",
                    "auth": {{"none": {{}}}}, "endpoint": {{"url": "https://things.example.com"}}}},
                "operations": {{"List": {{"http": "POST /",
                    "input": {{"Next": "string"}}, "output": {{"Things": "Things", "Next": "string"}}{pages}
                }}}},
                "shapes": {{"Things": {{"list": "string"}}}}
            }}"#
        )
    };
    let inferred = pages(r#", "source": "inferred""#);
    let corrected = r#"{"items": "Things"}"#;
    let meant = r#"{"items": "Things", "source": "written"}"#;
    let written = pages("");
    let cases: [(&str, &str, bool); 8] = [
        (&pages(r#", "source": "declared""#), "", true),
        (&written, "", true),
        (&pages(r#", "source": "written""#), "", true),
        (&inferred, "", false),
        (&inferred, corrected, false),
        (&inferred, meant, true),
        (&pages(r#", "source": "declared""#), corrected, true),
        ("", &written, true),
    ];
    for (base, overlay, is_followed) in cases {
        let spec = spec(base);
        let loaded = if overlay.is_empty() {
            typefoundry_spec::load("spec.json", &spec)
        } else {
            let overlay = format!(
                r#"{{"typefoundry": "1", "operations": {{"List": {{"pages": {overlay}}}}}}}"#
            );
            typefoundry_spec::load_with_overlay(("spec.json", &spec), ("overlay.json", &overlay))
        };
        let model = loaded.into_model().unwrap_or_else(|error| panic!("{error}"));
        let operation = &model.operations[0];
        let found = super::table::paged(operation, false).is_some();
        assert_eq!(found, is_followed, "{base} {overlay}");
        assert!(super::table::paged(operation, true).is_some());
    }
}

/// What the words say: `member=value` each, and the settings.
fn read(model: &Model, words: &[&str]) -> Result<(Vec<String>, Settings), String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let operation = &model.operations[0];
    let parsed = || -> Result<(Vec<String>, Settings), Failure> {
        let mut taken = Words::default();
        let names = Table::new(model, operation, None, true).names();
        taken.take(&words, &names, usize::MAX)?;
        taken.check()?;
        let mut settings = taken.settings;
        let table = Table::new(model, operation, None, settings.paging.all);
        let arguments = match parse(&table, taken.others, &mut settings.paging)? {
            Asked::Call(arguments) => arguments,
            Asked::Help => return Ok((vec!["help".to_owned()], settings)),
        };
        let said = arguments.members.iter().map(|(index, said)| {
            let name = &operation.input[*index].name;
            match said {
                Said::Word(word) => format!("{name}={word}"),
                Said::Words(words) => format!("{name}={words:?}"),
                Said::Bool(value) => format!("{name}={value}"),
                Said::Pulled(value) => format!("{name}.Value={value}"),
            }
        });
        Ok((said.collect(), settings))
    };
    parsed().map_err(|failure| {
        let message = failure.message();
        message.split("\n\nusage:").next().unwrap_or_default().to_owned()
    })
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Words, and what they say.
type Case<'a> = (&'a [&'a str], Result<&'a [&'a str], &'a str>);

#[track_caller]
fn check(model: &Model, cases: &[Case<'_>]) {
    for (words, expected) in cases {
        let read = read(model, words).map(|(said, _)| said);
        let expected = expected.map(owned);
        assert_eq!(read, expected.map_err(str::to_owned), "{words:?}");
    }
}

/// Python's `argparse`, as v2's `argparser.py` and `arguments.py` use it.
#[test]
fn words_are_taken_apart_as_the_aws_cli_does() {
    let input = r#"{
        "Name": {"type": "string", "required": true}, "NickName": "string", "Things": "Things",
        "Loud": "boolean", "Count": "long", "Weight": "double", "Weighty": "string"
    }"#;
    let model = model(&spec("aws/it", input, ""));
    check(
        &model,
        &[
            (&["--name", "a"], Ok(&["Name=a"])),
            (&["--name=a"], Ok(&["Name=a"])),
            (&["--name="], Ok(&["Name="])),
            (&["--nam", "a"], Ok(&["Name=a"])),
            (&["--nam=a=b"], Ok(&["Name=a=b"])),
            (&["--name", "a", "--name", "b"], Ok(&["Name=b"])),
            (&["--name", "-1.5"], Ok(&["Name=-1.5"])),
            (&["--name", "-"], Ok(&["Name=-"])),
            (&["--name", "--a b"], Ok(&["Name=--a b"])),
            (&["--name", "a", "--things"], Ok(&["Name=a", "Things=[]"])),
            (&["--things", "x", "-1", "--name", "a"], Ok(&["Name=a", "Things=[\"x\", \"-1\"]"])),
            // The global option is taken out before, so the list goes on behind it.
            (
                &["--things", "x", "--region", "r", "y", "--name", "a"],
                Ok(&["Name=a", "Things=[\"x\", \"y\"]"]),
            ),
            (&["--name", "a", "--loud", "--no-loud"], Ok(&["Name=a", "Loud=false"])),
            (&["--name", "a", "--no-loud", "--lo"], Ok(&["Name=a", "Loud=true"])),
            (&["help"], Ok(&["help"])),
            (&["--name", "a", "--help"], Ok(&["help"])),
            (&["--cli-input-json", "{}"], Ok(&[])),
            (&["--generate-cli-skeleton"], Ok(&[])),
            (&[], Err("the following arguments are required: --name")),
            (
                &["--generate-cli-skeleton", "output"],
                Err("the following arguments are required: --name"),
            ),
            (
                &["--generate-cli-skeleton", "inptu"],
                Err("argument --generate-cli-skeleton: Found invalid choice 'inptu'\n\nMaybe you \
                     meant:\n\n  * input"),
            ),
            (&["--name"], Err("argument --name: expected one argument")),
            (&["--name", "--loud"], Err("argument --name: expected one argument")),
            (&["--weig", "a"], Err("ambiguous option: --weig could match --weight, --weighty")),
            // The globals are looked at first, as by the AWS CLI.
            (
                &["--no", "a"],
                Err("ambiguous option: --no could match --no-verify-ssl, \
                                  --no-paginate, --no-sign-request, --no-cli-pager, \
                                  --no-cli-auto-prompt"),
            ),
            (
                &["--name", "a", "--loud=yes"],
                Err("argument --loud: ignored explicit argument 'yes'"),
            ),
            (&["--count", "x"], Err("argument --count: invalid int value: 'x'")),
            (&["--weight", "x"], Err("argument --weight: invalid float value: 'x'")),
            (
                &["--name", "a", "b", "--nmae", "c"],
                Err("Unknown options: --nmae, c, b\n\nMaybe you \
                                                        meant:\n\n  * --name"),
            ),
            (&["--name", "a", "--xyz=1"], Err("Unknown options: --xyz=1")),
            (&["--name", "a", "-x"], Err("Unknown options: -x")),
        ],
    );
}

/// v2's `data/cli.json` and `customizations/globalargs.py`.
#[test]
fn global_options_stand_anywhere() {
    let model = model(&spec("aws/it", r#"{"Name": "string"}"#, ""));
    let read = |words: &[&str]| read(&model, words).map(|(_, settings)| settings);
    let settings = read(&[
        "--name",
        "a",
        "--out",
        "text",
        "--query=x",
        "--color",
        "off",
        "--no-cli-pager",
        "--cli-read-timeout",
        "0",
        "--cli-connect-timeout",
        "7",
        "--cli-binary-format",
        "raw-in-base64-out",
        "--no-verify-ssl",
        "--ca-bundle",
        "c.pem",
        "--profile",
        "p",
        "--deb",
        "--cli-error-format",
        "json",
        "--no-sign-request",
        "--endpoint-url",
        "http://h",
    ]);
    let Ok(settings) = settings else { panic!("{settings:?}") };
    assert_eq!(settings.output.as_deref(), Some("text"));
    assert_eq!(settings.query.as_deref(), Some("x"));
    assert_eq!(settings.color, Color::Off);
    assert_eq!(settings.error_format.as_deref(), Some("json"));
    assert!(settings.no_pager && settings.debug && settings.unsigned);
    assert_eq!(settings.network.read_timeout, Some(Limit::Never));
    assert_eq!(settings.network.connect_timeout, Some(Limit::After(Duration::from_secs(7))));
    assert!(settings.network.unverified);
    assert_eq!(settings.binary, Some(Binary::Raw));
    for (words, expected) in [
        (
            &["--output", "jsn"][..],
            "argument --output: Found invalid choice 'jsn'\n\nMaybe you meant:\n\n  * json",
        ),
        (&["--color", "blue"], "argument --color: Found invalid choice 'blue'\n"),
        (&["--region"], "argument --region: expected one argument"),
        (&["--cli-read-timeout", "x"], "invalid literal for int() with base 10: 'x'"),
        (
            &["--endpoint-url", "here"],
            "Bad value for --endpoint-url \"here\": scheme is missing.  Must be of the form \
             http://<hostname>/ or https://<hostname>/",
        ),
        (
            &["--cli-auto-prompt", "--no-cli-auto-prompt"],
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.",
        ),
    ] {
        assert_eq!(read(words).err().as_deref(), Some(expected), "{words:?}");
    }
}

/// A member's own name goes before the beginning of a global one, and before ours.
#[test]
fn names_that_meet_are_told_apart() {
    let input = r#"{
        "Mock": "string", "End": "string", "Region": "string", "InputRegion": "string",
        "Version": "string"
    }"#;
    let model = model(&spec("aws/it", input, ""));
    check(
        &model,
        &[
            (&["--mock", "a", "--end", "b"], Ok(&["Mock=a", "End=b"])),
            (
                &["--input-region", "a", "--input-input-region", "b"],
                Ok(&["Region=a", "InputRegion=b"]),
            ),
            (&["--mo", "a"], Ok(&["Mock=a"])),
        ],
    );
}

/// v2's `customizations/argrename.py` and `toplevelbool.py`.
#[test]
fn options_of_some_services_are_called_otherwise() {
    let input = r#"{"Egress": "boolean", "EbsOptimized": "Truth"}"#;
    let ec2 = model(&spec("aws/ec2", input, ""));
    let both = "Cannot specify both the \"--ebs-optimized\" option and the \"--no-ebs-optimized\" \
                option.";
    check(
        &ec2,
        &[
            (&["--ingress"], Ok(&["Egress=false"])),
            (&["--ebs-optimized"], Ok(&["EbsOptimized.Value=true"])),
            (&["--no-ebs-optimized"], Ok(&["EbsOptimized.Value=false"])),
            (&["--ebs-optimized", "Value=false"], Ok(&["EbsOptimized=Value=false"])),
            (&["--ebs-optimized", "--no-ebs-optimized"], Err(both)),
        ],
    );
    let schemas = model(&spec("aws/schemas", r#"{"version": "string"}"#, ""));
    check(&schemas, &[(&["--schema-version", "1"], Ok(&["version=1"]))]);
    let elsewhere = model(&spec("ncp/ec2", input, ""));
    assert!(
        Table::new(&elsewhere, &elsewhere.operations[0], None, false)
            .specs
            .iter()
            .any(|spec| { spec.name == "ebs-optimized" && spec.arity == Arity::One })
    );
}

/// v2's `customizations/paginate.py`.
#[test]
fn options_of_paging_stand_in_front_of_the_services_own() {
    let input = r#"{"Marker": "string", "MaxItems": "integer", "Name": "string"}"#;
    let model = model(&spec("aws/it", input, PAGES));
    let refused = "Cannot specify --no-paginate along with pagination arguments: ";
    for (words, said, off, items) in [
        (&["--max-items", "3"][..], &[][..], false, Some(3)),
        (&["--max-items", "3", "--no-paginate"], &["MaxItems=3"], true, None),
        (&["--max-items", "3", "--marker", "m"], &["Marker=m", "MaxItems=3"], true, None),
        (&["--page-size", "2", "--starting-token", "t"], &[], false, None),
    ] {
        let (found, settings) = read(&model, words).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((&found[..], settings.paging.off), (&owned(said)[..], off), "{words:?}");
        assert_eq!(settings.paging.max_items, items, "{words:?}");
    }
    for (words, expected) in [
        (&["--page-size", "x"][..], "argument --page-size: invalid int value: 'x'".to_owned()),
        (&["--page-size", "2", "--no-paginate"], format!("{refused}--page-size")),
        (
            &["--starting-token", "t", "--page-size", "2", "--marker", "m"],
            format!("{refused}--starting-token, --page-size"),
        ),
    ] {
        assert_eq!(read(&model, words).err(), Some(expected), "{words:?}");
    }
}
