//! Where calls go.

use super::Core;
use super::config::Signer;
use super::core::Overrides;
use super::dialect::{Caller, Cx, Settings};
use crate::auth::ProvideCredentials;
use crate::error::{Error, ErrorKind};
use crate::schema::OperationSchema;
use crate::value::Structure;
use std::sync::Arc;

/// Where a call goes, and how it is signed.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) region: String,
    pub(super) endpoint: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) signer: Option<Signer>,
    /// Whose credentials sign, if not the client's
    pub(super) identity: Option<Arc<dyn ProvideCredentials>>,
}

impl Target {
    /// Whether a call needs credentials.
    pub(super) fn is_signed(&self) -> bool {
        self.signer.is_some()
    }
}

impl Core {
    /// What signs an operation, if no place says otherwise.
    pub(super) fn signer(&self, operation: &OperationSchema) -> Result<Option<Signer>, Error> {
        let own = operation.traits.as_deref().map_or(&[][..], |traits| &traits.auth);
        match own {
            [] => Ok(self.auth().cloned()),
            _ if !self.config().sign => Ok(None),
            own => self.config().scheme_of(self.service(), own),
        }
    }

    pub(super) fn target(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        overrides: &Overrides,
        account: Option<&str>,
    ) -> Result<Target, Error> {
        let settings = Settings { account_id: account, ..self.settings(overrides) };
        let mut signer = self.signer(operation)?;
        let template = settings.endpoint.unwrap_or(&self.service().endpoint);
        let in_signature = signer.as_ref().is_some_and(|(scheme, _)| scheme.needs_region());
        let region = match settings.region {
            "" if in_signature || template.contains("{region}") => {
                return Err(Error::new(
                    ErrorKind::Region,
                    "no region is configured: set one in the configuration or the environment",
                ));
            }
            "" => "",
            region if is_region(region) => region,
            region => {
                return Err(Error::new(
                    ErrorKind::Region,
                    format!(
                        "`{}` is not a region: it goes into the endpoint's host name, so it is \
                         letters, digits and hyphens alone",
                        region.escape_debug()
                    ),
                ));
            }
        };
        let cx = Cx { service: self.service(), operation };
        let place = self.dialect().place(cx, settings, input)?;
        let Some(place) = place else {
            let endpoint = template.replace("{region}", region);
            let (region, headers) = (region.to_owned(), Vec::new());
            return Ok(Target { region, endpoint, headers, signer, identity: None });
        };
        let mut region = region.to_owned();
        if signer.is_some() && !place.scheme.is_empty() {
            signer = self.config().scheme_at(self.service(), &place).or(signer);
            if !place.signing_region.is_empty() {
                region = place.signing_region;
            }
        }
        let caller = Caller { core: self, overrides };
        let scheme = signer.as_ref().map(|(_, option)| &*option.scheme);
        let identity = scheme.and_then(|scheme| self.dialect().identity(cx, scheme, input, caller));
        Ok(Target { region, endpoint: place.url, headers: place.headers, signer, identity })
    }
}

/// A region becomes part of a host name, so it must not be able to name another host. Several
/// regions, as some signatures name, do not.
fn is_region(region: &str) -> bool {
    region.len() <= 63
        && region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !region.starts_with('-')
        && !region.ends_with('-')
        && !region.is_empty()
}
