//! What the room may know of the process: plain data that is handed in.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The process as far as the configuration depends on it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// The environment variables that are Unicode.
    pub vars: BTreeMap<String, String>,
    /// The current directory.
    pub cwd: PathBuf,
    /// The user's home directory, where there is one.
    pub home: Option<PathBuf>,
    /// The directory of the program's own file, where it is known.
    pub program_dir: Option<PathBuf>,
}

impl Environment {
    /// Returns a variable. One that is empty or blank counts as unset: that is what a scheduler leaves of a secret
    /// that it does not have.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.vars
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.trim().is_empty())
    }

    /// Returns the file that a user has written down: `~/` is the home directory, anything else that is relative is
    /// relative to `base`.
    pub(super) fn expand(&self, path: &Path, base: &Path) -> PathBuf {
        match (path.strip_prefix("~"), &self.home) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => base.join(path),
        }
    }
}

/// Names the variables, and keeps their values to itself: any of them may be a key.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("vars", &self.vars.keys().collect::<Vec<_>>())
            .field("cwd", &self.cwd)
            .field("home", &self.home)
            .field("program_dir", &self.program_dir)
            .finish()
    }
}

/// The proxy that the environment asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Its URL, which may hold a password.
    pub url: String,
    /// The hosts that are reached without it, separated by commas.
    pub except: Option<String>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self
            .url
            .rsplit_once('@')
            .map_or(self.url.as_str(), |(_, host)| host);
        f.debug_struct("Proxy")
            .field("url", &format_args!("…{host}"))
            .field("except", &self.except)
            .finish()
    }
}

/// Returns the proxy of `HTTPS_PROXY`, else of `ALL_PROXY`, without the hosts of `NO_PROXY`; each in either case, the
/// upper one first.
pub fn proxy(environment: &Environment) -> Option<Proxy> {
    let either = |upper: &str| {
        environment
            .var(upper)
            .or_else(|| environment.var(&upper.to_lowercase()))
    };
    let url = either("HTTPS_PROXY").or_else(|| either("ALL_PROXY"))?;
    Some(Proxy {
        url: url.to_owned(),
        except: either("NO_PROXY").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(vars: &[(&str, &str)]) -> Environment {
        Environment {
            vars: vars
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            ..Environment::default()
        }
    }

    #[test]
    fn debug_names_variables_without_their_values() {
        let environment = with(&[("REALVNC_ACCESS_KEY", "s3cr3t-value")]);
        let text = format!("{environment:?}");
        assert!(
            text.contains("REALVNC_ACCESS_KEY") && !text.contains("s3cr3t"),
            "{text}"
        );
    }

    #[test]
    fn the_proxy_for_https_wins_over_the_one_for_all() {
        let environment = with(&[
            ("ALL_PROXY", "socks5://a"),
            ("https_proxy", "http://b"),
            ("no_proxy", "x,y"),
        ]);
        let proxy = proxy(&environment).unwrap();
        assert_eq!(
            (proxy.url.as_str(), proxy.except.as_deref()),
            ("http://b", Some("x,y"))
        );
    }

    #[test]
    fn an_empty_variable_asks_for_no_proxy() {
        assert_eq!(proxy(&with(&[("HTTPS_PROXY", ""), ("NO_PROXY", "x")])), None);
        let all = proxy(&with(&[("HTTPS_PROXY", ""), ("all_proxy", "http://c")])).unwrap();
        assert_eq!(all.url, "http://c");
    }

    #[test]
    fn debug_of_a_proxy_keeps_its_password() {
        let proxy = proxy(&with(&[("HTTPS_PROXY", "http://me:pa55word@host:3128")])).unwrap();
        assert_eq!(format!("{proxy:?}"), "Proxy { url: …host:3128, except: None }");
    }

    #[test]
    fn a_tilde_is_the_home_directory_and_nothing_else() {
        let mut environment = with(&[]);
        let expand =
            |environment: &Environment, path: &str| environment.expand(Path::new(path), Path::new("/base"));
        assert_eq!(expand(&environment, "~/k.json"), Path::new("/base/~/k.json"));
        environment.home = Some("/home/ada".into());
        for (path, expanded) in [
            ("~/k.json", "/home/ada/k.json"),
            ("~ada/k.json", "/base/~ada/k.json"),
            ("x/~/k.json", "/base/x/~/k.json"),
            ("/k.json", "/k.json"),
        ] {
            assert_eq!(expand(&environment, path), Path::new(expanded));
        }
    }
}
