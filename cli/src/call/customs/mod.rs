//! What the AWS CLI changes about the options of operations, service by service, as tables: nothing of
//! it is looked at but for the operation that is called.

mod media;
mod services;

#[cfg(test)]
mod tests;

use super::arguments::parser::{Arity, Form, Spec};
use typefoundry_spec::{Kind, Member, Model, Operation};

/// What is other about some commands of a service.
#[derive(Debug)]
pub(in crate::call) struct Customs {
    /// As the AWS CLI names it
    service: &'static str,
    /// `*` is each of them.
    commands: &'static [&'static str],
    changes: &'static [Change],
}

/// One thing that is other.
#[derive(Debug)]
pub(in crate::call) enum Change {
    /// An option that is no member's
    Add(Custom),
    /// There is no option of this name.
    Remove(&'static str),
    /// An option works, but help does not show it.
    Hide(&'static str),
    /// An option that must be there need not be.
    Ease(&'static str),
    /// Whoever gives the option asks for one page.
    OnePage(&'static str),
    /// Groups of options; of one of them only some may be given.
    Exclusive(&'static [&'static [&'static str]]),
    /// A part that the option of a member may not say, and what is said to it.
    Refuse { member: &'static str, part: &'static str, message: &'static str },
    /// A member that has to be a zip file.
    Zip(&'static str),
    /// The password that the answer has is shown alone.
    Password,
    /// `--endpoint-url` must be there; this is said if it is not.
    Endpoint(&'static str),
}

/// An option that is no member's.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::call) struct Custom {
    pub(in crate::call) name: &'static str,
    pub(in crate::call) part: Part,
    pub(in crate::call) required: bool,
    pub(in crate::call) docs: &'static str,
}

/// What an option says. A path leads from member to member; behind `[]`, to the first of a list.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::call) enum Part {
    /// A part of a larger value
    Put(&'static str, As),
    /// A part of the message that SES sends; nothing if it is empty
    Mail(&'static str),
    /// Values that are always the same, for a list that may not be given otherwise
    States(&'static [&'static str]),
    /// Where the revision of an application is
    Location(&'static Location),
    /// A member of the options of an index field, which are named for its type
    IndexOption(&'static str),
    /// The paths of a batch to be invalidated
    Paths,
    /// The origin of a distribution that is usual otherwise
    Origin,
    /// The root object of such a distribution
    RootObject,
    /// The root object of a distribution that is there
    NewRootObject,
    /// The file that a member of the answer goes to, by its path
    Save(&'static str),
    /// The file that the seed of a second factor goes to
    SeedFile,
    /// The member that is the seed
    Seed,
    /// A pipeline as a file has it
    Pipeline,
    /// The parameters that a pipeline declares
    Parameters,
    /// The values of parameters, as JSON
    Values,
    /// The same, each as `NAME=VALUE`
    InlineValues,
}

/// What a value is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) enum As {
    Text,
    Words,
    Integer,
    Number,
    /// `NAME=NUMBER,…`
    Numbers,
    /// `NAME=VALUE,…` as a list of both
    Dimensions,
    /// `KEY=VALUE …` as a list of both
    Tags,
    Blob,
    /// Bytes of a zip file
    Zip,
    /// What the option of a member of this shape would be
    Member,
}

/// One of the places where the revision of an application may be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::call) struct Location {
    /// The member of the revision
    pub(in crate::call) member: &'static str,
    /// What its type is called
    pub(in crate::call) kind: &'static str,
    pub(in crate::call) required: &'static [&'static str],
    pub(in crate::call) optional: &'static [&'static str],
    /// What is said if one is missing
    pub(in crate::call) missing: &'static str,
}

const SEEDS: &[&str] = &["QRCodePNG", "Base32StringSeed"];

impl Custom {
    pub(in crate::call) fn spec(&self) -> Spec {
        let arity = match self.part {
            Part::States(_) => Arity::None,
            Part::Put(_, As::Words | As::Tags) | Part::Paths | Part::InlineValues => Arity::Many,
            _ => Arity::One,
        };
        let form = if self.part == Part::Seed { Form::OneOf(SEEDS) } else { Form::Text };
        Spec::new(self.name, arity).of(form)
    }

    /// Whether the operation has what the option is a part of.
    pub(in crate::call) fn fits(&self, model: &Model, operation: &Operation) -> bool {
        let Part::Put(path, read) = &self.part else { return true };
        let Some(member) = member(model, operation, path) else { return false };
        !matches!(read, As::Blob | As::Zip) || matches!(model.shape(member.target).kind, Kind::Blob)
    }
}

/// The member of an input that a path leads to.
pub(in crate::call) fn member<'m>(
    model: &'m Model,
    operation: &'m Operation,
    path: &str,
) -> Option<&'m Member> {
    let mut steps = path.split('.').map(|step| step.trim_end_matches("[]"));
    let mut found = operation.input_member(steps.next()?)?;
    for step in steps {
        let mut kind = &model.shape(found.target).kind;
        if let Kind::List(list) = kind {
            kind = &model.shape(list.item.target).kind;
        }
        let (Kind::Structure { members, .. } | Kind::Union { members }) = kind else { return None };
        found = members.iter().find(|member| member.name == step)?;
    }
    Some(found)
}

/// What is other about a command; all names are those of the AWS CLI.
pub(in crate::call) fn of<'n>(
    service: &'n str,
    command: &'n str,
) -> impl Iterator<Item = &'static Change> + use<'n> {
    let is_meant = move |it: &&Customs| {
        it.service == service && it.commands.iter().any(|known| *known == "*" || *known == command)
    };
    let all = services::CUSTOMS.iter().chain(media::CUSTOMS);
    all.filter(is_meant).flat_map(|it| it.changes)
}

const fn add(name: &'static str, part: Part, docs: &'static str) -> Change {
    Change::Add(Custom { name, part, required: false, docs })
}

const fn require(name: &'static str, part: Part, docs: &'static str) -> Change {
    Change::Add(Custom { name, part, required: true, docs })
}
