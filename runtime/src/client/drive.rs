//! The way of a call over the wire, for clients that wait without blocking.

use super::exchange::Success;
use super::timeouts::Pace;
use super::trace::AttemptSpan;
use super::{Core, Exchange, Step};
use crate::ByteStream;
use crate::error::Error;
use crate::transport::{Timeout, TransportError};
use bytes::Bytes;

/// The answer to a call. Where its body is kept as a stream, that stands beside it.
type Answered = (http::Response<Bytes>, ByteStream);

impl Core {
    /// Does what an exchange says until it is over, once that is `prepared`. `keeps` is whether the
    /// body of the answer is wanted as a stream. How many attempts there were stands beside the answer.
    pub(super) async fn drive<'c>(
        &'c self,
        prepared: impl Future<Output = Result<Exchange<'c>, Error>>,
        keeps: bool,
        pace: Pace<'_>,
    ) -> Result<(Answered, u32), Error> {
        let mut exchange = None;
        let steps = async {
            Ok(match prepared.await {
                Ok(prepared) => self.steps(exchange.insert(prepared), keeps, pace).await,
                Err(error) => Err(error),
            })
        };
        let driven = pace.within(Timeout::Call, steps).await;
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
                    let credentials = self.credentials().await;
                    exchange.identified(credentials)
                }
                Step::Send(request) => {
                    let streams = exchange.streams();
                    let answer = if keeps || streams || pace.watches_bodies() {
                        let request = exchange.with_stream(request)?;
                        let kept = keeps.then(|| exchange.success());
                        let span = AttemptSpan::begin(exchange.attempts(), request.body().length());
                        let sent = self.send_stream(request, pace, kept);
                        span.run(pace.within(Timeout::Attempt, sent)).await
                    } else {
                        let length = u64::try_from(request.body().len()).ok();
                        let span = AttemptSpan::begin(exchange.attempts(), length);
                        let sent = self.send_whole(request);
                        span.run(pace.within(Timeout::Attempt, sent)).await
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

    async fn send_whole(&self, request: http::Request<Bytes>) -> Result<Answered, TransportError> {
        let response = self.transport().send(request).await?;
        Ok((response, ByteStream::default()))
    }

    async fn send_stream(
        &self,
        request: http::Request<ByteStream>,
        pace: Pace<'_>,
        kept: Option<Success>,
    ) -> Result<Answered, TransportError> {
        let response = pace.within(Timeout::Read, self.transport().stream(request)).await?;
        if kept.is_some_and(|success| success.includes(response.status())) {
            let (parts, stream) = response.into_parts();
            return Ok((http::Response::from_parts(parts, Bytes::new()), pace.watch(stream)));
        }
        Ok((pace.collect(response).await?, ByteStream::default()))
    }
}
