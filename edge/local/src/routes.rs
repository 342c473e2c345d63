// SPDX-License-Identifier: EUPL-1.2
//! Which component answers a path: the longest route wins, as in Spin.

use anyhow::ensure;
use std::cmp::Reverse;

/// The public routes of the application, most specific first.
#[derive(Debug, Default)]
pub(crate) struct Routes(Vec<Route>);

/// One public route.
#[derive(Debug)]
pub(crate) struct Route {
    /// As written in the manifest, such as `/api/...`.
    pub(crate) raw: String,
    /// The route without wildcard and without a final slash, such as `/api`; empty for the root.
    pub(crate) prefix: String,
    wildcard: bool,
    pub(crate) component: String,
}

/// A route and what the wildcard stands for.
#[derive(Debug)]
pub(crate) struct Match<'a> {
    pub(crate) route: &'a Route,
    /// What follows the prefix, such as `/me`; empty for exact routes.
    pub(crate) trailing: &'a str,
}

impl Routes {
    /// Adds a route; refuses what the runner does not know, and the same route twice.
    pub(crate) fn add(&mut self, raw: &str, component: &str) -> anyhow::Result<()> {
        ensure!(
            raw.starts_with('/'),
            "the route `{raw}` must begin with a slash"
        );
        let (path, wildcard) = match raw.strip_suffix("/...") {
            Some(path) => (path, true),
            None => (raw.trim_end_matches('/'), false),
        };
        ensure!(
            !path.contains("...") && !path.contains("/:"),
            "the route `{raw}` is exact or ends in `/...`: the runner knows no other pattern"
        );
        ensure!(
            !self
                .0
                .iter()
                .any(|r| r.prefix == path && r.wildcard == wildcard),
            "the route `{raw}` is there twice"
        );
        self.0.push(Route {
            raw: raw.to_owned(),
            prefix: path.to_owned(),
            wildcard,
            component: component.to_owned(),
        });
        // An exact route is more specific than the wildcard over the same path.
        self.0
            .sort_by_key(|route| Reverse((route.prefix.len(), !route.wildcard)));
        Ok(())
    }

    /// The route that answers a path.
    pub(crate) fn find<'a>(&'a self, path: &'a str) -> Option<Match<'a>> {
        self.0.iter().find_map(|route| {
            let trailing = path.strip_prefix(route.prefix.as_str())?;
            let whole_segment = trailing.is_empty() || trailing.starts_with('/');
            if route.wildcard {
                whole_segment.then_some(Match { route, trailing })
            } else {
                (trailing.is_empty() || trailing == "/").then_some(Match {
                    route,
                    trailing: "",
                })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes {
        let mut routes = Routes::default();
        for (raw, component) in [
            ("/...", "site"),
            ("/api/...", "edge"),
            ("/api/status", "status"),
            ("/api", "root"),
        ] {
            routes.add(raw, component).unwrap();
        }
        routes
    }

    #[track_caller]
    fn check(path: &str, component: &str, trailing: &str) {
        let routes = routes();
        let found = routes.find(path).unwrap();
        assert_eq!(
            (found.route.component.as_str(), found.trailing),
            (component, trailing)
        );
    }

    #[test]
    fn the_longest_route_wins() {
        check("/", "site", "/");
        check("/servizi/did", "site", "/servizi/did");
        check("/apiary", "site", "/apiary");
        check("/api", "root", "");
        check("/api/me", "edge", "/me");
        check("/api/status", "status", "");
        check("/api/status/", "status", "");
        check("/api/status/x", "edge", "/status/x");
    }

    #[test]
    fn no_route_is_no_answer() {
        let mut routes = Routes::default();
        routes.add("/api/...", "edge").unwrap();
        assert!(routes.find("/").is_none());
    }

    #[test]
    fn other_patterns_and_doubles_are_refused() {
        assert!(routes().add("/x/:id", "edge").is_err());
        assert!(routes().add("/x/.../y", "edge").is_err());
        assert!(routes().add("x", "edge").is_err());
        assert!(routes().add("/api/...", "other").is_err());
    }
}
