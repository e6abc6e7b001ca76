//! Credentials of profiles: the client asks STS for them, by the same transport and in the same place.

use crate::check::{Outcome, Report, is, same, some};
use std::collections::BTreeMap;
use typefoundry::auth::{MemoryFiles, Surroundings};
use typefoundry::{Config, Error};
use typefoundry_clients::aws::sts::Client;

const CONFIG: &str = "\
[profile keys]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
[profile first]
role_arn = arn:aws:iam::123456789012:role/First
source_profile = keys
[profile second]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/Second
role_session_name = moto
source_profile = first
[profile web]
region = eu-west-1
web_identity_token_file = token
role_arn = arn:aws:iam::123456789012:role/Web
role_session_name = moto
";

pub(crate) async fn run(report: &mut Report, url: &str) -> Outcome {
    let second = "arn:aws:sts::123456789012:assumed-role/Second/moto";
    let web = "arn:aws:sts::123456789012:assumed-role/Web/moto";
    report.scenario("credentials: a role assumed with another", role(url, "second", second)).await;
    report.scenario("credentials: a role for a token", role(url, "web", web)).await;
    Ok(())
}

fn config(url: &str, profile: &str) -> Result<Config, Error> {
    let variables = [("AWS_CONFIG_FILE", "config"), ("AWS_ENDPOINT_URL_STS", url)];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let files = MemoryFiles::new().with("config", CONFIG).with("token", "e30.e30.e30");
    let surroundings =
        Surroundings::empty().with_environment(BTreeMap::from(variables)).with_files(files);
    Config::builder().surroundings(surroundings.with_profile(profile)).build()
}

async fn role(url: &str, profile: &str, arn: &str) -> Outcome {
    let client = Client::new(config(url, profile)?)?;
    for _ in 0..2 {
        let caller = client.get_caller_identity().send().await?;
        same("arn", some("arn", caller.arn.as_deref())?, arn)?;
    }
    is("nothing secret is shown", !format!("{client:?}").contains("wJalrXUtnFEMI"))
}
