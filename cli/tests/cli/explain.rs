//! `typefoundry explain`

use crate::run::{run, typefoundry};

fn explain(code: &str) -> crate::run::Ran {
    run(typefoundry(), ["explain", code])
}

#[test]
fn every_code_is_explained() {
    for code in typefoundry_spec::CATALOG {
        let text = explain(code.id).ok();
        let head = format!("{}: {}\n\n", code.id, code.title);
        let rest = text.strip_prefix(&head).unwrap_or_else(|| panic!("{text}"));
        assert!(rest.trim().len() > 40, "{} is hardly explained: {rest}", code.id);
    }
}

#[test]
fn an_unknown_code_is_a_failure_that_names_the_known_ones() {
    let first = typefoundry_spec::CATALOG.first().expect("a code").id;
    let last = typefoundry_spec::CATALOG.last().expect("a code").id;
    assert_eq!(
        explain("TF9999").failed(1),
        format!(
            "error: there is no code `TF9999`; the codes are {first} to {last}, in brackets \
             behind `error` and `warning`\n"
        )
    );
}
