//! Chance, as something that a test can stand in for.

use std::fmt;

/// Makes up numbers that nobody can foretell.
pub trait Random: fmt::Debug + Send + Sync {
    /// A number from 0 up to 1, without it.
    fn fraction(&self) -> f64;
}

/// The system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fraction(&self) -> f64 {
        // The first 48 bits of a version 4 UUID are random (RFC 9562, section 5.4).
        let bits = uuid::Uuid::new_v4().as_u128() >> 80;
        let whole = u32::try_from(bits >> 16).unwrap_or_default();
        let part = u32::try_from(bits & 0xffff).unwrap_or_default();
        (f64::from(whole) + f64::from(part) / 65_536.0) / 4_294_967_296.0
    }
}

/// Always the same number.
impl Random for f64 {
    fn fraction(&self) -> f64 {
        *self
    }
}
