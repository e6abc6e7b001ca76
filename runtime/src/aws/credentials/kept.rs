//! Credentials of roles that are kept in files for other processes, so that not each of them has to assume
//! the role, and ask somebody for a code. Names and form of the files are botocore's
//! (`CachedCredentialFetcher` in `credentials.py`, `JSONFileCache` in `utils.py`), whose tools share
//! them.

use super::chain::Cx;
use super::sso_token::{hex, time};
use crate::auth::Credentials;
use crate::{Document, TimestampFormat};
use sha1::{Digest, Sha1};
use std::fmt::Write;
use std::path::PathBuf;

/// How long credentials have to be good for, in seconds, to be taken.
const LEAST: i64 = 15 * 60;

/// The file of a role, if there are any.
#[derive(Debug)]
pub(super) struct Kept(Option<PathBuf>);

impl Kept {
    /// That of what is said of a role, by the names of STS in the order of the alphabet.
    pub(super) fn of(cx: Cx<'_>, said: &[(&str, Option<&str>)]) -> Self {
        Self(cx.surroundings.kept_roles().map(|folder| {
            let name = hex(&Sha1::digest(key(said)));
            cx.surroundings.path(folder).join(name + ".json")
        }))
    }

    /// What is in the file, while it is good. What cannot be read is not there.
    pub(super) fn load(&self, cx: Cx<'_>) -> Option<Credentials> {
        let content = cx.surroundings.files().read(self.0.as_deref()?).ok()?;
        let document = Document::from_json(&content).ok()?;
        let found = document.get("Credentials")?;
        let text = |name: &str| found.get(name).and_then(Document::as_str);
        let expires = time(found, "Expiration")?;
        if expires.seconds().saturating_sub(cx.surroundings.now().seconds()) < LEAST {
            return None;
        }
        let (id, secret) = (text("AccessKeyId")?, text("SecretAccessKey")?);
        let credentials = Credentials::new(id, secret)
            .with_session_token(text("SessionToken")?)
            .with_expiry(expires);
        Some(match text("AccountId") {
            Some(account) => credentials.with_account_id(account),
            None => credentials,
        })
    }

    /// Keeps credentials. They serve this process in any case.
    pub(super) fn keep(&self, cx: Cx<'_>, credentials: &Credentials) {
        let (Some(path), Some(token), Some(expires)) =
            (&self.0, credentials.session_token(), credentials.expires())
        else {
            return;
        };
        let entry = |key: &str, value: &str| (key.to_owned(), Document::String(value.to_owned()));
        let mut kept = vec![
            entry("AccessKeyId", credentials.key()),
            entry("SecretAccessKey", credentials.secret()),
            entry("SessionToken", token),
            entry("Expiration", &expires.format(TimestampFormat::DateTime)),
        ];
        kept.extend(credentials.account_id().map(|account| entry("AccountId", account)));
        let kept = Document::Object(kept.into_iter().collect());
        let whole = Document::Object([("Credentials".to_owned(), kept)].into_iter().collect());
        let _ = cx.surroundings.files().write(path, whole.to_json().as_bytes());
    }
}

/// To the byte as Python's `json.dumps` has it, for a digest is made of it. What is a number there is
/// one here: the one that has digits alone is `DurationSeconds`.
fn key(said: &[(&str, Option<&str>)]) -> String {
    let mut key = String::from("{");
    for (name, value) in said {
        let Some(value) = value else { continue };
        if key.len() > 1 {
            key.push_str(", ");
        }
        // Writing to a string cannot fail.
        let _ = write!(key, "\"{name}\": ");
        if *name == "DurationSeconds" {
            key.push_str(value);
            continue;
        }
        let quoted = serde_json::to_string(value).unwrap_or_default();
        for c in quoted.chars() {
            if c.is_ascii() && c != '\u{7f}' {
                key.push(c);
                continue;
            }
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(key, "\\u{unit:04x}");
            }
        }
    }
    key + "}"
}

#[cfg(test)]
mod tests {
    use super::key;

    /// What Python 3.11 makes of the same.
    #[test]
    fn the_key_is_as_python_writes_it() {
        let said = [
            ("DurationSeconds", Some("900")),
            ("ExternalId", Some("\u{e9}\"\\/\n\u{1f600}")),
            ("RoleArn", Some("arn:aws:iam::1:role/r")),
            ("SerialNumber", None),
        ];
        assert_eq!(
            key(&said),
            r#"{"DurationSeconds": 900, "ExternalId": "\u00e9\"\\/\n\ud83d\ude00", "RoleArn": "arn:aws:iam::1:role/r"}"#
        );
        assert_eq!(key(&[("RoleArn", None)]), "{}");
    }
}
