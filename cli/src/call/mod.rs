//! `typefoundry call`: any operation of any spec, through dynamic values.

mod choose;
mod debug;
mod failure;
mod input;
mod options;
mod pages;
mod whole;

use crate::exit::{self, Failure, GENERAL, USAGE};
use crate::output::{pretty, print};
use choose::{Choice, Chosen};
use clap::ArgMatches;
use options::Options;
use std::sync::Arc;
use typefoundry::auth::{ProcessEnvironment, Surroundings};
use typefoundry::client::{Config, Core};
use typefoundry::dynamic::{Api, ApiOperation, Dynamic, Mock, validate};
use typefoundry::{Credentials, Document, Error, Wire};

pub(crate) fn run(words: Vec<String>) -> Result<u8, Failure> {
    let Chosen { api, operation, command, rest } = match choose::choose(words)? {
        Choice::Call(chosen) => *chosen,
        Choice::Help(help) => {
            print(&help)?;
            return Ok(0);
        }
    };
    let api = Arc::new(api);
    let operation = choose::find(&api, &operation)?;
    let model = api.model().find_operation(&operation.schema.name);
    let Some(model) = model else { return Err(Failure::new(GENERAL, "the operation is gone")) };
    let options = Options::new(&api, model);
    let arguments = match options.command(&command).try_get_matches_from(rest) {
        Ok(arguments) => arguments,
        Err(error) => return exit::usage(&error),
    };
    let input = input::read(&api, operation, &options, &arguments)?;
    let complaints = validate(api.model(), model, &input);
    if !complaints.is_empty() {
        let message = format!("Parameter validation failed:\n{}", complaints.join("\n"));
        return Err(Failure::new(USAGE, message));
    }
    let core = core(&api, &arguments).map_err(|error| failure::of(&error))?;
    let paged = pages::is_paged(model, &input, &arguments);
    let document = send(&core, &api, operation, input, paged)?;
    if !matches!(&document, Document::Object(entries) if entries.is_empty()) {
        print(&pretty(&document)?)?;
    }
    Ok(0)
}

/// The output in the model's form; the items of all pages if it is paged.
fn send(
    core: &Core,
    api: &Api,
    operation: &ApiOperation,
    mut input: Dynamic<'_>,
    paged: bool,
) -> Result<Document, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::new(GENERAL, format!("cannot start: {error}")))?;
    let answer = runtime.block_on(async {
        if paged {
            return pages::collect(core, api, operation, input).await;
        }
        let mut output = api.output(operation);
        core.fill_tokens(&mut input);
        core.call(&operation.schema, &mut input, &mut output).await?;
        Ok(document(&output))
    });
    answer.map_err(|error| failure::of(&error))
}

/// A value in the model's form.
fn document(value: &Dynamic<'_>) -> Document {
    // Writing to memory fails for no value, and what was written can be read.
    let json = serde_json::to_vec(&Wire::new(value)).unwrap_or_default();
    Document::from_json(&json).unwrap_or_default()
}

fn core(api: &Arc<Api>, arguments: &ArgMatches) -> Result<Core, Error> {
    let mut config = Config::builder();
    let text = |name: &str| arguments.get_one::<String>(name);
    if let Some(region) = text("region") {
        config = config.region(region);
    }
    if let Some(url) = text("endpoint-url") {
        config = config.endpoint(url);
    }
    if arguments.get_flag("mock") {
        // Nothing leaves the process, so neither region nor credentials matter.
        config = config.transport(Mock::new(Arc::clone(api)));
        config = config.credentials(Credentials::new("mock", "mock"));
        if text("region").is_none() && api.service().default_region.is_empty() {
            config = config.region("mock-region-1");
        }
    }
    if arguments.get_flag("no-sign-request") {
        config = config.unsigned();
    }
    if arguments.get_flag("debug") {
        config = config.interceptor(debug::Print::new(Arc::clone(api)));
    }
    let config = if arguments.get_flag("mock") {
        config.environment(api.service(), &ProcessEnvironment)?
    } else {
        let surroundings = Surroundings::process();
        config.surroundings(match text("profile") {
            Some(profile) => surroundings.with_profile(profile),
            None => surroundings,
        })
    };
    Core::new(api.service().clone(), config.build()?)
}
