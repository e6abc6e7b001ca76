//! Paragraphs, lists and preformatted text, out of a row of tags.

use super::html::{Token, attribute};
use super::inline::{self, Emphasis, Run};

/// Deeper nesting is read as if it were this deep, which keeps the writer's stack small.
const DEEPEST: usize = 24;

/// A part of a text that stands on lines of its own.
#[derive(Debug)]
pub(super) enum Block {
    /// One line of Markdown
    Paragraph(String),
    /// Lines as they are
    Preformatted(String),
    /// A list with its items
    List { ordered: bool, items: Vec<Vec<Block>> },
}

/// Something that holds blocks and is still open.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    /// The items of a list
    items: Vec<Vec<Block>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    List {
        ordered: bool,
    },
    Item,
    /// A row of a table, whose cells stand on one line
    Row,
}

/// Takes tokens one by one.
#[derive(Debug)]
pub(super) struct Builder {
    /// The lowest is the text itself, which is never closed.
    frames: Vec<Frame>,
    runs: Vec<Run>,
    /// The next paragraph goes on in the line that has been started: a label or a term.
    glued: bool,
    bold: usize,
    italic: usize,
    code: usize,
    link: Option<String>,
    /// The text of `pre`, while one is open.
    preformatted: Option<String>,
    /// The book's title, which is shown where there is nothing else.
    title: Vec<Run>,
    in_title: bool,
    /// Inside of `script` or `style`, which say nothing to people.
    silent: bool,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), items: Vec::new() }
    }
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            frames: vec![Frame::new(Kind::Text)],
            runs: Vec::new(),
            glued: false,
            bold: 0,
            italic: 0,
            code: 0,
            link: None,
            preformatted: None,
            title: Vec::new(),
            in_title: false,
            silent: false,
        }
    }

    pub(super) fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Open { name, attributes } => self.open(name, attributes),
            Token::Close(name) => self.close(name),
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end_preformatted();
        self.flush();
        while self.frames.len() > 1 {
            self.pop();
        }
        let mut blocks = self.frames.pop().map(|frame| frame.blocks).unwrap_or_default();
        if blocks.is_empty() {
            let title = inline::render(&self.title);
            blocks.extend((!title.is_empty()).then_some(Block::Paragraph(title)));
        }
        blocks
    }

    fn text(&mut self, text: &str) {
        if self.silent {
            return;
        }
        if let Some(preformatted) = &mut self.preformatted {
            preformatted.push_str(text);
            return;
        }
        // An empty line is no HTML, but whoever wrote one meant it.
        let mut parts = text.split("\n\n");
        self.push(parts.next().unwrap_or_default());
        for part in parts {
            if self.code == 0 && self.link.is_none() && !self.in_title && !self.glued {
                self.flush();
            }
            self.push(part);
        }
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let emphasis = match (self.bold > 0, self.italic > 0) {
            (true, _) => Emphasis::Bold,
            (false, true) => Emphasis::Italic,
            (false, false) => Emphasis::None,
        };
        let code = self.code > 0;
        // Marks between two code spans that touch would make one of them.
        let emphasis = if code { Emphasis::None } else { emphasis };
        let run = Run { text: text.to_owned(), code, emphasis, link: self.link.clone() };
        if self.in_title {
            self.title.push(run);
            return;
        }
        self.glued &= text.trim().is_empty();
        self.runs.push(run);
    }

    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "b" | "strong" => self.bold += 1,
            "i" | "em" | "emphasis" | "cite" | "dfn" | "var" => self.italic += 1,
            "code" | "kbd" | "samp" | "tt" | "literal" | "filename" | "parameter" | "function"
            | "userinput" => self.code += 1,
            "a" | "ulink" | "link" | "xref" => self.open_link(name, attributes),
            "fullname" | "title" => self.in_title = true,
            "script" | "style" => self.silent = !attributes.trim_end().ends_with('/'),
            "ul" | "itemizedlist" | "dl" | "variablelist" | "table" => {
                self.open_list(false);
            }
            "ol" | "orderedlist" => self.open_list(true),
            "li" | "listitem" => self.open_item(Kind::Item),
            "tr" => self.open_item(Kind::Row),
            "dt" => {
                self.open_item(Kind::Item);
                self.bold += 1;
            }
            "dd" => self.describe(),
            "td" | "th" => self.cell(name),
            "pre" | "programlisting" => {
                self.glued = false;
                self.flush();
                self.preformatted = Some(String::new());
            }
            "note" | "tip" | "important" | "warning" | "caution" => self.label(name),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.bold += 1;
            }
            "p" | "para" | "div" | "br" if self.top() == Kind::Row => self.push(" "),
            "p" | "para" | "div" | "br" | "hr" | "blockquote" | "section" | "shortdesc"
            | "article" | "figure" | "center" | "summary" | "details" | "caption" => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "b" | "strong" | "dt" => self.bold = self.bold.saturating_sub(1),
            "i" | "em" | "emphasis" | "cite" | "dfn" | "var" => {
                self.italic = self.italic.saturating_sub(1);
            }
            "code" | "kbd" | "samp" | "tt" | "literal" | "filename" | "parameter" | "function"
            | "userinput" => self.code = self.code.saturating_sub(1),
            "a" | "ulink" | "link" | "xref" => self.close_link(),
            "fullname" | "title" => self.in_title = false,
            "script" | "style" => self.silent = false,
            "ul" | "itemizedlist" | "dl" | "variablelist" | "table" => {
                self.close_to(Kind::List { ordered: false });
            }
            "ol" | "orderedlist" => self.close_to(Kind::List { ordered: true }),
            "li" | "listitem" | "dd" => self.close_to(Kind::Item),
            "tr" => self.close_to(Kind::Row),
            "pre" | "programlisting" => self.end_preformatted(),
            "td" | "th" => self.bold = 0,
            "p" | "para" | "div" if self.top() == Kind::Row => self.push(" "),
            "p" | "para" | "div" | "blockquote" | "note" | "tip" | "important" | "warning"
            | "caution" | "section" | "shortdesc" | "article" | "figure" | "h1" | "h2" | "h3"
            | "h4" | "h5" | "h6" | "center" | "summary" | "details" | "caption" => {
                self.glued = false;
                self.flush();
            }
            _ => {}
        }
    }

    fn open_link(&mut self, name: &str, attributes: &str) {
        let key = if name == "ulink" { "url" } else { "href" };
        let address = attribute(attributes, key).and_then(|address| inline::address(&address));
        // A link to nowhere marks the name of something of the same API.
        if address.is_none() && name == "a" && attribute(attributes, key).is_none() {
            self.link = Some(String::new());
        } else {
            self.link = address;
        }
    }

    fn close_link(&mut self) {
        if self.link.take().is_some_and(|address| address.is_empty()) {
            let linked = |run: &Run| run.link.as_deref() == Some("");
            let start = self.runs.iter().rposition(|run| !linked(run)).map_or(0, |last| last + 1);
            let text: String = self.runs[start..].iter().map(|run| run.text.as_str()).collect();
            let is_name = !text.trim().contains(char::is_whitespace);
            for run in &mut self.runs[start..] {
                run.link = None;
                run.code |= is_name;
            }
        }
    }

    fn label(&mut self, name: &str) {
        self.flush();
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        let label: String = first.into_iter().chain(letters).collect();
        self.start(&format!("{label}:"));
    }

    /// Starts a line with bold words, behind which the next paragraph goes on.
    fn start(&mut self, words: &str) {
        self.runs.push(Run { emphasis: Emphasis::Bold, ..Run::plain(words) });
        self.runs.push(Run::plain(" "));
        self.glued = true;
    }

    fn open_list(&mut self, ordered: bool) {
        self.glued = false;
        self.flush();
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame::new(Kind::List { ordered }));
        }
    }

    fn open_item(&mut self, kind: Kind) {
        self.glued = false;
        self.flush();
        if matches!(self.top(), Kind::Item | Kind::Row) {
            self.pop();
        }
        if self.top() == Kind::Text {
            self.open_list(false);
        }
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame::new(kind));
        }
    }

    /// The description behind a term.
    fn describe(&mut self) {
        self.bold = 0;
        let term = self.runs.iter().any(|run| !run.text.trim().is_empty());
        if self.top() == Kind::Item && term {
            while self.runs.last().is_some_and(|run| run.text.trim().is_empty()) {
                self.runs.pop();
            }
            if let Some(run) = self.runs.last_mut() {
                run.text.truncate(run.text.trim_end().len());
            }
            self.runs.push(Run::plain(": "));
            self.glued = true;
        } else if self.top() != Kind::Item {
            self.open_item(Kind::Item);
        }
    }

    fn cell(&mut self, name: &str) {
        if self.top() != Kind::Row {
            self.open_item(Kind::Row);
        }
        if self.runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.runs.push(Run::plain(" | "));
        }
        self.glued = true;
        self.bold = usize::from(name == "th");
    }

    fn top(&self) -> Kind {
        self.frames.last().map_or(Kind::Text, |frame| frame.kind)
    }

    fn end_preformatted(&mut self) {
        let Some(text) = self.preformatted.take() else { return };
        let lines: Vec<_> = text.lines().map(inline::visible).collect();
        let lines: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
        let text = lines.join("\n");
        let text = text.trim_matches('\n');
        if !text.is_empty() {
            self.block(Block::Preformatted(text.to_owned()));
        }
        self.code = 0;
    }

    /// Ends the line that is being written, unless it is only a label yet.
    fn flush(&mut self) {
        if self.glued || self.preformatted.is_some() {
            return;
        }
        let line = inline::render(&std::mem::take(&mut self.runs));
        (self.bold, self.italic, self.code, self.link) = (0, 0, 0, None);
        if !line.is_empty() {
            self.block(Block::Paragraph(line));
        }
    }

    fn block(&mut self, block: Block) {
        if let Kind::List { .. } = self.top() {
            // Text between the items of a list belongs to the one before.
            if let Some(frame) = self.frames.last_mut() {
                match frame.items.last_mut() {
                    Some(item) => item.push(block),
                    None => frame.items.push(vec![block]),
                }
            }
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.push(block);
        }
    }

    /// Closes what is open down to the nearest of a kind, if there is one.
    fn close_to(&mut self, kind: Kind) {
        self.glued = false;
        self.flush();
        if let Some(index) = self.frames.iter().rposition(|frame| frame.kind == kind) {
            while self.frames.len() > index {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.kind {
            Kind::List { ordered } => {
                let items: Vec<_> =
                    frame.items.into_iter().filter(|item| !item.is_empty()).collect();
                if !items.is_empty() {
                    self.block(Block::List { ordered, items });
                }
            }
            Kind::Item | Kind::Row => {
                if let Some(list) = self.frames.last_mut() {
                    list.items.push(frame.blocks);
                }
            }
            Kind::Text => self.frames.push(frame),
        }
    }
}
