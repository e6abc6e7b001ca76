//! Who is calling: credentials, and the schemes that put them into a request.
//!
//! A scheme is found by the name that the spec uses. The built-in ones are there according to
//! features; a user's own is added to the [`Config`](crate::Config).

mod cached;
mod credentials;
mod environment;
mod files;
mod flight;
#[cfg(any(feature = "aws", feature = "ncp"))]
pub(crate) mod ini;
mod processes;
pub mod secrets;
mod simple;
mod surroundings;
#[cfg(test)]
mod tests;

pub use cached::Cached;
#[cfg(feature = "aws")]
pub(crate) use cached::Windows;
pub use credentials::{Credentials, CredentialsError, ProvideCredentials, Tried};
pub use environment::{Environment, ProcessEnvironment};
pub use files::{Files, MemoryFiles, SystemFiles};
#[cfg(feature = "aws")]
pub(crate) use flight::Flight;
pub use processes::{NoProcesses, ProcessOutput, Processes, SystemProcesses};
pub use surroundings::{ProvideCode, Surroundings};

use crate::Timestamp;
use crate::schema::{AuthOption, ServiceSchema};
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;

/// An error of someone else's, with whatever it has to say.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A way to say in a request who is calling.
///
/// It is named in a spec's `auth`, finds its credentials in the environment, and signs.
pub trait AuthScheme: fmt::Debug + Send + Sync {
    /// The name that specs use.
    fn name(&self) -> &str;

    /// The credentials that the environment holds.
    fn credentials(&self, environment: &dyn Environment) -> Result<Credentials, CredentialsError>;

    /// The credentials that the environment holds for a service, where it may have some of its own.
    ///
    /// A scheme that does not say otherwise has those of [`credentials`](Self::credentials) for all
    /// services.
    fn credentials_of(
        &self,
        service: &ServiceSchema,
        environment: &dyn Environment,
    ) -> Result<Credentials, CredentialsError> {
        let _ = service;
        self.credentials(environment)
    }

    /// Where its credentials come from, if that is more than the environment. `region` is the one of
    /// the client.
    ///
    /// A scheme that does not say otherwise has those of [`credentials`](Self::credentials).
    fn provider(
        &self,
        surroundings: &Surroundings,
        region: Option<&str>,
    ) -> Option<Arc<dyn ProvideCredentials>> {
        let _ = (surroundings, region);
        None
    }

    /// The region that the environment names.
    fn region(&self, environment: &dyn Environment) -> Option<String> {
        let _ = environment;
        None
    }

    /// Whether requests cannot be signed without a region.
    fn needs_region(&self) -> bool {
        false
    }

    /// Signs a request. It is called again for each attempt, and replaces what it set before.
    fn sign(
        &self,
        request: &mut http::Request<Bytes>,
        signing: &Signing<'_>,
    ) -> Result<(), BoxError>;

    /// What signs the events of a request whose body is a stream of them; nothing if they are sent
    /// as they are. `headers` are those of the request, which is signed.
    ///
    /// A scheme that does not say otherwise cannot sign events, which is an error.
    fn sign_events(
        &self,
        headers: &http::HeaderMap,
        signing: &Signing<'_>,
    ) -> Result<Option<Box<dyn SignEvents>>, BoxError> {
        let _ = (headers, signing);
        Err(format!("the auth scheme `{}` signs no events", self.name()).into())
    }
}

/// Signs events one after another.
pub trait SignEvents: fmt::Debug + Send {
    /// The message to be sent for an encoded event, or for none at the end of the stream.
    fn sign(&mut self, event: Bytes, time: Timestamp) -> Result<Bytes, BoxError>;
}

/// What a scheme needs to sign a request.
#[derive(Debug)]
pub struct Signing<'a> {
    /// Who is calling
    pub credentials: &'a Credentials,
    /// The region; empty if there is none.
    pub region: &'a str,
    /// The scheme's settings in the spec
    pub option: &'a AuthOption,
    /// The time of the request
    pub time: Timestamp,
}

/// The schemes that this build knows.
pub(crate) fn built_in() -> Vec<Arc<dyn AuthScheme>> {
    vec![
        #[cfg(feature = "aws")]
        Arc::new(crate::aws::SigV4::default()),
        #[cfg(feature = "aws")]
        Arc::new(crate::aws::SigV2),
        #[cfg(feature = "aws")]
        Arc::new(crate::aws::S3Express::default()),
        #[cfg(feature = "sigv4a")]
        Arc::new(crate::aws::SigV4a::default()),
        #[cfg(feature = "ncp")]
        Arc::new(crate::ncp::NcpV2),
        Arc::new(simple::Bearer),
        Arc::new(simple::ApiKey),
    ]
}
