//! A prompt for the words of a call, which shows what may come next and what is said about it.

mod history;
mod line;
mod screen;

#[cfg(test)]
mod tests;

use crate::call::{Suggestion, suggest};
use crate::exit::{Failure, GENERAL, INTERRUPTED, USAGE};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use history::History;
use line::Line;
use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};

/// What stands in front of the line.
const HEAD: &str = "> typefoundry call ";

/// What a key leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Go,
    Call(Vec<String>),
    Leave,
}

/// The line that is being written, and what may come next.
#[derive(Debug, Default)]
struct Prompt {
    line: Line,
    found: Vec<Suggestion>,
    /// Which of them is chosen
    chosen: Option<usize>,
    problem: Option<String>,
    /// The lines that were called, the newest last
    history: Vec<String>,
    /// Whether what was found is of the history
    is_searching: bool,
    /// The line of the history that stands in the place of the one that was written
    recalled: Option<(usize, Line)>,
}

/// Whether there is somebody to ask.
pub(crate) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks for the words of a call; `words` are those that are there already, and `problem` is why they are
/// not enough.
pub(crate) fn ask(words: &[String], problem: Option<String>) -> Result<Vec<String>, Failure> {
    if !is_possible() {
        let message = "--cli-auto-prompt needs a terminal to ask at, and input or output is none; \
                       leave it out, or say --no-cli-auto-prompt";
        return Err(Failure::new(USAGE, message));
    }
    let failed =
        |error: io::Error| Failure::new(GENERAL, format!("cannot ask at this terminal: {error}"));
    terminal::enable_raw_mode().map_err(failed)?;
    let history = History::of_process();
    let asked = talk(Prompt { history: history.lines(), ..Prompt::new(words, problem) });
    // Whatever came of it, the terminal is as it was before.
    terminal::disable_raw_mode().map_err(failed)?;
    let words = asked.map_err(failed)?.ok_or_else(|| Failure::new(INTERRUPTED, ""))?;
    history.keep(&words);
    Ok(words)
}

fn talk(mut prompt: Prompt) -> io::Result<Option<Vec<String>>> {
    let mut out = io::stdout().lock();
    loop {
        let columns = terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        out.write_all(screen::draw(&prompt, columns).as_bytes())?;
        out.flush()?;
        let key = match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => key,
            _ => continue,
        };
        let step = prompt.press(key);
        if step != Step::Go {
            out.write_all(screen::leave(&prompt).as_bytes())?;
            out.flush()?;
        }
        match step {
            Step::Go => {}
            Step::Call(words) => return Ok(Some(words)),
            Step::Leave => return Ok(None),
        }
    }
}

impl Prompt {
    fn new(words: &[String], problem: Option<String>) -> Self {
        // What no shell could be given cannot be shown as words either.
        let mut line = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default();
        if !line.is_empty() {
            line.push(' ');
        }
        let mut prompt = Self { line: Line::new(line), problem, ..Self::default() };
        prompt.look_up();
        prompt
    }

    fn look_up(&mut self) {
        self.found = if self.is_searching {
            self.found_in_history()
        } else {
            suggest(&self.line.words_in_front())
        };
        self.chosen = None;
    }

    /// Each line of the history once that has the letters of this one in their order, the newest first
    /// (v2's `autocomplete/filters.py`).
    fn found_in_history(&self) -> Vec<Suggestion> {
        let mut seen = HashSet::new();
        let lines = self.history.iter().rev().map(|line| line.trim());
        let new = lines.filter(|line| seen.insert(*line) && has_letters(line, self.line.text()));
        new.map(|line| Suggestion::new(line, None)).collect()
    }

    /// Looks for lines in the history, or does so no more.
    fn search(&mut self, is_on: bool) -> Step {
        self.is_searching = is_on;
        self.recalled = None;
        self.look_up();
        Step::Go
    }

    /// Goes to an older line of the history, or to a newer one and back to what was written.
    fn recall(&mut self, is_older: bool) -> Step {
        let (place, written) = match self.recalled.take() {
            Some((place, written)) => (place, written),
            None => (self.history.len(), self.line.clone()),
        };
        let next = if is_older { place.saturating_sub(1) } else { place + 1 };
        match self.history.get(next) {
            Some(line) => {
                self.line = Line::new(line.clone());
                self.recalled = Some((next, written));
            }
            None => self.line = written,
        }
        self.look_up();
        Step::Go
    }

    fn press(&mut self, key: KeyEvent) -> Step {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let code = match key.code {
            KeyCode::Char(c) if is_control => match c {
                'c' => return Step::Leave,
                'd' if self.line.text().is_empty() => return Step::Leave,
                'd' => KeyCode::Delete,
                'a' => KeyCode::Home,
                'e' => KeyCode::End,
                'b' => KeyCode::Left,
                'f' => KeyCode::Right,
                'n' => KeyCode::Down,
                'p' => KeyCode::Up,
                'r' => return self.search(!self.is_searching),
                'h' => KeyCode::Backspace,
                'i' => KeyCode::Tab,
                'j' | 'm' => KeyCode::Enter,
                'w' => {
                    self.line.delete_word();
                    KeyCode::Null
                }
                'u' => {
                    self.line.delete_front();
                    KeyCode::Null
                }
                'k' => {
                    self.line.delete_behind();
                    KeyCode::Null
                }
                _ => return Step::Go,
            },
            code => code,
        };
        self.problem = None;
        match code {
            KeyCode::Enter => return self.enter(),
            KeyCode::Tab => self.accept(self.chosen.unwrap_or_default()),
            KeyCode::Down if self.recalled.is_some() && self.chosen.is_none() => {
                return self.recall(false);
            }
            KeyCode::Down => return self.choose(1),
            KeyCode::Up if self.recalls() => return self.recall(true),
            KeyCode::Up | KeyCode::BackTab => return self.choose(-1),
            KeyCode::Esc if self.is_searching => return self.search(false),
            KeyCode::Esc => {
                self.chosen = None;
                return Step::Go;
            }
            KeyCode::Char(c) => self.line.insert(c),
            KeyCode::Backspace => self.line.backspace(),
            KeyCode::Delete => self.line.delete(),
            KeyCode::Left => self.line.left(),
            KeyCode::Right => self.line.right(),
            KeyCode::Home => self.line.home(),
            KeyCode::End => self.line.end(),
            KeyCode::Null => {}
            _ => return Step::Go,
        }
        self.recalled = None;
        self.look_up();
        Step::Go
    }

    /// Whether the way up leads into the history, and not through what was found.
    fn recalls(&self) -> bool {
        self.chosen.is_none() && !self.is_searching && !self.history.is_empty()
    }

    /// Goes through what was found, and past its ends to the line itself.
    fn choose(&mut self, by: isize) -> Step {
        let count = self.found.len();
        self.chosen = match (self.chosen, by > 0) {
            (None, true) => Some(0),
            (None, false) => count.checked_sub(1),
            (Some(chosen), true) => Some(chosen + 1),
            (Some(chosen), false) => chosen.checked_sub(1),
        };
        self.chosen = self.chosen.filter(|chosen| *chosen < count);
        Step::Go
    }

    fn accept(&mut self, index: usize) {
        let Some(found) = self.found.get(index) else { return };
        if self.is_searching {
            self.line = Line::new(found.text.clone());
            self.is_searching = false;
        } else {
            self.line.complete(&found.text);
        }
    }

    /// Takes what is chosen, or calls.
    fn enter(&mut self) -> Step {
        if let Some(chosen) = self.chosen {
            self.accept(chosen);
            self.look_up();
            return Step::Go;
        }
        if let Some(words) = self.line.words() {
            return Step::Call(words);
        }
        self.problem = Some("A quote is not closed yet.".to_owned());
        Step::Go
    }
}

/// Whether the letters of a text are in a line, in their order and with others between them.
fn has_letters(line: &str, text: &str) -> bool {
    let mut letters = line.chars().flat_map(char::to_lowercase);
    let mut wanted = text.trim().chars().flat_map(char::to_lowercase);
    wanted.all(|wanted| letters.any(|letter| letter == wanted))
}
