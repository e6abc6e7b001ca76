//! Processes that really run.
#![cfg(unix)]

use super::*;
use std::task::{Context, Wake};
use std::time::{Duration, Instant};

/// Waits for a future on this thread.
fn wait<T>(mut future: BoxFuture<'_, T>) -> T {
    struct Unpark(std::thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}

#[test]
fn processes_are_run_without_a_shell() {
    let run = |command: &[&str]| {
        let command: Vec<_> = command.iter().map(|&word| word.to_owned()).collect();
        wait(SystemProcesses.run(&command))
    };
    let printed = run(&["echo", "a b", "$HOME", "*"]).expect("a process");
    assert_eq!(printed, ProcessOutput::new(Some(0), "a b $HOME *\n"));
    assert!(!format!("{printed:?}").contains("HOME"));
    assert_eq!(run(&["false"]).expect("a process").code, Some(1));
    assert!(run(&["/no/such/program"]).is_err());
    assert!(run(&[]).is_err());
}

/// A process that nobody waits for any more does not live on.
#[test]
fn a_process_that_is_left_alone_is_ended() {
    let running = Running::start(&["sleep".to_owned(), "1000".to_owned()]).expect("a process");
    let state = Arc::clone(&running.0);
    drop(running);
    let began = Instant::now();
    while lock(&state).done.is_none() {
        assert!(began.elapsed() < Duration::from_mins(1), "it lives on");
        std::thread::park_timeout(Duration::from_millis(1));
    }
}
