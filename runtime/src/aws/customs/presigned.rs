//! Copies between regions: the region that has the original is asked through a presigned URL.

use super::CustomError;
use crate::auth::Signing;
use crate::aws::scheme::presign;
use crate::aws::sigv4::SigningKeys;
use bytes::Bytes;
use http::{Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::time::Duration;

const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The default of botocore's `generate_presigned_url`.
const EXPIRES: Duration = Duration::from_hours(1);
const SOURCE: &str = "SourceRegion";
const DESTINATION: &str = "DestinationRegion";

/// RDS, Neptune and `DocumentDB` have no member for the source's region on the wire: it is the
/// client's to know (`inject_presigned_url_rds` in botocore's `handlers.py`).
pub(super) fn presigned_copy(
    request: &mut Request<Bytes>,
    signing: &Signing<'_>,
) -> Result<(), CustomError> {
    const URL: &str = "PreSignedUrl";
    let mut form = Form::of(request);
    let Some(source) = form.take(SOURCE) else { return Ok(()) };
    if form.get(URL).is_none() {
        let url = url(request, &form, &source, signing)?;
        form.push(URL, &url);
    }
    *request.body_mut() = form.0.into();
    Ok(())
}

/// EC2 wants both regions as well (`inject_presigned_url_ec2`).
pub(super) fn presigned_snapshot_copy(
    request: &mut Request<Bytes>,
    signing: &Signing<'_>,
) -> Result<(), CustomError> {
    const URL: &str = "PresignedUrl";
    let mut form = Form::of(request);
    if form.get(URL).is_some() {
        return Ok(());
    }
    let Some(source) = form.get(SOURCE) else { return Ok(()) };
    let url = url(request, &form, &source, signing)?;
    form.push(URL, &url);
    form.set(DESTINATION, signing.region);
    *request.body_mut() = form.0.into();
    Ok(())
}

/// The same call to the source's region, as a URL.
fn url(
    request: &Request<Bytes>,
    form: &Form,
    source: &str,
    signing: &Signing<'_>,
) -> Result<String, CustomError> {
    let mut form = Form(form.0.clone());
    form.set(DESTINATION, signing.region);
    let wrong = || CustomError::Input {
        member: SOURCE.to_owned(),
        reason: format!("`{}` is no region", source.escape_debug()),
    };
    let is_region = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if source.is_empty() || !source.chars().all(is_region) {
        return Err(wrong());
    }
    let uri = request.uri().to_string().replace(signing.region, source);
    let mut copy = Request::post(uri.parse::<Uri>().map_err(|_| wrong())?)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form.0))
        .map_err(|_| wrong())?;
    let signing = Signing {
        credentials: signing.credentials,
        region: source,
        option: signing.option,
        time: signing.time,
    };
    presign(&mut copy, &signing, EXPIRES, &SigningKeys::new())?;
    Ok(copy.uri().to_string())
}

/// The body of a query request.
struct Form(String);

impl Form {
    fn of(request: &Request<Bytes>) -> Self {
        Self(String::from_utf8_lossy(request.body()).into_owned())
    }

    fn pair(&self, name: &str) -> Option<&str> {
        self.0.split('&').find(|pair| pair.split('=').next() == Some(name))
    }

    fn get(&self, name: &str) -> Option<String> {
        let value = self.pair(name)?.split_once('=').map_or("", |(_, value)| value);
        let value = value.replace('+', " ");
        Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let taken = self.pair(name)?.to_owned();
        let rest: Vec<&str> = self.0.split('&').filter(|pair| *pair != taken).collect();
        self.0 = rest.join("&");
        Some(value)
    }

    fn push(&mut self, name: &str, value: &str) {
        let separator = if self.0.is_empty() { "" } else { "&" };
        self.0.push_str(separator);
        self.0.push_str(&written(name, value));
    }

    /// Where it is already, it keeps its place.
    fn set(&mut self, name: &str, value: &str) {
        let Some(old) = self.pair(name).map(str::to_owned) else { return self.push(name, value) };
        let new = written(name, value);
        let pairs = self.0.split('&').map(|pair| if pair == old { &new } else { pair });
        self.0 = pairs.collect::<Vec<_>>().join("&");
    }
}

fn written(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, FORM))
}
