//! Names of parameters, in both dialects and both directions.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Dialect, read, write};
use crate::codec::{DecodeError, Reading};
use crate::value::{Empty, Structure};
use crate::{Blob, Map, Model, Timestamp, UnknownMember};

const STRICT: Reading = Reading { strict: true, keep_unplaced: true, lenient: false };

#[derive(Model)]
struct Every {
    #[model(name = "Text")]
    text: Option<String>,
    #[model(name = "Flag")]
    flag: Option<bool>,
    #[model(name = "Float")]
    float: Option<f32>,
    #[model(name = "Bytes")]
    bytes: Option<Blob>,
    #[model(name = "Iso")]
    iso: Option<Timestamp>,
    #[model(name = "Epoch", format = "epoch-seconds")]
    epoch: Option<Timestamp>,
    #[model(name = "Http", format = "http-date")]
    http: Option<Timestamp>,
    #[model(name = "List")]
    list: Option<Vec<i32>>,
    #[model(name = "Named", item = "item")]
    named: Option<Vec<i32>>,
    #[model(name = "Flat", flattened)]
    flat: Option<Vec<i32>>,
    #[model(name = "FlatNamed", flattened, item = "One")]
    flat_named: Option<Vec<Inner>>,
    #[model(name = "Nested", item(wire = "row", item = "cell"))]
    nested: Option<Vec<Vec<i32>>>,
    #[model(name = "Map")]
    map: Option<Map<String, i32>>,
    #[model(name = "FlatMap", flattened, key = "K", item = "V")]
    flat_map: Option<Map<String, Inner>>,
    #[model(name = "Inner")]
    inner: Option<Inner>,
    #[model(name = "Choice")]
    choice: Option<Choice>,
}

#[derive(Model)]
struct Inner {
    x: Option<i32>,
    #[model(name = "list", wire = "ListOfInner", query_name = "lists.own", flattened, item = "y")]
    list: Option<Vec<i32>>,
}

#[derive(Model)]
enum Choice {
    #[model(name = "text")]
    Text(String),
    #[model(unknown)]
    Unknown(UnknownMember),
}

#[derive(Model)]
struct Needy {
    #[model(name = "Needed")]
    needed: Inner,
    #[model(name = "Also")]
    also: String,
}

fn form(input: &dyn Structure, dialect: Dialect) -> String {
    let form = String::from_utf8(write("Do", "1", input, dialect)).unwrap();
    form.strip_prefix("Action=Do&Version=1").unwrap().trim_start_matches('&').to_owned()
}

fn parse<T: Structure + Empty>(form: &str, dialect: Dialect) -> Result<T, DecodeError> {
    let mut input = T::empty();
    read(form.as_bytes(), &mut input, dialect, STRICT).map(|_| input)
}

fn inner(x: i32) -> Inner {
    Inner { x: Some(x), list: None }
}

/// The value, the parameters of AWS query and those of EC2
fn cases() -> Vec<(Every, &'static str, &'static str)> {
    let it = Every::default;
    let at = Timestamp::new(1_422_172_800, 120_000_000);
    let whole = Timestamp::from_seconds(1_422_172_800);
    let map = |key: &str| [(key.to_owned(), 1)].into_iter().collect();
    let inners = [("a".to_owned(), inner(1))].into_iter().collect();
    let deep = Inner { x: None, list: Some(vec![7, 8]) };
    vec![
        (it(), "", ""),
        (
            Every { text: Some("a b*~&=%é+".to_owned()), ..it() },
            "Text=a+b%2A~%26%3D%25%C3%A9%2B",
            "Text=a+b%2A~%26%3D%25%C3%A9%2B",
        ),
        (Every { text: Some(String::new()), ..it() }, "Text=", "Text="),
        (Every { flag: Some(false), ..it() }, "Flag=false", "Flag=false"),
        (Every { float: Some(1.1), ..it() }, "Float=1.1", "Float=1.1"),
        (Every { float: Some(10.0), ..it() }, "Float=10.0", "Float=10.0"),
        (Every { float: Some(f32::INFINITY), ..it() }, "Float=Infinity", "Float=Infinity"),
        (
            Every { bytes: Some(Blob::from(b"\xff\xfe".as_slice())), ..it() },
            "Bytes=%2F%2F4%3D",
            "Bytes=%2F%2F4%3D",
        ),
        (
            Every { iso: at, epoch: whole, http: whole, ..it() },
            "Iso=2015-01-25T08%3A00%3A00.120000Z&Epoch=1422172800&\
             Http=Sun%2C+25+Jan+2015+08%3A00%3A00+GMT",
            "Iso=2015-01-25T08%3A00%3A00.120000Z&Epoch=1422172800&\
             Http=Sun%2C+25+Jan+2015+08%3A00%3A00+GMT",
        ),
        (
            Every { list: Some(vec![5, 6]), named: Some(vec![7]), ..it() },
            "List.member.1=5&List.member.2=6&Named.item.1=7",
            "List.1=5&List.2=6&Named.1=7",
        ),
        (
            Every { flat: Some(vec![5, 6]), flat_named: Some(vec![inner(1), inner(2)]), ..it() },
            "Flat.1=5&Flat.2=6&One.1.x=1&One.2.x=2",
            "Flat.1=5&Flat.2=6&FlatNamed.1.X=1&FlatNamed.2.X=2",
        ),
        (
            Every { nested: Some(vec![vec![1, 2], vec![3]]), ..it() },
            "Nested.row.1.cell.1=1&Nested.row.1.cell.2=2&Nested.row.2.cell.1=3",
            "Nested.1.1=1&Nested.1.2=2&Nested.2.1=3",
        ),
        (
            Every { map: Some(map("a")), flat_map: Some(inners), ..it() },
            "Map.entry.1.key=a&Map.entry.1.value=1&FlatMap.1.K=a&FlatMap.1.V.x=1",
            "Map.entry.1.key=a&Map.entry.1.value=1&FlatMap.1.K=a&FlatMap.1.V.X=1",
        ),
        (
            Every { inner: Some(deep), ..it() },
            "Inner.y.1=7&Inner.y.2=8",
            "Inner.lists.own.1=7&Inner.lists.own.2=8",
        ),
        (
            Every { choice: Some(Choice::Text("t".to_owned())), ..it() },
            "Choice.text=t",
            "Choice.Text=t",
        ),
    ]
}

#[test]
fn values_become_parameters() {
    for (value, query, ec2) in cases() {
        assert_eq!(form(&value, Dialect::Query), query);
        assert_eq!(form(&value, Dialect::Ec2), ec2);
    }
}

#[test]
fn parameters_become_values() {
    for (value, query, ec2) in cases() {
        assert_eq!(parse::<Every>(query, Dialect::Query).unwrap(), value, "{query}");
        // A query name with a dot in it cannot be told from two parts.
        if !ec2.contains("lists.own") {
            assert_eq!(parse::<Every>(ec2, Dialect::Ec2).unwrap(), value, "{ec2}");
        }
    }
    let many: Vec<String> = (1..=12).rev().map(|it| format!("List.member.{it}={it}")).collect();
    let read: Every = parse(&many.join("&"), Dialect::Query).unwrap();
    assert_eq!(read.list.unwrap(), (1..=12).collect::<Vec<_>>(), "in the order of the numbers");
}

#[test]
fn only_aws_query_tells_an_empty_list() {
    let empty = Every {
        list: Some(Vec::new()),
        flat: Some(Vec::new()),
        flat_named: Some(Vec::new()),
        map: Some(Map::new()),
        inner: Some(Inner::default()),
        ..Every::default()
    };
    assert_eq!(form(&empty, Dialect::Query), "List=&Flat=&FlatNamed=");
    assert_eq!(form(&empty, Dialect::Ec2), "");
    let read: Every = parse("List=&Flat=&FlatNamed=", Dialect::Query).unwrap();
    assert_eq!(read, Every { map: None, inner: None, ..empty });
}

#[test]
fn mistakes_are_told_by_their_place_without_their_text() {
    for (form, error) in [
        ("List.member.1=x", "List[0]: expected a whole number of 32 bits, found another text"),
        ("Flag=yes", "Flag: expected true or false, found another text"),
        ("Iso=soon", "Iso: expected an RFC 3339 date-time, found another text"),
    ] {
        assert_eq!(parse::<Every>(form, Dialect::Query).unwrap_err().to_string(), error);
    }
    let missing = parse::<Needy>("Needed.x=1", Dialect::Query).unwrap_err();
    assert_eq!(missing.to_string(), "Also: it is required and not there");
    let deep = format!("List{}=1", ".1".repeat(100_000));
    let deep = parse::<Every>(&deep, Dialect::Query).unwrap_err();
    assert_eq!(deep.to_string(), "not a form: a name has too many parts");
    let mut input = Every::default();
    let form = b"Action=Do&Version=1&Text=a&Other.1=b&Inner.z=c";
    let report = read(form, &mut input, Dialect::Query, STRICT).unwrap();
    let paths: Vec<_> = report.unplaced.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["Inner.z", "Other"]);
}
