//! `wait WAITER`: calls an operation until its answer says that something has come.

use super::failure;
use crate::exit::{Failure, GENERAL};
use crate::output::printable;
use typefoundry::client::Core;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::waiter::Limits;
use typefoundry::{WaitError, WaitErrorKind};
use typefoundry_spec::{Acceptor, Json, Matcher};

/// Waits. There is no output.
pub(super) async fn wait(
    core: &Core,
    api: &Api,
    operation: &ApiOperation,
    waiter: &str,
    mut input: Dynamic<'_>,
) -> Result<(), Failure> {
    let known = operation.schema.waiters().iter().find(|known| known.name == waiter);
    let Some(known) = known else {
        return Err(Failure::new(GENERAL, format!("there is no waiter {waiter}")));
    };
    let mut output = api.output(operation);
    let end = core.wait(&operation.schema, known, Limits::default(), &mut input, &mut output);
    end.await.map(|_| ()).map_err(|error| failed(api, waiter, &error))
}

/// botocore's `WaiterError`. What went wrong before the first answer is an error as of a call.
fn failed(api: &Api, waiter: &str, error: &WaitError) -> Failure {
    let why = || {
        let known = api.model().waiters.iter().find(|known| known.name == waiter)?;
        known.acceptors.get(error.acceptor()?).map(explained)
    };
    let reason = match (error.kind(), error.error()) {
        (WaitErrorKind::Call, Some(cause)) if cause.status().is_none() => {
            return failure::of(cause, api, None);
        }
        (WaitErrorKind::Call, Some(cause)) => {
            let (code, message) = (cause.code(), cause.message());
            let (code, message) = (code.unwrap_or("Unknown"), message.unwrap_or("Unknown"));
            format!("An error occurred ({code}): {message}")
        }
        (WaitErrorKind::GaveUp, _) => match why() {
            Some(why) => format!("Max attempts exceeded. Previously accepted state: {why}"),
            None => "Max attempts exceeded".to_owned(),
        },
        (WaitErrorKind::Failed, _) => {
            let why = why().unwrap_or_else(|| error.state().to_owned());
            format!("Waiter encountered a terminal failure state: {why}")
        }
        _ => error.state().to_owned(),
    };
    let message = format!("Waiter {waiter} failed: {reason}");
    Failure::new(GENERAL, printable(&message))
}

/// botocore's `AcceptorConfig.explanation`.
fn explained(acceptor: &Acceptor) -> String {
    let expected = match &acceptor.expected {
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let path = acceptor.path.as_deref().unwrap_or_default();
    match acceptor.matcher {
        Matcher::Path => {
            format!("For expression \"{path}\" we matched expected path: \"{expected}\"")
        }
        Matcher::PathAll => {
            format!("For expression \"{path}\" all members matched expected path: \"{expected}\"")
        }
        Matcher::PathAny => format!(
            "For expression \"{path}\" we matched expected path: \"{expected}\" at least once"
        ),
        Matcher::Status => format!("Matched expected HTTP status code: {expected}"),
        Matcher::Error => format!("Matched expected service error code: {expected}"),
    }
}
