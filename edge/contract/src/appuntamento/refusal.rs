// SPDX-License-Identifier: EUPL-1.2
//! Why something about an appointment is refused: stable codes with the Italian sentence and the field that it stands
//! at. Faults of what was asked are 422 at their field; faults of the state of things are 409.

use crate::problem::Problem;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal $field:literal $text:literal;)*) => {
        /// A refusal. The code is stable and public.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refusal { $($(#[$doc])* $name),* }

        impl Refusal {
            /// Every refusal.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable code, for machines.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The field that it stands at; empty for a conflict (409).
            #[must_use]
            pub const fn field(self) -> &'static str {
                match self { $(Self::$name => $field),* }
            }

            /// The Italian sentence, which says how to mend it.
            #[must_use]
            pub const fn italian(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

refusals! {
    /// No service has this code.
    UnknownService "unknown_service" "servizio" "Non c'è un servizio con questo codice: scegline uno dall'elenco.";
    /// No office has this code.
    UnknownOffice "unknown_office" "sede" "Non c'è una sede con questo codice: scegline una dall'elenco.";
    /// These services do not fit into one visit.
    NotTogether "not_together" "altri_servizi" "Questi servizi non stanno in una sola visita: prenotali uno per volta.";
    /// No group of the office takes these services.
    NotOffered "not_offered" "sede" "Questa sede non offre il servizio che hai scelto: prova una sede vicina.";
    /// The service does not take place in this way here.
    WrongModality "wrong_modality" "modalita" "Questo servizio qui non si fa in questo modo: scegline un altro.";
    /// Not an instant.
    NotAnInstant "not_an_instant" "inizio" "Scrivi giorno, ora e fuso orario, per esempio 2026-12-01T09:00:00+01:00.";
    /// Clocks in Rome never show this time: they skip it in March.
    NoSuchTime "no_such_time" "inizio" "Questa ora non esiste: quel giorno passiamo all'ora legale. Scegline un'altra.";
    /// Clocks in Rome show this time twice, in October.
    AmbiguousTime "ambiguous_time" "inizio" "Questa ora c'è due volte: quel giorno torna l'ora solare. Scegline un'altra.";
    /// It has begun or is over.
    Past "past" "inizio" "Questo orario è già passato: scegline uno che deve ancora venire.";
    /// Nearer than the notice that the service needs.
    TooSoon "too_soon" "inizio" "È troppo presto per questo servizio: scegli un orario più avanti.";
    /// Further than the horizon of the service.
    BeyondHorizon "beyond_horizon" "inizio" "È troppo lontano: non prenotiamo ancora per quel giorno. Scegline uno prima.";
    /// A Sunday, a holiday, the patron day, a closure, or a day without hours.
    Closed "closed" "inizio" "Quel giorno la sede è chiusa: scegline un altro.";
    /// The visit would begin before or end after the hours.
    OutsideHours "outside_hours" "inizio" "A quell'ora la sede non riceve: scegli uno degli orari proposti.";
    /// No appointment begins at this time.
    OffGrid "off_grid" "inizio" "Gli appuntamenti non cominciano a quest'ora: scegli uno degli orari proposti.";
    /// Somebody else has the place.
    SlotTaken "slot_taken" "" "Qualcuno ha appena preso questo posto. Scegli uno degli altri orari.";
    /// The person has something else at that time.
    Overlap "overlap" "" "A quell'ora hai già un altro appuntamento: scegli un altro orario.";
    /// The person has an open appointment for this service.
    AlreadyBooked "already_booked" "" "Hai già un appuntamento per questo servizio: puoi spostarlo.";
    /// Neither an e-mail nor a mobile number is known, and at least one is needed; both for a video.
    ContactsMissing "contacts_missing" "" "Ci serve un'email o un cellulare per avvisarti: aggiungine uno.";
    /// The service is for those who have made the DID.
    NeedsDid "needs_did" "" "Questo servizio è per chi ha fatto la DID: falla prima, poi torna qui.";
    /// The service is for those who have agreed on a patto di servizio.
    NeedsPatto "needs_patto" "" "Prima devi firmare il patto di servizio: prenota «DID e patto di servizio».";
    /// Younger than the service asks.
    TooYoung "too_young" "" "Non hai ancora l'età per questo servizio. Il Centro per l'impiego ti spiega cosa puoi fare.";
    /// Fifteen, and compulsory schooling is not declared.
    NeedsSchool "needs_school" "" "A 15 anni devi aver finito l'obbligo scolastico: se è così, dichiaralo.";
    /// The limit to do this online has passed.
    TooLate "too_late" "" "È tardi per farlo da qui: chiama o scrivi alla sede.";
    /// It cannot be said before its time.
    TooEarly "too_early" "" "È ancora presto: puoi farlo dopo l'ora dell'appuntamento.";
    /// The state of the appointment does not allow this.
    NotAllowed "not_allowed" "" "Questo appuntamento ora non lo permette: ricarica la pagina per vedere cosa puoi fare.";
    /// The appointment has changed since it was looked at.
    Changed "changed" "" "L'appuntamento è cambiato nel frattempo: ricarica la pagina e riprova.";
    /// The hold is over.
    HoldExpired "hold_expired" "" "I dieci minuti sono passati e il posto è tornato libero: scegli di nuovo l'orario.";
    /// The offer is over, or somebody else's.
    OfferExpired "offer_expired" "" "Questa proposta non vale più. Il tuo appuntamento resta com'era.";
    /// The hold is for another place than the one asked for.
    HoldOther "hold_other" "" "Il posto tenuto per te è un altro: scegli di nuovo l'orario.";
    /// Appointments or holds stand in the time that the desk wants to block.
    TimeInUse "time_in_use" "" "In questo tempo ci sono appuntamenti: spostali prima di bloccarlo.";
    /// There is no free desk for a walk-in.
    NoDesk "no_desk" "" "Adesso nessuno sportello è libero: proponi un orario della giornata.";
}

impl Refusal {
    /// 422 at a field, or 409.
    #[must_use]
    pub const fn status(self) -> u16 {
        if self.field().is_empty() { 409 } else { 422 }
    }

    /// As a refusal at a field.
    #[must_use]
    pub const fn problem(self) -> Problem {
        Problem::Rule(self.code(), self.italian())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sentences_end() {
        for (n, refusal) in Refusal::ALL.iter().enumerate() {
            assert!(refusal.italian().ends_with('.'), "{refusal:?}");
            assert!(
                Refusal::ALL[n + 1..]
                    .iter()
                    .all(|other| other.code() != refusal.code())
            );
        }
    }
}
