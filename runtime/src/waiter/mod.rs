//! Waiting: an operation is called until its answer says that something is so.
//!
//! What an answer means is data of the spec ([`WaiterSchema`](crate::schema::WaiterSchema)).
//! [`Waiter`] goes by it, and makes no calls of its own;
//! [`Wait`](crate::client::Wait) makes them.

mod error;
mod find;
mod judge;
mod machine;
#[cfg(test)]
mod tests;

pub use error::{Failure, WaitError, WaitErrorKind};
pub use machine::{Answer, Limits, Step, Waiter};
