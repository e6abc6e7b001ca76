//! Where NAVER Cloud Platform's credentials come from: variables, or the file of its tools.

use crate::BoxFuture;
use crate::auth::ini::{self, Headless, Section};
use crate::auth::{
    Credentials, CredentialsError, Environment, ProvideCredentials, Surroundings, Tried,
};

/// The names of the variables, as `ncloud-sdk-go-v2` and NAVER's command line know them.
const KEYS: [&str; 2] = ["NCLOUD_ACCESS_KEY", "NCLOUD_ACCESS_KEY_ID"];
const SECRETS: [&str; 2] = ["NCLOUD_SECRET_KEY", "NCLOUD_SECRET_ACCESS_KEY"];
/// What `ncloud configure` writes.
const FILE: &str = "~/.ncloud/configure";
const DEFAULT: &str = "DEFAULT";

/// The credentials in variables.
pub(super) fn of_variables(environment: &dyn Environment) -> Result<Credentials, CredentialsError> {
    let var = |names: [&str; 2]| {
        let found = names.iter().find_map(|name| environment.var(name));
        found.ok_or_else(|| CredentialsError::new(format!("{} is not set", names[0])))
    };
    Ok(Credentials::new(var(KEYS)?, var(SECRETS)?))
}

/// The credentials of surroundings: of the variables, unless a profile is chosen in code, or of the
/// file. They do not expire.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) surroundings: Surroundings,
}

impl ProvideCredentials for Provider {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(std::future::ready(self.find()))
    }
}

impl Provider {
    fn find(&self) -> Result<Credentials, CredentialsError> {
        let environment = self.surroundings.environment();
        let is_set = |names: [&str; 2]| names.iter().any(|name| environment.var(name).is_some());
        let mut tried = Vec::new();
        if self.surroundings.profile().is_some() {
            let reason = "it is not asked where a profile is chosen in code";
            tried.push(Tried::new("environment", reason));
        } else if is_set(KEYS) && is_set(SECRETS) {
            return of_variables(environment);
        } else if is_set(KEYS) || is_set(SECRETS) {
            let missing = if is_set(KEYS) { SECRETS[0] } else { KEYS[0] };
            let reason = format!("one variable of the two is set, but {missing} is not");
            return Err(CredentialsError::broken("the environment", reason));
        } else {
            tried.push(Tried::new("environment", format!("{} is not set", KEYS[0])));
        }
        match self.of_file()? {
            Ok(credentials) => return Ok(credentials),
            Err(reason) => tried.push(Tried::new("configure file", reason)),
        }
        Err(CredentialsError::nowhere(tried))
    }

    fn of_file(&self) -> Result<Result<Credentials, String>, CredentialsError> {
        let broken = |reason: String| CredentialsError::broken("the configure file", reason);
        let chosen = self.surroundings.profile();
        let path = self.surroundings.path(FILE);
        let content = match self.surroundings.files().read(&path) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && chosen.is_none() => {
                return Ok(Err(format!("there is no file \"{FILE}\"")));
            }
            Err(error) => return Err(broken(format!("\"{FILE}\" cannot be read: {error}"))),
        };
        let text = String::from_utf8(content)
            .map_err(|_| broken(format!("\"{FILE}\" cannot be read: it is not UTF-8")))?;
        let file = ini::parse(&text, Headless::Default)
            .map_err(|error| broken(format!("\"{FILE}\" cannot be read: {error}")))?;
        // A pair of keys is never put together of two profiles.
        let section: &Section = match chosen.filter(|name| !name.eq_ignore_ascii_case(DEFAULT)) {
            None => &file.defaults,
            Some(name) => file
                .sections
                .get(name)
                .ok_or_else(|| broken(format!("there is no profile `{name}` in \"{FILE}\"")))?,
        };
        let profile = chosen.unwrap_or(DEFAULT);
        let get = |key: &str| section.get(key).filter(|value| !value.is_empty());
        match (get("ncloud_access_key_id"), get("ncloud_secret_access_key")) {
            (Some(key), Some(secret)) => Ok(Ok(Credentials::new(key, secret))),
            (None, None) if chosen.is_none() => {
                Ok(Err(format!("the profile `{profile}` in \"{FILE}\" has no keys")))
            }
            (key, _) => {
                let missing =
                    if key.is_some() { "ncloud_secret_access_key" } else { "ncloud_access_key_id" };
                Err(broken(format!("the profile `{profile}` in \"{FILE}\" has no `{missing}`")))
            }
        }
    }
}

#[cfg(test)]
mod tests;
