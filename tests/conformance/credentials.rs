//! The chain of AWS's credentials, against the cases of `aws-config`: variables, files, and what
//! goes over the wire.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use typefoundry::auth::{CredentialsError, Files, MemoryFiles, Surroundings};
use typefoundry::client::Sleep;
use typefoundry::transport::AnswerWith;
use typefoundry::{BoxFuture, Credentials, Timestamp};
use typefoundry_conformance::{data, differences::Tally};

const FOLDER: &str = "protocol-tests/misc/aws-config";

#[test]
fn default_chain() {
    run("credentials-chain", "default-credential-provider-chain", |surroundings| surroundings);
}

/// Its cases are of the profile alone, as if it had been chosen in code.
#[test]
fn profiles() {
    run("credentials-profiles", "profile-provider", |surroundings| {
        surroundings.with_profile("default")
    });
}

/// Which address is asked first.
#[test]
fn addresses() {
    let Some(folder) = data(FOLDER) else { return };
    let suites = [
        ("credentials-container", "ecs-tests.json", "true"),
        ("credentials-instance", "imds-config/imds-endpoint-tests.json", "false"),
    ];
    for (suite, file, disabled) in suites {
        let mut tally = Tally::default();
        for case in json(&folder.join(file))["tests"].as_array().unwrap() {
            // The runtime has no such settings besides variables and profiles.
            if case.get("endpoint_override").or(case.get("mode_override")).is_some() {
                tally.skip();
                continue;
            }
            let id = case["docs"].as_str().unwrap().to_owned();
            tally.add(id, compare_address(case, disabled));
        }
        tally.judge(suite);
    }
}

fn compare_address(case: &Value, disabled: &str) -> Result<(), String> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    let transport = AnswerWith::new(move |request: http::Request<bytes::Bytes>| {
        notes.lock().unwrap().push(request.uri().to_string());
        Ok(http::Response::default())
    });
    let mut variables = texts(&case["env"]);
    variables.insert("AWS_EC2_METADATA_DISABLED".to_owned(), disabled.to_owned());
    let files = texts(case.get("fs").unwrap_or(&Value::Null)).into_iter();
    let surroundings = Surroundings::empty()
        .with_environment(variables)
        .with_files(files.fold(MemoryFiles::new(), |it, (path, text)| it.with(path, text)))
        .with_transport(transport)
        .with_sleep(NoPause);
    let found = provided(&surroundings)?;
    let asked = asked.lock().unwrap().first().cloned();
    if asked.as_deref() == case["result"]["Ok"].as_str() {
        return Ok(());
    }
    Err(format!("{asked:?} is asked first: {found:?}"))
}

/// By which way a profile leads to credentials.
#[test]
fn assumed_roles() {
    let Some(folder) = data(FOLDER) else { return };
    let mut tally = Tally::default();
    let cases = json(&folder.join("assume-role-tests.json"));
    for (index, case) in cases.as_array().unwrap().iter().enumerate() {
        let id = format!("{index}: {}", case["docs"].as_str().unwrap());
        tally.add(id, compare_way(case));
    }
    tally.judge("credentials-roles");
}

fn compare_way(case: &Value) -> Result<(), String> {
    let input = &case["input"];
    let mut config = String::new();
    for (kind, key) in [("profile", "profiles"), ("sso-session", "sso_sessions")] {
        for (name, values) in input.get(key).and_then(Value::as_object).into_iter().flatten() {
            config += &["[", kind, " ", name, "]\n"].concat();
            for (name, value) in texts(values) {
                config += &[&name, " = ", &value, "\n"].concat();
            }
        }
    }
    let way = Arc::new(Mutex::new(Vec::new()));
    let steps = Arc::clone(&way);
    let transport = AnswerWith::new(move |request| Ok(step(&request, &mut steps.lock().unwrap())));
    let surroundings = Surroundings::empty()
        .with_environment([("AWS_REGION", "us-east-1"), ("AWS_CONFIG_FILE", "config")])
        .with_files(Tokens(config))
        .with_profile(input["selected_profile"].as_str().unwrap())
        .with_transport(transport)
        .with_clock(Timestamp::UNIX_EPOCH)
        .with_sleep(NoPause);
    let found = provided(&surroundings)?;
    let mut way = way.lock().unwrap().clone();
    match &found {
        Ok(found) if way.is_empty() => way.push(format!("key {}", found.key())),
        Ok(_) => {}
        Err(_) => way = vec!["error".to_owned()],
    }
    let expected = match case["output"]["ProfileChain"].as_array() {
        Some(chain) => chain.iter().map(expected_step).collect(),
        None => vec!["error".to_owned()],
    };
    if way == expected {
        return Ok(());
    }
    Err(format!("the way is {way:?}, expected is {expected:?}: {found:?}"))
}

fn expected_step(step: &Value) -> String {
    let (kind, values) = step.as_object().unwrap().iter().next().unwrap();
    let text = |key: &str| values[key].as_str().unwrap_or("-");
    match kind.as_str() {
        "AccessKey" => format!("key {}", text("access_key_id")),
        "NamedSource" => "instance".to_owned(),
        "Sso" => format!("sso {}", text("sso_account_id")),
        "AssumeRole" => {
            format!(
                "role {} {} {}",
                text("role_arn"),
                text("role_session_name"),
                text("external_id")
            )
        }
        _ => format!("web {} {}", text("role_arn"), text("role_session_name")),
    }
}

/// Answers a request, and notes what it is a step of.
fn step(
    request: &http::Request<bytes::Bytes>,
    way: &mut Vec<String>,
) -> http::Response<bytes::Bytes> {
    const CREDENTIALS: &str = r#"{"AccessKeyId": "k", "SecretAccessKey": "s", "Token": "t",
        "Expiration": "1970-01-01T06:00:00Z"}"#;
    const OF_ROLE: &str = r#"{"roleCredentials": {"accessKeyId": "k", "secretAccessKey": "s",
        "sessionToken": "t", "expiration": 21600000}}"#;
    let uri = request.uri().to_string();
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let of = |pairs: &str, key: &str| {
        let value = pairs.split('&').find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
        let value = value.unwrap_or("-").replace("%3A", ":").replace("%2F", "/");
        if value.starts_with("typefoundry-") { "-".to_owned() } else { value }
    };
    let answer = if uri.ends_with("/token") {
        "tok".to_owned()
    } else if uri.ends_with("/security-credentials/") {
        way.push("instance".to_owned());
        "role".to_owned()
    } else if uri.contains("/security-credentials/") {
        CREDENTIALS.to_owned()
    } else if uri.contains("/federation/") {
        way.push(format!("sso {}", of(request.uri().query().unwrap(), "account_id")));
        OF_ROLE.to_owned()
    } else {
        let (arn, session) = (of(&body, "RoleArn"), of(&body, "RoleSessionName"));
        let action = of(&body, "Action");
        if action == "AssumeRole" {
            if way.is_empty() {
                let signature = request.headers()["authorization"].to_str().unwrap();
                let (_, who) = signature.split_once("Credential=").unwrap();
                way.push(format!("key {}", who.split('/').next().unwrap()));
            }
            way.push(format!("role {arn} {session} {}", of(&body, "ExternalId")));
        } else {
            way.push(format!("web {arn} {session}"));
        }
        format!(
            "<{action}Response><{action}Result><Credentials><AccessKeyId>k</AccessKeyId>\
             <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
             <Expiration>1970-01-01T06:00:00Z</Expiration></Credentials></{action}Result>\
             </{action}Response>"
        )
    };
    http::Response::new(answer.into())
}

/// A config file; all other files are tokens.
#[derive(Debug)]
struct Tokens(String);

impl Files for Tokens {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == Path::new("config") {
            return Ok(self.0.clone().into());
        }
        if path.ends_with(".aws/credentials") {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(br#"{"accessToken": "a", "expiresAt": "2080-01-01T00:00:00Z"}"#.to_vec())
    }

    fn write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

/// What is found, where everything answers at once.
fn provided(surroundings: &Surroundings) -> Result<Result<Credentials, CredentialsError>, String> {
    let provider = typefoundry::aws::credentials::provider(surroundings, None);
    match provider.provide().as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(found) => Ok(found),
        Poll::Pending => Err("it waits".to_owned()),
    }
}

/// The texts of an object.
fn texts(object: &Value) -> BTreeMap<String, String> {
    let pairs = object.as_object().into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

fn run(suite: &str, folder: &str, adjust: fn(Surroundings) -> Surroundings) {
    let Some(folder) = data(&format!("{FOLDER}/{folder}")) else { return };
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut tally = Tally::default();
    for case in cases {
        let id = case.file_name().unwrap().to_string_lossy().into_owned();
        tally.add(id, compare(&case, adjust));
    }
    tally.judge(suite);
}

fn compare(case: &Path, adjust: fn(Surroundings) -> Surroundings) -> Result<(), String> {
    let result = json(&case.join("test-case.json"))["result"].clone();
    let expected = &result["Ok"];
    let expiry = expected["expiry"].as_i64();
    let now = expiry.map_or(Timestamp::UNIX_EPOCH, |end| {
        // Before the end, as if it were then.
        Timestamp::from_seconds(end - 3600).unwrap()
    });
    let traffic = Arc::new(Mutex::new(traffic(&case.join("http-traffic.json"))));
    let wrong = Arc::new(Mutex::new(Vec::new()));
    let (left, notes) = (Arc::clone(&traffic), Arc::clone(&wrong));
    let transport = AnswerWith::new(move |request: http::Request<bytes::Bytes>| {
        let mut left = left.lock().unwrap();
        let asked = format!("{} {}", request.method(), sorted(&request.uri().to_string()));
        let (expected, response) = if left.is_empty() {
            ("nothing more".to_owned(), http::Response::default())
        } else {
            left.remove(0)
        };
        if asked != expected {
            notes.lock().unwrap().push(format!("it asks {asked}, expected is {expected}"));
        }
        Ok(response)
    });
    let surroundings = Surroundings::empty()
        .with_environment(texts(&json(&case.join("env.json"))))
        .with_files(files(&case.join("fs")))
        .with_transport(transport)
        .with_clock(now)
        .with_sleep(NoPause);
    let found = provided(&adjust(surroundings))?;
    if let Some(wrong) = wrong.lock().unwrap().first() {
        return Err(wrong.clone());
    }
    if let Some((left, _)) = traffic.lock().unwrap().first() {
        return Err(format!("it does not ask {left}: {found:?}"));
    }
    match found {
        Err(error) if expected.is_object() => Err(error.to_string()),
        Ok(found) if !expected.is_object() => Err(format!("it finds {}", found.key())),
        Err(_) => Ok(()),
        Ok(found) => {
            let text = |key: &str| expected[key].as_str();
            let same = text("access_key_id") == Some(found.key())
                && text("secret_access_key") == Some(found.secret())
                && text("session_token") == found.session_token()
                && expiry == found.expires().map(Timestamp::seconds);
            if same { Ok(()) } else { Err(format!("it finds {found:?}")) }
        }
    }
}

#[derive(Debug)]
struct NoPause;

impl Sleep for NoPause {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The files below a folder, as if it were the root.
fn files(root: &Path) -> MemoryFiles {
    let mut files = MemoryFiles::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = Path::new("/").join(path.strip_prefix(root).unwrap());
                files = files.with(name, std::fs::read(path).unwrap());
            }
        }
    }
    files
}

/// What is asked, and what comes back, in order.
fn traffic(path: &Path) -> Vec<(String, http::Response<bytes::Bytes>)> {
    if !path.exists() {
        return Vec::new();
    }
    let all = json(path);
    let mut exchanges: BTreeMap<u64, (String, http::Response<bytes::Bytes>)> = BTreeMap::new();
    for event in all["events"].as_array().unwrap() {
        let connection = event["connection_id"].as_u64().unwrap();
        let exchange = exchanges.entry(connection).or_default();
        let action = &event["action"];
        let request = &action["Request"]["request"];
        if let Some(uri) = request["uri"].as_str() {
            exchange.0 = format!("{} {}", request["method"].as_str().unwrap(), sorted(uri));
        }
        let response = &action["Response"]["response"]["Ok"];
        if let Some(status) = response["status"].as_u64() {
            *exchange.1.status_mut() = u16::try_from(status).unwrap().try_into().unwrap();
        }
        for (name, values) in response["headers"].as_object().into_iter().flatten() {
            let name = http::HeaderName::try_from(name).unwrap();
            let value = http::HeaderValue::try_from(values[0].as_str().unwrap()).unwrap();
            exchange.1.headers_mut().insert(name, value);
        }
        if action["Data"]["direction"] == "Response" {
            let body = action["Data"]["data"]["Utf8"].as_str().unwrap();
            *exchange.1.body_mut() = body.to_owned().into();
        }
    }
    exchanges.into_values().collect()
}

/// A URL with its query in order, and without a `/` that says nothing.
fn sorted(url: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut query: Vec<_> = query.split('&').collect();
    query.sort_unstable();
    let path = path.strip_suffix('/').unwrap_or(path);
    format!("{path}?{}", query.join("&"))
}
