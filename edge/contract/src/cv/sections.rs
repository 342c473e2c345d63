// SPDX-License-Identifier: EUPL-1.2
//! Every section of a CV with its fields, as one table. Keys are those of JSON Resume 1.x where it has one; ours begin
//! with `x_`. The sections are those of Europass and of the regional form (`x_desired`: a CV without a desired job does
//! not become valid).

use super::field::{Field, Kind, plain, said};
use super::style::{COLORS, DENSITIES, LOOKS};
use super::words::{
    CEFR, CONTRACTS, DIGITAL_LEVELS, EQF, HOURS, LANGUAGES, LICENCES, Words, words,
};
use Kind::{Code, Day, Email, Flag, List, Long, Month, Photo, Record, Records, Text, Url};

/// A section that is a list of items.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its key in the JSON and in `x_order` and `x_hidden`.
    pub key: &'static str,
    /// Its heading on paper.
    pub title: Words,
    /// What one item is called.
    pub item: Words,
    /// The fields of an item.
    pub fields: &'static [Field],
    /// The most items.
    pub most: u16,
    /// The field by which people know an item in a list.
    pub name: &'static str,
}

/// The key by which `x_order` and `x_hidden` name the profile (`basics.summary`), which is a section on paper.
pub const PROFILE: &str = "summary";
/// Heading of the profile.
pub const PROFILE_TITLE: Words = words("Profilo", "Profile");
/// The key of the sections that the person adds; `x_order` and `x_hidden` name one as `x_sections/ID`.
pub const OWN: &str = "x_sections";

/// Fields that every item has besides those of its section.
pub const ITEM: &[Field] = &[
    plain("x_id", Text(40), "Identificativo", "Identifier"),
    plain("x_hidden", Flag, "Non stampare", "Do not print"),
    plain("x_source", Text(200), "Provenienza", "Source"),
];

const PLACE: Kind = Text(120);
const NAME: Kind = Text(160);
const ABOUT: Kind = Long(2_000);
const TASKS: Kind = List(20, 400);

const fn start() -> Field {
    plain("startDate", Month, "Inizio", "Start")
}
const fn end() -> Field {
    plain("endDate", Month, "Fine", "End")
}
const fn current() -> Field {
    plain("x_current", Flag, "In corso", "Ongoing")
}
const fn url() -> Field {
    plain("url", Url, "Sito web", "Website")
}

/// The sections, in the order in which they are printed when the person has not chosen another; the profile stands
/// before all of them.
pub const SECTIONS: &[Section] = &[
    Section {
        key: "x_desired",
        title: words("Professione desiderata", "Desired job"),
        item: words("Professione", "Job"),
        name: "name",
        most: 10,
        fields: &[
            said("name", NAME, "Professione", "Job title"),
            plain("contract", Code(CONTRACTS), "Contratto", "Contract"),
            plain("hours", Code(HOURS), "Orario", "Working hours"),
            said("area", PLACE, "Dove", "Where"),
            said("summary", Long(600), "Note", "Notes"),
        ],
    },
    Section {
        key: "work",
        title: words("Esperienze di lavoro", "Work experience"),
        item: words("Esperienza", "Job"),
        name: "position",
        most: 50,
        fields: &[
            said("position", NAME, "Mansione o ruolo", "Position"),
            plain("name", NAME, "Datore di lavoro", "Employer"),
            said("location", PLACE, "Luogo", "Place"),
            start(),
            end(),
            current(),
            said(
                "description",
                Text(300),
                "Settore o attività dell'azienda",
                "Sector or business of the employer",
            ),
            said("summary", ABOUT, "Descrizione", "Description"),
            said(
                "highlights",
                TASKS,
                "Attività e risultati",
                "Tasks and results",
            ),
            url(),
        ],
    },
    Section {
        key: "education",
        title: words("Istruzione", "Education"),
        item: words("Titolo di studio", "Qualification"),
        name: "studyType",
        most: 30,
        fields: &[
            said("studyType", NAME, "Titolo di studio", "Qualification"),
            said("area", NAME, "Indirizzo o materia", "Field of study"),
            plain(
                "institution",
                NAME,
                "Scuola o università",
                "School or university",
            ),
            said("x_location", PLACE, "Luogo", "Place"),
            start(),
            end(),
            current(),
            plain("x_level", Code(EQF), "Livello EQF", "EQF level"),
            plain("score", Text(40), "Voto", "Grade"),
            said("courses", List(30, 200), "Materie ed esami", "Courses"),
            said("x_summary", ABOUT, "Descrizione", "Description"),
            url(),
        ],
    },
    Section {
        key: "x_training",
        title: words("Formazione professionale", "Training"),
        item: words("Corso", "Course"),
        name: "title",
        most: 50,
        fields: &[
            said("title", NAME, "Corso", "Course"),
            plain("institution", NAME, "Ente", "Provider"),
            said("location", PLACE, "Luogo", "Place"),
            start(),
            end(),
            current(),
            said("duration", Text(60), "Durata", "Duration"),
            said("certificate", NAME, "Attestato", "Certificate"),
            said("summary", ABOUT, "Descrizione", "Description"),
        ],
    },
    Section {
        key: "languages",
        title: words("Lingue", "Languages"),
        item: words("Lingua", "Language"),
        name: "language",
        most: 20,
        fields: &[
            said("language", Text(60), "Lingua", "Language"),
            plain("x_mother", Flag, "Lingua madre", "Mother tongue"),
            plain("x_listening", Code(CEFR), "Ascolto", "Listening"),
            plain("x_reading", Code(CEFR), "Lettura", "Reading"),
            plain(
                "x_interaction",
                Code(CEFR),
                "Interazione orale",
                "Spoken interaction",
            ),
            plain(
                "x_production",
                Code(CEFR),
                "Produzione orale",
                "Spoken production",
            ),
            plain("x_writing", Code(CEFR), "Scrittura", "Writing"),
            said("fluency", Text(100), "Livello a parole", "Level in words"),
            said("x_certificate", NAME, "Certificazione", "Certificate"),
        ],
    },
    Section {
        key: "x_digital",
        title: words("Competenze digitali", "Digital skills"),
        item: words("Competenza digitale", "Digital skill"),
        name: "name",
        most: 40,
        fields: &[
            said("name", NAME, "Competenza o programma", "Skill or program"),
            plain("level", Code(DIGITAL_LEVELS), "Livello", "Level"),
            said("keywords", List(40, 80), "Parole chiave", "Keywords"),
            said("summary", Long(600), "Descrizione", "Description"),
        ],
    },
    Section {
        key: "skills",
        title: words("Altre competenze", "Other skills"),
        item: words("Competenza", "Skill"),
        name: "name",
        most: 40,
        fields: &[
            said("name", NAME, "Competenza", "Skill"),
            said("level", Text(60), "Livello", "Level"),
            said("keywords", List(40, 80), "Parole chiave", "Keywords"),
            said("x_summary", Long(600), "Descrizione", "Description"),
        ],
    },
    Section {
        key: "x_licences",
        title: words("Patenti di guida", "Driving licences"),
        item: words("Patente", "Licence"),
        name: "category",
        most: 20,
        fields: &[
            plain("category", Code(LICENCES), "Categoria", "Category"),
            plain("since", Month, "Rilasciata", "Issued"),
            plain("until", Month, "Scade", "Expires"),
            said("note", Text(160), "Note", "Notes"),
        ],
    },
    Section {
        key: "certificates",
        title: words("Certificati e abilitazioni", "Certificates"),
        item: words("Certificato", "Certificate"),
        name: "name",
        most: 50,
        fields: &[
            said("name", NAME, "Certificato o abilitazione", "Certificate"),
            plain("issuer", NAME, "Rilasciato da", "Issued by"),
            plain("date", Month, "Data", "Date"),
            plain("x_expires", Month, "Scade", "Expires"),
            said("x_summary", Long(600), "Descrizione", "Description"),
            url(),
        ],
    },
    Section {
        key: "projects",
        title: words("Progetti", "Projects"),
        item: words("Progetto", "Project"),
        name: "name",
        most: 40,
        fields: &[
            said("name", NAME, "Progetto", "Project"),
            plain("entity", NAME, "Per chi", "For whom"),
            said("roles", List(10, 100), "Ruoli", "Roles"),
            start(),
            end(),
            current(),
            said("description", ABOUT, "Descrizione", "Description"),
            said(
                "highlights",
                TASKS,
                "Attività e risultati",
                "Tasks and results",
            ),
            said("keywords", List(40, 80), "Parole chiave", "Keywords"),
            said("type", Text(60), "Tipo", "Type"),
            url(),
        ],
    },
    Section {
        key: "volunteer",
        title: words("Volontariato", "Volunteering"),
        item: words("Attività", "Activity"),
        name: "position",
        most: 30,
        fields: &[
            said("position", NAME, "Ruolo", "Role"),
            plain("organization", NAME, "Organizzazione", "Organisation"),
            said("x_location", PLACE, "Luogo", "Place"),
            start(),
            end(),
            current(),
            said("summary", ABOUT, "Descrizione", "Description"),
            said(
                "highlights",
                TASKS,
                "Attività e risultati",
                "Tasks and results",
            ),
            url(),
        ],
    },
    Section {
        key: "awards",
        title: words("Premi e riconoscimenti", "Honours and awards"),
        item: words("Premio", "Award"),
        name: "title",
        most: 30,
        fields: &[
            said("title", NAME, "Premio", "Award"),
            plain("awarder", NAME, "Assegnato da", "Awarded by"),
            plain("date", Month, "Data", "Date"),
            said("summary", Long(600), "Descrizione", "Description"),
        ],
    },
    Section {
        key: "publications",
        title: words("Pubblicazioni", "Publications"),
        item: words("Pubblicazione", "Publication"),
        name: "name",
        most: 100,
        fields: &[
            said("name", Text(300), "Titolo", "Title"),
            plain(
                "publisher",
                NAME,
                "Editore o rivista",
                "Publisher or journal",
            ),
            plain("releaseDate", Month, "Data", "Date"),
            said("summary", Long(600), "Descrizione", "Description"),
            url(),
        ],
    },
    Section {
        key: "references",
        title: words("Referenze", "References"),
        item: words("Referenza", "Reference"),
        name: "name",
        most: 20,
        fields: &[
            plain("name", NAME, "Nome", "Name"),
            said("x_role", NAME, "Ruolo e azienda", "Role and organisation"),
            plain(
                "x_contact",
                NAME,
                "Contatto, con il suo consenso",
                "Contact, with their consent",
            ),
            said(
                "reference",
                ABOUT,
                "Che cosa dice di te",
                "What they say of you",
            ),
        ],
    },
    Section {
        key: "interests",
        title: words("Interessi", "Interests"),
        item: words("Interesse", "Interest"),
        name: "name",
        most: 30,
        fields: &[
            said("name", NAME, "Interesse", "Interest"),
            said("keywords", List(40, 80), "Parole chiave", "Keywords"),
            said("x_summary", Long(600), "Descrizione", "Description"),
        ],
    },
];

/// The fields of an item of a section that the person adds.
pub const OWN_ITEM: &[Field] = &[
    said("title", NAME, "Titolo", "Title"),
    said("subtitle", NAME, "Sottotitolo", "Subtitle"),
    said("location", PLACE, "Luogo", "Place"),
    start(),
    end(),
    current(),
    said("summary", ABOUT, "Descrizione", "Description"),
    said("highlights", TASKS, "Elenco", "List"),
    url(),
];

/// A section that the person adds.
pub const OWN_SECTION: &[Field] = &[
    said(
        "name",
        Text(80),
        "Nome della sezione",
        "Name of the section",
    ),
    plain("items", Records(OWN_ITEM, 50), "Voci", "Items"),
];

const LOCATION: &[Field] = &[
    plain("address", NAME, "Indirizzo", "Address"),
    plain("postalCode", Text(16), "CAP", "Postcode"),
    said("city", PLACE, "Città", "City"),
    plain("region", PLACE, "Provincia o regione", "Province or region"),
    plain(
        "countryCode",
        Text(2),
        "Stato (due lettere)",
        "Country (two letters)",
    ),
];

const PROFILES: &[Field] = &[
    plain("network", Text(60), "Rete", "Network"),
    plain("username", Text(120), "Nome utente", "Username"),
    url(),
];

/// Who the person is and how to reach them.
pub const BASICS: &[Field] = &[
    plain("name", Text(120), "Nome e cognome", "Full name"),
    plain("x_family_name", Text(80), "Cognome", "Family name"),
    said(
        "label",
        Text(160),
        "Titolo professionale",
        "Professional title",
    ),
    plain("email", Email, "Email", "Email"),
    plain("phone", Text(40), "Telefono", "Phone"),
    plain("url", Url, "Sito web", "Website"),
    plain(
        "location",
        Record(LOCATION),
        "Residenza o domicilio",
        "Address",
    ),
    plain(
        "profiles",
        Records(PROFILES, 10),
        "Profili in rete",
        "Online profiles",
    ),
    said("summary", Long(2_000), "Profilo", "Profile"),
    plain(
        "image",
        Text(600),
        "Indirizzo della foto",
        "Address of the photo",
    ),
    plain("x_photo", Photo, "Foto", "Photo"),
    plain("x_birth_date", Day, "Data di nascita", "Date of birth"),
    said("x_nationality", Text(60), "Cittadinanza", "Nationality"),
    said(
        "x_consent",
        Long(600),
        "Consenso al trattamento dei dati",
        "Consent to data processing",
    ),
];

const META: &[Field] = &[
    plain("canonical", Text(300), "Origine", "Canonical address"),
    plain("version", Text(20), "Versione", "Version"),
    plain("lastModified", Day, "Ultima modifica", "Last change"),
];

/// How a CV or a letter looks.
pub const STYLE: &[Field] = &[
    plain("look", Code(LOOKS), "Aspetto", "Look"),
    plain("color", Code(COLORS), "Colore", "Colour"),
    plain("density", Code(DENSITIES), "Spazi", "Spacing"),
];

/// What stands at the root beside the sections of [`SECTIONS`].
pub const ROOT: &[Field] = &[
    plain("$schema", Text(300), "Schema", "Schema"),
    plain(
        "basics",
        Record(BASICS),
        "Dati personali",
        "Personal details",
    ),
    plain(
        OWN,
        Records(OWN_SECTION, 10),
        "Altre sezioni",
        "Other sections",
    ),
    plain("meta", Record(META), "Dati del file", "File details"),
    plain("x_title", Text(120), "Nome di questo CV", "Name of this CV"),
    plain("x_style", Record(STYLE), "Stile", "Style"),
    plain(
        "x_language",
        Code(LANGUAGES),
        "Lingua di stampa",
        "Language to print",
    ),
    plain(
        "x_text_language",
        Code(LANGUAGES),
        "Lingua dei testi",
        "Language of the texts",
    ),
    plain(
        "x_order",
        List(40, 60),
        "Ordine delle sezioni",
        "Order of the sections",
    ),
    plain(
        "x_hidden",
        List(40, 60),
        "Sezioni nascoste",
        "Hidden sections",
    ),
];

/// The section of this key.
#[must_use]
pub fn section(key: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.key == key)
}
