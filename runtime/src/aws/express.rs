//! S3's directory buckets, whose calls are signed with the credentials of a session of the bucket.

mod sessions;
#[cfg(all(test, feature = "xml"))]
mod tests;

pub(super) use sessions::Sessions;

use super::scheme::{self, SigV4};
use super::sigv4::{SigningError, SigningKeys};
use crate::auth::{
    AuthScheme, BoxError, Credentials, CredentialsError, Environment, ProvideCredentials, Signing,
    Surroundings,
};
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;

/// The name that endpoint rules have for it.
pub(super) const SCHEME: &str = "sigv4-s3express";

const TOKEN: HeaderName = HeaderName::from_static("x-amz-s3session-token");
/// The same in a query
const TOKEN_PARAMETER: &str = "X-Amz-S3session-Token";

/// `sigv4-s3express`: Signature Version 4 with the token of a session in a header of its own
/// (`S3ExpressAuth` in botocore's `auth.py`).
///
/// The rules of S3's endpoints ask for it where a bucket is a directory bucket. The client's calls are
/// then signed with the credentials of a session, which it asks S3 for (`CreateSession`) once for each
/// bucket, and again before they expire.
///
/// Variables: those of [`SigV4`].
#[derive(Debug, Default)]
pub struct S3Express {
    keys: SigningKeys,
}

impl S3Express {
    /// Signs a request in its query, so that its URL can be used by anyone until it expires: see
    /// [`SigV4::presign`]. The credentials are those of a session, and end with it.
    pub fn presign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
        expires: Duration,
    ) -> Result<(), SigningError> {
        request.headers_mut().remove(TOKEN);
        scheme::presign_naming(request, signing, expires, &self.keys, TOKEN_PARAMETER)
    }
}

impl AuthScheme for S3Express {
    fn name(&self) -> &'static str {
        SCHEME
    }

    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
        SigV4::default().credentials(environment)
    }

    fn provider(
        &self,
        surroundings: &Surroundings,
        region: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        SigV4::default().provider(surroundings, region)
    }

    fn region(&self, environment: &dyn Environment) -> Option<String> {
        SigV4::default().region(environment)
    }

    fn needs_region(&self) -> bool {
        true
    }

    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError> {
        request.headers_mut().remove(TOKEN);
        if let Some(token) = signing.credentials.session_token() {
            let mut token = HeaderValue::try_from(token)?;
            token.set_sensitive(true);
            request.headers_mut().insert(TOKEN, token);
        }
        scheme::sign(request, signing, &self.keys, None)?;
        Ok(())
    }
}
