//! A line of text: its emphasis, code and links in Markdown's signs.

/// Text of one look.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) code: bool,
    pub(super) emphasis: Emphasis,
    pub(super) link: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Emphasis {
    None,
    Bold,
    Italic,
}

impl Run {
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), code: false, emphasis: Emphasis::None, link: None }
    }

    fn looks_like(&self, other: &Self) -> bool {
        self.code == other.code && self.emphasis == other.emphasis && self.link == other.link
    }
}

/// One line of Markdown.
pub(super) fn render(runs: &[Run]) -> String {
    let runs = folded(runs);
    let mut line = String::new();
    let mut rest = &runs[..];
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|run| run.link == first.link).count();
        let (group, behind) = rest.split_at(same);
        let next = behind.first().and_then(|run| run.text.chars().next());
        match &first.link {
            Some(address) if !address.is_empty() => link(group, address, next, &mut line),
            _ => emphasized(group, next, &mut line),
        }
        rest = behind;
    }
    start_of_line(line.trim())
}

/// Runs without double spaces and invisible signs; equal neighbours are one.
fn folded(runs: &[Run]) -> Vec<Run> {
    let mut folded: Vec<Run> = Vec::new();
    let mut after_space = true;
    for run in runs {
        let mut text = String::with_capacity(run.text.len());
        for c in visible(&run.text).chars() {
            if !c.is_whitespace() {
                text.push(c);
            } else if !after_space {
                text.push(' ');
            }
            after_space = c.is_whitespace();
        }
        match folded.last_mut() {
            Some(last) if last.looks_like(run) => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => folded.push(Run { text, ..run.clone() }),
        }
    }
    folded
}

/// A line without signs that cannot be seen, or that change how others are seen.
pub(super) fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        (c.is_control() && !c.is_whitespace())
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

fn link(runs: &[Run], address: &str, next: Option<char>, line: &mut String) {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let words = text.trim();
    if words.is_empty() {
        line.push_str(&text);
        return;
    }
    let mut inside = String::new();
    emphasized(runs, next, &mut inside);
    line.push_str(if text.starts_with(' ') { " " } else { "" });
    if words == address {
        line.push_str(address);
    } else {
        let inside = inside.trim();
        // Brackets would end the words of the link too early.
        let inside = if inside.contains(['[', ']']) {
            escaped(&words.replace(['[', ']'], ""), None, next)
        } else {
            inside.to_owned()
        };
        line.extend(["[", &inside, "](", address, ")"]);
    }
    line.push_str(if text.ends_with(' ') { " " } else { "" });
}

fn emphasized(runs: &[Run], next: Option<char>, line: &mut String) {
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|run| run.emphasis == first.emphasis).count();
        let (group, behind) = rest.split_at(same);
        let next = behind.first().map_or(next, |run| run.text.chars().next());
        let mark = match first.emphasis {
            Emphasis::None => "",
            Emphasis::Bold => "**",
            Emphasis::Italic => "*",
        };
        let mut inside = String::new();
        for (index, run) in group.iter().enumerate() {
            let next = group.get(index + 1).map_or(next, |run| run.text.chars().next());
            if run.code {
                code(&run.text, &mut inside);
            } else {
                let before = inside.chars().next_back().or(line.chars().next_back());
                inside.push_str(&escaped(&run.text, before, next));
            }
        }
        let words = inside.trim();
        let (before, after) =
            (line.chars().next_back(), if inside.ends_with(' ') { Some(' ') } else { next });
        let before = if inside.starts_with(' ') { Some(' ') } else { before };
        if mark.is_empty() || words.is_empty() || !holds(words, before, after) {
            line.push_str(&inside);
        } else {
            line.push_str(if inside.starts_with(' ') { " " } else { "" });
            line.extend([mark, words, mark]);
            line.push_str(if inside.ends_with(' ') { " " } else { "" });
        }
        rest = behind;
    }
}

/// Whether emphasis is seen as such: beside a letter, a sign of punctuation may not be the first
/// or last of it (`CommonMark`, §6.2), and a star beside it would become part of the mark.
fn holds(words: &str, before: Option<char>, after: Option<char>) -> bool {
    let is_open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '*');
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (is_open(before) || is_letter(before) && is_letter(words.chars().next()))
        && (is_open(after) || is_letter(after) && is_letter(words.chars().next_back()))
        && !words.starts_with('*')
        && !words.ends_with('*')
}

/// A code span; spaces at its ends stand outside.
fn code(text: &str, line: &mut String) {
    let words = text.trim();
    if words.is_empty() {
        line.push_str(text);
        return;
    }
    line.push_str(if text.starts_with(' ') { " " } else { "" });
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    // Two spans that touch would be one.
    let ticks = "`".repeat(longest + 1 + usize::from(line.ends_with('`')));
    let room = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    line.extend([&ticks, room, words, room, &ticks]);
    line.push_str(if text.ends_with(' ') { " " } else { "" });
}

/// Text whose signs mean nothing to Markdown. Only what would mean something is escaped, since
/// people read it as well.
fn escaped(text: &str, before: Option<char>, after: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut previous = before;
    while let Some(c) = rest.chars().next() {
        if c == 'h' && (rest.starts_with("https://") || rest.starts_with("http://")) {
            let end = rest.find(|c: char| c.is_whitespace() || "<>`\"'\\".contains(c));
            let (address, behind) = rest.split_at(end.unwrap_or(rest.len()));
            out.push_str(address);
            (previous, rest) = (address.chars().next_back(), behind);
            continue;
        }
        // Some write code as in Markdown.
        if c == '`'
            && let Some((span, behind)) = rest[1..].split_once('`')
            && !span.trim().is_empty()
            && !behind.starts_with('`')
        {
            out.extend(["`", span, "`"]);
            (previous, rest) = (Some('`'), behind);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let next = rest.chars().next().or(after);
        let is = |c: Option<char>, test: fn(char) -> bool| c.is_some_and(test);
        let escape = match c {
            '`' => true,
            '*' => is(previous, |c| !c.is_whitespace()) || is(next, |c| !c.is_whitespace()),
            '_' => {
                let inside = is(previous, char::is_alphanumeric) && is(next, char::is_alphanumeric);
                let alone =
                    !is(previous, |c| !c.is_whitespace()) && !is(next, |c| !c.is_whitespace());
                !inside && !alone
            }
            '<' => opens_html(rest),
            '&' => is_entity(rest),
            '\\' => is(next, |c| c.is_ascii_punctuation()),
            '[' => rest.split_once(']').is_some_and(|(_, rest)| rest.starts_with(['(', ':', '['])),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        previous = Some(c);
    }
    out
}

/// A line of Markdown in which nothing is HTML.
pub(super) fn without_html(line: &str) -> String {
    let line = visible(line);
    let mut out = String::with_capacity(line.len());
    let mut in_code = false;
    for (index, c) in line.char_indices() {
        let rest = line.get(index + 1..).unwrap_or_default();
        in_code ^= c == '`';
        if !in_code && (c == '<' && opens_html(rest) || c == '&' && is_entity(rest)) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn opens_html(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn is_entity(rest: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    rest.split_once(';').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_name))
}

/// Takes their power from signs that have one at the start of a line.
fn start_of_line(line: &str) -> String {
    let first = line.chars().next();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &line[digits..];
    let is_item = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    match first {
        Some('#' | '>' | '=' | '~') => format!("\\{line}"),
        Some('-' | '+' | '*') if is_item(&line[1..]) || line.starts_with("--") => {
            format!("\\{line}")
        }
        _ if (1..=9).contains(&digits)
            && behind.starts_with(['.', ')'])
            && is_item(&behind[1..]) =>
        {
            format!("{}\\{behind}", &line[..digits])
        }
        _ => line.to_owned(),
    }
}

/// An address that a link may lead to, without signs that would end it.
pub(super) fn address(address: &str) -> Option<String> {
    let address: String = address.chars().filter(|c| !c.is_control()).collect();
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let is_known = match scheme.as_str() {
        "http" | "https" => rest.trim_start_matches('/').starts_with(|c: char| !"?#".contains(c)),
        "mailto" => rest.contains('@'),
        _ => false,
    };
    if !is_known {
        return None;
    }
    let mut out = format!("{scheme}:");
    for c in rest.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            c => out.push(c),
        }
    }
    (!out.chars().any(char::is_whitespace)).then_some(out)
}
