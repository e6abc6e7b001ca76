//! Values and operations described by a spec that is loaded at run time.
//!
//! Any operation of any spec can be called without compiling anything: that is what the command
//! line and the mock stand on. [`Api`] holds the tables, [`Dynamic`] is a value of one of its
//! types, and both borrow what they need, so nothing is leaked.

mod api;
mod mock;
mod sample;
mod tables;
mod value;
mod waiters;

pub use api::{Api, ApiOperation};
#[cfg(feature = "mock")]
pub use mock::MockServer;
pub use mock::{Mock, MockAnswer, MockFault, MockFaultError, MockRequest};
pub use value::Dynamic;
