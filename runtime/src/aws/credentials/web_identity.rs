//! Roles that a token of an identity provider stands for, as in Amazon EKS.

use super::chain::{Attempt, Cx, Outcome};
use super::http::{broken, client};
use super::kept::Kept;
use super::operations::sts::{self, AssumeRoleWithWebIdentity};
use super::role::session_name;
use crate::aws::profile::text;

/// `AssumeRoleWithWebIdentityProvider` in botocore: of the environment (unless the profile was
/// chosen in code, or is the source of another) or the profile, each value by itself.
pub(super) async fn attempt(cx: Cx<'_>, profile: &str, variables: bool) -> Attempt {
    let section = cx.profiles.get(profile);
    let get = |variable: &str, key: &str| {
        let variable = variables.then(|| cx.surroundings.var(variable)).flatten();
        variable.or_else(|| text(section, key).map(str::to_owned))
    };
    let variable = "AWS_WEB_IDENTITY_TOKEN_FILE";
    let Some(path) = get(variable, "web_identity_token_file").filter(|path| !path.is_empty())
    else {
        let absent = cx.profiles.without(profile, "`web_identity_token_file`");
        let environment = variables.then(|| format!("{variable} is not set, and "));
        return Outcome::passed(environment.unwrap_or_default() + &absent);
    };
    let place = if variables && cx.surroundings.var(variable).is_some() {
        variable.to_owned()
    } else {
        cx.profiles.at(profile, "web_identity_token_file")
    };
    let broken = broken("a web identity", &place);
    let Some(role_arn) = get("AWS_ROLE_ARN", "role_arn") else {
        return Err(broken("it needs AWS_ROLE_ARN, or `role_arn` in the profile".to_owned()));
    };
    let session = get("AWS_ROLE_SESSION_NAME", "role_session_name");
    let said = [("RoleArn", Some(&*role_arn)), ("RoleSessionName", session.as_deref())];
    let kept = Kept::of(cx, &said);
    if let Some(credentials) = kept.load(cx) {
        return Ok(Outcome::Found(credentials));
    }
    // Read each time, for the token is renewed in place.
    let token = cx.surroundings.files().read(&cx.surroundings.path(&path));
    let token = token.map_err(|error| broken(format!("\"{path}\": {error}")))?;
    let token = String::from_utf8(token).map_err(|_| broken(format!("\"{path}\" is not UTF-8")))?;
    let input = AssumeRoleWithWebIdentity {
        role_arn,
        role_session_name: session.unwrap_or_else(|| session_name(cx.surroundings.now())),
        web_identity_token: token,
    };
    let answer = match client::<sts::Sts>(cx, cx.region, None) {
        Ok(client) => client.call(input).await,
        Err(error) => Err(error),
    };
    let output = answer.map_err(|error| broken(error.to_string()))?.into_output();
    let credentials = sts::identity(output.credentials, output.assumed_role_user.as_ref());
    let missing = || broken("the answer has no credentials".to_owned());
    let credentials = credentials.ok_or_else(missing)?;
    kept.keep(cx, &credentials);
    Ok(Outcome::Found(credentials))
}
