//! The names that an engine knows: for "did you mean", lists of signatures, and the lint against shadowing.

use std::collections::BTreeSet;

use rhai::{Engine, FuncInfo};

use crate::script::kit::fill;

/// One function of an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name, without its module.
    pub name: String,
    /// The module that it is in, or nothing for one that goes without.
    pub module: String,
    /// How many parameters it takes, the receiver of a method among them.
    pub params: usize,
    /// The whole signature in the words of a script, e.g. `sorted(list: array) -> array`.
    pub signature: String,
}

/// Which functions of an engine to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Those that the host registered, the kit among them, but for what the kit only limits.
    Host,
    /// Those, and rhai's own.
    All,
}

/// The functions and modules of an engine; operators and getters are left out.
#[derive(Debug, Clone, Default)]
pub struct Names {
    functions: Vec<Known>,
    modules: BTreeSet<String>,
}

impl Names {
    /// Collects the names of an engine.
    pub fn of(engine: &Engine, which: Of) -> Self {
        let mut functions: Vec<Known> =
            engine.collect_fn_metadata(None, |f| known(engine, &f), which == Of::All);
        if which == Of::Host {
            functions.retain(|f| !fill::NAMES.contains(&f.name.as_str()));
        }
        Self::from(functions)
    }

    /// Returns these names and others besides.
    #[must_use]
    pub fn and(mut self, others: impl IntoIterator<Item = Known>) -> Self {
        self.functions.extend(others);
        Self::from(self.functions)
    }

    fn from(functions: Vec<Known>) -> Self {
        let modules = functions
            .iter()
            .filter_map(|f| f.module.split("::").next())
            .filter(|m| !m.is_empty())
            .map(str::to_owned)
            .collect();
        Self { functions, modules }
    }

    /// Returns all functions.
    pub fn functions(&self) -> &[Known] {
        &self.functions
    }

    /// Returns the functions of a name, in any module.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Known> {
        self.functions.iter().filter(move |f| f.name == name)
    }

    /// Tells whether the engine has a module of that name.
    pub fn has_module(&self, name: &str) -> bool {
        self.modules.contains(name)
    }

    /// Returns the fields that the host gave a type, by the type's name in scripts.
    pub fn fields_of(engine: &Engine, kind: &str) -> Vec<String> {
        let mut fields = engine.collect_fn_metadata(
            None,
            |f| {
                let field = f.metadata.name.strip_prefix("get$")?;
                let receiver = f.metadata.params_info.first()?;
                let receiver = receiver
                    .split_once(':')
                    .map_or(receiver.as_str(), |(_, kind)| kind);
                (friendly(engine, receiver) == kind).then(|| field.to_owned())
            },
            false,
        );
        fields.sort();
        fields.dedup();
        fields
    }

    /// Returns the names of the modules.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(String::as_str)
    }
}

fn known(engine: &Engine, info: &FuncInfo) -> Option<Known> {
    let meta = info.metadata;
    if !meta.name.starts_with(|c: char| c.is_alphabetic() || c == '_') || meta.name.contains('$') {
        return None;
    }
    let params: Vec<String> = meta.params_info.iter().map(|p| param(engine, p)).collect();
    let mut signature = format!("{}({})", meta.name, params.join(", "));
    if !info.namespace.is_empty() {
        signature.insert_str(0, &format!("{}::", info.namespace));
    }
    let returns = friendly(engine, &meta.return_type);
    if !returns.is_empty() && returns != "()" {
        signature.push_str(" -> ");
        signature.push_str(&returns);
    }
    Some(Known {
        name: meta.name.to_string(),
        module: info.namespace.to_string(),
        params: meta.num_params,
        signature,
    })
}

fn param(engine: &Engine, info: &str) -> String {
    match info.split_once(':') {
        None => info.trim().to_owned(),
        Some((name, kind)) => {
            let kind = friendly(engine, kind);
            match name.trim() {
                "" | "_" | "?" => kind,
                name => format!("{name}: {kind}"),
            }
        }
    }
}

/// Turns the name of a Rust type into what a script's author calls it.
pub(super) fn friendly(engine: &Engine, kind: &str) -> String {
    let kind = kind
        .trim()
        .trim_start_matches("&mut ")
        .trim_start_matches('&')
        .trim();
    let inner = ["RhaiResultOf<", "Raised<", "Result<"]
        .iter()
        .find_map(|wrap| kind.strip_prefix(wrap))
        .map(|rest| rest.split(", Box<").next().unwrap_or(rest).trim_end_matches('>'));
    let kind = inner.unwrap_or(kind);
    match kind
        .split(['|', '<'])
        .next()
        .unwrap_or(kind)
        .trim()
        .rsplit("::")
        .next()
        .unwrap_or(kind)
        .trim_start_matches('&')
    {
        "i64" | "INT" => "int",
        "f64" | "FLOAT" => "float",
        "ImmutableString" | "String" | "str" | "mut str" => "string",
        "Array" | "Vec" => "array",
        "Map" | "BTreeMap" => "map",
        "FnPtr" => "Fn",
        "Dynamic" | "RhaiResult" | "?" => "?",
        _ => return engine.map_type_name(kind).to_owned(),
    }
    .to_owned()
}
