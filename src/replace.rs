//! Replacing a file whole: whoever reads it sees the content before or after, never something between, also if the
//! program or the machine stops in the middle.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Who may do what with a file, in the way of Unix.
type Mode = u32;

/// For its owner only.
const FOR_OWNER: Mode = 0o600;

/// For everyone to read and write, but for what the user's mask of modes takes away.
const AS_USUAL: Mode = 0o666;

/// Puts `content` in the place of a file, or makes the file.
///
/// A file that is there keeps its permissions, and one that is read-only is left alone; a new one is for its owner
/// only. Where the path is a symbolic link, the file that it leads to is replaced, and the link stays.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_or_make(path, content, FOR_OWNER)
}

/// Does the same, but a file that is made is as open as the user's other new files.
pub fn publish(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_or_make(path, content, AS_USUAL)
}

/// Finds out whether a file can be replaced or made, as far as that can be known before, and leaves all as it is.
pub fn check(path: &Path) -> io::Result<()> {
    let path = behind_links(path);
    replaceable(&path)?;
    create_beside(&path, FOR_OWNER).map(drop)
}

/// Returns the permissions of a file that may be replaced; nothing where there is none yet. What is no file, such as a
/// device, must not make way for one.
fn replaceable(path: &Path) -> io::Result<Option<Permissions>> {
    let refused = |kind, why: &str| Err(io::Error::new(kind, why));
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => refused(io::ErrorKind::IsADirectory, "it is a folder"),
        Ok(there) if !there.is_file() => refused(io::ErrorKind::InvalidInput, "it is no regular file"),
        Ok(there) if there.permissions().readonly() => {
            refused(io::ErrorKind::PermissionDenied, "it is read-only")
        }
        Ok(there) => Ok(Some(there.permissions())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => match path.parent() {
            Some(folder) if folder != Path::new("") && !folder.exists() => {
                refused(io::ErrorKind::NotFound, "its folder does not exist")
            }
            _ => Ok(None),
        },
        Err(e) => Err(e),
    }
}

fn replace_or_make(path: &Path, content: &[u8], new: Mode) -> io::Result<()> {
    let path = behind_links(path);
    let permissions = replaceable(&path)?;
    let mode = if permissions.is_some() { FOR_OWNER } else { new };
    // Taken away again if it is not persisted.
    let mut beside = create_beside(&path, mode)?;
    beside.write_all(content)?;
    if let Some(permissions) = permissions {
        beside.as_file().set_permissions(permissions)?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&path)?;
    sync_folder(&path);
    Ok(())
}

/// Returns the file that a symbolic link leads to, which need not be there; anything else as it is.
fn behind_links(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match fs::read_link(path) {
        Ok(target) => path.parent().unwrap_or(Path::new("")).join(target),
        Err(_) => path.to_owned(),
    }
}

/// Makes a file in the same folder, so that it can be renamed.
#[cfg_attr(not(unix), allow(unused_variables, reason = "only Unix has modes of files"))]
fn create_beside(path: &Path, mode: Mode) -> io::Result<NamedTempFile> {
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".new");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    match path.parent().filter(|folder| *folder != Path::new("")) {
        Some(folder) => builder.tempfile_in(folder),
        None => builder.tempfile_in("."),
    }
}

/// Makes sure of the renaming, too, where the system has a way to. The content is safe without it.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Some(folder) = path.parent()
    {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_content_is_all_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        replace(&path, b"a long first text").unwrap();
        replace(&path, b"short").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"short");
        assert_eq!(names(folder.path()), ["f"]);
    }

    #[test]
    fn what_a_killed_run_left_behind_is_not_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let (_, beside) = create_beside(&path, FOR_OWNER).unwrap().keep().unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(beside.exists());
    }

    #[test]
    fn what_cannot_be_replaced_stays_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "x").unwrap();
        assert!(replace(&path, b"new").is_err());
        assert_eq!(names(folder.path()), ["f"]);
        assert!(replace(&folder.path().join("none/f"), b"new").is_err());
    }

    #[test]
    fn what_can_be_replaced_is_known_before_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("f"), "old").unwrap();
        fs::create_dir(path("dir")).unwrap();
        check(&path("f")).unwrap();
        check(&path("new")).unwrap();
        assert_eq!(names(folder.path()), ["dir", "f"]);
        assert_eq!(fs::read(path("f")).unwrap(), b"old");
        for (name, why) in [("dir", "it is a folder"), ("none/f", "its folder does not exist")] {
            assert_eq!(check(&path(name)).unwrap_err().to_string(), why);
            assert_eq!(publish(&path(name), b"x").unwrap_err().to_string(), why);
        }
        assert!(check(&path("f/x")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_does_not_make_way() {
        let device = Path::new("/dev/null");
        assert_eq!(check(device).unwrap_err().to_string(), "it is no regular file");
        assert!(publish(device, b"x").is_err());
        assert!(!fs::metadata(device).unwrap().is_file());
    }

    #[test]
    fn a_file_that_is_read_only_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = replace(&path, b"new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_kept_and_a_new_file_is_its_owners() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        replace(&path, b"a").unwrap();
        assert_eq!(mode(), 0o600);
        let (usual, published) = (folder.path().join("usual"), folder.path().join("published"));
        fs::write(&usual, "").unwrap();
        publish(&published, b"").unwrap();
        let mode_of = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode_of(&published), mode_of(&usual));
        for kept in [0o640, 0o666] {
            fs::set_permissions(&path, Permissions::from_mode(kept)).unwrap();
            replace(&path, b"b").unwrap();
            assert_eq!(mode(), kept, "{kept:o}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_is_replaced_or_made() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("real")).unwrap();
        let (link, real) = (folder.path().join("link"), folder.path().join("real/f"));
        std::os::unix::fs::symlink("real/f", &link).unwrap();
        for text in ["made", "replaced"] {
            replace(&link, text.as_bytes()).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&real).unwrap(), text);
        }
    }
}
