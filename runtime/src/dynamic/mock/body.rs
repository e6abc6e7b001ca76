//! Bodies as they were before they were packed for the way.

use super::chunks;
use super::refuse::Refusal;
use bytes::Bytes;
use http::Request;
use http::header::CONTENT_ENCODING;

/// The largest body that is unpacked.
#[cfg(feature = "compression")]
const LIMIT: u64 = 256 << 20;

/// The body of a request without chunks, and without compression where that is only for the way:
/// an object that is compressed stays so.
pub(super) fn unpacked(request: &Request<Bytes>, compressed: bool) -> Result<Bytes, Refusal> {
    let mut body = request.body().clone();
    let header = request.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let encodings: Vec<_> = header.unwrap_or_default().split(',').map(str::trim).collect();
    for encoding in encodings.into_iter().rev() {
        if encoding.eq_ignore_ascii_case("aws-chunked") {
            let chunks = chunks::read(&body).map(|(chunks, _)| chunks);
            let chunks = chunks.ok_or_else(|| malformed("its chunks cannot be read"))?;
            let data: Vec<_> = chunks.iter().map(|chunk| chunk.data).collect();
            body = data.concat().into();
        } else if encoding.eq_ignore_ascii_case("gzip") && compressed {
            body = gunzipped(&body)?;
        }
    }
    Ok(body)
}

fn malformed(what: &str) -> Refusal {
    Refusal::new("IncompleteBody", 400, format!("the body cannot be taken as it is: {what}"))
}

#[cfg(feature = "compression")]
fn gunzipped(body: &Bytes) -> Result<Bytes, Refusal> {
    use std::io::Read;
    let mut plain = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(&body[..]).take(LIMIT + 1);
    match reader.read_to_end(&mut plain) {
        Ok(length) if length as u64 <= LIMIT => Ok(plain.into()),
        Ok(_) => Err(malformed("it is too large once it is unpacked")),
        Err(_) => Err(malformed("it is not gzip")),
    }
}

#[cfg(not(feature = "compression"))]
fn gunzipped(_: &Bytes) -> Result<Bytes, Refusal> {
    Err(malformed("it is gzip, for which this build lacks the feature `compression`"))
}
