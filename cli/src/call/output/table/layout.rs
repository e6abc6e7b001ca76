//! How wide columns are, and where text stands in them: as the AWS CLI's `table.py` has it.

use super::width::columns;
use std::io::{self, Write};

/// Spaces beside a cell's text, of both sides.
const PADDING: usize = 4;
const BLUE: &str = "\u{1b}[1m\u{1b}[34m";
const DIM: &str = "\u{1b}[2m\u{1b}[33m";
const RESET: &str = "\u{1b}[0m";

/// What a table looks like besides its text.
#[derive(Clone, Copy, Debug)]
pub(in crate::call::output) struct Look {
    /// The columns that a terminal has
    pub(in crate::call::output) width: usize,
    pub(in crate::call::output) colored: bool,
}

/// Sections below each other.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) sections: Vec<Section>,
}

/// A title, a head and rows; any of them may be missing.
#[derive(Debug)]
pub(super) struct Section {
    title: String,
    depth: usize,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    cells: Option<usize>,
    /// Of each column, the most that a cell takes
    widths: Vec<usize>,
}

impl Section {
    pub(super) fn new(title: &str, depth: usize) -> Self {
        let (head, rows, widths) = (Vec::new(), Vec::new(), Vec::new());
        Self { title: title.to_owned(), depth, head, rows, cells: None, widths }
    }

    fn measure(&mut self, cells: &[String]) {
        if self.widths.is_empty() {
            self.widths = vec![0; cells.len()];
        }
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = columns(cell).max(*width);
        }
    }

    fn row(&mut self, cells: Vec<String>) -> Result<(), String> {
        let known = *self.cells.get_or_insert(cells.len());
        if known != cells.len() {
            return Err(format!(
                "Row should have {known} elements, instead it has {}",
                cells.len()
            ));
        }
        self.measure(&cells);
        self.rows.push(cells);
        Ok(())
    }

    fn width(&self) -> usize {
        let edges = 2 + 2 * self.depth;
        let cells: usize = self.widths.iter().map(|width| width + PADDING).sum();
        (cells + edges).max(columns(&self.title) + edges)
    }

    /// A row with its head becomes one row for each of its cells.
    fn upright(self) -> Self {
        if self.rows.len() != 1 || self.head.is_empty() {
            return self;
        }
        let mut upright = Self::new(&self.title, self.depth);
        for (name, cell) in self.head.into_iter().zip(self.rows.into_iter().flatten()) {
            // Each of them has two cells.
            let _ = upright.row(vec![name, cell]);
        }
        upright
    }

    /// The columns' widths with all that is beside them, which come to `width`.
    fn scaled(&self, width: usize) -> Vec<i64> {
        let wide: Vec<_> = self.widths.iter().map(|width| width + PADDING).collect();
        let sum: usize = wide.iter().sum();
        if wide.is_empty() {
            return Vec::new();
        }
        #[expect(clippy::cast_precision_loss, reason = "no terminal is so wide")]
        #[expect(clippy::cast_possible_truncation, reason = "no terminal is so wide")]
        let mut scaled: Vec<_> = wide
            .iter()
            .map(|cell| (width as f64 / sum as f64 * *cell as f64).round_ties_even() as i64)
            .collect();
        let mut over = scaled.iter().sum::<i64>() - signed(width);
        while over != 0 {
            let (step, count) = (over.signum(), scaled.len());
            for index in 0..count {
                // What is too much is taken from the left, what lacks is given from the right.
                let index = if step > 0 { index } else { count - 1 - index };
                scaled[index] -= step;
                over -= step;
                if over == 0 {
                    break;
                }
            }
        }
        scaled
    }
}

impl Table {
    pub(super) fn head(&mut self, cells: Vec<String>) -> Result<(), String> {
        let section = self.sections.last_mut().ok_or("a table has no title")?;
        section.cells.get_or_insert(cells.len());
        section.measure(&cells);
        section.head = cells;
        Ok(())
    }

    pub(super) fn row(&mut self, cells: Vec<String>) -> Result<(), String> {
        self.sections.last_mut().ok_or("a table has no title")?.row(cells)
    }

    pub(super) fn render(mut self, out: &mut dyn Write, look: Look) -> io::Result<()> {
        let Some(mut width) = self.width() else { return Ok(()) };
        if width > look.width {
            self.sections = self.sections.into_iter().map(Section::upright).collect();
            width = self.width().unwrap_or_default();
        }
        put(out, &format!("{}\n", "-".repeat(width)), look.colored)?;
        self.sections.iter().try_for_each(|section| {
            let width = width - 2 * section.depth;
            Page { out: &mut *out, section, width, colored: look.colored }.section()
        })
    }

    fn width(&self) -> Option<usize> {
        self.sections.iter().map(Section::width).max()
    }
}

/// A section on its way to the output.
struct Page<'p> {
    out: &'p mut dyn Write,
    section: &'p Section,
    width: usize,
    colored: bool,
}

impl Page<'_> {
    fn section(mut self) -> io::Result<()> {
        let section = self.section;
        if !section.title.is_empty() {
            let title = centered(&section.title, signed(self.width), "|");
            self.line(&title)?;
            if section.head.is_empty() && section.rows.is_empty() {
                self.line(&format!("+{}+", "-".repeat(self.width.saturating_sub(2))))?;
            }
        }
        let widths = section.scaled(self.width);
        if !section.head.is_empty() {
            self.rule(&widths)?;
            let cells = widths.iter().zip(&section.head).enumerate();
            let line = cells.map(|(index, (width, cell))| centered(cell, *width, edge(index)));
            self.line(&line.collect::<String>())?;
        }
        if !section.rows.is_empty() && !widths.is_empty() {
            self.rule(&widths)?;
            for row in &section.rows {
                let cells = widths.iter().zip(row).enumerate();
                let line = cells.map(|(index, (width, cell))| self.cell(cell, *width, edge(index)));
                let line = line.collect::<String>();
                self.line(&line)?;
            }
            self.rule(&widths)?;
        }
        Ok(())
    }

    /// A line between the edges of what it is in.
    fn line(&mut self, text: &str) -> io::Result<()> {
        let edge = if self.colored { format!("{DIM}|{RESET}") } else { "|".to_owned() };
        let edges = edge.repeat(self.section.depth);
        [&edges, text, &edges, "\n"].iter().try_for_each(|text| put(self.out, text, self.colored))
    }

    fn rule(&mut self, widths: &[i64]) -> io::Result<()> {
        let part = |(index, width): (usize, &i64)| match index {
            0 => format!("+{}+", times("-", width - 2)),
            _ => format!("{}+", times("-", width - 1)),
        };
        let line: String = widths.iter().enumerate().map(part).collect();
        self.line(&line)
    }

    /// A cell, whose text stands left.
    fn cell(&self, text: &str, width: i64, edge: &str) -> String {
        let taken = signed(columns(text));
        let edges = signed(edge.len()) + 1;
        let padding = if width >= taken + 2 + edges { 2 } else { 0 };
        let behind = width - taken - padding - edges;
        let (on, off) = if self.colored { (BLUE, RESET) } else { ("", "") };
        format!("{edge}{}{on}{text}{off}{}|", times(" ", padding), times(" ", behind))
    }
}

/// Writes a piece. The AWS CLI's `colorama` ends colours behind each one, coloured or not.
fn put(out: &mut dyn Write, text: &str, colored: bool) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.write_all(if colored { RESET.as_bytes() } else { b"" })
}

/// The left edge of a cell: only the first one has its own.
fn edge(index: usize) -> &'static str {
    if index == 0 { "|" } else { "" }
}

/// Text in the middle, between an edge and `|`.
fn centered(text: &str, width: i64, edge: &str) -> String {
    let taken = signed(columns(text));
    let before = width / 2 - taken / 2 - 1;
    let behind = width - 1 - (signed(edge.len()) + before + taken);
    format!("{edge}{}{text}{}|", times(" ", before), times(" ", behind))
}

fn times(text: &str, count: i64) -> String {
    text.repeat(usize::try_from(count).unwrap_or(0))
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
