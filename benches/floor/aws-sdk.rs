//! The same program with the client of the AWS SDK.

use aws_sdk_ivsrealtime::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(list())
}

async fn list() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let mut next = || words.next().unwrap_or_default();
    let client = Client::new(&aws_config::load_from_env().await);
    let call = client.list_participant_events();
    let call = call.stage_arn(next()).session_id(next()).participant_id(next());
    for event in call.send().await?.events() {
        println!("{:?} {:?}", event.event_time(), event.name());
    }
    Ok(())
}
