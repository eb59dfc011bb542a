//! Answers that are no answers.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fails;
use crate::server::{Server, say};

const JSON: &str = "content-type: application/json\r\n";

/// The most bytes of one answer that are read.
const LARGEST: usize = 64 << 20;

/// More bytes than fit between the two ends of a connection: a server sends them before it learns that nobody reads.
const ON_THE_WAY: usize = 32 << 20;

#[test]
fn a_page_of_html_instead_of_json() {
    let server = Server::saying(
        "200 OK",
        "content-type: text/html\r\n",
        "<html><body>Please log in</body></html>",
    );
    let ran = fails(&server.desk(), "list-computers", 4);
    ran.says("the answer cannot be used")
        .says("text/html instead of JSON")
        .says("Please log in")
        .says("login page");
}

#[test]
fn truncated_json() {
    let server = Server::saying(
        "200 OK",
        JSON,
        r#"{"entries":[{"entryId":"a","name":"PC-1"},{"entr"#,
    );
    let ran = fails(&server.desk(), "list-computers", 4);
    ran.says("the answer cannot be used").says("line 1 column ");
}

#[test]
fn an_answer_that_breaks_off() {
    let server = Server::start(|_, stream| {
        stream.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"entries\":[",
        )
    });
    fails(&server.desk(), "list-computers", 4)
        .says("the connection")
        .says("broke");
}

#[test]
fn an_answer_of_200_mb() {
    for announced in [true, false] {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&sent);
        let server = Server::start(move |_, stream| {
            let length = if announced {
                "content-length: 200000000\r\n"
            } else {
                ""
            };
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nconnection: close\r\n{JSON}{length}\r\n["
            )?;
            for _ in 0..20_000 {
                stream.write_all(&[b' '; 10_000])?;
                count.fetch_add(10_000, Ordering::Relaxed);
            }
            Ok(())
        });
        let desk = server.desk();
        desk.run("list-computers")
            .ends_with(4)
            .prints_nothing()
            .says("the answer is larger than");
        assert!(
            sent.load(Ordering::Relaxed) < LARGEST + ON_THE_WAY,
            "{} bytes were taken",
            sent.load(Ordering::Relaxed)
        );
    }
}

#[test]
fn an_answer_that_is_deeper_than_any_list() {
    let server = Server::start(|_, stream| say(stream, "200 OK", JSON, &"[".repeat(50_000)));
    fails(&server.desk(), "list-computers", 4).says("nested deeper");
}

#[test]
fn an_answer_that_is_no_json_in_a_script_of_ones_own_says_what_came() {
    let server = Server::saying("200 OK", "content-type: text/html\r\n", "<html>Sign in</html>");
    let desk = server.desk().file("mine.rhai", "//! Mine.\nlist_computers()\n");
    fails(&desk, "./mine.rhai", 4)
        .says("mine.rhai:2:")
        .says("caused by:")
        .says("text/html");
}

#[test]
fn a_page_that_links_to_itself() {
    let link = "content-type: application/json\r\nlink: </1.0/entries?from=a>; rel=\"next\"\r\n";
    let server = Server::saying("200 OK", link, r#"{"entries":[{"entryId":"a","name":"PC-1"}]}"#);
    fails(&server.desk(), "list-computers", 4).says("the list does not end");
}

#[test]
fn pages_that_link_to_ever_new_pages_in_a_circle() {
    let server = Server::start(|call, stream| {
        let next = if call.ends_with("=b") { "c" } else { "b" };
        let headers = format!("{JSON}link: </1.0/entries?from={next}>; rel=next\r\n");
        say(
            stream,
            "200 OK",
            &headers,
            r#"{"entries":[{"entryId":"a","name":"PC-1"}]}"#,
        )
    });
    fails(&server.desk(), "list-computers", 4).says("the list does not end");
}

#[test]
fn a_page_that_links_to_another_host() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let elsewhere = Server::start(move |_, stream| {
        count.fetch_add(1, Ordering::Relaxed);
        say(stream, "200 OK", JSON, r#"{"entries":[]}"#)
    });
    let target = elsewhere.url().to_owned();
    let server = Server::start(move |_, stream| {
        let headers = format!("{JSON}link: <{target}/1.0/entries?from=b>; rel=\"next\"\r\n");
        say(
            stream,
            "200 OK",
            &headers,
            r#"{"entries":[{"entryId":"a","name":"PC-1"}]}"#,
        )
    });
    let ran = fails(&server.desk(), "list-computers", 4);
    ran.says("it was not followed")
        .says(elsewhere.url())
        .says(server.url());
    assert_eq!(
        asked.load(Ordering::Relaxed),
        0,
        "the token was taken to another host"
    );
}

#[test]
fn a_redirect_is_not_followed() {
    let target = "content-type: application/json\r\nlocation: https://login.deskhand.invalid/\r\n";
    let server = Server::saying("302 Found", target, "");
    let ran = fails(&server.desk(), "list-computers", 4);
    ran.says("https://login.deskhand.invalid")
        .says(server.url())
        .says("does not follow redirects");
}

#[test]
fn an_answer_that_repeats_what_was_sent_shows_no_secret() {
    let server = Server::start(|_, stream| {
        let echo = r#"{"error":"bad token tok-7f3a91c2d48e for key key-c09e77d1a2b3"}"#;
        say(stream, "418 I'm a teapot", JSON, echo)
    });
    fails(&server.desk(), "list-computers", 4)
        .says("418")
        .says("bad token [redacted] for key [redacted]");
}
