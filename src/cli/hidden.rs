//! Reading a line that is not shown while it is typed.

use std::io;

#[cfg(not(unix))]
pub use other::Hidden;
#[cfg(unix)]
pub use unix::Hidden;

/// Reads a line from standard input, without its end; `None` where nothing more comes.
pub fn read_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(unix)]
mod unix {
    use std::io;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The terminal does not show what is typed until this is dropped, whatever ends the question.
    pub struct Hidden(Termios);

    impl Hidden {
        /// Hides what is typed from now on; to be called before the question is shown.
        pub fn begin() -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut hidden = before.clone();
            hidden.local_modes.remove(LocalModes::ECHO);
            // The end of the line is shown, so that what comes next stands on a line of its own.
            hidden.local_modes.insert(LocalModes::ECHONL);
            tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
            Ok(Self(before))
        }

        /// Reads the hidden line.
        pub fn read() -> io::Result<Option<String>> {
            super::read_line()
        }
    }

    impl Drop for Hidden {
        fn drop(&mut self) {
            // A terminal that has gone away needs no mending.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    /// Elsewhere the terminal is asked to hide the line as it is read.
    pub struct Hidden;

    impl Hidden {
        /// Does nothing yet.
        pub fn begin() -> io::Result<Self> {
            Ok(Self)
        }

        /// Reads the hidden line.
        pub fn read() -> io::Result<Option<String>> {
            console::Term::stderr().read_secure_line().map(Some)
        }
    }
}
