//! Values to XML, as Python's `ElementTree` writes it.

use super::{Choice, Color, Every, Inner};
use crate::codec::xml::{has_body, write};
use crate::{Blob, Map, Timestamp};
use std::borrow::Cow;

fn body(value: &Every) -> String {
    let text = String::from_utf8(write("E", None, value)).unwrap();
    if text == "<E />" {
        return String::new();
    }
    let inside = text.strip_prefix("<E>").and_then(|rest| rest.strip_suffix("</E>"));
    inside.unwrap().to_owned()
}

fn inner(x: i32) -> Inner {
    Inner { x: Some(x), ..Inner::default() }
}

#[test]
fn values_become_elements() {
    let it = Every::default;
    let map: Map<_, _> = [("b<".to_owned(), 1), ("a".to_owned(), 2)].into_iter().collect();
    let colors: Map<_, _> = [(Color::Red, inner(1))].into_iter().collect();
    let cases = vec![
        (it(), ""),
        (
            Every {
                attribute: Some(Inner {
                    kind: Some("<a> &\"'\t\n\r".to_owned()),
                    number: Some(3),
                    x: Some(1),
                }),
                ..it()
            },
            "<attribute kind=\"&lt;a&gt; &amp;&quot;'&#09;&#10;&#13;\" p:of=\"3\"><x>1</x></attribute>",
        ),
        (Every { boolean: Some(true), ..it() }, "<boolean>true</boolean>"),
        (Every { integer: Some(-1), long: Some(2), ..it() }, "<integer>-1</integer><long>2</long>"),
        (
            Every { float: Some(0.5), double: Some(1e-5), ..it() },
            "<float>0.5</float><double>1e-05</double>",
        ),
        (Every { double: Some(f64::NAN), ..it() }, "<double>NaN</double>"),
        (Every { double: Some(2.0), ..it() }, "<double>2.0</double>"),
        (Every { string: Some(String::new()), ..it() }, "<string />"),
        (
            Every { string: Some(" <&>\"' é\r\n".to_owned()), ..it() },
            "<string> &lt;&amp;&gt;\"' é&#xD;\n</string>",
        ),
        (Every { color: Some(Color::Red), ..it() }, "<color>RED</color>"),
        (Every { blob: Some(Blob::from("hi".as_bytes())), ..it() }, "<blob>aGk=</blob>"),
        (
            Every { time: Timestamp::new(0, 1_000_000), epoch: Timestamp::from_seconds(5), ..it() },
            "<time>1970-01-01T00:00:00.001000Z</time><epoch>5</epoch>",
        ),
        (
            Every { list: Some(vec![1, 2]), ..it() },
            "<list xmlns=\"urn:list\"><member>1</member><member>2</member></list>",
        ),
        (Every { list: Some(Vec::new()), ..it() }, "<list xmlns=\"urn:list\" />"),
        (
            Every { named: Some(vec!["a".to_owned()]), ..it() },
            "<named><item xmlns:i=\"urn:item\">a</item></named>",
        ),
        (
            Every { flat: Some(vec![inner(1), Inner::default()]), ..it() },
            "<flat><x>1</x></flat><flat />",
        ),
        (
            Every { flat_named: Some(vec![1, 2]), ..it() },
            "<flat-named>1</flat-named><flat-named>2</flat-named>",
        ),
        (
            Every { nested: Some(vec![vec![1, 2], Vec::new()]), ..it() },
            "<nested><member><cell>1</cell><cell>2</cell></member><member /></nested>",
        ),
        (
            Every { map: Some(map), ..it() },
            "<map><entry><key>b&lt;</key><value>1</value></entry>\
             <entry><key>a</key><value>2</value></entry></map>",
        ),
        (
            Every { flat_map: Some(colors), ..it() },
            "<flat-map><K>RED</K><V><x>1</x></V></flat-map>",
        ),
        (Every { structure: Some(Inner::default()), ..it() }, "<structure />"),
        (
            Every { choice: Some(Choice::Text("t".to_owned())), ..it() },
            "<choice><text>t</text></choice>",
        ),
        (
            Every { choice: Some(Choice::Many(vec![1, 2])), ..it() },
            "<choice><many>1</many><many>2</many></choice>",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(body(&value), expected);
        assert_eq!(has_body(&value), !expected.is_empty(), "{expected}");
    }
}

#[test]
fn a_root_has_a_namespace_in_front_of_its_attributes() {
    let value = Inner { x: None, kind: Some("k".to_owned()), number: None };
    let namespace = (Cow::Borrowed("urn:a"), Cow::Borrowed("p"));
    let text = write("R", Some(&namespace), &value);
    assert_eq!(String::from_utf8(text).unwrap(), "<R xmlns:p=\"urn:a\" kind=\"k\" />");
}
