//! A key from a program, such as a password manager: `cmd:op read …`.
//!
//! No shell is involved. The program gets no input, may speak to the user on stderr, and prints the key on stdout: the
//! JSON of an access key file, or the id and the key on two lines. It may take its time; Ctrl-C reaches it too.

use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};

use super::{AccessKey, Environment, Error};
use crate::encoding::decode;

/// More output than this is no key.
const LARGEST: u64 = 64 << 10;

/// Runs the program and reads the key that it prints. `by` names the profile, in messages.
pub(super) fn key_from(words: &[String], by: &str, environment: &Environment) -> Result<AccessKey, Error> {
    let (program, arguments) = words
        .split_first()
        .map_or(("", words), |(first, rest)| (first.as_str(), rest));
    let failed = |why: String| Error::Command {
        by: by.to_owned(),
        program: program.to_owned(),
        why,
    };
    let output = run(program, arguments, environment).map_err(|fault| match fault {
        Fault::Interrupted => Error::Interrupted {
            by: by.to_owned(),
            program: program.to_owned(),
        },
        Fault::Failed(why) => failed(why),
    })?;
    let output = output.trim();
    if output.starts_with('{') {
        return AccessKey::from_json(output, &format!("the output of `{program}`"));
    }
    let lines: Vec<&str> = output
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => Err(failed("printed nothing".to_owned())),
        [id, secret] => Ok(AccessKey::new(id, secret)),
        [_] => Err(failed("printed 1 line instead of 2".to_owned())),
        many => Err(failed(format!("printed {} lines instead of 2", many.len()))),
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

    fn key(script: &str) -> Result<(String, String), String> {
        let environment = Environment {
            vars: [("PATH", "/usr/bin:/bin"), ("GREETING", "hello")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            cwd: "/".into(),
            ..Environment::default()
        };
        let words = ["sh", "-c", script].map(str::to_owned);
        key_from(&words, "profile `acme`", &environment)
            .map(|key| (key.id, key.secret.expose().to_owned()))
            .map_err(|e| e.to_string())
    }

    #[test]
    fn two_lines_or_json_are_a_key() {
        let expected = Ok(("id".to_owned(), "s3cr3t".to_owned()));
        assert_eq!(key(r"printf 'id\r\ns3cr3t\r\n\n'"), expected);
        assert_eq!(
            key(r#"echo ' {"accesskeyid":"id","accesskey":"s3cr3t"}'"#),
            expected
        );
    }

    #[test]
    fn the_program_sees_the_environment_that_was_handed_in() {
        assert_eq!(
            key("echo $GREETING; pwd"),
            Ok(("hello".to_owned(), "/".to_owned()))
        );
    }

    #[test]
    fn every_fault_of_the_program_is_told_apart_and_no_output_repeated() {
        let cases = [
            ("exit 3", "failed (exit status: 3)"),
            ("echo S3cret; exit 3", "failed (exit status: 3)"),
            ("true", "printed nothing"),
            ("echo S3cret", "printed 1 line instead of 2"),
            ("echo S3cret; echo 2; echo 3", "printed 3 lines instead of 2"),
            (r"printf '\377S3cret'", "printed something that is not text"),
            ("exec yes S3cret", "printed more than 64 KiB"),
        ];
        for (script, why) in cases {
            let error = key(script).unwrap_err();
            assert_eq!(
                error,
                format!("profile `acme` takes its key from the program `sh`, which {why}")
            );
        }
        let error = key(r#"echo '{"accessKeyId": "S3cret"}'"#).unwrap_err();
        assert_eq!(
            error,
            "the output of `sh` has no member `accessKey`; its members are `accessKeyId`"
        );
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
        let error = key_from(&words, "profile `acme`", &environment).unwrap_err();
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
        let error = key_from(&words, "profile `acme`", &environment)
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "profile `acme` takes its key from the program `no-such-program`, which was not found"
        );
    }
}
