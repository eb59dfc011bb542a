//! Where scripts are found: on the disk, and in the program itself.
//!
//! Every text that is read is kept under its id, so that an error can show the line that it means. The id of a file is
//! its absolute path with links resolved; of what is in the program `shipped:NAME` (a script) or `std:NAME` (a module).

mod laid;
mod modules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock, RwLock};
use std::{fs, io};

use crate::suggest;

use laid::Policy;
pub(super) use laid::place;
pub use laid::{Laid, POLICY, is_policy, policy_examples, policy_text};

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// How many names an error lists when it has no better advice.
const LISTED: usize = 12;

/// Where a script comes from, from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Named by its path.
    Path,
    /// The `scripts` folder in the current directory.
    Here,
    /// The user's own folder.
    User,
    /// In the program.
    Shipped,
}

/// The text of a script or module, and what it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name as a user would type it, without path and extension.
    pub name: String,
    /// What errors and imports know it by.
    pub id: String,
    /// Where it was found.
    pub origin: Origin,
    /// The whole text.
    pub text: Arc<str>,
}

/// One line of the list of scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The name as a user would type it.
    pub name: String,
    /// Where the one is found that runs.
    pub origin: Origin,
    /// Its file, if it is one.
    pub path: Option<PathBuf>,
    /// Where others of the name are, that do not run because of it.
    pub hides: Vec<Origin>,
}

/// Why a script or module was not found or not read.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No script goes by this name.
    #[error("there is no script `{name}`{}", advice(.hint))]
    NoScript {
        /// The name that was asked for.
        name: String,
        /// What to do instead.
        hint: String,
    },
    /// No module goes by this name.
    #[error("there is no module `{name}`{}", advice(.hint))]
    NoModule {
        /// The name that was asked for.
        name: String,
        /// What to do instead.
        hint: String,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The user's cleanup policy cannot be read.
    #[error("the cleanup policy cannot be used: {0}")]
    Policy(Box<Self>),
    /// A file is not a script: too large, or not UTF-8 text.
    #[error("{} is not a script: {why}", path.display())]
    NotAScript {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

fn advice(hint: &str) -> String {
    if hint.is_empty() {
        String::new()
    } else {
        format!("; {hint}")
    }
}

/// The folders of a run; each may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The current directory, whose `scripts` folder is looked into.
    pub here: PathBuf,
    /// The user's own scripts.
    pub scripts: Option<PathBuf>,
    /// The user's own modules, which stand in for shipped ones of the same name.
    pub stdlib: Option<PathBuf>,
}

/// Finds scripts and modules, and remembers the text of each.
#[derive(Debug)]
pub struct Library {
    places: Places,
    scripts: &'static [(&'static str, &'static str)],
    stdlib: &'static [(&'static str, &'static str)],
    texts: RwLock<BTreeMap<String, Arc<str>>>,
    /// The user's cleanup policy, where the run was given one.
    policy: OnceLock<PathBuf>,
    /// The cleanup policy as it was read when first needed: what happens to the file later changes nothing in this run.
    read_policy: OnceLock<Policy>,
    /// Whether anything has imported the cleanup policy.
    asks_policy: AtomicBool,
}

impl Library {
    /// Makes a library of the given folders and of what is in the program.
    pub fn new(places: Places) -> Self {
        Self::with_shipped(places, SCRIPTS, STDLIB)
    }

    /// Makes a library with other scripts and modules in the place of those in the program.
    pub fn with_shipped(
        places: Places,
        scripts: &'static [(&'static str, &'static str)],
        stdlib: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            places,
            scripts,
            stdlib,
            texts: RwLock::default(),
            policy: OnceLock::new(),
            read_policy: OnceLock::new(),
            asks_policy: AtomicBool::new(false),
        }
    }

    /// Returns the script that a name or a path stands for.
    ///
    /// What contains a separator or ends in `.rhai` is a path. A name is looked for in `./scripts`, the user's folder
    /// and the program; the first found wins.
    pub fn script(&self, name: &str) -> Result<Source, LibraryError> {
        if name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|e| e == "rhai") {
            return self.file(&self.places.here.join(name), Origin::Path);
        }
        for (origin, folder) in self.folders() {
            let path = folder.join(format!("{name}.rhai"));
            if path.is_file() && !self.is_copy(name, &path) {
                return self.file(&path, origin);
            }
        }
        let text = shipped(self.scripts, name).ok_or_else(|| self.no_script(name))?;
        Ok(self.remember(name, format!("shipped:{name}"), Origin::Shipped, text))
    }

    /// Returns all scripts by name, each with the places where it hides others.
    pub fn scripts(&self) -> Vec<Listed> {
        let mut found = BTreeMap::<String, Listed>::new();
        let mut add = |name: String, origin: Origin, path: Option<PathBuf>| {
            found
                .entry(name.clone())
                .and_modify(|first| first.hides.push(origin))
                .or_insert(Listed {
                    name,
                    origin,
                    path,
                    hides: Vec::new(),
                });
        };
        for (origin, folder) in self.folders() {
            // A folder that is not there, or may not be read, has no scripts.
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.extension().is_some_and(|e| e == "rhai")
                    && path.is_file()
                    && let Some(name) = path.file_stem().and_then(|s| s.to_str())
                    && !self.is_copy(name, &path)
                {
                    add(name.to_owned(), origin, Some(path.clone()));
                }
            }
        }
        for (name, _) in self.scripts {
            add((*name).to_owned(), Origin::Shipped, None);
        }
        found.into_values().collect()
    }

    /// Tells whether a file is the shipped script, letter for letter: then it hides nothing.
    fn is_copy(&self, name: &str, path: &Path) -> bool {
        shipped(self.scripts, name)
            .is_some_and(|text| fs::read_to_string(path).is_ok_and(|copy| copy == text))
    }

    fn folders(&self) -> impl Iterator<Item = (Origin, PathBuf)> {
        let here = Some((Origin::Here, self.places.here.join("scripts")));
        let user = self.places.scripts.clone().map(|folder| (Origin::User, folder));
        here.into_iter().chain(user)
    }

    fn no_script(&self, name: &str) -> LibraryError {
        let listed = self.scripts();
        let names = || listed.iter().map(|l| l.name.as_str());
        let hint = suggest::did_you_mean(name, names()).unwrap_or_else(|| some_of("there are", names()));
        LibraryError::NoScript {
            name: name.to_owned(),
            hint,
        }
    }

    fn no_file(&self, file: &Path) -> String {
        let looked = format!("there is no file {}", self.shown(&file.display().to_string()));
        let wanted = file.file_stem().unwrap_or_default().to_string_lossy();
        let siblings: Vec<String> = file
            .parent()
            .and_then(|folder| fs::read_dir(folder).ok())
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "rhai"))
            .filter_map(|path| path.file_stem().map(|s| s.to_string_lossy().into_owned()))
            .collect();
        match suggest::did_you_mean(&wanted, siblings.iter().map(String::as_str)) {
            Some(guess) => format!("{looked}; {guess}"),
            None => looked,
        }
    }
}

fn shipped(table: &'static [(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

/// Lists the first few names after a word or two, or nothing when there are none.
fn some_of<'a>(lead: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.len() {
        0 => String::new(),
        n if n <= LISTED => format!("{lead}: {}", names.join(", ")),
        _ => format!("{lead}: {}, …", names[..LISTED].join(", ")),
    }
}
