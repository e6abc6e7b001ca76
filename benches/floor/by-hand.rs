//! The same program as somebody writes it who needs one operation: `reqwest`, `serde_json`, and
//! Signature Version 4 with keys of the environment.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const PATH: &str = "/ListParticipantEvents";
const SIGNED: &str = "content-type;host;x-amz-date";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    stage_arn: String,
    session_id: String,
    participant_id: String,
}

#[derive(Deserialize)]
struct Output {
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    name: Option<String>,
    event_time: Option<String>,
}

fn main() -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(list())
}

async fn list() -> Result<()> {
    let mut words = env::args().skip(1);
    let mut next = || words.next().unwrap_or_default();
    let input = Input { stage_arn: next(), session_id: next(), participant_id: next() };
    let body = serde_json::to_vec(&input)?;
    let region = env::var("AWS_REGION")?;
    let host = format!("ivsrealtime.{region}.amazonaws.com");
    let date = date(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    let answer = reqwest::Client::builder()
        .build()?
        .post(format!("https://{host}{PATH}"))
        .header("content-type", "application/json")
        .header("authorization", authorization(&region, &host, &date, &body)?)
        .header("x-amz-date", date)
        .body(body)
        .send()
        .await?
        .error_for_status()?;
    let output: Output = serde_json::from_slice(&answer.bytes().await?)?;
    for event in &output.events {
        println!("{:?} {:?}", event.event_time, event.name);
    }
    Ok(())
}

fn authorization(region: &str, host: &str, date: &str, body: &[u8]) -> Result<String> {
    let (key, secret) = (env::var("AWS_ACCESS_KEY_ID")?, env::var("AWS_SECRET_ACCESS_KEY")?);
    let day = &date[..8];
    let scope = format!("{day}/{region}/ivs/aws4_request");
    let body = hex(&Sha256::digest(body));
    let canonical = format!(
        "POST\n{PATH}\n\ncontent-type:application/json\nhost:{host}\nx-amz-date:{date}\n\n{SIGNED}\n{body}"
    );
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let mut signature = mac(format!("AWS4{secret}").as_bytes(), day)?;
    for part in [region, "ivs", "aws4_request", &text] {
        signature = mac(&signature, part)?;
    }
    let signature = hex(&signature);
    Ok(format!(
        "AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={SIGNED}, Signature={signature}"
    ))
}

fn mac(key: &[u8], text: &str) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Seconds since the epoch as `20150830T123600Z`.
fn date(seconds: u64) -> String {
    let (mut days, rest) = (seconds / 86_400, seconds % 86_400);
    let is_leap = |year: u64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", month + 1, days + 1)
}
