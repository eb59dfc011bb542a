//! The client against the simulator, which knows the vendor's page and shares no type with it.

mod faults;

use std::collections::HashMap;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::fleet::{
    Attempt, Change, ComputerQuery, ComputerRef, Kind, Observed, Reader, Result, SignIn, Writer,
};
use crate::http::{BaseUrl, Retry, Transport};
use crate::secret::{Redactor, Secret};
use crate::sim::remotepc::{Operation, Options, Paging as Told, Removal, Running, Server, Standing};
use crate::sim::{Effect, Fault};

use super::super::{ApiKey, Paging, Reads, Settings, Writes, connect};
use super::observing::{assign, comment, create_group, invite, move_to, open, remove, unassign};
use super::{ann, pages_of};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

struct Account {
    sim: Running,
    reads: Reads,
    writes: Writes,
}

impl Account {
    /// Starts an account of 60 computers.
    async fn start(settings: Settings, change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options {
            size: 60,
            ..Options::new(Clock::Frozen(noon()))
        };
        change(&mut options);
        let sim = Server::start(options).await.unwrap();
        let key = ApiKey(Secret::new(sim.api_key()));
        let (reads, writes) = client(&sim, key, settings);
        Self { sim, reads, writes }
    }

    async fn seven_to_a_page() -> Self {
        Self::start(pages_of(7, Paging::Auto), |_| {}).await
    }

    /// Returns some computers whose names are theirs alone.
    async fn some(&self, offline: bool) -> Vec<ComputerRef> {
        let listing = self.reads.computers(&ComputerQuery::default()).await.unwrap();
        let mut named: HashMap<String, u32> = HashMap::new();
        for computer in &listing.items {
            *named.entry(computer.name.trim().to_lowercase()).or_default() += 1;
        }
        let unique = listing.items.iter().filter(|computer| {
            named[&computer.name.trim().to_lowercase()] == 1
                && !computer.name.trim().is_empty()
                && (!offline || computer.online.get() == Some(&Some(false)))
        });
        unique.map(crate::fleet::Computer::to_ref).collect()
    }

    async fn seen(&self, change: &Change) -> Result<Observed> {
        self.reads.observe(std::slice::from_ref(change)).await.remove(0)
    }

    async fn sent(&self, change: &Change) -> Attempt {
        self.writes.write(std::slice::from_ref(change)).await.remove(0)
    }

    async fn user(&self) -> String {
        let users = self.reads.users().await.unwrap().items;
        users[0].id.to_string()
    }
}

fn client(sim: &Running, key: ApiKey, settings: Settings) -> (Reads, Writes) {
    let mut transport = crate::http::Settings::new(BaseUrl::parse(&sim.base_url()).unwrap());
    transport.retry = Retry {
        first_pause: std::time::Duration::from_millis(1),
        longest_pause: std::time::Duration::from_millis(1),
        ..Retry::default()
    };
    let redactor = Redactor::default();
    let transport = Transport::new(transport, redactor.clone()).unwrap();
    connect(transport, key, settings, redactor, "demo".to_owned())
}

#[tokio::test]
async fn all_computers_and_users_are_read_however_pages_are_asked_for() {
    for told in [Told::Body, Told::Query, Told::Both, Told::RefuseBody] {
        let account = Account::start(pages_of(7, Paging::Auto), |options| options.paging = told).await;
        let world = account.sim.world();
        for _ in 0..2 {
            let devices = account.reads.get_devices().await.unwrap();
            let ids: Vec<_> = devices.iter().map(|d| d.machine_id.clone().unwrap()).collect();
            let expected: Vec<_> = world.devices.iter().map(|d| d.machine_id.clone()).collect();
            assert_eq!(ids, expected, "{told:?}");
            // The simulator takes the page at its word: users are those who have joined.
            let joined = world.users.iter().filter(|user| user.has_joined()).count();
            assert_eq!(account.reads.get_users().await.unwrap().len(), joined);
        }
        let user = &world.users[0].username;
        let devices = account.reads.get_users_devices(user).await.unwrap();
        assert_eq!(devices.len(), world.devices_of(user).count());
    }
}

#[tokio::test]
async fn a_way_that_is_set_and_not_the_accounts_is_no_short_list() {
    for (paging, told) in [(Paging::Body, Told::RefuseBody), (Paging::Query, Told::Body)] {
        let account = Account::start(pages_of(7, paging), |options| options.paging = told).await;
        match account.reads.get_devices().await {
            // What is not looked at is passed over: the first page of 500 is the whole of so small an account.
            Ok(devices) => assert_eq!(devices.len(), account.sim.world().devices.len()),
            Err(error) => assert_eq!(error.status, Some(403)),
        }
    }
}

#[tokio::test]
async fn a_page_that_lies_makes_no_list() {
    for (pointer, value) in [
        ("/message/pagination/current_page_index", 1),
        ("/message/pagination/total_records", 9),
        ("/message/pagination/total_records", 100_000),
    ] {
        let account = Account::seven_to_a_page().await;
        let effect = Effect::Member {
            pointer: pointer.to_owned(),
            value: value.into(),
        };
        account
            .sim
            .faults()
            .push(Fault::on(Operation::GetDevices, effect).always());
        let error = account.reads.get_devices().await.unwrap_err();
        assert_eq!(error.kind, Kind::Vendor, "{pointer}");
    }
}

#[tokio::test]
async fn whoever_is_not_let_in_is_told_why() {
    let account = Account::start(Settings::default(), |options| options.whitelisted = false).await;
    let error = account.reads.get_devices().await.unwrap_err();
    assert!(matches!(error.kind, Kind::Permission), "{error:?}");
    assert!(error.hint.unwrap().contains("whitelisted"));
    let account = Account::start(Settings::default(), |_| {}).await;
    let (reads, _) = client(
        &account.sim,
        ApiKey(Secret::new("wrong-key")),
        Settings::default(),
    );
    let error = reads.get_devices().await.unwrap_err();
    assert_eq!((error.kind, error.status), (Kind::Auth, Some(401)));
    for standing in [Standing::NoUser, Standing::NoPermission, Standing::NoPlan] {
        let account = Account::start(Settings::default(), |options| options.standing = standing).await;
        assert_eq!(
            account.reads.get_devices().await.unwrap_err().kind,
            Kind::Permission,
            "{standing:?}"
        );
    }
}

#[tokio::test]
async fn assignments_show_once_they_are_made_and_taken_back() {
    let account = Account::seven_to_a_page().await;
    let user = account.user().await;
    let some = account.some(false).await;
    let free = some
        .into_iter()
        .find(|c| {
            let world = account.sim.world();
            !world.find_device(c.id.as_str()).unwrap().is_assigned_to(&user)
        })
        .unwrap();
    let (give, take) = (assign(free.clone(), &user), unassign(free, &user));
    assert_eq!(account.seen(&give).await, Ok(Observed::Before));
    assert_eq!(account.sent(&give).await, Attempt::Done(None));
    assert_eq!(account.seen(&give).await, Ok(Observed::After));
    assert_eq!(account.seen(&take).await, Ok(Observed::Before));
    assert_eq!(account.sent(&take).await, Attempt::Done(None));
    assert_eq!(account.seen(&take).await, Ok(Observed::After));
}

#[tokio::test]
async fn comments_groups_and_addresses_are_made() {
    let account = Account::seven_to_a_page().await;
    let some = account.some(false).await;
    let before = account.reads.computer(&some[0].id).await.unwrap().comment;
    let change = comment(some[0].clone(), before.as_deref(), "on loan until May");
    assert_eq!(account.seen(&change).await, Ok(Observed::Before));
    assert_eq!(account.sent(&change).await, Attempt::Done(None));
    assert_eq!(account.seen(&change).await, Ok(Observed::After));

    let group = create_group("Reception", &some[..2]);
    assert_eq!(account.sent(&group).await, Attempt::Done(None));
    let Attempt::Failed(error) = account.sent(&group).await else {
        panic!()
    };
    assert_eq!(error.kind, Kind::Conflict);
    assert_eq!(
        account.sent(&move_to("Reception", some[2].clone())).await,
        Attempt::Done(None)
    );
    let moved = account.sim.world();
    for computer in &some[..3] {
        let device = moved.find_device(computer.id.as_str()).unwrap();
        assert_eq!(device.group.as_deref(), Some("Reception"));
    }
    let Attempt::Failed(error) = account.sent(&move_to("Nowhere", some[2].clone())).await else {
        panic!()
    };
    assert_eq!(error.kind, Kind::NotFound);

    let user = account.user().await;
    let Attempt::Issued(url) = account.sent(&open(some[0].clone(), &user)).await else {
        panic!()
    };
    assert!(url.expose().starts_with("http"));
}

#[tokio::test]
async fn users_are_invited_made_and_removed() {
    let account = Account::start(Settings::default(), |_| {}).await;
    let silent = account.sim.world().unmentioned[0].clone();
    let changes = [invite("new@myworld", &[]), invite(&silent, &[])];
    let attempts = account.writes.write(&changes).await;
    assert_eq!(attempts[0], Attempt::Done(None));
    assert!(matches!(attempts[1], Attempt::Unknown(_)), "{attempts:?}");

    let create = Change::CreateUser(ann());
    assert_eq!(account.seen(&create).await, Ok(Observed::Before));
    assert_eq!(account.sent(&create).await, Attempt::Done(None));
    assert_eq!(account.seen(&create).await, Ok(Observed::After));
    let Attempt::Failed(error) = account.sent(&create).await else {
        panic!()
    };
    assert_eq!(error.kind, Kind::Conflict);

    let outcomes = account
        .writes
        .delete_users(&["ann@myworld"], &["new@myworld"])
        .await
        .unwrap();
    assert!(
        outcomes.iter().all(|o| o.attempt == Attempt::Done(None)),
        "{outcomes:?}"
    );
    let sso = SignIn {
        two_factor: None,
        sso: Some(true),
    };
    let failure = account
        .writes
        .invite_users(&["other@myworld"], sso)
        .await
        .unwrap_err();
    assert_eq!(failure.error.kind, Kind::Vendor);
}

#[tokio::test]
async fn computers_are_removed_and_only_what_is_gone_is_done() {
    let account = Account::start(pages_of(7, Paging::Auto), |options| {
        options.removal = Removal::Partial;
    })
    .await;
    let offline = account.some(true).await;
    let chosen = &offline[..3];
    let outcomes = account.writes.remove_computers(chosen).await;
    assert!(
        outcomes.iter().all(|o| o.attempt == Attempt::Done(None)),
        "{outcomes:?}"
    );
    let world = account.sim.world();
    assert!(chosen.iter().all(|c| world.find_device(c.id.as_str()).is_none()));
    assert_eq!(
        account.seen(&remove(chosen[0].clone())).await,
        Ok(Observed::After)
    );

    // The answer is lost, and the removal is not.
    account
        .sim
        .faults()
        .push(Fault::on(Operation::RemoveComputers, Effect::CutAfter));
    let outcomes = account.writes.remove_computers(&offline[3..5]).await;
    assert!(
        outcomes
            .iter()
            .all(|o| matches!(o.attempt, Attempt::Done(Some(_)))),
        "{outcomes:?}"
    );
}

#[tokio::test]
async fn machines_that_share_a_name_are_left_alone() {
    let account = Account::seven_to_a_page().await;
    let listing = account.reads.computers(&ComputerQuery::default()).await.unwrap();
    let unique = account.some(false).await;
    let shared = listing
        .items
        .iter()
        .find(|c| !c.name.trim().is_empty() && unique.iter().all(|u| u.id != c.id))
        .unwrap()
        .to_ref();
    let error = account
        .seen(&comment(shared.clone(), None, "on loan"))
        .await
        .unwrap_err();
    assert_eq!(error.kind, Kind::Ambiguous);
    assert!(error.message.contains(shared.id.as_str()), "{error}");
}
