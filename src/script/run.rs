//! A script that is ready to run, and its run.

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{AST, Dynamic, Engine, EvalAltResult, Map, Scope};

use crate::script::diagnostics::ScriptError;
use crate::script::header::{Header, Vocabulary};
use crate::script::library::{Library, Source};
use crate::script::lint::{self, Role};
use crate::script::names::{Names, Of};
use crate::script::params::{self, ParamError};
use crate::script::source::compilable;
use crate::script::stack::on_large_stack;
use crate::script::value::ParamValue;

/// The name under which a script finds its parameters.
const PARAMS: &str = "params";

/// A script that was read, compiled and linted.
#[derive(Debug, Clone)]
pub struct Program {
    source: Source,
    header: Header,
    ast: AST,
    library: Arc<Library>,
}

impl Program {
    /// Compiles and lints a script. The engine must have all functions of the host already.
    pub fn prepare(
        engine: &Engine,
        library: &Arc<Library>,
        source: Source,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Box<ScriptError>> {
        on_large_stack(|| Self::compile(engine, library, source, vocabulary))
            .map_err(|error| ScriptError::internal(&error))?
    }

    fn compile(
        engine: &Engine,
        library: &Arc<Library>,
        source: Source,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Box<ScriptError>> {
        // The engine's own tree is optimised, and has lost what can never run.
        let (header, plain) = Header::parse(library, &source, vocabulary)?;
        // A variable, though it will be a constant: the optimizer would put the value of a constant in at once.
        let mut scope = Scope::new();
        scope.push_dynamic(PARAMS, Dynamic::UNIT);
        let mut ast = engine
            .compile_with_scope(&scope, &*compilable(&source.text))
            .map_err(|error| ScriptError::parse(engine, library, &source, &error))?;
        ast.set_source(source.id.as_str());
        lint::check(&plain, Role::Script(&header.params), &Names::of(engine, Of::Host))
            .map_err(|fault| ScriptError::fault(library, &source.id, fault))?;
        Ok(Self {
            source,
            header,
            ast,
            library: Arc::clone(library),
        })
    }

    /// Returns what the script says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the text and where it came from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Makes the constant `params` from the values that were given; see [`bind`](crate::script::bind).
    pub fn bind(&self, given: BTreeMap<String, ParamValue>) -> Result<Map, ParamError> {
        params::bind(&self.header.params, given)
    }

    /// Runs the script on a thread of its own, and returns the value that it ends in.
    ///
    /// `params` come from [`Program::bind`]. The engine must be the one that the script was prepared with.
    pub fn run(&self, engine: &Engine, params: Map) -> Result<Dynamic, Box<ScriptError>> {
        let work = || {
            let mut scope = Scope::new();
            scope.push_constant_dynamic(PARAMS, Dynamic::from_map(params));
            engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.ast)
        };
        let result: Result<Dynamic, Box<EvalAltResult>> =
            on_large_stack(work).map_err(|error| ScriptError::internal(&error))?;
        result.map_err(|error| {
            let names: Vec<&str> = self.header.params.iter().map(|p| p.name.as_str()).collect();
            ScriptError::run(engine, &self.library, &self.source.id, &names, error)
        })
    }
}
