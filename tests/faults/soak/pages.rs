//! Pages from a service that fails by chance: every item is seen once, or there is an error that says
//! why not.

use super::{Answer, Chance, answer, config, runs};
use crate::alone;
use bytes::Bytes;
use std::sync::Mutex;
use std::time::Duration;
use typefoundry::transport::Transport;
use typefoundry::{BoxFuture, ErrorKind};
use typefoundry_clients::aws::ivs::Client;

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
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Answer> {
        let fault = {
            let mut chance = self.chance.lock().unwrap();
            (chance.below(100) < self.faults).then(|| chance.below(7))
        };
        answer(200, self.page(&request), fault)
    }
}

#[tokio::test(start_paused = true)]
async fn every_item_is_seen_once_or_there_is_an_error() {
    let _alone = alone().await;
    let (mut whole, mut ended) = (0, 0);
    for seed in 0..runs() {
        let service = Unsteady::new(seed);
        let expected = service.names();
        let mut chance = Chance(seed ^ 0xffff);
        let config = config(&mut chance).transport(service).attempt_timeout(Duration::from_secs(5));
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
