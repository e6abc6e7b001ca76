//! Channels of IVS (REST JSON): made, listed over pages, read, changed and deleted.

use crate::check::{Outcome, Report, failure, is, same, some};
use typefoundry::Config;
use typefoundry_clients::aws::ivs::{ChannelLatencyMode, Client, Error};

const NAMES: [&str; 5] = ["one", "two", "three", "four", "five"];

pub(crate) async fn run(report: &mut Report, config: Config) -> Outcome {
    let client = Client::new(config)?;
    report.scenario("ivs: a channel from create to delete", lifecycle(&client)).await;
    report.scenario("ivs: five channels over pages of two", pages(&client)).await;
    Ok(())
}

async fn lifecycle(client: &Client) -> Outcome {
    let created = client
        .create_channel()
        .name("studio")
        .latency_mode(ChannelLatencyMode::Low)
        .tags([("team".to_owned(), "news & sports".to_owned())])
        .send()
        .await?;
    let channel = some("channel", created.channel.as_ref())?;
    let arn = some("arn", channel.arn.clone())?;
    let key = some("streamKey", created.stream_key.as_ref())?;
    same("the key's channel", key.channel_arn.as_deref(), Some(&*arn))?;
    let value = some("the key's value", key.value.as_deref())?;
    is("the key prints as redacted", !format!("{created:?}").contains(value))?;

    let got = client.get_channel().arn(&*arn).send().await?.into_output();
    let got = some("channel", got.channel)?;
    same("name", got.name.as_deref(), Some("studio"))?;
    same("latencyMode", got.latency_mode, Some(ChannelLatencyMode::Low))?;
    let tags = some("tags", got.tags)?;
    same("the tag", tags.get("team").map(String::as_str), Some("news & sports"))?;

    let updated = client
        .update_channel()
        .arn(&*arn)
        .name("attic")
        .latency_mode(ChannelLatencyMode::Normal)
        .authorized(true)
        .send()
        .await?
        .into_output();
    let updated = some("channel", updated.channel)?;
    same("name", updated.name.as_deref(), Some("attic"))?;
    same("latencyMode", updated.latency_mode, Some(ChannelLatencyMode::Normal))?;
    same("authorized", updated.authorized, Some(true))?;

    client.delete_channel().arn(&*arn).send().await?;
    match failure("get after delete", client.get_channel().arn(&*arn).send().await)? {
        Error::ResourceNotFoundException(gone) => {
            same("status", gone.error.status(), Some(404))?;
            is("the message names the channel", gone.error.to_string().contains(&*arn))
        }
        other => Err(other.into()),
    }
}

async fn pages(client: &Client) -> Outcome {
    let mut made = Vec::new();
    for name in NAMES {
        let created = client.create_channel().name(name).send().await?.into_output();
        made.push(some("arn", some("channel", created.channel)?.arn)?);
    }
    let mut pages = client.list_channels().max_results(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.channels.len());
    }
    same("the sizes of the pages", sizes, [2, 2, 1])?;

    let mut items = client.list_channels().max_results(2).items();
    let mut names = Vec::new();
    while let Some(channel) = items.try_next().await? {
        names.push(some("name", channel.name)?);
    }
    names.sort();
    let mut wanted = NAMES;
    wanted.sort_unstable();
    same("the names", names, wanted)?;

    let mut items = client.list_channels().max_results(2).items();
    let third = [items.try_next().await?, items.try_next().await?, items.try_next().await?];
    let third = some("the third channel", third.into_iter().last().flatten())?;
    let token = some("a token to go on with", items.resume_token())?.to_string();
    let mut resumed = client.list_channels().max_results(2).items().resume(&token.parse()?);
    let mut rest = 0;
    while let Some(channel) = resumed.try_next().await? {
        is("a channel does not come twice", channel.arn != third.arn)?;
        rest += 1;
    }
    same("the channels behind the third", rest, 2)?;
    for arn in made {
        client.delete_channel().arn(arn).send().await?;
    }
    Ok(())
}
