//! Calling what a script handed in: a condition, a key, or the name of a field.

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, ImmutableString, NativeCallContext};

use crate::script::kit::kind_of;
use crate::script::raise::{Raised, SCRIPT, mistake, raise};
use crate::suggest;

/// Calls `function` for one item in any of the forms `|x|`, `|x, index|` and `|| this`.
pub(super) fn call(
    ctx: &NativeCallContext,
    function: &FnPtr,
    item: &mut Dynamic,
    index: usize,
) -> Raised<Dynamic> {
    let index = Dynamic::from_int(i64::try_from(index).unwrap_or(i64::MAX));
    function.call_raw_with_extra_args(ctx.fn_name(), ctx, Some(item), [], [index], Some(0))
}

/// Asks `condition` about one item; an answer that is neither true nor false is an error.
pub(super) fn ask(
    ctx: &NativeCallContext,
    condition: &FnPtr,
    item: &mut Dynamic,
    index: usize,
) -> Raised<bool> {
    let answer = call(ctx, condition, item, index)?;
    verdict(ctx, &answer, &format!("item {index}"))
}

/// Takes an answer for true or false, or refuses it and says for what it was given.
pub(super) fn verdict(ctx: &NativeCallContext, answer: &Dynamic, about: &str) -> Raised<bool> {
    answer.as_bool().map_err(|_| {
        raise(
            SCRIPT,
            format!(
                "`{}` needs true or false from its condition, and got {} for {about}",
                ctx.fn_name(),
                kind_of(answer, ctx.engine())
            ),
            "let the condition end in a comparison",
        )
    })
}

/// What items are sorted, grouped or summed by.
#[derive(Clone)]
pub(super) enum By {
    /// The answer of a function.
    Function(FnPtr),
    /// A field of the item.
    Field(ImmutableString),
    /// The item itself.
    Itself,
}

impl By {
    /// Returns the keys of all items, in their order.
    pub(super) fn keys(&self, ctx: &NativeCallContext, items: &mut Array) -> Raised<Vec<Dynamic>> {
        items
            .iter_mut()
            .enumerate()
            .map(|(i, item)| self.key(ctx, item, i))
            .collect()
    }

    fn key(&self, ctx: &NativeCallContext, item: &mut Dynamic, index: usize) -> Raised<Dynamic> {
        match self {
            Self::Function(function) => call(ctx, function, item, index),
            Self::Field(name) => field(ctx, item, name, index),
            Self::Itself => Ok(item.clone()),
        }
        .map(Dynamic::flatten)
    }
}

fn field(ctx: &NativeCallContext, item: &mut Dynamic, name: &str, index: usize) -> Raised<Dynamic> {
    if let Ok(map) = item.as_map_ref() {
        return map.get(name).cloned().ok_or_else(|| {
            let hint = suggest::did_you_mean(name, map.keys().map(AsRef::as_ref)).unwrap_or_default();
            raise(
                SCRIPT,
                format!("`{}`: item {index} has no field `{name}`", ctx.fn_name()),
                hint,
            )
        });
    }
    if item.is_unit() || item.is_int() || item.is_float() || item.is_string() || item.is_array() {
        return Err(mistake(format!(
            "`{}`: item {index} is {} and has no field `{name}`",
            ctx.fn_name(),
            kind_of(item, ctx.engine())
        )));
    }
    // A record of the host: its getter knows its own fields and says so.
    ctx.call_native_fn_raw(format!("get${name}"), true, &mut [item])
}

/// Writes a value as text for a key or a line: `()` is empty, a list or a map is an error.
pub(super) fn text_of(ctx: &NativeCallContext, value: &Dynamic) -> Raised<ImmutableString> {
    if value.is_unit() {
        return Ok(ImmutableString::new());
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(text.clone());
    }
    if value.is_array() || value.is_map() || value.is_fnptr() {
        return Err(mistake(format!(
            "`{}` needs a plain value, and got {}",
            ctx.fn_name(),
            kind_of(value, ctx.engine())
        )));
    }
    let text = ctx.call_native_fn_raw("to_string", true, &mut [&mut value.clone()])?;
    // What rhai writes for a record that the host gave no text: the name of its type.
    let kind = ctx.engine().map_type_name(value.type_name());
    if text
        .as_immutable_string_ref()
        .is_ok_and(|text| text.as_str() == kind)
    {
        return Err(mistake(format!(
            "`{}`: a value of type {kind} has no text; name a field of it",
            ctx.fn_name()
        )));
    }
    text.into_immutable_string().map_err(|found| {
        Box::new(EvalAltResult::ErrorMismatchDataType(
            "string".into(),
            found.into(),
            ctx.call_position(),
        ))
    })
}
