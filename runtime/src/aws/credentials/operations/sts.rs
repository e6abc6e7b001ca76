//! AWS Security Token Service, API version 2011-06-15.

use crate::{Model, Operation, Service, Timestamp};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/sts",
    title = "AWS Security Token Service",
    version = "2011-06-15",
    protocol = "query",
    endpoint = "https://sts.{region}.amazonaws.com",
    rules(template = "govcloud", host = "sts"),
    error = super::Failure,
    auth("sigv4", name = "sts")
)]
pub(crate) struct Sts;

#[derive(Model, Operation)]
#[operation(
    service = Sts,
    output = AssumeRoleOutput,
    http = "POST /",
    secret,
    result = "AssumeRoleResult"
)]
pub(crate) struct AssumeRole {
    #[model(name = "RoleArn")]
    pub(crate) role_arn: String,
    #[model(name = "RoleSessionName")]
    pub(crate) role_session_name: String,
    #[model(name = "DurationSeconds")]
    pub(crate) duration_seconds: Option<i32>,
    #[model(name = "ExternalId", sensitive)]
    pub(crate) external_id: Option<String>,
    #[model(name = "SerialNumber")]
    pub(crate) serial_number: Option<String>,
    #[model(name = "TokenCode", sensitive)]
    pub(crate) token_code: Option<String>,
}

#[derive(Model)]
pub(crate) struct AssumeRoleOutput {
    #[model(name = "Credentials")]
    pub(crate) credentials: Option<Credentials>,
    #[model(name = "AssumedRoleUser")]
    pub(crate) assumed_role_user: Option<AssumedRoleUser>,
}

#[derive(Model, Operation)]
#[operation(
    service = Sts,
    output = AssumeRoleWithWebIdentityOutput,
    http = "POST /",
    secret,
    result = "AssumeRoleWithWebIdentityResult",
    auth("none")
)]
pub(crate) struct AssumeRoleWithWebIdentity {
    #[model(name = "RoleArn")]
    pub(crate) role_arn: String,
    #[model(name = "RoleSessionName")]
    pub(crate) role_session_name: String,
    #[model(name = "WebIdentityToken", sensitive)]
    pub(crate) web_identity_token: String,
}

#[derive(Model)]
pub(crate) struct AssumeRoleWithWebIdentityOutput {
    #[model(name = "Credentials")]
    pub(crate) credentials: Option<Credentials>,
    #[model(name = "AssumedRoleUser")]
    pub(crate) assumed_role_user: Option<AssumedRoleUser>,
}

#[derive(Model)]
pub(crate) struct Credentials {
    #[model(name = "AccessKeyId")]
    access_key_id: String,
    #[model(name = "SecretAccessKey", sensitive)]
    secret_access_key: String,
    #[model(name = "SessionToken", sensitive)]
    session_token: String,
    #[model(name = "Expiration")]
    expiration: Timestamp,
}

/// Who the credentials are of.
#[derive(Model)]
pub(crate) struct AssumedRoleUser {
    #[model(name = "Arn")]
    arn: String,
}

/// The credentials of an answer, with the account that the role is in (`_add_account_id_to_response`
/// in botocore).
pub(crate) fn identity(
    credentials: Option<Credentials>,
    user: Option<&AssumedRoleUser>,
) -> Option<crate::Credentials> {
    let found = credentials?;
    let credentials = crate::Credentials::new(found.access_key_id, found.secret_access_key)
        .with_session_token(found.session_token)
        .with_expiry(found.expiration);
    let account = user.and_then(|user| user.arn.split(':').nth(4));
    Some(match account.filter(|account| !account.is_empty()) {
        Some(account) => credentials.with_account_id(account),
        None => credentials,
    })
}
