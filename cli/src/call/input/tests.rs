use super::param::Param;
use super::{Files, Input, Rules, skeleton, yaml};
use crate::call::arguments::table::Table;
use crate::call::arguments::{Asked, Words, parse};
use crate::call::settings::Binary;
use crate::exit::Failure;
use typefoundry::Wire;
use typefoundry::dynamic::Api;

const TOYS: &str = r#"{
    "typefoundry": "1",
    "service": {
        "id": "acme/toys", "title": "Toys", "protocol": "json-1.1", "target": "Toys",
        "auth": {"none": {}}, "endpoint": {"url": "https://toys.example.com"}
    },
    "operations": {
        "MakeToy": {
            "http": "POST /",
            "input": {
                "Name": {"type": "Name", "required": true},
                "Size": "integer", "Weight": "long", "Height": "double", "Loud": "boolean",
                "Made": "timestamp", "Picture": "blob", "Extra": "document",
                "Names": "Names", "Sizes": "Sizes", "Parts": "Parts", "Tags": "Tags",
                "Part": "Part", "Either": "Either", "Extras": "Extras", "Value": "OnlyValue",
                "Pictures": "Pictures"
            },
            "output": {"Id": "string", "Names": "Names"}
        }
    },
    "shapes": {
        "Name": {"type": "string", "length": {"min": 2, "max": 9}},
        "Names": {"list": "string"},
        "Sizes": {"list": "integer"},
        "Part": {"structure": {
            "Kind": {"type": "Kind", "required": true}, "Count": "integer", "Sharp": "boolean",
            "Colours": "Names", "Parts": "Parts", "Extra": "document", "Sizes": "Sizes"
        }},
        "Kind": {"enum": {"wheel": "", "axle": ""}},
        "Parts": {"list": "Part"},
        "Tags": {"map": "string"},
        "Either": {"union": {"Text": "string", "Number": "integer"}},
        "Extras": {"list": "document"},
        "OnlyValue": {"structure": {"Value": "string"}},
        "Pictures": {"map": "blob"}
    }
}"#;

fn toys() -> Api {
    Api::load("toys.json", TOYS).unwrap_or_else(|error| panic!("{error}"))
}

/// The input that words come to, as JSON, or what is said to them.
fn read_by(words: &[&str], rules: Rules) -> Result<String, String> {
    let api = toys();
    let (operation, model) = (&api.operations()[0], &api.model().operations[0]);
    let read = || -> Result<String, Failure> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let mut taken = Words::default();
        let table = Table::new(api.model(), model, None, false);
        taken.take(&words, &table.names(), usize::MAX)?;
        let arguments = match parse(&table, taken.others, &mut taken.settings.paging)? {
            Asked::Call(arguments) => arguments,
            Asked::Help => return Ok("help".to_owned()),
        };
        let input = Input::read(&table, &arguments, &Files::new())?;
        let input = input.build(&api, operation, &table, rules)?;
        Ok(serde_json::to_string(&Wire::new(&input)).unwrap_or_default())
    };
    read().map_err(|failure| {
        failure.message().split("\n\nusage:").next().unwrap_or_default().to_owned()
    })
}

fn read_as(words: &[&str], binary: Binary) -> Result<String, String> {
    read_by(words, Rules { binary, validates: true })
}

fn read(words: &[&str]) -> Result<String, String> {
    read_as(&[&["--name", "rex"], words].concat(), Binary::Base64)
}

#[track_caller]
fn check(cases: &[(&[&str], Result<&str, &str>)]) {
    for (words, expected) in cases {
        let expected = expected.map(|json| format!("{{\"Name\":\"rex\"{json}}}"));
        let read = read(words);
        assert_eq!(read, expected.map_err(str::to_owned), "{words:?}");
    }
}

/// v2's `argprocess.py`.
#[test]
fn words_become_values() {
    check(&[
        (&["--size", "12"], Ok(r#","Size":12"#)),
        (&["--size=-12"], Ok(r#","Size":-12"#)),
        (&["--size", "-12"], Ok(r#","Size":-12"#)),
        (&["--height", "1.5"], Ok(r#","Height":1.5"#)),
        (&["--loud"], Ok(r#","Loud":true"#)),
        (&["--loud", "--no-loud"], Ok(r#","Loud":false"#)),
        (&["--made", "2026-03-14"], Ok(r#","Made":"2026-03-14T00:00:00+00:00""#)),
        (&["--picture", "AAEC"], Ok(r#","Picture":"AAEC""#)),
        (&["--extra", "[1, {\"a\": null}]"], Ok(r#","Extra":[1,{"a":null}]"#)),
        (&["--names"], Ok(r#","Names":[]"#)),
        (&["--names", "a", "b c"], Ok(r#","Names":["a","b c"]"#)),
        (&["--names", "[\"a\"]"], Ok(r#","Names":["a"]"#)),
        (&["--sizes", "1", "-2"], Ok(r#","Sizes":[1,-2]"#)),
        (&["--tags", "a=b,c=d"], Ok(r#","Tags":{"a":"b","c":"d"}"#)),
        (&["--tags", "{\"a\": \"b\"}"], Ok(r#","Tags":{"a":"b"}"#)),
        (&["--value", "plain"], Ok(r#","Value":{"Value":"plain"}"#)),
        (&["--value", "Value=x"], Ok(r#","Value":{"Value":"x"}"#)),
        (&["--extras", "1", "{\"a\": 2}"], Ok(r#","Extras":[1,{"a":2}]"#)),
        (&["--either", "Number=1"], Ok(r#","Either":{"Number":1}"#)),
        (&["--par", "Kind=wheel"], Err("ambiguous option: --par could match --parts, --part")),
    ]);
}

/// v2's `shorthand.py`, `BackCompatVisitor`.
#[test]
fn shorthand_gets_its_types_from_the_shapes() {
    check(&[
        (
            &["--part", "Kind=wheel,Count=4,Sharp=True,Colours=red"],
            Ok(r#","Part":{"Kind":"wheel","Count":4,"Sharp":true,"Colours":["red"]}"#),
        ),
        (
            &["--parts", "Kind=wheel,Sizes=1,2", "Kind=axle,Parts=[{Kind=wheel,Count=1}]"],
            Ok(concat!(
                r#","Parts":[{"Kind":"wheel","Sizes":[1,2]},"#,
                r#"{"Kind":"axle","Parts":[{"Kind":"wheel","Count":1}]}]"#
            )),
        ),
        (&["--part", "Kind=wheel,Sizes=1"], Ok(r#","Part":{"Kind":"wheel","Sizes":[1]}"#)),
        (
            &["--part", "Kind=wheel,Count=four"],
            Err("invalid literal for int() with base 10: 'four'"),
        ),
        (
            &["--part", "Kind=wheel,Extra=x"],
            Err("Error parsing parameter '--part': Shorthand syntax does not support document \
                 types. Use JSON input for top-level argument to specify nested parameter: Extra"),
        ),
        (
            &["--part", "Kind=wheel,Sharp=maybe"],
            Err("Parameter validation failed:\nInvalid type for parameter Part.Sharp, value: \
                 maybe, type: <class 'str'>, valid types: <class 'bool'>"),
        ),
        (
            &["--tags", "a=1,a=2"],
            Err("Error parsing parameter '--tags': Second instance of key \"a\" encountered for \
                 input:\na=1,a=2\n    ^\nThis is often because there is a preceding \",\" instead \
                 of a space."),
        ),
    ]);
}

/// Python's and botocore's words, as v2's `argprocess.py` and botocore's `validate.py` have them.
#[test]
fn what_is_wrong_with_a_value_is_said() {
    check(&[
        (&["--size", "many"], Err("invalid literal for int() with base 10: 'many'")),
        (
            &["--size", "99999999999"],
            Err("Error parsing parameter '--size': Size: expected a whole number of 32 bits, \
                 found 99999999999"),
        ),
        (&["--sizes", "1", "x"], Err("Error parsing parameter '--sizes': 1")),
        (
            &["--tags", "{\"a\": "],
            Err(
                "Error parsing parameter '--tags': Invalid JSON: Expecting value: line 1 column 7 \
                 (char 6)\nJSON received: {\"a\": ",
            ),
        ),
        (&["--picture", "AAE"], Err("Invalid base64: \"AAE\"")),
        (
            &["--made", "soon"],
            Err(
                "Parameter validation failed:\nInvalid type for parameter Made, value: soon, type: \
                 <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string",
            ),
        ),
        (
            &["--part", "{\"Count\": true, \"Wings\": 2}", "--name", "x"],
            Err("Parameter validation failed:\n\
                 Invalid length for parameter Name, value: 1, valid min length: 2\n\
                 Missing required parameter in Part: \"Kind\"\n\
                 Unknown parameter in Part: \"Wings\", must be one of: Kind, Count, Sharp, Colours, \
                 Parts, Extra, Sizes"),
        ),
        (
            &["--either", "{\"Text\": \"a\", \"Number\": 1}"],
            Err("Parameter validation failed:\nInvalid number of parameters set for tagged union \
                 structure Either. Can only set one of the following keys: Text, Number."),
        ),
        (
            &["--either", "{}"],
            Err("Parameter validation failed:\nMust set one of the following keys for tagged \
                 unionstructure Either: Text, Number."),
        ),
        (
            &["--names", "[1, null]"],
            Err("Parameter validation failed:\n\
                 Invalid type for parameter Names[0], value: 1, type: <class 'int'>, valid types: \
                 <class 'str'>\n\
                 Invalid type for parameter Names[1], value: None, type: <class 'NoneType'>, valid \
                 types: <class 'str'>"),
        ),
        (
            &["--names", "file:///no/such/file"],
            Err("Error parsing parameter '--names': Unable to load paramfile \
                 file:///no/such/file: [Errno 2] No such file or directory: '/no/such/file'"),
        ),
    ]);
}

/// v2's `customizations/binaryformat.py`.
#[test]
fn texts_of_blobs_are_base64_or_themselves() {
    let words = ["--name", "rex", "--picture", "hi", "--pictures", "a=b"];
    assert_eq!(
        read_as(&words, Binary::Raw).as_deref(),
        Ok(r#"{"Name":"rex","Picture":"aGk=","Pictures":{"a":"Yg=="}}"#)
    );
}

/// v2's `customizations/cliinput.py`.
#[test]
fn an_input_may_come_as_a_whole() {
    for (words, expected) in [
        (
            &["--cli-input-json", "{\"Name\": \"rex\", \"Size\": 1}", "--size", "2"][..],
            Ok(r#"{"Name":"rex","Size":2}"#),
        ),
        (
            &["--cli-input-yaml", "Name: rex\nTags: {a: b}\nPicture: !!binary AAEC"],
            Ok(r#"{"Name":"rex","Picture":"AAEC","Tags":{"a":"b"}}"#),
        ),
        (
            &["--cli-input-json", "{}", "--cli-input-yaml", "{}"],
            Err("Only one --cli-input- parameter may be specified."),
        ),
        (
            &["--cli-input-json", "{\"Name\": \"rex\", \"Nmae\": 1, \"Either\": {\"Txt\": 1}}"],
            Err("Parameter validation failed:\n\
                 Unknown parameter in input: \"Nmae\", must be one of: Name, Size, Weight, Height, \
                 Loud, Made, Picture, Extra, Names, Sizes, Parts, Tags, Part, Either, Extras, \
                 Value, Pictures\n\
                 Unknown parameter in Either: \"Txt\", must be one of: Text, Number"),
        ),
        (
            &["--cli-input-json", "[]"],
            Err(
                "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received \
                 <class 'list'>",
            ),
        ),
        (
            &["--cli-input-json", "{"],
            Err("Error parsing parameter 'cli-input-json': Invalid JSON received.\nExpecting \
                 property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ),
        (
            &["--cli-input-json", "{}"],
            Err("Parameter validation failed:\nMissing required parameter in input: \"Name\""),
        ),
    ] {
        let read = read_as(words, Binary::Base64);
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{words:?}");
    }
}

/// `parameter_validation = false`: what is only against a limit is for the service to refuse, and what
/// cannot be sent still is no input.
#[test]
fn limits_are_left_to_the_service_where_nobody_wants_validation() {
    for (words, expected) in [
        (&["--name", ""][..], Ok(r#"{"Name":""}"#)),
        (&["--cli-input-json", "{}"], Ok("{}")),
        (&["--name", "rex", "--parts", "{}"], Ok(r#"{"Name":"rex","Parts":[{}]}"#)),
        (
            &["--cli-input-json", r#"{"Size": "x"}"#],
            Err("Parameter validation failed:\nInvalid type for parameter Size, value: x, type: \
                 <class 'str'>, valid types: <class 'int'>"),
        ),
        (
            &["--name", "rex", "--part", r#"{"Knid": "wheel"}"#],
            Err(
                "Parameter validation failed:\nUnknown parameter in Part: \"Knid\", must be one of: \
                 Kind, Count, Sharp, Colours, Parts, Extra, Sizes",
            ),
        ),
    ] {
        let read = read_by(words, Rules { binary: Binary::Base64, validates: false });
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{words:?}");
    }
}

/// botocore's `ArgumentGenerator`; it takes any value of an enum, and this the first.
#[test]
fn skeletons_are_made_of_shapes() {
    let api = toys();
    let operation = &api.model().operations[0];
    let json = skeleton::json(api.model(), "MakeToy", &operation.input);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("skeleton_json", json);
        let yaml = skeleton::yaml(api.model(), "MakeToy", &operation.input);
        insta::assert_snapshot!("skeleton_yaml", yaml);
    });
    let output = skeleton::output(api.model(), "MakeToy", operation.output_members());
    assert_eq!(output.to_json(), r#"{"Id":"Id","Names":["string"]}"#);
}

/// Both skeletons of every operation of every built-in spec say the same.
#[test]
fn skeletons_of_both_forms_agree() {
    for (provider, service) in crate::specs::providers().into_iter().flat_map(|provider| {
        let services = crate::specs::services(&provider).into_iter();
        services.map(move |service| (provider.clone(), service))
    }) {
        let files = crate::specs::find(&provider, &service).map(|files| files.load().into_model());
        let Some(Ok(model)) = files else { panic!("{provider} {service} cannot be read") };
        for operation in &model.operations {
            let name = &operation.name;
            let json = super::json::parse(&skeleton::json(&model, name, &operation.input));
            let text = skeleton::yaml(&model, name, &operation.input);
            let yaml = yaml::parse(&text).map(alike);
            assert_eq!(yaml, json.map(alike), "{provider} {service} {name}\n{text}");
        }
    }
}

#[test]
fn skeletons_of_deep_shapes_end() {
    let shape = |at: usize| {
        format!(
            r#""S{at}": {{"structure": {{"next": "L{at}"}}}}, "L{at}": {{"list": "S{}"}}"#,
            at + 1
        )
    };
    let shapes: Vec<_> = (0..20_000).map(shape).collect();
    let text = format!(
        r#"{{"typefoundry": "1",
            "service": {{"id": "acme/deep", "title": "Deep", "protocol": "rest",
                "endpoint": {{"url": "https://deep.example.com"}}}},
            "operations": {{"Go": {{"http": "POST /", "input": {{"first": "S0"}}}}}},
            "shapes": {{{}, "S20000": {{"type": "string"}}}}}}"#,
        shapes.join(",")
    );
    let Ok(model) = typefoundry_spec::load("deep.json", &text).into_model() else {
        panic!("the spec cannot be read")
    };
    let members = &model.operations[0].input;
    let json = super::json::parse(&skeleton::json(&model, "Go", members)).map(alike);
    let yaml = yaml::parse(&skeleton::yaml(&model, "Go", members)).map(alike);
    assert!(json.is_ok(), "{json:?}");
    assert_eq!(yaml, json);
}

/// What both forms have in common: bytes are null in JSON, and times are written otherwise.
fn alike(param: Param) -> Param {
    match param {
        Param::Bytes(_) => Param::Null,
        Param::Text(text) if text.starts_with("1970-01-01") => Param::Text("1970".to_owned()),
        Param::List(items) => Param::List(items.into_iter().map(alike).collect()),
        Param::Map(entries) => {
            Param::Map(entries.into_iter().map(|(key, value)| (key, alike(value))).collect())
        }
        param => param,
    }
}
