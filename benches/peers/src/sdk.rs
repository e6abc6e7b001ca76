//! The AWS SDK's client.

use crate::{Result, block_on, call};
use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// A client of that server.
pub(crate) fn client(endpoint: &str, http: SharedHttpClient) -> Client {
    let credentials = Credentials::new(call::KEY, call::SECRET, None, None, "benchmark");
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static(call::REGION))
        .credentials_provider(credentials)
        .endpoint_url(endpoint)
        .http_client(http)
        .build();
    Client::from_conf(config)
}

/// The small call; gives the number of events.
pub(crate) async fn list(client: &Client) -> Result<usize> {
    let output = client
        .list_participant_events()
        .stage_arn(call::STAGE)
        .session_id(call::SESSION)
        .participant_id(call::PARTICIPANT)
        .max_results(call::MOST)
        .send()
        .await?;
    Ok(output.events.len())
}

/// A client whose calls are all answered at once, with the same body.
pub(crate) struct Answered(Client);

impl Answered {
    pub(crate) fn new(body: &str) -> Self {
        let connector = SharedHttpConnector::new(Fixed(Bytes::copy_from_slice(body.as_bytes())));
        Self(client("http://localhost", http_client_fn(move |_, _| connector.clone())))
    }

    pub(crate) async fn call(&self) -> Result<usize> {
        list(&self.0).await
    }

    pub(crate) fn calls(&self, times: u32) -> Result<()> {
        block_on(async {
            for _ in 0..times {
                self.call().await?;
            }
            Ok(())
        })
    }
}

#[derive(Debug)]
struct Fixed(Bytes);

impl HttpConnector for Fixed {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let response = http::Response::new(SdkBody::from(self.0.clone()));
        HttpConnectorFuture::ready(Ok(HttpResponse::try_from(response).unwrap_or_else(|_| {
            unreachable!("a response of 200 without headers is one of the SDK's")
        })))
    }
}
