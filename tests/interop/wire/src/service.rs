//! A service and the client that calls it.

use crate::waiting::Time;
use crate::wiretap::Wiretap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use typefoundry::client::{Config, ConfigBuilder, Core, RetryMode};
use typefoundry::codec::{Form, Reading, json as codec};
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::{Credentials, Error, ErrorKind, Wire};
use typefoundry_import::Options;

/// Where all calls go.
pub(crate) const REGION: &str = "us-east-1";

/// A model, and a client that sends to a wiretap.
pub(crate) struct Service {
    pub(crate) api: Api,
    pub(crate) core: Core,
    pub(crate) wiretap: Wiretap,
}

impl Service {
    /// Imports a model, with what the importer has to say about it.
    pub(crate) fn load(path: &str) -> Result<(Self, Value), String> {
        let imported = typefoundry_import::import(Path::new(path), &Options::default());
        let imported = imported.map_err(|error| error.to_string())?;
        let text = typefoundry_import::print(&imported.spec);
        let api = Api::load(path, &text).map_err(|diagnostics| diagnostics.to_string())?;
        let wiretap = Wiretap::default();
        let config = Config::builder().region(REGION).transport(wiretap.clone());
        let time = Time::default();
        let config = config.retry_mode(RetryMode::Off).clock(time.clone()).sleep(time);
        let signed = config.clone().credentials(credentials());
        // Whoever is called with a token is called without: it would be in a header of its own.
        let core = client(&api, signed).or_else(|_| client(&api, config.unsigned()));
        let core = core.map_err(|error| error.to_string())?;
        let notes = imported.notes.iter();
        let notes = notes.map(|note| json!({ "place": note.place, "what": note.what })).collect();
        Ok((Self { api, core, wiretap }, notes))
    }

    /// The names of the operations.
    pub(crate) fn operations(&self) -> Vec<&str> {
        self.api.operations().iter().map(|operation| &*operation.schema.name).collect()
    }

    /// Calls an operation, as the whole client does.
    pub(crate) fn call(
        &self,
        operation: &str,
        input: &str,
        response: Option<http::Response<Bytes>>,
    ) -> Result<Value, String> {
        let found = self.api.operation(operation);
        let operation = found.ok_or_else(|| format!("there is no operation `{operation}`"))?;
        let mut input = self.input(operation, input)?;
        let mut output = self.api.output(operation);
        let is_answered = response.is_some();
        self.wiretap.answer(&operation.schema.name, response);
        let call = self.core.call(&operation.schema, &mut input, &mut output);
        let outcome = at_once(call)?;
        match (self.wiretap.sent(), outcome) {
            (None, Err(error)) => Err(format!("not sent: {error}")),
            (None, Ok(_)) => Err("not sent, and no error".to_owned()),
            (Some(request), _) if !is_answered => Ok(shown(&request)),
            (Some(_), Ok(_)) => Ok(json!({ "output": Wire::new(&output).to_value() })),
            (Some(_), Err(error)) => failed(&error),
        }
    }

    pub(crate) fn input(
        &self,
        operation: &ApiOperation,
        text: &str,
    ) -> Result<Dynamic<'_>, String> {
        let mut input = self.api.input(operation);
        let reading = Reading { strict: false, keep_unplaced: true, lenient: false };
        let report = codec::read(text.as_bytes(), &mut input, Form::Model, reading);
        let report = report.map_err(|error| format!("the input cannot be read: {error}"))?;
        match report.unplaced.first() {
            Some((path, _)) => Err(format!("the input has no member {path}")),
            None => Ok(input),
        }
    }
}

pub(crate) fn client(api: &Api, config: ConfigBuilder) -> Result<Core, Error> {
    Core::new(api.service().clone(), config.build()?)
}

/// They are made up, and the same as the other client's.
pub(crate) fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "an-example-and-no-secret").with_session_token("session-token")
}

pub(crate) trait ToValue {
    fn to_value(&self) -> Value;
}

impl ToValue for Wire<'_> {
    fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// What came of a call that nothing holds up.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Result<T, String> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Ok(outcome),
        Poll::Pending => Err("the call waits for something".to_owned()),
    }
}

pub(crate) fn shown(request: &http::Request<Bytes>) -> Value {
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
    json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "headers": headers.collect::<Value>(),
        "body": STANDARD.encode(request.body()),
    })
}

/// The service's own error, or that the answer could not be read.
pub(crate) fn failed(error: &Error) -> Result<Value, String> {
    if error.kind() != ErrorKind::Service {
        return Err(error.to_string());
    }
    Ok(json!({
        "code": error.code(),
        "message": error.message(),
        "shape": error.shape(),
        "status": error.status(),
    }))
}
