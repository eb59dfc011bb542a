//! A server that answers as badly as it is told, once a client has a session.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use crate::desk::Desk;

/// The session token that it hands out, which no output may show.
const TOKEN: &str = "tok-7f3a91c2d48e";
const KEY_ID: &str = "kid-55aa0917bb";
const KEY: &str = "key-c09e77d1a2b3";

type Answer = dyn Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A server on a port of its own, which lives as long as the tests.
pub(crate) struct Server {
    url: String,
}

impl Server {
    /// Starts a server that grants every session and leaves all else to `answer`, which gets the method and the path, such as
    /// `GET /1.0/entries?from=a`.
    pub(crate) fn start(
        answer: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer: Arc<Answer> = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = Arc::clone(&answer);
                // A client may hang up in the middle of an answer: some of them are made for that.
                thread::spawn(move || drop(serve(stream, &*answer)));
            }
        });
        Self { url }
    }

    /// Starts a server whose lists are these bytes.
    pub(crate) fn saying(status: &'static str, headers: &'static str, body: &'static str) -> Self {
        Self::start(move |_, stream| say(stream, status, headers, body))
    }

    /// Returns where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Sets up a desk that works on this server.
    pub(crate) fn desk(&self) -> Desk {
        Desk::with_account(&self.url, KEY_ID, KEY).secret(TOKEN)
    }
}

fn serve(mut stream: TcpStream, answer: &Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        head.push(line);
    }
    let length = head
        .iter()
        .find_map(|line| {
            let line = line.to_ascii_lowercase();
            line.strip_prefix("content-length:")?.trim().parse().ok()
        })
        .unwrap_or(0);
    reader.read_exact(&mut vec![0; length])?;
    let call = head
        .first()
        .and_then(|line| line.rsplit_once(' '))
        .map_or("", |(call, _)| call);
    if call.ends_with("/sessions") {
        let session = format!(r#"{{"token":"{TOKEN}","expiresIn":3600}}"#);
        return say(
            &mut stream,
            "201 Created",
            "content-type: application/json\r\n",
            &session,
        );
    }
    answer(call, &mut stream)
}

/// Sends an answer; each header ends in `\r\n`.
pub(crate) fn say(stream: &mut TcpStream, status: &str, headers: &str, body: &str) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}
