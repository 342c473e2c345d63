// SPDX-License-Identifier: EUPL-1.2
//! Names of languages and nationalities for the codes of Europass (ISO 639, ISO 3166). Only those that are met often;
//! for the others the code or the name itself goes through.

use contract::cv::words::Language;

/// ISO 639-2/B, ISO 639-2/T, ISO 639-1, Italian, English.
const LANGUAGES: &[[&str; 5]] = &[
    ["alb", "sqi", "sq", "Albanese", "Albanian"],
    ["amh", "amh", "am", "Amarico", "Amharic"],
    ["ara", "ara", "ar", "Arabo", "Arabic"],
    ["ben", "ben", "bn", "Bengalese", "Bengali"],
    ["bos", "bos", "bs", "Bosniaco", "Bosnian"],
    ["bul", "bul", "bg", "Bulgaro", "Bulgarian"],
    ["cat", "cat", "ca", "Catalano", "Catalan"],
    ["chi", "zho", "zh", "Cinese", "Chinese"],
    ["cze", "ces", "cs", "Ceco", "Czech"],
    ["dan", "dan", "da", "Danese", "Danish"],
    ["dut", "nld", "nl", "Olandese", "Dutch"],
    ["eng", "eng", "en", "Inglese", "English"],
    ["est", "est", "et", "Estone", "Estonian"],
    ["fin", "fin", "fi", "Finlandese", "Finnish"],
    ["fre", "fra", "fr", "Francese", "French"],
    ["geo", "kat", "ka", "Georgiano", "Georgian"],
    ["ger", "deu", "de", "Tedesco", "German"],
    ["gle", "gle", "ga", "Irlandese", "Irish"],
    ["gre", "ell", "el", "Greco", "Greek"],
    ["heb", "heb", "he", "Ebraico", "Hebrew"],
    ["hin", "hin", "hi", "Hindi", "Hindi"],
    ["hrv", "hrv", "hr", "Croato", "Croatian"],
    ["hun", "hun", "hu", "Ungherese", "Hungarian"],
    ["ice", "isl", "is", "Islandese", "Icelandic"],
    ["ita", "ita", "it", "Italiano", "Italian"],
    ["jpn", "jpn", "ja", "Giapponese", "Japanese"],
    ["kor", "kor", "ko", "Coreano", "Korean"],
    ["lav", "lav", "lv", "Lettone", "Latvian"],
    ["lit", "lit", "lt", "Lituano", "Lithuanian"],
    ["mac", "mkd", "mk", "Macedone", "Macedonian"],
    ["mlt", "mlt", "mt", "Maltese", "Maltese"],
    ["nor", "nor", "no", "Norvegese", "Norwegian"],
    ["pan", "pan", "pa", "Punjabi", "Punjabi"],
    ["per", "fas", "fa", "Persiano", "Persian"],
    ["pol", "pol", "pl", "Polacco", "Polish"],
    ["por", "por", "pt", "Portoghese", "Portuguese"],
    ["rum", "ron", "ro", "Rumeno", "Romanian"],
    ["rus", "rus", "ru", "Russo", "Russian"],
    ["sin", "sin", "si", "Singalese", "Sinhala"],
    ["slo", "slk", "sk", "Slovacco", "Slovak"],
    ["slv", "slv", "sl", "Sloveno", "Slovenian"],
    ["som", "som", "so", "Somalo", "Somali"],
    ["spa", "spa", "es", "Spagnolo", "Spanish"],
    ["srp", "srp", "sr", "Serbo", "Serbian"],
    ["swe", "swe", "sv", "Svedese", "Swedish"],
    ["tam", "tam", "ta", "Tamil", "Tamil"],
    ["tgl", "tgl", "tl", "Tagalog", "Tagalog"],
    ["tir", "tir", "ti", "Tigrino", "Tigrinya"],
    ["tur", "tur", "tr", "Turco", "Turkish"],
    ["ukr", "ukr", "uk", "Ucraino", "Ukrainian"],
    ["urd", "urd", "ur", "Urdu", "Urdu"],
    ["wol", "wol", "wo", "Wolof", "Wolof"],
];

/// ISO 3166-1, how Italian (feminine and masculine) and English say it.
const NATIONS: &[[&str; 4]] = &[
    ["al", "Albanese", "Albanese", "Albanian"],
    ["bd", "Bengalese", "Bengalese", "Bangladeshi"],
    ["bg", "Bulgara", "Bulgaro", "Bulgarian"],
    ["br", "Brasiliana", "Brasiliano", "Brazilian"],
    ["cn", "Cinese", "Cinese", "Chinese"],
    ["de", "Tedesca", "Tedesco", "German"],
    ["eg", "Egiziana", "Egiziano", "Egyptian"],
    ["es", "Spagnola", "Spagnolo", "Spanish"],
    ["fr", "Francese", "Francese", "French"],
    ["in", "Indiana", "Indiano", "Indian"],
    ["it", "Italiana", "Italiano", "Italian"],
    ["ma", "Marocchina", "Marocchino", "Moroccan"],
    ["md", "Moldava", "Moldavo", "Moldovan"],
    ["ng", "Nigeriana", "Nigeriano", "Nigerian"],
    ["pe", "Peruviana", "Peruviano", "Peruvian"],
    ["ph", "Filippina", "Filippino", "Filipino"],
    ["pk", "Pakistana", "Pakistano", "Pakistani"],
    ["pl", "Polacca", "Polacco", "Polish"],
    ["ro", "Rumena", "Rumeno", "Romanian"],
    ["sn", "Senegalese", "Senegalese", "Senegalese"],
    ["tn", "Tunisina", "Tunisino", "Tunisian"],
    ["ua", "Ucraina", "Ucraino", "Ukrainian"],
];

/// The name of a language for its code; what is no code stays as it is.
pub(super) fn language_name(code: &str, language: Language) -> String {
    let found = LANGUAGES.iter().find(|row| {
        row[..3]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(code))
    });
    match (found, language) {
        (Some(row), Language::Italian) => row[3].into(),
        (Some(row), Language::English) => row[4].into(),
        (None, _) => code.into(),
    }
}

/// The code (ISO 639-2/B) for a name in Italian or English.
pub(super) fn language_code(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    LANGUAGES
        .iter()
        .find(|row| row[3..].iter().any(|known| known.to_lowercase() == name))
        .map(|row| row[0])
}

/// The nationality for the code of a State; an unknown code stays, in capitals.
pub(super) fn nationality(code: &str, language: Language) -> String {
    let found = NATIONS.iter().find(|row| row[0].eq_ignore_ascii_case(code));
    match (found, language) {
        (Some(row), Language::Italian) => row[1].into(),
        (Some(row), Language::English) => row[3].into(),
        (None, _) => code.to_uppercase(),
    }
}

/// The code of a State for a nationality.
pub(super) fn nation_code(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    NATIONS
        .iter()
        .find(|row| row[1..].iter().any(|known| known.to_lowercase() == name))
        .map(|row| row[0])
}
