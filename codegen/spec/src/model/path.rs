//! Paths to what pages go by: `nextToken`, `DistributionList.Items`,
//! `NextMarker || Contents[-1].Key`.

use super::{Kind, Member, Model, Operation, ShapeId};

/// A step of a path: a member, and whether an element of it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step<'a> {
    pub(crate) name: &'a str,
    pub(crate) indexed: bool,
}

/// The alternatives of a path; nothing if it says more than pagers understand.
pub(crate) fn parse(path: &str) -> Option<Vec<Vec<Step<'_>>>> {
    path.split("||").map(|alternative| alternative.trim().split('.').map(step).collect()).collect()
}

fn step(segment: &str) -> Option<Step<'_>> {
    let (name, indexed) = match segment.split_once('[') {
        Some((name, rest)) => {
            rest.strip_suffix(']')?.parse::<i64>().ok()?;
            (name, true)
        }
        None => (segment, false),
    };
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    (!name.is_empty() && name.chars().all(allowed)).then_some(Step { name, indexed })
}

/// Where a path leads.
#[derive(Debug)]
pub(crate) struct Found<'m> {
    /// The members on the way, the last one included
    pub(crate) members: Vec<&'m Member>,
    /// The shape of what is found: the last member's, or that of its elements
    pub(crate) target: ShapeId,
}

/// Why a path leads nowhere.
#[derive(Debug)]
pub(crate) enum Lost<'a, 'm> {
    /// There is no such member where it stands
    Member(&'a str, Option<&'m Member>, &'m [Member]),
    /// What it takes an element of is no list
    NoList(&'a str),
    /// What it leads through is no structure. Of a union at most one member is there, which is
    /// nothing to rely on.
    NoStructure(&'a str),
}

impl Model {
    /// The members on a path through the structures of an output, `DistributionList.Items`.
    pub fn find_output_path(&self, operation: &Operation, path: &str) -> Option<Vec<&Member>> {
        // What is borrowed for the whole path is the model, not the operation.
        let own = self.find_operation(&operation.name)?;
        let steps = path.split('.').map(|name| Step { name, indexed: false }).collect::<Vec<_>>();
        self.follow(own.output_members(), &steps).ok().map(|found| found.members)
    }

    /// Follows a path from the members of an output down.
    pub(crate) fn follow<'a, 'm>(
        &'m self,
        output: &'m [Member],
        steps: &[Step<'a>],
    ) -> Result<Found<'m>, Lost<'a, 'm>> {
        let mut members = output;
        let mut found: Option<Found<'m>> = None;
        let mut before = "";
        for step in steps {
            if let Some(found) = &found {
                let Kind::Structure { members: inner, .. } = &self.shape(found.target).kind else {
                    return Err(Lost::NoStructure(before));
                };
                members = inner;
            }
            before = step.name;
            let way = found.map_or_else(Vec::new, |found| found.members);
            let Some(member) = members.iter().find(|member| member.name == step.name) else {
                return Err(Lost::Member(step.name, way.last().copied(), members));
            };
            let target = match (&self.shape(member.target).kind, step.indexed) {
                (_, false) => member.target,
                (Kind::List(list), true) => list.item.target,
                (_, true) => return Err(Lost::NoList(step.name)),
            };
            found = Some(Found { members: way.into_iter().chain([member]).collect(), target });
        }
        found.ok_or(Lost::Member("", None, output))
    }
}
