//! The cleanup policy as it counts in this run: its functions, and where each comes from.

use crate::script::diagnostics::{Place, ScriptError, wording};
use crate::script::library::Library;
use crate::script::lint::{self, Role};
use crate::script::names::Names;
use crate::script::overlay::{self, Defined};
use crate::script::source::{Fault, parse};
use crate::script::stack::on_large_stack;

/// A function of the cleanup policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFunction {
    /// Its name.
    pub name: String,
    /// The names of its parameters.
    pub params: Vec<String>,
    /// What it answers with, where the shipped policy says so: a type, or several with ` or ` between.
    pub answer: Option<String>,
    /// What it decides, in a line.
    pub about: String,
    /// Where it stands, if it is the user's own.
    pub place: Option<Place>,
}

impl PolicyFunction {
    /// Returns its name, its parameters and its answer as a script's author writes them.
    pub fn signature(&self) -> String {
        let answer = self.answer.as_ref().map(|answer| format!(" -> {answer}"));
        format!(
            "{}({}){}",
            self.name,
            self.params.join(", "),
            answer.unwrap_or_default()
        )
    }
}

/// Returns the functions of the cleanup policy in the order of the shipped one, each as it would be called.
///
/// A file that cannot be laid over is an error. Nothing runs, and nothing is held against the names of a host, as it is by
/// an import and by [`checked_policy`].
pub fn policy(library: &Library) -> Result<Vec<PolicyFunction>, Box<ScriptError>> {
    on_large_stack(|| list(library, None)).map_err(|error| ScriptError::internal(&error))?
}

/// Returns the same, and refuses whatever a run would refuse in a host that has these names.
pub fn checked_policy(library: &Library, host: &Names) -> Result<Vec<PolicyFunction>, Box<ScriptError>> {
    on_large_stack(|| list(library, Some(host))).map_err(|error| ScriptError::internal(&error))?
}

/// Says which file of the user's had a say in this run, and in which functions; nothing where no script has imported the
/// policy, and where it is the shipped one alone.
pub fn decided_by(library: &Library) -> Option<String> {
    if !library.asks_policy() {
        return None;
    }
    let file = library.laid_policy()?.path.display();
    let functions = match policy(library) {
        Ok(functions) => functions,
        // Such a file cannot be imported either, and has not decided anything: what is wrong with it is worth a word.
        Err(error) => return Some(format!("the cleanup policy {file}: {}", error.message)),
    };
    let own: Vec<String> = functions
        .iter()
        .filter_map(|function| {
            Some(format!(
                "{} in line {}",
                function.name,
                function.place.as_ref()?.line
            ))
        })
        .collect();
    let own = match own.as_slice() {
        [] => "nothing of its own".to_owned(),
        own => own.join(", "),
    };
    Some(format!("the cleanup policy {file}: {own}"))
}

fn list(library: &Library, host: Option<&Names>) -> Result<Vec<PolicyFunction>, Box<ScriptError>> {
    let source = library.policy().map_err(|error| ScriptError::unread(&error))?;
    let failed = |fault: Fault| ScriptError::fault(library, &source.id, fault);
    let laid = library.laid(&source.id);
    let text = laid.map_or(&source.text, |laid| &laid.base.text);
    let base = parse(text).map_err(|error| failed(wording::parse_fault(&error, text)))?;
    let shipped = overlay::functions(&base, text);
    let own = match laid {
        None => Vec::new(),
        Some(laid) => {
            let text = laid.shifted();
            let over = parse(&text).map_err(|error| failed(wording::parse_fault(&error, &text)))?;
            let own = overlay::functions(&over, &text);
            overlay::check(&shipped, &over, &own).map_err(failed)?;
            if let Some(host) = host {
                lint::check(&over, Role::Module, host).map_err(failed)?;
            }
            own
        }
    };
    let answers = overlay::answers(&base);
    let listed = shipped
        .iter()
        .filter(|function| !function.private)
        .map(|shipped| {
            let mine = own.iter().find(|function| function.name == shipped.name);
            PolicyFunction {
                name: shipped.name.clone(),
                params: mine.unwrap_or(shipped).params.clone(),
                answer: answers.get(&shipped.name).cloned(),
                about: about(mine).unwrap_or_else(|| shipped.prose.clone()),
                place: mine.and_then(|mine| Place::of(library, &source.id, mine.position)),
            }
        });
    Ok(listed.collect())
}

/// Returns what the user says of a function; without a word of the user's it is still the same question.
fn about(mine: Option<&Defined>) -> Option<String> {
    mine.map(|mine| mine.prose.clone())
        .filter(|prose| !prose.is_empty())
}
