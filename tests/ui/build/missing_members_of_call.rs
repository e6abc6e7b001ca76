//! A call without two of its required members: both are named.

use typefoundry_clients::aws::ivs_realtime::Client;

fn list(client: &Client) {
    let _ = client.list_participant_events().participant_id("p").send();
}

fn main() {}
