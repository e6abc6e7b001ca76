//! Calls one after the other, with all that is sent for them.

use crate::command::{Script, ScriptedCall};
use crate::service::{REGION, Service, ToValue, at_once, client, credentials, failed, shown};
use crate::waiting::Time;
use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use typefoundry::auth::BoxError;
use typefoundry::client::dialect::Cx;
use typefoundry::client::{Config, Core, Interceptor, RetryMode, Setting};
use typefoundry::transport::{Transport, TransportError, TransportErrorKind};
use typefoundry::{BoxFuture, ErrorKind, Timestamp, Wire};

impl Service {
    /// Makes the calls of a script.
    pub(crate) fn script(&self, script: Script<'_>) -> Result<Value, String> {
        let start = Timestamp::from_seconds(script.time).ok_or("the time is none")?;
        let (time, server) = (Time::at(start), Server::default());
        server.line(|line| line.answers = script.responses.into());
        let config = Config::builder()
            .region(REGION)
            .credentials(credentials())
            .transport(server.clone())
            .retry_mode(RetryMode::Off)
            .clock(time.clone())
            .sleep(time.clone())
            .interceptor(Bare);
        let config = script.settings.into_iter().try_fold(config, |config, (name, value)| {
            let setting = match value {
                Value::Bool(value) => Setting::from(value),
                Value::String(text) => Setting::from(text),
                _ => return Err(format!("the setting `{name}` is neither a text nor a bool")),
            };
            Ok(config.setting(name, setting))
        })?;
        let core = client(&self.api, config).map_err(|error| error.to_string())?;
        let outcomes: Result<Vec<_>, _> = script
            .calls
            .iter()
            .map(|call| {
                time.pass(call.after);
                self.scripted(&core, call)
            })
            .collect();
        let requests = server.line(|line| line.requests.iter().map(shown).collect::<Vec<_>>());
        Ok(json!({ "requests": requests, "outcomes": outcomes? }))
    }

    fn scripted(&self, core: &Core, call: &ScriptedCall<'_>) -> Result<Value, String> {
        let found = self.api.operation(&call.operation);
        let operation =
            found.ok_or_else(|| format!("there is no operation `{}`", call.operation))?;
        let mut input = self.input(operation, call.input.get())?;
        let mut output = self.api.output(operation);
        match at_once(core.call(&operation.schema, &mut input, &mut output))? {
            Ok(_) => Ok(json!({ "output": Wire::new(&output).to_value() })),
            Err(error) if error.kind() == ErrorKind::Service => {
                let mut failed = failed(&error)?;
                failed["operation"] = json!(error.operation());
                Ok(failed)
            }
            Err(error) => Ok(json!({ "error": error.to_string() })),
        }
    }
}

/// Takes away what is another for each call, and would be signed.
#[derive(Debug)]
struct Bare;

impl Interceptor for Bare {
    fn before_signing(
        &self,
        _: Cx<'_>,
        request: &mut http::Request<Bytes>,
    ) -> Result<(), BoxError> {
        for name in ["amz-sdk-invocation-id", "amz-sdk-request"] {
            request.headers_mut().remove(name);
        }
        Ok(())
    }
}

/// Keeps the requests, and answers them in turn.
#[derive(Clone, Debug, Default)]
struct Server(Arc<Mutex<Line>>);

#[derive(Debug, Default)]
struct Line {
    requests: Vec<http::Request<Bytes>>,
    answers: VecDeque<Option<http::Response<Bytes>>>,
}

impl Server {
    fn line<T>(&self, look: impl FnOnce(&mut Line) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let answer = self.line(|line| {
            line.requests.push(request);
            line.answers.pop_front().flatten()
        });
        let silence = || TransportError::new(TransportErrorKind::Other, "nobody answers");
        Box::pin(std::future::ready(answer.ok_or_else(silence)))
    }
}
