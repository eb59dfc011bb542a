//! What an error says: rhai's errors in the words of someone who writes scripts, with what was perhaps meant.

use std::sync::Arc;

use rhai::{Dynamic, Engine, EvalAltResult, ParseError, ParseErrorType, Position};

use crate::script::diagnostics::{CANCELLED, reserved};
use crate::script::names::{Names, Of, friendly};
use crate::script::source::Fault;
use crate::suggest;

/// The most signatures that an error lists.
const LISTED: usize = 6;

/// What an error says, without its place.
#[derive(Debug, Default)]
pub(super) struct Wording {
    pub kind: Option<String>,
    pub message: String,
    pub hint: String,
    pub notes: Vec<String>,
    pub thrown: Dynamic,
}

/// What stands around an error.
pub(super) struct Context<'a> {
    /// All of the source that it happened in.
    pub text: &'a str,
    /// Where in it.
    pub position: Position,
    /// The line up to the error.
    pub before: &'a str,
    /// The names of the script's parameters.
    pub params: &'a [&'a str],
    /// Returns the text of the module that the source imports under a name.
    pub imported: &'a dyn Fn(&str) -> Option<Arc<str>>,
}

/// Words an error of parsing where there is no engine of the host.
pub(in crate::script) fn parse_fault(error: &ParseError, text: &str) -> Fault {
    let wording = of_parsing(&Engine::new_raw(), &error.0, text, error.1);
    Fault::new(error.1, wording.message, wording.hint)
}

pub(super) fn of_parsing(engine: &Engine, error: &ParseErrorType, text: &str, position: Position) -> Wording {
    if let Some(wording) = reserved::of(error, text, position) {
        return wording;
    }
    match error {
        ParseErrorType::VariableUndefined(name) => no_variable(engine, name, text),
        ParseErrorType::ModuleUndefined(name) => {
            let names = Names::of(engine, Of::Host);
            let imported = defined(text);
            // What is used and not there is in the text as well.
            let others = imported.iter().map(String::as_str).filter(|other| other != name);
            let hint = suggest::did_you_mean(name, names.modules().chain(others));
            Wording {
                message: format!("there is no module `{name}`"),
                hint: hint.unwrap_or_else(|| format!("is an import missing? `import \"…\" as {name};`")),
                ..Wording::default()
            }
        }
        other => Wording {
            message: sentence(&other.to_string()),
            ..Wording::default()
        },
    }
}

pub(super) fn of_running(engine: &Engine, error: EvalAltResult, context: &Context) -> Wording {
    let plain = |message: String, hint: &str| Wording {
        message,
        hint: hint.to_owned(),
        ..Wording::default()
    };
    match error {
        EvalAltResult::ErrorRuntime(thrown, _) => of_thrown(thrown),
        EvalAltResult::ErrorTerminated(..) => Wording {
            kind: Some(CANCELLED.to_owned()),
            message: "the script was interrupted".to_owned(),
            ..Wording::default()
        },
        EvalAltResult::ErrorFunctionNotFound(call, _) => no_function(engine, &call, context),
        EvalAltResult::ErrorVariableNotFound(name, _) => no_variable(engine, &name, context.text),
        EvalAltResult::ErrorPropertyNotFound(name, _) => no_field_of_map(&name, context),
        EvalAltResult::ErrorDotExpr(text, _) => no_field_of_record(engine, &text),
        EvalAltResult::ErrorParsing(error, _) => of_parsing(engine, &error, context.text, context.position),
        EvalAltResult::ErrorModuleNotFound(name, _) => plain(format!("there is no module `{name}`"), ""),
        EvalAltResult::ErrorStackOverflow(_) => plain(
            format!(
                "functions call each other more than {} levels deep",
                engine.max_call_levels()
            ),
            "does a function call itself without an end?",
        ),
        EvalAltResult::ErrorDataRace(..) => plain(
            "a captured variable is changed while it is in use".to_owned(),
            "let the closure return its value instead of changing a variable outside",
        ),
        EvalAltResult::ErrorMismatchDataType(wanted, found, _) => plain(
            format!(
                "a value of type {} is needed here, and this is {}",
                friendly(engine, &wanted),
                friendly(engine, &found)
            ),
            "",
        ),
        other => plain(sentence(&other.to_string()), ""),
    }
}

/// Words what was thrown: a map with a message, a text, or any value.
fn of_thrown(thrown: Dynamic) -> Wording {
    let text = |key: &str| {
        let map = thrown.as_map_ref().ok()?;
        let value = map.get(key)?;
        value.as_immutable_string_ref().ok().map(|s| s.to_string())
    };
    let message = text("message").unwrap_or_else(|| {
        if thrown.is_unit() {
            "the script threw an error without a message".to_owned()
        } else {
            thrown.to_string()
        }
    });
    Wording {
        // Only an interruption is one: a script that throws the word has not been stopped by anybody.
        kind: text("kind").filter(|kind| kind != CANCELLED),
        message,
        hint: text("hint").unwrap_or_default(),
        notes: Vec::new(),
        thrown,
    }
}

/// Words a call for which there is no function; `call` is like `rename (i64, i64)`.
fn no_function(engine: &Engine, call: &str, context: &Context) -> Wording {
    let (path, types) = call.split_once(" (").unwrap_or((call, ""));
    let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
    if name.starts_with("anon$") {
        return Wording {
            message: "this closure cannot be called here with these arguments".to_owned(),
            hint:
                "does it take as many? A closure that was made in an imported module can only be called there"
                    .to_owned(),
            ..Wording::default()
        };
    }
    let types: Vec<String> = types
        .trim_end_matches(')')
        .split(", ")
        .filter(|t| !t.is_empty())
        .map(|t| friendly(engine, t))
        .collect();
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Wording {
            message: format!("`{name}` does not work on {}", types.join(" and ")),
            ..Wording::default()
        };
    }
    let known = candidates(engine, module, context);
    let mut notes: Vec<String> = known
        .iter()
        .filter(|(known, _)| known == path)
        .map(|(_, signature)| signature.clone())
        .collect();
    notes.sort();
    notes.dedup();
    if notes.is_empty() {
        let elsewhere = known
            .iter()
            .find(|(known, _)| known.rsplit("::").next() == Some(name));
        let hint = match elsewhere {
            Some((known, _)) => Some(format!("did you mean `{known}`?")),
            None => suggest::did_you_mean(path, known.iter().map(|(known, _)| known.as_str())),
        };
        return Wording {
            message: format!("there is no function `{path}`"),
            hint: hint.unwrap_or_default(),
            ..Wording::default()
        };
    }
    let more = notes.len().saturating_sub(LISTED);
    notes.truncate(LISTED);
    let mut notes: Vec<String> = notes
        .into_iter()
        .map(|signature| format!("there is {signature}"))
        .collect();
    if more > 0 {
        notes.push(format!("and {more} more"));
    }
    Wording {
        message: format!("`{path}` does not take ({})", types.join(", ")),
        notes,
        ..Wording::default()
    }
}

/// Returns the functions that a call could mean, each with its path and its signature.
fn candidates(engine: &Engine, module: &str, context: &Context) -> Vec<(String, String)> {
    if let Some(text) = Some(module).filter(|m| !m.is_empty()).and_then(context.imported) {
        let inside = |f: &str| format!("{module}::{f}");
        return functions(&text)
            .map(|(name, signature)| (inside(name), inside(&signature)))
            .collect();
    }
    let names = Names::of(engine, Of::All);
    let host = names
        .functions()
        .iter()
        .filter(|f| module.is_empty() || f.module == module)
        .map(|f| {
            let path = if f.module.is_empty() {
                f.name.clone()
            } else {
                format!("{}::{}", f.module, f.name)
            };
            (path, f.signature.clone())
        });
    let own = functions(context.text).filter(|_| module.is_empty());
    host.chain(own.map(|(name, signature)| (name.to_owned(), signature)))
        .collect()
}

/// Returns the functions that a text defines, each with its signature.
fn functions(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split("fn ").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once('(')?;
        let name = name.trim();
        let arguments = rest.split(')').next()?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        is_name.then(|| (name, format!("{name}({})", arguments.trim())))
    })
}

fn no_variable(engine: &Engine, name: &str, text: &str) -> Wording {
    let message = format!("there is no variable `{name}`");
    let names = Names::of(engine, Of::Host);
    if names.named(name).next().is_some() {
        let hint = format!("`{name}` is a function; call it: `{name}(…)`");
        return Wording {
            message,
            hint,
            ..Wording::default()
        };
    }
    let mut own = defined(text);
    own.push("params".to_owned());
    own.retain(|known| known != name);
    let hint = if defined(text).iter().any(|known| known == name) || name == "params" {
        "a variable is there only after its `let`, and in its own function: hand the value over as an argument"
            .to_owned()
    } else {
        suggest::did_you_mean(name, own.iter().map(String::as_str)).unwrap_or_default()
    };
    Wording {
        message,
        hint,
        ..Wording::default()
    }
}

fn no_field_of_map(name: &str, context: &Context) -> Wording {
    let before = context.before.trim_end().trim_end_matches(['.', '?']);
    if before.ends_with("params") {
        let hint = suggest::did_you_mean(name, context.params.iter().copied())
            .unwrap_or_else(|| format!("the parameters are {}", context.params.join(", ")));
        return Wording {
            message: format!("the script has no parameter `{name}`"),
            hint,
            ..Wording::default()
        };
    }
    Wording {
        message: format!("the map has no field `{name}`"),
        hint: format!("where it may be missing, use `\"{name}\" in map` or `map.get(\"{name}\")`"),
        ..Wording::default()
    }
}

/// Words a field that a record of the host does not have.
fn no_field_of_record(engine: &Engine, text: &str) -> Wording {
    let mut quoted = text.split('\'').skip(1).step_by(2);
    let (Some(field), Some(kind)) = (quoted.next(), quoted.next()) else {
        return Wording {
            message: sentence(text),
            ..Wording::default()
        };
    };
    let kind = friendly(engine, kind);
    let fields = Names::fields_of(engine, &kind);
    if fields.iter().any(|known| known == field) {
        return Wording {
            message: format!("`{field}` of a value of type {kind} cannot be set: it is read-only"),
            ..Wording::default()
        };
    }
    let hint = suggest::did_you_mean(field, fields.iter().map(String::as_str)).unwrap_or_else(|| {
        if fields.is_empty() {
            String::new()
        } else {
            format!("the fields are {}", fields.join(", "))
        }
    });
    Wording {
        message: format!("a value of type {kind} has no field `{field}`"),
        hint,
        ..Wording::default()
    }
}

/// Returns the names that a text defines: variables, functions, arguments, aliases of imports.
fn defined(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names: Vec<String> = Vec::new();
    let mut previous = "";
    for word in text.split(|c| !is_word(c)).filter(|w| !w.is_empty()) {
        if matches!(previous, "let" | "const" | "for" | "fn" | "as" | "catch") {
            names.push(word.to_owned());
        }
        previous = word;
    }
    let mut lists: Vec<&str> = text
        .split('|')
        .skip(1)
        .step_by(2)
        .filter(|list| list.len() < 80)
        .collect();
    lists.extend(
        text.split("fn ")
            .skip(1)
            .filter_map(|rest| rest.split_once('(')?.1.split(')').next()),
    );
    for name in lists.into_iter().flat_map(|list| list.split(',')).map(str::trim) {
        if !name.is_empty() && name.chars().all(is_word) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    names.dedup();
    names
}

/// Takes rhai's capital away from a message, as all of ours begin small.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
