// SPDX-License-Identifier: EUPL-1.2
//! Whether a configuration of offices is sound: what a mistake in it would do to people is found before it runs.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};
use jiff::civil::{Date, Time};

use super::{Orario, Rete, Sede};
use crate::{prestazioni, slots::MOST_PLACES};

impl Rete {
    /// Everything that is wrong with the configuration, in English for whoever keeps the file; empty when it is sound.
    /// `comuni` are the Belfiore codes of the Region's comuni of today.
    #[must_use]
    pub fn faults(&self, comuni: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        let mut codes = BTreeSet::new();
        let mut served: BTreeMap<&str, &str> = BTreeMap::new();
        for sede in &self.sedi {
            if !is_code(&sede.codice) || !codes.insert(sede.codice.as_str()) {
                faults.push(format!("{}: not a code, or twice there", sede.codice));
            }
            for comune in &sede.comuni {
                if let Some(other) = served.insert(comune, &sede.codice) {
                    faults.push(format!("{comune}: served by {other} and {}", sede.codice));
                }
            }
        }
        let known: BTreeSet<&str> = comuni.iter().copied().collect();
        let missing = known.iter().filter(|code| !served.contains_key(*code));
        faults.extend(missing.map(|code| format!("{code}: no office serves it")));
        let foreign = served.keys().filter(|code| !known.contains(*code));
        faults.extend(foreign.map(|code| format!("{code}: not a comune of the Region today")));
        for sede in &self.sedi {
            let mut own = Vec::new();
            sede.find_faults(&codes, &mut own);
            faults.extend(own.iter().map(|fault| format!("{}: {fault}", sede.codice)));
        }
        for service in prestazioni::PRESTAZIONI {
            let offered = self.sedi.iter().flat_map(|sede| &sede.gruppi);
            if !offered
                .clone()
                .any(|group| has(&group.servizi, service.codice))
            {
                faults.push(format!("{}: no office takes it", service.codice));
            }
        }
        let groups = self.sedi.iter().flat_map(|sede| &sede.gruppi);
        let groups: BTreeSet<&str> = groups.map(|group| group.codice.as_str()).collect();
        let named = |code: &&str| {
            self.gruppi
                .get(*code)
                .is_some_and(|name| !name.it.trim().is_empty() && !name.en.trim().is_empty())
        };
        let nameless = groups.iter().filter(|code| !named(code));
        faults.extend(nameless.map(|code| format!("{code}: a group without a name")));
        for code in self.varianti.keys() {
            if prestazioni::find(code).is_none() {
                faults.push(format!("{code}: varies a service that does not exist"));
            }
        }
        let falling = self.promemoria_ore.is_sorted_by(|a, b| a > b);
        if !falling || self.offerta_minuti == 0 {
            faults.push("reminders have to fall, offers have to last".into());
        }
        faults
    }
}

impl Sede {
    fn find_faults(&self, offices: &BTreeSet<&str>, faults: &mut Vec<String>) {
        if !has(&self.comuni, &self.comune) {
            faults.push("does not serve the comune where it stands".into());
        }
        let empty = [
            &self.nome,
            &self.indirizzo,
            &self.telefono,
            &self.email,
            &self.pec,
            &self.responsabile,
            &self.come_arrivare.it,
            &self.come_arrivare.en,
            &self.accessibilita.it,
            &self.accessibilita.en,
        ];
        if empty.iter().any(|text| text.trim().is_empty()) || self.cap.len() != 5 {
            faults.push("something that people need is empty".into());
        }
        if !(35.0..=47.5).contains(&self.lat) || !(6.5..=18.6).contains(&self.lon) {
            faults.push("does not stand in Italy".into());
        }
        for near in &self.vicine {
            if *near == self.codice || !offices.contains(near.as_str()) {
                faults.push(format!("{near} is not a neighbour"));
            }
        }
        // A leap year, so that 29 February may be the day of a saint.
        if let Some((month, day)) = self.patrono
            && Date::new(2028, month, day).is_err()
        {
            faults.push("the day of the patron does not exist".into());
        }
        find_hour_faults(&self.orari, faults);
        if self.orari.is_empty() || self.gruppi.is_empty() {
            faults.push("is never open, or has nobody".into());
        }
        for closure in &self.chiusure {
            if closure.dal > closure.al || closure.motivo.trim().is_empty() {
                faults.push(format!("the closure from {} is not one", closure.dal));
            }
        }
        let mut groups = BTreeSet::new();
        for group in &self.gruppi {
            if !is_code(&group.codice) || !groups.insert(group.codice.as_str()) {
                faults.push(format!("{}: not a code, or twice there", group.codice));
            }
            if !(1..=MOST_PLACES).contains(&group.sportelli) || group.servizi.is_empty() {
                faults.push(format!(
                    "{}: no desks, too many, or no services",
                    group.codice
                ));
            }
            find_hour_faults(&group.orari, faults);
            if !within(&group.orari, &self.orari) {
                faults.push(format!(
                    "{}: receives while the office is closed",
                    group.codice
                ));
            }
            self.find_service_faults(group, faults);
        }
    }

    fn find_service_faults(&self, group: &super::Gruppo, faults: &mut Vec<String>) {
        for code in &group.servizi {
            let Some(service) = prestazioni::find(code) else {
                faults.push(format!("{}: {code} is not a service", group.codice));
                continue;
            };
            let hours = if group.orari.is_empty() {
                &self.orari
            } else {
                &group.orari
            };
            let whole = i64::from(service.durata + service.pausa) * 60;
            let fits = |(from, to): &(Time, Time)| to.duration_since(*from).as_secs() >= whole;
            if !hours.iter().flat_map(|day| &day.fasce).any(fits) {
                faults.push(format!(
                    "{}: {code} never fits into the hours",
                    group.codice
                ));
            }
            let ways = &group.modalita;
            if !ways.is_empty() && !service.modalita.iter().any(|way| ways.contains(way)) {
                faults.push(format!("{}: {code} in no way", group.codice));
            }
            let seats = self.aule.iter().map(|room| room.posti).max().unwrap_or(0);
            if service.laboratorio.is_some() && (group.servizi.len() > 1 || seats < group.sportelli)
            {
                faults.push(format!("{}: {code} wants a room and a group", group.codice));
            }
        }
    }
}

/// Hours on quarters of an hour, in order, not overlapping, each weekday once.
fn find_hour_faults(hours: &[Orario], faults: &mut Vec<String>) {
    let mut days = BTreeSet::new();
    for day in hours {
        let sunday = day.giorno == 7;
        if !(1..=7).contains(&day.giorno) || sunday || !days.insert(day.giorno) {
            faults.push(format!("weekday {} is wrong or twice there", day.giorno));
        }
        let mut last = None;
        for (from, to) in &day.fasce {
            let quarter = |time: &Time| time.minute() % 15 == 0 && time.second() == 0;
            if from >= to || last.is_some_and(|last| last > from) || !quarter(from) || !quarter(to)
            {
                faults.push(format!("{from} to {to} on weekday {} is wrong", day.giorno));
            }
            last = Some(to);
        }
    }
}

/// Whether each span of the inner hours lies within one of the outer ones.
fn within(inner: &[Orario], outer: &[Orario]) -> bool {
    inner.iter().all(|day| {
        let open = outer.iter().filter(|other| other.giorno == day.giorno);
        day.fasce.iter().all(|(from, to)| {
            open.clone()
                .flat_map(|other| &other.fasce)
                .any(|(opens, closes)| opens <= from && to <= closes)
        })
    })
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known == code)
}

#[cfg(test)]
mod tests;
