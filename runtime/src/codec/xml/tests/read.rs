//! XML to values.

use super::{Choice, Color, Every, Inner};
use crate::codec::xml::{Tree, read, read_structure};
use crate::codec::{DecodeError, Reading, Report};
use crate::value::{Empty, Structure, Value};
use crate::{Blob, Document, Map, Model, Timestamp, UnknownValue};

const KEEPING: Reading = Reading { strict: false, keep_unplaced: true, lenient: false };
const STRICT: Reading = Reading { strict: true, keep_unplaced: true, lenient: false };
const LENIENT: Reading = Reading { strict: false, keep_unplaced: true, lenient: true };

fn parse<T: Value + Empty>(xml: &str, reading: Reading) -> Result<(T, Report), DecodeError> {
    let mut value = T::empty();
    let report = read(Tree::parse(xml.as_bytes())?.root(), &mut value, reading)?;
    Ok((value, report))
}

fn every(inside: &str) -> Every {
    let (value, report) = parse(&format!("<E>{inside}</E>"), KEEPING).unwrap();
    assert_eq!(report, Report::default(), "{inside}");
    value
}

fn inner(x: i32) -> Inner {
    Inner { x: Some(x), ..Inner::default() }
}

#[test]
fn elements_become_values() {
    let it = Every::default;
    let map: Map<_, _> = [("b".to_owned(), 1), ("a".to_owned(), 2)].into_iter().collect();
    let colors: Map<_, _> =
        [(Color::Red, inner(1)), (Color::Unknown(UnknownValue::new("X")), inner(2))]
            .into_iter()
            .collect();
    let time = Timestamp::from_seconds(1_398_796_238);
    let cases = vec![
        ("", it()),
        (" \n <!-- none --> ", it()),
        ("<boolean>true</boolean>", Every { boolean: Some(true), ..it() }),
        ("<boolean> false </boolean>", Every { boolean: Some(false), ..it() }),
        ("<boolean/>", Every { boolean: Some(false), ..it() }),
        (
            "<integer> -7\n</integer><long>9007199254740993</long>",
            Every { integer: Some(-7), long: Some(9_007_199_254_740_993), ..it() },
        ),
        (
            "<float>1e3</float><double>-Infinity</double>",
            Every { float: Some(1000.0), double: Some(f64::NEG_INFINITY), ..it() },
        ),
        ("<string></string>", Every { string: Some(String::new()), ..it() }),
        ("<string> a\n b </string>", Every { string: Some(" a\n b ".to_owned()), ..it() }),
        (
            "<string>a<!-- c -->b<![CDATA[<c>]]>&lt;&#x20AC;<z/>d</string>",
            Every { string: Some("ab<c><€".to_owned()), ..it() },
        ),
        (
            "<color>BLUE</color>",
            Every { color: Some(Color::Unknown(UnknownValue::new("BLUE"))), ..it() },
        ),
        (
            "<blob>aGVs\n  bG8=\n</blob>",
            Every { blob: Some(Blob::from("hello".as_bytes())), ..it() },
        ),
        ("<time>2014-04-29T18:30:38Z</time>", Every { time, ..it() }),
        ("<time>Tue, 29 Apr 2014 18:30:38 GMT</time>", Every { time, ..it() }),
        ("<time>1398796238</time>", Every { time, ..it() }),
        ("<epoch>2014-04-29T18:30:38</epoch>", Every { epoch: time, ..it() }),
        ("<list/>", Every { list: Some(Vec::new()), ..it() }),
        ("<list><member>1</member> <x>2</x></list>", Every { list: Some(vec![1, 2]), ..it() }),
        (
            "<flat><x>1</x></flat><boolean>true</boolean><flat><x>2</x></flat>",
            Every { flat: Some(vec![inner(1), inner(2)]), boolean: Some(true), ..it() },
        ),
        ("<one>1</one><one>2</one>", Every { flat_named: Some(vec![1, 2]), ..it() }),
        ("<flat-named>1</flat-named>", Every { flat_named: Some(vec![1]), ..it() }),
        (
            "<nested><a><b>1</b><b>2</b></a><a/></nested>",
            Every { nested: Some(vec![vec![1, 2], Vec::new()]), ..it() },
        ),
        (
            "<map><e><key>b</key><value>1</value></e><e><value>2</value><key>a</key></e></map>",
            Every { map: Some(map), ..it() },
        ),
        ("<map/>", Every { map: Some(Map::new()), ..it() }),
        ("<map><e><key>a</key></e></map>", Every { map: Some(Map::new()), ..it() }),
        (
            "<flat-map><K>RED</K><V><x>1</x></V></flat-map>\
             <flat-map><K>X</K><V><x>2</x></V></flat-map>",
            Every { flat_map: Some(colors), ..it() },
        ),
        ("<structure/>", Every { structure: Some(Inner::default()), ..it() }),
        (
            "<structure><x>1</x><x>2</x></structure><structure><x>3</x></structure>",
            Every { structure: Some(inner(1)), ..it() },
        ),
        (
            "<attribute xmlns:q='urn:q' kind='k' q:of='3' q:kind='no'/>",
            Every {
                attribute: Some(Inner { x: None, kind: Some("k".to_owned()), number: Some(3) }),
                ..it()
            },
        ),
        ("<n:string xmlns:n='urn:n'>s</n:string>", Every { string: Some("s".to_owned()), ..it() }),
        ("<choice/>", it()),
        (
            "<choice><text>t</text></choice>",
            Every { choice: Some(Choice::Text("t".to_owned())), ..it() },
        ),
        (
            "<choice><many>1</many><many>2</many></choice>",
            Every { choice: Some(Choice::Many(vec![1, 2])), ..it() },
        ),
    ];
    for (xml, expected) in cases {
        assert_eq!(every(xml), expected, "{xml}");
    }
}

#[test]
fn mistakes_are_told_by_their_place() {
    let cases = [
        ("<boolean>yes</boolean>", "boolean: expected true or false, found \"yes\""),
        ("<integer/>", "integer: expected a whole number of 32 bits, found \"\""),
        (
            "<flat/><flat><x>1.5</x></flat>",
            "flat[1].x: expected a whole number of 32 bits, found \"1.5\"",
        ),
        ("<blob>?</blob>", "blob: expected a base64 string, found \"?\""),
        ("<time>soon</time>", "time: expected an RFC 3339 date-time, found \"soon\""),
        (
            "<map><e><key>k</key><value>v</value></e></map>",
            "map[\"k\"]: expected a whole number of 32 bits, found \"v\", in \
             `<key>k</key><value>v</value>`",
        ),
        ("<map><e/></map>", "map[0]: expected an entry with a `key`, found an entry without one"),
        (
            "<attribute xmlns:p='urn:p' p:of='x'/>",
            "attribute.number: expected a whole number of 32 bits, found \"x\"",
        ),
        (
            "<secret><x>hush</x></secret>",
            "secret.x: expected a whole number of 32 bits, found a string",
        ),
    ];
    for (xml, expected) in cases {
        let error = parse::<Every>(&format!("<E>{xml}</E>"), KEEPING).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let (value, report) =
        parse::<Every>("<E><integer>x</integer><long>1</long></E>", LENIENT).unwrap();
    assert_eq!(value, Every { long: Some(1), ..Every::default() });
    assert_eq!(report.unplaced, [("integer".to_owned(), Document::from("x"))]);
}

#[derive(Model)]
struct Needy {
    needed: i32,
    list: Vec<Needed>,
    #[model(header = "h")]
    elsewhere: String,
}

#[derive(Model)]
struct Needed {
    x: i32,
}

#[test]
fn what_is_missing_or_has_no_place_is_reported() {
    let xml = "<N><list><i><x>1</x></i><i/></list><new><a>1</a><a>2</a><b/></new></N>";
    let (value, report) = parse::<Needy>(xml, KEEPING).unwrap();
    assert_eq!(value.list, [Needed { x: 1 }, Needed { x: 0 }]);
    assert_eq!(report.missing, ["list[1].x", "needed"]);
    let expected = Document::from_json(br#"{"a":["1","2"],"b":""}"#).unwrap();
    assert_eq!(report.unplaced, [("new".to_owned(), expected)]);
    let error = parse::<Needy>(xml, STRICT).unwrap_err();
    assert_eq!(error.to_string(), "list[1].x: it is required and not there");
    let mut nothing = Needy::empty();
    let nothing: &mut dyn Structure = &mut nothing;
    let report = read_structure(None, nothing, KEEPING).unwrap();
    assert_eq!(report.missing, ["needed", "list"]);
}

#[derive(Model)]
struct Deep {
    inner: Option<Box<Deep>>,
}

#[test]
fn depth_is_refused_where_it_would_be_followed() {
    let nest = |name: &str, depth: usize| {
        format!(
            "<D>{}{}</D>",
            format!("<{name}>").repeat(depth),
            format!("</{name}>").repeat(depth)
        )
    };
    let error = parse::<Deep>(&nest("inner", 100_000), KEEPING).unwrap_err();
    assert_eq!(error.to_string(), "not XML: it nests too deeply");
    assert!(parse::<Deep>(&nest("inner", 100), KEEPING).is_ok());
    let (_, report) = parse::<Deep>(&nest("other", 100_000), KEEPING).unwrap();
    assert_eq!(report.unplaced.len(), 1);
}
