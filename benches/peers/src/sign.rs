//! What a call takes without its transport, and the signature alone.

use crate::measure::{Turn, measure, print};
#[cfg(feature = "aws-sdk")]
use crate::sdk;
use crate::{Options, Result, call, events};
use std::hint::black_box;
use typefoundry::Timestamp;
use typefoundry::aws::sigv4::{Payload, SigningKeys, SigningParams, UriForm, sign};
use typefoundry::transport::AnswerWith;

pub(crate) fn run(options: &Options) -> Result<()> {
    let answer = events::answer(1);
    let body = bytes::Bytes::from(answer.clone());
    let at_once = AnswerWith::new(move |_| Ok(http::Response::new(body.clone())));
    let ours = call::client("http://localhost", at_once)?;
    #[cfg(feature = "aws-sdk")]
    let sdk = sdk::Answered::new(&answer);
    let turns = vec![
        Turn::new("typefoundry", |times| call::calls(&ours, times)),
        #[cfg(feature = "aws-sdk")]
        Turn::new("aws-sdk-ivsrealtime", |times| sdk.calls(times)),
    ];
    let rows = measure(turns, 500, options)?;
    print("A small call, answered at once", options.rounds, &rows);

    let keys = SigningKeys::new();
    let params = SigningParams {
        access_key_id: call::KEY,
        secret_access_key: call::SECRET,
        session_token: None,
        region: call::REGION,
        service: "ivs",
        time: Timestamp::now(),
        uri: UriForm::Normalized,
        payload: Payload::Body,
        payload_header: false,
    };
    let mut request =
        http::Request::post("https://ivsrealtime.eu-west-1.amazonaws.com/ListParticipantEvents")
            .header("content-type", "application/json")
            .body(bytes::Bytes::from(vec![b'x'; 150]))?;
    let turns = vec![Turn::new("typefoundry", |times| {
        for _ in 0..times {
            sign(black_box(&mut request), &params, &keys)?;
        }
        Ok(())
    })];
    let rows = measure(turns, 1000, options)?;
    print("A signature", options.rounds, &rows);
    Ok(())
}
