//! The limit in a time of its own: it passes as soon as all wait for it.

use std::future::ready;
use std::pin::pin;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::{advance, sleep};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn throttle(pause: Duration, per_second: f64) -> Throttle {
    Throttle { pause, per_second }
}

/// Sends so many requests one after the other, and returns when each went, in milliseconds from now.
async fn times(limiter: &Limiter, requests: usize) -> Vec<u128> {
    let start = Instant::now();
    let mut times = Vec::new();
    for _ in 0..requests {
        limiter.turn().await;
        times.push(start.elapsed().as_millis());
    }
    times
}

/// Lets so many requests go at once; the vendor turns the last one away and asks for a pause.
async fn cut(limiter: &Limiter, requests: usize, pause: Duration) -> Throttle {
    for _ in 1..requests {
        limiter.turn().await;
    }
    let turn = limiter.turn().await;
    limiter.slow_down(turn, pause).unwrap()
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nothing_waits() {
    let limiter = Limiter::default();
    assert!(times(&limiter, 10_000).await.iter().all(|at| *at == 0));
    assert_eq!(limiter.throttle(), None);
}

#[tokio::test(start_paused = true)]
async fn all_pause_for_as_long_as_the_vendor_asks_and_go_on_at_half_the_rate() {
    let limiter = Limiter::default();
    assert_eq!(cut(&limiter, 20, 7 * SECOND).await, throttle(7 * SECOND, 10.0));
    assert_eq!(limiter.throttle(), Some(throttle(7 * SECOND, 10.0)));
    assert_eq!(
        times(&limiter, 5).await,
        [7000, 7100, 7200, 7300, 7400],
        "they came in one herd"
    );
}

#[tokio::test(start_paused = true)]
async fn the_rate_is_reckoned_from_the_last_second() {
    let limiter = Limiter::default();
    spread(&limiter, 100, Duration::from_millis(50)).await;
    // 20 go in a second, however long that has been so.
    let rate = cut(&limiter, 1, SECOND).await.per_second;
    assert!((9.0..=11.0).contains(&rate), "{rate}");
}

/// Lets requests go, so far apart.
async fn spread(limiter: &Limiter, requests: usize, apart: Duration) {
    for _ in 0..requests {
        limiter.turn().await;
        advance(apart).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_does_not_make_the_rate_look_small() {
    let limiter = Limiter::default();
    for _ in 0..31 {
        limiter.turn().await;
    }
    let turn = limiter.turn().await;
    sleep(5 * SECOND).await;
    assert_eq!(limiter.slow_down(turn, SECOND), Some(throttle(SECOND, 16.0)));
}

#[tokio::test(start_paused = true)]
async fn requests_that_were_on_their_way_together_cut_the_rate_once() {
    let limiter = Limiter::default();
    let mut burst = Vec::new();
    for _ in 0..32 {
        burst.push(limiter.turn().await);
    }
    let cuts = burst
        .iter()
        .filter(|turn| limiter.slow_down(**turn, SECOND).is_some());
    assert_eq!(cuts.count(), 1);
    assert_eq!(limiter.throttle(), Some(throttle(SECOND, 16.0)));
    // The next one went after the cut, and so at a rate that was still too high.
    let turn = limiter.turn().await;
    assert_eq!(limiter.slow_down(turn, SECOND), Some(throttle(SECOND, 8.0)));
}

#[tokio::test(start_paused = true)]
async fn one_that_comes_late_makes_the_pause_longer_and_never_shorter() {
    let limiter = Limiter::default();
    let burst = [limiter.turn().await, limiter.turn().await, limiter.turn().await];
    limiter.slow_down(burst[0], 3 * SECOND).unwrap();
    sleep(SECOND).await;
    assert_eq!(limiter.slow_down(burst[1], SECOND), None);
    assert_eq!(limiter.throttle().unwrap().pause, 2 * SECOND);
    assert_eq!(limiter.slow_down(burst[2], 5 * SECOND), None);
    assert_eq!(times(&limiter, 1).await, [5000]);
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_already_heeds_a_longer_pause() {
    let limiter = Arc::new(Limiter::default());
    let burst = [limiter.turn().await, limiter.turn().await];
    limiter.slow_down(burst[0], SECOND).unwrap();
    let waiting = tokio::spawn({
        let limiter = Arc::clone(&limiter);
        async move { times(&limiter, 1).await }
    });
    tokio::task::yield_now().await;
    limiter.slow_down(burst[1], 4 * SECOND);
    assert_eq!(waiting.await.unwrap(), [4000]);
}

#[tokio::test(start_paused = true)]
async fn the_rate_has_a_floor() {
    let limiter = Limiter::default();
    for _ in 0..20 {
        cut(&limiter, 1, Duration::ZERO).await;
    }
    assert_eq!(limiter.throttle(), Some(throttle(Duration::ZERO, FLOOR)));
    let times = times(&limiter, 2).await;
    assert_eq!(times[1] - times[0], 1000);
}

#[tokio::test(start_paused = true)]
async fn while_nothing_is_turned_away_the_rate_rises_until_it_is_above_what_is_used() {
    let limiter = Limiter::default();
    assert_eq!(cut(&limiter, 40, SECOND).await, throttle(SECOND, 20.0));
    let mut rates = vec![20.0];
    let start = Instant::now();
    // As many as 60 in a second want to go.
    while let Some(throttle) = limiter.throttle() {
        if rates.last() != Some(&throttle.per_second) {
            rates.push(throttle.per_second);
        }
        limiter.turn().await;
        sleep(Duration::from_millis(16)).await;
        assert!(start.elapsed() < 60 * SECOND, "it does not end: {rates:?}");
    }
    assert_eq!(rates, [20.0, 25.0, 35.0, 55.0, 95.0], "the steps");
    assert!(times(&limiter, 1000).await.iter().all(|at| *at == 0));
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_no_quiet_time() {
    let limiter = Limiter::default();
    cut(&limiter, 10, 60 * SECOND).await;
    sleep(60 * SECOND).await;
    assert_eq!(limiter.throttle(), Some(throttle(Duration::ZERO, 5.0)));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_nobody_needs_is_dropped() {
    let limiter = Limiter::default();
    cut(&limiter, 10, SECOND).await;
    sleep(SECOND + QUIET).await;
    assert_eq!(limiter.throttle(), None);
    assert!(times(&limiter, 100).await.iter().all(|at| *at == 0));
}

#[tokio::test(start_paused = true)]
async fn after_the_limit_is_gone_the_next_refusal_makes_a_new_one() {
    let limiter = Limiter::default();
    let straggler = limiter.turn().await;
    cut(&limiter, 1, SECOND).await;
    sleep(SECOND + QUIET).await;
    assert_eq!(limiter.throttle(), None);
    assert!(limiter.slow_down(straggler, 5 * SECOND).is_some());
    assert_eq!(times(&limiter, 1).await, [5000]);
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_go_in_the_order_in_which_they_came() {
    let limiter = Arc::new(Limiter::default());
    cut(&limiter, 20, SECOND).await;
    let gone = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = JoinSet::new();
    for number in 0..10 {
        let (limiter, gone) = (Arc::clone(&limiter), Arc::clone(&gone));
        tasks.spawn(async move {
            limiter.turn().await;
            gone.lock().unwrap().push(number);
        });
        // Each comes a while after the one before it; the last ones while others go.
        sleep(Duration::from_millis(150)).await;
    }
    tasks.join_all().await;
    assert_eq!(*gone.lock().unwrap(), (0..10).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn nobody_overtakes_one_that_wakes_late() {
    let limiter = Limiter::default();
    cut(&limiter, 20, SECOND).await;
    let mut first = pin!(limiter.turn());
    tokio::select! {
        biased;
        _ = &mut first => panic!("it did not wait"),
        () = ready(()) => {}
    }
    advance(2 * SECOND).await;
    tokio::select! {
        biased;
        _ = limiter.turn() => panic!("the second went before the first"),
        _ = first => {}
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_gives_up_waiting_leaves_no_gap() {
    let limiter = Arc::new(Limiter::default());
    cut(&limiter, 20, SECOND).await;
    let mut waiting: Vec<_> = (0..10)
        .map(|_| {
            let limiter = Arc::clone(&limiter);
            tokio::spawn(async move { limiter.turn().await })
        })
        .collect();
    tokio::task::yield_now().await;
    // The first in line is among them.
    for given_up in waiting.drain(..9) {
        given_up.abort();
        given_up.await.unwrap_err();
    }
    let start = Instant::now();
    waiting.remove(0).await.unwrap();
    assert_eq!(start.elapsed(), SECOND);
    assert_eq!(times(&limiter, 2).await, [100, 200]);
}

#[tokio::test(start_paused = true)]
async fn a_timer_that_wakes_late_makes_nobody_behind_it_later() {
    let limiter = Limiter::default();
    cut(&limiter, 20, SECOND).await;
    advance(SECOND + Duration::from_millis(7)).await;
    assert_eq!(times(&limiter, 3).await, [0, 93, 193]);
    // After a rest it goes on from then: what was not used is not made up for.
    advance(Duration::from_millis(1500)).await;
    assert_eq!(times(&limiter, 3).await, [0, 100, 200]);
}
