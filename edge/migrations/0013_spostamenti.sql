-- From when and where an appointment was moved: the history of moves is kept, and the person can read it.
ALTER TABLE eventi_appuntamento ADD COLUMN prima INTEGER;
ALTER TABLE eventi_appuntamento ADD COLUMN prima_sede TEXT;
