//! Taking items out of a list by a condition: retain, drain, dedup.
//!
//! The condition is asked about every item before any is moved: where it throws, the list is as it was.

use rhai::{Array, Engine, FnPtr, Map, NativeCallContext};

use crate::script::kit::Entry;
use crate::script::kit::call::{ask, verdict};
use crate::script::kit::select::ask_entry;
use crate::script::raise::Raised;

pub(super) fn register(engine: &mut Engine) {
    Entry::changes(
        "retain",
        &["list: array", "condition: Fn", "array"],
        "Keeps the items for which the condition is true, and returns the others.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| take(&ctx, list, &condition, false),
    );
    Entry::changes(
        "drain",
        &["list: array", "condition: Fn", "array"],
        "Takes out the items for which the condition is true, and returns them.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, condition: FnPtr| take(&ctx, list, &condition, true),
    );
    Entry::changes(
        "retain",
        &["map: map", "condition: Fn", "map"],
        "Keeps the entries for which the condition, given key and value, is true, and returns the others.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, map: &mut Map, condition: FnPtr| take_entries(&ctx, map, &condition, false),
    );
    Entry::changes(
        "drain",
        &["map: map", "condition: Fn", "map"],
        "Takes out the entries for which the condition, given key and value, is true, and returns them.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, map: &mut Map, condition: FnPtr| take_entries(&ctx, map, &condition, true),
    );
    Entry::changes(
        "dedup",
        &["list: array", "same: Fn"],
        "Takes out each item that the function, given the item before it, calls the same.",
    )
    .add(engine, |ctx: NativeCallContext, list: &mut Array, same: FnPtr| {
        dedup(&ctx, list, &same)
    });
}

/// Moves out the items for which the condition answers `wanted`.
fn take(ctx: &NativeCallContext, list: &mut Array, condition: &FnPtr, wanted: bool) -> Raised<Array> {
    let goes = list
        .iter_mut()
        .enumerate()
        .map(|(i, item)| Ok(ask(ctx, condition, item, i)? == wanted))
        .collect::<Raised<Vec<bool>>>()?;
    let (out, kept): (Vec<_>, Vec<_>) = std::mem::take(list)
        .into_iter()
        .zip(goes)
        .partition(|(_, goes)| *goes);
    list.extend(kept.into_iter().map(|(item, _)| item));
    Ok(out.into_iter().map(|(item, _)| item).collect())
}

fn take_entries(ctx: &NativeCallContext, map: &mut Map, condition: &FnPtr, wanted: bool) -> Raised<Map> {
    let mut goes = Vec::new();
    for (key, value) in map.iter_mut() {
        if ask_entry(ctx, condition, key, value)? == wanted {
            goes.push(key.clone());
        }
    }
    Ok(goes
        .into_iter()
        .filter_map(|key| map.remove(&key).map(|value| (key, value)))
        .collect())
}

fn dedup(ctx: &NativeCallContext, list: &mut Array, same: &FnPtr) -> Raised<()> {
    let mut kept = Array::new();
    for (i, item) in list.iter().enumerate() {
        if let Some(last) = kept.last() {
            let answer = same.call_raw(ctx, None, [last.clone(), item.clone()])?;
            if verdict(ctx, &answer, &format!("item {i}"))? {
                continue;
            }
        }
        kept.push(item.clone());
    }
    *list = kept;
    Ok(())
}
