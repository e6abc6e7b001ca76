//! STS (query, answers in XML).

use crate::check::{Outcome, Report, failure, is, same, some};
use typefoundry::Config;
use typefoundry_clients::aws::sts::{Client, Tag};

const ROLE: &str = "arn:aws:iam::123456789012:role/Reader";

pub(crate) async fn run(report: &mut Report, config: Config) -> Outcome {
    let client = Client::new(config)?;
    report.scenario("sts: the caller's identity", identity(&client)).await;
    report.scenario("sts: a role with tags", role(&client)).await;
    report.scenario("sts: a session name that is too long", refused(&client)).await;
    Ok(())
}

async fn identity(client: &Client) -> Outcome {
    let caller = client.get_caller_identity().send().await?;
    same("account", caller.account.as_deref(), Some("123456789012"))?;
    is("the ARN is STS's", some("arn", caller.arn.as_deref())?.starts_with("arn:aws:sts::"))?;
    is("there is a request id", caller.metadata().request_id().is_some())
}

async fn role(client: &Client) -> Outcome {
    let tag = Tag::builder().key("team").value("news & sports").build();
    let answer = client
        .assume_role()
        .role_arn(ROLE)
        .role_session_name("moto")
        .duration_seconds(900)
        .tags([tag])
        .transitive_tag_keys(["team".to_owned()])
        .policy(r#"{"Version": "2012-10-17", "Statement": []}"#)
        .send()
        .await?;
    let credentials = some("credentials", answer.credentials.as_ref())?;
    is("the key is a temporary one", credentials.access_key_id.starts_with("ASIA"))?;
    is("there is a token", !credentials.session_token.is_empty())?;
    is("they expire", credentials.expiration > typefoundry::Timestamp::UNIX_EPOCH)?;
    let shown = format!("{answer:?}");
    is("the secret is not shown", !shown.contains(&credentials.secret_access_key))?;
    let user = some("assumedRoleUser", answer.assumed_role_user.as_ref())?;
    same("arn", &*user.arn, "arn:aws:sts::123456789012:assumed-role/Reader/moto")
}

async fn refused(client: &Client) -> Outcome {
    let call = client.assume_role().role_arn(ROLE).role_session_name("m".repeat(65)).send();
    let error = failure("a name that is too long", call.await)?;
    is("it is the service's error", error.as_error().kind() == typefoundry::ErrorKind::Service)?;
    same("code", error.as_error().code(), Some("ValidationError"))?;
    same("status", error.as_error().status(), Some(400))
}
