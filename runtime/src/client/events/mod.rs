//! Calls whose body or answer is a stream of events.

mod messages;
mod received;
mod sent;
#[cfg(test)]
mod tests;
mod untyped;

pub(super) use messages::{Messages, Origin};
pub use received::{EventResponse, EventStream};
pub use sent::EventCall;
pub(super) use sent::{begin, sign};
pub use untyped::Events;
