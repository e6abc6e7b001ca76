//! From tokens to a tree: by binding powers, which are those of the grammar's own parser in Python
//! (<https://github.com/jmespath/jmespath.py>, `parser.py`).

use crate::error::{ParseError, Reason};
use crate::tokens::{Token, tokens};
use crate::{Expr, Function, Value};

/// A token that binds less ends what is taken of each element.
const ENDS_EACH: u8 = 10;
const FLATTEN: u8 = 9;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
const COMPARE: u8 = 5;

/// Expressions within expressions, at most: nobody's is half as deep, and the stack is finite.
const DEPTH: usize = 64;
/// The same for queries, where the suite of the language's authors has one of 52 levels of levels.
const DEPTH_OF_QUERIES: usize = 200;
/// Tokens, at most: each may be a level of the tree, too.
const TOKENS: usize = 1000;
/// What the lengths of all `[a, b]` of a spec's expression come to when they are multiplied, at most:
/// it can make so many values of one.
const WIDTH: usize = 10_000;

/// Reads an expression of a spec: see [what it may not have](crate).
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    Parser::new(text, false)?.whole()
}

/// Reads an expression in the whole language.
pub fn parse_query(text: &str) -> Result<Expr, ParseError> {
    if text.is_empty() {
        return Err(ParseError::new("an expression is missing", None, Reason::Empty));
    }
    Parser::new(text, true)?.whole()
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    /// The lengths of lists so far, multiplied
    width: usize,
    /// The whole language, and not only what is for specs
    whole: bool,
}

type Parsed = Result<Expr, ParseError>;

impl Parser {
    fn new(text: &str, whole: bool) -> Result<Self, ParseError> {
        let tokens = tokens(text)?;
        if let Some((at, _)) = tokens.get(TOKENS) {
            return Err(too_much("the expression is too long", *at));
        }
        Ok(Self { tokens, next: 0, depth: 0, width: 1, whole })
    }

    fn whole(mut self) -> Parsed {
        let expr = self.expression(0)?;
        match self.peek() {
            None => Ok(expr),
            Some(token) => {
                let theirs = format!("Unexpected token: {}", token.named().1);
                Err(self.error("nothing is known that goes on like this", &theirs))
            }
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.ahead(0)
    }

    fn ahead(&self, count: usize) -> Option<&Token> {
        self.tokens.get(self.next + count).map(|(_, token)| token)
    }

    /// Goes behind the next token, if that is it.
    fn skip(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, token: &Token) -> Result<(), ParseError> {
        if self.skip(token) {
            return Ok(());
        }
        let (kind, sign) = token.named();
        Err(self.expected(&format!("a `{sign}` is missing"), kind))
    }

    /// The next token is another one than what there should be.
    fn expected(&self, message: &str, theirs: &str) -> ParseError {
        let got = self.peek().map_or("eof", |token| token.named().0);
        self.error(message, &format!("Expecting: {theirs}, got: {got}"))
    }

    /// A mistake at the next token, in our words and in jmespath.py's.
    fn error(&self, message: &str, theirs: &str) -> ParseError {
        match self.tokens.get(self.next) {
            None => ParseError::new(message, None, Reason::Incomplete),
            Some((at, token)) => {
                let (kind, text) = token.named();
                let reason = Reason::Token { message: theirs.to_owned(), kind, text };
                ParseError::new(message, Some(*at), reason)
            }
        }
    }

    /// A part of the language that specs do without; the token behind which the parser stands
    /// begins it.
    fn not_for_specs(&mut self, what: &str) -> Result<(), ParseError> {
        if self.whole {
            return Ok(());
        }
        self.next -= 1;
        Err(self.error(&format!("{what} are not for specs"), "syntax error"))
    }

    fn power(&self) -> u8 {
        match self.peek() {
            Some(Token::Pipe) => 1,
            Some(Token::Or) => 2,
            Some(Token::And) => 3,
            Some(Token::Compare(_)) => COMPARE,
            Some(Token::Flatten) => FLATTEN,
            Some(Token::Star) => STAR,
            Some(Token::Filter) => FILTER,
            Some(Token::Dot) => DOT,
            Some(Token::Not) => NOT,
            Some(Token::OpenBrace) => 50,
            Some(Token::Open) => 55,
            Some(Token::OpenParen) => 60,
            _ => 0,
        }
    }

    /// What binds more than `power`.
    fn expression(&mut self, power: u8) -> Parsed {
        self.depth += 1;
        if self.depth > if self.whole { DEPTH_OF_QUERIES } else { DEPTH } {
            let at = self.tokens.get(self.next).map_or(0, |(at, _)| *at);
            return Err(too_much("the expression is too deep", at));
        }
        let mut left = self.first()?;
        while power < self.power() {
            left = self.behind(left)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// What an expression begins with.
    fn first(&mut self) -> Parsed {
        let Some(token) = self.peek().cloned() else {
            return Err(self.error("an expression is missing", ""));
        };
        self.next += 1;
        match token {
            Token::Word(name) if self.peek() == Some(&Token::OpenParen) => self.call(&name),
            Token::Word(name) => Ok(Expr::Member(name)),
            Token::Quoted(name) => {
                if self.peek() == Some(&Token::OpenParen) {
                    // jmespath.py says so of the expression as a whole.
                    let theirs = "Quoted identifier not allowed for function names.".to_owned();
                    let reason =
                        Reason::Token { message: theirs, kind: "lparen", text: "(".to_owned() };
                    let message = "the name of a function has no quotes";
                    return Err(ParseError::new(message, Some(0), reason));
                }
                Ok(Expr::Member(name))
            }
            Token::Literal(Value::List(_) | Value::Object(_)) if !self.whole => {
                self.next -= 1;
                let message = "a literal is a number, a text, true, false or null here";
                Err(self.error(message, "syntax error"))
            }
            Token::Literal(literal) => Ok(Expr::Literal(literal)),
            Token::At => Ok(Expr::Current),
            Token::Not => Ok(Expr::Not(self.boxed(NOT)?)),
            Token::Reference => {
                self.not_for_specs("references to expressions")?;
                Ok(Expr::Reference(self.boxed(0)?))
            }
            Token::OpenBrace => {
                self.not_for_specs("objects that are put together")?;
                self.object()
            }
            Token::OpenParen => {
                let inner = self.expression(0)?;
                self.expect(&Token::CloseParen)?;
                Ok(inner)
            }
            Token::Star => {
                let then = match self.peek() {
                    Some(Token::Close) => Expr::Current,
                    _ => self.of_each(STAR)?,
                };
                Ok(Expr::EachValue(Box::new(Expr::Current), Box::new(then)))
            }
            Token::Filter => self.filter(Expr::Current),
            Token::Flatten => self.flatten(Expr::Current),
            Token::Open => match (self.peek(), self.ahead(1)) {
                (Some(Token::Number(_) | Token::Colon), _) => self.index(Expr::Current),
                (Some(Token::Star), Some(Token::Close)) => {
                    self.next += 2;
                    let then = self.of_each(STAR)?;
                    Ok(Expr::Each(Box::new(Expr::Current), Box::new(then)))
                }
                _ => self.list(),
            },
            _ => {
                self.next -= 1;
                Err(self.error("an expression is missing", "invalid token"))
            }
        }
    }

    /// What goes on behind an expression.
    fn behind(&mut self, left: Expr) -> Parsed {
        let Some(token) = self.peek().cloned() else { return Ok(left) };
        self.next += 1;
        let left = match token {
            Token::Flatten => return self.flatten(left),
            Token::Filter => return self.filter(left),
            Token::Open if matches!(self.peek(), Some(Token::Number(_) | Token::Colon)) => {
                return self.index(left);
            }
            other => {
                let left = Box::new(left);
                match other {
                    Token::Dot if self.skip(&Token::Star) => {
                        Expr::EachValue(left, Box::new(self.of_each(DOT)?))
                    }
                    Token::Dot => Expr::Then(left, Box::new(self.behind_dot(DOT)?)),
                    Token::Pipe => Expr::Then(left, self.boxed(1)?),
                    Token::Or => Expr::Or(left, self.boxed(2)?),
                    Token::And => Expr::And(left, self.boxed(3)?),
                    Token::Compare(how) => Expr::Compare(how, left, self.boxed(COMPARE)?),
                    Token::Open if self.skip(&Token::Star) => {
                        self.expect(&Token::Close)?;
                        Expr::Each(left, Box::new(self.of_each(STAR)?))
                    }
                    Token::Open => {
                        return Err(self.expected("a number or `*` is missing", "star"));
                    }
                    other => {
                        self.next -= 1;
                        if other == Token::OpenParen {
                            // It is about what stands in front.
                            self.next = self.next.saturating_sub(1);
                            let name = self.peek().map(|token| token.named().1);
                            let name = name.unwrap_or_default();
                            let theirs = format!("Invalid function name '{name}'");
                            return Err(self.error("this is no function", &theirs));
                        }
                        let theirs = "invalid token";
                        return Err(self.error("nothing is known that goes on like this", theirs));
                    }
                }
            }
        };
        Ok(left)
    }

    fn boxed(&mut self, power: u8) -> Result<Box<Expr>, ParseError> {
        self.expression(power).map(Box::new)
    }

    /// A number and a bracket, or a slice; the bracket before is read.
    fn index(&mut self, of: Expr) -> Parsed {
        let index = match (self.peek(), self.ahead(1)) {
            (Some(Token::Colon), _) | (_, Some(Token::Colon)) => return self.slice(of),
            (Some(&Token::Number(index)), _) => index,
            _ => return Err(self.error("the number of an element is missing", "syntax error")),
        };
        self.next += 1;
        self.expect(&Token::Close)?;
        Ok(match of {
            Expr::Current => Expr::Index(index),
            of => Expr::Then(Box::new(of), Box::new(Expr::Index(index))),
        })
    }

    fn slice(&mut self, of: Expr) -> Parsed {
        let mut parts = [None; 3];
        let mut part = 0;
        loop {
            match self.peek() {
                Some(Token::Colon) if part < 2 => {
                    self.next += 1;
                    self.not_for_specs("slices")?;
                    part += 1;
                }
                Some(&Token::Number(number)) if parts[part].is_none() => {
                    parts[part] = Some(number);
                    self.next += 1;
                }
                Some(Token::Close) => break,
                _ => return Err(self.error("a slice is like `[0:10:2]`", "syntax error")),
            }
        }
        self.next += 1;
        let slice = match of {
            Expr::Current => Expr::Slice(parts),
            of => Expr::Then(Box::new(of), Box::new(Expr::Slice(parts))),
        };
        Ok(Expr::Each(Box::new(slice), Box::new(self.of_each(STAR)?)))
    }

    fn flatten(&mut self, of: Expr) -> Parsed {
        let then = self.of_each(FLATTEN)?;
        let flat = Expr::Flatten(Box::new(of));
        // What stands in front is a list as a whole, so that no more can be asked of one element.
        Ok(Expr::Each(Box::new(flat), Box::new(then)))
    }

    fn filter(&mut self, of: Expr) -> Parsed {
        let condition = self.boxed(0)?;
        self.expect(&Token::Close)?;
        let then = match self.peek() {
            Some(Token::Flatten) => Expr::Current,
            _ => self.of_each(FILTER)?,
        };
        Ok(Expr::Filter { of: Box::new(of), condition, then: Box::new(then) })
    }

    /// What is taken of each element.
    fn of_each(&mut self, power: u8) -> Parsed {
        match self.peek() {
            _ if self.power() < ENDS_EACH => Ok(Expr::Current),
            Some(Token::Open | Token::Filter) => self.expression(power),
            Some(Token::Dot) => {
                self.next += 1;
                self.behind_dot(power)
            }
            _ => Err(self.error("a dot or a bracket is missing", "syntax error")),
        }
    }

    fn behind_dot(&mut self, power: u8) -> Parsed {
        match self.peek() {
            Some(Token::Word(_) | Token::Quoted(_) | Token::Star) => self.expression(power),
            Some(Token::Open) => {
                self.next += 1;
                self.list()
            }
            Some(Token::OpenBrace) => {
                self.next += 1;
                self.not_for_specs("objects that are put together")?;
                self.object()
            }
            _ => {
                let names = "['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace']";
                let mut error = self.expected("a member is missing behind the dot", names);
                // Here jmespath.py says what it expects at the end, too.
                if self.peek().is_none() && self.whole {
                    let reason = Reason::Token {
                        message: format!("Expecting: {names}, got: eof"),
                        kind: "eof",
                        text: String::new(),
                    };
                    error = ParseError::new("a member is missing behind the dot", None, reason);
                }
                Err(error)
            }
        }
    }

    /// What stands between brackets and commas; the bracket before is read.
    fn list(&mut self) -> Parsed {
        let mut items = Vec::new();
        loop {
            items.push(self.expression(0)?);
            if self.skip(&Token::Close) {
                self.width = self.width.saturating_mul(items.len());
                if self.width > WIDTH && !self.whole {
                    let at = self.tokens.get(self.next - 1).map_or(0, |(at, _)| *at);
                    return Err(too_much("the expression makes too many values of one", at));
                }
                return Ok(Expr::List(items));
            }
            if self.peek() != Some(&Token::Comma) {
                let message = if self.whole { "a `,` is missing" } else { "a `]` is missing" };
                return Err(self.expected(message, "comma"));
            }
            self.next += 1;
        }
    }

    /// Names with what they stand for; the brace before is read.
    fn object(&mut self) -> Parsed {
        let mut members = Vec::new();
        loop {
            let Some(Token::Word(name) | Token::Quoted(name)) = self.peek().cloned() else {
                let theirs = "['quoted_identifier', 'unquoted_identifier']";
                return Err(self.expected("the name of a member is missing", theirs));
            };
            self.next += 1;
            self.expect(&Token::Colon)?;
            members.push((name, self.expression(0)?));
            if self.skip(&Token::CloseBrace) {
                return Ok(Expr::Object(members));
            }
            self.expect(&Token::Comma)?;
        }
    }

    fn call(&mut self, name: &str) -> Parsed {
        let at = self.next - 1;
        let known = Function::ALL.iter().find(|it| it.name == name);
        let Some(known) = known.filter(|it| self.whole || it.in_specs) else {
            let known = Function::ALL.iter().filter(|it| self.whole || it.in_specs);
            let known: Vec<_> = known.map(|it| it.name).collect();
            let known = known.join("`, `");
            let message = if Function::ALL.iter().any(|it| it.name == name) {
                format!("`{name}` is not for specs; there are `{known}`")
            } else {
                format!("there is no function `{name}`; there are `{known}`")
            };
            return Err(self.about(at, &message, format!("Unknown function: {name}()")));
        };
        self.next += 1;
        let mut arguments = Vec::new();
        while self.peek() != Some(&Token::CloseParen) {
            arguments.push(self.expression(0)?);
            if !self.skip(&Token::Comma) {
                break;
            }
        }
        let (least, given) = (known.arguments.len(), arguments.len());
        if if known.more { given < least } else { given != least } {
            let count = if known.more { "at least " } else { "" };
            let message = format!("`{name}` has {count}{least} arguments");
            let plural = if least == 1 { "" } else { "s" };
            let theirs = format!(
                "Expected {count}{least} argument{plural} for function {name}(), received {given}"
            );
            return Err(match self.peek() {
                Some(_) => self.about(self.next, &message, theirs),
                None => self.error(&message, ""),
            });
        }
        self.expect(&Token::CloseParen)?;
        Ok(Expr::Call(known.function, arguments))
    }

    fn about(&self, token: usize, message: &str, theirs: String) -> ParseError {
        let at = self.tokens.get(token).map(|(at, _)| *at);
        ParseError::new(message, at, Reason::Sentence(theirs))
    }
}

fn too_much(message: &str, at: usize) -> ParseError {
    ParseError::new(message, Some(at), Reason::Sentence(format!("Invalid expression: {message}")))
}
