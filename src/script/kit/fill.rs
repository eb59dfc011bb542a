//! Filling up to a length: `pad` and `blob`, up to a limit.
//!
//! Rhai's own take any length, and a slip of the finger (`pad(1e9)`) ends the program for want of memory. Rhai's limits
//! on the sizes of values would prevent that, but it then measures whole values at each change: a list that is built
//! item by item takes a time that grows with the square of its length.

use rhai::{Array, Blob, Dynamic, Engine, ImmutableString};

use crate::script::kit::Entry;
use crate::script::raise::{Raised, SCRIPT, mistake, raise};

/// The functions here, which are rhai's own but for the limit.
pub(in crate::script) const NAMES: [&str; 2] = ["pad", "blob"];

/// Registers them; `most` is the greatest length.
pub(super) fn register(engine: &mut Engine, most: usize) {
    const BLOB: &str = "Makes a blob of a length: zeros, or another byte.";
    const PAD: &str = "Adds to it until it has the length; what is as long already stays as it is.";
    Entry::changes("pad", &["array: array", "len: int", "item: ?", "()"], PAD).add(
        engine,
        move |list: &mut Array, length: i64, item: Dynamic| -> Raised<()> {
            let length = within("pad", length, most)?;
            if length > list.len() {
                list.resize(length, item);
            }
            Ok(())
        },
    );
    Entry::changes(
        "pad",
        &["string: string", "len: int", "character: char", "()"],
        PAD,
    )
    .add(
        engine,
        move |text: &mut ImmutableString, length: i64, with: char| pad(text, length, &with.to_string(), most),
    );
    Entry::changes(
        "pad",
        &["string: string", "len: int", "padding: string", "()"],
        PAD,
    )
    .add(
        engine,
        move |text: &mut ImmutableString, length: i64, with: ImmutableString| pad(text, length, &with, most),
    );
    Entry::changes("pad", &["blob: blob", "len: int", "value: int", "()"], PAD).add(
        engine,
        move |bytes: &mut Blob, length: i64, value: i64| -> Raised<()> {
            let length = within("pad", length, most)?;
            if length > bytes.len() {
                bytes.resize(length, byte(value));
            }
            Ok(())
        },
    );
    Entry::reads("blob", &["len: int", "blob"], BLOB).add(engine, move |length: i64| -> Raised<Blob> {
        Ok(vec![0; within("blob", length, most)?])
    });
    Entry::reads("blob", &["len: int", "value: int", "blob"], BLOB).add(
        engine,
        move |length: i64, value: i64| -> Raised<Blob> {
            Ok(vec![byte(value); within("blob", length, most)?])
        },
    );
}

fn pad(text: &mut ImmutableString, length: i64, with: &str, most: usize) -> Raised<()> {
    let length = within("pad", length, most)?;
    let Some(missing) = length.checked_sub(text.chars().count()).filter(|n| *n > 0) else {
        return Ok(());
    };
    if with.is_empty() {
        return Err(mistake(
            "`pad` needs something to fill with, and got an empty text",
        ));
    }
    text.make_mut().extend(with.chars().cycle().take(missing));
    Ok(())
}

/// Returns a length that can be filled up to; a negative one is nothing to fill.
fn within(name: &str, length: i64, most: usize) -> Raised<usize> {
    let asked = usize::try_from(length.max(0)).unwrap_or(usize::MAX);
    if asked > most {
        return Err(raise(
            SCRIPT,
            format!("`{name}` up to a length of {length} is too much: {most} is the most"),
            "what is longer has to be put together piece by piece",
        ));
    }
    Ok(asked)
}

/// Returns the lowest eight bits, as rhai does.
fn byte(value: i64) -> u8 {
    value.to_le_bytes()[0]
}
