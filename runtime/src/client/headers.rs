//! Headers that users set, and the one by which services know the client.

use super::Setting;
use http::{HeaderName, HeaderValue};

/// The setting that names the application.
pub(crate) const APP_ID: &str = "app_id";

/// A header of a user's; or what is wrong with it, without its value.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| "a header's name is not one".to_owned())?;
    let Ok(mut value) = HeaderValue::try_from(value) else {
        return Err(format!("the header `{name}` has a value that cannot be sent"));
    };
    // Nobody knows what is in it.
    value.set_sensitive(true);
    Ok((name, value))
}

/// `User-Agent`, with the application if it has an id.
pub(super) fn user_agent(app_id: Option<&Setting>) -> HeaderValue {
    const OURS: &str = concat!("typefoundry/", env!("CARGO_PKG_VERSION"));
    let Some(Setting::Text(id)) = app_id.filter(|it| **it != Setting::Text(String::new())) else {
        return HeaderValue::from_static(OURS);
    };
    // As `sanitize_user_agent_string_component` in botocore's `useragent.py`.
    let keep = |c: char| c.is_ascii_alphanumeric() || "!$%&'*+-.^_`|~,#".contains(c);
    let id: String = id.chars().map(|c| if keep(c) { c } else { '-' }).collect();
    let text = format!("{OURS} app/{id}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(OURS))
}

#[cfg(test)]
mod tests;
