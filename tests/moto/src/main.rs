//! Calls a server of moto with the generated clients, and looks at what comes back.
//!
//!     typefoundry-moto http://127.0.0.1:5000
//!
//! `tests/interop/moto/run.py` starts the server. Each scenario makes what it needs and has a name
//! of its own for it, so that none stands on another.

#![allow(
    clippy::large_futures,
    clippy::needless_pass_by_value,
    reason = "a check is called with values made in place, once"
)]

mod check;
mod credentials;
mod dynamodb;
mod ivs;
mod s3;
mod sqs;
mod sts;

use check::{Outcome, Report};
use std::process::ExitCode;
use typefoundry::{Config, Credentials};

/// The settings of all clients: made-up credentials, and the server in place of AWS.
fn config(url: &str) -> Result<Config, typefoundry::Error> {
    Config::builder()
        .region("us-east-1")
        .endpoint(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        .setting("ForcePathStyle", true)
        .build()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(url) = std::env::args().nth(1) else {
        eprintln!("usage: typefoundry-moto URL");
        return ExitCode::from(2);
    };
    match run(&url).await {
        Ok(report) => report.close(),
        Err(error) => {
            eprintln!("the clients cannot be made: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(url: &str) -> Outcome<Report> {
    let mut report = Report::default();
    ivs::run(&mut report, config(url)?).await?;
    s3::run(&mut report, config(url)?).await?;
    sqs::run(&mut report, config(url)?).await?;
    dynamodb::run(&mut report, config(url)?).await?;
    sts::run(&mut report, config(url)?).await?;
    credentials::run(&mut report, url).await?;
    Ok(report)
}
