//! Services that fail by chance, many times over, and always the same way.

mod pages;
mod waiters;

use bytes::Bytes;
use typefoundry::transport::{TransportError, TransportErrorKind};
use typefoundry::{BoxFuture, Config, Credentials, client::ConfigBuilder, client::RetryMode};

/// Numbers that look random and are the same each time.
#[derive(Clone, Debug)]
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

type Answer = Result<http::Response<Bytes>, TransportError>;

/// An answer, unless one of seven faults comes in between: `fault` says which.
fn answer(status: u16, mut body: String, fault: Option<u64>) -> BoxFuture<'static, Answer> {
    let broken = |kind| Err(TransportError::new(kind, "it broke"));
    let mut answer = (status, String::new());
    let failed = match fault {
        None => {
            answer.1 = body;
            None
        }
        Some(0) => Some(broken(TransportErrorKind::Connect)),
        Some(1) => Some(broken(TransportErrorKind::Broken)),
        Some(2) => return Box::pin(std::future::pending()),
        Some(3) => {
            body.truncate(body.len() / 2);
            answer.1 = body;
            None
        }
        Some(4) => {
            answer = (400, r#"{"__type":"ThrottlingException"}"#.to_owned());
            None
        }
        Some(5) => {
            answer = (403, r#"{"__type":"AccessDeniedException"}"#.to_owned());
            None
        }
        Some(_) => {
            answer = (503, String::new());
            None
        }
    };
    let (status, body) = answer;
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    Box::pin(std::future::ready(failed.unwrap_or(Ok(response))))
}

fn config(chance: &mut Chance) -> ConfigBuilder {
    let modes = [RetryMode::Standard, RetryMode::Adaptive, RetryMode::Off];
    Config::builder()
        .region("us-west-2")
        .credentials(Credentials::new("AKIDEXAMPLE", "a-secret-key"))
        .retry_mode(modes[usize::try_from(chance.below(3)).unwrap()])
}

/// 10,000 runs where it is asked for: it takes a while.
fn runs() -> u64 {
    std::env::var("TYPEFOUNDRY_SOAK").ok().and_then(|runs| runs.parse().ok()).unwrap_or(500)
}
