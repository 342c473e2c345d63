// SPDX-License-Identifier: EUPL-1.2
//! Which Centro per l'impiego is competent: the comune of domicile decides (regional practice). The offices of a test
//! installation carry example contacts; a real one replaces this table.

use documents::did::Office;

/// Provinces with an office of their own, by the name in the list of places.
const OFFICES: [(&str, &str); 9] = [
    ("BO", "Bologna"),
    ("FC", "Forlì"),
    ("FE", "Ferrara"),
    ("MO", "Modena"),
    ("PC", "Piacenza"),
    ("PR", "Parma"),
    ("RA", "Ravenna"),
    ("RE", "Reggio Emilia"),
    ("RN", "Rimini"),
];

/// The name of the office for a province; people from elsewhere go to the Region's first one.
pub(crate) fn name(province: &str) -> String {
    let town = OFFICES
        .iter()
        .find(|(code, _)| *code == province)
        .map_or("Bologna", |(_, town)| town);
    format!("CPI di {town}")
}

/// The contacts that a document shows.
pub(crate) fn contacts(name: &str) -> Office {
    let town = name.strip_prefix("CPI di ").unwrap_or(name);
    Office {
        name: format!("Centro per l'impiego di {town}"),
        address: format!("via dell'Esempio 1, {town}"),
        phone: "051 000000".into(),
        pec: "cpi@pec.agenzia.example".into(),
    }
}
