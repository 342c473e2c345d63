-- CVs and letters that a person keeps. All that they say is sealed with the installation's secret, their names too: some
-- tell of health (L. 68/1999), and sealing only those would tell which. `testata` is what the list shows of one. Instants are
-- seconds since 1970, days are YYYY-MM-DD. The id is the device's own and means something only beside its person.

CREATE TABLE curricula (
    codice_fiscale TEXT NOT NULL,
    tipo TEXT NOT NULL,
    id TEXT NOT NULL,
    versione TEXT NOT NULL,
    testata BLOB NOT NULL,
    sigillato BLOB NOT NULL,
    cambiato INTEGER NOT NULL,
    scade TEXT NOT NULL,
    ricordato TEXT,
    PRIMARY KEY (codice_fiscale, tipo, id)
);

CREATE INDEX curricula_scade ON curricula (scade) WHERE ricordato IS NULL;
