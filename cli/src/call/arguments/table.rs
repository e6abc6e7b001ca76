//! The options of one operation.

use super::globals;
use super::parser::{Arity, Form, Spec};
use super::simple;
use crate::call::customs::{self, Change, Custom};
use crate::call::{events, names};
use std::borrow::Cow;
use std::collections::HashSet;
use typefoundry_spec::{Binding, Kind, Member, Model, Operation, PageSource, Pages, Paging};

/// What an option is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::call) enum Purpose {
    /// Sets a member of the input, by its index.
    Member(usize),
    /// Sets a boolean member to this value.
    Bool(usize, bool),
    /// Sets the only member of a structure, a boolean `Value`, to this value.
    Pulled(usize, bool),
    /// Stands for a part of a larger value, by its place among those that do.
    Simple(usize),
    /// The same, of a service other than EC2
    Custom(&'static Custom),
    StartingToken,
    PageSize,
    MaxItems,
    InputJson,
    InputYaml,
    Skeleton,
}

/// An option of an operation.
#[derive(Clone, Debug)]
pub(in crate::call) struct Entry {
    pub(in crate::call) purpose: Purpose,
    pub(in crate::call) required: bool,
    /// It works, but help does not show it.
    pub(in crate::call) hidden: bool,
}

/// The options of an operation, in the order of the AWS CLI.
#[derive(Clone, Debug)]
pub(in crate::call) struct Table<'a> {
    pub(in crate::call) model: &'a Model,
    pub(in crate::call) operation: &'a Operation,
    /// What the operation is called by here
    pub(in crate::call) command: Cow<'static, str>,
    pub(in crate::call) specs: Vec<Spec>,
    pub(in crate::call) entries: Vec<Entry>,
    /// Options of members that one of paging stands in front of, by its name.
    pub(in crate::call) shadowed: Vec<(&'static str, usize)>,
    /// The answer's body goes to a file that has to be named.
    pub(in crate::call) outfile: bool,
}

/// The values of `--generate-cli-skeleton`.
const SKELETONS: &[&str] = &["input", "output", "yaml-input"];

impl<'a> Table<'a> {
    /// `alias` is the name that the operation is called by, where it has another. `all_pages` is
    /// whether pages are followed that are inferred alone.
    pub(in crate::call) fn new(
        model: &'a Model,
        operation: &'a Operation,
        alias: Option<&'static str>,
        all_pages: bool,
    ) -> Self {
        let outfile = body(model, operation).is_some() || events::go_to_file(model, operation);
        let mut table = Self {
            model,
            operation,
            command: alias.map_or_else(|| names::kebab(&operation.name).into(), Cow::Borrowed),
            specs: Vec::new(),
            entries: Vec::new(),
            shadowed: Vec::new(),
            outfile,
        };
        table.members();
        if table.is_ec2() {
            table.simple();
        }
        table.customize();
        if !outfile {
            table.push(Spec::new("cli-input-json", Arity::One), Purpose::InputJson);
            table.push(Spec::new("cli-input-yaml", Arity::One), Purpose::InputYaml);
        }
        if let Some(pages) = paged(operation, all_pages) {
            table.paging(pages);
        }
        if !outfile {
            let skeleton = Spec::new("generate-cli-skeleton", Arity::Maybe);
            table.push(skeleton.of(Form::OneOf(SKELETONS)), Purpose::Skeleton);
        }
        table
    }

    /// Whether the AWS CLI has customs for the service's arguments.
    pub(in crate::call) fn is_ec2(&self) -> bool {
        let service = &self.model.service;
        service.provider() == "aws" && names::service(service.name()) == "ec2"
    }

    /// What is other about the command than its operation says.
    pub(in crate::call) fn changes(&self) -> impl Iterator<Item = &'static Change> {
        let service = &self.model.service;
        let is_aws = service.provider() == "aws";
        let changes = is_aws.then(|| customs::of(names::service(service.name()), &self.command));
        changes.into_iter().flatten()
    }

    /// Changes the options as the AWS CLI does.
    fn customize(&mut self) {
        let changes: Vec<&'static Change> = self.changes().collect();
        for change in changes {
            let place = |name: &str| self.specs.iter().position(|spec| spec.name == name);
            match change {
                Change::Add(custom) if custom.fits(self.model, self.operation) => {
                    let entry = Entry {
                        purpose: Purpose::Custom(custom),
                        required: custom.required,
                        hidden: false,
                    };
                    // It keeps the place of one whose name it has.
                    if let Some(place) = place(custom.name) {
                        self.specs[place] = custom.spec();
                        self.entries[place] = entry;
                    } else {
                        self.specs.push(custom.spec());
                        self.entries.push(entry);
                    }
                }
                Change::Remove(name) => {
                    if let Some(place) = place(name) {
                        self.specs.remove(place);
                        self.entries.remove(place);
                    }
                }
                Change::Hide(name) => {
                    if let Some(place) = place(name) {
                        self.entries[place].hidden = true;
                    }
                }
                Change::Ease(name) => {
                    if let Some(place) = place(name) {
                        self.entries[place].required = false;
                    }
                }
                _ => {}
            }
        }
    }

    /// Options that stand for parts of members, which go or are not shown any more.
    fn simple(&mut self) {
        let operation = names::kebab(&self.operation.name);
        let specs = std::mem::take(&mut self.specs);
        let entries = std::mem::take(&mut self.entries);
        for (spec, mut entry) in specs.into_iter().zip(entries) {
            if simple::REMOVED.contains(&(&operation, &spec.name)) {
                continue;
            }
            entry.hidden |= simple::hides(&operation, &spec.name);
            entry.required &= !simple::eases(&operation, &spec.name);
            self.specs.push(spec);
            self.entries.push(entry);
        }
        for (place, spec) in simple::of(&operation) {
            self.push(spec, Purpose::Simple(place));
        }
    }

    /// The names of all options.
    pub(in crate::call) fn names(&self) -> Vec<Cow<'static, str>> {
        self.specs.iter().map(|spec| spec.name.clone()).collect()
    }

    /// A member of the input.
    pub(in crate::call) fn member(&self, index: usize) -> Option<&'a Member> {
        self.operation.input.get(index)
    }

    /// The option of a member, with its dashes; the first if there are several.
    pub(in crate::call) fn option_of(&self, member: usize) -> Option<String> {
        let sets = |entry: &Entry| match entry.purpose {
            Purpose::Member(index) | Purpose::Bool(index, _) | Purpose::Pulled(index, _) => {
                index == member
            }
            _ => false,
        };
        let place = self.entries.iter().position(sets)?;
        Some(format!("--{}", self.specs[place].name))
    }

    fn push(&mut self, spec: Spec, purpose: Purpose) {
        self.specs.push(spec);
        self.entries.push(Entry { purpose, required: false, hidden: false });
    }

    /// A member whose name is taken by a global option or by another member has `input-` in front;
    /// were that taken too, the member is left to `--cli-input-json`.
    fn members(&mut self) {
        let mut taken: HashSet<Cow<'static, str>> = HashSet::new();
        taken.extend(
            ["help", "cli-input-json", "cli-input-yaml", "generate-cli-skeleton"].map(Cow::from),
        );
        let service = names::service(self.model.service.name());
        let is_aws = self.model.service.provider() == "aws";
        let operation = self.command.clone();
        let rename = |name: String| -> Cow<'static, str> {
            let renamed = is_aws.then(|| names::renamed(service, &operation, &name)).flatten();
            renamed.map_or(Cow::Owned(name), Cow::Borrowed)
        };
        for (index, member) in self.operation.input.iter().enumerate() {
            let kind = &self.model.shape(member.target).kind;
            let truth = match kind {
                Kind::Boolean => Some(Purpose::Bool as fn(usize, bool) -> Purpose),
                _ if is_aws && service == "ec2" && is_truth(self.model, kind) => {
                    Some(Purpose::Pulled as fn(usize, bool) -> Purpose)
                }
                _ => None,
            };
            let plain = names::kebab(&member.name);
            let free = [plain.clone(), format!("input-{plain}")].into_iter().find_map(|plain| {
                let no = truth.is_some().then(|| rename(format!("no-{plain}")));
                let name = rename(plain);
                let is_free =
                    |name: &Cow<'static, str>| !taken.contains(name) && !globals::is_global(name);
                (is_free(&name) && no.as_ref().is_none_or(is_free)).then_some((name, no))
            });
            let Some((name, no)) = free else { continue };
            taken.insert(name.clone());
            taken.extend(no.clone());
            if let Some(purpose) = truth {
                let pulled = matches!(purpose(index, true), Purpose::Pulled(..));
                let arity = if pulled { Arity::Maybe } else { Arity::None };
                self.push(Spec::new(name, arity), purpose(index, true));
                if let Some(no) = no {
                    self.push(Spec::new(no, Arity::None), purpose(index, false));
                }
                continue;
            }
            let (arity, form) = match kind {
                Kind::List(_) => (Arity::Many, Form::Text),
                Kind::Long => (Arity::One, Form::Integer),
                Kind::Float | Kind::Double => (Arity::One, Form::Float),
                _ => (Arity::One, Form::Text),
            };
            if is_aws && let Some(alias) = names::alias(service, &operation, &name) {
                self.push(Spec::new(alias, arity).of(form), Purpose::Member(index));
                if let Some(entry) = self.entries.last_mut() {
                    entry.hidden = true;
                }
            }
            self.push(Spec::new(name, arity).of(form), Purpose::Member(index));
            if let Some(entry) = self.entries.last_mut() {
                entry.required = member.required && !member.idempotency_token;
                entry.hidden = member.deprecated.is_some();
            }
        }
    }

    /// v2's `customizations/paginate.py`: the service's own options of paging are not shown, and
    /// ours take the place of those of the same name.
    fn paging(&mut self, pages: &Pages) {
        let by_hand = by_hand(pages);
        let operation = self.operation;
        let is_hidden = |index: usize| {
            operation.input.get(index).is_some_and(|member| by_hand.contains(&&*member.name))
        };
        for entry in &mut self.entries {
            if let Purpose::Member(index) = entry.purpose
                && is_hidden(index)
            {
                entry.hidden = true;
            }
        }
        self.stand_in("starting-token", Form::Text, Purpose::StartingToken);
        let mut form = Form::Integer;
        if let Some(size) = &pages.size {
            let member = self.operation.input_member(size);
            let is_text = member.is_some_and(|member| {
                matches!(self.model.shape(member.target).kind, Kind::String | Kind::Enum(_))
            });
            if is_text {
                form = Form::Text;
            }
            self.stand_in("page-size", form, Purpose::PageSize);
        }
        self.stand_in("max-items", form, Purpose::MaxItems);
    }

    fn stand_in(&mut self, name: &'static str, form: Form, purpose: Purpose) {
        let spec = Spec::new(name, Arity::One).of(form);
        match self.specs.iter().position(|known| known.name == name) {
            Some(place) => {
                if let Purpose::Member(index) = self.entries[place].purpose {
                    self.shadowed.push((name, index));
                }
                self.specs[place] = spec;
                self.entries[place] = Entry { purpose, required: false, hidden: false };
            }
            None => self.push(spec, purpose),
        }
    }
}

/// The member of an output that is bytes and the whole body, be it a stream or not
/// (`get_streaming_output` in botocore's `model.py`).
pub(in crate::call) fn body<'a>(model: &Model, operation: &'a Operation) -> Option<&'a Member> {
    let is_body = |member: &&Member| {
        member.binding == Binding::Payload && matches!(model.shape(member.target).kind, Kind::Blob)
    };
    operation.output_members().iter().find(is_body)
}

/// How an operation is paged, if it is.
///
/// The AWS CLI pages what AWS's data declares, and so do we without being asked; what an importer
/// infers takes `--paginate`, or scripts for the AWS CLI would get more than they do there. Pages that
/// a person writes into a spec are as good as declared: the AWS CLI does not know them, and whoever
/// wrote them meant them. An overlay merges key by key, so one that corrects pages of the spec leaves
/// their `source` as the importer has it, unless it says `"source": "written"` as well; one that adds
/// pages where the spec has none has written them.
pub(in crate::call) fn paged(operation: &Operation, all_pages: bool) -> Option<&Pages> {
    let pages = operation.pages.as_ref()?;
    let is_followed = match pages.source {
        PageSource::Declared | PageSource::Written => true,
        PageSource::Inferred => all_pages,
    };
    is_followed.then_some(pages)
}

/// The members of the input that whoever pages by hand sets.
pub(in crate::call) fn by_hand(pages: &Pages) -> Vec<&str> {
    let mut names: Vec<&str> = match &pages.paging {
        Paging::Token { tokens, .. } => tokens.iter().map(|(input, _)| input.as_str()).collect(),
        Paging::Number { input, .. } => vec![input],
    };
    names.extend(pages.size.as_deref());
    names
}

/// A structure of one boolean that is called `Value` (v2's `customizations/toplevelbool.py`).
fn is_truth(model: &Model, kind: &Kind) -> bool {
    let Kind::Structure { members, .. } = kind else { return false };
    let [member] = &members[..] else { return false };
    member.name == "Value" && matches!(model.shape(member.target).kind, Kind::Boolean)
}
