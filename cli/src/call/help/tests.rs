use super::markdown::inline;
use super::page::Page;
use super::{first_sentence, syntax, tree};
use std::fmt::Write;

#[test]
fn markdown_becomes_plain_text() {
    for (markdown, expected) in [
        ("a `code` and **bold**", "a code and bold"),
        ("see [here](https://a.example/b)", "see here (https://a.example/b)"),
        (
            "[https://a.example](https://a.example) <https://b.example>",
            "https://a.example https://b.example",
        ),
        (r"a \* b \[c\] `x\y`", r"a * b [c] x\y"),
        ("``a`b`` and `open", "a`b and `open"),
        ("[not a link] and 1 < 2", "[not a link] and 1 < 2"),
        ("\u{1b}[31mred", "\u{fffd}[31mred"),
        (r"ends with \", r"ends with \"),
    ] {
        assert_eq!(inline(markdown), expected, "{markdown}");
    }
}

#[test]
fn paragraphs_and_lists_are_wrapped() {
    let docs = "One two three four five\nsix.\n\n- an item that goes on and on\n  - inside\n\n\
                1. first\n\n```text\n  kept    as it is, however long it may be\n```\n- a-word-that-is-too-long-for-it\n\nEnd.";
    let mut page = Page::default();
    page.heading("HEADING");
    page.docs(1, Some(docs));
    let expected = "HEADING\n    One two three four\n    five six.\n\n    - an item that goes\n      on \
                    and on\n      - inside\n\n    1. first\n\n      kept    as it is, however long \
                    it may be\n    - a-word-that-is-too-long-for-it\n\n    End.\n";
    assert_eq!(page.render(24, false), expected);
    assert!(page.render(24, true).starts_with("\u{1b}[1mHEADING\u{1b}[0m\n"));
}

#[test]
fn of_documentation_a_list_has_the_first_sentence() {
    for (docs, expected) in [
        (None, None),
        (Some(""), None),
        (Some("One.\n\nTwo."), Some("One.")),
        (Some("One\nmore. Two."), Some("One more.")),
        (Some("No end"), Some("No end")),
    ] {
        assert_eq!(first_sentence(docs).as_deref(), expected, "{docs:?}");
    }
}

#[test]
fn syntax_ends_where_shapes_recur() {
    let spec = r#"{
      "typefoundry": "1",
      "service": {"id": "acme/trees", "title": "Trees", "protocol": "json-1.1",
                  "endpoint": {"url": "https://a.example"}},
      "operations": {"Plant": {"http": "POST /", "input": {
        "tree": "Tree", "labels": "Labels", "any": "document", "names": "Names", "pairs": "Pairs"}}},
      "shapes": {
        "Tree": {"structure": {"kind": "Kind", "left": "Tree", "all": "Trees", "leaf": "boolean"}},
        "Trees": {"list": "Tree"},
        "Kind": {"enum": {"OAK": "Strong.", "ELM": ""}},
        "Labels": {"map": "long", "key": "Kind"},
        "Names": {"list": "string"},
        "Pair": {"structure": {"a": "Names", "b": "integer"}},
        "Pairs": {"list": "Pair"}
      }
    }"#;
    let model = typefoundry_spec::load("trees.json", spec).into_model().expect("a spec");
    let mut out = String::new();
    for member in &model.operations[0].input {
        let shorthand = syntax::shorthand(&model, member.target);
        let json = syntax::json(&model, member.target);
        let _ = writeln!(out, "{}: {shorthand:?}\n{json}\n", member.name);
    }
    let mut page = Page::default();
    tree::members(&mut page, &model, &model.operations[0].input, 0);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("syntax", out + &page.render(80, false));
    });
}

/// What is read as JSON is not shown as shorthand.
#[test]
fn what_comes_to_documents_in_the_end_has_no_shorthand() {
    let spec = r#"{
      "typefoundry": "1",
      "service": {"id": "acme/trees", "title": "Trees", "protocol": "json-1.1",
                  "endpoint": {"url": "https://a.example"}},
      "operations": {"Plant": {"http": "POST /", "input": {
        "all": "Rows", "named": "Named", "tree": "Tree"}}},
      "shapes": {
        "Row": {"list": "document"},
        "Named": {"map": "Row"},
        "Rows": {"list": "Named"},
        "Tree": {"structure": {"rows": "Rows", "height": "long"}}
      }
    }"#;
    let model = typefoundry_spec::load("trees.json", spec).into_model().expect("a spec");
    let input = &model.operations[0].input;
    let shorthand = input.iter().map(|member| syntax::shorthand(&model, member.target));
    assert_eq!(shorthand.collect::<Vec<_>>(), [None, None, Some("height=long".to_owned())]);
}
