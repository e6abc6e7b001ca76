//! From the words behind an operation to what they say about its input.

mod globals;
mod mistake;
pub(super) mod numbers;
pub(super) mod parser;
pub(super) mod simple;
pub(super) mod table;

#[cfg(test)]
mod tests;

pub(super) use globals::{GLOBALS, Global, Words};
pub(super) use mistake::{Mistake, USAGE_LINES};
pub(super) use parser::{choice, python_quoted};

use super::customs::{Change, Custom};
use super::names;
use super::settings::Paging;
use super::similar;
use crate::exit::{Failure, USAGE};
use crate::output::complain;
use parser::{Given, Other, Parser};
use table::{Purpose, Table};

/// What the options of an operation say.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    /// By the index of the member, in the order of the spec
    pub(super) members: Vec<(usize, Said)>,
    /// Those that are no member's, by their places among all
    pub(super) simple: Vec<(usize, Vec<String>)>,
    /// The same, of services other than EC2
    pub(super) customs: Vec<(&'static Custom, Vec<String>)>,
    /// `--cli-input-json`
    pub(super) json: Option<String>,
    /// `--cli-input-yaml`
    pub(super) yaml: Option<String>,
    /// `--generate-cli-skeleton`
    pub(super) skeleton: Option<String>,
    pub(super) outfile: Option<String>,
}

/// What an option says about a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Word(String),
    /// All values of a list
    Words(Vec<String>),
    Bool(bool),
    /// Whether the only member of a structure is true
    Pulled(bool),
}

/// What the words ask for.
#[derive(Debug)]
pub(super) enum Asked {
    Call(Box<Arguments>),
    Help,
}

/// Takes apart what is left beside the global options. What it says about paging is put to what those
/// say.
pub(super) fn parse(
    table: &Table<'_>,
    others: Vec<Other>,
    paging: &mut Paging,
) -> Result<Asked, Failure> {
    if asks_for_help(table, &others) {
        return Ok(Asked::Help);
    }
    let words: Vec<String> = others.into_iter().map(Other::into_word).collect();
    let parsed = Parser::new(&table.specs).parse(&words, usize::MAX)?;
    let mut arguments = Arguments::default();
    let mut strangers = Vec::new();
    // The AWS CLI's parser has a place for `help`, which takes the first word that is none's.
    let mut help = None;
    for other in parsed.others {
        match other {
            Other::Word(word) if word == "--" => {}
            Other::Word(word) if table.outfile && arguments.outfile.is_none() => {
                arguments.outfile = Some(word);
            }
            Other::Word(word) if help.is_none() => help = Some(word),
            other => strangers.push(other.into_word()),
        }
    }
    strangers.extend(help);
    let given = Last { table, given: &parsed.given };
    arguments.json = given.word(Purpose::InputJson);
    arguments.yaml = given.word(Purpose::InputYaml);
    let skeleton = given.values(Purpose::Skeleton);
    arguments.skeleton =
        skeleton.map(|values| values.first().map_or("input", |value| value).to_owned());
    given.none_missing(&arguments)?;
    if !strangers.is_empty() {
        return Err(unknown(table, &strangers));
    }
    given.exclusive()?;
    given.members(&mut arguments)?;
    given.paging(&mut arguments, paging)?;
    Ok(Asked::Call(Box::new(arguments)))
}

fn asks_for_help(table: &Table<'_>, others: &[Other]) -> bool {
    let is_option = |other: &Other| match other {
        Other::Option(word) => {
            (word == "--help" || word == "-h") && !table.specs.iter().any(|it| it.name == "help")
        }
        Other::Word(_) => false,
    };
    matches!(others, [Other::Word(word)] if word == "help") || others.iter().any(is_option)
}

/// What is said to options that an operation does not have.
fn unknown(table: &Table<'_>, strangers: &[String]) -> Failure {
    let mut message = format!("Unknown options: {}", strangers.join(", "));
    let known: Vec<String> = table.specs.iter().map(|spec| format!("--{}", spec.name)).collect();
    let known = known.iter().map(String::as_str);
    let globals: Vec<String> = GLOBALS.iter().map(|it| format!("--{}", it.name)).collect();
    let all: Vec<&str> = known.chain(globals.iter().map(String::as_str)).collect();
    let meant = strangers.iter().filter(|word| word.starts_with("--")).find_map(|word| {
        let name = word.split('=').next().unwrap_or_default();
        Some(similar::hint(name, all.iter().copied())).filter(|hint| !hint.is_empty())
    });
    let of_pages = |word: &String| {
        let name = word.split('=').next().unwrap_or_default();
        ["--max-items", "--page-size", "--starting-token"].contains(&name)
    };
    if table.operation.pages.is_some() && strangers.iter().any(of_pages) {
        message.push_str(
            "\n\nWhat pages this operation has is inferred, and not declared by its provider: with \
             --paginate all of them are asked for, and these options are there.",
        );
    }
    if let Some(hint) = meant {
        message.push('\n');
        message.push_str(&hint);
    }
    Failure::new(USAGE, format!("{message}\n\n{USAGE_LINES}"))
}

/// The options that were given; of the same, the last one counts.
struct Last<'t, 'a> {
    table: &'t Table<'a>,
    given: &'t [Given],
}

impl Last<'_, '_> {
    fn find(&self, is_meant: impl Fn(Purpose) -> bool) -> Option<(Purpose, &[String])> {
        let mut given = self
            .given
            .iter()
            .rev()
            .map(|given| (self.table.entries[given.option].purpose, &given.values[..]));
        given.find(|(purpose, _)| is_meant(*purpose))
    }

    fn values(&self, purpose: Purpose) -> Option<&[String]> {
        self.find(|it| it == purpose).map(|(_, values)| values)
    }

    fn word(&self, purpose: Purpose) -> Option<String> {
        self.values(purpose).map(|values| values.first().cloned().unwrap_or_default())
    }

    /// Required are all that must be there, unless the input comes as a whole or none is sent.
    fn none_missing(&self, arguments: &Arguments) -> Result<(), Mistake> {
        let table = self.table;
        let skeleton = arguments.skeleton.as_deref().is_some_and(|what| what != "output");
        let whole = arguments.json.is_some() || arguments.yaml.is_some() || skeleton;
        let is_missing = |place: &usize| {
            let entry = &table.entries[*place];
            entry.required && !whole && self.find(|purpose| purpose == entry.purpose).is_none()
        };
        let missing = (0..table.entries.len()).filter(is_missing);
        let mut missing: Vec<String> =
            missing.map(|place| format!("--{}", table.specs[place].name)).collect();
        if table.outfile && arguments.outfile.is_none() {
            missing.push("outfile".to_owned());
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(Mistake::missing(&missing.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    fn members(&self, arguments: &mut Arguments) -> Result<(), Failure> {
        for index in 0..self.table.operation.input.len() {
            let truth = self.values(Purpose::Pulled(index, true));
            if truth.is_some() && self.values(Purpose::Pulled(index, false)).is_some() {
                let name = self.table.option_of(index).unwrap_or_default();
                let no = self.name(Purpose::Pulled(index, false));
                let message =
                    format!("Cannot specify both the \"{name}\" option and the \"{no}\" option.");
                return Err(Failure::new(USAGE, message));
            }
            let sets = |purpose: Purpose| match purpose {
                Purpose::Member(it) | Purpose::Bool(it, _) | Purpose::Pulled(it, _) => it == index,
                _ => false,
            };
            let Some((purpose, values)) = self.find(sets) else { continue };
            let said = match (purpose, values) {
                (Purpose::Bool(_, value), _) => Said::Bool(value),
                (Purpose::Pulled(_, true), [word]) => Said::Word(word.clone()),
                (Purpose::Pulled(_, value), _) => Said::Pulled(value),
                (_, values) => self.said(index, values),
            };
            arguments.members.push((index, said));
        }
        for place in 0..simple::SIMPLE.len() {
            if let Some(values) = self.values(Purpose::Simple(place)) {
                arguments.simple.push((place, values.to_vec()));
            }
        }
        for entry in &self.table.entries {
            if let Purpose::Custom(custom) = entry.purpose
                && let Some(values) = self.values(entry.purpose)
            {
                arguments.customs.push((custom, values.to_vec()));
            }
        }
        Ok(())
    }

    /// Whether an option is given, by its name.
    fn has(&self, name: &str) -> bool {
        self.given.iter().any(|given| self.table.specs[given.option].name == name)
    }

    /// The AWS CLI's `validate_mutually_exclusive`: it looks at options in the order of the table.
    fn exclusive(&self) -> Result<(), Failure> {
        for change in self.table.changes() {
            let Change::Exclusive(groups) = change else { continue };
            let mut chosen: Option<&&[&str]> = None;
            for spec in &self.table.specs {
                let group = groups.iter().find(|group| group.contains(&&*spec.name));
                let Some(group) = group.filter(|_| self.has(&spec.name)) else { continue };
                match chosen {
                    None => chosen = Some(group),
                    Some(chosen) if chosen == group => {}
                    Some(chosen) => {
                        let message = format!(
                            "The key \"{}\" cannot be specified when one of the following keys are \
                             also specified: {}",
                            spec.name.replace('-', "_"),
                            chosen.join(", ").replace('-', "_")
                        );
                        return Err(Failure::new(USAGE, message));
                    }
                }
            }
        }
        Ok(())
    }

    fn name(&self, purpose: Purpose) -> String {
        let place = self.table.entries.iter().position(|entry| entry.purpose == purpose);
        place.map(|place| format!("--{}", self.table.specs[place].name)).unwrap_or_default()
    }

    fn said(&self, member: usize, values: &[String]) -> Said {
        let table = self.table;
        let shape = table.member(member).map(|member| table.model.shape(member.target));
        match shape.map(|shape| &shape.kind) {
            Some(typefoundry_spec::Kind::List(_)) => Said::Words(values.to_vec()),
            _ => Said::Word(values.first().cloned().unwrap_or_default()),
        }
    }

    /// v2's `check_should_enable_pagination`: whoever sets an option of the service's own paging
    /// gets one page.
    fn paging(&self, arguments: &mut Arguments, paging: &mut Paging) -> Result<(), Failure> {
        let table = self.table;
        let Some(pages) = table::paged(table.operation, paging.all) else { return Ok(()) };
        let (token, size, most) = (
            self.word(Purpose::StartingToken),
            self.word(Purpose::PageSize),
            self.word(Purpose::MaxItems),
        );
        let is_given = |member: &&str| {
            let index = table.operation.input.iter().position(|it| it.name == **member);
            let said = arguments.members.iter().any(|(it, _)| Some(*it) == index);
            let shadowed = table.shadowed.iter().find(|(_, it)| Some(*it) == index);
            let stands_in = match shadowed {
                Some(("page-size", _)) => size.is_some(),
                Some(("starting-token", _)) => token.is_some(),
                // The only one that does not turn paging off.
                _ => false,
            };
            (said || stands_in) && names::kebab(member) != "max-items"
        };
        let wants_one = |change: &Change| matches!(change, Change::OnePage(it) if self.has(it));
        if table::by_hand(pages).iter().any(is_given) || table.changes().any(wants_one) {
            paging.off = true;
        }
        if paging.off {
            let used = [("starting-token", &token), ("page-size", &size), ("max-items", &most)];
            let is_shadow = |name: &str| table.shadowed.iter().any(|(known, _)| *known == name);
            let is_used = |word: &&String| !matches!(&***word, "" | "0");
            let used: Vec<String> = used
                .iter()
                .filter(|(name, word)| {
                    !is_shadow(name) && word.as_ref().is_some_and(|word| is_used(&word))
                })
                .map(|(name, _)| format!("--{name}"))
                .collect();
            if !used.is_empty() {
                let message = format!(
                    "Cannot specify --no-paginate along with pagination arguments: {}",
                    used.join(", ")
                );
                return Err(Failure::new(USAGE, message));
            }
            for (name, member) in &table.shadowed {
                let word = match *name {
                    "starting-token" => &token,
                    "page-size" => &size,
                    _ => &most,
                };
                if let Some(word) = word {
                    arguments.members.push((*member, Said::Word(word.clone())));
                }
            }
            return Ok(());
        }
        paging.starting_token = token;
        paging.page_size = size;
        if let Some(most) = most {
            let most = numbers::integer(&most)
                .ok_or_else(|| Failure::new(crate::exit::GENERAL, numbers::no_integer(&most)))?;
            if most <= 0 {
                complain(
                    "warning: Non-positive values for --max-items may result in undefined behavior.",
                );
            }
            paging.max_items = Some(most);
        }
        Ok(())
    }
}
