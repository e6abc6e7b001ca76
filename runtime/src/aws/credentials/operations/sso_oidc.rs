//! AWS IAM Identity Center's tokens, API version 2019-06-10.

use crate::{Model, Operation, Service};

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/sso-oidc",
    title = "AWS SSO OIDC",
    version = "2019-06-10",
    protocol = "rest-json",
    endpoint = "https://oidc.{region}.amazonaws.com",
    rules(template = "govcloud", host = "oidc"),
    error = super::Failure,
    auth("sigv4", name = "sso-oauth")
)]
pub(crate) struct SsoOidc;

#[derive(Model, Operation)]
#[operation(
    service = SsoOidc,
    output = CreateTokenOutput,
    http = "POST /token",
    secret,
    auth("none")
)]
pub(crate) struct CreateToken {
    #[model(name = "clientId")]
    pub(crate) client_id: String,
    #[model(name = "clientSecret", sensitive)]
    pub(crate) client_secret: String,
    #[model(name = "grantType")]
    pub(crate) grant_type: String,
    #[model(name = "refreshToken", sensitive)]
    pub(crate) refresh_token: Option<String>,
}

#[derive(Model)]
pub(crate) struct CreateTokenOutput {
    #[model(name = "accessToken", sensitive)]
    pub(crate) access_token: Option<String>,
    #[model(name = "expiresIn")]
    pub(crate) expires_in: Option<i32>,
    #[model(name = "refreshToken", sensitive)]
    pub(crate) refresh_token: Option<String>,
}
