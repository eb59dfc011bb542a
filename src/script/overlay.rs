//! Laying a user's file over a shipped module, function by function.
//!
//! Both become one module, so that each function calls the user's version of the others. The file may hold functions that
//! the shipped one has too, functions of its own (`private`), constants and imports; a misspelt function would be one that
//! nobody calls, and is refused. What a function of the user's answers with is held against what the shipped module says of
//! it: an answer of another type would be an error in the file of whoever asked.

use std::collections::BTreeMap;

use rhai::{AST, ASTFlags, Engine, EvalAltResult, Expr, FnAccess, Module, ParseError, Position, Stmt};

use crate::script::library::{Laid, place};
use crate::script::lint::{self, Role};
use crate::script::names::{Names, Of};
use crate::script::raise::{Raised, SCRIPT};
use crate::script::source::{Fault, parse};
use crate::suggest;

/// The constant in which a shipped module says what its functions answer with: a type, or several with ` or ` between.
const ANSWERS: &str = "ANSWERS";

/// What goes before the name of a user's function, once what it answers with is looked at by another that has the name.
pub(super) const OWN: &str = "own__";

/// What goes before the name of a function, in the name of the private one of the shipped module that says what is wrong with
/// an answer of the right type, or `()`. It gets the answer, and what the function was asked.
const WRONG: &str = "wrong_";

/// The variables of the function that asks, which no parameter of the user's is called by.
const ANSWER: &str = "own__answer";
const IS_NONE: &str = "own__is_none";
const WHY: &str = "own__why";

/// What to do about an answer of another type.
const EACH_WAY: &str = "each way through the function has to end in a value of that type";

/// What to do about one that is of the right type, and cannot be.
const AS_SHIPPED: &str = "`deskhand policy show` says what the function is asked";

/// A function of a file, as far as its first line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Defined {
    pub name: String,
    pub params: Vec<String>,
    /// Where its name stands.
    pub position: Position,
    pub private: bool,
    /// The first paragraph of the prose above it.
    pub prose: String,
    /// Whether it is a method of a type.
    of_type: bool,
}

/// Returns the functions that a file defines, in the order of its text.
pub(super) fn functions(ast: &AST, text: &str) -> Vec<Defined> {
    let mut found: Vec<Defined> = ast
        .shared_lib()
        .iter_script_fn_info()
        .filter(|(_, _, name, _, _)| !name.starts_with("anon$"))
        .map(|(_, access, name, _, definition)| Defined {
            name: name.to_owned(),
            params: definition.params.iter().map(ToString::to_string).collect(),
            position: named_at(text, name, definition.body.start_position()),
            private: access == FnAccess::Private,
            prose: prose(definition.comments.iter().map(AsRef::as_ref)),
            of_type: definition.this_type.is_some(),
        })
        .collect();
    found.sort_by_key(|function| (function.position.line(), function.position.position()));
    found
}

/// Returns what each function of a shipped module answers with, for those of which it says so.
pub(super) fn answers(ast: &AST) -> BTreeMap<String, String> {
    let declared = ast.statements().iter().find_map(|statement| match statement {
        Stmt::Var(definition, _, _) if definition.0.name == ANSWERS => Some(&definition.1),
        _ => None,
    });
    let Some(Expr::Map(entries, _)) = declared else {
        return BTreeMap::new();
    };
    let entries = entries.0.iter().filter_map(|(name, answer)| match answer {
        Expr::StringConstant(answer, _) => Some((name.name.to_string(), answer.to_string())),
        _ => None,
    });
    entries.collect()
}

/// Checks that a user's file can be laid over a module, without running anything.
pub(super) fn check(base: &[Defined], over: &AST, functions: &[Defined]) -> Result<(), Fault> {
    let mut faults: Vec<Fault> = over.statements().iter().filter_map(loose).collect();
    faults.extend(functions.iter().filter_map(|function| misfit(function, base)));
    let first = |fault: &Fault| (fault.position.line(), fault.position.position());
    faults.into_iter().min_by_key(first).map_or(Ok(()), Err)
}

/// Refuses what does not belong outside of functions.
fn loose(statement: &Stmt) -> Option<Fault> {
    match statement {
        Stmt::Import(..) | Stmt::Noop(_) => None,
        Stmt::Var(_, flags, _) if flags.contains(ASTFlags::CONSTANT) => None,
        Stmt::Var(definition, _, _) => Some(Fault::new(
            definition.0.pos,
            format!(
                "the variable `{}` stands outside of functions, which cannot see it",
                definition.0.name
            ),
            format!(
                "write `const {0} = …`, and `global::{0}` where it is needed",
                definition.0.name
            ),
        )),
        other => Some(Fault::new(
            other.position(),
            "this stands outside of functions, where nothing is to be done",
            "a policy holds functions, constants and imports",
        )),
    }
}

/// Refuses a function that would never be called, or not as it expects.
fn misfit(function: &Defined, base: &[Defined]) -> Option<Fault> {
    let name = &function.name;
    let fault = |message: String, hint: String| Some(Fault::new(function.position, message, hint));
    let shipped = base.iter().find(|shipped| shipped.name == *name);
    if name.starts_with(OWN) || shipped.is_some_and(|shipped| shipped.private) {
        return fault(
            format!("`{name}` cannot be a function of a policy"),
            "give it another name".to_owned(),
        );
    }
    let shape = |params: &[String]| format!("{name}({})", params.join(", "));
    if function.of_type {
        return fault(
            format!("`{name}` cannot be a function of a policy, as it is a method"),
            match shipped {
                Some(shipped) => format!("write `fn {}`", shape(&shipped.params)),
                None => format!("write `private fn {name}(c)`"),
            },
        );
    }
    let Some(shipped) = shipped else {
        if function.private {
            return None;
        }
        let public = base.iter().filter(|shipped| !shipped.private);
        let names = public.map(|shipped| shipped.name.as_str());
        return fault(
            format!("the shipped policy has no function `{name}`, so that nobody would call it"),
            format!(
                "a function of your own is a `private fn {name}`; {}",
                suggest::among(name, names)
            ),
        );
    };
    if function.params.len() != shipped.params.len() {
        return fault(
            format!(
                "`{}` takes the place of `{}`, and must have as many parameters",
                shape(&function.params),
                shape(&shipped.params)
            ),
            format!("write `fn {}`", shape(&shipped.params)),
        );
    }
    if function.private {
        return fault(
            format!("`{name}` takes the place of a function that scripts call, and must not be private"),
            format!("write `fn {}`", shape(&shipped.params)),
        );
    }
    None
}

/// Compiles both into one, the user's functions in the place of the shipped ones.
pub(super) fn compile(engine: &Engine, laid: &Laid) -> Raised<AST> {
    let shifted = laid.shifted();
    let base = parse(&laid.base.text).map_err(not_parsed)?;
    let over = parse(&shifted).map_err(not_parsed)?;
    let own = functions(&over, &shifted);
    let shipped = functions(&base, &laid.base.text);
    check(&shipped, &over, &own).map_err(Fault::raise)?;
    lint::check(&over, Role::Module, &Names::of(engine, Of::Host)).map_err(Fault::raise)?;
    let mut whole = engine.compile(&*laid.base.text).map_err(not_parsed)?;
    let answers = answers(&base);
    let with_answer: Vec<(&Defined, &String)> = own
        .iter()
        .filter(|function| !function.private)
        .filter_map(|function| Some((function, answers.get(&function.name)?)))
        .collect();
    let compiled = engine.compile(&*shifted).map_err(not_parsed)?;
    whole.combine(renamed(&compiled, |name| {
        with_answer.iter().any(|(function, _)| function.name == name)
    }));
    for (function, answer) in with_answer {
        let wrong = format!("{WRONG}{}", function.name);
        let wrong = shipped
            .iter()
            .any(|shipped| shipped.name == wrong)
            .then_some(wrong);
        let asking = asking(function, answer, wrong.as_deref());
        whole.combine(engine.compile(asking).map_err(not_parsed)?);
    }
    Ok(whole)
}

#[allow(clippy::unnecessary_box_returns, reason = "rhai passes its errors in boxes")]
fn not_parsed(error: ParseError) -> Box<EvalAltResult> {
    error.into()
}

/// Gives functions another name, under which scripts do not see them.
fn renamed(ast: &AST, is_meant: impl Fn(&str) -> bool) -> AST {
    let mut functions = Module::new();
    for (_, _, name, _, definition) in ast.shared_lib().iter_script_fn_info() {
        let mut definition = definition.as_ref().clone();
        if is_meant(name) {
            definition.name = format!("{OWN}{name}").into();
            definition.access = FnAccess::Private;
        }
        functions.set_script_fn(definition);
    }
    AST::new(ast.statements().iter().cloned(), functions)
}

/// Writes the function that bears the name instead: it asks the user's, and throws where that function stands if the
/// answer is none, or if `wrong`, a function of the shipped module, has something to say of it.
fn asking(function: &Defined, answer: &str, wrong: Option<&str>) -> String {
    let name = &function.name;
    let arguments = function.params.join(", ");
    let is_none = answer
        .split(" or ")
        .map(|kind| format!("type_of({ANSWER}) != {kind:?}"))
        .collect::<Vec<_>>()
        .join(" && ");
    let (line, column) = (function.position.line(), function.position.position());
    // Before the user's text there are always the lines of the shipped one.
    let above = "\n".repeat(line.unwrap_or(0).saturating_sub(2));
    let before = " ".repeat(column.unwrap_or(0).saturating_sub(1));
    let message = format!("`{name}` must answer with {answer}, and its answer was of type ");
    let wrong = wrong.map_or("()".to_owned(), |wrong| format!("{wrong}({ANSWER}, {arguments})"));
    format!(
        "{above}fn {name}({arguments}) {{ let {ANSWER} = {OWN}{name}({arguments}); let {IS_NONE} = {is_none}; let {WHY} = if \
         {IS_NONE} {{ {message:?} + type_of({ANSWER}) }} else {{ {wrong} }}; if {WHY} != () {{\n{before}throw #{{ kind: \
         {SCRIPT:?}, message: {WHY}, hint: if {IS_NONE} {{ {EACH_WAY:?} }} else {{ {AS_SHIPPED:?} }} }} }} {ANSWER} }}"
    )
}

/// Finds where a function's name stands, from where its body begins.
fn named_at(text: &str, name: &str, body: Position) -> Position {
    let wanted = body.line().unwrap_or(1);
    let lines = text.lines().enumerate().take(wanted).collect::<Vec<_>>();
    let found = lines.into_iter().rev().find_map(|(at, line)| {
        let before_body = match body.position() {
            Some(column) if at + 1 == wanted => column.saturating_sub(1),
            _ => usize::MAX,
        };
        let end = line
            .char_indices()
            .nth(before_body)
            .map_or(line.len(), |(end, _)| end);
        let start = name_in(&line[..end], name)?;
        Some(place(at + 1, line[..start].chars().count() + 1))
    });
    found.unwrap_or(body)
}

/// Finds where the name stands in the last `fn NAME(` of a line, if there is one outside of a comment.
fn name_in(line: &str, name: &str) -> Option<usize> {
    let code = line.split("//").next().unwrap_or(line);
    let starts = code.match_indices("fn").filter_map(|(at, word)| {
        let rest = &code[at + word.len()..];
        let after = rest.trim_start();
        let named = after.strip_prefix(name)?.trim_start();
        let is_word =
            after.len() < rest.len() && !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        (is_word && named.starts_with('(')).then(|| code.len() - after.len())
    });
    starts.last()
}

/// Returns the first paragraph of a function's prose, on one line.
fn prose<'a>(comments: impl Iterator<Item = &'a str>) -> String {
    let lines = comments
        .flat_map(str::lines)
        .map(|line| line.trim().trim_start_matches('/').trim());
    let first: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    first.join(" ")
}
