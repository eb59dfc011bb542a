//! The Enterprise API behind its door: the caller's address, key, form, standing, operation.

use super::call::{Call, Rules};
use super::operation::Operation;
use super::options::{Options, Paging, Standing};
use super::refusal::Refusal;
use super::world::World;
use super::{assignments, devices, groups, newcomers, texts, users, viewer};
use crate::sim::api::Vendor;
use crate::sim::reply::Reply;
use crate::sim::state::Format;

/// RemotePC, as it is set up for an account.
#[derive(Debug)]
pub struct Enterprise {
    options: Options,
}

impl Enterprise {
    /// Makes the vendor of some options.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// Lets a request through to its operation.
    fn admit(&self, operation: Operation, call: &Call, world: &World) -> Result<(), Refusal> {
        if !self.options.whitelisted {
            return Err(Refusal::new(403, texts::FORBIDDEN));
        }
        if call.bearer() != Some(&world.api_key) {
            return Err(Refusal::new(401, texts::NOT_AUTHORIZED));
        }
        call.is_json().map_err(|called| {
            Refusal::invalid(format!("Content-type must be application/json, not '{called}'"))
        })?;
        // The page does not list the other two for the address to connect at.
        let text = match self.options.standing {
            Standing::Good => return Ok(()),
            Standing::NoPermission if operation != Operation::GetConnectUrl => texts::INVALID_PERMISSION,
            Standing::NoPlan if operation != Operation::GetConnectUrl => texts::INVALID_PLAN,
            Standing::NoUser | Standing::NoPermission | Standing::NoPlan => texts::INVALID_USER,
        };
        Err(Refusal::new(403, text))
    }
}

impl Vendor for Enterprise {
    type Operation = Operation;
    type World = World;
    type Rules = Rules;

    const FORMAT: Format = Format {
        vendor: "remotepc",
        title: "a simulated RemotePC account",
        version: 1,
    };

    fn rules(&self, base_url: &str) -> Rules {
        Rules {
            base_url: base_url.to_owned(),
            paging: self.options.paging,
            sso: self.options.sso,
            removal: self.options.removal,
        }
    }

    fn carry_out(&self, operation: Operation, call: &Call, world: &mut World) -> Result<Reply, Reply> {
        let refuses_bodies = self.options.paging == Paging::RefuseBody && !operation.writes();
        if refuses_bodies && !call.body.is_empty() {
            return Err(page("403 ERROR", "Bad request.").status(403));
        }
        self.admit(operation, call, world)
            .and_then(|()| run(operation, call, world))
            .map_err(Reply::from)
    }

    fn refuse(&self, status: u16, why: String) -> Reply {
        match status {
            400 => Refusal::invalid(why),
            _ => Refusal::new(status, "INTERNAL_SERVER_ERROR"),
        }
        .into()
    }

    fn astray(&self) -> Option<Reply> {
        Some(page("404 Not Found", "The requested URL was not found on this server.").status(404))
    }
}

fn run(operation: Operation, call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    match operation {
        Operation::InviteUsers => newcomers::invite(call, world),
        Operation::CreateUser => newcomers::create(call, world),
        Operation::DeleteUsers => users::delete(call, world),
        Operation::GetUsers => users::list(call, world),
        Operation::AssignComputer => assignments::assign(call, world),
        Operation::UnassignComputer => assignments::unassign(call, world),
        Operation::CreateGroup => groups::create(call, world),
        Operation::RemoveComputers => devices::remove(call, world),
        Operation::AddComment => devices::comment(call, world),
        Operation::GetDevices => devices::list(call, world),
        Operation::GetUsersDevices => devices::list_of_user(call, world),
        Operation::MoveComputers => groups::move_computers(call, world),
        Operation::GetConnectUrl => viewer::connect_url(call, world),
    }
}

/// An answer for people, from whatever stands before the API.
fn page(title: &str, text: &str) -> Reply {
    Reply::html(format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>\n"
    ))
}
