//! Responses of services, as botocore reads them with the models of these services.

use std::path::Path;
use typefoundry_conformance::botocore::responses::{Answer, answers, models, run, services};
use typefoundry_conformance::differences::Tally;
use typefoundry_conformance::{data, say};

#[test]
fn xml_is_read() {
    let Some(folder) = data("protocol-tests/botocore-response-parsing") else { return };
    let mut all = answers(&folder.join("xml/responses"), &folder.join("xml/responses"), "xml");
    assert_eq!(all.len(), 204);
    all.extend(answers(&folder.join("xml/errors"), &folder.join("xml/errors"), "xml"));
    judge("botocore-responses-xml", &all);
}

#[test]
fn errors_in_json_are_read() {
    let Some(folder) = data("protocol-tests/botocore-response-parsing") else { return };
    let all = answers(&folder.join("json/errors"), &folder.join("json/expected"), "json");
    assert_eq!(all.len(), 5);
    judge("botocore-responses-json", &all);
}

fn judge(suite: &str, all: &[Answer]) {
    let Some(models) = models() else {
        say(&format!(
            "the suite {suite} was not run, all {} cases: botocore's models are not here; set \
             TYPEFOUNDRY_BOTOCORE_DATA to the folder `botocore/data`",
            all.len()
        ));
        return;
    };
    compare(suite, all, &models);
}

fn compare(suite: &str, all: &[Answer], models: &Path) {
    let services = services(models, all);
    let mut tally = Tally::default();
    for answer in all {
        match services.get(answer.service()) {
            Some(Ok(api)) => tally.add(answer.id.clone(), run(answer, api)),
            Some(Err(error)) => tally.add(answer.id.clone(), Err(error.clone())),
            None => tally.skip(),
        }
    }
    tally.judge(suite);
}
