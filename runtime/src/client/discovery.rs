//! Where the attempts of a call go, where its service says so.

use super::dialect::Discover;
use crate::error::{Error, ErrorKind};
use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

/// Who says it, and where they would go anyway.
pub(super) struct Discovery {
    asked: Box<dyn Discover>,
    /// Nothing while the attempts go there
    usual: Option<Uri>,
    /// Whether an endpoint was gone already
    gone: bool,
}

impl Discovery {
    pub(super) fn new(asked: Box<dyn Discover>) -> Self {
        Self { asked, usual: None, gone: false }
    }

    pub(super) async fn endpoint(&self) -> Result<Option<String>, Error> {
        self.asked.endpoint().await
    }

    /// Makes an address that of an endpoint, or again what it was. Path and query stay.
    pub(super) fn place(&mut self, uri: &mut Uri, endpoint: Option<&str>) -> Result<(), Error> {
        let Some(endpoint) = endpoint else {
            if let Some(usual) = self.usual.take() {
                *uri = usual;
            }
            return Ok(());
        };
        let moved = moved(uri, endpoint).ok_or_else(|| {
            let message = format!("the endpoint that the service names is none: {endpoint:?}");
            Error::new(ErrorKind::Decode, message)
        })?;
        let before = std::mem::replace(uri, moved);
        self.usual.get_or_insert(before);
        Ok(())
    }

    /// Whether the endpoint of a failed attempt is none any more, for the first time.
    pub(super) fn is_gone(&mut self, error: &Error) -> bool {
        let is_gone = !self.gone && self.asked.is_gone(error);
        self.gone |= is_gone;
        is_gone
    }
}

/// A host, or the beginning of a URL, in place of that of `uri`.
fn moved(uri: &Uri, endpoint: &str) -> Option<Uri> {
    let (scheme, host) = endpoint.split_once("://").unwrap_or(("https", endpoint));
    let host = host.split('/').next().unwrap_or_default();
    let authority = Authority::try_from(host).ok().filter(|it| !it.host().is_empty())?;
    let path = uri.path_and_query().cloned();
    Uri::builder()
        .scheme(Scheme::try_from(scheme).ok()?)
        .authority(authority)
        .path_and_query(path.unwrap_or_else(|| PathAndQuery::from_static("/")))
        .build()
        .ok()
}
