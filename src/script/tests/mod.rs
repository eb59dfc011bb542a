//! Scripts from their text to their value or error; and what the tests of the room share.

mod cancelling;
mod explaining;
mod finding;
mod importing;
mod laying;
mod limits;
mod parameters;
mod policy;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rhai::{Dynamic, Engine, NativeCallContext, Position};

use crate::cancel::Cancel;
use crate::script::source::Fault;
use crate::script::{
    Header, Library, Limits, Look, Origin, ParamValue, Places, Program, Raised, ScriptError, Source,
    Vocabulary, engine, raise,
};

/// A record of a host.
#[derive(Debug, Clone)]
struct Machine(String);

/// An engine with a few functions as a host would register them.
pub(super) fn host(library: &Arc<Library>, cancel: &Cancel) -> Engine {
    let mut engine = engine(&Limits::default(), cancel, Arc::clone(library), Arc::new(|_| {}));
    engine.register_type_with_name::<Machine>("machine");
    engine.register_get("name", |m: &mut Machine| m.0.clone());
    engine.register_get("online", |_: &mut Machine| true);
    engine.register_fn("get_machine", |name: &str| Machine(name.to_owned()));
    engine.register_fn("list_machines", || vec![Dynamic::from(Machine("PC-1".into()))]);
    engine.register_fn("rename", |_: &mut Machine, name: &str| Machine(name.to_owned()));
    engine.register_fn("refuse", |_: NativeCallContext, status: i64| -> Raised<()> {
        let error = raise("not_found", "no such machine", "list them first");
        match *error {
            rhai::EvalAltResult::ErrorRuntime(thrown, position) => {
                let mut map = thrown.cast::<rhai::Map>();
                map.insert("status".into(), status.into());
                Err(rhai::EvalAltResult::ErrorRuntime(map.into(), position).into())
            }
            other => Err(other.into()),
        }
    });
    let mut vendor = rhai::Module::new();
    vendor.set_native_fn(
        "each",
        |ctx: NativeCallContext, f: rhai::FnPtr| -> Raised<Dynamic> { f.call_within_context(&ctx, (1_i64,)) },
    );
    engine.register_static_module("vendor", vendor.into());
    engine
}

pub(super) fn library_in(folder: &Path) -> Arc<Library> {
    Arc::new(Library::with_shipped(
        Places {
            here: folder.to_owned(),
            scripts: Some(folder.join("user")),
            stdlib: Some(folder.join("stdlib")),
        },
        &[
            ("greet", "`hello ${params}`"),
            ("list-machines", "list_machines()"),
        ],
        &[
            ("text", "fn twice(x) { x + x }"),
            ("policy", "fn is_stale(c) { true }"),
        ],
    ))
}

/// Runs a text as a script with parameters that were given as they are typed.
pub(super) fn run(code: &str, given: &[(&str, &str)]) -> Result<Dynamic, Box<ScriptError>> {
    let folder = tempfile::tempdir().unwrap();
    let library = library_in(folder.path());
    let engine = host(&library, &Cancel::default());
    let program = Program::prepare(
        &engine,
        &library,
        library.keep("test.rhai", code),
        &Vocabulary::default(),
    )?;
    let values: BTreeMap<String, ParamValue> = given
        .iter()
        .map(|(name, text)| {
            let spec = program.header().params.iter().find(|p| p.name == *name).unwrap();
            ((*name).to_owned(), spec.parse(text).unwrap())
        })
        .collect();
    let params = program.bind(values).unwrap();
    program.run(&engine, params)
}

/// Runs a text and writes its value as rhai would.
pub(super) fn eval(code: &str) -> String {
    run(code, &[])
        .unwrap_or_else(|error| panic!("{code}\n{}", error.render(&Look::default())))
        .to_string()
}

/// Runs a text that must fail.
pub(super) fn failure(code: &str) -> ScriptError {
    match run(code, &[]) {
        Ok(value) => panic!("{code}\nended in {value}"),
        Err(error) => *error,
    }
}

/// Writes files into a folder and runs the one named `main.rhai`.
pub(super) fn run_files(files: &[(&str, &str)]) -> Result<Dynamic, Box<ScriptError>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = library_in(folder.path());
    let engine = host(&library, &Cancel::default());
    let source = library.script("./main.rhai").unwrap();
    Program::prepare(&engine, &library, source, &Vocabulary::default())?.run(&engine, rhai::Map::new())
}
