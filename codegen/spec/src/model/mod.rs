//! The model: what a spec says, with every name resolved.
//!
//! It is Smithy-shaped: a service has operations, operations have members, members target shapes.
//! Nodes are plain data; questions about them are methods.

mod operation;
pub(crate) mod path;
mod reach;
mod service;
mod shape;
mod uri;
mod waiter;

#[cfg(test)]
mod tests;

pub use operation::{
    Checksum, EndpointDiscovery, EndpointParam, Example, Http, Operation, Outcome, PageSource,
    Pages, Paging, Root,
};
pub use reach::Role;
pub(crate) use service::is_header_name;
pub use service::{Endpoint, ErrorFormat, Protocol, Scheme, Service};
pub use shape::{
    Binding, Constraints, EnumValue, ErrorTrait, EventPart, Fault, Kind, ListFacts, MapFacts,
    Member, Namespace, Shape, ShapeId, Sized, TimestampFormat,
};
pub use uri::{UriSegment, UriTemplate};
pub use waiter::{Acceptor, AcceptorState, Matcher, Waiter};

/// A whole spec.
#[derive(Clone, Debug)]
pub struct Model {
    /// Who offers the operations, and how they are reached.
    pub service: Service,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// The base types, then the shapes in the order of the file. [`ShapeId`] is an index into it.
    pub shapes: Vec<Shape>,
    /// What can be waited for, in the order of the file.
    pub waiters: Vec<Waiter>,
}

impl Model {
    /// A shape by id.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.index()]
    }

    /// The shapes that the spec itself defines.
    pub fn defined_shapes(&self) -> impl Iterator<Item = (ShapeId, &Shape)> {
        let ids = (0..self.shapes.len()).map(ShapeId::new);
        ids.zip(&self.shapes).filter(|(_, shape)| !shape.is_base)
    }

    /// A defined shape by name.
    pub fn find_shape(&self, name: &str) -> Option<ShapeId> {
        self.defined_shapes().find_map(|(id, shape)| (shape.name == name).then_some(id))
    }

    /// An operation by name.
    pub fn find_operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// The member of an input or output that is a stream of bytes, if one is.
    pub fn streaming_member<'m>(&self, members: &'m [Member]) -> Option<&'m Member> {
        let streams = |member: &&Member| {
            member.binding == Binding::Payload && self.shape(member.target).streaming.is_some()
        };
        members.iter().find(streams)
    }

    /// The member of an input or output that is a stream of events, if one is.
    pub fn event_stream_member<'m>(&self, members: &'m [Member]) -> Option<&'m Member> {
        members.iter().find(|member| self.shape(member.target).event_stream)
    }

    /// The error structures of the service, in the order of the file.
    pub fn errors(&self) -> impl Iterator<Item = (ShapeId, &Shape, &ErrorTrait)> {
        self.defined_shapes().filter_map(|(id, shape)| Some((id, shape, shape.error()?)))
    }

    /// Whether a value that the member holds is secret as a whole.
    pub fn is_sensitive(&self, member: &Member) -> bool {
        member.sensitive || self.is_sensitive_shape(member.target, 0)
    }

    fn is_sensitive_shape(&self, id: ShapeId, depth: u8) -> bool {
        let shape = self.shape(id);
        // A list or map of secrets is one secret. Lists of lists end well before this depth.
        let is_sensitive = |id| depth < 8 && self.is_sensitive_shape(id, depth + 1);
        shape.sensitive
            || match &shape.kind {
                Kind::List(list) => list.item.sensitive || is_sensitive(list.item.target),
                Kind::Map(map) => {
                    map.value.sensitive || is_sensitive(map.value.target) || is_sensitive(map.key)
                }
                _ => false,
            }
    }

    /// Whether a member or anything below it is secret.
    pub fn holds_secrets(&self, member: &Member) -> bool {
        self.is_sensitive(member) || self.shape_holds_secrets(member.target, &mut Vec::new())
    }

    /// Whether anything in an operation's input or output is secret.
    pub fn operation_holds_secrets(&self, operation: &Operation) -> bool {
        let mut members = operation.input.iter().chain(operation.output_members());
        members.any(|member| self.holds_secrets(member))
    }

    /// How the timestamps of a member are written, if the member, an element below it or their
    /// shape says so.
    pub fn timestamp_format(&self, member: &Member) -> Option<TimestampFormat> {
        let mut format = member.format;
        let mut target = member.target;
        // Lists of lists end well before this depth.
        for _ in 0..8 {
            let inner = match &self.shape(target).kind {
                Kind::List(list) => &list.item,
                Kind::Map(map) => &map.value,
                Kind::Timestamp(own) => return format.or(*own),
                _ => return None,
            };
            format = format.or(inner.format);
            target = inner.target;
        }
        None
    }

    fn shape_holds_secrets(&self, id: ShapeId, seen: &mut Vec<ShapeId>) -> bool {
        if seen.contains(&id) {
            return false;
        }
        seen.push(id);
        let below = |member: &Member, seen: &mut Vec<ShapeId>| {
            self.is_sensitive(member) || self.shape_holds_secrets(member.target, seen)
        };
        match &self.shape(id).kind {
            Kind::Structure { members, .. } | Kind::Union { members } => {
                members.iter().any(|member| below(member, seen))
            }
            Kind::List(list) => below(&list.item, seen),
            Kind::Map(map) => below(&map.value, seen),
            _ => false,
        }
    }
}
