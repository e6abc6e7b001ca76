//! `typefoundry call`: any operation of any spec, through dynamic values.

mod arguments;
mod body;
mod choose;
mod codes;
mod config;
mod customs;
mod dates;
mod debug;
mod events;
mod failure;
mod help;
mod input;
mod interrupt;
mod launch_key;
mod names;
mod output;
mod pages;
mod profile;
mod prompting;
mod remember;
mod saved;
mod session;
mod settings;
mod similar;
mod suggest;
mod wait;

pub(crate) use remember::remembered;
pub(crate) use suggest::{Suggestion, suggest};

use crate::exit::{Failure, GENERAL, USAGE};
use crate::output::print;
use crate::prompt;
use arguments::table::{self, Table};
use arguments::{Arguments, Asked};
use body::OnProgress;
use choose::{Choice, Chosen};
use customs::Change;
use input::{Files, Input, skeleton};
use launch_key::LaunchKey;
use output::Answers;
use pages::Pages;
use profile::Profile;
use prompting::Mode;
use saved::Saved;
use session::{Endpoint, Session};
use settings::Settings;
use std::io;
use std::sync::Arc;
use typefoundry::client::Core;
use typefoundry::dynamic::{Api, ApiOperation, Dynamic};
use typefoundry::{ByteStream, Error};
use typefoundry_jmespath::Value;
use typefoundry_spec::Member;

/// Calls what the words say, after asking for more of them if that is asked for.
pub(crate) fn run(words: Vec<String>) -> Result<u8, Failure> {
    match prompting::mode(&words) {
        Mode::Off => call(words),
        Mode::On => call(prompt::ask(&prompting::without_option(words), None)?),
        Mode::Partial => match call(words.clone()) {
            Err(failure) if failure.is_misuse() => {
                let problem = failure.first_line().to_owned();
                call(prompt::ask(&words, Some(problem))?)
            }
            done => done,
        },
    }
}

fn call(words: Vec<String>) -> Result<u8, Failure> {
    let chosen = choose::choose(words)?;
    let Chosen { model, operation, alias, waiter, command, notes, mut words, rest } = match chosen {
        Choice::Call(chosen) => *chosen,
        Choice::Help(page, settings) => return help::show(&page, &settings),
        Choice::Version => return said(&version()),
    };
    let api = Arc::new(Api::new(model));
    let found = (api.operation(&operation), api.model().find_operation(&operation));
    let (Some(operation), Some(model)) = found else {
        return Err(Failure::new(GENERAL, format!("there is no operation {operation}")));
    };
    // Which names are a member's does not depend on what the global options say.
    let reserved = Table::new(api.model(), model, alias, true).names();
    words.take(&rest, &reserved, usize::MAX)?;
    if words.version {
        return said(&version());
    }
    words.check()?;
    let mut settings = words.settings;
    if settings.debug {
        choose::note(&notes);
    }
    let table = Table::new(api.model(), model, alias, settings.paging.all);
    let arguments = match arguments::parse(&table, words.others, &mut settings.paging)? {
        Asked::Call(arguments) => *arguments,
        Asked::Help => {
            let page = help::operation(&table, &command, waiter.as_deref());
            return help::show(&page, &settings);
        }
    };
    let profile = Profile::of(&settings);
    let form = settings.error_format.clone();
    let form = form.or_else(|| profile.setting("cli_error_format"));
    let form = failure::Form::named(&form.unwrap_or_default());
    let color = settings.color;
    let call = Call { api: &api, operation, table: &table, settings, profile };
    let done = call.run(&arguments, waiter.as_deref());
    done.map_err(|failure| failure::told(failure, form, color))
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
    profile: Profile,
}

impl Call<'_> {
    fn run(self, arguments: &Arguments, waiter: Option<&str>) -> Result<u8, Failure> {
        let (model, operation) = (self.table.model, self.table.operation);
        let name = &operation.name;
        match arguments.skeleton.as_deref() {
            Some("input") => return said(&skeleton::json(model, name, &operation.input)),
            Some("yaml-input") => return said(&skeleton::yaml(model, name, &operation.input)),
            _ => {}
        }
        self.check()?;
        let output = self.output()?;
        let files = Files::of(&self.profile.surroundings);
        let mut given = Input::read(self.table, arguments, &files)?;
        let left = given.encode(self.operation);
        let operation = left.as_ref().unwrap_or(self.operation);
        Call { operation, ..self }.make(arguments, given, &output, waiter)
    }

    /// Makes the call when its input has been read.
    fn make(
        mut self,
        arguments: &Arguments,
        mut given: Input,
        output: &output::Settings,
        waiter: Option<&str>,
    ) -> Result<u8, Failure> {
        let (model, operation) = (self.table.model, self.table.operation);
        let name = &operation.name;
        let files = Files::of(&self.profile.surroundings);
        let saved = Saved::of(self.table, arguments, &files)?;
        let launch_key = LaunchKey::of(arguments, &files)?;
        let is_paged = self.is_paged(&given);
        self.choose_page_size(&given);
        if is_paged {
            given.will_page(self.table, &self.settings.paging);
        }
        let failed = |error: Error| failure::of(&error, self.api, None);
        let session = Session::of(model, self.table.operation).filter(|_| !self.settings.mock);
        let session = session.filter(|_| waiter.is_none() && arguments.skeleton.is_none());
        let endpoint = session.map(|_| Endpoint::default());
        let core = config::core(self.api, &self.settings, &self.profile, endpoint.clone());
        let core = core.map_err(failed)?;
        let file = given.file().map(ToOwned::to_owned);
        let mut rules = config::rules(self.api, &self.settings, &self.profile);
        if let Some(root) = input::new_root(arguments) {
            let (config, version) = self.distribution(&given, rules)?;
            given.put_root(root, config, version);
            // What is made up is not within all limits.
            rules.validates &= !self.settings.mock;
        }
        let json = session.map(|_| given.json()).unwrap_or_default();
        let input = given.build(self.api, self.operation, self.table, rules)?;
        if arguments.skeleton.is_some() {
            let made_up = skeleton::output(model, name, operation.output_members());
            output::one(output, name, output::from_document(&made_up))?;
            return Ok(0);
        }
        let answers = Answers { api: self.api, times: output.times };
        if let Some(session) = session {
            session.prepare()?;
            let answer = interrupt::run(self.send(&core, answers, input, None, None))?;
            let url = endpoint.map(|endpoint| endpoint.url()).unwrap_or_default();
            self.session(session, &answer, &json, &url, rules)?;
            return Ok(0);
        }
        interrupt::run(async {
            if let Some(waiter) = waiter {
                return wait::wait(&core, self.api, self.operation, waiter, input).await;
            }
            if is_paged {
                let paging = &self.settings.paging;
                let mut pages = Pages::new(&core, answers, self.operation, input, paging)?;
                return output::all(output, name, &mut pages).await;
            }
            let bar = || Some(OnProgress::bar());
            let body = file.map(|path| body::from_file(&path, bar())).transpose()?;
            let outfile = arguments.outfile.as_deref();
            if let Some(event) = self.api.event(self.operation) {
                let rest = self.events(&core, answers, input, event, output, outfile).await?;
                // A query is asked of each event that is put out.
                let asked = output.has_query() && outfile.is_none();
                return if asked { Ok(()) } else { output::one(output, name, rest) };
            }
            let mut answer = self.send(&core, answers, input, body, outfile).await?;
            if let Some(key) = &launch_key {
                answer = key.decrypt(answer)?;
            }
            // What is made up holds none.
            let is_real = !self.settings.mock;
            if is_real && self.table.changes().any(|change| matches!(change, Change::Password)) {
                return print(&saved::password(&answer)?);
            }
            output::one(output, name, saved.apply(answer)?)
        })?;
        Ok(0)
    }

    /// Whether what must be there is.
    fn check(&self) -> Result<(), Failure> {
        let is_known = self.settings.mock || self.settings.endpoint.is_some();
        for change in self.table.changes() {
            if let (Change::Endpoint(message), false) = (change, is_known) {
                return Err(Failure::new(USAGE, *message));
            }
        }
        Ok(())
    }

    /// What another operation answers, which belongs to this one's.
    fn other(&self, name: &str, input: Input, rules: input::Rules) -> Result<Value, Failure> {
        let found = (self.api.operation(name), self.api.model().find_operation(name));
        let (Some(operation), Some(model)) = found else {
            let message = format!("the spec lacks {name}, which belongs to this call");
            return Err(Failure::new(GENERAL, message));
        };
        let table = Table::new(self.api.model(), model, None, false);
        let core = config::core(self.api, &self.settings, &self.profile, None);
        let core = core.map_err(|error| failure::of(&error, self.api, None))?;
        let mut input = input.build(self.api, operation, &table, rules)?;
        let answers = Answers { api: self.api, times: output::Times::Wire };
        let mut output = answers.empty(operation);
        interrupt::run(async {
            let call = core.call(&operation.schema, &mut input, &mut output);
            call.await.map(|_| ()).map_err(|error| failure::of(&error, self.api, Some(answers)))
        })?;
        Ok(answers.value(operation, &output))
    }

    /// What the distribution has that is updated, and which version of it that is.
    fn distribution(
        &self,
        given: &Input,
        rules: input::Rules,
    ) -> Result<(Value, Option<Value>), Failure> {
        let answer = self.other("GetDistributionConfig", given.part("Id"), rules)?;
        let Value::Object(mut answer) = answer else { return Ok((Value::Null, None)) };
        let config = answer.remove("DistributionConfig").unwrap_or_default();
        Ok((config, answer.remove("ETag")))
    }

    /// Lets the plugin have the session that was begun.
    fn session(
        &self,
        session: Session,
        answer: &Value,
        input: &str,
        endpoint: &str,
        rules: input::Rules,
    ) -> Result<(), Failure> {
        let region = self.settings.region.clone();
        let region = region.or_else(|| config::region(self.api, &self.profile)).unwrap_or_default();
        // That of endpoints by FIPS 140 is the same region.
        let region = region.strip_prefix("fips-").unwrap_or(&region);
        let region = region.strip_suffix("-fips").unwrap_or(region);
        let profile = self.settings.profile.clone();
        let (profile, input) = match session {
            Session::Machine => (profile, input.to_owned()),
            Session::Container => {
                let task = Input::of(session::describes(answer));
                let tasks = self.other("DescribeTasks", task, rules)?;
                let named = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"];
                let named = named.into_iter().find_map(|name| self.profile.var(name));
                let named = profile.or(named);
                (named, session::target(answer, &tasks)?)
            }
        };
        let profile = profile.unwrap_or_default();
        let place = session::Place { region, profile: &profile, endpoint, input: &input };
        session.run(answer, &place).or_else(|error| {
            if session == Session::Machine && error.kind() == io::ErrorKind::NotFound {
                // Nobody else ends it.
                self.other("TerminateSession", Input::of(session::ends(answer)), rules)?;
            }
            Err(session::failed(&error))
        })
    }

    /// What is said about the output.
    fn output(&self) -> Result<output::Settings, Failure> {
        let settings = &self.settings;
        let options = output::Options {
            format: settings.output.as_deref(),
            query: settings.query.as_deref(),
            color: settings.color,
            no_pager: settings.no_pager,
        };
        output::Settings::new(options, &self.profile)
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

    /// The answer as it is shown, without a body that goes to a file.
    async fn send(
        &self,
        core: &Core,
        answers: Answers<'_>,
        mut input: Dynamic<'_>,
        body: Option<ByteStream>,
        outfile: Option<&str>,
    ) -> Result<Value, Failure> {
        let failed = |error: Error| failure::of(&error, self.api, Some(answers));
        let (schema, mut output) = (&self.operation.schema, answers.empty(self.operation));
        core.fill_tokens(&mut input);
        let member = outfile.and_then(|_| table::body(self.table.model, self.table.operation));
        let is_stream = |it: &Member| self.table.model.shape(it.target).streaming.is_some();
        let wants = member.is_some_and(is_stream);
        let mut stream = ByteStream::default();
        if body.is_some() || wants {
            let call = core.call_with_streams(schema, &mut input, &mut output, body, wants);
            (_, stream) = call.await.map_err(failed)?;
        } else {
            core.call(schema, &mut input, &mut output).await.map_err(failed)?;
        }
        if let Some(path) = outfile {
            if let Some(member) = member.filter(|_| !wants) {
                stream = body::take(&mut output, &member.name);
            }
            body::to_file(stream, path.as_ref(), Some(OnProgress::bar())).await?;
        }
        Ok(answers.value(self.operation, &output))
    }

    /// Puts out each event of an answer as it comes, or its records into a file; gives the rest of
    /// the answer.
    async fn events(
        &self,
        core: &Core,
        answers: Answers<'_>,
        mut input: Dynamic<'_>,
        mut event: Dynamic<'_>,
        settings: &output::Settings,
        outfile: Option<&str>,
    ) -> Result<Value, Failure> {
        let failed = |error: Error| failure::of(&error, self.api, Some(answers));
        let (schema, mut output) = (&self.operation.schema, answers.empty(self.operation));
        core.fill_tokens(&mut input);
        let call = core.call_for_events(schema, &mut input, &mut output);
        let (_, events) = call.await.map_err(failed)?;
        match outfile {
            Some(path) => {
                let bar = OnProgress::bar();
                events::to_file(events, &mut event, path.as_ref(), bar, failed).await?;
            }
            None => events::put_out(events, &mut event, settings, failed).await?,
        }
        Ok(answers.value(self.operation, &output))
    }
}
