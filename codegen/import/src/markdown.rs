//! Documentation in HTML, as botocore's and AWS's Smithy models have it, as Markdown.
//!
//! What comes out is for people first: it is what a spec file shows, the command line prints and
//! the generator hands to rustdoc, which makes it harmless once more. Tags that structure text
//! become Markdown, those that only decorate it are dropped, and what looks like a tag but is none,
//! such as `<region>` in a pattern, stays as text.

mod blocks;
mod entities;
mod html;
mod inline;

#[cfg(test)]
mod tests;

use blocks::{Block, Builder};

/// The Markdown that says what a piece of HTML says.
///
/// Text without a tag in it is Markdown already, which the documentation of Smithy models may be;
/// only what would be HTML in it is taken out.
pub fn from_html(html: &str) -> String {
    let tokens = html::tokens(html);
    if !tokens.iter().any(html::Token::is_tag) {
        return plain(&tokens);
    }
    let mut builder = Builder::new();
    for token in &tokens {
        builder.token(token);
    }
    let mut text = String::new();
    write(&builder.finish(), "", &mut text);
    text
}

/// Markdown line by line, without spaces at the ends of lines and empty lines at its ends.
fn plain(tokens: &[html::Token<'_>]) -> String {
    let text: String = tokens.iter().map(html::Token::text).collect();
    let lines: Vec<_> = text.lines().map(|line| inline::without_html(line.trim_end())).collect();
    let mut text = String::new();
    for line in lines {
        let is_second_blank = line.is_empty() && (text.is_empty() || text.ends_with("\n\n"));
        if !is_second_blank {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}

/// Writes blocks below each other; `indent` is the room in front of every line but the first.
fn write(blocks: &[Block], indent: &str, text: &mut String) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            // A list stands right below the line that announces it inside an item, which keeps
            // the outer list together.
            let announced = !indent.is_empty() && matches!(block, Block::List { .. });
            text.push_str(if announced { "\n" } else { "\n\n" });
            text.push_str(indent);
        }
        // A list right behind another one is told apart by its marks.
        let follows_list = index > 0 && matches!(blocks[index - 1], Block::List { .. });
        match block {
            Block::Paragraph(line) => text.push_str(line),
            Block::Preformatted(lines) => preformatted(lines, indent, text),
            Block::List { ordered, items } => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push('\n');
                        text.push_str(indent);
                    }
                    let mark = mark(*ordered, index, follows_list);
                    text.push_str(&mark);
                    write(item, &format!("{indent}{}", " ".repeat(mark.len())), text);
                }
            }
        }
    }
}

fn mark(ordered: bool, index: usize, follows_list: bool) -> String {
    match (ordered, follows_list) {
        (true, false) => format!("{}. ", index + 1),
        (true, true) => format!("{}) ", index + 1),
        (false, false) => "- ".to_owned(),
        (false, true) => "* ".to_owned(),
    }
}

fn preformatted(lines: &str, indent: &str, text: &mut String) {
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    text.push_str(&fence);
    for line in lines.lines() {
        text.push('\n');
        if !line.is_empty() {
            text.push_str(indent);
            text.push_str(line);
        }
    }
    text.push('\n');
    text.push_str(indent);
    text.push_str(&fence);
}
