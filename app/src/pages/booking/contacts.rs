// SPDX-License-Identifier: EUPL-1.2
//! What a booking asks besides the place: contacts, a note, and schooling where it has to be declared.

use jiff::ToSpan;

use super::{
    confirm::Desk,
    form::{self, Field, LINE},
    kept::Kept,
};
use crate::{dates, dom::*, texts::tr};

impl Desk {
    /// The questions; who moves an appointment is asked nothing again.
    pub(super) fn questions(self) -> Option<AnyView> {
        if self.moving() {
            return Some(
                el("p")
                    .at("class", "notice")
                    .with(tr(
                        "ui/booking/move_keep",
                        "L'appuntamento di prima resta tuo finché non confermi quello nuovo.",
                    ))
                    .into_any(),
            );
        }
        let part = |get: fn(&Kept) -> &String, set: fn(&mut Kept, String)| {
            let value = RwSignal::new(self.kept.with_untracked(|kept| get(kept).clone()));
            Effect::new(move |_| {
                let now = value.get();
                if self.kept.with_untracked(|kept| *get(kept) != now) {
                    self.kept.update(|kept| {
                        set(kept, now);
                        kept.key.clear();
                    });
                }
            });
            value
        };
        let email = part(|kept| &kept.email, |kept, now| kept.email = now);
        let mobile = part(|kept| &kept.cellulare, |kept, now| kept.cellulare = now);
        let note = part(|kept| &kept.note, |kept, now| kept.note = now);
        Some(many(vec![
            el("h2")
                .at("class", "h4")
                .with(tr("ui/booking/contacts", "Come ti avvisiamo"))
                .into_any(),
            form::field(
                Field {
                    id: "email",
                    label: tr("ui/booking/email", "Email"),
                    kind: "email",
                    memory: Some("email"),
                    ..LINE
                },
                email,
                self.errors,
            ),
            form::field(
                Field {
                    id: "cellulare",
                    label: tr("ui/booking/mobile", "Cellulare"),
                    kind: "tel",
                    memory: Some("tel"),
                    ..LINE
                },
                mobile,
                self.errors,
            ),
            form::field(
                Field {
                    id: "note",
                    label: tr("ui/booking/note", "Vuoi dirci qualcosa prima?"),
                    hint: tr(
                        "ui/booking/note_hint",
                        "Per esempio se ti serve un interprete o un accesso senza gradini. Fino a 500 caratteri.",
                    ),
                    kind: "area",
                    optional: true,
                    ..LINE
                },
                note,
                self.errors,
            ),
            self.school().into_any(),
        ]))
    }

    /// At fifteen compulsory schooling has to be declared, for services that come after it.
    fn school(self) -> Option<AnyView> {
        let me = self.session.person_untracked()?;
        let after_school = self.search.with_untracked(|search| {
            std::iter::once(&search.servizio)
                .chain(&search.altri)
                .filter_map(|code| self.network.service(code))
                .any(|service| service.dopo_obbligo)
        });
        let young = me.data_nascita.saturating_add(16.years()) > dates::today();
        (young && after_school).then(|| {
            let value = RwSignal::new(self.kept.with_untracked(|kept| kept.obbligo_assolto));
            Effect::new(move |_| {
                let now = value.get();
                if self.kept.with_untracked(|kept| kept.obbligo_assolto != now) {
                    self.kept.update(|kept| {
                        kept.obbligo_assolto = now;
                        kept.key.clear();
                    });
                }
            });
            form::check(
                "obbligo_assolto",
                tr(
                    "ui/booking/school",
                    "Dichiaro che ho finito l'obbligo scolastico",
                ),
                value,
            )
        })
    }
}
