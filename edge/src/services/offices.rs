// SPDX-License-Identifier: EUPL-1.2
//! Which Centro per l'impiego is competent for a request: the comune of domicile decides (regional practice). Names and
//! contacts come from the configuration of the offices.

use contract::sede::Sede;
use documents::did::Office;

use super::sedi;
use crate::error::Error;

/// The competent office for a comune, and who is responsible there (artt. 4 to 6 L. 241/1990).
pub(crate) fn competent(comune: &str) -> Result<(String, String), Error> {
    let sede = sedi::competent(comune)?;
    Ok((sedi::short_name(sede), sede.responsabile.clone()))
}

/// The contacts that a document shows.
pub(crate) fn contacts(name: &str) -> Result<Office, Error> {
    sedi::named(name).map(contacts_of)
}

fn contacts_of(sede: &Sede) -> Office {
    Office {
        name: sede.nome.clone(),
        address: format!("{}, {} {}", sede.indirizzo, sede.cap, sedi::town(sede)),
        phone: sede.telefono.clone(),
        pec: sede.pec.clone(),
    }
}
