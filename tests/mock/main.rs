//! The mock: both sides of each protocol prove each other, it is as strict as the specs, and no
//! request of any kind brings it down.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod checks;
mod hostile;
mod library;
mod protocols;
mod round_trip;

use std::sync::Arc;
use typefoundry::dynamic::Api;

/// The checked-in specs that have operations.
const SPECS: &[&str] = &[
    "aws/cloudtrail",
    "aws/customer-profiles",
    "aws/dynamodb",
    "aws/ivs",
    "aws/ivs-realtime",
    "aws/ivschat",
    "aws/s3",
    "aws/sqs",
    "aws/sts",
    "ncp/livestation",
];

fn apis() -> Vec<Arc<Api>> {
    SPECS.iter().map(|id| Arc::new(typefoundry_tests::api(id))).collect()
}
