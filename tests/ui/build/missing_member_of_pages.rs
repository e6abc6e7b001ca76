//! Pages of a call without a required member.

use typefoundry_clients::aws::ivs_realtime::Client;

fn list(client: &Client) {
    let _ = client.list_participant_events().stage_arn("a").session_id("s").items();
}

fn main() {}
