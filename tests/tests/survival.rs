// SPDX-License-Identifier: EUPL-1.2
//! What has been answered stays, whatever happens to the machine.

use tests::{MARIO, System, did, present};

#[test]
fn a_request_that_was_answered_survives_a_power_cut() {
    let system = System::start();
    let mario = system.signed_in(MARIO);
    let answer = present(&mario, &did(), "prima").expect(201).json();
    let id = answer["id"].as_str().expect("an id").to_owned();

    let system = system.crash_and_restart();
    let mario = system.signed_in(MARIO);
    let kept = mario.get(&format!("/api/pratiche/{id}")).expect(200).json();
    for field in [
        "protocollo",
        "stato",
        "presentata_il",
        "termine_il",
        "risposte",
        "eventi",
    ] {
        assert_eq!(kept[field], answer[field], "{field}");
    }
    // Whoever had no answer sends again: the key still stands for the same request.
    assert_eq!(
        present(&mario, &did(), "prima").expect(201).json()["id"],
        id.as_str()
    );
    assert_eq!(
        mario
            .get("/api/pratiche")
            .expect(200)
            .json()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_session_survives_a_restart_of_the_machine() {
    let system = System::start();
    let before = system.signed_in(MARIO);
    let token = before.cookie("sessione").expect("a session");

    let system = system.crash_and_restart();
    let call = tests::Call::get("/api/me").header("cookie", &format!("sessione={token}"));
    assert_eq!(
        system.browser().send(&call).expect(200).json()["codice_fiscale"],
        MARIO.codice_fiscale
    );
}
