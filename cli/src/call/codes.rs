//! Codes of a second factor, which a person types in, as for the AWS CLI (`getpass` in botocore's
//! `credentials.py`).

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use std::io::{self, BufRead, IsTerminal, Write};
use typefoundry::BoxFuture;
use typefoundry::auth::{BoxError, ProvideCode};

/// Whoever sits at the terminal; where there is none, whoever writes to the input.
#[derive(Debug)]
pub(super) struct Person;

impl ProvideCode for Person {
    fn code<'a>(&'a self, device: &'a str) -> BoxFuture<'a, Result<String, BoxError>> {
        let device = device.to_owned();
        // In a thread, so that Ctrl-C is heard.
        Box::pin(async move { Ok(tokio::task::spawn_blocking(move || ask(&device)).await??) })
    }
}

fn ask(device: &str) -> io::Result<String> {
    let mut err = io::stderr().lock();
    let device = crate::output::printable_line(device);
    write!(err, "Enter MFA code for {device}: ")?;
    err.flush()?;
    let code = if io::stdin().is_terminal() {
        terminal::enable_raw_mode()?;
        let typed = typed();
        // Whatever came of it, the terminal is as it was before.
        terminal::disable_raw_mode()?;
        typed
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map(|_| line.trim().to_owned())
    };
    writeln!(err)?;
    match code {
        Ok(code) if code.is_empty() => Err(io::Error::other("no code was entered")),
        code => code,
    }
}

/// What is typed up to Enter. It is not shown.
fn typed() -> io::Result<String> {
    let mut code = String::new();
    loop {
        let Event::Key(KeyEvent { code: key, kind, modifiers, .. }) = event::read()? else {
            continue;
        };
        let is_control = modifiers.contains(KeyModifiers::CONTROL);
        match key {
            _ if kind == KeyEventKind::Release => {}
            KeyCode::Enter => return Ok(code),
            KeyCode::Char('c' | 'd') if is_control => return Ok(String::new()),
            KeyCode::Char('j' | 'm') if is_control => return Ok(code),
            KeyCode::Char(c) if !is_control => code.push(c),
            KeyCode::Backspace => {
                code.pop();
            }
            _ => {}
        }
    }
}
