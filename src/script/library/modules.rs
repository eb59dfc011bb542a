//! Where modules are found, and how the text of everything that is read is kept.

use std::path::{Component, Path};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::{fs, io};

use crate::encoding;
use crate::suggest;

use super::laid::file_of;
use super::{Library, LibraryError, Origin, POLICY, Source, is_policy, shipped, some_of};

/// Larger files are no scripts.
const LARGEST_BYTES: u64 = 4 << 20;

impl Library {
    /// Returns the module that `path` stands for in an import by `importer` (an id).
    ///
    /// `std/NAME` is the user's module of that name, else the shipped one; `std:NAME` is always the shipped one;
    /// anything else is a file relative to the importing one. A user's module takes the place of all of the shipped
    /// one; the cleanup policy alone is laid over it function by function.
    pub fn module(&self, importer: Option<&str>, path: &str) -> Result<Source, LibraryError> {
        let found = self.find(importer, path)?;
        let is_file = Path::new(&found.id).is_absolute();
        Ok(if is_file && importer.is_some_and(is_policy) {
            self.helper(&found)
        } else {
            found
        })
    }

    fn find(&self, importer: Option<&str>, path: &str) -> Result<Source, LibraryError> {
        if let Some(name) = path.strip_prefix("std:") {
            return self.shipped_module(path, name);
        }
        if let Some(name) = path.strip_prefix("std/") {
            let plain = Path::new(name)
                .components()
                .all(|c| matches!(c, Component::Normal(_)));
            if let Some(folder) = self.places.stdlib.as_ref().filter(|_| plain) {
                let file = folder.join(format!("{name}.rhai"));
                if name != POLICY && file.is_file() {
                    return self.file(&file, Origin::User);
                }
            }
            if name == POLICY {
                self.asks_policy.store(true, Ordering::SeqCst);
                return self.policy();
            }
            return self.shipped_module(path, name);
        }
        let importer = importer.map(|id| self.laid(id).map_or(file_of(id), |laid| &laid.over.id));
        let folder = importer
            .map(Path::new)
            .filter(|p| p.is_absolute())
            .and_then(Path::parent);
        let Some(folder) = folder else {
            let hint = "only `std/NAME` can be imported here: there is no file for a path to be relative to";
            return Err(LibraryError::NoModule {
                name: path.to_owned(),
                hint: hint.to_owned(),
            });
        };
        let mut file = folder.join(path);
        if file.extension().is_none_or(|e| e != "rhai") {
            file.as_mut_os_string().push(".rhai");
        }
        if !file.is_file() {
            return Err(LibraryError::NoModule {
                name: path.to_owned(),
                hint: self.no_file(&file),
            });
        }
        self.file(&file, Origin::Path)
    }

    /// Returns the text that was read under an id.
    pub fn text(&self, id: &str) -> Option<Arc<str>> {
        self.texts.read().ok()?.get(id).cloned()
    }

    /// Returns an id as an error shows it: a file below the current directory without the way to there.
    pub fn shown(&self, id: &str) -> String {
        let id = self.laid(id).map_or(file_of(id), |laid| &laid.over.id);
        let here = fs::canonicalize(&self.places.here).ok();
        here.and_then(|here| {
            Path::new(id)
                .strip_prefix(here)
                .ok()
                .map(|p| p.display().to_string())
        })
        .unwrap_or_else(|| id.to_owned())
    }

    /// Keeps a text that is not in any file (a line typed by a user, a test) under an id of its own.
    pub fn keep(&self, id: &str, text: &str) -> Source {
        self.remember(id, id.to_owned(), Origin::Path, text)
    }

    pub(super) fn shipped_module(&self, path: &str, name: &str) -> Result<Source, LibraryError> {
        let text = shipped(self.stdlib, name).ok_or_else(|| {
            let names = || self.stdlib.iter().map(|(n, _)| *n);
            let hint = suggest::nearest(name, names()).map_or_else(
                || some_of("the modules are", names()),
                |n| format!("did you mean `std/{n}`?"),
            );
            LibraryError::NoModule {
                name: path.to_owned(),
                hint,
            }
        })?;
        Ok(self.remember(name, format!("std:{name}"), Origin::Shipped, text))
    }

    pub(super) fn file(&self, path: &Path, origin: Origin) -> Result<Source, LibraryError> {
        let unreadable = |cause| LibraryError::Unreadable {
            path: path.to_owned(),
            cause,
        };
        let not_a_script = |why: &str| LibraryError::NotAScript {
            path: path.to_owned(),
            why: why.to_owned(),
        };
        let real = fs::canonicalize(path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound if origin == Origin::Path => LibraryError::NoScript {
                name: path.display().to_string(),
                hint: self.no_file(path),
            },
            _ => unreadable(cause),
        })?;
        let size = fs::metadata(&real).map_err(unreadable)?;
        if size.is_dir() {
            return Err(not_a_script("it is a folder"));
        }
        if size.len() > LARGEST_BYTES {
            return Err(not_a_script("it is larger than 4 MiB"));
        }
        // What has no end, such as a device, tells no size.
        let bytes = encoding::read_bytes(&real, LARGEST_BYTES).map_err(unreadable)?;
        let text = String::from_utf8(bytes).map_err(|_| not_a_script("it is not UTF-8 text"))?;
        let name = real
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(self.remember(&name, real.display().to_string(), origin, &text))
    }

    pub(super) fn remember(&self, name: &str, id: String, origin: Origin, text: &str) -> Source {
        let text: Arc<str> = text.into();
        if let Ok(mut texts) = self.texts.write() {
            texts.insert(id.clone(), Arc::clone(&text));
        }
        Source {
            name: name.to_owned(),
            id,
            origin,
            text,
        }
    }
}
