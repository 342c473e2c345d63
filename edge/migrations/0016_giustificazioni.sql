-- Why somebody did not come may tell of their health: it stands apart and sealed. What was stored before it was sealed is
-- moved as it is; only who reads the appointment itself reads it.

CREATE TABLE giustificazioni (
    appuntamento TEXT PRIMARY KEY,
    sigillato BLOB NOT NULL
);

ALTER TABLE appuntamenti ADD COLUMN giustificata INTEGER;

INSERT INTO giustificazioni (appuntamento, sigillato)
    SELECT id, CAST(giustificazione AS BLOB) FROM appuntamenti WHERE giustificazione IS NOT NULL;

UPDATE appuntamenti SET giustificata = cambiato WHERE giustificazione IS NOT NULL;

ALTER TABLE appuntamenti DROP COLUMN giustificazione;

UPDATE eventi_appuntamento SET motivo = NULL WHERE cosa = 'giustificato';
