//! The model: what a spec says, with every name resolved.
//!
//! It is Smithy-shaped: a service has operations, operations have members, members target shapes.
//! Nodes are plain data; questions about them are methods.

mod circles;
mod operation;
pub(crate) mod path;
mod reach;
mod service;
mod shape;
mod uri;
mod waiter;

#[cfg(test)]
mod tests;

pub use circles::Circles;
pub use operation::{
    Checksum, EndpointDiscovery, EndpointParam, Example, Http, Operation, Outcome, PageSource,
    Pages, Paging, ParamValue, Root,
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

use std::iter::successors;

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

    /// The operations whose endpoints may, or must, be asked for.
    pub fn discovered(&self, how: EndpointDiscovery) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |it| it.endpoint_discovery == Some(how))
    }

    /// The operation that endpoints are asked of, if any is asked for. Where the spec does not have it,
    /// it has its usual name.
    pub fn discovers(&self) -> Option<&str> {
        use EndpointDiscovery::{Operation, Optional, Required};
        let mut asked = self.discovered(Required).chain(self.discovered(Optional));
        asked.next()?;
        Some(self.discovered(Operation).next().map_or("DescribeEndpoints", |it| &it.name))
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

    /// Whether a value that the member holds is secret as a whole. A list or map of secrets is one
    /// secret.
    pub fn is_sensitive(&self, member: &Member) -> bool {
        let mut on_the_way = self.elements(member);
        on_the_way.any(|it| {
            let shape = self.shape(it.target);
            let is_key_secret =
                matches!(&shape.kind, Kind::Map(map) if self.shape(map.key).sensitive);
            it.sensitive || shape.sensitive || is_key_secret
        })
    }

    /// The member, and what the lists and maps that it holds are made of, from the outside in.
    fn elements<'m>(&'m self, member: &'m Member) -> impl Iterator<Item = &'m Member> {
        let inner = |outer: &&'m Member| match &self.shape(outer.target).kind {
            Kind::List(list) => Some(&list.item),
            Kind::Map(map) => Some(&map.value),
            _ => None,
        };
        // In a spec that is not checked yet, a list may hold itself.
        successors(Some(member), inner).take(self.shapes.len() + 1)
    }

    /// Whether a member or anything below it is secret.
    pub fn holds_secrets(&self, member: &Member) -> bool {
        self.hold_secrets([member])
    }

    /// Whether anything in an operation's input or output is secret.
    pub fn operation_holds_secrets(&self, operation: &Operation) -> bool {
        self.hold_secrets(operation.input.iter().chain(operation.output_members()))
    }

    fn hold_secrets<'m>(&'m self, members: impl IntoIterator<Item = &'m Member>) -> bool {
        let mut seen = vec![false; self.shapes.len()];
        let mut open: Vec<_> = members.into_iter().collect();
        while let Some(member) = open.pop() {
            if self.is_sensitive(member) {
                return true;
            }
            // What is on the way there has just been asked.
            let Some(innermost) = self.elements(member).last() else { continue };
            if !std::mem::replace(&mut seen[innermost.target.index()], true) {
                open.extend(self.shape(innermost.target).members());
            }
        }
        false
    }

    /// How the timestamps of a member are written, if the member, an element below it or their
    /// shape says so.
    pub fn timestamp_format(&self, member: &Member) -> Option<TimestampFormat> {
        let mut format = None;
        for it in self.elements(member) {
            // What stands further out wins.
            format = format.or(it.format);
            if let Kind::Timestamp(own) = &self.shape(it.target).kind {
                return format.or(*own);
            }
        }
        None
    }
}
