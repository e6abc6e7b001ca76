//! The chain of AWS's credentials, against the cases of `aws-config`: variables, files, and what
//! goes over the wire.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use typefoundry::auth::{MemoryFiles, Surroundings};
use typefoundry::client::Sleep;
use typefoundry::transport::AnswerWith;
use typefoundry::{BoxFuture, Timestamp};
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
        .with_environment(variables(&case.join("env.json")))
        .with_files(files(&case.join("fs")))
        .with_transport(transport)
        .with_clock(now)
        .with_sleep(NoPause);
    let provider = typefoundry::aws::credentials::provider(&adjust(surroundings), None);
    let Poll::Ready(found) =
        provider.provide().as_mut().poll(&mut Context::from_waker(Waker::noop()))
    else {
        return Err("it waits".to_owned());
    };
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

fn variables(path: &Path) -> BTreeMap<String, String> {
    let all = json(path);
    let pairs = all.as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
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
                files = files.with(PathBuf::from(name), std::fs::read(path).unwrap());
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
