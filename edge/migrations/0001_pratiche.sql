-- Requests and what hangs on them. Instants are seconds since 1970, days are YYYY-MM-DD.

CREATE TABLE pratiche (
    id TEXT PRIMARY KEY,
    servizio TEXT NOT NULL,
    versione INTEGER NOT NULL,
    protocollo TEXT NOT NULL UNIQUE,
    codice_fiscale TEXT NOT NULL,
    identita TEXT NOT NULL,
    fornitore TEXT NOT NULL,
    stato TEXT NOT NULL,
    risposte TEXT NOT NULL,
    impronta TEXT NOT NULL,
    presentata INTEGER NOT NULL,
    termine TEXT NOT NULL,
    contatto_entro TEXT,
    osservazioni_entro TEXT,
    responsabile TEXT NOT NULL,
    ufficio TEXT NOT NULL,
    identificativo_did TEXT
);

CREATE INDEX pratiche_persona ON pratiche (codice_fiscale, presentata);

CREATE INDEX pratiche_coda ON pratiche (stato, presentata);

-- One DID in the whole country: the store itself refuses a second one that is still alive.
CREATE UNIQUE INDEX pratiche_una_did ON pratiche (codice_fiscale)
    WHERE servizio = 'did' AND stato NOT IN ('respinta', 'ritirata');

-- Append-only: who, when, what followed, why.
CREATE TABLE eventi (
    pratica TEXT NOT NULL,
    numero INTEGER NOT NULL,
    quando INTEGER NOT NULL,
    chi TEXT NOT NULL,
    codice_fiscale TEXT NOT NULL,
    stato TEXT NOT NULL,
    motivo TEXT,
    PRIMARY KEY (pratica, numero)
);

-- The last protocol number given in a year (art. 57 DPR 445/2000).
CREATE TABLE protocollo (
    anno INTEGER PRIMARY KEY,
    ultimo INTEGER NOT NULL
);

CREATE TABLE chiavi_idempotenza (
    codice_fiscale TEXT NOT NULL,
    chiave TEXT NOT NULL,
    impronta TEXT NOT NULL,
    pratica TEXT NOT NULL,
    quando INTEGER NOT NULL,
    PRIMARY KEY (codice_fiscale, chiave)
);

CREATE TABLE bozze (
    codice_fiscale TEXT NOT NULL,
    servizio TEXT NOT NULL,
    versione INTEGER NOT NULL,
    risposte TEXT NOT NULL,
    cambiata INTEGER NOT NULL,
    PRIMARY KEY (codice_fiscale, servizio)
);

CREATE TABLE avvisi (
    id TEXT PRIMARY KEY,
    codice_fiscale TEXT NOT NULL,
    pratica TEXT,
    quando INTEGER NOT NULL,
    oggetto TEXT NOT NULL,
    testo TEXT NOT NULL,
    consegna TEXT NOT NULL
);

CREATE INDEX avvisi_persona ON avvisi (codice_fiscale, quando);

CREATE INDEX avvisi_consegna ON avvisi (consegna);

-- Every access to another person's data.
CREATE TABLE accessi (
    quando INTEGER NOT NULL,
    operatore TEXT NOT NULL,
    chi TEXT NOT NULL,
    codice_fiscale TEXT NOT NULL,
    pratica TEXT NOT NULL,
    cosa TEXT NOT NULL
);

CREATE INDEX accessi_persona ON accessi (codice_fiscale, quando);
