//! The guards: what is judged of a plan before anything is sent, below every script.
//!
//! Pure functions over data: the proposals, the [`Facts`] that were read, and the [`Limits`] that the user set. Nothing
//! is read here, no clock is asked, and nothing is cut down to what would pass: a plan is refused whole. All refusals are
//! told, not the first only. What has to be looked at again right before a write, such as drift, is the executor's.
//!
//! | rule | what | file | what relaxes it |
//! |---|---|---|---|
//! | 1 | unknown is never stale: a reason is held against the record | `evidence` | nothing |
//! | 2 | what is online, or may be, is not removed | `presence` | nothing |
//! | 3 | the least age of what is called stale | `floor` | `--allow-short-period` |
//! | 4 | how many computers a run may remove | `belt` | `--max-removals N`; `max_removals` moves the 50 |
//! | 5 | what rests on an incomplete list is not applied | `completeness` | nothing |
//! | 6 | protected computers are not touched | `protection` | `protect` in the profile |
//! | 8 | what goes by name needs a name of its own | `names` | nothing |
//! | 9 | what makes two records one machine, and which of them stays | `duplicates` | nothing |
//! | 10 | who gets in when a group lets go of a computer | `exposure` (warns) | |
//! | 11 | owners and administrators, and the last manager | `people` | nothing |
//! | 14 | when a run stops | [`Stop`] (for the executor) | |

mod belt;
mod completeness;
pub mod duplicates;
mod evidence;
pub(super) mod explain;
mod exposure;
mod facts;
mod floor;
mod inventory;
mod names;
mod people;
mod presence;
mod protection;
mod removal;
mod stop;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

pub use explain::{Answer, Says};
pub use facts::{Facts, Limits};
pub use inventory::Inventory;
pub(super) use inventory::folded;
pub use stop::{Stop, Stopped};
pub use verdict::{Refusal, Rule, Verdict};

use super::Proposal;

/// Judges a plan.
pub fn judge(proposals: &[Proposal], facts: &Facts<'_>, limits: &Limits) -> Verdict {
    let removals = removal::of(proposals);
    let mut verdict = Verdict::default();
    completeness::judge(proposals, facts, &mut verdict);
    protection::judge(proposals, facts, limits, &mut verdict);
    evidence::judge(&removals, facts, &mut verdict);
    presence::judge(&removals, facts, &mut verdict);
    floor::judge(&removals, facts, limits, &mut verdict);
    belt::judge(&removals, facts, limits, &mut verdict);
    names::judge(&removals, facts, &mut verdict);
    duplicates::judge(&removals, proposals, facts, &mut verdict);
    exposure::judge(proposals, &mut verdict);
    people::judge(proposals, facts, &mut verdict);
    verdict
}
