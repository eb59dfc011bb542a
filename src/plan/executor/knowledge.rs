//! What is read of a fleet before a plan is judged: as little as its changes ask for.

use std::collections::HashMap;

use crate::fleet::{
    Change, Computer, ComputerQuery, ComputerRef, Group, Kind, Listing, Loaded, Member, Protected, Reader,
    Result, Role, User, UserState, Vendor,
};

use super::super::guards::Inventory;
use super::super::{Kept, KeptComputer, KeptUser, Plan, Presence};

/// From so many computers on one list is fewer requests than reading each of them.
const FEW: usize = 4;

/// What was read.
#[derive(Default)]
pub(super) struct Known {
    /// The records that were read one by one, by their ids.
    computers: HashMap<String, KeptComputer>,
    users: HashMap<String, User>,
    /// The whole fleet, where it was listed.
    pub(super) inventory: Option<Inventory>,
    /// Whether that tells who is online.
    pub(super) presence: bool,
    /// How many users who have joined are managers, where the users were listed.
    pub(super) managers: Option<usize>,
    /// What the user should know of it.
    pub(super) warnings: Vec<String>,
    /// What shows that the list of computers is not whole.
    pub(super) incomplete: Vec<String>,
}

/// What a plan asks for.
#[derive(Default)]
struct Needs<'a> {
    fleet: bool,
    users: bool,
    /// Whether users are removed, of whom all is to be kept.
    groups_of_users: bool,
    /// The computers whose groups have to be known.
    grouped: Vec<&'a ComputerRef>,
    /// Those whose names have to be.
    named: Vec<&'a ComputerRef>,
}

impl<'a> Needs<'a> {
    /// A removal needs the whole fleet and everything about its target, a change of people the users. Where groups are
    /// protected, those of every computer that is changed have to be known; where anything is, its name, though what goes by
    /// name is looked at by name anyway. A group that lets go of a computer may be its last one.
    fn of(plan: &'a Plan, protected: &Protected) -> Self {
        let by_group = protected.by_group().is_some();
        let mut needs = Self::default();
        for proposal in plan.proposals() {
            match &proposal.change {
                Change::RemoveComputer { .. } => needs.fleet = true,
                Change::UpdateRoles { .. } => needs.users = true,
                Change::RemoveUser { .. } => (needs.users, needs.groups_of_users) = (true, true),
                Change::CreateGroup { computers, .. } if by_group => needs.grouped.extend(computers),
                Change::GroupRemove {
                    member: Member::Computer(computer),
                    ..
                } => needs.grouped.push(computer),
                change if by_group && change.alters() => needs.grouped.extend(change.computer()),
                Change::GroupAdd {
                    member: Member::Computer(computer),
                    ..
                } if !protected.is_empty() => needs.named.push(computer),
                _ => {}
            }
        }
        needs
    }
}

impl Known {
    /// Reads what a plan asks for.
    pub(super) async fn of(reader: &dyn Reader, plan: &Plan, protected: &Protected) -> Result<Self> {
        let needs = Needs::of(plan, protected);
        let mut known = Self::default();
        if needs.fleet || needs.grouped.len() + needs.named.len() > FEW {
            known.read_fleet(reader).await?;
        }
        if known.inventory.is_none() {
            let by_group = protected.by_group().is_some();
            known.read_each(reader, &needs.grouped, by_group).await?;
            known.read_names(reader, &needs.named).await?;
        } else {
            known.read_unlisted(reader, plan).await?;
        }
        if needs.users {
            known.read_users(reader).await?;
        }
        if needs.groups_of_users && reader.vendor() == Vendor::RealVnc {
            known.read_groups_of_users(reader).await?;
        }
        Ok(known)
    }

    async fn read_fleet(&mut self, reader: &dyn Reader) -> Result<()> {
        match self.list(reader).await {
            Ok(listing) => self.learn(listing),
            Err(refused) if refused.kind == Kind::Permission => self
                .warnings
                .push(format!("nothing is checked against the fleet: {refused}")),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Takes a list as the whole fleet.
    pub(super) fn learn(&mut self, listing: Listing<Computer>) {
        self.presence = listing
            .items
            .iter()
            .any(|computer| matches!(computer.online, Loaded::Yes(Some(_))));
        self.warnings.extend(listing.warnings);
        self.inventory = Some(Inventory::of(listing.items.into_iter().map(KeptComputer::from)));
    }

    /// Lists the fleet with all that the key may read of it; an error where it may not even list the computers.
    pub(super) async fn list(&mut self, reader: &dyn Reader) -> Result<Listing<Computer>> {
        let groups = reader.vendor() == Vendor::RealVnc;
        let mut query = ComputerQuery {
            groups,
            presence: true,
            user: None,
        };
        let mut listed = reader.computers(&query).await;
        if let Err(refused) = &listed
            && refused.kind == Kind::Permission
            && groups
        {
            let lost = format!("the groups of what is changed are not known: {refused}");
            query.groups = false;
            listed = reader.computers(&query).await;
            if listed.is_ok() {
                self.warnings.push(lost);
            }
        }
        listed
    }

    /// Reads computers one by one. What is read only to say more in the preview may be missing; `needed` may not.
    async fn read_each(
        &mut self,
        reader: &dyn Reader,
        computers: &[&ComputerRef],
        needed: bool,
    ) -> Result<()> {
        if computers.is_empty() {
            return Ok(());
        }
        let computers: Vec<ComputerRef> = computers.iter().map(|computer| (*computer).clone()).collect();
        for read in reader.recall(&computers, true).await {
            match read {
                Ok(computer) => self.take(computer),
                Err(error) if needed || error.kind == Kind::Cancelled => return Err(error),
                Err(error) => self.warnings.push(format!(
                    "whether it is the last group of a computer is not known: {error}"
                )),
            }
        }
        Ok(())
    }

    async fn read_names(&mut self, reader: &dyn Reader, computers: &[&ComputerRef]) -> Result<()> {
        let computers: Vec<ComputerRef> = computers.iter().map(|computer| (*computer).clone()).collect();
        if !computers.is_empty() {
            for read in reader.recall(&computers, false).await {
                self.take(read?);
            }
        }
        Ok(())
    }

    /// Looks for those that are to be removed and were not listed. A list proves what it shows, not what it leaves out: what is
    /// there all the same shows that the list is not whole.
    async fn read_unlisted(&mut self, reader: &dyn Reader, plan: &Plan) -> Result<()> {
        let unlisted: Vec<ComputerRef> = plan
            .removed_computers()
            .map(|(computer, _)| computer)
            .filter(|computer| self.computer(computer.id.as_str()).is_none())
            .cloned()
            .collect();
        if unlisted.is_empty() {
            return Ok(());
        }
        let mut there = Vec::new();
        for (computer, read) in unlisted.iter().zip(reader.recall(&unlisted, true).await) {
            match read {
                Ok(Some(_)) => there.push(format!("'{}'", computer.name)),
                Ok(None) => {}
                // What the vendor would never have given such a name is not there.
                Err(error) if error.kind == Kind::Invalid => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(first) = there.first() {
            let more = match there.len() {
                1 => String::new(),
                many => format!(" and {} more", many - 1),
            };
            self.incomplete.push(format!(
                "the list of computers leaves out {first}{more}, found where asked for by itself"
            ));
        }
        Ok(())
    }

    async fn read_users(&mut self, reader: &dyn Reader) -> Result<()> {
        let listing = match reader.users().await {
            Ok(listing) => listing,
            Err(error) if error.kind == Kind::Permission => return Ok(()),
            Err(error) => return Err(error),
        };
        let is_manager =
            |user: &&User| user.state != Some(UserState::Invited) && user.roles.contains(&Role::Manager);
        self.managers = Some(listing.items.iter().filter(is_manager).count());
        self.warnings.extend(listing.warnings);
        let users = listing.items.into_iter();
        self.users = users.map(|user| (user.id.to_string(), user)).collect();
        Ok(())
    }

    /// Puts to each user the groups, for the journal: whoever is invited again can be put into them again.
    async fn read_groups_of_users(&mut self, reader: &dyn Reader) -> Result<()> {
        let listing = match reader.user_groups().await {
            Ok(listing) => listing,
            Err(refused) if refused.kind == Kind::Permission => {
                self.warnings
                    .push(format!("the groups of who is removed are not known: {refused}"));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        for user in self.users.values_mut() {
            let of_user = listing
                .items
                .iter()
                .filter(|group| group.members.iter().any(|id| id == user.id.as_str()));
            user.groups = Loaded::Yes(of_user.map(Group::to_ref).collect());
        }
        Ok(())
    }

    fn take(&mut self, computers: impl IntoIterator<Item = Computer>) {
        let computers = computers.into_iter();
        self.computers
            .extend(computers.map(|computer| (computer.id.to_string(), computer.into())));
    }

    /// Returns the record of a computer, if it was read.
    pub(super) fn computer(&self, id: &str) -> Option<&KeptComputer> {
        let listed = self.inventory.as_ref().and_then(|fleet| fleet.find(id));
        listed.or_else(|| self.computers.get(id))
    }

    /// Puts to a change what was read of its target: all of it where nothing is there yet, else what was not known when it
    /// was decided on. Whether a computer is online, and which roles a user has, is told as it is now. What is not removed is
    /// not compared with its whole record later, which is therefore the newest.
    pub(super) fn complete(&self, change: &Change, before: &mut Option<Kept>) {
        if let Change::UpdateRoles { user, .. } | Change::RemoveUser { user, .. } = change {
            let now = self.users.get(user.id.as_str()).map(KeptUser::from);
            match (before.as_mut(), now) {
                (None, now) => *before = now.map(|now| Kept::User(Box::new(now))),
                (Some(Kept::User(kept)), Some(now)) => {
                    kept.roles = now.roles;
                    if kept.groups.is_none() {
                        kept.groups = now.groups;
                    }
                }
                _ => {}
            }
            return;
        }
        let Some(computer) = change.computer() else { return };
        let now = self.computer(computer.id.as_str()).cloned();
        match (before.as_mut(), now) {
            (None, Some(now)) => *before = Some(Kept::Computer(Box::new(now))),
            (Some(Kept::Computer(kept)), Some(now)) if !change.removes_computer() => {
                let groups = now.groups.clone().or_else(|| kept.groups.take());
                **kept = KeptComputer { groups, ..now };
            }
            (Some(Kept::Computer(kept)), Some(now)) => {
                kept.online = now.online;
                if kept.groups.is_none() {
                    kept.groups = now.groups;
                }
            }
            // What nobody can look up now counts as not looked up. What is not in the whole fleet is gone, and has none.
            (Some(Kept::Computer(kept)), None)
                if self.inventory.is_none() && kept.online != Presence::Online =>
            {
                kept.online = Presence::NotChecked;
            }
            _ => {}
        }
    }
}
