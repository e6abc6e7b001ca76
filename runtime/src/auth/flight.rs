//! One fetch that many wait for.

use crate::BoxFuture;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

/// A future that any of those who wait for it drives on.
///
/// Whoever is awake polls it, with a waker that wakes all. So it does not matter who began it, and
/// one who leaves takes nothing along.
pub(crate) struct Flight<T> {
    future: Mutex<Option<BoxFuture<'static, T>>>,
    board: Arc<Board<T>>,
    /// What it came to if it panicked
    panicked: fn() -> T,
}

/// Who waits, and for what it came to.
struct Board<T>(Mutex<Awaited<T>>);

struct Awaited<T> {
    waiting: usize,
    wakers: Vec<Waker>,
    result: Option<T>,
}

impl<T: Clone + Send + 'static> Flight<T> {
    pub(crate) fn new(future: BoxFuture<'static, T>, panicked: fn() -> T) -> Self {
        let awaited = Awaited { waiting: 0, wakers: Vec::new(), result: None };
        let board = Arc::new(Board(Mutex::new(awaited)));
        Self { future: Mutex::new(Some(future)), board, panicked }
    }

    /// One more waits.
    pub(crate) fn enter(&self) {
        self.board.lock().waiting += 1;
    }

    /// One who waited does not any more. The others are woken, for it may have been the one who was
    /// woken last.
    pub(crate) fn leave(&self) {
        self.board.lock().waiting -= 1;
        self.board.wake_all();
    }

    /// Whether anyone waits.
    pub(crate) fn is_awaited(&self) -> bool {
        self.board.lock().waiting > 0
    }

    pub(crate) async fn result(&self) -> T {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<T> {
        // In this order: whoever misses the result is on the board before all are woken.
        if let Some(result) = self.board.register(cx.waker()) {
            return Poll::Ready(result);
        }
        let mut place = match self.future.try_lock() {
            Ok(place) => place,
            Err(TryLockError::Poisoned(place)) => place.into_inner(),
            // Somebody else polls it, and wakes all when there is something to do.
            Err(TryLockError::WouldBlock) => return Poll::Pending,
        };
        // It may have been finished in between.
        if let Some(result) = self.board.lock().result.clone() {
            return Poll::Ready(result);
        }
        // Taken out, so that nothing polls it again if it panics.
        let Some(mut future) = place.take() else {
            return Poll::Ready(self.board.finish((self.panicked)()));
        };
        let waker = Waker::from(Arc::clone(&self.board));
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => Poll::Ready(self.board.finish(result)),
            Poll::Pending => {
                *place = Some(future);
                Poll::Pending
            }
        }
    }
}

impl<T: Clone> Board<T> {
    fn lock(&self) -> MutexGuard<'_, Awaited<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn register(&self, waker: &Waker) -> Option<T> {
        let mut awaited = self.lock();
        if awaited.result.is_none() && !awaited.wakers.iter().any(|it| it.will_wake(waker)) {
            awaited.wakers.push(waker.clone());
        }
        awaited.result.clone()
    }

    fn finish(&self, result: T) -> T {
        self.lock().result = Some(result.clone());
        self.wake_all();
        result
    }

    fn wake_all(&self) {
        let wakers = std::mem::take(&mut self.lock().wakers);
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl<T: Clone + Send + 'static> Wake for Board<T> {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}

impl<T: Clone> fmt::Debug for Flight<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let awaited = self.board.lock();
        f.debug_struct("Flight").field("waiting", &awaited.waiting).finish_non_exhaustive()
    }
}
