-- A ruling: an unclear case decided once. It may say what one fact earns by the clause.
CREATE TABLE ruling (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    clause TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decider TEXT NOT NULL,
    wording TEXT NOT NULL,
    about INTEGER REFERENCES chain (seq),
    points TEXT
) STRICT;
CREATE INDEX ruling_about ON ruling (about) WHERE about IS NOT NULL;

CREATE VIEW live_ruling AS
SELECT * FROM ruling WHERE fact NOT IN (SELECT target FROM void);

CREATE TRIGGER ruling_no_update BEFORE UPDATE ON ruling
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER ruling_no_delete BEFORE DELETE ON ruling
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
