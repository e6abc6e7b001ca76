//! Our own suites, one for each protocol. They need no data of others, and always run.

use typefoundry::schema::Protocol;
use typefoundry_conformance::differences::Tally;
use typefoundry_conformance::own::Suite;

const SUITES: &[(&str, Protocol)] = &[
    ("rest-json", Protocol::RestJson),
    ("rest-xml", Protocol::RestXml),
    ("json-1.0", Protocol::Json10),
    ("json-1.0-query-compatible", Protocol::Json10),
    ("json-1.1", Protocol::Json11),
    ("query", Protocol::Query),
    ("ec2-query", Protocol::Ec2Query),
    ("rpc-v2-cbor", Protocol::RpcV2Cbor),
    ("rpc-v2-cbor-query-compatible", Protocol::RpcV2Cbor),
];

#[test]
fn inputs_are_sent() {
    let mut tally = Tally::default();
    for (name, protocol) in SUITES {
        let suite = Suite::load(name);
        assert_eq!(suite.protocol(), *protocol);
        assert!(suite.size().0 >= if name.ends_with("compatible") { 2 } else { 20 }, "{name}");
        for (title, outcome) in suite.requests() {
            tally.add(format!("{name}/{title}"), outcome);
        }
    }
    tally.judge("suites-input");
}

#[test]
fn answers_are_read() {
    let mut tally = Tally::default();
    for (name, _) in SUITES {
        let suite = Suite::load(name);
        assert!(suite.size().1 >= if name.ends_with("compatible") { 4 } else { 20 }, "{name}");
        for (title, outcome) in suite.answers() {
            tally.add(format!("{name}/{title}"), outcome);
        }
    }
    tally.judge("suites-output");
}
