//! Passwords for databases of AWS that let in whoever IAM lets in: presigned URLs that nobody calls, without
//! their scheme (`generate_db_auth_token` and its like in botocore's `signers.py`).

use super::SigV4;
use super::sigv4::SigningError;
use crate::Timestamp;
use crate::auth::{Credentials, Signing};
use crate::schema::AuthOption;
use bytes::Bytes;
use http::Uri;
use http::uri::Authority;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::time::Duration;

#[cfg(test)]
mod tests;

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Who wants to get into a database, and when.
#[derive(Clone, Copy, Debug)]
pub struct Login<'a> {
    /// The credentials that sign the token
    pub credentials: &'a Credentials,
    /// The region that the database is in
    pub region: &'a str,
    /// The time from which on the token is valid
    pub time: Timestamp,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The address is not that of a host.
    #[error(
        "`{0}` is no host of a database: it is a name, and a colon and a port if one is needed"
    )]
    Host(String),
    /// The token cannot be signed.
    #[error(transparent)]
    Signing(#[from] SigningError),
}

/// Whom a cluster of Aurora DSQL lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DsqlRole {
    /// A role that the administrator has made
    Custom,
    /// The role `admin`
    Admin,
}

/// The password of a user of a database of Amazon RDS at `host:port`. It is valid for 15 minutes.
///
/// ```
/// use typefoundry::auth::Credentials;
/// use typefoundry::aws::database::{Login, rds_token};
///
/// let credentials = Credentials::new("AKID", "secret");
/// let time = "2026-01-01T00:00:00Z".parse().unwrap();
/// let login = Login { credentials: &credentials, region: "eu-west-1", time };
/// let password = rds_token(login, "pets.example.com:3306", "jane").unwrap();
/// assert!(password.starts_with("pets.example.com:3306/?Action=connect&DBUser=jane&X-Amz-"));
/// ```
///
/// Errors: an address that is no host's, or credentials that no URL can carry.
pub fn rds_token(login: Login<'_>, address: &str, user: &str) -> Result<String, TokenError> {
    let query = format!("Action=connect&DBUser={}", utf8_percent_encode(user, RESERVED));
    token(login, "rds-db", address, &query, Duration::from_mins(15))
}

/// The password for a cluster of Amazon Aurora DSQL, for connections that begin before it expires.
///
/// Errors: an address that is no host's, credentials that no URL can carry, or a token that would be valid
/// for longer than seven days.
pub fn dsql_token(
    login: Login<'_>,
    address: &str,
    role: DsqlRole,
    expires: Duration,
) -> Result<String, TokenError> {
    let query = match role {
        DsqlRole::Custom => "Action=DbConnect",
        DsqlRole::Admin => "Action=DbConnectAdmin",
    };
    token(login, "dsql", address, query, expires)
}

fn token(
    login: Login<'_>,
    service: &'static str,
    address: &str,
    query: &str,
    expires: Duration,
) -> Result<String, TokenError> {
    const SCHEME: &str = "https://";
    let no_host = || TokenError::Host(address.to_owned());
    let authority = Authority::try_from(address).ok();
    let has_port = |it: &Authority| it.as_str() == it.host() || it.port_u16().is_some();
    let authority =
        authority.filter(|it| !it.host().is_empty() && !it.as_str().contains('@') && has_port(it));
    let uri = Uri::builder()
        .scheme("https")
        .authority(authority.ok_or_else(no_host)?)
        .path_and_query(format!("/?{query}"))
        .build();
    let mut request = http::Request::new(Bytes::new());
    *request.uri_mut() = uri.map_err(|_| no_host())?;
    let settings = vec![("name".into(), service.into())];
    let option = AuthOption { scheme: "sigv4".into(), settings: Cow::Owned(settings) };
    let Login { credentials, region, time } = login;
    let signing = Signing { credentials, region, option: &option, time };
    SigV4::default().presign(&mut request, &signing, expires)?;
    let url = request.uri().to_string();
    Ok(url.strip_prefix(SCHEME).unwrap_or(&url).to_owned())
}
