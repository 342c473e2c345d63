-- The language in which a person last wrote to us from the app: their notices are in it. Without a row, Italian.
CREATE TABLE lingue (
    codice_fiscale TEXT PRIMARY KEY,
    lingua TEXT NOT NULL
) WITHOUT ROWID;

ALTER TABLE avvisi ADD COLUMN lingua TEXT NOT NULL DEFAULT 'it';

-- The appointment that a notice speaks of.
ALTER TABLE avvisi ADD COLUMN appuntamento TEXT;

-- Answers to repeated bookings now stand with all others, in risposte_date.
DROP TABLE chiavi_appuntamenti;

-- What somebody has been offered already is not offered again.
CREATE INDEX offerte_appuntamento ON offerte (appuntamento, inizio);
