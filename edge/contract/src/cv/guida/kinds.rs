// SPDX-License-Identifier: EUPL-1.2
//! The questions for each kind of letter. Sentences avoid forms that would ask whether a man or a woman writes.

use super::{Guide, Question, Words, words};

const fn question(
    id: &'static str,
    paragraph: usize,
    ask: Words,
    hint: Words,
    example: Words,
    sentence: Words,
) -> Question {
    Question {
        id,
        ask,
        hint,
        example,
        sentence,
        paragraph,
        required: false,
    }
}

const fn required(question: Question) -> Question {
    Question {
        required: true,
        ..question
    }
}

/// The first question of most kinds: which job.
const fn job(sentence: Words) -> Question {
    required(question(
        "job",
        0,
        words(
            "Per quale posto scrivi?",
            "Which job are you writing about?",
        ),
        words("Scrivi il nome del mestiere.", "Write the name of the job."),
        words("cuoca di mensa", "canteen cook"),
        sentence,
    ))
}

const WHY: Question = required(question(
    "why",
    1,
    words("Perché proprio questa azienda?", "Why this company?"),
    words(
        "Cerca sul suo sito una cosa che ti piace: un prodotto, un servizio, come lavora.",
        "Look on its website for something you like: a product, a service, the way it works.",
    ),
    words(
        "cucinate ogni giorno con prodotti del posto",
        "you cook every day with local products",
    ),
    words(
        "Mi interessa lavorare con voi perché {valore}.",
        "I would like to work with you because {valore}.",
    ),
));

const SKILLS: Question = required(question(
    "skills",
    2,
    words(
        "Che cosa sai fare che serve per questo posto?",
        "What can you do that this job needs?",
    ),
    words(
        "Comincia con un verbo e resta su due o tre cose.",
        "Begin with a verb and keep to two or three things.",
    ),
    words(
        "preparare pasti per 120 persone e gestire gli ordini",
        "prepare meals for 120 people and manage the orders",
    ),
    words("So {valore}.", "I can {valore}."),
));

const FACT: Question = question(
    "fact",
    2,
    words(
        "Quale fatto o numero lo dimostra?",
        "Which fact or number shows it?",
    ),
    words("Scrivi una frase intera.", "Write a whole sentence."),
    words(
        "In due anni ho ridotto di un quinto il cibo buttato",
        "In two years I cut food waste by a fifth",
    ),
    words("{valore}.", "{valore}."),
);

const AVAILABLE: Question = question(
    "available",
    3,
    words(
        "Quando puoi cominciare, e con quali orari?",
        "When can you start, and with which working hours?",
    ),
    words(
        "Di' solo quello che puoi mantenere.",
        "Say only what you can keep to.",
    ),
    words(
        "da subito, anche nei fine settimana",
        "at once, at weekends too",
    ),
    words("Posso cominciare {valore}.", "I can start {valore}."),
);

const LEARN: Question = required(question(
    "learn",
    1,
    words("Che cosa vuoi imparare?", "What do you want to learn?"),
    words(
        "Pensa a una cosa che in quella azienda si fa davvero.",
        "Think of something that this company really does.",
    ),
    words(
        "come si organizza una cucina grande",
        "how a large kitchen is run",
    ),
    words(
        "Con voi vorrei imparare {valore}.",
        "With you I would like to learn {valore}.",
    ),
));

const STUDY: Question = required(question(
    "study",
    2,
    words("Che cosa hai studiato?", "What have you studied?"),
    words(
        "Scuola, corsi, tirocini: quello che c'entra con il posto.",
        "School, courses, internships: what has to do with the job.",
    ),
    words(
        "cucina all'istituto alberghiero di Bologna",
        "cooking at the hotel school in Bologna",
    ),
    words("Ho studiato {valore}.", "I studied {valore}."),
));

const SUBJECT: Words = words("Candidatura: {valore}", "Application: {valore}");

/// The guides, in the order of [`crate::cv::lettera::KINDS`].
pub const GUIDES: &[Guide] = &[
    Guide {
        kind: "ad",
        intro: words(
            "Rispondi a quello che l'annuncio chiede, con le sue parole. Due richieste coperte bene valgono più di dieci accennate.",
            "Reply to what the ad asks for, in its own words. Two requests met well are worth more than ten touched upon.",
        ),
        subject: SUBJECT,
        always: &[],
        questions: &[
            job(words(
                "Ho letto il vostro annuncio e vorrei candidarmi per questo posto: {valore}.",
                "I have read your ad and would like to apply for this job: {valore}.",
            )),
            question(
                "where",
                0,
                words("Dove hai visto l'annuncio?", "Where did you see the ad?"),
                words(
                    "Il sito o la bacheca, e la data se la sai.",
                    "The website or the board, and the date if you know it.",
                ),
                words(
                    "sul sito del Centro per l'impiego il 10 novembre",
                    "on the website of the job centre on 10 November",
                ),
                words("L'ho trovato {valore}.", "I found it {valore}."),
            ),
            WHY,
            required(question(
                "request",
                2,
                words(
                    "Quale richiesta dell'annuncio sai coprire meglio?",
                    "Which request of the ad do you meet best?",
                ),
                words(
                    "Copia le parole dell'annuncio.",
                    "Copy the words of the ad.",
                ),
                words(
                    "tre anni di cucina per mense",
                    "three years of cooking for canteens",
                ),
                words(
                    "Tra le altre cose chiedete {valore}: è un lavoro che conosco.",
                    "Among other things you ask for {valore}: it is work that I know.",
                ),
            )),
            SKILLS,
            FACT,
            AVAILABLE,
        ],
    },
    Guide {
        kind: "spontaneous",
        intro: words(
            "Nessuno ti aspetta: di' subito che cosa offri e perché a loro può servire.",
            "Nobody is waiting for you: say at once what you offer and why they may need it.",
        ),
        subject: words(
            "Candidatura spontanea: {valore}",
            "Speculative application: {valore}",
        ),
        always: &[],
        questions: &[
            job(words(
                "Vi scrivo per propormi per questo lavoro: {valore}.",
                "I am writing to offer my work: {valore}.",
            )),
            WHY,
            required(question(
                "use",
                1,
                words(
                    "In che cosa puoi essere utile a loro?",
                    "How can you be useful to them?",
                ),
                words(
                    "Una cosa concreta: un turno, una lingua, una macchina che sai usare.",
                    "Something concrete: a shift, a language, a machine that you can use.",
                ),
                words(
                    "nei mesi di punta, quando servono più mani in cucina",
                    "in the busy months, when the kitchen needs more hands",
                ),
                words("Posso essere utile {valore}.", "I can be useful {valore}."),
            )),
            SKILLS,
            FACT,
            AVAILABLE,
        ],
    },
    Guide {
        kind: "first_job",
        intro: words(
            "Non hai ancora esperienza, ma hai studiato e fatto cose fuori da scuola. Racconta quelle.",
            "You have no experience yet, but you have studied and done things outside school. Tell about those.",
        ),
        subject: SUBJECT,
        always: &[],
        questions: &[
            job(words(
                "Cerco il mio primo lavoro e vorrei cominciare da voi, in questo posto: {valore}.",
                "I am looking for my first job and would like to begin with you, as: {valore}.",
            )),
            LEARN,
            STUDY,
            question(
                "outside",
                2,
                words(
                    "Che cosa hai fatto fuori da scuola?",
                    "What have you done outside school?",
                ),
                words(
                    "Sport, volontariato, lavoretti, aiuto in famiglia. Scrivi una frase intera.",
                    "Sport, volunteering, odd jobs, help at home. Write a whole sentence.",
                ),
                words(
                    "D'estate ho servito ai tavoli della festa del quartiere",
                    "In summer I waited at tables at the neighbourhood festival",
                ),
                words("{valore}.", "{valore}."),
            ),
            AVAILABLE,
        ],
    },
    Guide {
        kind: "return",
        intro: words(
            "Non devi spiegare il motivo della pausa. Parla di quello che sai fare e di come resti al passo.",
            "You do not have to explain the break. Speak of what you could do and of how you have kept up.",
        ),
        subject: SUBJECT,
        always: &[],
        questions: &[
            job(words(
                "Dopo una pausa torno a lavorare e vorrei candidarmi per questo posto: {valore}.",
                "After a break I am returning to work and would like to apply for this job: {valore}.",
            )),
            WHY,
            required(question(
                "before",
                2,
                words("Che lavoro facevi prima?", "What work did you do before?"),
                words(
                    "Mestiere, dove e per quanto.",
                    "Job, where and for how long.",
                ),
                words(
                    "otto anni nelle mense scolastiche",
                    "eight years in school canteens",
                ),
                words(
                    "Prima ho lavorato {valore}.",
                    "Before that I worked {valore}.",
                ),
            )),
            question(
                "meanwhile",
                2,
                words(
                    "Che cosa hai imparato o fatto nel frattempo?",
                    "What have you learned or done in the meantime?",
                ),
                words(
                    "Solo se vuoi: un corso, un'attività, una cosa nuova. Il motivo della pausa resta tuo.",
                    "Only if you like: a course, an activity, something new. The reason for the break is yours.",
                ),
                words(
                    "ho rinnovato l'attestato HACCP",
                    "I renewed my food safety certificate",
                ),
                words("Nel frattempo {valore}.", "In the meantime {valore}."),
            ),
            SKILLS,
            AVAILABLE,
        ],
    },
    Guide {
        kind: "change",
        intro: words(
            "Chi cambia mestiere porta con sé cose utili: di' quali, e come ti stai preparando.",
            "Who changes trade brings useful things along: say which, and how you are preparing.",
        ),
        subject: SUBJECT,
        always: &[],
        questions: &[
            job(words(
                "Voglio cambiare mestiere e vorrei candidarmi per questo posto: {valore}.",
                "I want to change trade and would like to apply for this job: {valore}.",
            )),
            WHY,
            required(question(
                "from",
                2,
                words("Da quale lavoro vieni?", "Which work do you come from?"),
                words("Mestiere e anni.", "Job and years."),
                words(
                    "dieci anni come commessa in un supermercato",
                    "ten years as a sales assistant in a supermarket",
                ),
                words("Vengo da {valore}.", "I come from {valore}."),
            )),
            required(question(
                "bring",
                2,
                words(
                    "Che cosa ti porti da quel lavoro?",
                    "What do you bring along from that work?",
                ),
                words(
                    "Cose che servono anche nel nuovo: orari, clienti, ordini, macchine.",
                    "Things that the new one needs too: shifts, customers, orders, machines.",
                ),
                words(
                    "la cura dell'igiene e la gestione degli ordini",
                    "care for hygiene and the managing of orders",
                ),
                words("Porto con me {valore}.", "I bring {valore} with me."),
            )),
            question(
                "prepare",
                2,
                words("Come ti stai preparando?", "How are you preparing?"),
                words(
                    "Un corso, un patentino, delle prove sul campo.",
                    "A course, a licence, trying it out in practice.",
                ),
                words(
                    "frequento un corso serale di cucina",
                    "I attend an evening course in cooking",
                ),
                words("Per prepararmi {valore}.", "To prepare, {valore}."),
            ),
            AVAILABLE,
        ],
    },
    Guide {
        kind: "internship",
        intro: words(
            "In un tirocinio conta quello che vuoi imparare. Di' anche per quanto tempo ci sei.",
            "In an internship what counts is what you want to learn. Say also how long you are available.",
        ),
        subject: words("Tirocinio: {valore}", "Internship: {valore}"),
        always: &[],
        questions: &[
            job(words(
                "Vorrei fare da voi un tirocinio in questo campo: {valore}.",
                "I would like to do an internship with you in this field: {valore}.",
            )),
            LEARN,
            STUDY,
            question(
                "period",
                3,
                words(
                    "Per quanto tempo, e con quali orari?",
                    "For how long, and with which hours?",
                ),
                words(
                    "Se c'è un ente che ti segue, scrivilo: per esempio la scuola o il Centro per l'impiego.",
                    "If a body follows you, say so: for example the school or the job centre.",
                ),
                words(
                    "per sei mesi, con il Centro per l'impiego di Bologna",
                    "for six months, with the job centre of Bologna",
                ),
                words("Posso farlo {valore}.", "I can do it {valore}."),
            ),
        ],
    },
    Guide {
        kind: "protected",
        intro: words(
            "Questa lettera dice che sei nelle categorie protette: sceglila solo se lo vuoi. Della tua salute non devi parlare.",
            "This letter says that you are in the protected categories: choose it only if you want to. You do not have to speak of your health.",
        ),
        subject: words(
            "Candidatura (L. 68/1999): {valore}",
            "Application (L. 68/1999): {valore}",
        ),
        always: &[(
            0,
            words(
                "Faccio parte delle categorie protette della legge 68 del 1999.",
                "I belong to the protected categories of Italian law 68 of 1999.",
            ),
        )],
        questions: &[
            job(words(
                "Vorrei candidarmi per questo posto: {valore}.",
                "I would like to apply for this job: {valore}.",
            )),
            WHY,
            SKILLS,
            FACT,
            question(
                "needs",
                3,
                words(
                    "Ti serve qualcosa per lavorare bene?",
                    "Do you need something to work well?",
                ),
                words(
                    "Solo se vuoi. Di' che cosa serve, non perché.",
                    "Only if you like. Say what is needed, not why.",
                ),
                words("una postazione da seduti", "a workplace where I can sit"),
                words(
                    "Per lavorare bene mi serve {valore}.",
                    "To work well I need {valore}.",
                ),
            ),
            AVAILABLE,
        ],
    },
];
