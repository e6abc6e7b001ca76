//! A client as somebody writes it who needs one operation: `reqwest`, `serde_json`, and
//! Signature Version 4 with the signing key of the day kept.

use crate::{Result, call, derived};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::sync::Mutex;
use typefoundry::Timestamp;

pub(crate) struct Client {
    http: reqwest::Client,
    endpoint: String,
    host: String,
    /// The day, and the key
    key: Mutex<(String, [u8; 32])>,
}

impl Client {
    pub(crate) fn new(endpoint: &str, http: reqwest::Client) -> Self {
        let host = endpoint.split_once("//").map_or(endpoint, |(_, host)| host).to_owned();
        Self { http, endpoint: endpoint.to_owned(), host, key: Mutex::default() }
    }

    /// The small call; gives the number of events.
    pub(crate) async fn list(&self) -> Result<usize> {
        let body = serde_json::to_vec(&derived::Input {
            stage_arn: call::STAGE,
            session_id: call::SESSION,
            participant_id: call::PARTICIPANT,
            max_results: Some(call::MOST),
        })?;
        let date = Timestamp::now().to_basic();
        let authorization = self.authorization("/ListParticipantEvents", &body, &date);
        let answer = self
            .http
            .post(format!("{}/ListParticipantEvents", self.endpoint))
            .header("content-type", "application/json")
            .header("x-amz-date", date)
            .header("authorization", authorization)
            .body(body)
            .send()
            .await?
            .error_for_status()?;
        let output: derived::Output = serde_json::from_slice(&answer.bytes().await?)?;
        Ok(output.events.len())
    }

    fn authorization(&self, path: &str, body: &[u8], date: &str) -> String {
        const SIGNED: &str = "content-type;host;x-amz-date";
        let day = &date[..8];
        let canonical = format!(
            "POST\n{path}\n\ncontent-type:application/json\nhost:{}\nx-amz-date:{date}\n\n{SIGNED}\n{}",
            self.host,
            hex(&Sha256::digest(body)),
        );
        let scope = format!("{day}/{}/ivs/aws4_request", call::REGION);
        let digest = hex(&Sha256::digest(canonical));
        let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{digest}");
        let signature = hex(&mac(&self.key(day), &text));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={SIGNED}, Signature={signature}",
            call::KEY
        )
    }

    fn key(&self, day: &str) -> [u8; 32] {
        let mut kept = self.key.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.0 != day {
            let first = mac(format!("AWS4{}", call::SECRET).as_bytes(), day);
            let parts = [call::REGION, "ivs", "aws4_request"];
            let key = parts.iter().fold(first, |key, part| mac(&key, part));
            *kept = (day.to_owned(), key);
        }
        kept.1
    }
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    // It takes a key of any length.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    })
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
