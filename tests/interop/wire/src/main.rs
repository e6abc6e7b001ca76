//! Typefoundry's whole client behind lines of JSON, so that a comparison with another client can
//! ask one process about every operation of every service.
//!
//! A line on the standard input is a command, or an array of them; a line on the standard output
//! is the answer, or an array of as many. The commands:
//!
//! - `{"load": PATH}` imports a model from a file or a folder. The answer lists the `operations`
//!   that it has and the importer's `notes`.
//! - `{"operation": NAME, "input": {…}}` answers the unsigned request: `method`, `url`, `headers`
//!   as pairs and `body` in base64.
//! - `{"operation": NAME, "input": {…}, "response": {"status": …, "headers": [[…]], "body": …}}`
//!   answers what the client makes of the response: its `output`, or the `code`, `message`, `shape`
//!   of the error that it is.
//! - `{"wait": NAME, "input": {…}, "responses": […]}`, with `attempts` if there may be more or fewer
//!   calls than the model says, answers how waiting `ended`, after how many `attempts` and seconds
//!   (`waited`), and `why` it was no use.
//!
//! - `{"script": [{"after": SECONDS, "operation": NAME, "input": {…}}, …], "settings": {…}, "time":
//!   SECONDS, "responses": […]}` makes calls one after the other with a client of its own. The answer
//!   has all `requests` that were sent, signed, and the `outcomes` of the calls. A response that is
//!   `null` is a connection that breaks.
//!
//! What fails is answered with `error`, a sentence. Inputs and outputs have the model's form: its
//! names, base64 blobs, RFC 3339 times.

mod command;
mod script;
mod service;
mod waiting;
mod wiretap;

use command::Command;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use service::Service;
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut service = None;
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        serde_json::to_writer(&mut output, &answers(&mut service, &line?))?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn answers(service: &mut Option<Service>, line: &str) -> Value {
    match serde_json::from_str::<Vec<&RawValue>>(line) {
        Ok(commands) => commands.iter().map(|command| answer(service, command.get())).collect(),
        Err(_) => answer(service, line),
    }
}

fn answer(service: &mut Option<Service>, command: &str) -> Value {
    carry_out(service, command).unwrap_or_else(|reason| json!({ "error": reason }))
}

fn carry_out(service: &mut Option<Service>, command: &str) -> Result<Value, String> {
    match Command::parse(command)? {
        Command::Load(path) => {
            // Not before the old one is gone: two of the largest are a lot of memory.
            *service = None;
            let (loaded, notes) = Service::load(&path)?;
            let answer = json!({ "operations": loaded.operations(), "notes": notes });
            *service = Some(loaded);
            Ok(answer)
        }
        Command::Call { operation, input, response } => {
            let service = service.as_ref().ok_or("no model is loaded")?;
            service.call(&operation, input.get(), response)
        }
        Command::Script(script) => {
            let service = service.as_ref().ok_or("no model is loaded")?;
            service.script(script)
        }
        Command::Wait { waiter, input, responses, attempts } => {
            let service = service.as_ref().ok_or("no model is loaded")?;
            service.wait(&waiter, input.get(), responses, attempts)
        }
    }
}
