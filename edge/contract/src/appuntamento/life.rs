// SPDX-License-Identifier: EUPL-1.2
//! The life of an appointment as one table that browser and edge both read: in which state who may do what, for which
//! kind of appointment, and until when or from when.

use alloc::vec::Vec;
use jiff::{Timestamp, ToSpan, civil::Date};

use super::{AzioneAppuntamento, StatoAppuntamento, refusal::Refusal};
use crate::{pratica::Actor, values::calendar};

/// Which appointments a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Booked or summoned.
    Any,
    /// Booked by the citizen or at the desk.
    Booked,
    /// The office summoned (convocazione, art. 20 D.Lgs. 150/2015).
    Summons,
}

/// When a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Until the limit for moving.
    UntilMoveLimit,
    /// Until the limit for cancelling.
    UntilCancelLimit,
    /// Until it begins.
    UntilStart,
    /// From its beginning on.
    FromStart,
    /// Until the end of the day after it (nota MLPS 39/3374 of 2016).
    UntilNextDay,
    /// From its beginning until the end of the day after it: to put a slip right.
    ToCorrect,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// Before.
    pub from: StatoAppuntamento,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: AzioneAppuntamento,
    /// Of which appointments.
    pub kind: Kind,
    /// When.
    pub when: When,
    /// After.
    pub to: StatoAppuntamento,
}

const fn row(
    from: StatoAppuntamento,
    actor: Actor,
    action: AzioneAppuntamento,
    kind: Kind,
    when: When,
    to: StatoAppuntamento,
) -> Transition {
    Transition {
        from,
        actor,
        action,
        kind,
        when,
        to,
    }
}

/// The whole life of an appointment. A summons is confirmed, moved or justified, never cancelled by the citizen. A
/// justification does not change the state: the office judges it.
pub const TRANSITIONS: &[Transition] = {
    use Actor::{Cittadino, Operatore};
    use AzioneAppuntamento::{
        Annulla, Attendi, Conferma, Disdici, Giustifica, NonAttendere, SegnaAssente, SegnaErogato,
        Sposta,
    };
    use Kind::{Any, Booked, Summons};
    use StatoAppuntamento::{Annullato, DaErogare, Disdetto, Erogato, NonPresentato};
    use When::{FromStart, ToCorrect, UntilCancelLimit, UntilMoveLimit, UntilNextDay, UntilStart};
    &[
        row(
            DaErogare, Cittadino, Conferma, Summons, UntilStart, DaErogare,
        ),
        row(DaErogare, Cittadino, Sposta, Any, UntilMoveLimit, DaErogare),
        row(
            DaErogare,
            Cittadino,
            Disdici,
            Booked,
            UntilCancelLimit,
            Disdetto,
        ),
        row(
            DaErogare,
            Cittadino,
            Giustifica,
            Summons,
            UntilNextDay,
            DaErogare,
        ),
        row(
            NonPresentato,
            Cittadino,
            Giustifica,
            Summons,
            UntilNextDay,
            NonPresentato,
        ),
        row(
            DaErogare,
            Cittadino,
            Attendi,
            Any,
            UntilMoveLimit,
            DaErogare,
        ),
        row(
            DaErogare,
            Cittadino,
            NonAttendere,
            Any,
            UntilStart,
            DaErogare,
        ),
        row(DaErogare, Operatore, Sposta, Any, UntilStart, DaErogare),
        row(DaErogare, Operatore, Annulla, Any, UntilStart, Annullato),
        row(DaErogare, Operatore, SegnaErogato, Any, FromStart, Erogato),
        row(
            DaErogare,
            Operatore,
            SegnaAssente,
            Any,
            FromStart,
            NonPresentato,
        ),
        row(
            Erogato,
            Operatore,
            SegnaAssente,
            Any,
            ToCorrect,
            NonPresentato,
        ),
        row(
            NonPresentato,
            Operatore,
            SegnaErogato,
            Any,
            ToCorrect,
            Erogato,
        ),
    ]
};

/// What the table needs to know of an appointment now.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Where it stands.
    pub stato: StatoAppuntamento,
    /// Whether it is a summons.
    pub convocazione: bool,
    /// Whether the citizen has confirmed.
    pub confermata: bool,
    /// Whether the citizen has justified an absence.
    pub giustificata: bool,
    /// Whether the citizen waits for an earlier place.
    pub in_attesa: bool,
    /// Its beginning.
    pub inizio: Timestamp,
    /// Last instant to move it online.
    pub spostabile_fino_a: Timestamp,
    /// Last instant to cancel it online.
    pub disdicibile_fino_a: Timestamp,
    /// Now.
    pub now: Timestamp,
}

impl Moment {
    /// Whether a row is about this appointment, whatever the time.
    fn fits(&self, row: &Transition) -> bool {
        let kind = match row.kind {
            Kind::Any => true,
            Kind::Booked => !self.convocazione,
            Kind::Summons => self.convocazione,
        };
        let left_to_do = match row.action {
            AzioneAppuntamento::Conferma => !self.confermata,
            AzioneAppuntamento::Giustifica => !self.giustificata,
            AzioneAppuntamento::Attendi => !self.in_attesa,
            AzioneAppuntamento::NonAttendere => self.in_attesa,
            _ => true,
        };
        row.from == self.stato && kind && left_to_do
    }

    /// Whether now is the time for a row, and if not, on which side it lies.
    fn in_time(&self, when: When) -> Result<(), Refusal> {
        let until = |allowed: bool| allowed.then_some(()).ok_or(Refusal::TooLate);
        let from_start = || {
            (self.now >= self.inizio)
                .then_some(())
                .ok_or(Refusal::TooEarly)
        };
        let next_day = || calendar::rome_date(self.now) <= justify_by(self.inizio);
        match when {
            When::UntilMoveLimit => until(self.now <= self.spostabile_fino_a),
            When::UntilCancelLimit => until(self.now <= self.disdicibile_fino_a),
            When::UntilStart => until(self.now < self.inizio),
            When::UntilNextDay => until(next_day()),
            When::FromStart => from_start(),
            When::ToCorrect => from_start().and_then(|()| until(next_day())),
        }
    }

    /// The state that an action leads to.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotAllowed`] when the table has no such row for this appointment, [`Refusal::TooLate`] and
    /// [`Refusal::TooEarly`] when it has one but not now.
    pub fn attempt(
        &self,
        actor: Actor,
        action: AzioneAppuntamento,
    ) -> Result<StatoAppuntamento, Refusal> {
        let row = TRANSITIONS
            .iter()
            .find(|row| row.actor == actor && row.action == action && self.fits(row))
            .ok_or(Refusal::NotAllowed)?;
        self.in_time(row.when)?;
        Ok(row.to)
    }

    /// What the actor may do now, in the order of the table.
    #[must_use]
    pub fn permitted(&self, actor: Actor) -> Vec<AzioneAppuntamento> {
        TRANSITIONS
            .iter()
            .filter(|row| row.actor == actor && self.fits(row) && self.in_time(row.when).is_ok())
            .map(|row| row.action)
            .collect()
    }
}

/// Last day to justify an absence: the day after the appointment, in Rome (nota MLPS 39/3374 of 2016).
#[must_use]
pub fn justify_by(inizio: Timestamp) -> Date {
    calendar::rome_date(inizio).saturating_add(1.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use AzioneAppuntamento as A;
    use StatoAppuntamento as S;

    fn at(stato: S, convocazione: bool, now: &str) -> Moment {
        Moment {
            stato,
            convocazione,
            confermata: false,
            giustificata: false,
            in_attesa: false,
            inizio: "2026-12-01T08:00:00Z".parse().unwrap(),
            spostabile_fino_a: "2026-11-30T08:00:00Z".parse().unwrap(),
            disdicibile_fino_a: "2026-11-30T08:00:00Z".parse().unwrap(),
            now: now.parse().unwrap(),
        }
    }

    #[test]
    fn nothing_leads_out_of_a_cancelled_appointment() {
        assert!(TRANSITIONS.iter().all(|row| !row.from.is_final()));
    }

    #[test]
    fn every_state_can_be_reached_and_every_action_taken() {
        for stato in S::ALL {
            assert!(
                stato == S::DaErogare || TRANSITIONS.iter().any(|row| row.to == stato),
                "{stato:?}"
            );
        }
        for action in A::ALL {
            assert!(
                TRANSITIONS.iter().any(|row| row.action == action),
                "{action:?}"
            );
        }
    }

    #[test]
    fn one_action_in_one_state_leads_to_one_place() {
        for (n, a) in TRANSITIONS.iter().enumerate() {
            for b in &TRANSITIONS[n + 1..] {
                assert!((a.from, a.actor, a.action) != (b.from, b.actor, b.action));
            }
        }
    }

    #[test]
    fn a_booking_is_moved_and_cancelled_until_its_limit() {
        let before = at(S::DaErogare, false, "2026-11-30T08:00:00Z");
        assert_eq!(
            before.permitted(Actor::Cittadino),
            [A::Sposta, A::Disdici, A::Attendi]
        );
        assert_eq!(
            before.attempt(Actor::Cittadino, A::Disdici),
            Ok(S::Disdetto)
        );
        let after = at(S::DaErogare, false, "2026-11-30T08:00:01Z");
        assert!(after.permitted(Actor::Cittadino).is_empty());
        for action in [A::Sposta, A::Disdici, A::Attendi] {
            assert_eq!(
                after.attempt(Actor::Cittadino, action),
                Err(Refusal::TooLate)
            );
        }
    }

    #[test]
    fn a_summons_is_never_cancelled_by_the_citizen() {
        let summons = at(S::DaErogare, true, "2026-11-20T08:00:00Z");
        assert_eq!(
            summons.permitted(Actor::Cittadino),
            [A::Conferma, A::Sposta, A::Giustifica, A::Attendi]
        );
        assert_eq!(
            summons.attempt(Actor::Cittadino, A::Disdici),
            Err(Refusal::NotAllowed)
        );
        let confirmed = Moment {
            confermata: true,
            giustificata: true,
            ..summons
        };
        assert_eq!(
            confirmed.permitted(Actor::Cittadino),
            [A::Sposta, A::Attendi]
        );
    }

    #[test]
    fn an_absence_is_justified_until_the_end_of_the_following_day_in_rome() {
        let justify =
            |now| at(S::NonPresentato, true, now).attempt(Actor::Cittadino, A::Giustifica);
        assert_eq!(justify("2026-12-02T22:59:59Z"), Ok(S::NonPresentato));
        assert_eq!(justify("2026-12-02T23:00:00Z"), Err(Refusal::TooLate));
        let booked = at(S::NonPresentato, false, "2026-12-01T12:00:00Z");
        assert_eq!(
            booked.attempt(Actor::Cittadino, A::Giustifica),
            Err(Refusal::NotAllowed)
        );
    }

    #[test]
    fn nobody_is_marked_before_the_time() {
        for action in [A::SegnaErogato, A::SegnaAssente] {
            let before = at(S::DaErogare, false, "2026-12-01T07:59:59Z");
            assert_eq!(
                before.attempt(Actor::Operatore, action),
                Err(Refusal::TooEarly)
            );
            let then = at(S::DaErogare, false, "2026-12-01T08:00:00Z");
            assert!(then.attempt(Actor::Operatore, action).is_ok());
        }
    }

    #[test]
    fn a_slip_of_the_desk_is_put_right_until_the_next_day() {
        let correct =
            |now| at(S::NonPresentato, false, now).attempt(Actor::Operatore, A::SegnaErogato);
        assert_eq!(correct("2026-12-02T10:00:00Z"), Ok(S::Erogato));
        assert_eq!(correct("2026-12-03T10:00:00Z"), Err(Refusal::TooLate));
    }

    #[test]
    fn what_waits_can_stop_waiting() {
        let waiting = Moment {
            in_attesa: true,
            ..at(S::DaErogare, false, "2026-11-30T09:00:00Z")
        };
        assert_eq!(waiting.permitted(Actor::Cittadino), [A::NonAttendere]);
        assert_eq!(
            waiting.attempt(Actor::Cittadino, A::Attendi),
            Err(Refusal::NotAllowed)
        );
    }
}
