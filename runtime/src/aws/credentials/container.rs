//! Credentials of a container: Amazon ECS and EKS.

use super::chain::{Attempt, Cx, Outcome};
use super::http::{Http, broken, request};
use crate::auth::{Credentials, CredentialsError};
use crate::timestamp::TimestampFormat;
use crate::{Document, Timestamp};
use std::net::IpAddr;
use std::time::Duration;

/// The figures are those of `ContainerMetadataFetcher` in botocore.
const LIMIT: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
const HOST: &str = "169.254.170.2";
const HOSTS: [&str; 4] = [HOST, "169.254.170.23", "fd00:ec2::23", "localhost"];
const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// `ContainerProvider` in botocore.
pub(super) async fn attempt(cx: Cx<'_>) -> Attempt {
    let relative = cx.surroundings.var(RELATIVE).map(|path| format!("http://{HOST}{path}"));
    let (variable, url) = match (relative, cx.surroundings.var(FULL)) {
        (Some(url), _) => (RELATIVE, url),
        (None, Some(url)) => (FULL, url),
        (None, None) => return Outcome::passed(format!("neither {RELATIVE} nor {FULL} is set")),
    };
    let broken = broken("a container", variable);
    let token = token(cx)?;
    let mut headers = vec![("accept", "application/json")];
    headers.extend(token.as_deref().map(|token| ("authorization", token)));
    let request = request(http::Method::GET, &url, &headers).map_err(&broken)?;
    check_host(request.uri()).map_err(&broken)?;
    let http = Http::new(cx.surroundings, LIMIT).map_err(&broken)?;
    let mut attempt = 1;
    let answer = loop {
        let failure = match http.send(request.clone()).await {
            Ok(answer) if answer.status() == http::StatusCode::OK => {
                match Document::from_json(answer.body()) {
                    Ok(json) => break json,
                    Err(_) => "the answer is not JSON".to_owned(),
                }
            }
            Ok(answer) => format!("the answer is HTTP {}", answer.status().as_u16()),
            Err(error) => error.to_string(),
        };
        if attempt == ATTEMPTS {
            return Err(broken(format!("{failure}, after {ATTEMPTS} attempts")));
        }
        attempt += 1;
        http.pause(PAUSE).await;
    };
    read(&answer).map(Outcome::Found).map_err(broken)
}

/// The token that the server wants to see.
fn token(cx: Cx<'_>) -> Result<Option<String>, CredentialsError> {
    let (variable, token) = if let Some(path) = cx.surroundings.var(TOKEN_FILE) {
        let content = cx.surroundings.files().read(&cx.surroundings.path(&path));
        let broken = broken("a container", TOKEN_FILE);
        let content = content.map_err(|error| broken(format!("\"{path}\": {error}")))?;
        let text = String::from_utf8(content);
        (TOKEN_FILE, text.map_err(|_| broken(format!("\"{path}\" is not UTF-8")))?)
    } else if let Some(token) = cx.surroundings.var(TOKEN) {
        (TOKEN, token)
    } else {
        return Ok(None);
    };
    if token.contains(['\r', '\n']) {
        let reason = "the token has a line break, so it cannot be sent".to_owned();
        return Err(broken("a container", variable)(reason));
    }
    Ok(Some(token))
}

/// Without encryption, the token must not leave the machine.
fn check_host(url: &http::Uri) -> Result<(), String> {
    let host = url.host().unwrap_or_default();
    let host = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host);
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if url.scheme_str() == Some("https") || is_loopback || HOSTS.contains(&host) {
        return Ok(());
    }
    Err(format!(
        "`{}` is not a host that is asked without TLS: that is a loopback address, or one of {}",
        host.escape_debug(),
        HOSTS.join(", ")
    ))
}

fn read(json: &Document) -> Result<Credentials, String> {
    let text = |key: &str| {
        let text = json.get(key).and_then(Document::as_str);
        text.ok_or_else(|| format!("the answer has no `{key}`"))
    };
    let expires = Timestamp::parse(text("Expiration")?, TimestampFormat::DateTime)
        .map_err(|_| "the answer's `Expiration` is not a date-time".to_owned())?;
    let credentials = Credentials::new(text("AccessKeyId")?, text("SecretAccessKey")?)
        .with_session_token(text("Token")?)
        .with_expiry(expires);
    Ok(match text("AccountId") {
        Ok(account) => credentials.with_account_id(account),
        Err(_) => credentials,
    })
}
