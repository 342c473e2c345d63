// SPDX-License-Identifier: EUPL-1.2
//! Which paths are pages of the app. The app draws them all from one shell; this list only decides
//! between 200 and 404, so that a wrong address is an error for search engines and for checkers.

/// Patterns; `*` stands for one segment that is not empty.
const PAGES: [&str; 22] = [
    "/",
    "/servizi",
    "/appuntamenti",
    "/appuntamenti/conferma",
    "/area-personale",
    "/area-personale/appuntamenti",
    "/area-personale/appuntamenti/*",
    "/area-personale/pratiche",
    "/area-personale/pratiche/*",
    "/area-personale/messaggi",
    "/area-personale/dati",
    "/sportello",
    "/sportello/agenda",
    "/sportello/pratiche/*",
    "/uffici",
    "/uffici/*",
    "/privacy",
    "/accessibilita",
    "/note-legali",
    "/aiuto",
    "/accesso",
    "/accesso-non-riuscito",
];

/// The pages of each service, as `build.rs` reads them from the services themselves.
const SERVICES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// Whether the app has a page at `path`.
pub(crate) fn is_page(path: &str) -> bool {
    PAGES.iter().any(|page| matches(page, path)) || SERVICES.contains(&path)
}

fn matches(page: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    let fits = page.split('/').all(|wanted| {
        segments
            .next()
            .is_some_and(|segment| wanted == segment || wanted == "*" && !segment.is_empty())
    });
    fits && segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn pages_are_known_and_other_paths_are_not() {
        for page in [
            "/",
            "/servizi",
            "/servizi/did",
            "/servizi/did/riepilogo",
            "/sportello/pratiche/7",
            "/area-personale/appuntamenti/7",
            "/uffici/bologna",
        ] {
            assert!(is_page(page), "{page}");
        }
        for path in [
            "",
            "//",
            "/servizi/",
            "/servizi/nulla",
            "/servizi/did/nulla",
            "/index.html",
            "//evil.example",
        ] {
            assert!(!is_page(path), "{path}");
        }
    }
}
