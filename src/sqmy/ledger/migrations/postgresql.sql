-- What SQLite knows by itself, under the same names, and the refusal of a trigger. A function that
-- stands here is laid anew with every later version of the schema.

CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END';

CREATE OR REPLACE FUNCTION instr(text, text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT strpos($1, $2)';

CREATE OR REPLACE FUNCTION json_each(text) RETURNS TABLE (value bigint)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT CAST(one AS bigint) FROM json_array_elements_text(CAST($1 AS json)) AS one';

-- Stable, as `to_json` is: only so does the server put it in place of the call.
CREATE OR REPLACE FUNCTION json_quote(anyelement) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS 'SELECT coalesce(CAST(to_json($1) AS text), ''null'')';

CREATE OR REPLACE FUNCTION json_of(anycompatiblearray) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS 'SELECT to_json($1)';
CREATE OR REPLACE AGGREGATE json_group_array(anycompatible)
(SFUNC = array_append, STYPE = anycompatiblearray, FINALFUNC = json_of, INITCOND = '{}');

CREATE OR REPLACE FUNCTION joined(text, text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT coalesce($1 || '','', '''') || $2';
CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = joined, STYPE = text);

-- The hash of a text; it is given as bytes, which a text on the server always is.
CREATE OR REPLACE FUNCTION sqmy_sha256(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT encode(sha256(convert_to($1, ''UTF8'')), ''hex'')';
