-- What a neighbour refuses is sent again ever more seldom, and the desk sees which DID the national node does not take.
ALTER TABLE pratiche ADD COLUMN nodo_codice INTEGER;
ALTER TABLE pratiche ADD COLUMN nodo_motivo TEXT;
ALTER TABLE pratiche ADD COLUMN nodo_dal INTEGER;
ALTER TABLE pratiche ADD COLUMN nodo_tentativi INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pratiche ADD COLUMN nodo_riprova INTEGER;
ALTER TABLE avvisi ADD COLUMN rifiuti INTEGER NOT NULL DEFAULT 0;
ALTER TABLE avvisi ADD COLUMN riprova INTEGER;
