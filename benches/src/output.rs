//! What putting out many items takes: a loopback server gives them in pages, and the command line shows
//! them in each form.

use crate::Result;
use crate::measure::measured;
use crate::table;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

/// Items of a page
const PAGE: usize = 1000;

/// Calls `list-channels` for so many items in each form.
///
/// # Errors
///
/// If the command line cannot be built or fails.
pub(crate) fn print(root: &Path, items: usize) -> Result<()> {
    let build = ["build", "--release", "--quiet", "-p", "typefoundry-cli"];
    if !Command::new("cargo").args(build).current_dir(root).status()?.success() {
        return Err("the command line cannot be built".into());
    }
    let url = serve(items)?;
    let mut rows = Vec::new();
    let forms: [&[&str]; 7] = [
        &["json"],
        &["json", "--query", "channels[].name"],
        &["text"],
        &["table"],
        &["yaml"],
        &["yaml-stream"],
        &["off"],
    ];
    for form in forms {
        let mut command = Command::new(root.join("target/release/typefoundry"));
        command.args(["call", "aws", "ivs", "list-channels", "--region", "eu-west-1"]);
        command.args(["--no-sign-request", "--endpoint-url", &url, "--output"]).args(form);
        let cost = measured(&command)?;
        rows.push(vec![
            form.join(" "),
            format!("{:.2}", cost.wall.as_secs_f64()),
            format!("{:.2}", cost.cpu()),
            format!("{:.1}", cost.megabytes),
        ]);
    }
    let table = table::render(&["output", "seconds", "CPU seconds", "MB at most"], &rows);
    println!("{items} items in pages of {PAGE}\n\n{table}");
    Ok(())
}

/// Answers until the process ends.
fn serve(items: usize) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away is served no more.
            std::thread::spawn(move || answers(&stream, items));
        }
    });
    Ok(url)
}

fn answers(stream: &TcpStream, items: usize) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8(body).ok()?;
        let token = body.split('"').rev().nth(1).and_then(|token| token.parse().ok());
        let answer = page(token.unwrap_or(0), items);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
        let mut stream = stream;
        write!(stream, "{head} {}\r\n\r\n{answer}", answer.len()).ok()?;
    }
}

fn page(first: usize, items: usize) -> String {
    let last = (first + PAGE).min(items);
    let mut page = String::from(r#"{"channels": ["#);
    for item in first..last {
        let comma = if item > first { "," } else { "" };
        let _ = write!(
            page,
            r#"{comma}{{"arn": "arn:aws:ivs:eu-west-1:123456789012:channel/{item}", "name": "channel-{item}", "latencyMode": "LOW", "authorized": false, "tags": {{"site": "north", "number": "{item}"}}}}"#
        );
    }
    page.push(']');
    if last < items {
        let _ = write!(page, r#", "nextToken": "{last}""#);
    }
    page + "}"
}
