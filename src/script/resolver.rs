//! What happens at `import`: the library finds the text, and it is compiled, linted and run in a world of its own.
//!
//! A module sees neither variables nor functions of its importer, is run once for an engine, and is known by its id, so
//! that two ways to the same file are one module. Modules that import each other in a circle are an error that names it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use rhai::{AST, Engine, EvalAltResult, GlobalRuntimeState, Module, ModuleResolver, Position, Scope, Shared};

use crate::script::library::{Library, Source};
use crate::script::lint::{self, Role};
use crate::script::names::{Names, Of};
use crate::script::overlay;
use crate::script::raise::{Raised, SCRIPT, raise};
use crate::script::source::{self, Fault};

/// Resolves the imports of one engine.
pub(super) struct Resolver {
    library: Arc<Library>,
    modules: Mutex<BTreeMap<String, Shared<Module>>>,
    /// The modules being loaded, from the outermost on; a chain for each thread, since closures may run on several.
    loading: Mutex<HashMap<ThreadId, Vec<String>>>,
}

impl Resolver {
    pub(super) fn new(library: Arc<Library>) -> Self {
        Self {
            library,
            modules: Mutex::default(),
            loading: Mutex::default(),
        }
    }

    fn load(
        &self,
        engine: &Engine,
        importer: Option<&str>,
        path: &str,
        pos: Position,
    ) -> Raised<Shared<Module>> {
        let found = self
            .library
            .module(importer, path)
            .map_err(|error| at(raise(SCRIPT, error.to_string(), ""), pos))?;
        if let Some(module) = self
            .modules
            .lock()
            .ok()
            .and_then(|known| known.get(&found.id).cloned())
        {
            return Ok(module);
        }
        self.enter(importer, &found.id, pos)?;
        let result = self
            .compile(engine, &found)
            .and_then(|ast| run(engine, &found.id, ast));
        self.leave();
        let module = Shared::new(
            result.map_err(|error| Box::new(EvalAltResult::ErrorInModule(found.id.clone(), error, pos)))?,
        );
        if let Ok(mut known) = self.modules.lock() {
            known.insert(found.id, Shared::clone(&module));
        }
        Ok(module)
    }

    fn compile(&self, engine: &Engine, found: &Source) -> Raised<AST> {
        if let Some(laid) = self.library.laid(&found.id) {
            return overlay::compile(engine, laid);
        }
        let ast = engine
            .compile(&*source::compilable(&found.text))
            .map_err(Box::<EvalAltResult>::from)?;
        let plain = source::parse(&found.text).map_err(Box::<EvalAltResult>::from)?;
        lint::check(&plain, Role::Module, &Names::of(engine, Of::Host)).map_err(Fault::raise)?;
        Ok(ast)
    }

    fn enter(&self, importer: Option<&str>, id: &str, pos: Position) -> Raised<()> {
        let Ok(mut loading) = self.loading.lock() else {
            return Ok(());
        };
        let chain = loading.entry(thread::current().id()).or_default();
        if chain.is_empty() {
            // The entry script is part of the circle when a module imports it.
            chain.extend(importer.map(str::to_owned));
        }
        if let Some(start) = chain.iter().position(|known| known == id) {
            let circle: Vec<String> = chain[start..]
                .iter()
                .map(String::as_str)
                .chain([id])
                .map(|id| self.library.shown(id))
                .collect();
            let message = format!(
                "these files import each other in a circle: {}",
                circle.join(" → ")
            );
            return Err(at(
                raise(SCRIPT, message, "move what both need into a third file"),
                pos,
            ));
        }
        chain.push(id.to_owned());
        Ok(())
    }

    fn leave(&self) {
        if let Ok(mut loading) = self.loading.lock()
            && let Some(chain) = loading.get_mut(&thread::current().id())
        {
            chain.pop();
            // What is left then is the entry script.
            if chain.len() <= 1 {
                loading.remove(&thread::current().id());
            }
        }
    }
}

impl ModuleResolver for Resolver {
    fn resolve(
        &self,
        engine: &Engine,
        source: Option<&str>,
        path: &str,
        pos: Position,
    ) -> Raised<Shared<Module>> {
        self.load(engine, source, path, pos)
    }

    fn resolve_raw(
        &self,
        engine: &Engine,
        global: &mut GlobalRuntimeState,
        _scope: &mut Scope,
        path: &str,
        pos: Position,
    ) -> Raised<Shared<Module>> {
        self.load(engine, global.source(), path, pos)
    }
}

/// Runs what stands outside of functions.
fn run(engine: &Engine, id: &str, mut ast: AST) -> Raised<Module> {
    ast.set_source(id);
    // A state of its own: with the importer's, the module's top level would see the importer's functions and imports.
    let mut world = engine.new_global_runtime_state();
    Module::eval_ast_as_new_raw(engine, &mut Scope::new(), &mut world, &ast)
}

#[allow(clippy::unnecessary_box_returns, reason = "rhai passes its errors in boxes")]
fn at(mut error: Box<EvalAltResult>, position: Position) -> Box<EvalAltResult> {
    error.set_position(position);
    error
}
