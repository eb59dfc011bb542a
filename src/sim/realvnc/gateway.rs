//! The Gateway API behind its door: token, permission, rate limit, operation.

use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use super::call::{Call, Rules};
use super::limits::Bucket;
use super::operation::Operation;
use super::options::Options;
use super::refusal::Refusal;
use super::sessions::Sessions;
use super::world::World;
use super::{audit, entries, groups, members, presence};
use crate::held::held;
use crate::sim::Error;
use crate::sim::api::Vendor;
use crate::sim::reply::Reply;
use crate::sim::state::Format;

/// RealVNC, with all that it remembers between two requests besides the team.
#[derive(Debug)]
pub struct Gateway {
    sessions: Mutex<Sessions>,
    session_limit: Bucket,
    invitation_limit: Bucket,
    rules: Rules,
}

impl Gateway {
    /// Makes the vendor of some options; fails for an unknown permission.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let limits = options.rate_limits;
        Ok(Self {
            sessions: Mutex::new(Sessions::new(options.token_ttl, options.denied()?)),
            session_limit: Bucket::new(limits.map(|l| l.sessions)),
            invitation_limit: Bucket::new(limits.map(|l| l.invitations)),
            rules: Rules {
                pages: options.pages,
                entry_etag: options.entry_etag,
            },
        })
    }

    /// Ends all sessions.
    pub fn end_sessions(&self) {
        self.sessions().forget();
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        // A request that panicked leaves sessions behind that are still sessions.
        held(&self.sessions)
    }

    fn admit(&self, operation: Operation, call: &Call, world: &mut World) -> Result<Reply, Refusal> {
        let now = Instant::now();
        if operation == Operation::CreateSession {
            self.session_limit.take(now)?;
            return self.sessions().create(call, world, now);
        }
        self.sessions().admit(call, operation, now)?;
        if operation == Operation::InviteMember {
            self.invitation_limit.take(now)?;
        }
        run(operation, call, world)
    }
}

impl Vendor for Gateway {
    type Operation = Operation;
    type World = World;
    type Rules = Rules;

    const FORMAT: Format = Format {
        vendor: "realvnc",
        title: "a simulated RealVNC team",
        version: 1,
    };

    fn rules(&self, _: &str) -> Rules {
        self.rules
    }

    fn carry_out(&self, operation: Operation, call: &Call, world: &mut World) -> Result<Reply, Reply> {
        self.admit(operation, call, world).map_err(Reply::from)
    }

    fn refuse(&self, status: u16, why: String) -> Reply {
        Refusal::new(status, why).into()
    }
}

fn run(operation: Operation, call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    match operation {
        Operation::GetTeamEvents => audit::list(call, world),
        Operation::ListEntries => entries::list(call, world),
        Operation::ReadEntry => entries::read(call, world),
        Operation::UpdateEntry => entries::update(call, world),
        Operation::DeleteEntry => entries::delete(call, world),
        Operation::ListEntryGroupsOfEntry => groups::list_for_entry(call, world),
        Operation::AddEntryToGroup => groups::add_entry(call, world),
        Operation::RemoveEntryFromGroup => groups::remove_entry(call, world),
        Operation::ListEntryGroups => groups::list_of_entries(call, world),
        Operation::ReadEntryGroup => groups::read_of_entries(call, world),
        Operation::ListMembers => members::list(call, world),
        Operation::InviteMember => members::invite(call, world),
        Operation::ReadMember => members::read(call, world),
        Operation::UpdateMemberRoles => members::update_roles(call, world),
        Operation::RemoveMember => members::remove(call, world),
        Operation::ListMemberGroups => groups::list_for_member(call, world),
        Operation::AddMemberToGroup => groups::add_member(call, world),
        Operation::RemoveMemberFromGroup => groups::remove_member(call, world),
        Operation::ListEntryPresence => presence::list(call, world),
        Operation::ListUserGroups => groups::list_of_users(call, world),
        Operation::ReadUserGroup => groups::read_of_users(call, world),
        // Has a way of its own: it needs no token.
        Operation::CreateSession => Err(Refusal::absent()),
    }
}
