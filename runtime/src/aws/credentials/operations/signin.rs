//! AWS Sign-In's tokens, API version 2023-01-01.

use crate::{Model, Operation, Service};

/// Where it is: each partition has a host of its own.
pub(crate) const RULES: &str = include_str!("signin.json");

#[derive(Clone, Copy, Debug, Service)]
#[service(
    id = "aws/signin",
    title = "AWS Sign-In Service",
    version = "2023-01-01",
    protocol = "rest-json",
    endpoint = "https://{region}.signin.aws.amazon.com",
    rules = RULES,
    error = super::Failure,
    auth("sigv4", name = "signin")
)]
pub(crate) struct Signin;

/// `CreateOAuth2Token`, with the members of its one payload.
#[derive(Model, Operation)]
#[operation(
    service = Signin,
    output = CreateTokenOutput,
    http = "POST /v1/token",
    secret,
    auth("none")
)]
pub(crate) struct CreateToken {
    #[model(name = "clientId")]
    pub(crate) client_id: String,
    #[model(name = "grantType")]
    pub(crate) grant_type: String,
    #[model(name = "refreshToken", sensitive)]
    pub(crate) refresh_token: String,
}

#[derive(Model)]
pub(crate) struct CreateTokenOutput {
    #[model(name = "accessToken", sensitive)]
    pub(crate) access_token: Option<AccessToken>,
    #[model(name = "expiresIn")]
    pub(crate) expires_in: Option<i32>,
    #[model(name = "refreshToken", sensitive)]
    pub(crate) refresh_token: Option<String>,
}

#[derive(Model)]
pub(crate) struct AccessToken {
    #[model(name = "accessKeyId")]
    pub(crate) access_key_id: String,
    #[model(name = "secretAccessKey", sensitive)]
    pub(crate) secret_access_key: String,
    #[model(name = "sessionToken", sensitive)]
    pub(crate) session_token: String,
}
