//! The fleet functions that read.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use rhai::{Array, Dynamic};

use crate::fleet::{
    Computer, ComputerQuery, Error, EventQuery, GroupKind, Kind, Member, Result, User, UserId,
};
use crate::when::When;

use super::arguments::{Arguments, Options};
use super::connection::Fleet;
use super::filter;
use super::function::{Effect, Function};
use super::records::{ComputerRecord, EventRecord, GroupRecord, PresenceRecord, UserRecord};
use super::time::Moment;

/// RealVNC keeps audit events for so many days, and shows none that are older.
const DAYS_OF_EVENTS: i64 = 30;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_computers",
        parameters: &[],
        returns: "array of Computer",
        about: "Lists the computers of the fleet. Groups and presence are not loaded.",
        example: "list_computers().len",
        operations: &["listEntries"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, ComputerRecord>(computers(
                call.fleet,
                &ComputerQuery::default(),
            )?))
        },
    },
    Function {
        name: "list_computers",
        parameters: &[("options", "map")],
        returns: "array of Computer",
        about: "Lists the computers of the fleet. Options: `groups: true` and `presence: true` load these fields, \
                `user: \"name\"` lists only that user's (not on RealVNC), `where: \"expression\"` keeps those for which an \
                expression over the fields is true. Without the permission for presence, `online` stays `()` and a \
                warning says so.",
        example: "list_computers(#{ presence: true, where: \"online == true && os.contains(\\\"Windows\\\")\" })",
        operations: &["listEntries", "listEntryPresence", "listEntryGroups"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["groups", "presence", "user", "where"])?;
            let query = ComputerQuery {
                groups: options.flag("groups")?,
                presence: options.flag("presence")?,
                user: options.text("user")?,
            };
            let records = computers(call.fleet, &query)?
                .into_iter()
                .map(ComputerRecord::from)
                .collect();
            let records = match options.text("where")? {
                Some(expression) => filter::matching(call.fleet.world(), call.engine, records, &expression)?,
                None => records,
            };
            Ok(array::<_, ComputerRecord>(records))
        },
    },
    Function {
        name: "find_computer",
        parameters: &[("name", "string")],
        returns: "Computer|()",
        about: "Finds the computer of a name: exactly so, else the only one that is so but for upper and lower case; `()` if \
                there is none. Several are an error of kind `ambiguous` that lists them.",
        example: "find_computer(\"no such computer\") == ()",
        operations: &["listEntries", "readEntry"],
        effect: Effect::Read,
        body: |call| {
            let name = call.name(0)?;
            let found = call
                .fleet
                .look_up(|directory, fleet| directory.computer(fleet, &name))?;
            optional(
                found
                    .and_then(|c| present(call.fleet.read(|reader| reader.computer(&c.id))))
                    .transpose()?
                    .map(ComputerRecord::from),
            )
        },
    },
    Function {
        name: "find_computers",
        parameters: &[("prefix", "string")],
        returns: "array of Computer",
        about: "Lists the computers whose names begin with a text, whatever the case.",
        example: "find_computers(\"acc-\").len",
        operations: &["listEntries"],
        effect: Effect::Read,
        body: |call| {
            let prefix = call.text(0)?.to_lowercase();
            let mut found = computers(call.fleet, &ComputerQuery::default())?;
            found.retain(|computer| computer.name.to_lowercase().starts_with(&prefix));
            Ok(array::<_, ComputerRecord>(found))
        },
    },
    Function {
        name: "get_computer",
        parameters: &[("id", "string")],
        returns: "Computer",
        about: "Reads the computer of an id (RealVNC: entryId). An id that nobody bears is an error of kind `not_found`.",
        example: "let c = list_computers()[0]; get_computer(c.id) == c",
        operations: &["readEntry"],
        effect: Effect::Read,
        body: |call| {
            let id = call.computer_id(0)?;
            Ok(Dynamic::from(ComputerRecord::from(
                call.fleet.read(|reader| reader.computer(&id))?,
            )))
        },
    },
    Function {
        name: "list_computer_groups",
        parameters: &[],
        returns: "array of Group",
        about: "Lists the groups of computers with the ids of their members.",
        example: "list_computer_groups().map(|g| g.name)",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, GroupRecord>(
                call.fleet.list(|reader| reader.computer_groups())?,
            ))
        },
    },
    Function {
        name: "find_computer_group",
        parameters: &[("name", "string")],
        returns: "Group|()",
        about: "Finds the computer group of a name: exactly so, else the only one that is so but for upper and lower case; \
                `()` if there is none. Several are an error of kind `ambiguous`.",
        example: "find_computer_group(\"Servers\").size",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| find_group(call, GroupKind::Computers),
    },
    Function {
        name: "groups_of",
        parameters: &[("member", "Computer|User|string")],
        returns: "array of Group",
        about: "Lists the groups that a computer (a record or a name) or a user (a record) is in.",
        example: "groups_of(list_computers()[0])",
        operations: &["listEntries", "listEntryGroups_1", "listMemberGroups"],
        effect: Effect::Read,
        body: |call| {
            let groups = match call.member(0)? {
                Member::Computer(computer) => call
                    .fleet
                    .list(|reader| reader.groups_of_computer(&computer.id))?,
                Member::User(user) => call.fleet.list(|reader| reader.groups_of_user(&user.id))?,
            };
            Ok(array::<_, GroupRecord>(groups))
        },
    },
    Function {
        name: "list_users",
        parameters: &[],
        returns: "array of User",
        about: "Lists the users of the team, those who have joined and those who are invited.",
        example: "list_users().filter(|u| u.state == \"INVITED\")",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| Ok(array::<_, UserRecord>(call.fleet.list(|reader| reader.users())?)),
    },
    Function {
        name: "find_user",
        parameters: &[("email", "string")],
        returns: "User|()",
        about: "Finds the user of an email address, joined or invited, whatever the case; `()` if there is none.",
        example: "find_user(\"nobody@example.com\") == ()",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| {
            let email = call.name(0)?;
            let found = call
                .fleet
                .look_up(|directory, fleet| directory.user(fleet, &email))?;
            optional(
                found
                    .and_then(|user| present(read_user(call.fleet, &user.id)))
                    .transpose()?
                    .map(UserRecord::from),
            )
        },
    },
    Function {
        name: "list_user_groups",
        parameters: &[],
        returns: "array of Group",
        about: "Lists the groups of users with the ids of their members.",
        example: "list_user_groups().map(|g| g.name)",
        operations: &["listUserGroups"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, GroupRecord>(
                call.fleet.list(|reader| reader.user_groups())?,
            ))
        },
    },
    Function {
        name: "find_user_group",
        parameters: &[("name", "string")],
        returns: "Group|()",
        about: "Finds the user group of a name, as find_computer_group does.",
        example: "find_user_group(\"no such group\") == ()",
        operations: &["listUserGroups"],
        effect: Effect::Read,
        body: |call| find_group(call, GroupKind::Users),
    },
    Function {
        name: "list_presence",
        parameters: &[],
        returns: "array of Presence",
        about: "Lists which servers are connected now. Depends on the team's plan; without it an error of kind `permission`.",
        example: "list_presence().filter(|p| p.status == \"ONLINE\").len",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, PresenceRecord>(
                call.fleet.list(|reader| reader.presence())?,
            ))
        },
    },
    Function {
        name: "list_audit_events",
        parameters: &[],
        returns: "array of Event",
        about: "Lists what happened in the team in the last 30 days, oldest first.",
        example: "list_audit_events().len > 0",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| events(call, &Options::none(call)),
    },
    Function {
        name: "list_audit_events",
        parameters: &[("options", "map")],
        returns: "array of Event",
        about: "Lists what happened in the team, oldest first. Options: `from` and `to` (moments, or ISO 8601 dates in UTC, of which \
                `to` includes its day; without them the last 30 days, and RealVNC keeps no more), `connections_only: true` \
                for sessions between people and computers.",
        example: "list_audit_events(#{ from: ago(\"7d\"), connections_only: true })",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| events(call, &call.options(0, &["from", "to", "connections_only"])?),
    },
    Function {
        name: "fleet",
        parameters: &[("profile", "string")],
        returns: "Fleet",
        about: "Opens the fleet of another profile; the fleet functions are its methods.",
        example: "fleet(\"demo\").list_computers().len == list_computers().len",
        operations: &[],
        effect: Effect::None,
        body: |call| Ok(Dynamic::from(call.fleet.open(&call.name(0)?)?)),
    },
];

fn computers(fleet: &Fleet, query: &ComputerQuery) -> Result<Vec<Computer>> {
    fleet.list(|reader| reader.computers(query))
}

/// RealVNC and RemotePC list users; the whole record of one is looked for there.
fn read_user(fleet: &Fleet, id: &UserId) -> Result<User> {
    fleet
        .list(|reader| reader.users())?
        .into_iter()
        .find(|user| user.id == *id)
        .ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                "the user has left the team while it was looked up",
            )
        })
}

/// Takes "not found" for an answer: it has left the team since its name was looked up.
fn present<T>(read: Result<T>) -> Option<Result<T>> {
    match read {
        Err(error) if error.kind == Kind::NotFound => None,
        read => Some(read),
    }
}

fn find_group(call: &Arguments<'_>, kind: GroupKind) -> Result<Dynamic> {
    let name = call.name(0)?;
    let found = call.fleet.look_up(|directory, fleet| {
        // A script that finds a group wants to know who is in it now.
        directory.forget_groups(kind);
        directory.group(fleet, kind, &name)
    })?;
    optional(found.map(GroupRecord::from))
}

fn events(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let query = event_query(call.fleet.world().clock.now(), options)?;
    Ok(array::<_, EventRecord>(
        call.fleet.read(|reader| reader.events(&query))?,
    ))
}

fn event_query(now: Timestamp, options: &Options) -> Result<EventQuery> {
    let earliest = now
        .checked_sub(Span::new().hours(24 * DAYS_OF_EVENTS))
        .unwrap_or(Timestamp::MIN);
    let from = moment(options, "from", |when| when.start(&TimeZone::UTC))?.unwrap_or(earliest);
    let to = moment(options, "to", |when| when.end(&TimeZone::UTC))?.unwrap_or(now);
    if from > to {
        return Err(Error::new(
            Kind::Invalid,
            format!("`from` ({from}) is later than `to` ({to})"),
        ));
    }
    Ok(EventQuery {
        from,
        to,
        connections_only: options.flag("connections_only")?,
    })
}

/// Returns the moment that an option gives, if it is given.
pub fn moment(
    options: &Options,
    name: &str,
    read: impl Fn(When) -> std::result::Result<Timestamp, crate::when::WhenError>,
) -> Result<Option<Timestamp>> {
    let Some(value) = options.value(name) else {
        return Ok(None);
    };
    if let Some(moment) = value.clone().try_cast::<Moment>() {
        return Ok(Some(moment.0));
    }
    let when = match value.clone().try_cast::<When>() {
        Some(when) => Ok(when),
        None => value
            .into_string()
            .map_err(|_| options.wrong(name, "a moment or an ISO 8601 date"))?
            .parse::<When>(),
    };
    when.and_then(read).map(Some).map_err(|e| {
        Error::new(Kind::Invalid, format!("the option `{name}`: {e}")).hint(crate::when::EXPECTED)
    })
}

fn array<T: Into<R>, R: Clone + Send + Sync + 'static>(items: Vec<T>) -> Dynamic {
    Dynamic::from_array(
        items
            .into_iter()
            .map(|item| Dynamic::from(item.into()))
            .collect::<Array>(),
    )
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "every body of a function ends in a result"
)]
fn optional<R: Clone + Send + Sync + 'static>(record: Option<R>) -> Result<Dynamic> {
    Ok(record.map_or(Dynamic::UNIT, Dynamic::from))
}
