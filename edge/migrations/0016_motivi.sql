-- Why somebody does not come, or did not, may tell of their health: it stands apart and sealed. A justification that was
-- stored before is moved as it is; only who reads the appointment itself reads it.

CREATE TABLE motivi (
    appuntamento TEXT NOT NULL,
    cosa TEXT NOT NULL,
    sigillato BLOB NOT NULL,
    PRIMARY KEY (appuntamento, cosa)
);

ALTER TABLE appuntamenti ADD COLUMN giustificata INTEGER;

INSERT INTO motivi (appuntamento, cosa, sigillato)
    SELECT id, 'giustificato', CAST(giustificazione AS BLOB) FROM appuntamenti WHERE giustificazione IS NOT NULL;

UPDATE appuntamenti SET giustificata = cambiato WHERE giustificazione IS NOT NULL;

ALTER TABLE appuntamenti DROP COLUMN giustificazione;

UPDATE eventi_appuntamento SET motivo = NULL WHERE cosa = 'giustificato';
