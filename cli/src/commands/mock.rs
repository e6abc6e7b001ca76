//! `typefoundry mock`: services on a port of this machine, with the answers that their specs give.

use crate::complete::known;
use crate::exit::{Failure, GENERAL, USAGE};
use crate::output::{complain, print, printable};
use crate::specs;
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use typefoundry::dynamic::{Api, Mock, MockFault};
use typefoundry_spec::Model;

pub(crate) fn command() -> Command {
    let number = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).value_parser(value_parser!(u64))
    };
    Command::new("mock")
        .about("Serves operations on a port of this machine, with the answers that the specs give")
        .arg(
            Arg::new("services")
                .value_name("PROVIDER SERVICE")
                .num_args(0..)
                .help("Built-in services, two words each; all of them where none is named"),
        )
        .arg(
            Arg::new("spec")
                .long("spec")
                .value_name("FILE")
                .action(ArgAction::Append)
                .help("A spec, or a botocore or Smithy model, to serve as well; once for each"),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .value_parser(value_parser!(u16))
                .default_value("4566")
                .help("The port; 0 is any that is free, and the first line says which"),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("ADDRESS")
                .value_parser(value_parser!(IpAddr))
                .default_value("127.0.0.1")
                .help("The address to listen on"),
        )
        .arg(number("seed", "N").default_value("0").help("Other values, the same for each number"))
        .arg(
            number("items", "N")
                .default_value("5")
                .help("How many items there are on all pages of an operation that has pages"),
        )
        .arg(
            Arg::new("fault")
                .long("fault")
                .value_name("FAULT")
                .action(ArgAction::Append)
                .value_parser(known(str::parse::<MockFault>, faults))
                .hide_possible_values(true)
                .help(
                    "What goes wrong, and how often (1 is always): throttle:0.1, \
                     error:CODE:0.1, 500:0.1, reset:0.1, slow:MILLISECONDS:0.1; once for each",
                ),
        )
        .arg(
            Arg::new("verify")
                .long("verify")
                .value_name("ACCESS:SECRET")
                .action(ArgAction::Append)
                .help("A key by which requests have to be signed; once for each"),
        )
        .arg(
            Arg::new("unchecked")
                .long("unchecked")
                .action(ArgAction::SetTrue)
                .help("Take any value of the right type, whatever its limits"),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .action(ArgAction::SetTrue)
                .help("Say nothing of requests"),
        )
        .after_help(
            "A request asks for an error of the spec in the header `x-typefoundry-error`, by its \
             code or the name of its structure.",
        )
}

pub(crate) fn run(arguments: &ArgMatches) -> Result<u8, Failure> {
    // Nobody could read here what is kept.
    let mut mock = Mock::of(apis(arguments)?).kept(0);
    let number = |name: &str| arguments.get_one::<u64>(name).copied().unwrap_or_default();
    mock = mock.seed(number("seed")).items(usize::try_from(number("items")).unwrap_or(usize::MAX));
    mock = mock.checked(!arguments.get_flag("unchecked"));
    for fault in arguments.get_many::<MockFault>("fault").unwrap_or_default() {
        mock = mock.fault(fault.clone());
    }
    for key in arguments.get_many::<String>("verify").unwrap_or_default() {
        let (id, secret) = key.split_once(':').ok_or_else(|| {
            Failure::new(USAGE, "error: `--verify` wants an access key's id and secret: ID:SECRET")
        })?;
        mock = mock.verify(id, secret);
    }
    let host = arguments.get_one::<IpAddr>("host").copied();
    let port = arguments.get_one::<u16>("port").copied().unwrap_or_default();
    let address = SocketAddr::new(host.unwrap_or(IpAddr::from([127, 0, 0, 1])), port);
    let quiet = arguments.get_flag("quiet");
    let server = mock.serve_and_tell(address, move |line| {
        if !quiet {
            complain(&printable(line));
        }
    });
    let server = server.map_err(|error| {
        Failure::new(GENERAL, format!("error: cannot listen on {address}: {error}"))
    })?;
    print(&format!("{}\n", server.url()))?;
    server.wait();
    Ok(0)
}

/// The kinds of faults, as far as they are always the same; the rates are examples.
fn faults() -> Vec<PossibleValue> {
    let fault = |text: &'static str, help: &'static str| PossibleValue::new(text).help(help);
    vec![
        fault("throttle:0.1", "One request too many"),
        fault("error:", "An error of that code"),
        fault("500:0.1", "A bare status"),
        fault("reset:0.1", "A connection that ends without an answer"),
        fault("slow:1000:0.1", "An answer that comes late, by milliseconds"),
    ]
}

fn apis(arguments: &ArgMatches) -> Result<Vec<Arc<Api>>, Failure> {
    let words: Vec<_> = arguments.get_many::<String>("services").unwrap_or_default().collect();
    let files: Vec<_> = arguments.get_many::<String>("spec").unwrap_or_default().collect();
    let mut pairs: Vec<_> = words.chunks(2).map(|pair| (pair[0].clone(), pair.get(1))).collect();
    let callable = specs::built_in_callable();
    let mut models = Vec::new();
    if pairs.is_empty() && files.is_empty() {
        for name in &callable {
            if let Some((provider, service)) = name.split_once(' ') {
                models.push(named(provider, service, &callable)?);
            }
        }
    }
    for (provider, service) in pairs.drain(..) {
        let service = service.ok_or_else(|| {
            Failure::new(USAGE, format!("error: name a service of `{provider}` behind it"))
        })?;
        models.push(named(&provider, service, &callable)?);
    }
    for file in files {
        models.push(load(file)?);
    }
    if let Some(empty) = models.iter().find(|model| model.operations.is_empty()) {
        let id = &empty.service.id;
        let message = format!("error: {id} describes data alone and has no operations");
        return Err(Failure::new(USAGE, message));
    }
    Ok(models.into_iter().map(|model| Arc::new(Api::new(model))).collect())
}

fn named(provider: &str, service: &str, callable: &[String]) -> Result<Model, Failure> {
    let unusable = |message: String| Failure::new(USAGE, format!("error: {message}"));
    let spec = specs::find_lazy(provider, service).map_err(unusable)?.ok_or_else(|| {
        let known = callable.join("\n  ");
        unusable(format!("there is no spec of `{provider} {service}`. Built in:\n  {known}"))
    })?;
    spec.load_all().map_err(|error| Failure::new(GENERAL, error.to_string()))
}

fn load(file: &str) -> Result<Model, Failure> {
    let opened = specs::open(file, Path::new(file), false)
        .map_err(|message| Failure::new(USAGE, format!("error: {message}")))?;
    let notes = specs::notes(&opened);
    if !notes.is_empty() {
        complain(&notes);
    }
    opened.load().into_model().map_err(|error| Failure::new(USAGE, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{MockFault, faults};

    #[test]
    fn what_is_suggested_for_a_fault_is_one() {
        for fault in faults() {
            let name = fault.get_name();
            let open = if name.ends_with(':') { "ConflictException" } else { "" };
            assert!(format!("{name}{open}").parse::<MockFault>().is_ok(), "{name}");
        }
    }
}
