// SPDX-License-Identifier: EUPL-1.2
//! Reading a draft: from the device, from the edge, from before signing in; carried over from an older form, and filled
//! in with what is known.

use contract::{
    endpoint::{KnownFacts, ReadDraft},
    flow,
    service::Case,
};
use leptos::{prelude::*, task::spawn_local};

use super::{Draft, Kept, Save, Sending, other};
use crate::{api, store, texts::tr};

impl Draft {
    /// Reads draft and facts for whoever is there now; does nothing when that was done.
    pub(crate) fn open(self) {
        let signed = self.session.signed_untracked();
        let whose = Some((self.session.codice_fiscale(), signed));
        if self.reading.get_value() == whose {
            return;
        }
        // Whoever lost the session under their hands keeps what is on the page.
        if !signed && self.ready.get_untracked() {
            return;
        }
        self.reading.set_value(whose);
        self.ready.set(false);
        spawn_local(async move {
            if self.save.get_untracked() == Save::Soon {
                self.write().await;
            }
            self.read(signed).await;
            self.ready.set(true);
        });
    }

    async fn read(self, signed: bool) {
        let slug = self.service.slug;
        let name = self.name();
        let mut local: Option<Kept> = store::read(&name)
            .await
            .and_then(|text| serde_json::from_str(&text).ok());
        if signed {
            if let Some(before) = store::read(slug)
                .await
                .and_then(|text| serde_json::from_str::<Kept>(&text).ok())
            {
                // What was typed before signing in becomes the person's own, if it is the newer one.
                if local
                    .as_ref()
                    .is_none_or(|local| local.changed <= before.changed)
                {
                    local = Some(before);
                }
                store::write(slug, None).await;
            }
            if let Ok(facts) = self
                .session
                .seen(api::call::<KnownFacts>(&[slug], &[], None).await)
            {
                self.facts.set(facts);
            }
            if let Ok(edge) = api::call::<ReadDraft>(&[slug], &[], None).await {
                let (shown, other) = other::merge(local, edge);
                local = Some(shown);
                self.set_aside(other).await;
            } else {
                self.set_aside(None).await;
            }
        }
        let mut kept = local.unwrap_or_default();
        if kept.changed > 0 && kept.version != self.service.version {
            self.carry_over(&mut kept);
        }
        kept.version = self.service.version;
        if kept.waiting {
            self.sending.set(Sending::Waiting);
        }
        self.save.set(if kept.changed == 0 {
            Save::Nothing
        } else {
            Save::Device
        });
        self.prefill(&mut kept);
        self.answers.set(kept.answers.clone());
        self.kept.set_value(kept);
        if signed && self.started() {
            self.write().await;
            // What was typed before signing in, or without a network, is safe on the edge as well from here on.
            self.tell_edge().await;
        }
    }

    /// Carries answers over from another version of the form, and says which could not be.
    pub(super) fn carry_over(self, kept: &mut Kept) {
        let facts = self.facts.get_untracked();
        let case = Case {
            answers: &kept.answers,
            facts: &facts,
            places: None,
        };
        let (answers, lost) = flow::carry_over(self.service, &kept.answers, case);
        kept.answers = answers;
        if !lost.is_empty() {
            let names: Vec<&str> = lost
                .iter()
                .map(|id| {
                    flow::find(self.service, id).map_or(id.as_str(), |(_, f)| {
                        crate::texts::field(self.service, f, "label", f.label)
                    })
                })
                .collect();
            let said = tr(
                "ui/draft/lost",
                "Il modulo è cambiato da quando hai iniziato. Queste risposte sono da dare di nuovo: {valore}.",
            );
            self.note(crate::texts::with(said, &names.join("; ")));
        }
    }

    fn note(self, text: String) {
        self.notes.update(|notes| notes.push(text));
    }

    /// Fills in what is known, once, and never over what was typed.
    pub(super) fn prefill(self, kept: &mut Kept) {
        self.facts.with_untracked(|facts| {
            for field in self
                .service
                .steps
                .iter()
                .filter(|step| step.repeat.is_none())
                .flat_map(|step| step.fields)
            {
                let Some((value, _)) = field.prefill.and_then(|prefill| prefill(facts)) else {
                    continue;
                };
                if !kept.prefilled.iter().any(|id| id == field.id) {
                    kept.prefilled.push(field.id.to_owned());
                    if kept.answers.text(field.id).is_none() {
                        kept.answers.set_text(field.id, value);
                    }
                }
            }
        });
    }
}
