//! Choosing items by a condition: filter, all, some, find, `index_of`.

use rhai::{Array, Dynamic, Engine, FnPtr, Map, NativeCallContext};

use crate::script::kit::Entry;
use crate::script::kit::call::{ask, verdict};
use crate::script::raise::Raised;

const FIND: &str = "Returns the first item for which the condition is true, or `()`.";

const INDEX_OF: &str = "Returns the place of the first item for which the condition is true, or -1.";

pub(super) fn register(engine: &mut Engine) {
    Entry::reads(
        "filter",
        &["list: array", "condition: Fn", "array"],
        "Returns the items for which the condition is true.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| filter(&ctx, list, &condition),
    );
    Entry::reads(
        "all",
        &["list: array", "condition: Fn", "bool"],
        "Tells whether the condition is true for every item.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| -> Raised<bool> {
            Ok(first(&ctx, list, &condition, 0, false)?.is_none())
        },
    );
    Entry::reads(
        "some",
        &["list: array", "condition: Fn", "bool"],
        "Tells whether the condition is true for any item.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| -> Raised<bool> {
            Ok(first(&ctx, list, &condition, 0, true)?.is_some())
        },
    );
    Entry::reads("find", &["list: array", "condition: Fn", "?"], FIND).add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| find(&ctx, list, &condition, 0),
    );
    Entry::reads("find", &["list: array", "condition: Fn", "start: int", "?"], FIND).add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr, start: i64| {
            find(&ctx, list, &condition, start)
        },
    );
    Entry::reads("index_of", &["list: array", "condition: Fn", "int"], INDEX_OF).add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| index_of(&ctx, list, &condition, 0),
    );
    Entry::reads(
        "index_of",
        &["list: array", "condition: Fn", "start: int", "int"],
        INDEX_OF,
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr, start: i64| {
            index_of(&ctx, list, &condition, start)
        },
    );
    Entry::reads(
        "filter",
        &["map: map", "condition: Fn", "map"],
        "Returns the entries for which the condition, given key and value, is true.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, map: &mut Map, condition: FnPtr| filter_map(&ctx, map, &condition),
    );
}

fn filter(ctx: &NativeCallContext, list: &mut Array, condition: &FnPtr) -> Raised<Array> {
    let mut kept = Array::new();
    for (i, item) in list.iter_mut().enumerate() {
        if ask(ctx, condition, item, i)? {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

fn filter_map(ctx: &NativeCallContext, map: &mut Map, condition: &FnPtr) -> Raised<Map> {
    let mut kept = Map::new();
    for (key, value) in map.iter_mut() {
        if ask_entry(ctx, condition, key, value)? {
            kept.insert(key.clone(), value.clone());
        }
    }
    Ok(kept)
}

/// Asks `condition` about an entry of a map, with the value as `this` or as second argument.
pub(super) fn ask_entry(
    ctx: &NativeCallContext,
    condition: &FnPtr,
    key: &str,
    value: &mut Dynamic,
) -> Raised<bool> {
    let answer =
        condition.call_raw_with_extra_args(ctx.fn_name(), ctx, Some(value), [key.into()], [], Some(1))?;
    verdict(ctx, &answer, &format!("`{key}`"))
}

/// Returns the first place from `start` on at which the condition answers `wanted`.
fn first(
    ctx: &NativeCallContext,
    list: &mut Array,
    condition: &FnPtr,
    start: i64,
    wanted: bool,
) -> Raised<Option<usize>> {
    let start = from_end(start, list.len());
    for (i, item) in list.iter_mut().enumerate().skip(start) {
        if ask(ctx, condition, item, i)? == wanted {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn find(ctx: &NativeCallContext, list: &mut Array, condition: &FnPtr, start: i64) -> Raised<Dynamic> {
    Ok(first(ctx, list, condition, start, true)?.map_or(Dynamic::UNIT, |i| list[i].clone()))
}

fn index_of(ctx: &NativeCallContext, list: &mut Array, condition: &FnPtr, start: i64) -> Raised<i64> {
    let place = first(ctx, list, condition, start, true)?;
    Ok(place.and_then(|i| i64::try_from(i).ok()).unwrap_or(-1))
}

/// Turns a start that may count from the end into a place; before the beginning is the beginning, as in rhai.
fn from_end(start: i64, len: usize) -> usize {
    let distance = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
    if start < 0 {
        len.saturating_sub(distance)
    } else {
        distance.min(len)
    }
}
