//! Help of providers, services, operations and waiters.

mod examples;
mod markdown;
mod operation;
mod options;
mod page;
mod syntax;
mod tree;

#[cfg(test)]
mod tests;

use markdown::inline;
pub(super) use operation::operation;
pub(super) use page::Page;

use super::names::{self, kebab};
use super::profile::Profile;
use super::settings::Settings;
use crate::exit::Failure;
use crate::specs::{self, Lazy, Named};
use crate::terminal::{self, Output, Pager};
use std::io::Write;
use typefoundry_spec::{Diagnostics, Model, Waiter};

/// Puts a page out, through the pager on a terminal.
pub(super) fn show(page: &Page, settings: &Settings) -> Result<u8, Failure> {
    let text = page.render(terminal::columns(), settings.color.on_output());
    let pager =
        (!settings.no_pager).then(|| Pager::set_up(|key| Profile::of(settings).setting(key)));
    let mut output = Output::new(pager.flatten());
    let written = output.write_all(text.as_bytes());
    output.finish(written)?;
    Ok(0)
}

/// How calls are made.
pub(super) fn usage() -> Page {
    let mut page = Page::default();
    page.heading("NAME");
    page.text(1, "typefoundry call - calls an operation of a service");
    page.heading("SYNOPSIS");
    page.verbatim(
        1,
        "typefoundry call PROVIDER SERVICE OPERATION [OPTIONS]\n\
         typefoundry call PROVIDER SERVICE wait WAITER [OPTIONS]\n\
         typefoundry call --spec FILE OPERATION [OPTIONS]",
    );
    page.heading("DESCRIPTION");
    for text in [
        "The word help in the place of a service, an operation or a waiter lists what there is; \
         behind an operation it shows its options.",
        "Region and credentials come from where the provider's own tools have them: for aws the \
         environment, the profiles in ~/.aws/config and ~/.aws/credentials, containers and \
         instances; for ncp NCLOUD_REGION, NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY, or \
         ~/.ncloud/configure.",
    ] {
        page.text(1, text);
        page.gap();
    }
    let place = specs::folder().map_or(String::new(), |folder| format!(", {}", folder.display()));
    page.text(
        1,
        &format!(
            "Besides the services that are built in, those in your folder of specs can be \
             called{place}. Set {} to have it elsewhere; typefoundry import --install fills it.",
            specs::VARIABLE
        ),
    );
    page.heading("SERVICES");
    for provider in specs::providers() {
        page.term(1, &provider);
        let services = specs::callable_services(&provider);
        let names: Vec<&str> = services.iter().map(|it| service_name(&provider, it)).collect();
        page.text(2, &names.join(", "));
        page.gap();
    }
    options::globals(&mut page);
    page
}

/// The services of a provider.
pub(super) fn provider(provider: &str) -> Page {
    let mut page = Page::default();
    page.heading("NAME");
    page.text(1, provider);
    page.heading("SYNOPSIS");
    page.verbatim(1, &format!("typefoundry call {provider} SERVICE OPERATION [OPTIONS]"));
    page.heading("SERVICES");
    for service in specs::callable_services(provider) {
        page.term(1, service_name(provider, &service));
        if let Some(title) = specs::title(provider, &service) {
            page.text(2, title);
        }
    }
    options::globals(&mut page);
    page
}

/// The services in a folder that `--spec` names.
pub(super) fn within(all: &[Named], command: &str) -> Page {
    let mut page = Page::default();
    page.heading("SYNOPSIS");
    page.verbatim(1, &format!("{command} SERVICE OPERATION [OPTIONS]"));
    page.heading("SERVICES");
    for service in all {
        page.term(1, &service.name);
    }
    options::globals(&mut page);
    page
}

/// The operations of a service.
pub(super) fn service(spec: Lazy, command: &str) -> Result<Page, Diagnostics> {
    let briefs = spec.briefs();
    let has_waiters = !spec.waiters().is_empty();
    let model = spec.load_service()?;
    let mut page = Page::default();
    page.heading("NAME");
    let name = names::service(model.service.name());
    page.text(1, &format!("{name} - {}", model.service.title));
    page.heading("DESCRIPTION");
    page.docs(1, model.service.docs.as_deref());
    if briefs.is_empty() {
        page.text(1, "It describes data alone and has no operations.");
        return Ok(page);
    }
    page.heading("SYNOPSIS");
    page.verbatim(1, &format!("{command} OPERATION [OPTIONS]"));
    page.heading("OPERATIONS");
    for brief in briefs.iter().filter(|brief| !brief.is_deprecated) {
        page.term(1, &kebab(&brief.name));
        if let Some(sentence) = first_sentence(brief.docs.as_deref()) {
            page.text(2, &sentence);
        }
    }
    let known: Vec<&str> = briefs.iter().map(|brief| &*brief.name).collect();
    for (name, operation) in names::commands(&known) {
        page.term(1, name);
        page.text(2, &format!("Calls {}.", kebab(operation)));
    }
    if has_waiters {
        page.term(1, "wait");
        page.text(2, "Waits until something is as it should be.");
    }
    Ok(page)
}

/// What can be waited for.
pub(super) fn waiters(model: &Model, command: &str) -> Page {
    let mut page = Page::default();
    page.heading("NAME");
    page.text(1, "wait - waits until something is as it should be");
    page.heading("SYNOPSIS");
    page.verbatim(1, &format!("{command} wait WAITER [OPTIONS]"));
    page.heading("WAITERS");
    for waiter in &model.waiters {
        page.term(1, &kebab(&waiter.name));
        page.docs(2, waiter.docs.as_deref());
        page.text(2, &how_often(waiter));
    }
    page
}

fn how_often(waiter: &Waiter) -> String {
    let operation = kebab(&waiter.operation);
    let most = waiter.attempts.map_or(String::new(), |most| format!(", at most {most} times"));
    match waiter.max_delay {
        Some(longest) => {
            format!("Calls {operation} with pauses of {} to {longest} seconds{most}.", waiter.delay)
        }
        None => format!("Calls {operation} every {} seconds{most}.", waiter.delay),
    }
}

fn service_name<'s>(provider: &str, service: &'s str) -> &'s str {
    if provider == "aws" { names::service(service) } else { service }
}

/// The first sentence of documentation, as plain text.
pub(super) fn first_sentence(docs: Option<&str>) -> Option<String> {
    let paragraph = docs?.trim_start().split("\n\n").next()?;
    let text = inline(&paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    let sentence = match text.find(". ") {
        Some(end) => text.get(..=end)?,
        None => &text,
    };
    (!sentence.is_empty()).then(|| sentence.to_owned())
}
