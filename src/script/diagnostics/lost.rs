//! Where an error happened to which rhai gives no position: the data race, a value that is needed while it is changed.
//!
//! Such an error names the function that was about to be called, and no more. The call is looked for in the text: best
//! is one that hands over a closure that captures the very variable that it is called on, which is how the error comes
//! about; then one with any closure that captures; then any.

use rhai::{ASTNode, EvalAltResult, Expr, FnCallExpr, Position, Stmt};

use crate::script::pointers::root;
use crate::script::source::parse;
use crate::script::stack::on_large_stack;

/// Returns the position of the call that the error is likely to mean.
pub(super) fn call(error: &EvalAltResult, text: &str) -> Option<Position> {
    let EvalAltResult::ErrorDataRace(what, _) = error else {
        return None;
    };
    let name = what.split('\'').nth(1)?;
    on_large_stack(|| search(text, name)).ok()?
}

fn search(text: &str, name: &str) -> Option<Position> {
    let mut found: Option<(Likely, Position)> = None;
    parse(text).ok()?.walk(&mut |path: &[ASTNode]| {
        let seen = match path.last() {
            Some(ASTNode::Expr(Expr::Dot(pair, _, _))) => match &pair.rhs {
                Expr::MethodCall(call, position) => {
                    Some((call, *position, root(&pair.lhs).map(|(name, _)| name)))
                }
                _ => None,
            },
            Some(
                ASTNode::Expr(Expr::FnCall(call, position) | Expr::MethodCall(call, position))
                | ASTNode::Stmt(Stmt::FnCall(call, position)),
            ) => Some((call, *position, None)),
            _ => None,
        };
        if let Some((call, position, receiver)) = seen.filter(|(call, _, _)| call.name == name) {
            let likely = likely(call, receiver);
            let place = |p: Position| (p.line(), p.position());
            let better = found.is_none_or(|(best, first)| {
                likely > best || (likely == best && place(position) < place(first))
            });
            if better {
                found = Some((likely, position));
            }
        }
        true
    });
    found.map(|(_, position)| position)
}

/// How likely a call is the one that is meant, from the least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likely {
    ByName,
    Captures,
    CapturesReceiver,
}

fn likely(call: &FnCallExpr, receiver: Option<&str>) -> Likely {
    let captured = || {
        let blocks = call.args.iter().filter_map(|argument| match argument {
            Expr::Stmt(block) => Some(block),
            _ => None,
        });
        blocks
            .flat_map(|block| block.iter())
            .filter_map(|statement| match statement {
                Stmt::Share(names) => Some(names.iter().map(|shared| shared.0.name.as_str())),
                _ => None,
            })
    };
    if captured().flatten().any(|name| Some(name) == receiver) {
        Likely::CapturesReceiver
    } else if captured().next().is_some() {
        Likely::Captures
    } else {
        Likely::ByName
    }
}
