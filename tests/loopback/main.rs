//! Generated clients over real sockets, against a server in the same process that does what a
//! script says: pages, failures of every kind, retries, and what must never be printed. And answers
//! that are changed anywhere, without a server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod faults;
mod inputs;
mod mutations;
mod nested_pages;
mod numbers;
mod pages;
mod retries;
mod secrets;
mod server;
