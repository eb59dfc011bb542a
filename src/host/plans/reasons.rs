//! Why a computer is to be removed, in a form that the guards can check against its record.

use jiff::Timestamp;
use rhai::{Dynamic, Engine};

use crate::fleet::{ComputerId, Error, Kind, Result};
use crate::host::arguments::Arguments;
use crate::host::function::{Effect, Function};
use crate::host::records::ComputerRecord;
use crate::host::time::Moment;
use crate::plan::Reason;

/// A reason, and which computer it is about where it is about one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The reason.
    pub reason: Reason,
    /// The profile and the id of the computer that it was made for; `None` where it fits any.
    pub of: Option<(String, ComputerId)>,
}

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "stale",
        parameters: &[("computer", "Computer"), ("cutoff", "Timestamp")],
        returns: "Reason",
        about: "Returns the reason of a removal: the computer was last seen before a moment. An error of kind `invalid` where it was \
                not, and where the vendor does not say when it was last seen: unknown is never stale.",
        example: "let cutoff = ago(\"90d\");\n\
                  let old = list_computers().filter(|c| c.last_seen != () && c.last_seen < cutoff);\n\
                  stale(old[0], cutoff).to_string().starts_with(\"stale\")",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let computer = record(call, 0)?;
            let Some(Moment(cutoff)) = call.values[1].clone().try_cast::<Moment>() else {
                return Err(
                    call.invalid("`stale` wants a moment as `cutoff`: ago(\"90d\"), or time(\"2026-01-31\")")
                );
            };
            let name = &computer.0.name;
            let Some(last_seen) = computer.0.last_seen else {
                return Err(Error::new(
                    Kind::Invalid,
                    format!("'{name}' is not stale: the vendor does not say when it was last seen"),
                )
                .hint("unknown is never stale: ask whether `last_seen` is () first, and leave such a computer alone"));
            };
            if last_seen <= Timestamp::UNIX_EPOCH {
                return Err(Error::new(
                    Kind::Invalid,
                    format!("'{name}' is not stale: {last_seen} tells of a clock that was never set"),
                )
                .hint("unknown is never stale: leave such a computer alone"));
            }
            if last_seen >= cutoff {
                return Err(Error::new(
                    Kind::Invalid,
                    format!("'{name}' is not stale: it was seen at {last_seen}, not before {cutoff}"),
                ));
            }
            Ok(Dynamic::from(Why {
                reason: Reason::Stale { last_seen, cutoff },
                of: Some(of(&computer)),
            }))
        },
    },
    Function {
        name: "duplicate_of",
        parameters: &[("computer", "Computer"), ("survivor", "Computer")],
        returns: "Reason",
        about: "Returns the reason of a removal: the computer is another record of the same machine as `survivor`, which stays. \
                Whether they are one machine is checked against their hardware addresses and host names before anything is removed.",
        example: "let all = list_computers(); duplicate_of(all[0], all[1]).to_string().starts_with(\"duplicate\")",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let (computer, survivor) = (record(call, 0)?, record(call, 1)?);
            if computer.0.id == survivor.0.id {
                return Err(call.invalid(format!("'{}' is no duplicate of itself", computer.0.name)));
            }
            if computer.0.profile != survivor.0.profile {
                return Err(call.invalid(format!(
                    "'{}' is a computer of profile `{}`, and '{}' of profile `{}`",
                    computer.0.name, computer.0.profile, survivor.0.name, survivor.0.profile
                )));
            }
            Ok(Dynamic::from(Why {
                reason: Reason::DuplicateOf {
                    survivor: survivor.0.to_ref(),
                },
                of: Some(of(&computer)),
            }))
        },
    },
    Function {
        name: "chosen",
        parameters: &[("why", "string")],
        returns: "Reason",
        about: "Returns the reason of a removal in the script's own words. A computer that the user has not named on the command \
                line or in a file is held to the same rules as one that is removed for its age.",
        example: "chosen(\"the branch has closed\").to_string() == \"chosen: the branch has closed\"",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            Ok(Dynamic::from(Why {
                reason: Reason::Chosen(call.name(0)?),
                of: None,
            }))
        },
    },
];

fn record(call: &Arguments<'_>, index: usize) -> Result<ComputerRecord> {
    call.values[index]
        .clone()
        .try_cast::<ComputerRecord>()
        .ok_or_else(|| {
            call.invalid(format!(
                "`{}` wants the record of a computer as `{}`, not its name",
                call.function.name, call.function.parameters[index].0
            ))
        })
}

fn of(computer: &ComputerRecord) -> (String, ComputerId) {
    (computer.0.profile.clone(), computer.0.id.clone())
}

/// Registers the type.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Why>("Reason");
    engine.register_fn("to_string", |why: &mut Why| why.told());
    engine.register_fn("to_debug", |why: &mut Why| why.told());
}

impl Why {
    /// Tells whether it can be the reason of the removal of a computer.
    pub fn fits(&self, profile: &str, computer: &ComputerId) -> bool {
        let of = self.of.as_ref();
        of.is_none_or(|(of, id)| of == profile && id == computer)
    }

    /// Says the reason in a few words.
    pub fn told(&self) -> String {
        match &self.reason {
            Reason::Stale { last_seen, cutoff } => format!("stale: last seen {last_seen}, before {cutoff}"),
            Reason::DuplicateOf { survivor } => format!("duplicate of '{}'", survivor.name),
            Reason::Named => "named by the user".to_owned(),
            Reason::Chosen(why) => format!("chosen: {why}"),
        }
    }
}
