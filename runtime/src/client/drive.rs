//! The way of a call over the wire, for clients that wait without blocking.

use super::core::{Input, Overrides};
use super::exchange::Success;
use super::timeouts::Pace;
use super::trace::AttemptSpan;
use super::{Core, Exchange, Step};
use crate::ByteStream;
use crate::error::Error;
use crate::schema::OperationSchema;
use crate::transport::{Timeout, TransportError};
use bytes::Bytes;
use std::pin::pin;

/// The answer to a call. Where its body is kept as a stream, that stands beside it.
type Answered = (http::Response<Bytes>, ByteStream);

impl Core {
    /// Does what an exchange says until it is over, once it is prepared, for which the account of the
    /// credentials may be needed. What has moved elsewhere is followed once. `keeps` is whether the body of
    /// the answer is wanted as a stream. How many attempts there were stands beside the answer.
    pub(super) async fn drive<'c>(
        &'c self,
        operation: &OperationSchema,
        overrides: &Overrides,
        mut input: Input,
        mut prepare: impl FnMut(Option<String>, Input) -> Result<Exchange<'c>, Error>,
        keeps: bool,
        pace: Pace<'_>,
    ) -> Result<(Answered, u32), Error> {
        let mut exchange = None;
        let driven = {
            let steps = pin!(async {
                let account = match self.account(operation, overrides).await {
                    Ok(account) => account,
                    Err(error) => return Ok(Err(error)),
                };
                let mut failed = None;
                loop {
                    let spare = input.again();
                    let mut prepared = match prepare(account.clone(), input) {
                        Ok(prepared) => prepared,
                        Err(error) => {
                            let sent = exchange.as_ref().map_or(0, Exchange::attempts);
                            return Ok(Err(error.after(sent)));
                        }
                    };
                    if let (Some(before), Some(error)) = (exchange.take(), failed.take()) {
                        prepared.goes_on(before, error);
                    }
                    let current = exchange.insert(prepared);
                    let error = match self.steps(current, keeps, pace).await {
                        Ok(answered) => return Ok(Ok(answered)),
                        Err(error) => error,
                    };
                    let Some(spare) = spare else { return Ok(Err(error)) };
                    if !current.has_moved(&error, overrides).await {
                        return Ok(Err(error));
                    }
                    input = spare;
                    failed = Some(error);
                }
            });
            pace.within(Timeout::Call, steps).await
        };
        match (driven, exchange) {
            (Ok(answered), exchange) => {
                let attempts = exchange.map_or(0, |exchange| exchange.attempts());
                answered.map(|answered| (answered, attempts))
            }
            (Err(late), Some(mut exchange)) => Err(exchange.give_up(late)),
            (Err(late), None) => Err(Error::from(late)),
        }
    }

    async fn steps(
        &self,
        exchange: &mut Exchange<'_>,
        keeps: bool,
        pace: Pace<'_>,
    ) -> Result<Answered, Error> {
        exchange.sum_up().await?;
        let mut body = ByteStream::default();
        let mut step = exchange.next();
        loop {
            step = match step {
                Step::Credentials => {
                    let identity = exchange.identity();
                    let credentials = self.credentials(identity.as_deref()).await;
                    exchange.identified(credentials)
                }
                Step::Discover => {
                    let discovered = exchange.discover().await;
                    exchange.discovered(discovered)
                }
                Step::Send(request) => {
                    let streams = exchange.streams();
                    let answer = if keeps || streams || pace.watches_bodies() {
                        let request = exchange.with_stream(request)?;
                        let kept = keeps.then(|| exchange.success());
                        let span = AttemptSpan::begin(exchange.attempts(), request.body().length());
                        // It is large, and most calls send and keep no stream.
                        let sent = Box::pin(self.send_stream(request, pace, kept));
                        span.run(pace.within(Timeout::Attempt, pin!(sent))).await
                    } else {
                        let length = u64::try_from(request.body().len()).ok();
                        let span = AttemptSpan::begin(exchange.attempts(), length);
                        let sent = async {
                            let sent = pin!(self.transport().send(request));
                            let response = pace.within(Timeout::Attempt, sent).await?;
                            Ok((response, ByteStream::default()))
                        };
                        span.run(sent).await
                    };
                    exchange.answered(answer.map(|(response, stream)| {
                        body = stream;
                        response
                    }))
                }
                Step::Wait(pause) => match pace.sleep {
                    Some(sleep) => {
                        sleep.sleep(pause).await;
                        exchange.next()
                    }
                    None => return Err(exchange.cannot_wait()),
                },
                Step::Done(response) => return Ok((response, body)),
                Step::Failed(error) => return Err(error),
            };
        }
    }

    async fn send_stream(
        &self,
        request: http::Request<ByteStream>,
        pace: Pace<'_>,
        kept: Option<Success>,
    ) -> Result<Answered, TransportError> {
        let answer = pin!(self.transport().stream(request));
        let response = pace.within(Timeout::Read, answer).await?;
        if kept.is_some_and(|success| success.includes(response.status())) {
            let (parts, stream) = response.into_parts();
            return Ok((http::Response::from_parts(parts, Bytes::new()), pace.watch(stream)));
        }
        Ok((pace.collect(response).await?, ByteStream::default()))
    }
}
