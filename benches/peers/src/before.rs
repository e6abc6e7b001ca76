//! What a call takes before its transport: the request is put together and signed with the key of the
//! day, and then there is no answer.

use crate::measure::{Turn, measure, print};
use crate::{Options, Result, block_on, call};
use typefoundry::transport::{AnswerWith, TransportError, TransportErrorKind};
use typefoundry_clients::aws::ivs_realtime::Client;

/// Microseconds of CPU that it may take. The failure that stands for the answer is part of it.
const MOST: f64 = 15.0;

pub(crate) fn run(options: &Options) -> Result<()> {
    // What is no trouble of the connection is not tried again.
    let nothing = || Err(TransportError::new(TransportErrorKind::Other, ""));
    let client = call::client("https://localhost", AnswerWith::new(move |_| nothing()))?;
    let turns = vec![Turn::new("typefoundry", |times| calls(&client, times))];
    let rows = measure(turns, 1000, options)?;
    print("A small call before its transport", options.rounds, &rows);
    match rows.first() {
        Some(ours) if ours.median() > MOST => {
            Err(format!("{:.1} µs, where {MOST} are allowed", ours.median()).into())
        }
        _ => Ok(()),
    }
}

fn calls(client: &Client, times: u32) -> Result<()> {
    block_on(async {
        for _ in 0..times {
            if call::list(client).await.is_ok() {
                return Err("a call without an answer has one".into());
            }
        }
        Ok(())
    })
}
