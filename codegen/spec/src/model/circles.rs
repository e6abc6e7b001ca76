//! Which shapes lead back to themselves.

use super::{Model, ShapeId};

/// Circles that shapes are part of. Two shapes are of one circle if each leads to the other.
#[derive(Clone, Debug)]
pub struct Circles {
    /// The circle of each shape, by index; a shape that leads nowhere back has one of its own.
    of: Vec<usize>,
}

impl Circles {
    /// Whether one shape leads to the other and back. A shape is of one circle with itself.
    pub fn join(&self, one: ShapeId, other: ShapeId) -> bool {
        self.of[one.index()] == self.of[other.index()]
    }

    /// Tarjan's strongly connected components (SIAM J. Comput. 1, 1972), without recursion.
    pub(crate) fn new(count: usize, targets: impl Fn(ShapeId) -> Vec<ShapeId>) -> Self {
        let mut walk = Walk {
            order: vec![None; count],
            lowest: vec![0; count],
            open: Vec::new(),
            of: vec![None; count],
            visited: 0,
            circles: 0,
        };
        for start in (0..count).map(ShapeId::new) {
            if walk.order[start.index()].is_none() {
                walk.from(start, &targets);
            }
        }
        // Each shape has been come to, so each has one.
        Self { of: walk.of.into_iter().map(Option::unwrap_or_default).collect() }
    }
}

struct Walk {
    /// When each shape was come to
    order: Vec<Option<usize>>,
    /// The earliest shape that each leads to, of those that have no circle yet
    lowest: Vec<usize>,
    /// The shapes that have no circle yet, in order
    open: Vec<ShapeId>,
    of: Vec<Option<usize>>,
    visited: usize,
    circles: usize,
}

impl Walk {
    fn from(&mut self, start: ShapeId, targets: &impl Fn(ShapeId) -> Vec<ShapeId>) {
        let mut way = vec![(start, self.enter(start, targets))];
        while let Some((id, ahead)) = way.last_mut() {
            let id = *id;
            if let Some(next) = ahead.pop() {
                match self.order[next.index()] {
                    None => way.push((next, self.enter(next, targets))),
                    Some(order) if self.of[next.index()].is_none() => self.lower(id, order),
                    Some(_) => {}
                }
                continue;
            }
            way.pop();
            self.leave(id);
            if let Some((before, _)) = way.last() {
                self.lower(*before, self.lowest[id.index()]);
            }
        }
    }

    fn enter(&mut self, id: ShapeId, targets: &impl Fn(ShapeId) -> Vec<ShapeId>) -> Vec<ShapeId> {
        self.order[id.index()] = Some(self.visited);
        self.lowest[id.index()] = self.visited;
        self.visited += 1;
        self.open.push(id);
        targets(id)
    }

    fn lower(&mut self, id: ShapeId, order: usize) {
        let lowest = &mut self.lowest[id.index()];
        *lowest = order.min(*lowest);
    }

    /// The first shape of a circle closes it.
    fn leave(&mut self, id: ShapeId) {
        if self.order[id.index()] != Some(self.lowest[id.index()]) {
            return;
        }
        while let Some(last) = self.open.pop() {
            self.of[last.index()] = Some(self.circles);
            if last == id {
                break;
            }
        }
        self.circles += 1;
    }
}

impl Model {
    /// The circles through members alone: a value of one of their shapes would hold another one in
    /// place, and that again the first.
    pub fn member_circles(&self) -> Circles {
        Circles::new(self.shapes.len(), |id| {
            self.shape(id).members().iter().map(|member| member.target).collect()
        })
    }
}
