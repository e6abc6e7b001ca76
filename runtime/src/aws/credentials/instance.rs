//! Credentials of a virtual machine: Amazon EC2's metadata service.

use super::chain::{Attempt, Cx, Outcome};
use super::http::{Http, broken, request};
use crate::auth::{Credentials, CredentialsError};
use crate::aws::configured::{is_on, value};
use crate::timestamp::TimestampFormat;
use crate::transport::TransportErrorKind;
use crate::{Document, Timestamp};
use http::{Method, StatusCode};
use std::time::Duration;

/// Addresses, paths and figures are those of `IMDSFetcher` in botocore.
const IPV4: &str = "http://169.254.169.254/";
const IPV6: &str = "http://[fd00:ec2::254]/";
const TOKEN: &str = "latest/api/token";
const TOKEN_SECONDS: &str = "21600";
const ROLES: &str = "latest/meta-data/iam/security-credentials/";
/// From this long before the end on, credentials are taken for longer lived than they say.
const WINDOW: u64 = 15 * 60;

/// `InstanceMetadataProvider` in botocore: version 2 of the service, or version 1 where that gives
/// no token.
pub(super) async fn attempt(cx: Cx<'_>) -> Attempt {
    let disabled = cx.surroundings.var("AWS_EC2_METADATA_DISABLED");
    if disabled.is_some_and(|it| it.eq_ignore_ascii_case("true")) {
        return Outcome::passed("AWS_EC2_METADATA_DISABLED is `true`");
    }
    let service = Metadata::new(cx)?;
    match service.credentials(cx.surroundings.now()).await {
        Ok(credentials) => Ok(Outcome::Found(credentials)),
        Err(reason) => Outcome::passed(format!("{} at {}", reason, service.base)),
    }
}

struct Metadata {
    http: Http,
    base: String,
    attempts: u32,
    allows_v1: bool,
}

impl Metadata {
    fn new(cx: Cx<'_>) -> Result<Self, CredentialsError> {
        let own = cx.profiles.own();
        let get = |variable: &str, key: &str| value(cx.surroundings, own, variable, key);
        let number = |variable: &'static str, key: &str| match get(variable, key) {
            None => Ok(1),
            Some(text) => text.trim().parse().ok().filter(|number| *number > 0).ok_or_else(|| {
                broken("instance metadata", variable)(format!("`{text}` is not a positive number"))
            }),
        };
        let attempts =
            number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")?;
        let seconds = number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")?;
        let limit = Duration::from_secs(u64::from(seconds));
        let http = Http::new(cx.surroundings, limit)
            .map_err(broken("instance metadata", "the metadata service"))?;
        let v1 =
            is_on(cx.surroundings, own, "AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled");
        Ok(Self { http, base: base(cx)?, attempts, allows_v1: !v1 })
    }

    async fn credentials(&self, now: Timestamp) -> Result<Credentials, String> {
        let token = self.token().await?;
        if token.is_none() && !self.allows_v1 {
            return Err("there is no token, and version 1 of the service is disabled,".to_owned());
        }
        let token = token.as_deref();
        let role = self.get(ROLES, token, |body| Some(body.to_owned())).await?;
        let json = self
            .get(&format!("{ROLES}{role}"), token, |body| Document::from_json(body.as_bytes()).ok())
            .await?;
        read(&json, now)
    }

    /// A token of version 2; nothing if the service has none to give.
    async fn token(&self) -> Result<Option<String>, String> {
        let headers = [("x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS)];
        let request = request(Method::PUT, &format!("{}{TOKEN}", self.base), &headers)?;
        for _ in 0..self.attempts {
            match self.http.send(request.clone()).await {
                Ok(answer) => match answer.status() {
                    StatusCode::OK => {
                        return Ok(Some(String::from_utf8_lossy(answer.body()).into_owned()));
                    }
                    StatusCode::NOT_FOUND
                    | StatusCode::FORBIDDEN
                    | StatusCode::METHOD_NOT_ALLOWED => return Ok(None),
                    StatusCode::BAD_REQUEST => {
                        return Err("HTTP 400 for the request of a token".to_owned());
                    }
                    _ => {}
                },
                // As where a container is a hop too far away for the answer to arrive.
                Err(error) if error.kind() == TransportErrorKind::Timeout => return Ok(None),
                Err(_) => {}
            }
        }
        Ok(None)
    }

    async fn get<T>(
        &self,
        path: &str,
        token: Option<&str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, String> {
        let headers: Vec<_> =
            token.map(|token| ("x-aws-ec2-metadata-token", token)).into_iter().collect();
        let request = request(Method::GET, &format!("{}{path}", self.base), &headers)?;
        let mut failure = String::new();
        for _ in 0..self.attempts {
            failure = match self.http.send(request.clone()).await {
                Ok(answer) if answer.status() == StatusCode::OK => {
                    let body = String::from_utf8_lossy(answer.body());
                    match (body.is_empty(), read(&body)) {
                        (false, Some(value)) => return Ok(value),
                        (true, _) => "an empty answer".to_owned(),
                        (false, None) => "an answer that is not JSON".to_owned(),
                    }
                }
                Ok(answer) => format!("HTTP {}", answer.status().as_u16()),
                Err(error) => error.to_string(),
            };
        }
        Err(failure)
    }
}

/// Where the service is.
fn base(cx: Cx<'_>) -> Result<String, CredentialsError> {
    let own = cx.profiles.own();
    let variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    if let Some(url) = value(cx.surroundings, own, variable, "ec2_metadata_service_endpoint") {
        let slash = if url.ends_with('/') { "" } else { "/" };
        let is_absolute = url.parse::<http::Uri>().is_ok_and(|it| it.scheme().is_some());
        if is_absolute {
            return Ok(format!("{url}{slash}"));
        }
        return Err(broken("instance metadata", variable)(format!("`{url}` is not a URL")));
    }
    let variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    let mode = value(cx.surroundings, own, variable, "ec2_metadata_service_endpoint_mode");
    match mode.map(|mode| mode.to_ascii_lowercase()).as_deref() {
        Some("ipv4") => Ok(IPV4.to_owned()),
        Some("ipv6") => Ok(IPV6.to_owned()),
        Some(mode) => {
            let reason = format!("`{mode}` is neither `ipv4` nor `ipv6`");
            Err(broken("instance metadata", variable)(reason))
        }
        None if is_on(cx.surroundings, own, "AWS_IMDS_USE_IPV6", "imds_use_ipv6") => {
            Ok(IPV6.to_owned())
        }
        None => Ok(IPV4.to_owned()),
    }
}

fn read(json: &Document, now: Timestamp) -> Result<Credentials, String> {
    let text = |key: &str| {
        let text = json.get(key).and_then(Document::as_str);
        text.ok_or_else(|| match json.get("Code").and_then(Document::as_str) {
            // Such as `AssumeRoleUnauthorizedAccess`
            Some(code) => format!("the code `{}` in place of credentials", code.escape_debug()),
            None => format!("an answer without `{key}`"),
        })
    };
    let credentials = Credentials::new(text("AccessKeyId")?, text("SecretAccessKey")?)
        .with_session_token(text("Token")?);
    let expires = Timestamp::parse(text("Expiration")?, TimestampFormat::DateTime)
        .map_err(|_| "an `Expiration` that is not a date-time".to_owned())?;
    Ok(credentials.with_expiry(extended(expires, now)))
}

/// Credentials that the service should have renewed already are used on for a while: it is the
/// service that is late then (`_evaluate_expiration` in botocore).
fn extended(expires: Timestamp, now: Timestamp) -> Timestamp {
    // Not all machines at once.
    let jitter = 120 + u64::from(uuid::Uuid::new_v4().as_fields().0) % 481;
    let window = i64::try_from((WINDOW + jitter) * 1000).unwrap_or(i64::MAX);
    if now.to_millis() < expires.to_millis() - window {
        return expires;
    }
    Timestamp::from_millis(now.to_millis().saturating_add(window)).unwrap_or(expires)
}
