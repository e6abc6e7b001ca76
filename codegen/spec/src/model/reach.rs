//! Which shapes a choice of operations needs.

use super::{Member, Model, Operation, ShapeId};
use std::collections::BTreeSet;

/// How a shape is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Callers make values of it.
    pub input: bool,
    /// Services answer with it.
    pub output: bool,
    /// It is an error of one of the operations.
    pub error: bool,
}

impl Role {
    /// Whether it is used at all.
    pub fn is_used(self) -> bool {
        self.input || self.output || self.error
    }

    fn union(self, other: Self) -> Self {
        Self {
            input: self.input || other.input,
            output: self.output || other.output,
            error: self.error || other.error,
        }
    }
}

impl Model {
    /// How each shape is used by the given operations; by index, as [`Model::shapes`].
    ///
    /// A spec without operations only describes data: all its shapes count as outputs.
    pub fn roles<'a>(&self, operations: impl IntoIterator<Item = &'a Operation>) -> Vec<Role> {
        let mut roles = vec![Role::default(); self.shapes.len()];
        if self.operations.is_empty() {
            for role in &mut roles {
                role.output = true;
            }
            return roles;
        }
        let input = Role { input: true, ..Role::default() };
        let output = Role { output: true, ..Role::default() };
        for operation in operations {
            self.mark_members(&operation.input, input, &mut roles);
            self.mark_members(operation.output_members(), output, &mut roles);
            for error in &operation.errors {
                roles[error.index()].error = true;
                self.mark(*error, output, &mut roles);
            }
        }
        roles
    }

    fn mark_members(&self, members: &[Member], role: Role, roles: &mut [Role]) {
        for member in members {
            self.mark(member.target, role, roles);
        }
    }

    fn mark(&self, start: ShapeId, role: Role, roles: &mut [Role]) {
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            let known = roles[id.index()];
            let joined = known.union(role);
            if joined == known {
                continue;
            }
            roles[id.index()] = joined;
            open.extend(self.shape(id).targets());
        }
    }

    /// A shape and all shapes that a value of it can hold, in the order of the file.
    pub(crate) fn reach(&self, start: ShapeId) -> BTreeSet<ShapeId> {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(self.shape(id).targets());
            }
        }
        reached
    }
}
