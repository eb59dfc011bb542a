//! The 22 operations over a real socket: each success, each documented refusal.

mod access;
mod demo;
mod entries;
mod faults;
mod groups;
mod lists;
mod members;
mod sessions;
mod state;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Options, Running, Server};
use crate::clock::Clock;
use crate::sim::raw_http::{self, Answer, Ask};

/// The day of all tests.
pub fn day() -> Timestamp {
    "2026-11-20T00:00:00Z".parse().unwrap()
}

/// Options that depend on nothing outside the test.
pub fn options() -> Options {
    Options::new(Clock::Frozen(day()))
}

/// A team and a session.
pub struct Team {
    pub running: Running,
    pub token: String,
}

impl Team {
    pub async fn start() -> Self {
        Self::with(options()).await
    }

    pub async fn with(options: Options) -> Self {
        let running = Server::start(options).await.unwrap();
        let mut team = Self {
            running,
            token: String::new(),
        };
        team.sign_in().await;
        team
    }

    /// Starts a session and takes its token.
    pub async fn sign_in(&mut self) {
        let answer = self.send("POST", "/1.0/sessions", &[], Some(self.key())).await;
        assert_eq!(answer.status, 201, "{}", answer.head);
        answer.json()["token"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.token);
    }

    pub fn key(&self) -> Value {
        json!({
            "accessKeyId": self.running.access_key_id(),
            "accessKey": self.running.access_key(),
        })
    }

    pub fn ask<'a>(
        &self,
        method: &'a str,
        target: &'a str,
        headers: &[(&'a str, &str)],
        body: Option<&Value>,
    ) -> Ask<'a> {
        let mut all = vec![("Authorization", format!("Bearer {}", self.token))];
        all.extend(headers.iter().map(|(n, v)| (*n, (*v).to_owned())));
        if body.is_some() {
            all.push(("Content-Type", "application/json".to_owned()));
        }
        Ask {
            method,
            target,
            headers: all,
            body: body.map(Value::to_string),
        }
    }

    pub async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let ask = self.ask(method, target, headers, body.as_ref());
        raw_http::send(&self.running.base_url(), &ask).await
    }

    pub async fn get(&self, target: &str) -> Answer {
        self.send("GET", target, &[], None).await
    }

    pub async fn put(&self, target: &str) -> Answer {
        self.send("PUT", target, &[], None).await
    }

    pub async fn delete(&self, target: &str) -> Answer {
        self.send("DELETE", target, &[], None).await
    }

    pub async fn patch(&self, target: &str, if_match: Option<&str>, body: Value) -> Answer {
        let headers: Vec<(&str, &str)> = if_match.map(|etag| ("If-Match", etag)).into_iter().collect();
        self.send("PATCH", target, &headers, Some(body)).await
    }

    pub async fn post(&self, target: &str, body: Value) -> Answer {
        self.send("POST", target, &[], Some(body)).await
    }

    /// Follows links from `target` on and returns every item of the member `list` of the answers, and the links.
    pub async fn walk(&self, target: &str, list: &str) -> (Vec<Value>, Vec<String>) {
        let (mut items, mut links) = (Vec::new(), Vec::<String>::new());
        let mut next = Some(target.to_owned());
        while let Some(target) = next {
            let answer = self.get(&target).await;
            assert_eq!(answer.status, 200, "{target}");
            items.extend(answer.json()[list].as_array().unwrap().iter().cloned());
            next = answer.header("link").map(|link| {
                let (path, _) = link[1..].split_once('>').unwrap();
                assert!(path.starts_with("/1.0/"), "{link}");
                assert!(!links.iter().any(|l| l == link), "{link} leads in a circle");
                links.push(link.to_owned());
                path.to_owned()
            });
        }
        (items, links)
    }

    /// Returns the id of the only entry of a name.
    pub fn entry(&self, name: &str) -> String {
        let world = self.running.world();
        let ids: Vec<_> = world.entries_named(name).map(|e| e.id.clone()).collect();
        assert_eq!(ids.len(), 1, "{name}");
        ids[0].clone()
    }

    /// Returns the id of a group of entries.
    pub fn entry_group(&self, name: &str) -> String {
        let world = self.running.world();
        let group = world.entry_groups().iter().find(|g| g.name == name);
        group.unwrap().id.clone()
    }

    /// Returns the id of a group of users.
    pub fn user_group(&self, name: &str) -> String {
        let world = self.running.world();
        let group = world.user_groups().iter().find(|g| g.name == name);
        group.unwrap().id.clone()
    }

    /// Returns the id of somebody who may be changed and has joined.
    pub fn plain_member(&self) -> String {
        let world = self.running.world();
        let member = world
            .members()
            .iter()
            .find(|m| !m.is_protected() && !m.invited && m.email.is_some());
        member.unwrap().id.clone()
    }

    /// Returns the id of the owner.
    pub fn owner(&self) -> String {
        let world = self.running.world();
        let owner = world
            .members()
            .iter()
            .find(|m| m.roles.contains(&super::Role::Owner));
        owner.unwrap().id.clone()
    }
}
