//! What a program in a browser, or elsewhere in JavaScript, has in place of threads and timers.

use crate::BoxFuture;
use crate::client::Sleep;
use js_sys::wasm_bindgen::{JsCast, JsValue};
use js_sys::{Function, Promise, Reflect};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::oneshot;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Waits with `setTimeout`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserSleep;

impl Sleep for BrowserSleep {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            here(|| timer(duration)).await;
        })
    }
}

/// Runs what cannot move between threads as a task of this one. Whoever waits for it may move, and
/// ends it by going away. Nothing comes if the task was ended by somebody else.
///
/// The task is made here, so that it never moves.
pub(crate) async fn here<T: Send + 'static, F: Future<Output = T> + 'static>(
    task: impl FnOnce() -> F,
) -> Option<T> {
    start(task()).await.ok()
}

fn start<T: Send + 'static>(task: impl Future<Output = T> + 'static) -> oneshot::Receiver<T> {
    let (mut waiting, coming) = oneshot::channel();
    spawn_local(async move {
        let mut task = pin!(task);
        let done = poll_fn(|cx| match waiting.poll_closed(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => task.as_mut().poll(cx).map(Some),
        });
        if let Some(done) = done.await {
            // Whoever waited may be gone by now.
            let _ = waiting.send(done);
        }
    });
    coming
}

async fn timer(duration: Duration) {
    // What is longer counts as nothing: <https://developer.mozilla.org/docs/Web/API/setTimeout>.
    let millis = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let over = Promise::new(&mut |resolve, _| {
        let global = js_sys::global();
        let set = Reflect::get(&global, &JsValue::from_str("setTimeout"));
        let set = set.and_then(JsCast::dyn_into::<Function>);
        if set.and_then(|set| set.call2(&global, &resolve, &JsValue::from(millis))).is_err() {
            // No timer: a pause that is too short is better than one without an end.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(over).await;
}
