//! The order in which the changes of a plan are made: wave by wave, and nothing whose ground was not laid before.

use crate::fleet::{Error, Kind, Outcome};
use crate::held::held;

use super::super::Order;
use super::Executor;
use super::sending::Work;

impl Executor {
    /// Makes what is not settled yet, each wave when the one before has ended, and takes down what came of it.
    pub(super) async fn waves(&self, work: &Work<'_>, order: &Order, outcomes: &mut [Option<Outcome>]) {
        let open = outcomes.iter().filter(|outcome| outcome.is_none()).count();
        self.watch.begin(open);
        for wave in &order.waves {
            let open: Vec<usize> = wave
                .iter()
                .copied()
                .filter(|at| outcomes[*at].is_none())
                .collect();
            if let Some(error) = held(&work.halted).clone() {
                for (at, outcome) in self.not_sent(work, open, &error) {
                    outcomes[at] = outcome;
                }
                continue;
            }
            let mut ready = Vec::with_capacity(open.len());
            for at in open {
                match ground(&order.needs[at], outcomes) {
                    Ground::Laid => ready.push(at),
                    Ground::Open => {}
                    Ground::Missing => {
                        let outcome = Outcome::Failed(groundless());
                        self.settle(work, at, &outcome);
                        outcomes[at] = Some(outcome);
                    }
                }
            }
            for (at, outcome) in self.together(work, &ready).await {
                outcomes[at] = outcome;
            }
        }
        self.watch.end();
        let unsent = work.plan.proposals().iter().zip(&*outcomes);
        let unsent = unsent.filter(|(_, outcome)| outcome.is_none());
        let unsent = unsent.map(|(proposal, _)| proposal.clone());
        held(&self.tally).unsent.extend(unsent);
    }
}

/// How it stands with what has to be made before a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// All of it is made.
    Laid,
    /// Some of it was not sent, and may be one day.
    Open,
    /// Some of it was not made, and is not going to be.
    Missing,
}

fn ground(needs: &[usize], outcomes: &[Option<Outcome>]) -> Ground {
    let is_so = |outcome: &Outcome| {
        matches!(
            outcome,
            Outcome::Done(_) | Outcome::Issued(_) | Outcome::AlreadySo | Outcome::Planned
        )
    };
    let before = || needs.iter().map(|need| outcomes[*need].as_ref());
    if before().flatten().any(|outcome| !is_so(outcome)) {
        Ground::Missing
    } else if before().any(|outcome| outcome.is_none()) {
        Ground::Open
    } else {
        Ground::Laid
    }
}

fn groundless() -> Error {
    Error::new(
        Kind::Refused,
        "not sent: a change that has to be made before it was not made",
    )
}
