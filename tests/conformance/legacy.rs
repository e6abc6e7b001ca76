//! The protocol suites that botocore's authors wrote by hand.

use typefoundry_conformance::botocore::{answers, cases, requests};
use typefoundry_conformance::data;
use typefoundry_conformance::differences::Tally;

#[test]
fn inputs_are_sent() {
    let Some(folder) = data("protocol-tests/botocore-legacy/input") else { return };
    let cases = cases(&folder);
    assert_eq!(cases.len(), 162);
    let mut tally = Tally::default();
    for case in cases {
        tally.add(case.id.clone(), requests::run(&case));
    }
    tally.judge("botocore-legacy-input");
}

#[test]
fn answers_are_read() {
    let Some(folder) = data("protocol-tests/botocore-legacy/output") else { return };
    let cases = cases(&folder);
    assert_eq!(cases.len(), 110);
    let mut tally = Tally::default();
    for case in cases {
        tally.add(case.id.clone(), answers::run(&case));
    }
    tally.judge("botocore-legacy-output");
}
