//! Ctrl-C while the vendor is slow, or silent: a request is dropped, a change is finished, and a second one ends it all.

use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::screen::Terminal;
use crate::desk::Desk;
use crate::server::{Server, say};

const CTRL_C: &str = "\u{3}";

/// Nothing that a server waits for takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

const RENAME: &str = "rename-computer PC-1 RECEPTION-1 --force";

/// A team of one computer, whose server tells when it was asked to rename it, and answers only when it is told to.
struct Slow {
    server: Server,
    asked: Receiver<()>,
    go: Sender<()>,
}

impl Slow {
    fn start() -> Self {
        let (ask, asked) = channel();
        let (go, gone) = channel();
        let (name, gone) = (Mutex::new("PC-1"), Mutex::new(gone));
        let server = Server::start(move |call, stream| {
            if call.starts_with("PATCH ") {
                ask.send(()).unwrap();
                // Where the test is over, so is the answer.
                if gone.lock().unwrap().recv_timeout(PATIENCE).is_err() {
                    return Ok(());
                }
                *name.lock().unwrap() = "RECEPTION-1";
            }
            let entry = format!(r#"{{"entryId":"a","name":"{}"}}"#, name.lock().unwrap());
            let body = if call == "GET /1.0/entries" {
                format!(r#"{{"entries":[{entry}]}}"#)
            } else {
                entry
            };
            say(stream, "200 OK", "content-type: application/json\r\n", &body)
        });
        Self { server, asked, go }
    }

    /// Types a command that renames, and comes back when the server has been asked to.
    fn renaming(&self, desk: &Desk, line: &str) -> Terminal {
        let terminal = Terminal::open(desk, line, 100);
        self.asked
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|e| panic!("no rename is asked for: {e}\n{}", terminal.screen()));
        terminal
    }
}

#[test]
fn a_request_that_is_never_answered_is_dropped() {
    let (ask, asked) = channel();
    let (_hold, held) = channel::<()>();
    let held = Mutex::new(held);
    let server = Server::start(move |_, _| {
        ask.send(()).unwrap();
        // Ends with the test.
        let _ = held.lock().unwrap().recv();
        Ok(())
    });
    let desk = server.desk();
    let mut terminal = Terminal::open(&desk, "list-computers", 100);
    asked.recv_timeout(PATIENCE).unwrap();
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert!(
        terminal.screen().contains("error: interrupted"),
        "{}",
        terminal.screen()
    );
}

#[test]
fn a_server_that_takes_connections_and_says_nothing_can_be_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let desk = Desk::with_account(&url, "kid-1", "key-1");
    let mut terminal = Terminal::open(&desk, "list-computers", 100);
    let (_silent, _) = listener.accept().unwrap();
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
}

#[test]
fn a_change_under_way_is_finished_and_told_and_no_other_is_begun() {
    let slow = Slow::start();
    let script =
        "//! Renames it twice.\nrename(\"PC-1\", \"RECEPTION-1\");\nrename(\"RECEPTION-1\", \"PC-1\");\n";
    let desk = slow.server.desk().file("twice.rhai", script);
    let mut terminal = slow.renaming(&desk, "./twice.rhai --force");
    terminal.types(CTRL_C);
    terminal.shows("a change that is under way is finished first");
    slow.go.send(()).unwrap();
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert!(
        terminal.screen().contains("Changes: 1 done"),
        "{}",
        terminal.screen()
    );
    assert!(slow.asked.try_recv().is_err(), "it was renamed again");
}

#[test]
fn a_script_whose_last_change_is_under_way_is_done() {
    let slow = Slow::start();
    let desk = slow.server.desk();
    let mut terminal = slow.renaming(&desk, RENAME);
    terminal.types(CTRL_C);
    terminal.shows("a change that is under way is finished first");
    slow.go.send(()).unwrap();
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    assert!(
        terminal.screen().contains("Changes: 1 done"),
        "{}",
        terminal.screen()
    );
}

#[test]
fn a_second_ctrl_c_waits_for_nothing() {
    let slow = Slow::start();
    let desk = slow.server.desk();
    let mut terminal = slow.renaming(&desk, RENAME);
    terminal.types(CTRL_C);
    terminal.shows("Ctrl-C again stops at once");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert!(
        terminal.screen().contains("warning: stopped at once"),
        "{}",
        terminal.screen()
    );
    assert!(!terminal.screen().contains("Changes:"), "{}", terminal.screen());
}
