//! The computers that a profile never lets anybody touch: `protect = ["DC-*", "group:Servers"]`.

use std::fmt;

use super::Glob;

/// What stands before the name of a group.
const GROUP: &str = "group";

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protection {
    /// The computer of this id, and those whose whole name is like this.
    Computer(Glob),
    /// The computers in groups whose whole name is like this.
    Group(Glob),
}

/// A text that protects nothing, or not what it seems to: why, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoProtection {
    /// What is wrong with it.
    pub why: String,
    /// What to write instead.
    pub hint: String,
}

impl Protection {
    /// Reads an entry. What looks like a pattern of another sort is refused: taken by the letter it would protect nothing.
    pub fn parse(text: &str) -> Result<Self, NoProtection> {
        let text = text.trim();
        let (kind, name) = match text.split_once(':') {
            Some((word, name)) if is_word(word) => (Some(word), name.trim()),
            _ => (None, text),
        };
        if let Some(word) = kind.filter(|word| !word.eq_ignore_ascii_case(GROUP)) {
            return Err(NoProtection {
                why: format!("`{word}:` is not a sort of protection"),
                hint: "write a computer's id, a name such as `DC-*`, or `group:NAME`; for a colon in a name write `?`"
                    .to_owned(),
            });
        }
        if name.is_empty() {
            return Err(NoProtection {
                why: "it names nothing".to_owned(),
                hint: "write a computer's id, a name such as `DC-*`, or `group:NAME`".to_owned(),
            });
        }
        if let Some(sign) = name.chars().find(|c| "[]{}".contains(*c)) {
            return Err(NoProtection {
                why: format!("`{sign}` has no meaning in a name pattern"),
                hint: format!("only `*` and `?` have; for a `{sign}` in a name write `?`"),
            });
        }
        let glob = Glob::new(name);
        Ok(match kind {
            Some(_) => Self::Group(glob),
            None => Self::Computer(glob),
        })
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic())
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Computer(glob) => glob.fmt(f),
            Self::Group(glob) => write!(f, "{GROUP}:{glob}"),
        }
    }
}

/// The whole list of a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Protected(Vec<Protection>);

impl Protected {
    /// Takes the entries together.
    pub fn new(entries: Vec<Protection>) -> Self {
        Self(entries)
    }

    /// Returns the entries.
    pub fn entries(&self) -> &[Protection] {
        &self.0
    }

    /// Tells whether nothing is protected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the entry that protects a computer by its id or its name.
    pub fn computer(&self, id: &str, name: &str) -> Option<&Protection> {
        self.0.iter().find(|entry| match entry {
            Protection::Computer(glob) => glob.as_str() == id || glob.matches(name),
            Protection::Group(_) => false,
        })
    }

    /// Returns the entry that protects the computers in a group.
    pub fn group(&self, name: &str) -> Option<&Protection> {
        self.0.iter().find(|entry| match entry {
            Protection::Group(glob) => glob.matches(name),
            Protection::Computer(_) => false,
        })
    }

    /// Returns an entry for which a computer's groups must be known, if there is one.
    pub fn by_group(&self) -> Option<&Protection> {
        self.0.iter().find(|entry| matches!(entry, Protection::Group(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protected(texts: &[&str]) -> Protected {
        Protected::new(
            texts
                .iter()
                .map(|text| Protection::parse(text).unwrap())
                .collect(),
        )
    }

    fn by(found: Option<&Protection>) -> Option<String> {
        found.map(ToString::to_string)
    }

    #[test]
    fn ids_names_and_groups_are_protected() {
        let protected = protected(&["DC-*", " Group: Serv?rs ", "17c7245d"]);
        assert_eq!(by(protected.computer("x", "dc-01")).unwrap(), "DC-*");
        assert_eq!(by(protected.computer("17c7245d", "PC-1")).unwrap(), "17c7245d");
        assert_eq!(protected.computer("17c7245d0", "PC-1"), None);
        // An id is told byte for byte, and a pattern is for names.
        assert_eq!(protected.computer("17C7245D", "PC-1"), None);
        assert_eq!(protected.computer("DC-9", "PC-1"), None);
        assert_eq!(by(protected.group("SERVERS")).unwrap(), "group:Serv?rs");
        assert_eq!(protected.group("Serv"), None);
        assert_eq!(protected.group("DC-1"), None);
        assert_eq!(protected.computer("x", "Servers"), None);
    }

    #[test]
    fn only_a_group_needs_the_groups_of_computers() {
        assert_eq!(protected(&["DC-*"]).by_group(), None);
        assert!(protected(&["DC-*", "group:Servers"]).by_group().is_some());
        assert!(Protected::default().is_empty());
    }

    #[test]
    fn what_would_protect_nothing_is_refused() {
        for (text, why) in [
            ("groups:Servers", "`groups:` is not a sort of protection"),
            ("id:17c7", "`id:` is not a sort of protection"),
            ("group: ", "it names nothing"),
            (" ", "it names nothing"),
            ("DC-[0-9]", "`[` has no meaning in a name pattern"),
            ("{DC,SQL}-*", "`{` has no meaning in a name pattern"),
            ("group:Serv[e]rs", "`[` has no meaning in a name pattern"),
        ] {
            assert_eq!(Protection::parse(text).unwrap_err().why, why, "{text}");
        }
    }

    #[test]
    fn a_colon_behind_more_than_a_word_is_part_of_a_name() {
        assert_eq!(
            Protection::parse("172.16.1.1::5901").unwrap(),
            Protection::Computer(Glob::new("172.16.1.1::5901"))
        );
    }
}
