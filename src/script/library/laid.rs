//! The cleanup policy: the user's file, of which each function takes the place of the shipped one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rhai::Position;

use crate::script::source::compilable;

use super::{EXAMPLES, Library, LibraryError, Origin, STDLIB, Source, shipped};

/// The name of the one module that a user's file is laid over function by function.
pub const POLICY: &str = "cleanup_policy";

/// What a new policy begins with.
const BEGINNING: &str = "\
//! My cleanup policy: the functions that differ from deskhand's own, each in its place.
//!
//! Below is each of them as it stands, behind `// `. Take that away from the one that is to differ, and change it; leave the
//! rest as it is, so that it stays deskhand's. `import \"std:cleanup_policy\" as shipped;` makes `shipped::is_stale(c, cutoff)`
//! deskhand's own from within yours. A function of your own is a `private fn`.
//!
//! What came of it says `deskhand policy show`. Try it on a simulated team before you use it:
//! deskhand clean-stale-computers --demo --dry-run 90d --policy THIS-FILE
";

/// A user's file over a shipped module.
///
/// Both are known by one id, and their text is one: the shipped one, and behind it the user's. So all lines of the two
/// are apart, and a place in the text is one in either file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The shipped module.
    pub base: Source,
    /// The user's file.
    pub over: Source,
    /// How many lines come before the user's.
    pub lines: usize,
}

impl Laid {
    fn of(base: Source, over: Source) -> Self {
        let lines = base.text.lines().count();
        Self { base, over, lines }
    }

    /// Returns the user's text behind as many empty lines as the shipped text has.
    pub fn shifted(&self) -> String {
        "\n".repeat(self.lines) + &compilable(&self.over.text)
    }

    fn id(&self) -> String {
        format!("{} over {}", self.over.id, self.base.id)
    }

    fn text(&self) -> String {
        let lines: String = self.base.text.lines().flat_map(|line| [line, "\n"]).collect();
        lines + &compilable(&self.over.text)
    }
}

/// Where in the shipped policy the checks of answers begin, which nobody lays anything over.
const CHECKS: &str = "\n// Each `wrong_NAME` says";

/// Tells whether an id is that of the cleanup policy, with a user's file over it or without.
pub fn is_policy(id: &str) -> bool {
    id.ends_with(&format!("std:{POLICY}"))
}

/// Returns the names of the policies that are there to be copied.
pub fn policy_examples() -> impl Iterator<Item = &'static str> {
    EXAMPLES.iter().map(|(name, _)| *name)
}

/// Returns a policy to be copied: an example, or with no name the beginning of one, in which every shipped function stands
/// as a comment.
pub fn policy_text(example: Option<&str>) -> Option<String> {
    if let Some(name) = example {
        return shipped(EXAMPLES, name).map(str::to_owned);
    }
    // Behind the prose and the table of answers, and before what a user's answers are checked with.
    let (_, functions) = shipped(STDLIB, POLICY)?.split_once("\n};\n")?;
    let (functions, _) = functions.split_once(CHECKS)?;
    let comment = |line: &str| format!("// {line}").trim_end().to_owned();
    let lines = functions.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            comment(line)
        }
    });
    let lines: Vec<String> = std::iter::once(BEGINNING.to_owned()).chain(lines).collect();
    Some(lines.join("\n") + "\n")
}

impl Library {
    /// Has this run use a cleanup policy other than the one in the user's folder: from an option, or from a profile.
    pub fn use_policy(&self, file: &Path) -> Result<(), LibraryError> {
        self.file(file, Origin::User)?;
        // The first that was given is the one that counts.
        self.policy.get_or_init(|| file.to_owned());
        Ok(())
    }

    /// Returns the cleanup policy: the user's file laid over the shipped one, or the shipped one alone.
    pub fn policy(&self) -> Result<Source, LibraryError> {
        let base = self.shipped_module(&format!("std/{POLICY}"), POLICY)?;
        let Some((file, origin)) = self.policy_file() else {
            return Ok(base);
        };
        let laid = Laid::of(base, self.file(&file, origin)?);
        let source = self.remember(POLICY, laid.id(), origin, &laid.text());
        if let Ok(mut known) = self.laid.write() {
            known.insert(laid.id(), laid);
        }
        Ok(source)
    }

    /// Returns the user's cleanup policy, if there is one, and how it was come by.
    pub fn policy_file(&self) -> Option<(PathBuf, Origin)> {
        if let Some(file) = self.policy.get() {
            return Some((file.clone(), Origin::Path));
        }
        let file = self.places.stdlib.as_ref()?.join(format!("{POLICY}.rhai"));
        // Whatever is there is meant to count: what cannot be read is an error, and not the shipped policy.
        fs::symlink_metadata(&file)
            .is_ok()
            .then_some((file, Origin::User))
    }

    /// Tells whether a user's file was laid over the shipped policy in this run.
    pub fn has_laid(&self) -> bool {
        self.laid.read().is_ok_and(|known| !known.is_empty())
    }

    /// Returns the two texts that an id stands for, if it stands for two.
    pub fn laid(&self, id: &str) -> Option<Laid> {
        self.laid.read().ok()?.get(id).cloned()
    }

    /// Returns the file that a place is in: its id, its text, and where in it the place is.
    pub fn located(&self, id: &str, position: Position) -> Option<(String, Arc<str>, Position)> {
        let Some(laid) = self.laid(id) else {
            return Some((id.to_owned(), self.text(id)?, position));
        };
        let line = position.line().unwrap_or(0);
        match line.checked_sub(laid.lines) {
            None | Some(0) => Some((laid.base.id, laid.base.text, position)),
            Some(line) => Some((
                laid.over.id,
                laid.over.text,
                place(line, position.position().unwrap_or(0)),
            )),
        }
    }
}

/// Makes a position; rhai's own end at line and character 65535.
pub(in crate::script) fn place(line: usize, column: usize) -> Position {
    let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    Position::new(short(line.max(1)), short(column))
}
