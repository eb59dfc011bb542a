//! Where requests go, and where they do not.

use super::*;

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
    // Without a network, a resolver may take its time to give up.
    settings.timeouts.connect = Duration::from_secs(60);
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
    for (status, of_write) in [
        ("300 Multiple Choices", Delivery::Unknown),
        ("301 Moved Permanently", Delivery::Unknown),
        ("302 Found", Delivery::Unknown),
        ("307 Temporary Redirect", Delivery::NotCarriedOut),
        ("308 Permanent Redirect", Delivery::NotCarriedOut),
    ] {
        let headers = "location: https://evil.example/steal?token=1\r\n";
        let (error, sent) = failure(vec![answer(status, headers, ""), ok("{}")], post()).await;
        let text = error.to_string();
        assert!(
            text.contains("http://127.0.0.1:") && text.contains("to https://evil.example;"),
            "{text}"
        );
        assert_eq!((error.delivery(), sent), (of_write, 1), "{status}");
        let (error, sent) = failure(vec![answer(status, headers, ""), ok("{}")], get()).await;
        assert_eq!((error.delivery(), sent), (Delivery::NotCarriedOut, 1), "{status}");
    }
    let (error, _) = failure(vec![answer("303 See Other", "location: /made/7\r\n", "")], post()).await;
    assert!(error.to_string().contains("/made/7"), "{error}");
    assert_eq!(error.delivery(), Delivery::Unknown);
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
    settings.timeouts.connect = Duration::from_secs(60);
    settings.proxy.url = Some(format!("http://me:hunter2hunter2@127.0.0.1:{}", proxy.port));
    let through = Transport::new(settings.clone(), Redactor::default()).unwrap();
    let text = chain(&through.send(post()).await.unwrap_err());
    assert!(
        text.contains("(a proxy is configured: http://127.0.0.1:"),
        "{text}"
    );
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
    assert!(text.contains("unless NO_PROXY exempts the host)"), "{text}");
    assert_eq!(proxy.requests().len(), arrived.len());
}
