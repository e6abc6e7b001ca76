//! The command line as its users meet it: the binary is run, and its words, exit codes and
//! requests are looked at. Nothing here leaves the machine.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod alone;
mod call;
mod check;
#[cfg(unix)]
mod complete;
mod debug;
mod ec2;
mod explain;
mod failures;
mod fuzz;
mod generate;
mod help;
mod import;
mod input;
mod mock;
mod output;
mod pages;
mod roles;
mod run;
mod serve;
mod server;
mod streams;
#[cfg(unix)]
mod terminal;
mod tls;
mod trail;
mod unkind;
mod valid;
