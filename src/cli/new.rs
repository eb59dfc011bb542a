//! `deskhand new`: files to begin with.

use std::io::Write;
use std::path::Path;
use std::{fs, io};

use crate::config::Dirs;
use crate::script::policy_text;

use super::args::ToWrite;
use super::failure::{Failure, code};
use super::process::Process;
use super::ui::Ui;

/// Writes what was asked for.
pub fn run(process: &Process, what: &ToWrite, ui: &Ui) -> Result<u8, Failure> {
    match what {
        ToWrite::Policy { file, example } => policy(process, file.as_deref(), example.as_deref(), ui),
    }
}

/// Writes a cleanup policy, and says how it comes to count.
fn policy(process: &Process, file: Option<&Path>, example: Option<&str>, ui: &Ui) -> Result<u8, Failure> {
    let text = policy_text(example).ok_or_else(|| Failure::usage("there is no such example"))?;
    if let Some(file) = file {
        let path = process.environment.cwd.join(file);
        write(&path, &text)?;
        ui.note(&format!("wrote {}", file.display()));
        // A path in a profile starts from the folder of the configuration.
        ui.hint(&format!(
            "add --policy {} to a clean-up, or `policy = '{}'` to a profile",
            file.display(),
            path.display()
        ));
        return Ok(code::DONE);
    }
    let folder = Dirs::of(&process.environment).stdlib();
    let folder = folder.ok_or_else(|| {
        Failure::usage("there is no folder of the configuration to put it into")
            .hint("name a file: deskhand new policy mine.rhai")
    })?;
    let failed = |error: io::Error| {
        Failure::new(
            code::ERROR,
            format!("cannot make the folder {}", folder.display()),
        )
        .caused_by(&error)
    };
    fs::create_dir_all(&folder).map_err(failed)?;
    let path = folder.join("cleanup_policy.rhai");
    write(&path, &text)?;
    ui.note(&format!(
        "wrote {}; from now on it counts in every run",
        path.display()
    ));
    Ok(code::DONE)
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::usage(format!("{} is there already", path.display()))
            .hint("it is left alone; name another file, or move it away first"),
        _ => Failure::new(code::ERROR, format!("cannot write {}", path.display())).caused_by(&error),
    })
}
