//! What a request says of its signature.

use crate::Timestamp;
use crate::aws::sigv4::{Payload, SigningParams, UriForm};
use crate::dynamic::mock::keys::Key;
use crate::dynamic::mock::route::query_text;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::uri::PathAndQuery;
use http::{Request, Uri};

/// How far a clock may be off, and how long a signature in a header holds, in seconds. S3's limit is
/// the widest.
const SKEW: i64 = 15 * 60;

const REGIONS: &str = "x-amz-region-set";

/// By what a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Hmac,
    /// Signature Version 4a
    Ecdsa,
}

impl Algorithm {
    const ALL: [Self; 2] = [Self::Hmac, Self::Ecdsa];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hmac => "AWS4-HMAC-SHA256",
            Self::Ecdsa => "AWS4-ECDSA-P256-SHA256",
        }
    }
}

/// What a request says of its signature.
pub(super) struct Signed {
    pub(super) algorithm: Algorithm,
    pub(super) key: String,
    pub(super) day: String,
    /// Of Signature Version 4a those that it is good for, which are no part of its scope
    pub(super) region: String,
    pub(super) service: String,
    /// Names with `;` between them
    pub(super) headers: String,
    pub(super) signature: String,
    pub(super) date_time: String,
    /// Seconds that a signature in a query holds.
    pub(super) expires: Option<i64>,
}

impl Signed {
    pub(super) fn of(request: &Request<Bytes>) -> Option<Self> {
        let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (algorithm, credential, headers, signature, date_time, expires);
        if let Some(header) = header {
            let (name, fields) = header.split_once(' ')?;
            let field = |name: &str| {
                let fields = fields.split(',').map(str::trim);
                let mut values = fields.filter_map(|field| field.strip_prefix(name));
                values.next()?.strip_prefix('=').map(str::to_owned)
            };
            algorithm = Algorithm::ALL.into_iter().find(|it| it.name() == name)?;
            date_time = request.headers().get("x-amz-date")?.to_str().ok()?.to_owned();
            (credential, headers) = (field("Credential")?, field("SignedHeaders")?);
            (signature, expires) = (field("Signature")?, None);
        } else {
            let parameter = |name: &str| query_text(request, name);
            let name = parameter("X-Amz-Algorithm")?;
            algorithm = Algorithm::ALL.into_iter().find(|it| it.name() == name)?;
            credential = parameter("X-Amz-Credential")?;
            headers = parameter("X-Amz-SignedHeaders")?;
            (signature, date_time) = (parameter("X-Amz-Signature")?, parameter("X-Amz-Date")?);
            expires = Some(parameter("X-Amz-Expires")?.parse().ok()?);
        }
        let mut parts = credential.rsplitn(if algorithm == Algorithm::Hmac { 5 } else { 4 }, '/');
        if parts.next() != Some("aws4_request") {
            return None;
        }
        let service = parts.next()?.to_owned();
        let region = match algorithm {
            Algorithm::Hmac => parts.next()?.to_owned(),
            Algorithm::Ecdsa if expires.is_some() => query_text(request, "X-Amz-Region-Set")?,
            Algorithm::Ecdsa => {
                headers.split(';').find(|name| *name == REGIONS)?;
                request.headers().get(REGIONS)?.to_str().ok()?.to_owned()
            }
        };
        let (day, key) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        Some(Self { algorithm, key, day, region, service, headers, signature, date_time, expires })
    }

    /// For whom and when the signature is good.
    pub(super) fn scope(&self) -> String {
        let Self { day, region, service, .. } = self;
        match self.algorithm {
            Algorithm::Hmac => format!("{day}/{region}/{service}/aws4_request"),
            Algorithm::Ecdsa => format!("{day}/{service}/aws4_request"),
        }
    }

    /// What it ought to be made with.
    pub(super) fn params<'p>(
        &'p self,
        key: &'p Key,
        time: Timestamp,
        uri: UriForm,
    ) -> SigningParams<'p> {
        SigningParams {
            access_key_id: &key.id,
            secret_access_key: &key.secret,
            session_token: None,
            region: &self.region,
            service: &self.service,
            time,
            uri,
            payload: Payload::Body,
            payload_header: false,
        }
    }

    /// The time of signing.
    pub(super) fn check_time(&self, now: Timestamp) -> Result<Timestamp, &'static str> {
        const BASIC: &str = "the time of signing must look like 20260314T092653Z";
        let date_time = &self.date_time;
        if date_time.len() != 16 || !date_time.is_ascii() || !date_time.starts_with(&self.day) {
            return Err(BASIC);
        }
        let [year, month, day] = [&date_time[..4], &date_time[4..6], &date_time[6..8]];
        let [hour, minute, second] = [&date_time[9..11], &date_time[11..13], &date_time[13..15]];
        let text = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
        let signed: Timestamp = text.parse().map_err(|_| BASIC)?;
        let age = now.seconds() - signed.seconds();
        if age < -SKEW {
            return Err("Signature not yet current: the request was signed in the future");
        }
        match self.expires {
            Some(expires) if age > expires => {
                Err("Signature expired: the URL is not valid any more")
            }
            None if age > SKEW => Err("Signature expired: the request was signed too long ago"),
            _ => Ok(signed),
        }
    }

    /// The request with nothing but what is signed.
    pub(super) fn bare(&self, request: &Request<Bytes>) -> Option<Request<Bytes>> {
        let mut bare = Request::new(request.body().clone());
        *bare.method_mut() = request.method().clone();
        *bare.uri_mut() = request.uri().clone();
        if self.expires.is_some() {
            let query = request.uri().query().unwrap_or_default().split('&');
            let query: Vec<_> = query.filter(|it| !it.starts_with("X-Amz-Signature=")).collect();
            let target = format!("{}?{}", request.uri().path(), query.join("&"));
            let mut parts = request.uri().clone().into_parts();
            parts.path_and_query = Some(PathAndQuery::try_from(target).ok()?);
            *bare.uri_mut() = Uri::from_parts(parts).ok()?;
        }
        for name in self.headers.split(';') {
            for value in request.headers().get_all(name) {
                let name = http::HeaderName::try_from(name).ok()?;
                bare.headers_mut().append(name, value.clone());
            }
        }
        Some(bare)
    }
}
