//! Pages from a service that fails by chance: every item is seen once, or there is an error that says
//! why not.

use crate::alone;
use bytes::Bytes;
use std::sync::Mutex;
use std::time::Duration;
use typefoundry::client::RetryMode;
use typefoundry::transport::{Transport, TransportError, TransportErrorKind};
use typefoundry::{BoxFuture, Config, Credentials, ErrorKind};
use typefoundry_clients::aws::ivs::Client;

/// Numbers that look random and are the same each time.
#[derive(Clone, Debug)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A service with so many items on each of its pages.
#[derive(Debug)]
struct Unsteady {
    pages: Vec<u64>,
    /// How many of a hundred attempts fail
    faults: u64,
    chance: Mutex<Chance>,
}

impl Unsteady {
    fn new(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let pages = (0..=chance.below(6)).map(|_| chance.below(4)).collect();
        let faults = chance.below(60);
        Self { pages, faults, chance: Mutex::new(chance) }
    }

    fn names(&self) -> Vec<String> {
        (0..self.pages.iter().sum::<u64>()).map(|number| format!("n{number}")).collect()
    }

    fn page(&self, request: &http::Request<Bytes>) -> String {
        let input: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
        let page = input["nextToken"].as_str().map_or(0, |token| token[1..].parse().unwrap());
        let before: u64 = self.pages[..page].iter().sum();
        let names = before..before + self.pages[page];
        let channels: Vec<_> = names.map(|number| format!(r#"{{"name":"n{number}"}}"#)).collect();
        let channels = channels.join(",");
        if page + 1 == self.pages.len() {
            return format!(r#"{{"channels":[{channels}]}}"#);
        }
        format!(r#"{{"channels":[{channels}],"nextToken":"p{}"}}"#, page + 1)
    }
}

impl Transport for Unsteady {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let fault = {
            let mut chance = self.chance.lock().unwrap();
            (chance.below(100) < self.faults).then(|| chance.below(7))
        };
        let mut body = self.page(&request);
        let broken = |kind| Err(TransportError::new(kind, "it broke"));
        let mut status = 200;
        let failed = match fault {
            None => None,
            Some(0) => Some(broken(TransportErrorKind::Connect)),
            Some(1) => Some(broken(TransportErrorKind::Broken)),
            Some(2) => return Box::pin(std::future::pending()),
            Some(3) => {
                body.truncate(body.len() / 2);
                None
            }
            Some(4) => {
                (status, body) = (400, r#"{"__type":"ThrottlingException"}"#.to_owned());
                None
            }
            Some(5) => {
                (status, body) = (403, r#"{"__type":"AccessDeniedException"}"#.to_owned());
                None
            }
            Some(_) => {
                (status, body) = (503, String::new());
                None
            }
        };
        let mut response = http::Response::new(Bytes::from(body));
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        Box::pin(std::future::ready(failed.unwrap_or(Ok(response))))
    }
}

/// 10,000 runs where it is asked for: it takes a while.
fn runs() -> u64 {
    std::env::var("TYPEFOUNDRY_SOAK").ok().and_then(|runs| runs.parse().ok()).unwrap_or(500)
}

#[tokio::test(start_paused = true)]
async fn every_item_is_seen_once_or_there_is_an_error() {
    let _alone = alone().await;
    let (mut whole, mut ended) = (0, 0);
    for seed in 0..runs() {
        let service = Unsteady::new(seed);
        let expected = service.names();
        let modes = [RetryMode::Standard, RetryMode::Adaptive, RetryMode::Off];
        let mut chance = Chance(seed ^ 0xffff);
        let config = Config::builder()
            .region("us-west-2")
            .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
            .transport(service)
            .retry_mode(modes[usize::try_from(chance.below(3)).unwrap()])
            .attempt_timeout(Duration::from_secs(5));
        let client = Client::new(config.build().unwrap()).unwrap();
        let mut items = client.list_channels().items();
        let mut seen = Vec::new();
        // Some give up at the first error, others go on.
        let mut patience = chance.below(30);
        let error = loop {
            match items.try_next().await {
                Ok(Some(channel)) => seen.push(channel.name.unwrap()),
                Ok(None) => break None,
                Err(error) if patience == 0 => break Some(error),
                Err(_) => patience -= 1,
            }
        };
        assert!(expected.starts_with(&seen), "run {seed}: {seen:?}");
        if let Some(error) = error {
            ended += 1;
            let error = error.as_error();
            let kinds = [ErrorKind::Transport, ErrorKind::Service, ErrorKind::Decode];
            assert!(kinds.contains(&error.kind()), "run {seed}: {error}");
            assert!(error.to_string().starts_with("ListChannels: "), "run {seed}: {error}");
        } else {
            whole += 1;
            assert_eq!(seen, expected, "run {seed}");
        }
    }
    assert!(whole > ended && ended > 0, "{whole} runs were whole, {ended} ended with an error");
}
