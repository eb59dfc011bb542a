//! Smaller and larger, strictly: what cannot be compared throws.
//!
//! Rhai takes every comparison between different types for false, so that `!(c.last_seen > cutoff)` would condemn a
//! computer of which nothing is known. Here `< <= > >=` between such values throw. `==` and `!=` stay as they are:
//! different types are just not equal. The engine has to run without fast operators, or they never get here.

use std::any::TypeId;
use std::cmp::Ordering;

use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

use crate::script::kit::kind_of;
use crate::script::raise::{Raised, SCRIPT, raise};

/// Tells from an order whether an operator's comparison is true.
type Holds = fn(Ordering) -> bool;

const OPERATORS: [(&str, Holds); 4] = [
    ("<", Ordering::is_lt),
    ("<=", Ordering::is_le),
    (">", Ordering::is_gt),
    (">=", Ordering::is_ge),
];

/// Registers the strict operators.
pub(super) fn register(engine: &mut Engine) {
    let literals = [
        TypeId::of::<()>(),
        TypeId::of::<i64>(),
        TypeId::of::<f64>(),
        TypeId::of::<bool>(),
        TypeId::of::<char>(),
        TypeId::of::<ImmutableString>(),
        TypeId::of::<Array>(),
        TypeId::of::<Map>(),
    ];
    for (operator, holds) in OPERATORS {
        // Any two values for which the host has registered nothing nearer.
        engine.register_fn(
            operator,
            move |ctx: NativeCallContext, a: Dynamic, b: Dynamic| -> Raised<bool> {
                plain(&a, &b).map(holds).ok_or_else(|| incomparable(&ctx, &a, &b))
            },
        );
        // The optimizer folds `1 < "1"` to false unless just these two types are registered.
        for a in literals {
            for b in literals
                .into_iter()
                .filter(|b| *b != a || *b == TypeId::of::<()>())
            {
                engine.register_raw_fn(operator, [a, b], move |ctx, args| {
                    plain(args[0], args[1])
                        .map(holds)
                        .ok_or_else(|| incomparable(&ctx, args[0], args[1]))
                });
            }
        }
    }
}

/// Compares two values for sorting: as the operators do, lists item by item, records by the host's own operators.
pub(super) fn compare(ctx: &NativeCallContext, a: &Dynamic, b: &Dynamic) -> Raised<Ordering> {
    if let Some(ordering) = plain(a, b) {
        return Ok(ordering);
    }
    if let (Ok(left), Ok(right)) = (a.as_array_ref(), b.as_array_ref()) {
        for (x, y) in left.iter().zip(right.iter()) {
            let ordering = compare(ctx, x, y)?;
            if ordering.is_ne() {
                return Ok(ordering);
            }
        }
        return Ok(left.len().cmp(&right.len()));
    }
    let holds = |operator: &str| -> Raised<bool> {
        ctx.call_native_fn_raw(operator, false, &mut [&mut a.clone(), &mut b.clone()])?
            .as_bool()
            .map_err(|_| incomparable(ctx, a, b))
    };
    Ok(if holds("<")? {
        Ordering::Less
    } else if holds(">")? {
        Ordering::Greater
    } else {
        Ordering::Equal
    })
}

/// Compares two values of rhai's own types, where an order is known between them.
fn plain(a: &Dynamic, b: &Dynamic) -> Option<Ordering> {
    if let (Ok(x), Ok(y)) = (a.as_int(), b.as_int()) {
        return Some(x.cmp(&y));
    }
    if let (Some(x), Some(y)) = (number(a), number(b)) {
        return x.partial_cmp(&y);
    }
    if let (Ok(x), Ok(y)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return Some(x.as_str().cmp(y.as_str()));
    }
    if let (Ok(x), Ok(y)) = (a.as_bool(), b.as_bool()) {
        return Some(x.cmp(&y));
    }
    let text = |v: &Dynamic| {
        v.as_char()
            .map(String::from)
            .or_else(|_| v.as_immutable_string_ref().map(|s| s.to_string()))
            .ok()
    };
    Some(text(a)?.cmp(&text(b)?))
}

/// Takes an int or a float for a float.
#[allow(
    clippy::cast_precision_loss,
    reason = "as rhai itself compares an int with a float"
)]
fn number(value: &Dynamic) -> Option<f64> {
    value
        .as_float()
        .or_else(|_| value.as_int().map(|n| n as f64))
        .ok()
}

#[allow(clippy::unnecessary_box_returns, reason = "rhai passes its errors in boxes")]
fn incomparable(ctx: &NativeCallContext, a: &Dynamic, b: &Dynamic) -> Box<rhai::EvalAltResult> {
    let (left, right) = (kind_of(a, ctx.engine()), kind_of(b, ctx.engine()));
    let not_a_number = |v: &Dynamic| v.as_float().is_ok_and(f64::is_nan);
    if not_a_number(a) || not_a_number(b) {
        return raise(
            SCRIPT,
            "a number that is not a number (NaN) cannot be compared",
            "",
        );
    }
    let hint = if a.is_unit() || b.is_unit() {
        "`()` means that the value is not known; test with `== ()` first"
    } else {
        "convert one of them first, e.g. with `parse_int` or `to_string`"
    };
    raise(SCRIPT, format!("{left} cannot be compared with {right}"), hint)
}
