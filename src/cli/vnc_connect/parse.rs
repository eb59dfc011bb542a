//! The words of a command line as PowerShell would read them: options with one dash, `-Option value` or `-Option:value`. What
//! has two dashes is deskhand's own.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::slice::Iter;

use clap::{ArgAction, Args, Command, FromArgMatches};

use super::super::args::Globals;
use super::super::failure::Failure;
use super::flags::Flag;
use super::operations::Operation;
use super::option::{self, Choice};

/// What was typed.
#[derive(Debug, Default)]
pub struct Typed {
    /// What is to be done, and its argument, which is empty where it takes none.
    pub operation: Option<(&'static Operation, String)>,
    /// What stands beside it, with the value of each, which is empty where it takes none.
    pub flags: BTreeMap<Flag, String>,
    /// Whether help is asked for.
    pub help: bool,
    /// deskhand's own options.
    pub globals: Globals,
}

impl Typed {
    /// Reads what follows `vnc-connect`.
    pub fn read(words: &[OsString]) -> Result<Self, Failure> {
        let own = Own::new();
        let mut typed = Self::default();
        let mut ours = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let Some(text) = word.to_str() else {
                return Err(Failure::usage(format!("`{}` is not Unicode", word.display())));
            };
            if let Some(name) = text.strip_prefix("--") {
                if name == "help" {
                    typed.help = true;
                    continue;
                }
                ours.push(word.clone());
                if own.takes_value(name)? {
                    ours.extend(words.next().cloned());
                }
                continue;
            }
            let Some(name) = option::after_dash(text) else {
                return Err(astray(text));
            };
            typed.take(name, &mut words)?;
        }
        typed.globals = own.read(ours)?;
        Ok(typed)
    }

    /// Takes an option, and from the words that follow what belongs to it.
    fn take(&mut self, name: &str, words: &mut Iter<'_, OsString>) -> Result<(), Failure> {
        let (name, attached) = match name.split_once(':') {
            Some((name, value)) => (name, Some(value)),
            None => (name, None),
        };
        let choice = Choice::find(name)?;
        let value = match choice.placeholder() {
            Some(placeholder) => argument(choice.name(), placeholder, attached, words)?,
            None if is_on(choice.name(), attached, words)? => String::new(),
            None => return Ok(()),
        };
        let again = match choice {
            Choice::Help => {
                self.help = true;
                false
            }
            Choice::Flag(flag) => self.flags.insert(flag, value).is_some(),
            Choice::Operation(operation) => match self.operation.replace((operation, value)) {
                Some((before, _)) if before != operation => {
                    return Err(Failure::usage(format!(
                        "`-{}` and `-{}` are two operations",
                        before.option, operation.option
                    ))
                    .hint("one at a time: run deskhand for each of them"));
                }
                before => before.is_some(),
            },
        };
        if again {
            return Err(Failure::usage(format!("`-{}` is there twice", choice.name())));
        }
        Ok(())
    }
}

/// Finds the argument of an option: after its colon, else the next word.
fn argument(
    name: &str,
    placeholder: &str,
    attached: Option<&str>,
    words: &mut Iter<'_, OsString>,
) -> Result<String, Failure> {
    let missing = |hint: String| Err(Failure::usage(format!("`-{name}` has no argument")).hint(hint));
    let example = format!("-{name} \"{placeholder}\"");
    let value = match attached {
        Some(value) if !value.is_empty() => value.to_owned(),
        _ => {
            let Some(word) = words.next() else {
                return missing(example);
            };
            let Some(text) = word.to_str() else {
                return Err(Failure::usage(format!("`{}` is not Unicode", word.display())));
            };
            if attached.is_none() && (option::after_dash(text).is_some() || text.starts_with("--")) {
                return missing(format!(
                    "{example}; an argument that begins with a dash is joined to it: -{name}:{text}"
                ));
            }
            text.to_owned()
        }
    };
    let value = literal(&value).unwrap_or(value);
    if value.trim().is_empty() {
        return missing(example);
    }
    Ok(value)
}

/// Returns what PowerShell reads in single quotes, in which one is written twice; nothing of a text that is not all in them.
/// They are quotes to it alone: Windows hands them on.
fn literal(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('\'')?.strip_suffix('\'')?;
    let plain = inner.replace("''", "");
    (!plain.contains('\'')).then(|| inner.replace("''", "'"))
}

/// Tells whether a switch is on: `-force`, `-force:$true`, `-force:$false`.
fn is_on(name: &str, attached: Option<&str>, words: &mut Iter<'_, OsString>) -> Result<bool, Failure> {
    let value = match attached {
        None => return Ok(true),
        Some("") => words.next().and_then(|word| word.to_str()).unwrap_or_default(),
        Some(value) => value,
    };
    match value.trim_start_matches('$').to_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(
            Failure::usage(format!("`-{name}:{value}` is neither true nor false"))
                .hint(format!("-{name}, -{name}:$true or -{name}:$false")),
        ),
    }
}

/// Says that a word belongs to nothing.
fn astray(text: &str) -> Failure {
    let failure = Failure::usage(format!("`{text}` belongs to no option"));
    // With a slash before it, with a sign that is no dash, or bare.
    let bare = text.trim_start_matches(['/', '\u{2010}', '\u{2011}', '\u{2212}', ' ', '-']);
    let name = bare.split(':').next().unwrap_or(bare);
    match Choice::find(name) {
        Ok(choice) if bare != text || choice.name() == name.to_lowercase() => {
            return failure.hint(format!("an option has a dash before it: -{}", choice.name()));
        }
        _ => {}
    }
    if text.starts_with('$') {
        return failure.hint(format!("a colon joins it to its option: -force:{text}"));
    }
    failure.hint(
        "an argument with blanks in it stands in double quotes, pairs too: -renamecomputer \"PC 7,Reception\"",
    )
}

/// The options of deskhand's own.
struct Own {
    command: Command,
    /// The names of the options that take a value from the next word, and of those that do not.
    with_value: BTreeMap<String, bool>,
}

impl Own {
    fn new() -> Self {
        let command = Globals::augment_args(Command::new("vnc-connect"))
            .bin_name("deskhand vnc-connect")
            .args_override_self(true);
        let with_value = command
            .get_arguments()
            .flat_map(|arg| {
                let takes = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
                    && !arg.is_require_equals_set();
                let names = arg.get_long_and_visible_aliases().unwrap_or_default();
                names.into_iter().map(move |name| (name.to_owned(), takes))
            })
            .collect();
        Self { command, with_value }
    }

    /// Tells whether an option takes the next word, too.
    fn takes_value(&self, name: &str) -> Result<bool, Failure> {
        let (name, attached) = match name.split_once('=') {
            Some((name, _)) => (name, true),
            None => (name, false),
        };
        if let Some(takes) = self.with_value.get(name) {
            return Ok(*takes && !attached);
        }
        let own: BTreeSet<String> = self.with_value.keys().cloned().collect();
        Err(option::not_our_own(name, &own))
    }

    fn read(self, words: Vec<OsString>) -> Result<Globals, Failure> {
        let words = std::iter::once(OsString::from("vnc-connect")).chain(words);
        self.command
            .try_get_matches_from(words)
            .and_then(|matches| Globals::from_arg_matches(&matches))
            .map_err(|error| Failure::from_clap(&error))
    }
}
