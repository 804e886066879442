-- A training set that knows no more than could be known at the time: for each label, the features of its asset as
-- anybody would have seen them then. Runs in DuckDB.
--
--   rows    what features wrote: asset_id, event_time, computed_at, revision, and one column per feature
--   labels  what is to be learned: asset_id, label_time, label
--
-- A row may be used from computed_at on, not from event_time on: a machine that was offline for three days uploads
-- rows for times long past, and a correction replaces a row that was seen before. Joined by event_time, both would let
-- the model see the future.

-- Rows as they became known, less those that were behind what was known already when they came. After this the newest
-- known row at any time is the last one by known_at.
CREATE OR REPLACE VIEW known AS
SELECT * EXCLUDE (computed_at), computed_at AS known_at
FROM rows
WINDOW
    upto AS (PARTITION BY asset_id ORDER BY computed_at RANGE UNBOUNDED PRECEDING),
    together AS (PARTITION BY asset_id, computed_at ORDER BY event_time DESC, revision DESC)
QUALIFY event_time = max(event_time) OVER upto
    AND row_number() OVER together = 1;

CREATE OR REPLACE VIEW training_set AS
SELECT labels.asset_id, labels.label_time, labels.label, known.* EXCLUDE (asset_id)
FROM labels
ASOF LEFT JOIN known ON labels.asset_id = known.asset_id AND labels.label_time >= known.known_at;
