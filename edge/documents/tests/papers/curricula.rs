// SPDX-License-Identifier: EUPL-1.2
//! Twenty CVs of invented people, as unlike each other as those that a Centro per l'impiego sees.

use base64ct::{Base64, Encoding};
use contract::cv::Cv;
use serde_json::{Value, json};

pub(crate) fn all() -> Vec<(&'static str, Cv)> {
    let curricula = [
        ("shop-assistant", maria()),
        ("shop-assistant-in-english", in_english()),
        ("first-job", first_job()),
        ("twenty-years-of-work", long()),
        ("turkish-name", turkish()),
        (
            "jpeg-photo",
            with_photo("jpeg", include_bytes!("photo.jpg")),
        ),
        ("png-photo", with_photo("png", include_bytes!("photo.png"))),
        ("interpreter", interpreter()),
        ("own-sections-first", own_sections()),
        ("hidden-parts", hidden()),
        (
            "only-a-name",
            json!({ "basics": { "name": "Gianfranco Esposito" } }),
        ),
        ("words-without-end", endless()),
        ("one-paragraph-of-two-pages", one_paragraph()),
        ("researcher", researcher()),
        ("english-first", english_first()),
        ("tight", styled(maria(), "compact", "orange", "tight")),
        ("airy", styled(maria(), "europass", "green", "airy")),
        ("driver", driver()),
        ("many-small-sections", many_small()),
        ("letters-of-the-union", letters()),
    ];
    curricula
        .into_iter()
        .map(|(name, value)| (name, Cv::from_value(value).expect("an object")))
        .collect()
}

pub(crate) fn styled(mut cv: Value, look: &str, color: &str, density: &str) -> Value {
    cv["x_style"] = json!({ "look": look, "color": color, "density": density });
    cv
}

pub(crate) fn maria() -> Value {
    json!({
        "basics": {
            "name": "Maria Rossi", "label": "Addetta alle vendite e alla cassa",
            "email": "maria.rossi@posta.example.it", "phone": "333 1234567", "url": "www.mariarossi.example.it",
            "location": { "address": "Via Mazzini 12", "postalCode": "40137", "city": "Bologna", "region": "BO", "countryCode": "IT" },
            "profiles": [{ "network": "LinkedIn", "username": "mariarossi", "url": "https://www.linkedin.com/in/mariarossi" }],
            "x_birth_date": "1985-04-01", "x_nationality": "italiana",
            "summary": "Lavoro nel commercio da dodici anni. So gestire la cassa, il magazzino e il rapporto con i clienti anche nelle ore di punta.\nCerco un lavoro stabile a Bologna.",
            "x_en": { "label": "Sales assistant and cashier", "x_nationality": "Italian" },
            "x_consent": contract::cv::words::CONSENT.it
        },
        "x_desired": [
            { "name": "Addetta alla cassa", "contract": "permanent", "hours": "full_time", "area": "Bologna e provincia", "x_en": { "name": "Cashier", "area": "Bologna area" } },
            { "name": "Commessa", "contract": "any", "hours": "part_time" }
        ],
        "work": [
            {
                "position": "Addetta alla cassa", "name": "Coop Alleanza 3.0", "location": "Bologna", "startDate": "2019-03", "x_current": true,
                "description": "Grande distribuzione", "summary": "Cassa, assistenza ai clienti e chiusura serale in un supermercato con 18 casse.",
                "highlights": [
                    "Gestisco fino a 200 clienti al giorno con differenze di cassa sotto lo 0,1%.",
                    "Ho formato sei colleghe nuove sull'uso della cassa e delle carte fedeltà.",
                    "Preparo gli ordini dei prodotti freschi: gli sprechi del reparto sono scesi del 15% in un anno, perché controlliamo ogni mattina le scadenze."
                ],
                "x_en": { "position": "Cashier", "description": "Retail", "summary": "Till, customer service and evening closing in a supermarket with 18 tills." }
            },
            { "position": "Commessa", "name": "Libreria Minerva", "location": "Bologna", "startDate": "2014-09", "endDate": "2019-02", "summary": "Vendita e riordino.\n- Consigli di lettura\n- Inventario di 20.000 titoli", "url": "www.minerva.example.it/chi-siamo" },
            { "position": "Cameriera di sala", "name": "Trattoria da Gianni", "location": "Modena", "startDate": "2012-06", "endDate": "2014-08" }
        ],
        "education": [{ "studyType": "Diploma di ragioneria", "area": "Amministrazione e marketing", "institution": "ITC Rosa Luxemburg", "x_location": "Bologna", "startDate": "1999-09", "endDate": "2004-07", "score": "84/100", "x_level": "4" }],
        "x_training": [{ "title": "HACCP: igiene degli alimenti", "institution": "Iscom Bologna", "startDate": "2021-02", "endDate": "2021-02", "duration": "12 ore", "certificate": "Attestato con verifica" }],
        "languages": [
            { "language": "Italiano", "x_mother": true, "x_en": { "language": "Italian" } },
            { "language": "Inglese", "x_listening": "B2", "x_reading": "B2", "x_interaction": "B1", "x_production": "B1", "x_writing": "B1", "x_certificate": "Cambridge B1 Preliminary", "x_en": { "language": "English" } },
            { "language": "Francese", "fluency": "scolastico", "x_en": { "language": "French", "fluency": "school level" } }
        ],
        "x_digital": [{ "name": "Office", "level": "intermediate", "keywords": ["Word", "Excel", "posta elettronica"] }],
        "skills": [{ "name": "Relazione con i clienti", "keywords": ["ascolto", "gestione dei reclami"] }, { "name": "Organizzazione", "level": "ottima" }],
        "x_licences": [{ "category": "B", "since": "2005-05" }],
        "certificates": [{ "name": "Addetto antincendio, livello 1", "issuer": "Vigili del fuoco", "date": "2022-10", "x_expires": "2027-10" }],
        "interests": [{ "name": "Lettura", "keywords": ["gialli", "storia"] }],
        "meta": { "lastModified": "2026-11-24T10:00:00" }
    })
}

fn in_english() -> Value {
    let mut cv = styled(maria(), "modern", "blue", "normal");
    cv["x_language"] = "en".into();
    cv
}

fn first_job() -> Value {
    json!({
        "basics": { "name": "Ada Fo", "email": "ada.fo@posta.example.it", "phone": "+39 347 0001122", "location": { "city": "Ravenna" }, "summary": "Ho appena finito la scuola e voglio imparare un mestiere." },
        "x_desired": [{ "name": "Apprendista parrucchiera", "contract": "apprenticeship" }],
        "education": [{ "studyType": "Qualifica di operatrice del benessere", "institution": "CFP Ravenna", "startDate": "2022", "endDate": "2025", "x_level": "3", "courses": ["Taglio", "Colore", "Accoglienza"] }],
        "work": [{ "position": "Stage", "name": "Salone Lella", "startDate": "2025-01", "endDate": "2025-03" }],
        "x_licences": [{ "category": "AM" }],
        "x_style": { "look": "modern", "color": "violet" }
    })
}

fn long() -> Value {
    let jobs: Vec<Value> = (0..14_i32)
        .map(|n| {
            let year = 2025 - n;
            let tasks: Vec<String> = (1..=6)
                .map(|task| format!("Compito {task} dell'anno {year}: ho montato e collaudato impianti elettrici civili e industriali, rispettando i tempi e le norme di sicurezza."))
                .collect();
            json!({ "position": format!("Elettricista {}", n + 1), "name": format!("Impianti {n} S.r.l."), "location": "Forlì", "startDate": format!("{year}-01"), "endDate": format!("{year}-12"), "highlights": tasks })
        })
        .collect();
    json!({ "basics": { "name": "Mario Rossi", "label": "Elettricista", "phone": "0543 123456" }, "work": jobs, "x_style": { "look": "compact", "color": "slate" } })
}

fn turkish() -> Value {
    json!({
        "basics": { "name": "Ali Öztürk Şahin", "label": "Saldatore", "email": "ali@posta.example.it", "location": { "city": "Reggio Emilia", "address": "Via Çağrı 3" }, "x_nationality": "turca" },
        "work": [{ "position": "Saldatore MIG/MAG", "name": "Doğan İnşaat", "location": "İzmir", "startDate": "2010", "endDate": "2015" }],
        "languages": [{ "language": "Turco", "x_mother": true }, { "language": "Italiano", "x_listening": "B1", "x_reading": "A2", "x_interaction": "B1", "x_production": "A2", "x_writing": "A2" }],
        "certificates": [{ "name": "Patentino di saldatura UNI EN ISO 9606-1", "date": "2021" }],
        "x_style": { "look": "europass", "color": "teal" }
    })
}

fn with_photo(kind: &str, picture: &[u8]) -> Value {
    let mut cv = styled(
        maria(),
        if kind == "png" { "europass" } else { "modern" },
        "red",
        "normal",
    );
    let photo = format!(
        "data:image/{kind};base64,{}",
        Base64::encode_string(picture)
    );
    cv["basics"]["x_photo"] = photo.into();
    cv
}

fn interpreter() -> Value {
    let names = [
        "Inglese",
        "Francese",
        "Tedesco",
        "Spagnolo",
        "Portoghese",
        "Romeno",
        "Albanese",
        "Polacco",
        "Croato",
        "Ceco",
        "Danese",
        "Svedese",
    ];
    let levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
    let mut languages = vec![
        json!({ "language": "Italiano", "x_mother": true }),
        json!({ "language": "Sloveno", "x_mother": true }),
    ];
    languages.extend(names.iter().enumerate().map(|(n, name)| {
        let level = |shift: usize| levels[(n + shift) % 6];
        json!({ "language": name, "x_listening": level(0), "x_reading": level(1), "x_interaction": level(2), "x_production": level(3), "x_writing": level(4) })
    }));
    json!({ "basics": { "name": "Chiara Žerjal", "label": "Interprete" }, "languages": languages })
}

fn own_sections() -> Value {
    json!({
        "basics": { "name": "Teo Galli", "summary": "Attore e tecnico di palco." },
        "x_sections": [{ "x_id": "teatro", "name": "Spettacoli", "items": [
            { "title": "Il servitore di due padroni", "subtitle": "Compagnia del Sole", "location": "Ferrara", "startDate": "2023-10", "endDate": "2024-05", "summary": "Truffaldino.", "highlights": ["80 repliche", "Premio del pubblico"] },
            { "title": "Novecento" }
        ] }],
        "skills": [{ "name": "Scherma scenica" }],
        "x_order": ["x_sections/teatro", "skills"],
        "x_style": { "look": "modern", "color": "black" }
    })
}

fn hidden() -> Value {
    let mut cv = maria();
    cv["x_hidden"] = json!(["interests", "x_desired"]);
    cv["work"][1]["x_hidden"] = true.into();
    cv
}

fn endless() -> Value {
    json!({
        "basics": { "name": "Aldo Supercalifragilistichespiralidoso Precipitevolissimevolmente", "email": format!("{}@{}.example.it", "a".repeat(60), "b".repeat(60)), "url": format!("www.example.it/{}", "percorso-lungo/".repeat(15)) },
        "work": [{ "position": "Responsabile della manutenzione programmata degli impianti di sollevamento e trasporto interno di tutto lo stabilimento di produzione e dei magazzini", "name": "Ditta", "startDate": "2020-09", "endDate": "2024-12", "summary": "Hash ".to_owned() + &"0123456789abcdef".repeat(20) }]
    })
}

fn one_paragraph() -> Value {
    let text =
        "Ho lavorato in molti posti diversi e in ognuno ho imparato qualcosa di utile. ".repeat(25);
    let jobs: Vec<Value> = (0..3)
        .map(|n| json!({ "position": format!("Lavoro {n}"), "summary": text }))
        .collect();
    json!({ "basics": { "name": "Ugo Neri", "summary": text }, "work": jobs, "x_style": { "look": "europass", "density": "airy" } })
}

fn researcher() -> Value {
    let papers: Vec<Value> = (0..60)
        .map(|n| json!({ "name": format!("On the stability of layered beams under cyclic load, part {}", n + 1), "publisher": "Journal of Beams", "releaseDate": format!("{}-0{}", 2000 + n / 3, n % 9 + 1), "url": format!("doi.example.org/10.1000/{n}") }))
        .collect();
    json!({
        "basics": { "name": "Elena D’Angelo", "label": "Ingegnera strutturista", "email": "elena@universita.example.it" },
        "education": [{ "studyType": "Dottorato di ricerca", "area": "Ingegneria civile", "institution": "Università di Bologna", "endDate": "2003-05", "x_level": "8", "url": "www.unibo.example.it" }],
        "publications": papers,
        "awards": [{ "title": "Premio Rossi", "awarder": "Accademia delle Scienze", "date": "2010", "summary": "Per la ricerca sulle travi." }],
        "x_style": { "look": "compact", "color": "blue", "density": "airy" }
    })
}

fn english_first() -> Value {
    json!({
        "x_text_language": "en", "x_language": "it",
        "basics": { "name": "Grace Mensah", "label": "Care assistant", "summary": "I have looked after elderly people for six years.", "x_it": { "label": "Assistente familiare" }, "location": { "city": "Parma" } },
        "work": [{ "position": "Care assistant", "name": "Villa Serena", "startDate": "2018-02", "x_it": { "position": "Assistente familiare", "highlights": ["Igiene e pasti", "Compagnia"] }, "highlights": ["Hygiene and meals", "Company"] }],
        "languages": [{ "language": "English", "x_mother": true, "x_it": { "language": "Inglese" } }]
    })
}

fn driver() -> Value {
    json!({
        "basics": { "name": "Nicolae Bălțătescu", "label": "Autista C+E", "phone": "+39 320 1112223", "location": { "city": "Piacenza", "region": "PC" } },
        "x_licences": [{ "category": "B" }, { "category": "CE", "since": "2012-03", "until": "2027-03" }, { "category": "CQC_M", "until": "2028-09", "note": "carta tachigrafica" }],
        "certificates": [{ "name": "ADR base", "x_expires": "2028" }, { "name": "Carrelli elevatori", "issuer": "Ecipar", "date": "2020-02" }],
        "work": [{ "position": "Autista di linea", "name": "Trasporti Po", "startDate": "2015-01" }],
        "x_style": { "look": "sober", "color": "red", "density": "tight" }
    })
}

fn many_small() -> Value {
    json!({
        "basics": { "name": "Lucia Verdi" },
        "projects": [{ "name": "Orto di quartiere", "entity": "Comune di Cesena", "roles": ["coordinatrice"], "startDate": "2020", "endDate": "2021", "description": "Trenta famiglie, sei aiuole.", "keywords": ["orto", "comunità"], "type": "sociale", "url": "https://orto.example.it/" }],
        "volunteer": [{ "position": "Soccorritrice", "organization": "Croce Rossa", "x_location": "Cesena", "startDate": "2016", "summary": "Turni di notte." }],
        "awards": [{ "title": "Benemerenza", "awarder": "Comune", "date": "2022-06" }],
        "references": [{ "name": "Anna Bianchi", "x_role": "direttrice, Villa Serena", "x_contact": "anna@villa.example.it", "reference": "Puntuale e attenta." }, { "reference": "Disponibili su richiesta." }],
        "interests": [{ "name": "Coro" }, { "name": "Bicicletta", "x_summary": "Anche lunghe distanze." }],
        "work": [{ "summary": "Solo un testo, senza titolo." }, { "name": "Solo il datore" }, {}],
        "x_style": { "look": "europass", "color": "violet" }
    })
}

fn letters() -> Value {
    json!({
        "basics": { "name": "Łukasz Żółć-Đorđević", "summary": "«Così» disse, “davvero”: l’80% – cioè 8.500 € – è mio… ½ o ¾?\n▪ Għawdex, Ħamrun\n▪ Őszi, Űr\n▪ þorn, Ægir, Straße\n• Ķekava, Ņina, Ģirts, Ūla, Ėmė, Įė" },
        "work": [{ "position": "Tecnico (caffè & tè) <100> {a} [b] \\ / | ~ ^ _ # @", "name": "e\u{301} composto e ñ" }]
    })
}
