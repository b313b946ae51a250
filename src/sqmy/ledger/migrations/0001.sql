-- 台账第 1 版。每种事实一张表，fact 即它在链上的位置；只许增加，不许改动。
-- Frozen: a released migration is never edited; a change of the schema is the next number.

CREATE TABLE chain (
    seq INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    operator TEXT NOT NULL,
    kind TEXT NOT NULL,
    batch INTEGER,
    form INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX chain_batch ON chain (batch) WHERE batch IS NOT NULL;

CREATE TABLE batch (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    number INTEGER NOT NULL UNIQUE,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE edition (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    name TEXT NOT NULL,
    edition TEXT NOT NULL,
    since TEXT,
    text TEXT NOT NULL,
    compiled TEXT NOT NULL
) STRICT;

CREATE TABLE unit (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    unit INTEGER NOT NULL REFERENCES unit (fact),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    peer_group TEXT,
    assessed INTEGER NOT NULL CHECK (assessed IN (0, 1)),
    since TEXT
) STRICT;

CREATE TABLE member (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    name TEXT NOT NULL,
    sector TEXT
) STRICT;

CREATE TABLE placement (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    member INTEGER NOT NULL REFERENCES member (fact),
    unit INTEGER NOT NULL REFERENCES unit (fact),
    since TEXT
) STRICT;

CREATE TABLE appointment (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    member INTEGER NOT NULL REFERENCES member (fact),
    role TEXT NOT NULL,
    since TEXT,
    until TEXT,
    CHECK (since IS NULL OR until IS NULL OR since <= until)
) STRICT;

CREATE TABLE departure (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    appointment INTEGER NOT NULL REFERENCES appointment (fact),
    until TEXT NOT NULL
) STRICT;

CREATE TABLE alias (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    alias TEXT NOT NULL,
    unit INTEGER REFERENCES unit (fact),
    member INTEGER REFERENCES member (fact),
    CHECK ((unit IS NULL) <> (member IS NULL))
) STRICT;

CREATE TABLE merger (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    member INTEGER NOT NULL REFERENCES member (fact),
    "into" INTEGER NOT NULL REFERENCES member (fact),
    CHECK (member <> "into")
) STRICT;

CREATE TABLE submission (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    item INTEGER NOT NULL REFERENCES submission (fact),
    supersedes INTEGER REFERENCES submission (fact),
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    submitted_on TEXT NOT NULL,
    by_unit INTEGER NOT NULL CHECK (by_unit IN (0, 1)),
    reason TEXT,
    CHECK ((supersedes IS NULL) = (item = fact))
) STRICT;
CREATE INDEX submission_item ON submission (item);
CREATE INDEX submission_number ON submission (number);
CREATE INDEX submission_day ON submission (submitted_on, item, by_unit); -- scoring reads no more
CREATE INDEX submission_supersedes ON submission (supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE submission_author (
    fact INTEGER NOT NULL REFERENCES submission (fact),
    position INTEGER NOT NULL,
    member INTEGER NOT NULL REFERENCES member (fact),
    PRIMARY KEY (fact, position),
    UNIQUE (fact, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_author_member ON submission_author (member);

CREATE TABLE submission_unit (
    fact INTEGER NOT NULL REFERENCES submission (fact),
    position INTEGER NOT NULL,
    unit INTEGER NOT NULL REFERENCES unit (fact),
    PRIMARY KEY (fact, position),
    UNIQUE (fact, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_unit_unit ON submission_unit (unit);

CREATE TABLE review (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    item INTEGER NOT NULL REFERENCES submission (fact),
    stage TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'returned', 'rejected')),
    reviewed_on TEXT NOT NULL,
    reviewer TEXT,
    opinion TEXT
) STRICT;
CREATE INDEX review_item ON review (item);

CREATE TABLE forwarding (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    item INTEGER NOT NULL REFERENCES submission (fact),
    channel TEXT NOT NULL,
    forwarded_on TEXT NOT NULL
) STRICT;
CREATE INDEX forwarding_item ON forwarding (item);

CREATE TABLE adoption (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    item INTEGER NOT NULL REFERENCES submission (fact),
    channel TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('whole', 'compiled', 'relayed')),
    adopted_on TEXT NOT NULL,
    journal TEXT,
    issue TEXT
) STRICT;
CREATE INDEX adoption_item ON adoption (item);
CREATE INDEX adoption_day ON adoption (adopted_on, item, channel, form);

CREATE TABLE instruction (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    item INTEGER NOT NULL REFERENCES submission (fact),
    rank TEXT NOT NULL,
    instructed_on TEXT NOT NULL,
    leader TEXT
) STRICT;
CREATE INDEX instruction_item ON instruction (item);
CREATE INDEX instruction_day ON instruction (instructed_on, item, rank);

CREATE TABLE finding (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    kind TEXT NOT NULL,
    found_on TEXT NOT NULL,
    grounds TEXT,
    item INTEGER REFERENCES submission (fact),
    member INTEGER REFERENCES member (fact),
    unit INTEGER REFERENCES unit (fact),
    CHECK ((item IS NOT NULL) + (member IS NOT NULL) + (unit IS NOT NULL) = 1)
) STRICT;
CREATE INDEX finding_item ON finding (item) WHERE item IS NOT NULL;
CREATE INDEX finding_day ON finding (found_on, item, kind);

-- A fact is voided once; a void cannot be voided.
CREATE TABLE void (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    target INTEGER NOT NULL UNIQUE REFERENCES chain (seq),
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE erasure (
    fact INTEGER PRIMARY KEY REFERENCES chain (seq),
    target INTEGER NOT NULL REFERENCES chain (seq),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX erasure_target ON erasure (target);

-- What a rulebook declares about an item or an adoption, by name.
CREATE TABLE attribute (
    fact INTEGER NOT NULL REFERENCES chain (seq),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (fact, name)
) STRICT, WITHOUT ROWID;

-- Personal and confidential texts. The chain holds sha256(salt ‖ value), which stays when both
-- are erased.
CREATE TABLE secret (
    fact INTEGER NOT NULL REFERENCES chain (seq),
    field TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    salt TEXT,
    value TEXT,
    PRIMARY KEY (fact, field)
) STRICT;

-- What is live: neither voided nor, for an item, superseded by a live revision.
CREATE VIEW live_unit AS
SELECT * FROM unit WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_member AS
SELECT * FROM member WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_placement AS
SELECT * FROM placement WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_appointment AS
SELECT * FROM appointment WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_departure AS
SELECT * FROM departure WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_alias AS
SELECT * FROM alias WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_merger AS
SELECT * FROM merger WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_revision AS
SELECT * FROM submission WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_submission AS
SELECT * FROM live_revision r WHERE NOT EXISTS (
    SELECT 1 FROM submission l
    WHERE l.supersedes = r.fact AND l.fact NOT IN (SELECT target FROM void)
);
CREATE VIEW live_review AS
SELECT * FROM review WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_forwarding AS
SELECT * FROM forwarding WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_adoption AS
SELECT * FROM adoption WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_instruction AS
SELECT * FROM instruction WHERE fact NOT IN (SELECT target FROM void);
CREATE VIEW live_finding AS
SELECT * FROM finding WHERE fact NOT IN (SELECT target FROM void);

-- The chain grows by one at its end and nowhere else.
CREATE TRIGGER chain_grows BEFORE INSERT ON chain
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM chain)
  OR NEW.previous <> coalesce((SELECT hash FROM chain ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'sqmy: the chain grows at its end only'); END;

CREATE TRIGGER void_is_final BEFORE INSERT ON void
WHEN (SELECT kind FROM chain WHERE seq = NEW.target) IN ('void', 'batch', 'edition', 'erasure')
BEGIN SELECT RAISE(ABORT, 'sqmy: this kind of fact cannot be voided'); END;

CREATE TRIGGER secret_only_erased BEFORE UPDATE ON secret
WHEN NEW.value IS NOT NULL OR NEW.salt IS NOT NULL
  OR NEW.fact <> OLD.fact OR NEW.field <> OLD.field OR NEW.sha256 <> OLD.sha256
  OR NOT EXISTS (SELECT 1 FROM erasure WHERE target = OLD.fact)
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER secret_no_delete BEFORE DELETE ON secret
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;

-- Facts are only ever added.
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER unit_no_update BEFORE UPDATE ON unit
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER unit_no_delete BEFORE DELETE ON unit
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER member_no_update BEFORE UPDATE ON member
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER member_no_delete BEFORE DELETE ON member
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER placement_no_update BEFORE UPDATE ON placement
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER placement_no_delete BEFORE DELETE ON placement
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER appointment_no_update BEFORE UPDATE ON appointment
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER appointment_no_delete BEFORE DELETE ON appointment
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER departure_no_update BEFORE UPDATE ON departure
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER departure_no_delete BEFORE DELETE ON departure
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER alias_no_update BEFORE UPDATE ON alias
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER alias_no_delete BEFORE DELETE ON alias
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER merger_no_update BEFORE UPDATE ON merger
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER merger_no_delete BEFORE DELETE ON merger
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER submission_no_update BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER submission_no_delete BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER submission_author_no_update BEFORE UPDATE ON submission_author
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER submission_author_no_delete BEFORE DELETE ON submission_author
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER submission_unit_no_update BEFORE UPDATE ON submission_unit
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER submission_unit_no_delete BEFORE DELETE ON submission_unit
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER forwarding_no_update BEFORE UPDATE ON forwarding
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER forwarding_no_delete BEFORE DELETE ON forwarding
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER adoption_no_update BEFORE UPDATE ON adoption
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER adoption_no_delete BEFORE DELETE ON adoption
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER instruction_no_update BEFORE UPDATE ON instruction
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER instruction_no_delete BEFORE DELETE ON instruction
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER finding_no_update BEFORE UPDATE ON finding
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER void_no_update BEFORE UPDATE ON void
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER void_no_delete BEFORE DELETE ON void
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
CREATE TRIGGER attribute_no_update BEFORE UPDATE ON attribute
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be changed'); END;
CREATE TRIGGER attribute_no_delete BEFORE DELETE ON attribute
BEGIN SELECT RAISE(ABORT, 'sqmy: facts cannot be deleted'); END;
