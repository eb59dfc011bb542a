//! Adding up: sum, of numbers or of a key of the items.

use rhai::{Array, Dynamic, Engine, NativeCallContext};

use crate::script::kit::call::By;
use crate::script::kit::order::keyed;
use crate::script::kit::{Entry, kind_of};
use crate::script::raise::{Raised, mistake};

pub(super) fn register(engine: &mut Engine) {
    const DOC: &str = "Adds up the numbers; of no numbers the sum is 0.";
    Entry::reads("sum", &["list: array", "?"], DOC)
        .add(engine, |ctx: NativeCallContext, list: &mut Array| {
            sum(&ctx, list, &By::Itself)
        });
    keyed(
        engine,
        "sum",
        false,
        "?",
        "Adds up a key of the items (a function of one item, or a field).",
        sum,
    );
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a sum with a float in it is a float, as in rhai's own `+`"
)]
fn sum(ctx: &NativeCallContext, list: &mut Array, by: &By) -> Raised<Dynamic> {
    let mut whole = 0_i64;
    let mut broken = None::<f64>;
    for (i, key) in by.keys(ctx, list)?.iter().enumerate() {
        if let Ok(n) = key.as_int() {
            whole = whole
                .checked_add(n)
                .ok_or_else(|| mistake("`sum`: the sum is too large"))?;
        } else if let Ok(x) = key.as_float() {
            broken = Some(broken.unwrap_or(0.0) + x);
        } else {
            let found = kind_of(key, ctx.engine());
            return Err(mistake(format!(
                "`sum` needs numbers, and item {i} gives {found}"
            )));
        }
    }
    Ok(broken.map_or(Dynamic::from_int(whole), |x| {
        Dynamic::from_float(x + whole as f64)
    }))
}
