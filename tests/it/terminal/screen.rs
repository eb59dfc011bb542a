//! A pseudo-terminal with a command in it, and what its screen shows.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::desk::Desk;

/// Nothing takes as long to appear; what does is taken never to come.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: u16 = 40;

/// A terminal in which a command runs.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    columns: u16,
    /// Keeps the terminal open: where it is closed, the command is hung up on.
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Types what follows `deskhand` in a terminal of so many columns.
    pub(crate) fn open(desk: &Desk, line: &str, columns: u16) -> Self {
        Self::open_as(Some("xterm-256color"), desk, line, columns)
    }

    /// Does the same in a terminal whose sort the desk's environment tells.
    pub(crate) fn open_as_it_is(desk: &Desk, line: &str, columns: u16) -> Self {
        Self::open_as(None, desk, line, columns)
    }

    fn open_as(sort: Option<&str>, desk: &Desk, line: &str, columns: u16) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_deskhand"));
        command.args(desk.words(line));
        command.cwd(desk.desk());
        command.env_clear();
        for (name, value) in desk.vars() {
            command.env(name, value);
        }
        if let Some(sort) = sort {
            command.env("TERM", sort);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The end of the command is an error on Linux, and nothing elsewhere.
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self {
            child,
            keyboard,
            output,
            seen: Vec::new(),
            columns,
            master: pair.master,
        }
    }

    /// Presses keys.
    pub(crate) fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.screen().contains(text) {
            match self
                .output
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => self.seen.extend(bytes),
                Err(error) => panic!("`{text}` does not appear ({error})\n{}", self.screen()),
            }
        }
    }

    /// Tells whether what is typed is not shown.
    pub(crate) fn hides(&self) -> bool {
        const ECHO: u32 = 0o10;
        let settings = self.master.get_termios().expect("a terminal");
        settings.local_flags.bits() & ECHO == 0
    }

    /// Waits for the end, and returns the exit code.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        while let Ok(bytes) = self
            .output
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.seen.extend(bytes);
        }
        if Instant::now() > end {
            self.child.kill().unwrap();
            panic!("it does not end\n{}", self.screen());
        }
        self.child.wait().unwrap().exit_code()
    }

    /// Returns what the screen shows now, as lines joined to each other where they were too long.
    pub(crate) fn screen(&self) -> String {
        let mut parser = emulator(ROWS, self.columns);
        parser.process(&self.seen);
        parser.screen().contents()
    }

    /// Returns all that was ever shown, line by line, without colours.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut parser = emulator(1, 2000);
        let raw = self.raw();
        raw.lines()
            .map(|line| {
                parser.process(b"\x1b[2J\x1b[H");
                parser.process(line.as_bytes());
                parser.screen().contents().trim_end().to_owned()
            })
            .collect()
    }

    /// Returns the bytes that came, escapes and all.
    pub(crate) fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}

/// Returns how many columns a line takes.
pub(crate) fn width(line: &str) -> u16 {
    let mut parser = emulator(1, 2000);
    parser.process(line.as_bytes());
    parser.screen().cursor_position().1
}

fn emulator(rows: u16, columns: u16) -> vt100::Parser {
    vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0)
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It has ended already, unless a check failed.
        let _ = self.child.kill();
    }
}
