//! What files are read as. The expected column is what Python 3.11's `RawConfigParser` makes of them.

use super::*;

/// Sections with their values, those of `DEFAULT` filled in; or the line of a mistake.
fn read(text: &str, headless: Headless) -> String {
    match parse(text, headless) {
        Ok(ini) => {
            let sections = ini.sections.into_iter().map(|(header, own)| {
                let mut section = ini.defaults.clone();
                section.extend(own);
                let values: Vec<_> =
                    section.iter().map(|(key, it)| format!("{key}={it}")).collect();
                format!("<{header}> {}", values.join(" | ")).trim_end().to_owned()
            });
            sections.collect::<Vec<_>>().join(" ")
        }
        Err(error) => error.to_string(),
    }
}

#[test]
fn files_are_read_as_python_reads_them() {
    let cases = [
        ("", ""),
        ("[a]\nx=1", "<a> x=1"),
        ("[a]\nx = 1 = 2 : 3", "<a> x=1 = 2 : 3"),
        ("[a]\nX : y", "<a> x=y"),
        ("[a]\nx=1 # no comment", "<a> x=1 # no comment"),
        ("# c\n ; c\n[a]\n# c\nx=1\n", "<a> x=1"),
        ("[a]\nx=\n  y=1\n  z = 2\n", "<a> x=\ny=1\nz = 2"),
        ("[a]\nx=1\n  2\n\n  3\n\n\ny=4", "<a> x=1\n2\n\n3 | y=4"),
        ("[a]\nx=1\n# c\n  2", "<a> x=1\n2"),
        ("[a]\r\nx=1\r\n", "<a> x=1"),
        ("[a]\rx=1\ry=2", "<a> x=1 | y=2"),
        ("  [a]\n  x=1\n  y=2", "<a> x=1 | y=2"),
        ("[a]\n  x=1\n y=2\n   z=3", "<a> x=1 | y=2\nz=3"),
        ("[a] # c\nx=1", "<a> x=1"),
        ("[a]]\nx=1", "<a]> x=1"),
        ("[[a]\nx=1", "<[a> x=1"),
        ("[a b]\nx=1", "<a b> x=1"),
        ("[ a ]\nx=1", "< a > x=1"),
        ("[DEFAULT]\nx=1\n[a]\ny=2\n[b]\nx=3", "<a> x=1 | y=2 <b> x=3"),
        ("[a]\nx=1\n[b]", "<a> x=1 <b>"),
        ("[a]\nx=\n\n\n  y=1\n", "<a> x=\n\n\ny=1"),
        ("[a]\n\n  x=1\n  y=2", "<a> x=1 | y=2"),
        ("[a]\nx=1\n  [b]\n", "<a> x=1\n[b]"),
        ("[a]\nx=é ü", "<a> x=é ü"),
        ("[a]\nx y=1", "<a> x y=1"),
        ("[a]\nx==1", "<a> x==1"),
        ("[a]\nx=  1  ", "<a> x=1"),
        ("[a]\nx=1\n[a]\ny=1", "line 3: the same section begins a second time"),
        ("[a]\nx=1\nX=2", "line 3: the same name stands in its section already"),
        ("x=1", "line 1: it is in no section"),
        ("[a]\nx", "line 2: it is neither a section nor a name with `=` and a value"),
        ("[a]\n=1", "line 2: it has no name before the `=`"),
        ("[]\nx=1", "line 1: it is in no section"),
        ("[a\nx=1", "line 1: it is in no section"),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text, Headless::Refused), expected, "{text:?}");
    }
}

#[test]
fn a_mark_at_the_beginning_is_no_text() {
    assert_eq!(read("\u{feff}[a]\nx=1", Headless::Refused), "<a> x=1");
}

#[test]
fn what_comes_before_all_sections_may_hold_for_all() {
    assert_eq!(read("x=1\n[a]\ny=2", Headless::Default), "<a> x=1 | y=2");
    let ini = parse("x=1", Headless::Default).expect("a file");
    assert_eq!(ini.defaults["x"], "1");
}

/// Mistakes name lines, and never what is in them.
#[test]
fn mistakes_show_no_secret() {
    for text in ["hunter2", "[a]\nhunter2", "[a]\n=hunter2", "[a]\nk=hunter2\nk=hunter2"] {
        let error = parse(text, Headless::Refused).expect_err("a mistake");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
