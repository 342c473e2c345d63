-- Appointments, and the cells of time that they take. Instants are seconds since 1970, cells are instants divided by the
-- length of a cell, days are YYYY-MM-DD. A sportello is one place in a group of an office: a desk, or a seat in a room.

CREATE TABLE appuntamenti (
    id TEXT PRIMARY KEY,
    codice_fiscale TEXT NOT NULL,
    nome TEXT NOT NULL,
    cognome TEXT NOT NULL,
    stato TEXT NOT NULL,
    servizi TEXT NOT NULL,
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    sportello INTEGER NOT NULL,
    inizio INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    modalita TEXT NOT NULL,
    convocazione INTEGER NOT NULL DEFAULT 0,
    confermata INTEGER,
    percettore INTEGER,
    sequenza INTEGER NOT NULL DEFAULT 0,
    email TEXT,
    cellulare TEXT,
    note TEXT,
    pratica TEXT,
    creato INTEGER NOT NULL,
    cambiato INTEGER NOT NULL,
    giustificazione TEXT
) WITHOUT ROWID;

CREATE INDEX appuntamenti_persona ON appuntamenti (codice_fiscale, inizio);

CREATE INDEX appuntamenti_agenda ON appuntamenti (sede, inizio);

CREATE INDEX appuntamenti_attesi ON appuntamenti (stato, inizio);

-- Who has which place at which time: an appointment, a hold, an offer or blocked time, one row a cell. The key is the
-- promise that nobody is booked twice. A row with an end (scade) is given back by itself once the end has passed.
CREATE TABLE celle (
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    cella INTEGER NOT NULL,
    sportello INTEGER NOT NULL,
    di TEXT NOT NULL,
    scade INTEGER,
    PRIMARY KEY (sede, cella, gruppo, sportello)
) WITHOUT ROWID;

CREATE INDEX celle_di ON celle (di);

-- A person is in one place at a time.
CREATE TABLE celle_persona (
    codice_fiscale TEXT NOT NULL,
    cella INTEGER NOT NULL,
    appuntamento TEXT NOT NULL,
    PRIMARY KEY (codice_fiscale, cella)
) WITHOUT ROWID;

-- One open appointment per person and service; the row goes when the appointment ends or is over.
CREATE TABLE servizi_prenotati (
    codice_fiscale TEXT NOT NULL,
    servizio TEXT NOT NULL,
    appuntamento TEXT NOT NULL,
    fine INTEGER NOT NULL,
    PRIMARY KEY (codice_fiscale, servizio)
) WITHOUT ROWID;

-- Holds: one for each person, for ten minutes.
CREATE TABLE blocchi (
    codice_fiscale TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    servizi TEXT NOT NULL,
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    sportello INTEGER NOT NULL,
    inizio INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    modalita TEXT NOT NULL,
    scade INTEGER NOT NULL
) WITHOUT ROWID;

-- Append-only: who, when, what, why. The words for the office stand apart from those for the person.
CREATE TABLE eventi_appuntamento (
    appuntamento TEXT NOT NULL,
    numero INTEGER NOT NULL,
    quando INTEGER NOT NULL,
    chi TEXT NOT NULL,
    codice_fiscale TEXT NOT NULL,
    cosa TEXT NOT NULL,
    motivo TEXT,
    PRIMARY KEY (appuntamento, numero)
) WITHOUT ROWID;

CREATE TABLE note_ufficio (
    appuntamento TEXT NOT NULL,
    numero INTEGER NOT NULL,
    quando INTEGER NOT NULL,
    chi TEXT NOT NULL,
    testo TEXT NOT NULL,
    PRIMARY KEY (appuntamento, numero)
) WITHOUT ROWID;

-- Who would like to come earlier, in the order in which they asked.
CREATE TABLE attese (
    appuntamento TEXT PRIMARY KEY,
    numero INTEGER NOT NULL,
    codice_fiscale TEXT NOT NULL,
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    inizio INTEGER NOT NULL,
    creata INTEGER NOT NULL,
    avvisi INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX attese_coda ON attese (sede, gruppo, numero);

CREATE INDEX attese_numero ON attese (numero);

-- A place kept for one person until an instant. motivo: anticipo (it came free earlier) or sostituzione (the office had
-- to cancel). stato: aperta, accettata, rifiutata, scaduta, ritirata.
CREATE TABLE offerte (
    id TEXT PRIMARY KEY,
    appuntamento TEXT NOT NULL,
    codice_fiscale TEXT NOT NULL,
    motivo TEXT NOT NULL,
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    sportello INTEGER NOT NULL,
    inizio INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    creata INTEGER NOT NULL,
    scade INTEGER NOT NULL,
    stato TEXT NOT NULL
) WITHOUT ROWID;

-- One offer at a time for each appointment.
CREATE UNIQUE INDEX offerte_una ON offerte (appuntamento) WHERE stato = 'aperta';

CREATE INDEX offerte_scadenza ON offerte (stato, scade);

-- Reminders that were written: once for each appointment, time and step (hours before).
CREATE TABLE promemoria (
    appuntamento TEXT NOT NULL,
    inizio INTEGER NOT NULL,
    ore INTEGER NOT NULL,
    quando INTEGER NOT NULL,
    PRIMARY KEY (appuntamento, inizio, ore)
) WITHOUT ROWID;

-- Days on which an office receives nobody, decided after the configuration was written.
CREATE TABLE chiusure (
    sede TEXT NOT NULL,
    giorno TEXT NOT NULL,
    motivo TEXT NOT NULL,
    chi TEXT NOT NULL,
    quando INTEGER NOT NULL,
    PRIMARY KEY (sede, giorno)
) WITHOUT ROWID;

-- Time that the desk keeps for itself: a whole group, or one sportello of it.
CREATE TABLE tempi_bloccati (
    id TEXT PRIMARY KEY,
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    sportello INTEGER,
    inizio INTEGER NOT NULL,
    fine INTEGER NOT NULL,
    motivo TEXT NOT NULL,
    chi TEXT NOT NULL,
    quando INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX tempi_bloccati_sede ON tempi_bloccati (sede, inizio);

-- How many places a group of an office has from a day on; without a row, what the configuration says.
CREATE TABLE capienze (
    sede TEXT NOT NULL,
    gruppo TEXT NOT NULL,
    dal TEXT NOT NULL,
    al TEXT NOT NULL,
    sportelli INTEGER NOT NULL,
    chi TEXT NOT NULL,
    quando INTEGER NOT NULL,
    PRIMARY KEY (sede, gruppo, dal)
) WITHOUT ROWID;

CREATE TABLE chiavi_appuntamenti (
    codice_fiscale TEXT NOT NULL,
    chiave TEXT NOT NULL,
    impronta TEXT NOT NULL,
    appuntamento TEXT NOT NULL,
    quando INTEGER NOT NULL,
    PRIMARY KEY (codice_fiscale, chiave)
) WITHOUT ROWID;

CREATE INDEX chiavi_appuntamenti_quando ON chiavi_appuntamenti (quando);

-- A notice that is being delivered is nobody else's to deliver, until that instant is old.
ALTER TABLE avvisi ADD COLUMN presa INTEGER;

CREATE INDEX celle_scade ON celle (scade) WHERE scade IS NOT NULL;
