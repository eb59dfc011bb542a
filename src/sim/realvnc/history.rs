//! The audit log of the last 30 days, and the events that requests add to it.
//!
//! `SESSION_LOG` with `connection_start` is documented. `connection_end`, the category `TEAM_MANAGEMENT` and all its types
//! are guesses after labels of the vendor's portal, and so is every `eventBody` but that of `connection_start`.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::world::{Entry, Event, Member, World};
use crate::sim::estate::Machine;
use crate::sim::rng::Rng;

/// How far back the vendor keeps events.
const KEPT_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The most sessions in a made-up log.
const MOST_SESSIONS: usize = 5000;
/// Session events.
pub const SESSION_LOG: &str = "SESSION_LOG";
/// Everything else; the word is a guess.
pub const TEAM_MANAGEMENT: &str = "TEAM_MANAGEMENT";

/// Makes up the log of a team: `machines` are those of `world.entries`, in the same order.
pub fn events(seed: u64, day: Timestamp, world: &World, machines: &[Machine]) -> Vec<Event> {
    let mut rng = Rng::new(seed, "realvnc events");
    let end = day.as_millisecond();
    let begin = end - KEPT_DAYS * DAY_MS;
    let pairs: Vec<(&Entry, &Machine)> = world
        .entries
        .iter()
        .zip(machines)
        .filter(|(e, m)| e.server_id.is_some() && m.device.is_some())
        .collect();
    let users: Vec<&Member> = world.members.iter().filter(|m| !m.invited).collect();
    let mut log = Vec::new();
    for number in 0..(world.entries.len() * 4 / 5).min(MOST_SESSIONS) {
        if let (Some((entry, machine)), Some(user)) = (rng.pick(&pairs), rng.pick(&users)) {
            let start = working_hour(&mut rng, begin);
            let length = rng.between(20, 5400);
            let viewer = rng.base62(19);
            let ips = (machine.ip.as_str(), format!("10.20.0.{}", rng.between(2, 254)));
            log.push(connection(
                world,
                &mut rng,
                (start, None),
                entry,
                user,
                &viewer,
                &ips,
            ));
            let stop = (start + length * 1000).min(end - 1);
            log.push(connection(
                world,
                &mut rng,
                (stop, Some(length)),
                entry,
                user,
                &viewer,
                &ips,
            ));
            if number % 12 == 0 {
                // A second viewer that connected in the very same millisecond.
                let viewer = rng.base62(19);
                log.push(connection(
                    world,
                    &mut rng,
                    (start, None),
                    entry,
                    user,
                    &viewer,
                    &ips,
                ));
            }
        }
    }
    log.extend(management(world, &mut rng, begin));
    log.sort_by_key(|event| event.timestamp);
    log
}

/// Draws a moment of the 30 days, mostly in working hours.
fn working_hour(rng: &mut Rng, begin: i64) -> i64 {
    let day = rng.between(0, KEPT_DAYS - 1);
    let minute = if rng.chance(85) {
        rng.between(7 * 60, 18 * 60)
    } else {
        rng.between(0, 22 * 60)
    };
    begin + day * DAY_MS + minute * 60_000 + rng.between(0, 59_999)
}

fn connection(
    world: &World,
    rng: &mut Rng,
    (at, length): (i64, Option<i64>),
    entry: &Entry,
    user: &Member,
    viewer: &str,
    (server_ip, viewer_ip): &(&str, String),
) -> Event {
    let who = user.email.as_deref().unwrap_or("A user");
    let (kind, verb) = match length {
        None => ("connection_start", "initiated connection to"),
        Some(_) => ("connection_end", "ended connection to"),
    };
    let mut body = object(json!({ "serverIp": server_ip, "viewerIp": viewer_ip }));
    if let Some(seconds) = length {
        body.insert("durationSeconds".to_owned(), json!(seconds));
        body.insert("reason".to_owned(), json!({ "code": 0, "text": "viewer left" }));
    }
    let mut rest = object(json!({
        "id": rng.base62(19),
        "teamId": world.team_id,
        "eventCategory": SESSION_LOG,
        "description": format!("{who} {verb} {} ({server_ip} from {viewer_ip})", entry.name),
        "userId": user.id,
        "serverId": entry.server_id,
        "serverName": entry.name,
        "viewerId": viewer,
    }));
    if let Some(email) = &user.email {
        rest.insert("email".to_owned(), json!(email));
    }
    if rng.chance(3) {
        rest.remove("description");
        rest.remove("serverName");
    }
    Event {
        timestamp: at,
        event_type: kind.to_owned(),
        event_body: body,
        rest,
    }
}

fn management(world: &World, rng: &mut Rng, begin: i64) -> Vec<Event> {
    let mut log = Vec::new();
    let Some(owner) = world.members.first() else {
        return log;
    };
    for member in &world.members {
        let Some(email) = member
            .email
            .as_deref()
            .filter(|_| rng.chance(40) || member.invited)
        else {
            continue;
        };
        let at = working_hour(rng, begin);
        let roles: Vec<&str> = member.roles.iter().map(|r| r.as_str()).collect();
        let mut add = |at, kind: &str, text: String, body| {
            let mut event = managed(world, &rng.base62(19), at, kind, &text, body);
            event.rest.insert("userId".to_owned(), json!(owner.id));
            if let Some(email) = &owner.email {
                event.rest.insert("email".to_owned(), json!(email));
            }
            log.push(event);
        };
        let body = json!({ "invitee": email, "roles": roles });
        add(
            at,
            "user_invited",
            format!("{email} was invited to the team"),
            body,
        );
        if !member.invited {
            let body = json!({ "invitee": email });
            let text = format!("{email} accepted the team's invitation");
            add(at + 3_600_000, "user_accepted_invitation", text, body);
        }
    }
    for _ in 0..4 {
        let at = working_hour(rng, begin);
        let id = rng.base62(19);
        let text = "A cloud connectivity token was created";
        log.push(managed(
            world,
            &id,
            at,
            "cloud_token_created",
            text,
            json!({ "uses": 25, "label": null }),
        ));
    }
    log
}

fn managed(world: &World, id: &str, at: i64, kind: &str, text: &str, body: Value) -> Event {
    Event {
        timestamp: at,
        event_type: kind.to_owned(),
        event_body: object(body),
        rest: object(json!({
            "id": id,
            "teamId": world.team_id,
            "eventCategory": TEAM_MANAGEMENT,
            "description": text,
        })),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

impl World {
    /// Adds what a request did to the audit log. Time in the log does not run backwards.
    pub(super) fn log(&mut self, at: Timestamp, kind: &str, text: &str, body: Value) {
        let latest = self.events.last().map_or(i64::MIN, |event| event.timestamp);
        let id = self.next_id();
        let event = managed(self, &id, at.as_millisecond().max(latest), kind, text, body);
        self.events.push(event);
    }
}
