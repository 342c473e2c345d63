-- Identity: our keys, what is known of the providers, sign-ins under way, sessions, operators, and the register of
-- sign-ins. Instants are seconds since 1970. No token stands here, only fingerprints made with the installation's secret.

CREATE TABLE chiavi (
    uso TEXT PRIMARY KEY,
    sigillata BLOB NOT NULL,
    creata INTEGER NOT NULL
);

CREATE TABLE fornitori (
    issuer TEXT PRIMARY KEY,
    metadati TEXT NOT NULL,
    chiavi TEXT NOT NULL,
    metadati_letti INTEGER NOT NULL,
    chiavi_lette INTEGER NOT NULL
);

CREATE TABLE tentativi_accesso (
    stato TEXT PRIMARY KEY,
    legame TEXT NOT NULL,
    fornitore TEXT NOT NULL,
    ritorno TEXT NOT NULL,
    scade INTEGER NOT NULL
);

CREATE INDEX tentativi_accesso_scade ON tentativi_accesso (scade);

CREATE TABLE sessioni (
    impronta TEXT PRIMARY KEY,
    codice_fiscale TEXT NOT NULL,
    identita TEXT NOT NULL,
    livello INTEGER NOT NULL,
    fornitore TEXT NOT NULL,
    token_sigillato BLOB NOT NULL,
    creata INTEGER NOT NULL,
    ultimo_uso INTEGER NOT NULL,
    scade_comunque INTEGER NOT NULL
);

CREATE INDEX sessioni_ultimo_uso ON sessioni (ultimo_uso);

CREATE TABLE operatori (
    codice_fiscale TEXT PRIMARY KEY,
    ufficio TEXT NOT NULL,
    attivo INTEGER NOT NULL DEFAULT 1
);

-- Kept 24 months (SPID and CIE rules); whose sign-in it was can be asked only with the secret at hand.
CREATE TABLE registro_accessi_identita (
    istante INTEGER NOT NULL,
    fornitore TEXT NOT NULL,
    livello INTEGER,
    esito TEXT NOT NULL,
    impronta_cf TEXT
);

CREATE INDEX registro_accessi_identita_istante ON registro_accessi_identita (istante);
