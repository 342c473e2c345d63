// SPDX-License-Identifier: EUPL-1.2
//! The one route table: an address in, a page out. Addresses are Italian, people see them.

use std::cell::RefCell;

use leptos_router::NavigateOptions;

/// A page of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    Services,
    Sheet(String),
    Step(String, String),
    Summary(String),
    Exit(String),
    Area,
    Request(String),
    Messages,
    MyData,
    Booking,
    BookingConfirm,
    Appointments,
    Appointment(String),
    Offices,
    Office(String),
    Agenda,
    Desk,
    DeskRequest(String),
    Shelf,
    Cv(String),
    Letter(String),
    Privacy,
    Accessibility,
    LegalNotes,
    Help,
    SignIn,
    SignInFailed,
    NotFound,
}

impl Page {
    /// True of what does not depend on who looks at it, but for their name at the top.
    pub(crate) fn is_the_same_for_all(&self) -> bool {
        matches!(
            self,
            Self::Home
                | Self::Services
                | Self::Sheet(_)
                | Self::Offices
                | Self::Office(_)
                | Self::Privacy
                | Self::Accessibility
                | Self::LegalNotes
                | Self::Help
        )
    }
}

/// The page that stands at a path.
pub(crate) fn page(path: &str) -> Page {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [] => Page::Home,
        ["servizi"] => Page::Services,
        // Whether there is such a service, and such a step, is known where services are drawn.
        ["servizi", slug] => Page::Sheet(slug.to_owned()),
        ["servizi", slug, "riepilogo"] => Page::Summary(slug.to_owned()),
        ["servizi", slug, "esito"] => Page::Exit(slug.to_owned()),
        ["servizi", slug, step] => Page::Step(slug.to_owned(), step.to_owned()),
        ["area-personale"] => Page::Area,
        ["area-personale", "messaggi"] => Page::Messages,
        ["area-personale", "dati"] => Page::MyData,
        ["area-personale", "pratiche", id] => Page::Request(id.to_owned()),
        ["area-personale", "appuntamenti"] => Page::Appointments,
        ["area-personale", "appuntamenti", id] => Page::Appointment(id.to_owned()),
        ["appuntamenti"] => Page::Booking,
        ["appuntamenti", "conferma"] => Page::BookingConfirm,
        ["uffici"] => Page::Offices,
        ["uffici", code] => Page::Office(code.to_owned()),
        ["sportello", "agenda"] => Page::Agenda,
        ["sportello"] => Page::Desk,
        ["sportello", "pratiche", id] => Page::DeskRequest(id.to_owned()),
        ["cv"] => Page::Shelf,
        ["cv", id] => Page::Cv(id.to_owned()),
        ["cv", "lettera", id] => Page::Letter(id.to_owned()),
        ["privacy"] => Page::Privacy,
        ["accessibilita"] => Page::Accessibility,
        ["note-legali"] => Page::LegalNotes,
        ["aiuto"] => Page::Help,
        ["accesso"] => Page::SignIn,
        ["accesso-non-riuscito"] => Page::SignInFailed,
        _ => Page::NotFound,
    }
}

/// The address of a page of a service: a step, `riepilogo`, `esito`.
pub(crate) fn in_service(slug: &str, page: &str) -> String {
    ["/servizi/", slug, "/", page].concat()
}

/// The address at which one signs in and then comes back to `path`.
pub(crate) fn sign_in(path: &str) -> String {
    ["/accesso?ritorno=", &crate::browser::encode(path)].concat()
}

type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
}

/// Remembers how to change page; called once, inside the router.
pub(crate) fn learn(navigate: impl Fn(&str, NavigateOptions) + 'static) {
    NAVIGATE.with(|slot| *slot.borrow_mut() = Some(Box::new(navigate)));
}

/// Goes to an address of the app; `replace` leaves no trace in the history.
pub(crate) fn go(address: &str, replace: bool) {
    NAVIGATE.with(|slot| {
        if let Some(navigate) = slot.borrow().as_ref() {
            navigate(
                address,
                NavigateOptions {
                    replace,
                    ..NavigateOptions::default()
                },
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_page() {
        assert_eq!(page("/"), Page::Home);
        assert_eq!(page("/servizi/did/"), Page::Sheet("did".into()));
        assert_eq!(
            page("/servizi/did/condizione"),
            Page::Step("did".into(), "condizione".into())
        );
        assert_eq!(page("/servizi/did/riepilogo"), Page::Summary("did".into()));
        assert_eq!(
            page("/area-personale/pratiche/x1"),
            Page::Request("x1".into())
        );
        assert_eq!(page("/cv/x1"), Page::Cv("x1".into()));
        assert_eq!(page("/cv/lettera/x1"), Page::Letter("x1".into()));
        assert_eq!(page("/nulla"), Page::NotFound);
        assert_eq!(page("/servizi/did/riepilogo/nulla"), Page::NotFound);
    }
}
