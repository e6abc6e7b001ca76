//! Waiting with a client without types.

use super::core::{Overrides, Streams};
use super::timeouts;
use super::{Clock, Core, Metadata, unconfigured};
use crate::error::Error;
use crate::schema::{OperationSchema, WaiterSchema};
use crate::value::Structure;
use crate::waiter::{Answer, Failure, Limits, Step, WaitError, Waiter};
use std::time::Duration;

/// How waiting ended well.
#[derive(Debug)]
pub struct Ended {
    /// What came with the last output, or the error that was waited for
    pub outcome: Result<Metadata, Error>,
    /// How many calls were made
    pub attempts: u32,
    /// How long it took
    pub waited: Duration,
}

impl Core {
    /// Calls an operation until a waiter is done, filling the output by the last call.
    pub async fn wait(
        &self,
        operation: &OperationSchema,
        waiter: &WaiterSchema,
        limits: Limits,
        input: &mut dyn Structure,
        output: &mut dyn Structure,
    ) -> Result<Ended, WaitError> {
        self.wait_with(operation, waiter, limits, (input, output), Overrides::default()).await
    }

    pub(super) async fn wait_with(
        &self,
        operation: &OperationSchema,
        waiter: &WaiterSchema,
        limits: Limits,
        (input, output): (&mut dyn Structure, &mut dyn Structure),
        mut overrides: Overrides,
    ) -> Result<Ended, WaitError> {
        let early = |error: &Error| Failure::before_it_began(&waiter.name, error).with(None);
        let Some(sleep) = &self.config().sleep else {
            let message = "there is nothing that waits: set a sleep, or turn on the feature \
                           `reqwest`";
            return Err(early(&unconfigured(message)));
        };
        let mut waiter =
            Waiter::new(waiter, limits, self.clock().now()).map_err(|error| early(&error))?;
        let own = overrides.limits.unwrap_or(self.config().limits);
        loop {
            if let Some(remaining) = waiter.remaining(self.clock().now()) {
                // The call that comes at the end of the time has a moment.
                let remaining = remaining.max(Duration::from_secs(1));
                let call = own.call.map_or(remaining, |limit| limit.min(remaining));
                overrides.limits = Some(timeouts::Limits { call: Some(call), ..own });
            }
            output.clear();
            self.fill_tokens(input);
            let called =
                self.call_with(operation, input, output, &overrides, Streams::default()).await;
            let called = called.map(|(metadata, _)| metadata);
            let now = self.clock().now();
            let answer = Answer {
                input: &*input,
                outcome: match &called {
                    Ok(metadata) => Ok((&*output, metadata.status)),
                    Err(error) => Err(error),
                },
            };
            match waiter.answered(&answer, now, &*self.config().random) {
                Step::Wait(pause) => sleep.sleep(pause).await,
                Step::Failed(failure) => return Err(failure.with(called.err())),
                Step::Done => {
                    return Ok(Ended {
                        outcome: called,
                        attempts: waiter.attempts(),
                        waited: waiter.waited(now),
                    });
                }
            }
        }
    }
}
