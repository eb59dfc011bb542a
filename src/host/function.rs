//! One declaration for each host function: it feeds registration, the function's documentation, completion, and the
//! test that runs every example.

use std::any::TypeId;
use std::sync::Arc;

use rhai::{Dynamic, Engine, FuncRegistration, Module, NativeCallContext, RhaiFunc};

use crate::fleet;
use crate::script;

use super::arguments::Arguments;
use super::connection::Fleet;
use super::errors::raise_at;
use super::plans::{Draft, draft_of};

/// Whether calling a function may change the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Computes from its arguments, or asks the clock.
    None,
    /// Asks the vendor.
    Read,
    /// Changes something at the vendor, through the one door.
    Write,
}

/// A parameter: its name, and its type in a script writer's words.
pub type Parameter = (&'static str, &'static str);

/// A function that scripts can call.
pub struct Function {
    /// The name in scripts.
    pub name: &'static str,
    /// The parameters, in order.
    pub parameters: &'static [Parameter],
    /// The type of the result, in a script writer's words.
    pub returns: &'static str,
    /// What it does, in the third person; units and errors where they matter.
    pub about: &'static str,
    /// A script that runs as it is on the demo fleet.
    pub example: &'static str,
    /// The vendors' operations that it may call; permissions follow from these.
    pub operations: &'static [&'static str],
    /// Whether it may change anything.
    pub effect: Effect,
    /// The work itself.
    pub body: fn(&Arguments<'_>) -> fleet::Result<Dynamic>,
}

impl Function {
    /// Returns the signature as a script writer would write it.
    pub fn signature(&self) -> String {
        let parameters: Vec<_> = self
            .parameters
            .iter()
            .map(|(name, ty)| format!("{name}: {ty}"))
            .collect();
        format!("{}({}) -> {}", self.name, parameters.join(", "), self.returns)
    }

    /// Registers the function as a plain function on `fleet`.
    fn add_to(&'static self, module: &mut Module, fleet: &Fleet) {
        let fleet = fleet.clone();
        let types = vec![TypeId::of::<Dynamic>(); self.parameters.len()];
        self.registration(None).set_into_module_raw(
            module,
            types,
            self.native(move |engine, values| self.call(engine, &fleet, None, values)),
        );
    }

    /// Registers the function as a method of a fleet: `fleet("acme").list_computers()`.
    fn add_method_to(&'static self, module: &mut Module) {
        let mut types = vec![TypeId::of::<Fleet>()];
        types.resize(self.parameters.len() + 1, TypeId::of::<Dynamic>());
        self.registration(Some(("fleet", "Fleet"))).set_into_module_raw(
            module,
            types,
            self.native(move |engine, values| {
                let (receiver, values) = values.split_first().ok_or_else(|| nobody(self.name))?;
                let fleet = receiver
                    .clone()
                    .try_cast::<Fleet>()
                    .ok_or_else(|| nobody(self.name))?;
                self.call(engine, &fleet, None, values)
            }),
        );
    }

    /// Registers the function as a method of a plan: `p.rename(computer, name)`.
    fn add_plan_method_to(&'static self, module: &mut Module) {
        let mut types = vec![TypeId::of::<Draft>()];
        types.resize(self.parameters.len() + 1, TypeId::of::<Dynamic>());
        self.registration(Some(("plan", "Plan"))).set_into_module_raw(
            module,
            types,
            self.native(move |engine, values| {
                let (receiver, values) = values.split_first().ok_or_else(|| nobody(self.name))?;
                let draft = draft_of(receiver).ok_or_else(|| nobody(self.name))?;
                self.call(engine, draft.fleet(), Some(&draft), values)
            }),
        );
    }

    fn registration(&self, receiver: Option<Parameter>) -> FuncRegistration {
        let info = receiver
            .iter()
            .chain(self.parameters)
            .map(|(name, ty)| format!("{name}: {ty}"))
            .chain([self.returns.to_owned()]);
        let comments = self
            .about
            .lines()
            .map(|line| format!("/// {line}"))
            .collect::<Vec<_>>()
            .join("\n");
        FuncRegistration::new(self.name)
            .in_global_namespace()
            .with_params_info(info)
            .with_comments([comments])
    }

    fn native(
        &'static self,
        body: impl Fn(&Engine, &[Dynamic]) -> fleet::Result<Dynamic> + Send + Sync + 'static,
    ) -> RhaiFunc {
        RhaiFunc::Pure {
            func: Arc::new(move |context: Option<NativeCallContext>, arguments| {
                let Some(context) = context else {
                    return Err("a host function was called without its context".into());
                };
                let values: Vec<Dynamic> = arguments.iter().map(|a| a.flatten_clone()).collect();
                self.allowed_to(context.call_source())
                    .and_then(|()| body(context.engine(), &values))
                    .map_err(|error| raise_at(&error, context.call_position()))
            }),
            has_context: true,
            is_pure: true,
            is_volatile: true,
        }
    }

    /// Refuses a change that the cleanup policy would make: it is asked, also by those who only want to look.
    fn allowed_to(&self, caller: Option<&str>) -> fleet::Result<()> {
        // Of a plan nothing is made here, but it could be saved.
        let changes = self.effect == Effect::Write || self.returns == "Plan";
        if !changes || !caller.is_some_and(script::is_policy) {
            return Ok(());
        }
        Err(fleet::Error::new(
            fleet::Kind::Refused,
            format!(
                "not allowed to call `{}` in the cleanup policy, or in what it imports",
                self.name
            ),
        )
        .hint("a policy answers what it is asked, and changes nothing: let the script do it"))
    }

    fn call(
        &'static self,
        engine: &Engine,
        fleet: &Fleet,
        plan: Option<&Draft>,
        values: &[Dynamic],
    ) -> fleet::Result<Dynamic> {
        if self.effect == Effect::Write {
            fleet.writable()?;
        }
        (self.body)(&Arguments {
            function: self,
            engine,
            fleet,
            plan,
            values,
        })
    }
}

fn nobody(name: &str) -> fleet::Error {
    fleet::Error::new(
        fleet::Kind::Invalid,
        format!("`{name}` was called as a method of something that is no fleet and no plan"),
    )
}

/// Registers functions globally for `fleet`, and as methods of any other fleet.
pub fn register_global(engine: &mut Engine, functions: &'static [Function], fleet: &Fleet) {
    let mut module = Module::new();
    for function in functions {
        function.add_to(&mut module, fleet);
        if function.effect != Effect::None {
            function.add_method_to(&mut module);
        }
    }
    engine.register_global_module(module.into());
}

/// Registers functions as methods of plans.
pub fn register_plan_methods(engine: &mut Engine, functions: impl IntoIterator<Item = &'static Function>) {
    let mut module = Module::new();
    for function in functions {
        function.add_plan_method_to(&mut module);
    }
    engine.register_global_module(module.into());
}

/// Registers functions as `name::function` for `fleet`.
pub fn register_module(
    engine: &mut Engine,
    name: &str,
    functions: impl IntoIterator<Item = &'static Function>,
    fleet: &Fleet,
) {
    let mut module = Module::new();
    for function in functions {
        let fleet = fleet.clone();
        let types = vec![TypeId::of::<Dynamic>(); function.parameters.len()];
        function
            .registration(None)
            .in_internal_namespace()
            .set_into_module_raw(
                &mut module,
                types,
                function.native(move |engine, values| function.call(engine, &fleet, None, values)),
            );
    }
    engine.register_static_module(name, module.into());
}
