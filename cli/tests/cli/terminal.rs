//! What a person at a terminal sees, through a pseudo-terminal: the pager, colours and progress. The
//! terminal is made by the operating system's own calls, so that nothing has to be installed.

use crate::run::{Folder, run, with_account};
use crate::server::{Server, answer, ok};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// A terminal with a program's ends of it.
struct Terminal {
    screen: File,
    path: String,
}

impl Terminal {
    fn new(columns: u16) -> Self {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&screen).and_then(|()| unlockpt(&screen)).expect("it may be opened");
        let size = Winsize { ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&screen, size).expect("a size");
        let path = ptsname(&screen, Vec::new()).expect("a name").into_string().expect("UTF-8");
        Self { screen: File::from(screen), path }
    }

    fn end(&self) -> Stdio {
        let file = OpenOptions::new().read(true).write(true).open(&self.path);
        Stdio::from(file.expect("the terminal can be opened"))
    }

    /// The same of a program that is talked to: when it has shown a text, the keys are pressed.
    fn talks(self, command: Command, talk: &[(&str, &str)]) -> (String, Option<i32>) {
        let mut keys = self.screen.try_clone().expect("the terminal has two ends");
        let mut talk = talk.iter().peekable();
        // Where the text that the next keys wait for may begin
        let mut from = 0;
        self.watches(command, |all| {
            while let Some((expected, pressed)) = talk.peek() {
                if !String::from_utf8_lossy(&all[from..]).contains(expected) {
                    return;
                }
                from = all.len();
                keys.write_all(pressed.as_bytes()).expect("keys can be pressed");
                talk.next();
            }
        })
    }

    /// All that a program shows, without the carriage returns that a terminal adds.
    fn shows(self, command: Command) -> (String, Option<i32>) {
        self.watches(command, |_| {})
    }

    fn watches(self, mut command: Command, mut watch: impl FnMut(&[u8])) -> (String, Option<i32>) {
        let mut child = command.spawn().expect("the binary starts");
        // Its ends have to be closed here, or reading would not end.
        drop(command);
        let mut screen = self.screen;
        let (mut shown, mut part) = (Vec::new(), [0; 4096]);
        // Linux ends a terminal that nobody writes to any more with an error.
        while let Ok(count @ 1..) = screen.read(&mut part) {
            shown.extend_from_slice(&part[..count]);
            watch(&shown);
        }
        let code = child.wait().expect("it ends").code();
        (String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n"), code)
    }
}

fn list(server: &Server, options: &[&str]) -> Command {
    let mut command = with_account();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.args(["call", "aws", "ivs", "list-channels", "--endpoint-url", &server.url]);
    command.args(options);
    command
}

fn channel() -> Server {
    Server::new([ok(r#"{"channels": [{"name": "a", "arn": "arn:a"}]}"#)])
}

#[test]
fn the_output_goes_through_the_pager() {
    let seen = |variables: &[(&str, &str)], options: &[&str]| {
        let server = channel();
        let mut command = list(&server, options);
        command.args(["--output", "text"]).envs(variables.iter().copied());
        let terminal = Terminal::new(80);
        command.stdout(terminal.end()).stderr(terminal.end());
        terminal.shows(command)
    };
    let line = "CHANNELS\tarn:a\ta\n";
    let expected = format!("[FRX] {line}");
    let pager = "sh -c 'printf \"[$LESS] \"; cat'";
    assert_eq!(seen(&[("AWS_PAGER", pager), ("PAGER", "false")], &[]), (expected.clone(), Some(0)));
    assert_eq!(seen(&[("PAGER", pager)], &[]), (expected, Some(0)));
    let own = format!("[R] {line}");
    assert_eq!(seen(&[("AWS_PAGER", pager), ("LESS", "R")], &[]), (own, Some(0)));
    assert_eq!(seen(&[("AWS_PAGER", pager)], &["--no-cli-pager"]), (line.to_owned(), Some(0)));
    assert_eq!(seen(&[("AWS_PAGER", "")], &[]), (line.to_owned(), Some(0)));
    // A pager that has enough is no failure.
    assert_eq!(seen(&[("AWS_PAGER", "true")], &[]), (String::new(), Some(0)));
    let (said, code) = seen(&[("AWS_PAGER", "/no/such/pager")], &[]);
    assert_eq!(code, Some(253));
    assert!(said.starts_with("Unable to redirect output to pager."), "{said}");
}

#[test]
fn tables_have_colors_and_fit_the_terminal() {
    let seen = |columns: u16, options: &[&str]| {
        let server = channel();
        let mut command = list(&server, options);
        command.args(["--output", "table", "--no-cli-pager"]);
        let terminal = Terminal::new(columns);
        command.stdout(terminal.end()).stderr(terminal.end());
        terminal.shows(command).0
    };
    assert!(seen(80, &[]).contains("\u{1b}[1m\u{1b}[34marn:a\u{1b}[0m"));
    assert!(!seen(80, &["--color", "off"]).contains('\u{1b}'));
    // A row that is too wide stands upright.
    let query = ["--color", "off", "--query", "channels[0]"];
    assert!(seen(80, &query).contains("|   arn  | name   |\n"), "{}", seen(80, &query));
    assert!(seen(10, &query).contains("|  arn  |  arn:a  |\n"), "{}", seen(10, &query));
}

#[test]
fn what_is_piped_has_neither_pager_nor_colors_nor_progress() {
    let server = channel();
    let mut command = list(&server, &["--output", "table"]);
    command.env("AWS_PAGER", "false");
    let output = command.output().expect("the binary starts");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(shown.starts_with("--") && !shown.contains('\u{1b}'), "{shown}");
    assert!(output.stderr.is_empty());
    let server = channel();
    let mut command = list(&server, &["--output", "table", "--color", "on"]);
    let output = command.output().expect("the binary starts");
    assert!(output.stdout.contains(&0x1b));
}

/// A server that takes its time is what a bar is for.
#[test]
fn long_transfers_show_how_far_they_are() {
    let pages = || {
        Server::slow([
            ok(r#"{"channels": [{"name": "a"}, {"name": "b"}], "nextToken": "t"}"#),
            ok(r#"{"channels": [{"name": "c"}]}"#),
        ])
    };
    let server = pages();
    let mut command = list(&server, &[]);
    let terminal = Terminal::new(80);
    command.stdout(Stdio::null()).stderr(terminal.end());
    let (shown, code) = terminal.shows(command);
    assert_eq!((&*shown, code), ("\r3 items\u{1b}[K\r\u{1b}[K", Some(0)));
    let server = pages();
    let output = list(&server, &[]).output().expect("the binary starts");
    assert!(output.stderr.is_empty(), "piped, it is silent");
    let server = Server::new([answer("400 Bad Request", "application/json", "{}")]);
    let mut command = list(&server, &[]);
    let terminal = Terminal::new(80);
    command.stdout(Stdio::null()).stderr(terminal.end());
    assert_eq!(terminal.shows(command).1, Some(254));
}

#[test]
fn help_fits_the_terminal_and_goes_through_the_pager() {
    let seen = |columns: u16, options: &[&str]| {
        let mut command = with_account();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("AWS_PAGER", "sh -c 'printf paged:; cat'");
        command.args(["call", "aws", "ivs", "get-channel", "help"]).args(options);
        let terminal = Terminal::new(columns);
        command.stdout(terminal.end()).stderr(terminal.end());
        terminal.shows(command).0
    };
    let shown = seen(40, &[]);
    assert!(shown.starts_with("paged:\u{1b}[1mNAME\u{1b}[0m\n"), "{shown}");
    let plain = run(with_account(), ["call", "aws", "ivs", "get-channel", "help"]).ok();
    assert!(plain.starts_with("NAME\n"), "{plain}");
    let longest = |text: &str| text.lines().map(|line| line.chars().count()).max();
    let described = |text: &str| {
        let section = text.split("\nDESCRIPTION\n").nth(1).unwrap_or_default();
        longest(section.split("\nSYNOPSIS\n").next().unwrap_or_default())
    };
    let options = ["--color", "off", "--no-cli-pager"];
    assert!(described(&seen(30, &options)) <= Some(30) && described(&plain) > Some(30));
}

/// `call` at a terminal that is written to as well.
fn at_terminal(terminal: &Terminal, words: &[&str]) -> Command {
    let mut command = with_account();
    command.env("AWS_PAGER", "").arg("call").args(words);
    command.stdin(terminal.end()).stdout(terminal.end()).stderr(terminal.end());
    command
}

#[test]
fn a_prompt_completes_words_and_calls() {
    let terminal = Terminal::new(100);
    let command = at_terminal(&terminal, &["--mock", "--cli-auto-prompt", "aws", "ivs"]);
    let talk = [
        ("> typefoundry call --mock aws ivs ", "get-ch"),
        ("get-channel", "\t\t"),
        ("--arn \r", "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh --out"),
        ("The form of the output", "\t"),
        ("yaml-stream", "\x1b[B\x1b[B\x1b[B"),
        ("\x1b[7m  table", "\r"),
        ("table \r", "\r"),
    ];
    let (shown, code) = terminal.talks(command, &talk);
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("GetChannel"), "{shown}");
}

#[test]
fn a_prompt_remembers_lines_but_no_secrets() {
    let folder = Folder::new("terminal-history");
    let asked = |talk: &[(&str, &str)]| {
        let terminal = Terminal::new(100);
        let mut command = at_terminal(&terminal, &["--cli-auto-prompt"]);
        command.env("HOME", folder.path());
        terminal.talks(command, talk)
    };
    let line = "aws s3api head-object --bucket b --key k --mock --sse-customer-key 12345\r";
    let (shown, code) = asked(&[("> typefoundry call ", line)]);
    assert_eq!(code, Some(0), "{shown}");
    let kept = folder.read(".local/state/typefoundry/prompt_history.json");
    assert_eq!(
        kept,
        r#"{"version":1,"commands":["--mock aws s3api head-object --bucket b --key k"]}"#
    );
    // The newest line, and the one that was looked for
    for keys in ["\x1b[A", "\x12hdobj\t"] {
        let (shown, code) =
            asked(&[("> typefoundry call ", keys), ("head-object --bucket b --key k\r", "\r")]);
        assert_eq!(code, Some(0), "{shown}");
    }
}

#[test]
fn a_prompt_can_be_left() {
    let terminal = Terminal::new(80);
    let command = at_terminal(&terminal, &["--cli-auto-prompt"]);
    let (shown, code) = terminal.talks(command, &[("> typefoundry call ", "aws\x03")]);
    assert_eq!(code, Some(130), "{shown}");
}

#[test]
fn the_environment_asks_for_a_prompt() {
    let asked = |mode: &str, words: &[&str], talk: &[(&str, &str)]| {
        let terminal = Terminal::new(100);
        let mut command = at_terminal(&terminal, words);
        command.env("AWS_CLI_AUTO_PROMPT", mode);
        terminal.talks(command, talk)
    };
    let whole = ["aws", "ivs", "get-channel", "--mock"];
    let ask: &[(&str, &str)] = &[("> typefoundry call ", "\x03")];
    assert_eq!(asked("on", &whole, ask).1, Some(130));
    // What is missing is said, and asked for.
    let (shown, code) = asked("on-partial", &whole, ask);
    assert!(code == Some(130) && shown.contains("arguments are required: --arn"), "{shown}");
    let enough = ["aws", "ivs", "list-channels", "--mock"];
    assert_eq!(asked("on-partial", &enough, &[]).1, Some(0));
    assert_eq!(asked("off", &whole, &[]).1, Some(252));
    assert_eq!(asked("on", &[&whole[..], &["--no-cli-auto-prompt"]].concat(), &[]).1, Some(252));
    assert_eq!(asked("on", &["aws", "help", "--no-cli-pager"], &[]).1, Some(0));
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let said = run(with_account(), ["call", "aws", "ivs", "--cli-auto-prompt"]).failed(252);
    assert!(said.starts_with("--cli-auto-prompt needs a terminal"), "{said}");
    let mut command = with_account();
    command.env("AWS_CLI_AUTO_PROMPT", "on");
    run(command, ["call", "aws", "ivs", "list-channels", "--mock"]).ok();
}
