// SPDX-License-Identifier: EUPL-1.2
//! Who the person is and how to reach them.

use super::Source;
use crate::exchange::codes;
use crate::exchange::xml::Writer;

impl Source<'_> {
    pub(super) fn name(&self, out: &mut Writer) {
        let basics = self.cv.basics();
        let name = self.plain(basics, "basics", "name").unwrap_or_default();
        let family = self.plain(basics, "basics", "x_family_name");
        let given = family.and_then(|family| name.strip_suffix(family));
        let (given, family) = match (given, family) {
            (Some(given), Some(family)) => (given.trim(), family),
            _ => name.rsplit_once(' ').unwrap_or((name, "")),
        };
        out.inside("PersonName", |out| {
            out.text("oa:GivenName", Some(given));
            out.text("hr:FamilyName", Some(family));
        });
    }

    pub(super) fn person(&self, out: &mut Writer) {
        let basics = self.cv.basics();
        self.name(out);
        let channel = |out: &mut Writer, code: &str, uri: Option<&str>| {
            if let Some(uri) = uri {
                out.inside("Communication", |out| {
                    out.text("ChannelCode", Some(code));
                    out.text("oa:URI", Some(uri));
                });
            }
        };
        channel(out, "Email", self.plain(basics, "basics", "email"));
        channel(out, "Web", self.plain(basics, "basics", "url"));
        for (index, profile) in basics.records("profiles").enumerate() {
            let path = format!("basics.profiles[{index}]");
            let url = self.plain(profile, &path, "url");
            let uri = match url {
                Some(url) => Some(url),
                None => self.plain(profile, &path, "username"),
            };
            if uri.is_some() {
                out.inside("Communication", |out| {
                    out.text("ChannelCode", Some("Social Media"));
                    out.text("UseCode", Some("other"));
                    out.text("OtherTitle", self.plain(profile, &path, "network"));
                    out.text("oa:URI", uri);
                });
            }
        }
        if let Some(phone) = self.plain(basics, "basics", "phone") {
            let (dialing, number) = match phone
                .strip_prefix('+')
                .and_then(|rest| rest.split_once(' '))
            {
                Some((country, number)) => (Some(country), number),
                None => (None, phone),
            };
            out.inside("Communication", |out| {
                out.text("ChannelCode", Some("Telephone"));
                out.text("UseCode", Some("mobile"));
                out.text("CountryDialing", dialing);
                out.text("oa:DialNumber", Some(number));
            });
        }
        out.inside("Communication", |out| {
            out.inside("Address type=\"home\"", |out| self.address(out));
        });
        if let Some(nation) = self.nation() {
            out.text("NationalityCode", Some(nation));
        }
        out.text("hr:BirthDate", self.plain(basics, "basics", "x_birth_date"));
        for (path, tongue) in self.shown("languages") {
            if tongue.flag("x_mother") {
                self.mark(|| format!("{path}.x_mother"));
                if let Some(name) = self.said(tongue, &path, "language") {
                    match codes::language_code(name) {
                        Some(code) => out.text("PrimaryLanguageCode name=\"NORMAL\"", Some(code)),
                        None => out.text("PrimaryLanguageCode name=\"FREE_TEXT\"", Some(name)),
                    }
                }
            }
        }
    }

    fn address(&self, out: &mut Writer) {
        let location = self.cv.basics().record("location");
        let path = "basics.location";
        out.text("oa:AddressLine", self.plain(location, path, "address"));
        let city = self.said(location, path, "city");
        let region = location.text("region").filter(|region| {
            region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase())
        });
        let city = match (city, region) {
            (Some(city), Some(region)) => {
                self.mark(|| format!("{path}.region"));
                Some(format!("{city} ({region})"))
            }
            (city, _) => city.map(str::to_owned),
        };
        out.text("oa:CityName", city.as_deref());
        let country = self.plain(location, path, "countryCode");
        let country = country.map(str::to_ascii_lowercase);
        out.text("CountryCode", country.as_deref());
        out.text("oa:PostalCode", self.plain(location, path, "postalCode"));
    }

    fn nation(&self) -> Option<&'static str> {
        let said = self.cv.basics().said("x_nationality", self.language)?;
        let code = codes::nation_code(said.text)?;
        self.mark(|| self.place("basics", "x_nationality", said.language));
        Some(code)
    }
}
