//! TLS by the system's own library.

use super::super::Trust;
use super::{NO_CERTIFICATES, NO_TLS, unfit};
use crate::auth::BoxError;
use crate::transport::TransportError;
use native_tls::{Certificate, TlsConnector};

/// What goes over a connection, encrypted or not.
pub(in super::super) type Stream<S> = hyper_tls::MaybeHttpsStream<S>;

pub(in super::super) fn plain<S>(stream: S) -> Stream<S> {
    Stream::Http(stream)
}

/// Whether it was TLS that failed, and not what it goes over.
pub(in super::super) fn is_failure(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<native_tls::Error>()
}

pub(in super::super) struct Tls(tokio_native_tls::TlsConnector);

impl Tls {
    pub(in super::super) fn new(trust: Trust) -> Result<Self, TransportError> {
        let mut builder = TlsConnector::builder();
        #[cfg(feature = "http2")]
        builder.request_alpns(&["h2", "http/1.1"]);
        match trust {
            Trust::System => {}
            Trust::Anyone => {
                builder.danger_accept_invalid_certs(true).danger_accept_invalid_hostnames(true);
            }
            Trust::Only(pem) => {
                builder.disable_built_in_roots(true);
                let certificates =
                    Certificate::stack_from_pem(&pem).map_err(|it| unfit(NO_CERTIFICATES, it))?;
                if certificates.is_empty() {
                    return Err(unfit(NO_CERTIFICATES, "there is none in it"));
                }
                for certificate in certificates {
                    builder.add_root_certificate(certificate);
                }
            }
        }
        Ok(Self(builder.build().map_err(|error| unfit(NO_TLS, error))?.into()))
    }

    #[expect(clippy::unused_async, reason = "rustls reads certificates")]
    pub(in super::super) async fn over<C>(
        &self,
        connector: C,
    ) -> Result<hyper_tls::HttpsConnector<C>, BoxError> {
        Ok((connector, self.0.clone()).into())
    }
}
