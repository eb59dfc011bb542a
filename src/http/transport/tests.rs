//! Requests to a server that misbehaves, over a real network connection.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::http::faults::{Act, Server, answer, ok, raw};
use crate::http::{ETag, Method, Pages};
use crate::secret::Secret;

fn get() -> Request {
    Request::new("listEntries", Method::GET, ["1.0", "entries"])
}

fn post() -> Request {
    Request::new("inviteMember", Method::POST, ["1.0", "members"]).json(json!({"email": "a@b"}))
}

/// Sends a request to a server that acts so, and returns what came of it and how many requests arrived.
async fn run(acts: Vec<Act>, request: Request) -> (Result<Response, Error>, usize) {
    let server = Server::start(acts).await;
    let result = server.transport().send(request).await;
    (result, server.requests().len())
}

async fn failure(acts: Vec<Act>, request: Request) -> (Error, usize) {
    let (result, sent) = run(acts, request).await;
    (result.unwrap_err(), sent)
}

fn chain(error: &Error) -> String {
    let causes = std::iter::successors(error.source(), |e| e.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[tokio::test]
async fn a_request_carries_what_it_was_given_and_the_answer_what_came() {
    let headers = "content-type: application/json\r\netag: W/\"1\"\r\nlocation: /1.0/members/7\r\nx-y: z\r\n";
    let server = Server::start(vec![answer("201 Created", headers, "{\"id\":7}")]).await;
    let request = post()
        .query("from", "a b")
        .bearer(&Secret::new("tok-123456"))
        .if_match(ETag::new("\"5\""));
    let response = server.transport().send(request).await.unwrap();
    assert_eq!((response.status(), response.attempts()), (201, 1));
    assert_eq!(response.etag(), Some(ETag::new("W/\"1\"")));
    assert_eq!(response.location(), Some("/1.0/members/7"));
    assert_eq!(response.header("X-Y"), Some("z"));
    assert_eq!(response.json::<Value>().unwrap(), json!({"id": 7}));
    let sent = &server.requests()[0];
    assert!(
        sent.starts_with("POST /1.0/members?from=a%20b HTTP/1.1\r\n"),
        "{sent}"
    );
    assert!(sent.ends_with("\r\n\r\n{\"email\":\"a@b\"}"), "{sent}");
    for header in [
        "authorization: Bearer tok-123456",
        "if-match: \"5\"",
        "content-type: application/json",
        "accept: application/json",
        "accept-encoding: gzip",
        concat!("user-agent: deskhand/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(sent.lines().any(|l| l == header), "{header} is not in\n{sent}");
    }
}

#[tokio::test]
async fn a_success_needs_no_body() {
    let (result, _) = run(vec![Act::Say(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())], get()).await;
    let response = result.unwrap();
    assert_eq!(response.status(), 204);
    assert!(matches!(
        response.json::<Value>(),
        Err(Error::Empty { status: 204, .. })
    ));
}

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
        assert_eq!(response.attempts(), 2, "{act:?}");
        assert_eq!(response.json::<Value>().unwrap(), json!([1]));
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
    assert_eq!((result.unwrap().attempts(), sent), (2, 2));
}

#[tokio::test]
async fn a_write_can_be_declared_safe() {
    let request = post().replay(Replay::Safe);
    let (result, _) = run(
        vec![answer("500 Internal Server Error", "", ""), ok("{}")],
        request,
    )
    .await;
    assert_eq!(result.unwrap().attempts(), 2);
}

#[tokio::test]
async fn a_write_never_goes_over_a_used_connection() {
    let first = raw("200 OK", "content-type: application/json\r\n", "{}");
    let server = Server::start(vec![Act::CloseOnSecond(first.clone()), Act::CloseOnSecond(first)]).await;
    let transport = server.transport();
    transport.send(get()).await.unwrap();
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
async fn a_refusal_is_reported_at_once_with_what_the_vendor_said() {
    let body = "no\n\u{1b}[31m permission tok-123456";
    let server = Server::start(vec![answer("403 Forbidden", "", body), ok("[]")]).await;
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("tok-123456"));
    let transport = Transport::new(server.settings(), redactor).unwrap();
    let error = transport.send(get()).await.unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(403), Delivery::NotCarriedOut)
    );
    let text = error.to_string();
    assert!(
        text.ends_with("answered 403 Forbidden: no \\u{1b}[31m permission [redacted]"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
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
async fn a_retry_after_in_either_form_is_kept_to() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(1000));
    let sent = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(999));
    for headers in [
        "retry-after: 1\r\n".to_owned(),
        format!("date: {sent}\r\nretry-after: {date}\r\n"),
    ] {
        let started = Instant::now();
        let (result, _) = run(
            vec![answer("429 Too Many Requests", &headers, ""), ok("[]")],
            get(),
        )
        .await;
        assert_eq!(result.unwrap().attempts(), 2);
        assert!(started.elapsed() >= Duration::from_secs(1), "{headers}");
    }
}

#[tokio::test]
async fn a_retry_after_beyond_the_limit_fails_at_once_and_says_how_long() {
    let act = answer("429 Too Many Requests", "retry-after: 600\r\n", "");
    let (error, sent) = failure(vec![act, ok("[]")], get()).await;
    assert_eq!((error.retry_after(), sent), (Some(Duration::from_secs(600)), 1));
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

#[tokio::test]
async fn silence_ends_at_the_read_deadline_and_is_repeated_only_for_reads() {
    for (request, attempts) in [(get(), 2), (post(), 1)] {
        let server = Server::start(vec![Act::Hang, Act::Hang]).await;
        let mut settings = server.settings();
        settings.timeouts.read = Duration::from_millis(50);
        settings.retry.attempts = 2;
        let error = Transport::new(settings, Redactor::default())
            .unwrap()
            .send(request)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("within 50ms"), "{error}");
        assert_eq!(
            (error.delivery(), server.requests().len()),
            (Delivery::Unknown, attempts)
        );
    }
}

#[tokio::test]
async fn the_total_deadline_ends_a_request_that_hangs() {
    let server = Server::start(vec![Act::Hang]).await;
    let mut settings = server.settings();
    settings.timeouts.total = Duration::from_millis(60);
    let error = Transport::new(settings, Redactor::default())
        .unwrap()
        .send(get())
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Timeout { .. }) && error.to_string().contains("within 60ms"),
        "{error}"
    );
}

#[tokio::test]
async fn a_refused_connection_is_told_in_plain_words() {
    let server = Server::start(Vec::new()).await;
    let transport = server.transport();
    for request in [get(), post()] {
        let error = loop {
            // The listener of a server without acts closes as soon as its task runs.
            match transport.send(request.clone()).await.unwrap_err() {
                error @ Error::Connect { .. } => break error,
                _ => tokio::task::yield_now().await,
            }
        };
        assert!(
            chain(&error).contains(": the connection was refused"),
            "{}",
            chain(&error)
        );
        assert_eq!(error.delivery(), Delivery::NotCarriedOut);
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_told_in_plain_words() {
    let server = Server::start(Vec::new()).await;
    let mut settings = server.settings();
    settings.base = BaseUrl::parse("https://no-such-host.invalid").unwrap();
    let transport = Transport::new(settings, Redactor::default()).unwrap();
    let text = chain(&transport.send(get()).await.unwrap_err());
    assert!(
        text.starts_with(
            "could not connect to https://no-such-host.invalid: could not resolve the host name: "
        ),
        "{text}"
    );
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let headers = "location: https://evil.example/steal?token=1\r\n";
        let (error, sent) = failure(vec![answer(status, headers, ""), ok("{}")], post()).await;
        let text = error.to_string();
        assert!(
            text.contains("http://127.0.0.1:") && text.contains("to https://evil.example;"),
            "{text}"
        );
        assert_eq!((error.delivery(), sent), (Delivery::NotCarriedOut, 1));
    }
    let (error, _) = failure(vec![answer("303 See Other", "location: /made/7\r\n", "")], post()).await;
    assert!(error.to_string().contains("/made/7"), "{error}");
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_read() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 209715200\r\n\r\n";
    let (error, sent) = failure(vec![Act::Flood(head), ok("[]")], get()).await;
    assert!(
        matches!(error, Error::TooLarge { limit: 1_048_576, .. }),
        "{error}"
    );
    assert_eq!(sent, 1);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let (error, _) = failure(
        vec![Act::Flood("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")],
        get(),
    )
    .await;
    assert!(matches!(error, Error::TooLarge { .. }), "{error}");
    let (error, _) = failure(
        vec![Act::Flood("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n")],
        get(),
    )
    .await;
    assert_eq!(error.status(), Some(403));
}

/// Two mebibytes of `a` in gzip, made of one dynamic-free stream: stored blocks would not be a bomb, so the deflate
/// data is written by hand as a fixed block of one literal and many matches of the longest length.
fn gzip_of_a(matches: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut push = |value: u32, count: u32, high_first: bool| {
        for i in 0..count {
            let at = if high_first { count - 1 - i } else { i };
            bits.push(value >> at & 1 == 1);
        }
    };
    push(0b011, 3, false);
    push(0x30 + u32::from(b'a'), 8, true);
    for _ in 0..matches {
        push(0b1100_0101, 8, true);
        push(0, 5, true);
    }
    push(0, 7, true);
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for chunk in bits.chunks(8) {
        out.push(chunk.iter().enumerate().map(|(i, b)| u8::from(*b) << i).sum());
    }
    out
}

fn zipped(body: &[u8]) -> Act {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Act::Say([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_large_one_is_cut_off() {
    let bomb = gzip_of_a(40_000);
    assert!(bomb.len() < 70_000);
    let (error, _) = failure(vec![zipped(&bomb)], get()).await;
    assert!(matches!(error, Error::TooLarge { .. }), "{}", chain(&error));
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    // printf '{"a":1}' | gzip -n
    let packed = [
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 244, 247, 166, 221, 7, 0, 0, 0,
    ];
    let (result, _) = run(vec![zipped(&packed)], get()).await;
    assert_eq!(result.unwrap().json::<Value>().unwrap(), json!({"a": 1}));
}

#[tokio::test]
async fn a_list_is_followed_from_page_to_page() {
    let linked = "content-type: application/json\r\nlink: </1.0/entries?from=b%20c>; rel=next\r\n";
    let server = Server::start(vec![answer("200 OK", linked, "[1]"), ok("[2]")]).await;
    let transport = server.transport();
    let mut pages = Pages::new(transport.base());
    let first = transport.send(get()).await.unwrap();
    let url = pages.next(&first).unwrap().unwrap();
    let second = transport.send(Request::page("listEntries", url)).await.unwrap();
    assert_eq!(pages.next(&second).unwrap(), None);
    assert!(server.requests()[1].starts_with("GET /1.0/entries?from=b%20c HTTP/1.1"));
}

#[tokio::test]
async fn nothing_is_sent_to_another_origin() {
    let elsewhere = Server::start(vec![ok("[]")]).await;
    let server = Server::start(vec![ok("[]")]).await;
    let url = Url::parse(&format!("http://127.0.0.1:{}/x", elsewhere.port)).unwrap();
    let error = server
        .transport()
        .send(Request::page("listEntries", url))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::ForeignLink { .. }), "{error}");
    assert!(elsewhere.requests().is_empty() && server.requests().is_empty());
}

#[tokio::test]
async fn this_machine_is_reached_without_the_proxy() {
    let proxy = Server::start(vec![ok("[]")]).await;
    let server = Server::start(vec![ok("[]")]).await;
    let mut settings = server.settings();
    settings.proxy.url = Some(format!("http://127.0.0.1:{}", proxy.port));
    Transport::new(settings, Redactor::default())
        .unwrap()
        .send(get())
        .await
        .unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

#[tokio::test]
async fn the_vendor_is_reached_through_the_proxy_unless_excepted() {
    let denial = || answer("407 Proxy Authentication Required", "", "");
    let proxy = Server::start(vec![denial(), denial(), denial()]).await;
    let mut settings = proxy.settings();
    settings.base = BaseUrl::parse("https://vendor.invalid").unwrap();
    settings.proxy.url = Some(format!("http://me:hunter2hunter2@127.0.0.1:{}", proxy.port));
    let through = Transport::new(settings.clone(), Redactor::default()).unwrap();
    let text = chain(&through.send(post()).await.unwrap_err());
    assert!(text.contains("(proxy configured: http://127.0.0.1:"), "{text}");
    assert!(
        text.contains("proxy authorization required") && !text.contains("hunter2"),
        "{text}"
    );
    let arrived = proxy.requests();
    assert!(
        arrived[0].starts_with("CONNECT vendor.invalid:443 HTTP/1.1"),
        "{arrived:?}"
    );
    settings.proxy.except = Some("localhost, vendor.invalid".to_owned());
    let direct = Transport::new(settings, Redactor::default()).unwrap();
    let text = chain(&direct.send(post()).await.unwrap_err());
    assert!(text.contains("could not resolve"), "{text}");
    assert_eq!(proxy.requests().len(), arrived.len());
}

#[tokio::test]
async fn only_so_many_requests_are_under_way_and_a_pause_does_not_count() {
    let server = Server::start(vec![
        answer("429 Too Many Requests", "retry-after: 1\r\n", ""),
        ok("[]"),
        ok("[]"),
    ])
    .await;
    let mut settings = server.settings();
    settings.concurrency = 1;
    let transport = Transport::new(settings, Redactor::default()).unwrap();
    let pausing = transport.send(get());
    let other = async {
        let response = transport
            .send(Request::new("other", Method::GET, ["other"]))
            .await;
        response.map(|_| server.requests().len())
    };
    let (paused, arrived_by_then) = tokio::join!(biased; pausing, other);
    assert_eq!(paused.unwrap().attempts(), 2);
    assert_eq!(
        arrived_by_then.unwrap(),
        2,
        "the other request waited for the pause"
    );
}

#[tokio::test]
async fn a_dropped_request_gives_its_turn_back() {
    let server = Server::start(vec![Act::Hang, ok("[]")]).await;
    let mut settings = server.settings();
    settings.concurrency = 1;
    let transport = Transport::new(settings, Redactor::default()).unwrap();
    let hanging = tokio::spawn({
        let transport = transport.clone();
        async move { transport.send(get()).await }
    });
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    hanging.abort();
    assert!(transport.send(get()).await.is_ok());
}
