//! Where deskhand keeps its files: the configuration, what it has written down, and what it can make again.

use std::path::{Path, PathBuf};

use super::Environment;

/// The name of deskhand's folder among those of other programs.
const NAME: &str = "deskhand";

/// The name of the one configuration file.
const CONFIG_FILE: &str = "config.toml";

/// The user's directories; each may be missing for a user without a home, and none of them need exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dirs {
    /// The configuration, and the user's own scripts.
    pub config: Option<PathBuf>,
    /// What must not get lost, such as journals.
    pub data: Option<PathBuf>,
    /// What can be made again.
    pub cache: Option<PathBuf>,
}

impl Dirs {
    /// Finds the directories: `DESKHAND_CONFIG_DIR`, `DESKHAND_DATA_DIR` and `DESKHAND_CACHE_DIR` come first, then those
    /// of the platform, which is the XDG specification everywhere but on Windows.
    pub fn of(environment: &Environment) -> Self {
        let platform = if cfg!(windows) {
            windows(environment)
        } else {
            xdg(environment)
        };
        let moved = |name: &str| {
            environment
                .var(name)
                .map(|dir| environment.expand(Path::new(dir), &environment.cwd))
        };
        Self {
            config: moved("DESKHAND_CONFIG_DIR").or(platform.config),
            data: moved("DESKHAND_DATA_DIR").or(platform.data),
            cache: moved("DESKHAND_CACHE_DIR").or(platform.cache),
        }
    }

    /// Returns the path of the configuration file.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|dir| dir.join(CONFIG_FILE))
    }

    /// Returns the directory of the user's own scripts.
    pub fn scripts(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|dir| dir.join("scripts"))
    }

    /// Returns the directory of what the user has laid over the library.
    pub fn stdlib(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|dir| dir.join("stdlib"))
    }
}

/// The XDG base directories. A variable that is not an absolute path is to be ignored, the specification says.
fn xdg(environment: &Environment) -> Dirs {
    let dir = |variable: &str, default: &str| {
        let named = environment
            .var(variable)
            .map(Path::new)
            .filter(|dir| dir.is_absolute());
        let base = named
            .map(Path::to_owned)
            .or_else(|| environment.home.as_ref().map(|home| home.join(default)));
        base.map(|dir| dir.join(NAME))
    };
    Dirs {
        config: dir("XDG_CONFIG_HOME", ".config"),
        data: dir("XDG_DATA_HOME", ".local/share"),
        cache: dir("XDG_CACHE_HOME", ".cache"),
    }
}

/// The folders of a Windows profile. Only the configuration follows the user from machine to machine.
fn windows(environment: &Environment) -> Dirs {
    let dir = |variable: &str, default: &str| {
        let named = environment.var(variable).map(PathBuf::from);
        let base = named.or_else(|| {
            environment
                .home
                .as_ref()
                .map(|home| home.join("AppData").join(default))
        });
        base.map(|dir| dir.join(NAME))
    };
    let local = dir("LOCALAPPDATA", "Local");
    Dirs {
        config: dir("APPDATA", "Roaming"),
        data: local.as_ref().map(|dir| dir.join("data")),
        cache: local.map(|dir| dir.join("cache")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(home: Option<&str>, vars: &[(&str, &str)]) -> Environment {
        Environment {
            vars: vars
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            cwd: "/desk".into(),
            home: home.map(PathBuf::from),
            program_dir: None,
        }
    }

    #[test]
    fn the_platform_says_where_unless_a_variable_does() {
        let dirs = xdg(&with(
            Some("/home/ada"),
            &[("XDG_DATA_HOME", "/data"), ("XDG_CACHE_HOME", "relative")],
        ));
        assert_eq!(dirs.config.unwrap(), Path::new("/home/ada/.config/deskhand"));
        assert_eq!(dirs.data.unwrap(), Path::new("/data/deskhand"));
        assert_eq!(dirs.cache.unwrap(), Path::new("/home/ada/.cache/deskhand"));
    }

    #[test]
    fn on_windows_only_the_configuration_roams() {
        let dirs = windows(&with(Some("/u"), &[("APPDATA", "/u/roam")]));
        assert_eq!(dirs.config.unwrap(), Path::new("/u/roam/deskhand"));
        assert_eq!(dirs.data.unwrap(), Path::new("/u/AppData/Local/deskhand/data"));
        assert_eq!(dirs.cache.unwrap(), Path::new("/u/AppData/Local/deskhand/cache"));
    }

    #[test]
    fn deskhands_own_variables_move_each_directory() {
        let dirs = Dirs::of(&with(
            None,
            &[
                ("DESKHAND_CONFIG_DIR", "conf"),
                ("DESKHAND_DATA_DIR", "/d"),
                ("DESKHAND_CACHE_DIR", ""),
            ],
        ));
        assert_eq!(dirs.config_file().unwrap(), Path::new("/desk/conf/config.toml"));
        assert_eq!(dirs.scripts().unwrap(), Path::new("/desk/conf/scripts"));
        assert_eq!(dirs.stdlib().unwrap(), Path::new("/desk/conf/stdlib"));
        assert_eq!(dirs.data.unwrap(), Path::new("/d"));
        assert_eq!(dirs.cache, None);
    }

    #[test]
    fn without_a_home_there_are_no_directories() {
        assert_eq!(Dirs::of(&with(None, &[])), Dirs::default());
    }
}
