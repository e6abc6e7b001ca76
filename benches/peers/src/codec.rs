//! 1,000 participant events from and to JSON.

use crate::measure::{Turn, measure, print};
#[cfg(feature = "aws-sdk")]
use crate::sdk::Answered;
use crate::{Options, Result, derived, events};
use std::hint::black_box;
use typefoundry::TimestampFormat;
use typefoundry::codec::{Form, Reading, json};
use typefoundry::value::Empty;
use typefoundry_clients::aws::ivs_realtime::ListParticipantEventsOutput;

const FORM: Form = Form::Wire(TimestampFormat::EpochSeconds);

pub(crate) fn run(options: &Options) -> Result<()> {
    let text = events::answer(1000);
    let bytes = text.as_bytes();
    let ours = read(bytes)?;
    let derived: derived::Output = serde_json::from_slice(bytes)?;
    if json::write_structure(&ours, FORM) != serde_json::to_vec(&derived)?
        || json::write_structure(&ours, FORM) != bytes
    {
        return Err("the codecs do not agree".into());
    }
    #[cfg(feature = "aws-sdk")]
    let (full, empty) = (Answered::new(&text), Answered::new(&events::answer(0)));
    #[cfg(feature = "aws-sdk")]
    if crate::block_on(full.call())? != 1000 {
        return Err("the SDK's client reads another number of events".into());
    }

    let turns = vec![
        Turn::new("typefoundry", |times| {
            (0..times)
                .try_for_each(|_| read(black_box(bytes)).map(|output| drop(black_box(output))))
        }),
        Turn::new("serde_json with derives", |times| {
            for _ in 0..times {
                let output: derived::Output = serde_json::from_slice(black_box(bytes))?;
                black_box(output);
            }
            Ok(())
        }),
        #[cfg(feature = "aws-sdk")]
        Turn::new("aws-sdk-ivsrealtime", |times| full.calls(times)),
        #[cfg(feature = "aws-sdk")]
        Turn::new("aws-sdk-ivsrealtime, no events", |times| empty.calls(times)),
    ];
    let mut rows = measure(turns, 20, options)?;
    // The SDK's own reader is private: what a call takes with events more than without.
    if let Some(base) = rows.pop_if(|row| row.name.ends_with("no events"))
        && let Some(row) = rows.pop_if(|row| row.name.starts_with("aws"))
    {
        rows.push(row.without(&base));
    }
    print(&format!("Decode {} bytes", bytes.len()), options.rounds, &rows);

    let turns = vec![
        Turn::new("typefoundry", |times| {
            for _ in 0..times {
                black_box(json::write_structure(black_box(&ours), FORM));
            }
            Ok(())
        }),
        Turn::new("serde_json with derives", |times| {
            for _ in 0..times {
                black_box(serde_json::to_vec(black_box(&derived))?);
            }
            Ok(())
        }),
    ];
    let rows = measure(turns, 20, options)?;
    print("Encode them", options.rounds, &rows);
    Ok(())
}

fn read(bytes: &[u8]) -> Result<ListParticipantEventsOutput> {
    let mut output = ListParticipantEventsOutput::empty();
    json::read(bytes, &mut output, FORM, Reading::default())?;
    Ok(output)
}
