//! What was found out about a computer as a table: what would be done with it first, then each rule that was asked.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::fleet::Computer;
use crate::host::explain::{OfPolicy, When, YEARS};
use crate::output::{Cell, Column, Table};
use crate::period::Period;
use crate::plan::guards::{Answer, Rule, Says};
use crate::script::PolicyFunction;

/// All that was found out.
pub struct Findings<'a> {
    pub computer: &'a Computer,
    pub period: Period,
    pub now: Timestamp,
    /// What the guards answer.
    pub answers: Vec<Answer>,
    /// What the policy answers.
    pub of_policy: OfPolicy,
    /// The functions of the policy, and where they come from.
    pub functions: Vec<PolicyFunction>,
    /// What becomes of it where stale computers are removed.
    pub stale: Verdict,
    /// What becomes of it where duplicates are.
    pub duplicate: Verdict,
}

/// What a clean-up would do with a computer, and why.
pub enum Verdict {
    Removes(String),
    /// A guard would refuse what the policy is for.
    Refused(String),
    Keeps(String),
}

impl Verdict {
    /// Returns it of why the policy keeps a computer, and of why the guards would.
    pub fn of(kept: Option<String>, refused: impl FnOnce() -> Option<String>) -> Self {
        match kept {
            Some(why) => Self::Keeps(why),
            None => refused().map_or_else(
                || Self::Removes("nothing is against it".to_owned()),
                Self::Refused,
            ),
        }
    }

    fn told(&self) -> (&'static str, &str) {
        match self {
            Self::Removes(why) => ("removes it", why),
            Self::Refused(why) => ("is refused", why),
            Self::Keeps(why) => ("leaves it alone", why),
        }
    }
}

/// A row, but for what all rows have.
#[derive(Default)]
struct Row<'a> {
    question: String,
    says: String,
    value: String,
    why: String,
    from: Option<String>,
    hint: Option<&'a str>,
    relaxed_by: Option<&'a str>,
}

/// Makes the table.
pub fn table(findings: &Findings<'_>) -> Table {
    let from = Column::new("from", "From", "From");
    // Which functions are the user's own is worth its room only where there is one.
    let is_own = findings.functions.iter().any(|function| function.place.is_some());
    let from = if is_own { from } else { from.optional() };
    let mut table = Table::new(vec![
        Column::new("question", "Question", "Question"),
        Column::new("says", "Answer", "Answer"),
        Column::new("value", "Because of", "Value"),
        Column::new("why", "Why", "Why"),
        from,
        Column::new("hint", "Hint", "Hint").data_only(),
        Column::new("relaxed_by", "Relaxed by", "RelaxedBy").data_only(),
        Column::new("computer", "Computer", "Computer").data_only(),
        Column::new("id", "Id", "EntryID").data_only(),
    ]);
    let rows = verdicts(findings)
        .into_iter()
        .chain(of_policy(findings))
        .chain(findings.answers.iter().map(of_guard));
    let computer = findings.computer;
    table.rows = rows
        .map(|row| {
            vec![
                Cell::text(row.question),
                Cell::text(row.says),
                Cell::text(row.value),
                Cell::text(row.why),
                Cell::maybe(row.from, Cell::text),
                Cell::maybe(row.hint, Cell::text),
                Cell::maybe(row.relaxed_by, Cell::text),
                Cell::text(&computer.name),
                Cell::text(computer.id.as_str()),
            ]
        })
        .collect();
    table
}

/// Returns what would be done with it, and when it becomes stale.
fn verdicts<'a>(findings: &Findings<'_>) -> [Row<'a>; 3] {
    let verdict = |question: String, verdict: &Verdict| {
        let (says, why) = verdict.told();
        Row {
            question,
            says: says.to_owned(),
            value: why.to_owned(),
            ..Row::default()
        }
    };
    [
        verdict(
            format!("clean-stale-computers {}", findings.period),
            &findings.stale,
        ),
        verdict("clean-duplicates --all".to_owned(), &findings.duplicate),
        when(findings),
    ]
}

/// Returns where a function of the policy comes from.
fn from(findings: &Findings<'_>, name: &str) -> Option<String> {
    let function = findings.functions.iter().find(|function| function.name == name)?;
    Some(match &function.place {
        Some(place) => format!("{}:{}", place.file, place.line),
        None => "shipped".to_owned(),
    })
}

fn of_policy<'a>(findings: &Findings<'_>) -> Vec<Row<'a>> {
    let asked = findings.of_policy.asked.iter();
    asked
        .map(|asked| Row {
            from: from(findings, &asked.function),
            question: asked.function.clone(),
            says: asked.answer.clone(),
            value: asked.value.clone(),
            ..Row::default()
        })
        .collect()
}

fn of_guard(answer: &Answer) -> Row<'_> {
    Row {
        question: answer.rule.question().to_owned(),
        says: answer.says.as_str().to_owned(),
        value: answer.value.clone(),
        why: answer.why.clone(),
        from: Some("guards".to_owned()),
        hint: answer.hint.as_deref(),
        relaxed_by: answer.rule.relaxed_by(),
    }
}

/// Returns the day on which it becomes stale, and how that is reckoned.
fn when<'a>(findings: &Findings<'_>) -> Row<'a> {
    let (says, value) = day(findings);
    Row {
        question: "when is it stale".to_owned(),
        says,
        value,
        from: from(findings, "is_stale"),
        ..Row::default()
    }
}

fn day(findings: &Findings<'_>) -> (String, String) {
    let Findings {
        computer,
        period,
        now,
        of_policy,
        ..
    } = findings;
    let last_seen = computer
        .last_seen
        .filter(|at| *at > Timestamp::UNIX_EPOCH && at <= now);
    let Some(last_seen) = last_seen else {
        return (
            "never while unknown".to_owned(),
            "what nobody knows to be unseen is not stale".to_owned(),
        );
    };
    let today = now.to_zoned(TimeZone::UTC).date();
    let (old_enough, day, condition) = match &of_policy.when {
        When::On(day) => (*day, *day, ""),
        // It was not offline before today.
        When::OnceOffline(day) => (*day, (*day).max(today), "if it is offline from now on, "),
        When::NotWithin(why) => {
            return (
                format!("not within {YEARS} years"),
                format!("kept then, too: {why}"),
            );
        }
    };
    let by = if period.over_on(last_seen) == Ok(old_enough) {
        format!("{condition}{period} after it was last seen, days in UTC")
    } else {
        format!("{condition}by the policy, days in UTC")
    };
    let is_protected = |answer: &&Answer| answer.rule == Rule::Protection && answer.says == Says::Refuses;
    let protected = findings.answers.iter().find(is_protected).map(|_| "protected");
    match of_policy.held.as_deref().or(protected) {
        None => (day.to_string(), by),
        Some(held) => (
            format!("never while {held}"),
            format!("old enough on {day}: {by}"),
        ),
    }
}
