//! Gathering items under keys, and lists into other lists: `group_by`, `count_by`, `index_by`, `unique_by`, join, flatten, chunk.
//!
//! Keys of maps are text: a number or a record is written out, `()` is the empty text.

use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

use crate::script::kit::Entry;
use crate::script::kit::call::{By, text_of};
use crate::script::kit::order::keyed;
use crate::script::raise::{Raised, SCRIPT, mistake, raise};

pub(super) fn register(engine: &mut Engine) {
    keyed(
        engine,
        "group_by",
        false,
        "map",
        "Returns a map from each key to the list of its items.",
        group_by,
    );
    keyed(
        engine,
        "count_by",
        false,
        "map",
        "Returns a map from each key to the number of its items.",
        count_by,
    );
    keyed(
        engine,
        "index_by",
        false,
        "map",
        "Returns a map from each key to its item; two items of one key are an error.",
        index_by,
    );
    keyed(
        engine,
        "unique_by",
        false,
        "array",
        "Returns the first item of each key, in their order.",
        unique_by,
    );
    Entry::reads(
        "join",
        &["list: array", "separator: string", "string"],
        "Writes the items one after the other with the separator between them.",
    )
    .add(
        engine,
        |ctx: NativeCallContext, list: &mut Array, separator: ImmutableString| join(&ctx, list, &separator),
    );
    Entry::reads(
        "join",
        &["list: array", "string"],
        "Writes the items one after the other.",
    )
    .add(engine, |ctx: NativeCallContext, list: &mut Array| {
        join(&ctx, list, "")
    });
    Entry::reads(
        "flatten",
        &["list: array", "array"],
        "Returns the items of the lists in a list, one level deep.",
    )
    .add(engine, |list: &mut Array| flatten(list));
    Entry::reads(
        "chunk",
        &["list: array", "size: int", "array"],
        "Returns the items in lists of at most that size.",
    )
    .add(engine, |list: &mut Array, size: i64| chunk(list, size));
}

fn texts(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Vec<ImmutableString>> {
    by.keys(ctx, list)?.iter().map(|key| text_of(ctx, key)).collect()
}

fn group_by(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Dynamic> {
    let mut groups = std::collections::BTreeMap::<ImmutableString, Array>::new();
    for (key, item) in texts(ctx, list, by)?.into_iter().zip(list.iter()) {
        groups.entry(key).or_default().push(item.clone());
    }
    let map: Map = groups
        .into_iter()
        .map(|(key, items)| (key.as_str().into(), items.into()))
        .collect();
    Ok(map.into())
}

fn count_by(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Dynamic> {
    let mut counts = std::collections::BTreeMap::<ImmutableString, i64>::new();
    for key in texts(ctx, list, by)? {
        *counts.entry(key).or_default() += 1;
    }
    let map: Map = counts
        .into_iter()
        .map(|(key, count)| (key.as_str().into(), count.into()))
        .collect();
    Ok(map.into())
}

fn index_by(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Dynamic> {
    let mut map = Map::new();
    for (key, item) in texts(ctx, list, by)?.into_iter().zip(list.iter()) {
        if map.insert(key.as_str().into(), item.clone()).is_some() {
            return Err(raise(
                SCRIPT,
                format!("`index_by`: two items have the key `{key}`"),
                "use `group_by` where a key can have several items",
            ));
        }
    }
    Ok(map.into())
}

fn unique_by(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Dynamic> {
    let mut seen = std::collections::BTreeSet::new();
    let keys = by.keys(ctx, list)?;
    let mut kept = Array::new();
    for (key, item) in keys.iter().zip(list.iter()) {
        // 1 and "1" are different keys here, where no map needs them as text.
        if seen.insert((key.type_name(), text_of(ctx, key)?)) {
            kept.push(item.clone());
        }
    }
    Ok(kept.into())
}

fn join(ctx: &NativeCallContext, list: &mut Array, separator: &str) -> Raised<String> {
    let texts = list
        .iter()
        .map(|item| text_of(ctx, item))
        .collect::<Raised<Vec<_>>>()?;
    Ok(texts.join(separator))
}

fn flatten(list: &mut Array) -> Raised<Array> {
    let mut flat = Array::new();
    for (i, item) in list.iter().enumerate() {
        let inner = item
            .as_array_ref()
            .map_err(|_| mistake(format!("`flatten`: item {i} is not an array")))?;
        flat.extend(inner.iter().cloned());
    }
    Ok(flat)
}

fn chunk(list: &mut Array, size: i64) -> Raised<Array> {
    match usize::try_from(size) {
        Ok(size) if size > 0 => Ok(list
            .chunks(size)
            .map(|part| Dynamic::from_array(part.to_vec()))
            .collect()),
        _ => Err(mistake(format!(
            "`chunk` needs a size of at least 1, and got {size}"
        ))),
    }
}
