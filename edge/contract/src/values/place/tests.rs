// SPDX-License-Identifier: EUPL-1.2
//! The list of places as it is published: looked up, searched, and held against its source tables.

use super::*;
use jiff::civil::date;

const TEXT: &str = include_str!("../../../../../public/data/luoghi.txt");

fn places() -> &'static Places<'static> {
    static PLACES: std::sync::OnceLock<Places<'static>> = std::sync::OnceLock::new();
    PLACES.get_or_init(|| Places::parse(TEXT).unwrap())
}

#[track_caller]
fn finds(typed: &str, first: &str) {
    let found = places().search(typed, 8);
    assert_eq!(
        found.first().map(Place::label).as_deref(),
        Some(first),
        "{typed}: {found:?}"
    );
}

#[test]
fn a_comune_has_its_province_and_postal_codes() {
    let bologna = places().by_belfiore("A944").unwrap();
    assert_eq!(bologna.label(), "Bologna (BO)");
    assert_eq!(
        (bologna.cap_list().next(), bologna.cap_list().count()),
        (Some("40121"), 19)
    );
    assert_eq!(
        places().by_belfiore("A952").unwrap().label(),
        "Bolzano/Bozen (BZ)"
    );
    assert_eq!(places().state("Z100").unwrap().label(), "Albania");
}

#[test]
fn unknown_and_ended_places_are_not_found() {
    for code in [
        "", "A", "A00", "A0011", "X999", "Z100", "A002", "àà", "a944",
    ] {
        assert_eq!(places().by_belfiore(code), None, "{code}");
    }
    // Czechoslovakia ended; a comune is no State.
    for code in ["Z105", "A944", "Z999", ""] {
        assert_eq!(places().state(code), None, "{code}");
    }
}

#[test]
fn another_text_is_refused() {
    for text in [
        "",
        "<!doctype html>",
        "luoghi 2\n>BO\n",
        "luoghi 1\nxy\n",
        "luoghi 1\nabèBologna\n",
    ] {
        assert!(Places::parse(text).is_none(), "{text}");
    }
}

#[test]
fn every_comune_of_the_table_is_there() {
    let places = places();
    let mut comuni = 0;
    for line in include_str!("../../../data/comuni.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[8].is_empty() {
            let place = places
                .by_belfiore(cells[0])
                .unwrap_or_else(|| panic!("{line}"));
            assert_eq!(place.name.to_lowercase(), cells[1].to_lowercase());
            assert_eq!((place.province, place.caps), (cells[3], cells[6]));
            comuni += 1;
        } else if cells[8] >= "1900-01-01" && cells[0] != "ND" {
            let last: Date = cells[8].parse().unwrap();
            assert!(places.born(cells[0], last).is_some(), "{line}");
        }
    }
    assert_eq!((comuni, places.comuni.len()), (7894, 7894));
}

#[test]
fn who_was_born_there_finds_the_name_of_the_day() {
    let places = places();
    assert_eq!(places.born("A001", date(1920, 5, 1)), Some("Abano"));
    assert_eq!(places.born("A001", date(1980, 5, 1)), Some("Abano Terme"));
    assert_eq!(places.born("A944", date(1931, 5, 1)), Some("Bologna"));
    assert_eq!(
        places.born("Z105", date(1980, 5, 1)),
        Some("Cecoslovacchia")
    );
    assert_eq!(places.born("Z105", date(1994, 5, 1)), None);
    // Abbadia Sopra Adda ended on 6 March 1928, Castegnero Nanto begins on 21 February 2026.
    assert!(places.born("A002", date(1928, 3, 6)).is_some());
    assert_eq!(places.born("A002", date(1928, 3, 7)), None);
    assert_eq!(places.born("M439", date(2026, 2, 20)), None);
    assert!(places.born("M439", date(2026, 2, 21)).is_some());
    assert_eq!(places.born("X999", date(1980, 5, 1)), None);
}

#[test]
fn postal_codes_fit_or_not() {
    let places = places();
    assert!(places.cap_fits("40121", "A944"));
    assert!(!places.cap_fits("00118", "A944"));
    // Cagliari: not known, but in Sardinia; an unknown comune is refused elsewhere.
    assert!(places.cap_fits("09121", "B354") && !places.cap_fits("40121", "B354"));
    assert!(places.cap_fits("36020", "M439") && places.cap_fits("40121", "X999"));
}

#[test]
fn the_best_comes_first() {
    finds("bologna", "Bologna (BO)");
    finds("  BOLOGNA (bo) ", "Bologna (BO)");
    finds("bol", "Bologna (BO)");
    finds("rom", "Roma (RM)");
    finds("mil", "Milano (MI)");
    finds("como", "Como (CO)");
    finds("reggio emilia", "Reggio nell'Emilia (RE)");
    finds("Reggio nell’Emilia", "Reggio nell'Emilia (RE)");
    finds("emilia reggio", "Reggio nell'Emilia (RE)");
    finds("reggio calabria", "Reggio di Calabria (RC)");
    finds("forli", "Forlì (FC)");
    finds("FORLÌ", "Forlì (FC)");
    finds("laquila", "L'Aquila (AQ)");
    finds("l aquila", "L'Aquila (AQ)");
    finds("bozen", "Bolzano/Bozen (BZ)");
    finds("persiceto", "San Giovanni in Persiceto (BO)");
    finds("castro bg", "Castro (BG)");
    finds("castro le", "Castro (LE)");
    finds("ro", "Roma (RM)");
    finds("rho", "Rho (MI)");
}

#[test]
fn one_slip_is_forgiven() {
    finds("bolonga", "Bologna (BO)");
    finds("milno", "Milano (MI)");
    finds("pallermo", "Palermo (PA)");
    finds("regio emilia", "Reggio nell'Emilia (RE)");
    assert!(
        places().search("rmoa", 8).is_empty(),
        "four letters are too few"
    );
    assert!(places().search("xyzzy", 8).is_empty());
}

#[test]
fn odd_queries_find_nothing_and_cost_nothing() {
    for typed in ["", "   ", "'", "/", "()", "李", &"a".repeat(100_000)] {
        assert!(places().search(typed, 8).is_empty());
    }
    assert_eq!(places().search("a", 5).len(), 5);
    assert!(places().search("bologna", 0).is_empty());
}

#[test]
fn states_are_found_in_two_languages() {
    let first = |typed: &str| {
        places()
            .search_states(typed, 5)
            .first()
            .map(|place| place.name)
    };
    assert_eq!(first("germania"), Some("Germania"));
    assert_eq!(first("Germany"), Some("Germania"));
    assert_eq!(first("morocco"), Some("Marocco"));
    assert_eq!(first("peru"), Some("Perù"));
    assert_eq!(first("costa avorio"), Some("Costa d'Avorio"));
    assert_eq!(first("cecoslovacchia"), None);
}

#[test]
fn states_are_found_by_what_people_call_them() {
    for (typed, name) in [
        ("cina", "Repubblica Popolare Cinese"),
        ("olanda", "Paesi Bassi"),
        ("corea del sud", "Repubblica di Corea"),
        ("south korea", "Repubblica di Corea"),
        ("russia", "Federazione Russa"),
        ("usa", "Stati Uniti d'America"),
        ("niger", "Niger"),
    ] {
        let found = places().search_states(typed, 5)[0];
        assert_eq!((found.name, found.label().as_str()), (name, name));
    }
    assert_eq!(
        places().state("Z214").map(|state| state.other_name),
        Some("North Korea")
    );
}

#[test]
fn births_are_searched_on_their_day() {
    let first = |typed, on| {
        places()
            .search_births(typed, on, 5)
            .first()
            .map(|place| place.belfiore)
    };
    assert_eq!(first("abbadia sopra adda", date(1920, 1, 1)), Some("A002"));
    assert_ne!(first("abbadia sopra adda", date(1930, 1, 1)), Some("A002"));
    assert_eq!(first("cecoslovacchia", date(1970, 1, 1)), Some("Z105"));
}
