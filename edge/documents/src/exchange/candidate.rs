// SPDX-License-Identifier: EUPL-1.2
//! Europass as of today: the `Candidate` document 4.0, which its PDFs carry. No schema of it is published; what stands
//! here was learned from files and from what others have written about them. Sections of ours that it does not have
//! travel as its free sections (`Others`) under our headings, and are known again by them.

mod read;
mod write;

pub(super) use read::read;
pub(crate) use write::attachment;
pub use write::write;

/// How a section of ours stands in a list of activities of theirs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Activity {
    /// Our section.
    pub(super) section: &'static str,
    /// Their list and one item of it; `Others` for a free section.
    pub(super) group: &'static str,
    pub(super) item: &'static str,
    /// Our fields: the title, for or from whom (a bold line of theirs), text, points, place, begin, end, web address.
    pub(super) title: &'static str,
    pub(super) who: &'static str,
    pub(super) text: &'static str,
    pub(super) points: &'static str,
    pub(super) place: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) url: &'static str,
}

const OTHER: Activity = Activity {
    section: "",
    group: "Others",
    item: "Other",
    title: "title",
    who: "",
    text: "summary",
    points: "",
    place: "",
    from: "startDate",
    to: "endDate",
    url: "url",
};

/// Sections that have a list of their own there.
pub(super) const LISTS: &[Activity] = &[
    Activity {
        section: "interests",
        group: "HobbiesAndInterests",
        item: "HobbyOrInterest",
        title: "name",
        text: "x_summary",
        points: "keywords",
        ..OTHER
    },
    Activity {
        section: "projects",
        group: "Projects",
        item: "Project",
        title: "name",
        who: "entity",
        text: "description",
        points: "highlights",
        ..OTHER
    },
    Activity {
        section: "volunteer",
        group: "VoluntaryWorks",
        item: "VoluntaryWork",
        title: "position",
        who: "organization",
        points: "highlights",
        place: "x_location",
        ..OTHER
    },
    Activity {
        section: "certificates",
        group: "CourseCertifications",
        item: "CourseCertification",
        title: "name",
        who: "issuer",
        text: "x_summary",
        from: "date",
        to: "x_expires",
        ..OTHER
    },
];

/// Sections that become free ones.
pub(super) const FREE: &[Activity] = &[
    Activity {
        section: "x_desired",
        title: "name",
        place: "area",
        ..OTHER
    },
    Activity {
        section: "x_training",
        who: "institution",
        place: "location",
        ..OTHER
    },
    Activity {
        section: "awards",
        who: "awarder",
        from: "date",
        to: "",
        ..OTHER
    },
    Activity {
        section: "publications",
        title: "name",
        who: "publisher",
        from: "releaseDate",
        to: "",
        ..OTHER
    },
    Activity {
        section: "references",
        title: "name",
        who: "x_role",
        text: "reference",
        ..OTHER
    },
];

/// A section that the person added.
pub(super) const OWN: Activity = Activity {
    who: "subtitle",
    points: "highlights",
    place: "location",
    ..OTHER
};

/// Lists of theirs that become sections of the person's own, with the name that these get.
pub(super) const THEIRS: &[(&str, contract::cv::words::Words)] = &[
    (
        "ConferencesAndSeminars",
        contract::cv::words::words("Convegni e seminari", "Conferences and seminars"),
    ),
    (
        "NetworksAndMemberships",
        contract::cv::words::words("Reti e associazioni", "Networks and memberships"),
    ),
    (
        "CreativeWorks",
        contract::cv::words::words("Opere creative", "Creative works"),
    ),
    (
        "SocialAndPoliticalActivities",
        contract::cv::words::words("Attività sociali", "Social activities"),
    ),
];

/// Their five scores of a language, in the order of [`contract::cv::words::LANGUAGE_SKILLS`].
pub(super) const SCORES: [&str; 5] = [
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
];
