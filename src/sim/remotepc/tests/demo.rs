//! What is in the demo account, for whoever counts on it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{day, options};
use crate::sim::remotepc::seed::world;
use crate::sim::remotepc::{Server, State, World, profile_toml};
use crate::sim::{estate, realvnc};

fn demo() -> World {
    world(1, day(), 200)
}

#[test]
fn the_same_seed_and_day_make_the_same_account() {
    assert_eq!(world(1, day(), 200), demo());
    let other = world(2, day(), 200);
    assert_ne!(other.api_key, demo().api_key);
    assert_ne!(other.devices, demo().devices);
}

#[test]
fn accounts_of_any_size_can_be_made() {
    for size in [0, 1, 7, 8, 40, 60, 200, 501, 10_000] {
        let world = world(1, day(), size);
        assert_eq!(world.devices.len(), size);
        let ids: HashSet<_> = world.devices.iter().map(|d| &d.machine_id).collect();
        assert_eq!(ids.len(), size);
        let names: HashSet<_> = world.users.iter().map(|u| u.username.to_lowercase()).collect();
        assert_eq!(names.len(), world.users.len());
    }
}

#[test]
fn the_company_is_the_one_of_the_other_vendor() {
    let names: HashSet<String> = demo().devices.into_iter().map(|d| d.name).collect();
    let company = estate::machines(1, day(), 190);
    let shared = company.iter().filter(|m| names.contains(&m.name)).count();
    assert!(shared > 150, "{shared}");
}

#[test]
fn identifiers_look_like_the_vendors() {
    for device in demo().devices {
        let id = device.machine_id;
        assert!(
            id.len() == 13 && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
            "{id}"
        );
    }
}

#[test]
fn two_names_are_borne_twice_one_of_them_in_two_cases_with_one_offline() {
    let world = demo();
    let mut by_name: HashMap<String, Vec<_>> = HashMap::new();
    for device in &world.devices {
        by_name
            .entry(device.name.to_lowercase())
            .or_default()
            .push(device);
    }
    let mut doubled: Vec<_> = by_name.values().filter(|set| set.len() > 1).collect();
    doubled.sort_by_key(|set| &set[0].name);
    let names: Vec<Vec<&str>> = doubled
        .iter()
        .map(|set| set.iter().map(|d| d.name.as_str()).collect())
        .collect();
    assert_eq!(
        names,
        [["Meeting Room", "Meeting Room"], ["Reception-PC", "RECEPTION-PC"]]
    );
    let offline: Vec<bool> = doubled[1].iter().map(|d| d.is_offline()).collect();
    assert_eq!(offline, [false, true]);
}

#[test]
fn names_of_strangers_are_in_the_account() {
    let world = demo();
    for name in [
        "Dock 4, north gate",
        "東京-受付-01",
        "printer-room \u{1b}[31mred\u{1b}[0m\u{7}",
        "=SUM(A1:A9)",
    ] {
        assert_eq!(world.devices_named(name).count(), 1, "{name:?}");
    }
}

#[test]
fn status_is_mostly_one_of_two_words_and_sometimes_another_or_none() {
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for device in demo().devices {
        *counts.entry(device.status).or_default() += 1;
    }
    let count = |word: &str| counts.get(&Some(word.to_owned())).copied().unwrap_or(0);
    assert!((60..=95).contains(&count("Online")), "{counts:?}");
    assert!((80..=125).contains(&count("Offline")), "{counts:?}");
    for word in ["In Session", "Disabled", "Sleeping", " offLine "] {
        assert!(count(word) > 0, "{word}: {counts:?}");
    }
    assert!(counts[&None] > 0, "{counts:?}");
}

#[test]
fn last_sessions_are_local_times_and_never_is_written_in_three_ways() {
    let world = demo();
    let mut never = [0; 3];
    for device in &world.devices {
        match device.last_session.as_deref() {
            None => never[0] += 1,
            Some("") => never[1] += 1,
            Some("0000-00-00 00:00:00") => never[2] += 1,
            Some(text) => {
                let at: jiff::civil::DateTime = text.parse().unwrap();
                assert_eq!(at.strftime("%Y-%m-%d %H:%M:%S").to_string(), text);
            }
        }
    }
    assert!(never.iter().all(|n| *n >= 3), "{never:?}");
    let of = |name| {
        world
            .devices_named(name)
            .next()
            .unwrap()
            .last_session
            .clone()
            .unwrap()
    };
    assert!(
        of("clock-trouble").as_str() > "2026-11-20",
        "{}",
        of("clock-trouble")
    );
    assert_eq!(of("museum-piece"), "1970-01-01 00:00:00");
    assert!(of("backup-vault").as_str() < "2025-12", "{}", of("backup-vault"));
}

#[test]
fn comments_are_mostly_empty() {
    let world = demo();
    let commented = world.devices.iter().filter(|d| !d.comment.is_empty()).count();
    assert!((5..=40).contains(&commented), "{commented}");
}

#[test]
fn people_are_joined_or_invited_and_one_never_goes() {
    let world = demo();
    let count = |state| world.users.iter().filter(|u| u.state == state).count();
    assert_eq!(count(State::Owner), 1);
    assert_eq!(world.users[0].state, State::Owner);
    assert!(count(State::Invited) >= 4 && count(State::Active) >= 20);
    let kept: Vec<_> = world.users.iter().filter(|u| !u.deletable).collect();
    assert!(
        matches!(kept.as_slice(), [user] if user.state == State::Active),
        "{kept:?}"
    );
    assert!(
        world
            .users
            .iter()
            .any(|u| u.has_joined() && u.firstname.is_none())
    );
}

#[test]
fn addresses_are_with_and_without_a_dot_and_one_has_a_plus() {
    let world = demo();
    let domain = |u: &str| u.split_once('@').unwrap().1.to_owned();
    let without = world
        .users
        .iter()
        .filter(|u| !domain(&u.username).contains('.'))
        .count();
    assert!((3..=10).contains(&without), "{without}");
    assert!(world.find_joined("shane@myworld").is_some());
    assert_eq!(world.users.iter().filter(|u| u.username.contains('+')).count(), 1);
}

#[test]
fn names_of_people_keep_to_the_vendors_alphabet() {
    for user in demo().users {
        for name in [user.firstname, user.lastname].into_iter().flatten() {
            assert!(
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()),
                "{name}"
            );
        }
    }
}

#[test]
fn whose_computers_are_assigned_to_has_joined_and_groups_are_there() {
    let world = demo();
    let assigned: Vec<_> = world.devices.iter().flat_map(|d| &d.assigned).collect();
    assert!((50..=130).contains(&assigned.len()), "{}", assigned.len());
    assert!(assigned.iter().all(|a| world.find_joined(a).is_some()));
    assert!(world.devices.iter().any(|d| d.assigned.len() == 2));
    let groups = world.devices.iter().filter_map(|d| d.group.as_deref());
    assert!(groups.clone().count() > 100);
    assert!(groups.into_iter().all(|g| world.find_group(g).is_some()));
    assert_eq!(world.groups.len(), 9);
}

#[tokio::test]
async fn the_printed_profile_leads_to_the_server() {
    let running = Server::start(options()).await.unwrap();
    assert_eq!(
        profile_toml(&running),
        format!(
            "[profiles.demo]\nvendor = \"remotepc\"\nurl = \"{}\"\napi_key = \"env:DESKHAND_DEMO_API_KEY\"\n",
            running.base_url()
        )
    );
    running.shutdown().await;
}

#[tokio::test]
async fn the_key_is_not_the_other_vendors() {
    let team = realvnc::Server::start(realvnc::Options::new(options().clock))
        .await
        .unwrap();
    assert_ne!(demo().api_key, team.access_key());
    team.shutdown().await;
}
