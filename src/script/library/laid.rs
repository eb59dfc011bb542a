//! The cleanup policy: the user's file, of which each function takes the place of the shipped one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

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
/// Both are known by one id, [`LAID`], and their text is one: the shipped one, and behind it the user's. So all lines of the
/// two are apart, and a place in the text is one in either file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The shipped module.
    pub base: Source,
    /// The user's file.
    pub over: Source,
    /// The path by which the user's file was found.
    pub path: PathBuf,
    /// How many lines come before the user's.
    pub lines: usize,
}

impl Laid {
    fn of(base: Source, over: Source, path: PathBuf) -> Self {
        let lines = base.text.lines().count();
        Self {
            base,
            over,
            path,
            lines,
        }
    }

    /// Returns the user's text behind as many empty lines as the shipped text has.
    pub fn shifted(&self) -> String {
        "\n".repeat(self.lines) + &compilable(&self.over.text)
    }

    fn text(&self) -> String {
        let lines: String = self.base.text.lines().flat_map(|line| [line, "\n"]).collect();
        lines + &compilable(&self.over.text)
    }
}

/// Where in the shipped policy the checks of answers begin, which nobody lays anything over.
const CHECKS: &str = "\n// Each `wrong_NAME` says";

/// The id of the cleanup policy with a user's file over it. A run has only one, and no file has such an id: theirs are
/// absolute paths.
const LAID: &str = "laid:cleanup_policy";

/// The cleanup policy as it was read.
#[derive(Debug)]
pub(super) struct Policy {
    /// What is imported.
    source: Source,
    /// What it is made of, where a user's file is laid over the shipped one.
    laid: Option<Laid>,
}

/// What the ids of the files begin with that a policy imports. A script that imports the same file has one of its own: what
/// it may do there, the policy may not.
const HELPER: &str = "policy>";

/// Tells whether an id is that of the cleanup policy, with a user's file over it or without, or of a file that it imports.
pub fn is_policy(id: &str) -> bool {
    id == LAID || id.strip_prefix("std:") == Some(POLICY) || id.starts_with(HELPER)
}

/// Returns the file of an id, whoever imports it.
pub(super) fn file_of(id: &str) -> &str {
    id.strip_prefix(HELPER).unwrap_or(id)
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
    /// Makes a file a part of the policy that imports it.
    pub(super) fn helper(&self, file: &Source) -> Source {
        self.remember(
            &file.name,
            format!("{HELPER}{}", file.id),
            file.origin,
            &file.text,
        )
    }

    /// Has this run use a cleanup policy other than the one in the user's folder: from an option, or from a profile. The first
    /// that is given counts, and the file is read when the policy is first needed.
    pub fn use_policy(&self, file: &Path) {
        self.policy.get_or_init(|| file.to_owned());
    }

    /// Returns the cleanup policy: the user's file laid over the shipped one, or the shipped one alone. It is read once.
    pub fn policy(&self) -> Result<Source, LibraryError> {
        if self.read_policy.get().is_none() {
            let read = self.read_policy()?;
            let policy = self.read_policy.get_or_init(|| read);
            if let Some(laid) = &policy.laid {
                self.remember(POLICY, LAID.to_owned(), laid.over.origin, &policy.source.text);
            }
        }
        match self.read_policy.get() {
            Some(policy) => Ok(policy.source.clone()),
            None => self.shipped_module(&format!("std/{POLICY}"), POLICY),
        }
    }

    fn read_policy(&self) -> Result<Policy, LibraryError> {
        let base = self.shipped_module(&format!("std/{POLICY}"), POLICY)?;
        let Some(file) = self.users_policy() else {
            return Ok(Policy {
                source: base,
                laid: None,
            });
        };
        let over = self
            .file(&file, Origin::User)
            .map_err(|error| LibraryError::Policy(Box::new(error)))?;
        let laid = Laid::of(base, over, file);
        Ok(Policy {
            source: Source {
                name: POLICY.to_owned(),
                id: LAID.to_owned(),
                origin: Origin::User,
                text: laid.text().into(),
            },
            laid: Some(laid),
        })
    }

    /// Returns the user's cleanup policy, if there is one.
    fn users_policy(&self) -> Option<PathBuf> {
        if let Some(file) = self.policy.get() {
            return Some(file.clone());
        }
        let file = self.places.stdlib.as_ref()?.join(format!("{POLICY}.rhai"));
        // Whatever is there is meant to count: what cannot be read is an error, and not the shipped policy.
        fs::symlink_metadata(&file).is_ok().then_some(file)
    }

    /// Tells whether anything in this run has imported the cleanup policy.
    pub fn asks_policy(&self) -> bool {
        self.asks_policy.load(Ordering::SeqCst)
    }

    /// Returns the user's file over the shipped policy, once the policy was read and if there is one.
    pub fn laid_policy(&self) -> Option<&Laid> {
        self.read_policy.get()?.laid.as_ref()
    }

    /// Returns the two texts that an id stands for, if it stands for two.
    pub fn laid(&self, id: &str) -> Option<&Laid> {
        self.laid_policy().filter(|_| id == LAID)
    }

    /// Returns the file that a place is in: its id, its text, and where in it the place is.
    pub fn located(&self, id: &str, position: Position) -> Option<(String, Arc<str>, Position)> {
        let Some(laid) = self.laid(id) else {
            return Some((id.to_owned(), self.text(id)?, position));
        };
        let line = position.line().unwrap_or(0);
        match line.checked_sub(laid.lines) {
            None | Some(0) => Some((laid.base.id.clone(), Arc::clone(&laid.base.text), position)),
            Some(line) => Some((
                laid.over.id.clone(),
                Arc::clone(&laid.over.text),
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
