//! Spans and events of calls, for whoever traces programs: the feature `tracing`.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;
#[cfg(all(test, feature = "tracing"))]
mod tests;

#[cfg(not(feature = "tracing"))]
use off as chosen;
#[cfg(feature = "tracing")]
use on as chosen;

pub(super) use chosen::{AttemptSpan, CallSpan, app_id, retry};
pub(crate) use chosen::{fetched, not_fetched};
