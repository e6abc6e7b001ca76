//! AWS IAM Identity Center's portal, API version 2019-06-10.

use crate::{Model, Operation, Service};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/sso",
    title = "AWS Single Sign-On",
    version = "2019-06-10",
    protocol = "rest-json",
    endpoint = "https://portal.sso.{region}.amazonaws.com",
    rules(template = "govcloud", host = "portal.sso"),
    error = super::Failure,
    auth("sigv4", name = "awsssoportal")
)]
pub(crate) struct Sso;

#[derive(Model, Operation)]
#[operation(
    service = Sso,
    output = GetRoleCredentialsOutput,
    http = "GET /federation/credentials",
    secret,
    auth("none")
)]
pub(crate) struct GetRoleCredentials {
    #[model(name = "roleName", query = "role_name")]
    pub(crate) role_name: String,
    #[model(name = "accountId", query = "account_id")]
    pub(crate) account_id: String,
    #[model(name = "accessToken", header = "x-amz-sso_bearer_token", sensitive)]
    pub(crate) access_token: String,
}

#[derive(Model)]
pub(crate) struct GetRoleCredentialsOutput {
    #[model(name = "roleCredentials")]
    pub(crate) role_credentials: Option<RoleCredentials>,
}

#[derive(Model)]
pub(crate) struct RoleCredentials {
    #[model(name = "accessKeyId")]
    pub(crate) access_key_id: Option<String>,
    #[model(name = "secretAccessKey", sensitive)]
    pub(crate) secret_access_key: Option<String>,
    #[model(name = "sessionToken", sensitive)]
    pub(crate) session_token: Option<String>,
    /// Milliseconds since the epoch
    pub(crate) expiration: Option<i64>,
}
