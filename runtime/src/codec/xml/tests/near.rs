//! The elements around one that does not fit, and what is left out of them.

use crate::codec::samples::near::Answer;
use crate::codec::xml::{Tree, read};
use crate::codec::{DecodeError, Reading};
use crate::value::Empty;

fn failed(xml: &str) -> DecodeError {
    let xml = format!("<Answer>{xml}</Answer>");
    let tree = Tree::parse(xml.as_bytes()).unwrap();
    match read(tree.root(), &mut Answer::empty(), Reading::default()) {
        Err(error) => error,
        Ok(report) => unreachable!("{xml}: {report:?}"),
    }
}

fn near(xml: &str) -> Option<String> {
    match failed(xml) {
        DecodeError::Mismatch { near, .. } => near,
        other => unreachable!("{xml}: {other}"),
    }
}

#[test]
fn what_stands_beside_an_element() {
    let long = "x".repeat(200);
    let cases = [
        // Beside members that are no secret, however they are written
        (
            "<events><member><name>a</name><no>b</no><text>c</text></member></events>",
            "<name>a</name><no>b</no><text>c</text>",
        ),
        (
            "<events><member>\n <a:name xmlns:a='urn:a' hush='hush'>a<!--hush--></a:name>\n <no>b</no>\n\
             <text>&lt;c&amp;</text></member></events>",
            "<name>a</name><no>b</no><text>&lt;c&amp;</text>",
        ),
        // Elements and entries
        (
            "<numbers><member>1</member><member>b</member></numbers>",
            "<member>1</member><member>b</member>",
        ),
        (
            "<tags><entry><key>a</key><value>b</value></entry></tags>",
            "<key>a</key><value>b</value>",
        ),
        // What lies deeper is left out, and so is what nobody knows
        (
            "<events><member><person><token>hush</token></person><no>b</no></member></events>",
            "<person>…</person><no>b</no>",
        ),
        (
            "<events><member><newToken>hush</newToken><other><a>hush</a></other><no>b</no>\
             <secretly>hush</secretly></member></events>",
            "…<no>b</no>…",
        ),
        // Long texts
        (
            &format!(
                "<events><member><name>{long}</name><no>b</no><text>{long}</text></member></events>"
            ),
            &format!("…{}</name><no>b</no><text>{}…", "x".repeat(33), "x".repeat(34)),
        ),
    ];
    for (xml, expected) in cases {
        assert_eq!(near(xml).as_deref(), Some(expected), "{xml}");
    }
}

/// No text at all where the value is a secret, or a secret may stand beside it.
#[test]
fn nothing_where_a_secret_is_near() {
    let cases = [
        "<people><member><name>a</name><age>b</age><token>hush</token></member></people>",
        "<people><member><name>a</name><age>b</age></member></people>",
        "<events><member><name>a</name><person><age>b</age><token>hush</token></person></member></events>",
        "<keys><entry><key>hush</key><value>hush</value></entry></keys>",
        "<owner><name>hush</name><no>hush</no><text>hush</text></owner>",
        // The elements of a flattened list stand among members, of which some are secret.
        "<flat>b</flat><keys><entry><key>hush</key><value>1</value></entry></keys>",
        // An attribute has nothing beside it.
        "<events><member kind='b'><name>hush</name></member></events>",
        // Several members of a union
        "<choice><number>1</number><token>hush</token></choice>",
        // Nothing stands beside it.
        "<numbers><member>b</member></numbers>",
        "<choice><number>b</number></choice>",
    ];
    for xml in cases {
        assert_eq!(near(xml), None, "{xml}");
        assert!(!failed(xml).to_string().contains("hush"), "{xml}");
    }
}

#[test]
fn the_whole_error() {
    let error = failed("<events><member><name>a</name><no>soon</no></member></events>");
    assert_eq!(
        error.to_string(),
        "events[0].number: expected a whole number of 32 bits, found \"soon\", in \
         `<name>a</name><no>soon</no>`"
    );
}
