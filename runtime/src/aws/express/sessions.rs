//! Sessions of buckets, and the operation that begins one.

use crate::auth::{Cached, Credentials, CredentialsError, ProvideCredentials, Windows};
use crate::aws::Dialect;
use crate::aws::recent::Recent;
use crate::client::Core;
use crate::client::dialect::Caller;
use crate::schema::{OperationSchema, OperationTraits, ParamValue};
use crate::value::Empty;
use crate::{BoxFuture, Model, Timestamp};
use std::sync::Arc;
use std::time::Duration;

/// Sessions last for five minutes. New ones are fetched as botocore does (`IdentityCache` in its
/// `utils.py`).
const WINDOWS: Windows = Windows {
    advisory: Duration::from_secs(45),
    mandatory: Duration::from_secs(10),
    between: Duration::ZERO,
};

/// The sessions of a client.
#[derive(Debug, Default)]
pub(in crate::aws) struct Sessions(Recent<Key, Arc<Cached>>);

/// The bucket of a session, and the client that it was begun with.
#[derive(Debug)]
struct Key {
    bucket: String,
    region: String,
    is_fips: bool,
    endpoint: Option<String>,
    client: Arc<Core>,
}

impl Sessions {
    /// What gives the credentials of a session of a bucket.
    pub(in crate::aws) fn of(
        &self,
        bucket: &str,
        caller: Caller<'_>,
        dialect: impl FnOnce() -> Dialect,
    ) -> Arc<dyn ProvideCredentials> {
        let settings = caller.settings();
        let is_there = |key: &Key| {
            key.region == settings.region
                && key.is_fips == settings.is_fips
                && key.endpoint.as_deref() == settings.endpoint
        };
        self.0.get_or_make(
            |key| key.bucket == bucket && is_there(key),
            |others| {
                let other = others.iter().find(|(key, _)| is_there(key));
                let client = match other {
                    Some((key, _)) => Arc::clone(&key.client),
                    None => Arc::new(caller.client(dialect())),
                };
                let bucket = bucket.to_owned();
                let session = Session { bucket: bucket.clone(), client: Arc::clone(&client) };
                let cached = Cached::with_windows(session, caller.clock(), WINDOWS);
                let region = settings.region.to_owned();
                let endpoint = settings.endpoint.map(str::to_owned);
                (
                    Key { bucket, region, is_fips: settings.is_fips, endpoint, client },
                    Arc::new(cached),
                )
            },
        )
    }
}

/// Begins sessions of a bucket.
#[derive(Debug)]
struct Session {
    bucket: String,
    client: Arc<Core>,
}

impl ProvideCredentials for Session {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let mut input = CreateSession { bucket: self.bucket.clone() };
            let mut output = CreateSessionOutput::empty();
            let called = self.client.call(&operation(), &mut input, &mut output).await;
            called.map_err(CredentialsError::called)?;
            let found = output.credentials.filter(|found| !found.access_key_id.is_empty());
            let found = found.ok_or_else(|| {
                let provider = format!("a session of the bucket `{}`", self.bucket);
                CredentialsError::broken(provider, "the answer of CreateSession has none")
            })?;
            Ok(Credentials::new(found.access_key_id, found.secret_access_key)
                .with_session_token(found.session_token)
                .with_expiry(found.expiration))
        })
    }
}

/// As in botocore's model of S3, 2006-03-01.
fn operation() -> OperationSchema {
    let traits = OperationTraits {
        endpoint_params: vec![("DisableS3ExpressSessionAuth".into(), ParamValue::Bool(true))]
            .into(),
        named: vec!["error-in-success".into()].into(),
        ..OperationTraits::default()
    };
    OperationSchema {
        name: "CreateSession".into(),
        method: "GET".into(),
        uri: "/?session".into(),
        status: 0,
        idempotent: true,
        secret: true,
        pages: None,
        traits: Some(std::borrow::Cow::Owned(traits)),
    }
}

#[derive(Model)]
struct CreateSession {
    #[model(name = "Bucket", endpoint_only, endpoint_param = "Bucket")]
    bucket: String,
}

#[derive(Model)]
struct CreateSessionOutput {
    #[model(name = "Credentials")]
    credentials: Option<SessionCredentials>,
}

#[derive(Model)]
struct SessionCredentials {
    #[model(name = "AccessKeyId")]
    access_key_id: String,
    #[model(name = "SecretAccessKey", sensitive)]
    secret_access_key: String,
    #[model(name = "SessionToken", sensitive)]
    session_token: String,
    #[model(name = "Expiration")]
    expiration: Timestamp,
}
