//! Signed events: each message of a stream to AWS stands in another one, whose signature follows
//! from the signature before it.
//!
//! Source: "Event stream encoding", in the Amazon Transcribe developer guide.

use super::sigv4::{Payload, SigningKeys, SigningParams, TERMINATOR, UriForm, hex};
use crate::Timestamp;
use crate::auth::{BoxError, Credentials, SignEvents};
use crate::event_stream::{FrameError, HeaderValue, Message};
use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap};
use sha2::{Digest, Sha256};
use std::fmt;

#[cfg(test)]
mod tests;

/// The value of `x-amz-content-sha256` in a request whose body is a stream of signed events.
pub const BODY_DIGEST: &str = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

const ALGORITHM: &str = "AWS4-HMAC-SHA256-PAYLOAD";
const DATE: &str = ":date";
const SIGNATURE: &str = ":chunk-signature";

/// The signature of a request, which the first event's follows from: the hexadecimal digits behind
/// `Signature=` in `authorization`.
pub fn signature_of_request(headers: &HeaderMap) -> Option<String> {
    let authorization = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (_, signature) = authorization.rsplit_once("Signature=")?;
    Some(signature.trim().to_owned())
}

/// Signs a message of a stream, and gives the message to be sent with the signature that the next
/// one follows from.
///
/// `event` is an encoded message, or nothing for the message that ends the stream. `previous` is
/// the signature before it, [`signature_of_request`] at first. The time of `params` is that of this
/// message, in whole seconds.
pub fn sign_event(
    event: Bytes,
    previous: &str,
    params: &SigningParams<'_>,
    keys: &SigningKeys,
) -> Result<(Message, String), FrameError> {
    let date_time = params.time.to_basic();
    let day = date_time.split_once('T').map_or("", |(day, _)| day);
    let key = keys.signing_key(params.secret_access_key, day, params.region, params.service);
    let scope = format!("{day}/{}/{}/{TERMINATOR}", params.region, params.service);

    let whole_second = Timestamp::from_seconds(params.time.seconds()).unwrap_or(params.time);
    let message = Message::new(event).header(DATE, HeaderValue::Timestamp(whole_second));
    let headers = message.encode_headers()?;
    let to_sign = string_to_sign(&date_time, &scope, previous, &headers, &message.payload);
    let signature = key.sign(to_sign.as_bytes());
    let text = hex(&signature);
    let signature = HeaderValue::Bytes(Bytes::copy_from_slice(&signature));
    Ok((message.header(SIGNATURE, signature), text))
}

/// Signs the events of one request.
pub(super) struct EventSigner {
    credentials: Credentials,
    region: String,
    service: String,
    keys: SigningKeys,
    previous: String,
}

impl EventSigner {
    /// For a request that is signed.
    pub(super) fn new(
        headers: &HeaderMap,
        credentials: &Credentials,
        region: &str,
        service: &str,
    ) -> Result<Self, BoxError> {
        let previous = signature_of_request(headers).ok_or("the request has no signature")?;
        Ok(Self {
            credentials: credentials.clone(),
            region: region.to_owned(),
            service: service.to_owned(),
            keys: SigningKeys::new(),
            previous,
        })
    }
}

impl SignEvents for EventSigner {
    fn sign(&mut self, event: Bytes, time: Timestamp) -> Result<Bytes, BoxError> {
        let params = SigningParams {
            access_key_id: self.credentials.key(),
            secret_access_key: self.credentials.secret(),
            session_token: self.credentials.session_token(),
            region: &self.region,
            service: &self.service,
            time,
            uri: UriForm::Normalized,
            payload: Payload::Body,
            payload_header: false,
        };
        let (message, signature) = sign_event(event, &self.previous, &params, &self.keys)?;
        self.previous = signature;
        Ok(message.encode()?)
    }
}

/// Neither secrets nor signatures are shown.
impl fmt::Debug for EventSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { region, service, .. } = self;
        f.debug_struct("EventSigner")
            .field("region", region)
            .field("service", service)
            .finish_non_exhaustive()
    }
}

/// What the signing key signs: with the headers that stand before the signature, as they are
/// encoded.
fn string_to_sign(
    date_time: &str,
    scope: &str,
    previous: &str,
    headers: &[u8],
    payload: &[u8],
) -> String {
    let (headers, payload) = (hex(&Sha256::digest(headers)), hex(&Sha256::digest(payload)));
    format!("{ALGORITHM}\n{date_time}\n{scope}\n{previous}\n{headers}\n{payload}")
}
