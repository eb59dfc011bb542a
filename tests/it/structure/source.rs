//! Reads the paths that a Rust source names: enough of the language to tell code from talk, and no more.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

/// The words and signs of a source, without comments, strings and characters.
pub(crate) struct Source {
    tokens: Vec<String>,
}

impl Source {
    /// Takes a source apart.
    pub(crate) fn read(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '/' if chars.peek() == Some(&'/') => skip_line(&mut chars),
                '/' if chars.peek() == Some(&'*') => skip_block(&mut chars),
                '"' => skip_string(&mut chars),
                '\'' => skip_character(&mut chars),
                ':' if chars.next_if_eq(&':').is_some() => tokens.push("::".to_owned()),
                c if c == '_' || c.is_alphanumeric() => {
                    let mut word = String::from(c);
                    while let Some(next) = chars.next_if(|n| *n == '_' || n.is_alphanumeric()) {
                        word.push(next);
                    }
                    match chars.peek() {
                        Some('#' | '"') if ["r", "br"].contains(&word.as_str()) => skip_raw(&mut chars),
                        _ => tokens.push(word),
                    }
                }
                c if c.is_whitespace() => {}
                c => tokens.push(c.to_string()),
            }
        }
        Self { tokens }
    }

    /// Returns the first names of all paths from the root of the crate; `path` is the file's own below `src`.
    pub(crate) fn rooms(&self, path: &Path) -> BTreeSet<String> {
        let depth = depth(path);
        let mut rooms = BTreeSet::new();
        for at in 0..self.tokens.len() {
            if self.is_inside_a_path(at) {
                continue;
            }
            let mut next = at;
            while self.token(next) == "super" && self.token(next + 1) == "::" {
                next += 2;
            }
            let supers = (next - at) / 2;
            if self.token(at) == "crate" && self.token(at + 1) == "::" {
                rooms.extend(self.heads(at + 2));
            } else if supers > 0 && supers == depth {
                rooms.extend(self.heads(next));
            }
        }
        rooms
    }

    /// Tells whether a path starts with the name of a crate.
    pub(crate) fn names(&self, name: &str) -> bool {
        (0..self.tokens.len()).any(|at| {
            let leads_on = self.token(at + 1) == "::";
            let imported = at > 0 && ["use", "crate"].contains(&self.token(at - 1));
            self.token(at) == name && !self.is_inside_a_path(at) && (leads_on || imported)
        })
    }

    /// Returns the name at a place, or the first name of each item of the group there.
    fn heads(&self, at: usize) -> Vec<String> {
        if self.token(at) != "{" {
            return vec![self.token(at).to_owned()];
        }
        let mut heads = Vec::new();
        let mut depth = 0;
        for place in at..self.tokens.len() {
            match self.token(place) {
                "{" => depth += 1,
                "}" => depth -= 1,
                word if depth == 1 && ["{", ","].contains(&self.token(place - 1)) => {
                    heads.push(word.to_owned());
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        heads
    }

    fn is_inside_a_path(&self, at: usize) -> bool {
        at > 0 && self.token(at - 1) == "::"
    }

    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }
}

/// How many `super` lead from a file's module to the root of the crate.
fn depth(path: &Path) -> usize {
    let folders = path.iter().count();
    if path.ends_with("mod.rs") {
        folders - 1
    } else {
        folders
    }
}

fn skip_line(chars: &mut Peekable<Chars<'_>>) {
    while chars.next().is_some_and(|c| c != '\n') {}
}

fn skip_block(chars: &mut Peekable<Chars<'_>>) {
    chars.next();
    let mut depth = 1;
    while depth > 0 {
        match chars.next() {
            Some('/') if chars.next_if_eq(&'*').is_some() => depth += 1,
            Some('*') if chars.next_if_eq(&'/').is_some() => depth -= 1,
            Some(_) => {}
            None => return,
        }
    }
}

fn skip_string(chars: &mut Peekable<Chars<'_>>) {
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn skip_raw(chars: &mut Peekable<Chars<'_>>) {
    let mut hashes = 0;
    while chars.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    // `r#name` is a name, not a string.
    if chars.next_if_eq(&'"').is_none() {
        return;
    }
    let mut closing = None;
    for c in chars.by_ref() {
        closing = match (c, closing) {
            ('"', _) => Some(0),
            ('#', Some(count)) => Some(count + 1),
            _ => None,
        };
        if closing == Some(hashes) {
            return;
        }
    }
}

/// Skips a character; a lifetime, which begins like one, has no closing quote.
fn skip_character(chars: &mut Peekable<Chars<'_>>) {
    if chars.next_if_eq(&'\\').is_some() {
        chars.next();
        while chars.next().is_some_and(|c| c != '\'') {}
        return;
    }
    let mut ahead = chars.clone();
    ahead.next();
    if ahead.next() == Some('\'') {
        chars.next();
        chars.next();
    }
}

/// Returns all Rust files below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
