//! What came of a change that was sent: what the vendor said, held against what it shows.

use crate::fleet::{Attempt, Change, DefaultAccess, Error, Kind, Member, Observed, Outcome, Result};

/// What is said of a target that is gone.
pub(super) const GONE: &str = "not in the team any more";

/// Judges a change by the answer to it and by the last look at its target.
pub(super) fn verdict(change: &Change, attempt: Attempt, seen: Result<Observed>) -> Outcome {
    match attempt {
        Attempt::Done(note) => confirmed(change, note, seen),
        Attempt::Unknown(lost) => settled(change, lost, seen),
        Attempt::Failed(error) => Outcome::Failed(error),
        Attempt::Issued(secret) => Outcome::Issued(secret),
    }
}

/// The vendor says that it is done: does it show?
fn confirmed(change: &Change, note: Option<String>, seen: Result<Observed>) -> Outcome {
    let mut error = match seen {
        // Where nothing can be seen, the vendor's word is all there is.
        Ok(Observed::After | Observed::Unseen) => return Outcome::Done(note),
        Ok(seen) => Error::new(
            Kind::Vendor,
            format!("could not confirm: {change}: {}", told(&seen)),
        ),
        Err(error) => Error::new(Kind::Vendor, format!("could not confirm: {change}")).beneath(error),
    };
    // What the vendor said of it may be what matters most: that everyone has access now.
    error.causes.extend(note);
    Outcome::Unknown(error.hint("the vendor accepted the change; look again in a while"))
}

/// The answer was lost, or leaves open what was done: what came of it?
fn settled(change: &Change, lost: Error, seen: Result<Observed>) -> Outcome {
    match seen {
        Ok(Observed::After) => Outcome::Done(Some(format!(
            "{change}: no clear answer came; read back, and it is done{}",
            unread(change)
        ))),
        // What does harm when it is done twice is never called undone because it does not show yet.
        Ok(Observed::Before) if change.must_not_repeat() => {
            Outcome::Unknown(read_back(lost, &told(&Observed::Before)))
        }
        Ok(Observed::Before) => Outcome::Failed(read_back(lost, "nothing has changed")),
        // Not "drifted": it was sent, and may have been done before somebody or something else changed it.
        Ok(seen @ (Observed::Other { .. } | Observed::Gone { .. })) => {
            Outcome::Unknown(read_back(lost, &told(&seen)))
        }
        Ok(Observed::Unseen) => Outcome::Unknown(lost),
        Err(error) => Outcome::Unknown(lost.beneath(error)),
    }
}

fn told(seen: &Observed) -> String {
    match seen {
        Observed::Before => "the vendor still shows it as it was".to_owned(),
        Observed::After => "the vendor shows it as wanted".to_owned(),
        Observed::Other { now, .. } => format!("the vendor shows {now}"),
        Observed::Gone { .. } => format!("it is {GONE}"),
        Observed::Unseen => "the vendor does not show it".to_owned(),
    }
}

fn read_back(mut lost: Error, found: &str) -> Error {
    lost.message = format!("{} (read back: {found})", lost.message);
    lost
}

/// Says what only a clear answer could have told.
fn unread(change: &Change) -> &'static str {
    match change {
        Change::GroupRemove {
            member: Member::Computer(_),
            default_access: DefaultAccess::Everyone,
            ..
        } => "; whether everyone in the team now has access is not known",
        _ => "",
    }
}
