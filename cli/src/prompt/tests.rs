use super::line::Line;
use super::{Prompt, Step, screen};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The keys of a text: `<tab>`, `<^a>` and the like are keys with names.
fn press(prompt: &mut Prompt, keys: &str) -> Step {
    let mut step = Step::Go;
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let key = match named {
            Some((name, _)) if name.starts_with('^') => {
                let c = name.chars().nth(1).expect("a letter");
                KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
            }
            Some((name, _)) => KeyEvent::from(match name {
                "tab" => KeyCode::Tab,
                "enter" => KeyCode::Enter,
                "up" => KeyCode::Up,
                "down" => KeyCode::Down,
                "left" => KeyCode::Left,
                "right" => KeyCode::Right,
                "back" => KeyCode::Backspace,
                "del" => KeyCode::Delete,
                "esc" => KeyCode::Esc,
                other => panic!("no key {other}"),
            }),
            None => KeyEvent::from(KeyCode::Char(c)),
        };
        rest = named.map_or_else(|| &rest[c.len_utf8()..], |(_, rest)| rest);
        step = prompt.press(key);
    }
    step
}

#[test]
fn keys_write_the_line() {
    for (start, keys, expected) in [
        ("", "aws iv<tab>", "aws ivs "),
        ("", "<tab><down><down><enter>", "aws customer-profiles "),
        ("", "<up><up><esc><down><enter>", "aws "),
        ("aws ivs", "get-ch<tab><tab>", "aws ivs get-channel --arn "),
        (
            "aws ivs create-channel",
            "--lat<tab>L<tab>",
            "aws ivs create-channel --latency-mode LOW ",
        ),
        ("aws", "<^a>x<^e>y", "xaws y"),
        ("aws ivs", "<^w>x", "aws x"),
        ("aws ivs", "<left><left><^k>", "aws iv"),
        ("aws ivs", "<left><left><left><^u>", "vs "),
        ("aws", "<back><back>é<back>ü", "awü"),
        ("aws ivs", "<^a><del><right><^d>", "w ivs "),
        ("aws i x", "<left><left><left><tab>", "aws ivs x "),
        ("", "<up><down><down><^x>", ""),
    ] {
        let words: Vec<String> = start.split_whitespace().map(str::to_owned).collect();
        let mut prompt = Prompt::new(&words, None);
        assert_eq!(press(&mut prompt, keys), Step::Go, "{start} {keys}");
        assert_eq!(prompt.line.text(), expected, "{start} {keys}");
    }
}

#[test]
fn lines_come_back_from_the_history() {
    let history =
        ["aws ivs list-channels", "aws sqs list-queues", "aws ivs list-channels", "ncp x"];
    for (keys, expected) in [
        ("<up>", "ncp x"),
        ("<up><up><up><up><up>", "aws ivs list-channels"),
        ("aws<up><up><down>", "ncp x"),
        ("aws<up><up><down><down>", "aws"),
        ("aws<^p><^p><^n><^n>x", "awsx"),
        // What is written of a line is one's own.
        ("<up> y<up><down>", "ncp x y"),
        // Behind the line that was written come the suggestions again.
        ("<up><down><down><enter>", "aws "),
        ("<down><up><up>", "ncp x"),
        ("<^r><down><enter>", "ncp x"),
        ("LSQ<^r><tab>", "aws sqs list-queues"),
        ("<^r>ivs<down><up><down><enter>", "aws ivs list-channels"),
        ("<^r><up><enter>", "aws sqs list-queues"),
        ("<^r><esc>aw<tab>", "aws "),
        ("<^r><^r>aw<tab>", "aws "),
        ("<^r>nothing<tab>", "nothing"),
    ] {
        let history = history.map(str::to_owned).to_vec();
        let mut prompt = Prompt { history, ..Prompt::new(&[], None) };
        assert_eq!(press(&mut prompt, keys), Step::Go, "{keys}");
        assert_eq!(prompt.line.text(), expected, "{keys}");
    }
    let history = history.map(str::to_owned).to_vec();
    let mut prompt = Prompt { history, ..Prompt::new(&[], None) };
    press(&mut prompt, "<^r>");
    let found: Vec<_> = prompt.found.iter().map(|it| &*it.text).collect();
    assert_eq!(found, ["ncp x", "aws ivs list-channels", "aws sqs list-queues"]);
    assert!(screen::draw(&prompt, 80).contains("History: the arrows choose"));
    press(&mut prompt, "zz");
    assert!(screen::draw(&prompt, 80).contains("no such line"));
}

#[test]
fn a_line_is_called_or_left() {
    let call = |words: &[&str]| Step::Call(words.iter().map(|it| (*it).to_owned()).collect());
    for (keys, expected) in [
        ("aws ivs --name 'a b'<enter>", call(&["aws", "ivs", "--name", "a b"])),
        ("<enter>", call(&[])),
        ("aws 'iv<enter>", Step::Go),
        ("aws<^c>", Step::Leave),
        ("<^d>", Step::Leave),
        ("a<^d>", Step::Go),
    ] {
        let mut prompt = Prompt::new(&[], None);
        assert_eq!(press(&mut prompt, keys), expected, "{keys}");
        assert_eq!(prompt.problem.is_some(), keys.contains("'iv"), "{keys}");
    }
}

#[test]
fn the_word_at_the_cursor_may_be_quoted() {
    for (text, expected) in [
        ("", &[""][..]),
        ("a ", &["a", ""]),
        ("a 'b c", &["a", "b c"]),
        ("a 'b c' d", &["a", "b c", "d"]),
        ("a\\ b", &["a b"]),
        ("--x \"y z", &["--x", "y z"]),
    ] {
        assert_eq!(Line::new(text).words_in_front(), expected, "{text}");
    }
    let mut line = Line::new("a 'b c");
    line.complete("b c d");
    assert_eq!(line.text(), "a 'b c d' ");
}

#[test]
fn the_screen_shows_what_may_come_next() {
    let words = ["aws", "ivs", "create-channel", "--latency-mode"].map(str::to_owned);
    let mut prompt = Prompt::new(&words, Some("Something is missing.".to_owned()));
    let mut shown = screen::draw(&prompt, 50);
    press(&mut prompt, "<down>");
    shown += "\n\n";
    shown += &screen::draw(&prompt, 40);
    press(&mut prompt, "<enter>");
    shown += "\n\n";
    shown += &screen::draw(&prompt, 70);
    shown += "\n\n";
    shown += &screen::leave(&prompt);
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!("screen", shown.replace('\u{1b}', "^").replace('\r', ""));
    });
}
