-- A rule set of before has no definition: what it yielded stays, and an edit reads its articles again as a whole.
ALTER TABLE IF EXISTS ruleset ADD COLUMN IF NOT EXISTS definition VARCHAR DEFAULT '';
