//! A script's own parameters on the command line: clap's command made from the script's prose and `PARAMS`, and back.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueHint};

use crate::cancel::Cancel;
use crate::config::Environment;
use crate::script::{Header, ParamError, ParamForm, ParamKind, ParamSpec, ParamValue};

use super::args::Globals;
use super::failure::Failure;
use super::ui::Ui;

/// What a script's command line says.
pub struct Given {
    /// The global options.
    pub globals: Globals,
    matches: ArgMatches,
}

/// Reads a script's command line. Asking for help is a failure with exit code 0 that holds the help.
pub fn read(name: &str, header: &Header, words: &[OsString], can_ask: bool) -> Result<Given, Failure> {
    let words = || std::iter::once(OsString::from(name)).chain(words.iter().cloned());
    let parsed = match command(name, header).try_get_matches_from(words()) {
        // What is missing can be asked for: then nothing is required of the command line.
        Err(error) if can_ask && error.kind() == ErrorKind::MissingRequiredArgument => {
            let mut relaxed = command(name, header);
            for spec in &header.params {
                relaxed = relaxed.mut_arg(spec.name.clone(), |arg| arg.required(false));
            }
            relaxed.try_get_matches_from(words())
        }
        parsed => parsed,
    };
    let matches = parsed.map_err(|error| Failure::from_clap(&error))?;
    let globals = Globals::from_arg_matches(&matches).map_err(|error| Failure::from_clap(&error))?;
    Ok(Given { globals, matches })
}

/// Where values come from that are not on the command line.
pub struct Sources<'a> {
    /// Variables, and the folder that files are relative to.
    pub environment: &'a Environment,
    /// Whom to ask.
    pub ui: &'a Ui,
    /// Stops a question.
    pub cancel: &'a Cancel,
}

impl Given {
    /// Returns the values of the parameters that were given: on the command line, in files or the environment, or at a
    /// prompt.
    pub fn values(
        &self,
        header: &Header,
        sources: &Sources<'_>,
    ) -> Result<BTreeMap<String, ParamValue>, Failure> {
        let mut values = BTreeMap::new();
        for spec in &header.params {
            let value = match spec.form {
                ParamForm::Flag => self
                    .matches
                    .get_flag(&spec.name)
                    .then_some(ParamValue::Flag(true)),
                ParamForm::Secret => self.secret(spec, sources)?,
                ParamForm::Positional | ParamForm::Option => self.plain(spec, sources)?,
            };
            values.extend(value.map(|value| (spec.name.clone(), value)));
        }
        Ok(values)
    }

    /// Returns the period that was typed, word for word, if the script takes one.
    pub fn period(&self, header: &Header) -> Option<String> {
        let mut periods = header.params.iter().filter(|spec| spec.kind == ParamKind::Period);
        periods.find_map(|spec| self.matches.get_one::<String>(&spec.name).cloned())
    }

    fn plain(&self, spec: &ParamSpec, sources: &Sources<'_>) -> Result<Option<ParamValue>, Failure> {
        match self.matches.get_many::<String>(&spec.name) {
            Some(texts) => Ok(Some(spec.parse_all(&texts.cloned().collect::<Vec<_>>())?)),
            None if spec.required => ask(spec, sources).map(Some),
            None => Ok(None),
        }
    }

    /// A secret comes from a file, the environment or a prompt, in this order; never from the command line.
    fn secret(&self, spec: &ParamSpec, sources: &Sources<'_>) -> Result<Option<ParamValue>, Failure> {
        let variable = variable(spec);
        let text = if let Some(path) = self.matches.get_one::<String>(&spec.name) {
            first_line(&sources.environment.cwd.join(path), spec)?
        } else if let Some(text) = sources.environment.var(&variable) {
            text.to_owned()
        } else if !spec.required {
            return Ok(None);
        } else if let Some(secret) = sources
            .ui
            .ask_secret(&format!("{}:", label(spec)), sources.cancel)
        {
            secret.expose().to_owned()
        } else if sources.cancel.is_raised() {
            return Err(Failure::interrupted());
        } else {
            return Err(
                Failure::usage(format!("the secret `{}` is missing", spec.name)).hint(format!(
                    "give it with --{}-file FILE or in the variable {variable}",
                    spec.kebab()
                )),
            );
        };
        let value = spec.parse(&text)?;
        if let ParamValue::Secret(secret) = &value {
            sources.ui.redactor.learn(secret);
        }
        Ok(Some(value))
    }
}

/// Returns the name of the variable that a secret may be in.
fn variable(spec: &ParamSpec) -> String {
    format!("DESKHAND_{}", spec.name.to_uppercase())
}

/// Reads a secret from a file, without the end of its line.
fn first_line(path: &Path, spec: &ParamSpec) -> Result<String, Failure> {
    let text = fs::read_to_string(path).map_err(|e| {
        Failure::usage(format!(
            "the secret `{}` cannot be read from {}",
            spec.name,
            path.display()
        ))
        .caused_by(&e)
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

impl From<ParamError> for Failure {
    fn from(error: ParamError) -> Self {
        let failure = Self::usage(format!("{}: {}", error.param, error.problem));
        if error.hint.is_empty() {
            failure
        } else {
            failure.hint(error.hint)
        }
    }
}

/// Asks until the answer can be used, or nobody answers.
fn ask(spec: &ParamSpec, sources: &Sources<'_>) -> Result<ParamValue, Failure> {
    let question = format!("{}:", label(spec));
    let answer = sources.ui.ask_until(&question, sources.cancel, |answer| {
        spec.parse(answer)
            .map_err(|error| format!("{}; {}", error.problem, error.hint))
    });
    answer.ok_or_else(|| {
        if sources.cancel.is_raised() {
            Failure::interrupted()
        } else {
            Failure::usage(format!("`{}` is missing", spec.shown()))
        }
    })
}

/// What a question says: the name, what the script says of it, and what may be answered where that is not said.
fn label(spec: &ParamSpec) -> String {
    let about = if spec.help.is_empty() {
        if spec.kind == ParamKind::Secret {
            return spec.name.clone();
        }
        spec.expected()
    } else if spec.kind.has_choices() {
        format!("{}; {}", spec.help, spec.expected())
    } else {
        spec.help.clone()
    };
    format!("{} ({about})", spec.name)
}

/// Makes the command that a script's header describes.
fn command(name: &str, header: &Header) -> Command {
    let command = header
        .params
        .iter()
        .fold(Command::new(name.to_owned()), |command, spec| {
            command.arg(argument(spec))
        });
    // The descriptions come last: clap takes those of the global options for the command's own.
    Globals::augment_args(command)
        .bin_name(format!("deskhand {name}"))
        .about(header.summary.clone())
        .long_about(prose(header))
        .after_help(footer(header))
        .args_override_self(true)
}

fn prose(header: &Header) -> String {
    if header.details.is_empty() {
        header.summary.clone()
    } else {
        format!("{}\n\n{}", header.summary, header.details)
    }
}

fn footer(header: &Header) -> String {
    let mut parts = Vec::new();
    if !header.examples.is_empty() {
        parts.push(format!("Examples:\n  {}", header.examples.join("\n  ")));
    }
    let mut permissions = Vec::new();
    if !header.needs.is_empty() {
        permissions.push(format!("Needs of the access key: {}", header.needs.join(", ")));
    }
    if !header.uses.is_empty() {
        permissions.push(format!("Better with: {}", header.uses.join(", ")));
    }
    if !permissions.is_empty() {
        parts.push(permissions.join("\n"));
    }
    parts.join("\n\n")
}

fn argument(spec: &ParamSpec) -> Arg {
    let default = spec.value.as_ref().and_then(shown);
    let otherwise = (spec.form == ParamForm::Secret).then(|| {
        let prompt = if spec.required { ", then a prompt" } else { "" };
        format!("[without it: {}{prompt}]", variable(spec))
    });
    let default = default.map(|value| format!("[default: {value}]"));
    let help: Vec<String> = [help(spec), default, otherwise].into_iter().flatten().collect();
    let arg = Arg::new(spec.name.clone())
        .help(help.join(" "))
        .required(spec.required && spec.form != ParamForm::Secret);
    let arg = match spec.form {
        ParamForm::Flag => return arg.long(spec.kebab()).action(ArgAction::SetTrue),
        ParamForm::Secret => {
            return arg
                .long(format!("{}-file", spec.kebab()))
                .value_name("FILE")
                .value_hint(ValueHint::FilePath);
        }
        ParamForm::Option => arg.long(spec.kebab()),
        ParamForm::Positional => arg,
    };
    let arg = arg.value_name(placeholder(spec)).allow_negative_numbers(true);
    match &spec.kind {
        ParamKind::Enum(choices) => arg.value_parser(PossibleValuesParser::new(choices.clone())),
        ParamKind::List(_) if spec.form == ParamForm::Positional => {
            arg.num_args(1..).action(ArgAction::Append)
        }
        ParamKind::List(_) => arg.action(ArgAction::Append),
        ParamKind::File => arg.value_hint(ValueHint::FilePath),
        _ => arg,
    }
}

/// Returns what the help says of a parameter: the script's own words, else what a value looks like. Clap itself lists
/// choices, and a flag has no value.
fn help(spec: &ParamSpec) -> Option<String> {
    if !spec.help.is_empty() {
        return Some(spec.help.clone());
    }
    if matches!(spec.kind, ParamKind::Enum(_) | ParamKind::Flag) {
        return None;
    }
    let expected = spec.expected();
    let mut letters = expected.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
}

/// A positional parameter is named in the usage line, an option's value by its type.
fn placeholder(spec: &ParamSpec) -> String {
    match spec.form {
        ParamForm::Positional => spec.kebab().to_uppercase(),
        _ => spec.kind.word().to_uppercase(),
    }
}

/// A default as the user would type it; a flag's goes without saying, and a secret has none.
fn shown(value: &ParamValue) -> Option<String> {
    match value {
        ParamValue::String(text) => Some(text.clone()),
        ParamValue::Int(number) => Some(number.to_string()),
        ParamValue::Period(period) => Some(period.to_string()),
        ParamValue::Date(when) => Some(when.to_string()),
        ParamValue::File(path) => Some(path.display().to_string()),
        ParamValue::List(items) => {
            let items: Vec<String> = items.iter().filter_map(shown).collect();
            (!items.is_empty()).then(|| items.join(","))
        }
        ParamValue::Flag(_) | ParamValue::Secret(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Library, Places, Vocabulary};

    fn header(params: &str) -> Header {
        let library = Library::new(Places::default());
        let source = library.keep("t.rhai", &format!("//! Does.\nconst PARAMS = [{params}];"));
        Header::read(&library, &source, &Vocabulary::default()).unwrap()
    }

    #[test]
    fn a_parameter_without_help_is_helped_by_its_type() {
        let header = header(
            r#"#{ name: "group", type: "string" },
            #{ name: "mode", type: "enum", choices: ["fast", "slow"] },
            #{ name: "days", type: "int", value: 3 },
            #{ name: "people", type: "list", of: "email", option: true },
            #{ name: "kind", type: "enum", choices: ["a", "b"], value: "a" },
            #{ name: "speed", type: "string", value: "x", help: "How fast" },"#,
        );
        let help = command("t", &header).render_help().to_string();
        for line in [
            "<GROUP>  A text",
            "<MODE>   [possible values: fast, slow]",
            "--days <INT>      A whole number [default: 3]",
            "--people <LIST>   A list, each item an email address",
            "--kind <ENUM>     [default: a] [possible values: a, b]",
            "--speed <STRING>  How fast [default: x]",
        ] {
            assert!(help.contains(line), "`{line}` is not in\n{help}");
        }
    }

    #[test]
    fn a_question_lists_the_choices() {
        let header = header(
            r#"#{ name: "mode", type: "enum", choices: ["fast", "slow"], help: "How" },
            #{ name: "days", type: "int" },
            #{ name: "group", type: "string", help: "Which group" },
            #{ name: "modes", type: "list", of: "enum", choices: ["a", "b"], option: true },
            #{ name: "key", type: "secret" },"#,
        );
        let labels: Vec<String> = header.params.iter().map(label).collect();
        assert_eq!(
            labels,
            [
                "mode (How; one of fast, slow)",
                "days (a whole number)",
                "group (Which group)",
                "modes (a list, each item one of a, b)",
                "key",
            ]
        );
    }
}
