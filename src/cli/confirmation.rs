//! What is said of changes before they are made, and the one question.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::cancel::Cancel;
use crate::fleet::{Error, Kind, Result};
use crate::held::held;
use crate::output::{Document, Format, Style, render};
use crate::plan::preview::{self, Summary};
use crate::plan::{Approve, Ask, Proposal};
use crate::text::visible;

use super::ui::Ui;

/// How many changes are shown before the question.
const SHOWN: usize = 20;

/// Says what a run is about to change, and asks once a profile whether it may.
pub struct Confirmation {
    ui: Ui,
    /// Stops the question.
    cancel: Cancel,
    /// The answer was given on the command line, or is a saved plan.
    given: bool,
    /// What was said already, with the profile: a script that makes its changes one by one says it once.
    said: Mutex<BTreeSet<(String, String)>>,
}

impl Confirmation {
    /// Makes it, shared by all fleets of a run.
    pub fn shared(ui: &Ui, cancel: &Cancel, given: bool) -> Arc<Self> {
        Arc::new(Self {
            ui: ui.clone(),
            cancel: cancel.clone(),
            given,
            said: Mutex::default(),
        })
    }

    /// Tells whether something was not said of a profile before, and remembers it.
    fn is_new(&self, profile: &str, sentence: &str) -> bool {
        held(&self.said).insert((profile.to_owned(), sentence.to_owned()))
    }

    /// Shows the first changes as a table, above the question.
    fn show(&self, proposals: &[Proposal]) {
        let style = Style {
            width: self.ui.width,
            color: self.ui.in_color(),
            terminal: true,
            ..Style::default()
        };
        let first = &proposals[..proposals.len().min(SHOWN)];
        let table = Document::Table(preview::table(first));
        let mut text = Vec::new();
        // For what there is no room the summary says, and a vector takes everything.
        let _ = render(&table, Format::Table, &style, &mut text);
        self.ui.rendered(&String::from_utf8_lossy(&text));
        if let more @ 1.. = proposals.len() - first.len() {
            self.ui
                .printed(&format!("… and {more} more; --dry-run shows all"));
        }
    }
}

impl Approve for Confirmation {
    fn preview(&self, ask: &Ask<'_>) {
        let Summary {
            headline,
            remarks,
            warnings,
        } = ask.summary();
        // One change is its own headline.
        if let [_, _, ..] = ask.proposals {
            self.ui.note(&headed(ask, &headline));
        }
        for remark in remarks.iter().filter(|remark| self.is_new(ask.profile, remark)) {
            self.ui.note(remark);
        }
        for warning in warnings
            .iter()
            .filter(|warning| self.is_new(ask.profile, warning))
        {
            self.ui.alert(warning);
        }
    }

    fn is_given(&self) -> bool {
        self.given
    }

    fn approve(&self, ask: &Ask<'_>) -> Result<()> {
        let (false, [first, others @ ..]) = (self.given, ask.proposals) else {
            return Ok(());
        };
        let profile = ask.profile;
        let refused = |why: &str| {
            Error::new(
                Kind::Refused,
                format!("not allowed to {} in profile `{profile}`: {why}", first.change),
            )
        };
        if !self.ui.can_ask {
            return Err(refused("nobody can be asked, as there is no terminal")
                .hint("look at it with --dry-run, then allow it with --force"));
        }
        if self.ui.is_quiet() {
            // A question must say what it is about.
            let summary = ask.summary();
            self.ui.printed(&visible(&headed(ask, &summary.headline)));
            for remark in &summary.remarks {
                self.ui.printed(&visible(remark));
            }
        }
        if !others.is_empty() || first.change.irreversible().is_some() {
            self.show(ask.proposals);
        }
        let (about, them) = match others {
            [] => (
                format!("change profile `{profile}`: {}", first.change),
                "this change",
            ),
            [.., last] => (
                format!(
                    "make {} changes in profile `{profile}`, from '{}' to '{}'",
                    ask.proposals.len(),
                    first.change.target(),
                    last.change.target()
                ),
                "them",
            ),
        };
        self.ui
            .printed(&visible(&format!("This run is about to {about}.")));
        self.ui.consent(
            &format!("Make {them}, and all further changes of this run to this profile? [y/N]"),
            &self.cancel,
            refused,
        )
    }
}

fn headed(ask: &Ask<'_>, headline: &str) -> String {
    format!("profile `{}`: {headline}", ask.profile)
}
