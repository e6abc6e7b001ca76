//! `typefoundry call`: any operation of any spec, through dynamic values.

mod arguments;
mod body;
mod choose;
mod config;
mod debug;
mod failure;
mod help;
mod input;
mod interrupt;
mod names;
mod pages;
mod settings;
mod similar;
mod wait;
mod whole;

use crate::exit::{Failure, GENERAL};
use crate::output::{pretty, print};
use arguments::table::{self, Table};
use arguments::{Arguments, Asked};
use choose::{Choice, Chosen};
use input::{Files, Input, skeleton};
use settings::Settings;
use std::sync::Arc;
use typefoundry::client::Core;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::{ByteStream, Document, Error, Wire};

pub(crate) fn run(words: Vec<String>) -> Result<u8, Failure> {
    let Chosen { api, operation, waiter, command, mut words, rest } = match choose::choose(words)? {
        Choice::Call(chosen) => *chosen,
        Choice::Help(help) => return said(&help),
        Choice::Version => return said(&version()),
    };
    let api = Arc::new(api);
    let found = (api.operation(&operation), api.model().find_operation(&operation));
    let (Some(operation), Some(model)) = found else {
        return Err(Failure::new(GENERAL, format!("there is no operation {operation}")));
    };
    // Which names are a member's does not depend on what the global options say.
    let reserved = Table::new(api.model(), model, true).names();
    words.take(&rest, &reserved, usize::MAX)?;
    if words.version {
        return said(&version());
    }
    words.check()?;
    let mut settings = words.settings;
    let table = Table::new(api.model(), model, settings.paging.all);
    let arguments = match arguments::parse(&table, words.others, &mut settings.paging)? {
        Asked::Call(arguments) => *arguments,
        Asked::Help => return said(&help::operation(&table, &command)),
    };
    let call = Call { api: &api, operation, table: &table, settings };
    call.run(&arguments, waiter.as_deref())
}

fn said(text: &str) -> Result<u8, Failure> {
    print(text)?;
    Ok(0)
}

fn version() -> String {
    format!("typefoundry {}\n", env!("CARGO_PKG_VERSION"))
}

/// A call whose words have been understood.
struct Call<'c> {
    api: &'c Arc<Api>,
    operation: &'c ApiOperation,
    table: &'c Table<'c>,
    settings: Settings,
}

impl Call<'_> {
    fn run(mut self, arguments: &Arguments, waiter: Option<&str>) -> Result<u8, Failure> {
        let (model, operation) = (self.table.model, self.table.operation);
        let name = &operation.name;
        match arguments.skeleton.as_deref() {
            Some("input") => return said(&skeleton::json(model, name, &operation.input)),
            Some("yaml-input") => return said(&skeleton::yaml(model, name, &operation.input)),
            _ => {}
        }
        let given = Input::read(self.table, arguments, &Files::new())?;
        let paged = self.is_paged(&given);
        self.choose_page_size(&given);
        let core =
            config::core(self.api, &self.settings, &[]).map_err(|error| failure::of(&error))?;
        let file = given.file().map(ToOwned::to_owned);
        let binary = config::binary(self.api, &self.settings);
        let input = given.build(self.api, self.operation, self.table, binary)?;
        if arguments.skeleton.is_some() {
            let members = operation.output_members();
            return self.put_out(&skeleton::output(model, name, members));
        }
        let core = match &file {
            Some(path) => {
                let headers = self.digests(path, &input)?;
                config::core(self.api, &self.settings, &headers)
                    .map_err(|error| failure::of(&error))?
            }
            None => core,
        };
        let work = async {
            if let Some(waiter) = waiter {
                wait::wait(&core, self.api, self.operation, waiter, input).await?;
                return Ok(None);
            }
            let body = file.map(|path| body::from_file(&path, None)).transpose()?;
            let outfile = arguments.outfile.as_deref();
            self.send(&core, input, body, outfile, paged).await.map(Some)
        };
        match interrupt::run(work)? {
            Some(document) => self.put_out(&document),
            None => Ok(0),
        }
    }

    /// What a signature needs to know of a body that is a file. Over TLS, S3's bodies are not signed
    /// (`S3SigV4Auth` in botocore's `auth.py`).
    fn digests(
        &self,
        path: &std::path::Path,
        input: &Dynamic<'_>,
    ) -> Result<Vec<(String, String)>, Failure> {
        let service = &self.table.model.service;
        let is_plain = config::is_plain(&self.settings);
        if service.provider() != "aws" || service.name() == "s3" && !is_plain {
            return Ok(Vec::new());
        }
        body::digests(path, &self.operation.schema, input, is_plain)
    }

    /// Whether all pages are asked for: whoever sets what leads from page to page wants one.
    fn is_paged(&self, given: &Input) -> bool {
        let paging = &self.settings.paging;
        let Some(pages) = table::paged(self.table.operation, paging.all) else { return false };
        // The AWS CLI's first version looks at options alone.
        let by_hand = || table::by_hand(pages).iter().any(|member| given.has(member));
        !paging.off && (settings::is_v1() || !by_hand())
    }

    /// Pages of EC2 that would be too long are of this size (v2's `customizations/ec2/paginate.py`).
    fn choose_page_size(&mut self, given: &Input) {
        const SIZE: &str = "1000";
        let (id, operation) = (&self.table.model.service.id, &self.table.operation.name);
        let harmless: &[&str] = match (id.as_str(), operation.as_str()) {
            ("aws/ec2", "DescribeVolumes") => &[],
            ("aws/ec2", "DescribeSnapshots") => &["OwnerIds", "RestorableByUserIds"],
            _ => return,
        };
        let is_harmless = |member: &str| member == "DryRun" || harmless.contains(&member);
        if given.members().all(is_harmless) {
            let size = &mut self.settings.paging.page_size;
            size.get_or_insert_with(|| SIZE.to_owned());
        }
    }

    /// The output in the model's form; the items of all pages if it is paged.
    async fn send(
        &self,
        core: &Core,
        mut input: Dynamic<'_>,
        body: Option<ByteStream>,
        outfile: Option<&str>,
        paged: bool,
    ) -> Result<Document, Failure> {
        let failed = |error: Error| failure::of(&error);
        if paged {
            return pages::collect(core, self.api, self.operation, input).await.map_err(failed);
        }
        let mut output = self.api.output(self.operation);
        core.fill_tokens(&mut input);
        let schema = &self.operation.schema;
        if let Some(mut event) = self.api.event(self.operation) {
            return self.events(core, input, output, &mut event).await;
        }
        if body.is_some() || outfile.is_some() {
            let wants = outfile.is_some();
            let call = core.call_with_streams(schema, &mut input, &mut output, body, wants);
            let (_, stream) = call.await.map_err(failed)?;
            if let Some(path) = outfile {
                body::to_file(stream, path.as_ref(), None).await?;
            }
            return Ok(document(&output));
        }
        core.call(schema, &mut input, &mut output).await.map_err(failed)?;
        Ok(document(&output))
    }

    /// Puts out each event of an answer as it comes, as JSON on a line of its own. The AWS CLI has
    /// most of these operations not at all.
    async fn events(
        &self,
        core: &Core,
        mut input: Dynamic<'_>,
        mut output: Dynamic<'_>,
        event: &mut Dynamic<'_>,
    ) -> Result<Document, Failure> {
        use typefoundry::value::Value;

        let schema = &self.operation.schema;
        let failed = |error: Error| failure::of(&error);
        let call = core.call_for_events(schema, &mut input, &mut output);
        let (_, mut events) = call.await.map_err(failed)?;
        loop {
            event.clear();
            let next = events.next(event).await;
            if !next.map_err(failed)? {
                return Ok(document(&output));
            }
            print(&format!("{}\n", document(event).to_json()))?;
        }
    }

    fn put_out(&self, document: &Document) -> Result<u8, Failure> {
        if let Some(form) = self.settings.output.as_deref().filter(|form| *form != "json") {
            let message =
                format!("the output `{form}` is not there yet: leave it out, or say json");
            return Err(Failure::new(crate::exit::USAGE, message));
        }
        if self.settings.query.is_some() {
            let message = "--query is not there yet";
            return Err(Failure::new(crate::exit::USAGE, message));
        }
        if !matches!(document, Document::Object(entries) if entries.is_empty()) {
            print(&pretty(document)?)?;
        }
        Ok(0)
    }
}

/// A value in the model's form.
fn document(value: &Dynamic<'_>) -> Document {
    // Writing to memory fails for no value, and what was written can be read.
    let json = serde_json::to_vec(&Wire::new(value)).unwrap_or_default();
    Document::from_json(&json).unwrap_or_default()
}
