//! What is refused in a script before it runs, though rhai would run it.
//!
//! - A function pointer handed to a function of an imported module. In rhai 1.26 and 1.27 the module's function of the
//!   same name runs in the place of the one that the closure means, without an error. What the syntax tree cannot show
//!   (a pointer that comes out of a call) is left to the belt at run time.
//! - In a module, `.call(` on an argument: the other end of the same mistake; and the bare name of a function
//!   (`list.filter(is_old)`), which means the entry script's function of that name.
//! - A function that takes the place of one of the host, and an import that takes the place of a module of the host.
//! - A field of `params` that the script does not declare.

use rhai::{AST, ASTNode, Expr, FnCallExpr, Position, Stmt};

use crate::script::names::Names;
use crate::script::params::ParamSpec;
use crate::script::pointers::{Pointers, root};
use crate::script::source::Fault;
use crate::suggest;

/// What a file is.
#[derive(Clone, Copy)]
pub(super) enum Role<'a> {
    /// A script with these parameters.
    Script(&'a [ParamSpec]),
    /// A module that another file imports.
    Module,
}

const NO_CLOSURES: &str = "a function of an imported module takes and returns data; use filter, sort_by, group_by and the \
                           like where the closure is made";

/// Checks a compiled file against the names of the host, and returns the first fault in the order of its text.
pub(super) fn check(ast: &AST, role: Role, names: &Names) -> Result<(), Fault> {
    let pointers = Pointers::of(ast);
    let mut faults = shadowing(ast, names);
    ast.walk(&mut |path: &[ASTNode]| {
        faults.extend(path.last().and_then(|node| visit(node, &pointers, names)));
        true
    });
    match role {
        Role::Script(params) => faults.extend(undeclared(ast, params)),
        Role::Module => {
            faults.extend(bare_names(ast, &pointers));
            faults.extend(called_arguments(ast));
        }
    }
    // Rhai keeps functions in no order.
    let place = |fault: &Fault| (fault.position.line(), fault.position.position());
    faults.into_iter().min_by_key(place).map_or(Ok(()), Err)
}

fn shadowing(ast: &AST, names: &Names) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (_, _, name, params, definition) in ast.shared_lib().iter_script_fn_info() {
        // `fn f(a)` is also the method `x.f(a)`, which the host knows as a function of two.
        let taken = names
            .named(name)
            .find(|known| known.module.is_empty() && (known.params == params || known.params == params + 1));
        if let Some(known) = taken {
            faults.push(Fault::new(
                definition.body.start_position(),
                format!(
                    "the function `{name}` would take the place of {}",
                    known.signature
                ),
                "give it another name",
            ));
        }
    }
    faults
}

fn visit(node: &ASTNode, pointers: &Pointers, names: &Names) -> Option<Fault> {
    match node {
        ASTNode::Stmt(Stmt::Import(import, _)) if names.has_module(&import.1.name) => Some(Fault::new(
            import.1.pos,
            format!(
                "the import would take the place of the module `{}`",
                import.1.name
            ),
            "import it under another name",
        )),
        ASTNode::Stmt(Stmt::FnCall(call, position)) | ASTNode::Expr(Expr::FnCall(call, position)) => {
            handed_over(call, *position, pointers, names)
        }
        _ => None,
    }
}

/// Refuses a call of a module's function with a function pointer among its arguments.
fn handed_over(call: &FnCallExpr, position: Position, pointers: &Pointers, names: &Names) -> Option<Fault> {
    if !call.is_qualified() || names.has_module(call.namespace.root()) {
        return None;
    }
    let culprit = call.args.iter().find(|argument| pointers.in_expr(argument))?;
    let at = culprit.start_position();
    Some(Fault::new(
        if at.is_none() { position } else { at },
        format!(
            "a function is handed to `{}::{}`, which is in an imported module",
            call.namespace, call.name
        ),
        NO_CLOSURES,
    ))
}

/// Refuses the bare name of a function in a module, where rhai takes the entry script's function of that name.
fn bare_names(ast: &AST, pointers: &Pointers) -> Vec<Fault> {
    let mut faults = Vec::new();
    ast.walk(&mut |path: &[ASTNode]| {
        if let Some(ASTNode::Expr(Expr::Variable(variable, _, position))) = path.last()
            && variable.2.is_empty()
            && pointers.functions.contains(variable.1.as_str())
        {
            let name = &variable.1;
            let message = format!("`{name}` without a call could mean a function of another file");
            let hint = format!("write a closure: `|x| {name}(x)`");
            faults.push(Fault::new(*position, message, hint));
        }
        true
    });
    faults
}

/// Refuses the call of an argument, in a module.
fn called_arguments(ast: &AST) -> Vec<Fault> {
    let mut faults = Vec::new();
    for function in ast.iter_functions() {
        let arguments = &function.params;
        let alone = ast.clone_functions_only_filtered(|_, _, _, name, count| {
            name == function.name && count == arguments.len()
        });
        alone.walk(&mut |path: &[ASTNode]| {
            let called = match path.last() {
                Some(ASTNode::Expr(Expr::Dot(pair, _, _))) => match &pair.rhs {
                    Expr::MethodCall(call, _) if call.name == "call" => root(&pair.lhs),
                    Expr::Dot(inner, _, _) => match (&inner.lhs, &inner.rhs) {
                        (_, Expr::MethodCall(call, _)) if call.name == "call" => root(&pair.lhs),
                        _ => None,
                    },
                    _ => None,
                },
                Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)))
                    if call.name == "call" && !call.is_qualified() =>
                {
                    call.args.first().and_then(root)
                }
                _ => None,
            };
            if let Some((name, position)) = called.filter(|(name, _)| arguments.contains(name)) {
                let message =
                    format!("`{name}` is an argument, and a module must not call functions from outside");
                faults.push(Fault::new(position, message, NO_CLOSURES));
            }
            true
        });
    }
    faults
}

/// Refuses `params.nme` at the top level; in closures it is found at run time.
fn undeclared(ast: &AST, params: &[ParamSpec]) -> Option<Fault> {
    let top = ast.clone_statements_only();
    let mut fault = None;
    let mut own = false;
    top.walk(&mut |path: &[ASTNode]| {
        match path.last() {
            // From here on `params` is the script's own variable.
            Some(ASTNode::Stmt(Stmt::Var(definition, _, _))) if definition.0.name == "params" => own = true,
            Some(ASTNode::Expr(Expr::Dot(pair, _, _) | Expr::Index(pair, _, _))) if !own => {
                fault = root_field(&pair.lhs, &pair.rhs)
                    .and_then(|(name, position)| undeclared_field(name, position, params));
            }
            _ => {}
        }
        fault.is_none()
    });
    fault
}

/// Returns the field that is taken from `params`, if it is.
fn root_field<'a>(left: &Expr, right: &'a Expr) -> Option<(&'a str, Position)> {
    let Expr::Variable(variable, _, _) = left else {
        return None;
    };
    if variable.1 != "params" || !variable.2.is_empty() {
        return None;
    }
    match right {
        Expr::Property(property, position) => Some((property.2.as_str(), *position)),
        Expr::StringConstant(name, position) => Some((name.as_str(), *position)),
        Expr::Dot(pair, _, _) | Expr::Index(pair, _, _) => match &pair.lhs {
            Expr::Property(property, position) => Some((property.2.as_str(), *position)),
            Expr::StringConstant(name, position) => Some((name.as_str(), *position)),
            _ => None,
        },
        _ => None,
    }
}

fn undeclared_field(name: &str, position: Position, params: &[ParamSpec]) -> Option<Fault> {
    let declared = || params.iter().map(|p| p.name.as_str());
    if declared().any(|known| known == name) {
        return None;
    }
    let hint = suggest::did_you_mean(name, declared()).unwrap_or_else(|| match params {
        [] => "it declares none; add a `const PARAMS = [ … ];`".to_owned(),
        _ => format!("the parameters are {}", declared().collect::<Vec<_>>().join(", ")),
    });
    Some(Fault::new(
        position,
        format!("the script has no parameter `{name}`"),
        hint,
    ))
}
