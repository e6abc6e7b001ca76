//! Who a server is, is proved by certificates: those that the system trusts, or those that are named.
//!
//! `authority` vouches for `server`, which is `127.0.0.1` alone, until the year 2120; nobody asks for
//! `stranger`.

use crate::run::{file, run, with_account};
use crate::server::{ok, read};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use rustls::{ServerConfig, ServerConnection, StreamOwned, crypto::ring};
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

/// Answers whoever trusts it; gives its port.
fn serve() -> u16 {
    let certificate = include_bytes!("tls/server.pem");
    let certificate = CertificateDer::from_pem_slice(certificate).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a key of the certificate's");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    // Nobody waits for it: it ends with the process.
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            let mut stream = StreamOwned::new(session, connection.expect("a connection"));
            // Whoever does not trust it goes away.
            if stream.conn.complete_io(&mut stream.sock).is_err() {
                continue;
            }
            read(&mut stream);
            stream.write_all(ok(r#"{"channels": []}"#).as_bytes()).expect("it is heard");
            stream.conn.send_close_notify();
            stream.flush().expect("it is heard");
        }
    });
    port
}

#[test]
fn a_server_is_trusted_if_a_known_authority_vouches_for_it() {
    let port = serve();
    let path = |name: &str| file(&format!("cli/tests/cli/tls/{name}.pem"));
    let (authority, stranger) = (path("authority"), path("stranger"));
    // What the system trusts, the host, further options, and whether the server is trusted
    let cases: &[(&str, &str, &[&str], bool)] = &[
        (&authority, "127.0.0.1", &[], true),
        (&stranger, "127.0.0.1", &[], false),
        ("", "127.0.0.1", &[], false),
        (&authority, "localhost", &[], false),
        (&stranger, "127.0.0.1", &["--ca-bundle", &authority], true),
        (&authority, "127.0.0.1", &["--ca-bundle", &stranger], false),
        (&stranger, "localhost", &["--ca-bundle", &authority], false),
        (&stranger, "localhost", &["--no-verify-ssl"], true),
    ];
    for (system, host, options, is_trusted) in cases {
        let url = format!("https://{host}:{port}");
        let call = ["call", "aws", "ivs", "list-channels", "--endpoint-url", &url];
        let mut command = with_account();
        command.env("SSL_CERT_FILE", system);
        let ran = run(command, call.iter().chain(*options));
        let case = format!("{system} {host} {options:?}: {ran:?}");
        assert_eq!(ran.code, if *is_trusted { 0 } else { 255 }, "{case}");
        let sentence =
            format!("SSL validation failed for {url}/ListChannels invalid peer certificate: ");
        assert_eq!(ran.err.starts_with(&sentence), !is_trusted, "{case}");
    }
}
