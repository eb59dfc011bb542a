//! The way of a request: pause, faults, token, permission, limit, operation, state file, answer.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, FromRequestParts, Path, Query, Request};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};

use super::call::Call;
use super::limits::Bucket;
use super::operation::Operation;
use super::options::{Options, PageSizes};
use super::reply::{Refusal, Reply};
use super::sessions::Sessions;
use super::world::World;
use super::{audit, entries, groups, members, presence, state};
use crate::clock::Clock;
use crate::sim::connection::Scissors;
use crate::sim::faults::Faults;
use crate::sim::server::Closing;
use crate::sim::{Error, spoil};

/// The largest body that a request may have.
const LARGEST_REQUEST: usize = 1 << 20;

/// What all requests share.
#[derive(Debug)]
pub struct Api {
    world: Mutex<World>,
    sessions: Mutex<Sessions>,
    session_limit: Bucket,
    invitation_limit: Bucket,
    received: Mutex<HashMap<Operation, u64>>,
    pub faults: Faults,
    clock: Clock,
    latency: Duration,
    pages: PageSizes,
    entry_etag: bool,
    state_file: Option<PathBuf>,
}

impl Api {
    /// Makes the team, or takes it from its file.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let denied = options.denied()?;
        let kept = match &options.state_file {
            Some(path) => state::load(path)?,
            None => None,
        };
        let limits = options.rate_limits;
        let api = Self {
            world: Mutex::new(
                kept.unwrap_or_else(|| super::seed::world(options.seed, options.midnight(), options.size)),
            ),
            sessions: Mutex::new(Sessions::new(options.token_ttl, denied)),
            session_limit: Bucket::new(limits.map(|l| l.sessions)),
            invitation_limit: Bucket::new(limits.map(|l| l.invitations)),
            received: Mutex::default(),
            faults: Faults::default(),
            clock: options.clock,
            latency: options.latency,
            pages: options.pages,
            entry_etag: options.entry_etag,
            state_file: options.state_file.clone(),
        };
        // Early: a file that cannot be written is better known before the first change.
        api.save(&lock(&api.world)).map_err(|refusal| Error::State {
            path: options.state_file.clone().unwrap_or_default(),
            why: refusal.why,
        })?;
        Ok(api)
    }

    /// Returns the team.
    pub fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }

    /// Returns the sessions.
    pub fn sessions(&self) -> MutexGuard<'_, Sessions> {
        lock(&self.sessions)
    }

    /// Returns how many requests of an operation came, whatever became of them.
    pub fn received(&self, operation: Operation) -> u64 {
        lock(&self.received).get(&operation).copied().unwrap_or(0)
    }

    /// Returns the routes of all operations.
    pub fn routes(self: &Arc<Self>, closing: &Closing) -> Router {
        let mut router = Router::new();
        for operation in Operation::ALL {
            // Every method in the table is one that a filter knows.
            let Ok(filter) = MethodFilter::try_from(operation.method()) else {
                continue;
            };
            let api = Arc::clone(self);
            let closing = closing.clone();
            let answer =
                move |request: Request| async move { api.answer(operation, request, &closing).await };
            router = router.route(operation.path(), MethodRouter::new().on(filter, answer));
        }
        router
    }

    async fn answer(&self, operation: Operation, request: Request, closing: &Closing) -> Response {
        *lock(&self.received).entry(operation).or_default() += 1;
        if !self.latency.is_zero() {
            spoil::pause(self.latency, closing).await;
        }
        let connection = request.extensions().get::<ConnectInfo<Scissors>>();
        let scissors = connection.map(|c| c.0.clone());
        let uri = request.uri().clone();
        let effect = self.faults.strike(operation.id());
        if let Some(effect) = &effect
            && let Some(response) = spoil::before(effect, scissors.as_ref(), closing).await
        {
            return response;
        }
        let reply = match self.read(request).await {
            Ok(call) => self.carry_out(operation, &call).unwrap_or_else(Reply::from),
            Err(refusal) => refusal.into(),
        };
        match &effect {
            Some(effect) => spoil::after(effect, reply.into(), &uri, scissors.as_ref(), closing).await,
            None => reply.into(),
        }
    }

    async fn read(&self, request: Request) -> Result<Call, Refusal> {
        let (mut parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_REQUEST)
            .await
            .map_err(|e| Refusal::bad(format!("the body cannot be read: {e}")))?;
        let path = match Path::from_request_parts(&mut parts, &()).await {
            Ok(Path(path)) => path,
            Err(e) => return Err(Refusal::bad(e.to_string())),
        };
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(|e| Refusal::bad(e.to_string()))?;
        Ok(Call {
            path,
            query,
            headers: parts.headers,
            body: body.to_vec(),
            now: self.clock.now(),
            pages: self.pages,
            entry_etag: self.entry_etag,
        })
    }

    fn carry_out(&self, operation: Operation, call: &Call) -> Result<Reply, Refusal> {
        let now = Instant::now();
        let mut world = self.world();
        if operation == Operation::CreateSession {
            self.session_limit.take(now)?;
            return self.sessions().create(call, &world, now);
        }
        self.sessions().admit(call, operation, now)?;
        if operation == Operation::InviteMember {
            self.invitation_limit.take(now)?;
        }
        let reply = run(operation, call, &mut world)?;
        if operation.writes() {
            self.save(&world)?;
        }
        Ok(reply)
    }

    fn save(&self, world: &World) -> Result<(), Refusal> {
        let Some(path) = &self.state_file else {
            return Ok(());
        };
        state::save(path, world).map_err(|e| {
            Refusal::new(
                500,
                format!("the state cannot be written to {}: {e}", path.display()),
            )
        })
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

/// Takes a lock. A request that panicked leaves a world behind that is still a world.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
