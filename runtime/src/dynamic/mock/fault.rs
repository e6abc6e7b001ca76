//! Trouble on request: throttling, errors, broken connections, pauses.

use crate::dynamic::sample::mixed;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Something that goes wrong with some of the requests.
///
/// As text it is a kind and a rate from 0 to 1, which is 1 if it is left out: `throttle:0.1`,
/// `error:ConflictException:0.5`, `500:0.2` (any status from 400 on), `reset:0.05` (the connection
/// ends without an answer), `slow:250` or `slow:250:0.5` (milliseconds).
#[derive(Clone, Debug, PartialEq)]
pub struct MockFault {
    pub(super) kind: Kind,
    pub(super) rate: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Throttle,
    Error(String),
    Status(u16),
    Reset,
    Slow(Duration),
}

/// A fault that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no fault: use throttle:RATE, error:CODE:RATE, STATUS:RATE, reset:RATE or \
     slow:MILLISECONDS:RATE, with a rate from 0 to 1"
)]
pub struct MockFaultError(String);

impl MockFault {
    /// The request is turned down as one too many.
    pub fn throttle(rate: f64) -> Self {
        Self { kind: Kind::Throttle, rate }
    }

    /// An error of that code, with the members of its structure if the spec has one.
    pub fn error(code: impl Into<String>, rate: f64) -> Self {
        Self { kind: Kind::Error(code.into()), rate }
    }

    /// A bare status, as a server in between sends it.
    pub fn status(status: u16, rate: f64) -> Self {
        Self { kind: Kind::Status(status), rate }
    }

    /// The connection ends without an answer.
    pub fn reset(rate: f64) -> Self {
        Self { kind: Kind::Reset, rate }
    }

    /// The answer comes late.
    pub fn slow(pause: Duration, rate: f64) -> Self {
        Self { kind: Kind::Slow(pause), rate }
    }

    /// Whether it happens to the request of that number: so often as its rate says, and to the same
    /// requests every time.
    pub(super) fn hits(&self, seed: u64, request: u64, place: u64) -> bool {
        let chance = mixed(mixed(seed ^ request.rotate_left(17)).wrapping_add(place));
        #[expect(clippy::cast_precision_loss, reason = "a fraction with 53 bits")]
        let fraction = (chance >> 11) as f64 / (1_u64 << 53) as f64;
        fraction < self.rate
    }
}

impl FromStr for MockFault {
    type Err = MockFaultError;

    fn from_str(text: &str) -> Result<Self, MockFaultError> {
        let bad = || MockFaultError(text.to_owned());
        let mut parts = text.split(':');
        let word = parts.next().unwrap_or_default();
        let kind = match word {
            "throttle" => Kind::Throttle,
            "reset" => Kind::Reset,
            "error" => {
                let code = parts.next().filter(|code| !code.is_empty()).ok_or_else(bad)?;
                Kind::Error(code.to_owned())
            }
            "slow" => {
                let millis = parts.next().and_then(|millis| millis.parse().ok());
                Kind::Slow(Duration::from_millis(millis.ok_or_else(bad)?))
            }
            status => {
                let status = status.parse().ok().filter(|status| (400..600).contains(status));
                Kind::Status(status.ok_or_else(bad)?)
            }
        };
        let rate = parts.next().map_or(Ok(1.0), |rate| rate.parse().map_err(|_| bad()))?;
        if parts.next().is_some() || !(0.0..=1.0).contains(&rate) {
            return Err(bad());
        }
        Ok(Self { kind, rate })
    }
}

impl fmt::Display for MockFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Throttle => write!(f, "throttle:{}", self.rate),
            Kind::Error(code) => write!(f, "error:{code}:{}", self.rate),
            Kind::Status(status) => write!(f, "{status}:{}", self.rate),
            Kind::Reset => write!(f, "reset:{}", self.rate),
            Kind::Slow(pause) => write!(f, "slow:{}:{}", pause.as_millis(), self.rate),
        }
    }
}
