// SPDX-License-Identifier: EUPL-1.2
//! Which paths are pages of the app. The app draws them all from one shell; this list only decides
//! between 200 and 404, so that a wrong address is an error for search engines and for checkers.

/// Patterns; `*` stands for one segment that is not empty.
const PAGES: [&str; 24] = [
    "/",
    "/servizi",
    "/servizi/*",
    "/servizi/*/*",
    "/area-personale",
    "/area-personale/pratiche",
    "/area-personale/pratiche/*",
    "/area-personale/messaggi",
    "/area-personale/appuntamenti",
    "/area-personale/documenti",
    "/area-personale/curriculum",
    "/area-personale/dati",
    "/appuntamenti",
    "/curriculum",
    "/lettere",
    "/verifica",
    "/verifica/*",
    "/sportello",
    "/sportello/pratiche/*",
    "/privacy",
    "/accessibilita",
    "/note-legali",
    "/aiuto",
    "/accesso-non-riuscito",
];

/// Whether the app has a page at `path`.
pub(crate) fn is_page(path: &str) -> bool {
    PAGES.iter().any(|page| matches(page, path))
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
        ] {
            assert!(is_page(page), "{page}");
        }
        for path in [
            "",
            "//",
            "/servizi/",
            "/servizi/did/a/b",
            "/index.html",
            "/admin",
            "//evil.example",
        ] {
            assert!(!is_page(path), "{path}");
        }
    }
}
