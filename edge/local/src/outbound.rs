// SPDX-License-Identifier: EUPL-1.2
//! Which hosts a component may call: the patterns of `allowed_outbound_hosts`.

use anyhow::{Context, bail, ensure};
use http::Uri;

/// The hosts that a component may call; none unless the manifest says so.
#[derive(Debug, Default)]
pub(crate) struct AllowedHosts(Vec<Pattern>);

#[derive(Debug)]
struct Pattern {
    scheme: Option<String>,
    host: Host,
    ports: Ports,
}

#[derive(Debug)]
enum Host {
    Any,
    /// `*.example.org`: what is under a domain, not the domain itself; kept with its dot.
    Under(String),
    Exactly(String),
}

#[derive(Debug)]
enum Ports {
    Any,
    /// No port written: the one that the scheme implies.
    Implied,
    Between(u16, u16),
}

impl AllowedHosts {
    /// Reads patterns such as `http://127.0.0.1:3001` or `https://*.example.org`.
    pub(crate) fn parse<'a>(patterns: impl IntoIterator<Item = &'a str>) -> anyhow::Result<Self> {
        let read = |text: &'a str| {
            Pattern::parse(text).with_context(|| format!("`{text}` in allowed_outbound_hosts"))
        };
        patterns
            .into_iter()
            .map(read)
            .collect::<anyhow::Result<_>>()
            .map(Self)
    }

    /// Whether a call to this address is granted.
    pub(crate) fn allow(&self, uri: &Uri) -> bool {
        let scheme = uri.scheme_str().unwrap_or("https");
        let Some(host) = uri.host() else { return false };
        let Some(port) = uri.port_u16().or_else(|| implied_port(scheme)) else {
            return false;
        };
        self.0
            .iter()
            .any(|pattern| pattern.allow(scheme, &host.to_ascii_lowercase(), port))
    }
}

impl Pattern {
    fn parse(text: &str) -> anyhow::Result<Self> {
        let (scheme, rest) = text
            .split_once("://")
            .context("it begins with a scheme, as http://")?;
        let scheme = match scheme {
            "*" => None,
            "" => bail!("the scheme is empty"),
            scheme => Some(scheme.to_ascii_lowercase()),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        ensure!(
            !rest.contains(['/', '?', '#', '@']),
            "it is an origin, with no path"
        );
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let host = match host {
            "" => bail!("the host is empty"),
            "self" => bail!("`self` is not known to the runner: name the component"),
            "*" => Host::Any,
            host => match host.strip_prefix('*') {
                Some(under) if under.starts_with('.') => Host::Under(under.to_ascii_lowercase()),
                Some(_) => bail!("a star stands for whole names"),
                None if host.contains('*') => bail!("a star stands for whole names"),
                None => Host::Exactly(host.to_ascii_lowercase()),
            },
        };
        let ports = match port {
            None => Ports::Implied,
            Some("*") => Ports::Any,
            Some(port) => {
                let (first, last) = port.split_once("..").unwrap_or((port, port));
                Ports::Between(
                    first.parse().context("the port")?,
                    last.parse().context("the port")?,
                )
            }
        };
        Ok(Self {
            scheme,
            host,
            ports,
        })
    }

    fn allow(&self, scheme: &str, host: &str, port: u16) -> bool {
        let scheme_fits = self.scheme.as_deref().is_none_or(|s| s == scheme);
        let host_fits = match &self.host {
            Host::Any => true,
            Host::Under(domain) => host.ends_with(domain.as_str()),
            Host::Exactly(name) => name == host,
        };
        let port_fits = match self.ports {
            Ports::Any => true,
            Ports::Implied => implied_port(scheme) == Some(port),
            Ports::Between(first, last) => (first..=last).contains(&port),
        };
        scheme_fits && host_fits && port_fits
    }
}

fn implied_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, address: &'static str, expected: bool) {
        let hosts = AllowedHosts::parse([pattern]).unwrap();
        assert_eq!(
            hosts.allow(&Uri::from_static(address)),
            expected,
            "{pattern} {address}"
        );
    }

    #[test]
    fn an_origin_allows_itself_only() {
        check("http://127.0.0.1:3001", "http://127.0.0.1:3001/spid", true);
        check("http://127.0.0.1:3001", "http://127.0.0.1:3002/", false);
        check("http://127.0.0.1:3001", "https://127.0.0.1:3001/", false);
        check("http://127.0.0.1:3001", "http://127.0.0.1/", false);
        check(
            "http://127.0.0.1:3001",
            "http://127.0.0.1.evil.example:3001/",
            false,
        );
        check(
            "http://127.0.0.1:3001",
            "http://127.0.0.1:3001@evil.example:3001/",
            false,
        );
        check("http://[::1]:3001", "http://[::1]:3001/", true);
    }

    #[test]
    fn a_missing_port_is_the_one_of_the_scheme() {
        check("https://example.org", "https://example.org/a", true);
        check("https://example.org/", "https://EXAMPLE.org:443/", true);
        check("https://example.org", "https://example.org:8443/", false);
        check(
            "http://edge.spin.internal",
            "http://edge.spin.internal/x",
            true,
        );
    }

    #[test]
    fn stars_and_ranges_are_honoured() {
        check("*://*:*", "http://any.example:1234/", true);
        check("https://*.example.org", "https://a.b.example.org/", true);
        check("https://*.example.org", "https://example.org/", false);
        check("https://*.example.org", "https://badexample.org/", false);
        check(
            "http://127.0.0.1:3000..3002",
            "http://127.0.0.1:3002/",
            true,
        );
        check(
            "http://127.0.0.1:3000..3002",
            "http://127.0.0.1:3003/",
            false,
        );
    }

    #[test]
    fn nothing_is_allowed_unless_said() {
        assert!(!AllowedHosts::default().allow(&Uri::from_static("http://127.0.0.1/")));
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for text in [
            "example.org",
            "http://",
            "http://a/b",
            "http://a:x",
            "http://self",
            "http://a*",
        ] {
            assert!(AllowedHosts::parse([text]).is_err(), "{text}");
        }
    }
}
