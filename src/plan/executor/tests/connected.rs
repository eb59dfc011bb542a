//! Who is connected is asked anew once a minute.

use std::time::Duration;

use super::super::online::Online;
use super::stage::Stage;
use crate::fleet::{PresenceStatus, ServerId};

#[tokio::test(start_paused = true)]
async fn what_comes_online_while_computers_are_removed_is_seen_a_minute_later() {
    let states = [
        PresenceStatus::Offline,
        PresenceStatus::Online,
        PresenceStatus::Offline,
    ];
    let stage = Stage::new([], []).presences(states);
    let online = Online::default();
    let mut seen = Vec::new();
    for seconds in [0, 59, 1, 59, 1] {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        seen.push(online.is_online(&stage, &ServerId::new("s")).await.unwrap());
    }
    assert_eq!(
        seen,
        [Some(false), Some(false), Some(true), Some(true), Some(false)]
    );
    let other = online.is_online(&stage, &ServerId::new("t")).await.unwrap();
    assert_eq!(other, None);
}

#[tokio::test(start_paused = true)]
async fn a_word_that_nobody_knows_is_neither() {
    let stage = Stage::new([], []).presences([PresenceStatus::from_word("AWAY")]);
    let online = Online::default();
    let seen = online.is_online(&stage, &ServerId::new("s")).await.unwrap();
    assert_eq!(seen, None);
}
