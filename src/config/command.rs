//! A key from a program, such as a password manager: `cmd:op read …`.
//!
//! No shell is involved. The program gets no input, may speak to the user on stderr, and prints the key on stdout. It may
//! take its time; Ctrl-C reaches it too.

use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};

use super::{Environment, Error};
use crate::encoding::decode;
use crate::fleet::Vendor;

/// More output than this is no key.
const LARGEST: u64 = 64 << 10;

/// A program that is to print a key.
pub(super) struct Program<'a> {
    /// Its name and its arguments.
    pub(super) words: &'a [String],
    /// The profile, in messages.
    pub(super) by: &'a str,
    /// Whose key it prints.
    pub(super) vendor: Vendor,
}

impl Program<'_> {
    /// Returns the program's name, without its arguments: one of them may be a password.
    pub(super) fn name(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Returns the error of a program that did not print a key; `why` goes on from the program's name.
    pub(super) fn failed(&self, why: String) -> Error {
        Error::Command {
            by: self.by.to_owned(),
            program: self.name().to_owned(),
            vendor: self.vendor,
            why,
        }
    }

    /// Runs the program and returns what it prints.
    pub(super) fn output(&self, environment: &Environment) -> Result<String, Error> {
        let arguments = self.words.get(1..).unwrap_or_default();
        run(self.name(), arguments, environment).map_err(|fault| match fault {
            Fault::Interrupted => Error::Interrupted {
                by: self.by.to_owned(),
                program: self.name().to_owned(),
            },
            Fault::Failed(why) => self.failed(why),
        })
    }
}

/// Why there is no output.
enum Fault {
    /// Ctrl-C went to the program, too, and ended it.
    Interrupted,
    /// Anything else, in a form that goes on from the program's name.
    Failed(String),
}

impl From<String> for Fault {
    fn from(why: String) -> Self {
        Self::Failed(why)
    }
}

fn run(program: &str, arguments: &[String], environment: &Environment) -> Result<String, Fault> {
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .envs(&environment.vars)
        .current_dir(&environment.cwd)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => "was not found".to_owned(),
            _ => format!("could not be started: {e}"),
        })?;
    let mut bytes = Vec::new();
    // The pipe is closed before the program is waited for, or one that prints without end would never end.
    let read = match child.stdout.take() {
        Some(stdout) => stdout.take(LARGEST + 1).read_to_end(&mut bytes),
        None => Ok(0),
    };
    let status = child.wait().map_err(|e| format!("got lost: {e}"))?;
    read.map_err(|e| format!("could not be read from: {e}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err("printed more than 64 KiB".to_owned().into());
    }
    if was_interrupted(status) {
        return Err(Fault::Interrupted);
    }
    if !status.success() {
        return Err(format!("failed ({status})").into());
    }
    decode(&bytes).map_err(|_| "printed something that is not text".to_owned().into())
}

/// Tells whether Ctrl-C ended a program, or a program that it waited for: a shell then ends with 130.
#[cfg(unix)]
fn was_interrupted(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    const SIGINT: i32 = 2;
    status.signal() == Some(SIGINT) || status.code() == Some(128 + SIGINT)
}

/// Windows ends a program that does not look after Ctrl-C with this status (`STATUS_CONTROL_C_EXIT`).
#[cfg(not(unix))]
fn was_interrupted(status: ExitStatus) -> bool {
    status
        .code()
        .is_some_and(|code| code.cast_unsigned() == 0xc000_013a)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn output(script: &str) -> Result<String, String> {
        let environment = Environment {
            vars: [("PATH", "/usr/bin:/bin"), ("GREETING", "hello")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            cwd: "/".into(),
            ..Environment::default()
        };
        let words = ["sh", "-c", script].map(str::to_owned);
        program(&words).output(&environment).map_err(|e| e.to_string())
    }

    fn program(words: &[String]) -> Program<'_> {
        Program {
            words,
            by: "profile `acme`",
            vendor: Vendor::RealVnc,
        }
    }

    #[test]
    fn the_program_sees_the_environment_that_was_handed_in() {
        assert_eq!(output("echo $GREETING; pwd"), Ok("hello\n/\n".to_owned()));
    }

    #[test]
    fn every_fault_of_the_program_is_told_apart_and_no_output_repeated() {
        let cases = [
            ("exit 3", "failed (exit status: 3)"),
            ("echo S3cret; exit 3", "failed (exit status: 3)"),
            (r"printf '\377S3cret'", "printed something that is not text"),
            ("exec yes S3cret", "printed more than 64 KiB"),
        ];
        for (script, why) in cases {
            let error = output(script).unwrap_err();
            assert_eq!(
                error,
                format!("profile `acme` takes its key from the program `sh`, which {why}")
            );
        }
    }

    #[test]
    fn a_program_that_ctrl_c_ends_is_an_interruption() {
        use std::os::unix::process::ExitStatusExt;

        // As the system tells it: killed by SIGINT, a shell whose child was, ended well, killed otherwise. Nothing is
        // killed here, as a program may have been started with SIGINT ignored.
        for (status, interrupted) in [
            (2, true),
            (130 << 8, true),
            (0, false),
            (1 << 8, false),
            (15, false),
        ] {
            assert_eq!(
                was_interrupted(ExitStatus::from_raw(status)),
                interrupted,
                "{status}"
            );
        }
        let words = ["sh", "-c", "echo S3cret; exit 130"].map(str::to_owned);
        let environment = Environment {
            vars: [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into(),
            cwd: "/".into(),
            ..Environment::default()
        };
        let error = program(&words).output(&environment).unwrap_err();
        assert_eq!(error.kind(), crate::fleet::Kind::Cancelled, "{error}");
        assert_eq!(error.hint(), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let words = ["no-such-program".to_owned(), "S3cret".to_owned()];
        let environment = Environment {
            cwd: "/".into(),
            ..Environment::default()
        };
        let error = program(&words).output(&environment).unwrap_err().to_string();
        assert_eq!(
            error,
            "profile `acme` takes its key from the program `no-such-program`, which was not found"
        );
    }
}
