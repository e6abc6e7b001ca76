//! `typefoundry call`: any operation of any spec, through dynamic values.

mod debug;
mod input;
mod options;
mod pages;

use crate::commands::trail::pretty;
use crate::exit::{self, CONFIGURATION, Failure, GENERAL, SERVICE, USAGE, print};
use crate::specs;
use clap::ArgMatches;
use std::sync::Arc;
use typefoundry::client::{Config, Core};
use typefoundry::dynamic::{Api, ApiOperation, Mock, validate};
use typefoundry::{Credentials, Document, Error, ErrorKind, Wire};

pub(crate) fn run(words: Vec<String>) -> Result<u8, Failure> {
    let chosen = match choose(words)? {
        Ok(chosen) => chosen,
        Err(help) => {
            print(&help)?;
            return Ok(0);
        }
    };
    let Chosen { api, operation, rest } = chosen;
    let api = Arc::new(api);
    let Some(operation) = find(&api, &operation) else {
        let known: Vec<_> =
            api.operations().iter().map(|known| options::kebab(&known.schema.name)).collect();
        let message = format!(
            "Found invalid choice '{operation}': {} has no such operation. It has:\n\n  {}",
            api.service().id,
            known.join("\n  ")
        );
        return Err(Failure::new(USAGE, message));
    };
    let model = api.model().find_operation(&operation.schema.name);
    let Some(model) = model else { return Err(Failure::new(GENERAL, "the operation is gone")) };
    let arguments = match options::command(&api, model).try_get_matches_from(rest) {
        Ok(arguments) => arguments,
        Err(error) => return exit::usage(&error),
    };
    let input = input::read(&api, operation, model, &arguments)?;
    let complaints = validate(api.model(), model, &input);
    if !complaints.is_empty() {
        let message = format!("Parameter validation failed:\n{}", complaints.join("\n"));
        return Err(Failure::new(USAGE, message));
    }
    let core = core(&api, &arguments).map_err(|error| failure(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::new(GENERAL, format!("cannot start: {error}")))?;
    let paged = pages::is_paged(model, &arguments);
    let document = runtime.block_on(async {
        if paged {
            return pages::collect(&core, &api, operation, input).await;
        }
        let mut output = api.output(operation);
        core.call(&operation.schema, &input, &mut output).await?;
        let json = serde_json::to_vec(&Wire::new(&output)).unwrap_or_default();
        Ok(Document::from_json(&json).unwrap_or_default())
    });
    let document = document.map_err(|error| failure(&error))?;
    if !matches!(&document, Document::Object(entries) if entries.is_empty()) {
        print(&pretty(&document)?)?;
    }
    Ok(0)
}

struct Chosen {
    api: Api,
    operation: String,
    /// The options, behind the name that usage messages show
    rest: Vec<String>,
}

/// Which operation of which spec; or the help that was asked for.
fn choose(mut words: Vec<String>) -> Result<Result<Chosen, String>, Failure> {
    let usage = || {
        format!(
            "usage: typefoundry call PROVIDER SERVICE OPERATION [options]\n       \
             typefoundry call --spec FILE OPERATION [options]\n\n\
             built in:\n  {}\n",
            specs::names().join("\n  ")
        )
    };
    let named =
        |count: usize| Failure::new(USAGE, format!("{}\nexpected {count} more words", usage()));
    let first = words.first().map(String::as_str).unwrap_or_default();
    let is_help = |word: &str| matches!(word, "" | "help" | "--help" | "-h");
    if is_help(first) {
        return if words.is_empty() { Err(named(3)) } else { Ok(Err(usage())) };
    }
    let (api, taken, shown) = if first == "--spec" || first.starts_with("--spec=") {
        let (file, taken) = match first.strip_prefix("--spec=") {
            Some(file) => (file.to_owned(), 1),
            None => (words.get(1).cloned().ok_or_else(|| named(2))?, 2),
        };
        let text = std::fs::read_to_string(&file).map_err(|error| {
            Failure::new(USAGE, format!("cannot read the spec {file}: {error}"))
        })?;
        let api =
            Api::load(&file, &text).map_err(|error| Failure::new(USAGE, error.to_string()))?;
        (api, taken, format!("--spec {file}"))
    } else {
        let provider = first.to_owned();
        let service = words.get(1).filter(|word| !word.starts_with('-')).cloned();
        let service = service.ok_or_else(|| named(2))?;
        let text = specs::find(&provider, &service).ok_or_else(|| {
            let message = format!("{}\nthere is no spec of `{provider} {service}`", usage());
            Failure::new(USAGE, message)
        })?;
        let name = format!("{provider}/{service}.json");
        let api =
            Api::load(&name, text).map_err(|error| Failure::new(GENERAL, error.to_string()))?;
        (api, 2, format!("{provider} {service}"))
    };
    let operation = words.get(taken).cloned().unwrap_or_default();
    if is_help(&operation) {
        return Ok(Err(operations(&api, &shown)));
    }
    let mut rest = vec![format!("typefoundry call {shown} {operation}")];
    rest.extend(words.drain(taken + 1..));
    Ok(Ok(Chosen { api, operation, rest }))
}

fn operations(api: &Api, shown: &str) -> String {
    let title = &api.service().title;
    let mut text =
        format!("{title}\n\nusage: typefoundry call {shown} OPERATION [options]\n\noperations:\n");
    for operation in &api.model().operations {
        let docs = operation.docs.as_deref().unwrap_or_default();
        let first = docs.lines().next().unwrap_or_default();
        text.push_str(&format!("  {}\n      {first}\n", options::kebab(&operation.name)));
    }
    text
}

/// An operation by its name in kebab case, or as the spec writes it.
fn find<'a>(api: &'a Api, name: &str) -> Option<&'a ApiOperation> {
    api.operations().iter().find(|operation| {
        operation.schema.name == name || options::kebab(&operation.schema.name) == name
    })
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
        config = config.observer(debug::Print::new(Arc::clone(api)));
    }
    let config = config.environment(api.service(), &typefoundry::auth::ProcessEnvironment)?;
    Core::new(api.service().clone(), config.build()?)
}

/// The message and exit code of a failed call.
fn failure(error: &Error) -> Failure {
    let causes = || {
        let mut text = error.message().unwrap_or_default().to_owned();
        let mut source = std::error::Error::source(error);
        // A transport's first cause repeats the error itself.
        if error.kind() == ErrorKind::Transport {
            source = source.and_then(std::error::Error::source);
        }
        while let Some(cause) = source {
            text.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        text
    };
    match error.kind() {
        ErrorKind::Service => {
            let code = error.code().unwrap_or("Unknown");
            let operation = error.operation().unwrap_or_default();
            let message = error.message().unwrap_or_default();
            let text = format!(
                "An error occurred ({code}) when calling the {operation} operation: {message}"
            );
            Failure::new(SERVICE, text)
        }
        ErrorKind::Region => Failure::new(
            CONFIGURATION,
            format!(
                "{}\nname one with --region, or set AWS_REGION (NCLOUD_REGION for ncp)",
                error.message().unwrap_or_default()
            ),
        ),
        ErrorKind::Credentials => Failure::new(
            CONFIGURATION,
            format!(
                "{}\nset the variables, try the call with --mock, or send it without a signature with --no-sign-request",
                error.message().unwrap_or_default()
            ),
        ),
        ErrorKind::Configuration | ErrorKind::Input => Failure::new(USAGE, causes()),
        _ => Failure::new(GENERAL, causes()),
    }
}
