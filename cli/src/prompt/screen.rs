//! What the terminal shows: the line, what may come next, and what is said about it.

use super::{HEAD, Prompt};
use crate::output::printable_line;
use std::fmt::Write;

/// How much of what may come next is shown at once.
const ROWS: usize = 8;

/// What is said while lines are looked for in the history.
const SEARCHING: &str = "History: the arrows choose, Enter takes a line, Esc leaves it.";
const NOTHING: &str = "History: there is no such line; Esc leaves it.";

/// What has to be written to show a prompt. The cursor stands in the line before and after.
pub(super) fn draw(prompt: &Prompt, columns: usize) -> String {
    // In the last column, the cursor would be on the next line.
    let columns = columns.saturating_sub(1).max(HEAD.len() + 10);
    let room = columns - HEAD.len();
    let front: Vec<char> = prompt.line.front().chars().collect();
    let all: Vec<char> = prompt.line.text().chars().collect();
    // A long line is shown around the cursor.
    let first = (front.len() + 1).saturating_sub(room);
    let shown: String = all.iter().skip(first).take(room).collect();
    let mut rows = Vec::new();
    if let Some(problem) = &prompt.problem {
        rows.push(cut(problem, columns));
    }
    if prompt.is_searching {
        let nothing = prompt.found.is_empty();
        let told = if nothing { NOTHING } else { SEARCHING };
        rows.push(cut(told, columns));
    }
    let chosen = prompt.chosen;
    let from = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(ROWS));
    let found = prompt.found.iter().enumerate().skip(from).take(ROWS);
    let widest = found.clone().map(|(_, it)| it.text.chars().count()).max().unwrap_or_default();
    for (index, suggestion) in found {
        let mark = if suggestion.is_required { "*" } else { " " };
        let about = suggestion.about.as_deref().unwrap_or_default();
        let row = cut(&format!("{mark} {:widest$}  {about}", suggestion.text), columns);
        rows.push(if chosen == Some(index) { format!("\u{1b}[7m{row}\u{1b}[0m") } else { row });
    }
    if prompt.found.len() > ROWS {
        rows.push(format!("  {} of {}", from + ROWS, prompt.found.len()));
    }
    // What is said about the chosen one as a whole, where its row had no place for it
    let about = chosen.and_then(|chosen| prompt.found.get(chosen)?.about.clone());
    if let Some(about) = about.filter(|about| widest + 4 + about.chars().count() > columns) {
        rows.push(String::new());
        rows.extend(wrapped(&about, columns).into_iter().take(4));
    }
    let mut out = format!("\r\u{1b}[J{HEAD}{}", printable_line(&shown));
    for row in &rows {
        out.push_str("\r\n");
        out.push_str(row);
    }
    if !rows.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(out, "\u{1b}[{}A", rows.len());
    }
    let _ = write!(out, "\r\u{1b}[{}C", HEAD.len() + front.len() - first);
    out
}

/// The line alone, and the cursor below it.
pub(super) fn leave(prompt: &Prompt) -> String {
    format!("\r\u{1b}[J{HEAD}{}\r\n", printable_line(prompt.line.text()))
}

/// A text in lines of so many columns, with a margin.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for word in printable_line(text).split_whitespace() {
        match rows.last_mut() {
            Some(row) if row.chars().count() + 1 + word.chars().count() <= columns => {
                row.push(' ');
                row.push_str(word);
            }
            _ => rows.push(cut(&format!("  {word}"), columns)),
        }
    }
    rows
}

fn cut(text: &str, columns: usize) -> String {
    let text = printable_line(text);
    if text.chars().count() <= columns {
        return text;
    }
    let cut: String = text.chars().take(columns.saturating_sub(1)).collect();
    cut + "…"
}
