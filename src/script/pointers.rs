//! Which expressions and variables of a file hold function pointers, as far as its text shows it.

use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Dynamic, Expr, FnCallExpr, FnPtr, Position, Stmt, StmtBlock};

/// Returns the variable that an expression begins with.
pub(super) fn root(expr: &Expr) -> Option<(&str, Position)> {
    match expr {
        Expr::Variable(variable, _, position) if variable.2.is_empty() => {
            Some((variable.1.as_str(), *position))
        }
        Expr::Dot(pair, _, _) | Expr::Index(pair, _, _) => root(&pair.lhs),
        _ => None,
    }
}

/// The variables of a file that hold function pointers, as far as the text shows it.
pub(super) struct Pointers {
    variables: BTreeSet<String>,
    /// Functions of the file, whose bare name is a pointer where no variable has it.
    pub functions: BTreeSet<String>,
}

impl Pointers {
    pub(super) fn of(ast: &AST) -> Self {
        let mut functions: BTreeSet<String> = ast.iter_functions().map(|f| f.name.to_owned()).collect();
        for argument in ast.iter_functions().flat_map(|f| f.params) {
            functions.remove(argument);
        }
        ast.walk(&mut |path: &[ASTNode]| {
            match path.last() {
                Some(ASTNode::Stmt(Stmt::Var(definition, _, _))) => {
                    _ = functions.remove(definition.0.name.as_str());
                }
                Some(ASTNode::Stmt(Stmt::For(parts, _))) => _ = functions.remove(parts.0.name.as_str()),
                _ => {}
            }
            true
        });
        let mut pointers = Self {
            variables: BTreeSet::new(),
            functions,
        };
        loop {
            let before = pointers.variables.len();
            ast.walk(&mut |path: &[ASTNode]| {
                if let Some(name) = path.last().and_then(|node| pointers.receiver(node)) {
                    pointers.variables.insert(name);
                }
                true
            });
            // `let g = f;` may stand before what makes `f` a pointer, in a loop or in another function.
            if pointers.variables.len() == before {
                return pointers;
            }
        }
    }

    /// Returns the variable that gets a function pointer at this node.
    fn receiver(&self, node: &ASTNode) -> Option<String> {
        match node {
            ASTNode::Stmt(Stmt::Var(definition, _, _)) => {
                self.in_expr(&definition.1).then(|| definition.0.name.to_string())
            }
            ASTNode::Stmt(Stmt::Assignment(assignment)) => {
                let (name, _) = root(&assignment.1.lhs)?;
                self.in_expr(&assignment.1.rhs).then(|| name.to_owned())
            }
            ASTNode::Stmt(Stmt::For(parts, _)) => {
                self.in_expr(&parts.2.expr).then(|| parts.0.name.to_string())
            }
            ASTNode::Expr(Expr::Dot(pair, _, _)) => {
                let Expr::MethodCall(call, _) = &pair.rhs else {
                    return None;
                };
                let stores = matches!(
                    call.name.as_str(),
                    "push" | "insert" | "set" | "append" | "mixin" | "fill_with"
                );
                let (name, _) = root(&pair.lhs)?;
                (stores && call.args.iter().any(|a| self.in_expr(a))).then(|| name.to_owned())
            }
            _ => None,
        }
    }

    /// Tells whether the value of an expression is or holds a function pointer.
    pub(super) fn in_expr(&self, expr: &Expr) -> bool {
        match expr {
            Expr::DynamicConstant(value, _) => in_value(value),
            Expr::Array(items, _) => items.iter().any(|item| self.in_expr(item)),
            Expr::Map(entries, _) => entries.0.iter().any(|(_, value)| self.in_expr(value)),
            Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
                parts.iter().any(|part| self.in_expr(part))
            }
            Expr::FnCall(call, _) => makes_pointer(call),
            Expr::Stmt(block) => self.in_block(block),
            Expr::Dot(pair, _, _) | Expr::Index(pair, _, _) => {
                let curries = matches!(&pair.rhs, Expr::MethodCall(call, _) if call.name == "curry");
                let calls = matches!(&pair.rhs, Expr::MethodCall(..));
                curries || (!calls && self.in_expr(&pair.lhs))
            }
            Expr::Variable(variable, _, _) if variable.2.is_empty() => {
                self.variables.contains(variable.1.as_str()) || self.functions.contains(variable.1.as_str())
            }
            _ => false,
        }
    }

    fn in_block(&self, block: &StmtBlock) -> bool {
        // A closure with captured variables is a block that shares them and then curries.
        block.iter().any(|statement| matches!(statement, Stmt::Share(_)))
            || block.iter().last().is_some_and(|last| self.in_statement(last))
    }

    fn in_statement(&self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Expr(expr) => self.in_expr(expr),
            Stmt::FnCall(call, _) => makes_pointer(call),
            Stmt::Block(block) => self.in_block(block),
            Stmt::If(parts, _) => self.in_block(&parts.body) || self.in_block(&parts.branch),
            _ => false,
        }
    }
}

fn makes_pointer(call: &FnCallExpr) -> bool {
    !call.is_qualified() && matches!(call.name.as_str(), "Fn" | "curry")
}

fn in_value(value: &Dynamic) -> bool {
    value.is::<FnPtr>()
        || value.as_array_ref().is_ok_and(|list| list.iter().any(in_value))
        || value.as_map_ref().is_ok_and(|map| map.values().any(in_value))
}
