//! A small call over loopback.

use crate::measure::{Turn, measure, print};
#[cfg(feature = "aws-sdk")]
use crate::sdk;
use crate::server::Server;
use crate::{Options, Result, block_on, by_hand};
use std::rc::Rc;
use typefoundry::transport::HttpTransport;
use typefoundry::{Config, Credentials, Transport};
use typefoundry_clients::aws::ivs_realtime::Client;

pub(crate) const KEY: &str = "AKIDEXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub(crate) const REGION: &str = "eu-west-1";
pub(crate) const STAGE: &str = "arn:aws:ivs:eu-west-1:111122223333:stage/Qm7rT2vXw9Lz";
pub(crate) const SESSION: &str = "st-7Hk2Pq9RzT4wX";
pub(crate) const PARTICIPANT: &str = "pR5sEnTeR01a";
pub(crate) const MOST: i32 = 10;

pub(crate) fn run(options: &Options) -> Result<()> {
    // Those who set up reqwest by hand choose their own TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = Server::start()?;
    let endpoint = server.endpoint();
    let runtime = Rc::new(tokio::runtime::Builder::new_current_thread().enable_all().build()?);

    let ours = client(&endpoint, HttpTransport::without_proxies()?)?;
    let http = reqwest::Client::builder().no_proxy();
    let http = http.redirect(reqwest::redirect::Policy::none()).build()?;
    let by_hand = by_hand::Client::new(&endpoint, http);
    #[cfg(feature = "aws-sdk")]
    let http = aws_smithy_http_client::Builder::new().build_http();
    #[cfg(feature = "aws-sdk")]
    let sdk = sdk::client(&endpoint, http);

    macro_rules! turn {
        ($name:literal, $call:expr) => {
            Turn::new($name, |times| {
                runtime.block_on(async {
                    for _ in 0..times {
                        if $call.await? != 1 {
                            return Err("the answer has one event".into());
                        }
                    }
                    Ok(())
                })
            })
        };
    }
    let turns = vec![
        turn!("typefoundry", list(&ours)),
        turn!("by hand: reqwest, serde_json, cached key", by_hand.list()),
        #[cfg(feature = "aws-sdk")]
        turn!("aws-sdk-ivsrealtime", sdk::list(&sdk)),
    ];
    let rows = measure(turns, 200, options)?;
    print("A small call", options.rounds, &rows);
    Ok(())
}

/// Our client, with that transport.
pub(crate) fn client(endpoint: &str, transport: impl Transport + 'static) -> Result<Client> {
    let config = Config::builder()
        .region(REGION)
        .endpoint(endpoint)
        .credentials(Credentials::new(KEY, SECRET))
        .transport(transport)
        .build()?;
    Ok(Client::new(config)?)
}

/// The small call; gives the number of events.
pub(crate) async fn list(client: &Client) -> Result<usize> {
    let output = client
        .list_participant_events()
        .stage_arn(STAGE)
        .session_id(SESSION)
        .participant_id(PARTICIPANT)
        .max_results(MOST)
        .send()
        .await?;
    Ok(output.events.len())
}

/// The calls with a transport that answers at once.
pub(crate) fn calls(client: &Client, times: u32) -> Result<()> {
    block_on(async {
        for _ in 0..times {
            list(client).await?;
        }
        Ok(())
    })
}
