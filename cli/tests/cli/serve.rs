//! `typefoundry mock`, called by `typefoundry call`.

use crate::run::{ACCESS_KEY, Ran, SECRET_KEY, run, typefoundry, with_account};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// A mock in a process of its own, which ends with the test.
struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn new(arguments: &[&str]) -> Self {
        let mut command = typefoundry();
        command.args(["mock", "--port", "0", "--quiet"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the binary");
        let mut url = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut url).expect("a line");
        Self { child, url: url.trim().to_owned() }
    }

    fn call(&self, arguments: &[&str]) -> Ran {
        let mut command = with_account();
        command.env_remove("AWS_SESSION_TOKEN").arg("call");
        run(command, arguments.iter().chain(&["--endpoint-url", &self.url]))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn services_are_told_apart_and_turn_pages() {
    let key = format!("{ACCESS_KEY}:{SECRET_KEY}");
    let mock = Served::new(&["--verify", &key, "--items", "7"]);
    let channels = mock.call(&["aws", "ivs", "list-channels"]).json();
    assert_eq!(channels["channels"].as_array().map(Vec::len), Some(7), "{channels}");
    let trails = mock.call(&["aws", "cloudtrail", "list-trails"]).json();
    assert!(trails["Trails"].is_array(), "{trails}");
    let who = mock.call(&["aws", "sts", "get-caller-identity"]).json();
    assert!(who["Arn"].is_string(), "{who}");
    let error = mock.call(&["aws", "ivs", "get-channel", "--arn", "none"]).failed(254);
    assert!(
        error.contains("ValidationException") && error.contains("arn: it must match"),
        "{error}"
    );
}

#[test]
fn faults_and_seeds_are_as_they_were_told() {
    let mock = Served::new(&["aws", "ivs", "--fault", "error:ConflictException"]);
    let error = mock.call(&["aws", "ivs", "create-channel"]).failed(254);
    assert!(error.contains("ConflictException"), "{error}");
    let name = |seed: &str| {
        let mock = Served::new(&["aws", "sts", "--seed", seed]);
        mock.call(&["aws", "sts", "get-session-token"]).json()["Credentials"].clone()
    };
    assert_eq!(name("3"), name("3"));
    assert_ne!(name("3"), name("4"));
}

#[test]
fn mistakes_are_told() {
    let mock = Served::new(&["aws", "sts"]);
    let port = mock.url.rsplit(':').next().unwrap_or_default().to_owned();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["aws"], 252, "name a service of `aws`"),
        (&["aws", "nothing"], 252, "there is no spec of `aws nothing`"),
        (&["aws", "cloudtrail-record"], 252, "has no operations"),
        (&["--fault", "often"], 252, "`often` is no fault"),
        (&["--fault", "throttle:2"], 252, "`throttle:2` is no fault"),
        (&["aws", "sts", "--verify", "key"], 252, "`--verify` wants"),
        (&["--spec", "not-there.json"], 252, "not-there.json"),
        (&["aws", "sts", "--port", &port], 255, "cannot listen on"),
    ];
    for (arguments, code, words) in cases {
        let mut command = typefoundry();
        command.arg("mock");
        let said = run(command, arguments.iter()).failed(*code);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}
