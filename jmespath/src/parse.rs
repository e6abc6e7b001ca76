//! From tokens to a tree: by binding powers, which are those of the grammar's own parser in Python
//! (<https://github.com/jmespath/jmespath.py>, `parser.py`).

use crate::tokens::{Token, tokens};
use crate::{Expr, Function, ParseError};

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
/// Tokens, at most: each may be a level of the tree, too.
const TOKENS: usize = 1000;

/// Reads an expression.
pub fn parse(text: &str) -> Result<Expr, ParseError> {
    let tokens = tokens(text)?;
    if let Some((at, _)) = tokens.get(TOKENS) {
        return Err(ParseError { message: "the expression is too long".into(), at: Some(*at) });
    }
    let mut parser = Parser { tokens, next: 0, depth: 0 };
    let expr = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(_) => Err(parser.error("nothing is known that goes on like this")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
}

type Parsed = Result<Expr, ParseError>;

impl Parser {
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

    fn expect(&mut self, token: &Token, sign: &str) -> Result<(), ParseError> {
        if self.skip(token) { Ok(()) } else { Err(self.error(&format!("a `{sign}` is missing"))) }
    }

    fn error(&self, message: &str) -> ParseError {
        let at = self.tokens.get(self.next).map(|(at, _)| *at);
        ParseError { message: message.to_owned(), at }
    }

    fn power(&self) -> u8 {
        match self.peek() {
            Some(Token::Pipe) => 1,
            Some(Token::Or) => 2,
            Some(Token::And) => 3,
            Some(Token::Compare(_)) => COMPARE,
            Some(Token::Flatten) => FLATTEN,
            Some(Token::Filter) => FILTER,
            Some(Token::Dot) => DOT,
            Some(Token::Open) => 55,
            Some(Token::OpenParen) => 60,
            _ => 0,
        }
    }

    /// What binds more than `power`.
    fn expression(&mut self, power: u8) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("the expression is too deep"));
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
            return Err(self.error("an expression is missing"));
        };
        self.next += 1;
        match token {
            Token::Word(name) if self.peek() == Some(&Token::OpenParen) => self.call(&name),
            Token::Word(name) | Token::Quoted(name) => Ok(Expr::Member(name)),
            Token::Literal(literal) => Ok(Expr::Literal(literal)),
            Token::At => Ok(Expr::Current),
            Token::Not => Ok(Expr::Not(self.boxed(NOT)?)),
            Token::OpenParen => {
                let inner = self.expression(0)?;
                self.expect(&Token::CloseParen, ")")?;
                Ok(inner)
            }
            Token::Star => {
                let then = self.of_each(STAR)?;
                Ok(Expr::EachValue(Box::new(Expr::Current), Box::new(then)))
            }
            Token::Filter => self.filter(Expr::Current),
            Token::Flatten => self.flatten(Expr::Current),
            Token::Open => match (self.peek(), self.ahead(1)) {
                (Some(Token::Number(_)), _) => self.index(),
                (Some(Token::Star), Some(Token::Close)) => {
                    self.next += 2;
                    let then = self.of_each(STAR)?;
                    Ok(Expr::Each(Box::new(Expr::Current), Box::new(then)))
                }
                _ => self.list(),
            },
            _ => {
                self.next -= 1;
                Err(self.error("an expression is missing"))
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
            other => {
                let left = Box::new(left);
                match other {
                    Token::Dot if self.skip(&Token::Star) => {
                        Expr::EachValue(left, Box::new(self.of_each(STAR)?))
                    }
                    Token::Dot => Expr::Then(left, Box::new(self.behind_dot(DOT)?)),
                    Token::Pipe => Expr::Then(left, self.boxed(1)?),
                    Token::Or => Expr::Or(left, self.boxed(2)?),
                    Token::And => Expr::And(left, self.boxed(3)?),
                    Token::Compare(how) => Expr::Compare(how, left, self.boxed(COMPARE)?),
                    Token::Open if matches!(self.peek(), Some(Token::Number(_))) => {
                        Expr::Then(left, Box::new(self.index()?))
                    }
                    Token::Open if self.skip(&Token::Star) => {
                        self.expect(&Token::Close, "]")?;
                        Expr::Each(left, Box::new(self.of_each(STAR)?))
                    }
                    Token::Open => return Err(self.error("a number or `*` is missing")),
                    _ => {
                        self.next -= 1;
                        return Err(self.error("nothing is known that goes on like this"));
                    }
                }
            }
        };
        Ok(left)
    }

    fn boxed(&mut self, power: u8) -> Result<Box<Expr>, ParseError> {
        self.expression(power).map(Box::new)
    }

    /// A number and a bracket; the bracket before is read.
    fn index(&mut self) -> Parsed {
        let Some(&Token::Number(index)) = self.peek() else {
            return Err(self.error("the number of an element is missing"));
        };
        self.next += 1;
        self.expect(&Token::Close, "]")?;
        Ok(Expr::Index(index))
    }

    fn flatten(&mut self, of: Expr) -> Parsed {
        let then = self.of_each(FLATTEN)?;
        let flat = Expr::Flatten(Box::new(of));
        // What stands in front is a list as a whole, so that no more can be asked of one element.
        Ok(Expr::Each(Box::new(flat), Box::new(then)))
    }

    fn filter(&mut self, of: Expr) -> Parsed {
        let condition = self.boxed(0)?;
        self.expect(&Token::Close, "]")?;
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
            _ => Err(self.error("a dot or a bracket is missing")),
        }
    }

    fn behind_dot(&mut self, power: u8) -> Parsed {
        match self.peek() {
            Some(Token::Word(_) | Token::Quoted(_) | Token::Star) => self.expression(power),
            Some(Token::Open) => {
                self.next += 1;
                self.list()
            }
            _ => Err(self.error("a member is missing behind the dot")),
        }
    }

    /// What stands between brackets and commas; the bracket before is read.
    fn list(&mut self) -> Parsed {
        let mut items = Vec::new();
        loop {
            items.push(self.expression(0)?);
            if !self.skip(&Token::Comma) {
                self.expect(&Token::Close, "]")?;
                return Ok(Expr::List(items));
            }
        }
    }

    fn call(&mut self, name: &str) -> Parsed {
        let known = Function::ALL.iter().find(|(known, ..)| *known == name);
        let Some(&(_, function, count)) = known else {
            let known: Vec<_> = Function::ALL.iter().map(|(known, ..)| *known).collect();
            self.next -= 1;
            let known = known.join("`, `");
            return Err(self.error(&format!("there is no function `{name}`; there are `{known}`")));
        };
        self.next += 1;
        let mut arguments = Vec::new();
        while self.peek() != Some(&Token::CloseParen) {
            arguments.push(self.expression(0)?);
            if !self.skip(&Token::Comma) {
                break;
            }
        }
        let fits = count.map_or(!arguments.is_empty(), |count| arguments.len() == count);
        if !fits {
            let count = count.map_or_else(|| "at least 1".to_owned(), |count| count.to_string());
            return Err(self.error(&format!("`{name}` has {count} arguments")));
        }
        self.expect(&Token::CloseParen, ")")?;
        Ok(Expr::Call(function, arguments))
    }
}
