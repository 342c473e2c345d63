// SPDX-License-Identifier: EUPL-1.2
//! The table of transitions says what the law says.

use super::*;

#[test]
fn nothing_leads_out_of_a_final_state() {
    assert!(TRANSITIONS.iter().all(|row| !row.from.is_final()));
}

#[test]
fn every_state_can_be_reached_and_every_other_left() {
    for stato in Stato::ALL {
        assert!(
            stato == Stato::Protocollata || TRANSITIONS.iter().any(|row| row.to == stato),
            "{stato:?}"
        );
        assert!(
            stato.is_final() || TRANSITIONS.iter().any(|row| row.from == stato),
            "{stato:?}"
        );
    }
}

#[test]
fn what_stands_is_granted_or_can_still_be() {
    let mut standing = vec![Stato::Accolta];
    for _ in Stato::ALL {
        let before = TRANSITIONS
            .iter()
            .filter(|row| standing.contains(&row.to))
            .map(|row| row.from);
        let before: Vec<_> = before.collect();
        standing.extend(before);
    }
    for stato in Stato::ALL {
        assert_eq!(stato.stands(), standing.contains(&stato), "{stato:?}");
    }
}

#[test]
fn a_refusal_comes_only_after_a_notice() {
    for row in TRANSITIONS.iter().filter(|row| row.to == Stato::Respinta) {
        assert!(matches!(
            row.from,
            Stato::PreavvisoRigetto | Stato::Osservazioni
        ));
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
