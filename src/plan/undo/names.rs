//! Old names that are given back: each when it is free, and none to two computers.

use std::collections::{HashMap, VecDeque};

use crate::fleet::Change;

/// In which order names can be given back; changes are meant by their place.
#[derive(Debug, Default)]
pub(super) struct Free {
    /// Each behind those that let go of its name.
    pub(super) order: Vec<usize>,
    /// Those that cannot be made, and why.
    pub(super) never: Vec<(usize, String)>,
}

/// Puts renames into an order in which each name is free when it is given. Other changes are passed over.
pub(super) fn free<'a>(changes: impl IntoIterator<Item = (usize, &'a Change)>) -> Free {
    let renames = Renames::of(changes);
    let mut bearers = renames.bearers();
    let mut ready: VecDeque<usize> = (0..renames.all.len())
        .filter(|at| renames.is_free(*at, &bearers))
        .collect();
    let mut is_placed = vec![false; renames.all.len()];
    let mut free = Free::default();
    while let Some(at) = ready.pop_front() {
        let Rename { place, now, .. } = renames.all[at];
        is_placed[at] = true;
        free.order.push(place);
        *bearers.entry(now).or_default() -= 1;
        let waiting = renames.wanted.get(now).into_iter().flatten().copied();
        ready.extend(waiting.filter(|at| renames.is_free(*at, &bearers)));
    }
    for (Rename { place, to, .. }, _) in renames.all.iter().zip(is_placed).filter(|(_, is)| !is) {
        let why = if renames.is_wanted_by_several(to) {
            format!("'{to}' was the name of several computers, and a name tells computers apart")
        } else {
            format!("its old name '{to}' is now that of another computer, which cannot give it up before")
        };
        free.never.push((*place, why));
    }
    free
}

/// A rename: where it stands, the name now, and the name to be given.
struct Rename<'a> {
    place: usize,
    now: &'a str,
    to: &'a str,
}

/// All of them, and who wants a name.
struct Renames<'a> {
    all: Vec<Rename<'a>>,
    wanted: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Renames<'a> {
    fn of(changes: impl IntoIterator<Item = (usize, &'a Change)>) -> Self {
        let mut renames = Self {
            all: Vec::new(),
            wanted: HashMap::new(),
        };
        for (place, change) in changes {
            if let Change::Rename { computer, to } = change {
                renames.wanted.entry(to).or_default().push(renames.all.len());
                renames.all.push(Rename {
                    place,
                    now: &computer.name,
                    to,
                });
            }
        }
        renames
    }

    /// Counts who has a name now.
    fn bearers(&self) -> HashMap<&'a str, usize> {
        let mut bearers = HashMap::new();
        for rename in &self.all {
            *bearers.entry(rename.now).or_default() += 1;
        }
        bearers
    }

    fn is_wanted_by_several(&self, name: &str) -> bool {
        self.wanted.get(name).is_some_and(|all| all.len() > 1)
    }

    fn is_free(&self, at: usize, bearers: &HashMap<&str, usize>) -> bool {
        let to = self.all[at].to;
        !self.is_wanted_by_several(to) && bearers.get(to).is_none_or(|count| *count == 0)
    }
}
