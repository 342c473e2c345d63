// SPDX-License-Identifier: EUPL-1.2
//! Who the person is and how to reach them.

use base64ct::{Base64, Encoding};
use contract::cv::words::Language;
use serde_json::{Value, json};

use crate::exchange::codes;
use crate::exchange::record::{Record, put, put_list};
use crate::exchange::xml::Node;

pub(super) fn person(
    person: &Node,
    language: Language,
    basics: &mut Record,
    languages: &mut Vec<Value>,
) {
    if let Some(name) = person.child("PersonName") {
        let given = name.text(&["GivenName"]);
        let family = name.text(&["FamilyName"]);
        let whole: Vec<&str> = given.into_iter().chain(family).collect();
        put(basics, "name", Some(&whole.join(" ")));
        put(basics, "x_family_name", family);
    }
    let mut profiles: Vec<Value> = Vec::new();
    for contact in person.all("Communication") {
        contact_of(contact, basics, &mut profiles);
    }
    put_list(basics, "profiles", profiles);
    put(basics, "x_birth_date", person.text(&["BirthDate"]));
    let nations: Vec<String> = person
        .all("NationalityCode")
        .filter_map(Node::take)
        .map(|code| codes::nationality(code, language))
        .collect();
    put(basics, "x_nationality", Some(&nations.join(", ")));
    for tongue in person.all("PrimaryLanguageCode") {
        if let Some(name) = tongue.take() {
            let name = codes::language_name(name, language);
            languages.push(json!({ "language": name, "x_mother": true }));
        }
    }
}

fn contact_of(contact: &Node, basics: &mut Record, profiles: &mut Vec<Value>) {
    if let Some(address) = contact.child("Address") {
        if !basics.contains_key("location") {
            contact.all("UseCode").for_each(Node::skip);
            contact.all("OtherTitle").for_each(Node::skip);
            basics.insert("location".into(), location(address).into());
        }
        return;
    }
    // Looked at without taking, so that a second number is listed with all it says.
    let kind = contact.child("ChannelCode").map(|code| {
        code.skip();
        code.take().unwrap_or_default()
    });
    match kind {
        Some("Email") if !basics.contains_key("email") => {
            put(basics, "email", contact.text(&["URI"]));
        }
        Some("Web") if !basics.contains_key("url") => {
            put(basics, "url", contact.text(&["URI"]));
        }
        Some("Telephone") if !basics.contains_key("phone") => {
            contact.all("CountryCode").for_each(Node::skip);
            contact.all("UseCode").for_each(Node::skip);
            let number = contact.text(&["DialNumber"]).unwrap_or_default();
            let phone = match contact.text(&["CountryDialing"]) {
                Some(country) => format!("+{} {number}", country.trim_start_matches('+')),
                None => number.into(),
            };
            put(basics, "phone", Some(&phone));
        }
        Some("Email" | "Telephone") => {}
        _ => {
            let network = contact.text(&["OtherTitle"]).or(contact.text(&["UseCode"]));
            contact.all("UseCode").for_each(Node::skip);
            let mut profile = Record::new();
            put(&mut profile, "network", network);
            if let Some(uri) = contact.text(&["URI"]) {
                let key = if uri.contains('.') { "url" } else { "username" };
                put(&mut profile, key, Some(uri));
                profiles.push(profile.into());
            }
        }
    }
}

fn location(address: &Node) -> Record {
    let mut location = Record::new();
    let lines: Vec<&str> = address.all("AddressLine").filter_map(Node::take).collect();
    put(&mut location, "address", Some(&lines.join(", ")));
    put(&mut location, "postalCode", address.text(&["PostalCode"]));
    let city = address.text(&["CityName"]).unwrap_or_default();
    // `Bologna (BO)` is how a province travels: they have no field for it.
    let province = city
        .strip_suffix(')')
        .and_then(|city| city.rsplit_once(" ("));
    match province {
        Some((city, province)) if province.len() == 2 => {
            put(&mut location, "city", Some(city));
            put(&mut location, "region", Some(province));
        }
        _ => put(&mut location, "city", Some(city)),
    }
    let country = address.text(&["CountryCode"]).map(str::to_ascii_uppercase);
    put(&mut location, "countryCode", country.as_deref());
    location
}

/// The profile picture: a `data:` URL, or bytes, wrapped once more in base 64.
pub(super) fn photo(attachment: &Node) -> Option<String> {
    let kind = attachment.text(&["FileType"])?;
    let instructions = attachment.text(&["Instructions"]);
    if kind != "photo" && instructions != Some("ProfilePicture") {
        return None;
    }
    let packed: String = attachment
        .text(&["EmbeddedData"])?
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let bytes = Base64::decode_vec(&packed).ok()?;
    match String::from_utf8(bytes) {
        Ok(url) if url.starts_with("data:") => Some(url.replace("image/jpg;", "image/jpeg;")),
        _ if packed.starts_with("iVBOR") => Some(format!("data:image/png;base64,{packed}")),
        _ => Some(format!("data:image/jpeg;base64,{packed}")),
    }
}
