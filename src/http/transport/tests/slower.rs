//! What one request is told about going too fast, all of its account heed.

use crate::http::faults::Rate;

use super::*;

const CROWD: usize = 32;

/// Lets a crowd of requests go at once to a server that takes five in a quarter of a second, each request by the transport
/// that is given for it, and returns how many succeeded and how many times the server said 429.
async fn crowd(transport_of: impl Fn(&Server) -> Vec<Transport>) -> (usize, usize) {
    let rate = Rate::new(5, Duration::from_millis(250));
    let server = Server::start(vec![Act::Rated(Arc::clone(&rate)); CROWD * 4]).await;
    let mut requests = tokio::task::JoinSet::new();
    for transport in transport_of(&server) {
        requests.spawn(async move { transport.send(post()).await.is_ok() });
    }
    let succeeded = requests.join_all().await.into_iter().filter(|ok| *ok);
    (succeeded.count(), rate.refused())
}

fn transport(server: &Server) -> Transport {
    let mut settings = server.settings();
    settings.concurrency = CROWD;
    settings.retry.attempts = 4;
    Transport::new(settings, Redactor::default()).unwrap()
}

#[tokio::test]
async fn a_crowd_that_is_told_to_slow_down_does_not_come_back_as_a_crowd() {
    let of_one_account = crowd(|server| vec![transport(server); CROWD]);
    let each_for_itself = crowd(|server| (0..CROWD).map(|_| transport(server)).collect());
    let ((all, few), (_, many)) = tokio::join!(of_one_account, each_for_itself);
    assert_eq!(all, CROWD, "some were turned away too often");
    assert!(
        2 * few < many,
        "turned away: {few} times together, {many} times alone"
    );
}

#[tokio::test]
async fn others_wait_with_the_one_that_was_told_to() {
    let server = Server::start(vec![
        answer("429 Too Many Requests", "retry-after: 1\r\n", ""),
        ok("[]"),
        ok("[]"),
    ])
    .await;
    let transport = server.transport();
    let first = transport.send(get());
    let other = async {
        while transport.throttle().is_none() {
            tokio::task::yield_now().await;
        }
        transport.send(get()).await
    };
    tokio::select! {
        biased;
        response = first => response.map(drop).unwrap(),
        _ = other => panic!("the other request did not wait"),
    }
    assert_eq!(server.requests().len(), 2, "they came back together");
}

/// The beginning of a day on which one request in a second may go: the vendor says no more than that.
fn slow() -> Act {
    answer("429 Too Many Requests", "", "")
}

fn patient(server: &Server, total: Duration) -> Transport {
    let mut settings = server.settings();
    settings.timeouts.total = total;
    Transport::new(settings, Redactor::default()).unwrap()
}

#[tokio::test]
async fn the_deadline_does_not_run_before_it_is_a_request_s_turn() {
    let server = Server::start(vec![slow(), ok("[]"), ok("[]")]).await;
    let transport = patient(&server, Duration::from_millis(900));
    transport.send(get()).await.unwrap();
    // It waits for a second, which is longer than it may take.
    transport.send(get()).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_deadline_stands_still_while_others_go_first() {
    let server = Server::start(vec![slow(), slow(), ok("[]"), slow(), ok("[]")]).await;
    let transport = patient(&server, Duration::from_millis(1500));
    // One of them waits for a second, twice.
    let (one, other) = tokio::join!(transport.send(get()), transport.send(get()));
    one.unwrap();
    other.unwrap();
}

#[tokio::test]
async fn nobody_waits_behind_others_for_ever() {
    let server = Server::start(vec![slow(), slow(), ok("[]")]).await;
    let transport = patient(&server, Duration::from_millis(900));
    let (one, other) = tokio::join!(transport.send(get()), transport.send(get()));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(one.and(other).unwrap_err().status(), Some(429));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_wait_that_is_too_long_for_one_keeps_nobody() {
    let asked = || answer("429 Too Many Requests", "retry-after: 600\r\n", "");
    let server = Server::start(vec![asked(), ok("[]")]).await;
    let transport = server.transport();
    let error = transport.send(get()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
    assert_eq!(transport.throttle().unwrap().pause, Duration::ZERO);
    transport.send(get()).await.unwrap();
}

#[tokio::test]
async fn a_request_that_waits_can_be_dropped() {
    let asked = answer("429 Too Many Requests", "retry-after: 1\r\n", "");
    let server = Server::start(vec![asked, ok("[]"), ok("[]")]).await;
    let mut settings = server.settings();
    settings.concurrency = 1;
    let transport = Transport::new(settings, Redactor::default()).unwrap();
    let turned_away = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get()).await }
    });
    while transport.throttle().is_none() {
        tokio::task::yield_now().await;
    }
    turned_away.abort();
    turned_away.await.unwrap_err();
    transport.send(get()).await.unwrap();
    assert_eq!(server.requests().len(), 2, "the dropped one was sent again");
}
