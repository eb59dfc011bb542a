//! Putting items in order: sort, `sort_by`, sorted, `sorted_by`, `min_by`, `max_by`.
//!
//! All sorting is stable. A comparer or key that fails, and values that have no order, throw and leave the list as it
//! was. `sort` and `sort_by` sort in place and return the list too; `sorted` and `sorted_by` (rhai: `order`) return a
//! copy.

use std::cmp::Ordering;

use rhai::{Array, Dynamic, Engine, FnPtr, ImmutableString, NativeCallContext};

use crate::script::kit::call::By;
use crate::script::kit::compare::compare;
use crate::script::kit::{Entry, kind_of};
use crate::script::raise::{Raised, SCRIPT, raise};

const COMPARER: &[&str] = &["list: array", "comparer: Fn", "array"];
const ALONE: &[&str] = &["list: array", "array"];

pub(super) fn register(engine: &mut Engine) {
    Entry::changes(
        "sort",
        ALONE,
        "Sorts the list from the smallest item to the largest, and returns it.",
    )
    .add(engine, |ctx: NativeCallContext, list: &mut Array| {
        in_place(list, |l| by_key(&ctx, l, &By::Itself))
    });
    Entry::changes(
        "sort_desc",
        ALONE,
        "Sorts the list from the largest item to the smallest, and returns it.",
    )
    .add(engine, |ctx: NativeCallContext, list: &mut Array| {
        in_place(list, |l| descending(&ctx, l))
    });
    Entry::changes(
        "sort",
        COMPARER,
        "Sorts the list by a comparer, which returns a number below, at or above 0, or true where its first comes first.",
    )
    .add(engine, |ctx: NativeCallContext, list: &mut Array, comparer: FnPtr| {
        in_place(list, |l| by_comparer(&ctx, l, &comparer))
    });
    for name in ["sorted", "order"] {
        Entry::reads(
            name,
            ALONE,
            "Returns a copy of the list, from the smallest item to the largest.",
        )
        .add(engine, |ctx: NativeCallContext, list: &mut Array| {
            by_key(&ctx, list, &By::Itself)
        });
        Entry::reads(
            name,
            COMPARER,
            "Returns a copy of the list, sorted by a comparer.",
        )
        .add(
            engine,
            |ctx: NativeCallContext, list: &mut Array, comparer: FnPtr| by_comparer(&ctx, list, &comparer),
        );
    }
    for name in ["sorted_desc", "order_desc"] {
        Entry::reads(
            name,
            ALONE,
            "Returns a copy of the list, from the largest item to the smallest.",
        )
        .add(engine, |ctx: NativeCallContext, list: &mut Array| {
            descending(&ctx, list)
        });
    }
    keyed(
        engine,
        "sort_by",
        true,
        "array",
        "Sorts the list by a key (a function of one item, or a field), and returns it.",
        |ctx, list, by| in_place(list, |l| by_key(ctx, l, by)).map(Dynamic::from_array),
    );
    for name in ["sorted_by", "order_by"] {
        keyed(
            engine,
            name,
            false,
            "array",
            "Returns a copy of the list, sorted by a key (a function of one item, or a field).",
            |ctx, list, by| by_key(ctx, list, by).map(Dynamic::from_array),
        );
    }
    keyed(
        engine,
        "min_by",
        false,
        "?",
        "Returns the item with the smallest key, or `()`.",
        |ctx, list, by| extreme(ctx, list, by, Ordering::Less),
    );
    keyed(
        engine,
        "max_by",
        false,
        "?",
        "Returns the item with the largest key, or `()`.",
        |ctx, list, by| extreme(ctx, list, by, Ordering::Greater),
    );
}

/// Registers a function that takes a key either as a function or as the name of a field.
pub(super) fn keyed(
    engine: &mut Engine,
    name: &'static str,
    changes: bool,
    returns: &'static str,
    doc: &'static str,
    work: fn(&NativeCallContext, &mut Array, &By) -> Raised<Dynamic>,
) {
    let register = |key: &str| {
        rhai::FuncRegistration::new(name)
            .with_params_info(["list: array", key, returns])
            .with_comments([format!("/// {doc}")])
            .with_purity(!changes)
    };
    register("key: Fn").register_into_engine(
        engine,
        move |ctx: NativeCallContext, list: &mut Array, key: FnPtr| work(&ctx, list, &By::Function(key)),
    );
    register("field: string").register_into_engine(
        engine,
        move |ctx: NativeCallContext, list: &mut Array, field: ImmutableString| {
            work(&ctx, list, &By::Field(field))
        },
    );
}

fn in_place(list: &mut Array, sort: impl FnOnce(&mut Array) -> Raised<Array>) -> Raised<Array> {
    let sorted = sort(list)?;
    list.clone_from(&sorted);
    Ok(sorted)
}

fn by_key(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Array> {
    let keys = by.keys(ctx, list)?;
    let pairs: Vec<_> = keys.into_iter().zip(list.iter().cloned()).collect();
    let sorted = merge_sort(pairs, &mut |a, b| Ok(compare(ctx, &a.0, &b.0)?.is_lt()))?;
    Ok(sorted.into_iter().map(|(_, item)| item).collect())
}

fn descending(ctx: &NativeCallContext, list: &mut Array) -> Raised<Array> {
    merge_sort(list.clone(), &mut |a, b| Ok(compare(ctx, a, b)?.is_gt()))
}

fn by_comparer(ctx: &NativeCallContext, list: &mut Array, comparer: &FnPtr) -> Raised<Array> {
    merge_sort(list.clone(), &mut |a, b| {
        let answer = comparer
            .call_raw(ctx, None, [a.clone(), b.clone()])
            .map_err(|error| too_few(error, comparer))?;
        if let Ok(number) = answer.as_int() {
            return Ok(number < 0);
        }
        answer.as_bool().map_err(|_| {
            raise(
                SCRIPT,
                format!(
                    "`{}` needs a number or true or false from its comparer, and got {}",
                    ctx.fn_name(),
                    kind_of(&answer, ctx.engine())
                ),
                "to sort by a key, use `sort_by(|x| x.key)`",
            )
        })
    })
}

/// Says what was meant where a key function was given for a comparer.
#[allow(clippy::unnecessary_box_returns, reason = "rhai passes its errors in boxes")]
fn too_few(error: Box<rhai::EvalAltResult>, comparer: &FnPtr) -> Box<rhai::EvalAltResult> {
    match *error {
        rhai::EvalAltResult::ErrorFunctionNotFound(ref name, _) if name.starts_with(comparer.fn_name()) => {
            raise(
                SCRIPT,
                "a comparer takes two items",
                "to sort by a key, use `sort_by(|x| x.key)`",
            )
        }
        _ => error,
    }
}

/// Sorts stably; unlike the standard library's it can fail, and an inconsistent `before` can do it no harm.
fn merge_sort<T: Clone>(
    mut items: Vec<T>,
    before: &mut impl FnMut(&T, &T) -> Raised<bool>,
) -> Raised<Vec<T>> {
    if items.len() < 2 {
        return Ok(items);
    }
    let right = items.split_off(items.len() / 2);
    let mut left = merge_sort(items, before)?.into_iter().peekable();
    let mut right = merge_sort(right, before)?.into_iter().peekable();
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let (Some(l), Some(r)) = (left.peek(), right.peek()) {
        let next = if before(r, l)? { right.next() } else { left.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

fn extreme(ctx: &NativeCallContext, list: &mut Array, by: &By, wanted: Ordering) -> Raised<Dynamic> {
    let keys = by.keys(ctx, list)?;
    let mut best = 0;
    for i in 1..keys.len() {
        if compare(ctx, &keys[i], &keys[best])? == wanted {
            best = i;
        }
    }
    Ok(list.get(best).cloned().unwrap_or(Dynamic::UNIT))
}
