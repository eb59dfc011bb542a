//! Any run in a small world: what was done to it is taken back.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const COMPUTERS: usize = 5;

/// A fleet: names, comments, who is in which group or assigned to whom, and roles.
#[derive(Debug, Clone, PartialEq, Eq)]
struct World {
    names: BTreeMap<String, String>,
    comments: BTreeMap<String, String>,
    members: BTreeSet<(String, String)>,
    assigned: BTreeSet<(String, String)>,
    roles: BTreeMap<String, Vec<Role>>,
}

impl World {
    fn new() -> Self {
        let ids = || (1..=COMPUTERS).map(|n| n.to_string());
        Self {
            names: ids().map(|id| (id.clone(), format!("N{id}"))).collect(),
            comments: ids().map(|id| (id, "first".to_owned())).collect(),
            members: ids().map(|id| (id, "a".to_owned())).collect(),
            assigned: ids().map(|id| (id, "u".to_owned())).collect(),
            roles: [("u".to_owned(), vec![Role::User])].into(),
        }
    }

    fn computer(&self, id: &str) -> ComputerRef {
        called(id, &self.names[id])
    }

    /// Makes a change, if the world is as the change takes it to be, and not as it leads to: so the door looks at it.
    fn make(&mut self, change: &Change) -> bool {
        match change {
            Change::Rename { computer, to } => {
                let is_free = self.names.values().all(|name| name != to);
                let name = self.names.get_mut(computer.id.as_str());
                is_free
                    && name.is_some_and(|name| {
                        *name == computer.name && {
                            name.clone_from(to);
                            true
                        }
                    })
            }
            Change::GroupAdd { group, member } => self
                .members
                .insert((member.id().to_owned(), group.id.to_string())),
            Change::GroupRemove { group, member, .. } => self
                .members
                .remove(&(member.id().to_owned(), group.id.to_string())),
            Change::Assign { computer, user } => self
                .assigned
                .insert((computer.id.to_string(), user.id.to_string())),
            Change::Unassign { computer, user } => self
                .assigned
                .remove(&(computer.id.to_string(), user.id.to_string())),
            Change::Comment { computer, from, to } => {
                let now = self.comments.get_mut(computer.id.as_str());
                now.is_some_and(|now| {
                    Some(&*now) == from.as_ref() && now != to && {
                        now.clone_from(to);
                        true
                    }
                })
            }
            Change::UpdateRoles { user, from, to } => {
                let now = self.roles.get_mut(user.id.as_str());
                now.is_some_and(|now| {
                    now == from && now != to && {
                        now.clone_from(to);
                        true
                    }
                })
            }
            other => panic!("no world for {other}"),
        }
    }

    /// Applies a plan in its order; returns what was done.
    fn apply(&mut self, plan: &Plan) -> Vec<Change> {
        let waves = plan.order().unwrap().waves;
        let mut order: Vec<usize> = waves.into_iter().flatten().collect();
        order.retain(|at| self.make(&plan.proposals()[*at].change));
        // A journal tells of the changes of a plan in the order in which they were proposed.
        order.sort_unstable();
        order
            .into_iter()
            .map(|at| plan.proposals()[at].change.clone())
            .collect()
    }
}

/// What somebody wants, whatever the world is like.
#[derive(Debug, Clone)]
enum Wish {
    Name(usize, usize),
    In(usize, usize),
    Out(usize, usize),
    Assign(usize, usize),
    Unassign(usize, usize),
    Comment(usize, usize),
    Roles(usize),
}

impl Wish {
    fn of(self, world: &World) -> Change {
        let pick = |n: usize| ["a", "b", "c"][n % 3];
        let computer = |n: usize| world.computer(&(n % COMPUTERS + 1).to_string());
        let member = |n: usize| Member::Computer(computer(n));
        match self {
            Self::Name(n, to) => Change::Rename {
                computer: computer(n),
                to: format!("N{to}"),
            },
            Self::In(n, to) => Change::GroupAdd {
                group: group(pick(to)),
                member: member(n),
            },
            Self::Out(n, of) => Change::GroupRemove {
                group: group(pick(of)),
                member: member(n),
                default_access: DefaultAccess::NoOne,
            },
            Self::Assign(n, to) => Change::Assign {
                computer: computer(n),
                user: user(pick(to)),
            },
            Self::Unassign(n, from) => Change::Unassign {
                computer: computer(n),
                user: user(pick(from)),
            },
            Self::Comment(n, to) => {
                let computer = computer(n);
                Change::Comment {
                    from: world.comments.get(computer.id.as_str()).cloned(),
                    computer,
                    to: pick(to).to_owned(),
                }
            }
            Self::Roles(n) => Change::UpdateRoles {
                user: user("u"),
                from: world.roles["u"].clone(),
                to: vec![[Role::User, Role::Manager, Role::Technician][n % 3].clone()],
            },
        }
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let pair = || (0..COMPUTERS, 0_usize..3);
    prop_oneof![
        4 => (0..COMPUTERS, 1_usize..9).prop_map(|(n, to)| Wish::Name(n, to)),
        1 => pair().prop_map(|(n, m)| Wish::In(n, m)),
        1 => pair().prop_map(|(n, m)| Wish::Out(n, m)),
        1 => pair().prop_map(|(n, m)| Wish::Assign(n, m)),
        1 => pair().prop_map(|(n, m)| Wish::Unassign(n, m)),
        1 => pair().prop_map(|(n, m)| Wish::Comment(n, m)),
        1 => (0_usize..3).prop_map(Wish::Roles),
    ]
}

/// Runs a script that applies some plans, of each what the plan takes; returns what was done.
fn run(world: &mut World, plans: Vec<Vec<Wish>>) -> Vec<Change> {
    let mut made = Vec::new();
    for wishes in plans {
        let mut taken = plan(&Undo::default());
        for wish in wishes {
            let mut with = taken.clone();
            if with.push(Proposal::of(wish.of(world))).is_ok() && with.order().is_ok() {
                taken = with;
            }
        }
        made.extend(world.apply(&taken));
    }
    made
}

proptest! {
    #[test]
    fn the_undo_of_a_plan_gives_the_world_back_and_its_undo_takes_it_again(
        wishes in prop::collection::vec(wish(), 0..20)
    ) {
        let first = World::new();
        let mut world = first.clone();
        let made = run(&mut world, vec![wishes]);
        let after = world.clone();
        let way_back = undo(done(made.clone()));
        prop_assert_eq!(&way_back.left, &[], "{:?}", made);
        let unmade = world.apply(&plan(&way_back));
        prop_assert_eq!(unmade.len(), made.len());
        prop_assert_eq!(&world, &first);
        world.apply(&plan(&undo(done(unmade))));
        prop_assert_eq!(world, after);
    }

    #[test]
    fn the_undo_of_several_plans_gives_back_all_but_what_it_lists(
        plans in prop::collection::vec(prop::collection::vec(wish(), 0..8), 0..8)
    ) {
        let first = World::new();
        let mut world = first.clone();
        let made = run(&mut world, plans);
        let after = world.clone();
        let way_back = undo(done(made.clone()));
        let unmade = world.apply(&plan(&way_back));
        prop_assert_eq!(unmade.len(), way_back.proposals.len(), "nothing has drifted: {:?}", made);
        // Only names may stand in the way of each other.
        let lost = way_back.left.iter().filter(|left| left.why != "the run itself has put it back");
        let lost: BTreeSet<String> = lost
            .map(|left| match &left.change {
                Change::Rename { computer, .. } => computer.id.to_string(),
                other => panic!("{other}: {}", left.why),
            })
            .collect();
        for id in lost {
            prop_assert_eq!(&world.names[&id], &after.names[&id]);
            prop_assert!(after.names.values().any(|name| *name == first.names[&id]), "{}", id);
            world.names.insert(id.clone(), first.names[&id].clone());
        }
        prop_assert_eq!(world, first);
    }

    #[test]
    fn what_nobody_knows_of_keeps_nothing_else_from_being_undone_and_is_always_listed(
        plans in prop::collection::vec(prop::collection::vec(wish(), 1..4), 1..6),
        unclear in prop::collection::vec(any::<bool>(), 24)
    ) {
        let first = World::new();
        let mut world = first.clone();
        let made = run(&mut world, plans);
        let told: Vec<(Change, Done)> = made
            .into_iter()
            .zip(unclear)
            .map(|(change, unclear)| if unclear { super::unclear(change) } else { (change, Done::Yes) })
            .collect();
        let way_back = undo(told.clone());
        plan(&way_back);
        for (change, _) in told.iter().filter(|(_, done)| *done != Done::Yes) {
            prop_assert!(way_back.left.iter().any(|left| left.change == *change), "{}", change);
        }
        let doubtful: BTreeSet<&str> = told
            .iter()
            .filter(|(_, done)| *done != Done::Yes)
            .map(|(change, _)| change.target_id())
            .collect();
        world.apply(&plan(&way_back));
        for id in first.comments.keys().filter(|id| !doubtful.contains(id.as_str())) {
            prop_assert_eq!(&world.comments[id], &first.comments[id]);
        }
        let sure = |members: &BTreeSet<(String, String)>| -> BTreeSet<(String, String)> {
            members.iter().filter(|(id, _)| !doubtful.contains(id.as_str())).cloned().collect()
        };
        prop_assert_eq!(sure(&world.members), sure(&first.members));
        prop_assert_eq!(sure(&world.assigned), sure(&first.assigned));
    }
}
