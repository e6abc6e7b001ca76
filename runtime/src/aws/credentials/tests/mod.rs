//! Which credentials are found where, all in memory.

mod account;
#[cfg(feature = "aws-credentials")]
mod container;
mod files;
#[cfg(feature = "aws-credentials")]
mod instance;
#[cfg(feature = "aws-login")]
mod login;
#[cfg(feature = "aws-credentials")]
mod roles;
#[cfg(feature = "aws-credentials")]
mod sso;

use crate::auth::{
    Credentials, CredentialsError, MemoryFiles, ProcessOutput, Processes, Surroundings,
};
use crate::client::Sleep;
use crate::samples::now;
use crate::{BoxFuture, Timestamp};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(super) const CONFIG: &str = "/h/.aws/config";
pub(super) const CREDENTIALS: &str = "/h/.aws/credentials";
/// When it is now, and what the pair of keys in the environment is called
pub(super) const NOW: &str = "2026-01-01T00:00:00Z";
const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "env"), ("AWS_SECRET_ACCESS_KEY", "s")];

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Variables and files, with a home at `/h`, at [`NOW`]. The metadata service is not asked.
pub(super) fn surroundings(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Surroundings {
    let own = [("HOME", "/h"), ("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_REGION", "us-west-2")];
    let variables = own.iter().chain(variables);
    let variables: BTreeMap<_, _> =
        variables.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let memory = files.iter().fold(MemoryFiles::new(), |it, &(path, text)| it.with(path, text));
    Surroundings::empty()
        .with_environment(variables)
        .with_files(memory)
        .with_clock(time(NOW))
        .with_sleep(Pauses::default())
}

#[cfg(feature = "aws-credentials")]
pub(super) type Variables<'a> = &'a [(&'a str, &'a str)];

/// Waits for nothing, and notes how long it would have been.
#[derive(Clone, Debug, Default)]
pub(super) struct Pauses(pub(super) Arc<Mutex<Vec<Duration>>>);

impl Sleep for Pauses {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.0.lock().expect("a lock").push(duration) })
    }
}

/// Asks once; everything answers at once.
pub(super) fn provided(surroundings: &Surroundings) -> Result<Credentials, CredentialsError> {
    now(super::provider(surroundings, None).provide())
}

/// Key, secret, token and end, or what went wrong.
pub(super) fn found(surroundings: &Surroundings) -> String {
    match provided(surroundings) {
        Ok(it) => {
            let end = it.expires().map(|time| format!(" until {time}")).unwrap_or_default();
            format!("{}/{}/{}{end}", it.key(), it.secret(), it.session_token().unwrap_or("-"))
        }
        Err(error) => error.to_string(),
    }
}

/// A process that answers with one thing, and notes how it was called.
#[derive(Clone, Debug)]
struct Answers {
    output: ProcessOutput,
    commands: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Answers {
    fn new(code: i32, stdout: &str) -> Self {
        Self { output: ProcessOutput::new(Some(code), stdout), commands: Arc::default() }
    }
}

impl Processes for Answers {
    fn run<'a>(&'a self, command: &'a [String]) -> BoxFuture<'a, io::Result<ProcessOutput>> {
        self.commands.lock().expect("a lock").push(command.to_owned());
        Box::pin(std::future::ready(Ok(self.output.clone())))
    }
}
