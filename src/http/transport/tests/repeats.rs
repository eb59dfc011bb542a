//! When a request is sent again, and when it must not be.

use super::*;

#[tokio::test]
async fn a_read_outlives_every_passing_fault() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,";
    for act in [
        Act::CloseAtOnce,
        Act::Say(Vec::new()),
        Act::Say(b"HTTP/1.1 20".to_vec()),
        Act::Say(b"garbage\r\n\r\n".to_vec()),
        Act::Say(head.into()),
        answer("408 Request Timeout", "", ""),
        answer("429 Too Many Requests", "", ""),
        answer("500 Internal Server Error", "", ""),
        answer("503 Service Unavailable", "", "busy"),
    ] {
        let (result, _) = run(vec![act.clone(), ok("[1]")], get()).await;
        let response = result.unwrap_or_else(|e| panic!("{act:?}: {}", chain(&e)));
        assert_eq!(response.json::<Value>().unwrap(), json!([1]), "{act:?}");
    }
}

#[tokio::test]
async fn a_write_that_may_have_been_carried_out_is_not_repeated() {
    for act in [
        Act::CloseAtOnce,
        Act::Say(Vec::new()),
        Act::Say(b"HTTP/1.1 20".to_vec()),
        Act::Say(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[1,".to_vec()),
        answer("408 Request Timeout", "", ""),
        answer("500 Internal Server Error", "", ""),
        answer("503 Service Unavailable", "retry-after: 1\r\n", ""),
    ] {
        let closes_early = matches!(act, Act::CloseAtOnce);
        let (error, sent) = failure(vec![act.clone(), ok("{}")], post()).await;
        assert_eq!(error.delivery(), Delivery::Unknown, "{act:?}: {}", chain(&error));
        assert_eq!(sent, usize::from(!closes_early), "{act:?}");
    }
}

#[tokio::test]
async fn a_write_is_repeated_after_429() {
    let (result, sent) = run(vec![answer("429 Too Many Requests", "", ""), ok("{}")], post()).await;
    assert_eq!((result.unwrap().status(), sent), (200, 2));
}

#[tokio::test]
async fn a_write_can_be_declared_safe() {
    let request = post().replay(Replay::Safe);
    let (result, sent) = run(
        vec![answer("500 Internal Server Error", "", ""), ok("{}")],
        request,
    )
    .await;
    assert_eq!((result.unwrap().status(), sent), (200, 2));
}

#[tokio::test]
async fn a_write_never_goes_over_a_used_connection() {
    let first = raw("200 OK", "content-type: application/json\r\n", "{}");
    let server = Server::start(vec![Act::CloseOnSecond(first.clone()), Act::CloseOnSecond(first)]).await;
    let transport = server.transport();
    transport.send(post()).await.unwrap();
    transport.send(post()).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_read_is_repeated_when_the_reused_connection_closes() {
    let first = raw("200 OK", "content-type: application/json\r\n", "{}");
    let server = Server::start(vec![Act::CloseOnSecond(first), ok("{}")]).await;
    let transport = server.transport();
    transport.send(get()).await.unwrap();
    transport.send(get()).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn attempts_end_and_are_counted() {
    let busy = || answer("503 Service Unavailable", "", "");
    let (error, sent) = failure(vec![busy(), busy(), busy(), ok("[]")], get()).await;
    assert_eq!(sent, 3);
    assert!(
        error
            .to_string()
            .ends_with("answered 503 Service Unavailable, 3 times"),
        "{error}"
    );
}

#[tokio::test]
async fn a_no_after_a_doubtful_attempt_leaves_the_doubt() {
    let request = Request::new("removeEntry", Method::DELETE, ["1.0", "entries", "e1"]);
    let (error, _) = failure(
        vec![Act::Say(Vec::new()), answer("404 Not Found", "", "")],
        request,
    )
    .await;
    assert_eq!((error.status(), error.delivery()), (Some(404), Delivery::Unknown));
}

#[tokio::test]
async fn a_retry_after_beyond_the_limit_fails_at_once_and_says_how_long() {
    let until = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(1600));
    let sent = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(1000));
    for headers in [
        "retry-after: 600\r\n".to_owned(),
        format!("date: {sent}\r\nretry-after: {until}\r\n"),
    ] {
        let act = answer("429 Too Many Requests", &headers, "");
        let (error, arrived) = failure(vec![act, ok("[]")], get()).await;
        let asked = error.retry_after().unwrap().as_secs();
        assert!((599..=601).contains(&asked), "{headers}: {asked}");
        assert_eq!(arrived, 1);
    }
}

#[tokio::test]
async fn a_pause_beyond_the_total_deadline_is_not_begun() {
    let server = Server::start(vec![
        answer("429 Too Many Requests", "retry-after: 1\r\n", ""),
        ok("[]"),
    ])
    .await;
    let mut settings = server.settings();
    settings.timeouts.total = Duration::from_millis(900);
    let error = Transport::new(settings, Redactor::default())
        .unwrap()
        .send(get())
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(429));
}
