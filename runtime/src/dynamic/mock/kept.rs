//! The requests that a mock has received, as far as they are kept.

use super::MockRequest;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many bytes of bodies are kept.
const LIMIT: usize = 64 << 20;

/// The newest requests.
#[derive(Debug)]
pub(super) struct Kept {
    requests: VecDeque<Arc<MockRequest>>,
    /// How many bytes their bodies have together, and may have.
    bytes: usize,
    limit: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Self { requests: VecDeque::new(), bytes: 0, limit: LIMIT }
    }
}

impl Kept {
    /// Keeps one more, and no more than `most`.
    pub(super) fn keep(&mut self, request: &Arc<MockRequest>, most: usize) {
        self.bytes = self.bytes.saturating_add(request.http.body().len());
        self.requests.push_back(Arc::clone(request));
        while self.requests.len() > most || self.bytes > self.limit {
            let Some(oldest) = self.requests.pop_front() else { return };
            self.bytes = self.bytes.saturating_sub(oldest.http.body().len());
        }
    }

    /// All of them, the oldest first.
    pub(super) fn all(&self) -> Vec<MockRequest> {
        self.requests.iter().map(|request| MockRequest::clone(request)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn what_is_kept_is_the_newest() {
        let request = |name: &str, length: usize| {
            Arc::new(MockRequest {
                service: String::new(),
                operation: name.to_owned(),
                input: Document::Null,
                http: http::Request::new(vec![b'x'; length].into()),
            })
        };
        let cases = [
            (10, 10, &[("a", 1), ("b", 2), ("c", 3)][..], "abc"),
            (2, 10, &[("a", 1), ("b", 2), ("c", 3)], "bc"),
            (0, 10, &[("a", 1)], ""),
            (10, 10, &[("a", 5), ("b", 6), ("c", 4)], "bc"),
            (10, 10, &[("a", 5), ("b", 11), ("c", 4)], "c"),
        ];
        for (most, limit, sent, expected) in cases {
            let mut kept = Kept { limit, ..Kept::default() };
            for (name, length) in sent {
                kept.keep(&request(name, *length), most);
            }
            let names: String = kept.all().into_iter().map(|it| it.operation).collect();
            assert_eq!(names, expected, "{most} {limit}");
            let bytes: usize = kept.all().iter().map(|it| it.http.body().len()).sum();
            assert_eq!(kept.bytes, bytes, "{most} {limit}");
        }
    }
}
