//! The engine that scripts run on: rhai made strict, bounded and interruptible.
//!
//! Limits are against accidents, not against attackers: a script is the user's own. What may be done to a fleet is
//! decided below, by the host.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext, OptimizationLevel, Position};

use crate::cancel::Cancel;
use crate::period::Period;
use crate::script::library::Library;
use crate::script::raise::{Raised, mistake};
use crate::script::resolver::Resolver;
use crate::script::source::DEPTH;
use crate::script::{belt, kit};
use crate::secret::{REDACTED, Secret};
use crate::when::When;

/// What stops an accident before the machine is exhausted.
///
/// Lists, maps and texts have no limit of their own: rhai measures a value and all in it at each change once there is a
/// limit on any of the three, and building a list takes a time that grows with the square of its length. So a script
/// that goes on adding to a value, or doubles it again and again, ends where the memory does; what it can be stopped by
/// is [`Cancel`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Calls within calls. Bounded by [`STACK_BYTES`](crate::script::STACK_BYTES).
    pub call_levels: usize,
    /// Items, characters or bytes that a single call of `pad` or `blob` may fill a value up to: the only functions that
    /// make much out of a number.
    pub filled: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call_levels: 256,
            filled: 2_000_000,
        }
    }
}

/// Where the text of `print` and `debug` goes, a line at a time without its end.
pub type Print = Arc<dyn Fn(&str) + Send + Sync>;

/// Longest stretch of a sleep between two looks at the cancellation flag.
const NAP: Duration = Duration::from_millis(20);

/// Makes the engine, to which the host adds its functions before anything is compiled on it.
///
/// Raising `cancel` ends a running script with [`EvalAltResult::ErrorTerminated`], which no script can catch.
pub fn engine(limits: &Limits, cancel: &Cancel, library: Arc<Library>, print: Print) -> Engine {
    let mut engine = Engine::new();
    engine
        .set_optimization_level(OptimizationLevel::Simple)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        // Fast operators would pass by the strict comparisons of the kit.
        .set_fast_operators(false)
        .set_max_call_levels(limits.call_levels)
        .set_max_expr_depths(DEPTH, DEPTH)
        .disable_symbol("eval");
    let flag = cancel.clone();
    // Every time: the count of operations starts anew in closures that native functions call.
    engine.on_progress(move |_| flag.is_raised().then(|| "cancelled".into()));
    let debug = Arc::clone(&print);
    engine.on_print(move |text| print(text));
    let known = Arc::clone(&library);
    engine.on_debug(move |text, source, position| {
        let source = source.unwrap_or("script");
        let (file, position) = known
            .located(source, position)
            .map_or((source.to_owned(), position), |(file, _, position)| {
                (file, position)
            });
        let (line, column) = (position.line().unwrap_or(0), position.position().unwrap_or(0));
        debug(&format!("{file}:{line}:{column}: {text}"));
    });
    engine.set_module_resolver(Resolver::new(library));
    belt::fasten(&mut engine);
    values(&mut engine);
    sleep(&mut engine, cancel);
    kit::register(&mut engine, limits.filled);
    engine
}

/// Registers the types of parameters: how they print and when they are equal.
fn values(engine: &mut Engine) {
    engine.register_type_with_name::<Period>("period");
    engine.register_type_with_name::<When>("date");
    engine.register_type_with_name::<Secret>("secret");
    for name in ["to_string", "to_debug"] {
        engine.register_fn(name, |value: &mut Period| value.to_string());
        engine.register_fn(name, |value: &mut When| value.to_string());
        engine.register_fn(name, |_: &mut Secret| REDACTED.to_owned());
    }
    engine.register_fn("==", |a: Period, b: Period| a == b);
    engine.register_fn("!=", |a: Period, b: Period| a != b);
    engine.register_fn("==", |a: When, b: When| a == b);
    engine.register_fn("!=", |a: When, b: When| a != b);
}

/// Replaces rhai's `sleep`, which cannot be interrupted.
fn sleep(engine: &mut Engine, cancel: &Cancel) {
    let flag = cancel.clone();
    engine.register_fn(
        "sleep",
        move |ctx: NativeCallContext, seconds: i64| -> Raised<()> {
            let seconds = u64::try_from(seconds)
                .map_err(|_| mistake("`sleep` needs a number of seconds of 0 or more"))?;
            nap(&flag, Duration::from_secs(seconds), ctx.call_position())
        },
    );
    let flag = cancel.clone();
    engine.register_fn(
        "sleep",
        move |ctx: NativeCallContext, seconds: f64| -> Raised<()> {
            let length = Duration::try_from_secs_f64(seconds)
                .map_err(|_| mistake("`sleep` needs a number of seconds of 0 or more"))?;
            nap(&flag, length, ctx.call_position())
        },
    );
}

fn nap(cancel: &Cancel, length: Duration, position: Position) -> Raised<()> {
    let started = Instant::now();
    loop {
        if cancel.is_raised() {
            return Err(EvalAltResult::ErrorTerminated(Dynamic::from("cancelled"), position).into());
        }
        match length.checked_sub(started.elapsed()) {
            Some(left) if !left.is_zero() => std::thread::sleep(left.min(NAP)),
            _ => return Ok(()),
        }
    }
}
