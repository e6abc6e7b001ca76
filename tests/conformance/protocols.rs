//! The protocol suites that botocore carries, which are made of Smithy's.

use typefoundry_conformance::botocore::{answers, cases, requests};
use typefoundry_conformance::data;
use typefoundry_conformance::differences::Tally;

#[test]
fn inputs_are_sent() {
    let Some(folder) = data("protocol-tests/botocore-input") else { return };
    let cases = cases(&folder);
    assert_eq!(cases.len(), 367);
    let mut tally = Tally::default();
    for case in cases {
        if case.ignored {
            tally.ignored();
        }
        tally.add(case.id.clone(), requests::run(&case));
    }
    tally.judge("botocore-input");
}

#[test]
fn answers_are_read() {
    let Some(folder) = data("protocol-tests/botocore-output") else { return };
    let cases = cases(&folder);
    assert_eq!(cases.len(), 365);
    let mut tally = Tally::default();
    for case in cases {
        if case.ignored {
            tally.ignored();
        }
        tally.add(case.id.clone(), answers::run(&case));
    }
    tally.judge("botocore-output");
}
