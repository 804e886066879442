-- Precursors that were seen. The id is a function of what caused the detection, so a repeat is the same row.
CREATE TABLE foreshock.detections (
    tenant          text        NOT NULL,
    id              text        NOT NULL,
    asset_id        text        NOT NULL,
    asset_class     text,
    pattern         text        NOT NULL,
    pattern_version integer     NOT NULL,
    component       text        NOT NULL,
    failure_mode    text        NOT NULL,
    severity        text        NOT NULL,
    event_time      timestamptz NOT NULL,
    horizon         interval,
    backlog         boolean     NOT NULL,
    evidence        jsonb       NOT NULL,
    PRIMARY KEY (tenant, id)
);
COMMENT ON TABLE foreshock.detections IS 'The precursor of a failure was seen on one machine.';
COMMENT ON COLUMN foreshock.detections.severity IS 'watch, warning, critical.';
COMMENT ON COLUMN foreshock.detections.event_time IS 'Event time of the signal that completed the match.';
COMMENT ON COLUMN foreshock.detections.horizon IS 'The failure is expected within this time; null when not stated.';
COMMENT ON COLUMN foreshock.detections.evidence IS 'For each stage of the pattern the signals it took, with times and values.';

CREATE INDEX detections_by_asset ON foreshock.detections (tenant, asset_id, event_time);

CREATE FUNCTION foreshock.store_detection_v1(
    p_tenant text, p_id text, p_asset_id text, p_asset_class text, p_pattern text, p_pattern_version integer,
    p_component text, p_failure_mode text, p_severity text, p_ms bigint, p_horizon_ms bigint, p_backlog boolean,
    p_evidence text)
RETURNS void
LANGUAGE sql
SECURITY DEFINER
SET search_path = pg_catalog, foreshock, pg_temp
AS $$
    INSERT INTO detections (tenant, id, asset_id, asset_class, pattern, pattern_version, component, failure_mode,
                            severity, event_time, horizon, backlog, evidence)
    VALUES (p_tenant, p_id, p_asset_id, nullif(p_asset_class, ''), p_pattern, p_pattern_version, p_component,
            p_failure_mode, p_severity, to_timestamp(p_ms / 1000::double precision),
            nullif(p_horizon_ms, 0) * INTERVAL '1 millisecond', p_backlog, p_evidence::jsonb)
    ON CONFLICT DO NOTHING
$$;
