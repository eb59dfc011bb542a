//! The way of a request, whatever the vendor: count, pause, faults, reading, operation, state file, answer.

use std::collections::HashMap;
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::connection::Scissors;
use super::faults::Faults;
use super::operation::Operation;
use super::reply::Reply;
use super::server::Closing;
use super::state::{self, Format};
use super::{Error, spoil};
use crate::clock::Clock;
use crate::held::held;

/// A vendor: what its operations are, what they work on, and what they answer.
pub trait Vendor: Debug + Send + Sync + Sized + 'static {
    /// Its operations.
    type Operation: Operation;
    /// What they work on: all that a customer has at the vendor.
    type World: Clone + Debug + Serialize + DeserializeOwned + Send + 'static;
    /// What an operation needs to know besides the request.
    type Rules: Send;

    /// How the world is kept in a file.
    const FORMAT: Format;

    /// Returns the rules for a request to the server at `base_url`.
    fn rules(&self, base_url: &str) -> Self::Rules;

    /// Does what a request asks for and answers it, or refuses it: then the world is as it was.
    fn carry_out(
        &self,
        operation: Self::Operation,
        call: &Call<Self::Rules>,
        world: &mut Self::World,
    ) -> Result<Reply, Reply>;

    /// Refuses a request that did not come as far as its operation (400), or whose work cannot be kept (500).
    fn refuse(&self, status: u16, why: String) -> Reply;

    /// Answers what no operation is meant by: another path, or another method. Without an answer of the vendor's it is an
    /// empty 404 or 405.
    fn astray(&self) -> Option<Reply> {
        None
    }
}

/// What all requests share.
#[derive(Debug)]
pub struct Api<V: Vendor> {
    pub vendor: V,
    pub faults: Faults,
    world: Mutex<V::World>,
    received: Mutex<HashMap<V::Operation, u64>>,
    clock: Clock,
    latency: Duration,
    state_file: Option<PathBuf>,
}

impl<V: Vendor> Api<V> {
    /// Takes the world from its file, or makes it.
    pub fn new(
        vendor: V,
        make: impl FnOnce() -> V::World,
        clock: Clock,
        latency: Duration,
        state_file: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let kept = match &state_file {
            Some(path) => state::load(path, &V::FORMAT)?,
            None => None,
        };
        let api = Self {
            vendor,
            faults: Faults::default(),
            world: Mutex::new(kept.unwrap_or_else(make)),
            received: Mutex::default(),
            clock,
            latency,
            state_file,
        };
        // Early: a file that cannot be written is better known before the first change.
        api.save(&api.world()).map_err(|why| Error::State {
            path: api.state_file.clone().unwrap_or_default(),
            why,
        })?;
        Ok(api)
    }

    /// Returns the world.
    pub fn world(&self) -> MutexGuard<'_, V::World> {
        held(&self.world)
    }

    /// Returns how many requests of an operation came, whatever became of them.
    pub fn received(&self, operation: V::Operation) -> u64 {
        held(&self.received).get(&operation).copied().unwrap_or(0)
    }

    /// Returns the routes of all operations, for a server at `base_url`.
    pub fn routes(self: &Arc<Self>, base_url: &str, closing: &Closing) -> Router {
        let base_url: Arc<str> = base_url.into();
        let mut router = Router::new();
        for operation in V::Operation::all().iter().copied() {
            // Every method in the table is one that a filter knows.
            let Ok(filter) = MethodFilter::try_from(operation.method()) else {
                continue;
            };
            let (api, base_url, closing) = (Arc::clone(self), Arc::clone(&base_url), closing.clone());
            let answer = move |request: Request| async move {
                api.answer(operation, request, &base_url, &closing).await
            };
            router = router.route(operation.path(), MethodRouter::new().on(filter, answer));
        }
        if self.vendor.astray().is_none() {
            return router;
        }
        let api = Arc::clone(self);
        let astray =
            move || async move { api.vendor.astray().map_or_else(Response::default, Response::from) };
        router
            .method_not_allowed_fallback(astray.clone())
            .fallback(astray)
    }

    async fn answer(
        &self,
        operation: V::Operation,
        request: Request,
        base_url: &str,
        closing: &Closing,
    ) -> Response {
        *held(&self.received).entry(operation).or_default() += 1;
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
        let rules = self.vendor.rules(base_url);
        let reply = match Call::read(request, self.clock.now(), rules).await {
            Ok(call) => self.carry_out(operation, &call),
            Err(why) => self.vendor.refuse(400, why),
        };
        match &effect {
            Some(effect) => spoil::after(effect, reply.into(), &uri, scissors.as_ref(), closing).await,
            None => reply.into(),
        }
    }

    fn carry_out(&self, operation: V::Operation, call: &Call<V::Rules>) -> Reply {
        let mut world = self.world();
        let reply = match self.vendor.carry_out(operation, call, &mut world) {
            Ok(reply) => reply,
            Err(refusal) => return refusal,
        };
        match operation.writes().then(|| self.save(&world)) {
            Some(Err(why)) => self
                .vendor
                .refuse(500, format!("the state cannot be kept: {why}")),
            _ => reply,
        }
    }

    fn save(&self, world: &V::World) -> Result<(), String> {
        match &self.state_file {
            Some(path) => {
                state::save(path, &V::FORMAT, world).map_err(|e| format!("it cannot be written: {e}"))
            }
            None => Ok(()),
        }
    }
}
