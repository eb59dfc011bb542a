//! The parameters that a script declares: what the command line, the prompts and the help are made of.
//!
//! In the order of the table, what has no default and is no flag or secret is positional, unless it says
//! `option: true`; all else is an option `--kebab-case`. Turning this into a command line is for the caller.

use std::collections::BTreeMap;

use rhai::{Dynamic, Map};

use crate::fields;
use crate::script::value::{self, ParamValue};
use crate::suggest;

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamKind {
    /// Any text that is not empty.
    String,
    /// A whole number.
    Int,
    /// True when it is given.
    Flag,
    /// One of these words.
    Enum(Vec<String>),
    /// A length of time; see [`Period`](crate::period::Period).
    Period,
    /// A day or a moment; see [`When`](crate::when::When).
    Date,
    /// The path of a file, which need not exist.
    File,
    /// An email address.
    Email,
    /// A text that is never shown, nor taken from the command line.
    Secret,
    /// Several of another kind.
    List(Box<ParamKind>),
}

impl ParamKind {
    /// Returns the word for it in a script's table.
    pub fn word(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Flag => "flag",
            Self::Enum(_) => "enum",
            Self::Period => "period",
            Self::Date => "date",
            Self::File => "file",
            Self::Email => "email",
            Self::Secret => "secret",
            Self::List(_) => "list",
        }
    }

    /// Tells whether only some words are right, of one value or of each item of a list.
    pub fn has_choices(&self) -> bool {
        match self {
            Self::Enum(_) => true,
            Self::List(of) => of.has_choices(),
            _ => false,
        }
    }
}

/// How a parameter is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamForm {
    /// By its place.
    Positional,
    /// By its name and a value, `--name value`.
    Option,
    /// By its name alone, `--name`.
    Flag,
    /// At a prompt, from a file (`--name-file`) or from the environment; never on the command line.
    Secret,
}

/// One parameter of a script.
#[derive(Debug, Clone)]
pub struct ParamSpec {
    /// Its name in the script, `snake_case`.
    pub name: String,
    /// What it takes.
    pub kind: ParamKind,
    /// One sentence for the user; may be empty.
    pub help: String,
    /// What it is when it is not given.
    pub value: Option<ParamValue>,
    /// Whether the script cannot do without.
    pub required: bool,
    /// How it is given.
    pub form: ParamForm,
}

/// Why a value was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct ParamError {
    /// The name of the parameter as the user types it: `--since`, or `period` for a positional one.
    pub param: String,
    /// What is wrong, e.g. "`90x` is not a period".
    pub problem: String,
    /// What is expected or what was perhaps meant; may be empty.
    pub hint: String,
}

impl ParamError {
    fn text(&self) -> String {
        let hint = if self.hint.is_empty() {
            String::new()
        } else {
            format!("; {}", self.hint)
        };
        format!("{}: {}{hint}", self.param, self.problem)
    }
}

impl ParamSpec {
    /// Returns the name with hyphens, as an option bears it.
    pub fn kebab(&self) -> String {
        self.name.replace('_', "-")
    }

    /// Returns the name as the user types it.
    pub fn shown(&self) -> String {
        match self.form {
            ParamForm::Positional => self.name.clone(),
            ParamForm::Option | ParamForm::Flag => format!("--{}", self.kebab()),
            ParamForm::Secret => format!("--{}-file", self.kebab()),
        }
    }

    /// Says what a value looks like, to follow "expected": "one of yes, no".
    pub fn expected(&self) -> String {
        value::expected(&self.kind)
    }

    /// Reads a value from one text. For a list as an option the text is split at commas; a positional list gets it as
    /// its only item.
    pub fn parse(&self, text: &str) -> Result<ParamValue, ParamError> {
        self.parse_all(&[text.to_owned()])
    }

    /// Reads a value from all the texts that were given for it; several are right for a list only.
    pub fn parse_all(&self, texts: &[String]) -> Result<ParamValue, ParamError> {
        let refuse = |refusal: value::Refusal| ParamError {
            param: self.shown(),
            problem: refusal.problem,
            hint: refusal.hint,
        };
        if let ParamKind::List(of) = &self.kind {
            let split = self.form == ParamForm::Option;
            let pieces = texts.iter().flat_map(|text| {
                if split {
                    fields::split(text)
                } else {
                    vec![text.clone()]
                }
            });
            let items = pieces
                .map(|piece| value::parse(of, piece.trim()))
                .collect::<Result<_, _>>();
            return items.map(ParamValue::List).map_err(refuse);
        }
        match texts {
            [text] => value::parse(&self.kind, text).map_err(refuse),
            [] => Err(refuse(value::Refusal::new("a value is missing", self.expected()))),
            [_, ..] => Err(refuse(value::Refusal::new("it was given more than once", ""))),
        }
    }
}

/// Makes the constant `params` of a script: what was given, else the defaults, else `()`, `false` or `[]`.
///
/// Errors name what is missing, and what is given but not declared.
pub fn bind(specs: &[ParamSpec], mut given: BTreeMap<String, ParamValue>) -> Result<Map, ParamError> {
    let mut map = Map::new();
    for spec in specs {
        let value = given.remove(&spec.name).or_else(|| spec.value.clone());
        if value.is_none() && spec.required {
            return Err(ParamError {
                param: spec.shown(),
                problem: "it is required".to_owned(),
                hint: format!("give {}", spec.expected()),
            });
        }
        let value = match (value, &spec.kind) {
            (Some(value), _) => value.into_dynamic(),
            (None, ParamKind::Flag) => Dynamic::FALSE,
            (None, ParamKind::List(_)) => Dynamic::from_array(Vec::new()),
            (None, _) => Dynamic::UNIT,
        };
        map.insert(spec.name.as_str().into(), value);
    }
    match given.into_keys().next() {
        None => Ok(map),
        Some(name) => {
            let hint =
                suggest::did_you_mean(&name, specs.iter().map(|s| s.name.as_str())).unwrap_or_default();
            Err(ParamError {
                param: name,
                problem: "the script has no such parameter".to_owned(),
                hint,
            })
        }
    }
}
