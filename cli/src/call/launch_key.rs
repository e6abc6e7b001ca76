//! `--priv-launch-key`: shows the password of an instance, which EC2 encrypts for the key that the
//! instance was launched with (v2's `customizations/ec2/decryptpassword.py`).

use super::arguments::Arguments;
use super::arguments::simple::{Part, SIMPLE};
use super::input::{Files, base64};
use crate::exit::{Failure, GENERAL};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::{Pkcs1v15Encrypt, PrivateKey};
use std::path::{Path, PathBuf};
use typefoundry_jmespath::{Object, Value};

#[cfg(test)]
mod tests;

const MEMBER: &str = "PasswordData";

/// The file of a private key.
pub(super) struct LaunchKey(PathBuf);

impl LaunchKey {
    /// The one that is named, if one is.
    pub(super) fn of(arguments: &Arguments, files: &Files) -> Result<Option<Self>, Failure> {
        let is_meant = |(place, _): &&(usize, Vec<String>)| {
            SIMPLE.get(*place).is_some_and(|it| it.part == Part::LaunchKey)
        };
        let Some((_, values)) = arguments.simple.iter().find(is_meant) else { return Ok(None) };
        let Some(named) = values.first().filter(|named| !named.is_empty()) else { return Ok(None) };
        let path = files.path(named);
        if path.is_file() {
            return Ok(Some(Self(path)));
        }
        let message = "priv-launch-key should be a path to the local SSH private key file used to \
                       launch the instance.";
        Err(Failure::new(GENERAL, message))
    }

    /// Puts the password in the place of what is encrypted. There is none until the instance is ready.
    pub(super) fn decrypt(&self, answer: Value) -> Result<Value, Failure> {
        let Value::Object(members) = answer else { return Ok(answer) };
        let mut shown = Object::new();
        for (name, value) in members {
            let value = match value {
                Value::Text(text) if name == MEMBER && !text.is_empty() => {
                    let password = std::fs::read(&self.0).ok().and_then(|key| plain(&key, &text));
                    // Which of the two is wrong, nobody can tell; neither is shown.
                    Value::Text(password.ok_or_else(|| undecrypted(&self.0))?)
                }
                value => value,
            };
            shown.push(name, value);
        }
        Ok(Value::Object(shown))
    }
}

fn undecrypted(path: &Path) -> Failure {
    let message = "Unable to decrypt password data using provided private key file.";
    let hint = format!(
        "\nIt has to be the private key of the instance's key pair, as PEM without a passphrase: {}",
        path.display()
    );
    Failure::new(GENERAL, format!("{message}{hint}"))
}

/// A text that is encrypted with PKCS #1 v1.5 and then base64.
fn plain(key: &[u8], text: &str) -> Option<String> {
    let key = std::str::from_utf8(key).ok()?;
    // What `ssh-keygen -m PEM` and EC2 write, and what openssl does.
    let key = PrivateKey::from_pkcs1_pem(key).or_else(|_| PrivateKey::from_pkcs8_pem(key)).ok()?;
    let bytes = key.decrypt(Pkcs1v15Encrypt, &base64::decode(text)?).ok()?;
    String::from_utf8(bytes).ok()
}
