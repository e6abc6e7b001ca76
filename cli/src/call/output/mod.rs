//! What a call puts out: its answer, or what a query finds in it, in one of the forms of `--output`.

mod answer;
mod json;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod times;
mod yaml;

use super::pages::{Pages, Whole};
use super::profile::Profile;
use super::settings::is_v1;
use crate::exit::{CONFIGURATION, Failure, GENERAL, USAGE};
use crate::terminal::{self, Color, Output, Pager, Progress};
pub(super) use answer::{Answers, from_document};
use std::io;
pub(super) use times::Times;
use typefoundry_jmespath::{Expr, Object, SearchError, Value, parse_query};

/// `--output`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Text,
    Table,
    Yaml,
    YamlStream,
    Off,
}

impl Format {
    /// Their names
    pub(super) const NAMES: [&str; 6] = ["json", "text", "table", "yaml", "yaml-stream", "off"];

    /// By its name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "json" => Self::Json,
            "text" => Self::Text,
            "table" => Self::Table,
            "yaml" => Self::Yaml,
            "yaml-stream" => Self::YamlStream,
            "off" => Self::Off,
            _ => return None,
        })
    }
}

/// What the caller says about the output.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Options<'a> {
    /// `--output`
    pub(super) format: Option<&'a str>,
    /// `--query`
    pub(super) query: Option<&'a str>,
    /// `--color`
    pub(super) color: Color,
    /// `--no-cli-pager`
    pub(super) no_pager: bool,
}

/// How an answer is put out.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) format: Format,
    query: Option<Expr>,
    color: Color,
    pager: Option<Pager>,
    pub(super) times: Times,
}

impl Settings {
    /// What the caller says, and the environment and the profile where it says nothing.
    pub(super) fn new(options: Options<'_>, profile: &Profile) -> Result<Self, Failure> {
        let query = options.query.map(|text| {
            parse_query(text).map_err(|error| {
                let reason = error.with_expression(text);
                Failure::new(USAGE, format!("Bad value for --query {text}: {reason}"))
            })
        });
        let name = options.format.map(str::to_owned);
        let name = name.or_else(|| profile.var("AWS_DEFAULT_OUTPUT"));
        let name = name.or_else(|| profile.setting("output"));
        let name = name.unwrap_or_else(|| "json".to_owned());
        let format = Format::named(&name).ok_or_else(|| {
            let known = Format::NAMES.join(", ");
            Failure::new(USAGE, format!("Unknown output type: {name}; there are {known}"))
        })?;
        let pager = (!options.no_pager && !is_v1() && format != Format::Off)
            .then(|| Pager::set_up(|key| profile.setting(key)))
            .flatten();
        let times = times(profile)?;
        Ok(Self { format, query: query.transpose()?, color: options.color, pager, times })
    }

    /// Whether something is picked of what comes.
    pub(super) fn has_query(&self) -> bool {
        self.query.is_some()
    }

    /// An event's JSON as it is put out: what the query picks of it, on a line of its own.
    pub(super) fn event(&self, json: String) -> Result<String, Failure> {
        let json = match &self.query {
            _ if self.format == Format::Off => return Ok(String::new()),
            None => json,
            Some(query) => {
                let value = Value::from_json(&json).unwrap_or(Value::Null);
                let found = query.search(&value);
                found.map_err(|it| Failure::new(GENERAL, it.to_string()))?.to_json(",", ":")
            }
        };
        Ok(json + "\n")
    }

    fn asked(&self, value: Value) -> Result<Value, SearchError> {
        match &self.query {
            Some(query) => query.search(&value),
            None => Ok(value),
        }
    }

    /// Whether what was written before a failure is not to be seen.
    fn is_all_or_nothing(&self) -> bool {
        !matches!(self.format, Format::Text | Format::YamlStream)
    }

    fn write(&self, out: &mut Output, title: &str, value: &Value) -> Result<(), Stop> {
        match self.format {
            Format::Json => json::write(out, value)?,
            Format::Text => text::write(out, value)?,
            Format::Yaml => yaml::write(out, value)?,
            Format::YamlStream => yaml::write_item(out, value)?,
            Format::Off => {}
            Format::Table => {
                let look =
                    table::Look { width: terminal::columns(), colored: self.color.on_output() };
                table::write(out, title, value, look)?
                    .map_err(|message| Failure::new(GENERAL, message))?;
            }
        }
        Ok(())
    }
}

/// `cli_timestamp_format`. It is `wire` by default in the AWS CLI's first version.
fn times(profile: &Profile) -> Result<Times, Failure> {
    match profile.setting("cli_timestamp_format").as_deref() {
        None | Some("none") if is_v1() => Ok(Times::Wire),
        None | Some("iso8601") => Ok(Times::Iso8601),
        Some("wire") => Ok(Times::Wire),
        Some(other) => Err(Failure::new(
            CONFIGURATION,
            format!(
                "Unknown cli_timestamp_format value: {other}, valid values are \"wire\" or \
                 \"iso8601\""
            ),
        )),
    }
}

/// A value as text in a form, for the error stream; nothing if it has none.
pub(super) fn rendered(format: Format, title: &str, value: &Value, color: Color) -> Option<String> {
    let mut out = Vec::new();
    match format {
        Format::Json => json::write(&mut out, value),
        Format::Text => text::write(&mut out, value),
        Format::Yaml => yaml::write(&mut out, value),
        Format::YamlStream => yaml::write_item(&mut out, value),
        Format::Off => return None,
        Format::Table => {
            let look = table::Look { width: terminal::columns(), colored: color == Color::On };
            table::write(&mut out, title, value, look)
                .and_then(|table| table.map_err(io::Error::other))
        }
    }
    .ok()?;
    String::from_utf8(out).ok()
}

/// Puts out an answer, or what else is like one. `title` stands over a table.
pub(super) fn one(settings: &Settings, title: &str, value: Value) -> Result<(), Failure> {
    let mut out = Output::new(settings.pager.clone());
    let written = answer(settings, &mut out, title, value);
    end(settings, out, written)
}

fn answer(settings: &Settings, out: &mut Output, title: &str, value: Value) -> Result<(), Stop> {
    let value = settings.asked(value)?;
    if settings.format == Format::YamlStream && is_empty(&value) {
        return Ok(());
    }
    settings.write(out, title, &value)
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Object(members) if members.is_empty())
}

/// Puts out pages as they come, as far as the form allows it. A table's columns are as wide as their
/// widest cell, and a query is asked of the whole, so that these are held until the last page is there.
pub(super) async fn all(
    settings: &Settings,
    title: &str,
    pages: &mut Pages<'_>,
) -> Result<(), Failure> {
    let mut out = Output::new(settings.pager.clone());
    let written = match settings.format {
        Format::Text => each_as_text(settings, &mut out, title, pages).await,
        Format::YamlStream => each(settings, &mut out, title, pages).await,
        Format::Off => exhaust(pages).await,
        Format::Json if settings.query.is_none() => stream::write(&mut out, pages).await,
        _ => match together(pages).await {
            Ok(whole) => answer(settings, &mut out, title, Value::Object(whole)),
            Err(failure) => Err(failure.into()),
        },
    };
    end(settings, out, written)
}

async fn exhaust(pages: &mut Pages<'_>) -> Result<(), Stop> {
    while pages.next().await?.is_some() {}
    Ok(())
}

async fn together(pages: &mut Pages<'_>) -> Result<Object, Failure> {
    let mut whole = Whole::new(pages.results(), is_v1());
    // Nothing is seen until the last page is there.
    let mut progress = Progress::new();
    while let Some(mut page) = pages.next().await? {
        whole.add(&mut page);
        progress.items(pages.items());
    }
    Ok(whole.finish(pages.first().clone(), pages.token()))
}

async fn each(
    settings: &Settings,
    out: &mut Output,
    title: &str,
    pages: &mut Pages<'_>,
) -> Result<(), Stop> {
    while let Some(page) = pages.next().await? {
        settings.write(out, title, &settings.asked(Value::Object(page))?)?;
        out.pass_on()?;
    }
    Ok(())
}

/// A query is asked of each page, and of an object with the token to go on with at last.
async fn each_as_text(
    settings: &Settings,
    out: &mut Output,
    title: &str,
    pages: &mut Pages<'_>,
) -> Result<(), Stop> {
    let mut is_first = true;
    while let Some(page) = pages.next().await? {
        let parts = Value::Object(pages.parts(page, is_first));
        settings.write(out, title, &settings.asked(parts)?)?;
        out.pass_on()?;
        is_first = false;
    }
    if let Some(token) = pages.token() {
        let mut inner = Object::new();
        inner.push("NextToken", Value::from(token));
        let mut outer = Object::new();
        outer.push("NextToken", Value::Object(inner));
        settings.write(out, title, &settings.asked(Value::Object(outer))?)?;
    }
    Ok(())
}

/// Why nothing more is written.
enum Stop {
    Failed(Failure),
    Unwritten(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

impl From<SearchError> for Stop {
    fn from(error: SearchError) -> Self {
        Self::Failed(Failure::new(GENERAL, error.to_string()))
    }
}

fn end(settings: &Settings, mut out: Output, written: Result<(), Stop>) -> Result<(), Failure> {
    match written {
        Ok(()) => out.finish(Ok(())),
        Err(Stop::Unwritten(error)) => out.finish(Err(error)),
        Err(Stop::Failed(failure)) => {
            if settings.is_all_or_nothing() {
                out.forget();
            }
            out.finish(Ok(()))?;
            Err(failure)
        }
    }
}
