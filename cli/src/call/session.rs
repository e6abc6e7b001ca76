//! Sessions on machines and in containers: what the service answers goes to AWS's
//! `session-manager-plugin` (v2's `customizations/sessionmanager.py` and `ecs/executecommand.py`).

#[cfg(test)]
mod tests;

use super::input::Param;
use crate::exit::{Failure, GENERAL};
use bytes::Bytes;
use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use typefoundry::auth::BoxError;
use typefoundry::client::Interceptor;
use typefoundry::client::dialect::Cx;
use typefoundry_jmespath::{Object, Value};
use typefoundry_spec::{Model, Operation};

const PLUGIN: &str = "session-manager-plugin";
/// The last version that takes the answer as an argument alone, where others may read it.
const LAST: [u64; 4] = [1, 2, 497, 0];
const VARIABLE: &str = "AWS_SSM_START_SESSION_RESPONSE";

/// Which of the two operations is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Session {
    Machine,
    Container,
}

/// What the plugin is told beside the session.
#[derive(Debug)]
pub(super) struct Place<'p> {
    pub(super) region: &'p str,
    pub(super) profile: &'p str,
    pub(super) endpoint: &'p str,
    /// As JSON
    pub(super) input: &'p str,
}

/// Keeps where requests go.
#[derive(Clone, Debug, Default)]
pub(super) struct Endpoint(Arc<Mutex<String>>);

impl Endpoint {
    pub(super) fn url(&self) -> String {
        self.0.lock().map(|url| url.clone()).unwrap_or_default()
    }
}

impl Interceptor for Endpoint {
    fn before_sending(&self, _: Cx<'_>, request: &http::Request<Bytes>) -> Result<(), BoxError> {
        let uri = request.uri();
        if let (Some(scheme), Some(host), Ok(mut url)) =
            (uri.scheme_str(), uri.authority(), self.0.lock())
        {
            *url = format!("{scheme}://{host}{}", uri.path().trim_end_matches('/'));
        }
        Ok(())
    }
}

impl Session {
    pub(super) fn of(model: &Model, operation: &Operation) -> Option<Self> {
        let service = &model.service;
        match (service.provider(), service.name(), &*operation.name) {
            ("aws", "ssm", "StartSession") => Some(Self::Machine),
            ("aws", "ecs", "ExecuteCommand") => Some(Self::Container),
            _ => None,
        }
    }

    /// Whether the call makes sense: a command is run but once.
    pub(super) fn prepare(self) -> Result<(), Failure> {
        if self == Self::Container {
            let status = Command::new(PLUGIN).stdout(Stdio::null()).status();
            ended(status.map_err(|error| failed(&error))?).map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// Hands the answer over, and waits for the end of the session.
    pub(super) fn run(self, answer: &Value, place: &Place<'_>) -> Result<(), io::Error> {
        let mut command = Command::new(PLUGIN);
        let session = match self {
            Self::Machine => {
                let members = ["SessionId", "TokenValue", "StreamUrl"];
                let kept = members.map(|name| (name.to_owned(), Value::Text(text(answer, name))));
                let session = json(Value::Object(Object::from_iter(kept)));
                if takes_variable(&version()?) {
                    command.env(VARIABLE, session);
                    VARIABLE.to_owned()
                } else {
                    session
                }
            }
            Self::Container => json(member(answer, "session").cloned().unwrap_or_default()),
        };
        let words = [&*session, place.region, "StartSession", place.profile, place.input];
        command.args(words).arg(place.endpoint);
        #[cfg(unix)]
        let _deaf = keys_are_the_plugins()?;
        ended(command.status()?)
    }
}

fn ended(status: ExitStatus) -> Result<(), io::Error> {
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("it ended: {status}"))) }
}

/// Ctrl-C, Ctrl-Z and Ctrl-\ are for the session, and do nothing to us from here on.
#[cfg(unix)]
fn keys_are_the_plugins() -> Result<tokio::runtime::Runtime, io::Error> {
    use tokio::signal::unix::{SignalKind, signal};
    const TSTP: i32 = if cfg!(target_os = "linux") { 20 } else { 18 };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let guard = runtime.enter();
    for kind in [SignalKind::interrupt(), SignalKind::quit(), SignalKind::from_raw(TSTP)] {
        // A signal that is listened to is caught from then on, also when nobody listens any more.
        drop(signal(kind)?);
    }
    drop(guard);
    Ok(runtime)
}

/// What the operation that ends a session, or that tells of a task, is asked with.
pub(super) fn ends(answer: &Value) -> Vec<(&'static str, Value)> {
    vec![("SessionId", Value::Text(text(answer, "SessionId")))]
}

/// The same of the operation that tells of a task.
pub(super) fn describes(answer: &Value) -> Vec<(&'static str, Value)> {
    let cluster = Value::Text(last(&text(answer, "clusterArn")));
    let task = Value::Text(last(&text(answer, "taskArn")));
    vec![("cluster", cluster), ("tasks", Value::List(vec![task]))]
}

/// The container that a session is in, as JSON; `tasks` is what its service says of the task.
pub(super) fn target(answer: &Value, tasks: &Value) -> Result<String, Failure> {
    let Some(Value::List(tasks)) = member(tasks, "tasks") else { return Err(no_task()) };
    let task = tasks.first().ok_or_else(no_task)?;
    let name = text(answer, "containerName");
    let containers = match member(task, "containers") {
        Some(Value::List(containers)) => &containers[..],
        _ => &[],
    };
    let container = containers.iter().find(|container| text(container, "name") == name);
    let runtime = container.map_or("None".to_owned(), |container| text(container, "runtimeId"));
    let (cluster, task) = (last(&text(answer, "clusterArn")), last(&text(answer, "taskArn")));
    let target = Value::Text(format!("ecs:{cluster}_{task}_{runtime}"));
    Ok(json(Value::Object(Object::from_iter([("Target".to_owned(), target)]))))
}

/// What is said where the plugin cannot be started, or ends badly.
pub(super) fn failed(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        let message = "SessionManagerPlugin is not found. Please refer to SessionManager \
                       Documentation here: http://docs.aws.amazon.com/console/systems-manager/\
                       session-manager-plugin-not-found";
        return Failure::new(GENERAL, message);
    }
    Failure::new(GENERAL, format!("{PLUGIN}: {error}"))
}

fn no_task() -> Failure {
    Failure::new(GENERAL, "The task provided in the request was not found.")
}

fn version() -> Result<String, io::Error> {
    let output = Command::new(PLUGIN).arg("--version").stderr(Stdio::inherit()).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).split_whitespace().collect())
}

/// Whether a plugin of this version is told the session by a variable.
fn takes_variable(version: &str) -> bool {
    let parts: Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    let Ok(mut parts) = parts else { return false };
    let is_version = (1..=4).contains(&parts.len());
    parts.resize(LAST.len(), 0);
    is_version && parts[..] > LAST[..]
}

fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(name),
        _ => None,
    }
}

fn text(value: &Value, name: &str) -> String {
    match member(value, name) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// What is behind the last slash.
fn last(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or_default().to_owned()
}

fn json(value: Value) -> String {
    let mut json = String::new();
    Param::from(value).write_json(&mut json);
    json
}
