//! What the guards say of a plan.

use crate::fleet::{Error, Kind};

/// A rule that can refuse a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Unknown is never stale.
    Evidence,
    /// What is online is not removed.
    Presence,
    /// The least age of what is called stale.
    Floor,
    /// How many computers a run may remove.
    Belt,
    /// What rests on an incomplete list is not applied.
    Completeness,
    /// Protected computers are not touched.
    Protection,
    /// What goes by name needs a name of its own.
    Names,
    /// Two records are one machine only if both say so.
    Duplicates,
    /// Owners, administrators and the last manager stay.
    People,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Evidence,
        Self::Presence,
        Self::Floor,
        Self::Belt,
        Self::Completeness,
        Self::Protection,
        Self::Names,
        Self::Duplicates,
        Self::People,
    ];

    /// Returns the flag or the setting that relaxes the rule; `None` for one that nothing relaxes.
    pub fn relaxed_by(self) -> Option<&'static str> {
        match self {
            Self::Floor => Some("--allow-short-period"),
            Self::Belt => Some("--max-removals"),
            Self::Protection => Some("protect"),
            _ => None,
        }
    }
}

/// Why a plan may not be applied, by one rule and for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// By which rule.
    pub rule: Rule,
    /// What, how many, which, and why.
    pub message: String,
    /// What to do now: which flag or setting relaxes the rule, if any does.
    pub hint: String,
    /// Which of the proposals it is about, in their order.
    pub rows: Vec<usize>,
}

/// What the guards say of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Why it may not be applied; empty if it may.
    pub refusals: Vec<Refusal>,
    /// What the user should know of it.
    pub warnings: Vec<String>,
    /// Which rule is relaxed for it, by what, and how far: to be shown, and written to the journal.
    pub relaxed: Vec<String>,
}

impl Verdict {
    pub(super) fn refuse(
        &mut self,
        rule: Rule,
        rows: Vec<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.refusals.push(Refusal {
            rule,
            message: message.into(),
            hint: hint.into(),
            rows,
        });
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.warnings.push(text.into());
    }

    /// Returns the error of a plan that may not be applied: all refusals in one.
    pub fn refused(&self) -> Option<Error> {
        match self.refusals.as_slice() {
            [] => None,
            [only] => Some(Error::new(Kind::Refused, &only.message).hint(&only.hint)),
            all => {
                let message = format!("the plan is refused whole, for {} reasons", all.len());
                let mut error = Error::new(Kind::Refused, message)
                    .hint("leave out what is refused, or relax what the reasons say can be relaxed");
                let told = |refusal: &Refusal| format!("{} ({})", refusal.message, refusal.hint);
                error.causes = all.iter().map(told).collect();
                Some(error)
            }
        }
    }

    /// Returns what is said in a dry run, which is never refused: the refusals stand first among the warnings.
    #[must_use]
    pub fn of_dry_run(self) -> Self {
        let refusals = self.refusals.into_iter();
        let told =
            refusals.map(|refusal| format!("would be refused: {} ({})", refusal.message, refusal.hint));
        Self {
            refusals: Vec::new(),
            warnings: told.chain(self.warnings).collect(),
            relaxed: self.relaxed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(rules: &[Rule]) -> Verdict {
        let mut verdict = Verdict::default();
        for (row, rule) in rules.iter().enumerate() {
            verdict.refuse(*rule, vec![row], format!("no {row}"), format!("do {row}"));
        }
        verdict.warn("mind");
        verdict
    }

    #[test]
    fn a_refusal_alone_is_the_error_with_exit_code_7() {
        let error = verdict(&[Rule::Belt]).refused().unwrap();
        assert_eq!(
            (error.message.as_str(), error.hint.as_deref()),
            ("no 0", Some("do 0"))
        );
        assert_eq!(error.kind.exit_code(), 7);
        assert_eq!(verdict(&[]).refused(), None);
    }

    #[test]
    fn all_refusals_are_told() {
        let error = verdict(&[Rule::Belt, Rule::People]).refused().unwrap();
        assert_eq!(error.kind, Kind::Refused);
        assert_eq!(error.message, "the plan is refused whole, for 2 reasons");
        assert_eq!(error.causes, ["no 0 (do 0)", "no 1 (do 1)"]);
    }

    #[test]
    fn a_dry_run_is_told_and_not_refused() {
        let verdict = verdict(&[Rule::Belt]).of_dry_run();
        assert_eq!(verdict.refused(), None);
        assert_eq!(verdict.warnings, ["would be refused: no 0 (do 0)", "mind"]);
    }
}
