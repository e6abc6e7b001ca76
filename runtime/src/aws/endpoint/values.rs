//! What expressions of rules come to.

use super::functions::{Arn, Url};
use super::partitions::Partition;
use super::rules::{Attr, Step};
use std::borrow::Cow;
use std::rc::Rc;

#[derive(Clone, Debug)]
pub(super) enum Val<'a> {
    Nothing,
    Bool(bool),
    Int(i64),
    Text(Cow<'a, str>),
    List(Rc<Vec<Cow<'a, str>>>),
    Partition(&'static Partition),
    Url(Rc<Url<'a>>),
    Arn(Rc<Arn<'a>>),
}

impl Val<'_> {
    /// Whether a condition that comes to it holds.
    pub(super) fn holds(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Bool(false))
    }

    /// What it is, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Bool(_) => "true or false",
            Self::Int(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Partition(_) => "a partition",
            Self::Url(_) => "a URL",
            Self::Arn(_) => "an ARN",
        }
    }

    /// The value at the end of a path; nothing where the path leads nowhere.
    pub(super) fn at(&self, path: &[Step]) -> Self {
        let Some((first, rest)) = path.split_first() else {
            return self.clone();
        };
        let mut value = self.step(*first);
        for step in rest {
            value = value.step(*step);
        }
        value
    }

    fn step(&self, step: Step) -> Self {
        match (self, step) {
            (Self::Partition(partition), Step::Attr(attr)) => of_partition(partition, attr),
            (Self::Url(url), Step::Attr(attr)) => url.attr(attr),
            (Self::Arn(arn), Step::Attr(attr)) => arn.attr(attr),
            (Self::List(items), Step::Index(index)) => {
                let index = usize::try_from(index).ok().or_else(|| {
                    items.len().checked_sub(usize::try_from(index.unsigned_abs()).ok()?)
                });
                let item = index.and_then(|index| items.get(index));
                item.map_or(Self::Nothing, |item| Self::Text(item.clone()))
            }
            _ => Self::Nothing,
        }
    }
}

impl<'a> From<Option<Cow<'a, str>>> for Val<'a> {
    fn from(text: Option<Cow<'a, str>>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

fn of_partition(partition: &'static Partition, attr: Attr) -> Val<'static> {
    let text = |text| Val::Text(Cow::Borrowed(text));
    match attr {
        Attr::Name => text(partition.id),
        Attr::DnsSuffix => text(partition.dns_suffix),
        Attr::DualStackDnsSuffix => text(partition.dual_stack_dns_suffix),
        Attr::ImplicitGlobalRegion => text(partition.implicit_global_region),
        Attr::SupportsFips => Val::Bool(partition.supports_fips),
        Attr::SupportsDualStack => Val::Bool(partition.supports_dual_stack),
        _ => Val::Nothing,
    }
}
